"""The Atom feeds of corrections and of all changes."""

from datetime import datetime, time

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.ledger.entries import LedgerLine, entries_up_to, ledger_head_on, ledger_lines
from claims.localized_text import isolated_plain, localized_effect, localized_html, with_language_attributes
from claims.models import Entry
from claims.request_parameters import keep_as_of
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.corrected_errors import (
    CorrectedError,
    CorrectedRecord,
    corrected_errors_on,
    load_errors,
    others_in_words,
)
from claims.selectors.localized_wording import (
    checks_in_words,
    score_change,
    signature_in_words,
    vocabulary_label,
)
from claims.selectors.one_person import one_person_words
from claims.selectors.site import site_name
from claims.text.xml_text import strip_invalid_xml
from claims.views.atom import LATEST, FollowedPage, SiteFeed, summary_html


class CorrectionsFeed(SiteFeed):
    subtitle = gettext_lazy("Where we were wrong, since when, and what it changed.")

    def followed(self, day: AsOfDay) -> FollowedPage:
        title = _("%(site)s: corrections") % {"site": site_name()}
        return FollowedPage(day, title, reverse("corrections"), reverse("corrections-feed"))

    def items(self, of: FollowedPage) -> list[tuple[CorrectedError, AsOfDay]]:
        day = of.day.date
        return [(error, of.day) for error in load_errors(corrected_errors_on(day)[:LATEST], day)]

    def item_title(self, item: tuple[CorrectedError, AsOfDay]) -> str:
        notice = item[0].first
        words = {"kind": capfirst(notice.get_kind_display()), "error": isolated_plain(notice)}
        return strip_invalid_xml(_("%(kind)s: %(error)s") % words)

    def item_description(self, item: tuple[CorrectedError, AsOfDay]) -> str:
        error = item[0]
        others = [others_in_words(error.others)] if error.others else []
        return summary_html([*map(_corrected_record_html, error.records), *others])

    def item_link(self, item: tuple[CorrectedError, AsOfDay]) -> str:
        """The address of the first notice on its record's page. Two errors have different addresses."""
        notice = item[0].first
        return f"{keep_as_of(notice.record.get_absolute_url(), item[1])}#correction-{notice.slug}"

    def item_updateddate(self, item: tuple[CorrectedError, AsOfDay]) -> datetime:
        return timezone.make_aware(datetime.combine(item[0].first.corrected_on, time.min))


def _corrected_record_html(corrected: CorrectedRecord) -> str:
    """The record, and what changed in it."""
    named = localized_html(corrected.record)
    changes = [localized_effect(corrected.notice)] if corrected.shows_effect else []
    changes += [
        format_html(
            "“{}” → “{}”", with_language_attributes(text.before), with_language_attributes(text.after)
        )
        for text in corrected.texts
        if not text.is_long
    ]
    return (
        format_html("{}: {}", named, format_html_join("; ", "{}", ((each,) for each in changes)))
        if changes
        else named
    )


def _quoted_html(text: str) -> str:
    return format_html("“{}”", with_language_attributes(text)) if text else "—"


class ChangesFeed(SiteFeed):
    subtitle = gettext_lazy("Every change to what this site publishes, with who made it and why.")

    def followed(self, day: AsOfDay) -> FollowedPage:
        title = _("%(site)s: changes") % {"site": site_name()}
        return FollowedPage(day, title, reverse("changes"), reverse("changes-feed"))

    def items(self, of: FollowedPage) -> list[tuple[LedgerLine, AsOfDay]]:
        head = ledger_head_on(of.day)
        if head is None:
            return []
        entries: list[Entry] = list(entries_up_to(head).order_by("-number")[:LATEST])
        return [(line, of.day) for line in ledger_lines(entries, of.day, head)]

    def item_title(self, item: tuple[LedgerLine, AsOfDay]) -> str:
        line = item[0]
        title = line.accounts_title or f"{line.kind}: {line.title or line.entry.subject}"
        return strip_invalid_xml(f"{capfirst(vocabulary_label(line.entry.act, 'act'))}: {title}")

    def item_description(self, item: tuple[LedgerLine, AsOfDay]) -> str:
        line = item[0]
        if line.told is None:
            return summary_html([_("Not public now.")])
        score = score_change(line.score) if line.score else ""
        return summary_html(
            [
                score, one_person_words(line), checks_in_words(line.checks, alone=line.by_one_person),
                with_language_attributes(line.reason),
                signature_in_words(line.told["by"]),
            ]
        )  # fmt: skip

    def item_link(self, item: tuple[LedgerLine, AsOfDay]) -> str:
        return keep_as_of(item[0].entry.get_absolute_url(), item[1])

    def item_updateddate(self, item: tuple[LedgerLine, AsOfDay]) -> datetime:
        return item[0].entry.at

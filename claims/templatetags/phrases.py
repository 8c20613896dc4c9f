"""Short phrases that depend on several figures: parts of a line, and texts of attributes."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from claims.domain.dossier import Gap
from claims.domain.lens import Lens
from claims.domain.vocabulary import CorrectionKind
from claims.domain.wording import whole_gap
from claims.drawing.state_stacks import StateStack
from claims.languages import primary_language
from claims.ledger.entries import LedgerScore
from claims.localized_text import localized_html, wrap_in_language
from claims.models import Claim, Correction, Evidence
from claims.models.translated import Translated
from claims.selectors.claim_summary import claim_summary
from claims.selectors.comparison import ComparedColumn
from claims.selectors.localized_wording import (
    gap_in_words,
    judged_days_in_words,
    partial_date_in_words,
)
from claims.selectors.receipts import Receipt, ReceiptRow
from claims.templatetags.question_tags import compared_subject_name, report_address
from claims.text.quotations import nest_quotation_marks, shorten_text

from .charts import period_in_full
from .claims import vocabulary_label, whole_gap_number
from .sentences import fill_message

register = template.Library()


@register.simple_tag
def bar_description(gap: Gap, needle: float | None) -> str:
    """The text alternative of a gap's bar. `needle` is the position of the headline, None if there is none."""
    if needle is None or gap.gap is None or gap.low is None or gap.high is None:
        return _("Too little evidence for a number")
    return gap_in_words(gap.gap, gap.low, gap.high)


register.filter("judged_days", judged_days_in_words)


@register.simple_tag
def kind_and_deadline(claim: Claim) -> str:
    """The kind of a claim, and the days from which and up to which it is judged."""
    kind = vocabulary_label(claim.kind, "kind")
    return _(", ").join([capfirst(kind), judged_days_in_words(claim)])


@register.simple_tag
def verdict_support(receipt: Receipt) -> SafeString | str:
    """What a verdict depends on: single reports, one publisher, or neither."""
    n = len(receipt.hinges_on)
    if n == 1:
        return _("Depends on one report")
    if n:
        message = ngettext(
            "Fragile: dropping any one of %(n)s report changes the verdict",
            "Fragile: dropping any one of %(n)s reports changes the verdict",
            n,
        )
        return fill_message(message, n=n)
    if receipt.one_publisher_row:
        return _("Depends on one publisher")
    return _("No single report or publisher changes the verdict")


@register.simple_tag
def latest_verdict(score: LedgerScore) -> str:
    """The verdict of a claim's latest version, for the page of an older one."""
    verdict = vocabulary_label(score.state, "state")
    if score.number is None:
        return _("Now it says: %(verdict)s.") % {"verdict": verdict}
    return _("Now it says: %(verdict)s, %(gap)s.") % {"verdict": verdict, "gap": whole_gap(score.number)}


@register.simple_tag(takes_context=True)
def verdict_without(context: Context, receipt: Receipt, gap: Gap) -> SafeString | str:
    """What the verdict would be without its one source, and without the report that moves it most."""
    widest = receipt.widest
    if widest is None:
        return ""
    words = fill_message(
        _('without <a href="%(address)s">“%(report)s”</a> it would be %(gap)s'),
        address=report_address(context, widest),
        report=_shortened_html(widest.link.evidence, 60),
        gap=whole_gap_number(receipt.hinge.gap_without_widest),
    )
    if widest.score.state_without != gap.state:
        words = format_html("{} ({})", words, vocabulary_label(widest.score.state_without, "state"))
    if not receipt.one_publisher_row or receipt.hinges_on:
        return words
    source = localized_html(receipt.one_publisher_row.link.evidence.publisher)
    first = fill_message(_("without %(source)s the verdict would change"), source=source)
    return format_html("{}; {}", first, words)


def _shortened_html(report: Evidence, length: int) -> SafeString:
    shown = report.shown()
    return _html_in_marks(shorten_text(shown.text, length), shown.language)


@register.filter
def own_errors(corrections: Iterable[Correction]) -> list[Correction]:
    """Those that tell of an error of the site. An update tells of new facts."""
    return [each for each in corrections if each.kind != CorrectionKind.UPDATE]


@register.filter
def inside_marks(record: Translated) -> SafeString:
    """The name of a record in its language, as it stands within quotation marks."""
    shown = record.shown()
    return _html_in_marks(shown.text, shown.language)


def _html_in_marks(text: str, language: str) -> SafeString:
    return wrap_in_language(nest_quotation_marks(text, primary_language(get_language() or "")), language)


@register.simple_tag
def lens_result(gap: Gap) -> str:
    """The gap through a lens, in a few words."""
    if gap.headline is None:
        return _("with your settings there is no verdict")
    return _("with your settings: %(gap)s") % {"gap": whole_gap_number(gap.gap)}


@register.simple_tag
def claim_description(receipt: Receipt) -> str:
    """A claim in a few sentences, for search engines and previews, which show its sentence above."""
    return claim_summary(receipt)


@register.simple_tag
def version_name(number: int) -> str:
    return _("version %(number)s") % {"number": localize(number)}


@register.simple_tag
def full_grade(row: ReceiptRow) -> str:
    """The grade of a report in words: its source, the report itself, and how it bears on the claim."""
    return _("source %(reliability)s; report %(credibility)s; bears on the claim: %(directness)s") % {
        "reliability": vocabulary_label(row.grades.reliability, "reliability"),
        "credibility": vocabulary_label(row.grades.credibility, "credibility"),
        "directness": vocabulary_label(row.link.directness, "directness"),
    }


@register.simple_tag
def grade_in_words(report: Evidence) -> str:
    """The grade of a report's publisher, and of the report where that has one."""
    reliability = vocabulary_label(report.publisher.reliability, "reliability")
    if not report.credibility:
        return reliability
    return _(", ").join([reliability, vocabulary_label(report.credibility, "credibility")])


@register.simple_tag
def known_on(report: Evidence) -> str:
    return _("known %(known)s") % {"known": partial_date_in_words(report.known)}


@register.simple_tag
def counts_by_state(stack: StateStack | None) -> str:
    """The claims in each state, as the text of a stacked bar."""
    counts = [f"{part.n} {vocabulary_label(part.state, 'state')}" for part in (stack.parts if stack else ())]
    return " · ".join(counts) or _("no claim")


@register.simple_tag
def names_compared(columns: Iterable[ComparedColumn]) -> str:
    return " · ".join(compared_subject_name(column.subject) for column in columns)


@register.simple_tag
def column_title(column: Any, counted: str) -> str:
    """The title of a column of the timeline: its report with the date, or the month or year whose reports it counts."""
    return f"{period_in_full(column.day, counted)}: {column.text}" if counted else column.text


@register.simple_tag
def source_toggle(lens: Lens, slug: str) -> str:
    """The text of the link that excludes a source from a lens, or includes it again."""
    return _("Count this source again") if slug in lens.without else _("Recalculate without this source")


@register.simple_tag
def timeline_title(counted: str, *, is_cut: bool) -> str:
    """What the timeline shows. `counted`: by month, by year, or empty where each report is drawn."""
    titles = {
        "month": _("Counted by month, because there are too many to draw each."),
        "year": _("Counted by year, because there are too many to draw each."),
    }
    each = _("When it was said, and when each report that bears on it became known.")
    title = titles.get(counted, each)
    return " ".join([title, _("Of the latest claims only.")]) if is_cut else title

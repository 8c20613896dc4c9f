from typing import Any, assert_never

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, PUBLISHED, bookkeeping_fieldset
from claims.domain.vocabulary import Credibility, PlaceKind, Reliability, Risk
from claims.models import Evidence, EvidenceLink
from claims.selectors.date_doubts import date_doubts

from .inlines import ClaimsOfEvidence
from .publishing import PublishableAdmin
from .twin_form import TwinForm
from .widgets import GrowingText


class EvidenceForm(TwinForm):
    compared = frozenset({"summary", "url", "event", "known", "place", "source", "relays"})
    another_words = _("It is another report: save it")


@admin.register(Evidence)
class EvidenceAdmin(PublishableAdmin):
    form = EvidenceForm
    inlines = (ClaimsOfEvidence,)
    autocomplete_fields = ("source", "relays", "quotes", "place", "origin")
    readonly_fields = ("kept_place", *ENTERED, *PUBLISHED)
    lines = {"summary": GrowingText}
    search_fields = ("summary", "detail", "source__name", "origin__name", "place__name", "exact_place__name")
    list_display = (
        "summary",
        "known_day",
        "whose_report",
        "grade",
        "links_count",
        "risk_mark",
        "badge",
        "needs",
    )
    list_filter = (
        "status",
        list_columns.NeedsOfEvidence,
        "risk",
        "credibility",
        "source__reliability",
        list_columns.WhereToRead,
        ("source", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("source", "relays")
    ordering = ("-known", "pk")
    fieldsets = (
        (
            _("What happened"),
            {
                "fields": ("summary", ("event", "known"), "detail"),
                "description": _(
                    "One report of one thing that happened, in our own words, dated no more precisely than it is known."
                ),
            },
        ),
        (
            _("Where, and who could be in danger"),
            {
                "fields": (("place", "risk"), "kept_place"),
                "description": _(
                    "Enter the place as exactly as you know it. With a risk, readers see the province or country "
                    "around it, or nothing, and the exact place stays on the desk; so keep it out of the words too. "
                    "What readers have seen already still stands in the list of changes: have the place’s name "
                    "suppressed as well."
                ),
            },
        ),
        (
            _("Who reports it, and how far to trust it"),
            {
                "fields": (("source", "language"), ("relays", "quotes"), ("credibility", "origin")),
                "description": _(
                    "The source's own record is graded on its page (A–F); here, how likely this one report is right. "
                    "Reports of one event count once a side; what a source only passes on counts as the report of "
                    "whoever made it."
                ),
            },
        ),
        (
            _("Where it can be read"),
            {
                "fields": (("url", "archived_url"), "reference", "no_address_reason"),
                "description": _(
                    "Readers follow it: a web address, or else the paper and page, or else the reason why neither can "
                    "be given. One of them is needed before the report is published."
                ),
            },
        ),
        bookkeeping_fieldset("slug", ENTERED, PUBLISHED),
    )

    def save_model(self, request: Any, obj: Evidence, form: Any, change: bool) -> None:
        before = Evidence.objects.filter(pk=obj.pk).first() if change else None
        super().save_model(request, obj, form, change)
        for words in (*place_messages(before, obj), *date_doubts(obj, timezone.localdate())):
            messages.warning(request, words)

    @admin.display(description=_("exact place"))
    def kept_place(self, evidence: Evidence) -> str:
        if evidence.risk == Risk.NONE:
            return gettext("As above: readers see it as it is.")
        return gettext(
            "%(exact)s, for the desk alone. Readers see: %(shown)s. Another place entered above becomes the exact "
            "one."
        ) % {
            "exact": evidence.exact_place or gettext("unknown"),
            "shown": evidence.place or gettext("no place"),
        }

    @admin.display(description=_("risk"), ordering="risk", empty_value="")
    def risk_mark(self, evidence: Evidence) -> str | None:
        if evidence.risk == Risk.NONE:
            return None
        return format_html('<span class="desk-need">{}</span>', evidence.get_risk_display())  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> Any:
        counts = {"links_n": EvidenceLink.objects.all(), "unrated_n": list_columns.unrated_links()}
        counted = {name: list_columns.count_related(rows, "evidence") for name, rows in counts.items()}
        return (
            super()
            .get_queryset(request)
            .select_related("source", "relays", "place", "exact_place")
            .annotate(**counted)
        )

    @admin.display(description=_("published by its source"), ordering="known")
    def known_day(self, evidence: Evidence) -> str:
        return list_columns.format_column_day(evidence.known)

    @admin.display(description=_("publisher"), ordering="source")
    def whose_report(self, evidence: Evidence) -> str:
        """Its publisher, as readers are told, and who carries it."""
        if evidence.relays is None:
            return str(evidence.source)
        carried = gettext("carried by %(source)s") % {"source": evidence.source}
        return f"{evidence.relays} ({carried})"

    @admin.display(description=_("grade"), ordering="credibility")
    def grade(self, evidence: Evidence) -> str:
        """The grade, such as A1, with its meaning for editors who do not know the letters."""
        reliability = Reliability(evidence.publisher.reliability)
        if evidence.credibility is None:
            return format_html('{} <span class="desk-need">{}</span>', reliability.value, gettext("no grade"))
        credibility = Credibility(evidence.credibility)
        words = gettext(", ").join([gettext(reliability.label), gettext(credibility.label)])
        return format_html('<abbr title="{}">{}{}</abbr>', words, reliability.value, credibility.value)

    @admin.display(description=_("claims"))
    def links_count(self, evidence: Any) -> int:
        return evidence.links_n

    @admin.display(description=_("status"), ordering="status")
    def badge(self, evidence: Evidence) -> str:
        return list_columns.status_badge(evidence.status)

    @admin.display(description=_("needs"), empty_value="")
    def needs(self, evidence: Any) -> str:
        return list_columns.needs_list(
            ([] if evidence.credibility else [_("a grade")])
            + ([] if evidence.is_findable else [_("where it can be read")])
            + ([] if evidence.links_n else [_("a link to a claim")])
            + list_columns.counted_need(
                ngettext_lazy("%(n)d stance", "%(n)d stances", "n"), evidence.unrated_n
            )
        )


def _kind_shown(risk: Risk) -> PlaceKind | None:
    """The kind of place that readers should see; None where they see it as it is, or not at all."""
    match risk:
        case Risk.PROVINCE:
            return PlaceKind.PROVINCE
        case Risk.COUNTRY:
            return PlaceKind.COUNTRY
        case Risk.NONE | Risk.WITHHELD:
            return None
        case _:
            assert_never(risk)


def place_messages(before: Evidence | None, evidence: Evidence) -> list[str]:
    """Messages about a place that was just hidden: it is coarser than entered, or readers have seen it before."""
    risk, words = Risk(evidence.risk), []
    shown = evidence.place
    wanted = _kind_shown(risk)
    if wanted and evidence.exact_place and (shown is None or shown.kind != wanted):
        words.append(
            gettext(
                "No %(kind)s is entered around “%(exact)s”, so readers see: %(shown)s. Say what it lies within, on its "
                "own page, and enter it here again."
            )
            % {
                "kind": gettext(wanted.label),
                "exact": evidence.exact_place,
                "shown": shown or gettext("no place"),
            }
        )
    left = before.place if before and before.published_at and before.place_id != evidence.place_id else None
    if left and risk is not Risk.NONE:
        words.append(
            gettext(
                "Readers have seen “%(place)s” here, and the list of changes still tells it. Ask for a suppression of "
                "its name, for a person’s safety, if it has to go from there too."
            )
            % {"place": left}
        )
    return words

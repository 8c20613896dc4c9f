from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import Credibility, Reliability
from claims.models import Evidence, EvidenceLink

from . import columns
from .desk import ENTERED, PUBLISHED, record
from .inlines import ClaimsOfEvidence
from .publishing import PublishableAdmin
from .widgets import Line


@admin.register(Evidence)
class EvidenceAdmin(PublishableAdmin):
    inlines = (ClaimsOfEvidence,)
    autocomplete_fields = ("source", "place", "origin")
    readonly_fields = (*ENTERED, *PUBLISHED)
    lines = {"summary": Line}
    search_fields = ("summary", "detail", "source__name", "origin__name", "place__name")
    list_display = ("summary", "known_day", "source", "grade", "links_count", "badge", "needs")
    list_filter = (
        "status",
        columns.NeedsOfEvidence,
        "credibility",
        "source__reliability",
        ("source", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("source",)
    ordering = ("-known", "pk")
    fieldsets = (
        (
            _("What happened"),
            {
                "fields": ("summary", ("event", "known", "place"), "detail"),
                "description": _(
                    "One report of one thing on the ground, in our own words, dated no more precisely than it is known."
                ),
            },
        ),
        (
            _("Who reports it, and how far to trust it"),
            {
                "fields": (("source", "language"), ("url", "archived_url"), ("credibility", "origin")),
                "description": _(
                    "The source's own record is graded on its page (A–F); here, how likely this one report is right. "
                    "Reports that go back to the same event, wire story or dataset share an origin and count once."
                ),
            },
        ),
        record("slug", ENTERED, PUBLISHED),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        counts = {"links_n": EvidenceLink.objects.all(), "unrated_n": columns.unrated()}
        counted = {name: columns.counted(rows, "evidence") for name, rows in counts.items()}
        return super().get_queryset(request).select_related("source").annotate(**counted)

    @admin.display(description=_("published by its source"), ordering="known")
    def known_day(self, evidence: Evidence) -> str:
        return columns.day(evidence.known)

    @admin.display(description=_("grade"), ordering="credibility")
    def grade(self, evidence: Evidence) -> str:
        """A1, with its words for those who don't know the letters by heart."""
        reliability = Reliability(evidence.source.reliability)
        if evidence.credibility is None:
            return format_html('{} <span class="desk-need">{}</span>', reliability.value, __("no grade"))
        credibility = Credibility(evidence.credibility)
        words = f"{__(reliability.label)}, {__(credibility.label)}"
        return format_html('<abbr title="{}">{}{}</abbr>', words, reliability.value, credibility.value)

    @admin.display(description=_("claims"))
    def links_count(self, evidence: Any) -> int:
        return evidence.links_n

    @admin.display(description=_("status"), ordering="status")
    def badge(self, evidence: Evidence) -> str:
        return columns.badge(evidence.status)

    @admin.display(description=_("needs"), empty_value="")
    def needs(self, evidence: Any) -> str:
        return columns.needs(
            ([] if evidence.credibility else [_("a grade")])
            + ([] if evidence.links_n else [_("a link to a claim")])
            + columns.how_many("%(n)d stance", "%(n)d stances", evidence.unrated_n)
        )

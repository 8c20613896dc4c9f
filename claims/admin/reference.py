"""The pages of records that others refer to: sources, origins, topics, places."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, bookkeeping_fieldset
from claims.models import Claim, Evidence, Origin, Place, Source, Topic

from .desk import DeskAdmin
from .merging import MergingAdmin
from .twin_form import TwinForm


class SourceForm(TwinForm):
    compared = frozenset({"name"})
    another_words = _("It is another source of that name: save it")


@admin.register(Source)
class SourceAdmin(MergingAdmin):
    form = SourceForm
    search_fields = ("name", "url")
    autocomplete_fields = ("institution",)
    readonly_fields = ENTERED
    list_display = ("name", "kind", "reliability", "used", "needs", "changed_at")
    list_filter = (list_columns.NeedsOfSource, "reliability", "kind")
    ordering = ("name",)
    view_on_site = False
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name",
                    ("kind", "url"),
                    "institution",
                    ("reliability", "graded_from"),
                    "reliability_scope",
                    "reliability_reason",
                ),
                "description": _(
                    "Grade its record for what it is used for here, and say why. The grade moves every gap that rests "
                    "on it. A new grade holds from today, unless you date it."
                ),
            },
        ),
        bookkeeping_fieldset("slug", ENTERED),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(used_n=list_columns.count_related(Evidence.objects.all(), "source"))
        )

    @admin.display(description=_("reports"))
    def used(self, source: Any) -> int:
        return source.used_n

    @admin.display(description=_("needs"), empty_value="")
    def needs(self, source: Any) -> str:
        return list_columns.needs_list(
            [_("a grade")] if source.reliability == "F" and not source.reliability_reason else []
        )


@admin.register(Origin)
class OriginAdmin(DeskAdmin):
    search_fields = ("name",)
    list_display = ("name", "reports")
    ordering = ("name",)
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "slug"),
                "description": _("Reports of one event count once on each side, by the strongest of them."),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            super()
            .get_queryset(request)
            .annotate(reports_n=list_columns.count_related(Evidence.objects.all(), "origin"))
        )

    @admin.display(description=_("reports"))
    def reports(self, origin: Any) -> int:
        return origin.reports_n


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    search_fields = ("name",)
    autocomplete_fields = ("parent",)
    list_display = ("name", "parent", "claims_count")
    list_select_related = ("parent",)
    ordering = ("name",)
    view_on_site = False
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "parent", "about", "slug"),
                "description": _("What claims are about, in words that readers use."),
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        through = Claim.topics.through.objects.all()
        return super().get_queryset(request).annotate(claims_n=list_columns.count_related(through, "topic"))

    @admin.display(description=_("claims"))
    def claims_count(self, topic: Any) -> int:
        return topic.claims_n


@admin.register(Place)
class PlaceAdmin(DeskAdmin):
    search_fields = ("name",)
    autocomplete_fields = ("parent",)
    list_display = ("name", "kind", "parent", "latitude", "longitude")
    list_filter = ("kind",)
    list_select_related = ("parent",)
    ordering = ("name",)
    view_on_site = False
    fieldsets = (
        (
            None,
            {
                "fields": ("name", "kind", "parent", ("latitude", "longitude"), "slug"),
                "description": _(
                    "As precise as it is known, and no more: the kind says what the coordinates stand for."
                ),
            },
        ),
    )

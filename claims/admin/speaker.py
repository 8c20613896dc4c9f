from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, bookkeeping_fieldset
from claims.models import Role, Speaker, Statement

from .inlines import RoleInline
from .merging import MergingAdmin
from .twin_form import TwinForm


class SpeakerForm(TwinForm):
    compared = frozenset({"name"})
    another_words = _("It is another speaker of that name: save it")


@admin.register(Speaker)
class SpeakerAdmin(MergingAdmin):
    form = SpeakerForm
    inlines = (RoleInline,)
    search_fields = ("name", "roles__title")
    autocomplete_fields = ("institution",)
    readonly_fields = ENTERED
    list_display = ("name", "standing", "nature", "statements_count", "needs", "changed_at")
    list_filter = ("standing", "nature")
    ordering = ("name",)
    view_on_site = False
    fieldsets = (
        (
            None,
            {
                "fields": ("name", ("nature", "standing"), "institution", "about", "url"),
                "description": _("Who speaks. An expert's assessment is kept apart from official words."),
            },
        ),
        bookkeeping_fieldset("slug", ENTERED),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        counted = {
            "statements_n": list_columns.count_related(Statement.objects.all(), "speaker"),
            "roles_n": list_columns.count_related(Role.objects.all(), "speaker"),
        }
        return super().get_queryset(request).annotate(**counted)

    @admin.display(description=_("statements"))
    def statements_count(self, speaker: Any) -> int:
        return speaker.statements_n

    @admin.display(description=_("needs"), empty_value="")
    def needs(self, speaker: Any) -> str:
        is_person = speaker.nature == "person"
        return list_columns.needs_list(
            [_("a role, from and to")] if is_person and not speaker.roles_n else []
        )

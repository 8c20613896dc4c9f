"""The pages of corrections and snapshots."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.admin import list_columns
from claims.admin.change_notice_form import notice_fields
from claims.models import Correction, Snapshot
from claims.selectors.desk_blocks import links_sealed_for

from .desk import DeskAdmin, ReadOnlyAdmin
from .forms import DeskForm


class CorrectionForm(DeskForm):
    """The form of a correction. Translating a notice does not require another notice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in notice_fields():
            self.fields.pop(name, None)


@admin.register(Correction)
class CorrectionAdmin(DeskAdmin):
    form = CorrectionForm
    search_fields = ("what_was_wrong", "claim__proposition", "statement__title", "evidence__summary")
    autocomplete_fields = ("claim", "statement", "evidence")
    readonly_fields = ("corrected_by",)
    list_display = ("what_was_wrong", "kind", "record", "corrected_on", "corrected_by")
    list_filter = ("kind", "corrected_on")
    list_select_related = ("claim", "statement", "evidence", "corrected_by")
    ordering = ("-corrected_on", "-pk")
    fieldsets = (
        (
            _("What it corrects"),
            {
                "fields": ("claim", "statement", "evidence"),
                "description": _(
                    "Choose exactly one. The notice stands on top of its page for as long as the page does."
                ),
            },
        ),
        (
            _("The notice"),
            {
                "fields": ("kind", "what_was_wrong", "effect", ("corrected_on", "corrected_by"), "slug"),
                "description": _(
                    "Plainly, without blame: what stood there, what is right, and what it moved."
                ),
            },
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The text of a published notice cannot be changed; a second notice corrects it.

        Translations can be added.
        """
        return self.readonly_fields if obj is None else flatten_fieldsets(self.fieldsets)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "corrected_on":
            kwargs["initial"] = timezone.localdate
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description=_("of"))
    def record(self, correction: Correction) -> str:
        return str(correction.record)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin, admin.ModelAdmin):
    """Shows snapshots, which the database does not allow to change.

    Hidden from editors who still have to grade blind.
    """

    search_fields = ("claim__proposition", "digest")
    list_display = ("claim", "number", "as_of", "state", "gap_number", "taken_at")
    list_filter = ("state", "as_of")
    list_select_related = ("claim",)
    ordering = ("-taken_at", "-pk")
    show_full_result_count = False

    def get_queryset(self, request: Any) -> Any:
        return super().get_queryset(request).exclude(claim__in=links_sealed_for(request.user).values("claim"))

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        return lookup.partition("__")[0] in self.list_filter  # not every database can search JSON

    @admin.display(description=_("gap"))
    def gap_number(self, snapshot: Snapshot) -> str:
        return list_columns.exact_headline(snapshot.gap) if snapshot.term.sufficient else list_columns.NONE

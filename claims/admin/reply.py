from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, PUBLISHED, bookkeeping_fieldset
from claims.models import Reply

from .publishing import PublishableAdmin
from .widgets import GrowingText, MultilineText


@admin.register(Reply)
class ReplyAdmin(PublishableAdmin):
    autocomplete_fields = ("claim",)
    readonly_fields = (*ENTERED, *PUBLISHED)
    lines = {"text": MultilineText, "reference": GrowingText}
    search_fields = ("text", "given_by", "claim__proposition", "claim__statement__speaker__name")
    list_display = ("text", "claim", "answered_day", "badge")
    list_filter = ("status",)
    list_select_related = ("claim",)
    ordering = ("-answered_on", "pk")
    fieldsets = (
        (
            _("Who answers what"),
            {
                "fields": ("claim", ("given_by", "answered_on"), "text"),
                "description": _(
                    "What a speaker answers to the finding on their claim. It stands beside the verdict and counts "
                    "nothing. New evidence that comes with it is entered as evidence."
                ),
            },
        ),
        (
            _("Where it comes from"),
            {
                "fields": (("url", "archived_url"), "reference"),
                "description": _("The page that a reader can check, or how the answer was given."),
            },
        ),
        bookkeeping_fieldset("slug", ENTERED, PUBLISHED),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Reply | None = None) -> Any:
        return (*self.readonly_fields, "claim") if obj and obj.published_at else self.readonly_fields

    @admin.display(description=_("answered on"), ordering="answered_on")
    def answered_day(self, reply: Reply) -> str:
        return list_columns.format_column_day(reply.answered_on)

    @admin.display(description=_("status"), ordering="status")
    def badge(self, reply: Reply) -> str:
        return list_columns.status_badge(reply.status)

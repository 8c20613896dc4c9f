"""The texts about the site, on the desk: one for each subject."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from claims.admin import list_columns
from claims.admin.field_layout import ENTERED, PUBLISHED, bookkeeping_fieldset
from claims.models import About

from .publishing import PublishableAdmin
from .widgets import MultilineText


@admin.register(About)
class AboutAdmin(PublishableAdmin):
    readonly_fields = (*ENTERED, *PUBLISHED)
    lines = {"text": MultilineText}
    search_fields = ("text",)
    list_display = ("subject", "badge", "changed_at")
    fieldsets = (
        (
            None,
            {
                "fields": ("subject", "text"),
                "description": _(
                    "Readers see it on the page about the site, with what the page says by itself of corrections."
                ),
            },
        ),
        bookkeeping_fieldset("slug", ENTERED, PUBLISHED),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: About | None = None) -> Any:
        return (*self.readonly_fields, "subject") if obj and obj.published_at else self.readonly_fields

    @admin.display(description=_("status"), ordering="status")
    def badge(self, about: Any) -> str:
        return list_columns.status_badge(about.status)

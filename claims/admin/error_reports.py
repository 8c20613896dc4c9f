"""Readers' reports of errors: what they wrote, and the answer."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import actions
from claims.actions.error_reports import objection_to_answer
from claims.domain.vocabulary import ErrorReportState
from claims.models import ErrorReport
from claims.models.error_report import REPORTED_KINDS

from .desk import DeskAdmin
from .forms import DeskForm

READER_ADDRESS = "reader_address"
UUID_IN_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class KindFilter(admin.SimpleListFilter):
    """Filters the list by the kind of page that a reader reported."""

    title = _("kind of page")
    parameter_name = "about"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind, getattr(ErrorReport, kind).field.verbose_name) for kind in REPORTED_KINDS]

    def queryset(self, request: Any, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return (
            queryset.filter(**{f"{self.value()}__isnull": False}) if self.value() in REPORTED_KINDS else None
        )


class AnswerForm(DeskForm):
    """The answer. While there is none, neither outcome is chosen."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        report = kwargs.get("instance")
        if report and report.is_waiting:
            kwargs["initial"] = {**(kwargs.get("initial") or {}), "state": ""}
        super().__init__(*args, **kwargs)
        if state := self.fields.get("state"):
            state.choices = [choice for choice in state.choices if choice[0] != ErrorReportState.WAITING]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        state, answer = cleaned.get("state", ""), cleaned.get("answer", "")
        if state and (objection := objection_to_answer(state, answer, cleaned.get("correction"))):
            self.add_error("answer", objection)
        return cleaned


@admin.register(ErrorReport)
class ErrorReportAdmin(DeskAdmin):
    form = AnswerForm
    search_fields = ("text", "where_to_check", "answer")
    autocomplete_fields = ("correction",)
    readonly_fields = (
        "page", "text", "where_to_check", READER_ADDRESS, "sent_at", "answered_by", "answered_at", "reader_page",
    )  # fmt: skip
    list_display = ("__str__", "page", "sent_at", "state", "answered_by")
    list_filter = ("state", KindFilter)
    list_select_related = (*REPORTED_KINDS, "answered_by")
    ordering = ("-state", "-sent_at")  # those that wait come first
    view_on_site = False
    radio_fields = {"state": admin.VERTICAL}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        email = (READER_ADDRESS,) if request.user.has_perm("claims.view_reader_address") else ()
        return (
            (
                _("What a reader wrote"),
                {
                    "fields": ("page", "text", "where_to_check", *email, "sent_at"),
                    "description": _(
                        "Nobody has checked it, and no reader sees it. If it is right, change the record as you always "
                        "do."
                    ),
                },
            ),
            (
                _("The answer"),
                {
                    "fields": (
                        "state",
                        "answer",
                        "correction",
                        ("answered_by", "answered_at"),
                        "reader_page",
                    ),
                    "description": _(
                        "The reader sees it at an address of their own. The site sends no e-mail: write to the reader "
                        "yourself if you have a question."
                    ),
                },
            ),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # readers send them

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        # Otherwise an address could be guessed letter by letter.
        return READER_ADDRESS not in lookup.split("__") and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> Any:
        """Find a report also by the address that its reader was given."""
        if key := UUID_IN_TEXT.search(search_term):
            return queryset.filter(key=key.group()), False
        return super().get_search_results(request, queryset, search_term)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if form.has_changed():
            actions.answer_error_report(
                obj, state=obj.state, answer=obj.answer, correction=obj.correction, by=request.user,
                now=timezone.now(),
            )  # fmt: skip

    def delete_model(self, request: Any, obj: Any) -> None:
        actions.delete_error_report(obj, by=request.user)

    def delete_queryset(self, request: Any, queryset: Any) -> None:
        for report in queryset:
            actions.delete_error_report(report, by=request.user)

    @admin.display(description=_("page"))
    def page(self, report: ErrorReport) -> SafeString:
        record = report.record
        return format_html(
            '<a href="{}">{}</a>', reverse(f"admin:claims_{report.kind}_change", args=[record.pk]), record
        )

    @admin.display(description=_("what the reader sees"))
    def reader_page(self, report: ErrorReport) -> SafeString:
        return format_html('<a href="{}">{}</a>', report.get_absolute_url(), gettext("Open"))

"""Merging two speakers, or two sources, on the desk: chosen in the list, confirmed on a page that says what moves."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims import actions
from claims.actions import RuleViolation
from claims.admin.kept_forms import sign_writer

from .choice_labels import pick_label
from .desk import DeskAdmin
from .reason_form import ReasonForm


class MergeForm(ReasonForm):
    """Which of the two is kept, and why they are one."""

    kept = forms.ChoiceField(label=gettext_lazy("Which one is kept"), widget=forms.RadioSelect)

    def __init__(self, data: Any, records: list[Any]) -> None:
        super().__init__(data, with_notice=True)
        self.fields["kept"].choices = [(str(record.pk), pick_label(record)) for record in records]  # type: ignore[attr-defined]
        self.fields["kept"].initial = str(records[0].pk)


class MergingAdmin(DeskAdmin):
    actions = ["merge_selected"]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return actions.may_merge(self.model, request.user)  # type: ignore[arg-type]

    @admin.action(description=gettext_lazy("Make one of two …"), permissions=["merge"])
    def merge_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        records = list(queryset.order_by("created_at", "pk")[:3])
        if len(records) != 2:
            messages.error(request, _("Choose the two that are one, and no others."))
            return None
        form = MergeForm(request.POST if "reason" in request.POST else None, records)
        if form.is_valid() and self._merge(request, records, form):
            return None
        context = {
            **self.admin_site.each_context(request),
            "writer": sign_writer(request.user),
            "title": _("Make one of two"),
            "opts": self.opts,
            "form": form,
            "back": request.get_full_path(),
            "checkbox": ACTION_CHECKBOX_NAME,
            "selected": [record.pk for record in records],
        }
        return TemplateResponse(request, "admin/claims/merge.html", context)

    def _merge(self, request: HttpRequest, records: list[Any], form: MergeForm) -> bool:
        kept, gone = sorted(records, key=lambda record: str(record.pk) != form.cleaned_data["kept"])
        now = timezone.now()
        try:
            with actions.batch_rescoring(now=now):
                actions.merge_records(
                    kept, gone, by=request.user, now=now,  # type: ignore[arg-type]
                    reason=form.cleaned_data["reason"], notice=form.notice_given,
                )  # fmt: skip
        except RuleViolation as refusal:
            messages.error(request, str(refusal))
            return False
        messages.success(request, _("“%(gone)s” is now “%(kept)s”.") % {"gone": gone, "kept": kept})
        return True

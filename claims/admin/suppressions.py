"""Suppressions: one person asks for the removal of a text, another decides."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import actions
from claims.actions import RuleViolation
from claims.admin.kept_forms import sign_writer
from claims.domain.vocabulary import Outcome, SuppressionGround
from claims.models import Suppression

from .desk import DeskAdmin

SHOWN = 50  # occurrences listed one by one


@admin.register(Suppression)
class SuppressionAdmin(DeskAdmin):
    list_display = ("reason", "ground", "asked_by", "asked_at", "outcome", "decided_by")
    list_filter = ("outcome", "ground")
    list_select_related = ("asked_by", "decided_by")
    ordering = ("-asked_at",)
    fieldsets = (
        (
            None,
            {
                "fields": ("text", "ground", "reason"),
                "description": _(
                    "It goes everywhere at once: from records, drafts, past entries of the ledger and addresses made "
                    "from it. Its place and the reason stay. It is done when it is accepted; there is no way back."
                ),
            },
        ),
    )

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.base_fields["text"].required = True
        form.base_fields["ground"].widget = forms.RadioSelect(
            choices=[
                (ground.value, f"{gettext(ground.label)}: {gettext(ground.meaning)}")
                for ground in SuppressionGround
            ]
        )
        return form

    def draft_key(self, obj: Any) -> str:
        return ""  # what is to be suppressed is kept nowhere else

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        asked = actions.request_suppression(
            text=obj.text,
            ground=SuppressionGround(obj.ground),
            reason=obj.reason,
            by=request.user,
            now=timezone.now(),
        )  # type: ignore[arg-type]
        obj.pk = asked.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        messages.success(request, gettext("Asked for. It waits until it is accepted."))
        return HttpResponseRedirect(reverse("admin:claims_suppression_change", args=[obj.pk]))

    def changeform_view(
        self, request: Any, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra_context)
        asked = self.get_object(request, unquote(object_id))
        if asked is None:
            return self.answer_missing_record(request, object_id)
        if not self.has_view_permission(request, asked):
            raise PermissionDenied
        if request.method == "POST":
            self._decide(request, asked)
            return HttpResponseRedirect(request.path)
        return self._page(request, asked)

    def _decide(self, request: Any, asked: Suppression) -> None:
        given: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        try:
            match request.POST.get("decision"):
                case "accept":
                    places = actions.accept_suppression(asked, **given)
                    messages.success(request, gettext("Taken out of %(n)d places.") % {"n": len(places)})
                case "refuse":
                    actions.decline_suppression(asked, **given)
                    messages.success(request, gettext("It stays where it is."))
                case _:
                    raise RuleViolation(gettext("Choose whether to take it out or to leave it."))
        except RuleViolation as refusal:
            messages.error(request, str(refusal))

    def _page(self, request: Any, asked: Suppression) -> HttpResponse:
        pending = asked.outcome == Outcome.PENDING
        places = actions.locate_text(asked.text) if pending else []
        context = {
            **self.admin_site.each_context(request),
            "writer": sign_writer(request.user),
            "title": gettext("Suppression"),
            "opts": self.opts,
            "asked": asked,
            "pending": pending,
            "places": places[:SHOWN],
            "more": len(places) - SHOWN,
            "is_own": asked.asked_by_id == request.user.pk,
            "may_act_alone": actions.may_act_alone(),
            "may_decide": request.user.has_perm("claims.decide_suppression"),
        }
        return TemplateResponse(request, "admin/claims/suppression.html", context)

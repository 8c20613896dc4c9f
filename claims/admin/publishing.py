"""Publishing and withdrawing on the desk: buttons and bulk actions, each with a page that asks for the reason."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims import actions
from claims.actions import Refused
from claims.domain.vocabulary import Status
from claims.selectors.readiness import missing

from .checks import checks
from .desk import DeskAdmin
from .forms import ReasonForm

VERBS = ("publish", "withdraw")
NAMED = 8  # refusals told one by one; more would bury the page


class PublishableAdmin(DeskAdmin):
    actions = ["publish_selected", "withdraw_selected"]

    # Who may -----------------------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "publish")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "withdraw")

    def _may(self, request: HttpRequest, verb: str) -> bool:
        return request.user.has_perm(f"claims.{verb}_{self.opts.model_name}")  # type: ignore[union-attr]

    # One record --------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        name = f"claims_{self.opts.model_name}"
        own = [
            path(
                f"<path:object_id>/{verb}/",
                self.admin_site.admin_view(self.decide_view),
                {"verb": verb},
                name=f"{name}_{verb}",
            )
            for verb in VERBS
        ]
        return own + super().get_urls()

    def decide_view(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if not self._may(request, verb):
            raise PermissionDenied(_("Your account may not do this: ask a publisher."))
        if record is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        form = ReasonForm(request.POST or None)
        back = reverse(f"admin:claims_{self.opts.model_name}_change", args=[quote(record.pk)])
        if request.method == "POST" and form.is_valid():
            self._decide(request, verb, [record], form.cleaned_data["reason"])
            return HttpResponseRedirect(back)
        return self._ask(request, verb, [record], form, back)

    # Many --------------------------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Publish, with a reason …"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "publish")

    @admin.action(description=gettext_lazy("Withdraw, with a reason …"), permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide_selected(request, queryset, "withdraw")

    def _decide_selected(self, request: HttpRequest, queryset: Any, verb: str) -> HttpResponse | None:
        form = ReasonForm(request.POST if "reason" in request.POST else None)
        if form.is_valid():
            self._decide(request, verb, queryset, form.cleaned_data["reason"])
            return None
        return self._ask(request, verb, list(queryset), form, request.get_full_path())

    # Both --------------------------------------------------------------------------------------------------

    def _decide(self, request: HttpRequest, verb: str, records: Iterable[Any], reason: str) -> None:
        done, refusals = 0, []
        for record in records:
            try:
                self._act(request, verb, record, reason)
            except Refused as refusal:
                refusals.append(str(refusal))
            else:
                self.log_change(request, record, f"{self._done(verb, 1)} {reason}")
                done += 1
        if done:
            messages.success(request, self._done(verb, done))
        for words in refusals[:NAMED]:
            messages.error(request, words)
        if (more := len(refusals) - NAMED) > 0:
            messages.error(request, _("… and %(more)d more were refused.") % {"more": more})

    def _act(self, request: HttpRequest, verb: str, record: Any, reason: str) -> None:
        by, now = request.user, timezone.now()
        if verb == "publish":
            actions.publish(record, by=by, now=now)  # type: ignore[arg-type]
        else:
            actions.withdraw(record, by=by, reason=reason, now=now)  # type: ignore[arg-type]

    def _done(self, verb: str, count: int) -> str:
        if verb == "publish":
            return ngettext("Published.", "%(count)d published.", count) % {"count": count}
        return ngettext("Withdrawn.", "%(count)d withdrawn.", count) % {"count": count}

    def _ask(
        self, request: HttpRequest, verb: str, records: list[Any], form: ReasonForm, back: str
    ) -> HttpResponse:
        rows = [
            {"record": record, "missing": [item for item in missing(record) if not item.done]}
            for record in records
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Publish") if verb == "publish" else _("Withdraw"),
            "opts": self.opts,
            "verb": verb,
            "rows": rows,
            "form": form,
            "back": back,
            "checkbox": ACTION_CHECKBOX_NAME,
            "action": request.POST.get("action", ""),
            "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "select_across": request.POST.get("select_across", ""),
        }
        return TemplateResponse(request, "admin/claims/decide.html", context)

    # The page ----------------------------------------------------------------------------------------------

    def render_change_form(
        self, request: Any, context: Any, *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        if obj is not None:
            context |= {
                "status": Status(obj.status),
                "show_delete": obj.status == Status.DRAFT,
                "checks": checks(obj) if obj.status != Status.PUBLISHED else [],
                "may_publish": obj.status != Status.PUBLISHED and self._may(request, "publish"),
                "may_withdraw": obj.status == Status.PUBLISHED and self._may(request, "withdraw"),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def view_on_site(self, obj: Any) -> str | None:
        return obj.get_absolute_url() if obj.is_published else None

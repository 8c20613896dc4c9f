"""Publication steps on the desk: buttons and bulk actions, each with a page that asks for the reason."""

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
from claims.actions import RuleViolation
from claims.admin.change_effects import seen_effects
from claims.admin.edit_conflicts import SEEN, version_of_publication
from claims.admin.kept_forms import sign_writer
from claims.admin.readiness_checks import readiness_checks
from claims.domain.vocabulary import Status, Step
from claims.domain.workflow import STATUS_TRANSITIONS, steps_from_status
from claims.models import Evidence
from claims.models.translated import page_language
from claims.selectors.readiness import readiness_items
from claims.selectors.returns import latest_return

from .desk import DeskAdmin
from .reason_form import ReasonForm

NAMED = 8  # refusals with a message each; the others are counted

# The text of the button, the title of the page, and its sentence.
WORDS: dict[Step, tuple[Any, Any, Any]] = {
    Step.SUBMIT: (
        gettext_lazy("Send to review …"),
        gettext_lazy("Send to review"),
        gettext_lazy(
            "A second person looks at it and publishes it. A word to them helps. What is missing for publication can "
            "be added while it is in review."
        ),
    ),
    Step.RETURN: (
        gettext_lazy("Send back …"),
        gettext_lazy("Send back"),
        gettext_lazy("It becomes a draft again. Say what is wanted: its writer will read it."),
    ),
    Step.PUBLISH: (
        gettext_lazy("Publish …"),
        gettext_lazy("Publish"),
        gettext_lazy(
            "Everyone will see what is published. Tick what you have checked, and only that: readers find it in the "
            "list of changes, with the name that you sign by. Add a line where there is more to say."
        ),
    ),
    Step.WITHDRAW: (
        gettext_lazy("Withdraw …"),
        gettext_lazy("Withdraw"),
        gettext_lazy(
            "What is withdrawn leaves the public pages and counts nothing. Write the reason for readers: they see it."
        ),
    ),
    Step.REOPEN: (
        gettext_lazy("Take up again …"),
        gettext_lazy("Take up again"),
        gettext_lazy("It becomes a draft. Readers go on being told that it was withdrawn."),
    ),
}


class PublishableAdmin(DeskAdmin):
    actions = ["submit_selected", "publish_selected", "return_selected", "withdraw_selected"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """The initial values of a new record. Its language is the editor's own."""
        return {"language": page_language(), **super().get_changeform_initial_data(request)}

    # Who may -----------------------------------------------------------------------------------------------

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return self._may(request, Step.PUBLISH)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return self._may(request, Step.WITHDRAW)

    def _may(self, request: HttpRequest, step: Step) -> bool:
        return request.user.has_perm(f"claims.{STATUS_TRANSITIONS[step].permission}_{self.opts.model_name}")  # type: ignore[union-attr]

    # One record --------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        name = f"claims_{self.opts.model_name}"
        own = [
            path(
                f"<path:object_id>/{step}/",
                self.admin_site.admin_view(self.decide_view),
                {"step": step},
                name=f"{name}_{step}",
            )
            for step in STATUS_TRANSITIONS
        ]
        return own + super().get_urls()

    def decide_view(self, request: HttpRequest, object_id: str, step: Step) -> HttpResponse:
        record = self.get_object(request, unquote(object_id))
        if not self._may(request, step):
            raise PermissionDenied(_("Your account may not do this: ask a publisher."))
        if record is None:
            return self.answer_missing_record(request, object_id)
        form = self._step_form(step, [record], request.POST if request.method == "POST" else None)
        back = reverse(f"admin:claims_{self.opts.model_name}_change", args=[quote(record.pk)])
        if request.method == "POST" and form.is_valid() and self._decide(request, step, [record], form):
            return HttpResponseRedirect(back)
        return self._ask(request, step, [record], form, back)

    # Many --------------------------------------------------------------------------------------------------

    @admin.action(description=gettext_lazy("Send to review …"), permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide_selected(request, queryset, Step.SUBMIT)

    @admin.action(description=gettext_lazy("Publish, with a reason …"), permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide_selected(request, queryset, Step.PUBLISH)

    @admin.action(description=gettext_lazy("Send back, with a reason …"), permissions=["change"])
    def return_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide_selected(request, queryset, Step.RETURN)

    @admin.action(description=gettext_lazy("Withdraw, with a reason …"), permissions=["withdraw"])
    def withdraw_selected(self, request: HttpRequest, queryset: Any) -> HttpResponse | None:
        return self._decide_selected(request, queryset, Step.WITHDRAW)

    def _decide_selected(self, request: HttpRequest, queryset: Any, step: Step) -> HttpResponse | None:
        form = self._step_form(step, queryset, request.POST if "reason" in request.POST else None)
        if form.is_valid() and self._decide(request, step, queryset, form):
            return None
        return self._ask(request, step, list(queryset), form, request.get_full_path())

    def _step_form(self, step: Step, records: Iterable[Any], data: Any) -> ReasonForm:
        transition = STATUS_TRANSITIONS[step]
        return ReasonForm(
            data,
            required=transition.needs_reason,
            with_notice=self._may_turn_verdicts(step),
            checks=actions.possible_checks(records) if transition.takes_checks else (),
        )

    def _may_turn_verdicts(self, step: Step) -> bool:
        """Whether the step can turn a verdict that stands: a report counts from its publication on."""
        return step is Step.WITHDRAW or (step is Step.PUBLISH and self.model is Evidence)

    # Both --------------------------------------------------------------------------------------------------

    def _decide(self, request: HttpRequest, step: Step, records: Iterable[Any], form: ReasonForm) -> bool:
        """Take the step with each record. Returns False if it failed for all, so that the form keeps the reason."""
        by: Any = request.user
        outcome = actions.take_step(
            step,
            records,
            by=by,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            checks=form.ticked,
            notice=form.notice_given if self._may_turn_verdicts(step) else None,
            refuse_unseen=lambda record: _refuse_unseen(request, record),
        )
        if outcome.done:
            messages.success(request, _step_done_message(step, len(outcome.done)))
        for words in outcome.refusals[:NAMED]:
            messages.error(request, words)
        if (more := len(outcome.refusals) - NAMED) > 0:
            messages.error(request, _("… and %(more)d more were refused.") % {"more": more})
        return bool(outcome.done)

    def _ask(
        self, request: HttpRequest, step: Step, records: list[Any], form: ReasonForm, back: str
    ) -> HttpResponse:
        rows = [
            {
                "record": record,
                "objection": _objection(request, record) if step is Step.PUBLISH else "",
                "missing": [item for item in readiness_items(record) if not item.done],
                "seen": version_of_publication(record),
            }
            for record in records
        ]
        _button, title, sentence = WORDS[step]
        publishes_reports = step is Step.PUBLISH and self.model is Evidence
        moved = actions.preview_publication(records, now=timezone.now()) if publishes_reports else []
        context = {
            **self.admin_site.each_context(request),
            "writer": sign_writer(request.user),
            "title": title,
            "sentence": sentence,
            "opts": self.opts,
            "step": step,
            "rows": rows,
            "is_refused": bool(rows) and all(row["objection"] for row in rows),
            **seen_effects(request, moved),
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
            status = Status(obj.status)
            context |= {
                "status": status,
                "show_delete": status in (Status.DRAFT, Status.IN_REVIEW) and obj.published_at is None,
                "returned": latest_return([obj]),
                "checks": readiness_checks(obj) if status != Status.PUBLISHED else [],
                "steps": [
                    (WORDS[step][0], reverse(f"admin:claims_{self.opts.model_name}_{step}", args=[obj.pk]))
                    for step in self._offered_steps(request, obj)
                ],
                "why_not_published": self._why_not_published(request, obj),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _offered_steps(self, request: HttpRequest, record: Any) -> list[Step]:
        """What the user may do with the record now. What they may not publish is not offered."""
        steps = [step for step in steps_from_status(Status(record.status)) if self._may(request, step)]
        if self._may(request, Step.PUBLISH) and actions.can_be_reviewed(record, _key_of(request)):
            steps.insert(0, Step.PUBLISH)
        return [step for step in steps if step is not Step.PUBLISH or not _objection(request, record)]

    def _why_not_published(self, request: HttpRequest, record: Any) -> str:
        """Why the user does not publish what is in review; empty if they may, or if it is not in review."""
        if record.status != Status.IN_REVIEW:
            return ""
        if not self._may(request, Step.PUBLISH):
            return _("A publisher who wrote none of it publishes it.")
        return _objection(request, record)

    def view_on_site(self, obj: Any) -> str | None:
        return obj.get_absolute_url() if obj.is_published and obj.slug else None  # a form can empty it


def _refuse_unseen(request: HttpRequest, record: Any) -> None:
    """Refuse a decision on another version than the one that the page showed."""
    if request.POST.get(f"{SEEN}-{record.pk}") != version_of_publication(record):
        raise RuleViolation(
            _("“%(record)s” has changed since you looked. Look at it again, and decide on what stands now.")
            % {"record": record}
        )


def _key_of(request: HttpRequest) -> int:
    return request.user.pk  # type: ignore[return-value]  # who is on the desk is signed in


def _objection(request: HttpRequest, record: Any) -> str:
    return actions.objection_to_publisher(record, _key_of(request))


def _step_done_message(step: Step, count: int) -> str:
    words = {
        Step.SUBMIT: ngettext("Sent to review.", "%(count)d sent to review.", count),
        Step.RETURN: ngettext("Sent back.", "%(count)d sent back.", count),
        Step.PUBLISH: ngettext("Published.", "%(count)d published.", count),
        Step.WITHDRAW: ngettext("Withdrawn.", "%(count)d withdrawn.", count),
        Step.REOPEN: ngettext("Taken up again.", "%(count)d taken up again.", count),
    }
    return words[step] % {"count": count}

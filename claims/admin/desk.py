"""The base class of all pages of the desk. It writes through actions, and shows the message of a broken rule."""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims import actions
from claims.actions import RuleViolation
from claims.admin.edit_conflicts import SEEN, record_version
from claims.admin.field_layout import FieldLayoutMixin
from claims.admin.kept_forms import LOOK, sign_writer
from claims.admin.list_columns import EnteredByFilter
from claims.django_internals import MissingRecordHook, discard_queued_messages
from claims.models import Correction
from claims.models.base import Authored
from claims.records.registry import kind_of_record
from claims.selectors.record_history import record_history

from .forms import DeskForm
from .link_forms import GRADING_FIELDS, LinkFormSet
from .submission import proposal_message, start_submission, submission_of
from .translations import translated_fieldsets, translation_form_class

logger = logging.getLogger(__name__)

DeskView = Callable[..., HttpResponse]


class ReadOnlyAdmin:
    """An admin for records that only actions write. Nothing can be typed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskAdmin(MissingRecordHook, FieldLayoutMixin, admin.ModelAdmin):
    form = DeskForm
    list_per_page = 50
    show_full_result_count = False  # counting a whole table costs too much

    class Media:
        js = ["claims/desk.js", "claims/desk-forms.js"]

    def render_change_form(
        self, request: Any, context: Any, *args: Any, obj: Any = None, **kwargs: Any
    ) -> Any:
        """The page of a record, with the proposals that wait for a second person, and who opened the form."""
        context |= {"writer": sign_writer(request.user), "draft_key": self.draft_key(obj)}
        if obj is not None:
            waiting = actions.pending_proposals(obj).select_related("proposed_by")
            context["waiting"] = [each for each in waiting if each.proposed_by_id != request.user.pk]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def get_list_filter(self, request: HttpRequest) -> Any:
        by_writer = (EnteredByFilter,) if issubclass(self.model, Authored) else ()
        return (*by_writer, *super().get_list_filter(request))

    def draft_key(self, obj: Any) -> str:
        """The name under which the browser keeps a draft of the form; empty if it must keep none."""
        return f"{self.opts.model_name}/{obj.pk if obj else 'new'}"

    # Writing -----------------------------------------------------------------------------------------------

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs = {"form": translation_form_class(self.form, self.model), **kwargs}
        form = super().get_form(request, obj, change=change, **kwargs)
        form.is_main = True
        form.refusal = submission_of(request).refusal
        may = obj is not None and self.has_change_permission(request, obj)
        form.for_readers = may and self.readers_see(obj)
        kind = kind_of_record(obj) if obj else None
        form.takes_notice = kind is not None and kind.is_revised
        form.drafts = actions.open_drafts(kind, [obj.pk], request.user) if form.for_readers else {}
        return form

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        # Lookups in JSON differ between databases, and some fail on one of them.
        return "translations" not in lookup.split("__") and super().lookup_allowed(lookup, value, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.translated_too(request, super().get_fieldsets(request, obj), obj)

    def translated_too(self, request: HttpRequest, sets: Any, obj: Any) -> list[Any]:
        """The fieldsets, with those of the translations before the last one for users who may write them."""
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        of_texts = translated_fieldsets(self.model, obj) if may else []
        return [*sets[:1], *sets[1:-1], *of_texts, *sets[1:][-1:]]

    def readers_see(self, obj: Any) -> bool:
        """Whether readers see the record, or another record that is edited on the same page."""
        return actions.needs_reason(obj)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        if change and not form.has_changed():
            return
        many = {field.name: list(form.cleaned_data[field.name]) for field in self.opts.many_to_many
                if field.name in form.cleaned_data}  # fmt: skip
        actions.save(
            obj, by=request.user, now=timezone.now(), reason=form.reason, notice=form.notice_given, many=many,
            translations_hold=form.translations_hold, proposals=submission_of(request).proposals,
            draft=form.own_draft,
        )  # type: ignore[arg-type]  # fmt: skip

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        # Topics and places were stored, or proposed, with the record itself.
        corrections = [
            correction for formset in formsets for correction in self.save_rows(request, form, formset)
        ]
        if form.notice_given and not (submission_of(request).proposals or corrections):
            raise RuleViolation(
                _(
                    "Nothing that was changed gives readers a notice, so yours would be lost. A notice that goes "
                    "with no change is written by a publisher, among the corrections."
                )
            )
        self._refuse_missing_notices(request)

    def _refuse_missing_notices(self, request: Any) -> None:
        """Tell the writer of a proposal that it would turn a verdict, and ask for the notice."""
        for proposal in submission_of(request).proposals:
            if words := actions.missing_notice(proposal, by=request.user, now=timezone.now()):
                raise RuleViolation(words)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        self.save_rows(request, form, formset)

    def save_rows(self, request: HttpRequest, form: Any, formset: Any) -> list[Correction]:
        """Save the rows of an inline. Returns the notices that the new gradings published."""
        formset.save(commit=False)
        given: Any = {"by": request.user, "now": timezone.now()}
        for record in formset.deleted_objects:
            actions.delete(record, **given)
        given |= {"reason": form.reason, "notice": form.notice_given}
        proposals = submission_of(request).proposals
        holds = {form.instance.pk for form in formset.forms if form.translations_hold}
        changed = [record for record, names in formset.changed_objects if set(names) - GRADING_FIELDS]
        for record in [*changed, *formset.new_objects]:
            more = {"translations_hold": record.pk in holds, "draft": formset.drafts.get(record.pk)}
            actions.save(record, **given, **more, proposals=proposals)
        if isinstance(formset, LinkFormSet) and formset.may_grade:
            return self._grade(formset, given)
        return []

    def _grade(self, formset: LinkFormSet, given: dict[str, Any]) -> list[Correction]:
        graded = [
            form
            for form in formset.forms
            if not GRADING_FIELDS.isdisjoint(form.changed_data)
            and form not in formset.deleted_forms
            and form.instance.pk
        ]
        stances = {form.instance: form.cleaned_data["stance"] for form in graded}
        clauses = {form.instance: form.cleaned_data["decisive_clause"] for form in graded}
        rationales = {form.instance: form.grading_reason for form in graded}
        return (
            actions.grade_links(stances, clauses=clauses, rationales=rationales, **given) if stances else []
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if request.POST.get(SEEN, seen := record_version(obj)) != seen:
            raise RuleViolation(
                _("“%(record)s” has changed since you looked. Look at it again.") % {"record": obj}
            )
        actions.delete(obj, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for record in queryset:
            actions.delete(record, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    # The actions keep the history. The admin's own log would repeat it.

    def log_addition(self, *args: Any) -> Any: ...

    def log_change(self, *args: Any) -> Any: ...

    def log_deletions(self, *args: Any) -> Any: ...

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self.answer_missing_record(request, object_id)
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("What happened to it"),
            "opts": self.opts,
            "object": obj,
            "past": record_history(obj),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/claims/history.html", context)

    # Answering ---------------------------------------------------------------------------------------------

    def changeform_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._in_words(request, super().changeform_view, *args, **kwargs)

    def changelist_view(self, request: Any, extra_context: Any = None) -> Any:
        title = {"title": capfirst(self.opts.verbose_name_plural), **(extra_context or {})}
        return self._in_words(request, super().changelist_view, title)

    def delete_view(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return self._in_words(request, super().delete_view, *args, back="../change/", **kwargs)

    def render_delete_form(self, request: Any, context: Any) -> HttpResponse:
        return super().render_delete_form(request, {**context, "seen": record_version(context["object"])})

    def answer_missing_record(self, request: Any, object_id: str) -> HttpResponse:
        """Answer for a record that no longer exists. The page repeats what the editor typed."""
        if request.method != "POST":
            return super().answer_missing_record(request, object_id)
        typed = [(name, text) for name, text in request.POST.items() if " " in text.strip()]
        context = {
            **self.admin_site.each_context(request),
            "title": _("It doesn’t exist any more"),
            "opts": self.opts,
            "typed": typed,
        }
        return TemplateResponse(request, "admin/claims/gone.html", context, status=409)

    def response_action(self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any) -> Any:
        if not all(key.isdecimal() for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest(
                _("The selection holds something that is no record. Reload the list and try again.")
            )
        return super().response_action(request, queryset, *args, **kwargs)

    def _in_words(
        self,
        request: HttpRequest,
        view: DeskView,
        *args: Any,
        back: str = "",
        earlier_refusal: str = "",
        **kwargs: Any,
    ) -> HttpResponse:
        """Run the view in one transaction, with one scoring.

        A broken rule undoes everything and is shown as a message.
        """
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if LOOK in request.POST and not earlier_refusal:
            earlier_refusal = _("Nothing is saved yet: look at it, then save it.")
        start_submission(request, earlier_refusal)
        try:
            with (
                actions.batch_rescoring(now=timezone.now()),
                transaction.atomic(),
            ):
                return view(request, *args, **kwargs)
        except RuleViolation as refusal:
            words = str(refusal)
        except IntegrityError:
            logger.warning("Refused by the database at %s", request.path, exc_info=True)
            words = _(
                "Nothing was saved: somebody else saved the same just now. Look at what is there, and try again."
            )
        return self._answer(request, words, view, back, *args, **kwargs)

    def _answer(
        self, request: Any, words: str, view: DeskView, back: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Show the form again with all typed values and the message above it. Without a form, redirect to `back`."""
        if view.__name__ != "changeform_view" or submission_of(request).refusal:
            messages.error(request, words)
            return HttpResponseRedirect(back or request.get_full_path())
        discard_queued_messages(request)  # the save was refused, so its messages are wrong
        return self._in_words(request, view, *args, earlier_refusal=words, **kwargs)

    def message_user(
        self, request: Any, message: Any, level: Any = messages.INFO, *args: Any, **kwargs: Any
    ) -> None:
        if level == messages.SUCCESS and (proposals := submission_of(request).proposals):
            message = proposal_message(proposals)
        super().message_user(request, message, level, *args, **kwargs)

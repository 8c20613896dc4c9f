"""The page of a proposal: the differences, the effect on each gap, and the decision of a second person."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims import actions
from claims.actions import GapChange, RuleViolation
from claims.actions.rescoring import affected_claims
from claims.admin.change_effects import sealed_claims, seen_effects
from claims.admin.change_notice_form import initial_notice_values
from claims.admin.choice_labels import choices_with_meanings
from claims.admin.edit_conflicts import SEEN, hash_value
from claims.admin.kept_forms import sign_writer
from claims.django_internals import MissingRecordHook
from claims.domain.vocabulary import Outcome
from claims.ledger.public_forms import public_forms_of
from claims.models import Claim, Proposal, Revision
from claims.records.registry import RECORD_KINDS
from claims.selectors.desk_blocks import REVISED_RECORDS
from claims.selectors.translated import flatten_form_translations, translation_label
from claims.text.text_diff import compare_texts

from .desk import ReadOnlyAdmin
from .reason_form import ReasonForm


class DecisionForm(ReasonForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, required=False, with_notice=True, **kwargs)
        self.fields["reason"].label = gettext("A word to its writer")


@admin.register(Proposal)
class ProposalAdmin(MissingRecordHook, ReadOnlyAdmin, admin.ModelAdmin):
    """The pages of proposals. Proposals are only decided here; saving a published record creates them."""

    list_display = ("what", "reason", "proposed_by", "proposed_at", "outcome", "decided_by")
    list_filter = ("outcome", "proposed_by")
    list_select_related = ("proposed_by", "decided_by")
    ordering = ("decided_at", "proposed_at")
    show_full_result_count = False
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related(*REVISED_RECORDS)

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        # Databases read JSON each in their own way, and some ways break on another.
        return "notice_translations" not in lookup and super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("of"))
    def what(self, proposal: Proposal) -> str:
        return str(proposal)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:claims_proposal_change", args=[unquote(object_id)]))

    def changeform_view(
        self, request: Any, object_id: Any = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if object_id is None:
            raise PermissionDenied  # proposals are written by saving a published record
        proposal = self.get_object(request, unquote(object_id))
        if proposal is None:
            return self.answer_missing_record(request, object_id)
        if not self.has_view_permission(request, proposal):
            raise PermissionDenied
        checks = actions.possible_checks_of_proposal(proposal) if proposal.outcome == Outcome.PENDING else ()
        form = DecisionForm(request.POST or None, initial=_initial_notice(proposal), checks=checks)
        if request.method == "POST" and form.is_valid() and self._decide(request, proposal, form):
            return HttpResponseRedirect(request.get_full_path())
        return self._page(request, proposal, form)

    def _decide(self, request: Any, proposal: Proposal, form: DecisionForm) -> bool:
        given: dict[str, Any] = {"by": request.user, "now": timezone.now()}
        try:
            with actions.batch_rescoring(now=given["now"]):
                _refuse_unseen_version(request, proposal)
                words = _carry_out_decision(request, proposal, form, given)
        except RuleViolation as refusal:
            messages.error(request, str(refusal))
            return False
        messages.success(request, words)
        return True

    def _page(self, request: Any, proposal: Proposal, form: DecisionForm) -> HttpResponse:
        pending = proposal.outcome == Outcome.PENDING
        moved, objections = actions.preview_acceptance(proposal, now=timezone.now()) if pending else ([], [])
        keys = _affected_keys(proposal) if pending else ()
        context = {
            **self.admin_site.each_context(request),
            "writer": sign_writer(request.user),
            "title": gettext("Proposed revision"),
            "opts": self.opts,
            "proposal": proposal,
            "pending": pending,
            "revisions": [(revision, field_differences(revision)) for revision in proposal.with_records()],
            **seen_effects(request, moved, keys),
            "objections": objections,
            "form": form,
            "seen": version_of_proposal(proposal),
            "is_own": proposal.proposed_by_id == request.user.pk,
            "may_act_alone": actions.may_act_alone(),
            "may_decide": actions.may_decide_proposal(proposal, request.user),
        }
        return TemplateResponse(request, "admin/claims/proposal.html", context)


def _carry_out_decision(request: Any, proposal: Proposal, form: DecisionForm, given: dict[str, Any]) -> str:
    match request.POST.get("decision"):
        case "accept":
            kept = sealed_claims(request, _affected_keys(proposal))
            moved = actions.accept_proposal(
                proposal,
                **given,
                reason=form.cleaned_data["reason"],
                notice=form.notice_given,
                checks=form.ticked,
            )
            return gettext("Accepted. %(effects)s") % {"effects": _decision_message(moved, kept)}
        case "decline":
            actions.decline_proposal(proposal, **given, reason=form.cleaned_data["reason"])
            return gettext("Sent back; what readers see stays.")
        case "drop":
            actions.take_back_proposal(proposal, **given)
            return gettext("Taken back; what readers see stays.")
    raise RuleViolation(gettext("Choose whether to accept it or to send it back."))


def _affected_keys(proposal: Proposal) -> set[int]:
    records = [revision.record for revision in proposal.revisions.all()]
    return {key for record in records for key in affected_claims(record).values_list("pk", flat=True)}


def _decision_message(moved: list[GapChange], kept: list[Claim]) -> str:
    told = [f"{move.claim}: {move.message}" for move in moved if move.claim not in kept]
    told += [
        gettext("%(claim)s: grade its reports, and you see how it moves") % {"claim": claim} for claim in kept
    ]
    return gettext("; ").join(told) or gettext("No gap moves.")


def _refuse_unseen_version(request: Any, proposal: Proposal) -> None:
    if request.POST.get(SEEN) != version_of_proposal(proposal):
        raise RuleViolation(
            gettext(
                "The proposal has changed since you looked at it. Look at it again, and decide on this one."
            )
        )


def version_of_proposal(proposal: Proposal) -> str:
    """A short hash of all that a decision puts before readers: the changes, their reason and the notice."""
    rows = proposal.revisions.order_by("pk").values_list("pk", "base", "changes")
    notice = (proposal.notice_kind, proposal.notice, proposal.notice_translations)
    return hash_value(repr((list(rows), proposal.reason, notice)))


def _initial_notice(proposal: Proposal) -> dict[str, str]:
    return initial_notice_values(proposal.notice_kind, proposal.notice, proposal.notice_translations)


def field_differences(revision: Revision) -> list[dict[str, Any]]:
    """For each field: the value when the proposal was written, or now, and the proposed value."""
    model = RECORD_KINDS[revision.kind].model
    told = public_forms_of(revision.kind, [revision.record.pk])[revision.record.pk].form or {}
    rows = []
    for name, (old, new) in _changed_value_pairs(told, revision.changes).items():
        if label := translation_label(model, name):
            rows.append({"label": label, "parts": compare_texts(old or "—", new or "—")})
            continue
        field = model._meta.get_field(name)
        parts = compare_texts(_value_in_words(field, old), _value_in_words(field, new))
        rows.append({"label": getattr(field, "verbose_name", name), "parts": parts})
    return rows


def _changed_value_pairs(told: dict[str, Any], changes: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The values of each changed field before and after. Translations are compared one by one."""
    old, new = (
        flatten_form_translations({name: told.get(name) for name in changes}),
        flatten_form_translations(changes),
    )
    texts = [name for name in old.keys() | new.keys() if name not in changes]
    pairs = {name: (old.get(name), new[name]) for name in changes if name in new}
    return pairs | {
        name: (old.get(name), new.get(name)) for name in sorted(texts) if old.get(name) != new.get(name)
    }


def _value_in_words(field: Any, value: Any) -> str:
    if value in (None, "", []):
        return "—"
    if isinstance(value, list):
        return gettext(", ").join(value)
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._base_manager.filter(slug=value).first() or value)  # type: ignore[union-attr]
    choices = dict(choices_with_meanings(field, blank=False) or [])
    return str(choices.get(value, value))

"""The pages of a dossier: what is handed over together, and all reports that wait for the editor's grade."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims import actions
from claims.actions import RuleViolation
from claims.admin.change_effects import seen_effects
from claims.admin.edit_conflicts import SEEN, version_of_publications
from claims.admin.kept_forms import sign_writer
from claims.domain.vocabulary import Status, Step
from claims.domain.workflow import STATUS_TRANSITIONS
from claims.models import Evidence, EvidenceLink, Statement
from claims.selectors.desk_blocks import links_with_sealed_words
from claims.selectors.returns import latest_return
from claims.selectors.statement_dossiers import (
    DossierRecord,
    StatementDossier,
    load_statement_dossier,
    missing_in_dossier,
)

from .desk import DeskAdmin
from .grading_fields import (
    clause_field,
    own_reason_field,
    refuse_clause_without_stance,
    refuse_reason_without_stance,
    stance_field,
)
from .handover_words import HANDOVER_WORDS, handed_over_message, handover_title
from .reason_form import ReasonForm


class LinkGradeForm(forms.Form):
    """The editor's own grading of one link."""

    stance = stance_field()
    decisive_clause = clause_field()
    rationale = own_reason_field()

    def __init__(self, data: Any, link: EvidenceLink) -> None:
        super().__init__(data, prefix=f"link-{link.pk}")
        self.link = link

    def clean(self) -> None:
        super().clean()
        refuse_clause_without_stance(self, "decisive_clause")
        refuse_reason_without_stance(self, "rationale")


class DossierPages(DeskAdmin):
    """The pages of a statement's dossier, for the admin of statements."""

    def get_urls(self) -> list[Any]:
        pages = [("dossier", self.dossier_view), ("grade", self.grade_view)]
        own = [
            path(
                f"<path:object_id>/{name}/",
                self.admin_site.admin_view(view),
                name=f"claims_statement_{name}",
            )
            for name, view in pages
        ]
        return own + super().get_urls()

    def dossier_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        statement = self._statement(request, object_id)
        if statement is None:
            return self.answer_missing_record(request, object_id)
        dossier = load_statement_dossier(statement)
        posted = request.POST.get("step", "") if request.method == "POST" else ""
        step_forms = {
            step: _step_form(step, dossier, request.POST if posted == step else None)
            for step in HANDOVER_WORDS
            if dossier.records_for(step) and _may_hand_over(request, step, dossier)
        }
        why_not = _why_not_published(request, dossier) if Step.PUBLISH in step_forms else ""
        if why_not and posted != Step.PUBLISH:
            del step_forms[Step.PUBLISH]
        elif actions.may_act_alone() and Step.PUBLISH in step_forms:
            step_forms.pop(Step.SUBMIT, None)  # publishing sends to review too
        if posted and posted not in step_forms:
            if posted not in HANDOVER_WORDS or not _may_hand_over(request, Step(posted), dossier):
                raise PermissionDenied(_("Your account may not do this: ask a publisher."))
            messages.error(request, _("Somebody else was faster: look at what stands now."))
        elif posted:
            form = step_forms[Step(posted)]
            if form.is_valid() and self._hand_over(request, statement, Step(posted), form):
                return HttpResponseRedirect(request.path)
        return self._dossier_page(request, dossier, step_forms, why_not)

    def grade_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        statement = self._statement(request, object_id)
        if statement is None:
            return self.answer_missing_record(request, object_id)
        if not request.user.has_perm("claims.add_rating"):  # type: ignore[union-attr]
            raise PermissionDenied
        links = load_statement_dossier(statement).links_to_grade(request.user)  # type: ignore[arg-type]
        data = request.POST if request.method == "POST" else None
        rows = [LinkGradeForm(data, link) for link in links]
        faulty = [
            form for form in rows if not form.is_valid()
        ]  # all are checked, so that each shows its fault
        if data is not None and not faulty and self._grade_all(request, rows):
            return HttpResponseRedirect(reverse("admin:claims_statement_dossier", args=[statement.pk]))
        context = self._page_context(request, statement, _("Grade the reports of a dossier"))
        sealed = _sealed_keys(request, links)
        context |= {"rows": [(form, form.link.pk in sealed) for form in rows]}
        return TemplateResponse(request, "admin/claims/dossier_grade.html", context)

    def _statement(self, request: HttpRequest, object_id: str) -> Statement | None:
        statement = self.get_object(request, unquote(object_id))
        if statement is not None and not self.has_change_permission(request, statement):
            raise PermissionDenied
        return statement

    def _hand_over(self, request: HttpRequest, statement: Statement, step: Step, form: ReasonForm) -> bool:
        given: dict[str, Any] = {
            "by": request.user, "now": timezone.now(), "reason": form.cleaned_data["reason"],
        }  # fmt: skip
        try:
            with actions.batch_rescoring(now=given["now"]):
                # Checked while holding the lock, so that the decision is about the version that was shown.
                if request.POST.get(SEEN) != _version_of(load_statement_dossier(statement)):
                    raise RuleViolation(
                        _(
                            "The dossier has changed since you looked. Look at it again, and decide on what stands now."
                        )
                    )
                records = _take_step(step, statement, given, form)
        except RuleViolation as refusal:
            messages.error(request, HANDOVER_WORDS[step].refusal)
            for words in getattr(refusal, "refusals", [str(refusal)]):
                messages.error(request, words)
            return False
        messages.success(request, handed_over_message(step, len(records)))
        return True

    def _grade_all(self, request: HttpRequest, rows: list[LinkGradeForm]) -> bool:
        given = {form.link: form.cleaned_data for form in rows if form.cleaned_data["stance"] is not None}
        stances = {link: cleaned["stance"] for link, cleaned in given.items()}
        clauses = {link: cleaned["decisive_clause"] for link, cleaned in given.items()}
        reasons = {link: actions.GradingReason(cleaned["rationale"]) for link, cleaned in given.items()}
        if not stances:
            messages.error(request, _("Nothing was graded: choose a stance for at least one report."))
            return False
        now = timezone.now()
        try:
            with actions.batch_rescoring(now=now):
                by: Any = request.user
                actions.grade_links(stances, clauses=clauses, rationales=reasons, by=by, now=now)
        except RuleViolation as refusal:
            messages.error(request, str(refusal))
            return False
        words = ngettext("%(n)d report graded.", "%(n)d reports graded.", len(stances))
        messages.success(request, words % {"n": len(stances)})
        return True

    def _dossier_page(
        self,
        request: HttpRequest,
        dossier: StatementDossier,
        step_forms: dict[Step, ReasonForm],
        why_not: str,
    ) -> HttpResponse:
        rows = [(record, missing_in_dossier(record, dossier.records)) for record in dossier.records]
        missing = {(type(record), record.pk): items for record, items in rows}
        sealed = _sealed_keys(request, dossier.links)
        to_grade = dossier.links_to_grade(request.user)  # type: ignore[arg-type]
        context = self._page_context(request, dossier.statement, _("Dossier"))
        context |= {
            "missing": missing[Statement, dossier.statement.pk],
            "claims": [
                (claim, missing[type(claim), claim.pk],
                 [(link, link.pk in sealed) for link in dossier.links_of(claim)])
                for claim in dossier.claims
            ],
            "evidence": [(report, missing[type(report), report.pk]) for report in dossier.evidence],
            "returned": latest_return(dossier.records),
            "steps": [
                (step, HANDOVER_WORDS[step], _title_of(step, dossier), form)
                for step, form in step_forms.items()
            ],
            "to_grade": len(to_grade) if request.user.has_perm("claims.add_rating") else 0,  # type: ignore[union-attr]
            "seen": _version_of(dossier),
            "why_not_published": why_not,
            **(self._effects(request, dossier) if Step.PUBLISH in step_forms else {}),
        }  # fmt: skip
        return TemplateResponse(request, "admin/claims/dossier.html", context)

    def _effects(self, request: HttpRequest, dossier: StatementDossier) -> dict[str, Any]:
        """What the reports would do to the gaps that readers see."""
        return seen_effects(
            request, actions.preview_publication(_reports_to_publish(dossier), now=timezone.now())
        )

    def _page_context(self, request: HttpRequest, statement: Statement, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "writer": sign_writer(request.user),
            "title": title,
            "opts": self.opts,
            "statement": statement,
        }


def _take_step(
    step: Step, statement: Statement, given: dict[str, Any], form: ReasonForm
) -> list[DossierRecord]:
    if step is Step.PUBLISH:
        return actions.publish_dossier(statement, **given, checks=form.ticked, notice=form.notice_given)
    return (actions.return_dossier if step is Step.RETURN else actions.submit_dossier)(statement, **given)


def _may_hand_over(request: HttpRequest, step: Step, dossier: StatementDossier) -> bool:
    verb = STATUS_TRANSITIONS[step].permission
    names = {record._meta.model_name for record in dossier.records_for(step)} or {"statement"}
    return all(request.user.has_perm(f"claims.{verb}_{name}") for name in names)  # type: ignore[union-attr]


def _why_not_published(request: HttpRequest, dossier: StatementDossier) -> str:
    """Why the user does not publish the dossier: they wrote some of it. Empty if they may."""
    key: Any = request.user.pk
    records = dossier.records_for(Step.PUBLISH)
    return next(filter(None, (actions.objection_to_publisher(record, key) for record in records)), "")


def _title_of(step: Step, dossier: StatementDossier) -> str:
    records = dossier.records_for(step)
    with_drafts = any(record.status == Status.DRAFT for record in records)
    return handover_title(step, len(records), with_drafts=with_drafts)


def _step_form(step: Step, dossier: StatementDossier, data: Any) -> ReasonForm:
    transition = STATUS_TRANSITIONS[step]
    return ReasonForm(
        data,
        prefix=step.value,
        required=transition.needs_reason,
        with_notice=step is Step.PUBLISH and bool(_reports_to_publish(dossier)),
        checks=actions.possible_checks(dossier.records_for(step)) if transition.takes_checks else (),
    )


def _reports_to_publish(dossier: StatementDossier) -> list[Evidence]:
    return [record for record in dossier.records_for(Step.PUBLISH) if isinstance(record, Evidence)]


def _version_of(dossier: StatementDossier) -> str:
    return version_of_publications(dossier.records)


def _sealed_keys(request: HttpRequest, links: list[EvidenceLink]) -> set[int]:
    """The links whose reasons the editor does not see before their own grading."""
    sealed = links_with_sealed_words(request.user).filter(pk__in=[link.pk for link in links])  # type: ignore[arg-type]
    return set(sealed.values_list("pk", flat=True))

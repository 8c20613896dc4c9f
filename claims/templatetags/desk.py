"""Template tags for the desk's first page: the titles of its blocks and the links of their rows."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from claims.actions import last_undoable_step
from claims.domain.vocabulary import Step
from claims.models import Claim, EvidenceLink, Proposal
from claims.selectors.desk_blocks import DeskBlock, first_page_blocks

register = template.Library()

# For each block: its title, and the permission that is needed to see it.
DESK_BLOCK_TITLES: dict[str, tuple[Any, str]] = {
    "returned_statement": (gettext_lazy("Statements sent back to you"), "change_statement"),
    "returned_claim": (gettext_lazy("Claims sent back to you"), "change_claim"),
    "returned_evidence": (gettext_lazy("Evidence sent back to you"), "change_evidence"),
    "own_proposals": (gettext_lazy("Your proposals that wait for a second person"), "change_claim"),
    "proposals": (gettext_lazy("Proposed revisions to decide on"), "publish_claim"),
    "review_statement": (gettext_lazy("Statements to review"), "publish_statement"),
    "review_evidence": (gettext_lazy("Evidence to review"), "publish_evidence"),
    "review_claim": (gettext_lazy("Claims to review"), "publish_claim"),
    "to_grade": (gettext_lazy("Reports that one editor has graded: grade them blind"), "add_rating"),
    "disagreements": (gettext_lazy("Gradings that differ in sign"), "add_rating"),
    "ungraded": (gettext_lazy("Evidence without a grade"), "change_evidence"),
    "unfindable": (
        gettext_lazy("Published reports that do not say where they can be read"),
        "change_evidence",
    ),
    "stale": (gettext_lazy("Stale claims: what is known has aged"), "view_claim"),
    "overdue": (gettext_lazy("Commitments past their day: settle them"), "change_claim"),
    "due": (gettext_lazy("Commitments due this month"), "view_claim"),
    "without_answer": (gettext_lazy("Published claims without an answer"), "change_claim"),
    "without_outcome": (gettext_lazy("Settled commitments that do not say how"), "change_claim"),
    "without_negation": (gettext_lazy("Denials whose quotation denies nothing by itself"), "change_claim"),
    "moved": (gettext_lazy("What moved this week"), "view_claim"),
}


@dataclass(frozen=True)
class DeskLine:
    text: str
    href: str
    note: str = ""


@register.simple_tag(takes_context=True)
def desk_blocks(context: Context) -> list[dict[str, Any]]:
    """The blocks that the user has permission for: first those with rows, then the empty ones by title only."""
    user = context["request"].user
    return [
        {
            "name": block.name,
            "title": DESK_BLOCK_TITLES[block.name][0],
            "count": block.count,
            "more": block.count - len(block.rows),
            "lines": [_desk_line(block, row) for row in block.rows],
        }
        for block in first_page_blocks(user, timezone.localdate())
        if user.has_perm(f"claims.{DESK_BLOCK_TITLES[block.name][1]}")
    ]


def _desk_line(block: DeskBlock, row: Any) -> DeskLine:
    match row:
        case Proposal():
            return DeskLine(
                str(row), reverse("admin:claims_proposal_change", args=[row.pk]), str(row.proposed_by)
            )
        case EvidenceLink():
            href = reverse("admin:claims_claim_change", args=[row.claim_id])
            return DeskLine(str(row.evidence), f"{href}#links-group", str(row.claim))
        case Claim() if block.name == "moved":
            return DeskLine(str(row), _change_in_words(row), _moved_in_words(row))
    return DeskLine(str(row), _change_in_words(row), _waiting_since(block, row))


def _change_in_words(row: Any) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def _moved_in_words(claim: Claim) -> str:
    before, after = (
        "—" if value is None else f"{value:.0f}" for value in (claim.gap.moved_from, claim.gap.moved_to)
    )
    return _("%(before)s → %(after)s") % {"before": before, "after": after}


def _waiting_since(block: DeskBlock, row: Any) -> str:
    if block.name.startswith("review_") and row.submitted_at:
        days = (timezone.now() - row.submitted_at).days
        return ngettext("waits %(n)d d", "waits %(n)d d", days) % {"n": days} if days else _("since today")
    return ""


@register.simple_tag(takes_context=True)
def undoable_step(context: Context) -> dict[str, Any] | None:
    """The user's own last step, if it can be undone; otherwise None."""
    step = last_undoable_step(context["request"].user)
    if step is None or step.step in {
        Step.PUBLISH,
        Step.WITHDRAW,
        Step.ACCEPT,
        Step.DECLINE,
        Step.DROP,
        Step.REOPEN,
    }:
        return None
    return {
        "href": reverse("admin:claims_deskstep_undo", args=[step.pk]),
        "label": step.label,
        "what": _(Step(step.step).label),
    }

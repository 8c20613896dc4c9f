"""Template tags for the desk's first page: the titles of its blocks and the links of their rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.apps import apps
from django.template.context import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from claims.actions import last_undoable_step
from claims.domain.vocabulary import Status, Step
from claims.models import Claim, ErrorReport, EvidenceLink, Proposal, SearchNote, Statement, Suppression
from claims.selectors.about_texts import MissingAbout
from claims.selectors.first_page import DeskBlock, first_page_blocks
from claims.selectors.returns import RecordReturn
from claims.selectors.unpublished import PUBLISHABLE_KINDS

register = template.Library()

# The filters of the lists that hold the rest of a block. A block of several kinds leads to a list of each.
MIXED_BLOCKS = {
    "returned": "?status__exact=draft&entered=me",
    "drafts": "?status__exact=draft&entered=me",
    "own_in_review": "?status__exact=in_review&entered=me",
    "unclaimed": "?status__exact=draft&entered=nobody",
}
MORE_OF_BLOCK = {
    "suppressions": ("suppression", "?outcome__exact=pending"),
    "error_reports": ("errorreport", "?state__exact=waiting"),
    "proposals": ("proposal", "?outcome__exact=pending"),
    "own_proposals": ("proposal", "?outcome__exact=pending"),
    **{f"review_{kind}": (kind, "?status__exact=in_review") for kind in PUBLISHABLE_KINDS},
    "ungraded": ("evidence", "?needs=grade"),
    "unfindable": ("evidence", "?needs=address"),
    "without_answer": ("claim", "?needs=answer&status__exact=published"),
    "without_outcome": ("claim", "?needs=outcome"),
}


@dataclass(frozen=True)
class DeskLine:
    text: str
    href: str
    note: str = ""
    report: str = ""  # where the report to grade can be read
    dossier: str = ""  # the page on which all of its dossier is graded, or handed over
    returned: RecordReturn | None = None  # who sent it back, and why


@register.simple_tag(takes_context=True)
def desk_blocks(context: Context) -> list[dict[str, Any]]:
    """The blocks that the user has permission for: first those with rows, then the empty ones by title only."""
    user = context["request"].user
    return [
        {
            "name": block.name,
            "title": block.title,
            "count": block.count,
            "more": block.count - len(block.rows),
            "lists": _lists_of_block(block.name),
            "lines": [_desk_line(block, row) for row in block.rows],
        }
        for block in first_page_blocks(user, timezone.localdate())
    ]


@register.simple_tag
def needs_first_steps(blocks: list[dict[str, Any]]) -> bool:
    """Whether the page says how to begin: nothing waits for the account, or the site has no statement yet."""
    return not any(block["count"] for block in blocks) or not Statement.objects.exists()


def _lists_of_block(name: str) -> list[tuple[str, str]]:
    """The lists that hold what the block does not show: what each is called, and its address."""
    if name in MIXED_BLOCKS:
        lists = [(kind, MIXED_BLOCKS[name]) for kind in PUBLISHABLE_KINDS]
    else:
        lists = [MORE_OF_BLOCK[name]] if name in MORE_OF_BLOCK else []
    return [
        (capfirst(str(apps.get_model("claims", kind)._meta.verbose_name_plural)), _list_address(kind, query))
        for kind, query in lists
    ]


def _list_address(kind: str, query: str) -> str:
    return reverse(f"admin:claims_{kind}_changelist") + query


def _desk_line(block: DeskBlock, row: Any) -> DeskLine:
    match row:
        case EvidenceLink():
            href = reverse("admin:claims_claim_change", args=[row.claim_id])
            report = row.evidence.url or row.evidence.archived_url
            grade = reverse("admin:claims_statement_grade", args=[row.claim.statement_id])
            return DeskLine(str(row.evidence), f"{href}#links-group", str(row.claim), report, grade)
        case SearchNote():
            href = reverse("admin:claims_claim_change", args=[row.claim_id])
            return DeskLine(str(row.sought), f"{href}#search_notes-group", str(row.claim))
        case MissingAbout():
            return DeskLine(_(row.subject.label), _about_text_address(row), _missing_in_words(row))
    statement = row.pk if isinstance(row, Statement) else row.statement_id if isinstance(row, Claim) else None
    dossier = reverse("admin:claims_statement_dossier", args=[statement]) if statement else ""
    returned = block.returns.get(row) if block.name == "returned" else None
    note = _returned_in_words(row, returned) if returned else _note_beside(block, row)
    return DeskLine(str(row), _change_in_words(row), note, dossier=dossier, returned=returned)


def _returned_in_words(row: Any, told: RecordReturn) -> str:
    kind = capfirst(str(row._meta.verbose_name))
    if not told.companions:
        return kind
    words = ngettext(
        "%(kind)s, and %(n)d more of its dossier", "%(kind)s, and %(n)d more of its dossier", told.companions
    )
    return words % {"kind": kind, "n": told.companions}


def _note_beside(block: DeskBlock, row: Any) -> str:
    match row:
        case Proposal():
            return row.decision_reason or str(row.proposed_by)
        case Suppression():
            return _("asked by %(name)s") % {"name": row.asked_by}
        case ErrorReport():
            return f"{row.record} · {_waiting_days_in_words(block, row)}"
    if block.name == "moved":
        return _moved_in_words(row)
    if block.name in MIXED_BLOCKS:
        return capfirst(str(row._meta.verbose_name))
    return _waiting_days_in_words(block, row)


def _about_text_address(missing: MissingAbout) -> str:
    if missing.text:
        return reverse("admin:claims_about_change", args=[missing.text.pk])
    return f"{reverse('admin:claims_about_add')}?subject={missing.subject.value}"


def _missing_in_words(missing: MissingAbout) -> str:
    if missing.text is None:
        return _("not written")
    if not missing.text.is_published:
        return _(Status(missing.text.status).label)
    names = [str(get_language_info(code)["name_translated"]) for code in missing.languages]
    return _("not in: %(languages)s") % {"languages": _(", ").join(names)}


def _change_in_words(row: Any) -> str:
    return reverse(f"admin:claims_{row._meta.model_name}_change", args=[row.pk])


def _moved_in_words(claim: Claim) -> str:
    before, after = (
        "—" if value is None else f"{value:.0f}" for value in (claim.gap.moved_from, claim.gap.moved_to)
    )
    return _("%(before)s → %(after)s") % {"before": before, "after": after}


def _wait_began_at(block: DeskBlock, row: Any) -> datetime | None:
    if block.name == "error_reports":
        return row.sent_at
    return row.submitted_at if block.name.startswith("review_") else None


def _waiting_days_in_words(block: DeskBlock, row: Any) -> str:
    since = _wait_began_at(block, row)
    if since:
        days = (timezone.now() - since).days
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

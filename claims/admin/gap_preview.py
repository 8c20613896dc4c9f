"""The preview beside a claim: the gap if all drafts were published, each row's part in it, and links to its
neighbours.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from claims import actions
from claims.admin.forms import ROWS
from claims.domain.vocabulary import Directness, Stance, Status
from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import Claim, Evidence, EvidenceLink
from claims.selectors.previews import DraftLink
from claims.selectors.receipts import Receipt, ReceiptRow


@dataclass(frozen=True)
class LinkContribution:
    """The part of a link in the gap, as its row shows it."""

    mass: str = "—"
    points: str = "—"
    side: str = ""
    note: str = ""


def link_contributions(receipt: Receipt, links: Iterable[EvidenceLink]) -> dict[str, LinkContribution]:
    """The part of each link, by the slug of its evidence. A link that does not count says why."""
    rows = {row.grades.id: row for row in receipt.rows}
    outside = {
        row.grades.id: _("happened before the first day it speaks for: counts nothing")
        for row in receipt.early
    }
    outside |= {
        row.grades.id: _("happened after the words’ last day: counts nothing") for row in receipt.late
    }
    return {
        link.evidence.slug: _link_contribution(link, rows.get(link.evidence.slug), outside) for link in links
    }


def _link_contribution(
    link: EvidenceLink, row: ReceiptRow | None, outside: dict[Any, str]
) -> LinkContribution:
    if row is None:
        return LinkContribution(note=_explain_absent_link(link, outside))
    side = row.side if row.score.mass else ""
    return LinkContribution(
        f"{row.score.mass:.2f}",
        row.points,
        side,
        " · ".join(filter(None, (_explain_weightless_link(row), _other_gradings_text(link, row)))),
    )


def _other_gradings_text(link: EvidenceLink, row: ReceiptRow) -> str:
    """All gradings, if the editor has given their own, and whether they differ in sign."""
    stances = sorted(row.grades.stances)
    if not stances:
        return ""
    if len(stances) < REQUIRED_GRADERS:
        is_enough = link.by_one_person or actions.may_act_alone()
        return _("graded by one person") if is_enough else _("waits for a second editor’s grading")
    signs = _(", ").join(Stance(stance).sign for stance in stances)
    if row.disputed:
        return _("gradings differ in sign: %(signs)s") % {"signs": signs}
    return _("gradings: %(signs)s") % {"signs": signs}


def _explain_absent_link(link: EvidenceLink, outside: dict[Any, str]) -> str:
    if link.evidence.status == Status.WITHDRAWN:
        return _("withdrawn: counts nothing")
    if link.evidence.credibility is None:
        return _("no grade: counts nothing yet")
    return outside.get(link.evidence.slug) or _("not known yet: counts nothing today")


def _explain_weightless_link(row: ReceiptRow) -> str:
    if not row.grades.stances:
        return _("not graded by you: counts nothing here")
    if row.is_echo:
        return _("a stronger report tells of the same event: adds nothing by itself")
    if row.side != "context" and not row.score.mass:
        return _("its grades leave it no weight")
    return ""


@dataclass(frozen=True)
class StatementTrail:
    """The position of a claim among those of its statement."""

    number: int
    count: int
    before: Claim | None
    after: Claim | None


def build_statement_trail(claim: Claim) -> StatementTrail:
    siblings = list(
        Claim.objects.filter(statement=claim.statement_id).only("pk", "proposition", "statement_id")
    )
    at = next((i for i, sibling in enumerate(siblings) if sibling.pk == claim.pk), 0)
    return StatementTrail(
        number=at + 1,
        count=len(siblings),
        before=siblings[at - 1] if at else None,
        after=siblings[at + 1] if at + 1 < len(siblings) else None,
    )


def posted_drafts(claim: Claim, post: QueryDict, sealed: Collection[int] = ()) -> dict[str, DraftLink]:
    """The rows of a posted form as drafts, by their prefix. Invalid rows are left out.

    How a sealed link bears, and whom it serves, is left out too: the weight of one's own stance would tell it.
    """
    stored = {
        str(link.pk): link
        for link in claim.links.select_related("evidence__source", "evidence__relays", "evidence__origin")
    }
    prefixes = [
        f"links-{i}" for i in range(min(_parse_whole_number(post.get("links-TOTAL_FORMS")) or 0, ROWS))
    ]
    added = Evidence.objects.select_related("source", "relays", "origin").in_bulk(
        [pk for prefix in prefixes if (pk := _parse_whole_number(post.get(f"{prefix}-evidence")))]
    )
    found: dict[str, DraftLink] = {}
    taken = {link.evidence_id for link in stored.values()}
    for prefix in prefixes:
        link = stored.get(post.get(f"{prefix}-id", ""))
        evidence = added.get(_parse_whole_number(post.get(f"{prefix}-evidence")) or 0)
        if link is None and evidence and evidence.pk not in taken:
            link = EvidenceLink(claim=claim, evidence=evidence)
            taken.add(evidence.pk)
        if link is not None and link.pk in sealed:
            link.interested, link.directness = False, Directness.DIRECT.value
            found[prefix] = DraftLink(link, _parse_stance(post.get(f"{prefix}-stance")))
        elif link is not None and f"{prefix}-DELETE" not in post:
            link.interested = f"{prefix}-interested" in post
            link.directness = _parse_directness(post.get(f"{prefix}-directness")) or link.directness
            found[prefix] = DraftLink(link, _parse_stance(post.get(f"{prefix}-stance")))
    return found


def _parse_whole_number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _parse_stance(text: str | None) -> int | None:
    return next((stance.value for stance in Stance if str(stance.value) == text), None)


def _parse_directness(text: str | None) -> str | None:
    return text if text in {term.value for term in Directness} else None

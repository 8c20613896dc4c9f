"""The gap of a claim if the form on the desk were saved. Writes nothing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User

from claims.domain.dossier import Link, score_dossier
from claims.domain.vocabulary import Credibility, Directness, Reliability
from claims.models import Claim, EvidenceLink, Rating

from .dossiers import DESK, dossier_of_claim
from .receipts import Receipt, build_receipt


@dataclass(frozen=True)
class DraftLink:
    """A row of the form: a link, stored or not, and the editor's own stance on it."""

    link: EvidenceLink
    stance: int | None


def preview_receipt(claim: Claim, drafts: Sequence[DraftLink], *, rater: User, as_of: date) -> Receipt:
    """The receipt with the editor's typed stances in place of their stored ones.

    Other editors' ratings count only if the editor's own is already stored. Otherwise the preview would reveal them.
    """
    others = _stances_of_others(claim, rater)
    counted = [draft for draft in drafts if _counts_in_preview(draft.link)]
    links = tuple(_draft_as_link(draft, others[draft.link.pk]) for draft in counted)
    dossier = dossier_of_claim(claim, links)
    return build_receipt(claim, dossier, [draft.link for draft in counted], score_dossier(dossier, as_of))


def _counts_in_preview(link: EvidenceLink) -> bool:
    return link.evidence.status in DESK and link.evidence.credibility is not None


def _stances_of_others(claim: Claim, rater: User) -> dict[int | None, list[int]]:
    stances: dict[int | None, list[int]] = defaultdict(list)
    own = Rating.objects.filter(link__claim=claim, rater=rater).values("link")
    ratings = Rating.objects.filter(link__in=own).exclude(rater=rater)
    for link, stance in ratings.values_list("link_id", "stance"):
        stances[link].append(stance)
    return stances


def _draft_as_link(draft: DraftLink, others: list[int]) -> Link:
    link, evidence = draft.link, draft.link.evidence
    return Link(
        id=evidence.slug,
        stances=(*others, *([] if draft.stance is None else [draft.stance])),
        reliability=Reliability(evidence.publisher.reliability),
        credibility=Credibility(evidence.credibility),  # type: ignore[arg-type]  # `_counts` has looked
        directness=Directness(link.directness),
        event=evidence.event,
        known=evidence.known,
        origin=evidence.origin.slug if evidence.origin else None,
        publisher=evidence.publisher.slug,
        interested=link.interested,
    )

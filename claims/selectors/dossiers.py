"""From stored claims and their graded links to the domain's plain records, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from claims.domain.dossier import Dossier, Gap, Link, score_dossier
from claims.domain.vocabulary import Credibility, Directness, Kind, Reliability, Status
from claims.models import Claim, EvidenceLink, Rating

PUBLIC = (Status.PUBLISHED,)
DESK = (Status.PUBLISHED, Status.DRAFT)  # the gap as it would be if every draft were published


def dossiers(claims: Iterable[Claim], statuses: Collection[Status] = PUBLIC) -> dict[int, Dossier]:
    """The dossier of each claim, by its key, counting evidence of the given statuses."""
    claims = list(claims)
    of_claim = _links([claim.pk for claim in claims], statuses)
    return {
        claim.pk: Dossier(Kind(claim.kind), claim.valid_until, tuple(of_claim[claim.pk])) for claim in claims
    }


def claim_gap(claim: Claim, as_of: date, statuses: Collection[Status] = PUBLIC) -> Gap:
    return score_dossier(dossiers([claim], statuses)[claim.pk], as_of)


def _links(claims: list[int], statuses: Collection[Status]) -> dict[int, list[Link]]:
    stances = _stances(claims)
    links = EvidenceLink.objects.filter(
        claim__in=claims, evidence__status__in=statuses, evidence__credibility__isnull=False
    )
    rows = links.order_by("pk").values_list(
        "pk", "claim_id", "directness", "evidence__slug", "evidence__credibility", "evidence__event",
        "evidence__known", "evidence__origin__slug", "evidence__source__slug",
        "evidence__source__reliability",
    )  # fmt: skip
    of_claim: dict[int, list[Link]] = defaultdict(list)
    for pk, claim, directness, slug, credibility, event, known, origin, source, reliability in rows:
        of_claim[claim].append(
            Link(
                id=slug,
                stances=tuple(stances[pk]),
                reliability=Reliability(reliability),
                credibility=Credibility(credibility),  # type: ignore[arg-type]  # the ungraded are left out above
                directness=Directness(directness),
                event=event,
                known=known,
                origin=origin,
                source=source,
            )
        )
    return of_claim


def _stances(claims: list[int]) -> dict[int, list[int]]:
    stances: dict[int, list[int]] = defaultdict(list)
    ratings = Rating.objects.filter(link__claim__in=claims).order_by("pk")
    for link, stance in ratings.values_list("link_id", "stance"):
        stances[link].append(stance)
    return stances

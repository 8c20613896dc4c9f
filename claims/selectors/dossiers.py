"""Builds the domain's dossiers from stored claims and graded links, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.contrib.auth.models import User

from claims.domain.dossier import Dossier, Gap, Link, score_dossier
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability, SourceKind, Status
from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import Claim, EvidenceLink, Rating

PUBLIC = (Status.PUBLISHED,)
DESK = (
    Status.PUBLISHED,
    Status.IN_REVIEW,
    Status.DRAFT,
)  # for the gap as if every draft were published


def build_dossiers(
    claims: Iterable[Claim], statuses: Collection[Status] = PUBLIC, rater: User | None = None
) -> dict[int, Dossier]:
    """The dossier of each claim, by its key, with the evidence of the given statuses.

    With a `rater`, a link that this editor has not graded has no stances at all, so that they grade blind.
    """
    claims = list(claims)
    of_claim = _dossier_links([claim.pk for claim in claims], statuses, rater)
    return {
        claim.pk: Dossier(ClaimKind(claim.kind), claim.valid_until, tuple(of_claim[claim.pk]))
        for claim in claims
    }


def score_claim(claim: Claim, as_of: date, statuses: Collection[Status] = PUBLIC) -> Gap:
    return score_dossier(build_dossiers([claim], statuses)[claim.pk], as_of)


def _dossier_links(
    claims: list[int], statuses: Collection[Status], rater: User | None
) -> dict[int, list[Link]]:
    stances = _stances_of_links(claims, rater)
    # A separate query for the links. In one query, SQLite searches all claims for each piece of evidence.
    of_claims = EvidenceLink.objects.filter(claim__in=claims).order_by().values("pk")
    links = EvidenceLink.objects.filter(
        pk__in=of_claims, evidence__status__in=statuses, evidence__credibility__isnull=False
    )
    rows = links.order_by("pk").values_list(
        "pk", "claim_id", "directness", "evidence__slug", "evidence__credibility", "evidence__event",
        "evidence__known", "evidence__origin__slug", "evidence__source__slug",
        "evidence__source__reliability", "evidence__source__kind",
    )  # fmt: skip
    of_claim: dict[int, list[Link]] = defaultdict(list)
    for pk, claim, directness, slug, credibility, event, known, origin, source, reliability, of in rows:
        if statuses == PUBLIC and len(stances[pk]) < REQUIRED_GRADERS:
            continue  # not counted until a second editor has graded it
        of_claim[claim].append(
            Link(
                id=slug,
                stances=tuple(stances[pk]),
                reliability=Reliability(reliability),
                credibility=Credibility(credibility),  # links without grades were skipped above
                directness=Directness(directness),
                event=event,
                known=known,
                origin=origin,
                source=source,
                source_kind=SourceKind(of),
            )
        )
    return of_claim


def _stances_of_links(claims: list[int], rater: User | None) -> dict[int, list[int]]:
    stances: dict[int, list[int]] = defaultdict(list)
    own: set[int] = set()
    ratings = Rating.objects.filter(link__claim__in=claims).order_by("pk")
    for link, editor, stance in ratings.values_list("link_id", "rater_id", "stance"):
        stances[link].append(stance)
        if rater and editor == rater.pk:
            own.add(link)
    return defaultdict(list, {key: each for key, each in stances.items() if key in own}) if rater else stances

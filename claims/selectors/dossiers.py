"""Builds the domain's dossiers from stored claims and graded links, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import Q
from django.db.models.functions import Coalesce

from claims.domain.dossier import Dossier, Gap, Link, score_dossier
from claims.domain.vocabulary import ClaimKind, Credibility, Directness, Reliability, SourceKind, Status
from claims.domain.workflow import required_graders
from claims.models import Claim, EvidenceLink, Rating, SourceGrade

PUBLIC = (Status.PUBLISHED,)
DESK = (
    Status.PUBLISHED,
    Status.IN_REVIEW,
    Status.DRAFT,
)  # for the gap as if every draft were published


def build_dossiers(
    claims: Iterable[Claim],
    statuses: Collection[Status] = PUBLIC,
    rater: User | None = None,
    reports: Collection[int] = (),
) -> dict[int, Dossier]:
    """The dossier of each claim, by its key, with the evidence of the given statuses, and with these `reports`.

    With a `rater`, a link that this editor has not graded has no stances at all, so that they grade blind.
    """
    claims = list(claims)
    of_claim = _dossier_links([claim.pk for claim in claims], statuses, rater, reports)
    return {claim.pk: dossier_of_claim(claim, tuple(of_claim[claim.pk])) for claim in claims}


def dossier_of_claim(claim: Claim, links: tuple[Link, ...]) -> Dossier:
    return Dossier(ClaimKind(claim.kind), claim.valid_until, links, claim.valid_from, claim.is_uncheckable)


def score_claim(claim: Claim, as_of: date, statuses: Collection[Status] = PUBLIC) -> Gap:
    return score_dossier(build_dossiers([claim], statuses)[claim.pk], as_of)


PUBLISHER_COLUMNS = ("slug", "reliability", "kind", "graded_from")


@dataclass(frozen=True, slots=True)
class _Gradings:
    """What the editors made of one link: a stance from each, and how many name a clause that it settles alone."""

    stances: list[int] = field(default_factory=list)
    clauses: list[str] = field(default_factory=list)

    def is_decisive(self, required: int) -> bool:
        """Whether as many editors as required graded it, and all of them hold that it settles the claim alone."""
        return len(self.clauses) >= required and all(self.clauses)


def _dossier_links(
    claims: list[int], statuses: Collection[Status], rater: User | None, reports: Collection[int]
) -> dict[int, list[Link]]:
    gradings = _gradings_of_links(claims, rater)
    # Their links by themselves, or SQLite looks for each piece of evidence among all of the claims.
    of_claims = EvidenceLink.objects.filter(claim__in=claims).order_by().values("pk")
    counted = Q(evidence__status__in=statuses) | Q(evidence__in=reports)
    links = EvidenceLink.objects.filter(counted, pk__in=of_claims, evidence__credibility__isnull=False)
    publisher = "evidence__relays", "evidence__source"
    rows = links.order_by("pk").values_list(
        "pk", "claim_id", "by_one_person", "evidence_id", "directness", "interested", "evidence__slug",
        "evidence__credibility", "evidence__event", "evidence__known", "evidence__origin__slug",
        *(Coalesce(*(f"{path}__{name}" for path in publisher)) for name in PUBLISHER_COLUMNS),
    )  # fmt: skip
    rows = list(rows)
    earlier = _earlier_grades({row[-4] for row in rows if row[-1]})
    of_claim: dict[int, list[Link]] = defaultdict(list)
    for (
        pk, claim, is_marked, report, directness, interested, slug, credibility, event, known, origin, publisher_slug,
        reliability, kind, graded_from,
    ) in rows:  # fmt: skip
        grading = gradings[pk]
        required = required_graders(by_one_person=is_marked or (settings.SINGLE_EDITOR and report in reports))
        if statuses == PUBLIC and len(grading.stances) < required:
            continue  # sealed until a second editor has graded it: no lone verdicts without their mark
        of_claim[claim].append(
            Link(
                id=slug,
                stances=tuple(grading.stances),
                reliability=Reliability(reliability),
                credibility=Credibility(credibility),  # the ungraded are left out above
                directness=Directness.DECISIVE if grading.is_decisive(required) else Directness(directness),
                event=event,
                known=known,
                origin=origin,
                publisher=publisher_slug,
                interested=interested,
                publisher_kind=SourceKind(kind),
                earlier_grades=earlier[publisher_slug] if graded_from else (),
            )
        )
    return of_claim


def _earlier_grades(publishers: set[str]) -> dict[str, tuple[tuple[date, Reliability], ...]]:
    """The grades that publishers had before their present ones, each with the first day after it, oldest first."""
    found: dict[str, list[tuple[date, Reliability]]] = defaultdict(list)
    if publishers:
        grades = SourceGrade.objects.filter(source__slug__in=publishers).order_by("end")
        for slug, end, reliability in grades.values_list("source__slug", "end", "reliability"):
            found[slug].append((end, Reliability(reliability)))
    return defaultdict(tuple, {slug: tuple(grades) for slug, grades in found.items()})


def _gradings_of_links(claims: list[int], rater: User | None) -> dict[int, _Gradings]:
    gradings: dict[int, _Gradings] = defaultdict(_Gradings)
    own: set[int] = set()
    ratings = Rating.objects.filter(link__claim__in=claims).order_by("pk")
    for link, editor, stance, clause in ratings.values_list(
        "link_id", "rater_id", "stance", "decisive_clause"
    ):
        gradings[link].stances.append(stance)
        gradings[link].clauses.append(clause)
        if rater and editor == rater.pk:
            own.add(link)
    if rater:
        return defaultdict(_Gradings, {key: each for key, each in gradings.items() if key in own})
    return gradings

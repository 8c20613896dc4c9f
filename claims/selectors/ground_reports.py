"""Counts reports by place, and by how they bear on claims."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from django.db.models import QuerySet

from claims.domain.vocabulary import Risk, Status
from claims.domain.workflow import required_graders
from claims.drawing.map_circles import REPORT_BEARINGS
from claims.models import Claim, Evidence, EvidenceLink, Place, Rating

MOST_REPORTS = 2000  # reports counted for one map, the latest first; bounds its cost
MOST_PLACES = 60  # drawn on one map and listed in its table


@dataclass(frozen=True)
class LocatedReports:
    """A place with its reports, each counted once: against, for, both, or neither (context)."""

    place: Place
    numbers: dict[str, int]
    coarse: int  # how many of them are shown coarsely for somebody's safety

    @property
    def reports(self) -> int:
        return sum(self.numbers.values())

    @property
    def cells(self) -> list[int]:
        return [self.numbers.get(bearing, 0) for bearing in REPORT_BEARINGS]


@dataclass(frozen=True)
class ReportsByPlace:
    places: list[LocatedReports]  # those with the most reports first
    more: int  # places with fewer reports, left out
    nowhere: int  # reports that name no place
    withheld: int  # of these, how many for somebody's safety
    latest_only: bool  # there are more reports than were counted

    @property
    def reports(self) -> int:
        return sum(located.reports for located in self.places)


def reports_by_place(evidence: QuerySet[Evidence], claims: QuerySet[Claim]) -> ReportsByPlace:
    """The reports by place, and how they bear on the claims. Both querysets must hold only what readers may see."""
    rows = list(evidence.order_by("-known", "pk").values_list("pk", "place", "risk")[: MOST_REPORTS + 1])
    latest, bearing = rows[:MOST_REPORTS], _report_bearings((row[0] for row in rows[:MOST_REPORTS]), claims)
    numbers: dict[int, Counter[str]] = defaultdict(Counter)
    coarse: Counter[int] = Counter()
    for key, place, risk in latest:
        if place is not None:
            numbers[place][bearing.get(key, "context")] += 1
            coarse[place] += risk != Risk.NONE
    places = Place.objects.select_related("parent").in_bulk(list(numbers))
    found = [LocatedReports(places[key], dict(counts), coarse[key]) for key, counts in numbers.items()]
    found.sort(key=lambda located: (-located.reports, located.place.name, located.place.pk))
    nowhere = [risk for _, place, risk in latest if place is None]
    return ReportsByPlace(
        found[:MOST_PLACES], len(found[MOST_PLACES:]), len(nowhere),
        sum(risk != Risk.NONE for risk in nowhere), len(rows) > MOST_REPORTS,
    )  # fmt: skip


def _report_bearings(keys: Iterable[int], claims: QuerySet[Claim]) -> dict[int, str]:
    """How each report bears on the claims, by its key: the sign of the link's median stance, as in the method."""
    links = EvidenceLink.objects.filter(evidence__in=list(keys)).order_by().values("pk")
    ratings = Rating.objects.filter(
        link__in=links, link__claim__in=claims.order_by().values("pk"), link__claim__status=Status.PUBLISHED
    )
    stances: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    columns = ("link__evidence", "link", "link__by_one_person", "stance")
    for report, link, is_marked, stance in ratings.values_list(*columns):
        stances[report, link, is_marked].append(stance)
    signs: dict[int, set[bool]] = defaultdict(set)
    for (report, _, is_marked), given in stances.items():
        # Not counted until a second editor has graded it. Counted in Python: SQL would count once for each link.
        if len(given) >= required_graders(by_one_person=is_marked) and (middle := median(given)):
            signs[report].add(middle > 0)
    words = {(False,): "against", (True,): "for", (False, True): "both"}
    return {report: words[tuple(sorted(found))] for report, found in signs.items()}

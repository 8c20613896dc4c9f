"""Keeps the stored counts of how editors agree: for each day, the pairs of first stances of the links graded twice.

Readers may see the result of two gradings, so a third editor does not grade blind and is not counted.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import groupby
from operator import itemgetter

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from claims.domain.workflow import REQUIRED_GRADERS
from claims.models import AgreementDay, EvidenceLink, Grading

BATCH = 500

BlindPair = tuple[
    date, tuple[int, int], tuple[int, int]
]  # the day, the two stances in order, the two editors


def rebuild_agreement() -> None:
    """Count anew for all days. Reads every grading, so it is for nightly runs and for loads."""
    found = _counted_days()
    with transaction.atomic():
        AgreementDay.objects.all().delete()
        AgreementDay.objects.bulk_create(found)


def stale_agreement_days() -> list[date]:
    """The days whose stored counts are not what the gradings give."""
    ought, stored = ({each.day: (each.pairs, each.editors) for each in days} for days in
                     (_counted_days(), AgreementDay.objects.all()))  # fmt: skip
    return sorted(day for day in ought.keys() | stored.keys() if ought.get(day) != stored.get(day))


def _counted_days() -> list[AgreementDay]:
    public = EvidenceLink.objects.public().order_by().values("pk")
    return _days_of_pairs(_blind_pairs(Grading.objects.filter(link__in=public)))


def refresh_agreement(claims: Collection[int]) -> None:
    """Count anew for the days on which the claims' links were graded, in the caller's transaction."""
    links = EvidenceLink.objects.filter(claim__in=claims).order_by().values("pk")
    given = Grading.objects.filter(link__in=links).values_list("graded_at", flat=True)
    days = sorted({timezone.localdate(at) for at in given})
    for at in range(0, len(days), BATCH):
        _refresh_days(days[at : at + BATCH])


def _refresh_days(days: list[date]) -> None:
    on_days = Q()
    for day in days:
        on_days |= Q(graded_at__gte=_start_of(day), graded_at__lt=_start_of(day + timedelta(days=1)))
    graded = Grading.objects.filter(on_days).order_by().values("link")
    public = EvidenceLink.objects.public().filter(pk__in=graded).order_by().values("pk")
    pairs = (pair for pair in _blind_pairs(Grading.objects.filter(link__in=public)) if pair[0] in days)
    found = _days_of_pairs(pairs)
    AgreementDay.objects.bulk_create(
        found, update_conflicts=True, unique_fields=["day"], update_fields=["pairs", "editors"]
    )
    if without := set(days) - {counted.day for counted in found}:
        AgreementDay.objects.filter(day__in=without).delete()


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _blind_pairs(gradings: QuerySet[Grading]) -> Iterator[BlindPair]:
    """For each link that two editors have graded: the local day of the second, the stances and the editors.

    The first stance of an editor counts, also if they took it back: they gave it blind, and nothing rewrites it. What
    was given when readers saw the link already, by one person's grading, may not have been blind.
    """
    rows = (
        gradings.filter(was_public=False)
        .order_by("link", "graded_at", "pk")
        .values_list("link", "graded_at", "stance", "rater")
    )
    for _link, graded in groupby(rows.iterator(), key=itemgetter(0)):
        blind: dict[int, tuple[datetime, int]] = {}
        for _key, at, stance, rater in graded:
            if stance is not None and len(blind) < REQUIRED_GRADERS:
                blind.setdefault(rater, (at, stance))
        if len(blind) == REQUIRED_GRADERS:
            one, other = sorted(stance for _at, stance in blind.values())
            first_editor, second_editor = blind
            yield timezone.localdate(blind[second_editor][0]), (one, other), (first_editor, second_editor)


def _days_of_pairs(pairs: Iterable[BlindPair]) -> list[AgreementDay]:
    counts: dict[date, Counter[tuple[int, int]]] = defaultdict(Counter)
    editors: dict[date, set[int]] = defaultdict(set)
    for day, stances, graders in pairs:
        counts[day][stances] += 1
        editors[day].update(graders)
    return [
        AgreementDay(
            day=day,
            pairs={f"{one} {other}": n for (one, other), n in sorted(of_day.items())},
            editors=sorted(editors[day]),
        )
        for day, of_day in sorted(counts.items())
    ]

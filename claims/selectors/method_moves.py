"""What a change of the method did to the verdict on a claim."""

from dataclasses import dataclass

from claims.domain.dossier import Gap
from claims.domain.gap import METHOD_VERSION
from claims.domain.vocabulary import State
from claims.models import Claim, Snapshot
from claims.selectors.as_of_days import AsOfDay, end_of_day


@dataclass(frozen=True)
class MethodMove:
    """The last version by an earlier method, and the first by the present one, which differ for readers."""

    before: Snapshot
    after: Snapshot

    @property
    def gap_before(self) -> float | None:
        return _headline(self.before)

    @property
    def gap_after(self) -> float | None:
        return _headline(self.after)

    def is_followed_by(self, gap: Gap) -> bool:
        """Whether readers see a later verdict than that of the change."""
        return (self.after.state, _rounded(self.after)) != (
            gap.state,
            None if gap.headline is None else round(gap.headline),
        )


def _headline(snapshot: Snapshot) -> float | None:
    return snapshot.gap if State(snapshot.state).sufficient else None


def find_method_move(claim: Claim, day: AsOfDay) -> MethodMove | None:
    """How the present method moved the verdict, if it did and the day has seen it."""
    snapshots = Snapshot.objects.filter(claim=claim).defer("inputs", "parts")
    if day.asked:
        snapshots = snapshots.filter(taken_at__lt=end_of_day(day.date))
    before = snapshots.exclude(method=METHOD_VERSION).order_by("-number").first()
    after = snapshots.filter(method=METHOD_VERSION).order_by("number").first() if before else None
    if before is None or after is None:
        return None
    is_same = before.state == after.state and _rounded(before) == _rounded(after)
    return None if is_same else MethodMove(before, after)


def _rounded(snapshot: Snapshot) -> int | None:
    gap = _headline(snapshot)
    return None if gap is None else round(gap)

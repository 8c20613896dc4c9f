"""How far evidence moved a gap: from where to where on the scale. No verdict has a place of its own, off the scale."""

from dataclasses import dataclass

from .charts import Drawing, Placed
from .charts_time import Label
from .wording import whole

NOWHERE = 11.0  # per cent of the width, where no verdict stands
ZERO, HUNDRED = 26.0, 90.0  # and the ends of the scale
OFF = 9  # px between a dot and its number


@dataclass(frozen=True)
class Dot(Placed):
    """One end of a movement, with its number on the side that faces away from the other end."""

    number: str  # empty without a verdict
    anchor: str


@dataclass(frozen=True)
class Move(Drawing):
    before: Dot
    after: Dot
    way: Placed  # the line between them
    direction: str  # contradicting, supporting, or neither where one end has no verdict


@dataclass(frozen=True)
class Scale(Drawing):
    nowhere: Label
    levels: list[Label]


def place(gap: float | None) -> float:
    return NOWHERE if gap is None else ZERO + (HUNDRED - ZERO) * gap / 100


def move(before: float | None, after: float | None) -> Move:
    start, end = place(before), place(after)
    rises = end > start
    direction = "" if before is None or after is None else "contradicting" if rises else "supporting"
    way = Placed(min(start, end), width=abs(end - start))
    return Move(_dot(before, first=rises), _dot(after, first=not rises), way, direction)


def _dot(gap: float | None, *, first: bool) -> Dot:
    """`first`: of the two ends it is the nearer to the start, and so its number stands before it."""
    number = "" if gap is None else whole(gap)
    return Dot(place(gap), number, "end" if first else "start", dx=-OFF if first else OFF)


def scale() -> Scale:
    return Scale(
        nowhere=Label(NOWHERE, "middle", 10),
        levels=[Label(place(gap), "middle", len(str(gap))) for gap in (0, 50, 100)],
    )

"""Chart of the movement of a gap on the scale, from one value to another. “No verdict” has a position beside the
scale.
"""

from dataclasses import dataclass

from claims.domain.wording import whole_gap
from claims.drawing.gap_bar import MirrorableDrawing, PlacedPart
from claims.drawing.time_axis import AxisLabel

UNSCORED_POSITION = 11.0  # per cent of the width, where no verdict stands
SCALE_START, SCALE_END = 26.0, 90.0  # and the ends of the scale
LABEL_OFFSET = 9  # px between a dot and its number


@dataclass(frozen=True)
class MoveDot(PlacedPart):
    """One end of a movement. Its number is on the side away from the other end."""

    number: str  # empty without a verdict
    anchor: str


@dataclass(frozen=True)
class MoveRow(MirrorableDrawing):
    before: MoveDot
    after: MoveDot
    way: PlacedPart  # the line between them
    direction: str  # contradicting, supporting, or neither where one end has no verdict


@dataclass(frozen=True)
class MoveScale(MirrorableDrawing):
    nowhere: AxisLabel
    levels: list[AxisLabel]


def scale_position(gap: float | None) -> float:
    return UNSCORED_POSITION if gap is None else SCALE_START + (SCALE_END - SCALE_START) * gap / 100


def draw_gap_move(before: float | None, after: float | None) -> MoveRow:
    start, end = scale_position(before), scale_position(after)
    rises = end > start
    direction = "" if before is None or after is None else "contradicting" if rises else "supporting"
    way = PlacedPart(min(start, end), width=abs(end - start))
    return MoveRow(_move_dot(before, first=rises), _move_dot(after, first=not rises), way, direction)


def _move_dot(gap: float | None, *, first: bool) -> MoveDot:
    """Compute an end of the movement. `first` is True for the end nearer to the start; its number is before it."""
    number = "" if gap is None else whole_gap(gap)
    return MoveDot(
        scale_position(gap), number, "end" if first else "start", dx=-LABEL_OFFSET if first else LABEL_OFFSET
    )


def draw_move_scale() -> MoveScale:
    return MoveScale(
        nowhere=AxisLabel(UNSCORED_POSITION, "middle", 10),
        levels=[AxisLabel(scale_position(gap), "middle", len(str(gap))) for gap in (0, 50, 100)],
    )

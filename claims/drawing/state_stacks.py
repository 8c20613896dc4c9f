"""Chart of the number of claims in each state: one stacked bar a row.

Order, pattern and labels tell the states apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from claims.domain.vocabulary import State
from claims.drawing.gap_bar import MirrorableDrawing, PlacedPart

# From “contradicts” to “matches”, then the states without a verdict.
STATE_ORDER = (
    State.CONTRADICTS, State.MOSTLY_CONTRADICTS, State.CONFLICTING, State.MIXED, State.MOSTLY_MATCHES, State.MATCHES,
    State.STALE, State.INSUFFICIENT, State.NO_EVIDENCE, State.UNCHECKABLE,
)  # fmt: skip
STATE_GUTTER = 0.4  # per cent of the width between two states


@dataclass(frozen=True)
class StackPart(PlacedPart):
    state: State
    n: int


@dataclass(frozen=True)
class StateStack(MirrorableDrawing):
    parts: list[StackPart]
    whole: int


def draw_state_stacks(rows: Sequence[Mapping[State, int]]) -> list[StateStack]:
    """Compute one bar for each row that has claims.

    Its length is the row's number of claims; the longest takes the whole width.
    """
    most = max((sum(row.values()) for row in rows), default=0)
    return [_draw_one_stack(row, 100 / most) for row in rows if sum(row.values())]


def _draw_one_stack(row: Mapping[State, int], unit: float) -> StateStack:
    parts, x = [], 0.0
    for state in STATE_ORDER:
        if n := row.get(state, 0):
            parts.append(StackPart(x, state, n, width=n * unit - min(STATE_GUTTER, n * unit / 4)))
            x += n * unit
    return StateStack(parts, sum(row.values()))

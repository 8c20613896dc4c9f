"""How many claims are in each state, as one stacked bar a row: told apart by order, pattern and words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .charts import Drawing, Placed
from .vocabulary import State

# From the words' contrary to the words, then what has no verdict.
ORDER = (
    State.CONTRADICTS, State.MOSTLY_CONTRADICTS, State.CONFLICTING, State.MIXED, State.MOSTLY_MATCHES, State.MATCHES,
    State.STALE, State.INSUFFICIENT, State.NO_EVIDENCE,
)  # fmt: skip
GUTTER = 0.4  # per cent of the width between two states


@dataclass(frozen=True)
class Part(Placed):
    state: State
    n: int


@dataclass(frozen=True)
class Stack(Drawing):
    parts: list[Part]
    whole: int


def stacks(rows: Sequence[Mapping[State, int]]) -> list[Stack]:
    """As long as its row has claims; the longest takes the whole width."""
    most = max((sum(row.values()) for row in rows), default=0)
    return [_stack(row, 100 / most) for row in rows if sum(row.values())]


def _stack(row: Mapping[State, int], unit: float) -> Stack:
    parts, x = [], 0.0
    for state in ORDER:
        if n := row.get(state, 0):
            parts.append(Part(x, state, n, width=n * unit - min(GUTTER, n * unit / 4)))
            x += n * unit
    return Stack(parts, sum(row.values()))

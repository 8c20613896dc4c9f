"""How claims spread over the states, as one bar: what contradicts first, what has no verdict last."""

from collections.abc import Mapping
from typing import Final

from .charts import Block
from .vocabulary import State

ORDER: Final = (
    State.CONTRADICTS,
    State.MOSTLY_CONTRADICTS,
    State.CONFLICTING,
    State.MIXED,
    State.MOSTLY_MATCHES,
    State.MATCHES,
    State.STALE,
    State.INSUFFICIENT,
    State.NO_EVIDENCE,
)


def stack(counts: Mapping[State, int]) -> list[Block]:
    """A block for each state that any claim is in; together they fill the width."""
    whole = sum(counts.values())
    blocks, x = [], 0.0
    for state in ORDER:
        if n := counts.get(state, 0):
            blocks.append(Block(x, str(state), width=100 * n / whole))
            x += 100 * n / whole
    return blocks

"""How claims spread over the states: the blocks fill the bar, each as wide as its share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.stack import ORDER, stack
from claims.domain.vocabulary import State

counts = st.dictionaries(st.sampled_from(State), st.integers(0, 1000))


def test_every_state_has_its_place_and_what_has_no_verdict_comes_last():
    assert sorted(ORDER) == sorted(State)
    assert [state.sufficient for state in ORDER] == sorted((s.sufficient for s in State), reverse=True)


@given(counts)
def test_blocks_fill_the_bar_without_a_gap_each_as_wide_as_its_share(found):
    blocks, whole = stack(found), sum(found.values())
    x = 0.0
    for block in blocks:
        assert block.x == pytest.approx(x)
        assert block.width == pytest.approx(100 * found[State(block.side)] / whole)
        x = block.end
    assert blocks == [] if not whole else x == pytest.approx(100)
    assert {block.side for block in blocks} == {state for state, n in found.items() if n}

"""A row of states is as long as it has claims, from the words' contrary to the words, then what has no verdict."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.vocabulary import State
from claims.drawing.state_stacks import STATE_ORDER, draw_state_stacks
from tests.domain.strategies import law

rows = st.lists(
    st.dictionaries(st.sampled_from(State), st.integers(1, 500), min_size=1), min_size=1, max_size=6
)


@law
@given(rows)
def test_the_parts_of_a_row_are_its_states_side_by_side_as_wide_as_they_are_many(given_rows):
    found = draw_state_stacks(given_rows)
    most = max(sum(row.values()) for row in given_rows)
    for row, stack in zip(given_rows, found, strict=True):
        assert {part.state: part.n for part in stack.parts} == row
        assert stack.whole == sum(row.values())
        for part in stack.parts:
            assert 0 < part.width <= 100 * part.n / most + 1e-9
            assert part.width >= 75 * part.n / most - 1e-9
        for one, next_ in pairwise(stack.parts):
            assert one.end <= next_.x
            assert STATE_ORDER.index(one.state) < STATE_ORDER.index(next_.state)
        assert stack.parts[-1].end <= 100 + 1e-9


@law
@given(rows)
def test_a_row_is_mirrored_within_its_frame(given_rows):
    for stack in draw_state_stacks(given_rows):
        there = stack.mirrored()
        assert there.parts[0].end == pytest.approx(100)
        assert all(part.x >= -1e-9 for part in there.parts)
        assert [p.x for p in there.mirrored().parts] == pytest.approx([p.x for p in stack.parts])


def test_every_state_has_its_place_and_those_without_a_verdict_come_last():
    assert set(STATE_ORDER) == set(State)
    assert [state.sufficient for state in STATE_ORDER] == sorted(
        (s.sufficient for s in STATE_ORDER), reverse=True
    )


def test_a_row_of_nothing_is_no_bar():
    assert draw_state_stacks([{}, {State.MIXED: 1}])[0].whole == 1
    assert draw_state_stacks([]) == []

"""Quotations are found in passages of our own, each pattern several times, in English and in Arabic."""

import pytest

from tests.benchmarks.reading import found_in, measure
from tests.reading.passage_files import Passage, read_passages

FILES = (
    "english_worked",
    "english_held_back",
    "english_articles",
    "arabic_worked",
    "arabic_held_back",
    "arabic_articles",
)


def all_passages() -> list[Passage]:
    return [passage for name in FILES for passage in read_passages(name)]


def test_there_are_at_least_sixty_passages():
    assert len(all_passages()) >= 60


@pytest.mark.parametrize("name", FILES)
def test_quotations_are_found_with_speaker_and_day(name: str):
    score = measure(read_passages(name))
    assert min(score.precision, score.recall) >= 0.95, score.faults
    assert min(score.speakers, score.days) >= 0.9, score.faults


def test_each_event_is_found_with_day_and_place():
    missed = [
        one
        for passage in all_passages()
        for one in passage.expected
        if one.kind == "event" and one not in found_in(passage)
    ]
    assert missed == []

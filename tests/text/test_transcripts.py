"""A text in segments: all its letters in their order, and each span's letters under its mark, however spans overlap."""

import re
from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st

from claims.text.spans import passages_of
from claims.text.transcripts import PlacedSpan, cut_into_segments
from tests.domain.strategies import law

TEXT = "We keep violence down; we increase aid.\n\nWe lift no sanctions."


def placed(*words: str) -> list[PlacedSpan]:
    return [
        PlacedSpan(number, TEXT.index(span), TEXT.index(span) + len(span))
        for number, span in enumerate(words, start=1)
    ]


def cut(*words: str) -> list[list[tuple[str, list[int]]]]:
    """The segments of TEXT, with the numbers of the claims that cover them."""
    passages = cut_into_segments(TEXT, placed(*words))
    return [[(text, [mark.number for mark in marks]) for text, marks in passage] for passage in passages]


def test_a_text_without_spans_is_its_passages():
    assert cut() == [[("We keep violence down; we increase aid.", [])], [("We lift no sanctions.", [])]]


def test_a_passage_is_cut_where_a_span_begins_and_ends():
    first, second = cut("violence down", "increase aid")
    assert first == [
        ("We keep ", []),
        ("violence down", [1]),
        ("; we ", []),
        ("increase aid", [2]),
        (".", []),
    ]
    assert second == [("We lift no sanctions.", [])]


def test_nested_and_overlapping_spans_share_the_letters_that_both_hold():
    first, _second = cut("keep violence down", "violence", "down; we increase")
    assert first == [
        ("We ", []),
        ("keep ", [1]),
        ("violence", [1, 2]),
        (" ", [1]),
        ("down", [1, 3]),
        ("; we increase", [3]),
        (" aid.", []),
    ]


def test_spans_of_the_same_words_have_a_line_each():
    (_before, shared, _after), _second = cut_into_segments(TEXT, placed("violence", "violence"))
    assert [(mark.number, mark.level) for mark in shared.marks] == [(1, 0), (2, 1)]


def test_a_span_may_run_on_into_the_next_passage():
    assert cut("aid.\n\nWe lift") == [
        [("We keep violence down; we increase ", []), ("aid.", [1])],
        [("We lift", [1]), (" no sanctions.", [])],
    ]


pieces = st.sampled_from(["aid", " ", "\n\n", "no", "إدلب", "’", "a\nb", "\n \n", "  "])


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[PlacedSpan]]:
    text = draw(st.lists(pieces, max_size=16).map("".join))
    ends = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    return text, [PlacedSpan(number, min(pair), max(pair)) for number, pair in enumerate(ends)]


@law
@given(marked_texts())
def test_the_segments_joined_are_the_passages_letter_for_letter(drawn):
    text, spans = drawn
    joined = ["".join(segment.text for segment in passage) for passage in cut_into_segments(text, spans)]
    assert joined == [text[start:end] for start, end in passages_of(text)]
    assert re.sub(r"\s", "", "".join(joined)) == re.sub(r"\s", "", text)
    assert not any(re.search(r"\n[ \t]*\n", passage) for passage in joined)


@law
@given(marked_texts())
def test_each_span_covers_exactly_its_letters(drawn):
    text, spans = drawn
    covered: dict[int, list[int]] = {span.number: [] for span in spans}
    for (start, _end), passage in zip(passages_of(text), cut_into_segments(text, spans), strict=True):
        ends = accumulate((len(segment.text) for segment in passage), initial=start)
        for (first, last), segment in zip(pairwise(ends), passage, strict=True):
            for mark in segment.marks:
                covered[mark.number] += range(first, last)
    for span in spans:
        letters = [at for at in range(span.start, span.end) if not text[at].isspace()]
        assert [at for at in covered[span.number] if not text[at].isspace()] == letters
        assert set(covered[span.number]) <= set(range(span.start, span.end))


@law
@given(marked_texts())
def test_no_two_claims_share_a_line_on_a_segment_and_each_begins_and_ends_once(drawn):
    text, spans = drawn
    segments = [segment for passage in cut_into_segments(text, spans) for segment in passage]
    for segment in segments:
        levels = [mark.level for mark in segment.marks]
        assert levels == sorted(set(levels))
    for span in spans:
        own = [mark for segment in segments for mark in segment.marks if mark.number == span.number]
        assert [mark.begins for mark in own] == [number == 0 for number in range(len(own))]
        assert [mark.ends for mark in own] == [number == len(own) - 1 for number in range(len(own))]
        assert len({mark.level for mark in own}) <= 1
        assert bool(own) == bool(text[span.start : span.end].strip())

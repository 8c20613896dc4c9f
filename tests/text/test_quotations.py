"""A span in the sentences around it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.quotations import nest_quotation_marks, sentences_around_span, shorten_text

TEXT = (
    "Good afternoon. We have three goals in mind. First, keeping violence down; second, increasing assistance! "
    "Do we agree? Mr. Assad knows it.\n\n"
    "Later he spoke of the U.S. forces. They stay."
)


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        ("three goals", "We have ", " in mind."),
        ("keeping violence down", "First, ", "; second, increasing assistance!"),
        ("Good", "", " afternoon."),
        ("three goals in mind.", "We have ", ""),
        ("in mind. First", "We have three goals ", ", keeping violence down; second, increasing assistance!"),
        ("Do we agree?", "", ""),
        ("stay", "They ", "."),
    ],
)
def test_a_span_is_shown_in_its_own_sentence(span: str, before: str, after: str) -> None:
    found = sentences_around_span(TEXT, span)
    assert (found.before, found.span, found.after) == (before, span, after)


def test_an_abbreviation_ends_no_sentence() -> None:
    assert sentences_around_span(TEXT, "knows") == ("Mr. Assad ", "knows", " it.", True, True)
    assert sentences_around_span(TEXT, "forces").before == "Later he spoke of the U.S. "


def test_a_passage_does_not_run_into_the_next_paragraph() -> None:
    """A blank line parts passages that do not follow each other."""
    assert "Later" not in sentences_around_span(TEXT, "Assad").after
    assert "Assad" not in sentences_around_span(TEXT, "Later").before


def test_a_span_across_paragraphs_keeps_them_both() -> None:
    found = sentences_around_span(TEXT, "knows it.\n\nLater he spoke")
    assert (found.before, found.after) == ("Mr. Assad ", " of the U.S. forces.")


def test_it_tells_whether_the_words_go_on_on_either_side() -> None:
    assert sentences_around_span(TEXT, "Good")[3:] == (False, True)
    assert sentences_around_span(TEXT, "violence")[3:] == (True, True)
    assert sentences_around_span(TEXT, "stay")[3:] == (True, False)
    assert sentences_around_span("We stay.", "stay")[3:] == (False, False)


def test_a_quotation_mark_belongs_to_the_sentence_that_it_closes() -> None:
    found = sentences_around_span("He said: “We will leave.” Nobody asked him.", "asked")
    assert found.before == "Nobody "


@pytest.mark.parametrize("span", ["", "words that nobody said", "three  goals", "THREE GOALS"])
def test_a_span_that_does_not_stand_there_leaves_the_text_whole(span: str) -> None:
    assert sentences_around_span(TEXT, span) == (TEXT, "", "", False, False)


def test_the_first_of_two_places_is_shown() -> None:
    found = sentences_around_span(
        "Trucks came first. Then came more trucks. And more trucks went.", "more trucks"
    )
    assert (found.before, found.after) == ("Then came ", ".")


def test_a_place_within_another_word_is_no_place_if_there_is_a_better_one() -> None:
    found = sentences_around_span("They said nothing. Then came aid.", "aid")
    assert (found.before, found.after) == ("Then came ", ".")


def test_arabic_sentences_are_parted_as_well() -> None:
    text = "نحن نعمل على خفض العنف. هل زادت المساعدات؟ نعم، وصلت المساعدات إلى إدلب. انتهى الكلام."
    found = sentences_around_span(text, "وصلت المساعدات")
    assert (found.before, found.after) == ("نعم، ", " إلى إدلب.")
    assert (found.opens, found.closes) == (True, True)


words = st.sampled_from(["aid", "Mr.", "goals.", "agree?", "U.S.", "forces", "\n\n", "stay!", "”", "إدلب."])


@given(st.lists(words, max_size=14).map(" ".join), st.integers(0, 40), st.integers(1, 20))
def test_a_passage_is_a_piece_of_the_text_around_its_span(text: str, at: int, length: int) -> None:
    span = text[at : at + length]
    found = sentences_around_span(text, span)
    shown = found.before + found.span + found.after
    assert found.span == span
    assert shown in text
    assert found.opens == (not text.startswith(shown))
    assert found.closes or text.rstrip().endswith(shown.rstrip())


@pytest.mark.parametrize(("text", "length", "shown"), [
    ("كما تعلمون جميعا", 20, "كما تعلمون جميعا"), ("كما تعلمون جميعا", 12, "كما تعلمون…"), ("أمس، قال", 6, "أمس…"),
    ("unparted", 5, "unpa…"), ("one two", 7, "one two"),
])  # fmt: skip
def test_a_text_is_cut_behind_a_whole_word(text: str, length: int, shown: str) -> None:
    assert shorten_text(text, length) == shown


@given(st.text(max_size=40), st.integers(2, 40))
def test_a_text_is_never_longer_than_asked(text: str, length: int) -> None:
    assert len(shorten_text(text, length)) <= length


def test_marks_within_marks_are_the_other_ones_of_the_language() -> None:
    assert nest_quotation_marks("ضد «داعش»", "ar") == "ضد “داعش”"
    assert nest_quotation_marks("against “ISIS”", "en") == "against ‘ISIS’"

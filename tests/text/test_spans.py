"""Spans and governing words: letter for letter, piece by piece, with elisions marked."""

import pytest

from claims.text.spans import (
    carries_negation,
    find_span,
    mark_elisions,
    misquoted_piece,
    passages_of,
    stands_in,
)

WORDS = (
    "What we have not done and what we do not intend to do is to express any support for efforts to rehabilitate "
    "Mr. Assad, or lifted a single sanction on Syria. We can’t wait."
)


def test_a_span_stands_in_one_of_the_texts_letter_for_letter():
    assert stands_in("lifted a single sanction", [WORDS, ""])
    assert stands_in("watched online", [WORDS, "Propaganda is watched online."])
    assert not stands_in("Lifted a single sanction", [WORDS])


@pytest.mark.parametrize(
    "words",
    [
        "What we have not done … is to … [have] lifted a single sanction",
        "What we have not done ... is to [...] lifted a single sanction",
        "What we have not done […] lifted a single sanction",
        "[The US has] not done and what we do not intend to do",
        "lift[ing] a single sanction",
        "[w]hat we do not intend to do",
        "We can’t wait.",
    ],
)
def test_pieces_in_order_stand_and_words_of_ours_are_not_looked_for(words):
    assert misquoted_piece(words, [WORDS]) == ""


@pytest.mark.parametrize(
    ("words", "piece"),
    [
        ("What we have done … lifted a single sanction", "What we have done"),
        ("lifted a single sanction … What we have not done", "What we have not done"),  # not in that order
        ("We can … wait", "We can"),  # half a word turns the sense
        ("What we have not don … lifted", "What we have not don"),
        ("[anything at all]", "[anything at all]"),  # nothing of it was said
        ("… [we] …", "… [we] …"),
    ],
)
def test_the_piece_that_was_not_said_is_named(words, piece):
    assert misquoted_piece(words, [WORDS]) == piece


def test_all_pieces_stand_in_one_text_and_not_half_in_each():
    texts = ["We did not come.", "They said that they would leave."]
    assert misquoted_piece("did not … leave", texts) == "leave"
    assert misquoted_piece("said … leave", texts) == ""


TWICE = "They lifted sanctions. What we have not done is to say why, or lifted sanctions."


@pytest.mark.parametrize(
    ("span", "governing_words", "place"),
    [
        ("lifted sanctions", "", TWICE.index("lifted")),
        ("lifted sanctions", "What we have not done … lifted sanctions", TWICE.rindex("lifted")),
        ("lifted sanctions", "What nobody said … lifted sanctions", TWICE.index("lifted")),
        ("lifted sanctions", "[We have] lifted sanctions", TWICE.index("lifted")),
        ("They", "", 0),
        ("one", TWICE, TWICE.index("one")),  # half a word, for want of a whole one
        ("said", "", -1),
        ("", "", -1),
    ],
)
def test_a_span_stands_where_its_governing_words_say_and_otherwise_at_its_first_place(
    span, governing_words, place
):
    assert find_span(TWICE, span, governing_words) == place


@pytest.mark.parametrize(
    ("words", "language", "denies"),
    [
        ("lifted a single sanction", "en", False),
        ("What we have not done … lifted a single sanction", "en", True),
        ("[not] lifted a single sanction", "en", False),  # ours, not the speaker's
        ("We don’t strike schools", "en", True),
        ("we can't", "en-GB", True),
        ("Denied by us", "en", True),
        ("The reports are baseless", "en", True),
        ("a notable noon", "en", False),
        ("رفع عقوبة واحدة", "ar", False),
        ("لم نرفع عقوبة واحدة", "ar", True),
        ("ولَمْ نرفع عقوبة", "ar", True),
        ("ولسنا هناك", "ar", True),
        ("بلادنا آمنة", "ar", False),  # لا within a word
        ("ما فعلناه", "ar", True),
        ("bir yaptırım kaldırmadık", "tr", True),  # nobody has listed Turkish words
    ],
)
def test_a_denial_is_told_by_its_words(words, language, denies):
    assert carries_negation(words, language) is denies


def test_elisions_and_joins_are_marked():
    assert mark_elisions("done ... is\n\nlifted") == "done … is […] lifted"


def test_blank_lines_part_passages():
    text = "\n\nOne.\n \n\nTwo.\n\nThree\nlines. \n\n "
    assert [text[start:end] for start, end in passages_of(text)] == ["One.", "Two.", "Three\nlines."]

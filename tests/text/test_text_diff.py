"""Two texts, word by word: nothing is lost, and what is marked is what differs."""

from itertools import pairwise
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from claims.text.text_diff import DiffPiece, compare_texts

texts = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(["aid", "is", "being", "cut", ",", ".", "\n"])).map(" ".join),
)


def joined(pieces, *, only=None):
    return "".join(piece.text for piece in pieces if only is None or piece.differs is only)


@given(texts, texts)
def test_the_pieces_put_together_are_the_texts(old, new):
    before, after = compare_texts(old, new)
    assert (joined(before), joined(after)) == (old, new)


@given(texts, texts)
def test_what_is_not_marked_stands_in_both_in_the_same_order(old, new):
    before, after = compare_texts(old, new)
    assert joined(before, only=False) == joined(after, only=False)


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert compare_texts(text, text) == (
        [DiffPiece(False, text)] if text else [],
        [DiffPiece(False, text)] if text else [],
    )


@given(texts, texts)
def test_neighbours_are_of_different_kinds(old, new):
    for pieces in compare_texts(old, new):
        assert all(a.differs != b.differs for a, b in pairwise(pieces))
        assert all(piece.text for piece in pieces)


def test_one_word_of_a_sentence_is_marked_and_no_more():
    before, after = compare_texts("Violence is kept down.", "Violence is being kept down.")
    assert joined(before, only=True) == ""
    assert joined(after, only=True).strip() == "being"


def test_words_in_any_script_are_compared_as_words():
    before, after = compare_texts("العنف ينخفض", "العنف يرتفع")
    assert (joined(before, only=True), joined(after, only=True)) == ("ينخفض", "يرتفع")


def test_long_texts_that_share_nothing_take_no_time():
    start = process_time()
    before, after = compare_texts("yes " * 20_000 + "end", "no " * 20_000 + "end")
    assert process_time() - start < 1
    assert joined(before, only=False) == " end"
    assert joined(after) == "no " * 20_000 + "end"


def test_a_word_with_vowel_marks_is_one_word():
    before, after = compare_texts("أن تحبّذ ذلك", "أن تطبّع ذلك")
    assert (joined(before, only=True), joined(after, only=True)) == ("تحبّذ", "تطبّع")

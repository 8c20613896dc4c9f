"""A pasted span finds the statement's own letters, and where the two part is said on both sides."""

import pytest

from claims.text.pasted_spans import Parting, find_parting, own_letters, own_letters_of_pieces

WORDS = (
    "He said: “We won’t lift a single sanc\u00adtion — not one — until 13\u00a0October.”\nLes « amis » de l’État, "
    "naïveté\u0301 comprise. قال: ”لن نرفع العقوبات“ عن سوريا."
)


@pytest.mark.parametrize(
    ("pasted", "own"),
    [
        ("We won't lift a single", "We won’t lift a single"),
        ("We won’t lift  a\nsingle", "We won’t lift a single"),
        ("a single sanction", "a single sanc\u00adtion"),
        ("a sin\u00adgle sanc-\ntion", "a single sanc\u00adtion"),
        ("sanction - not one – until", "sanc\u00adtion — not one — until"),
        ("until 13 October", "until 13\u00a0October"),
        ("He said: \"We won't", "He said: “We won’t"),
        ('Les "amis" de l\'Etat'.replace("Etat", "E\u0301tat"), "Les « amis » de l’État"),
        ("«amis»", "« amis »"),
        ("“We won’t lift a single”", "We won’t lift a single"),  # in marks that are the editor's own
        ('\u202bقال: "لن نرفع العقوبات"\u202c', "قال: ”لن نرفع العقوبات“"),
    ],
)
def test_a_pasted_span_is_the_statements_own_letters(pasted, own):
    assert own_letters(pasted, [WORDS, ""]) == own


def test_a_span_that_stands_there_already_is_left_alone():
    assert own_letters("sanc", [WORDS]) == "sanc"


@pytest.mark.parametrize("pasted", ["", "…", "“”", "We wont lift", "we won't lift", "\u200f"])
def test_other_letters_are_never_taken_for_it(pasted):
    assert own_letters(pasted, [WORDS]) == ""


def test_whole_words_come_first():
    assert own_letters("l'art", ["Il l’artisan de l’art."]) == "l’art"
    assert own_letters('"art"', ["artisan, art"]) == "art"


def test_each_piece_of_a_quotation_is_found_after_the_one_before():
    pasted = "[The minister] won't lift … not one - until [mid] 13 October"
    own = "[The minister] won’t lift … not one — until [mid] 13\u00a0October"
    assert own_letters_of_pieces(pasted, [WORDS]) == own
    assert own_letters_of_pieces("until 13 October … won't lift", [WORDS]) == ""


def test_where_they_part_is_said_on_both_sides():
    parting = find_parting("We won't lift a double sanction, not one", [WORDS])
    assert parting == Parting(
        "We won’t lift a", "double sanction, not one", "single sanc\u00adtion — not", True
    )


def test_a_span_whose_first_words_differ_is_held_by_its_end():
    parting = find_parting("They will not lift a single sanction - not one - until 13 October", [WORDS])
    assert parting is not None
    assert not parting.is_after
    assert (parting.of_span, parting.of_text) == ("They will not", "He said: “We won’t")
    assert parting.common.startswith("lift a single")


def test_a_span_that_goes_on_where_the_words_end():
    assert find_parting("عن سوريا. ثم", [WORDS]) == Parting("عن سوريا.", "ثم", "", True)


@pytest.mark.parametrize("pasted", ["", "Nothing alike 77", "\u00ad"])
def test_nothing_in_common_has_no_parting(pasted):
    assert find_parting(pasted, [WORDS, ""]) is None

"""The other forms of a word: those that regular spelling makes, each of which knows of the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.inflections import inflected_forms
from claims.text.search_terms import fold_text

STEMS = [
    "sanction",
    "polic",
    "strik",
    "stop",
    "target",
    "cri",
    "box",
    "veto",
    "agree",
    "d",
    "عقوب",
    "قو",
    "مسوول",
    "حكوم",
]
ENDINGS = [
    "",
    "s",
    "es",
    "y",
    "ies",
    "ied",
    "ed",
    "ped",
    "ing",
    "ping",
    "ying",
    "e",
    "sis",
    "ses",
    "ه",
    "ات",
    "ون",
    "ين",
]
WORDS = st.one_of(
    st.builds(str.__add__, st.sampled_from(STEMS), st.sampled_from(ENDINGS)),
    st.text("abcdegilnopstuy", max_size=9),
    st.text("ابتسعقوينمه", max_size=7),
)


@pytest.mark.parametrize(
    "family",
    [
        "sanction sanctions sanctioned sanctioning",
        "policy policies",
        "strike strikes striking",
        "stop stops stopped stopping",
        "target targets targeted targeting",
        "travel traveled travelled travelling",
        "deny denies denied denying",
        "crossing crossings",
        "crisis crises",
        "process processes processed",
        "veto vetoes vetoed",
        "agree agreed agreeing",
        "die died dying",
        "militia militias",
        "use used using",
        "عقوبه عقوبات",
        "قوه قوات",
        "حكومه حكومات",
        "مسوول مسوولون مسوولين",
        "دوله دول",
    ],
)
def test_each_form_of_a_word_knows_the_others(family):
    words = set(family.split())
    for word in words:
        assert words - {word} <= inflected_forms(word)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("hamas", "hama"),
        ("hama", "hamas"),
        ("fars", "far"),
        ("news", "new"),
        ("united", "unit"),
        ("seed", "see"),
        ("thing", "the"),
        ("policies", "police"),
        ("rating", "rat"),
        ("government", "govern"),
        ("being", "be"),
        ("us", "u"),
        ("string", "str"),
        ("لبنان", "لبن"),
        ("حماس", "حما"),
        ("منه", "من"),
    ],
)
def test_what_only_looks_like_a_form_is_none(word, other):
    assert other not in inflected_forms(word)


@pytest.mark.parametrize("word", ["", "is", "2254", "доклад", "f16s", "الi", "pfft"])
def test_what_is_too_short_or_in_other_letters_has_none(word):
    assert inflected_forms(word) == set()


@given(WORDS)
def test_a_form_of_a_word_has_the_word_as_a_form(word):
    for form in inflected_forms(word):
        assert word in inflected_forms(form)


@given(WORDS)
def test_forms_are_others_in_folded_spelling_and_few(word):
    found = inflected_forms(word)
    assert word not in found
    assert all(fold_text(form) == form for form in found)
    assert len(found) < 40

"""Slugs: one spelling in each script, made from any title, and none that can be taken for another."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.slugs import MAX_SLUG_LENGTH, is_slug, make_slug, normalize_slug, slug_fault

MADE = {
    "Remarks on Syria, Washington": "remarks-on-syria-washington",
    "Médecins Sans Frontières": "medecins-sans-frontieres",
    "Łódź": "łodz",
    "U.S. and U.N.": "us-and-un",
    "says—again": "says-again",
    "بشار الأسد": "بشار-الأسد",
    "أَحْمَدُ الســيّد": "أحمد-السيد",
    "خطة ٢٠٢١": "خطة-٢٠٢١",
    "می\u200cخواهد": "میخواهد",
    "\u202eبشار\u202c": "بشار",
    "שָׁלוֹם": "שלום",
    "Ёлка и Йод": "ёлка-и-йод",
    "Ελλάδα": "ελλάδα",
    "हिन्दी में": "हिन्दी-में",
    "日本語のテスト": "日本語のテスト",
    "한국어": "한국어",
    "الـCOVID": "ال-covid",
    "???": "",
}


@pytest.mark.parametrize(("title", "slug"), MADE.items())
def test_a_title_gives_a_slug_in_its_own_script(title: str, slug: str) -> None:
    assert make_slug(title) == slug
    assert slug == "" or is_slug(slug)


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        (normalize("NFD", "أحمد-السيد"), "أحمد-السيد"),
        ("أَحْمَد-الســيّد", "أحمد-السيد"),
        ("\u202bأحمد\u200f-السيد", "أحمد-السيد"),
        ("ПУТИН", "путин"),
        ("Bridge-Open", "bridge-open"),
        ("ﺳﻮرﻳﺎ", "سوريا"),
    ],
)
def test_other_spellings_of_a_slug_have_one_normal_spelling(written: str, slug: str) -> None:
    assert normalize_slug(written) == slug


@pytest.mark.parametrize("slug", ["bridge-open", "Bridge_Open-2", "no--thing", "-", "_", "9"])
def test_slugs_of_latin_letters_stay_as_they_were(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "text", ["p\u0430ul", "раypal-news", "bоb", "محمدx", "pau\u0661", "\u0663\u06f3", "2\u0662"]
)
def test_a_word_in_two_scripts_is_refused_with_a_sentence(text: str) -> None:
    assert not is_slug(text)
    assert "mixes letters of several scripts" in slug_fault(text)


@pytest.mark.parametrize("text", ["سوريا-usa", "covid_سوريا", "g7-قمة", "عام2011"])
def test_words_of_several_scripts_may_stand_side_by_side(text: str) -> None:
    assert is_slug(text)


@pytest.mark.parametrize(
    "text", ["", "a b", "a/b", "ا?", "x" * 81, "ا" * 81, "\u200f", "a\0", "بش%D8", "é\u0301"]
)
def test_what_is_no_slug_is_refused_with_a_sentence(text: str) -> None:
    assert not is_slug(text)
    assert slug_fault(text).endswith(".")


@given(st.text(max_size=200))
def test_whatever_the_title_the_slug_is_one(title: str) -> None:
    slug = make_slug(title)
    assert slug == "" or is_slug(slug)
    assert len(slug) <= MAX_SLUG_LENGTH
    assert slug == normalize_slug(slug)


@given(st.text(max_size=60))
def test_the_normal_spelling_is_its_own_normal_spelling(text: str) -> None:
    assert normalize_slug(normalize_slug(text)) == normalize_slug(text)
    assert normalize_slug(normalize("NFC", text)) == normalize_slug(normalize("NFD", text))

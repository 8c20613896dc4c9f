"""The rules of languages: what each module says, and what holds for a language without one."""

import datetime
import re
from collections import Counter
from dataclasses import replace

import pytest
from django.utils import formats, translation

from claims import languages
from claims.languages import known_rules, rules_for
from claims.languages.rules import LanguageRules
from claims.text.digits import localize_figures, localize_figures_of_page
from claims.text.inflections import inflected_forms
from claims.text.letter_folding import FOLDED_LETTERS
from claims.text.quotations import nest_quotation_marks, quotation_marks
from claims.text.scripts import language_of_letters
from claims.text.search_terms import fold_text

FRENCH = LanguageRules(
    code="fr",
    decimal=",",
    thousands="\u202f",
    per_cent="\u202f%",
    quotes=("«\xa0", "\xa0»"),
    inner_quotes=("“", "”"),
)


@pytest.fixture
def _french(monkeypatch):
    known = {**known_rules(), "fr": FRENCH}
    monkeypatch.setattr(languages, "known_rules", lambda: known)


@pytest.fixture
def _no_further_modules(monkeypatch):
    """English and Arabic alone have rules, even if a module for Persian was added."""
    known = {code: known_rules()[code] for code in ("en", "ar")}
    monkeypatch.setattr(languages, "known_rules", lambda: known)


@pytest.mark.parametrize("code", known_rules())
def test_a_modules_rules_are_whole(code):
    rules = known_rules()[code]
    assert re.fullmatch("[a-z]{2,3}", code)
    assert len(rules.digits) == 10
    assert rules.marks.keys() <= {",", ";", "→"}
    assert set(rules.articles) <= set(rules.prefixes)
    assert not rules.prefixes or rules.inflections


def test_each_letter_is_folded_by_one_language():
    folded = Counter(letter for rules in known_rules().values() for letter in rules.folded)
    assert [letter for letter, count in folded.items() if count > 1] == []


def test_the_rules_of_a_language_hold_for_its_regions():
    assert rules_for("ar-SY") is rules_for("ar")
    assert rules_for("AR").code == "ar"


@pytest.mark.usefixtures("_no_further_modules")
@pytest.mark.parametrize("language", ["fa", "fr", "xx", "", None])
def test_a_language_without_a_module_is_written_as_english(language):
    assert rules_for(language).is_written_as_english
    assert localize_figures("1,234.5 → 6 %; 7, 8", language or "") == "1,234.5 → 6 %; 7, 8"
    assert localize_figures_of_page("<p>1.5, 2</p>", language or "") == "<p>1.5, 2</p>"
    assert quotation_marks(language or "") == ("“", "”")
    assert nest_quotation_marks("a “b” c", language or "") == "a ‘b’ c"


def test_persian_is_folded_in_plain_form():
    assert fold_text("می‌شود؛ ۱۴۰۳ «کتاب»") == "ميشود 1403 كتاب"
    assert fold_text("پژواک گچ") == "پژواك گچ"
    assert inflected_forms("پژواك") == frozenset()
    assert all(letter not in FOLDED_LETTERS for letter in "پچژگ")


def test_a_text_in_arabic_letters_is_taken_for_arabic_and_any_other_for_the_usual_language():
    assert language_of_letters("الطريق", "en") == "ar"
    assert language_of_letters("дорога", "en") == "en"


@pytest.mark.usefixtures("_french")
def test_a_language_may_have_its_own_numbers_and_quotation_marks():
    assert localize_figures("1,234.5 (60.2%)", "fr") == "1\u202f234,5 (60,2\u202f%)"
    assert localize_figures("fin le 2021-10-13, S/RES/2585", "fr").count("\u2066") == 2
    assert "mot".join(quotation_marks("fr")) == "«\xa0mot\xa0»"
    assert nest_quotation_marks("dit «\xa0non\xa0»", "fr") == "dit “\xa0non\xa0”"


@pytest.mark.usefixtures("_french")
def test_rules_may_turn_arrows_alone(monkeypatch):
    known = {**known_rules(), "fa": replace(FRENCH, code="fa", decimal=".", thousands=",", marks={"→": "←"})}
    monkeypatch.setattr(languages, "known_rules", lambda: known)
    assert localize_figures("69, 70 → 73", "fa") == "69, 70 ← 73"


@pytest.mark.parametrize("language", ["ar", "fa", "fr", "de", "pt-br"])
def test_django_writes_numbers_as_in_english_in_every_language(language):
    with translation.override(language):
        assert formats.localize(1234.5) == "1234.5"
        assert formats.get_format("DATE_FORMAT") == "j F Y"


def test_dates_of_the_desk_in_english_stay_as_django_has_them():
    with translation.override("en"):
        assert formats.localize(datetime.date(2021, 10, 13)) == "Oct. 13, 2021"

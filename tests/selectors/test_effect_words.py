"""What a correction changed is said in today's words for verdicts, however old the notice is."""

import pytest
from django.utils.html import strip_tags
from django.utils.translation import override

from claims.localized_text import localized_effect
from claims.models import Correction
from claims.selectors.effect_words import effect_in_words

SAID = {
    "63 → 68, evidence conflicts becomes mostly contradicts": [
        ("", "63 → 68, Evidence conflicts becomes Mostly contradicted")
    ],
    "41 → —, Mostly supported becomes Too little evidence": [
        ("", "41 → —, Mostly supported becomes Too little evidence")
    ],
    "— → —, stale becomes too little evidence": [("", "Evidence out of date becomes Too little evidence")],
    "— → —, no evidence becomes Cannot be checked": [("", "No evidence yet becomes Cannot be checked")],
    "— → —, Kept becomes Broken": [("", "Kept becomes Broken")],
    "69 → 73, still: mostly contradicts": [("", "69 → 73, still: Mostly contradicted")],
    "Aid: more of it: 35 → 32, stale becomes mostly matches": [
        ("Aid: more of it", "35 → 32, Evidence out of date becomes Mostly supported")
    ],
    "Aid; and water: 35 → 32, stale becomes mixed; Calm: 1 → 2, still: matches": [
        ("Aid; and water", "35 → 32, Evidence out of date becomes Mixed"),
        ("Calm", "1 → 2, still: Supported"),
    ],
    "From mixed to matches.": [],
    "63 → 68, nonsense becomes mixed": [],
    "Calm: 1 → 2, still: matches; and more.": [],
}


@pytest.mark.parametrize("effect", SAID)
def test_the_effect_is_said_in_todays_words(effect):
    assert effect_in_words(effect) == SAID[effect]


def test_the_effect_is_said_in_the_language_of_the_page():
    with override("ar"):
        [(_claim, words)] = effect_in_words("63 → 68, evidence conflicts becomes mostly contradicts")
    assert "الأدلة متعارضة" in words
    assert "تناقضه الوقائع إلى حد كبير" in words


def test_each_claim_of_an_effect_is_named_in_the_language_of_the_page():
    notice = Correction(
        effect="Aid: 35 → 32, stale becomes mixed; Calm: 1 → 2, still: matches",
        translations={"ar": {"effect": "المساعدات: 35 ← 32، قديم; الهدوء: 1 ← 2، كما كان: يطابق"}},
    )
    with override("ar"):
        words = strip_tags(localized_effect(notice))
    assert words.startswith("المساعدات: 35 ← 32، من «الأدلة قديمة» إلى «متباين»")
    assert "الهدوء: 1 ← 2، كما كان: تؤيده الوقائع" in words

"""Translations go with the texts that they translate, and two changes of them go together."""

from hypothesis import given
from hypothesis import strategies as st

from claims.text.scripts import language_of_letters
from claims.text.translations import (
    drop_outdated_texts,
    flatten_translations,
    merge_translations,
    nest_translations,
)

texts = st.sampled_from(["", "one", "two"])
fields = st.fixed_dictionaries({"name": texts, "about": texts})
translations = st.dictionaries(
    st.sampled_from(["ar", "fr"]), st.fixed_dictionaries({"name": texts, "about": texts, "by": texts})
).map(lambda found: nest_translations(flatten_translations(found)))

OLD = {"ar": {"name": "اسم", "about": "نبذة", "by": "A. T."}}


def test_a_changed_text_takes_its_own_translation_along_and_no_other():
    kept = drop_outdated_texts({"name": "a", "about": "b"}, {"name": "A", "about": "b"}, OLD, OLD)
    assert kept == {"ar": {"about": "نبذة", "by": "A. T."}}


def test_a_translation_that_was_changed_with_its_text_stays():
    new = {"ar": {**OLD["ar"], "name": "اسم آخر"}}
    assert drop_outdated_texts({"name": "a"}, {"name": "A"}, OLD, new) == new


def test_nobody_is_named_for_translating_nothing():
    assert nest_translations(flatten_translations({"ar": {"name": "", "by": "A. T."}})) == {}


@given(fields, fields, translations, translations)
def test_no_outdated_translation_stays(before, after, was, becomes):
    kept = flatten_translations(drop_outdated_texts(before, after, was, becomes))
    for (language, name), text in kept.items():
        assert (
            name == "by"
            or before[name] == after[name]
            or flatten_translations(was).get((language, name)) != text
        )
    assert kept.items() <= flatten_translations(becomes).items()


@given(fields, translations, translations)
def test_where_no_text_changes_no_translation_goes(same, was, becomes):
    assert drop_outdated_texts(same, same, was, becomes) == becomes


@given(translations, translations)
def test_a_change_upon_nothing_is_that_change(stored, change):
    assert merge_translations(stored, stored, change) == change
    assert merge_translations(stored, change, stored) == change


def test_two_changes_of_different_fields_both_count():
    first = {"ar": {"about": "نبذة", "by": "A. T."}}
    then = {"ar": {**OLD["ar"], "about": "أخرى"}}
    assert merge_translations(OLD, first, then) == {"ar": {"about": "أخرى", "by": "A. T."}}


def test_letters_tell_the_language():
    assert language_of_letters("الطريق مفتوح", "en") == "ar"
    assert language_of_letters("The road الطريق is open", "en") == "en"
    assert language_of_letters("2021 · 60 %", "en") == ""

"""A database folds a text letter for letter as the domain does, whichever of the two it is."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.search.index import SEARCH_ENGINES
from claims.search.index_sources import MAX_BODY_LETTERS
from claims.text.letter_folding import FOLDED_LETTERS
from claims.text.search_terms import fold_text

pytestmark = pytest.mark.django_db


def folded(text):
    expression = SEARCH_ENGINES[connection.vendor].fold_expression("raw")
    cast = "CAST(%s AS text)" if connection.vendor == "postgresql" else "%s"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {expression} FROM (SELECT {cast} AS raw) given", [text])
        return cursor.fetchone()[0]


def spaced(text):
    return f" {fold_text(text)} "


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Aid for Ṣalāḥ; “Ba‘ath” – 100% <of> it's ><",
        "المُسَاعَدَاتُ الإِنْسَانِيَّةُ، ٢٥٨٥؟",
        "Straße œuvre ﻻ e\u0301 \u200f\ufeff",
        "ΣΊΣΥΦΟΣ Доклад Їжак",
        "🕊️ x→y 中文 İı",
    ],
)
def test_known_texts(text):
    assert folded(text) == spaced(text)


def test_every_letter_that_is_replaced_at_all():
    text = " ".join(f"a{letter}b" for letter in FOLDED_LETTERS)
    assert folded(text) == spaced(text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(
        st.one_of(
            st.sampled_from([*FOLDED_LETTERS, *"abc <> ابت"]),
            st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        ),
        max_size=60,
    )
)
def test_any_text(text):
    assert folded(text) == spaced(text)


def test_a_text_longer_than_any_is_folded_to_a_bound():
    assert folded("Ab " * MAX_BODY_LETTERS) == spaced(("Ab " * MAX_BODY_LETTERS)[:MAX_BODY_LETTERS])

"""Laws of words: one spelling, queries of any kind, and hits that stand where the reader's letters stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.text.letter_folding import FOLDED_LETTERS
from claims.text.search_terms import (
    LONGEST_SEARCH_WORD,
    MAX_SEARCH_TERMS,
    excerpt_around_hit,
    find_hits,
    fold_text,
    highlight_hits,
    parse_search_terms,
    word_spans,
)

LETTERS = st.text(
    st.one_of(
        st.sampled_from("abcABC éÉßøœ'’\"“”-–/.,;؟،« »\u00ad\u200f\n\t0129٣٤"),
        st.sampled_from("المساعداتإنسانيةأآؤئىءـَُِّْٰ"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)
QUERIES = st.one_of(LETTERS, st.text("\"*()-:^{}ANDORNEAR \\'%_", max_size=40))


# One spelling


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Aid to Ṣalāḥ", "aid to salah"),
        ("SÃO Façade Straße Øresund", "sao facade strasse oresund"),
        ("e\u0301te\u0301", "ete"),
        ("Ba‘ath, Qur'an, Sana’a", "baath quran sanaa"),
        ("al-Qaeda/ISIS… “no”!", "al qaeda isis no"),
        ("المُسَاعَدَاتُ الإِنْسَانِيَّةُ", "المساعدات الانسانيه"),
        ("إلى أن آمن ٱلله", "الي ان امن الله"),
        ("مسؤول شيء هيئة", "مسوول شي هييه"),
        ("ســـوريا", "سوريا"),
        ("القرار ٢٥٨٥", "القرار 2585"),
        ("ﺳﻮﺭﻳﺎ ﻻ", "سوريا لا"),
        ("Доклад ООН", "доклад оон"),
        ("  \n\t ", ""),
        ("", ""),
    ],
)
def test_spellings_of_a_word_are_one(text, folded):
    assert fold_text(text) == folded


@given(LETTERS)
def test_folding_twice_is_folding_once(text):
    assert fold_text(fold_text(text)) == fold_text(text)


@given(LETTERS, LETTERS)
def test_texts_side_by_side_fold_as_each_does(one, other):
    assert fold_text(f"{one} {other}") == f"{fold_text(one)} {fold_text(other)}".strip()


def test_no_result_holds_what_is_itself_replaced():
    """Or a database that replaces one letter after the other would get something else."""
    assert not [letter for letter, folded in FOLDED_LETTERS.items() if set(folded) & FOLDED_LETTERS.keys()]
    assert all(len(letter) == 1 for letter in FOLDED_LETTERS)


# What a query asks for


def asked(query):
    return [(term.words, term.exact) for term in parse_search_terms(query)]


def test_a_query_is_words_and_phrases_in_any_quotes():
    assert asked('aid “humanitarian access” «وصول المساعدات» "x" U.N.') == [
        (("aid",), False),
        (("humanitarian", "access"), True),
        (("وصول", "المساعدات"), True),
        (("x",), True),
        (("u", "n"), False),
    ]


@pytest.mark.parametrize(
    "query", ["", " ", '"', "*", "-", "()", "🕊️🇸🇾", "''", '""', "٪", "“ ”", "&|!", "\u0651"]
)
def test_signs_alone_ask_for_nothing(query):
    assert parse_search_terms(query) == []


def test_signs_of_query_languages_are_words_or_nothing():
    assert asked('NEAR( aid* -oil "open') == [
        (("near",), False),
        (("aid",), False),
        (("oil",), False),
        (("open",), False),
    ]


def test_a_word_asked_twice_is_one_and_its_possessive_is_itself():
    assert asked("Assad’s assad ASSAD's") == [(("assad",), False)]


def test_a_long_query_is_cut_to_its_beginning():
    assert len(parse_search_terms(" ".join(map(str, range(100))))) == MAX_SEARCH_TERMS
    (((word,), _),) = asked("x" * 10_000)
    assert len(word) == LONGEST_SEARCH_WORD


@given(QUERIES)
def test_any_query_is_read_and_its_words_are_folded(query):
    for term in parse_search_terms(query):
        assert term.words
        assert [fold_text(word) for word in term.words] == list(term.words)
        assert len(term.forms) == len(term.words)


# Where it stands


def marked(text, query):
    return [piece.text for piece in highlight_hits(text, parse_search_terms(query)) if piece.hit]


@pytest.mark.parametrize(
    ("text", "query", "hit"),
    [
        ("Aid, aided and said", "aid", ["Aid", "aided"]),
        ("An ox at noon", "a n ox", ["ox"]),
        (
            "We increase humanitarian assistance; humanitarian access",
            '"humanitarian access"',
            ["humanitarian", "access"],
        ),
        ("Humanitarian accession", '"humanitarian access"', []),
        ("Humanitarian accession", "humanitarian-access", ["Humanitarian", "accession"]),
        ("the Ṣalāḥ road", "salah", ["Ṣalāḥ"]),
        ("وصلت المُساعدات الإنسانيّة", "مساعدات انسانية", ["المُساعدات", "الإنسانيّة"]),
        ("مساعدات", "والمساعدات", ["مساعدات"]),
        ("للمساعدات وبالمساعدات", "مساعدات", ["للمساعدات"]),
        ("شارع طويل", "بشار", []),
        ("Abu Fulan’s house", "fulan", ["Fulan’s"]),
        ("A sanction was lifted", "sanctions", ["sanction"]),
        ("A sanction was lifted", "“sanctions”", []),
        ("The police's policy, policed", "policies", ["policy"]),
        ("Striking: they strike and struck", "strikes", ["Striking", "strike"]),
        ("Hama is not Hamas", "hamas", ["Hamas"]),
        ("رُفعت العقوبةُ وبعقوبات", "عقوبات", ["العقوبةُ"]),
        ("والعقوبة", "«عقوبات»", []),
        ("القوة لقوات", "القوات", ["القوة", "لقوات"]),
    ],
)
def test_hits_are_whole_words_in_the_letters_of_the_text(text, query, hit):
    assert marked(text, query) == hit


@given(LETTERS, QUERIES)
def test_pieces_put_together_are_the_text(text, query):
    pieces = highlight_hits(text, parse_search_terms(query))
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)


@given(LETTERS)
def test_words_stand_where_they_are_said_to(text):
    found = word_spans(text)
    assert " ".join(span.word for span in found) == fold_text(text)
    for span in found:
        assert fold_text(text[span.start : span.end]) == span.word


@given(LETTERS)
def test_every_word_of_a_text_finds_itself(text):
    for span in word_spans(text):
        for term in parse_search_terms(text[span.start : span.end]):
            if term.words == (span.word,):
                assert (span.start, span.end) in find_hits(text, [term])


def test_an_excerpt_holds_the_first_hit_between_whole_words():
    text = f"{'before ' * 100}the hit {'behind ' * 100}"
    found = excerpt_around_hit(text, parse_search_terms("hit"))
    assert (found.opens, found.closes) == (True, True)
    words = "".join(piece.text for piece in found.pieces)
    assert words.startswith("before")
    assert words.endswith("behind")
    assert 120 < len(words) < 170
    assert [piece.text for piece in found.pieces if piece.hit] == ["hit"]


def test_a_short_text_is_its_own_excerpt():
    found = excerpt_around_hit("(A hit.)", parse_search_terms("hit"))
    assert (found.opens, found.closes) == (False, False)
    assert "".join(piece.text for piece in found.pieces) == "(A hit.)"


@given(LETTERS, QUERIES)
def test_there_is_an_excerpt_where_there_is_a_hit(text, query):
    found, wanted = excerpt_around_hit(text, parse_search_terms(query)), parse_search_terms(query)
    assert (found is None) == (find_hits(text, wanted) == [])
    if found:
        assert any(piece.hit for piece in found.pieces)
        assert "".join(piece.text for piece in found.pieces) in text

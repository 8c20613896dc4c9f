"""Finding claims, statements, evidence and speakers by words: what is found, and in which order."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.models import Claim, Evidence, Speaker, Statement
from claims.search import (
    count_hits_by_kind,
    parse_query,
    rank_records,
    search_records,
    suggest_title_words,
)
from claims.text.search_terms import MAX_SEARCH_TERMS, find_hits, parse_search_terms
from tests.factories import (
    ClaimFactory,
    EvidenceFactory,
    RoleFactory,
    SourceFactory,
    SpeakerFactory,
    StatementFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)


def found(words, model=Claim):
    return set(search_records(model.objects.all(), parse_query(words)))


@pytest.fixture
def claim():
    statement = StatementFactory(
        published=True,
        title="Press availability in Washington",
        speaker=SpeakerFactory(name="Antony Blinken"),
        text="We will expand humanitarian access. 100% of it.",
    )
    return ClaimFactory(
        published=True,
        statement=statement,
        proposition="Aid reaches more people",
        quote="expand humanitarian access",
        criterion="UN figures of al-Hol",
    )


@pytest.mark.parametrize(
    "words",
    [
        "aid", "AID", "reach", "humanitarian access", '"humanitarian access"', "“expand humanitarian access”",
        "blinken", "washington", "blinken aid people", "  aid  ", "al-hol", "figures", "Blinken’s aid", '"aid',
        "aid*", "-aid", "(aid)",
    ],
)  # fmt: skip
def test_a_claim_is_found_by_words_of_itself_its_span_its_statement_or_its_speaker(claim, words):
    assert found(words) == {claim}


@pytest.mark.parametrize(
    "words",
    [
        "oil", "aid oil", "aid AND oil", "100",
        "access humanitarianism", "", " ", "%", "_", "a%d", "\\", "'", '" OR 1', "NEAR(", "*", "-", '"', "🕊️",
        '"access humanitarian"', '"aid reach"', "ai", "x" * 10_000, "title:aid", "'':*", "a & !b", "الإنسانية",
    ],
)  # fmt: skip
def test_every_word_must_be_there_and_signs_mean_themselves_or_nothing(claim, words):
    assert found(words) == set()


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("A sanction", "sanctions"), ("A policy", "policies"), ("Striking out", "strike"), ("They strike", "striking"),
        ("The crisis", "crises"), ("It stopped", "stops"), ("العقوبة رُفعت", "عقوبات"), ("عقوبات جديدة", "العقوبة"),
        ("وللقوات", "القوة"), ("المسؤولون", "مسؤولين"),
    ],
)  # fmt: skip
def test_a_word_is_found_in_its_other_forms_and_a_phrase_is_not(written, asked):
    other = ClaimFactory(published=True, proposition=written)
    assert found(asked) == {other}
    assert found(f'"{asked}"') == set()


WRITTEN = [
    "sanction", "sanctions", "sanctioned", "the", "policy", "policies", "strike", "striking", "police", "hama", "hamas",
    "عقوبة", "العقوبات", "والعقوبة", "قوة",
]  # fmt: skip
ASKED = [*WRITTEN, '"sanctions policy"', "“strike”", "strik", "al-hama", "sanctions'", "لقوات", "pol*"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(WRITTEN), min_size=1, max_size=5),
    st.lists(st.sampled_from(ASKED), min_size=1, max_size=3),
)
def test_a_claim_is_found_if_and_only_if_every_word_is_marked_in_it(claim, written, asked):
    text, words = " ".join(written), " ".join(asked)
    Claim.objects.filter(pk=claim.pk).update(proposition=text)
    assert found(words) == (
        {claim} if all(find_hits(text, [term]) for term in parse_search_terms(words)) else set()
    )


def test_a_claim_is_found_once_however_often_a_word_stands_in_it(claim):
    claim.proposition = "Access is access"
    claim.save()
    assert search_records(Claim.objects.all(), parse_query("access")).count() == 1


def test_only_among_the_rows_asked_about(claim):
    assert not search_records(Claim.objects.exclude(pk=claim.pk), parse_query("aid")).exists()


@pytest.mark.parametrize(
    "words", ["الإنسانية", "الانسانيه", "إنسانيّة", "والإنسانية", "مساعدات انسانية", "المُسَاعَدات"]
)
def test_arabic_is_found_with_and_without_its_marks_hamzas_and_prefixes(words):
    arabic = ClaimFactory(published=True, proposition="المساعدات الإنسانية تصل")
    assert found(words) == {arabic}


def test_a_translation_is_found_as_the_text_is_and_its_translator_is_not(claim):
    claim.translations = {"ar": {"proposition": "تصل المساعدات", "by": "Nadia"}}
    claim.save()
    assert found("مساعدات") == {claim}
    assert found("nadia") == set()


def test_a_whole_page_pasted_in_is_cut_to_its_first_words(claim, django_assert_num_queries):
    words = "aid people reaches more expand humanitarian access press availability in washington antony"
    assert len(words.split()) == MAX_SEARCH_TERMS
    with django_assert_num_queries(2):
        assert found(f"{words} {'nowhere ' * 500}") == {claim}


# The other kinds


def test_statements_evidence_and_speakers_are_found_by_their_texts(claim):
    statement, speaker = claim.statement, claim.statement.speaker
    speaker.about = "A diplomat."
    speaker.save()
    RoleFactory(speaker=speaker, title="Secretary of State")
    statement.original_text, statement.original_language, statement.occasion = "نص", "ar", "A briefing"
    statement.save()
    report = EvidenceFactory(
        published=True,
        summary="Trucks crossed",
        detail="At Bab al-Hawa.",
        source=SourceFactory(name="The Post"),
    )
    for words in ("humanitarian", "نص", "briefing", "blinken", "washington"):
        assert found(words, Statement) == {statement}, words
    for words in ("antony", "diplomat", "secretary state"):
        assert found(words, Speaker) == {speaker}, words
    for words in ("truck", "hawa", "post"):
        assert found(words, Evidence) == {report}, words


def test_a_phrase_stands_within_one_text():
    ClaimFactory(published=True, proposition="Aid is growing", quote="slowly now", criterion="or not")
    assert found('"growing slowly"') == found('"now or"') == set()
    assert found('"slowly now"')


# Order


def in_order(words, model=Claim):
    wanted = parse_query(words)
    rows = search_records(model.objects.all(), wanted) if wanted else model.objects.all()
    return list(rank_records(rows, wanted))


def test_the_phrase_in_the_title_then_its_words_there_then_the_rest_then_the_latest():
    def claim(day, **texts):
        return ClaimFactory(published=True, statement=StatementFactory(published=True, said_on=day), **texts)

    rest_old = claim("2020", proposition="Food", quote="food aid")
    rest_new = claim("2021", proposition="Food", quote="food aid")
    rest_same = claim("2021", proposition="Food", quote="aid and food")
    words = claim("2019", proposition="Aided by food")
    phrase = claim("2018", proposition="The food aid grows")
    assert in_order("food aid") == [phrase, words, rest_new, rest_same, rest_old]
    assert in_order("") == [rest_new, rest_same, rest_old, words, phrase]


def test_the_very_words_come_before_their_other_forms_wherever_they_stand_and_however_late():
    def claim(year, **texts):
        statement = StatementFactory(published=True, title="Remarks", said_on=year)
        return ClaimFactory(published=True, statement=statement, **texts)

    in_text = claim("2018", proposition="Oil", criterion="sanctions")
    bent_in_text = claim("2021", proposition="Oil", criterion="a sanction")
    bent = claim("2020", proposition="A sanction on oil")
    half_bent = claim("2022", proposition="They sanction", criterion="sanctions")
    in_title = claim("2017", proposition="Sanctions on oil")
    assert in_order("sanctions") == [in_title, half_bent, in_text, bent, bent_in_text]


def test_what_else_there_is_moves_nothing():
    claims = [ClaimFactory(published=True, proposition=f"Aid {number}") for number in range(5)]
    before = in_order("aid")
    for number in range(20):
        ClaimFactory(proposition=f"Aid aid aid {number}")
        EvidenceFactory(published=True, summary=f"Aid {number}")
    assert in_order("aid") == before
    assert set(before) == set(claims)


# Counts, and other spellings


def test_counts_are_of_what_readers_know_by_the_day(claim):
    EvidenceFactory(published=True, summary="Aid came", known="2022-01")
    for day, counts in {
        date(2021, 10, 12): (0, 0, 0, 0, 0, 0),
        date(2021, 10, 13): (1, 1, 0, 1, 0, 0),
        date(2022, 1, 30): (1, 1, 0, 1, 0, 0),
        TODAY: (1, 1, 0, 1, 0, 0),
    }.items():
        assert tuple(count_hits_by_kind(parse_search_terms("blinken"), day).values()) == counts
    assert count_hits_by_kind(parse_search_terms("aid"), date(2022, 1, 30))["evidence"] == 0
    assert count_hits_by_kind(parse_search_terms("aid"), date(2022, 1, 31))["evidence"] == 1
    assert sum(count_hits_by_kind(parse_search_terms("?"), TODAY).values()) == 0


def test_known_words_begin_so_and_are_known_by_the_day(claim):
    assert suggest_title_words("Pe", TODAY) == {"people"}
    assert suggest_title_words("an", TODAY) == {"antony"}
    assert suggest_title_words("pe", date(2021, 10, 12)) == set()

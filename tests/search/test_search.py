"""Finding claims by words."""

import pytest

from claims.models import Claim
from claims.search import MOST_WORDS, search
from tests.factories import ClaimFactory, SpeakerFactory, StatementFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    statement = StatementFactory(
        title="Press availability in Washington",
        speaker=SpeakerFactory(name="Antony Blinken"),
        text="We will expand humanitarian access. 100% of it.",
    )
    return ClaimFactory(
        statement=statement, proposition="Aid reaches more people", quote="expand humanitarian access"
    )


@pytest.mark.parametrize(
    "words",
    [
        "aid",
        "AID",
        "reach",
        "humanitarian access",
        "blinken",
        "washington",
        "blinken aid people",
        "  aid  ",
        "",
    ],
)
def test_a_claim_is_found_by_words_of_itself_its_span_its_statement_or_its_speaker(claim, words):
    assert list(search(Claim.objects.all(), words)) == [claim]


@pytest.mark.parametrize(
    "words", ["oil", "aid oil", "access humanitarianism", "%", "_", "a%d", "\\", "'", '" OR 1']
)
def test_every_word_must_be_there_and_signs_mean_themselves(claim, words):
    assert list(search(Claim.objects.all(), words)) == []


def test_a_claim_is_found_once_however_often_a_word_stands_in_it(claim):
    claim.proposition = "Access is access"
    claim.save()
    assert search(Claim.objects.all(), "access e").count() == 1


def test_only_among_the_claims_asked_about(claim):
    assert not search(Claim.objects.published(), "aid").exists()
    assert claim.status == "draft"


def test_arabic_words_are_found(claim):
    arabic = ClaimFactory(proposition="المساعدات الإنسانية تصل")
    assert list(search(Claim.objects.all(), "الإنسانية")) == [arabic]


def test_a_whole_page_pasted_in_is_cut_to_its_first_words(claim, django_assert_num_queries):
    many = "aid " * MOST_WORDS + "nowhere " * 500
    with django_assert_num_queries(1):
        assert list(search(Claim.objects.all(), many)) == [claim]

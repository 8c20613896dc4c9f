"""The verdict's sentence is true in every case, in both languages, and never says a per cent."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given

from claims.domain.dossier import Dossier, Gap, score_dossier
from claims.domain.dossier_inputs import inputs_of_dossier
from claims.domain.evidence_counts import EvidenceCounts, count_evidence
from claims.domain.vocabulary import ClaimKind, Settlement, State
from claims.selectors.localized_wording import verdict_in_words
from claims.selectors.verdict_sentence import evidence_sentence, sentence_of_version, verdict_sentence
from tests.domain.strategies import as_of_days, dossiers, law

SEVEN = EvidenceCounts(against=7, for_=1, publishers=4, of_one_publisher=6)
NONE = EvidenceCounts(0, 0, 0, 0)
EMPTY = score_dossier(Dossier(ClaimKind.FACT), date(2026, 1, 1))
WEAK = replace(
    EMPTY, state=State.MOSTLY_CONTRADICTS, gap=75.0, low=42.4, high=97.3, tentative=True, contradicting=2.0
)
FIRM = replace(WEAK, low=61.0, high=85.0, tentative=False, contradicting=9.0)


FEW = (
    "4 events for, none against, reported by one publisher only. "
    "For a verdict, too few publishers report the stronger side."
)


def of_state(state: State, **figures: float) -> Gap:
    return replace(EMPTY, state=state, **figures)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        (SEVEN, "7 events against, 1 for, reported by 4 publishers."),
        (EvidenceCounts(4, 0, 3, 2), "4 events against, none for, reported by 3 publishers."),
        (EvidenceCounts(0, 3, 3, 2), "3 events for, none against, reported by 3 publishers."),
        (EvidenceCounts(1, 0, 1, 1), "1 event against, none for, reported by one publisher only."),
        (EvidenceCounts(6, 0, 1, 6), "6 events against, none for, reported by one publisher only."),
        (EvidenceCounts(3, 2, 2, 4), "3 events against, 2 for, reported by two publishers only."),
        (EvidenceCounts(1, 0, 4, 0), "1 event against, none for, reported by 4 publishers."),
        (
            EvidenceCounts(2, 1, 3, 3),
            "2 events against, 1 for, reported by 3 publishers, each event by only one.",
        ),
    ],
)
def test_events_on_each_side_and_how_many_publishers_report_them(counts, words):
    assert evidence_sentence(counts) == words


def test_little_evidence_is_named_beside_the_range_that_it_leaves():
    assert str(verdict_sentence(SEVEN, WEAK)) == (
        "7 events against, 1 for, reported by 4 publishers. "
        "Gap 75 of 100; with so little evidence it may lie between 42 and 97."
    )


def test_many_weak_reports_are_not_called_little():
    many = replace(SEVEN, against=12)
    assert "with evidence so weak it may lie between 42 and 97." in str(verdict_sentence(many, WEAK))


@pytest.mark.parametrize("gap", [FIRM, replace(FIRM, tentative=True), replace(FIRM, contradicting=2.0)])
def test_a_firm_verdict_and_much_evidence_are_not_called_little(gap):
    assert verdict_sentence(SEVEN, gap).result == "Gap 75 of 100. It may lie between 61 and 85."


@pytest.mark.parametrize(
    ("counts", "gap", "words"),
    [
        (NONE, of_state(State.NO_EVIDENCE), "No report that we found counts for or against it."),
        (NONE, of_state(State.STALE), "The reports on it are too old to say what is so today."),
        (NONE, of_state(State.UNCHECKABLE), "No evidence can settle it, so it has no verdict and no number."),
        (
            EvidenceCounts(1, 0, 1, 1),
            of_state(State.INSUFFICIENT, contradicting=0.75),
            "1 event against, none for, reported by one publisher only. That weighs too little for a verdict.",
        ),
        (
            EvidenceCounts(0, 4, 1, 4),
            of_state(State.INSUFFICIENT, supporting=2.5),
            FEW,
        ),
        (
            SEVEN,
            of_state(State.STALE, contradicting=0.1),
            "7 events against, 1 for, reported by 4 publishers. Those reports are too old to say what is so today.",
        ),
    ],
)
def test_without_a_verdict_it_says_why_and_no_number(counts, gap, words):
    assert str(verdict_sentence(counts, gap)) == words


def test_how_a_promise_ended_is_told_from_what_the_evidence_gives():
    told = str(verdict_sentence(EvidenceCounts(0, 1, 1, 1), of_state(State.INSUFFICIENT), Settlement.KEPT))
    assert told.endswith("That is too little for a gap; how the promise ended was decided by editors.")
    assert verdict_sentence(SEVEN, WEAK, Settlement.BROKEN) == verdict_sentence(SEVEN, WEAK)


@law
@given(dossiers(), as_of_days)
def test_whatever_the_evidence_it_is_a_sentence_with_the_numbers_of_its_verdict_only(dossier, as_of):
    gap = score_dossier(dossier, as_of)
    told = str(verdict_sentence(count_evidence(dossier, gap), gap))
    assert told.endswith(".")
    assert "%" not in told
    assert " 0 " not in told.partition("Gap")[0]
    assert ("Gap " in told) == (gap.headline is not None)


def test_a_version_says_what_it_said_from_its_own_inputs_and_figures():
    dossier = Dossier(ClaimKind.FACT)
    told = {
        "inputs": inputs_of_dossier(dossier, date(2026, 1, 1)),
        "method": "gap-beta/2.0",
        "state": "no_evidence",
        "gap": None,
    }
    assert str(sentence_of_version(told, date(2026, 1, 1))) == str(verdict_sentence(NONE, EMPTY))


def test_tentative_stands_beside_the_verdict_and_beside_nothing_else():
    assert verdict_in_words(State.MIXED, tentative=True) == "Mixed (tentative)"
    assert verdict_in_words(State.MIXED) == "Mixed"
    assert verdict_in_words(State.INSUFFICIENT, tentative=True) == "Too little evidence"


def test_it_stands_in_the_language_of_the_page():
    with override("ar"):
        told = str(verdict_sentence(SEVEN, WEAK))
    assert told.startswith("7 أحداث ضد الادعاء")
    assert "الفجوة 75 من 100" in told
    assert not any(letter.isascii() and letter.isalpha() for letter in told)


def test_nought_is_a_word_in_arabic_whose_sign_is_easily_overlooked():
    with override("ar"):
        told = str(verdict_sentence(SEVEN, replace(WEAK, low=0.0)))
    assert "بين صفر و97" in told

"""The sentences and phrases that templates take from Python: each case, in both languages, with values escaped."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import override

from claims.domain.evidence_counts import EvidenceCounts
from claims.domain.lens import Lens
from claims.domain.sensitivity import TurningEvidence
from claims.domain.vocabulary import State
from claims.selectors.claim_lists import GapAverage
from claims.templatetags import averages, phrases, sentences
from claims.templatetags.question_tags import mark_differences, mark_span
from claims.text.quotations import SpanContext
from claims.text.text_diff import DiffPiece


def gap_of(**fields: Any) -> Any:
    usual = {
        "gap": 73.1,
        "low": 50.2,
        "high": 88.8,
        "headline": 73.1,
        "tentative": False,
        "state": State.MIXED,
        "as_of": None,
        "mass": 9.0,
    }
    return SimpleNamespace(**usual | fields)


def test_values_are_escaped_and_markup_of_messages_is_kept():
    filled = sentences.fill_message("<b>%(name)s</b> of 5 %%", name="<i>&")
    assert filled == "<b>&lt;i&gt;&amp;</b> of 5 %"
    assert sentences.fill_message("%(name)s", name=SafeString("<bdi>x</bdi>")) == "<bdi>x</bdi>"


def test_braces_in_a_value_are_kept():
    assert sentences.fill_message("%(name)s", name="{0} {name} %(name)s") == "{0} {name} %(name)s"


@pytest.mark.parametrize(
    ("average", "words"),
    [
        (None, "1 statement · 2 reports"),
        (GapAverage(None, 0, 0), "0 claims · 1 statement · 2 reports"),
        (GapAverage(40.0, 1, 0), "1 claim · 1 statement · 2 reports"),
        (GapAverage(40.0, 3, 2), "5 claims · 1 statement · 2 reports · 2 without a verdict"),
        (GapAverage(40.0, 3, 0, 1), "4 claims · 1 statement · 2 reports · 1 that cannot be checked"),
    ],
)
def test_counts_of_the_site(average, words):
    assert averages.site_counts(average, 1, 2) == words


def test_head_of_the_list():
    assert averages.list_lead(2, 5, 1, is_chosen=True) == "2 claims of your choice."
    whole = "1 claim, drawn from 5 statements and compared with 1 report."
    assert averages.list_lead(1, 5, 1, is_chosen=False) == whole


@pytest.mark.parametrize(
    ("average", "words"),
    [
        (None, ""),
        (GapAverage(None, 0, 3), ""),
        (GapAverage(40.4, 1, 0), "The gap is 40, on the one with a verdict."),
        (GapAverage(None, 0, 0, 1), "1 claim cannot be checked."),
        (GapAverage(40.4, 2, 0), "Their mean gap is 40, over the 2 with a verdict."),
        (
            GapAverage(40.4, 2, 1),
            "Their mean gap is 40, over the 2 with a verdict; 1 has no verdict and is left out.",
        ),
    ],
)
def test_average_of_a_list(average, words):
    assert averages.list_average(average) == words


@pytest.mark.parametrize(
    ("average", "words"),
    [
        (None, "There are too many claims to average for another day: choose fewer."),
        (GapAverage(None, 0, 1), "1 claim, without a verdict."),
        (GapAverage(None, 0, 4), "4 claims, none with a verdict."),
        (GapAverage(40.4, 1, 0), "The gap is 40 on the one claim with a verdict."),
        (
            GapAverage(40.4, 1, 0, 2),
            "The gap is 40 on the one claim with a verdict. 2 claims cannot be checked.",
        ),
        (GapAverage(None, 0, 0, 1), "1 claim cannot be checked."),
        (
            GapAverage(40.4, 3, 2),
            "The mean gap over the 3 claims with a verdict is 40; 2 more have no verdict and are left out.",
        ),
    ],
)
def test_average_of_a_subject(average, words):
    assert averages.subject_average(average) == words


COUNTS = EvidenceCounts(against=7, for_=1, publishers=4, of_one_publisher=6)


def test_the_counts_of_the_sentence_are_bold():
    claim: Any = SimpleNamespace(settlement_on=lambda day: None)
    receipt: Any = SimpleNamespace(counts=COUNTS, gap=gap_of())
    assert sentences.marked_verdict_sentence(claim, receipt) == (
        "<b>7 events against, 1 for, reported by 4 publishers.</b> "
        "Gap 73 of 100. It may lie between 50 and 89."
    )


def test_gap_through_a_lens():
    firm, tentative = gap_of(), gap_of(tentative=True)
    assert sentences.lens_gap_sentence(firm) == "It would be <b>73</b>; likely range 50 to 89."
    assert sentences.lens_gap_sentence(tentative).endswith("range 50 to 89: <i>tentative</i>.")


def test_what_a_verdict_needs():
    gap = gap_of(contradicting=0.5, supporting=0.25, publishers_against=1, publishers_for=2)
    words = sentences.shortfall_sentence(COUNTS, gap, {"mass": 1.25, "publishers": 2})
    assert words.endswith(
        "reported by 4 publishers. For a verdict, one side must weigh 1.25 and have strong reports by 2 publishers "
        "without a stake in it. The stronger side weighs 0.50, with such reports by 1 publisher."
    )
    none = gap_of(contradicting=0.5, supporting=0.25, publishers_against=0, publishers_for=2)
    words = sentences.shortfall_sentence(COUNTS, none, {"mass": 1.25, "publishers": 2})
    assert words.endswith("The stronger side weighs 0.50, with no such report.")


@pytest.mark.parametrize("side", ["against", "for"])
def test_what_turns_a_verdict(side):
    assert (
        sentences.turn_sentence(None, side) == f"More reports {side} the claim would not change the verdict."
    )
    one = sentences.turn_sentence(TurningEvidence(1, State.MIXED, "B2"), side)
    assert one.startswith(f"One new report {side} the claim, of another event and by another publisher")
    assert "graded <bdi>B2</bdi>, would" in one
    several = sentences.turn_sentence(TurningEvidence(3, State.MIXED), side)
    assert several.startswith(f"It would take 3 new reports {side} the claim, each of another event")
    assert several.endswith("<b>Mixed</b>.")


def test_text_of_the_bar():
    assert phrases.bar_description(gap_of(), 73.1) == "Gap 73 of 100, likely range 50 to 89"
    assert phrases.bar_description(gap_of(), None) == "Too little evidence for a number"


def test_phrases_of_a_lens():
    assert phrases.lens_result(gap_of()) == "with your settings: 73"
    assert phrases.lens_result(gap_of(headline=None)) == "with your settings there is no verdict"
    assert phrases.source_toggle(Lens(without=("monitor",)), "monitor") == "Count this source again"
    assert phrases.source_toggle(Lens(), "monitor") == "Recalculate without this source"


def test_sentences_stand_in_the_language_of_the_page():
    with override("ar"):
        for words in (
            averages.site_counts(None, 1, 3),
            averages.subject_average(GapAverage(40.0, 2, 3)),
            sentences.lens_gap_sentence(gap_of()),
            sentences.turn_sentence(TurningEvidence(3, State.MIXED), "for"),
            phrases.lens_result(gap_of()),
        ):
            assert any("\u0621" <= letter <= "\u064a" for letter in words), words
            assert "claims" not in words


def test_marked_texts_are_escaped():
    pieces = [DiffPiece(False, "a < b "), DiffPiece(True, "<script>")]
    assert mark_differences(pieces, "ins") == "a &lt; b <ins>&lt;script&gt;</ins>"
    assert mark_differences([], "del", empty="—") == "—"
    assert mark_span(SpanContext("a ", "<b>", " c", True, False)) == (
        '… a <mark data-read-out="marked">&lt;b&gt;</mark> c'
    )
    assert mark_span(SpanContext("a", "", "", False, True)) == "a …"


def test_text_of_a_stacked_bar():
    parts = [SimpleNamespace(n=2, state=State.MIXED), SimpleNamespace(n=1, state=State.STALE)]
    stack: Any = SimpleNamespace(parts=parts)
    assert phrases.counts_by_state(stack).startswith("2 Mixed · 1 ")
    assert phrases.counts_by_state(None) == "no claim"


def test_title_of_the_timeline():
    each = "When it was said, and when each report that bears on it became known."
    assert phrases.timeline_title("", is_cut=False) == each
    assert phrases.timeline_title("", is_cut=True) == f"{each} Of the latest claims only."
    assert phrases.timeline_title("year", is_cut=False).startswith("Counted by year")

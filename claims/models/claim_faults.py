"""What is wrong with a claim as it stands in a form, a file or a proposal: one rule for all, field by field."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from django.utils.translation import get_language_info, gettext

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import ClaimKind
from claims.text.pasted_spans import Parting, find_parting
from claims.text.spans import misquoted_piece
from claims.text.word_counts import MAX_ANSWER_WORDS, count_words

if TYPE_CHECKING:
    from .claim import Claim
    from .statement import Statement

Fault = tuple[str, str]  # a field, and what is wrong with it in words
SETTLEMENT = ("settled_as", "settled_on", "settlement")


def claim_faults(claim: "Claim", statement: "Statement | None") -> dict[str, str]:
    """The first fault of each field."""
    faults: dict[str, str] = {}
    for field, words in _all_faults(claim, statement):
        faults.setdefault(field, words)
    return faults


def _all_faults(claim: "Claim", statement: "Statement | None") -> Iterator[Fault]:
    if statement:
        yield from _faults_of_words(claim, statement)
    yield from _faults_of_time(claim, statement)
    yield from _faults_of_settlement(claim)
    yield from _faults_of_answer(claim)
    if objection := _objection_to_repeats(claim, statement):
        yield "repeats", objection
    if claim.is_published and not (claim.quote and (claim.criterion or claim.is_uncheckable)):
        yield "criterion", gettext("A published claim keeps its span and how it is tested.")


def _faults_of_words(claim: "Claim", statement: "Statement") -> Iterator[Fault]:
    if claim.quote and not statement.holds(claim.quote):
        yield "quote", _objection_to_span(claim.quote, statement)
    if claim.is_published and claim.words_changed and claim.lacks_negation:
        yield "governing_words", gettext("A published denial keeps the words that govern its span.")
    if not claim.governing_words:
        return
    if piece := misquoted_piece(claim.governing_words, statement.texts):
        yield (
            "governing_words",
            gettext(
                "“%(piece)s” does not stand in the statement after the words before it. Copy each piece letter for "
                "letter, in whole words, and mark with … what you leave out."
            )
            % {"piece": piece},
        )
    if claim.quote not in claim.governing_words:
        yield "governing_words", gettext("The span has to stand in it, letter for letter.")


def _objection_to_span(span: str, statement: "Statement") -> str:
    words = gettext("These words do not stand in the statement. Copy the span from it, letter for letter.")
    parting = find_parting(span, statement.texts)
    return f"{words} {_where_they_part(parting)}" if parting else words


def _where_they_part(parting: Parting) -> str:
    if not parting.is_after:
        sentence = gettext("Before “%(common)s”, the span has “%(of_span)s” and the statement “%(of_text)s”.")
    elif parting.of_text:
        sentence = gettext("After “%(common)s”, the span has “%(of_span)s” and the statement “%(of_text)s”.")
    else:
        sentence = gettext("After “%(common)s”, the span has “%(of_span)s”, and the statement ends.")
    return sentence % asdict(parting)


def _faults_of_time(claim: "Claim", statement: "Statement | None") -> Iterator[Fault]:
    end, said_on = claim.valid_until, statement and statement.said_on
    if isinstance(end, PartialDate) and isinstance(said_on, PartialDate) and end.last < said_on.first:
        yield "valid_until", gettext("This is before the words were said.")


def _faults_of_settlement(claim: "Claim") -> Iterator[Fault]:
    if claim.settled_on and claim.kind != ClaimKind.COMMITMENT:
        yield (
            "settled_on",
            gettext("Only a commitment is settled. Choose the kind “commitment” or empty the day."),
        )
    missing = [name for name in SETTLEMENT if not getattr(claim, name)]
    if missing == ["settled_as"] and claim.was_settled_without_outcome:
        missing = []
    for name in missing if len(missing) < len(SETTLEMENT) else ():
        yield name, gettext("A settlement has an outcome, a day and a reason: give all three or none.")
    if claim.is_uncheckable and claim.settled_on:
        yield "uncheckable_reason", gettext("What was settled could be checked. Empty one of the two.")


def _faults_of_answer(claim: "Claim") -> Iterator[Fault]:
    if claim.is_published and claim.had_answer and not claim.answer:
        yield "answer", gettext("A published claim keeps its answer.")
    answers = {"": claim.answer}
    answers |= {
        language: str(texts.get("answer", ""))
        for language, texts in dict(claim.translations).items()
        if isinstance(texts, dict)
    }
    for language, answer in answers.items():
        if (n := count_words(answer)) > MAX_ANSWER_WORDS:
            words = gettext("At most %(most)d words; these are %(n)d.") % {"most": MAX_ANSWER_WORDS, "n": n}
            name = get_language_info(language)["name_translated"] if language else ""
            yield "answer", f"{name}: {words}" if name else words


def _objection_to_repeats(claim: "Claim", statement: "Statement | None") -> str:
    """Why it cannot say that claim again; empty if it can, or says none."""
    earlier, said_on = claim.repeats, statement and statement.said_on
    if earlier is None:
        return ""
    if earlier is claim or (claim.pk is not None and earlier.pk == claim.pk):
        return gettext("A claim does not say itself again. Choose an earlier one.")
    if isinstance(said_on, PartialDate) and earlier.statement.said_on.first > said_on.last:
        return gettext("That claim was said later. Say there that it says this one again.")
    if claim._state.adding is False and earlier.repeats_down_to(claim.pk):
        return gettext(
            "That claim says this one again already, at once or by others: one of them came first."
        )
    if claim.is_published and earlier.published_at is None:
        return gettext("Readers have never seen that claim. Publish it first.")
    return ""

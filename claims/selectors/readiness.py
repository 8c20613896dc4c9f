"""What a record lacks before it can be published. Each message says what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from django.utils.translation import gettext as _

from claims.domain.vocabulary import ClaimKind, Side, Status
from claims.models import About, Claim, Evidence, Reply, Statement
from claims.text.word_counts import MAX_ANSWER_WORDS, count_words


@dataclass(frozen=True)
class ReadinessItem:
    """A requirement of a record. `field` is the form field or inline that fulfils it."""

    label: str
    done: bool
    sentence: str
    field: str = ""


def readiness_items(record: About | Claim | Evidence | Reply | Statement) -> list[ReadinessItem]:
    """The checklist of a record: requirements that are fulfilled and that are not."""
    match record:
        case Claim():
            return list(_claim_items(record))
        case Evidence():
            return list(_evidence_items(record))
        case Statement():
            return list(_statement_items(record))
        case Reply():
            return list(_reply_items(record))
        case About():
            return list(_about_items(record))
        case _:
            assert_never(record)


def _claim_items(claim: Claim) -> Iterator[ReadinessItem]:
    statement = claim.statement
    yield ReadinessItem(_("the words and their span"), bool(claim.quote) and not statement.words_lost_of(claim),
               _("Copy the span of the statement that carries the claim."), "quote")  # fmt: skip
    if claim.kind == ClaimKind.DENIAL:
        yield ReadinessItem(
            _("a quotation that denies something"),
            not claim.lacks_negation,
            _(
                "The span by itself denies nothing. Give it with the words that govern it: “not”, “never”, “without”."
            ),
            "governing_words",
        )
    yield ReadinessItem(_("its statement is published"), statement.status == Status.PUBLISHED,
               _("Publish its statement first."), "statement")  # fmt: skip
    if claim.is_uncheckable:
        yield ReadinessItem(
            _("why it cannot be checked"), True, _("Write why it cannot be checked."), "uncheckable_reason"
        )
    else:
        yield ReadinessItem(_("how this is tested"), bool(claim.criterion),
                   _("Write how this is tested."), "criterion")  # fmt: skip
    yield ReadinessItem(
        _("what happened"),
        0 < count_words(claim.answer) <= MAX_ANSWER_WORDS,
        _("Write what happened, in at most %(most)d words of plain prose.") % {"most": MAX_ANSWER_WORDS},
        "answer",
    )
    if claim.repeats:
        yield ReadinessItem(
            _("the claim that it says again has been published"),
            claim.repeats.published_at is not None,
            _("Publish the claim that it says again first."),
            "repeats",
        )
    yield from _search_items(claim)


def _search_items(claim: Claim) -> Iterator[ReadinessItem]:
    """A requirement for each side: one documented search, whatever it found.

    The score cannot see what nobody looked for.
    """
    noted = {note.side for note in claim.search_notes.all()}
    yield ReadinessItem(_("a search for support"), Side.SUPPORTING in noted,
               _("Note a search for supporting evidence, found or not."), "search_notes")  # fmt: skip
    yield ReadinessItem(_("a search against"), Side.CONTRADICTING in noted,
               _("Note a search for contradicting evidence, found or not."), "search_notes")  # fmt: skip


def _evidence_items(evidence: Evidence) -> Iterator[ReadinessItem]:
    yield ReadinessItem(_("a credibility grade"), evidence.credibility is not None,
               _("Grade the credibility of the report."), "credibility")  # fmt: skip
    yield ReadinessItem(
        _("where it was reported"), bool(evidence.source_id), _("Choose its source."), "source"
    )
    yield ReadinessItem(
        _("where it can be read"),
        evidence.is_findable,
        _("Give its web address, or say where else it can be read, or why neither can be given."),
        "url",
    )


def _statement_items(statement: Statement) -> Iterator[ReadinessItem]:
    yield ReadinessItem(_("the words"), bool(statement.text), _("Enter the words."), "text")
    yield ReadinessItem(
        _("where they were reported"),
        bool(statement.source_id),
        _("Choose the source of the words."),
        "source",
    )


def _reply_items(reply: Reply) -> Iterator[ReadinessItem]:
    claim = reply.claim
    yield ReadinessItem(
        _("its claim is published"),
        claim.status == Status.PUBLISHED and claim.statement.status == Status.PUBLISHED,
        _("An answer stands on the page of its claim: publish the claim first."),
        "claim",
    )
    yield ReadinessItem(
        _("where the answer can be read, or how it was given"),
        any(text.strip() for text in (reply.url, reply.reference)),
        _("Give its web address, or say how it was given."),
        "url",
    )


def _about_items(about: About) -> Iterator[ReadinessItem]:
    yield ReadinessItem(_("the text"), bool(about.text.strip()), _("Write the text."), "text")

"""Saves for the kill tests, each marked with a unique word, and the check that each was stored completely or not at
all.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count

from claims.actions import (
    CorrectionNotice,
    accept_proposal,
    batch_rescoring,
    grade_links,
    pending_proposal,
    publish_record,
    save,
    submit_for_review,
    take_back_proposal,
)
from claims.domain.vocabulary import CorrectionKind
from claims.ledger.verification import ledger_faults
from claims.models import (
    Claim,
    DeskStep,
    Entry,
    Evidence,
    EvidenceLink,
    Proposal,
    Rating,
    SearchNote,
    Statement,
    Topic,
)
from tests.actions.desk import contradicted
from tests.factories import NOW, TopicFactory, UserFactory

NOTICE = CorrectionNotice(CorrectionKind.CORRECTION, "We looked again.")
MARK = "save-"  # begins every word


@dataclass
class Editors:
    """Two editors, with their own records and those that all editors share."""

    writer: User
    publisher: User
    claim: Claim
    shared: Claim
    link: EvidenceLink
    topic: Topic


def desks(number: int) -> list[Editors]:
    shared, topic = contradicted(), TopicFactory()
    link = shared.links.first()
    return [
        Editors(UserFactory(editor=True), UserFactory(publisher=True), contradicted(), shared, link, topic)
        for _ in range(number)
    ]


# What they do --------------------------------------------------------------------------------------------------------


def enter_words(editors: Editors, word: str) -> None:
    """Save a statement with two claims at once, as a page of the desk does."""
    known = editors.shared.statement
    words = Statement(
        title=word, speaker=known.speaker, said_on="2021-10-13", source=known.source, text=f"We said {word}."
    )
    with batch_rescoring(now=NOW), transaction.atomic():
        save(words, by=editors.writer, now=NOW)
        for n in range(2):
            claim = Claim(statement=words, proposition=f"{word} {n}", kind="fact", quote=word)
            save(claim, by=editors.writer, now=NOW, many={"topics": [editors.topic]})


def grade_link(editors: Editors, word: str) -> None:
    own = Rating.objects.filter(link=editors.link, rater=editors.writer).first()
    stance = -1 if own and own.stance == -2 else -2
    grade_links({editors.link: stance}, by=editors.writer, now=NOW, reason=word, notice=NOTICE)


def publish_report(editors: Editors, word: str) -> None:
    source = editors.shared.statement.source
    report = Evidence(
        summary=word, known="2021-10-20", source=source, credibility=2, url=f"https://reports.example/{word}"
    )
    save(report, by=editors.writer, now=NOW)
    submit_for_review(report, by=editors.writer, now=NOW)
    publish_record(report, by=editors.publisher, now=NOW, reason=word)


def revise_claim(editors: Editors, word: str) -> None:
    if left := pending_proposal(editors.claim):  # by whoever was stopped in the middle
        take_back_proposal(left, by=editors.writer, now=NOW)
    claim = Claim.objects.get(pk=editors.claim.pk)
    claim.criterion = word
    save(claim, by=editors.writer, now=NOW, reason=word)
    accept_proposal(
        Proposal.objects.get(revisions__claim=claim, outcome="pending"), by=editors.publisher, now=NOW
    )


def note_search(editors: Editors, word: str) -> None:
    note = SearchNote(
        claim=editors.shared, side="supporting", sought=word, where=word, outcome="x", searched_on=NOW.date()
    )
    save(note, by=editors.writer, now=NOW, reason=word)


def edit_speaker(editors: Editors, word: str) -> None:
    speaker = editors.shared.statement.speaker
    speaker.about = word
    save(speaker, by=editors.writer, now=NOW, reason=word)


ACTS: dict[str, Callable[[Editors, str], None]] = {
    "statement": enter_words,
    "link": grade_link,
    "evidence": publish_report,
    "claim": revise_claim,
    "search": note_search,
    "speaker": edit_speaker,
}
CARRIED_BY = {"evidence": "summary", "claim": "criterion", "search": "where", "speaker": "about"}
PUBLIC_ACTS = ("link", "claim", "search", "speaker")  # of what readers see; each has one entry of its kind


# What must be found --------------------------------------------------------------------------------------------------


def wrong(acknowledged: Iterable[tuple[str, str]], topics: int = 2) -> list[str]:
    """What is wrong in the database, given the acknowledged acts and words.

    Two claims have two `topics` in total; the page of a statement has no field for topics.
    """
    return [*_lost(list(acknowledged)), *_halved(topics), *(f"ledger: {fault}" for fault in ledger_faults())]


def _lost(acknowledged: list[tuple[str, str]]) -> Iterator[str]:
    told, entered = (
        told_of(),
        Counter(Statement.objects.filter(title__startswith=MARK).values_list("title", flat=True)),
    )
    for act, word in acknowledged:
        times = entered[word] if act == "statement" else told[act, word]
        if times != 1:
            yield f"{act} {word}: acknowledged, and there {times} times"


def told_of() -> Counter[tuple[str, str]]:
    """How often the ledger contains each kind with each word, as a reason or in a column."""
    rows = Entry.objects.values_list("kind", "content").iterator(2000)
    return Counter((kind, _word(kind, json.loads(content))) for kind, content in rows)


def _word(kind: str, told: dict[str, Any]) -> str:
    carried = kind not in CARRIED_BY or told["record"].get(CARRIED_BY[kind]) == told["reason"]
    return told["reason"] if carried else ""


def _halved(topics: int) -> Iterator[str]:
    """Saves that were stored in part."""
    rows = Statement.objects.filter(title__startswith=MARK)
    for row in rows.annotate(
        n=Count("claims", distinct=True), m=Count("claims__topics"), g=Count("claims__gap")
    ):
        if (row.n, row.m, row.g) != (2, topics, 2) or row.text != f"We said {row.title}.":
            yield f"statement {row.title}: half of it is there"
    for model in (Statement, Claim, Evidence):
        yield from _unlike_their_steps(model)
    yield from _grades_unlike_their_entries()


def _unlike_their_steps(model: type[Statement | Claim | Evidence]) -> Iterator[str]:
    name = str(model._meta.model_name)
    steps = DeskStep.objects.filter(kind=name, step="write").values_list("record_id", flat=True)
    title = {"statement": "title", "claim": "proposition", "evidence": "summary"}[name]
    rows = model._base_manager.filter(**{f"{title}__startswith": MARK}).values_list("pk", flat=True)
    for key in Counter(steps) - Counter(rows):
        yield f"{name} {key}: a step without its row"
    for key in Counter(rows) - Counter(steps):
        yield f"{name} {key}: a row without its step"


def _grades_unlike_their_entries() -> Iterator[str]:
    steps = Counter(DeskStep.objects.filter(step="grade").values_list("reason", flat=True))
    told = {
        word: times for (kind, word), times in told_of().items() if kind == "link" and word.startswith(MARK)
    }
    for word in steps.keys() | told.keys():
        if steps[word] != told.get(word):
            yield f"grade {word}: {steps[word]} steps, {told.get(word)} entries"

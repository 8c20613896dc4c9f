"""The change ledger as readers see it: its head on a day, the entries until then, and each as a line.

What is not public now is not told, though its entry keeps its place in the chain: of a withdrawn record readers see
that it was withdrawn, and why.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Max, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from claims.domain.vocabulary import State, Status
from claims.models import Correction, Entry, EvidenceLink, SearchNote, Snapshot, Suppression
from claims.models.translated import page_language
from claims.selectors.as_of_days import end_of_day
from claims.selectors.claim_lists import AsOfDay

from .openings import PAGES, Ref, visible_refs
from .public_forms import KINDS
from .verification import SUPPRESSION

TITLES = {"claim": "proposition", "statement": "title", "evidence": "summary"}  # the others have a name
TOLD_KINDS = (*KINDS, SUPPRESSION)


@dataclass(frozen=True)
class LedgerScore:
    """What the site said of a claim from then on, and before; None where there was no verdict, so no number."""

    state: State
    number: float | None
    before: State | None = None
    number_before: float | None = None


@dataclass(frozen=True)
class LedgerLine:
    """An entry in few words. `told` is its content, None while its record is not public."""

    entry: Entry
    told: dict[str, Any] | None
    title: str
    address: str
    other: str = ""  # the title of the report that a link ties to the claim
    score: LedgerScore | None = None

    @property
    def kind(self) -> str:
        return kind_in_words(self.entry.kind)

    @property
    def reason(self) -> str:
        """As it was given; a notice is its own reason, and may be translated."""
        if self.told is None:
            return ""
        reason, record = self.told["reason"], self.told["record"] or {}
        return (
            localized_form_text(record, "what_was_wrong")
            if record.get("what_was_wrong") == reason
            else reason
        )


def kind_in_words(kind: str) -> str:
    model = Suppression if kind == SUPPRESSION else KINDS[kind]
    own = {"link": _("graded report"), "snapshot": _("score")}  # what the desk calls a link and a snapshot
    return own.get(kind) or str(model._meta.verbose_name)


# The head, and what it closes ----------------------------------------------------------------------------------------


def ledger_head_on(day: AsOfDay) -> Entry | None:
    """The last entry; of a day in the past, the last that was made until its end."""
    rows = Entry.objects.defer("content", "nonce")
    if not day.asked:
        return rows.order_by("-number").first()
    return rows.filter(at__lt=end_of_day(day.date)).order_by("-at", "-number").first()


def format_head(head: Entry | None) -> str | None:
    """A head as one keeps it, to prove later that nothing before it was rewritten."""
    return f"{head.number}:{head.hash}" if head else None


def entries_up_to(head: Entry | None) -> QuerySet[Entry]:
    return Entry.objects.filter(number__lte=head.number) if head else Entry.objects.none()


def parse_record_ref(text: str) -> Ref | None:
    """`claim:its-address` as its two parts; None for what names no record."""
    kind, _colon, subject = text.partition(":")
    return (kind, subject) if kind in TOLD_KINDS and subject else None


def has_entries(ref: Ref, head: Entry | None) -> bool:
    return entries_up_to(head).filter(kind=ref[0], subject=ref[1]).exists()


def history_query(kind: str, slug: str, day: AsOfDay) -> str:
    """What `?record=` asks for to see a record's history; empty if the ledger did not tell of it by the day."""
    told = Entry.objects.filter(kind=kind, subject=slug)
    if day.asked:
        told = told.filter(at__lt=end_of_day(day.date))
    return f"{kind}:{slug}" if told.exists() else ""


def history_condition(ref: Ref) -> Q:
    """The entries of a record and of what hangs on it: a claim's scores, links, searches and corrections."""
    kind, subject = ref
    found = Q(kind=kind, subject=subject)
    if kind == "claim":
        number = Cast("number", CharField())
        scores = Snapshot.objects.filter(claim__slug=subject).annotate(
            name=Concat("claim__slug", Value("@"), number)
        )
        notes = SearchNote.objects.filter(claim__slug=subject).annotate(name=_search_note_subject())
        found |= Q(kind="snapshot", subject__in=scores.order_by().values("name"))
        found |= Q(kind="search", subject__in=notes.order_by().values("name"))
    if kind in ("claim", "evidence"):
        links = EvidenceLink.objects.filter(**{f"{kind}__slug": subject}).annotate(name=_link_subject())
        found |= Q(kind="link", subject__in=links.order_by().values("name"))
    if kind in ("claim", "statement", "evidence"):
        notices = Correction.objects.filter(**{f"{kind}__slug": subject})
        found |= Q(kind="correction", subject__in=notices.order_by().values("slug"))
    return found


def _link_subject() -> Concat:
    return Concat("claim__slug", Value("/"), "evidence__slug", output_field=CharField())


def snapshot_subject() -> Concat:
    return Concat("claim__slug", Value("@"), Cast("number", CharField()), output_field=CharField())


def _search_note_subject() -> Concat:
    day, bar = Cast("searched_on", CharField()), Value("/")
    return Concat("claim__slug", bar, "side", bar, day, bar, "where", output_field=CharField())


# Lines ---------------------------------------------------------------------------------------------------------------


def refs_of_entry(entry: Entry) -> list[Ref]:
    """The records that have to be public for the entry's content to be, the one to link to first."""
    match entry.kind:
        case "link":
            claim, _bar, evidence = entry.subject.partition("/")
            return [("claim", claim), ("evidence", evidence)]
        case "search":
            return [("claim", entry.subject.partition("/")[0])]
        case "snapshot":
            return [("claim", entry.subject.rpartition("@")[0])]
        case "correction":
            record = entry.told["record"] or {}
            return [(kind, record[kind]) for kind in TITLES if record.get(kind)]
        case "suppression":
            return []
    return [(entry.kind, entry.subject)]


def is_about_removal(entry: Entry) -> bool:
    """Whether it tells that a record went, which stays public: a withdrawal, or a suppression."""
    record = entry.told["record"]
    return entry.kind == SUPPRESSION or record is None or record.get("status") == Status.WITHDRAWN


def ledger_lines(entries: Sequence[Entry], day: AsOfDay, head: Entry) -> list[LedgerLine]:
    """In a fixed number of queries, however many entries there are."""
    refs = {ref for entry in entries for ref in refs_of_entry(entry)}
    public = visible_refs(refs, day.date)
    titles = _titles_in_ledger(public, head)
    before = _scores_before([entry for entry in entries if entry.kind == "snapshot"], head)
    return [_ledger_line(entry, public, titles, before) for entry in entries]


def _ledger_line(
    entry: Entry, public: set[Ref], titles: dict[Ref, str], before: dict[str, dict[str, Any]]
) -> LedgerLine:
    refs = refs_of_entry(entry)
    shown = public.issuperset(refs)
    told = entry.told if shown or is_about_removal(entry) else None
    ref = refs[0] if refs and shown else None
    title = titles.get(ref, ref[1]) if ref else ""
    address = reverse(ref[0], args=[ref[1]]) if ref and ref[0] in PAGES else ""
    score = (
        ledger_score(told["record"], before.get(entry.subject)) if told and entry.kind == "snapshot" else None
    )
    other = titles.get(refs[1], "") if ref and len(refs) > 1 else ""
    return LedgerLine(entry, told, title, address, other, score)


def _titles_in_ledger(refs: Iterable[Ref], head: Entry) -> dict[Ref, str]:
    """As the ledger last called each record, so that a past day's page says what it said then."""
    found = {}
    for entry in last_entries_of(refs, head):
        record = entry.told["record"] or {}
        if title := localized_form_text(record, TITLES.get(entry.kind, "name")):
            found[entry.kind, entry.subject] = title
    return found


def localized_form_text(form: dict[str, Any], field: str) -> str:
    """A text of a public form in the language of the page, if the form has it so."""
    return str(form.get("translations", {}).get(page_language(), {}).get(field) or form.get(field) or "")


def last_entries_of(refs: Iterable[Ref], head: Entry) -> QuerySet[Entry]:
    """The last entry of each record until the head."""
    refs = set(refs)
    newest = (
        entries_up_to(head)
        .filter(kind__in={kind for kind, _ in refs}, subject__in={subject for _, subject in refs})
        .order_by()
        .values("kind", "subject")
        .annotate(newest=Max("number"))
    )
    return Entry.objects.filter(number__in=[row["newest"] for row in newest])


# Scores --------------------------------------------------------------------------------------------------------------


def ledger_score(record: dict[str, Any], before: dict[str, Any] | None) -> LedgerScore:
    state, number = _state_and_headline(record)
    return LedgerScore(state, number, *(_state_and_headline(before) if before else ()))


def _state_and_headline(record: dict[str, Any]) -> tuple[State, float | None]:
    state = State(record["state"])
    return state, record["gap"] if state.sufficient else None


def previous_snapshot_subject(subject: str) -> str:
    """The snapshot before a snapshot."""
    claim, _at, number = subject.rpartition("@")
    return f"{claim}@{int(number) - 1}"


def _scores_before(entries: Iterable[Entry], head: Entry) -> dict[str, dict[str, Any]]:
    wanted = {previous_snapshot_subject(entry.subject): entry.subject for entry in entries}
    subjects = [*wanted, ""]  # asked also where there is none, so that a page always costs the same
    rows = entries_up_to(head).filter(kind="snapshot", subject__in=subjects).values_list("subject", "content")
    return {wanted[subject]: json.loads(content)["record"] for subject, content in rows}

"""The ledger for readers: its head on a day, the entries up to it, and each entry as a line.

The content of a record that is not public now is hidden, but its entry keeps its number. Of a withdrawn record,
readers see that it was withdrawn, and why.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.vocabulary import State, Status
from claims.domain.workflow import PublishingCheck
from claims.models import Entry, Suppression
from claims.models.translated import page_language
from claims.records.page_visibility import visible_refs
from claims.records.record_kind import Ref
from claims.records.registry import RECORD_KINDS
from claims.selectors.as_of_days import end_of_day
from claims.selectors.claim_lists import AsOfDay

from .accounts import ACCOUNTS
from .signatures import SIGNATURES
from .verification import SUPPRESSION

TOLD_KINDS = (*RECORD_KINDS, SUPPRESSION, SIGNATURES, ACCOUNTS)


@dataclass(frozen=True)
class LedgerScore:
    """A claim's state and gap from an entry on, and before it. The gap is None without a verdict."""

    state: State
    number: float | None
    before: State | None = None
    number_before: float | None = None


@dataclass(frozen=True)
class LedgerLine:
    """An entry in a few words. `told` is its content, None while its record is not public."""

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
    def accounts_title(self) -> str:
        """What an entry about accounts is about; empty for any other entry."""
        record = (self.told and self.told["record"]) or {}
        if self.entry.kind == ACCOUNTS:
            return _accounts_of_records(record.get("held", 0))
        return _new_public_names(record.get("renamed", 0)) if self.entry.kind == SIGNATURES else ""

    @property
    def reason(self) -> str:
        """The reason of the change.

        For a notice it is the notice's text, in the language of the page if translated.
        """
        if self.told is None:
            return ""
        reason, record = self.told["reason"], self.told["record"] or {}
        if reason and self.accounts_title:  # the software wrote it
            return _(reason)
        return (
            localized_form_text(record, "what_was_wrong")
            if record.get("what_was_wrong") == reason
            else reason
        )

    @property
    def by_one_person(self) -> bool:
        """Whether the entry tells of what went public without a second person."""
        return bool(((self.told and self.told["record"]) or {}).get("by_one_person"))

    @property
    def checks(self) -> list[PublishingCheck]:
        """What the publisher said they had checked. An entry from a later release may hold other words."""
        return checks_in_content(self.told or {})


def _accounts_of_records(n: int) -> str:
    return ngettext("accounts behind %(n)s public record", "accounts behind %(n)s public records", n) % {
        "n": n
    }


def _new_public_names(n: int) -> str:
    return ngettext("a new public name for %(n)s account", "new public names for %(n)s accounts", n) % {
        "n": n
    }


def checks_in_content(told: dict[str, Any]) -> list[PublishingCheck]:
    known = {check.value: check for check in PublishingCheck}
    return [known[value] for value in told.get("checks", []) if value in known]


def kind_in_words(kind: str) -> str:
    if kind == SUPPRESSION:
        return str(Suppression._meta.verbose_name)
    return RECORD_KINDS[kind].label


# The head, and what it closes ----------------------------------------------------------------------------------------


def ledger_head_on(day: AsOfDay) -> Entry | None:
    """The last entry; for a past day, the last one made by the end of that day."""
    rows = Entry.objects.defer("content", "nonce")
    if not day.asked:
        return rows.order_by("-number").first()
    return rows.filter(at__lt=end_of_day(day.date)).order_by("-at", "-number").first()


def format_head(head: Entry | None) -> str | None:
    """The head as NUMBER:HASH, for keeping elsewhere. It later proves that no earlier entry was rewritten."""
    return f"{head.number}:{head.hash}" if head else None


def entries_up_to(head: Entry | None) -> QuerySet[Entry]:
    return Entry.objects.filter(number__lte=head.number) if head else Entry.objects.none()


def parse_record_ref(text: str) -> Ref | None:
    """The kind and the slug in `claim:its-slug`; None if the text names no record."""
    kind, _colon, subject = text.partition(":")
    return (kind, subject) if kind in TOLD_KINDS and subject else None


def has_entries(ref: Ref, head: Entry | None) -> bool:
    return entries_up_to(head).filter(kind=ref[0], subject=ref[1]).exists()


def history_query(kind: str, slug: str, day: AsOfDay) -> str:
    """The value of `?record=` for a record's history; empty if the ledger had no entry of it by the day."""
    told = Entry.objects.filter(kind=kind, subject=slug)
    if day.asked:
        told = told.filter(at__lt=end_of_day(day.date))
    return f"{kind}:{slug}" if told.exists() else ""


def history_condition(ref: Ref) -> Q:
    """The condition for the entries of a record and of its parts: a claim's scores, links, searches and corrections."""
    kind, subject = ref
    found = Q(kind=kind, subject=subject)
    for other in RECORD_KINDS.values():
        if kind in other.history_stands_with:
            rows = other.model._base_manager.filter(**{f"{kind}__slug": subject})
            subjects = rows.annotate(name=other.subject_expression()).order_by().values("name")
            found |= Q(kind=other.name, subject__in=subjects)
    return found


# Lines ---------------------------------------------------------------------------------------------------------------


def refs_of_entry(entry: Entry) -> list[Ref]:
    """The records that must be public for the entry's content to be public. The first one is the one to link to."""
    kind = RECORD_KINDS.get(entry.kind)
    return kind.refs_in(entry) if kind else []


def is_about_removal(entry: Entry) -> bool:
    """Whether the entry removes a record (withdrawal or suppression). Such entries stay public."""
    record = entry.told["record"]
    return entry.kind == SUPPRESSION or record is None or record.get("status") == Status.WITHDRAWN


def ledger_lines(entries: Sequence[Entry], day: AsOfDay, head: Entry) -> list[LedgerLine]:
    """The entries as lines, in a fixed number of queries."""
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
    address = reverse(ref[0], args=[ref[1]]) if ref and RECORD_KINDS[ref[0]].has_page else ""
    score = (
        ledger_score(told["record"], before.get(entry.subject)) if told and entry.kind == "snapshot" else None
    )
    other = titles.get(refs[1], "") if ref and len(refs) > 1 else ""
    return LedgerLine(entry, told, title, address, other, score)


def _titles_in_ledger(refs: Iterable[Ref], head: Entry) -> dict[Ref, str]:
    """The title of each record as the ledger had it at the head, so that a past day's page shows the title of that
    day.
    """
    found = {}
    for entry in last_entries_of(refs, head):
        record = entry.told["record"] or {}
        if title := localized_form_text(record, RECORD_KINDS[entry.kind].title_field):
            found[entry.kind, entry.subject] = title
    return found


def localized_form_text(form: dict[str, Any], field: str) -> str:
    """A text of a public form in the language of the page if the form has a translation, otherwise the original."""
    return str(form.get("translations", {}).get(page_language(), {}).get(field) or form.get(field) or "")


def last_entries_of(refs: Iterable[Ref], head: Entry) -> QuerySet[Entry]:
    """The last entry of each record up to the head."""
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
    """The subject of the snapshot before this one."""
    claim, _at, number = subject.rpartition("@")
    return f"{claim}@{int(number) - 1}"


def _scores_before(entries: Iterable[Entry], head: Entry) -> dict[str, dict[str, Any]]:
    wanted = {previous_snapshot_subject(entry.subject): entry.subject for entry in entries}
    subjects = [*wanted, ""]  # also without subjects, so that the number of queries is fixed
    rows = entries_up_to(head).filter(kind="snapshot", subject__in=subjects).values_list("subject", "content")
    return {wanted[subject]: json.loads(content)["record"] for subject, content in rows}

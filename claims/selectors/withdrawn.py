"""Withdrawn records: what was withdrawn, when and why. Pages, feeds and data answer 410 with this.

What a record said is read from the ledger, as readers last saw it: the row may be a draft again by now. A record from
which a text was suppressed is not named: what is left would tell what was taken out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from claims.domain.dates import PartialDate
from claims.domain.hash_chain import commitment_hash
from claims.domain.vocabulary import Status
from claims.ledger.entries import entries_up_to, ledger_head_on
from claims.ledger.versions import VersionRef, rebuild_record
from claims.models import Claim, Entry, Evidence, Source, Speaker, Statement
from claims.selectors.as_of_days import AsOfDay
from claims.selectors.localized_wording import partial_date_in_words

Withdrawable = Claim | Evidence | Statement


@dataclass(frozen=True)
class Withdrawal:
    """What readers are told at the address of a withdrawn record, or of a claim whose statement was withdrawn."""

    kind: str  # of the record at the address
    withdrawn_kind: str
    slug: str
    at: datetime
    reason: str
    record: Withdrawable | None = None  # as readers last saw it; None if it is not named
    version: VersionRef | None = None  # the version that was asked for

    @property
    def author(self) -> Speaker | Source | None:
        """Who said it, or who published the report."""
        match self.record:
            case Claim():
                return self.record.statement.speaker
            case Statement():
                return self.record.speaker
            case Evidence():
                return self.record.source
        return None

    @property
    def said_on(self) -> PartialDate | None:
        match self.record:
            case Claim():
                return self.record.statement.said_on
            case Statement():
                return self.record.said_on
        return None

    @property
    def sentence(self) -> str:
        """That it was withdrawn, and on which day."""
        day = {"day": partial_date_in_words(self.at)}
        if self.record is None:
            return _("What stood here was withdrawn on %(day)s.") % day
        if self.kind != self.withdrawn_kind:
            return _("The statement that this claim was taken from was withdrawn on %(day)s.") % day
        words = {
            "claim": _("This claim was withdrawn on %(day)s."),
            "statement": _("This statement was withdrawn on %(day)s."),
            "evidence": _("This report was withdrawn on %(day)s."),
        }
        return words[self.kind] % day

    @property
    def name(self) -> str:
        """Who said what, as plain text; empty if it is not named."""
        if self.record is None or self.author is None:
            return ""
        return _("%(speaker)s: %(claim)s") % {
            "speaker": self.author.isolated(),
            "claim": self.record.isolated(),
        }

    @property
    def title(self) -> str:
        if self.record is None:
            return _("Withdrawn")
        return _("Withdrawn: %(name)s") % {"name": self.record.called}

    @property
    def explanation(self) -> str:
        return _("%(sentence)s Reason: %(reason)s") % {"sentence": self.sentence, "reason": self.reason}

    def is_about_later_day(self, day: AsOfDay) -> bool:
        """Whether the requested day is before the withdrawal."""
        return day.asked and day.date < timezone.localdate(self.at)


def find_withdrawal(
    model: type[Withdrawable], slug: str, day: AsOfDay, number: int | None = None
) -> Withdrawal | None:
    """The withdrawal of a record that readers once saw, and its version `number` if one is asked for.

    None if there is no such record or version, or if its words had not been said by the day.
    """
    row = model._base_manager.filter(slug=slug).first()
    withdrawn = _withdrawn_row(row)
    if row is None or withdrawn is None or withdrawn.withdrawn_at is None:
        return None
    found = Withdrawal(
        _kind_of(row), _kind_of(withdrawn), slug, withdrawn.withdrawn_at, withdrawn.withdrawal_reason
    )
    if number is not None:
        version = _version_by_day(slug, number, day)
        if version is None:
            return None
        found = replace(found, version=version)
    record = _record_as_seen(found)
    if record is None:
        return replace(found, version=None)
    return None if _first_day(record) > day.date else replace(found, record=record)


def withdrawal_as_data(withdrawal: Withdrawal) -> dict[str, Any]:
    """What was withdrawn, since when (ISO 8601) and why. What is not named is left out."""
    since = {
        "withdrawn": withdrawal.at.isoformat(),
        "withdrawn_kind": withdrawal.withdrawn_kind,
        "reason": withdrawal.reason,
    }
    if withdrawal.record is None or withdrawal.author is None:
        return since
    author = {"id": withdrawal.author.slug, "name": withdrawal.author.called}
    role = "source" if withdrawal.kind == "evidence" else "speaker"
    return {"kind": withdrawal.kind, "text": withdrawal.record.called, role: author, **since}


def _withdrawn_row(record: Withdrawable | None) -> Withdrawable | None:
    """The record, or the statement of a claim, if it was withdrawn and is not public again."""
    if isinstance(record, Claim) and record.status == Status.PUBLISHED:
        record = record.statement
    return None if record is None or record.status == Status.PUBLISHED else record


def _kind_of(record: Withdrawable) -> str:
    return str(record._meta.model_name)


def _first_day(record: Withdrawable) -> date:
    """The day from which readers of past days may know of it."""
    match record:
        case Evidence():
            return record.known.last
        case Statement():
            return record.said_on.last
        case Claim():
            return record.statement.said_on.last


def _version_by_day(slug: str, number: int, day: AsOfDay) -> VersionRef | None:
    entries = entries_up_to(ledger_head_on(day))
    entry = entries.filter(kind="snapshot", subject=f"{slug}@{number}").first()
    return VersionRef(entry) if entry else None


# What the ledger told of it -------------------------------------------------------------------------------------------

OWNERS = {"claim": "statement", "statement": "speaker", "evidence": "source"}  # who said or published it


def _record_as_seen(withdrawal: Withdrawal) -> Withdrawable | None:
    until = withdrawal.version.entry.number if withdrawal.version else None
    found: Withdrawable | None = _record_with_owners(withdrawal.kind, withdrawal.slug, until)
    return found


def _record_with_owners(kind: str, slug: str, until: int | None) -> Any:
    """A record with its statement and speaker, or with its source.

    None if the ledger does not tell of all of them, or if a text was suppressed in one of them.
    """
    entry = _last_public_entry(kind, slug, until)
    if entry is None or _is_emptied(entry):
        return None
    form = entry.told["record"]
    record = rebuild_record(kind, form)
    if owner := OWNERS.get(kind):
        other = _record_with_owners(owner, form[owner], until)
        if other is None:
            return None
        setattr(record, owner, other)
    return record


def _last_public_entry(kind: str, slug: str, until: int | None) -> Entry | None:
    """The last entry with what readers saw, up to the number; if there is none, the first one after it, because what
    is loaded outside the desk is scored before it is entered.
    """
    entries = Entry.objects.filter(kind=kind, subject=slug)
    if until is None:
        return _first_public(entries.order_by("-number").iterator(20))
    before = entries.filter(number__lte=until).order_by("-number").iterator(20)
    after = entries.filter(number__gt=until).order_by("number").iterator(20)
    return _first_public(before) or _first_public(after)


def _first_public(entries: Iterable[Entry]) -> Entry | None:
    for entry in entries:
        form = entry.told["record"]
        if form is not None and form.get("status", Status.PUBLISHED) == Status.PUBLISHED:
            return entry
    return None


def _is_emptied(entry: Entry) -> bool:
    """Whether a suppression took text out of the entry."""
    return commitment_hash(entry.nonce, entry.content) != entry.digest

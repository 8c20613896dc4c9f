"""Errors of the site that were corrected, each once: the notices of one day, kind and wording are about one error."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import ngettext

from claims.domain.vocabulary import Act
from claims.models import Claim, Correction, Entry, Evidence, Statement
from claims.records.record_kind import RecordKind
from claims.records.registry import KINDS_BY_MODEL
from claims.text.text_diff import ComparedTexts, compare_texts

SHOWN: Final = 10  # records of one error; the others are counted
LONGEST: Final = 400  # letters; of a longer text the entry of the ledger shows what changed
SAME_ERROR: Final = ("corrected_on", "kind", "what_was_wrong")

ErrorKey = tuple[Any, ...]


@dataclass(frozen=True)
class TextChange:
    """An official text before and after a correction."""

    entry: Entry
    before: str
    after: str

    @property
    def is_long(self) -> bool:
        return max(len(self.before), len(self.after)) > LONGEST

    @property
    def parts(self) -> ComparedTexts:
        return compare_texts(self.before, self.after)


@dataclass(frozen=True)
class CorrectedRecord:
    """A record in which the error was. The notice says what it changed, or the texts do."""

    notice: Correction
    shows_effect: bool
    texts: list[TextChange]

    @property
    def record(self) -> Claim | Statement | Evidence:
        return self.notice.record


@dataclass(frozen=True)
class CorrectedError:
    records: list[CorrectedRecord]
    total: int

    @property
    def first(self) -> Correction:
        """The notice that was entered first: its words and its address stand for the error."""
        return self.records[0].notice

    @property
    def others(self) -> int:
        """The number of records that are not named."""
        return self.total - len(self.records)


def others_in_words(count: int) -> str:
    """“and 2 others”"""
    return ngettext("and %(n)d other", "and %(n)d others", count) % {"n": count}


def corrected_errors_on(day: date) -> QuerySet[Any, Any]:
    """The errors that readers see on a day as dictionaries, the newest first. `load_errors` reads a page of them."""
    notices = Correction.objects.public_on(day).order_by()
    return (
        notices.values(*SAME_ERROR)
        .annotate(first=Min("pk"), total=Count("pk"))
        .order_by("-corrected_on", "-first")
    )


def load_errors(found: Iterable[dict[str, Any]], day: date) -> list[CorrectedError]:
    """The errors with their records, in a fixed number of queries."""
    of_error: dict[ErrorKey, list[Correction]] = defaultdict(list)
    for notice in _notices_of_errors(found, day):
        of_error[_error_key(notice)].append(notice)
    texts = _text_changes([notice for notices in of_error.values() for notice in notices])
    return [
        CorrectedError(_corrected_records(notices, texts), error["total"])
        for error in found
        if (notices := of_error[tuple(error[name] for name in SAME_ERROR)])
    ]


def _error_key(notice: Correction) -> ErrorKey:
    return tuple(getattr(notice, name) for name in SAME_ERROR)


def _notices_of_errors(found: Iterable[dict[str, Any]], day: date) -> QuerySet[Correction]:
    """The first notices of each error, in the order in which they were entered."""
    place = Window(RowNumber(), partition_by=[F(name) for name in SAME_ERROR], order_by="pk")
    chosen = {f"{name}__in": {error[name] for error in found} for name in SAME_ERROR}
    keys = Correction.objects.public_on(day).order_by().filter(**chosen).annotate(place=place)
    shown = keys.filter(place__lte=SHOWN).values_list("pk", flat=True)
    return (
        Correction.objects.filter(pk__in=list(shown))
        .select_related("claim", "statement", "evidence")
        .order_by("pk")
    )


def _corrected_records(
    notices: Iterable[Correction], texts: dict[str, list[TextChange]]
) -> list[CorrectedRecord]:
    """What changed in a claim is not told again of the report in which the error was."""
    notices = list(notices)
    is_told_of_claims = any(notice.claim_id and notice.effect for notice in notices)
    return [
        CorrectedRecord(
            notice,
            shows_effect=bool(notice.effect and (notice.claim_id or not is_told_of_claims)),
            texts=[] if notice.effect else texts.get(notice.slug, []),
        )
        for notice in notices
    ]


# Texts before and after, from the ledger ------------------------------------------------------------------------------


def _text_changes(notices: Iterable[Correction]) -> dict[str, list[TextChange]]:
    """The official texts that were revised together with each notice, by the slug of the notice."""
    of_slug = {notice.slug: notice for notice in notices if not notice.effect}
    entered = Entry.objects.filter(kind="correction", subject__in=of_slug, act=Act.CORRECT)
    notice_of = {
        (_kind_of(of_slug[slug]).name, of_slug[slug].record.slug, at): of_slug[slug]
        for slug, at in entered.order_by("number").values_list("subject", "at")
    }
    revisions = _revisions(notice_of)
    earlier = Entry.objects.in_bulk([entry.number_before for entry in revisions])  # type: ignore[attr-defined]
    found: dict[str, list[TextChange]] = {}
    for entry in revisions:
        notice = notice_of.get((entry.kind, entry.subject, entry.at))
        before = earlier.get(entry.number_before)  # type: ignore[attr-defined]
        if notice and before:
            found[notice.slug] = list(_changed_texts(_kind_of(notice), before, entry))
    return found


def _revisions(of: Iterable[tuple[str, str, datetime]]) -> list[Entry]:
    """The entries that revised the records at the times, each with the number of the record's entry before it."""
    keys = list(of)
    kinds, subjects, times = ({key[at] for key in keys} for at in range(3))
    before = Entry.objects.filter(
        kind=OuterRef("kind"), subject=OuterRef("subject"), number__lt=OuterRef("number")
    )
    last = Subquery(before.order_by("-number").values("number")[:1])
    revised = Entry.objects.filter(kind__in=kinds, subject__in=subjects, at__in=times, act=Act.REVISE)
    return list(revised.order_by("number").annotate(number_before=last))


def _changed_texts(kind: RecordKind, before: Entry, after: Entry) -> Iterator[TextChange]:
    old, new = before.told["record"] or {}, after.told["record"] or {}
    for name in sorted(kind.official_words):
        if old.get(name, "") != new.get(name, ""):
            yield TextChange(after, old.get(name, ""), new.get(name, ""))


def _kind_of(notice: Correction) -> RecordKind:
    return KINDS_BY_MODEL[type(notice.record)]

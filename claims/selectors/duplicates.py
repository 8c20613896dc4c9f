"""Records that may be one entered twice: reports of the same address, words or occasion, and namesakes."""

from collections import defaultdict
from collections.abc import Collection, Container, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.report_address import canonical_address
from claims.domain.vocabulary import Status
from claims.domain.workflow import TwinGround
from claims.models import Evidence, EvidenceLink, Source, Speaker
from claims.text.search_terms import fold_text

IdentityKey = tuple[TwinGround, Hashable]
REPORT_COLUMNS = (
    "pk", "summary", "url", "event", "known", "source_id", "relays_id", "place_id", "exact_place_id",
)  # fmt: skip


@dataclass(frozen=True)
class Twin:
    """A record that may be the same as another, and in what they agree."""

    record: Any
    grounds: tuple[TwinGround, ...]

    @property
    def grounds_in_words(self) -> str:
        return _(", ").join(_(ground.label) for ground in self.grounds)


def find_twins(record: Evidence | Source | Speaker) -> list[Twin]:
    """The stored records that may be the same as this one, stored or not."""
    own = set(_identity_keys(record))
    if not own:
        return []
    others = _rows_of(type(record)).exclude(pk=record.pk)
    agreeing = {row.pk: own & set(_identity_keys(row)) for row in others.iterator()}
    return _build_twins(type(record), {key: keys for key, keys in agreeing.items() if keys})


def twin_pairs(model: type[Any], among: Container[int]) -> list[tuple[Any, Twin]]:
    """Each of the rows, or of those that they may repeat, beside the first row that it may be the same as."""
    first: dict[IdentityKey, int] = {}
    agreeing: dict[tuple[int, int], set[IdentityKey]] = defaultdict(set)
    for row in _rows_of(model).order_by("pk").iterator():
        for key in _identity_keys(row):
            earlier = first.setdefault(key, row.pk)
            if earlier != row.pk and (row.pk in among or earlier in among):
                agreeing[row.pk, earlier].add(key)
    found = model.objects.in_bulk({key for pair in agreeing for key in pair})
    return [(found[row], Twin(found[earlier], _grounds(keys))) for (row, earlier), keys in agreeing.items()]


def double_counted(link: EvidenceLink) -> list[Twin]:
    """The reports on the link's claim that its report may repeat, unless an editor has said that they differ."""
    if link.distinct_reason.strip():
        return []
    own = set(_identity_keys(link.evidence))
    told_apart = EvidenceLink.objects.filter(claim=link.claim_id).exclude(distinct_reason="")
    others = (
        _rows_of(Evidence)
        .filter(links__claim=link.claim_id)
        .exclude(pk=link.evidence_id)
        .exclude(pk__in=told_apart.values("evidence"))
    )
    agreeing = {row.pk: own & set(_identity_keys(row)) for row in others}
    return _build_twins(Evidence, {key: keys for key, keys in agreeing.items() if keys})


def _rows_of(model: type[Any]) -> Any:
    if model is Evidence:
        return Evidence.objects.exclude(status=Status.WITHDRAWN).order_by().only(*REPORT_COLUMNS)
    return model.objects.order_by().only("pk", "name", "translations")


def _build_twins(model: type[Any], agreeing: dict[int, set[IdentityKey]]) -> list[Twin]:
    found = model.objects.in_bulk(agreeing)
    return [Twin(found[key], _grounds(keys)) for key, keys in sorted(agreeing.items())]


def _grounds(keys: Collection[IdentityKey]) -> tuple[TwinGround, ...]:
    held = {ground for ground, _value in keys}
    return tuple(ground for ground in TwinGround if ground in held)


def _identity_keys(record: Evidence | Source | Speaker) -> Iterator[IdentityKey]:
    """What two records agree in if they may be the same."""
    if isinstance(record, Evidence):
        yield from _report_keys(record)
        return
    names = [record.name, *(texts.get("name", "") for texts in record.translations.values())]
    yield from ((TwinGround.NAME, folded) for name in names if (folded := fold_text(name)))


def _report_keys(report: Evidence) -> Iterator[IdentityKey]:
    if address := canonical_address(report.url):
        yield TwinGround.ADDRESS, address
    if words := fold_text(report.summary):
        yield TwinGround.WORDS, words
    day = report.event or report.known
    place = report.exact_place_id or report.place_id
    publisher = report.relays_id or report.source_id
    if publisher and place and isinstance(day, PartialDate) and day.precision is DatePrecision.DAY:
        yield TwinGround.OCCASION, (publisher, day.first, place)

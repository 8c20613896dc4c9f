"""Records that may be one entered twice: reports of the same address, words or occasion, and namesakes."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import attrgetter, or_
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.domain.dates import DatePrecision, PartialDate
from claims.domain.vocabulary import Status
from claims.domain.workflow import TwinGround
from claims.models import Evidence, EvidenceLink, Source, Speaker
from claims.models.evidence import OCCASION
from claims.text.search_terms import fold_text

IdentityKey = tuple[TwinGround, Any]  # what two records agree in, as a value that can be compared
REPORT_COLUMNS = (
    "pk", "address_key", "words_key", "event", "known", "source_id", "relays_id", "place_id", "exact_place_id",
)  # fmt: skip
BATCH = 100  # reports whose twins one query looks for


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
    agreeing = {
        row.pk: shared
        for row in _rows_with_a_key(type(record), own)
        if row.pk != record.pk and (shared := own & set(_identity_keys(row)))
    }
    return _build_twins(type(record), agreeing)


def twin_pairs(model: type[Any], among: Collection[int]) -> list[tuple[Any, Twin]]:
    """Each of the rows, or of those that they may repeat, beside the first row that it may be the same as."""
    agreeing: dict[tuple[int, int], set[IdentityKey]] = defaultdict(set)
    for keys in _keys_in_batches(model, among):
        first: dict[IdentityKey, int] = {}
        for row in sorted(_rows_with_a_key(model, keys), key=attrgetter("pk")):
            for key in keys & set(_identity_keys(row)):
                earlier = first.setdefault(key, row.pk)
                if earlier != row.pk and (row.pk in among or earlier in among):
                    agreeing[row.pk, earlier].add(key)
    found = model.objects.in_bulk({key for pair in agreeing for key in pair})
    return [
        (found[row], Twin(found[earlier], _grounds(keys)))
        for (row, earlier), keys in sorted(agreeing.items())
    ]


def double_counted(link: EvidenceLink) -> list[Twin]:
    """The reports on the link's claim that its report may repeat, unless an editor has said that they differ."""
    if link.distinct_reason.strip():
        return []
    twins = find_twins(link.evidence)
    counted = EvidenceLink.objects.filter(claim=link.claim_id, distinct_reason="")
    on_claim = set(
        counted.filter(evidence__in=[twin.record.pk for twin in twins]).values_list("evidence", flat=True)
    )
    return [twin for twin in twins if twin.record.pk in on_claim]


def double_counts_among(keys: Collection[int], loaded: Container[int]) -> dict[int, Twin]:
    """By link, the report on its claim that its report may repeat; of two loaded links, the later one repeats.

    `keys` are some of the `loaded` links. As in `double_counted`, an editor's reason on either of the two ends it.
    """
    found = EvidenceLink.objects.filter(pk__in=keys).values_list("claim", "evidence")
    claims, reports = ({pair[n] for pair in found} for n in (0, 1))
    first: dict[tuple[int, IdentityKey], EvidenceLink] = {}
    agreeing: dict[int, tuple[Evidence, set[IdentityKey]]] = {}
    for held in _keys_in_batches(Evidence, reports):
        for link in _links_of_reports_with_a_key(claims, held):
            for key in held & set(_identity_keys(link.evidence)):
                earlier = first.setdefault((link.claim_id, key), link)
                if earlier != link:
                    repeat, other = (link, earlier) if link.pk in loaded else (earlier, link)
                    agreeing.setdefault(repeat.pk, (other.evidence, set()))[1].add(key)
    return {key: Twin(agreeing[key][0], _grounds(agreeing[key][1])) for key in keys if key in agreeing}


def double_count_words(twin: Twin) -> str:
    """Why a link is refused whose report may be one that is linked to the claim already."""
    return _(
        "This report may be “%(twin)s”, which is linked to the claim already: %(grounds)s. If it is another report, "
        "say why."
    ) % {"twin": twin.record, "grounds": twin.grounds_in_words}


def _keys_in_batches(model: type[Any], among: Collection[int]) -> Iterator[set[IdentityKey]]:
    """The keys of the rows, no key twice."""
    told: set[IdentityKey] = set()
    ordered = sorted(among)
    for at in range(0, len(ordered), BATCH):
        rows = _rows_of(model).filter(pk__in=ordered[at : at + BATCH])
        keys = {key for row in rows for key in _identity_keys(row)} - told
        told |= keys
        yield keys


def _rows_with_a_key(model: type[Any], keys: Collection[IdentityKey]) -> list[Any]:
    """The rows that hold one of the keys. Of names all are read: there are few, and each has several spellings."""
    if not keys:
        return []
    if model is not Evidence:
        return [row for row in _rows_of(model).iterator() if not set(keys).isdisjoint(_identity_keys(row))]
    found = {row.pk: row for held in _held_conditions(keys) for row in _rows_of(Evidence).filter(held)}
    return list(found.values())


def _links_of_reports_with_a_key(
    claims: Collection[int], keys: Collection[IdentityKey]
) -> list[EvidenceLink]:
    """The links on the claims that count such a report, in the order in which they were made."""
    reports = [report.pk for report in _rows_with_a_key(Evidence, keys)]
    links = EvidenceLink.objects.filter(claim__in=claims, evidence__in=reports, distinct_reason="")
    return list(links.select_related("evidence").order_by("pk"))


def _held_conditions(keys: Collection[IdentityKey]) -> Iterator[Q]:
    """A condition for each ground of the keys. Each is answered by an index of its own."""
    values = {ground: [value for own, value in keys if own is ground] for ground in {own for own, _ in keys}}
    for ground, held in values.items():
        match ground:
            case TwinGround.ADDRESS:
                yield Q(address_key__in=held)
            case TwinGround.WORDS:
                yield Q(words_key__in=held)
            case TwinGround.OCCASION:
                yield reduce(or_, (Q(**dict(zip(OCCASION, each, strict=True))) for each in held))


def _rows_of(model: type[Any]) -> Any:
    if model is Evidence:
        reports = Evidence.objects.exclude(status=Status.WITHDRAWN).order_by()
        return reports.alias(**OCCASION).only(*REPORT_COLUMNS)
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
    if report.address_key:
        yield TwinGround.ADDRESS, report.address_key
    if report.words_key:
        yield TwinGround.WORDS, report.words_key
    day = report.event or report.known
    place = report.exact_place_id or report.place_id
    publisher = report.relays_id or report.source_id
    if publisher and place and isinstance(day, PartialDate) and day.precision is DatePrecision.DAY:
        yield TwinGround.OCCASION, (day, publisher, place)

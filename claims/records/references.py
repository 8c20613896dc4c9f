"""Kinds that are public while something public refers to them: sources, speakers, topics, places, origins."""

from collections.abc import Callable, Collection, Iterable
from datetime import date
from typing import Any, ClassVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from claims.domain.vocabulary import Status
from claims.models import Claim, Evidence, Origin, Place, Role, Source, SourceGrade, Speaker, Statement, Topic
from claims.models.base import DescendantKeys

from .record_kind import Part, RecordKind


class ReferenceKind(RecordKind):
    is_reference = True
    references: ClassVar[tuple[tuple[type[Any], str], ...]]  # what refers to it, and by which field

    def ledger_rows(self) -> QuerySet[Any]:
        return self._referred_by(lambda model: model._base_manager.filter(status=Status.PUBLISHED))

    def visible_rows(self, day: date) -> QuerySet[Any]:
        return self._referred_by(lambda model: model.objects.visible_on(day))

    def _referred_by(self, rows_of: Callable[[type[Any]], QuerySet[Any]]) -> QuerySet[Any]:
        found = Q()
        for model, field in self.references:  # each asked by itself, so that it has its index
            found |= Q(Exists(rows_of(model).filter(**self._refers_to_outer(field))))
        return self.model._base_manager.filter(found)

    def _refers_to_outer(self, field: str) -> dict[str, Any]:
        return {field: OuterRef("pk")}


class NestedKind(ReferenceKind):
    """A reference that may lie within another of its kind, which then is public with it."""

    def with_ancestors(self, keys: Iterable[int]) -> set[int]:
        return self.model.objects.ancestor_keys(keys)

    def _refers_to_outer(self, field: str) -> dict[str, Any]:
        return {f"{field}__in": DescendantKeys(OuterRef("pk"), self.model)}

    def touched_rows(self, record: Any, columns: Collection[str] | None = None) -> dict[str, set[int]]:
        return {self.name: self.with_ancestors({record.pk})}


class SourceKind(ReferenceKind):
    name = "source"
    model = Source
    original_columns = frozenset({"kind", "name", "reliability", "reliability_reason", "slug", "url"})
    has_page = True
    references = ((Evidence, "source"), (Evidence, "relays"), (Statement, "source"))
    parts = (
        Part(
            SourceGrade, "source", "earlier_grades", ("end",), ("reliability", "scope", "reason", "start", "end"),
            claims_paths=(
                "links__evidence__source__earlier_grades", "links__evidence__relays__earlier_grades",
            ), is_later=True,
        ),
    )  # fmt: skip
    keeps_earlier_grades = True
    claims_paths = ("links__evidence__source", "links__evidence__relays")
    is_revised = True
    decision_permission = "publish_evidence"
    merge_permission = "publish_evidence"
    private_revised = ("institution",)


class SpeakerKind(ReferenceKind):
    name = "speaker"
    model = Speaker
    original_columns = frozenset({"about", "name", "nature", "slug", "standing", "url"})
    has_page = True
    references = ((Statement, "speaker"), (Evidence, "quotes"))
    parts = (
        Part(
            Role, "speaker", "roles", ("title", F("start").asc(nulls_first=True)), ("title", "start", "end"),
        ),
    )  # fmt: skip
    merge_permission = "publish_statement"
    changes_with_reason = True


class TopicKind(NestedKind):
    name = "topic"
    model = Topic
    original_columns = frozenset({"about", "name", "parent", "slug"})
    has_page = True
    references = ((Claim, "topics"),)
    changes_with_reason = True


class PlaceKind(NestedKind):
    name = "place"
    model = Place
    original_columns = frozenset({"kind", "latitude", "longitude", "name", "parent", "slug"})
    has_page = True
    references = ((Evidence, "place"), (Statement, "place"), (Claim, "places"))
    changes_with_reason = True


class OriginKind(ReferenceKind):
    name = "origin"
    model = Origin
    original_columns = frozenset({"kind", "name", "slug"})
    references = ((Evidence, "origin"),)
    claims_paths = ("links__evidence__origin",)
    changes_with_reason = True

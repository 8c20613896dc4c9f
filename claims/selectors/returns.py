"""What was sent back to its writer: by whom, when and why."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from claims.domain.vocabulary import Status, Step
from claims.models import DeskStep

NEVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class RecordReturn:
    """Who sent a record back, when and why. `companions` of its dossier were sent back with it."""

    by: str
    at: datetime
    reason: str
    companions: int = 0


def return_step_of(kind: str) -> QuerySet[DeskStep, Any]:
    """The key of the last step that sent a record of the kind back, for a query of such records.

    What was published after that, and then withdrawn, was not sent back.
    """
    steps = DeskStep.objects.filter(step=Step.RETURN, undone_at=None, kind=kind, record_id=OuterRef("pk"))
    newer = steps.filter(at__gt=Coalesce(OuterRef("withdrawn_at"), Value(NEVER)))
    return newer.order_by("-pk").values("pk")[:1]


def latest_return(records: Iterable[Any]) -> RecordReturn | None:
    """Who sent back one or more of the records last, and why. None if no draft among them was sent back."""
    drafts = {(str(each._meta.model_name), each.pk): each for each in records if each.status == Status.DRAFT}
    kinds = {kind for kind, _key in drafts}
    of_drafts = (
        Q(kind=kind, record_id__in=[key for named, key in drafts if named == kind]) for kind in kinds
    )
    steps = DeskStep.objects.filter(reduce(or_, of_drafts, Q(pk__in=[])), step=Step.RETURN, undone_at=None)
    for step in steps.select_related("by").order_by("-pk"):
        if step.at > (drafts[step.kind, step.record_id].withdrawn_at or NEVER):
            return _read_return(step)
    return None


def returns_by_step(steps: Collection[int]) -> dict[int, RecordReturn]:
    """What the steps say, by their keys."""
    found = DeskStep.objects.filter(pk__in=steps).select_related("by")
    return {step.pk: _read_return(step) for step in found}


def _read_return(step: DeskStep) -> RecordReturn:
    return RecordReturn(str(step.by), step.at, step.reason)

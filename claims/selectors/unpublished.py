"""Records that readers do not see yet, and for whom each of them waits on the desk."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import User
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When

from claims.domain.vocabulary import Status, Step
from claims.models import About, Claim, DeskStep, Evidence, Reply, Statement
from claims.selectors.untranslated import read_rows

PUBLISHABLE_KINDS: Final = {
    str(model._meta.model_name): model for model in (Statement, Evidence, Claim, Reply, About)
}
READ_AT_ONCE = 1000  # most records that are divided into blocks


class UnpublishedRow(NamedTuple):
    """A draft or a record in review: what decides for whom it waits."""

    kind: str
    key: int
    status: str
    is_own: bool
    is_returned: bool
    waits_since: Any

    @property
    def block(self) -> str:
        """The block of the first page that lists it."""
        if self.status == Status.IN_REVIEW:
            return "own_in_review" if self.is_own else f"review_{self.kind}"
        if not self.is_own:
            return "unclaimed"
        return "returned" if self.is_returned else "drafts"


@dataclass(frozen=True)
class BlockRows:
    """The first rows of a block, and how many there are in all."""

    rows: list[Any]
    count: int


def unpublished_by_block(user: User, shown: int) -> dict[str, BlockRows]:
    """What waits unpublished, by block, in one query and one for each kind that is shown.

    Drafts of other editors are theirs, so they are left out; drafts of nobody, or of somebody who has left, are not.
    """
    first, *others = (_unpublished_of_kind(name, user) for name in PUBLISHABLE_KINDS)
    found = first.union(*others, all=True).order_by("since", "pk")[:READ_AT_ONCE]
    blocks: dict[str, list[UnpublishedRow]] = defaultdict(list)
    for values in found:
        row = UnpublishedRow(*values)
        blocks[row.block].append(row)
    keys = {block: [(row.kind, row.key) for row in rows[:shown]] for block, rows in blocks.items()}
    wanted = [key for block in keys.values() for key in block]
    records = dict(zip(wanted, read_rows(wanted), strict=True))
    return {
        block: BlockRows([records[key] for key in keys[block]], len(rows)) for block, rows in blocks.items()
    }


def _unpublished_of_kind(name: str, user: User) -> QuerySet[Any, Any]:
    """The drafts of the user and of nobody, and all that is in review."""
    model = PUBLISHABLE_KINDS[name]
    draft, in_review = Q(status=Status.DRAFT), Q(status=Status.IN_REVIEW)
    wrote = Q(created_by=user) | Q(changed_by=user) | Q(submitted_by=user)
    is_own = Case(When(draft, then=Q(created_by=user)), default=wrote, output_field=BooleanField())
    returned = DeskStep.objects.filter(step=Step.RETURN, undone_at=None, kind=name, record_id=OuterRef("pk"))
    return (
        model._base_manager.filter(in_review | (draft & (Q(created_by=user) | entered_by_nobody())))
        .order_by()
        .annotate(
            of_kind=Value(name),
            own=is_own,
            returned=Exists(returned),
            since=Case(When(in_review, then=F("submitted_at")), default=F("changed_at")),
        )
        .values_list("of_kind", "pk", "status", "own", "returned", "since")
    )


def entered_by_nobody() -> Q:
    """Records that were loaded without a writer, or whose writer has left."""
    return Q(created_by=None) | Q(created_by__is_active=False)

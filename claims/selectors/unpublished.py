"""Records that readers do not see yet, and for whom each of them waits on the desk."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import User
from django.db.models import BigIntegerField, BooleanField, Case, F, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast

from claims.domain.vocabulary import Status
from claims.models import About, Claim, Evidence, Reply, Statement
from claims.selectors.desk_blocks import may_decide_own
from claims.selectors.returns import RecordReturn, return_step_of, returns_by_step
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
    return_step: int | None  # the step that sent it back
    statement: int | None  # whose dossier it belongs to, if it names one
    waits_since: Any

    def block_for(self, user: User) -> str:
        """The block of the user's first page that lists it."""
        if self.status == Status.IN_REVIEW:
            is_for_others = self.is_own and not may_decide_own(user, self.kind)
            return "own_in_review" if is_for_others else f"review_{self.kind}"
        if not self.is_own:
            return "unclaimed"
        return "returned" if self.return_step else "drafts"


@dataclass(frozen=True)
class BlockRows:
    """The first rows of a block, how many there are in all, and how those came that were sent back."""

    rows: list[Any]
    count: int
    returns: Mapping[Any, RecordReturn] = field(default_factory=dict)


def unpublished_by_block(user: User, shown: int) -> dict[str, BlockRows]:
    """What waits unpublished, by block, in one query and one for each kind that is shown.

    Drafts of other editors are theirs, so they are left out; drafts of nobody, or of somebody who has left, are not.
    """
    first, *others = (_unpublished_of_kind(name, user) for name in PUBLISHABLE_KINDS)
    found = first.union(*others, all=True).order_by("since", "pk")[:READ_AT_ONCE]
    blocks: dict[str, list[UnpublishedRow]] = defaultdict(list)
    for values in found:
        row = UnpublishedRow(*values)
        blocks[row.block_for(user)].append(row)
    returns = _returned_units(blocks["returned"])
    blocks["returned"] = list(returns)
    wanted = [row for rows in blocks.values() for row in rows[:shown]]
    read = read_rows([(row.kind, row.key) for row in wanted])
    records = dict(zip(wanted, read, strict=True))
    told = {records[row]: told for row, told in returns.items() if row in records}
    return {
        block: BlockRows([records[row] for row in rows[:shown]], len(rows), told)
        for block, rows in blocks.items()
    }


def _returned_units(rows: Iterable[UnpublishedRow]) -> dict[UnpublishedRow, RecordReturn]:
    """How the rows came back. What was sent back at once of one dossier is one unit, which one row stands for."""
    steps = returns_by_step({row.return_step for row in rows if row.return_step})
    together: dict[RecordReturn, list[UnpublishedRow]] = defaultdict(list)
    for row in rows:
        together[steps[row.return_step or 0]].append(row)
    return {row: told for told, rows in together.items() for row, told in _told_of_leads(rows, told)}


def _told_of_leads(
    rows: list[UnpublishedRow], told: RecordReturn
) -> list[tuple[UnpublishedRow, RecordReturn]]:
    """Of one dossier its statement, or else its first claim; of anything else each row."""
    named = [row for row in rows if row.statement]
    if len({row.statement for row in named}) != 1:
        return [(row, told) for row in rows]
    lead = next((row for row in named if row.kind == "statement"), named[0])
    return [(lead, replace(told, companions=len(rows) - 1))]


def _unpublished_of_kind(name: str, user: User) -> QuerySet[Any, Any]:
    """The drafts of the user and of nobody, and all that is in review."""
    model = PUBLISHABLE_KINDS[name]
    draft, in_review = Q(status=Status.DRAFT), Q(status=Status.IN_REVIEW)
    wrote = Q(created_by=user) | Q(changed_by=user) | Q(submitted_by=user)
    is_own = Case(When(draft, then=Q(created_by=user)), default=wrote, output_field=BooleanField())
    statement = {Statement: F("pk"), Claim: F("statement_id")}.get(model, Value(None))
    return (
        model._base_manager.filter(in_review | (draft & (Q(created_by=user) | entered_by_nobody())))
        .order_by()
        .annotate(
            of_kind=Value(name),
            own=is_own,
            returned=Subquery(return_step_of(name)),
            of_statement=Cast(statement, BigIntegerField()),
            since=Case(When(in_review, then=F("submitted_at")), default=F("changed_at")),
        )
        .values_list("of_kind", "pk", "status", "own", "returned", "of_statement", "since")
    )


def entered_by_nobody() -> Q:
    """Records that were loaded without a writer, or whose writer has left."""
    return Q(created_by=None) | Q(created_by__is_active=False)

"""The blocks on the desk's first page, and the history of a record on the desk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Exists, Max, Min, Model, OuterRef, Q, QuerySet

from claims.domain.vocabulary import Act, ClaimKind, Outcome, State, Status, Step
from claims.ledger.entries import checks_in_content
from claims.ledger.public_forms import public_forms_of
from claims.models import Claim, DeskStep, Entry, Evidence, EvidenceLink, Proposal, Rating, Statement
from claims.models.evidence import unfindable_condition
from claims.records.registry import kind_of_record
from claims.selectors.localized_wording import checks_in_words

SHOWN = 8  # rows of each block on the first page; a link leads to the others
LONG_AGO = 200  # most steps in a history
DENIALS_LOOKED_AT = 300  # most denials whose words are read for one block
# Not settled, and such that it can be.
OPEN_COMMITMENT = Q(kind=ClaimKind.COMMITMENT, settled_on=None, uncheckable_reason="")


@dataclass(frozen=True)
class HistoryLine:
    """A line of a record's history. `number` is the number of the ledger entry, if it is from the ledger."""

    at: datetime
    who: str
    what: str
    reason: str = ""
    number: int | None = None


def record_history(record: Model) -> list[HistoryLine]:
    """The history of a record, latest first: steps on the desk while it was hidden, ledger entries once it was
    public.

    Gradings are listed, but not their content.
    """
    steps = DeskStep.objects.filter(kind=record._meta.model_name, record_id=record.pk, undone_at=None)
    past = [
        HistoryLine(step.at, str(step.by), Step(step.step).label, step.reason)
        for step in steps.select_related("by")[:LONG_AGO]
    ]
    return sorted([*_ledger_history(record), *past], key=lambda happening: happening.at, reverse=True)


def _ledger_history(record: Model) -> list[HistoryLine]:
    kind = kind_of_record(record)
    told = public_forms_of(kind.name, [record.pk]).get(record.pk) if kind else None
    if told is None:
        return []
    entries = Entry.objects.filter(kind=told.kind, subject=told.subject).order_by("-number")
    entries = entries.select_related("account")[:LONG_AGO]
    return [
        HistoryLine(
            entry.at,
            str(entry.account or entry.told["by"]),
            Act(entry.act).label,
            _checks_and_reason(entry.told),
            entry.number,
        )
        for entry in entries
    ]


def _checks_and_reason(told: dict[str, Any]) -> str:
    return " ".join(filter(None, [checks_in_words(checks_in_content(told)), told["reason"]]))


# The first page -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DeskBlock:
    """A block of the first page: its first rows, and the number of all rows."""

    name: str
    rows: list[Any]
    count: int


def first_page_blocks(user: User, today: date) -> list[DeskBlock]:
    """All blocks for the user, empty ones too, the most urgent first."""
    return [
        *_own_work_blocks(user),
        _desk_block("proposals", _proposals_to_decide(user)),
        *(_desk_block(f"review_{name}", rows) for name, rows in _records_in_review(user).items()),
        _desk_block("to_grade", links_to_grade(user)),
        _desk_block("disagreements", disagreeing_links(user)),
        _desk_block("ungraded", Evidence.objects.filter(credibility=None).exclude(status=Status.WITHDRAWN)),
        _desk_block("unfindable", Evidence.objects.published().filter(unfindable_condition())),
        _desk_block(
            "stale", _claims_unsealed_for(user).filter(gap__state=State.STALE).order_by("gap__moved_on")
        ),
        _desk_block("overdue", _claims_with_gap().filter(overdue_condition(today)).order_by("valid_until")),
        _desk_block("due", _claims_with_gap().filter(due_this_month_condition(today))),
        *_blocks_of_lacks(),
        _desk_block(
            "moved",
            _claims_unsealed_for(user)
            .filter(gap__moved_on__gt=today - timedelta(days=7))
            .order_by("-gap__moved_on"),
        ),
    ]


def _blocks_of_lacks() -> list[DeskBlock]:
    """What was published before a rule stands as it was, and is to be brought up to it."""
    without_outcome = _claims_with_gap().filter(settled_on__isnull=False, settled_as="")
    return [
        _desk_block("without_answer", _claims_with_gap().filter(answer="").order_by("pk")),
        _desk_block("without_outcome", without_outcome.order_by("settled_on")),
        _denials_without_negation(),
    ]


def _denials_without_negation() -> DeskBlock:
    """Of the latest denials: those whose quotation denies nothing without the words around it."""
    denials = _claims_with_gap().filter(kind=ClaimKind.DENIAL, governing_words="").order_by("-pk")
    found = [claim for claim in denials[:DENIALS_LOOKED_AT] if claim.lacks_negation]
    return DeskBlock("without_negation", found[:SHOWN], len(found))


def _desk_block(name: str, rows: QuerySet[Any]) -> DeskBlock:
    shown = list(rows[: SHOWN + 1])
    return DeskBlock(name, shown[:SHOWN], len(shown) if len(shown) <= SHOWN else rows.count())


def _claims_with_gap() -> Any:
    return Claim.objects.published().select_related("statement__speaker", "gap")


def _claims_unsealed_for(user: User) -> Any:
    """The claims whose gap does not reveal anything about a report that the editor still has to grade."""
    return _claims_with_gap().exclude(pk__in=links_sealed_for(user).values("claim"))


def _own_work_blocks(user: User) -> list[DeskBlock]:
    """The blocks about the user's own work: records sent back to them, and their pending proposals."""
    returned = DeskStep.objects.filter(step=Step.RETURN, undone_at=None).order_by("-pk")
    blocks = []
    for model in (Statement, Claim, Evidence):
        name = str(model._meta.model_name)
        back = returned.filter(kind=name, record_id=OuterRef("pk"))
        rows = model._base_manager.filter(status=Status.DRAFT, created_by=user).filter(Exists(back))
        blocks.append(_desk_block(f"returned_{name}", rows.order_by("changed_at")))
    own = Proposal.objects.filter(proposed_by=user, outcome=Outcome.PENDING).select_related("proposed_by")
    return [*blocks, _desk_block("own_proposals", own.prefetch_related(*REVISED_RECORDS))]


REVISED_RECORDS = (
    "revisions__claim", "revisions__statement", "revisions__evidence", "revisions__source",
    "revisions__link__claim", "revisions__link__evidence",
)  # fmt: skip


def _proposals_to_decide(user: User) -> QuerySet[Proposal]:
    waiting = Proposal.objects.filter(outcome=Outcome.PENDING).exclude(proposed_by=user)
    return waiting.select_related("proposed_by").prefetch_related(*REVISED_RECORDS).order_by("proposed_at")


def _records_in_review(user: User) -> dict[str, QuerySet[Any]]:
    """The records in review by kind, oldest first, without those that the user submitted."""
    return {
        str(model._meta.model_name): model._base_manager.filter(status=Status.IN_REVIEW)
        .exclude(Q(submitted_by=user) | Q(created_by=user) | Q(changed_by=user))
        .order_by("submitted_at")
        for model in (Statement, Evidence, Claim)
    }


def links_to_grade(user: User) -> QuerySet[EvidenceLink]:
    """The links that another editor has graded and this one has not."""
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    return (
        EvidenceLink.objects.exclude(evidence__status=Status.WITHDRAWN)
        .exclude(claim__status=Status.WITHDRAWN)
        .annotate(n=Count("ratings"))
        .filter(~Exists(own), n=1)
        .select_related("claim", "evidence")
        .order_by("created_at")
    )


def disagreeing_links(user: User) -> QuerySet[EvidenceLink]:
    """The links whose gradings differ in sign. Only links that the editor has graded, so that others stay blind."""
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    return (
        EvidenceLink.objects.annotate(least=Min("ratings__stance"), most=Max("ratings__stance"))
        .filter(Exists(own), least__lt=0, most__gt=0)
        .exclude(evidence__status=Status.WITHDRAWN)
        .select_related("claim", "evidence")
        .order_by("pk")
    )


def due_this_month_condition(today: date) -> Q:
    """Commitments that end between `today` and the end of its month, and that are not settled."""
    after = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return OPEN_COMMITMENT & Q(
        valid_until__last__gte=today.isoformat(), valid_until__last__lt=after.isoformat()
    )


def overdue_condition(today: date) -> Q:
    """Commitments whose last day is over, until they are settled."""
    return OPEN_COMMITMENT & Q(valid_until__last__lt=today.isoformat())


def links_sealed_for(user: User) -> QuerySet[EvidenceLink]:
    """The links that others have graded and this editor has not. The editor may not yet see the result."""
    own = Rating.objects.filter(link=OuterRef("pk"), rater=user)
    others = Rating.objects.filter(link=OuterRef("pk"))
    return EvidenceLink.objects.filter(~Exists(own), Exists(others)).exclude(
        evidence__status=Status.WITHDRAWN
    )

"""The desk's first page, from one table: what each role may act on, and the block that lists it.

A record of any kind is in one state. `DESK_DUTIES` says for each state who may do something about it; what is in no row
of the table waits for nobody. `NOTHING_WAITS` lists these states, so that a new one is decided upon.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from claims.domain.vocabulary import ErrorReportState, Outcome, Status
from claims.domain.workflow import REQUIRED_GRADERS
from claims.selectors import desk_blocks as waiting
from claims.selectors.about_texts import missing_about_texts
from claims.selectors.returns import RecordReturn
from claims.selectors.unpublished import PUBLISHABLE_KINDS, BlockRows, unpublished_by_block
from claims.selectors.untranslated import claims_with_untranslated_answer, read_rows, untranslated_rows

SHOWN = 8  # rows of each block; a link leads to the others
KindState = tuple[str, str]  # a kind of record, and one of its states


@dataclass(frozen=True)
class FirstPage:
    """For whom the page is, on which day, and what several of its blocks read at once."""

    user: User
    today: date

    @cached_property
    def unpublished(self) -> dict[str, BlockRows]:
        return unpublished_by_block(self.user, SHOWN)


@dataclass(frozen=True)
class DeskDuty:
    """Records in certain states, who may act on them, and the block that lists them.

    Whoever has the permission is shown the block. `states` is empty if the block lists what a published record lacks.
    """

    block: str
    title: Any
    permission: str
    rows: Callable[[FirstPage], Any] | None  # None: the block lists unpublished records
    states: tuple[KindState, ...] = ()


@dataclass(frozen=True)
class DeskBlock:
    """A block of the first page: its first rows, the number of all rows, and how those came that were sent back."""

    name: str
    title: Any
    rows: list[Any]
    count: int
    returns: Mapping[Any, RecordReturn] = field(default_factory=dict)


def _of_all_kinds(status: Status) -> tuple[KindState, ...]:
    return tuple((kind, status.value) for kind in PUBLISHABLE_KINDS)


def _unpublished(block: str, title: Any, permission: str, states: tuple[KindState, ...]) -> DeskDuty:
    return DeskDuty(block, title, permission, None, states)


def _review(kind: str, title: Any) -> DeskDuty:
    return _unpublished(f"review_{kind}", title, f"publish_{kind}", ((kind, Status.IN_REVIEW.value),))


# The most urgent first.
DESK_DUTIES: Final = (
    DeskDuty("suppressions", _("Texts to suppress: decide"), "decide_suppression",
             lambda page: waiting.pending_suppressions(), (("suppression", Outcome.PENDING.value),)),
    DeskDuty("error_reports", _("Errors that readers reported: answer them"), "change_errorreport",
             lambda page: waiting.unanswered_error_reports(), (("errorreport", ErrorReportState.WAITING.value),)),
    _unpublished("returned", _("Sent back to you"), "change_claim", _of_all_kinds(Status.DRAFT)),
    DeskDuty("declined_proposals", _("Proposals of yours that were sent back lately"), "change_claim",
             lambda page: waiting.declined_proposals(page.user, page.today), (("proposal", Outcome.DECLINED.value),)),
    DeskDuty("overdue", _("Commitments past their day: settle them"), "change_claim",
             lambda page: waiting.overdue_claims(page.today)),
    DeskDuty("proposals", _("Proposed revisions to decide on"), "publish_claim",
             lambda page: waiting.proposals_to_decide(page.user), (("proposal", Outcome.PENDING.value),)),
    _review("statement", _("Statements to review")),
    _review("evidence", _("Evidence to review")),
    _review("claim", _("Claims to review")),
    _review("reply", _("Replies to review")),
    _review("about", _("The page about the site, to review")),
    DeskDuty("to_grade", _("Reports that one editor has graded: grade them blind"), "add_rating",
             lambda page: waiting.links_to_grade(page.user), (("link", "1"),)),
    DeskDuty("unrated", _("Reports that nobody has graded on their claim"), "add_rating",
             lambda page: waiting.never_graded_links(), (("link", "0"),)),
    DeskDuty("disagreements", _("Gradings that differ in sign"), "add_rating",
             lambda page: waiting.disagreeing_links(page.user)),
    _unpublished("drafts", _("Your drafts"), "change_claim", _of_all_kinds(Status.DRAFT)),
    _unpublished("own_in_review", _("Yours in review: a second person publishes it"), "change_claim",
                 _of_all_kinds(Status.IN_REVIEW)),
    DeskDuty("own_proposals", _("Your proposals that wait for a second person"), "change_claim",
             lambda page: waiting.own_proposals(page.user), (("proposal", Outcome.PENDING.value),)),
    _unpublished("unclaimed", _("Drafts that nobody here works on"), "change_claim", _of_all_kinds(Status.DRAFT)),
    DeskDuty("ungraded", _("Evidence without a grade"), "change_evidence", lambda page: waiting.ungraded_evidence()),
    DeskDuty("unfindable", _("Published reports that do not say where they can be read"), "change_evidence",
             lambda page: waiting.unfindable_evidence()),
    DeskDuty("stale", _("Claims whose evidence is out of date"), "view_claim",
             lambda page: waiting.stale_claims(page.user)),
    DeskDuty("due", _("Commitments due this month"), "view_claim", lambda page: waiting.due_claims(page.today)),
    # What was published before a rule stands as it was, and is to be brought up to it.
    DeskDuty("without_answer", _("Published claims without an answer"), "change_claim",
             lambda page: waiting.claims_without_answer()),
    DeskDuty("without_outcome", _("Settled commitments that do not say how"), "change_claim",
             lambda page: waiting.claims_without_outcome()),
    DeskDuty("without_negation", _("Denials whose quotation denies nothing by itself"), "change_claim",
             lambda page: waiting.denials_without_negation()),
    DeskDuty("untranslated_answer", _("Published claims whose answer is not in every language"), "change_claim",
             lambda page: claims_with_untranslated_answer()),
    DeskDuty("untranslated", _("Public texts that are not in every language"), "change_claim",
             lambda page: _untranslated_texts()),
    DeskDuty("missing_about", _("What the page about the site does not say yet"), "publish_about",
             lambda page: missing_about_texts()),
    DeskDuty("moved", _("What moved this week"), "view_claim",
             lambda page: waiting.moved_claims(page.user, page.today)),
)  # fmt: skip

# The states in which nobody has to do anything: what is done, and what readers see as it should be.
NOTHING_WAITS: Final = frozenset({
    *_of_all_kinds(Status.PUBLISHED), *_of_all_kinds(Status.WITHDRAWN),
    ("proposal", Outcome.ACCEPTED.value), ("proposal", Outcome.DROPPED.value),
    ("suppression", Outcome.ACCEPTED.value), ("suppression", Outcome.DECLINED.value),
    ("suppression", Outcome.DROPPED.value),
    ("errorreport", ErrorReportState.ACCEPTED.value), ("errorreport", ErrorReportState.DECLINED.value),
    ("link", str(REQUIRED_GRADERS)),
})  # fmt: skip


def first_page_blocks(user: User, today: date) -> list[DeskBlock]:
    """The blocks that the user may act on, empty ones too, the most urgent first."""
    page = FirstPage(user, today)
    return [
        DeskBlock(duty.block, duty.title, found.rows, found.count, found.returns)
        for duty in DESK_DUTIES
        if user.has_perm(f"claims.{duty.permission}")
        for found in [_rows_of(duty, page)]
    ]


def _rows_of(duty: DeskDuty, page: FirstPage) -> BlockRows:
    if duty.rows is None:
        return page.unpublished.get(duty.block, BlockRows([], 0))
    match duty.rows(page):
        case BlockRows() as found:
            return found
        case QuerySet() as rows:
            shown = list(rows[: SHOWN + 1])
            return BlockRows(shown[:SHOWN], len(shown) if len(shown) <= SHOWN else rows.count())
        case rows:
            return BlockRows(rows[:SHOWN], len(rows))


def _untranslated_texts() -> BlockRows:
    rows = untranslated_rows()
    shown = list(rows[: SHOWN + 1])
    count = len(shown) if len(shown) <= SHOWN else rows.count()
    return BlockRows(read_rows(shown[:SHOWN]), count)

"""Writes that span models: keyword-only, atomic, with `by=` and `now=`. All begin by taking their turn."""

from .adopting import record_outside_changes
from .coarsening import choose_shown_place
from .deciding import (
    accept_proposal,
    decline_proposal,
    may_decide_proposal,
    preview_acceptance,
    take_back_proposal,
)
from .drawing import read_or_draw_card
from .editing import delete, save, was_ever_published
from .effects import CorrectionNotice, GapChange
from .grading import grade_links
from .ledger import public_signature
from .publishing import (
    ACTIONS,
    publish_record,
    reopen_record,
    return_to_writer,
    submit_for_review,
    withdraw_record,
)
from .refusal import RuleViolation
from .rescoring import RescoringSummary, batch_rescoring, rescore_affected_claims, rescore_claims
from .revising import collect_proposals, needs_reason, needs_review, pending_proposal
from .steps import stored_row_values
from .suppressing import accept_suppression, decline_suppression, locate_text, request_suppression
from .undoing import last_undoable_step, undo_step

__all__ = [
    "ACTIONS",
    "CorrectionNotice",
    "GapChange",
    "RescoringSummary",
    "RuleViolation",
    "accept_proposal",
    "accept_suppression",
    "batch_rescoring",
    "choose_shown_place",
    "collect_proposals",
    "decline_proposal",
    "decline_suppression",
    "delete",
    "grade_links",
    "last_undoable_step",
    "locate_text",
    "may_decide_proposal",
    "needs_reason",
    "needs_review",
    "pending_proposal",
    "preview_acceptance",
    "public_signature",
    "publish_record",
    "read_or_draw_card",
    "record_outside_changes",
    "reopen_record",
    "request_suppression",
    "rescore_affected_claims",
    "rescore_claims",
    "return_to_writer",
    "save",
    "stored_row_values",
    "submit_for_review",
    "take_back_proposal",
    "undo_step",
    "was_ever_published",
    "withdraw_record",
]

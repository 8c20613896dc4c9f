"""Writes that span models: keyword-only, atomic, with `by=` and `now=`. All begin by taking their turn."""

from claims.actions.card_files import read_or_draw_card
from claims.actions.correction_notices import CorrectionNotice, GapChange
from claims.actions.desk_memory import stored_row_values
from claims.actions.double_counts import objection_to_double_count
from claims.actions.outside_changes import record_outside_changes
from claims.actions.place_risk import choose_shown_place
from claims.actions.proposal_decisions import (
    accept_proposal,
    decline_proposal,
    may_decide_proposal,
    preview_acceptance,
    take_back_proposal,
)
from claims.actions.proposals import pending_proposal
from claims.actions.public_standing import needs_reason
from claims.actions.rule_violation import RuleViolation
from claims.actions.suppression import (
    accept_suppression,
    decline_suppression,
    locate_text,
    request_suppression,
)
from claims.ledger.writer import public_signature

from .editing import delete, save, was_ever_published
from .grading import grade_links
from .merging import may_merge, merge_records
from .publishing import (
    ACTIONS,
    publish_record,
    reopen_record,
    return_to_writer,
    submit_for_review,
    withdraw_record,
)
from .rescoring import RescoringSummary, batch_rescoring, rescore_affected_claims, rescore_claims
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
    "decline_proposal",
    "decline_suppression",
    "delete",
    "grade_links",
    "last_undoable_step",
    "locate_text",
    "may_decide_proposal",
    "may_merge",
    "merge_records",
    "needs_reason",
    "objection_to_double_count",
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

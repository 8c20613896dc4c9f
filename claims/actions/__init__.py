"""Writes that span models: keyword-only, atomic, with `by=` and `now=`. All begin by taking their turn."""

from claims.actions.account_holding import hold_accounts
from claims.actions.card_files import read_or_draw_card
from claims.actions.change_previews import preview_publication
from claims.actions.correction_notices import CorrectionNotice, GapChange
from claims.actions.desk_memory import stored_row_values
from claims.actions.dossier_handover import DossierRefusal, publish_dossier, return_dossier, submit_dossier
from claims.actions.double_counts import objection_to_double_count
from claims.actions.drafts import Draft, open_drafts
from claims.actions.error_reports import (
    DeskIsFull,
    answer_error_report,
    delete_error_report,
    erase_reader_addresses,
    send_error_report,
)
from claims.actions.filing import file_claims
from claims.actions.import_undo import import_step, undo_import
from claims.actions.kept_tables import keep_table, match_by_hand
from claims.actions.loaded_verdicts import LoadedVerdicts
from claims.actions.one_person import can_be_reviewed, may_act_alone, objection_to_publisher
from claims.actions.outside_changes import record_moved_addresses, record_outside_changes
from claims.actions.outside_gradings import follow_outside_ratings
from claims.actions.page_copies import CopyFate, keep_page_copy
from claims.actions.place_risk import choose_shown_place
from claims.actions.proposal_decisions import (
    accept_proposal,
    decline_proposal,
    may_decide_proposal,
    missing_notice,
    possible_checks_of_proposal,
    preview_acceptance,
    take_back_proposal,
)
from claims.actions.proposals import own_pending_proposal, pending_proposal, pending_proposals
from claims.actions.public_names import rename_signatures
from claims.actions.public_standing import needs_reason
from claims.actions.publishing_checks import possible_checks
from claims.actions.rule_violation import RuleViolation
from claims.actions.suppression import (
    accept_suppression,
    decline_suppression,
    locate_text,
    request_suppression,
)
from claims.actions.table_imports import ImportReport, import_table

from .editing import delete, save, was_ever_published
from .grading import GradingReason, grade_links
from .merging import may_merge, merge_records
from .publishing import (
    publish_record,
    reopen_record,
    return_to_writer,
    submit_for_review,
    withdraw_record,
)
from .rescoring import RescoringSummary, batch_rescoring, rescore_affected_claims, rescore_claims
from .step_batches import StepOutcome, take_step
from .undoing import last_undoable_step, undo_step

__all__ = [
    "CopyFate",
    "CorrectionNotice",
    "DeskIsFull",
    "DossierRefusal",
    "Draft",
    "GapChange",
    "GradingReason",
    "ImportReport",
    "LoadedVerdicts",
    "RescoringSummary",
    "RuleViolation",
    "StepOutcome",
    "accept_proposal",
    "accept_suppression",
    "answer_error_report",
    "batch_rescoring",
    "can_be_reviewed",
    "choose_shown_place",
    "decline_proposal",
    "decline_suppression",
    "delete",
    "delete_error_report",
    "erase_reader_addresses",
    "file_claims",
    "follow_outside_ratings",
    "grade_links",
    "hold_accounts",
    "import_step",
    "import_table",
    "keep_page_copy",
    "keep_table",
    "last_undoable_step",
    "locate_text",
    "match_by_hand",
    "may_act_alone",
    "may_decide_proposal",
    "may_merge",
    "merge_records",
    "missing_notice",
    "needs_reason",
    "objection_to_double_count",
    "objection_to_publisher",
    "open_drafts",
    "own_pending_proposal",
    "pending_proposal",
    "pending_proposals",
    "possible_checks",
    "possible_checks_of_proposal",
    "preview_acceptance",
    "preview_publication",
    "publish_dossier",
    "publish_record",
    "read_or_draw_card",
    "record_moved_addresses",
    "record_outside_changes",
    "rename_signatures",
    "reopen_record",
    "request_suppression",
    "rescore_affected_claims",
    "rescore_claims",
    "return_dossier",
    "return_to_writer",
    "save",
    "send_error_report",
    "stored_row_values",
    "submit_dossier",
    "submit_for_review",
    "take_back_proposal",
    "take_step",
    "undo_import",
    "undo_step",
    "was_ever_published",
    "withdraw_record",
]

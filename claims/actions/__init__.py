"""Writes that span models: keyword-only, atomic, with `by=` and `now=`. All begin by taking their turn."""

from .adopting import adopt
from .coarsening import shown_place
from .deciding import accept, decline, drop, effect, may_decide
from .drawing import kept_card
from .editing import delete, save, was_public
from .effects import Move, Notice
from .grading import grade
from .ledger import signature
from .publishing import ACTIONS, publish, reopen, send_back, submit, withdraw
from .refusal import Refused
from .rescoring import Rescored, rescore, rescore_after, scored_once
from .revising import is_public, is_revised, pending_for, proposed_together
from .steps import stored_values
from .suppressing import ask_suppression, places_of, refuse_suppression, suppress
from .undoing import last_step, undo

__all__ = [
    "ACTIONS",
    "Move",
    "Notice",
    "Refused",
    "Rescored",
    "accept",
    "adopt",
    "ask_suppression",
    "decline",
    "delete",
    "drop",
    "effect",
    "grade",
    "is_public",
    "is_revised",
    "kept_card",
    "last_step",
    "may_decide",
    "pending_for",
    "places_of",
    "proposed_together",
    "publish",
    "refuse_suppression",
    "reopen",
    "rescore",
    "rescore_after",
    "save",
    "scored_once",
    "send_back",
    "shown_place",
    "signature",
    "stored_values",
    "submit",
    "suppress",
    "undo",
    "was_public",
    "withdraw",
]

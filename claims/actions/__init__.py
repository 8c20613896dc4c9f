"""Writes that span models: keyword-only, atomic, with `by=` and `now=`."""

from .editing import delete, rate, rescore_after, save, scored_once, unrate, was_public
from .grading import grade
from .publishing import publish, withdraw
from .refusal import Refused
from .rescoring import Rescored, rescore

__all__ = [
    "Refused",
    "Rescored",
    "delete",
    "grade",
    "publish",
    "rate",
    "rescore",
    "rescore_after",
    "save",
    "scored_once",
    "unrate",
    "was_public",
    "withdraw",
]

"""The methods of scoring, each with the day of its release. The ledger says when a site began to use one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from .dossier import Dossier, Gap, score_dossiers
from .gap import METHOD_VERSION
from .gap_beta_1 import score_dossier_by_1_0
from .vocabulary import gettext_noop

Case = tuple[Dossier, date]


@dataclass(frozen=True)
class ScoringMethod:
    """One version of the method. `change` says in a sentence what it changed."""

    name: str
    released_on: date
    change: str
    score_cases: Callable[[Sequence[Case]], list[Gap]]


def _score_by_1_0(cases: Sequence[Case]) -> list[Gap]:
    return [score_dossier_by_1_0(dossier, as_of) for dossier, as_of in cases]


# Oldest first; the last one is in force.
METHODS = (
    ScoringMethod(
        "gap-beta/1.0", date(2026, 11, 22), gettext_noop("The first published method."), _score_by_1_0
    ),
    ScoringMethod(
        METHOD_VERSION,
        date(2026, 11, 27),
        gettext_noop(
            "A verdict needs two publishers on its own side, what one publisher alone reports counts one unit at most, "
            "and a report that serves the side it comes from counts half."
        ),
        score_dossiers,
    ),
)
METHODS_BY_NAME = {method.name: method for method in METHODS}


def score_by_method(name: str, dossier: Dossier, as_of: date) -> Gap:
    """The gap of a dossier by a method's name; by the present one where the name is not known."""
    method = METHODS_BY_NAME.get(name, METHODS[-1])
    return method.score_cases([(dossier, as_of)])[0]

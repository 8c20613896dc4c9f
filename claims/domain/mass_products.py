"""How a report came to weigh what it weighs: the factors of its mass, each for its own grade."""

from dataclasses import dataclass
from datetime import date
from math import isinf

import numpy as np

from claims.domain.dossier import Dossier, Link
from claims.domain.gap import PUBLISHED_WEIGHTS, recency_factor


@dataclass(frozen=True, slots=True)
class MassProduct:
    """Multiplied, and rounded as step 6 of the method says, they make the mass."""

    stance: float  # how far the median leans to a side, whichever
    reliability: float
    credibility: float
    directness: float
    interest: float  # less than 1 for a report that serves the side it comes from
    age: int  # days from the event to the day of the score
    half_life: float  # days; inf for what does not age
    recency: float

    @property
    def ages(self) -> bool:
        return not isinf(self.half_life)


def mass_product(dossier: Dossier, link: Link, as_of: date) -> MassProduct:
    """The factors of a link that is visible on the day."""
    age = (as_of - link.event_day).days
    return MassProduct(
        stance=abs(link.x),
        reliability=PUBLISHED_WEIGHTS.reliability[link.reliability],
        credibility=PUBLISHED_WEIGHTS.credibility[link.credibility],
        directness=PUBLISHED_WEIGHTS.directness[link.directness],
        interest=PUBLISHED_WEIGHTS.interested if link.interested else 1.0,
        age=age,
        half_life=dossier.half_life,
        recency=float(recency_factor(np.asarray(age), np.asarray(dossier.half_life))),
    )

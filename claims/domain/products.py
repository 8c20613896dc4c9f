"""How a report came to weigh what it weighs: the factors of its mass, each for its own grade."""

from dataclasses import dataclass
from datetime import date
from math import isinf

import numpy as np

from .dossier import Dossier, Link
from .gap import PUBLISHED, recency


@dataclass(frozen=True, slots=True)
class Product:
    """Multiplied, and rounded as step 6 of the method says, they make the mass."""

    stance: float  # how far the median leans to a side, whichever
    reliability: float
    credibility: float
    directness: float
    age: int  # days from the event to the day of the score
    half_life: float  # days; inf for what does not age
    recency: float

    @property
    def ages(self) -> bool:
        return not isinf(self.half_life)


def product(dossier: Dossier, link: Link, as_of: date) -> Product:
    """The factors of a link that is visible on the day."""
    age = (as_of - link.event_day).days
    return Product(
        stance=abs(link.x),
        reliability=PUBLISHED.reliability[link.reliability],
        credibility=PUBLISHED.credibility[link.credibility],
        directness=PUBLISHED.directness[link.directness],
        age=age,
        half_life=dossier.half_life,
        recency=float(recency(np.asarray(age), np.asarray(dossier.half_life))),
    )

"""Template tags for lists of claims: rows with and without a verdict, and how many claims have each verdict."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import template
from django.db.models import Model
from django.template.context import Context
from django.urls import reverse
from django.utils.http import urlencode

from claims.domain.vocabulary import State
from claims.drawing.state_stacks import StackPart, draw_state_stacks
from claims.selectors.claim_lists import ListedClaim
from claims.selectors.localized_wording import vocabulary_label
from claims.selectors.verdict_sentence import VerdictSentence, verdict_sentence

from .languages import mirrored_drawing

register = template.Library()

# A part of the bar is a link, with its number in it, if a finger can hit it in a bar of 288 px, and it has its verdict
# in it if the words fit in a bar of 640 px; all verdicts stand below the bar.
SMALLEST_LINK: Final = 9.0  # per cent
ROOMY_BAR, LETTER, MARGIN = 640, 7.5, 30  # px


@dataclass(frozen=True, slots=True)
class CountedVerdict:
    """A verdict with its number of claims, as a part of a bar and as a link to these claims."""

    part: StackPart
    label: str
    address: str

    @property
    def middle(self) -> float:
        return self.part.x + self.part.width / 2

    @property
    def is_link(self) -> bool:
        return self.part.width >= SMALLEST_LINK

    @property
    def is_roomy(self) -> bool:
        return self.is_link and self.part.width * ROOMY_BAR / 100 >= len(self.label) * LETTER + MARGIN


@register.filter
def count_of(record: Model, counts: Mapping[int, int]) -> int:
    """The number of a record in counts by key."""
    return counts.get(record.pk, 0)


@register.simple_tag
def split_by_verdict(rows: Iterable[ListedClaim]) -> dict[str, list[ListedClaim]]:
    """The rows with a verdict, and those without, each in the order of the list."""
    rows = list(rows)
    return {
        "scored": [row for row in rows if row.has_verdict],
        "unscored": [row for row in rows if not row.has_verdict],
    }


@register.simple_tag
def row_sentence(row: ListedClaim) -> VerdictSentence:
    """The verdict’s sentence of a listed claim, in its two parts."""
    settlement = row.claim.settlement_on(row.gap.as_of)
    return verdict_sentence(row.counts, row.gap, settlement)


@register.inclusion_tag("claims/_verdict_counts.html", takes_context=True)
def bar_of_verdicts(
    context: Context, counts: Mapping[State, int], name: str = "", value: str = ""
) -> dict[str, Any]:
    """The claims by verdict as one bar. Its parts lead to the list of these claims, with the filter `name` set."""
    day = context["day"]
    chosen = [(name, value)] if name else []
    asked = [("as_of", day.date.isoformat())] if day.asked else []
    stacks = [mirrored_drawing(stack) for stack in draw_state_stacks([counts])]
    return {
        "verdicts": [
            CountedVerdict(
                part,
                vocabulary_label(part.state, "state"),
                f"{reverse('claims')}?{urlencode([*chosen, ('state', part.state.value), *asked])}",
            )
            for stack in stacks
            for part in stack.parts
        ]
    }

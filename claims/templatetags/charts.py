"""Template tags for charts. They pass figures to `claims.drawing` and mirror the result on right-to-left pages."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, ngettext
from django.utils.translation import gettext as _

from claims.domain.dates import PartialDate
from claims.domain.vocabulary import State
from claims.drawing.agreement_chart import AgreementChart, draw_agreement_chart
from claims.drawing.claim_dots import ClaimDot, draw_claim_dot
from claims.drawing.gap_bar import format_length
from claims.drawing.gap_moves import MoveRow, MoveScale, draw_gap_move, draw_move_scale
from claims.drawing.state_stacks import STATE_ORDER, StateStack, draw_state_stacks
from claims.drawing.time_axis import DayEvent
from claims.drawing.timeline_chart import SpokenWord, TimelineChart, draw_timeline
from claims.localized_text import localized_plain as text_of
from claims.models import ClaimGap, Evidence, Statement
from claims.selectors.agreement import AgreementFigure
from claims.selectors.claim_lists import ListedClaim
from claims.selectors.localized_wording import partial_date_in_words
from claims.selectors.speaker_charts import TopicStanding, TopicStandings
from claims.selectors.timeline import DossierTimeline as Dossier
from claims.text.quotations import shorten_text

from .languages import mirrored_drawing

register = template.Library()

MAX_NAMED_DAYS = 5  # days labelled above a timeline; with more, only the table names the speakers


@register.filter
def svg_pixels(value: float) -> str:
    """A length in px for an SVG attribute, the same in every language."""
    return format_length(value)


LABEL_WIDTH = 160  # px of the box around a label, more than any needs
LABEL_HEIGHTS = {
    "": (20, 14.5),
    "at": (24, 19),
    "days": (15, 12),
}  # px of a line, and from its top to its foot


@register.simple_tag
def drawn_label(
    text: str, x: float, y: float, anchor: str = "middle", dx: float = 0, kind: str = ""
) -> SafeString:
    """A number or day on a drawing, whose foot is at `y`.

    The style sheet draws it from an attribute, so that text browsers, which draw nothing, print no stray numbers.
    """
    height, rise = LABEL_HEIGHTS.get(kind, LABEL_HEIGHTS[""])
    ends = ("end", "start") if get_language_bidi() else ("start", "end")
    shift = dx - {ends[0]: 0, "middle": LABEL_WIDTH / 2, ends[1]: LABEL_WIDTH}[anchor]
    return format_html(
        '<foreignObject class="drawn {}" x="{}%" y="{}" width="{}" height="{}" transform="translate({})">'
        '<span data-label="{}"></span></foreignObject>',
        f"{anchor} {kind}".strip(), format_length(x), format_length(y - rise), LABEL_WIDTH, height,
        format_length(shift), text,
    )  # fmt: skip


@register.filter
def axis_lines(day: date, unit: str) -> str:
    """The lines of a day's label on an axis. A month with two names has a line for each."""
    return date_format(day, {"year": "Y", "month": _("M Y"), "day": _("j M Y")}[unit]).replace("/", "\n")


@register.filter
def period_in_full(day: date, unit: str) -> str:
    """The month or year that begins on the day, in words."""
    return date_format(day, {"year": "Y", "month": _("F Y")}[unit])


@register.simple_tag
def gap_change_scale() -> MoveScale:
    """The scale of a table of movements, with a position beside it for “no verdict”."""
    return mirrored_drawing(draw_move_scale())


@register.simple_tag
def draw_gap_change(row: ListedClaim) -> MoveRow:
    """The last movement of a claim's headline gap."""
    return mirrored_drawing(draw_gap_move(row.moved_from, row.moved_to))


@register.simple_tag
def dossier_timeline(dossier: Dossier) -> TimelineChart | None:
    """The timeline of a dossier: statements above, reports below; None if everything is of one day."""
    words = [SpokenWord(each.said_on.last, _dated(each.said_on, each)) for each in dossier.statements]
    texts = {slug: _dated(evidence.known, evidence) for slug, evidence in dossier.evidence.items()}
    found = draw_timeline(words, dossier.ground, texts, _speaker_events(dossier))
    return mirrored_drawing(found) if found else None


def _dated(when: PartialDate, record: Statement | Evidence) -> str:
    """The record's name after its date, which is no more precise than it is known."""
    return f"{partial_date_in_words(when)}: {text_of(record)}"


def _speaker_events(dossier: Dossier) -> list[DayEvent]:
    """The speakers of each day as events; empty if there are too many days."""
    days = groupby(dossier.statements, key=lambda each: each.said_on.last)
    names = [DayEvent(day, _speakers_in_words(list(each)), "words") for day, each in days]
    return names if len(names) <= MAX_NAMED_DAYS else []


def _speakers_in_words(statements: list[Statement]) -> str:
    if len(statements) == 1:
        return shorten_text(text_of(statements[0].speaker), 24)
    return ngettext("%(n)d statement", "%(n)d statements", len(statements)) % {"n": len(statements)}


@register.simple_tag
def claim_dot(gap: ClaimGap) -> ClaimDot | None:
    """A claim's dot with its likely range; None without a verdict."""
    if gap.headline is None or gap.low is None or gap.high is None:
        return None
    return mirrored_drawing(draw_claim_dot(gap.headline, gap.low, gap.high))


@register.simple_tag
def state_stacks(shown: TopicStandings) -> list[tuple[TopicStanding, StateStack]]:
    """A stacked bar for each topic."""
    drawn = [mirrored_drawing(stack) for stack in draw_state_stacks([row.states for row in shown.rows])]
    return list(zip(shown.rows, drawn, strict=True))


@register.simple_tag
def states_in_stacks(shown: TopicStandings) -> list[str]:
    """The states that occur, in the order of the bars."""
    return [state for state in STATE_ORDER if any(row.states.get(state) for row in shown.rows)]


@register.inclusion_tag("claims/_stack.html")
def verdict_bar(states: Mapping[State, int]) -> dict[str, Any]:
    """The number of claims in each state as one bar."""
    return {"stack": next((mirrored_drawing(stack) for stack in draw_state_stacks([states])), None)}


@register.filter
def state_paint(state: str) -> SafeString:
    """The SVG paint of a state: striped if the evidence conflicts, hatched without a verdict."""
    pattern = "both" if state == State.CONFLICTING else "" if State(state).sufficient else "hatch"
    fill = format_html(' fill="url(#{})"', pattern) if pattern else ""
    return format_html('class="state {}"{}', state, fill)


@register.filter
def times_in_state(row: TopicStanding, state: str) -> int:
    """The number of a row's claims in a state."""
    return row.states.get(State(state), 0)


@register.simple_tag
def agreement_chart(rows: Iterable[AgreementFigure], *thresholds: float) -> AgreementChart | None:
    """The editors' agreement by month; None without a value."""
    drawn = draw_agreement_chart([(row.month, row.alpha) for row in rows if row.month], thresholds)
    return mirrored_drawing(drawn) if drawn else None

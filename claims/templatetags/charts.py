"""Template tags for charts. They pass figures to `claims.drawing` and mirror the result on right-to-left pages."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import template
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.vocabulary import State
from claims.drawing.agreement_chart import AgreementChart, draw_agreement_chart
from claims.drawing.claim_dots import ClaimDotsChart, ClaimPoint, draw_claim_dots
from claims.drawing.gap_bar import format_length
from claims.drawing.gap_line import GapLineChart, draw_gap_line
from claims.drawing.gap_moves import MoveRow, MoveScale, draw_gap_move, draw_move_scale
from claims.drawing.state_stacks import STATE_ORDER, StateStack, draw_state_stacks
from claims.drawing.time_axis import DayEvent
from claims.drawing.timeline_chart import SpokenWord, TimelineChart, draw_timeline
from claims.localized_text import localized_plain as text_of
from claims.models import Correction, Statement
from claims.selectors.agreement import AgreementFigure
from claims.selectors.claim_lists import ListedClaim
from claims.selectors.comparison import ComparedColumn
from claims.selectors.localized_wording import partial_date_in_words
from claims.selectors.receipts import Receipt
from claims.selectors.speaker_charts import PicturedClaims, TopicStanding, TopicStandings
from claims.selectors.timeline import DossierTimeline as Dossier
from claims.text.quotations import shorten_text

from .languages import mirrored_drawing

register = template.Library()

MAX_NAMED_DAYS = 5  # days labelled above a timeline; with more, only the table names the speakers
MAX_CORRECTIONS_NAMED = 3  # days of corrections labelled on the line, the latest; the page's head lists all


@register.filter
def svg_pixels(value: float) -> str:
    """A length in px for an SVG attribute, the same in every language."""
    return format_length(value)


@register.filter
def axis_lines(day: date, unit: str) -> list[str]:
    """The lines of a day's label on an axis. A month with two names has a line for each."""
    return date_format(day, {"year": "Y", "month": _("M Y"), "day": _("j M Y")}[unit]).split("/")


@register.filter
def period_in_full(day: date, unit: str) -> str:
    """The month or year that begins on the day, in words."""
    return date_format(day, {"year": "Y", "month": _("F Y")}[unit])


@register.simple_tag(takes_context=True)
def gap_line(
    context: Context, receipt: Receipt, corrections: Iterable[Correction] = ()
) -> GapLineChart | None:
    """The chart of a claim's gap over time, with labelled days; None if there is only one day."""
    events = [*_milestone_events(context, receipt), *_correction_events(corrections)]
    found = draw_gap_line(receipt.dossier, receipt.gap, receipt.line, receipt.labels, events)
    return mirrored_drawing(found) if found else None


def _milestone_events(context: Context, receipt: Receipt) -> Iterable[DayEvent]:
    said = receipt.line[0].as_of
    yield DayEvent(said, _("said %(day)s") % {"day": partial_date_in_words(said)}, "said")
    if (start := receipt.dossier.valid_from) and start.first > said:
        yield DayEvent(
            start.first, _("judged from %(day)s") % {"day": partial_date_in_words(start.first)}, "from"
        )
    if until := receipt.dossier.valid_until:
        yield DayEvent(
            until.last, _("judged up to %(day)s") % {"day": partial_date_in_words(until.last)}, "until"
        )
    day: Any = context.get("day")
    as_of = receipt.gap.as_of
    asked = (
        _("as known on %(day)s") % {"day": partial_date_in_words(as_of)} if day and day.asked else _("today")
    )
    yield DayEvent(as_of, asked, "as-of")


def _correction_events(corrections: Iterable[Correction]) -> Iterable[DayEvent]:
    """The corrections of each day as one event."""
    days = Counter(each.corrected_on for each in corrections)
    for day, n in sorted(days.items(), reverse=True)[:MAX_CORRECTIONS_NAMED]:
        words = ngettext("corrected %(day)s", "%(n)d corrections, %(day)s", n)
        yield DayEvent(day, words % {"n": n, "day": partial_date_in_words(day)}, "corrected")


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
    words = [SpokenWord(each.said_on.last, text_of(each)) for each in dossier.statements]
    texts = {slug: text_of(evidence) for slug, evidence in dossier.evidence.items()}
    found = draw_timeline(words, dossier.ground, texts, _speaker_events(dossier))
    return mirrored_drawing(found) if found else None


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
def claim_dots(shown: PicturedClaims) -> ClaimDotsChart | None:
    """The claims by day and gap, each dot labelled with its claim; None if fewer than two have a gap."""
    if sum(gap.headline is not None for _claim, gap in shown.rows) < 2:
        return None
    found = [
        ClaimPoint(text_of(claim), claim.statement.said_on.last, gap.headline, gap.low, gap.high)
        for claim, gap in shown.rows
    ]
    drawn = draw_claim_dots(found)
    return mirrored_drawing(drawn) if drawn else None


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
def verdict_bar(column: ComparedColumn) -> dict[str, Any]:
    """All claims of a compared subject as one bar."""
    return {"stack": next((mirrored_drawing(stack) for stack in draw_state_stacks([column.states])), None)}


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

"""Template tags for the line of a claim's gap: the chart, its finding as title, and what caused its largest steps."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.dates import PartialDate
from claims.domain.dossier import Gap
from claims.domain.gap_steps import GapStep, find_gap_steps, largest_steps, quiet_periods, visible_period
from claims.domain.wording import whole_gap
from claims.drawing.gap_line import GapLineChart, draw_gap_line, figures_of_line, last_day_shown
from claims.drawing.time_axis import DayEvent
from claims.localized_text import wrap_in_language
from claims.models import Correction, Evidence, Origin
from claims.selectors.localized_wording import partial_date_in_words
from claims.selectors.receipts import Receipt
from claims.text.digits import localize_figures
from claims.text.quotations import shorten_text

from .languages import mirrored_drawing
from .sentences import fill_message

register = template.Library()

MAX_CORRECTIONS_NAMED = 3  # days of corrections labelled on the line, the latest; the page's head lists all
MAX_STEPS_NAMED = 3
LONGEST_NAME, LONGEST_FLAG = 90, 24  # letters of a cause in a title, and above the plot


@dataclass(frozen=True)
class NamedStep:
    """A step in words: its figures, its day or period, and what caused it."""

    figures: str
    when: str
    cause: SafeString
    flag: str
    day: date
    moves_headline: bool

    @property
    def sentence(self) -> SafeString:
        """The cause, when it was (unless its name says the year), and the figures."""
        year = str(self.day.year)
        names_year = any(each in self.cause for each in (year, localize_figures(year, "ar")))
        when = "" if names_year else format_html("{}{}", _(", "), self.when)
        return format_html("{}{}: {}", self.cause, when, self.figures)


@dataclass(frozen=True)
class LineOfGap:
    chart: GapLineChart | None
    still: str  # what to say where nothing is drawn
    title: SafeString | str = ""
    steps: tuple[NamedStep, ...] = ()  # in order of time
    description: str = ""


@register.simple_tag(takes_context=True)
def gap_line(context: Context, receipt: Receipt, corrections: Iterable[Correction] = ()) -> LineOfGap:
    """The line of a claim's gap with its largest steps; without a chart where there is nothing to draw."""
    line, end = receipt.line, last_day_shown(receipt.dossier, receipt.line)
    found = largest_steps(receipt.dossier, find_gap_steps(receipt.dossier, line), MAX_STEPS_NAMED)
    steps = [_named_step(receipt, step) for step in found]
    flags = [DayEvent(step.day, step.flag, "step") for step in steps]
    events = [*_milestone_events(context, receipt), *_correction_events(corrections), *flags]
    quiet = quiet_periods(receipt.dossier, line[0].as_of, end)
    chart = draw_gap_line(receipt.dossier, receipt.gap, line, receipt.labels, events, quiet)
    if chart is None:
        return LineOfGap(None, _nothing_drawn(line))
    finding = next((step.sentence for step in steps if step.moves_headline), None)
    title = capfirst(finding) if finding else _("On no day was there enough evidence for a verdict")
    in_order = tuple(sorted(steps, key=lambda step: step.day))
    description = _line_description(line, chart)
    return LineOfGap(mirrored_drawing(chart), "", title, in_order, description)


def _named_step(receipt: Receipt, step: GapStep) -> NamedStep:
    cause, flag = _cause_in_words(receipt, step)
    when = _when_in_words(receipt, step)
    return NamedStep(_step_figures(step), when, cause, flag, step.after.as_of, step.moves_headline)


def _cause_in_words(receipt: Receipt, step: GapStep) -> tuple[SafeString, str]:
    """What caused a step: as HTML, and shorter as plain text."""
    if step.is_ageing:
        return format_html("{}", _("reports lost weight with age")), _("ageing")
    sources = {receipt.row(key).link.evidence.publisher for key in step.regraded}
    regrade = ngettext("a source was graded anew", "%(n)d sources were graded anew", len(sources))
    regrade %= {"n": len(sources)}
    if not step.reports:
        return format_html("{}", regrade), _("graded anew")
    reports = [receipt.row(key).link.evidence for key in step.reports]
    happenings = {each.origin_id for each in reports}
    if len(reports) == 1 or (len(happenings) == 1 and None not in happenings):
        named: Evidence | Origin = reports[0].origin or reports[0]
        shown = named.shown()
        text = shown.text.rstrip(" .")
        cause = wrap_in_language(shorten_text(text, LONGEST_NAME), shown.language)
        flag = shorten_text(text, LONGEST_FLAG)
    else:
        flag = ngettext("%(n)d report", "%(n)d reports", len(reports)) % {"n": len(reports)}
        cause = format_html("{}", flag)
    return (format_html("{}{}{}", cause, _("; "), regrade) if sources else cause), flag


def _when_in_words(receipt: Receipt, step: GapStep) -> str:
    """The day of a step, or the month or year that is all that is known of it."""
    if step.is_ageing:
        return partial_date_in_words(PartialDate(step.before.as_of, step.after.as_of))
    periods = {visible_period(receipt.row(key).grades) for key in step.reports}
    one_period = periods.pop() if len(periods) == 1 and not step.regraded else step.after.as_of
    return partial_date_in_words(one_period)


def _step_figures(step: GapStep) -> str:
    """From where to where the gap went. Without a verdict on either side they are figures of the working."""
    before, after = (_number_or_none(each.headline) for each in (step.before, step.after))
    if before is None and after is None:
        ends = {"before": _number_or_none(step.before.gap), "after": _number_or_none(step.after.gap)}
        if ends["before"] is None:
            return _("first evidence, %(after)s; too little for a verdict") % ends
        return _("%(before)s → %(after)s; too little evidence for a verdict") % ends
    return "{} → {}".format(before or _("no verdict"), after or _("no verdict"))


def _number_or_none(gap: float | None) -> str | None:
    return None if gap is None else whole_gap(gap)


def _nothing_drawn(line: list[Gap]) -> str:
    """Why no line is drawn, and what figure there is."""
    if len(line) < 2:
        return _("This is the day it was said: there is nothing to draw yet.")
    if not figures_of_line(line):
        return _("There has been no evidence for a number yet.")
    if all(each.headline is None for each in line):
        return _("On no day was there enough evidence for a verdict.")
    first = next(each for each in line if each.headline is not None)
    figures = {"gap": _number_or_none(first.headline), "day": partial_date_in_words(first.as_of)}
    if all(each.headline is not None for each in line if each.as_of >= first.as_of):
        return _("The gap has been %(gap)s since %(day)s.") % figures
    return _("The number has not changed.")


def _line_description(line: list[Gap], chart: GapLineChart) -> str:
    """The trend in words: the accessible name of the chart."""
    shown = [each for each in line if each.as_of <= chart.end]
    first, last = (_number_or_none(each.headline) or _("no verdict") for each in (shown[0], line[-1]))
    words = {
        "first": first, "last": last,
        "start": partial_date_in_words(chart.start), "end": partial_date_in_words(chart.end),
    }  # fmt: skip
    numbers = [each.headline for each in shown if each.headline is not None]
    if not numbers:
        return _("The gap from %(start)s to %(end)s: no verdict on any day.") % words
    words |= {"low": whole_gap(min(numbers)), "high": whole_gap(max(numbers))}
    return (
        _(
            "The gap from %(start)s to %(end)s: %(first)s at first, %(last)s at the end; between %(low)s and %(high)s."
        )
        % words
    )


def _milestone_events(context: Context, receipt: Receipt) -> Iterable[DayEvent]:
    said = receipt.line[0].as_of
    spoken = receipt.claim.statement.said_on  # no more precise than it is known
    yield DayEvent(said, _("said %(day)s") % {"day": partial_date_in_words(spoken)}, "said")
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
def line_caption(chart: GapLineChart, receipt: Receipt) -> SafeString:
    """How to read the chart of a gap over time, and what it leaves out."""
    sentences: list[str] = [_("Grey: the likely range.")]
    if chart.has_thin:
        sentences.append(_("Dashed: too little evidence for a verdict."))
    if chart.has_quiet:
        sentences.append(_("Dotted: a year or more without a new report."))
    sentences.append(
        _("Below, each report on the day it became known: upward if it contradicts the claim, "
          "downward if it supports it, long if strongly.")
    )  # fmt: skip
    if chart.periods:
        sentences.append(_("A bar beside them: the month or year within which it became known."))
    if chart.more:
        words = ngettext(
            "%(n)s more report moves the gap less and is not drawn.",
            "%(n)s more reports move the gap less and are not drawn.",
            chart.more,
        )
        sentences.append(fill_message(words, n=chart.more))
    if receipt.days_left_out:
        words = ngettext(
            "On %(n)s more day something became known; of each stretch only the last day is drawn.",
            "On %(n)s more days something became known; of each stretch only the last day is drawn.",
            receipt.days_left_out,
        )
        sentences.append(fill_message(words, n=receipt.days_left_out))
    return format_html_join(" ", "{}", ((each,) for each in sentences))

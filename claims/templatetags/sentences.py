"""Sentences that depend on several figures. Templates pass the figures; the choice of words is made here.

The message ids are those of the catalogue. `fill_message` escapes every value; messages may hold markup.
"""

from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from claims.domain.dossier import Gap
from claims.domain.evidence_counts import EvidenceCounts
from claims.domain.sensitivity import TurningEvidence
from claims.drawing.gap_line import GapLineChart
from claims.selectors.receipts import Receipt
from claims.templatetags.question_tags import nearest_whole

from .claims import exact_gap, vocabulary_label, whole_gap_number

register = template.Library()


def fill_message(message: str, **values: Any) -> SafeString:
    """A translated message with its `%(name)s` placeholders filled, as `blocktranslate` fills them."""
    fields = message % {name: f"{{{name}}}" for name in values}
    return format_html(fields, **{name: localize(value) for name, value in values.items()})


@register.simple_tag
def events_in_words(counts: EvidenceCounts) -> SafeString:
    """How many events speak against a claim and for it, and by how many publishers they are reported."""
    events = counts.against + counts.for_
    sides = format_html(
        "{}{}{}",
        fill_message(
            ngettext("%(n)s event against", "%(n)s events against", counts.against), n=counts.against
        ),
        _(", "),
        fill_message(npgettext("events", "%(n)s for", "%(n)s for", counts.for_), n=counts.for_),
    )
    publishers = ngettext("reported by %(n)s publisher", "reported by %(n)s publishers", counts.publishers)
    phrase = format_html("<b>{}</b>{}{}", sides, _(", "), fill_message(publishers, n=counts.publishers))
    if counts.publishers < 2 or not counts.of_one_publisher:
        return phrase
    if counts.of_one_publisher == events:
        alone = _("each by only one of them")
    else:
        alone = fill_message(
            ngettext(
                "%(n)s of the events by only one of them",
                "%(n)s of the events by only one of them each",
                counts.of_one_publisher,
            ),
            n=counts.of_one_publisher,
        )
    return format_html("{}{}{}", phrase, _("; "), alone)


@register.simple_tag
def gap_sentence(counts: EvidenceCounts, gap: Gap) -> SafeString:
    """What a gap with a verdict says: events, publishers, the number, its likely range, and whether it is tentative."""
    message = _("Gap <b>%(gap)s</b> of 100; likely range %(low)s to %(high)s")
    return format_html("{}. {}", events_in_words(counts), _end_sentence(message, gap))


@register.simple_tag
def lens_gap_sentence(gap: Gap) -> SafeString:
    """What the gap would be through a lens, with its interval, and whether it would be tentative."""
    message = _("It would be <b>%(gap)s</b>; likely range %(low)s to %(high)s")
    return _end_sentence(message, gap)


def _end_sentence(message: str, gap: Gap) -> SafeString:
    words = fill_message(
        message, gap=whole_gap_number(gap.gap), low=whole_gap_number(gap.low), high=whole_gap_number(gap.high)
    )
    if not gap.tentative:
        return format_html("{}.", words)
    return format_html("{}: <i>{}</i>.", words, _("tentative"))


@register.simple_tag
def shortfall_sentence(counts: EvidenceCounts, gap: Gap, needed: dict[str, Any]) -> SafeString:
    """What the evidence is, and what a side needs to prevail. `needed` has the method's `mass` and `publishers`."""
    stronger_is_for = gap.supporting > gap.contradicting
    mass = gap.supporting if stronger_is_for else gap.contradicting
    n = gap.publishers_for if stronger_is_for else gap.publishers_against
    least = fill_message(
        npgettext("needed", "%(n)s publisher", "%(n)s publishers", needed["publishers"]),
        n=needed["publishers"],
    )
    message = ngettext(
        "To prevail, a side needs a weight of %(mass)s, with reports that count from %(least)s. "
        "The stronger side has %(weight)s, from %(n)s.",
        "To prevail, a side needs a weight of %(mass)s, with reports that count from %(least)s. "
        "The stronger side has %(weight)s, from %(n)s.",
        n,
    )
    words = fill_message(message, mass=exact_gap(needed["mass"]), least=least, weight=exact_gap(mass), n=n)
    return format_html("{}. {}", events_in_words(counts), words)


@register.simple_tag
def turn_sentence(turn: TurningEvidence | None, side: str) -> SafeString | str:
    """The least new evidence on one side that changes a verdict. `side` is against or for."""
    is_against = side == "against"
    if turn is None:
        if is_against:
            return _("More reports against the claim would not change the verdict.")
        return _("More reports for the claim would not change the verdict.")
    state = vocabulary_label(turn.state, "state")
    if turn.grade:
        message = _one_report_against() if is_against else _one_report_for()
        return fill_message(message, grade=turn.grade, state=state)
    message = _several_reports_against(turn.reports) if is_against else _several_reports_for(turn.reports)
    return fill_message(message, n=turn.reports, state=state)


def _one_report_against() -> str:
    return _(
        "One new report against the claim, of another event and by another publisher, strong, direct and graded "
        "<bdi>%(grade)s</bdi>, would be enough to make it: <b>%(state)s</b>."
    )


def _one_report_for() -> str:
    return _(
        "One new report for the claim, of another event and by another publisher, strong, direct and graded "
        "<bdi>%(grade)s</bdi>, would be enough to make it: <b>%(state)s</b>."
    )


def _several_reports_against(n: int) -> str:
    return ngettext(
        "It would take %(n)s new report against the claim, of another event and by another publisher, strong, direct "
        "and graded <bdi>A1</bdi>, to make it: <b>%(state)s</b>.",
        "It would take %(n)s new reports against the claim, each of another event and by another publisher, strong, "
        "direct and graded <bdi>A1</bdi>, to make it: <b>%(state)s</b>.",
        n,
    )


def _several_reports_for(n: int) -> str:
    return ngettext(
        "It would take %(n)s new report for the claim, of another event and by another publisher, strong, direct "
        "and graded <bdi>A1</bdi>, to make it: <b>%(state)s</b>.",
        "It would take %(n)s new reports for the claim, each of another event and by another publisher, strong, "
        "direct and graded <bdi>A1</bdi>, to make it: <b>%(state)s</b>.",
        n,
    )


@register.simple_tag
def report_age(age: int, half_life: float) -> SafeString:
    """How old a report is, and how often its weight is halved."""
    days = nearest_whole(half_life)
    half = fill_message(npgettext("every", "%(n)s day", "%(n)s days", days), n=days)
    words = ngettext("%(n)s day old, halved every %(half)s", "%(n)s days old, halved every %(half)s", age)
    return fill_message(words, n=age, half=half)


@register.simple_tag
def line_caption(chart: GapLineChart, receipt: Receipt) -> SafeString:
    """How to read the chart of a gap over time, and what it leaves out."""
    reading = _(
        "Grey: the 90 %% interval. Dashed: too little evidence for a verdict. Below, each report on the day it became "
        "known: upward if it contradicts the words, downward if it supports them, long if strongly."
    )
    sentences: list[str] = [reading % {}]
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

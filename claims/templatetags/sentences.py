"""Sentences that depend on several figures. Templates pass the figures; the choice of words is made here.

The message ids are those of the catalogue. `fill_message` escapes every value; messages may hold markup.
"""

from typing import Any

from django import template
from django.utils.formats import localize
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from claims.domain.dossier import Gap
from claims.domain.evidence_counts import EvidenceCounts
from claims.domain.sensitivity import TurningEvidence
from claims.models import Claim
from claims.selectors.receipts import Receipt, ReceiptRow
from claims.selectors.verdict_sentence import evidence_sentence, verdict_sentence
from claims.templatetags.question_tags import nearest_whole

from .claims import exact_gap, vocabulary_label, whole_gap_number

register = template.Library()


def fill_message(message: str, **values: Any) -> SafeString:
    """A translated message with its `%(name)s` placeholders filled, as `blocktranslate` fills them."""
    fields = message % {name: f"{{{name}}}" for name in values}
    return format_html(fields, **{name: localize(value) for name, value in values.items()})


@register.simple_tag
def evidence_in_words(counts: EvidenceCounts) -> str:
    """How many events are against a claim and for it, and how many publishers report them; empty without any."""
    return evidence_sentence(counts) if counts.events else ""


@register.simple_tag(name="verdict_sentence")
def marked_verdict_sentence(claim: Claim, receipt: Receipt) -> SafeString:
    """The verdict's sentence, with its counts in bold."""
    sentence = verdict_sentence(receipt.counts, receipt.gap, claim.settlement_on(receipt.gap.as_of))
    if not sentence.evidence or not sentence.result:
        return format_html("{}", str(sentence))
    return format_html("<b>{}</b> {}", sentence.evidence, sentence.result)


@register.simple_tag
def lens_gap_sentence(gap: Gap) -> SafeString:
    """What the gap would be through a lens, with its interval, and whether it would be tentative."""
    message = _("It would be <b>%(gap)s</b>; likely range %(low)s to %(high)s")
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
    rule = ngettext(
        "For a verdict, one side must weigh %(mass)s and have a strong report "
        "by %(n)s publisher without a stake in it.",
        "For a verdict, one side must weigh %(mass)s and have strong reports "
        "by %(n)s publishers without a stake in it.",
        needed["publishers"],
    )
    words = fill_message(rule, mass=exact_gap(needed["mass"]), n=needed["publishers"])
    return format_html(
        "{} {} {}",
        evidence_in_words(counts),
        words,
        fill_message(_stronger_side(n), weight=exact_gap(mass), n=n),
    )


def _stronger_side(publishers: int) -> str:
    if not publishers:
        return _("The stronger side weighs %(weight)s, with no such report.")
    return ngettext(
        "The stronger side weighs %(weight)s, with such reports by %(n)s publisher.",
        "The stronger side weighs %(weight)s, with such reports by %(n)s publishers.",
        publishers,
    )


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
def gap_without_report(row: ReceiptRow) -> str:
    """What the gap would be without a report."""
    if row.score.gap_without is None:
        return _("Without this report there would be no number.")
    return _("Without this report the gap would be %(gap)s.") % {"gap": exact_gap(row.score.gap_without)}


@register.simple_tag
def report_age(age: int, half_life: float) -> SafeString:
    """How old a report is, and how often its weight is halved."""
    days = nearest_whole(half_life)
    half = fill_message(npgettext("every", "%(n)s day", "%(n)s days", days), n=days)
    words = ngettext("%(n)s day old, halved every %(half)s", "%(n)s days old, halved every %(half)s", age)
    return fill_message(words, n=age, half=half)

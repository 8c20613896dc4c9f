"""Template tags for questions about a figure: the same page on another day, or through a lens."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.domain.dates import PartialDate, add_months
from claims.domain.dossier import Gap
from claims.domain.lens import INTEREST_PARAMETER, LARGEST_WEIGHTS, LENS_PARAMETERS, STANDARD_WEIGHTS, Lens
from claims.domain.vocabulary import State
from claims.domain.wording import whole_gap
from claims.localized_text import localized_plain, marked_html, wrap_in_language
from claims.selectors.claim_lists import ListedClaim
from claims.selectors.comparison import ComparedColumn
from claims.selectors.corrected_errors import others_in_words
from claims.selectors.localized_wording import partial_date_in_words
from claims.selectors.receipt_lens import ReceiptThroughLens
from claims.selectors.receipts import ReceiptRow
from claims.templatetags.claims import query_string, record_url, vocabulary_label
from claims.text.quotations import SpanContext
from claims.text.text_diff import DiffPiece

register = template.Library()


@register.inclusion_tag("claims/_as_of.html", takes_context=True)
def other_day_form(
    context: Context, first: date | None, *, single: bool = False, said_on: PartialDate | None = None
) -> dict[str, Any]:
    """The form for another day, with links to days before and after: none before the first words, none after today.

    On the page of a past day, today only decides which later days are offered. `single`: the page is about one
    record. `said_on`: when it was said, where that may be too vague to lead to a day.
    """
    day, today, request = context["day"], context["today"], context["request"]
    said = _("When it was said") if single else _("On the day of the earliest statement")
    days = [
        (said, first if first != day.date and (said_on is None or said_on.is_within_a_month) else None),
        (_("A year earlier"), add_months(day.date, -12)),
        (_("A month earlier"), add_months(day.date, -1)),
        (_("A month later"), add_months(day.date, 1)),
        (_("A year later"), add_months(day.date, 12)),
    ]
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in ("as_of", "page")
    ]
    ways = [
        (label, query_string(context, as_of=other.isoformat(), page=None))
        for label, other in days
        if other and first and first <= other <= today
    ]
    if day.asked:
        ways.append((_("Today"), query_string(context, as_of=None, page=None)))
    return {"day": day, "today": today, "first": first, "kept": kept, "ways": ways}


@register.simple_tag(takes_context=True)
def through_lens(context: Context, lens: Lens | None = None) -> str:
    """The address of this page with a lens, or without one if it is empty, on the same day."""
    data = context["request"].GET.copy()
    for name in LENS_PARAMETERS:
        data.pop(name, None)
    for name, value in lens.parameters() if lens else ():
        data.appendlist(name, value)
    text = data.urlencode()
    return f"?{text}#lens" if text else f"{context['request'].path}#lens"


@register.simple_tag(takes_context=True)
def without_source(context: Context, source: str) -> str:
    """The address of this page without a source's reports, or with them again."""
    return through_lens(context, context["lensed"].lens.toggled(source))


GRADE_CHOICES = ("A", "AB", "ABC")


@register.inclusion_tag("claims/_lens.html", takes_context=True)
def lens_panel(context: Context, lensed: ReceiptThroughLens) -> dict[str, Any]:
    """The context of the lens form and of the gap through the lens."""
    chosen = lensed.lens.grades
    tables = [
        (
            table,
            [(name, grade, STANDARD_WEIGHTS[name], LARGEST_WEIGHTS[name], own) for name, grade, own in rows],
        )
        for table, rows in lensed.lens.own_weights()
    ]
    return {
        **{name: context[name] for name in ("request", "day", "claim", "receipt", "part")},
        "lensed": lensed,
        "lens": lensed.lens,
        "grades": list(dict.fromkeys([*GRADE_CHOICES, *([chosen] if chosen else [])])),
        "tables": tables,
        "interest": {
            "name": INTEREST_PARAMETER,
            "standard": STANDARD_WEIGHTS[INTEREST_PARAMETER],
            "own": lensed.lens.own.get(INTEREST_PARAMETER),
        },
    }


@register.filter
def short_figure(value: float, places: int = 4) -> str:
    """A factor of a product, without trailing zeros."""
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


@register.filter
def mass_figure(value: float) -> str:
    """A mass with enough decimals to see that it is a multiple of the smallest unit, so that printed sums are exact."""
    return short_figure(value, 6)


@register.filter
def grade_sign(grade: Any) -> str:
    """The letter or number of a grade."""
    return str(grade.value)


@register.filter
def nearest_whole(value: float) -> int:
    """The nearest whole number, for plural forms. A half is rounded up."""
    return int(value + 0.5)


@register.filter
def stances_in_words(values: Iterable[int]) -> str:
    """Stances have no sign for readers: the points beside them have one, and it is the other."""
    return _(", ").join(vocabulary_label(value, "stance") for value in values)


@register.filter
def outcome_in_words(gap: Gap) -> str:
    """A verdict with its gap, if it has one."""
    state = _(gap.state.label)
    return state if gap.headline is None else f"{whole_gap(gap.headline)}, {state}"


@register.simple_tag(takes_context=True)
def report_address(context: Context, row: ReceiptRow) -> str:
    """The address at which the page shows a report.

    Of very many reports, that may be another page, or the report's own.
    """
    evidence = row.link.evidence
    return f"#report-{evidence.slug}" if context["part"].has(row) else record_url(context, evidence)


@register.simple_tag(takes_context=True)
def address_with_half_life(context: Context, times: float) -> str:
    """The address of this page with a lens of other half-lives."""
    return through_lens(context, replace(context["lensed"].lens, half_lives=times))


@register.simple_tag(takes_context=True)
def gap_then_and_now(context: Context, row: ListedClaim) -> str:
    """A claim's gap when it was said and on the page's day, in a few words.

    Empty if it is the same, or if there is no figure of when it was said.
    """
    if row.said is None or row.gap.state is State.UNCHECKABLE:
        return ""
    said, now = (
        _("no verdict") if each.headline is None else whole_gap(each.headline) for each in (row.said, row.gap)
    )
    if said == now:
        return ""
    if context["day"].asked:
        return _("when said: %(said)s → on this day: %(now)s") % {"said": said, "now": now}
    return _("when said: %(said)s → now: %(now)s") % {"said": said, "now": now}


@register.filter("subject_name")
def compared_subject_name(subject: Any) -> str:
    """The title of a compared subject."""
    return partial_date_in_words(subject) if isinstance(subject, PartialDate) else localized_plain(subject)


@register.simple_tag(takes_context=True)
def claims_list_url(context: Context, column: ComparedColumn) -> str:
    """The address of the list of the claims that a column counts."""
    return _address_on_day(context, "claims", column.chosen)


@register.simple_tag(takes_context=True)
def claims_list_of(context: Context, kind: str, slug: str) -> str:
    """The address of the list of a speaker's or topic's claims."""
    return _address_on_day(context, "claims", [(kind, slug)])


@register.filter
def counts_beside_columns(
    counts: Iterable[int], columns: Iterable[ComparedColumn]
) -> list[tuple[ComparedColumn, int]]:
    return list(zip(columns, counts, strict=True))


@register.simple_tag(takes_context=True)
def comparison_address(context: Context, kind: str, slug: str) -> str:
    """The address of the comparison of a speaker or topic with others."""
    return _address_on_day(context, "compare", [(kind, slug)])


def _address_on_day(context: Context, name: str, parameters: list[tuple[str, str]]) -> str:
    day = context["day"]
    pairs = [*parameters, *([("as_of", day.date.isoformat())] if day.asked else [])]
    return f"{reverse(name)}?{urlencode(pairs)}"


@register.simple_tag
def compared_pieces(text: Iterable[DiffPiece], mark: str, language: str) -> SafeString:
    """A text in its language, with its differences from another one marked as `ins` or `del`."""
    marked = format_html("<{0}>{{}}</{0}>", mark)
    parts = (format_html(marked if piece.differs else "{}", piece.text) for piece in text)
    return wrap_in_language(format_html_join("", "{}", ((part,) for part in parts)), language)


register.simple_tag(others_in_words)


@register.simple_tag
def mark_differences(pieces: Iterable[DiffPiece], mark: str, empty: str = "") -> SafeString | str:
    """The pieces of a compared text, with the differences marked as `ins` or `del`."""
    marked = format_html("<{0}>{{}}</{0}>", mark)
    parts = [(format_html(marked, text) if differs else text,) for differs, text in pieces]
    return format_html_join("", "{}", parts) if parts else empty


@register.simple_tag
def mark_span(passage: SpanContext) -> SafeString:
    """The sentences around a span, with the span marked. Ellipses show that the statement continues."""
    before, span, after, opens, closes = passage
    shown = (before, marked_html(span), after)
    return format_html("{}{}{}{}{}", "… " if opens else "", *shown, " …" if closes else "")


FOUR_LINES, FOUR_WIDE_LINES = 170, 350  # letters, on a phone and on a wide screen


@register.filter
def fold_of(passage: SpanContext) -> str:
    """The class of a quotation that is folded to four lines: `long` on phones only, `very-long` everywhere."""
    letters = len(passage.before) + len(passage.span) + len(passage.after)
    return "long very-long" if letters > FOUR_WIDE_LINES else "long" if letters > FOUR_LINES else ""

"""Template tags for readers' pages: links that keep the day, dates in words, and the bar of a gap."""

from datetime import date, datetime
from typing import Any

from django import template
from django.db.models import Model
from django.template.context import Context
from django.template.defaultfilters import urlencode
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from claims.domain.dossier import Dossier, Gap
from claims.domain.vocabulary import Settlement
from claims.domain.wording import whole_gap
from claims.drawing.gap_bar import draw_gap_bar as draw_bar
from claims.drawing.gap_bar import format_length
from claims.models import Claim
from claims.request_parameters import keep_as_of as with_day
from claims.selectors.claim_lists import ListedClaim
from claims.selectors.localized_wording import (
    VOCABULARIES,
    checks_in_words,
    outcome_in_words,
    partial_date_in_words,
    said_on_in_words,
    score_change,
    signature_in_words,
    vocabulary_label,
)

from .languages import mirrored_drawing

register = template.Library()

# Django translates these when it formats a date. They are in our catalogue because Arabic has two names for each
# month, one in the Levant and one in Egypt.
MONTH_MESSAGES = [
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April"),
    gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August"),
    gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December"),
]  # fmt: skip


@register.simple_tag(takes_context=True)
def record_url(context: Context, target: Model | str, *args: Any) -> str:
    """The address of a record or a named page, with the requested day."""
    address = target.get_absolute_url() if isinstance(target, Model) else reverse(target, args=args)  # type: ignore[attr-defined]
    return with_as_of(context, address)


@register.simple_tag(takes_context=True)
def with_as_of(context: Context, address: str) -> str:
    """An address of this site, with the requested day."""
    day = context.get("day")
    return with_day(address, day) if day else address


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: Any) -> str:
    """The query string of this page with some parameters replaced, or removed if None."""
    data = context["request"].GET.copy()
    for name, value in changes.items():
        data.pop(name, None)
        if value is not None:
            data[name] = value
    text = data.urlencode()
    return f"?{text}" if text else context["request"].path


@register.simple_tag(takes_context=True)
def record_changes(context: Context, record: str, act: str = "") -> str:
    """The address of a record's changes, all or those of one act, with the requested day."""
    day = context.get("day")
    chosen = f"&act={act}" if act else ""
    asked = f"&as_of={day.date.isoformat()}" if day and day.asked else ""
    return f"{reverse('changes')}?record={urlencode(record)}{chosen}{asked}"


register.simple_tag(checks_in_words)
register.filter("date_in_words", partial_date_in_words)
register.filter("said_on_in_words", said_on_in_words)
register.filter("label", vocabulary_label)
register.simple_tag(score_change)
register.simple_tag(signature_in_words)


@register.filter
def day_and_time(value: datetime) -> str:
    """A day with its time, in words."""
    return date_format(timezone.localtime(value), _("j F Y, H:i"))


@register.filter
def month_name(value: date) -> str:
    return date_format(value, _("F Y"))


BAR_FRAMES = {  # px
    "row": {"height": 20, "top": 6, "thick": 8, "needle_top": 2, "needle_end": 18, "interval": 18},
    "page": {
        "height": 62,
        "top": 28,
        "thick": 22,
        "needle_top": 24,
        "needle_end": 54,
        "interval": 58,
        "label": 18,
    },
}


@register.inclusion_tag("claims/_bar.html")
def gap_bar(dossier: Dossier, gap: Gap, size: str = "row") -> dict[str, Any]:
    """The context of a gap's bar. `size` is row or page."""
    return {
        "bar": mirrored_drawing(draw_bar(dossier, gap)),
        "gap": gap,
        "size": size,
        "frame": BAR_FRAMES[size],
    }


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, text: str) -> str:
    """A link of the main menu, marked if it is this page or a parent of it."""
    address = reverse(name)
    path = context["request"].path if "request" in context else ""
    current = "page" if path == address else "true" if path.startswith(address) else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<a href="{}"{}>{}</a>', record_url(context, name), mark, text)


@register.filter("whole_gap")
def whole_gap_number(value: float | None) -> str:
    """A gap as a whole number; a dash if there is none."""
    return "—" if value is None else whole_gap(value)


@register.simple_tag
def movement_in_words(row: ListedClaim) -> str:
    """The last movement of a claim's headline gap, in a few words."""
    words = {
        "day": partial_date_in_words(row.moved_on),
        "before": whole_gap_number(row.moved_from),
        "after": whole_gap_number(row.moved_to),
    }
    if row.moved_from is None:
        return _("first verdict %(after)s on %(day)s") % words
    if row.moved_to is None:
        return _("%(before)s → no verdict on %(day)s") % words
    return _("%(before)s → %(after)s on %(day)s") % words


@register.filter
def exact_gap(value: float | None) -> str:
    return "—" if value is None else f"{value:.2f}"


@register.filter("per_cent")
def svg_per_cent(value: float) -> str:
    """A length in per cent for an SVG attribute, the same in every language."""
    return f"{format_length(value)}%"


@register.simple_tag
def settlement_of(claim: Claim, gap: Gap) -> Settlement | None:
    """How a commitment had been settled by the day of the gap."""
    return claim.settlement_on(gap.as_of)


@register.simple_tag
def outcome_headline(claim: Claim, gap: Gap) -> str:
    """How a commitment was settled by the day of the gap, and the verdict, with “tentative” if it is."""
    return outcome_in_words(claim, gap.state, gap.as_of, tentative=gap.tentative)


@register.filter("meaning")
def vocabulary_meaning(value: Any, vocabulary: str) -> str:
    return _(VOCABULARIES[vocabulary](value).meaning)

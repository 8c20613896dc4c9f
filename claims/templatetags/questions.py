"""What lets a reader question a figure: the same page on another day."""

from datetime import date
from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import gettext as _

from claims.domain.dates import months_from

from .claims import query

register = template.Library()


@register.inclusion_tag("claims/_as_of.html", takes_context=True)
def another_day(context: Context, first: date | None, *, single: bool = False) -> dict[str, Any]:
    """The field for another day, and ways there that need no typing: none before the first words, none after today.

    Which later days have come is all that today decides on the page of a past day. `single`: one record’s.
    """
    day, today, request = context["day"], context["today"], context["request"]
    said = _("When it was said") if single else _("When the first of it was said")
    days = [
        (said, first if first != day.date else None),
        (_("A year earlier"), months_from(day.date, -12)),
        (_("A month earlier"), months_from(day.date, -1)),
        (_("A month later"), months_from(day.date, 1)),
        (_("A year later"), months_from(day.date, 12)),
    ]
    kept = [
        (name, value)
        for name, values in request.GET.lists()
        for value in values
        if name not in ("as_of", "page")
    ]
    ways = [
        (label, query(context, as_of=other.isoformat(), page=None))
        for label, other in days
        if other and first and first <= other <= today
    ]
    if day.asked:
        ways.append((_("Today"), query(context, as_of=None, page=None)))
    return {"day": day, "today": today, "first": first, "kept": kept, "ways": ways}

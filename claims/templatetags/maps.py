"""Template tags for maps: lengths for SVG, and a sentence for each circle."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.selectors.ground_reports import LocatedReports

register = template.Library()


@register.filter
def map_share(value: float) -> str:
    """A share of the map's width or height in per cent, the same in every language."""
    return f"{100 * value:.2f}%"


@register.filter
def half_of(value: float) -> str:
    return f"{value / 2:g}"


@register.filter
def region_radius(value: float) -> str:
    """The radius of the dashed circle that stands for a region, around the circle of its reports."""
    return f"{value + 9:g}"


@register.simple_tag
def label_anchor(side: str, right_to_left: bool) -> str:
    """The text anchor of a label. On a right-to-left page, text starts at its right end."""
    return {"middle": "middle", "left": "end" if right_to_left else "start"}.get(
        side, "start" if right_to_left else "end"
    )


@register.simple_tag
def place_bearings(located: LocatedReports, name: str) -> str:
    """The content of a circle in words: “Idlib, town: 5 reports; 3 against, 1 for, 0 both ways, 1 context”."""
    against, both, for_, context = located.cells
    return ngettext(
        "%(name)s, %(kind)s: %(n)d report; %(against)d against the claims, %(for)d for them, %(both)d both ways, "
        "%(context)d context",
        "%(name)s, %(kind)s: %(n)d reports; %(against)d against the claims, %(for)d for them, %(both)d both ways, "
        "%(context)d context",
        located.reports,
    ) % {
        "name": name, "kind": _(located.place.get_kind_display()), "n": located.reports,
        "against": against, "both": both, "for": for_, "context": context,
    }  # fmt: skip

"""The accessible names of charts: what a chart shows, in one or two sentences with its figures."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from operator import itemgetter

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.domain.wording import whole_gap
from claims.localized_text import localized_plain
from claims.selectors.agreement import AgreementFigure
from claims.selectors.localized_wording import partial_date_in_words
from claims.selectors.place_maps import DrawnMap
from claims.selectors.speaker_charts import PicturedClaims
from claims.selectors.timeline import DossierTimeline

register = template.Library()


@register.simple_tag
def timeline_name(timeline: DossierTimeline) -> str:
    """From when to when it goes, how much there is on each side, and when most became known."""
    days = sorted(_dates_in_words(timeline), key=itemgetter(0))
    sides, n = Counter(each.side for each in timeline.ground), len(timeline.statements)
    words = {
        "start": days[0][1], "end": days[-1][1],
        "statements": ngettext("%(n)d statement", "%(n)d statements", n) % {"n": n},
        "against": sides["contradicting"], "for": sides["supporting"],
    }  # fmt: skip
    name = _("From %(start)s to %(end)s: %(statements)s; reports against: %(against)d, for: %(for)d.") % words
    if not timeline.ground:
        return name
    year, most = Counter(each.day.year for each in timeline.ground).most_common(1)[0]
    return f"{name} " + _("The most reports in one year: %(n)d, in %(year)s.") % {"year": year, "n": most}


def _dates_in_words(timeline: DossierTimeline) -> Iterator[tuple[date, str]]:
    """Each day on the timeline, and the date for it, which is no more precise than it is known."""
    for statement in timeline.statements:
        yield statement.said_on.last, partial_date_in_words(statement.said_on)
    for each in timeline.ground:
        report = timeline.evidence.get(each.key)
        yield each.day, partial_date_in_words(report.known) if report else date_format(each.day, _("F Y"))


@register.simple_tag
def map_name(drawn: DrawnMap) -> str:
    """Of which place the most reports are, and how many reports bear on claims on each side."""
    places = drawn.ground.places
    if not places:
        return _("No report names a place in it.")
    against, _both, for_, _context = (
        sum(column) for column in zip(*(each.cells for each in places), strict=True)
    )
    words = {
        "place": localized_plain(places[0].place), "n": places[0].reports, "all": drawn.ground.reports,
        "against": against, "for": for_,
    }  # fmt: skip
    return (
        _(
            "No place has more reports than %(place)s: %(n)d of %(all)d. Against the claims: %(against)d; "
            "for them: %(for)d."
        )
        % words
    )


@register.simple_tag
def dots_name(pictured: PicturedClaims) -> str:
    """Between which gaps the claims lie, and how many are nearer to contradiction."""
    gaps = [
        gap.headline for group in pictured.topics for _claim, gap in group.rows if gap.headline is not None
    ]
    words = {
        "n": len(gaps), "low": whole_gap(min(gaps)), "high": whole_gap(max(gaps)),
        "above": sum(gap > 50 for gap in gaps),
    }  # fmt: skip
    message = ngettext(
        "The gap of %(n)d claim lies between %(low)s and %(high)s; above 50: %(above)d.",
        "The gaps of %(n)d claims lie between %(low)s and %(high)s; above 50: %(above)d.",
        len(gaps),
    )
    return message % words


@register.simple_tag
def agreement_name(rows: list[AgreementFigure]) -> str:
    """The editors' agreement in the first month and in the last, and between which values it lies."""
    found = sorted((row.month, row.alpha) for row in rows if row.month and row.alpha is not None)
    values = [alpha for _month, alpha in found]
    (start, first), (end, last) = found[0], found[-1]
    words = {
        "start": date_format(start, _("F Y")), "end": date_format(end, _("F Y")), "first": f"{first:.2f}",
        "last": f"{last:.2f}", "low": f"{min(values):.2f}", "high": f"{max(values):.2f}",
    }  # fmt: skip
    return (
        _("Alpha was %(first)s in %(start)s and %(last)s in %(end)s; it lay between %(low)s and %(high)s.")
        % words
    )

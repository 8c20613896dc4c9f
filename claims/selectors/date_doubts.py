"""Dates that are possible and rarely meant: published after today, or an event after its publication."""

from datetime import date

from django.db.models import Model
from django.utils.translation import gettext as _

from claims.models import Evidence, Statement


def date_doubts(record: Model, today: date) -> list[str]:
    """What to look at again before the dates of the record are relied on, in sentences. Nothing is refused for it."""
    doubts = []
    if isinstance(record, Statement) and record.said_on.first > today:
        doubts.append(_("It is said on a day after today. Is the date right?"))
    if isinstance(record, Evidence):
        if record.known.first > today:
            doubts.append(_("It is published after today, so it counts from that day on. Is the date right?"))
        if record.event and record.event.first > record.known.last:
            doubts.append(_("The event is after the publication of its report. Are both dates right?"))
    return doubts

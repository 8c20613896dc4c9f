"""The day of an article, from its dateline or from a caption at its head."""

import re
from dataclasses import dataclass
from typing import Final

from claims.domain.dates import PartialDate
from claims.reading.told_days import find_told_day

_DATELINE: Final = re.compile(
    r"^(?:[A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*){0,3}(?:, [A-Z][\w’'-]+)?|[\u0621-\u0655]+(?: [\u0621-\u0655]+){0,2})"
    r"(?P<rest>[^\n.!?“\"«]{0,60}?(?:\.[^\n.!?“\"«]{0,40}?)?)\s*(?:—|–|--|\s-|:\s(?=[\u0621-\u0655]))\s"
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """`length`: how many letters it takes of its paragraph; `day`: the day that it tells, if any."""

    length: int
    day: PartialDate | None


def read_dateline(paragraph: str, published: PartialDate | None) -> Dateline | None:
    """The dateline that the paragraph opens with: “TEL NASR, May 8 (Harbour News) —”."""
    found = _DATELINE.match(paragraph)
    if not found:
        return None
    day = find_told_day(found[0], published)
    if day is None and not found[0].isupper() and "(" not in found[0]:
        return None
    return Dateline(found.end(), day)


def day_at_head(paragraphs: list[str]) -> PartialDate | None:
    """A full day that one of the first paragraphs tells, as captions do."""
    for paragraph in paragraphs[:4]:
        day = find_told_day(paragraph, None)
        if day and day.first == day.last:
            return day
    return None

"""Dates as editors write and paste them: “October 13, 2021”, “13.10.2021”, “13–15 October 2021”, “yesterday”.

`PartialDate.parse` reads the forms that are stored and exported; this reads all others and ends there.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Self

from .dates import (
    ARABIC_DIGITS,
    InvalidPartialDate,
    PartialDate,
    month_number,
    replace_arabic_months,
)
from .vocabulary import gettext_noop as _

# Pasted with a text and never seen: marks of direction, soft hyphens, zero-width and no-break spaces.
_INVISIBLE: Final = str.maketrans(
    dict.fromkeys("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    | dict.fromkeys("\u00a0\u2007\u2009\u202f", " ")
)  # fmt: skip
_TODAY: Final = frozenset({"today", "اليوم"})
_YESTERDAY: Final = frozenset({"yesterday", "امس", "البارحه", "البارحة"})
_WEEKDAYS: Final = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tue|wed|thu|fri|sat|sun)\b\.?|"
    r"(?:يوم\s+)?(?:الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعة|السبت|الاحد)"
)
_FILLERS: Final = re.compile(rf"\b(?:{_WEEKDAYS}|on|of|the|from|between)(?!\w)|[,،]")
_ORDINAL: Final = re.compile(r"([0-9])(?:st|nd|rd|th)\b")
_RANGE: Final = re.compile(r"\s*[–—‒/-]\s*|\s+(?:to|until|till|and)\s+")
_DAY, _MONTH, _YEAR = r"(?P<day>[0-9]{1,2})", r"(?P<month>[a-z]{3,9})\.?", r"(?P<year>[0-9]{4})"
_PARTS: Final = [
    re.compile(" ".join(parts))
    for parts in (
        (_DAY, _MONTH, _YEAR), (_MONTH, _DAY, _YEAR), (_YEAR, _MONTH, _DAY), (_MONTH, _YEAR), (_YEAR, _MONTH),
        (_DAY, _MONTH), (_MONTH, _DAY), (_DAY, _YEAR), (_YEAR,), (_MONTH,), (_DAY,),
    )
]  # fmt: skip
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})([./-])([0-9]{1,2})\2([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})([./-])([0-9]{1,2})(?:\2([0-9]{1,2}))?")
_MONTH_OF_YEAR: Final = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})")


@dataclass(frozen=True, slots=True)
class _Parts:
    """One end of a range, or the whole date. What is missing stands at the other end."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def completed_from(self, other: Self) -> Self:
        """With the year of the other end, and with its month if only the day is told."""
        month = other.month if self.month is None and self.day is not None else self.month
        return replace(self, year=self.year or other.year, month=month)

    def period(self) -> PartialDate | None:
        if self.year is None or (self.month is None and self.day is not None):
            return None
        numbers = [f"{self.year:04}", *(f"{each:02}" for each in (self.month, self.day) if each is not None)]
        return PartialDate.parse("-".join(numbers))


def read_written_date(typed: str, today: date) -> PartialDate:
    """Read what an editor typed or pasted on the day `today`.

    Raises InvalidPartialDate with words that say what to do; where a date can be read in two ways, with both.
    """
    text = " ".join(typed.translate(_INVISIBLE).translate(ARABIC_DIGITS).split())
    try:
        return PartialDate.parse(text)
    except InvalidPartialDate:
        if len(text) > 60:
            raise
        words = replace_arabic_months(text).lower()
        for read in (_read_relative(today), _read_figures, _read_words):
            if period := read(words):
                return period
        raise


def _read_relative(today: date) -> Callable[[str], PartialDate | None]:
    def read(text: str) -> PartialDate | None:
        if text in _TODAY:
            return PartialDate.day(today)
        return PartialDate.day(today - timedelta(1)) if text in _YESTERDAY else None

    return read


def _read_figures(text: str) -> PartialDate | None:
    """13.10.2021, 10/13/2021, 2021/10/13, 2021-7, 10/2021."""
    if found := _DAY_FIRST.fullmatch(text):
        return _read_day_and_month(text, found)
    if found := _YEAR_FIRST.fullmatch(text):
        return _Parts(int(found[1]), int(found[3]), int(found[4]) if found[4] else None).period()
    if found := _MONTH_OF_YEAR.fullmatch(text):
        return _Parts(int(found[2]), int(found[1])).period()
    return None


def _read_day_and_month(text: str, found: re.Match[str]) -> PartialDate | None:
    """Day first, or month first as in the United States. With full stops the day is always first."""
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    day_first, month_first = _Parts(year, other, one), _Parts(year, one, other)
    if found[2] == "." or one > 12 or one == other:
        return day_first.period()
    if other > 12:
        return month_first.period()
    raise InvalidPartialDate(
        _("“%(text)s” can be read in two ways."),
        _("Write %(one)s or %(other)s."),
        text=text,
        one=day_first.period(),
        other=month_first.period(),
    )


def _read_words(text: str) -> PartialDate | None:
    """Names of months, with or without a range: “March–May 2021”, “October 13–15, 2021”."""
    plain = " ".join(_FILLERS.sub(" ", _ORDINAL.sub(r"\1", text)).split())
    ends = [_read_parts(end) for end in _RANGE.split(plain)]
    match ends:
        case [_Parts() as only]:
            return only.period()
        case [_Parts() as start, _Parts() as end]:
            first, last = start.completed_from(end).period(), end.completed_from(start).period()
            return PartialDate(first.first, last.last) if first and last else None
    return None


def _read_parts(text: str) -> _Parts | None:
    for pattern in _PARTS:
        if found := pattern.fullmatch(text):
            return _parts_of(found.groupdict())
    return None


def _parts_of(told: Mapping[str, str | None]) -> _Parts | None:
    month = month_number(name) if (name := told.get("month")) else None
    if name and month is None:
        return None
    year, day = (int(value) if (value := told.get(part)) else None for part in ("year", "day"))
    return _Parts(year, month, day)

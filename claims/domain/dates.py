"""Partial dates: a day, a month, a year or a range, known no more precisely than they are written."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Self, assert_never

from .vocabulary import gettext_noop

_ = gettext_noop
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WRITTEN_DATE = re.compile(r"(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(\d{4})")
ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")  # what an Arabic keyboard types, and our pages show
_MONTH_ABBREVIATIONS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# As Damascus and Baghdad call them, and as Cairo and the Gulf do; our pages have both, with a stroke between.
_ARABIC_MONTHS = (
    ("كانون الثاني", "يناير"), ("شباط", "فبراير"), ("اذار", "مارس"), ("نيسان", "ابريل"), ("ايار", "مايو"),
    ("حزيران", "يونيو"), ("تموز", "يوليو"), ("اب", "اغسطس"), ("ايلول", "سبتمبر"), ("تشرين الاول", "اكتوبر"),
    ("تشرين الثاني", "نوفمبر"), ("كانون الاول", "ديسمبر"),
)  # fmt: skip
_BARE_ALIFS = str.maketrans("أإآ", "ااا")
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip

PARTIAL_DATE_HELP = _(
    "Write a day (2021-10-13 or 13 October 2021), a month (2021-07), a year (2021) or a range (2020-03/2021-10)."
)


class DatePrecision(StrEnum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class InvalidPartialDate(ValueError):
    """Text that is no partial date; says why, and perhaps what to write instead.

    The sentences are message ids, their values apart, so that the layers above can say them in another language.
    """

    def __init__(self, why: str, advice: str = "", **values: Any) -> None:
        super().__init__(why, advice, values)
        self.why, self.advice, self.values = why, advice, values

    def in_words(self, translate: Callable[[str], str]) -> str:
        why = translate(self.why) % self.values if self.values else translate(self.why)
        if not self.advice:
            return why
        return f"{why} {translate(self.advice) % self.values if self.values else translate(self.advice)}"

    def __str__(self) -> str:
        return self.in_words(str)


@dataclass(frozen=True, order=True, slots=True)
class PartialDate:
    """A period of whole days, both ends included; sorts by its first day, then its last."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise InvalidPartialDate(
                _("The range ends (%(last)s) before it starts (%(first)s)."), last=self.last, first=self.first
            )

    @classmethod
    def day(cls, day: date) -> Self:
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what an editor typed; raises InvalidDate with words that say what to do."""
        start, slash, end = _translate_month_names(text.translate(ARABIC_DIGITS).strip()).partition("/")
        first, last = _parse_period(start.strip())
        if slash:
            last = _parse_period(end.strip())[1]
        return cls(first, last)

    @property
    def precision(self) -> DatePrecision:
        first, last = self.first, self.last
        if first == last:
            return DatePrecision.DAY
        if first.day == 1 and (last.year, last.month, last.day) == (
            first.year,
            first.month,
            _days_in_month(first),
        ):
            return DatePrecision.MONTH
        if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
            return DatePrecision.YEAR
        return DatePrecision.RANGE

    @property
    def is_within_a_month(self) -> bool:
        """Whether it is known at least to its month."""
        return (self.first.year, self.first.month) == (self.last.year, self.last.month)

    def __str__(self) -> str:
        """The shortest ISO 8601 text that parses back to the same period: 2021, 2021-07, 2021-07-09, a/b."""
        precision = self.precision
        match precision:
            case DatePrecision.DAY:
                return self.first.isoformat()
            case DatePrecision.MONTH:
                return self.first.isoformat()[:7]
            case DatePrecision.YEAR:
                return self.first.isoformat()[:4]
            case DatePrecision.RANGE:
                return "/".join(self._range_ends())
            case _:
                assert_never(precision)

    def _range_ends(self) -> tuple[str, str]:
        first, last = self.first.isoformat(), self.last.isoformat()
        if self.first.day == 1 and self.last.day == _days_in_month(self.last):
            if (self.first.month, self.last.month) == (1, 12):
                return first[:4], last[:4]
            return first[:7], last[:7]
        return first, last


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day if it is shorter; the calendar's end where it ends."""
    count = day.year * 12 + day.month - 1 + months
    if not date.min.year <= count // 12 <= date.max.year:
        return date.max if months > 0 else date.min
    first = date(count // 12, count % 12 + 1, 1)
    return first.replace(day=min(day.day, _days_in_month(first)))


def _days_in_month(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _translate_month_names(text: str) -> str:
    """The text with English names of months for the Arabic ones; as it is if that makes no date of it."""
    if text.isascii():
        return text
    bare = replace_arabic_months(text)
    known = all(
        _WRITTEN_DATE.fullmatch(end.strip()) or _ISO_DATE.fullmatch(end.strip()) for end in bare.split("/")
    )
    return bare if known else text


def replace_arabic_months(text: str) -> str:
    """The text with short English names for the Arabic names of months, and every alif without its marks."""
    bare = text.translate(_BARE_ALIFS)
    for name, (one, other) in zip(_MONTH_ABBREVIATIONS, _ARABIC_MONTHS, strict=True):
        bare = re.sub(rf"(?<!\w)(?:{one}(?:\s*/\s*{other})?|{other})(?!\w)", name, bare)
    return bare


def month_number(name: str) -> int | None:
    """1 to 12 for the English name of a month or its first three letters, in small letters; None if it is neither."""
    known = name in _MONTH_NAMES or name in _MONTH_ABBREVIATIONS or name == "sept"
    return _MONTH_ABBREVIATIONS.index(name[:3]) + 1 if known else None


def _parse_period(text: str) -> tuple[date, date]:
    year, month, day = _parse_date_parts(text)
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            first = date(year, month, 1)
            return first, first.replace(day=_days_in_month(first))
        return date(year, month, day), date(year, month, day)
    except ValueError:
        raise InvalidPartialDate(
            _("“%(text)s” is not in the calendar."), PARTIAL_DATE_HELP, text=text
        ) from None


def _parse_date_parts(text: str) -> tuple[int, int | None, int | None]:
    if text.isascii() and (iso := _ISO_DATE.fullmatch(text)):
        return int(iso[1]), int(iso[2]) if iso[2] else None, int(iso[3]) if iso[3] else None
    written = _WRITTEN_DATE.fullmatch(text) if text.isascii() else None
    if written and (month := month_number(written[2].lower())):
        return int(written[3]), month, int(written[1]) if written[1] else None
    shown = "".join(letter if letter.isprintable() else "�" for letter in text[:40]) + "…" * (len(text) > 40)
    if not text:
        raise InvalidPartialDate(_("A date is missing."), PARTIAL_DATE_HELP)
    raise InvalidPartialDate(_("“%(text)s” is not a date."), PARTIAL_DATE_HELP, text=shown)

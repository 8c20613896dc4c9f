"""Days as articles tell them, resolved against the article's own: “on Wednesday”, “last month”, “قبل يومين”."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from claims.domain.dates import (
    ARABIC_DIGITS,
    InvalidPartialDate,
    PartialDate,
    add_months,
    replace_arabic_months,
)
from claims.domain.written_dates import read_written_date

_MONTHS: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ARABIC_WEEKDAYS: Final = ("الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد")
_NUMBERS: Final = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}  # fmt: skip
_ABSOLUTE: Final = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{_MONTHS})\b\.?(?:,? \d{{4}}\b)?|"
    rf"\b(?:{_MONTHS})\b\.? \d{{1,2}}(?:st|nd|rd|th)?\b(?!:)(?:,? \d{{4}}\b)?|"
    rf"\b(?:{_MONTHS})\b\.?,? \d{{4}}\b|(?<=\b[Ii]n )(?:\d{{4}}|(?:{_MONTHS}))\b|(?<=last )(?:{_MONTHS})\b|(?<=في عام )\d{{4}}|(?<=عام )\d{{4}}"
)
_ARABIC_MONTH_ALONE: Final = re.compile(
    r"(?<=في )(?:شهر )?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?!\w)"
)
_RELATIVE: Final[list[tuple[re.Pattern[str], Callable[[re.Match[str], date], PartialDate]]]] = [
    (re.compile(r"\bthe day before yesterday\b|(?:اول امس|امس الاول)"), lambda _m, day: _days_ago(day, 2)),
    (
        re.compile(r"\byesterday\b|(?<!\w)(?:امس|البارحة)(?!\w)", re.IGNORECASE),
        lambda _m, day: _days_ago(day, 1),
    ),
    (re.compile(r"\blast week\b|الاسبوع الماضي", re.IGNORECASE), lambda _m, day: _week(day - timedelta(7))),
    (
        re.compile(r"\b(?:earlier )?this week\b|هذا الاسبوع", re.IGNORECASE),
        lambda _m, day: PartialDate(_week(day).first, day),
    ),
    (re.compile(r"\blast month\b|الشهر الماضي", re.IGNORECASE), lambda _m, day: _month(add_months(day, -1))),
    (
        re.compile(r"\b(?:earlier )?this month\b|هذا الشهر|الشهر الجاري", re.IGNORECASE),
        lambda _m, day: _month(day),
    ),
    (
        re.compile(r"\blast year\b|العام الماضي|السنة الماضية", re.IGNORECASE),
        lambda _m, day: PartialDate.parse(f"{day.year - 1:04}"),
    ),
    (
        re.compile(r"\b(?:earlier )?this year\b|هذا العام|العام الجاري", re.IGNORECASE),
        lambda _m, day: PartialDate.parse(f"{day.year:04}"),
    ),
    (
        re.compile(
            r"\b(\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten) (day|week|month|year)s? (?:ago|earlier)\b",
            re.IGNORECASE,
        ),
        lambda m, day: _ago(_number(m[1]), m[2].lower(), day),
    ),
    (
        re.compile("قبل (يومين|يوم|اسبوعين|اسبوع|شهرين|شهر|عامين|عام)(?!\\w)"),
        lambda m, day: _arabic_ago(m[1], day),
    ),
    (re.compile(r"قبل (\d{1,2}|ثلاثة|اربعة|خمسة|ستة) ايام"), lambda m, day: _days_ago(day, _number(m[1]))),
]
_WEEKDAY: Final = re.compile(
    rf"\b(?P<last>last )?(?P<day>{'|'.join(_WEEKDAYS)})\b|(?<!\w)(?P<arabic>{'|'.join(_ARABIC_WEEKDAYS)})(?P<past> الماضي| الفائت)?(?!\w)",
    re.IGNORECASE,
)
_FARTHEST_BACK: Final = timedelta(366 * 100)  # “99 years ago”: there is no day before the year 1
_TODAY: Final = re.compile(r"\btoday\b|(?<!\w)اليوم(?!\w)", re.IGNORECASE)
_FUTURE: Final = re.compile(
    r"(?:next|by|until|till|before|after|since|from|المقبل|القادم|قبل|بعد|حتى|منذ)\s*$", re.IGNORECASE
)


def find_told_day(told: str, published: PartialDate | None) -> PartialDate | None:
    """The first day, month or year that the text tells; None if it tells none that can be resolved."""
    text = replace_arabic_months(told.translate(ARABIC_DIGITS)).replace("ـ", "")
    text = re.sub("[\u064b-\u0655]", "", text)
    day = published.last if published and published.last - date.min > _FARTHEST_BACK else None
    found = [*_absolute(text, day), *(_relative(text, day) if day else ())]
    return min(found, key=lambda one: one[0])[1] if found else None


def _absolute(text: str, day: date | None) -> list[tuple[int, PartialDate]]:
    found = []
    pattern = re.compile(rf"{_ABSOLUTE.pattern}|{_ARABIC_MONTH_ALONE.pattern}", re.IGNORECASE)
    for match in pattern.finditer(text):
        if _FUTURE.search(text[: match.start()]):
            continue
        if (period := _read(match[0].replace("شهر ", "").replace(",", ""), day)) is not None:
            found.append((match.start(), period))
    return found


def _read(words: str, day: date | None) -> PartialDate | None:
    today = day or date(1, 1, 1)
    try:
        return read_written_date(words, today)
    except InvalidPartialDate:
        if day is None:
            return None
    for year in (day.year, day.year - 1):  # no year: the last such day that has been
        try:
            period = read_written_date(f"{words} {year}", today)
        except InvalidPartialDate:
            continue
        if period.first <= day:
            return period
    return None


def _relative(text: str, day: date) -> list[tuple[int, PartialDate]]:
    found = [
        (match.start(), read(match, day))
        for pattern, read in _RELATIVE
        for match in pattern.finditer(text)
        if not _FUTURE.search(text[: match.start()])
    ]
    for match in _WEEKDAY.finditer(text):
        following = text[match.end() : match.end() + 8]
        if not _FUTURE.search(text[: match.start()]) and not re.match(" (?:المقبل|القادم)", following):
            found.append((match.start(), _last_weekday(match, day)))
    weekdays = [at for at, _period in found]
    found += [
        (match.start(), PartialDate.day(day))
        for match in _TODAY.finditer(text)
        if not any(0 < at - match.start() < 8 for at in weekdays)
    ]
    return found


def _last_weekday(match: re.Match[str], day: date) -> PartialDate:
    names, name = (_WEEKDAYS, match["day"].lower()) if match["day"] else (_ARABIC_WEEKDAYS, match["arabic"])
    back = (day.weekday() - names.index(name)) % 7
    return _days_ago(day, back or (7 if match["last"] or match["past"] else 0))


def _days_ago(day: date, count: int) -> PartialDate:
    return PartialDate.day(day - timedelta(count))


def _week(day: date) -> PartialDate:
    monday = day - timedelta(day.weekday())
    return PartialDate(monday, monday + timedelta(6))


def _month(day: date) -> PartialDate:
    return PartialDate.parse(f"{day:%Y-%m}")


def _number(word: str) -> int:
    arabic = {"ثلاثة": 3, "اربعة": 4, "خمسة": 5, "ستة": 6}
    return int(word) if word.isdigit() else _NUMBERS.get(word.lower()) or arabic[word]


def _ago(count: int, unit: str, day: date) -> PartialDate:
    match unit:
        case "day":
            return _days_ago(day, count)
        case "week":
            return _week(day - timedelta(7 * count))
        case "month":
            return _month(add_months(day, -count))
    return PartialDate.parse(f"{day.year - count:04}")


def _arabic_ago(words: str, day: date) -> PartialDate:
    units = {"يوم": ("day", 1), "يومين": ("day", 2), "اسبوع": ("week", 1), "اسبوعين": ("week", 2), "شهر": ("month", 1),
             "شهرين": ("month", 2), "عام": ("year", 1), "عامين": ("year", 2)}  # fmt: skip
    unit, count = units[words]
    return _ago(count, unit, day)

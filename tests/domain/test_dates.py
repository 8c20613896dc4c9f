from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dates import DatePrecision, InvalidPartialDate, PartialDate, add_months

from .strategies import any_days, month_of, partial_dates, year_of

PERIODS = partial_dates(any_days)


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision", "text"),
    [
        ("2021-10-13", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("13 October 2021", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("3 sept 2021", date(2021, 9, 3), date(2021, 9, 3), "day", "2021-09-03"),
        ("  2021-10-13\n", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("July 2021", date(2021, 7, 1), date(2021, 7, 31), "month", "2021-07"),
        ("Feb. 2024", date(2024, 2, 1), date(2024, 2, 29), "month", "2024-02"),
        ("2021-07", date(2021, 7, 1), date(2021, 7, 31), "month", "2021-07"),
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "year", "2021"),
        ("٢٠٢١-١٠-١٣", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("١٣ تشرين الأول ٢٠٢١", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("13 تشرين الأول/أكتوبر 2021", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("اكتوبر 2021", date(2021, 10, 1), date(2021, 10, 31), "month", "2021-10"),
        ("آب ٢٠٢٢", date(2022, 8, 1), date(2022, 8, 31), "month", "2022-08"),
        (
            "كانون الثاني/يناير 2021 / شباط 2021",
            date(2021, 1, 1),
            date(2021, 2, 28),
            "range",
            "2021-01/2021-02",
        ),
        ("2020-03/2021-10", date(2020, 3, 1), date(2021, 10, 31), "range", "2020-03/2021-10"),
        ("2020/2021", date(2020, 1, 1), date(2021, 12, 31), "range", "2020/2021"),
        (
            "March 2020 / 13 October 2021",
            date(2020, 3, 1),
            date(2021, 10, 13),
            "range",
            "2020-03-01/2021-10-13",
        ),
        ("2021-07-01/2021-07-31", date(2021, 7, 1), date(2021, 7, 31), "month", "2021-07"),
        ("2021-10-13/2021-10-13", date(2021, 10, 13), date(2021, 10, 13), "day", "2021-10-13"),
        ("0001", date(1, 1, 1), date(1, 12, 31), "year", "0001"),
        ("9999", date(9999, 1, 1), date(9999, 12, 31), "year", "9999"),
        ("2024-02-29", date(2024, 2, 29), date(2024, 2, 29), "day", "2024-02-29"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(
    typed: str, first: date, last: date, precision: str, text: str
) -> None:
    period = PartialDate.parse(typed)
    assert (period.first, period.last, period.precision, str(period)) == (first, last, precision, text)


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("", "A date is missing"),
        ("   ", "A date is missing"),
        ("/", "A date is missing"),
        ("2021/", "A date is missing"),
        ("2021-13", "“2021-13” is not in the calendar"),
        ("2021-00", "“2021-00” is not in the calendar"),
        ("2021-02-30", "“2021-02-30” is not in the calendar"),
        ("30 February 2021", "“30 February 2021” is not in the calendar"),
        ("2023-02-29", "“2023-02-29” is not in the calendar"),
        ("0 July 2021", "“0 July 2021” is not in the calendar"),
        ("0000", "“0000” is not in the calendar"),
        ("0000-01-01", "“0000-01-01” is not in the calendar"),
        ("2021-10/2020-03", "The range ends (2020-03-31) before it starts (2021-10-01)"),
        ("2020/2021/2022", "“2021/2022” is not a date"),
        ("10000", "“10000” is not a date"),
        ("-2021", "“-2021” is not a date"),
        ("2021-7", "“2021-7” is not a date"),
        ("13.10.2021", "“13.10.2021” is not a date"),
        ("10/13/2021", "“10” is not a date"),
        ("13 Octember 2021", "“13 Octember 2021” is not a date"),
        ("13 Octob 2021", "“13 Octob 2021” is not a date"),
        ("२०२१", "“२०२१” is not a date"),
        ("２０２１", "“２０２１” is not a date"),
        ("2021\x00", "“2021�” is not a date"),
        ("\x1b[31m2021", "“�[31m2021” is not a date"),
        ("\ud800", "“�” is not a date"),
        ("last week", "“last week” is not a date"),
        ("9" * 1_000_000, f"“{'9' * 40}…” is not a date"),
    ],
)
def test_nonsense_is_refused_in_words(typed: str, because: str) -> None:
    with pytest.raises(InvalidPartialDate) as refusal:
        PartialDate.parse(typed)
    words = str(refusal.value)
    assert words.startswith(because)
    assert len(words) < 250


@given(st.text())
def test_any_text_is_a_date_or_is_refused_in_printable_words(text: str) -> None:
    try:
        said = str(PartialDate.parse(text))
    except InvalidPartialDate as refusal:
        said = str(refusal)
    assert said.isprintable()


@given(PERIODS)
def test_a_date_written_out_reads_back_as_itself(period: PartialDate) -> None:
    assert PartialDate.parse(str(period)) == period
    assert PartialDate.parse(f"{period.first}/{period.last}") == period


@given(PERIODS)
def test_no_shorter_text_would_read_back_the_same(period: PartialDate) -> None:
    for length in (4, 7, 10):
        shorter = "/".join(day.isoformat()[:length] for day in (period.first, period.last))
        if len(shorter) < len(str(period)):
            assert PartialDate.parse(shorter) != period


@given(any_days)
def test_the_precision_is_that_of_the_period(day: date) -> None:
    assert PartialDate.day(day).precision is DatePrecision.DAY
    assert month_of(day).precision is DatePrecision.MONTH
    assert year_of(day).precision is DatePrecision.YEAR


@given(st.lists(PERIODS))
def test_dates_sort_by_their_first_day_and_then_their_last(periods: list[PartialDate]) -> None:
    ordered = sorted(periods)
    assert ordered == sorted(periods, key=lambda period: (period.first, period.last))


def test_a_year_sorts_between_its_first_day_and_its_second() -> None:
    texts = ["2021-01-02", "2022", "2021", "2021-01", "2020-12-31", "2021-01-01", "2021/2022"]
    ordered = [str(period) for period in sorted(map(PartialDate.parse, texts))]
    assert ordered == ["2020-12-31", "2021-01-01", "2021-01", "2021", "2021/2022", "2021-01-02", "2022"]


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(InvalidPartialDate, match="ends"):
        PartialDate(date(2021, 10, 13), date(2021, 10, 12))


@pytest.mark.parametrize(
    ("day", "months", "other"),
    [
        ("2021-03-31", -1, "2021-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2021-01-15", -1, "2020-12-15"),
        ("2021-12-31", 1, "2022-01-31"),
        ("0001-01-05", -1, "0001-01-01"),
        ("9999-12-05", 12, "9999-12-31"),
    ],
)
def test_a_month_on_is_the_same_day_or_the_months_last_and_never_outside_the_calendar(day, months, other):
    assert add_months(date.fromisoformat(day), months) == date.fromisoformat(other)


@pytest.mark.parametrize("typed", ["تشرين 2021", "٢٠٢١ آب", "13 كتاب 2021"])
def test_what_is_no_date_in_arabic_is_told_as_it_was_typed(typed):
    shown = typed.translate(str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789"))
    with pytest.raises(InvalidPartialDate, match=f"“{shown}” is not a date"):
        PartialDate.parse(typed)

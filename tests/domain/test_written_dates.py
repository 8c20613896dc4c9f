"""Dates in the styles in which editors write and paste them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.domain.dates import InvalidPartialDate, PartialDate
from claims.domain.written_dates import read_written_date

from .strategies import any_days, partial_dates

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2021-10-13", "2021-10-13"),
        ("October 13, 2021", "2021-10-13"),
        ("Oct. 13 2021", "2021-10-13"),
        ("13th October 2021", "2021-10-13"),
        ("October 13th, 2021", "2021-10-13"),
        ("the 1st of May 2021", "2021-05-01"),
        ("Wednesday, 13 October 2021", "2021-10-13"),
        ("on Wed. 13 October 2021", "2021-10-13"),
        ("13.10.2021", "2021-10-13"),
        ("3.4.2021", "2021-04-03"),
        ("13/10/2021", "2021-10-13"),
        ("10/13/2021", "2021-10-13"),
        ("4/4/2021", "2021-04-04"),
        ("13-10-2021", "2021-10-13"),
        ("2021/10/13", "2021-10-13"),
        ("2021-7-9", "2021-07-09"),
        ("10/2021", "2021-10"),
        ("7.2021", "2021-07"),
        ("2021-7", "2021-07"),
        ("October, 2021", "2021-10"),
        ("2021 October", "2021-10"),
        ("13–15 October 2021", "2021-10-13/2021-10-15"),
        ("13-15 October 2021", "2021-10-13/2021-10-15"),
        ("October 13–15, 2021", "2021-10-13/2021-10-15"),
        ("30 October – 2 November 2021", "2021-10-30/2021-11-02"),
        ("October 30 – November 2, 2021", "2021-10-30/2021-11-02"),
        ("March–May 2021", "2021-03/2021-05"),
        ("March to May 2021", "2021-03/2021-05"),
        ("from December 2020 until January 2021", "2020-12/2021-01"),
        ("between 13 and 15 October 2021", "2021-10-13/2021-10-15"),
        ("2019–2021", "2019/2021"),
        ("yesterday", "2026-02-28"),
        ("Today", "2026-03-01"),
        ("أمس", "2026-02-28"),
        ("13\u00a0October\u00a02021", "2021-10-13"),
        ("\u200e13/10/2021\u200f", "2021-10-13"),
        ("\u206713.10.2021\u2069", "2021-10-13"),
        ("Octo\u00adber 2021", "2021-10"),
        ("١٣/١٠/٢٠٢١", "2021-10-13"),
        ("13–15 تشرين الأول 2021", "2021-10-13/2021-10-15"),
        ("الأربعاء، 13 أكتوبر 2021", "2021-10-13"),
        ("يوم الجمعة 15 تشرين الأول/أكتوبر 2021", "2021-10-15"),
    ],
)
def test_the_usual_styles_are_read(typed: str, read: str) -> None:
    assert str(read_written_date(typed, TODAY)) == read


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("03/04/2021", "“03/04/2021” can be read in two ways. Write 2021-04-03 or 2021-03-04."),
        ("3-4-2021", "“3-4-2021” can be read in two ways. Write 2021-04-03 or 2021-03-04."),
        ("31.2.2021", "“2021-02-31” is not in the calendar."),
        ("31/31/2021", "“2021-31-31” is not in the calendar."),
        ("15–13 October 2021", "The range ends (2021-10-13) before it starts (2021-10-15)."),
        ("December–January 2022", "The range ends (2022-01-31) before it starts (2022-12-01)."),
    ],
)
def test_what_can_mean_two_days_or_none_is_asked_back(typed: str, words: str) -> None:
    with pytest.raises(InvalidPartialDate) as refusal:
        read_written_date(typed, TODAY)
    assert str(refusal.value).startswith(words)


@pytest.mark.parametrize(
    "typed",
    ["", "13 October", "October", "13", "13.10.21", "last week", "March–", "–May 2021", "13 Octember 2021",
     "May 2021 – June 2021 – July 2021", "2021 and all that", "the of", "२०२१"],
)  # fmt: skip
def test_what_is_no_date_or_lacks_its_year_is_refused(typed: str) -> None:
    with pytest.raises(InvalidPartialDate, match="date"):
        read_written_date(typed, TODAY)


@given(st.text() | st.from_regex(r"\A[0-9a-z ,./–-]{1,30}\Z"))
def test_any_text_is_a_date_or_is_refused_in_printable_words(text: str) -> None:
    try:
        said = str(read_written_date(text, TODAY))
    except InvalidPartialDate as refusal:
        said = str(refusal)
    assert said.isprintable()


@given(partial_dates(any_days))
def test_what_is_stored_reads_back_as_itself(period: PartialDate) -> None:
    assert read_written_date(str(period), TODAY) == period


@given(any_days)
def test_a_day_in_either_english_order_is_that_day(day: date) -> None:
    year = f"{day.year:04}"
    for written in (
        f"{day:%B} {day.day}, {year}",
        f"{day.day} {day:%B} {year}",
        f"{day.day}.{day.month}.{year}",
    ):
        assert read_written_date(written, TODAY) == PartialDate.day(day)

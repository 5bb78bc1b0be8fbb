from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import FRIDAY, days, found, read, values

from sayso.relate.timex import Days, days_allowed, resolve

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He said so today.", "today = 2013-03-22"),
        ("He said so yesterday morning.", "yesterday morning = 2013-03-21TMO"),
        ("He will say so tomorrow.", "tomorrow = 2013-03-23"),
        ("He said so last night.", "last night = 2013-03-21TNI"),
        ("He will sing tonight.", "tonight = 2013-03-22TNI"),
        ("He left the day before yesterday.", "the day before yesterday = 2013-03-20"),
        ("He left on Friday.", "Friday = 2013-03-22"),
        ("He left on Sunday night.", "Sunday night = 2013-03-17TNI"),
        ("He left last Friday.", "last Friday = 2013-03-15"),
        ("He left on Tuesday of last week.", "Tuesday of last week = 2013-03-12"),
        ("He will leave on Sunday.", "Sunday = 2013-03-24"),
        ("He left late last week.", "late last week = 2013-W11"),
        ("He left earlier this month.", "earlier this month = 2013-03"),
        ("He left over the weekend.", "the weekend = 2013-W12-WE"),
        ("He left two weeks ago.", "two weeks ago = 2013-W10"),
        ("He left three months ago.", "three months ago = 2012-12"),
        ("He left several years ago.", "several years ago = PAST_REF"),
        ("He will leave five years from now.", "five years from now = 2018"),
        ("He left years ago.", "years ago = PAST_REF"),
        ("He left following Monday’s vote.", "Monday = 2013-03-18"),
        ("He spoke at a Tuesday rally.", "Tuesday = 2013-03-19"),
        ("He left in October.", "October = 2012-10"),
        ("He will leave in October.", "October = 2013-10"),
        ("He left in October of last year.", "October of last year = 2012-10"),
        ("He will leave by the end of next year.", "the end of next year = 2014"),
        ("Sales rose in the fourth quarter.", "the fourth quarter = 2012-Q4"),
        ("Sales will rise in the fourth quarter.", "the fourth quarter = 2013-Q4"),
        ("It met last summer.", "last summer = 2012-SU"),
        ("He left at 10:00 GMT on Tuesday.", "10:00 GMT on Tuesday = 2013-03-19T10:00Z"),
        ("He left on Tuesday at 3 p.m.", "Tuesday at 3 p.m. = 2013-03-19T15:00"),
        ("He left at 1:30 in the afternoon.", "1:30 in the afternoon = 2013-03-22T13:30"),
        ("He left at 6 o’clock this morning.", "6 o’clock this morning = 2013-03-22T06:00"),
        ("He will report fourth-quarter earnings.", "fourth-quarter = 2012-Q4"),
        ("He left at noon yesterday.", "noon yesterday = 2013-03-21T12:00"),
        ("He currently rests.", "currently = PRESENT_REF"),
        ("He recently left.", "recently = PAST_REF"),
        ("He will leave in the near future.", "the near future = FUTURE_REF"),
    ],
)
def test_words_are_reckoned_from_the_day_of_writing(text: str, value: str) -> None:
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("He fell on March 3, 2010. The following day he died.", "The following day = 2010-03-04"),
        ("He fell on March 3, 2010. A week later he died.", "A week later = 2010-03-10"),
        ("He fell on March 3, 2010. A year earlier he had won.", "A year earlier = 2009"),
        ("He fell on March 3, 2010. He died on the same day.", "the same day = 2010-03-03"),
        ("Net rose in the third quarter from a low a year earlier.", "a year earlier = 2011-Q3"),
        ("It grew last year, after a loss the previous year.", "the previous year = 2011"),
    ],
)
def test_words_that_point_back_are_reckoned_from_what_was_told(text: str, last: str) -> None:
    assert values(text)[-1] == last


def test_a_text_prints_its_dates_in_one_order() -> None:
    assert values("from 3/4/2012 to 13/4/2012", None) == ["3/4/2012 = 2012-04-03", "13/4/2012 = 2012-04-13"]
    assert values("from 3/4/2012 to 3/13/2012", None) == ["3/4/2012 = 2012-03-04", "3/13/2012 = 2012-03-13"]


def test_a_weekday_that_fits_no_year_nearby_does_not_move_its_date() -> None:
    assert values("He left on Monday, October 5.") == ["Monday, October 5 = 2012-10-05"]
    assert values("He left on Monday, October 8.") == ["Monday, October 8 = 2012-10-08"]


def test_a_quarter_is_the_last_one_over_unless_that_is_long_ago() -> None:
    assert values("Sales fell in the fourth quarter.", date(1989, 11, 2)) == ["the fourth quarter = 1989-Q4"]
    assert values("Sales fell in the third quarter.", date(1989, 11, 2)) == ["the third quarter = 1989-Q3"]


def test_a_next_day_that_hangs_on_an_undated_event_has_no_day() -> None:
    assert days("The following day he fled.") == ["None..None"]


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("It will open in early 2014.", "2014-01-01..2014-05-02"),
        ("It opened in mid-May.", "2012-05-11..2012-05-21"),
        ("It opened earlier this month.", "2013-03-01..2013-03-22"),
        ("It will open later this month.", "2013-03-22..2013-03-31"),
        ("It grew over the past two years.", "2011-03-22..2013-03-22"),
        ("Talks on Tuesday", "2013-03-19..2013-03-26"),
        ("It opened on 03/04/2012.", "2012-03-04..2012-04-03"),
    ],
)
def test_an_interval_is_as_wide_as_the_words_leave_it(text: str, interval: str) -> None:
    assert days(text) == [interval]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("He left on Sunday.", "Sunday = XXXX-WXX-7"),
        ("He left on a Sunday.", "Sunday = XXXX-WXX-7"),
        ("He left on September 13.", "September 13 = XXXX-09-13"),
        ("He left in May.", "May = XXXX-05"),
        ("He left last week.", "last week = XXXX-WXX"),
        ("He left at Christmas.", "Christmas = XXXX-12-25"),
        ("He left in 2010.", "2010 = 2010"),
        ("He left for two years.", "two years = P2Y"),
    ],
)
def test_without_a_day_of_writing_what_is_not_known_is_x(text: str, value: str) -> None:
    assert values(text, None) == [value]


def test_an_anchor_of_many_days_gives_the_days_that_all_of_them_allow() -> None:
    timexes = found("He left on Sunday, and will return next month.")
    sunday, month = resolve(timexes, (date(2013, 3, 1), date(2013, 3, 31)))
    assert (sunday.value, sunday.earliest, sunday.latest) == ("XXXX-WXX-7", date(2013, 2, 24), date(2013, 3, 31))
    assert (month.value, month.precision) == ("2013-04", "month")


def test_sundays_weeks_after_a_day_and_before_another_are_listed() -> None:
    sunday, *_ = found("He left on a Sunday, weeks after September 13.")
    allowed = list(days_allowed(sunday.meaning, (date(2023, 9, 20), date(2023, 10, 10))))
    assert allowed == [Days(day, day) for day in (date(2023, 9, 24), date(2023, 10, 1), date(2023, 10, 8))]


def test_a_day_without_a_year_is_allowed_once_a_year() -> None:
    (day,) = found("He left on September 13.")
    assert [d.earliest.year for d in days_allowed(day.meaning, (date(2020, 1, 1), date(2023, 9, 12)))] == [2020, 2021, 2022]


def test_a_weekday_with_its_day_is_allowed_only_where_they_agree() -> None:
    (day,) = found("He left on Sunday, September 13.")
    assert list(days_allowed(day.meaning, (date(2010, 1, 1), date(2020, 12, 31)))) == [Days(d, d) for d in (date(2015, 9, 13), date(2020, 9, 13))]


def test_what_leaves_everything_open_allows_the_window() -> None:
    (ago,) = found("He left two weeks ago.")
    assert list(days_allowed(ago.meaning, (date(2010, 1, 1), date(2010, 2, 1)))) == [Days(date(2010, 1, 1), date(2010, 2, 1))]


@given(DAYS, st.sampled_from(WEEKDAYS))
def test_a_weekday_in_the_past_is_one_of_the_last_seven_days(day: date, weekday: str) -> None:
    (answer,) = read(f"He resigned on {weekday}.", day)
    assert answer.earliest == answer.latest
    assert answer.earliest is not None
    assert day - timedelta(days=7) < answer.earliest <= day
    assert WEEKDAYS[answer.earliest.weekday()] == weekday


@given(DAYS, DAYS)
def test_a_full_date_is_itself_whenever_it_was_written(day: date, writing: date) -> None:
    for printed in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}", day.isoformat(), f"the {day.day}th of {day:%B} {day.year}"):
        (answer,) = read(f"He resigned on {printed}.", writing)
        assert (answer.value, answer.earliest, answer.latest, answer.precision, answer.given) == (day.isoformat(), day, day, "day", True)


@given(DAYS)
def test_nothing_said_in_the_past_begins_after_the_day_of_writing(writing: date) -> None:
    for words in ("Tuesday", "last week", "two months ago", "the fourth quarter", "yesterday", "last fall", "earlier this year", "last Christmas"):
        (answer,) = read(f"It opened {words}.", writing)
        assert answer.earliest is not None
        assert answer.earliest <= writing


@given(DAYS, st.integers(0, 40))
def test_a_wider_anchor_never_loses_a_day(writing: date, more: int) -> None:
    timexes = found("He left on Sunday, last month, on May 3 or two weeks ago.")
    wide = resolve(timexes, (writing, writing + timedelta(days=more)))
    for narrow, wider in zip(resolve(timexes, (writing, writing)), wide, strict=True):
        assert narrow.earliest is not None
        assert narrow.latest is not None
        assert wider.earliest is not None
        assert wider.latest is not None
        assert wider.earliest <= narrow.earliest
        assert wider.latest >= narrow.latest


def test_friday_is_the_day_these_tests_are_written_on() -> None:
    assert FRIDAY.isoweekday() == 5

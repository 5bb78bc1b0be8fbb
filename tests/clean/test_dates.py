"""Days are read from words; what is ambiguous is an interval; what no calendar has is nothing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.clean.dates import day_in_url, days_in, machine_day


@pytest.mark.parametrize(
    ("words", "named", "earliest", "latest"),
    [
        ("Friday, May 24, 2024", "Friday, May 24, 2024", date(2024, 5, 24), date(2024, 5, 24)),
        ("on 24 May 2024 at noon", "24 May 2024", date(2024, 5, 24), date(2024, 5, 24)),
        ("Sept. 3rd, 2019", "Sept. 3rd, 2019", date(2019, 9, 3), date(2019, 9, 3)),
        ("2019-11-18T07:00", "2019-11-18", date(2019, 11, 18), date(2019, 11, 18)),
        ("18/11/2019", "18/11/2019", date(2019, 11, 18), date(2019, 11, 18)),
        ("03/04/2019", "03/04/2019", date(2019, 3, 4), date(2019, 4, 3)),  # March or April
        ("18.11.2019", "18.11.2019", date(2019, 11, 18), date(2019, 11, 18)),
    ],
)
def test_a_day_is_read_with_the_words_that_name_it(words: str, named: str, earliest: date, latest: date) -> None:
    [day] = days_in(words)
    assert (words[day.start : day.end], day.earliest, day.latest) == (named, earliest, latest)


def test_a_day_without_its_year_stays_without_it() -> None:
    [day] = days_in("SEOUL, Oct. 1 (Yonhap)")
    assert (day.month, day.day, day.earliest) == (10, 1, None)


@pytest.mark.parametrize("words", ["", "31 February 2020", "May we go?", "99/99/2020", "in 2020", "1.2.3.2020.5", "room 12/13", "March on Rome"])
def test_other_words_name_no_day(words: str) -> None:
    assert [d for d in days_in(words) if d.earliest] == []


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2019/11/18/story.html", date(2019, 11, 18)),
        ("https://example.org/news/2019-11-18-story", date(2019, 11, 18)),
        ("https://example.org/2019/nov/18/story", date(2019, 11, 18)),
        ("https://example.org/story-20191118", None),
        ("https://example.org/2019/13/40/", None),
    ],
)
def test_the_day_in_an_address(url: str, day: date | None) -> None:
    found = day_in_url(url)
    assert (found[0] if found else None) == day


@pytest.mark.parametrize(("words", "day"), [("2019-11-18T07:00:00+02:00", date(2019, 11, 18)), ("20191118", date(2019, 11, 18)), ("18 Nov", None)])
def test_machine_readable_times(words: str, day: date | None) -> None:
    assert machine_day(words) == day


@given(st.text(alphabet="0123456789/-., MayJunOctofthsd\n", max_size=60))
def test_days_lie_within_their_words_and_never_run_backwards(words: str) -> None:
    for day in days_in(words):
        assert 0 <= day.start < day.end <= len(words)
        assert day.earliest is None or day.latest is None or day.earliest <= day.latest

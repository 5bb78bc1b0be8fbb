"""A meaning and a window of days -> the days in it that the meaning leaves open.

Takes   the meaning of an expression; two days.
Gives   closed intervals in order, so that a caller can join "a Sunday" with "weeks after September 13" and "not after May 24".
Needs   days.py, values.py.
Limits  what is reckoned from a day that nobody knows leaves everything open.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sayso.relate.timex.days import Days, feast_days, in_year, plus
from sayso.relate.timex.meaning import Calendar, Clock, DayPart, Every, Feast, Meaning
from sayso.relate.timex.values import edged, printed


def days_allowed(meaning: Meaning, within: tuple[date, date], *, country: str | None = None) -> Iterator[Days]:
    """The intervals in the window that the meaning leaves open, in order: every Sunday, every September 13, or the window itself.

    Give them together with those of other words, to find the day that all of them allow.
    """
    window = Days(*within)
    for days in _open(meaning, window, country):
        earliest, latest = max(days.earliest, window.earliest), min(days.latest, window.latest)
        if earliest <= latest:
            yield Days(earliest, latest)


def _open(meaning: Meaning, window: Days, country: str | None) -> Iterator[Days]:
    years = range(window.earliest.year - 1, window.latest.year + 2)
    match meaning:
        case Clock(day=Calendar() | Feast() as named) | DayPart(day=Calendar() | Feast() as named):
            yield from _open(named, window, country)
        case Calendar(year=int()) | Calendar(decade=int()) | Calendar(century=int()):
            answer = printed(meaning)
            if answer and answer.days:
                yield answer.days
        case Calendar(month=None, quarter=None, half=None, season=None, weekday=int() as weekday) | Every(weekday=int() as weekday):
            day = plus(window.earliest, (weekday - window.earliest.isoweekday()) % 7)
            while day and day <= window.latest:
                yield Days(day, day)
                day = plus(day, 7)
        case Calendar(years=None) if meaning.month or meaning.quarter or meaning.half or meaning.season:
            for year in years:
                days = edged(in_year(meaning, year), meaning.edge, None)
                if days and (not (meaning.weekday and meaning.day) or days.earliest.isoweekday() == meaning.weekday):
                    yield days
        case Feast():
            for year in [meaning.year] if meaning.year else years:
                yield from feast_days(meaning.name, year, country)
        case _:
            yield window

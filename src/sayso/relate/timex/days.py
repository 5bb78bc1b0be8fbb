"""Units of the calendar and days with a name -> intervals of days.

Takes   days, units, names of holidays.
Gives   closed intervals, None for what no calendar has.
Needs   holidays.toml, through tokens.py.
Limits  the proleptic Gregorian calendar, years 1 to 9999; Islamic days are reckoned, so the moon may differ by a day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Any, NamedTuple

from sayso.relate.timex.meaning import Calendar, Unit
from sayso.relate.timex.tokens import HOLIDAYS

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_MONTHS_IN: dict[Unit, int] = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}
_DAYS_IN: dict[Unit, float] = {"second": 0, "minute": 0, "hour": 1 / 24, "day": 1, "weekend": 7, "week": 7, "fortnight": 14}


class Days(NamedTuple):
    """A closed interval of days."""

    earliest: date
    latest: date


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def plus(day: date, days: float) -> date | None:
    try:
        return day + timedelta(days=round(days))
    except OverflowError:
        return None


def months_on(year: int, month: int, months: int) -> tuple[int, int]:
    """The year and month so many months on."""
    number = year * 12 + month - 1 + months
    return number // 12, number % 12 + 1


def shifted(day: date, unit: Unit, count: float) -> date | None:
    """The day so many units from `day`; the last of the month where the day is missing there."""
    if abs(count) > 1e6:
        return None
    if unit in _DAYS_IN:
        return plus(day, _DAYS_IN[unit] * count)
    year, month = months_on(day.year, day.month, round(_MONTHS_IN[unit] * count))
    return day_of(year, month, min(day.day, monthrange(year, month)[1])) if 1 <= year <= 9999 else None


def span_of(first: date | None, last: date | None) -> Days | None:
    return Days(first, last) if first and last and first <= last else None


def of_months(year: int, first: int, count: int) -> Days | None:
    """`count` months from month `first` of `year`."""
    if not 1 <= year <= 9999:
        return None
    end_year, end_month = months_on(year, first, count - 1)
    return span_of(day_of(year, first, 1), day_of(end_year, end_month, monthrange(end_year, end_month)[1])) if end_year <= 9999 else None


def unit_around(day: date, unit: Unit) -> Days | None:
    """The unit of the calendar that holds `day`; the weekend is that of its week."""
    if unit in {"week", "weekend", "fortnight"}:
        monday = plus(day, 1 - day.isoweekday())
        if not monday:
            return None
        return span_of(plus(monday, 5 if unit == "weekend" else 0), plus(monday, 13 if unit == "fortnight" else 6))
    if unit == "month":
        return of_months(day.year, day.month, 1)
    if unit == "quarter":
        return of_months(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit in {"year", "season"}:
        return of_months(day.year, 1, 12)
    if unit in {"decade", "century"}:
        long = 10 if unit == "decade" else 100
        return span_of(day_of(max(1, day.year // long * long), 1, 1), day_of(day.year // long * long + long - 1, 12, 31))
    return Days(day, day)


def in_year(part: Calendar, year: int) -> Days | None:
    """The days of `year` that a month, a day, a quarter and so on without its year covers."""
    if part.month and part.day:
        day = day_of(year, part.month, part.day)
        return Days(day, day) if day else None
    if part.month:
        return of_months(year, part.month, 1)
    if part.quarter:
        return of_months(year, part.quarter * 3 - 2, 3)
    if part.half:
        return of_months(year, part.half * 6 - 5, 6)
    if part.season:
        return of_months(year, SEASONS[part.season][0], 3)
    return of_months(year, 1, 12)


def easter(year: int) -> date | None:
    """Western Easter Sunday. Source: the anonymous Gregorian rule, Nature, 20 April 1876."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return day_of(year, month, day + 1)


def _julian(year: int) -> int:
    """Days by which the Julian calendar is behind in the spring of `year`."""
    return year // 100 - year // 400 - 2


def orthodox_easter(year: int) -> date | None:
    """Eastern Easter Sunday. Source: Meeus's Julian rule, moved to the Gregorian calendar."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    julian = day_of(year, month, day + 1)
    return plus(julian, _julian(year)) if julian else None


def passover(year: int) -> date | None:
    """The first day of Passover. Source: Gauss's rule of 1802."""
    a, b = (12 * (year + 3760) + 17) % 19, (year + 3760) % 4
    m = 32.044093161144 + 1.5542417966212 * a + b / 4.0 - 0.0031777940220923 * (year + 3760)
    whole, part = int(m), m - int(m)
    weekday = (3 * (year + 3760) + 5 * b + whole + 5) % 7
    if weekday in {2, 4, 6}:
        whole += 1
    elif weekday == 1 and a > 6 and part >= 0.632870370:
        whole += 2
    elif weekday == 0 and a > 11 and part >= 0.897723765:
        whole += 1
    start = day_of(year, 3, 1)
    return plus(start, whole - 1 + _julian(year)) if start else None


def islamic(year: int, month: int, day: int) -> list[date]:
    """The days of Gregorian `year` on which the day of the Islamic calendar falls: one, sometimes two. Source: the tabular rule of 30 years."""
    found = []
    first = round((year - 622) * 33 / 32)
    for lunar in range(max(1, first - 1), first + 3):
        number = day + (59 * (month - 1) + 1) // 2 + (lunar - 1) * 354 + (3 + 11 * lunar) // 30 + 227014
        if 1 <= number <= date.max.toordinal() and date.fromordinal(number).year == year:
            found.append(date.fromordinal(number))
    return found


def feast_days(name: str, year: int, country: str | None = None) -> list[Days]:
    """When a holiday falls in `year`: once, twice where the Islamic year fits in twice, never where nobody knows.

    name     a key of holidays.toml; for national days `UKR/independence-day`, or `/independence-day` where the text names no country.
    country  ISO 3166 alpha-3, for national days of which the text names no country.
    """
    if not 1 <= year <= 9999:
        return []
    if "/" in name:
        code, _, key = name.partition("/")
        rule: dict[str, Any] = {"day": HOLIDAYS["countries"].get(code or country, {}).get(key)}
    else:
        rule = HOLIDAYS["feasts"][name]
    slack, long = rule.get("slack", 0), rule.get("days", 1)
    spans = (span_of(plus(first, -slack), plus(first, long - 1 + slack)) for first in _firsts(rule, year))
    found = [s for s in spans if s]
    if rule.get("last") and found:
        month, day = map(int, rule["last"].split("-"))
        found = [Days(found[0].earliest, day_of(year, month, day) or found[0].latest)]
    return found


def _firsts(rule: dict[str, Any], year: int) -> list[date]:
    """The first day of the holiday in that year."""
    day: date | None = None
    if rule.get("day"):
        day = day_of(year, *map(int, rule["day"].split("-")))
    elif "fixed" in rule:
        day = date.fromisoformat(rule["fixed"])
    elif "nth" in rule:
        day = _nth(year, *rule["nth"])
    elif "islamic" in rule:
        return islamic(year, *rule["islamic"])
    elif "table" in rule:
        row = HOLIDAYS["tables"][rule["table"]].get(str(year))
        day = day_of(year, *map(int, row.split("-"))) if row else None
    else:
        reckoned = {"easter": easter, "orthodox": orthodox_easter, "hebrew": passover}
        for key, rule_of in reckoned.items():
            if key in rule and (start := rule_of(year)):
                day = plus(start, rule[key])
    return [day] if day else []


def _nth(year: int, month: int, weekday: int, which: int, more: int) -> date | None:
    """The `which`-th weekday of the month, -1 the last, and `more` days on."""
    whole = of_months(year, month, 1)
    if not whole:
        return None
    if which > 0:
        first = plus(whole.earliest, (weekday - whole.earliest.isoweekday()) % 7 + 7 * (which - 1))
    else:
        first = plus(whole.latest, -((whole.latest.isoweekday() - weekday) % 7))
    return plus(first, more) if first else None

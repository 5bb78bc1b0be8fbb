"""Days and units -> values as TIMEX3 writes them; and what needs no day of writing.

Takes   days, units and the meanings that are printed in full.
Gives   `Answer`: a value, its days, its precision.
Needs   days.py.
Limits  the spelling is that of TempEval-3: 2008-W12, 2008-Q3, 2008-SU, 200 for a decade, P3D, PXY, FY1989.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sayso.relate.timex.days import Days, in_year, of_months, plus, span_of
from sayso.relate.timex.meaning import Calendar, Edge, Every, Unit

_LETTER: dict[Unit, tuple[str, int]] = {
    "second": ("S", 1), "minute": ("M", 1), "hour": ("H", 1), "day": ("D", 1), "weekend": ("WE", 1), "week": ("W", 1), "fortnight": ("W", 2),
    "month": ("M", 1), "quarter": ("Q", 1), "season": ("M", 3), "year": ("Y", 1), "decade": ("Y", 10), "century": ("Y", 100),
}  # fmt: skip
_PRECISION: dict[Unit, str] = {"week": "week", "month": "month", "quarter": "quarter", "year": "year", "weekend": "interval", "fortnight": "interval"}
_HALVES: dict[Unit, str] = {"hour": "PT30M", "year": "P6M"}
_CLOCKED = {"second", "minute", "hour"}


@dataclass(frozen=True, slots=True)
class Answer:
    """A value with the days it stands for, if anybody can tell them."""

    value: str
    days: Days | None = None
    precision: str = "unknown"
    given: bool = False


def _number(count: float) -> str:
    return str(int(count)) if count == int(count) else f"{count:g}"


def period_value(unit: Unit, count: float | None) -> str:
    """P3D, PXY, PT12H."""
    if count == 0.5 and unit in _HALVES:
        return _HALVES[unit]
    letter, times = _LETTER[unit]
    return f"P{'T' if unit in _CLOCKED else ''}{'X' if count is None else _number(count * times)}{letter}"


def value_of(days: Days, unit: Unit) -> str:
    """How TIMEX3 writes the unit of the calendar that begins on that day."""
    day = days.earliest
    year, week, _ = day.isocalendar()
    match unit:
        case "week" | "fortnight":
            return f"{year:04}-W{week:02}"
        case "weekend":
            return f"{year:04}-W{week:02}-WE"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month + 2) // 3}"
        case "year" | "season":
            return f"{day.year:04}"
        case "decade":
            return f"{day.year // 10:03}"
        case "century":
            return f"{day.year // 100:02}"
        case _:
            return day.isoformat()


def unknown_value(unit: Unit) -> str:
    """The value of a day, week or other unit of which nothing more is known."""
    return {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "quarter": "XXXX-QX"}.get(unit, "XXXX")


def precision_of(unit: Unit) -> str:
    return _PRECISION.get(unit, "interval" if unit in {"decade", "century", "season"} else "day")


def part_value(part: Calendar, year: str) -> str:
    """Year and what of it is meant: 2008-03-01, XXXX-Q2."""
    if part.month and part.day:
        return f"{year}-{part.month:02}-{part.day:02}"
    if part.month:
        return f"{year}-{part.month:02}"
    if part.quarter:
        return f"{year}-Q{part.quarter}"
    if part.half:
        return f"{year}-H{part.half}"
    if part.season:
        return f"{year}-{part.season}"
    return f"FY{year}" if part.fiscal else year


def part_precision(part: Calendar) -> str:
    if part.edge or part.half or part.season or part.fiscal:
        return "interval"
    return "day" if part.day else "month" if part.month else "quarter" if part.quarter else "year"


def every_value(meaning: Every) -> Answer:
    if meaning.weekday:
        return Answer(f"XXXX-WXX-{meaning.weekday}" + (f"T{meaning.daypart}" if meaning.daypart else ""))
    if meaning.month:
        return Answer(f"XXXX-{meaning.month:02}")
    if meaning.daypart:
        return Answer(f"XXXX-XX-XXT{meaning.daypart}")
    return Answer(period_value(meaning.unit or "day", meaning.count))


def one_day(day: date | None) -> Answer:
    return Answer(day.isoformat(), Days(day, day), "day") if day else Answer("XXXX-XX-XX")


def feast_answer(days: Days, year: str, *, given: bool) -> Answer:
    """A holiday of more than three days is written as its month, one that the moon moves as the day in the middle."""
    long = (days.latest - days.earliest).days
    middle = plus(days.earliest, long // 2) or days.earliest
    value = middle.isoformat() if long <= 3 else f"{year}-{middle.month:02}"
    return Answer(value, days, "day" if not long else "interval", given and not long)


def edged(days: Days | None, edge: Edge | None, base: date | None) -> Days | None:
    """The start, middle or end of a period: a third of it."""
    if not days or not edge or edge == "part":
        return days
    third = (days.latest - days.earliest).days // 3
    if edge == "start":
        return span_of(days.earliest, plus(days.earliest, third))
    if edge == "mid":
        return span_of(plus(days.earliest, third), plus(days.latest, -third))
    if edge == "end":
        return span_of(plus(days.latest, -third), days.latest)
    if not base:
        return days
    return (span_of(days.earliest, min(base, days.latest)) if edge == "before" else span_of(max(base, days.earliest), days.latest)) or days


def printed(meaning: Calendar) -> Answer | None:
    """What needs no other day: a year with its parts, a decade, a century."""
    if meaning.century is not None:
        days = span_of(*((of_months(y, 1, 12) or (None, None))[n] for n, y in enumerate((max(1, meaning.century * 100), meaning.century * 100 + 99))))
        return Answer(f"{meaning.century:02}", edged(days, meaning.edge, None), "interval", True)
    if meaning.decade is not None:
        days = span_of(*((of_months(y, 1, 12) or (None, None))[n] for n, y in enumerate((meaning.decade * 10, meaning.decade * 10 + 9))))
        return Answer(f"{meaning.decade:03}", edged(days, meaning.edge, None), "interval", True)
    if meaning.year is None:
        return None
    if meaning.before_christ:
        return Answer(f"BC{meaning.year:04}", None, "unknown", True)
    value = part_value(meaning, f"{meaning.year:04}")
    days = in_year(meaning, meaning.year)
    if meaning.either and meaning.month and meaning.day:
        other = in_year(replace(meaning, month=meaning.day, day=meaning.month), meaning.year)
        if days and other:
            return Answer(value, Days(min(days.earliest, other.earliest), max(days.latest, other.latest)), "interval")
    if meaning.fiscal and days:
        days = span_of(plus(days.earliest, -184), days.latest)
    return Answer(value, edged(days, meaning.edge, None), part_precision(meaning), True)

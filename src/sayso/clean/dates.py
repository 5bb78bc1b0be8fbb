"""Words for days -> closed intervals of days.

Takes   the words of a block, a URL, or a machine-readable time.
Gives   the days they name, with the characters that name them, in order.
Needs   the standard library; no clock: a day without its year stays without it.
Limits  English months and numbers. `03/04/2019` may be March or April, so it is the interval that holds both.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

_MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"), ("july", "jul"), ("august", "aug"),
    ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_COMMA = r"\s{0,2},?\s{1,2}"
WEEKDAY = r"(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\w/]){_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?!\d)",
        rf"(?<![\w/]){_YEAR}[/.](?P<month>[01]?\d)[/.](?P<day>[0-3]?\d)(?![\d/])",
        rf"\b{_MONTH}\s{{0,2}}{_DAY}(?:{_COMMA}{_YEAR})?\b",
        rf"\b{_DAY}(?:\s{{1,2}}of)?[\s-]{{1,2}}{_MONTH}(?:(?:{_COMMA}|-){_YEAR})?\b",
        rf"(?<![\w/.-])(?P<first>[0-3]?\d)(?P<sep>[/.-])(?P<second>[0-3]?\d)(?P=sep){_YEAR}(?![\d/-])",
        rf"{_YEAR}年(?P<month>[01]?\d)月(?P<day>[0-3]?\d)日",
    )
)
DIGIT = re.compile(r"\d")
WITH_WEEKDAY = re.compile(rf"\b{WEEKDAY}(?:day)?,?\s{{0,2}}$", re.IGNORECASE)
IN_URL = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[/-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
MACHINE = re.compile(r"\s{0,5}((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?!\d)")


class Days(NamedTuple):
    """Days that some words name: the words' place in their block, and the first and last day; None without a year."""

    start: int
    end: int
    earliest: date | None
    latest: date | None
    month: int = 0
    day: int = 0


def days_in(words: str, *, most: int = 8) -> list[Days]:
    """Every day named in the words, in order; a weekday that stands before it belongs to it."""
    found: list[Days] = []
    if not DIGIT.search(words):
        return found
    for form in FORMS:
        for match in form.finditer(words):
            days = _days(match)
            if days and not any(days.start < other.end and other.start < days.end for other in found):
                found.append(days)
            if len(found) >= most:
                break
    return sorted(_with_weekday(words, days) for days in found)


def _with_weekday(words: str, days: Days) -> Days:
    before = WITH_WEEKDAY.search(words[max(0, days.start - 14) : days.start])
    return days._replace(start=max(0, days.start - 14) + before.start()) if before else days


def _days(match: re.Match[str]) -> Days | None:
    """The days one match names; None when the calendar has no such day."""
    group = match.groupdict()
    year = int(group["year"]) if group.get("year") else None
    if "first" in group:
        either = [(int(group["first"]), int(group["second"])), (int(group["second"]), int(group["first"]))]
        possible = sorted(filter(None, (calendar_day(year, month, day) for month, day in either)))
        return Days(match.start(), match.end(), possible[0], possible[-1]) if possible else None
    month = MONTHS.get(group["month"].lower()) or int(group["month"])
    day = int(group["day"])
    known = calendar_day(year or 2000, month, day)
    if known is None:
        return None
    return Days(match.start(), match.end(), known if year else None, known if year else None, month, day)


def calendar_day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year or 0, month, day)
    except ValueError:
        return None


def day_in_url(url: str) -> tuple[date, str] | None:
    """The day in the path of an address, `/2019/11/18/`, and its words."""
    match = IN_URL.search(url[:2000].lower())
    if not match:
        return None
    month = match.group(2)
    day = calendar_day(int(match.group(1)), MONTHS[month] if month.isalpha() else int(month), int(match.group(3)))
    return (day, match.group(0).strip("/")) if day else None


def machine_day(words: str) -> date | None:
    """The day of an ISO 8601 time, `2019-11-18T07:00:00Z`, as it stands there: no zone is applied."""
    match = MACHINE.match(words[:60])
    return calendar_day(*map(int, match.groups())) if match else None

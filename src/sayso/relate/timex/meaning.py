"""What a time expression means while nobody knows the day of writing.

Takes   nothing: plain values.
Gives   `Timex`, an expression with its place, and the nine shapes that its meaning may take.
Needs   nothing.
Limits  a meaning never holds a day that had to be looked up from the day of writing; `resolve.py` does that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from sayso.records import Span

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Tense = Literal["past", "future", "unknown"]
Unit = Literal["second", "minute", "hour", "day", "weekend", "week", "fortnight", "month", "quarter", "season", "year", "decade", "century"]
Edge = Literal["start", "mid", "end", "before", "after", "part"]
Side = Literal["past", "coming", "before", "after"]
Base = Literal["writing", "told"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A stretch of the calendar with the parts that were printed; the rest is None.

    weekday  1 (Monday) to 7.
    decade   years divided by ten: 198 for the 1980s; century likewise by a hundred: 19 for the 20th.
    turn     -1 "last", 0 "this", 1 "next", when the words say so: "last March", "next Friday".
    years    years from the base: "October of next year" is 1.
    weeks    weeks from that of the base: "Friday of last week" is -1.
    edge     only its start, middle or end is meant, what lies of it "before" the base ("earlier this year") or "after", or some "part".
    either   the day and the month may stand the other way round: 03/04/2019.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None
    century: int | None = None
    fiscal: bool = False
    turn: int | None = None
    years: int | None = None
    weeks: int | None = None
    base: Base = "writing"
    edge: Edge | None = None
    either: bool = False
    before_christ: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """The unit of the calendar `count` units from the one that holds the base: "last week" is -1, "this month" 0."""

    unit: Unit
    count: int
    base: Base = "writing"
    edge: Edge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offset:
    """So many units from the base, backwards when negative: "two weeks ago". `count` None: an unknown number of them.

    back   whether it lies before the base, for when there is no count.
    grain  the unit that is compared, in "the year-ago quarter".
    """

    unit: Unit
    count: float | None
    back: bool
    base: Base = "writing"
    grain: Unit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long, PXY when `count` is None. `side`: the "past" two years, the "coming" week, "before" or "after" what is named next."""

    unit: Unit
    count: float | None
    side: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Every:
    """Again and again: each `count` units, or each weekday, month or part of the day; as a DATE, one of them: "on a Sunday"."""

    unit: Unit | None = None
    count: float | None = 1
    weekday: int | None = None
    month: int | None = None
    daypart: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day on a day that may have been named with it. `zone` is Z for UTC and GMT, other zones keep their letters."""

    hour: int
    minute: int | None
    second: int | None = None
    zone: str | None = None
    day: Meaning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPart:
    """MO, MI, AF, EV or NI of a day; without `day` it is that of the base."""

    part: str
    day: Meaning | None = None
    base: Base = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feast:
    """A day with a name, by its key in holidays.toml."""

    name: str
    year: int | None = None
    turn: int | None = None
    years: int | None = None
    edge: Edge | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vague:
    """PRESENT_REF, PAST_REF or FUTURE_REF."""

    value: str


Meaning: TypeAlias = Calendar | Cycle | Offset | Length | Every | Clock | DayPart | Feast | Vague


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """One time expression.

    tense  that of the verb which governs it, as far as the words show.
    until  the expression in which the range that this one opens ends: "[March 3] to [5]".
    """

    span: Span
    type: Kind
    meaning: Meaning
    tense: Tense = "unknown"
    until: Span | None = None

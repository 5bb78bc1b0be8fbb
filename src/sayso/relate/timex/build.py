"""Tokens that fit a shape -> what they mean; one function for each `makes` of timex.toml.

Takes   `Shape`: the tokens of a sentence and which of them fit.
Gives   `Found`s, most often one; none when a second look at the words says that they are no time.
Needs   the word lists of timex.toml, through tokens.py.
Limits  looks no further than a few tokens to either side.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from sayso.relate.timex.meaning import Base, Calendar, Clock, Cycle, DayPart, Edge, Every, Feast, Kind, Length, Meaning, Offset, Side, Unit, Vague
from sayso.relate.timex.tokens import GIVEN, HOLIDAYS, VALUE, Tokens, number_of

_MONTHS = ("month", "may", "abbr")
_UNITS = ("unit", "year_unit", "quarter", "units")
_QUANTITIES = ("small", "big", "number", "year")
_CHECKS: dict[str, list[str]] = GIVEN["checks"]
_BEFORE_YEAR, _COUNTED, _NOT_FEASTS = (frozenset(_CHECKS[k]) for k in ("names_before_numbers", "counted_by_numbers", "after_feasts"))
_LEADS_MONTH, _TIME_PREPOSITIONS = (frozenset(_CHECKS[k]) for k in ("lead_a_month", "prepositions"))

_ATTACKS = frozenset({"attack", "attacks", "terrorist", "terror", "hijackers", "hijackings", "commission", "strikes"})

_NOT_PLURAL = frozenset({"was", "is", "has", "as", "this", "its", "his", "does"})
_OWNS = frozenset({"’s", "'s", "a", "an", "its", "his", "her", "their", "our", "my", "and"})


class Found(NamedTuple):
    """Tokens `first` to `last`, exclusive, and what they mean."""

    first: int
    last: int
    type: Kind
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Shape:
    """The tokens of a sentence, of which `first` to `last` (exclusive) fit a shape."""

    tokens: Tokens
    first: int
    last: int
    text: str

    def at(self, *classes: str) -> int | None:
        """Where the first token of one of the classes stands."""
        return next((n for n in range(self.first, self.last) if self.tokens.classes[n] in classes), None)

    def all(self, *classes: str) -> list[int]:
        return [n for n in range(self.first, self.last) if self.tokens.classes[n] in classes]

    def has(self, *classes: str) -> bool:
        return self.at(*classes) is not None

    def value(self, *classes: str) -> int | None:
        """The number that timex.toml gives the first token of one of the classes, or that the figure is."""
        at = self.at(*classes)
        return None if at is None else self.number(at)

    def number(self, at: int) -> int:
        name, word = self.tokens.classes[at], self.tokens.words[at]
        return int(VALUE[name][word]) if name in VALUE else int(re.sub(r"\D", "", word)[:9] or 0)

    def word(self, *classes: str) -> str | None:
        at = self.at(*classes)
        return None if at is None else self.tokens.words[at]

    def before(self, back: int = 1) -> str:
        """The word that stands so many tokens before the shape, in lower case."""
        return self.tokens.words[self.first - back] if self.first >= back else ""

    def after(self, on: int = 0) -> str:
        return self.tokens.words[self.last + on] if self.last + on < len(self.tokens.words) else ""

    def class_before(self) -> str:
        return self.tokens.classes[self.first - 1] if self.first else ""

    def class_after(self, on: int = 0) -> str:
        return self.tokens.classes[self.last + on] if self.last + on < len(self.tokens.classes) else ""

    def part(self, first: int, last: int) -> Shape:
        return replace(self, first=first, last=last)

    def one(self, type: Kind, meaning: Meaning) -> list[Found]:
        return [Found(self.first, self.last, type, meaning)]

    @property
    def in_a_name(self) -> bool:
        """Has it a capital without beginning the sentence, beside another name?"""
        capital = self.text[self.tokens.starts[self.first]].isupper()
        return capital and self.first > 0 and "name" in {self.class_before(), self.class_after()}

    @property
    def edge(self) -> Edge | None:
        at = self.at("edge", "edge_noun", "shift")
        if at is None:
            return "part" if self.has("half") else None
        if self.tokens.classes[at] == "shift":
            return "before" if self.number(at) < 0 else "after"
        return cast(Edge, VALUE[self.tokens.classes[at]][self.tokens.words[at]])

    @property
    def turn(self) -> int | None:
        """-1 for last and previous, 0 for this, 1 for next and following."""
        if self.has("that", "same"):
            return 0
        return self.value("last", "prev", "next", "coming", "following", "this", "current", "recent")

    @property
    def base(self) -> Base:
        """Is it reckoned from what was told before, or from the day of writing?"""
        return "told" if self.has("prev", "following", "same", "that") or (self.has("next") and self.has("the")) else "writing"

    @property
    def unit(self) -> Unit:
        at = self.at(*_UNITS)
        return cast(Unit, VALUE[self.tokens.classes[at]][self.tokens.words[at]]) if at is not None else "day"

    @property
    def year(self) -> int | None:
        at = self.at("year", "short_year")
        if at is None:
            return None
        digits = re.sub(r"\D", "", self.tokens.words[at])
        return int(digits) if len(digits) == 4 else _century(int(digits))

    @property
    def count(self) -> float | None:
        """How many units: None for several."""
        span = range(self.first, self.at(*_UNITS) or self.last)
        words = [self.tokens.words[n] for n in span if self.tokens.classes[n] in _QUANTITIES]
        value = number_of(words)
        halves = any(self.tokens.classes[n] == "half" for n in range(self.first, self.last))
        if value is None:
            if self.has("vague"):
                return None
            return 1.5 if self.has("half") and self.has("and") else 0.5 if halves else 1
        return value + 0.5 if halves else value

    @property
    def year_relative(self) -> dict[str, object]:
        """`years` and `base` when the year is "last year", "the same year" and so on."""
        if not self.has("year_unit") or self.year is not None:
            return {}
        at = self.at("year_unit")
        tail = self.part(max(self.first, (at or 0) - 2), self.last)
        if tail.turn is None:
            return {"years": 0, "base": "told"}
        return {"years": tail.turn, "base": tail.base}


def _century(two: int) -> int:
    """The year that two figures stand for: '69 is 1969, '24 is 2024."""
    return (2000 if two < 40 else 1900) + two


def _calendar(shape: Shape, **parts: object) -> Calendar:
    return Calendar(**({"edge": shape.edge} | parts))  # type: ignore[arg-type]


def iso(shape: Shape) -> list[Found]:
    word = shape.tokens.words[shape.first]
    year, month, day = int(word[:4]), int(word[5:7]), int(word[8:10])
    if not (year and 1 <= month <= 12 and 1 <= day <= 31):
        return []
    date = Calendar(year=year, month=month, day=day)
    if len(word) == 10:
        return shape.one("DATE", date)
    hour, minute = int(word[11:13]), int(word[14:16])
    return shape.one("TIME", Clock(hour=hour, minute=minute, zone="Z" if word.endswith("z") else None, day=date)) if hour < 25 and minute < 60 else []


def numeric(shape: Shape) -> list[Found]:
    """13/9/2023, 9.13.2023, 2023/9/13: which is the month is settled later where both may be."""
    at = shape.at("numeric")
    first, second, third = re.split(r"[/.-]", shape.tokens.words[at if at is not None else shape.first])
    if len(first) == 4:
        year, month, day, either = int(first), int(second), int(third), False
    else:
        year = int(third) if len(third) == 4 else _century(int(third))
        month, day = int(first), int(second)
        if len(third) == 2 and "/" not in shape.tokens.words[at or shape.first] and not shape.has("weekday", "short_weekday"):
            return []  # 1.2.13 is a version
        if month > 12 or "." in shape.tokens.words[at or shape.first]:
            month, day = day, month
        either = month <= 12 and day <= 12 and month != day and "." not in shape.tokens.words[at or shape.first]
    if not (1 <= month <= 12 and 1 <= day <= 31 and year):
        return []
    return shape.one("DATE", Calendar(year=year, month=month, day=day, either=either, weekday=shape.value("weekday", "short_weekday")))


def date(shape: Shape) -> list[Found]:
    day = shape.value("small", "ordinal_figure", "ordinal")
    month, year = shape.value(*_MONTHS), shape.year
    if day is None or not 1 <= day <= 31 or (month is None and not shape.has("weekday")):
        return []
    if (month, day) == (9, 11) and year in {None, 2001} and any(shape.after(n) in _ATTACKS for n in range(3)):
        return shape.one("DATE", Feast(name="september-11"))
    last_token = shape.tokens.classes[shape.last - 1]
    if last_token in _MONTHS and shape.class_after() in {"small", "ordinal_figure"} and shape.class_after(1) not in {"dot"} and _may_be_count(shape):
        return []
    if month and shape.tokens.classes[shape.last - 1] in {"small"} and _counts(shape.after()) and year is None and not shape.has("the"):
        return []
    return shape.one("DATE", _calendar(shape, year=year, month=month, day=day, weekday=shape.value("weekday", "short_weekday"), **shape.year_relative))


def _may_be_count(shape: Shape) -> bool:
    """In "killed 12 April 3" the figure before the month counts something."""
    return shape.tokens.classes[shape.first] == "small" and shape.before() not in _TIME_PREPOSITIONS and shape.class_before() not in {"comma", "open", ""}


def _counts(word: str) -> bool:
    return word in _COUNTED


def day_pair(shape: Shape) -> list[Found]:
    days = shape.all("small", "ordinal_figure")
    month, year = shape.value(*_MONTHS), shape.year
    first, second = shape.number(days[0]), shape.number(days[1])
    if not (1 <= first <= 31 and 1 <= second <= 31) or shape.class_after() in _UNITS or (shape.has("and") and _counts(shape.after())):
        return []
    at_month = shape.at(*_MONTHS) or 0
    one, two = (_calendar(shape, year=year, month=month, day=d) for d in (first, second))
    if at_month < days[0]:
        return [Found(shape.first, days[0] + 1, "DATE", one), Found(days[1], shape.last, "DATE", two)]
    return [Found(shape.first, days[0] + 1, "DATE", one), Found(days[0] + 2, shape.last, "DATE", two)]


def month_pair(shape: Shape) -> list[Found]:
    months = shape.all(*_MONTHS)
    one, two = (Calendar(year=shape.year, month=shape.number(m)) for m in months)
    return [Found(months[0], months[0] + 1, "DATE", one), Found(months[1], shape.last, "DATE", two)]


def month(shape: Shape) -> list[Found]:
    relative = shape.year_relative
    turn = None if relative or shape.year else shape.turn
    base: dict[str, object] = relative or {"base": "writing" if turn is None else shape.base}
    return shape.one("DATE", _calendar(shape, year=shape.year, month=shape.value(*_MONTHS), turn=turn, **base))


def bare_month(shape: Shape) -> list[Found]:
    """A month that stands alone: "May" and "March" are names and verbs as well, "Jan" and "June" are names."""
    at = shape.at(*_MONTHS)
    if at is None:
        return []
    name = shape.tokens.classes[at]
    last = shape.last - 1 if shape.tokens.classes[shape.last - 1] == "dot" and name != "abbr" else shape.last
    whole = shape.part(shape.first, last)
    led = whole.before() in _LEADS_MONTH or whole.edge is not None
    follows_name = whole.class_before() in {"name"}
    before_name = whole.class_after() == "name" and not whole.text[whole.tokens.starts[last] :][:2].isupper()
    if whole.tokens.words[whole.first] == "the" and whole.edge is None:
        whole = whole.part(whole.first + 1, last)
        led = False
    if name == "abbr" and not (led and shape.tokens.classes[shape.last - 1] == "dot"):
        return []
    called = whole.after() in {"on", "of", "for", "to", "against"}  # the March on Washington
    if name == "may" and called and (not led or whole.before() == "the"):
        return []
    if name == "may" and not led and (whole.tokens.words[at] == "may" or follows_name or whole.first == 0):
        return []
    if not led and (follows_name or before_name) and whole.class_before() not in {"comma", ""}:
        return []
    if not led and before_name:
        return []
    return whole.one("DATE", _calendar(whole, month=whole.value(*_MONTHS)))


def week_of_month(shape: Shape) -> list[Found]:
    """The first week of March: a week of the calendar, or a third of the month for other units."""
    if shape.unit not in {"week", "weekend", "day"}:
        return []
    ordinal = shape.value("ord", "ordinal", "ordinal_figure")
    last = ordinal is None or shape.word("ordinal") == "final"
    edge: Edge = "end" if last else "start" if ordinal == 1 else "part"
    calendar = replace(_calendar(shape, year=shape.year, month=shape.value(*_MONTHS), **shape.year_relative), edge=edge)
    return shape.one("DATE", replace(calendar, day=1) if shape.unit == "day" and edge == "start" else calendar)


def quarter(shape: Shape) -> list[Found]:
    name = shape.word("quarter_name")
    number = int(name[1]) if name else shape.value("ordinal", "ordinal_figure") or 4
    if not 1 <= number <= 4:
        return []
    return shape.one("DATE", _calendar(shape, year=shape.year, quarter=number, fiscal=shape.has("fiscal"), **shape.year_relative))


def half(shape: Shape) -> list[Found]:
    number = shape.value("ordinal", "ordinal_figure") or 1
    if number > 2:
        return []
    return shape.one("DATE", Calendar(year=shape.year, half=number, **shape.year_relative))  # type: ignore[arg-type]


def season(shape: Shape) -> list[Found]:
    at = shape.at("season")
    word = shape.word("season") or ""
    said = shape.turn is not None or shape.year is not None or shape.year_relative or shape.edge is not None
    led = shape.before() in _LEADS_MONTH or shape.has("the")
    capital = at is not None and shape.text[shape.tokens.starts[at]].isupper() and shape.tokens.starts[at] > shape.tokens.starts[0]
    if not said and (word == "fall" or (word in {"spring"} and not led and shape.first)) and shape.before() not in {"in", "since", "until", "by", "during"}:
        return []
    if not said and capital and shape.class_after() == "name":
        return []  # the Winter Palace
    if not said and (shape.class_after() in {"hyphen"} or shape.class_before() == "hyphen" or (word == "fall" and shape.after() in {"of", "in"})):
        return []
    relative = shape.year_relative
    turn = None if relative or shape.year else shape.turn
    base: dict[str, object] = relative or {"base": "writing" if turn is None else shape.base}
    return shape.one("DATE", _calendar(shape, year=shape.year, season=VALUE["season"][word], turn=turn, **base))


def fiscal(shape: Shape) -> list[Found]:
    if shape.year:
        return shape.one("DATE", _calendar(shape, year=shape.year, fiscal=True))
    if shape.has("year_unit") and (shape.turn is not None or shape.has("the")):
        return shape.one("DATE", _calendar(shape, years=shape.turn or 0, fiscal=True))
    return []


def decade(shape: Shape) -> list[Found]:
    at = shape.at("decade")
    if at is not None:
        digits = re.sub(r"\D", "", shape.tokens.words[at])
        if len(digits) == 2 and not (shape.has("the") or shape.edge or "s" in shape.tokens.words[at]):
            return []
        if len(digits) == 2 and shape.before() in {"her", "his", "their", "my", "our"}:
            return []  # in his 50s
        decade = int(digits[:3]) if len(digits) == 4 else 190 + int(digits[0])
        return shape.one("DATE", _calendar(shape, decade=decade))
    return shape.one("DATE", _calendar(shape, decade=shape.value("decade_word")))


def century(shape: Shape) -> list[Found]:
    number = shape.value("ordinal", "ordinal_figure")
    if shape.unit != "century" or number is None or not 1 <= number <= 30:
        return []
    return shape.one("DATE", _calendar(shape, century=number - 1))


def today(shape: Shape) -> list[Found]:
    if shape.in_a_name:
        return []  # USA Today
    day = Cycle(unit="day", count=shape.value("today") or 0, edge=shape.edge)
    part = shape.word("daypart")
    return shape.one("TIME", DayPart(part=VALUE["daypart"][part], day=day)) if part else shape.one("DATE", day)


def beside_today(shape: Shape) -> list[Found]:
    """The day after tomorrow, the day before yesterday."""
    if shape.unit != "day":
        return []
    return shape.one("DATE", Cycle(unit="day", count=(shape.value("today") or 0) + (1 if shape.has("after") else -1)))


def tonight(shape: Shape) -> list[Found]:
    return shape.one("TIME", DayPart(part="NI", day=Cycle(unit="day", count=0)))


def every(shape: Shape) -> list[Found]:
    if shape.has("often"):
        word = shape.word("often") or ""
        if shape.in_a_name:
            return []  # the Daily Telegraph
        return shape.one("SET", Every(unit=VALUE["often"][word], count=1))
    if shape.has("weekdays"):
        part = shape.word("daypart")
        return shape.one("SET", Every(weekday=shape.value("weekdays"), daypart=VALUE["daypart"][part] if part else None))
    if shape.has("times", "times_sign"):
        return shape.one("SET", Every(unit=shape.unit))
    if shape.has(*_UNITS):
        numbered = shape.value("ordinal", "ordinal_figure")
        return shape.one("SET", Every(unit=shape.unit, count=2 if shape.has("other") else numbered or shape.count))
    part = shape.word("daypart")
    return shape.one("SET", Every(weekday=shape.value("weekday"), month=shape.value(*_MONTHS), daypart=VALUE["daypart"][part] if part else None))


def weekday(shape: Shape) -> list[Found]:
    day = shape.value("weekday", "short_weekday")
    if shape.has("short_weekday"):
        dotted = shape.tokens.classes[shape.last - 1] == "dot" and shape.before() in _TIME_PREPOSITIONS
        if not (shape.has("daypart") or dotted or (shape.class_before() == "open" and shape.class_after() in {"close", "comma"})):
            return []
    elif shape.before() in _CHECKS["before_weekdays"] and shape.class_before() == "name":
        return []  # Fox News Sunday
    elif shape.after() in _CHECKS["after_weekdays"] and shape.text[shape.tokens.starts[shape.last]].isupper() and not shape.edge:
        return []  # the Sunday Times
    at = shape.at("unit")
    if at is not None:
        tail = shape.part(at - 1, shape.last)
        weeks = tail.turn or 0
        if tail.unit != "week":
            return []
        calendar = Calendar(weekday=day, weeks=weeks, edge=shape.edge)
    else:
        calendar = _calendar(shape, weekday=day, turn=shape.turn, base=shape.base)
        if shape.before() == "a" and shape.turn is None and shape.class_after() not in {"word", "name"}:
            return shape.one("DATE", Every(weekday=day))  # on a Sunday: nobody says which
    part = shape.word("daypart")
    return shape.one("TIME", DayPart(part=VALUE["daypart"][part], day=calendar)) if part else shape.one("DATE", calendar)


def daypart(shape: Shape) -> list[Found]:
    part = VALUE["daypart"][shape.word("daypart") or "night"]
    turn = shape.turn or 0
    day: Meaning = Cycle(unit="day", count=turn, base=shape.base)
    return shape.one("TIME", DayPart(part=part, day=day))


def bare_daypart(shape: Shape) -> list[Found]:
    """Early morning; morning trading."""
    if shape.edge is None and shape.class_after() != "trading":
        return []
    return shape.one("TIME", DayPart(part=VALUE["daypart"][shape.word("daypart") or "night"]))


def the_daypart(shape: Shape) -> list[Found]:
    part = VALUE["daypart"][shape.word("daypart") or "night"]
    if shape.before() not in {"in", "during", "through", "throughout", "into", "by", "of", "for"}:
        return []
    if shape.after() in {"of", "after", "before", "when", "that"}:
        return []
    return shape.one("TIME", DayPart(part=part))


def offset(shape: Shape) -> list[Found]:
    if shape.has("phrase") and shape.word("phrase") != "PRESENT_REF":
        return []
    forward = shape.has("from", "ahead") or shape.value("shift") == 1 or shape.value("ago") == 1
    told = shape.has("shift")
    return shape.one("DATE", _from_base(shape, back=not forward, base="told" if told else "writing"))


def _from_base(shape: Shape, *, back: bool, base: Base) -> Offset:
    count = None if shape.has("units") and not shape.has(*_QUANTITIES, "half") else shape.count
    return Offset(unit=shape.unit, count=None if count is None else -count if back else count, back=back, base=base)


def year_earlier(shape: Shape) -> list[Found]:
    if shape.tokens.classes[shape.last - 1] in {"shift", "ago"} and not shape.has("hyphen"):
        return []
    return shape.one("DATE", Offset(unit="year", count=-1, back=True, base="told", grain=_grain(shape)))


def _grain(shape: Shape) -> Unit | None:
    """The unit that is compared: the quarter of "the year-ago quarter"."""
    names = shape.all("quarter", "unit")
    return cast(Unit, VALUE[shape.tokens.classes[names[0]]][shape.tokens.words[names[0]]]) if names else None


def same_period(shape: Shape) -> list[Found]:
    return shape.one("DATE", Offset(unit="year", count=-1, back=True, base="told", grain=_grain(shape)))


def counted(shape: Shape) -> list[Found]:
    """The past two years, the first nine months: how long, and on which side of the base."""
    if shape.tokens.words[shape.first] == "the" and shape.count == 1 and not shape.has(*_QUANTITIES, "vague"):
        return []
    turn = shape.turn
    side: Side | None = None if turn is None else "past" if turn < 0 else "coming"
    return shape.one("DURATION", Length(unit=shape.unit, count=shape.count, side=side))


def some_units(shape: Shape) -> list[Found]:
    turn = shape.turn or 0
    return shape.one("DATE", Vague(value="PAST_REF" if turn < 0 else "FUTURE_REF"))


def cycle(shape: Shape) -> list[Found]:
    unit, turn = shape.unit, shape.turn
    bare = turn is None
    if unit in {"second", "minute", "hour"} or (shape.word("prev", "following") is None and shape.has("past") and unit == "day"):
        return []
    if bare and shape.after() == "of":
        return []
    past = shape.word("last") == "past" or (shape.word("last") == "last" and shape.has("the") and not shape.edge and unit != "quarter")
    if past or shape.has("coming"):
        if unit in {"weekend"} or shape.word("coming") == "upcoming":
            return shape.one("DATE", Cycle(unit=unit, count=turn or 0))
        if shape.has("last") and shape.after() == "of":
            return []
        kept = shape.word("last") == "last" and unit == "year"
        return (
            shape.one("DATE", Cycle(unit=unit, count=-1)) if kept else shape.one("DURATION", Length(unit=unit, count=1, side="coming" if turn == 1 else "past"))
        )
    base: Base = "told" if bare or shape.has("that", "same", "prev", "following") else shape.base
    return shape.one("DATE", Cycle(unit=unit, count=turn or 0, base=base, edge=shape.edge))


def the_unit_before(shape: Shape) -> list[Found]:
    back = shape.has("before", "prev") or shape.value("shift") == -1
    if not shape.has("prev", "shift") and shape.class_after() in {"the", "a", "word", "name", "number", "feast", "year", "month"}:
        return []  # "the day before the vote" hangs on the vote
    return shape.one("DATE", Cycle(unit=shape.unit, count=-1 if back else 1, base="told"))


def year_end(shape: Shape) -> list[Found]:
    unit = shape.unit
    if shape.year:
        return shape.one("DATE", _calendar(shape, year=shape.year))
    return shape.one("DATE", Cycle(unit=unit, count=0, edge=shape.edge)) if unit not in {"second", "minute", "hour"} else []


def year(shape: Shape) -> list[Found]:
    if shape.has("bc", "ad"):
        return shape.one("DATE", Calendar(year=shape.value("small", "big", "year"), before_christ=shape.has("bc"), edge=shape.edge))
    at, number = shape.at("year", "short_year"), shape.year
    if at is None or number is None:
        return []
    if at > shape.first and shape.tokens.words[at - 1] == "the":
        shape = shape.part(at, shape.last)  # "the 2008 games", "the start of the 2008 season": the article is theirs
    before, after = shape.before(), shape.after()
    the = before == "the"
    led = before in _TIME_PREPOSITIONS or shape.edge is not None or shape.has("year_unit")
    if shape.tokens.classes[at] == "short_year":
        return shape.one("DATE", Calendar(year=shape.year)) if led or before in _LEADS_MONTH or shape.class_before() in _MONTHS else []
    if before in _BEFORE_YEAR or _counts(after) or shape.class_after() in {"ampm", "number", "figure", *_UNITS}:
        return []
    old = number < 1900 or number > 2060
    if old and (before in {"over", "than", "only", "about", "around", "for", "as", "of", "at", "to", "is", "was"} and shape.class_before() != "open"):
        return []
    if old and not (led or shape.class_before() in {"open", "comma", "hyphen"}):
        return []
    if old and shape.class_before() == "comma" and shape.class_after() not in {"comma", "", "dot"}:
        return []
    plural = shape.class_after() == "word" and after.endswith("s") and not after.endswith("ss") and after not in _NOT_PLURAL
    if plural and not led and not the and shape.class_before() in {"word", ""} and before not in _OWNS:
        return []  # it sold 2008 watches
    return shape.one("DATE", _calendar(shape, year=shape.year))


def feast(shape: Shape) -> list[Found]:
    name = shape.word("feast") or ""
    if shape.after() in _NOT_FEASTS and shape.class_after() == "name":
        return []
    relative = shape.year_relative
    turn = None if relative or shape.year else shape.turn
    if name in HOLIDAYS["national"]:
        country = _country(shape)
        name = f"{country}/{name}" if country else f"/{name}"
    return shape.one("DATE", Feast(name=name, year=shape.year, turn=turn, years=cast("int | None", relative.get("years")), edge=shape.edge))


def _country(shape: Shape) -> str | None:
    """The country whose name stands before the day: "Ukraine's Independence Day"."""
    words = [w for w in shape.tokens.words[max(0, shape.first - 6) : shape.first] if w not in {"'s", "’s", ".", "the", "'", "’"}][-3:]
    for joined in (" ".join(words[-2:]), ".".join(words[-2:]) + ".", *words[-1:]):
        for code, country in HOLIDAYS["countries"].items():
            if joined in country["words"]:
                return str(code)
    return None


def length(shape: Shape) -> list[Found]:
    at = shape.at(*_UNITS)
    if at is None:
        return []
    unit, count = shape.unit, shape.count
    plural = shape.tokens.classes[at] == "units"
    hyphen = at > 0 and shape.tokens.classes[at - 1] == "hyphen"
    if not plural and not hyphen and unit == "quarter":
        return []  # three quarter of it
    if not plural and shape.has("vague") and not shape.has(*_QUANTITIES):
        return []
    if unit == "second" and shape.has("ordinal"):
        return []
    if shape.has("the") and not plural and not hyphen:
        return []
    article = shape.at("the", "a") if not plural and shape.has(*_QUANTITIES) else None
    if article is not None and article < at - 1 and not shape.has("half"):
        shape = shape.part(article + 1, shape.last)  # "a five-year high": the article is the high's
    return shape.one("DURATION", Length(unit=unit, count=count, side=_side(shape)))


def _side(shape: Shape) -> Side | None:
    sides: dict[str, Side] = {"after": "after", "before": "before", "following": "after", "since": "after"}
    return sides.get(shape.after())


def a_unit(shape: Shape) -> list[Found]:
    """A week, a full year: how long, or how often when it follows what is counted."""
    unit = shape.unit
    at = shape.at(*_UNITS)
    if unit == "quarter" or (at is not None and shape.tokens.classes[at] == "units") or shape.class_after() == "hyphen":
        return []
    first = shape.tokens.words[shape.first]
    rate = shape.class_before() in {*_QUANTITIES, "figure", "units", "sign"} or (
        shape.class_before() in {"word", "units"} and shape.before() in _CHECKS["rated"]
    )
    if first in {"a", "an"} and rate and not shape.has("and") and shape.after() not in {"after", "before", "since"}:
        return shape.one("SET", Every(unit=unit))
    return shape.one("DURATION", Length(unit=unit, count=shape.count, side=_side(shape)))


def bare_units(shape: Shape) -> list[Found]:
    """Weeks, for decades: only where something says that they pass."""
    led = shape.before() in _CHECKS["before_bare_units"] or shape.after() in {"later", "ago", "after", "before"}
    if not (shape.has("long") or shape.unit == "decade" or led):
        return []
    return shape.one("DURATION", Length(unit=shape.unit, count=None))


def the_unit(shape: Shape) -> list[Found]:
    if shape.unit not in {"day", "week", "weekend", "month", "quarter", "year"} or not (shape.has("whole") or shape.before() in _CHECKS["before_the_unit"]):
        return []
    at = shape.last - 1
    if shape.text[shape.tokens.starts[at]].isupper():
        return []  # Person of the Year
    if shape.after() in _CHECKS["after_the_unit"] or shape.class_after() in {"hyphen", "year"}:
        return []
    return shape.one("DATE", Cycle(unit=shape.unit, count=0, base="told"))


def vague(shape: Shape) -> list[Found]:
    if shape.class_after() == "hyphen" or shape.before() in {"most", "as", "too", "how"} or (shape.first == 0 and shape.class_after() == "comma"):
        return []  # now-defunct; their most recent film; as soon as; "Now, what is it?"
    if shape.word("phrase") == "FUTURE_REF" and shape.after() == "of":
        return []  # the future of coal
    value = shape.word("phrase") or ("PAST_REF" if shape.has("recent") else "PRESENT_REF")
    return shape.one("DATE", Vague(value=value))


def clock(shape: Shape) -> list[Found]:
    """A time of day, with the day it is of."""
    at = shape.at("clock", "small", "noon", "big", "year") if not shape.has("clock", "noon") else shape.at("clock", "noon")
    if at is None:
        return []
    ampm_at = shape.at("ampm")
    if ampm_at is not None:
        at = ampm_at - 1
    timed = shape.has("ampm", "zone", "o’clock", "noon", "local", "time")
    if not timed and not _is_time(shape, at):
        return []
    hour_minute = _hour(shape, at)
    if hour_minute is None:
        return []
    hour, minute, second = hour_minute
    if hour < 12 and not shape.has("ampm") and VALUE["daypart"].get(shape.word("daypart") or "") in {"AF", "EV", "NI"}:
        hour += 12  # 6 o'clock this afternoon
    zone_word = shape.word("zone")
    return shape.one("TIME", Clock(hour=hour, minute=minute, second=second, zone=VALUE["zone"][zone_word] if zone_word else None, day=_day_of(shape, at)))


def _is_time(shape: Shape, at: int) -> bool:
    """Is a figure such as 10:30 a time, not a score or a verse?"""
    word = shape.tokens.words[at]
    return ":" in word and (
        shape.before() in {"at", "by", "from", "until", "till", "to", "about", "around", "before", "after", "since", "between"} or shape.first < at
    )


def _hour(shape: Shape, at: int) -> tuple[int, int | None, int | None] | None:
    name, word = shape.tokens.classes[at], shape.tokens.words[at]
    if name == "noon":
        return (24 if word == "midnight" else 12), None, None
    parts = [int(p) for p in re.split(r"[:.]", word)] if name == "clock" else [int(re.sub(r"\D", "", word) or 99)]
    if name in {"big", "year"}:
        parts = [*divmod(parts[0], 100)] if len(word) == 4 else [99]
    hour, minute = parts[0], parts[1] if len(parts) > 1 else None
    ampm = (shape.word("ampm") or "").replace(".", "")
    if ampm and hour <= 12:
        hour = hour % 12 + (12 if ampm == "pm" else 0)
    return (hour, minute, parts[2] if len(parts) > 2 else None) if hour <= 24 and (minute or 0) < 60 else None


def _day_of(shape: Shape, at: int) -> Meaning | None:
    """The meaning of the tokens beside the time that name a day."""
    if shape.has(*_MONTHS):
        lead = shape.part(shape.first, at) if (shape.at(*_MONTHS) or 0) < at else shape.part(_after_time(shape, at), shape.last)
        found = date(lead)
        return replace(found[0].meaning, edge=None) if found and isinstance(found[0].meaning, Calendar) else None
    if shape.has("weekday"):
        return Calendar(weekday=shape.value("weekday"), turn=shape.turn)
    if shape.has("today"):
        return Cycle(unit="day", count=shape.value("today") or 0)
    if shape.has("this"):
        return Cycle(unit="day", count=0)
    if shape.has("prev", "following", "next", "same"):
        return Cycle(unit="day", count=shape.turn or 0, base="told")
    return None


def _after_time(shape: Shape, at: int) -> int:
    return next((n for n in range(at + 1, shape.last) if shape.tokens.classes[n] not in {"ampm", "zone", "on", "comma", "o’clock", "local", "time"}), at + 1)


BUILDERS: dict[str, Callable[[Shape], list[Found]]] = {
    f.__name__: f
    for f in (
        iso, numeric, date, day_pair, month_pair, month, bare_month, week_of_month, quarter, half, season, fiscal, decade, century, beside_today,
        today, tonight, every, weekday, daypart, bare_daypart, the_daypart, offset, year_earlier, same_period, counted, some_units, cycle, the_unit_before,
        year_end, year, feast, length, a_unit, bare_units, the_unit, vague, clock,
    )
}  # fmt: skip

"""Tokens that are reckoned from another day -> what they mean: today, last week, two years ago; one function for each `makes` of timex.toml.

Takes   `Shape`: the tokens that fit.
Gives   `Found`s, most often one; none when a second look at the words says that they are no time.
Needs   the word lists of timex.toml, through tokens.py.
Limits  whether "the following day" follows the day of writing or a day told before is said by its words alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from sayso.relate.timex.meaning import Base, Calendar, Cycle, DayPart, Every, Length, Offset, Unit, Vague
from sayso.relate.timex.shape import CHECKS, PREPOSITIONS, QUANTITIES, Found, Shape, calendar
from sayso.relate.timex.tokens import VALUE


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


def weekday(shape: Shape) -> list[Found]:
    day = shape.value("weekday", "short_weekday")
    if shape.has("short_weekday"):
        dotted = shape.tokens.classes[shape.last - 1] == "dot" and shape.before() in PREPOSITIONS
        if not (shape.has("daypart") or dotted or (shape.class_before() == "open" and shape.class_after() in {"close", "comma"})):
            return []
    elif shape.before() in CHECKS["before_weekdays"] and shape.class_before() == "name":
        return []  # Fox News Sunday
    elif shape.after() in CHECKS["after_weekdays"] and shape.text[shape.tokens.starts[shape.last]].isupper() and not shape.edge:
        return []  # the Sunday Times
    at = shape.at("unit")
    if at is not None:
        tail = shape.part(at - 1, shape.last)
        weeks = tail.turn or 0
        if tail.unit != "week":
            return []
        named = Calendar(weekday=day, weeks=weeks, edge=shape.edge)
    else:
        named = calendar(shape, weekday=day, turn=shape.turn, base=shape.base)
        if shape.before() == "a" and shape.turn is None and shape.class_after() not in {"word", "name"}:
            return shape.one("DATE", Every(weekday=day))  # on a Sunday: nobody says which
    part = shape.word("daypart")
    return shape.one("TIME", DayPart(part=VALUE["daypart"][part], day=named)) if part else shape.one("DATE", named)


def offset(shape: Shape) -> list[Found]:
    if shape.has("phrase") and shape.word("phrase") != "PRESENT_REF":
        return []
    forward = shape.has("from", "ahead") or shape.value("shift") == 1 or shape.value("ago") == 1
    told = shape.has("shift")
    return shape.one("TIME" if shape.unit in {"second", "minute", "hour"} else "DATE", _from_base(shape, back=not forward, base="told" if told else "writing"))


def _from_base(shape: Shape, *, back: bool, base: Base) -> Offset:
    count = None if shape.has("units") and not shape.has(*QUANTITIES, "half") else shape.count
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
        return shape.one("DATE", calendar(shape, year=shape.year))
    return shape.one("DATE", Cycle(unit=unit, count=0, edge=shape.edge)) if unit not in {"second", "minute", "hour"} else []


def the_unit(shape: Shape) -> list[Found]:
    if shape.unit not in {"day", "week", "weekend", "month", "quarter", "year"} or not (shape.has("whole") or shape.before() in CHECKS["before_the_unit"]):
        return []
    at = shape.last - 1
    if shape.text[shape.tokens.starts[at]].isupper():
        return []  # Person of the Year
    if shape.after() in CHECKS["after_the_unit"] or shape.class_after() in {"hyphen", "year"}:
        return []
    return shape.one("DATE", Cycle(unit=shape.unit, count=0, base="told"))


def vague(shape: Shape) -> list[Found]:
    if shape.class_after() == "hyphen" or shape.before() in {"most", "as", "too", "how"} or (shape.first == 0 and shape.class_after() == "comma"):
        return []  # now-defunct; their most recent film; as soon as; "Now, what is it?"
    if shape.word("phrase") == "FUTURE_REF" and shape.after() == "of":
        return []  # the future of coal
    value = shape.word("phrase") or ("PAST_REF" if shape.has("recent") else "PRESENT_REF")
    return shape.one("DATE", Vague(value=value))


BUILDERS: dict[str, Callable[[Shape], list[Found]]] = {
    f.__name__: f
    for f in (
        today, beside_today, weekday, offset, year_earlier, same_period, some_units, cycle, the_unit_before, year_end, the_unit, vague,
    )
}  # fmt: skip

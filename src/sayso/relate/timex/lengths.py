"""Tokens of durations and sets -> what they mean: three years, every Sunday; one function for each `makes` of timex.toml.

Takes   `Shape`: the tokens that fit.
Gives   `Found`s, most often one; none when a second look at the words says that they are no length.
Needs   the word lists of timex.toml, through tokens.py.
Limits  "a year" is how often after what is counted, else how long.
"""

from __future__ import annotations

from collections.abc import Callable

from sayso.relate.timex.meaning import Every, Length, Side
from sayso.relate.timex.shape import CHECKS, MONTHS, QUANTITIES, UNITS, Found, Shape
from sayso.relate.timex.tokens import VALUE


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
    if shape.has(*UNITS):
        numbered = shape.value("ordinal", "ordinal_figure")
        return shape.one("SET", Every(unit=shape.unit, count=2 if shape.has("other") else numbered or shape.count))
    part = shape.word("daypart")
    return shape.one("SET", Every(weekday=shape.value("weekday"), month=shape.value(*MONTHS), daypart=VALUE["daypart"][part] if part else None))


def counted(shape: Shape) -> list[Found]:
    """The past two years, the first nine months: how long, and on which side of the base."""
    if shape.tokens.words[shape.first] == "the" and shape.count == 1 and not shape.has(*QUANTITIES, "vague"):
        return []
    turn = shape.turn
    elsewhere = shape.year is not None or bool(shape.year_relative)  # the last six months of 1997
    side: Side | None = None if turn is None or elsewhere else "past" if turn < 0 else "coming"
    return shape.one("DURATION", Length(unit=shape.unit, count=shape.count, side=side))


def length(shape: Shape) -> list[Found]:
    at = shape.at(*UNITS)
    if at is None:
        return []
    unit, count = shape.unit, shape.count
    plural = shape.tokens.classes[at] == "units"
    hyphen = at > 0 and shape.tokens.classes[at - 1] == "hyphen"
    if not plural and not hyphen and unit == "quarter":
        return []  # three quarter of it
    if not plural and shape.has("vague") and not shape.has(*QUANTITIES):
        return []
    if unit == "second" and shape.has("ordinal"):
        return []
    if shape.has("the") and not plural and not hyphen:
        return []
    article = shape.at("the", "a") if not plural and shape.has(*QUANTITIES) else None
    if article is not None and article < at - 1 and not shape.has("half"):
        shape = shape.part(article + 1, shape.last)  # "a five-year high": the article is the high's
    return shape.one("DURATION", Length(unit=unit, count=count, side=_side(shape)))


def unit_long(shape: Shape) -> list[Found]:
    """A week-long siege; a daylong meeting."""
    word = shape.word("long_unit")
    return shape.one("DURATION", Length(unit=VALUE["long_unit"][word] if word else shape.unit, count=1))


def _side(shape: Shape) -> Side | None:
    sides: dict[str, Side] = {"after": "after", "before": "before", "following": "after", "since": "after"}
    return sides.get(shape.after())


def a_unit(shape: Shape) -> list[Found]:
    """A week, a full year: how long, or how often when it follows what is counted."""
    unit = shape.unit
    at = shape.at(*UNITS)
    if unit == "quarter" or (at is not None and shape.tokens.classes[at] == "units") or shape.class_after() == "hyphen":
        return []
    first = shape.tokens.words[shape.first]
    rate = shape.class_before() in {*QUANTITIES, "figure", "units", "sign"} or (
        shape.class_before() in {"word", "units"} and shape.before() in CHECKS["rated"]
    )
    if first in {"a", "an"} and rate and not shape.has("and") and shape.after() not in {"after", "before", "since"}:
        return shape.one("SET", Every(unit=unit))
    return shape.one("DURATION", Length(unit=unit, count=shape.count, side=_side(shape)))


def bare_units(shape: Shape) -> list[Found]:
    """Weeks, for decades: only where something says that they pass."""
    led = shape.before() in CHECKS["before_bare_units"] or shape.after() in {"later", "ago", "after", "before"}
    if not (shape.has("long") or shape.unit == "decade" or led):
        return []
    return shape.one("DURATION", Length(unit=shape.unit, count=None, side=_side(shape)))


BUILDERS: dict[str, Callable[[Shape], list[Found]]] = {f.__name__: f for f in (every, counted, length, unit_long, a_unit, bare_units)}

"""The tokens that fit a shape, and the questions that are asked of them.

Takes   the tokens of a sentence and the first and last of those that fit.
Gives   `Shape`, and `Found`: the tokens of an expression with its type and meaning.
Needs   the word lists of timex.toml, through tokens.py.
Limits  looks no further than a few tokens to either side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from sayso.relate.timex.meaning import Base, Calendar, Edge, Kind, Meaning, Unit
from sayso.relate.timex.tokens import GIVEN, VALUE, Tokens, number_of

MONTHS = ("month", "may", "abbr")
UNITS = ("unit", "year_unit", "quarter", "units")
QUANTITIES = ("small", "big", "number", "year")
CHECKS: dict[str, list[str]] = GIVEN["checks"]
PREPOSITIONS = frozenset(CHECKS["prepositions"])


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
        at = self.at(*UNITS)
        return cast(Unit, VALUE[self.tokens.classes[at]][self.tokens.words[at]]) if at is not None else "day"

    @property
    def year(self) -> int | None:
        at = self.at("year", "short_year")
        if at is None:
            return None
        digits = re.sub(r"\D", "", self.tokens.words[at])
        return int(digits) if len(digits) == 4 else century_of(int(digits))

    @property
    def count(self) -> float | None:
        """How many units: None for several."""
        span = range(self.first, self.at(*UNITS) or self.last)
        words = [self.tokens.words[n] for n in span if self.tokens.classes[n] in QUANTITIES]
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


def century_of(two: int) -> int:
    """The year that two figures stand for: '69 is 1969, '24 is 2024."""
    return (2000 if two < 40 else 1900) + two


def calendar(shape: Shape, **parts: object) -> Calendar:
    """A stretch of the calendar with these parts, and the edge that the shape gives it."""
    return Calendar(**({"edge": shape.edge} | parts))  # type: ignore[arg-type]

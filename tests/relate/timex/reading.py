"""Short ways to read a sentence as of Friday, 22 March 2013, or any other day."""

from __future__ import annotations

from datetime import date

from sayso.records import Span
from sayso.relate.timex import Resolved, Timex, expressions, resolve

FRIDAY = date(2013, 3, 22)


def found(text: str) -> list[Timex]:
    """The expressions of a text, whose lines are its sentences."""
    at, sentences = 0, []
    for line in text.split("\n"):
        sentences.append(Span(at, at + len(line)))
        at += len(line) + 1
    return expressions(text, sentences)


def read(text: str, day: date | None = FRIDAY, *, country: str | None = None) -> list[Resolved]:
    return resolve(found(text), (day, day) if day else None, country=country)


def values(text: str, day: date | None = FRIDAY, *, country: str | None = None) -> list[str]:
    """Each expression with its value: `last week = 2013-W11`."""
    return [f"{r.timex.span.of(text)} = {r.value}" for r in read(text, day, country=country)]


def days(text: str, day: date | None = FRIDAY, *, country: str | None = None) -> list[str]:
    """Each expression's first and last day: `2013-03-11..2013-03-17`."""
    return [f"{r.earliest}..{r.latest}" for r in read(text, day, country=country)]

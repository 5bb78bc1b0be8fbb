"""Tokens of times and parts of a day -> what they mean: 3 p.m. on Friday, last night; one function for each `makes` of timex.toml.

Takes   `Shape`: the tokens that fit.
Gives   `Found`s, most often one; none when a second look at the words says that they are no time.
Needs   the word lists of timex.toml, through tokens.py.
Limits  a figure such as 10:30 is a time only after a word that leads one, or with a.m., p.m. or a zone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from sayso.relate.timex.dates import date
from sayso.relate.timex.meaning import Calendar, Clock, Cycle, DayPart, Meaning
from sayso.relate.timex.shape import MONTHS, Found, Shape
from sayso.relate.timex.tokens import VALUE


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
    if shape.has(*MONTHS):
        lead = shape.part(shape.first, at) if (shape.at(*MONTHS) or 0) < at else shape.part(_after_time(shape, at), shape.last)
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


def tonight(shape: Shape) -> list[Found]:
    return shape.one("TIME", DayPart(part="NI", day=Cycle(unit="day", count=0)))


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


BUILDERS: dict[str, Callable[[Shape], list[Found]]] = {f.__name__: f for f in (clock, tonight, daypart, bare_daypart, the_daypart)}

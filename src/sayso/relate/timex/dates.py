"""Tokens of printed dates -> what they mean: days, months, quarters, seasons, years, holidays; one function for each `makes` of timex.toml.

Takes   `Shape`: the tokens that fit.
Gives   `Found`s, most often one; none when a second look at the words says that they are no date.
Needs   the word lists of timex.toml and holidays.toml, through tokens.py.
Limits  "May", "March" and bare years are judged by the words beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from sayso.relate.timex.meaning import Calendar, Clock, Edge, Feast
from sayso.relate.timex.shape import CHECKS, MONTHS, PREPOSITIONS, UNITS, Found, Shape, calendar, century_of
from sayso.relate.timex.tokens import HOLIDAYS, VALUE

_BEFORE_YEAR, _COUNTED, _NOT_FEASTS = (frozenset(CHECKS[k]) for k in ("names_before_numbers", "counted_by_numbers", "after_feasts"))
_LEADS_MONTH = frozenset(CHECKS["lead_a_month"])
_ATTACKS = frozenset({"attack", "attacks", "terrorist", "terror", "hijackers", "hijackings", "commission", "strikes"})
_NOT_PLURAL = frozenset({"was", "is", "has", "as", "this", "its", "his", "does"})
_OWNS = frozenset({"’s", "'s", "a", "an", "its", "his", "her", "their", "our", "my", "and"})


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
        year = int(third) if len(third) == 4 else century_of(int(third))
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
    month, year = shape.value(*MONTHS), shape.year
    if day is None or not 1 <= day <= 31 or (month is None and not shape.has("weekday")):
        return []
    if (month, day) == (9, 11) and year in {None, 2001} and any(shape.after(n) in _ATTACKS for n in range(3)):
        return shape.one("DATE", Feast(name="september-11"))
    last_token = shape.tokens.classes[shape.last - 1]
    if last_token in MONTHS and shape.class_after() in {"small", "ordinal_figure"} and shape.class_after(1) not in {"dot"} and _may_be_count(shape):
        return []
    if month and shape.tokens.classes[shape.last - 1] in {"small"} and _counts(shape.after()) and year is None and not shape.has("the"):
        return []
    return shape.one("DATE", calendar(shape, year=year, month=month, day=day, weekday=shape.value("weekday", "short_weekday"), **shape.year_relative))


def _may_be_count(shape: Shape) -> bool:
    """In "killed 12 April 3" the figure before the month counts something."""
    return shape.tokens.classes[shape.first] == "small" and shape.before() not in PREPOSITIONS and shape.class_before() not in {"comma", "open", ""}


def _counts(word: str) -> bool:
    return word in _COUNTED


def day_pair(shape: Shape) -> list[Found]:
    days = shape.all("small", "ordinal_figure")
    month, year = shape.value(*MONTHS), shape.year
    first, second = shape.number(days[0]), shape.number(days[1])
    if not (1 <= first <= 31 and 1 <= second <= 31) or shape.class_after() in UNITS or (shape.has("and") and _counts(shape.after())):
        return []
    at_month = shape.at(*MONTHS) or 0
    one, two = (calendar(shape, year=year, month=month, day=d) for d in (first, second))
    if at_month < days[0]:
        return [Found(shape.first, days[0] + 1, "DATE", one), Found(days[1], shape.last, "DATE", two)]
    return [Found(shape.first, days[0] + 1, "DATE", one), Found(days[0] + 2, shape.last, "DATE", two)]


def month_pair(shape: Shape) -> list[Found]:
    months = shape.all(*MONTHS)
    one, two = (Calendar(year=shape.year, month=shape.number(m)) for m in months)
    return [Found(months[0], months[0] + 1, "DATE", one), Found(months[1], shape.last, "DATE", two)]


def month(shape: Shape) -> list[Found]:
    relative = shape.year_relative
    turn = None if relative or shape.year else shape.turn
    base: dict[str, object] = relative or {"base": "writing" if turn is None else shape.base}
    return shape.one("DATE", calendar(shape, year=shape.year, month=shape.value(*MONTHS), turn=turn, **base))


def bare_month(shape: Shape) -> list[Found]:
    """A month that stands alone: "May" and "March" are names and verbs as well, "Jan" and "June" are names."""
    at = shape.at(*MONTHS)
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
    return whole.one("DATE", calendar(whole, month=whole.value(*MONTHS)))


def week_of_month(shape: Shape) -> list[Found]:
    """The first week of March: a week of the calendar, or a third of the month for other units."""
    if shape.unit not in {"week", "weekend", "day"}:
        return []
    ordinal = shape.value("ord", "ordinal", "ordinal_figure")
    last = ordinal is None or shape.word("ordinal") == "final"
    edge: Edge = "end" if last else "start" if ordinal == 1 else "part"
    first_day = 1 if shape.unit == "day" and edge == "start" else None
    parts = calendar(shape, year=shape.year, month=shape.value(*MONTHS), day=first_day, **shape.year_relative)
    return shape.one("DATE", replace(parts, edge=None if first_day else edge))


def quarter(shape: Shape) -> list[Found]:
    name = shape.word("quarter_name")
    number = int(name[1]) if name else shape.value("ordinal", "ordinal_figure") or 4
    if not 1 <= number <= 4:
        return []
    return shape.one("DATE", calendar(shape, year=shape.year, quarter=number, fiscal=shape.has("fiscal"), **shape.year_relative))


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
    return shape.one("DATE", calendar(shape, year=shape.year, season=VALUE["season"][word], turn=turn, **base))


def fiscal(shape: Shape) -> list[Found]:
    if shape.year:
        return shape.one("DATE", calendar(shape, year=shape.year, fiscal=True))
    if shape.has("year_unit") and (shape.turn is not None or shape.has("the")):
        return shape.one("DATE", calendar(shape, years=shape.turn or 0, fiscal=True))
    return []


def decade(shape: Shape) -> list[Found]:
    at = shape.at("decade")
    if at is not None:
        digits = re.sub(r"\D", "", shape.tokens.words[at])
        if len(digits) == 2 and not (shape.has("the") or shape.edge or "s" in shape.tokens.words[at]):
            return []
        if len(digits) == 2 and {shape.before(), shape.before(2)} & {"her", "his", "their", "my", "our"}:
            return []  # in his 50s
        decade = int(digits[:3]) if len(digits) == 4 else 190 + int(digits[0])
        return shape.one("DATE", calendar(shape, decade=decade))
    return shape.one("DATE", calendar(shape, decade=shape.value("decade_word")))


def century(shape: Shape) -> list[Found]:
    number = shape.value("ordinal", "ordinal_figure")
    if shape.unit != "century" or number is None or not 1 <= number <= 30:
        return []
    return shape.one("DATE", calendar(shape, century=number - 1))


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
    led = before in PREPOSITIONS or shape.edge is not None or shape.has("year_unit")
    if shape.tokens.classes[at] == "short_year":
        return shape.one("DATE", Calendar(year=shape.year)) if led or before in _LEADS_MONTH or shape.class_before() in MONTHS else []
    if before in _BEFORE_YEAR or _counts(after) or shape.class_after() in {"ampm", "number", "figure", *UNITS}:
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
    return shape.one("DATE", calendar(shape, year=shape.year))


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


BUILDERS: dict[str, Callable[[Shape], list[Found]]] = {
    f.__name__: f
    for f in (
        iso, numeric, date, day_pair, month_pair, month, bare_month, week_of_month, quarter, half, season, fiscal, decade, century, year, feast,
    )
}  # fmt: skip

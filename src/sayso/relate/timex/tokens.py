"""A sentence -> its tokens and a string with one sign a token, over which the shapes of timex.toml are searched.

Takes   the text and the span of a sentence.
Gives   `Tokens`: parallel lists of class, lower-case word and place, and the string of signs.
Needs   timex.toml and holidays.toml beside this file.
Limits  every token has one class; a figure that counts things, money or a name ("$2008", "F-16", "3G") has none that a shape wants.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.records import Span

GIVEN: dict[str, Any] = tomllib.loads(Path(__file__).with_name("timex.toml").read_text(encoding="utf-8"))
HOLIDAYS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("holidays.toml").read_text(encoding="utf-8"))

VALUE: dict[str, dict[str, Any]] = GIVEN["classes"]
_FIGURES = ("iso", "numeric", "clock", "small", "big", "year", "decade", "short_year", "ordinal_figure", "quarter_name", "ampm")
_SIGNS = ("comma", "dot", "hyphen", "poss", "open", "close", "feast", "phrase")
_CLASSES = ["word", "name", "figure", "sign", *_FIGURES, *_SIGNS, *VALUE, *(w for w in GIVEN["words"]["each_its_own"] if w not in VALUE)]
SIGN = {name: chr(0x4E00 + number) for number, name in enumerate(dict.fromkeys(_CLASSES))}

_CLASS_OF: dict[str, str] = (
    {w: w for w in GIVEN["words"]["each_its_own"]} | GIVEN["words"]["same_as"] | {word: name for name, words in VALUE.items() for word in words}
)
_CAPITAL = {"may", "abbr", "short_weekday"}
_TOKEN = re.compile(
    r"(?P<ampm>(?<![^\W_])(?<!\d)[AaPp]\.[Mm](?:\.|(?!\w)))"
    r"|(?P<quarter_name>(?<![^\W_])[Qq][1-4](?!\w))"
    r"|(?P<word>[Oo]['’]clock(?!\w)|[^\W\d_]+)"
    r"|(?P<iso>(?<!\d)\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?Z?)?(?![\w-]))"
    r"|(?P<figure>\d+(?:[.,:/–-]\d+)*(?:(?<=\d0)['’]s(?!\w)|[^\W_]*))"
    r"|(?P<short>['’‘`]\d\d(?!\d)(?:['’]?s(?!\w))?)"
    r"|(?P<poss>(?<=[^\W\d_])['’]s(?!\w)|(?<=[sS])['’](?!\w))"
    r"|(?P<sign>\S)"
)
_SIGN_CLASS = {",": "comma", ".": "dot", "-": "hyphen", "–": "hyphen", "—": "hyphen", "(": "open", ")": "close"}
_MONEY = frozenset("$£€¥#₹₽")
_HEADS = {"mid", "early", "late", "pre", "post", "year", "since", "month", *VALUE["month"], *VALUE["may"], *VALUE["abbr"]}
_LONGEST = 30  # characters of a figure; longer ones are no dates

_KINDS = (
    ("clock", re.compile(r"(?:[01]?\d|2[0-4])[:.][0-5]\d(?::[0-5]\d)?")),
    ("numeric", re.compile(r"\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d\d)|\d{4}([/.-])\d{1,2}\2\d{1,2}")),
    ("decade", re.compile(r"(?:1\d|20)\d0['’]?s|[2-9]0['’]?s")),
    ("ordinal_figure", re.compile(r"(?:[1-9]?1st|[1-9]?2nd|[1-9]?3rd|\d{1,2}th)", re.I)),
    ("small", re.compile(r"[1-9]|[12]\d|3[01]|0[1-9]")),
    ("year", re.compile(r"1[0-9]\d\d|20\d\d|21\d\d")),
    ("big", re.compile(r"\d+(?:\.\d+)?|\d{1,3}½|\d{1,3}(?:,\d{3})+")),
)
_JOINED = re.compile(r"(\d+)([-–])(\d+(?:st|nd|rd|th)?)")
_COMMA_YEAR = re.compile(r"(\d{1,2}),((?:1\d|20)\d\d)")
_AMPM = re.compile(r"(\d{1,2}(?:[:.][0-5]\d)?)([ap]m)", re.I)


Row = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one sentence: of each its class, its word in lower case, and where it starts and ends."""

    classes: tuple[str, ...]
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @property
    def signs(self) -> str:
        return "".join([SIGN[name] for name in self.classes])


def may_tell_time(text: str, sentence: Span) -> bool:
    """Is there a figure, or any word without which no shape fits? Most sentences have none, and this is cheap."""
    part = text[sentence.start : sentence.end]
    return bool(_DIGIT.search(part)) or not _TRIGGERS.isdisjoint(_LETTERS.findall(part.lower()))


def tokens(text: str, sentence: Span) -> Tokens:
    """Tokens of one sentence; names of holidays and fixed phrases are one token each."""
    rows: list[Row] = []
    for match in _TOKEN.finditer(text, *sentence):
        kind = match.lastgroup
        start, end = match.span()
        shown = match[0]
        if kind == "word":
            lower = shown.lower()
            name = _CLASS_OF.get(lower)
            if name is None or (name in _CAPITAL and not shown[0].isupper()):
                name = "name" if shown[0].isupper() else "word"
            rows.append((name, lower, start, end))
        elif kind == "figure":
            rows += _figure(rows, text, shown, start)
        elif kind == "short":
            rows.append(("decade" if shown[-1] == "s" else "short_year", shown, start, end))
        elif kind == "sign":
            rows.append((_SIGN_CLASS.get(shown, "sign"), shown, start, end))
        else:
            rows.append((str(kind), shown.lower(), start, end))
    rows = _merged(rows)
    return Tokens(*zip(*rows, strict=True)) if rows else Tokens((), (), (), ())


def _figure(rows: list[Row], text: str, shown: str, start: int) -> list[Row]:
    """The token of a figure, or the three of "13-17" and "2001-05"."""
    end = start + len(shown)
    if len(shown) > _LONGEST or _glued(rows, text, start, end):
        return [("figure", shown, start, end)]
    if (joined := _JOINED.fullmatch(shown)) and _range(joined[1], joined[3]):
        first, second = start + joined.end(1), start + joined.start(3)
        short = len(joined[1]) == 4 and len(joined[3]) == 2
        last: Row = ("short_year", joined[1][:2] + joined[3], second, end) if short else (_kind(joined[3]), joined[3], second, end)
        return [(_kind(joined[1]), joined[1], start, first), ("hyphen", joined[2], first, second), last]
    if parts := _COMMA_YEAR.fullmatch(shown) or _AMPM.fullmatch(shown):
        middle, after = start + parts.end(1), start + parts.start(2)
        comma: list[Row] = [("comma", ",", middle, after)] if after > middle else []
        return [(_kind(parts[1]), parts[1], start, middle), *comma, ("ampm" if parts[2].isalpha() else "year", parts[2].lower(), after, end)]
    return [(_kind(shown), shown, start, end)]


def _glued(rows: list[Row], text: str, start: int, end: int) -> bool:
    """Does a figure belong to money, a share, a name such as F-16, or a longer chain of figures?"""
    before, after = text[start - 1 : start], text[end : end + 1]
    further = text[max(0, start - 2) : max(0, start - 1)]
    if before in _MONEY or before == "_" or after == "%" or before.isalpha() or (before in {"'", "’"} and further.isalnum()):
        return bool(before or after == "%")
    if before in {"-", "–"} and further.isalpha() and len(rows) > 1 and rows[-1][3] == start:
        return rows[-2][1] not in _HEADS
    return (before in {"/", ".", ",", ":"} and further.isalnum()) or (after == "/" and not text[end + 1 : end + 2].isspace())


def _kind(shown: str) -> str:
    return next((name for name, pattern in _KINDS if pattern.fullmatch(shown)), "figure")


def _range(first: str, second: str) -> bool:
    """May these two stand at the ends of a range of years, of days or of counted things? A score of 3-1 may not."""
    number = int(re.sub(r"\D", "", second))
    if len(first) == 4:
        return _kind(first) == "year" and (len(second) == 4 or int(first[2:]) < number < 100)
    return len(first) <= 3 and int(first) < number


def _phrases() -> dict[str, dict[str, list[tuple[list[str], str, str]]]]:
    """First word -> second word, empty where there is none -> the phrases that begin so, longest first."""
    named = [("phrase", value, words) for value, phrases in GIVEN["phrases"].items() for words in phrases]
    feasts = {**HOLIDAYS["feasts"], **HOLIDAYS["national"]}
    named += [("feast", key, words) for key, feast in feasts.items() for words in feast["names"]]
    found: dict[str, dict[str, list[tuple[list[str], str, str]]]] = defaultdict(lambda: defaultdict(list))
    for name, value, words in sorted(named, key=lambda row: -len(row[2])):
        parts = [m[0].lower().replace("’", "'") for m in _TOKEN.finditer(words)]
        found[parts[0]][parts[1] if len(parts) > 1 else ""].append((parts, name, value))
    return {first: dict(rest) for first, rest in found.items()}


def _merged(rows: list[Row]) -> list[Row]:
    """The tokens with every phrase and holiday as one."""
    merged: list[Row] = []
    done = at = 0
    for at, row in enumerate(rows):
        if at >= done and row[1] in _PHRASES and (fit := _phrase_at(rows, at)):
            length, name, value = fit
            merged += rows[done:at]
            merged.append((name, value, row[2], rows[at + length - 1][3]))
            done = at + length
    return merged + rows[done:] if done else rows


def _phrase_at(rows: list[Row], at: int) -> tuple[int, str, str] | None:
    """The longest phrase that begins here: its length in tokens, class and value."""
    seconds = _PHRASES[rows[at][1]]
    second = rows[at + 1][1].replace("’", "'") if at + 1 < len(rows) else ""
    for parts, name, value in (*seconds.get(second, ()), *seconds.get("", ())):
        if [row[1].replace("’", "'") for row in rows[at : at + len(parts)]] == parts:
            after = rows[at + len(parts)][0] if at + len(parts) < len(rows) else ""
            # "the past" goes on in "the past two years"
            return None if name == "phrase" and after in _COUNTED else (len(parts), name, value)
    return None


_COUNTED = {"small", "big", "number", "year", "unit", "units", "year_unit", "quarter", "vague", "weekday", "month", "season", "daypart", "approx", "ordinal"}
_PHRASES = _phrases()


def number_of(words: list[str]) -> float | None:
    """The value of number words and figures in a row: "two hundred and fifty", "3.5", "27"; None when there is none."""
    total: float = 0
    seen = False
    for word in words:
        if word[0].isdigit():
            total = float(word.replace(",", "").replace("½", ".5")) if not seen else total
        elif word in {"hundred", "thousand", "dozen"}:
            total = (total or 1) * VALUE["number"][word]
        elif word in VALUE["number"]:
            total += VALUE["number"][word]
        else:
            continue
        seen = True
    return total if seen else None


_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[a-z]+")
_BESIDE_TRIGGERS = frozenset(GIVEN["checks"]["need_others"]) | {"ago", "whole", "zone", "coming"}


def _triggers() -> frozenset[str]:
    """Words of which a sentence without figures needs one: those of the classes that tell time by themselves, and one of every phrase."""
    telling = {word for name, words in VALUE.items() if name not in _BESIDE_TRIGGERS for word in words}
    phrases = [parts for seconds in _PHRASES.values() for rows in seconds.values() for parts, _, _ in rows]
    for parts in sorted(phrases, key=len):
        if telling.isdisjoint(parts):
            telling.add(max((len(part), place, part) for place, part in enumerate(parts))[2])
    return frozenset(telling)


_TRIGGERS = _triggers()

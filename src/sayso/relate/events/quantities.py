"""Numbers as news prints them -> closed intervals.

Takes   the words of a sentence, lower case, and where they stand.
Gives   `Quantity`: the least and the most that the words allow, None where they set no end, and which words say so.
Needs   nothing.
Limits  whole things only: no percentages, sums of money, measures, ordinals, dates or ages.

How far vague words reach: "dozens", "hundreds", "thousands" mean two of them at least, and end where the next word would have been used (a hundred,
a thousand, ten thousand). "About" allows a tenth, which is what is lost by rounding to the nearest ten of some hundred, and one at least; "nearly" a
tenth below and not the number itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'][^\W\d_]+)*|[^\w\s]|_")
_MOST_DIGITS = 12
_UNITS = {w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split())}
_UNITS |= {"seventeen": 17, "eighteen": 18, "nineteen": 19}
_TENS = {w: 10 * n for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_VAGUE: dict[tuple[str, ...], tuple[int, int | None]] = {
    ("dozens",): (24, 100),
    ("scores",): (40, 200),
    ("hundreds",): (200, 1_000),
    ("thousands",): (2_000, 10_000),
    ("millions",): (2_000_000, 10_000_000),
    ("tens", "of", "thousands"): (20_000, 100_000),
    ("dozens", "of", "thousands"): (24_000, 100_000),
    ("hundreds", "of", "thousands"): (200_000, 1_000_000),
    ("tens", "of", "millions"): (20_000_000, 100_000_000),
    ("several", "dozen"): (36, 100),
    ("several", "hundred"): (300, 1_000),
    ("several", "thousand"): (3_000, 10_000),
    ("several", "dozens"): (36, 100),
    ("several", "hundreds"): (300, 1_000),
    ("several", "thousands"): (3_000, 10_000),
    ("a", "few", "dozen"): (24, 100),
    ("a", "few", "hundred"): (200, 1_000),
    ("a", "few", "thousand"): (2_000, 10_000),
    ("several",): (3, 9),
    ("a", "few"): (2, 9),
    ("a", "handful", "of"): (2, 9),
    ("a", "handful"): (2, 9),
    ("a", "couple", "of"): (2, 3),
    ("a", "couple"): (2, 2),
    ("a", "pair", "of"): (2, 2),
    ("both",): (2, 2),
    ("a", "dozen"): (10, 14),
    ("half", "a", "dozen"): (5, 7),
    ("half", "a", "million"): (450_000, 550_000),
    ("no", "one"): (0, 0),
    ("nobody",): (0, 0),
    ("none",): (0, 0),
    ("no",): (0, 0),
    ("without",): (0, 0),
    ("without", "any"): (0, 0),
    ("without", "a"): (0, 0),
    ("not", "a", "single"): (0, 0),
}
_BEFORE: dict[tuple[str, ...], str] = {
    tuple(phrase.split()): how
    for how, phrases in {
        "least": "at least|no fewer than|no less than|not less than|a minimum of|not fewer than|at the very least",
        "more": "more than|over|upwards of|upward of|in excess of|well over|above|exceeding|much more than|far more than",
        "about": "about|around|some|roughly|approximately|an estimated|estimated|or about|circa|in the region of|somewhere around",
        "nearly": "nearly|almost|close to|just under|just short of|not quite",
        "most": "up to|as many as|at most|no more than|not more than|a maximum of|anything up to",
        "fewer": "fewer than|less than|under|below",
        "same": "only|just|exactly|a total of|another|a further|precisely|an additional|all|the|these|those|his|her|their|its",
        "between": "between|from|anywhere between|anywhere from",
    }.items()
    for phrase in phrases.split("|")
}
_SINGLE = {"a", "an", "another", "the", "his", "her", "its", "their"}  # one, before a noun that says so: for numbers.py to see
_STARTS = frozenset({*_UNITS, *_TENS, *_SCALES, *_SINGLE, *(p[0] for p in _VAGUE), *(p[0] for p in _BEFORE)})
_NEVER_BEFORE = frozenset("$€£¥#")
_NEVER_AFTER = frozenset("%/:°")


class Token(NamedTuple):
    """One word, number or sign of a text; start and end in its code points."""

    word: str
    start: int
    end: int


class Quantity(NamedTuple):
    """An interval and the tokens [first, last) that say so. bare: "a", "the", "his": one, if the noun behind it is a single person's."""

    low: int
    high: int | None
    first: int
    last: int
    bare: bool = False
    moved: bool = False  # "from 30 to 40": of a count that moves, the second is today's


class _Core(NamedTuple):
    """A number without what stands around it. exact: was it printed as a number?"""

    low: int
    high: int | None
    last: int
    exact: bool


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The words, numbers and signs of `text[start:end]`."""
    return [Token(m[0].lower(), m.start(), m.end()) for m in TOKEN.finditer(text, start, end)]


def quantities(found: Sequence[Token]) -> list[Quantity]:
    """Every quantity, in order; none shares a token with another."""
    out: list[Quantity] = []
    at = 0
    while at < len(found):
        word = found[at].word
        quantity = _quantity(found, at) if word in _STARTS or word[0].isdigit() else None
        if quantity is not None:
            out.append(quantity)
        at = quantity.last if quantity is not None else at + 1
    return out


def _quantity(found: Sequence[Token], at: int) -> Quantity | None:
    how, begin = _prefix(found, at)
    core = _core(found, begin)
    if core is None and begin > at and how != "between":
        how, begin = "", at
        core = _core(found, begin)
    if core is None:
        single = found[at].word in _SINGLE
        return Quantity(1, 1, at, at + 1, bare=True) if single else None
    ranged = _range(found, core, how)
    if ranged is not None:
        return Quantity(ranged.low, ranged.high, at, ranged.last, moved=how == "between" and found[at].word == "from")
    if how == "between":
        return None  # "from 50 villages": the number is met again by itself
    low, high, last = _after(found, core)
    return Quantity(*_bent(low, high, how), at, last)


def _prefix(found: Sequence[Token], at: int) -> tuple[str, int]:
    """How the words before a number bend it, and where the number begins. "At least some 50": the first decides."""
    how, begin = "", at
    for _ in range(2):
        for length in (4, 3, 2, 1):
            phrase = tuple(t.word for t in found[begin : begin + length])
            if phrase in _BEFORE:
                how, begin = how if how not in {"", "same"} else _BEFORE[phrase], begin + len(phrase)
                break
        else:
            break
    return how, begin


def _bent(low: int, high: int | None, how: str) -> tuple[int, int | None]:
    if how == "least":
        return low, None
    if how == "more":
        return low + (low == high), None
    if how == "about":
        slack = max(1, round(low / 10)) if low == high else 0
        return max(0, low - slack), high + slack if high is not None else None
    if how == "nearly":
        return (max(0, low - max(1, round(low / 10))), max(0, (high or low) - 1)) if low == high else (low, high)
    if how == "most":
        return 0, high
    if how == "fewer":
        return 0, max(0, (high if low != high and high is not None else low) - 1)
    return low, high


def _range(found: Sequence[Token], core: _Core, how: str) -> _Core | None:
    """ "30 to 40", "30-40", "two or three", "between 30 and 40"."""
    if core.last >= len(found) or not core.exact:
        return None
    joint = found[core.last].word
    if joint not in {"to", "-", "–", "or"} and not (joint == "and" and how == "between"):
        return None
    other = _core(found, core.last + 1)
    if other is None or other.high is None or not other.exact:
        return None
    low = core.low
    if other.high % 1_000 == 0 and low * 1_000 < other.high and found[other.last - 1].word in _SCALES:
        low *= _SCALES[found[other.last - 1].word]  # "two to three thousand"
    return _Core(low, other.high, other.last, True) if low < other.high else None


def _after(found: Sequence[Token], core: _Core) -> tuple[int, int | None, int]:
    """ "50 or more", "50 or so", "50-odd"."""
    ahead = [t.word for t in found[core.last : core.last + 2]]
    if ahead == ["or", "more"]:
        return core.low, None, core.last + 2
    if ahead in (["or", "so"], ["-", "odd"]):
        low, high = _bent(core.low, core.high, "about")
        return (core.low, core.low + 9, core.last + 2) if ahead[1] == "odd" else (low, high, core.last + 2)
    return core.low, core.high, core.last


def _core(found: Sequence[Token], at: int) -> _Core | None:
    """The number that begins at a token, if it can be one of people."""
    if at >= len(found):
        return None
    for length in (3, 2, 1):
        phrase = tuple(t.word for t in found[at : at + length])
        if phrase in _VAGUE:
            return _Core(*_VAGUE[phrase], at + len(phrase), False)
    core = _digits(found, at) if found[at].word[0].isdigit() else _spelled(found, at)
    if core is None:
        return None
    if core.last < len(found) and found[core.last].word == "dozen":
        core = _Core(12 * core.low, 12 * core.low, core.last + 1, True)
    if core.last < len(found):
        after = found[core.last]
        glued = after.start == found[core.last - 1].end
        if glued and (after.word in _NEVER_AFTER or after.word[0].isalnum()):
            return None
        if glued and after.word == "-" and not _goes_on(found, core.last + 1):
            return None
    return core


def _goes_on(found: Sequence[Token], at: int) -> bool:
    """Behind a hyphen: another number or "odd", not the "year" of "40-year-old"."""
    return at < len(found) and (found[at].word[0].isdigit() or found[at].word == "odd" or found[at].word in _UNITS)


def _digits(found: Sequence[Token], at: int) -> _Core | None:
    printed = found[at].word
    before = found[at - 1] if at else None
    if len(printed) > _MOST_DIGITS + 3 or not printed.isascii():
        return None
    if before is not None and (before.word in _NEVER_BEFORE or (before.end == found[at].start and before.word not in "(“\"‘'—–-")):
        return None
    if (
        before is not None
        and before.word == "-"
        and before.end == found[at].start
        and at > 1
        and found[at - 2].end == before.start
        and not found[at - 2].word[0].isdigit()
    ):
        return None  # "T-72"
    scale = _SCALES.get(found[at + 1].word) if at + 1 < len(found) else None
    last = at + 1 + (scale is not None)
    if re.fullmatch(r"\d+|\d{1,3}(?:,\d{3})+", printed):
        value = int(printed.replace(",", "")) * (scale or 1)
    elif scale is not None and re.fullmatch(r"\d+\.\d+", printed):
        value = round(float(printed) * scale)
    else:
        return None
    return _Core(value, value, last, True)


def _spelled(found: Sequence[Token], at: int) -> _Core | None:
    """ "one hundred and twenty-five", "a thousand"."""
    total, part, last, seen = 0, 0, at, False
    if found[at].word in {"a", "an"} and at + 1 < len(found) and found[at + 1].word in _SCALES:
        part, last, seen = 1, at + 1, True
    while last < len(found) and last < at + 12:
        word = found[last].word
        if word in _UNITS and (not seen or found[last - 1].word in {"-", "and"} or found[last - 1].word in _SCALES or found[last - 1].word in _TENS):
            part += _UNITS[word]
        elif word in _TENS and (not seen or found[last - 1].word in {"and", *_SCALES}):
            part += _TENS[word]
        elif word == "hundred" and seen:
            part = max(1, part) * 100
        elif word in _SCALES and seen:
            total, part = total + max(1, part) * _SCALES[word], 0
        elif not (seen and _joins(found, last)):
            break
        seen, last = True, last + 1
    return _Core(total + part, total + part, last, True) if seen else None


def _joins(found: Sequence[Token], at: int) -> bool:
    """The hyphen of "twenty-five", the "and" of "one hundred and five"."""
    if at + 1 >= len(found):
        return False
    before, word, after = found[at - 1].word, found[at].word, found[at + 1].word
    if word == "-":
        return before in _TENS and after in _UNITS
    return word == "and" and before in {"hundred", "thousand"} and (after in _UNITS or after in _TENS)

"""Text -> time expressions, read without knowing the day of writing.

Takes   `Article.text` and its sentences.
Gives   `Timex` records in reading order, none overlapping.
Needs   timex.toml and holidays.toml beside this file.
Limits  an expression stands within one sentence; the tense is that of the nearest word that shows one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.records import Span
from sayso.relate.timex import clocks, dates, lengths, reckoned
from sayso.relate.timex.meaning import Calendar, Clock, Meaning, Tense, Timex
from sayso.relate.timex.shape import Found, Shape
from sayso.relate.timex.tokens import GIVEN, SIGN, Tokens, may_tell_time, tokens

_PARTS: dict[str, str] = GIVEN["parts"]
_SETS: dict[str, list[str]] = GIVEN["sets"]
_RULES: list[dict[str, str]] = GIVEN["rules"]
_PAST, _FUTURE, _NOT_PAST, _NOT_INFINITIVE = (frozenset(GIVEN["tense"][k]) for k in ("past", "future", "not_past", "not_infinitive"))
_TOWARD = frozenset(GIVEN["tense"]["toward"]) | _FUTURE
_REACH = 14  # tokens to either side in which the verb is looked for
_BE = frozenset({"be", "been", "get"})
_LEAD = 12  # tokens of an expression before the first that tells time by itself: "not more than two hundred and fifty"
_AUXILIARY = frozenset({"is", "are", "be", "was", "were", "’s", "'s", "has", "have", "been"})
_MODAL = frozenset({"will", "would", "may", "might", "could", "should", "shall", "can", "must", "to"})
_PAST_TOO = frozenset({"expected", "scheduled", "planned", "slated", "set", "postponed", "delayed", "pledged", "promised", "hoped"})
_SPOKEN_NAMES = frozenset({"will", "was", "were", "had", "would"})
_UNTIL = frozenset({"until", "till", "by"})
_FUTURE_NOUNS = frozenset({"deadline", "target"})
_PAST_NOUNS = frozenset({"earnings", "results"})  # of quarters that are over, whenever they will be told
_TWO_NUMBERS = re.compile(r"(?<![\d/-])(\d\d?)[/-](\d\d?)[/-](?:\d{4}|\d\d)(?![\d/-])")
_RANGE = {"to", "hyphen", "through", "and", "until", "till"}


def _compiled(shape: str) -> str:
    """A shape over class names -> a regular expression over signs."""

    def sign(match: re.Match[str]) -> str:
        name = match[1]
        if name in _PARTS:
            return _compiled(_PARTS[name])
        if name in _SETS:
            return f"[{''.join(SIGN[n] for n in _SETS[name])}]"
        return SIGN[name]

    return re.sub(r"\{([^\W\d][^{}]*)\}", sign, shape.replace(" ", ""))


_SHAPES = [re.compile(_compiled(rule["shape"])) for rule in _RULES]
_BUILDERS = dates.BUILDERS | reckoned.BUILDERS | lengths.BUILDERS | clocks.BUILDERS
_MAKES = [_BUILDERS[rule["makes"]] for rule in _RULES]
_ANY = re.compile("|".join(f"(?P<r{number}>{shape.pattern})" for number, shape in enumerate(_SHAPES)))
_NO_START = frozenset(GIVEN["checks"]["cannot_begin"])
_WEAK = (_NO_START | frozenset(GIVEN["checks"]["need_others"])) - {"bc", "ampm", "zone"}
_START = re.compile(f"[{''.join(s for n, s in SIGN.items() if n not in _NO_START)}]")
_TIMELY = re.compile(f"[{''.join(s for n, s in SIGN.items() if n not in _WEAK)}]")


def expressions(text: str, sentences: Sequence[Span]) -> list[Timex]:
    """Time expressions of all sentences, in order."""
    found: list[Timex] = []
    for sentence in sentences:
        if not may_tell_time(text, sentence):
            continue
        read = tokens(text, sentence)
        signs = read.signs
        if _TIMELY.search(signs):
            found.extend(_timexes(text, read, list(_found(text, read, signs))))
    return _in_one_order(text, found)


def _in_one_order(text: str, found: list[Timex]) -> list[Timex]:
    """A text prints its dates in one order: after 13/9/2023 also 3/4/2023 is the third of April."""
    heads = [tuple(map(int, m.groups())) for t in found if (m := _TWO_NUMBERS.search(t.span.of(text)))]
    day_first, month_first = any(first > 12 for first, _ in heads), any(second > 12 for _, second in heads)
    if day_first == month_first:
        return found
    return [replace(t, meaning=_settled(t.meaning, day_first)) for t in found]


def _settled(meaning: Meaning, day_first: bool) -> Meaning:
    if not isinstance(meaning, Calendar) or not meaning.either:
        return meaning
    return replace(meaning, either=False, month=meaning.day, day=meaning.month) if day_first else replace(meaning, either=False)


def _found(text: str, read: Tokens, signs: str) -> Iterator[Found]:
    at = 0
    while start := _START.search(signs, at):
        at = start.start()
        if not _TIMELY.search(signs, at, at + _LEAD):
            at += 1
            continue
        hits = _at(text, read, signs, at)
        yield from hits
        at = max([at + 1, *(hit.last for hit in hits)])


def _at(text: str, read: Tokens, signs: str, at: int) -> list[Found]:
    """What the first shape that fits here, and is no sham at a second look, means."""
    match = _ANY.match(signs, at)
    if not match or not match.lastgroup:
        return []
    first = int(match.lastgroup[1:])
    for number in range(first, len(_SHAPES)):
        fit = match if number == first else _SHAPES[number].match(signs, at)
        if fit and fit.end() > at and (found := _MAKES[number](Shape(read, at, fit.end(), text))):
            return found
    return []


def _timexes(text: str, read: Tokens, found: list[Found]) -> Iterator[Timex]:
    spans = [Span(read.starts[f.first], _end(text, read, f)) for f in found]
    for number, hit in enumerate(found):
        until, meaning = None, hit.meaning
        if isinstance(meaning, Clock) and meaning.day is None and number + 1 < len(found) and _beside(read, hit, found[number + 1]):
            meaning = replace(meaning, day=found[number + 1].meaning)
        if number + 1 < len(found) and _is_range(read, hit, found[number + 1]):
            until = spans[number + 1]
            meaning = _with_year(meaning, found[number + 1].meaning)
        yield Timex(span=spans[number], type=hit.type, meaning=meaning, tense=tense_at(read, hit.first, hit.last), until=until)


def _beside(read: Tokens, one: Found, other: Found) -> bool:
    """16:15 GMT, June 1: does the day follow after a comma?"""
    return read.classes[one.last : other.first] == ("comma",) and isinstance(other.meaning, Calendar) and bool(other.meaning.day or other.meaning.weekday)


def _end(text: str, read: Tokens, found: Found) -> int:
    """The end of the last token; a full stop belongs to an abbreviation only."""
    last = found.last - 1
    if read.classes[last] in {"comma", "poss", "hyphen"} and last > found.first:
        last -= 1
    if read.classes[last] == "dot" and last > found.first and read.classes[last - 1] not in {"abbr", "short_weekday"}:
        last -= 1
    return read.ends[last]


def _is_range(read: Tokens, one: Found, other: Found) -> bool:
    """Does one expression lead to the other: "from X to Y", "X-Y", "between X and Y"?"""
    between = [n for n in range(one.last, other.first) if read.classes[n] != "the"]
    if len(between) != 1 or read.classes[between[0]] not in _RANGE or one.type != other.type:
        return False
    return read.classes[between[0]] != "and" or "between" in read.words[max(0, one.first - 2) : one.first]


def _with_year(meaning: Meaning, later: Meaning) -> Meaning:
    """The year printed at the end of a range holds for its beginning: "January 23 - March 9, 2014"."""
    if not (isinstance(meaning, Calendar) and isinstance(later, Calendar)) or meaning.year or not later.year or not meaning.month or not later.month:
        return meaning
    return replace(meaning, year=later.year - (meaning.month > later.month))


def tense_at(read: Tokens, first: int, last: int) -> Tense:
    """The tense of the nearest verb before the expression, else of the nearest after it."""
    lead = read.words[first - 1] if first else ""
    if lead == "since":
        return "past"
    if last < len(read.words) and read.words[last] in _FUTURE_NOUNS:
        return "future"
    if last < len(read.words) and read.words[last] in _PAST_NOUNS:
        return "past"
    skip = first - 2 if lead in _UNTIL and first > 1 and read.words[first - 2].endswith("ed") else -1  # "remain closed until Friday"
    for way in (range(first - 1, max(-1, first - 1 - _REACH), -1), range(last, min(len(read.words), last + _REACH))):
        for at in way:
            if read.words[at] == ";":
                break
            if at != skip and (shown := _shows(read, at)):
                return "future" if shown == "unknown" and lead in _UNTIL else shown
    return "future" if lead in _UNTIL else "unknown"


def _shows(read: Tokens, at: int) -> Tense | None:
    """The tense that one word shows, with the auxiliaries before it."""
    word = read.words[at]
    if read.classes[at] == "name" and at and word not in _SPOKEN_NAMES:
        return None
    before, after = read.words[max(0, at - 3) : at], read.words[at + 1 : at + 4]
    if word in {"has", "have", "is", "are"}:
        if any(w in _FUTURE for w in after):
            return "future"
        return "past" if word in {"has", "have"} and any(_is_past(w) for w in after) else None
    if word in _FUTURE and (word not in _PAST_TOO or _AUXILIARY.intersection(before)):
        return "future"
    if _is_past(word):
        return "future" if _MODAL.intersection(before) and _BE.intersection(before) else "past"
    if word == "to" and read.classes[at + 1 : at + 2] == ("word",) and _is_infinitive(after[0]) and read.classes[max(0, at - 1)] != "figure":
        return "future" if _TOWARD.intersection(read.words[max(0, at - 4) : at]) else "unknown"  # "failed to meet" is no plan
    return None


def _is_infinitive(word: str) -> bool:
    """After "to": no article, and nobody whom one speaks to ("to reporters")."""
    return word not in _NOT_INFINITIVE and (word.endswith("ss") or not word.endswith("s"))


def _is_past(word: str) -> bool:
    return word in _PAST or (word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST)

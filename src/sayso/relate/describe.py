"""What the words of a description say: the sector, the office, how many, former or not.

Takes   a phrase such as "two senior Western officials" or "a spokesman for the army".
Gives   PLOVER's sector, the offices of the registry that are meant, a count.
Needs   sectors.toml; no names, no article.
Limits  English noun phrases: the head is the last noun before a preposition, a comma or a relative.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sayso.relate.registry.entries import Office

_GIVEN = tomllib.loads(Path(__file__).with_name("sectors.toml").read_text(encoding="utf-8"))
USES: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _GIVEN["uses"].items()}
_ELSEWHERE = frozenset(_GIVEN["elsewhere"]["words"])
_PEOPLES, _ABROAD, _STATES_OWN = (frozenset(_GIVEN["groups"][name]) for name in ("words", "abroad", "states_own"))
TITLING = frozenset(_GIVEN["titling"]["words"]) | _PEOPLES | _ABROAD
_SECTOR = {tuple(re.split(r"[\s-]", noun)): sector for sector, nouns in _GIVEN["sectors"].items() for noun in nouns}
_OPEN: dict[tuple[str, ...], str] = {tuple(re.split(r"[\s-]", noun)): sector for noun, sector in _GIVEN["open"].items()}
_SECTOR |= {tuple(re.split(r"[\s-]", noun)): "" for noun in _GIVEN["kin"]["words"]}
_DOES = {verb: sector for sector, verbs in _GIVEN["does"].items() for verb in verbs}
_NAMED = {word: sector for sector, words in _GIVEN["named"].items() for word in words}
_OF_NAMES = {word: sector for sector, words in _GIVEN["of_names"].items() for word in words}
_ADJECTIVES = frozenset(_GIVEN["adjectives"]["words"])
_WHO_DOES = re.compile(r"[,\s]*who\s+(?:also\s+|still\s+|once\s+)?(\w+)", re.I)
_BODIES = frozenset(tuple(re.split(r"[\s-]", noun)) for noun in _GIVEN["bodies"]["words"])
_LONGEST = max(map(len, _SECTOR))
_OFFICES: dict[tuple[str, ...], list[Office]] = {}
for _office, _phrases in _GIVEN["offices"].items():
    for _phrase in _phrases:
        _OFFICES.setdefault(tuple(re.split(r"[\s-]", _phrase)), []).append(_office)
_WORD = re.compile(r"[^\W_]+(?:[.’'&][^\W_]+)*")
_BREAK = re.compile(
    r",(?!\d)|[;:()“”\"—–]|(?<!\w)(?:of|for|at|from|in|with|to|on|by|who|whose|which|that|whom|under|near|against|about|into|over|and|or)(?!\w)"
    r"|(?<=\s)(?:there|here)(?!\w)|(?<=\s)(?:named|called)(?=\s*$)|(?:(?<=man\s)|(?<=men\s)|(?<=boy\s)|(?<=girl\s))\w+ing(?!\w)"
    # "a woman waiting at the gate", "a man named only as Omar"
    r"|(?<=\s)\w{2,}(?:ing|ed|known)\s+(?=(?:only|as|at|in|on|for|to|from|with|by|near|outside|the|a|an|his|her|their)\s)",
    re.I,
)
_ENDINGS = tuple(_GIVEN["endings"].items())
_PERSONS = tuple(_GIVEN["persons"]["endings"])
_NO_PERSONS = frozenset(_GIVEN["persons"]["but"])
_HONOURED = re.compile(r"\s(?:Hajji|Haji|Hadji|Hajj|Don|Dr|Mr|Mrs|Ms|Sir|Mullah|Maulana|Ustad|U)\.?(?=\s*$)")  # "tribal elder Haji", before a name
_FORMER = re.compile(r"(?<!\w)(?:former|ex|late|retired|one-?time|once|then-?former|ousted|deposed)(?:[\s-]+[\w.]+){0,5}[\s-]*$", re.I)
# "Dozens of", "two of the": the head comes after it.
_PART_OF = re.compile(
    r"\s*(?:\w+\s+){0,2}?(?:dozens|scores|hundreds|thousands|millions|number|handful|couple|pair|majority|one|two|three|four|five|six|some|most|many|several|all)"
    r"\s+of\s+(?!them\b|whom\b|us\b)",
    re.I,
)
_RELATED = re.compile(r"(?:for|of|at|from|with|in)\s", re.I)
_LEAVES_OFFICE = frozenset({"GOV", "LEG", "MIL"})


class Noun(NamedTuple):
    """A noun that says something of the sector. start, end: code points of the phrase; open: takes its sector from the words around it; body: no person."""

    start: int
    end: int
    sector: str
    open: bool
    body: bool


@lru_cache(16384)
def singular(word: str) -> str:
    """A noun's singular, well enough to look it up."""
    if word.endswith("men") and word not in {"men", "women", "gunmen", "militiamen", "fishermen"}:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        return word[:-1]
    return word


def _sector(key: tuple[str, ...]) -> str | None:
    """The sector of a noun; whoever is an -ologist of some other kind studies it, and a -maker makes it."""
    return _SECTOR[key] if key in _SECTOR else next((s for ending, s in _ENDINGS if len(key) == 1 and key[0].endswith(ending)), None)


@lru_cache(4096)
def nouns(phrase: str) -> tuple[Noun, ...]:
    """Every noun of a sector in the phrase, in order; of two that overlap the longer."""
    words = [(m.group().lower().removesuffix("’s").removesuffix("'s").rstrip("."), m.start(), m.end()) for m in _WORD.finditer(phrase)]
    found, at = [], 0
    while at < len(words):
        step = 1
        for length in range(min(_LONGEST, len(words) - at), 0, -1):
            run = tuple(w for w, _, _ in words[at : at + length])
            last = (*run[:-1], singular(run[-1]))
            for key in (run, last):
                if (sector := _sector(key)) is None and key not in _OPEN:
                    continue
                start, end = words[at][1], words[at + length - 1][2]
                if "-" not in phrase[max(0, start - 1) : start] + phrase[end : end + 1]:
                    body = key in _BODIES or (key not in _SECTOR and key[-1].endswith("maker"))
                    found.append(Noun(start, end, sector or _OPEN.get(key, ""), sector is None, body))
                    step = length
                    break
            else:
                continue
            break
        at += step
    return tuple(found)


@lru_cache(4096)
def head_end(phrase: str) -> int:
    """Where the part of the phrase that holds its head ends."""
    part = _PART_OF.match(phrase)
    match = _BREAK.search(phrase, part.end() if part else 1)
    return match.start() if match else len(phrase)


@lru_cache(4096)
def is_person(phrase: str) -> bool:
    """Is the head of the phrase a noun for one person: "a factory worker in Busan", but no "army" and no "villagers"?"""
    head = _head(phrase)
    if head is None:
        # "a tapper", "the glazier": nobody lists all trades.
        said = re.findall(r"[^\W\d_]+", phrase[: head_end(phrase)])
        bare = len(said) > 1 and said[0].lower() in {"a", "an", "the"} and said[-1].islower()
        return bare and said[-1].endswith(_PERSONS) and len(said[-1]) > 4 and said[-1] not in _NO_PERSONS
    if head.body:
        return False
    last = phrase[head.start : head.end].rsplit(maxsplit=1)[-1].lower()
    return singular(last) == last


def sector_of(phrase: str, of_names: Collection[tuple[int, str]] = (), *, alone: bool = True) -> str | None:
    """The sector of whoever the phrase describes; None when it says nothing.

    phrase    without the name of the person itself.
    of_names  where the phrase names bodies, and their sectors: "NATO official" takes its sector from there.
    alone     may an open head say what it means alone: that "a general" is an army's, "the president" a state's?
    """
    found, end = nouns(phrase), head_end(phrase)
    head = _head(phrase)
    if head is None:
        # The head is a noun of no sector ("critic"), or there is none: only a body named outright still says something.
        if any(n.start < end for n in found):
            return _closest(of_names, end)
        after = [s for at, s in of_names if at >= end] or [s for _, s in of_names]
        does = _WHO_DOES.match(phrase)
        return after[0] if after else _DOES.get(does[1].lower()) if does else None
    if head.sector == "" and not head.open and (does := _WHO_DOES.search(phrase, head.end)):
        return _DOES.get(does[1].lower())  # "a cousin who fishes from the other shore"
    sector = _around(found, head, of_names, end, phrase, alone=alone) if head.open else head.sector or None
    if sector == "PTY" and any(n.sector == "OPP" for n in found if n.end <= head.start):
        return "OPP"  # "the opposition Pine party"
    return "ELI" if sector in _LEAVES_OFFICE and _FORMER.search(phrase[: head.start]) else sector


def _head(phrase: str) -> Noun | None:
    """The noun that the phrase is about, when it is one of ours."""
    end = head_end(phrase)
    inside = [n for n in nouns(phrase) if n.start < end]
    return inside[-1] if inside and not re.search(r"\w", _HONOURED.sub("", phrase[inside[-1].end : end]).strip("’'s ")) else None


def is_kin(phrase: str) -> bool:
    """Does the phrase only say whose somebody is: "his sister, who lives in Lyon"?"""
    head = _head(phrase)
    return head is not None and not head.open and not head.sector


def is_open(phrase: str) -> bool:
    """Does the head of the phrase take its sector from elsewhere: "its president", "a spokesman"?"""
    head = _head(phrase)
    return head is not None and head.open


@lru_cache(4096)
def sector_of_name(name: str) -> str | None:
    """What the name of a body says of it: "National Union of Tanners", "Nets and Twine Makers Association", "Kesh Airways"."""
    phrase, said = name.replace(" and ", "  &  "), _WORD.findall(name.lower())
    return sector_of(phrase) or _NAMED.get(said[-1].rstrip(".") if said else "") or next((_OF_NAMES[w] for w in said if w in _OF_NAMES), None)


def names_body(name: str) -> bool:
    """Is this a name that only a body can have: "Kesh Airways", "Tanners’ Union"?"""
    said = _WORD.findall(name.lower())
    head = _head(name) if len(said) > 1 else None
    return len(said) > 1 and (said[-1].rstrip(".") in _NAMED or (head is not None and head.body))


def _closest(of_names: Collection[tuple[int, str]], end: int) -> str | None:
    return next((s for at, s in of_names if at < end), None)


def _around(found: tuple[Noun, ...], head: Noun, of_names: Collection[tuple[int, str]], end: int, phrase: str, *, alone: bool) -> str | None:
    """What the words around an open head say: those before it first, then the body named after *of* or *for*; of a spokesperson the other way round."""
    before = [(n.start, n.sector) for n in found if n.end <= head.start and n.sector and not n.open and phrase[n.start : n.end].lower() not in _ADJECTIVES]
    before += [(at, s) for at, s in of_names if at < head.start]
    related = _RELATED.match(phrase, end)
    after = [(n.start, n.sector) for n in found if related and n.start >= end and n.sector and (not n.open or (n.body and alone))]
    after += [(at, s) for at, s in of_names if related and at >= end]
    if before and not (after and phrase[head.start : head.end].lower().startswith("spokes")):
        return max(before)[1]
    if related and after:
        of = related.end()
        return sector_of(phrase[of:], [(at - of, s) for at, s in of_names if at >= of], alone=alone) or min(after)[1]
    if head.sector == "BUS" and related:
        return None  # the chief executive of what is no company, as far as the words say
    if not alone:
        return None
    return head.sector or next((n.sector for n in reversed(found) if n.end <= head.start and n.sector), None)  # "the president’s office"


def from_elsewhere(phrase: str) -> bool:
    """Is whoever the phrase describes as often of another state: "Western officials", "a diplomat"? A foreign ministry is a state's own."""
    words = [singular(w) for w in re.findall(r"[\w-]+", phrase.lower())]
    return any(w in _ELSEWHERE or w in _PEOPLES or (w in _ABROAD and _STATES_OWN.isdisjoint(words[at + 1 : at + 3])) for at, w in enumerate(words))


@lru_cache(4096)
def offices_of(phrase: str) -> tuple[tuple[Office, ...], str, int]:
    """The offices that the head of the phrase can mean, its words, and where they begin; ((), "", 0) when it is no office of the registry."""
    end = head_end(phrase)
    words = [(m.group().lower().removesuffix("’s").removesuffix("'s"), m.start()) for m in _WORD.finditer(phrase, 0, end)]
    if _GIVEN_OF.match(phrase, max(0, end)):
        # "minister of foreign affairs", "secretary of state": the office runs over its "of".
        words += [(m.group().lower(), m.start()) for m in _WORD.finditer(phrase, end)][:3]
    for first in range(len(words)):
        for last in range(len(words), first, -1):
            if "-" in phrase[max(0, words[first][1] - 1) : words[first][1]] or phrase[words[last - 1][1] + len(words[last - 1][0]) :].startswith("-"):
                continue  # "head-to-head" heads nothing
            if offices := _OFFICES.get(tuple(w for part in words[first:last] for w in part[0].split("-"))):
                lesser = first > 0 and words[first - 1][0] in _LESSER
                if lesser or _FORMER.search(phrase[: words[first][1]]) or last < len([w for w in words if w[1] < end]):
                    return (), "", 0
                return tuple(offices), " ".join(w for w, _ in words[first:last]), words[first][1]
    return (), "", 0


_LESSER = frozenset({"deputy", "vice", "assistant", "shadow", "junior", "incoming", "state", "first", "next", "future"})
_GIVEN_OF = re.compile(r"(?:of|for)\s+(?:foreign|state|def|war|the house)", re.I)


def count_of(phrase: str) -> int | None:
    """How many persons a phrase speaks of, where it says so: "two Western officials"."""
    match = _COUNTED.match(phrase.lower())
    if match is None:
        return None
    said = match[1].replace(",", "")
    return (int(said) if said.isdigit() else _NUMBERS[said]) * _TIMES.get(match[2] or "", 1)


_NUMBERS = {"a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "both": 2, "pair": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_NUMBERS |= {"eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12}
_TIMES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
_COUNTED = re.compile(
    r"(?:(?:at least|about|around|nearly|almost|over|more than|some|all|these|the|those|another|a)\s+)*"
    rf"(\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}|{'|'.join(_NUMBERS)})(?![\w-]|[.,]\d)(?:\s+({'|'.join(_TIMES)})(?!\w))?"
)

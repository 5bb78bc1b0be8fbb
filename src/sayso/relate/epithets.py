"""Words that take up a state, or several parties, without a name: "the island", "its northern neighbour", "the two governments", "the three".

Takes   a noun phrase.
Gives   what it may mean: one state or another than whose it is, of which region; or how many parties.
Needs   epithets.toml.
Limits  English noun phrases of one head; who is meant among those named before is asked elsewhere.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from sayso.relate.describe import singular

_GIVEN: dict[str, Any] = tomllib.loads(Path(__file__).with_name("epithets.toml").read_text(encoding="utf-8"))
_STATES, _OTHERS, _SEVERAL, _LOOSE = (frozenset(words) for words in (_GIVEN["states"], _GIVEN["others"], _GIVEN["several"], _GIVEN["loose"]["words"]))
_REGIONS: dict[str, frozenset[str]] = {region: frozenset(codes) for region, codes in _GIVEN["regions"].items()}
_ONE = re.compile(r"(?P<whose>the|this|that|his|her|its|their)\s+(?P<words>(?:[\w’-]+\s+){0,4}?)(?P<noun>[a-z-]+)", re.I)
_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_MANY = re.compile(
    rf"(?:the\s+)?(?P<number>{'|'.join(_NUMBERS)}|neither|either)(?:\s+of)?(?:\s+the)?(?:\s+(?P<words>(?:[\w’-]+\s+){{0,3}}?)(?P<noun>[a-z-]+))?"
    r"|each other|one another"
    r"|the\s+(?P<bare>sides|neighbours|neighbors|rivals)|the\s+(?P<any>allies|donors|partners|hosts|visitors|guests|signatories)",
    re.I,
)


class Epithet(NamedTuple):
    """What words may mean.

    number    of parties; 0 for as many as there are.
    states    are they states, and not whoever took part?
    other     is another meant than whose it is: "its ally"?
    region    the states among which it is, where the words say.
    """

    number: int
    states: bool
    other: bool
    region: frozenset[str] | None


@lru_cache(4096)
def epithet(words: str) -> Epithet | None:
    """What a noun phrase takes up; None when it names somebody in another way."""
    phrase = words.strip(" ,").lower()
    if many := _MANY.fullmatch(phrase):
        return _of_many(many)
    one = _ONE.fullmatch(phrase)
    if one is None:
        return None
    noun = one["noun"] if one["noun"] in _STATES else singular(one["noun"])
    relative = noun in _OTHERS
    apart = re.search(r"neighbou?ring|colonial power", phrase) is not None
    if not (relative or noun in _STATES or (apart and noun == "regime")) or noun != one["noun"]:
        return None
    region, known = _region(one["words"].split())
    return Epithet(1, True, relative or apart, region) if known else None


def _of_many(many: re.Match[str]) -> Epithet | None:
    if many["any"]:
        return Epithet(0, True, False, None)
    noun = many["bare"] or many["noun"]
    if noun is not None and singular(noun) not in _SEVERAL:
        return None
    region, known = _region((many["words"] or "").split())
    states = noun is not None and singular(noun) not in {"side", "rival", "leader", "delegation", "party", "foe", "enemy"}
    return Epithet(_NUMBERS.get(many["number"] or "", 2), states, False, region) if known else None


def _region(before: list[str]) -> tuple[frozenset[str] | None, bool]:
    """The states of the region that the words before a noun name, and whether nothing else stands among them."""
    said = " ".join(before)
    region = max((r for r in _REGIONS if re.search(rf"(?<![\w-]){re.escape(r)}(?![\w-])", said)), key=len, default=None)
    rest = re.sub(rf"(?<![\w-]){re.escape(region)}(?![\w-])", " ", said) if region else said
    known = all(word in _LOOSE or word.isupper() or word.removesuffix("’s") in {"nato", "eu", "un", "opec", "asean"} for word in rest.split())
    return (_REGIONS[region] if region else None), known

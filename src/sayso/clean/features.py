"""Blocks -> what speaks for story and what for furniture, in named numbers.

Takes   the blocks of a page, and where its title stands.
Gives   for each block a mapping of feature to value; `weights.py` holds what each is worth.
Needs   the standard library.
Limits  a value lies about within -1..1; features that are 0 are left out. Only the ends of a very long block are looked at.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sayso.clean.blocks import Block
from sayso.clean.dates import days_in
from sayso.clean.phrases import likely_furniture, sure_furniture

Features = dict[str, float]

WORD = re.compile(r"\w+(?:['’.-]\w+)*")
SENTENCE_END = re.compile(r"[.!?…。]['\"”’»)\]]{0,3}$")
NEW_SENTENCE = re.compile(r"[.!?]['\"”’)]{0,2}\s+['\"“‘(]{0,2}[A-Z]")
_COMMON = """the of and to in a that is for on was with as by at from it he his be said has are have an not were had which they who but their this
    will or its been would after she her more about we you i than when also there one up out into over last new what could some"""
COMMON = frozenset(_COMMON.split())
LINKS = re.compile(r"https?://|www\.|\w\.(?:com|org|net|co\.\w\w)\b|@\w{3,}", re.IGNORECASE)
QUOTES = re.compile(r"[“”\"„«»]|(?<!\w)‘|’(?!\w)")
SAYING = re.compile(r"\b(?:said|says|told|added|according to|announced|reported|warned|claimed|stated)\b")
SEPARATED = re.compile(r"[|»›•·/>]")
LOOK = 1500
NEAR = 3


class Look(NamedTuple):
    """One block as it looks by itself."""

    length: int  # words
    lower: float  # share of its words that begin in small letters
    common: float  # share of the commonest words of English
    ends: bool  # like a sentence
    prose: float  # words of running prose: `length` where it reads like sentences, else 0
    sure: str | None
    likely: tuple[str, ...]


def look_at(block: Block) -> Look:
    return _look(block.words) if len(block.words) <= 4 * LOOK else _look.__wrapped__(block.words)


@lru_cache(maxsize=4096)  # title, features and story all look at the same blocks
def _look(words: str) -> Look:
    shown = words if len(words) <= LOOK else words[:LOOK]
    found = WORD.findall(shown)
    count = max(1, len(found))
    length = _length(shown, len(found)) if shown is words else len(words) // 6
    lower = sum(not w[0].isupper() and w[0].isalpha() for w in found) / count  # scripts without capitals count as small
    common = sum(w.lower() in COMMON for w in found) / count
    ends = bool(SENTENCE_END.search(words[-8:]))
    reads = length >= 8 and lower > 0.45 and (ends or length >= 25 or "”" in words[-3:])
    sure = sure_furniture(words)
    return Look(length, lower, common, ends, length if reads and not sure else 0.0, sure, tuple(likely_furniture(words)))


def _length(shown: str, words: int) -> int:
    """Words; in Chinese and Japanese, which have no spaces, two characters count as one."""
    if shown.isascii() or shown.count(" ") > len(shown) / 15:
        return words
    return max(words, sum(c >= "\u2e80" for c in shown) // 2)


def features_of(blocks: Sequence[Block], title: int | None, title_words: str, *, sure: bool = False) -> list[Features]:
    """Describe every block.

    title  the place of the block that is the title; None when the page has none.
    sure   whether that place is beyond doubt.
    """
    looks = _as_if_english([look_at(b) for b in blocks])
    around = _surroundings(looks, title)
    copies = Counter(b.words.casefold() for b in blocks)
    wanted = {w for w in WORD.findall(title_words.lower()) if w not in COMMON}
    shares = _home_shares(blocks, looks)
    after = _headings_above(looks, title)
    described = []
    for at, (block, look) in enumerate(zip(blocks, looks, strict=True)):
        context = around[at] | after[at] | _relation_to_title(at, title, block, wanted, sure)
        if copies[block.words.casefold()] > 1:
            context["repeated"] = 1.0
        # the same neighbours mean one thing to a paragraph and another to a line of two words
        found = _own(block, look) | {f"{_shape(look)}: {name}": value for name, value in context.items()}
        if block.tag:
            found |= _markup(block, shares[at])
        described.append(found)
    return described


def _as_if_english(looks: list[Look]) -> list[Look]:
    """On a page in another language the words of English say nothing: give every block what its length would have in English."""
    prose = [look for look in looks if look.prose]
    if not prose or sum(look.common * look.prose for look in prose) > 0.15 * sum(look.prose for look in prose):
        return looks
    return [look._replace(common=0.4 if look.prose else 0.15) for look in looks]


def _shape(look: Look) -> str:
    if look.prose:
        return "prose"
    return "line" if look.length >= 10 else "bit"


def _own(block: Block, look: Look) -> Features:
    words, shown = block.words, block.words[:LOOK]
    found: Features = {
        "one": 1.0,
        "length": min(1.0, math.log1p(look.length) / 5),
        "prose": 1.0 if look.prose else 0.0,
        "lower": look.lower,
        "common": min(1.0, 2 * look.common),
        "ends": float(look.ends),
        "short": float(look.length <= 3),
        "brief": float(3 < look.length <= 9),
        "sentences": min(1.0, len(NEW_SENTENCE.findall(shown)) / 3),
        "commas": min(1.0, shown.count(",") / (look.length + 1) * 8),
        "quotes": float(bool(QUOTES.search(shown))),
        "saying": float(bool(SAYING.search(shown))),
        "digits": sum(map(str.isdigit, shown)) / len(shown),
        "capitals": float(len(words) > 3 and shown.isupper()),
        "links": float(bool(LINKS.search(shown))),
        "separated": min(1.0, len(SEPARATED.findall(shown)) / 3),
        "asks": float(words.endswith("?")),
        "colon": float(words.endswith(":")),
        "cut": float(words.endswith(("...", "…"))),
        "date": float(look.length <= 14 and bool(days_in(words, most=1))),
        "sure": float(look.sure is not None),
    }
    found |= {f"like {kind}": 1.0 if look.length < 40 else 0.4 for kind in look.likely}
    return {name: value for name, value in found.items() if value}


def _surroundings(looks: Sequence[Look], title: int | None) -> list[Features]:
    """How much prose stands close by, how much of the page's prose before and behind, and how heavy the stretch of prose is."""
    prose = [look.prose for look in looks]
    total = sum(prose) or 1.0
    stretches = _stretches(looks)
    heaviest = max(stretches, default=0.0) or 1.0
    from_title = _prose_from_title(looks, title)
    described, before = [], 0.0
    sums = [0.0]
    for p in prose:
        sums.append(sums[-1] + min(p, 60))
    for at in range(len(looks)):
        left = sums[at] - sums[max(0, at - NEAR)]
        right = sums[min(len(looks), at + 1 + NEAR)] - sums[at + 1]
        ahead = 1 - (before + prose[at]) / total
        behind = before / total
        described.append(
            {
                "prose above": min(1.0, left / 90),
                "prose below": min(1.0, right / 90),
                "prose just above": float(at > 0 and prose[at - 1] > 0),
                "prose just below": float(at + 1 < len(looks) and prose[at + 1] > 0),
                "between prose": float(left > 30 and right > 30),
                "alone": float(not left and not right),
                "nothing behind": float(behind < 0.02),
                "all behind": float(ahead < 0.02),
                "most behind": float(ahead < 0.15),
                "sure near": float(any(n.sure for n in looks[max(0, at - 1) : at + 2])),
                "short run": _run_of_short(looks, at),
                "stretch": stretches[at] / heaviest,
                "heaviest stretch": float(stretches[at] == heaviest),
                "prose from title": from_title[at],
                "first prose": float(title is not None and at > title and from_title[at] == 0.0),
            }
        )
        before += prose[at]
    return [{name: value for name, value in d.items() if value} for d in described]


APART = 5


def _stretches(looks: Sequence[Look]) -> list[float]:
    """For each block the words of prose in its stretch: paragraphs with no more than a few other blocks between them. 0 outside."""
    weights = [0.0] * len(looks)
    members: list[int] = []
    last = None
    for at, look in enumerate(looks):
        if not look.prose:
            continue
        if last is not None and sum(1 for n in looks[last + 1 : at] if not n.sure) > APART:
            _weigh(members, looks, weights)
            members = []
        members.append(at)
        last = at
    _weigh(members, looks, weights)
    return weights


def _weigh(members: Sequence[int], looks: Sequence[Look], weights: list[float]) -> None:
    if members:
        total = sum(looks[n].prose for n in members)
        for at in range(members[0], members[-1] + 1):
            weights[at] = total


def _prose_from_title(looks: Sequence[Look], title: int | None) -> list[float]:
    """How much prose stands between the title and each block below it, 0..1."""
    found, prose = [], 0.0
    for at, look in enumerate(looks):
        found.append(min(1.0, prose / 300))
        if title is not None and at > title:
            prose += look.prose
    return found


def _run_of_short(looks: Sequence[Look], at: int) -> float:
    """How long the row of blocks without prose is that this one stands in, 0..1."""
    if looks[at].prose:
        return 0.0
    first, last = at, at
    while first > 0 and at - first < 8 and not looks[first - 1].prose:
        first -= 1
    while last + 1 < len(looks) and last - at < 8 and not looks[last + 1].prose:
        last += 1
    return min(1.0, (last - first) / 8)


ANNOUNCED = ("popular", "related", "comments", "letter", "tags", "share")


def _headings_above(looks: Sequence[Look], title: int | None) -> list[Features]:
    """What was announced above: behind "Most popular" come other stories, behind "Comments" what readers wrote.

    Only below the title and some prose: at the top of a page the same words are its menu.
    """
    described: list[Features] = []
    since: dict[str, int] = {}
    prose, prose_at = 0.0, dict.fromkeys(ANNOUNCED, 0.0)
    for at, look in enumerate(looks):
        found: Features = {}
        for kind, place in since.items():
            found[f"below {kind}"] = 1.0
            if at - place <= 6:
                found[f"soon below {kind}"] = 1.0
            found[f"prose since {kind}"] = min(1.0, (prose - prose_at[kind]) / 150)
        described.append(found)
        prose += look.prose
        if look.sure in ANNOUNCED and (prose > 30 if title is None else at > title):
            since[look.sure] = at
            prose_at[look.sure] = prose
        if at == title:
            prose = 0.0
    return [{name: value for name, value in d.items() if value} for d in described]


def _relation_to_title(at: int, title: int | None, block: Block, wanted: set[str], sure: bool) -> Features:
    if title is None:
        return {"no title": 1.0}
    found: Features = {}
    if at < title:
        found["before title"] = 1.0
        found["before sure title"] = float(sure)
    elif at == title:
        found["title"] = 1.0
    elif at - title <= 3:
        found["just below title"] = 1.0
    shared = sum(w in wanted for w in set(WORD.findall(block.words[:LOOK].lower())))
    if wanted and at > title:
        found["title's words"] = min(1.0, shared / 3)
    return found


def _home_shares(blocks: Sequence[Block], looks: Sequence[Look]) -> list[tuple[float, ...]]:
    """The share of the page's prose that stands in the same container, in the one around it, and in the one around that."""
    held: Counter[int] = Counter()
    for block, look in zip(blocks, looks, strict=True):
        if look.prose and block.links < 0.5:
            held.update(dict.fromkeys(set(block.homes), int(look.prose)))
    most = max((n for home, n in held.items() if home), default=0) or 1
    return [tuple(held[home] / most if home else 0.0 for home in block.homes) for block in blocks]


HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


def _markup(block: Block, shares: tuple[float, ...]) -> Features:
    tag = block.tag if block.tag not in HEADINGS or block.tag == "h1" else "h2-6"
    found: Features = {f"<{tag}>": 1.0, "linked": block.links, "all link": float(block.links > 0.9)}
    found |= {f"in {hint}": 1.0 for hint in block.hints}
    found |= {f"home {n}": share for n, share in enumerate(shares, start=1)}
    found["best home"] = max(shares, default=0.0)
    return {name: value for name, value in found.items() if value}

"""Whom a statement blames or praises: the act of saying as an event towards those it is about.

Takes   the words said, and the actors named in them with their places.
Gives   keys of those blamed and of those praised.
Needs   stance.toml.
Limits  a lexicon, not a reading: two words of one kind, or one and a force that says the same, are asked for before anything is called an act.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sayso.records import Span
from sayso.relate.frame import Frame

_GIVEN = tomllib.loads(Path(__file__).with_name("stance.toml").read_text(encoding="utf-8"))
_BLAME, _PRAISE = (
    re.compile(r"(?<![\w-])(?:" + "|".join(sorted(map(re.escape, _GIVEN[name]), key=len, reverse=True)) + r")\w*", re.I) for name in ("blame", "praise")
)
_TURNED = re.compile(r"(?<!\w)(?:" + "|".join(_GIVEN["turns"]) + r")\w*\s+(?:\w+[’'-]?\w*\s+){0,3}$", re.I)
_ENDED = re.compile(r"(?<!\w)(?:" + "|".join(_GIVEN["ends"]) + r")\w*\s+(?:\w+[’'-]?\w*\s+){0,2}$", re.I)
_EXCEPT = re.compile(r"(?:" + "|".join(map(re.escape, _GIVEN["exceptions"])) + ")", re.I)
_TOWARDS = re.compile(r"(?<!\w)(?:toward|towards|against|to|on|with|for|in|upon|between|of good)\s+(?:the\s+|its\s+|our\s+|both\s+)*$", re.I)
_BEHIND = re.compile(r"\s+(?:\w+\s+){0,2}?(?:of|by|from)\s+(?:the\s+)?$")
_GOVERNED = re.compile(r"(?<!\w)(?:of|in|by|from|at|among)\s+(?:the\s+)?$", re.I)
_VICTIM = re.compile(r"violat|breach|contempt|defian|infring|abuse", re.I)  # "a violation of the charter": what stands behind is wronged
_BESIDE = re.compile(r"[\s,’‘'“”\"/–-]*(?:(?:and|the|as well as)\s+)*[\s’‘'“”\"-]*")


class Named(NamedTuple):
    """An actor in the words said: where, and its key."""

    span: Span
    key: int


class Stance(NamedTuple):
    """Keys of those whom words blame and praise, and how much is said of either: a word that stands right beside the one it is meant for counts twice."""

    blamed: tuple[int, ...]
    praised: tuple[int, ...]
    blame: int
    praise: int


def stance_of(frame: Frame, what: Sequence[Span], named: Sequence[Named], but: Sequence[Span] = ()) -> Stance:
    """Read the stance of what was said. Words that blame or praise nobody named are counted, but give nobody.

    but  what others are told to have said inside it, words in inner quotation marks too: that is not the speaker's own.
    """
    blamed: dict[int, None] = {}
    praised: dict[int, None] = {}
    counts = [0, 0]
    for span in what:
        own = [n for n in named if span.holds(n.span)]
        for kind, (pattern, found) in enumerate(((_BLAME, blamed), (_PRAISE, praised))):
            for match in pattern.finditer(frame.text, span.start, span.end):
                word = Span(*match.span())
                turned = (_TURNED, _ENDED)[kind]
                if turned.search(frame.text, max(span.start, word.start - 40), word.start) or _EXCEPT.match(frame.text, word.start):
                    continue
                if any(n.span.holds(Span(word.start, word.start + 1)) for n in own) or any(b.holds(word) for b in but):
                    continue
                meant = _meant(frame, word, own, praise=kind == 1)
                counts[kind] += 2 if any(_beside(frame.text, word, n.span) for n in own if n.key in meant) else 1
                for key in meant:
                    found.setdefault(key)
    return Stance(tuple(blamed), tuple(praised), counts[0], counts[1])


def _beside(text: str, word: Span, name: Span) -> bool:
    """Do at most three words stand between the two?"""
    gap = text[word.end : name.start] if word.end <= name.start else text[name.end : word.start]
    return len(gap) < 40 and len(gap.split()) <= 3


def _meant(frame: Frame, word: Span, named: Sequence[Named], *, praise: bool) -> list[int]:
    """Whom one word is meant for: the actor before it in its sentence, with those joined to it; else one behind "of" after it.

    Blame passes over those towards whom a thing is done ("hostility toward our country"), and over what is violated; praise is for them.
    """
    sentence = frame.sentence_at(word.start)
    before = [n for n in named if sentence.start <= n.span.start and n.span.end <= word.start and (praise or not _towards(frame.text, n, named))]
    after = [n for n in named if word.end <= n.span.start < sentence.end]
    if praise or not _VICTIM.match(word.of(frame.text)):
        for n in after:
            if _BEHIND.fullmatch(frame.text[word.end : n.span.start]):
                return _joined(frame.text, after, after.index(n), 1)
    free = [n for n in before if praise or not _GOVERNED.search(frame.text, max(0, n.span.start - 16), n.span.start)]
    if not praise and not free and _VICTIM.match(word.of(frame.text)):
        return []
    if before:
        # Whoever stands behind no preposition is the likelier to do what is blamed.
        return _joined(frame.text, before, before.index((free or before)[-1]), -1)
    if praise and after:
        return _joined(frame.text, after, 0, 1)
    return []


def _towards(text: str, one: Named, named: Sequence[Named]) -> bool:
    """Is something done towards this actor, or towards those it is joined to: "toward the A-B friendship"?"""
    at = next(n for n, other in enumerate(named) if other.span == one.span)
    start = one.span.start
    while at > 0 and named[at - 1].span.end <= start and _BESIDE.fullmatch(text[named[at - 1].span.end : start]):
        at -= 1
        start = named[at].span.start
    return bool(_TOWARDS.search(text[max(0, start - 24) : start]))


def _joined(text: str, named: Sequence[Named], at: int, step: int) -> list[int]:
    """The actor at `at` and those that only commas, hyphens and *and* part from it."""
    keys = [named[at].key]
    while 0 <= at + step < len(named):
        one, other = sorted((named[at].span, named[at + step].span))
        if not _BESIDE.fullmatch(text[one.end : other.start]):
            break
        at += step
        keys.append(named[at].key)
    return keys

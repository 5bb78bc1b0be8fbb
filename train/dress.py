"""The same sentence of other states and other people: who takes part must not tell a model what is done.

Takes   a text with spans over it.
Gives   the text with its states, capitals, demonyms and persons exchanged for others, each for the same one throughout, and where its places went.
Needs   the registry's states, for their names.
Limits  names that take an article, and words that two states share, stay as they are.
"""

from __future__ import annotations

import random
import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import corpus

STATES = Path(__file__).parents[1] / "src" / "sayso" / "relate" / "registry" / "states.toml"
FORMS = ("name", "adjective", "people", "capital")
_ARTICLE = re.compile(r"United|Republic|Netherlands|Philippines|Islands|Bahamas|Maldives|Gambia|Comoros|Seychelles|Territor|Vatican|Holy See|Union|Emirates")
_ADJECTIVE = re.compile(r"(?:[ae]n|ese|ish|ch|sh|[^s]i|ic|ek|er|ai|ot|iot)$")
_INDEFINITE = re.compile(r"(?<!\w)(?P<article>[Aa]n?) $")
Change = tuple[int, int, str]


@cache
def states() -> dict[str, tuple[str, str, str, str]]:
    """Name, adjective, people and capital of every state whose four names are plain; by key."""
    given = tomllib.loads(STATES.read_text(encoding="utf-8"))["state"]
    plain = [s for s in given if s.get("demonyms") and "capital" in s and "until" not in s and not _ARTICLE.search(s["name"])]
    return {s["key"]: (s["name"], *_adjective_and_people(s["demonyms"]), s["capital"]) for s in plain}


def _adjective_and_people(demonyms: list[str]) -> tuple[str, str]:
    adjective = next(filter(_ADJECTIVE.search, demonyms), demonyms[0])
    return adjective, next((d for d in demonyms if d.endswith("s")), adjective)


@cache
def _forms() -> tuple[dict[str, tuple[str, int]], re.Pattern[str]]:
    found: dict[str, tuple[str, int]] = {}
    twice = set()
    for key, forms in states().items():
        for at, form in enumerate(forms):
            if found.setdefault(form, (key, at))[0] != key:
                twice.add(form)
    known = {form: what for form, what in found.items() if form not in twice}
    return known, re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, known), key=len, reverse=True))})(?!\w)")


def changes(text: str, persons: Iterable[str], pool: list[str], rng: random.Random) -> list[Change]:
    """Which characters become which: other states for those named, and other persons from the pool."""
    known, pattern = _forms()
    found = list(pattern.finditer(text))
    old = list(dict.fromkeys(known[m.group()][0] for m in found))
    new = dict(zip(old, rng.sample(sorted(states()), len(old)), strict=True))
    out: list[Change] = []
    for m in found:
        key, form = known[m.group()]
        word = states()[new[key]][form]
        out.append((m.start(), m.end(), word))
        if (before := _INDEFINITE.search(text, 0, m.start())) is not None:
            article = "An" if word[0] in "AEIO" else "A"
            out.append((before.start("article"), before.end("article"), article if before["article"][0] == "A" else article.lower()))
    whole = [p for p in dict.fromkeys(persons) if " " in p]
    others = dict(zip(whole, rng.sample(pool, len(whole)), strict=True))
    others |= {p.rsplit(" ", 1)[1]: other.rsplit(" ", 1)[1] for p, other in others.items()}
    if others:
        names = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, others), key=len, reverse=True))})(?!\w)")
        taken = [(a, b) for a, b, _ in out]
        out += [(*m.span(), others[m.group()]) for m in names.finditer(text) if not any(m.start() < b and a < m.end() for a, b in taken)]
    return sorted(out)


def changed(text: str, found: list[Change]) -> tuple[str, Callable[[int], int]]:
    """The text with its changes, and where a place of the old text is in the new one."""
    parts, ends, shifts, at, shift = [], [0], [0], 0, 0
    for start, end, word in found:
        parts += [text[at:start], word]
        shift += len(word) - (end - start)
        ends.append(end)
        shifts.append(shift)
        at = end
    return "".join([*parts, text[at:]]), lambda place: place + shifts[bisect_right(ends, place) - 1]


def other(example: corpus.Example, pool: list[str], rng: random.Random) -> corpus.Example:
    """One example of other states and people; a name that a span parts stays."""
    edges = {edge for s in example.spans for edge in (s.start, s.end)}
    persons = [example.text[s.start : s.end] for s in example.of("person")]
    found = [c for c in changes(example.text, persons, pool, rng) if not any(c[0] < edge < c[1] for edge in edges)]
    text, moved = changed(example.text, found)
    spans = tuple(replace(s, start=moved(s.start), end=moved(s.end)) for s in example.spans)
    return replace(example, text=text, spans=spans)


def together(examples: list[corpus.Example]) -> corpus.Example:
    """Several examples as paragraphs of one text, as an article has them."""
    text, spans = "", []
    for at, example in enumerate(examples):
        shift = len(text) + 2 if text else 0
        text = f"{text}\n\n{example.text}" if text else example.text
        own = 1000 * at

        def moved(s: corpus.Labelled, shift: int = shift, own: int = own) -> corpus.Labelled:
            number, back = (n + own if n is not None else None for n in (s.number, s.back))
            return replace(s, start=s.start + shift, end=s.end + shift, number=number, back=back)

        spans += map(moved, example.spans)
    return corpus.Example("+".join(e.id for e in examples), "", text, examples[0].has_title, tuple(spans))

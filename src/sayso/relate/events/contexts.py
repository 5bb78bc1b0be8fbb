"""The words around an event -> which of PLOVER's 37 contexts it stands in.

Takes   the text, the event's sentence, its trigger, and the paragraph around.
Gives   names of contexts, strongest first, at most four; often none.
Needs   contexts.toml; no names, no model.
Limits  a word says what the talk is about, not what the event is: "the army denied a coup" stands in military and pro_autocracy alike.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from sayso.records import Span

MOST = 4
_WEIGHTS = {"strong": 2.0, "usual": 1.25, "weak": 0.5}
_FLOOR = 2.0  # one strong word in the sentence, or a usual one beside the trigger, or two that agree
_SHARE = 0.4  # of the strongest context's strength; what is below was only touched on
_AROUND = 0.25  # what a word of the paragraph outside the sentence weighs
_NEAR = ((3, 1.75), (8, 1.25))  # words from the trigger, and how much more they count
_AGAIN = 0.4  # what the second word for one context adds, the third a little less: many words of one thing are still one thing
_BESIDE = 3  # words, either way, within which a word takes another's meaning away
_WORD = re.compile(r"[^\W_]+")


class _Entry(NamedTuple):
    """What a phrase says: a context, how strongly, and which words beside it say otherwise."""

    context: str
    weight: float
    unless: frozenset[str]


class _Found(NamedTuple):
    """An entry met in a text: where its phrase starts, counted in characters and in words."""

    start: int
    word: int
    context: str
    weight: float


def contexts_of(text: str, sentence: Span, trigger: Span, around: Span) -> tuple[str, ...]:
    """Give the contexts of the event at `trigger`, strongest first; () when no words say any.

    sentence  where the event stands: its words count in full, more the nearer to the trigger.
    around    usually the paragraph: its other words count a quarter.
    """
    if sentence.overlap(around) < sentence.end - sentence.start:
        around = Span(min(sentence.start, around.start), max(sentence.end, around.end))
    starts, found = _read(around.of(text))
    if not found:
        return ()
    first, last = (bisect_left(starts, at - around.start) for at in trigger)
    weights: defaultdict[str, list[float]] = defaultdict(list)
    for start, word, context, weight in found:
        if sentence.start <= start + around.start < sentence.end:
            away = max(first - word, word - last + 1, 0)
            weights[context].append(weight * next((more for within, more in _NEAR if away <= within), 1.0))
        else:
            weights[context].append(weight * _AROUND)
    strength = {context: _together(given) for context, given in weights.items()}
    enough = max(_FLOOR, _SHARE * max(strength.values()))
    kept = [context for context, total in strength.items() if total >= enough]
    return tuple(sorted(kept, key=lambda context: (-strength[context], context))[:MOST])


def _together(weights: list[float]) -> float:
    """Several words for one context: the strongest in full, each further one for less."""
    weights.sort(reverse=True)
    return weights[0] + sum(weight * _AGAIN / rank for rank, weight in enumerate(weights[1:6], 1))


@lru_cache(512)
def _read(passage: str) -> tuple[tuple[int, ...], tuple[_Found, ...]]:
    """Where the words of a passage start, and the entries met in it; kept, since events of one paragraph ask for the same."""
    words, starts = _words(passage)
    found: list[_Found] = []
    after = 0  # the first word behind the phrase met last
    for at, word in enumerate(words):
        most = _LONGEST.get(word)
        if most is None or at < after:
            continue
        for length in range(min(most, len(words) - at), 0, -1):
            entries = _ENTRIES.get(tuple(words[at : at + length]))
            if entries is not None:
                after = at + length
                beside = words[max(0, at - _BESIDE) : at] + words[after : after + _BESIDE]
                found += [_Found(starts[at], at, e.context, e.weight) for e in entries if not e.unless or e.unless.isdisjoint(beside)]
                break
    return tuple(starts), tuple(found)


def _words(passage: str) -> tuple[list[str], list[int]]:
    """Lower-case words and where they start. Lower case can lengthen a text (İ); then each word is lowered by itself."""
    low = passage.lower()
    if len(low) == len(passage):
        return _WORD.findall(low), [m.start() for m in _WORD.finditer(low)]
    met = list(_WORD.finditer(passage))
    return [m[0].lower() for m in met], [m.start() for m in met]


# -- the lexicon -------------------------------------------------------------------------------------------------------


def _forms(entry: str) -> Iterator[tuple[str, ...]]:
    """The phrases that an entry stands for: a noun's plural, and every regular form of a verb marked ~."""
    words = _WORD.findall(entry.lower())
    verb = next((n for n, part in enumerate(entry.split()) if part.endswith("~")), None)
    at = len(words) - 1 if verb is None else verb
    made = _plurals(words[at]) if verb is None else _conjugated(words[at])
    for form in made:
        yield (*words[:at], form, *words[at + 1 :])


def _plurals(noun: str) -> tuple[str, ...]:
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return (noun,)
    if noun.endswith("man"):
        return noun, noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun, noun[:-1] + "ies"
    return noun, noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _conjugated(verb: str) -> tuple[str, ...]:
    """Regular forms. A stem that ends in i ("demilitari~") stands for -se, -ze and their forms."""
    if verb.endswith("i"):
        return tuple(verb + letter + ending for letter in "sz" for ending in ("e", "es", "ed", "ing"))
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", verb[:-1] + "ing"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    return verb, *(verb + ending for ending in ("es" if verb.endswith(("s", "x", "ch", "sh")) else "s", "ed", "ing"))


def _lexicon() -> tuple[tuple[str, ...], dict[tuple[str, ...], tuple[_Entry, ...]]]:
    """Names of the contexts, and phrases with what they say; phrases of [none] say nothing."""
    given = tomllib.loads(Path(__file__).with_name("contexts.toml").read_text(encoding="utf-8"))
    entries: defaultdict[tuple[str, ...], dict[str, _Entry]] = defaultdict(dict)
    for phrase in given.pop("none")["words"]:
        for form in _forms(phrase):
            entries[form] = {}
    for context, lists in given.items():
        barred = {form: frozenset(words) for word, words in lists.get("unless", {}).items() for form in _forms(word)}
        for kind, weight in _WEIGHTS.items():
            for phrase in lists.get(kind, ()):
                for form in _forms(phrase):
                    entries[form].setdefault(context, _Entry(context, weight, barred.get(form, frozenset())))
    return tuple(given), {phrase: tuple(said.values()) for phrase, said in entries.items()}


CONTEXTS, _ENTRIES = _lexicon()
_LONGEST: dict[str, int] = {}
for _phrase in _ENTRIES:
    _LONGEST[_phrase[0]] = max(_LONGEST.get(_phrase[0], 0), len(_phrase))

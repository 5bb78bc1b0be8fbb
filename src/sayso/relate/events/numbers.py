"""A sentence -> how many were killed, injured, arrested, displaced, went missing or demonstrated.

Takes   the text and the span of a sentence.
Gives   `Size` records in reading order, each a closed interval over the words that say it.
Needs   numbers.toml for the words; quantities.py for the numbers.
Limits  one sentence at a time, without a parse: subjects stand before their verb, objects right behind it; who gives the number is not asked,
        nor whether two numbers are of the same people. Persons named instead of counted ("Atkin was killed") give no number.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from sayso.records import Size, SizeKind, Span
from sayso.relate.events.quantities import Quantity, Token, quantities, tokens

_Part = Literal["done", "doing", "befell", "nouns", "tolls", "both"]
_GIVEN = tomllib.loads(Path(__file__).with_name("numbers.toml").read_text(encoding="utf-8"))
_WORDS: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in _GIVEN.pop("words").items()}
_KINDS: tuple[SizeKind, ...] = ("dead", "injured", "arrested", "displaced", "demonstrators", "missing")
_BE, _AUX, _NOT, _STOPS, _INSIDE, _THINGS = (_WORDS[name] for name in ("be", "aux", "not", "stops", "inside", "things"))
_PEOPLE = frozenset(w + "s" for w in _WORDS["persons"]) | {"people", "men", "women", "children", "policemen", "others", "more", "persons", "youths"}
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december".split()
)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec".split()
)
_SIGNS = frozenset(',;:()“”"‘—–.!?')
_FAR = 24  # words back to a subject
_LINKS = frozenset({"and", ",", "&"})
_ENDS_NOUN = _BE | _STOPS | _INSIDE | _SIGNS | frozenset("at by to for with of after before since as until and or has have had who that when".split())


class _Cue(NamedTuple):
    """Words [first, last) that say what became of somebody."""

    kind: SizeKind
    part: _Part
    first: int
    last: int


def _phrases() -> dict[tuple[str, ...], tuple[SizeKind, _Part]]:
    made: dict[tuple[str, ...], tuple[SizeKind, _Part]] = {}
    for kind in _KINDS:
        for part in ("done", "doing", "befell", "nouns", "tolls"):
            for phrase in _GIVEN[kind].get(part, ()):
                made.setdefault(tuple(phrase.split()), (kind, part))
    return made | {(word,): ("dead", "both") for word in _WORDS["casualties"]}


_CUES = _phrases()
_LONGEST: dict[str, int] = {}
for _phrase in _CUES:
    _LONGEST[_phrase[0]] = max(_LONGEST.get(_phrase[0], 0), len(_phrase))


def sizes_of(text: str, sentence: Span) -> tuple[Size, ...]:
    """Give the numbers of people that a sentence states, in reading order; () for most sentences."""
    found = tokens(text, sentence.start, sentence.end)
    cues = _cues(found)
    return _Counting(text, found, cues).sizes() if cues else ()


def _cues(found: Sequence[Token]) -> list[_Cue]:
    cues, after = [], 0
    for at, token in enumerate(found):
        most = _LONGEST.get(token.word)
        if most is None or at < after:
            continue
        for length in range(most, 0, -1):
            phrase = tuple(t.word for t in found[at : at + length])
            if phrase in _CUES:
                after = at + len(phrase)
                cues.append(_Cue(*_CUES[phrase], at, after))
                break
    return cues


@dataclass
class _Counting:
    """One sentence: its words, what befell people in it, and which numbers were already given away."""

    text: str
    found: Sequence[Token]
    cues: list[_Cue]

    def __post_init__(self) -> None:
        self.taken: set[int] = set()  # by Quantity.first
        self.cue_at = {n: cue for cue in self.cues for n in range(cue.first, cue.last)}
        self.by_last = {q.last: q for q in self.all}
        self.by_first = {q.first: q for q in self.all}

    @cached_property
    def all(self) -> list[Quantity]:
        """The quantities that can be of people."""
        return [q for q in quantities(self.found) if self._of_people(q)]

    def sizes(self) -> tuple[Size, ...]:
        """What stands behind its cue is settled first: it leaves less room for doubt than a subject."""
        out: list[Size] = []
        for finder in (self._toll, self._object, self._noun, self._subject):
            for cue in self.cues:
                counted = finder(cue)
                if counted:
                    self.taken.update(q.first for q in counted)
                    out += self._made(cue, counted)
        return tuple(sorted(set(out), key=lambda s: (s.span, _KINDS.index(s.kind))))

    def _made(self, cue: _Cue, counted: Sequence[Quantity]) -> list[Size]:
        """Numbers joined by "and" add up. A number of two things at once says of each only how many it can be at most."""
        low = sum(q.low for q in counted)
        high = None if any(q.high is None for q in counted) else sum(q.high or 0 for q in counted)
        if cue.part == "tolls" and counted[0].moved:
            low = counted[0].high or low
        kinds: tuple[SizeKind, ...] = ("dead", "injured") if cue.part == "both" else (cue.kind, *self._paired(cue))
        if len(kinds) > 1:
            low = 0
        first = min(cue.first, *(q.first for q in counted))
        last = max(cue.last, *(q.last for q in counted))
        span = Span(self.found[first].start, self.found[last - 1].end)
        return [Size(kind=kind, low=low, high=high, words=span.of(self.text), span=span) for kind in dict.fromkeys(kinds)]

    def _paired(self, cue: _Cue) -> tuple[SizeKind, ...]:
        """The kind of "or wounded" behind "killed", of "killed or" before "wounded"."""
        out: list[SizeKind] = []
        for joint, other in ((cue.last, cue.last + 1), (cue.first - 1, cue.first - 2)):
            beside = self.cue_at.get(other)
            if beside and 0 <= joint < len(self.found) and self.found[joint].word in {"or", "and"} and beside.kind != cue.kind and beside.part == cue.part:
                numbered = beside.first > cue.last and beside.last in self.by_first and cue.last + 1 in self.by_first
                if not numbered:
                    out.append(beside.kind)
        return tuple(out)

    # -- which number ----------------------------------------------------------------------------------------------

    def _toll(self, cue: _Cue) -> list[Quantity]:
        """ "The death toll rose to 45"."""
        if cue.part != "tolls":
            return []
        for at in range(cue.last, min(cue.last + 12, len(self.found))):
            quantity = self.by_first.get(at)
            before = self.found[at - 1].word
            if self.found[at].word in _STOPS or (at in self.cue_at and quantity is None):
                break
            if quantity and not quantity.bare and (before in _WORDS["rises"] or quantity.moved):
                return [quantity]
        return []

    def _object(self, cue: _Cue) -> list[Quantity]:
        """ "Killed at least 40", "killing 40", "the killing of 40"; not "40 were killed"."""
        if cue.part not in {"done", "doing"} or (cue.part == "done" and self._passive(cue)):
            return []
        at = cue.last
        if cue.part == "doing" and self._word(at) == "of":
            at += 1
        if self._word(at) in {"or", "and"} and (beside := self.cue_at.get(at + 1)) and beside.part == cue.part:
            at = beside.last  # "killed or wounded 20": both kinds are made from it
        quantity = self.by_first.get(at)
        return self._with_next(quantity) if quantity and self._free(quantity) else []

    def _noun(self, cue: _Cue) -> list[Quantity]:
        """ "40 deaths", "claimed 40 lives", "the deaths of 40 people", "no casualties"."""
        if cue.part not in {"nouns", "both"}:
            return []
        if self._word(cue.last) == "of" and (after := self.by_first.get(cue.last + 1)) and self._free(after):
            return [after] if self.found[cue.first].word != "bodies" or not after.bare else []
        for at in range(cue.first, max(cue.first - 4, 0), -1):
            quantity = self.by_last.get(at)
            if quantity:
                wanted = self.found[cue.first].word != "lives" or any(self._word(n) in _WORDS["taking"] for n in range(quantity.first - 4, quantity.first))
                return [quantity] if wanted and self._free(quantity) and not quantity.bare else []
            if self.found[at - 1].word in _ENDS_NOUN:
                break
        return []

    def _subject(self, cue: _Cue) -> list[Quantity]:
        """ "At least 40 people, six of them children, were killed"; and "left 40 dead"."""
        if cue.part not in {"done", "befell"} or (cue.part == "done" and not self._passive(cue) and self._active(cue)):
            return []
        at = cue.first
        if self._word(at - 1) == "the":
            return []  # "among the dead"
        verbal = False
        while at > 0 and self._word(at - 1) in _BE | _AUX and at not in self.by_last:
            verbal = verbal or self._word(at - 1) in _BE
            at -= 1
        if any(self._word(n) in _NOT for n in range(at - 1, cue.first)):
            return []
        at = self._before_aside(at)
        quantity = self._last_subject(at, cue)
        return self._with_before(quantity) if quantity else []

    def _last_subject(self, at: int, cue: _Cue) -> Quantity | None:
        """Going back from `at`, the first number that can be a subject."""
        for end in range(at, max(at - _FAR, 0), -1):
            quantity = self.by_last.get(end)
            before = self.cue_at.get(end - 1)
            if quantity and (quantity.first not in self.taken) and self._reaches(quantity, at):
                return quantity
            if quantity and quantity.first in self.taken:
                return None
            if self._word(end - 1) in _STOPS or (before and before is not cue and before.part != "nouns" and self._word(end) not in {"or", "and"}):
                return None
            if self._word(end - 1) == "," and end < at - 1:
                return None
        return None

    def _reaches(self, quantity: Quantity, at: int) -> bool:
        """Can this number be of the subject that ends at `at`, and not of a place or a day inside it?"""
        before = self._word(quantity.first - 1)
        return before not in _INSIDE and before not in _MONTHS

    def _before_aside(self, at: int) -> int:
        """Where an aside begins that ends in a comma right before `at`: "40 people, six of them children, were killed"."""
        if self._word(at - 1) != ",":
            return at
        for comma in range(at - 2, max(at - 18, 0), -1):
            if self._word(comma) == ",":
                return comma
        return at - 1

    # -- joined by "and" ---------------------------------------------------------------------------------------------

    def _with_next(self, quantity: Quantity) -> list[Quantity]:
        """Objects in a row: "killed two soldiers and a civilian"; not "killed 12 and 30 were wounded"."""
        row = [quantity]
        while len(row) < 6:
            end = self._noun_end(row[-1].last)
            joint = end + (self._word(end) == "," and self._word(end + 1) == "and")
            after = self.by_first.get(joint + 1) if self._word(joint) in {"and", ","} else None
            if after is None or not self._free(after) or self._has_own_cue(after):
                break
            row.append(after)
        return row if len(row) == 1 or self._word(self._noun_end(row[-2].last)) != "," else row[:1]

    def _with_before(self, quantity: Quantity) -> list[Quantity]:
        """Subjects in a row: "two men, three women and a child were killed"."""
        row = [quantity]
        while len(row) < 6:
            joint = row[0].first - 1
            if self._word(joint) not in _LINKS or (len(row) == 1 and self._word(joint) != "and"):
                break
            joint -= self._word(joint) == "and" and self._word(joint - 1) == ","
            fits = [q for q in (self.by_last.get(end) for end in range(joint, max(joint - 6, 0), -1)) if q]
            if not fits or not self._free(fits[0]) or self._noun_end(fits[0].last) != joint or not self._reaches(fits[0], joint):
                break
            if any(n in self.cue_at for n in range(fits[0].last, joint)) or joint == fits[0].last:
                break
            row.insert(0, fits[0])
        return row

    def _noun_end(self, at: int) -> int:
        """Where the noun phrase behind a number ends."""
        end = at
        while end < len(self.found) and end < at + 6 and self.found[end].word not in _ENDS_NOUN and end not in self.cue_at:
            end += 1
        return end

    def _has_own_cue(self, quantity: Quantity) -> bool:
        """Is this number the subject of what follows: "and 30 (others) (were) wounded"?"""
        end = self._noun_end(quantity.last)
        while self._word(end) in _BE | {"others", "more", "people", "have", "has"}:
            if self._word(end) in _BE:
                return True
            end += 1
        cue = self.cue_at.get(end)
        return cue is not None and cue.part in {"done", "befell"}

    # -- small questions ---------------------------------------------------------------------------------------------

    def _word(self, at: int) -> str:
        return self.found[at].word if 0 <= at < len(self.found) else ""

    def _free(self, quantity: Quantity) -> bool:
        return quantity.first not in self.taken

    def _passive(self, cue: _Cue) -> bool:
        """A form of "be" before the cue, adverbs aside."""
        at = cue.first - 1
        while at >= 0 and self._word(at) in _AUX - {"has", "have", "had", "that", "who"}:
            at -= 1
        return self._word(at) in _BE

    def _active(self, cue: _Cue) -> bool:
        """Somebody follows to whom it was done: "killed the guard", "arrested Atkin"."""
        after = self._word(cue.last)
        if cue.last in self.by_first or after in {"the", "a", "an", "his", "her", "their", "its", "him", "them", "it", "civilians", "people"}:
            return True
        if not after or not after[0].isalpha() or after in _DAYS:
            return False
        return self.text[self.found[cue.last].start].isupper()

    def _of_people(self, quantity: Quantity) -> bool:
        """Is a number one of people, as far as the next words say?"""
        ahead = []
        for at in range(quantity.last, min(quantity.last + 8, len(self.found))):
            word = self.found[at].word
            if at in self.cue_at or (word in _ENDS_NOUN and word != "-"):
                break
            ahead.append(word)
        if quantity.bare:
            return any(word in _WORDS["persons"] for word in ahead)
        if (
            quantity.low == quantity.high
            and 1900 <= quantity.low < 2100
            and self.found[quantity.first].word.isdigit()
            and "," not in self.found[quantity.first].word
        ):
            return any(word in _PEOPLE for word in ahead)
        return not any(word in _THINGS for word in ahead[:4])

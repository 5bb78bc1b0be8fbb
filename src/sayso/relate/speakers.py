"""Sources -> actors of the article: who "he", "the Vice Minister", "Im" and "a North Korean official" are, where the text makes it plain.

Takes   the frame, the names that were marked, and the sources in reading order.
Gives   for each source the key of an actor, and the actors.
Needs   nothing.
Limits  one article at a time; no country, no registry. What is not plain stays an actor of its own, under its own words.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from sayso.records import Actor, ActorKind, Mark, Span, hashed_id
from sayso.relate.frame import Frame, Near

PRONOUNS = {"he": "he", "she": "she", "they": "they", "it": "it", "i": "i", "we": "we", "who": "who", "which": "which", "that": "which"}
_DETERMINER = re.compile(r"^(?:the|this|that|these|those|his|her|its|their|a|an|one|another|some|several|two|three|both|many|most)\s+", re.I)
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Gen|Col|Maj|Capt|Prof|Sen|Gov|Hon)\.?\s+")
_DEFINITE = re.compile(r"(?:the|this|that|these|those)\s+", re.I)
_INDEFINITE = re.compile(r"(?:a|an|one|another)\s+", re.I)
_GIVEN = {name: set(words) for name, words in tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8")).items()}
_ROLES, _VAGUE, _PAPERS = _GIVEN["roles"], _GIVEN["vague"], _GIVEN["papers"]
_PERSONAL = re.compile(r"(?<!\w)(?:" + "|".join(sorted(_ROLES, key=len, reverse=True)) + r")(?!\w)", re.I)



REMEMBERED = 200  # latest speakers, names or mentions that a pronoun or a title may reach back to


@dataclass(slots=True)
class Person:
    """Somebody or something that speaks, as the article builds it up."""

    name: str
    kind: ActorKind
    described: set[str] = field(default_factory=set)
    office: str | None = None
    pronoun: str | None = None
    first: int = 0


class Speakers:
    """The actors of one article, resolved in reading order."""

    def __init__(self, frame: Frame, names: Sequence[Mark]) -> None:
        self.frame = frame
        self.names = [m for m in names if m.kind in {"person", "organisation", "place", "office"}]
        self.people: list[Person] = []
        self.spoken: list[int] = []  # keys of speakers so far, latest last
        self._introduced: list[tuple[int, int]] = []  # (where, key) of every mention of a person, in order
        self._mentions: dict[int, list[int]] = defaultdict(list)  # the same by key
        self._by_word: dict[str, set[int]] = defaultdict(set)  # keys of persons by the words of their names
        self._lately: dict[int, None] = {}  # keys of speakers, the latest last
        self._near = Near(self.names, lambda mark: mark.span)
        self._others: dict[str, int] = {}  # whoever is no person, by bare name
        self._introduce()

    # -- the cast: persons named anywhere in the article -------------------------------------------------

    def _introduce(self) -> None:
        """Gather the persons of the article: full names first, then what shares a word with them."""
        persons = [m for m in self.names if m.kind == "person"]
        for mark in persons:
            words = _words(mark.span.of(self.frame.text))
            if len(words) > 1 and self._named(words, mark.span.start, whole=True) is None:
                self._add(Person(" ".join(words), "person", first=mark.span.start))
        for mark in persons:
            words = _words(mark.span.of(self.frame.text))
            key = self._named(words, mark.span.start)
            if key is None and words:
                key = self._add(Person(" ".join(words), "person", first=mark.span.start))
            if key is not None:
                self._introduced.append((mark.span.start, key))
                self._mentions[key].append(mark.span.start)
                self._describe(key, mark.span)

    def _describe(self, key: int, span: Span) -> None:
        """Take up the office that stands beside a name, before it or in apposition after it."""
        text = self.frame.text
        for mark in self._near.over(Span(max(0, span.start - 16), span.end + 16)):
            if mark.kind != "office":
                continue
            gap = text[mark.span.end : span.start] if mark.span.end <= span.start else text[span.end : mark.span.start]
            if mark.span.overlap(span) or len(gap) > 14 or not re.fullmatch(r"[\s,]*(?:(?:the|its|a|who is|then|of)\s)?[\s,]*", gap):
                continue
            words = mark.span.of(text)
            self.people[key].office = self.people[key].office or words
            self.people[key].described |= {w.lower() for w in _words(words)}
        before = text[max(0, span.start - 60) : span.start]
        if close := re.search(r"((?:[\w’'-]+\s+){1,6})$", before):
            self.people[key].described |= {w.lower() for w in close[1].split() if w.lower() in _ROLES}

    def _add(self, person: Person) -> int:
        self.people.append(person)
        key = len(self.people) - 1
        if person.kind == "person":
            for word in _words(person.name):
                self._by_word[word.lower()].add(key)
        else:
            self._others.setdefault(_bare(person.name), key)
        return key

    def _named(self, words: list[str], at: int, *, whole: bool = False) -> int | None:
        """Who these words of a name are: the same name, or one that holds them; the one mentioned last before `at` among several."""
        lowered = [w.lower() for w in words]
        fits = []
        for key in sorted(set().union(*(self._by_word.get(w, set()) for w in lowered))):
            theirs = [w.lower() for w in _words(self.people[key].name)]
            if lowered == theirs or (not whole and set(lowered) <= set(theirs)) or (len(lowered) > 1 and set(theirs) < set(lowered)):
                fits.append(key)
        if not fits:
            return None
        best = max(fits, key=lambda k: (self._last_mention(k, at), -self.people[k].first))
        if len(lowered) > len(_words(self.people[best].name)):
            self.people[best].name = " ".join(words)
            for word in lowered:
                self._by_word[word].add(best)
        return best

    def _last_mention(self, key: int, at: int) -> int:
        """Where the person was named last, up to `at`; -1 before the first time."""
        known = self._mentions[key]
        before = bisect_right(known, at)
        return known[before - 1] if before else -1

    # -- one source ----------------------------------------------------------------------------------------

    def of_source(self, span: Span, *, but: int | None = None) -> int:
        """Who this source is. Call in reading order; each call makes the answer the latest speaker.

        but  the speaker around a nested statement: "he" inside his own quotation is somebody else.
        """
        text = span.of(self.frame.text).strip(" ,")
        key = self._resolve(span, text, but)
        self.spoken.append(key)
        self._lately.pop(key, None)
        self._lately[key] = None
        return key

    def _resolve(self, span: Span, words: str, but: int | None) -> int:
        lowered = words.lower()
        if lowered in PRONOUNS:
            found = self._by_pronoun(PRONOUNS[lowered], span.start, but)
            return found if found is not None else self._add(Person(words, "unknown", first=span.start))
        if (head := self._head_person(span)) is not None:
            self._enrich(head, span, words)
            return head
        if (bare := _words(_HONORIFIC.sub("", words))) and len(bare) <= 3 and bare[0][:1].isupper() and (named := self._named(bare, span.start)) is not None:
            return named
        if _DEFINITE.match(words) and (found := self._by_role(lowered, span.start)) is not None:
            return found
        return self._by_words(span, words)

    def _head_person(self, span: Span) -> int | None:
        """The person a source names, unless the name only says whose spokesman or brother is meant."""
        text = self.frame.text
        inside = [m for m in self._near.over(span) if m.kind == "person"]
        heads = []
        for mark in inside:
            before, after = text[span.start : mark.span.start], text[mark.span.end : mark.span.end + 2]
            owned = re.match(r"[’']s?(?!\w)", after) and mark.span.end < span.end - 2
            depends = re.search(r"(?<!\w)(?:for|of|to|by|with|under|against|near|from|like)\s+(?:[^\s,]+\s+){0,4}$", before) and _PERSONAL.search(before)
            if not owned and not depends:
                heads.append(mark)
        if len(heads) > 1 and re.search(r"(?<!\w)and(?!\w)", text[heads[0].span.end : heads[1].span.start]):
            return None
        return self._named(_words(heads[0].span.of(text)), span.start) if heads else None

    def _enrich(self, key: int, span: Span, words: str) -> None:
        self.people[key].described |= {w.lower() for w in _PERSONAL.findall(words)}
        if re.search(r"(?<!\w)(?:spokeswoman|chairwoman|congresswoman|she|her|mrs|ms|queen|princess)(?!\w)", words, re.I):
            self.people[key].pronoun = "she"

    def _by_pronoun(self, pronoun: str, at: int, but: int | None) -> int | None:
        """The latest fitting speaker; failing that, the latest person named before."""
        if pronoun in {"i", "we"}:
            return but if but is not None else self.spoken[-1] if self.spoken else None
        # Of those who spoke lately, one known as "she" is meant before one of whom nothing is known: most whom news quotes are men.
        lately = list(islice(reversed(self._lately), REMEMBERED))
        known = [k for k in lately[:3] if pronoun == "she" and self.people[k].pronoun == "she"]
        for key in [*known, *lately]:
            if key != but and self._answers(key, pronoun):
                if pronoun in {"he", "she"}:
                    self.people[key].pronoun = pronoun
                return key
        if pronoun in {"he", "she", "who"}:
            upto = bisect_left(self._introduced, (at, -1))
            for _, key in reversed(self._introduced[max(0, upto - REMEMBERED) : upto]):
                if key != but and self._answers(key, pronoun):
                    self.people[key].pronoun = pronoun if pronoun != "who" else self.people[key].pronoun
                    return key
        return None

    def _answers(self, key: int, pronoun: str) -> bool:
        person = self.people[key]
        if pronoun in {"he", "she"}:
            # Another pronoun seen for somebody, or a kind that has none, rules it out.
            singular = person.kind == "person" or (person.kind == "unknown" and _person_words(person.name))
            return singular and person.pronoun in {None, pronoun}
        if pronoun == "it":
            return person.kind in {"organisation", "place"} or (person.kind == "unknown" and not _person_words(person.name))
        if pronoun == "they":
            return person.kind in {"group", "organisation"} or person.name.lower().endswith("s")
        return True

    def _by_role(self, lowered: str, at: int) -> int | None:
        """Whom "the Vice Minister", "the spokesman" or "the ministry" takes up: the latest whose description holds its head word."""
        noun = _head_noun(lowered)
        extra = set(re.findall(r"[\w-]+", _DETERMINER.sub("", lowered, count=1).split(" of ")[0]))
        upto = bisect_left(self._introduced, (at, -1))
        mentioned = [key for _, key in reversed(self._introduced[max(0, upto - REMEMBERED) : upto])]
        order = list(dict.fromkeys([*islice(reversed(self._lately), REMEMBERED), *mentioned]))
        for key in order:
            if noun in self.people[key].described and (len(extra) == 1 or extra & self.people[key].described - {noun} or not (extra - {noun} - _ROLES)):
                return key
        for key in order:
            if noun in _words_lower(self.people[key].name) and self.people[key].kind != "person":
                return key
        if noun == "source":
            lately = islice(reversed(self._lately), REMEMBERED)
            return next((k for k in lately if self.people[k].kind == "unknown" and _person_words(self.people[k].name)), None)
        if noun in _VAGUE and self.spoken and self.people[self.spoken[-1]].kind == "person":
            return self.spoken[-1]
        if noun in _PAPERS and self.spoken:
            return self.spoken[-1]
        return self._marked_before(noun, at)

    def _marked_before(self, noun: str, at: int) -> int | None:
        """An organisation named before whose own name ends in the noun: "the Foreign Ministry" for "the ministry"."""
        upto = bisect_left(self.names, at, key=lambda m: m.span.start)
        for mark in reversed(self.names[max(0, upto - REMEMBERED) : upto]):
            if mark.kind == "organisation" and mark.span.end <= at:
                name = mark.span.of(self.frame.text)
                if _words_lower(name)[-1:] == [noun]:
                    return self._by_words(mark.span, name)
        return None

    def _by_words(self, span: Span, words: str) -> int:
        """An actor under the words themselves, the same for the same words."""
        inner = [m for m in self._near.over(span) if m.kind in {"organisation", "place"}]
        bare = _DETERMINER.sub("", words, count=1) if not _INDEFINITE.match(words) else words
        if (named := _apposed(inner, span, self.frame.text)) is not None:
            bare = named
        kind: ActorKind = "unknown"
        if inner and _covers(inner, bare, self.frame.text):
            kind = "organisation" if any(m.kind == "organisation" for m in inner) else "place"
        elif re.match(r"(?:both|two|three|four|five|several|some|many|most)\b|\w+s\b(?!’)", bare.lower()) and _head_noun(words.lower()).endswith("s"):
            kind = "group"
        elif _person_words(words):
            kind = "unknown"
        elif inner:
            kind = "organisation"
        if not _INDEFINITE.match(words) and (known := self._others.get(_bare(words))) is not None:
            return known
        described = {w.lower() for w in _PERSONAL.findall(words)}
        return self._add(Person(bare.strip(), kind, described=described, first=span.start))

    def of_relay(self, words: str, at: int) -> int:
        """Who a hand is that passes words on: known by its own name, whatever stands before it."""
        name = _DETERMINER.sub("", words, count=1).strip()
        if (known := self._others.get(name.lower())) is not None:
            return known
        for key in islice(reversed(self._others.values()), REMEMBERED):
            if _ends_with(name, self.people[key].name) or _ends_with(self.people[key].name, name):
                self._others.setdefault(name.lower(), key)
                return key
        return self._add(Person(name, "organisation", first=at))

    # -- links that come later -----------------------------------------------------------------------------

    def is_unnamed(self, key: int) -> bool:
        """One person who goes by a role alone: "a North Korean official", "the country’s president"."""
        name = self.people[key].name
        return self.people[key].kind == "unknown" and _person_words(name) and not _head_noun(name.lower()).endswith("s")

    def may_be(self, unnamed: int, person: int) -> bool:
        """Could the role be this person's, by what the article says of both?"""
        noun = _head_noun(self.people[unnamed].name.lower())
        described = self.people[person].described
        return self.people[person].kind == "person" and (not described or noun in _VAGUE or noun in described)

    def actors(self, article: str, used: Sequence[int]) -> dict[int, Actor]:
        """The actors in use, in order of first use."""
        made: dict[int, Actor] = {}
        for key in dict.fromkeys(used):
            person = self.people[key]
            made[key] = Actor(id=hashed_id("ac", article, str(person.first), person.name), name=person.name, kind=person.kind, office=person.office)
        return made


def _apposed(inner: Sequence[Mark], span: Span, text: str) -> str | None:
    """The name in "the military's media wing, Inter-Services Public Relations,", or after small words: "the rebel Eastern Command"."""
    for mark in inner:
        before, after = text[span.start : mark.span.start], text[mark.span.end : span.end].strip(" ,")
        if mark.kind == "organisation" and not after and (before.rstrip().endswith(",") or re.fullmatch(r"(?:[Tt]he\s+)?(?:[a-z-]+\s+){0,3}", before)):
            return mark.span.of(text)
    return None


def _words(name: str) -> list[str]:
    return re.sub(r"[’']s$", "", name.strip(" ,.")).split()


def _words_lower(name: str) -> list[str]:
    return re.findall(r"[\w-]+", name.lower())


def _bare(words: str) -> str:
    return _DETERMINER.sub("", words, count=1).lower()


def _ends_with(one: str, other: str) -> bool:
    """Is `other`, a name, all that `one` adds small words to: "the official Korean Central News Agency"?"""
    return other[:1].isupper() and one.endswith(" " + other)


@lru_cache(4096)
def _person_words(words: str) -> bool:
    return bool(_PERSONAL.search(re.split(r"\b(?:for|from|of|in|at|with)\b", words, maxsplit=1)[0]))


def _head_noun(lowered: str) -> str:
    """The noun a phrase is about: the last word before a comma, a preposition or a relative."""
    phrase = re.split(r",|\b(?:of|for|from|in|at|on|with|who|whose|which|that|to)\b", _DETERMINER.sub("", lowered, count=1), maxsplit=1)[0]
    words = re.findall(r"[\w-]+", phrase)
    return words[-1] if words else ""


def _covers(marks: Sequence[Mark], words: str, text: str) -> bool:
    """Do the names make up most of the words?"""
    return sum(len(m.span.of(text)) for m in marks) >= 0.6 * len(words)

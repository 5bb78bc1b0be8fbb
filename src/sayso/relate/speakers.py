"""Sources -> actors of the article: who "he", "the Vice Minister", "Im" and "a North Korean official" are, where the text makes it plain.

Takes   the frame, the names that were marked, the registry's names in the text, and the sources in reading order.
Gives   for each source the key of a `Figure`; actors.py makes actors of them.
Needs   nothing.
Limits  one article at a time. What is not plain stays a figure of its own, under its own words.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from sayso.records import ActorKind, Mark, Span
from sayso.relate.beside import after_name, before_name, party_label
from sayso.relate.describe import count_of, offices_of, sector_of
from sayso.relate.frame import Frame, Near
from sayso.relate.names import Named, Names
from sayso.relate.registry import Entity
from sayso.relate.registry.entries import Office
from sayso.relate.registry.index import Held

PRONOUNS = {"he": "he", "she": "she", "they": "they", "it": "it", "i": "i", "we": "we", "who": "who", "which": "which", "that": "which"}
_DETERMINER = re.compile(r"^(?:the|this|that|these|those|his|her|its|their|a|an|one|another|some|several|two|three|both|many|most)\s+", re.I)
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Gen|Col|Maj|Capt|Prof|Sen|Gov|Hon)\.?\s+")
_DEFINITE = re.compile(r"(?:the|this|that|these|those)\s+", re.I)
_INDEFINITE = re.compile(r"(?:a|an|one|another)\s+", re.I)
_GIVEN = {name: set(words) for name, words in tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8")).items()}
_ROLES, _VAGUE, _PAPERS, _BODIES = _GIVEN["roles"], _GIVEN["vague"], _GIVEN["papers"], _GIVEN["bodies"]
_PERSONAL = re.compile(r"(?<!\w)(?:" + "|".join(sorted(_ROLES, key=len, reverse=True)) + r")(?!\w)", re.I)


_HIGH = frozenset({"head_of_state", "head_of_government", "leader", "head"})
_PUBLIC = frozenset({"GOV", "LEG", "MIL", "ELI", "PTY", "OPP", "REB", "UAF", "IGO", "UNO", "EUR", "JUD", "REL", "SPY"})
_PARTITIVE = re.compile(r"(?:one|two|three|some|many|most|several|all|none|another|both)(?: of)? (?:them|the others)|the others?|others?")
_AGED = re.compile(r"\b\d+-year-old\b")
_QUALIFYING = frozenset({"former", "senior", "top", "new", "current", "same", "late", "outgoing", "veteran", "then", "incoming", "acting", "interim"})
REMEMBERED = 200  # latest speakers, names or mentions that a pronoun or a title may reach back to


@dataclass(slots=True)
class Figure:
    """Somebody or something that the article speaks of, as it builds it up.

    described     nouns by which it may be taken up again.
    descriptions  the words that say what it is, each for actors.py to read.
    mentions      where it is named, and on what ground those words were taken to mean it.
    entity        who it is in the registry, and `known_by` how that was found.
    speaks_for    key of the body whose spokesperson this is.
    """

    name: str
    kind: ActorKind
    described: set[str] = field(default_factory=set)
    office: str | None = None
    pronoun: str | None = None
    first: int = 0
    descriptions: list[Span] = field(default_factory=list)
    mentions: dict[Span, str] = field(default_factory=dict)
    entity: Entity | None = None
    known_by: str = ""
    american: bool = False
    count: int | None = None
    speaks_for: int | None = None


class Speakers:
    """The figures of one article, resolved in reading order."""

    def __init__(self, frame: Frame, marks: Sequence[Mark], names: Names) -> None:
        self.frame, self.known = frame, names
        self.names = [m for m in marks if m.kind in {"person", "organisation", "place", "office"}]
        self.people: list[Figure] = []
        self.spoken: list[int] = []  # keys of speakers so far, latest last
        self._introduced: list[tuple[int, int]] = []  # (where, key) of every mention of a person, in order
        self._mentions: dict[int, list[int]] = defaultdict(list)  # the same by key
        self._by_word: dict[str, set[int]] = defaultdict(set)  # keys of persons by the words of their names
        self._lately: dict[int, None] = {}  # keys of speakers, the latest last
        self._near = Near(self.names, lambda mark: mark.span)
        self._others: dict[str, int] = {}  # whoever is no person, by bare name
        self._by_entity: dict[str, int] = {}
        self._by_office: dict[tuple[str, str], int] = {}
        self._introduce()
        self._recognise()

    # -- the cast: persons named anywhere in the article -------------------------------------------------

    def _introduce(self) -> None:
        """Gather the persons of the article: full names first, then what shares a word with them."""
        persons = [m for m in self.names if m.kind == "person" and not self._is_another_name(m.span)]
        for mark in persons:
            words = _words(mark.span.of(self.frame.text))
            if len(words) > 1 and self._named(words, mark.span.start, whole=True) is None:
                self._add(Figure(" ".join(words), "person", first=mark.span.start))
        for mark in sorted(persons, key=lambda m: " " not in m.span.of(self.frame.text)):
            words = _words(mark.span.of(self.frame.text))
            key = self._namesake(mark.span, words) if len(words) == 1 else None
            key = self._named(words, mark.span.start) if key is None else key
            if key is None and words:
                key = self._add(Figure(" ".join(words), "person", first=mark.span.start))
            if key is not None:
                self._introduced.append((mark.span.start, key))
                self._mentions[key].append(mark.span.start)
                self.people[key].mentions.setdefault(mark.span, "name" if len(words) > 1 else "surname")
                self._describe(key, mark.span)
        self._introduced.sort()
        for known in self._mentions.values():
            known.sort()

    def _is_another_name(self, span: Span) -> bool:
        """Was a state or a company taken for a person by the model?"""
        return " " not in span.of(self.frame.text).strip() and any(n.span.holds(span) and n.how != "place" for n in self.known.over(span))

    def _namesake(self, span: Span, words: list[str]) -> int | None:
        """ "Chairman Kim" beside a President Kim: the one of the registry who bears that title, when no other of the article can."""
        title = before_name(self.frame, span, self._near)
        if title is None:
            return None
        said = title.of(self.frame.text).split()[-1].lower()
        theirs = {w.lower() for k in self._by_word.get(words[0].lower(), ()) for s in self.people[k].descriptions for w in s.of(self.frame.text).split()}
        if not theirs or said in theirs:
            return None
        fits = {}
        for entity in self.known.registry.persons(words[0]):
            now = [t for t in entity.tenures if self.known.may_be_day(t.start, t.end) and said in t.title.lower()]
            if now and any(self._spoken_of(t.of) for t in now):
                fits[entity.key] = entity
        return self.of_entity(next(iter(fits.values())), span.start) if len(fits) == 1 else None

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
        self.people[key].american |= party_label(self.frame, span)
        for beside in (before_name(self.frame, span, self._near), after_name(self.frame, span)):
            if beside is not None and beside not in self.people[key].descriptions:
                self.people[key].descriptions.append(beside)

    # -- whom the registry knows ---------------------------------------------------------------------------

    def _recognise(self) -> None:
        """Find the persons of the article in the registry, by name, by what the article says of them, and by its day."""
        for key, figure in enumerate(self.people):
            words = _words(figure.name)
            bare = _HONORIFIC.sub("", figure.name)
            alone = len(words) == 1
            fits = [(fit, entity) for entity in self.known.registry.persons(bare) if (fit := self._fit(figure, entity, alone=alone)) > 0]
            if not fits:
                fits = [(fit, e) for e in self.known.registry.persons_that_sound(bare) if (fit := self._fit(figure, e, alone=alone, sounds=True)) > 0]
            fits.sort(key=lambda fit: -fit[0])
            if fits and (len(fits) == 1 or fits[0][0] > fits[1][0]):
                figure.entity, figure.known_by = fits[0][1], "surname" if alone else "name"
                figure.pronoun = figure.pronoun or {"m": "he", "f": "she"}.get(figure.entity.sex or "")
                self._by_entity.setdefault(figure.entity.key, key)
                for tenure in figure.entity.tenures:
                    if self.known.may_be_day(tenure.start, date.max):
                        figure.described |= {w.lower() for w in tenure.title.split() if w.lower() in _ROLES}
                        self.known.spoken_of(tenure.of)

    def _fit(self, figure: Figure, entity: Entity, *, alone: bool, sounds: bool = False) -> float:
        """How well a person of the registry fits one of the article; 0 or less when it must not be taken for him.

        alone   only the surname is known, so that the words around it, or a high office on that day, have to say more.
        sounds  the name is only spelled alike, so that the office has to be held on that day, too.
        """
        names = self.known
        of = {t.of for t in entity.tenures}
        countries = {e.country for key in of if (e := names.registry.entities.get(key)) and e.country}
        told = {c for span in figure.descriptions if (c := self.country_in(span)[0])}
        if told and countries and not told & countries and not any(self._spoken_of(key) for key in of):
            return 0.0
        sectors = {s for span in figure.descriptions if (s := sector_of(span.of(self.frame.text)))}
        if sectors and not sectors & _PUBLIC:
            return 0.0
        now = [t for t in entity.tenures if names.may_be_day(t.start, t.end)]
        high = any(t.office in _HIGH for t in now)
        matched = bool(told & countries) or (figure.american and "USA" in countries)
        spoken_of = any(names.weights.get(c or "", 0.0) > 0 for c in countries) or any(self._spoken_of(key) for key in of)
        if sounds and not (now and (matched or high) and spoken_of):
            return 0.0
        if alone and not (now and (matched or (sectors & _PUBLIC and spoken_of) or (high and spoken_of))):
            return 0.0
        if not (matched or spoken_of or (high and not alone)):
            return 0.0
        return 1.0 + 3 * matched + 2 * bool(now) + high + spoken_of

    def _spoken_of(self, key: str) -> bool:
        return key in self.known.keys

    def country_in(self, span: Span) -> tuple[str | None, str]:
        """The state that a description names as the one to whom somebody belongs, and the ground: "a South Korean official", "Iran’s envoy to the UN"."""
        inside = self.known.inside(span)
        for named in inside:
            before = self.frame.text[max(span.start, named.span.start - 12) : named.span.start].lower()
            if named.entity.country and not re.search(r"(?<!\w)(?:to|on|against|about|with|near|over|in|by|toward)\s+(?:the\s+)?$", before):
                return named.entity.country, "affiliation" if named.entity.kind != "state" or named.how == "place" else named.basis
        for named in inside:
            if named.entity.country and re.search(
                r"(?<!\w)in\s+(?:the\s+)?$", self.frame.text[max(span.start, named.span.start - 8) : named.span.start].lower()
            ):
                return named.entity.country, "place"
        return None, ""

    def _add(self, person: Figure) -> int:
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
        key, basis = self._resolve(span, text, but)
        self.people[key].mentions.setdefault(span, basis)
        self.spoken.append(key)
        self._lately.pop(key, None)
        self._lately[key] = None
        return key

    def _resolve(self, span: Span, words: str, but: int | None) -> tuple[int, str]:
        """Who the words mean, and on what ground."""
        lowered = words.lower()
        lowered = "they" if _PARTITIVE.fullmatch(lowered) else lowered
        if lowered in PRONOUNS:
            found = self._by_pronoun(PRONOUNS[lowered], span.start, but)
            return (found, "pronoun") if found is not None else (self._add(Figure(words, "unknown", first=span.start)), "words")
        if (head := self._head_person(span)) is not None:
            self._enrich(head, span, words)
            return head, "name"
        if (bare := _words(_HONORIFIC.sub("", words))) and len(bare) <= 3 and bare[0][:1].isupper() and (named := self._named(bare, span.start)) is not None:
            return named, "surname"
        if (state := self._whole_name(span)) is not None:
            return self.of_entity(state.entity, span.start), state.basis
        owned = bool(self.known.inside(span))
        if owned and (holder := self._by_office_held(span, words)) is not None:
            return holder, "office"
        if _DEFINITE.match(words) and (taken := self._by_role(lowered, span.start)) is not None:
            return taken, "title"
        if not owned and (holder := self._by_office_held(span, words)) is not None:
            return holder, "office"
        return self._by_words(span, words), "words"

    def _whole_name(self, span: Span) -> Named | None:
        """The registry's name that these words are, articles aside: "the Kremlin", "Pyongyang", "the official Korean Central News Agency"."""
        text = self.frame.text
        for named in self.known.inside(span):
            before, after = text[span.start : named.span.start], text[named.span.end : span.end]
            lead = re.fullmatch(
                r"(?:(?:the|The|its|a)\s+)?(?:(?:official|state|state-run|state-owned|private|independent|powerful|militant|group|rebel|ruling|\w+-based)\s+)*",
                before,
            )
            if lead is not None and re.fullmatch(r"(?:\s+(?:news agency|agency|newspaper|daily|group|militant group|movement|itself|,))?[\s,]*", after):
                return named if named.how != "demonym" or span.of(text).lower().startswith("the ") else None
        return None

    def of_entity(self, entity: Entity, at: int) -> int:
        """The figure that stands for an entry of the registry; one for each."""
        if (known := self._by_entity.get(entity.key)) is not None:
            return known
        kind: ActorKind = "person" if entity.kind == "person" else "state" if entity.kind == "state" else "organisation"
        key = self._add(Figure(entity.name, kind, first=at, entity=entity, known_by="name", pronoun={"m": "he", "f": "she"}.get(entity.sex or "")))
        self._by_entity[entity.key] = key
        return key

    def _by_office_held(self, span: Span, words: str) -> int | None:
        """ "The Turkish president": the one the article names in that office, else the one who held it on the day of writing."""
        offices, title, _ = offices_of(words)
        if not offices or _INDEFINITE.match(words):
            return None
        of, country = self._owner_in(span)
        if of is None:
            return None
        if (told := self._by_office.get((of, title))) is not None:
            return told
        persons = sorted((k for k, f in enumerate(self.people) if f.kind == "person"), key=lambda k: (k not in self._lately, self.people[k].first > span.start))
        for key in persons:
            if self._has_office(self.people[key], offices, country):
                return key
        held = [h for h in self.known.registry.holders(of, offices, *self.known.days) if _same_title(h, title)]
        holders = {h.person.key: h.person for h in held}
        if len(holders) != 1 or None in self.known.days:
            return None
        key = self.of_entity(next(iter(holders.values())), span.start)
        self.people[key].known_by = "office"
        self.people[key].described |= {w.lower() for w in _PERSONAL.findall(words)}
        self._by_office[of, title] = key
        return key

    def _owner_in(self, span: Span) -> tuple[str | None, str | None]:
        """The key and the country of the state or organisation whose office the words name; without one, for "the president", those of the article."""
        words = span.of(self.frame.text)
        relative = re.search(r",|\s(?:who|which|whose|that|in|at|on|after|before)\s", words)
        inside = self.known.inside(Span(span.start, span.start + relative.start()) if relative else span)
        for named in inside:
            if named.entity.kind in {"state", "organisation"}:
                return named.entity.key, named.entity.country
        if inside or not _DEFINITE.match(words) or any(m.kind in {"place", "organisation"} for m in self._near.over(span) if span.holds(m.span)):
            return None, None
        state = self.known.registry.state(self.known.home or self.known.main_country(0.6))
        return (state.key, state.country) if state else (None, None)

    def _has_office(self, figure: Figure, offices: tuple[Office, ...], country: str | None) -> bool:
        """Does the article call this person by that office, of that state or of none?"""
        for description in figure.descriptions:
            if set(offices) & set(offices_of(description.of(self.frame.text))[0]):
                told = self.country_in(description)[0]
                return told is None or told == country
        return False

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
        if _AGED.search(lowered):
            return self._by_age(at)
        noun = _head_noun(lowered)
        extra = set(re.findall(r"[\w-]+", _DETERMINER.sub("", lowered, count=1).split(" of ")[0])) - _QUALIFYING
        upto = bisect_left(self._introduced, (at, -1))
        mentioned = [key for _, key in reversed(self._introduced[max(0, upto - REMEMBERED) : upto])]
        order = list(dict.fromkeys([*islice(reversed(self._lately), REMEMBERED), *mentioned]))
        if "former" in lowered.split()[:3]:
            order = sorted(order, key=lambda k: not self._has_left(self.people[k]))
        for key in order:
            if noun in self.people[key].described and (len(extra) == 1 or extra & self.people[key].described - {noun} or not (extra - {noun} - _ROLES)):
                return key
        for key in order:
            if noun in _words_lower(self.people[key].name) and self.people[key].kind != "person":
                return key
        if noun in _BODIES and (body := self._latest_body(noun, at)) is not None:
            return body
        if noun == "source":
            lately = islice(reversed(self._lately), REMEMBERED)
            return next((k for k in lately if self.people[k].kind == "unknown" and _person_words(self.people[k].name)), None)
        if noun in _VAGUE and self.spoken and self.people[self.spoken[-1]].kind == "person":
            return self.spoken[-1]
        if noun in _PAPERS and self.spoken:
            return self.spoken[-1]
        return self._marked_before(noun, at)

    def _latest_body(self, noun: str, at: int) -> int | None:
        """ "The company", "the group": the organisation that spoke last, or was named last, unless another noun is known to fit it better."""
        told = sector_of(f"the {noun}")
        for key in islice(reversed(self._lately), REMEMBERED):
            figure = self.people[key]
            if figure.kind == "organisation" and (figure.entity is None or told in {None, "", figure.entity.sector}):
                return key
        upto = bisect_left(self.names, at, key=lambda m: m.span.start)
        for mark in reversed(self.names[max(0, upto - 12) : upto]):
            if mark.kind == "organisation":
                named = self.known.first_at(mark.span.start)
                if named is not None and named.entity.kind == "medium" and told != "JRN":
                    continue
                return self.of_entity(named.entity, at) if named and named.entity.kind != "state" else self._by_words(mark.span, mark.span.of(self.frame.text))
        return None

    def _has_left(self, figure: Figure) -> bool:
        """Is this somebody who once held an office and holds none now?"""
        if figure.entity is not None and figure.entity.tenures:
            return not any(self.known.may_be_day(t.start, t.end) for t in figure.entity.tenures)
        return any(re.search(r"\b(?:former|ex)\b", d.of(self.frame.text), re.I) for d in figure.descriptions)

    def _by_age(self, at: int) -> int | None:
        """ "The 44-year-old": whoever was last named or spoke, if that is a person."""
        upto = bisect_left(self._introduced, (at, -1))
        named = self._introduced[max(0, upto - REMEMBERED) : upto]
        latest = self.spoken[-1] if self.spoken else None
        if latest is not None and self.people[latest].kind == "person":
            return latest
        return named[-1][1] if named else None

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
        canonical = self._canonical(span, bare)
        kind: ActorKind = "unknown"
        if inner and _covers(inner, bare, self.frame.text):
            kind = "organisation" if any(m.kind == "organisation" for m in inner) else "place"
        elif re.match(r"(?:both|two|three|four|five|several|some|many|most)\b|\w+s\b(?!’)", bare.lower()) and _head_noun(words.lower()).endswith("s"):
            kind = "group"
        elif _person_words(words):
            kind = "unknown"
        elif inner and (not _INDEFINITE.match(words) or any(m.kind == "organisation" for m in inner)):
            kind = "organisation"
        if not _INDEFINITE.match(words) and (known := self._others.get(canonical or _bare(words))) is not None:
            return known
        described = {w.lower() for w in _PERSONAL.findall(words)}
        figure = Figure(
            bare.strip(), kind, described=described, first=span.start, descriptions=[span], count=count_of(words) if kind in {"group", "unknown"} else None
        )
        key = self._add(figure)
        if canonical:
            self._others.setdefault(canonical, key)
        if re.match(r"spokes", _head_noun(words.lower())):
            figure.speaks_for = self._body_of(span)
        return key

    def _canonical(self, span: Span, bare: str) -> str | None:
        """ "Iran’s foreign ministry", "the Iranian Foreign Ministry" and "the foreign ministry of Iran" are one body."""
        states = [n for n in self.known.inside(span) if n.entity.kind == "state"]
        if len(states) != 1:
            return None
        rest = self.frame.text[span.start : states[0].span.start] + " " + self.frame.text[states[0].span.end : span.end]
        left = [w for w in re.findall(r"[\w-]+", rest.lower()) if w not in {"the", "of", "s", "a"}]
        return f"{states[0].entity.country} {' '.join(left)}" if left else None

    def _body_of(self, span: Span) -> int | None:
        """The body for which a spokesperson speaks: a name after *for* or before the noun."""
        named = [n for n in self.known.inside(span) if n.entity.kind != "state" or n.how != "demonym"]
        if named:
            return self.of_entity(named[0].entity, named[0].span.start)
        inside = [m for m in self._near.over(span) if m.kind == "organisation" and span.holds(m.span)]
        if not inside:
            return None
        return self._by_words(inside[0].span, inside[0].span.of(self.frame.text))

    def of_relay(self, words: str, at: int) -> int:
        """Who a hand is that passes words on: known by its own name, whatever stands before it."""
        name = _DETERMINER.sub("", words, count=1).strip()
        if (known := self._others.get(name.lower())) is not None:
            return known
        if (entity := self._medium(name)) is not None:
            key = self.of_entity(entity, at)
            self._others.setdefault(name.lower(), key)
            return key
        for key in islice(reversed(self._others.values()), REMEMBERED):
            if _ends_with(name, self.people[key].name) or _ends_with(self.people[key].name, name):
                self._others.setdefault(name.lower(), key)
                return key
        return self._add(Figure(name, "organisation", first=at))

    def _medium(self, name: str) -> Entity | None:
        """The medium of the registry that a relay's words name, small words before and after aside; of several the one whose state the article speaks of."""
        words = name.split()
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                fits = [
                    s.entity for s in self.known.registry.senses(" ".join(words[first : first + length])) if s.entity.kind in {"medium", "organisation", "body"}
                ]
                if fits:
                    return max(fits, key=lambda e: (e.kind == "medium", self.known.weights.get(e.country or "", 0.0)))
        return None

    def named(self) -> list[int]:
        """Keys of all whom the article names as somebody who can act, whether they speak or not, in order of the text."""
        for named in self.known.all:
            if named.use != "part" and (named.use == "actor" or named.entity.key in self._by_entity or named.how == "demonym"):
                self.people[self.of_entity(named.entity, named.span.start)].mentions.setdefault(named.span, named.basis)
        return sorted((k for k, f in enumerate(self.people) if f.kind == "person" or f.entity is not None), key=lambda k: self.people[k].first)

    # -- links that come later -----------------------------------------------------------------------------

    def is_unnamed(self, key: int) -> bool:
        """One person who goes by a role alone: "a North Korean official", "the country’s president"."""
        name = self.people[key].name
        return self.people[key].kind == "unknown" and _person_words(name) and not _head_noun(name.lower()).endswith("s")

    def merge(self, unnamed: int, key: int) -> None:
        """Let one whom the article named only by a role be somebody it names elsewhere: all that was said of the one holds for the other."""
        one, other = self.people[unnamed], self.people[key]
        other.descriptions += [span for span in one.descriptions if span not in other.descriptions]
        other.described |= one.described
        other.mentions |= {span: "description" if basis == "words" else basis for span, basis in one.mentions.items()}
        other.speaks_for = other.speaks_for if other.speaks_for is not None else one.speaks_for
        self._others |= {words: key for words, known in self._others.items() if known == unnamed}

    def may_be(self, unnamed: int, person: int) -> bool:
        """Could the role be this person's, by what the article says of both?"""
        noun = _head_noun(self.people[unnamed].name.lower())
        described = self.people[person].described
        return self.people[person].kind == "person" and (not described or noun in _VAGUE or noun in described)


def _same_title(held: Held, asked: str) -> bool:
    """Is the holder's title what was asked for, or one for the same office? "King" is no "president"; "premier" is a prime minister."""
    title = held.tenure.title.lower()
    if held.tenure.office in {"head_of_state", "head", "legislator"}:
        return re.split(r"[\s-]", asked)[-1] in title or asked in {"head of state", "monarch", "chief", "head"}
    return True


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

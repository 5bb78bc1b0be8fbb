"""The cast of one article: everybody it names, gathered before anybody speaks, and recognised where the registry knows them.

Takes   the frame, the names that were marked, the registry's names in the text.
Gives   `Cast`: figures by key, found again by name.
Needs   roles.toml.
Limits  one article at a time; two persons of one surname are told apart by full names and titles only.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from sayso.records import ActorKind, Mark, Span
from sayso.relate.beside import after_name, before_name, party_label
from sayso.relate.describe import is_person, names_body, sector_of
from sayso.relate.frame import Frame, Near
from sayso.relate.names import WEIGHTS, Named, Names
from sayso.relate.registry import Entity
from sayso.relate.registry.fold import folded, words

DETERMINER = re.compile(
    r"^(?:(?:one|some|several|two|three|both|many|most)\s+of\s+)?(?:the|this|that|these|those|his|her|its|their|a|an|one|another|some|several|two|three|both|many|most)\s+",
    re.I,
)
HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady|Lord|Gen|Col|Maj|Capt|Prof|Sen|Gov|Hon)\.?\s+")
_ROLES = tomllib.loads(Path(__file__).with_name("roles.toml").read_text(encoding="utf-8"))
_GIVEN = {name: set(words) for name, words in _ROLES.items() if name != "taken_up"}
TAKEN_UP = {noun: frozenset({noun, *others}) for noun, others in _ROLES["taken_up"].items()}
ROLES, VAGUE, PAPERS, BODIES = (_GIVEN[name] for name in ("roles", "vague", "papers", "bodies"))
PERSONAL = re.compile(r"(?<!\w)(?:" + "|".join(sorted(ROLES, key=len, reverse=True)) + r")(?!\w)", re.I)
_KIN = re.compile(r"(?<!\w)(?:wife|husband|widow|son|daughter|brother|sister|mother|father|stepson|nephew|niece)(?!\w)", re.I)
_SIDE = r"(?:the\s+)?(?:(?:north|south|east|west|central)[\w-]*\s+)?"  # "in eastern Chad"
_BODY_BEFORE = re.compile(rf"(?<!\w)(?:the|a|an)\s+(?:[\w-]+\s+){{0,3}}(?:{'|'.join(sorted(BODIES))}|maker)\s+$", re.I)  # "the aid group Clear Water"
_APPOSED = re.compile(r",\s(who(?=\s)|(?=(?:an?|the)\s))([^,.;\n“”\"]{0,90})")
_UNNAMED = re.compile(r"anonym|(?:not|nor|refused|declined|without)\s(?:\w+\s){0,3}?(?:named|identified|quoted|naming|name|identity)(?!\w)", re.I)
_TITLES = {"sen": "senator", "rep": "representative", "gov": "governor", "lt gov": "governor", "gen": "general", "sec": "secretary"}
_NO_GIVEN_NAMES = frozenset(
    {
        "mr",
        "mrs",
        "ms",
        "miss",
        "sen",
        "rep",
        "gov",
        "gen",
        "dr",
        "sir",
        "lady",
        "lord",
        "the",
        "but",
        "and",
        "when",
        "if",
        "as",
        "in",
        "on",
        "for",
        "with",
        "to",
        "said",
        "while",
        "after",
        "since",
        "that",
        "yet",
        "both",
        "former",
        "late",
        "democrat",
        "republican",
        "donald",
        "crooked",
    }
)
_PRONOUNS = {"m": "he", "f": "she"}
_KNOWN = frozenset({"vice_president", "foreign_minister", "defence_minister"})
_HIGH = frozenset({"head_of_state", "head_of_government", "leader", "head"})
_PUBLIC = frozenset({"GOV", "LEG", "MIL", "ELI", "PTY", "OPP", "REB", "UAF", "IGO", "UNO", "EUR", "JUD", "REL", "SPY"})


@dataclass(slots=True)
class Figure:
    """Somebody or something that the article speaks of, as it builds it up.

    described     nouns by which it may be taken up again.
    descriptions  the words that say what it is, each for actors.py to read.
    mentions      where it is named, and on what ground those words were taken to mean it.
    entity        who it is in the registry, and `known_by` how that was found.
    speaks_for    key of the body whose spokesperson this is; belongs_to: of the one whose it is ("its navy").
    takes_part    in an event: then it is of some state that the article speaks of unless the words say otherwise.
    faces         keys of those on the other side of such events, with type and mode of each ("COERCE.seize"); told_by: key of whoever tells of them.
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
    belongs_to: int | None = None
    takes_part: bool = False
    faces: list[tuple[int, str]] = field(default_factory=list)
    told_by: int | None = None


class Cast:
    """The figures of one article."""

    def __init__(self, frame: Frame, marks: Sequence[Mark], names: Names) -> None:
        self.frame, self.known = frame, names
        self._surnames = {words_of(name)[-1] for m in marks if m.kind == "person" and " " in (name := m.span.of(frame.text)).strip(" ,.")}
        sources = {m.span.start for m in marks if m.kind == "source"}
        self.names = [self._as_meant(m, speaks=m.span.start in sources) for m in marks if m.kind in {"person", "organisation", "place", "office"}]
        self.people: list[Figure] = []
        self._introduced: list[tuple[int, int]] = []  # (where, key) of every mention of a person, in order
        self._mentions: dict[int, list[int]] = defaultdict(list)  # the same by key
        self._by_word: dict[str, set[int]] = defaultdict(set)  # keys of persons by the words of their names
        self._near = Near(self.names, lambda mark: mark.span)
        self._others: dict[str, int] = {}  # whoever is no person, by bare name
        self._by_entity: dict[str, int] = {}
        self._merged: dict[int, int] = {}
        self._introduce()
        self._recognise()

    def _as_meant(self, mark: Mark, *, speaks: bool) -> Mark:
        """A mark that is of another kind, by its name or by what stands beside it.

        "Tully Metals" is no person; nobody's surname is a place, nor is the surname of a president, nor "Ana Roca, an exporter in Lima," who says something.
        """
        name = mark.span.of(self.frame.text)
        if mark.kind == "person" and (names_body(name) or _BODY_BEFORE.search(self.frame.text, max(0, mark.span.start - 60), mark.span.start)):
            return replace(mark, kind="organisation")
        if mark.kind == "place" and speaks and not self.known.over(mark.span):
            apposed = _APPOSED.match(self.frame.text, mark.span.end)
            if name in self._surnames or (apposed and (apposed[1] == "who" or is_person(apposed[2]))):
                return replace(mark, kind="person")
        if mark.kind == "place" and name.isalpha() and not self.known.over(mark.span):
            figure = Figure(name, "person", first=mark.span.start)
            if any(self._fit(figure, entity, alone=True) > 0 for entity in self.known.registry.persons(name)):
                return replace(mark, kind="person")
        return mark

    def _introduce(self) -> None:
        """Gather the persons of the article: full names first, then what shares a word with them."""
        persons = [m for m in self._persons() if not self._is_another_name(m.span)]
        for mark in persons:
            words = words_of(mark.span.of(self.frame.text))
            if len(words) > 1 and self._named(words, mark.span.start, whole=True) is None:
                self._add(Figure(" ".join(words), "person", first=mark.span.start))
        for mark in sorted(persons, key=lambda m: " " not in m.span.of(self.frame.text)):
            words = words_of(mark.span.of(self.frame.text))
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

    def _persons(self) -> list[Mark]:
        """Marks of persons, with those put together that only an initial or a nickname's quotation marks part: "Robert C. “Bobby” Scott"."""
        joined: list[Mark] = []
        for mark in (m for m in self.names if m.kind == "person"):
            if joined and re.fullmatch(r"\.?\s?[“”\"‘’']?\s?", gap := self.frame.text[joined[-1].span.end : mark.span.start]) and gap and "\n" not in gap:
                joined[-1] = replace(joined[-1], span=Span(joined[-1].span.start, mark.span.end))
            else:
                joined.append(mark)
        return joined

    def _is_another_name(self, span: Span) -> bool:
        """Was a state or a company taken for a person by the model?"""
        alone = " " not in span.of(self.frame.text).strip()
        return any((n.span.holds(span) if alone else n.span == span) and n.how != "place" for n in self.known.over(span))

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
            if now and any(self._spoken_of(t.of) or t.office in _HIGH for t in now):
                fits[entity.key] = entity
        return self.of_entity(next(iter(fits.values())), span.start) if len(fits) == 1 else None

    def _describe(self, key: int, span: Span) -> None:
        """Take up the office that stands beside a name, before it or in apposition after it."""
        text = self.frame.text
        for mark in self._near.over(Span(max(0, span.start - 16), span.end + 16)):
            if mark.kind != "office":
                continue
            gap = text[mark.span.end : span.start] if mark.span.end <= span.start else text[span.end : mark.span.start]
            if mark.span.start >= span.end and not re.match(r"\s*[,(]", gap):
                continue  # "Clinton spokesman Jesse Lehrich": the office is the next one's
            if mark.span.overlap(span) or len(gap) > 14 or not re.fullmatch(r"[\s,]*(?:(?:the|its|a|who is|then|of)\s)?[\s,]*", gap):
                continue
            words = mark.span.of(text)
            self.people[key].office = self.people[key].office or words
            self.people[key].described |= {w.lower() for w in words_of(words)} - {"state", "the", "of", "for", "and"}
        before = text[max(0, span.start - 60) : span.start]
        if close := re.search(r"((?:[\w’'-]++\s++){1,6}+)$", before):
            self.people[key].described |= {w.lower() for w in close[1].split() if w.lower() in ROLES}
        self.people[key].american |= party_label(self.frame, span)
        for beside in (before_name(self.frame, span, self._near), after_name(self.frame, span)):
            if beside is not None and beside not in self.people[key].descriptions:
                self.people[key].descriptions.append(beside)

    def _recognise(self) -> None:
        """Find the persons of the article in the registry, by name, by what the article says of them, and by its day."""
        for key, figure in enumerate(self.people):
            words = words_of(figure.name)
            bare = HONORIFIC.sub("", figure.name)
            alone = len(words) == 1
            figure.pronoun = figure.pronoun or self._sex_said(key)
            fits = [(fit, entity) for entity in self.known.registry.persons(bare) if (fit := self._fit(figure, entity, alone=alone)) > 0]
            if not fits:
                fits = [(fit, e) for e in self.known.registry.persons_that_sound(bare) if (fit := self._fit(figure, e, alone=alone, sounds=True)) > 0]
            # One person under two states or organisations is meant as whoever held office last.
            fits.sort(key=lambda fit: (-fit[0], -max(t.end for t in fit[1].tenures).toordinal()))
            if fits and (len(fits) == 1 or fits[0][0] > fits[1][0] or fits[0][1].name == fits[1][1].name):
                figure.entity, figure.known_by = fits[0][1], "surname" if alone else "name"
                figure.pronoun = figure.pronoun or _PRONOUNS.get(figure.entity.sex or "")
                self._by_entity.setdefault(figure.entity.key, key)
                for tenure in figure.entity.tenures:
                    if self.known.may_be_day(tenure.start, date.max):
                        figure.described |= {w.lower() for w in tenure.title.split() if w.lower() in ROLES}
                        self.known.spoken_of(tenure.of)

    def _fit(self, figure: Figure, entity: Entity, *, alone: bool, sounds: bool = False) -> float:
        """How well a person of the registry fits one of the article; 0 or less when it must not be taken for him.

        alone   only the surname is known, so that the words around it, or a high office on that day, have to say more.
        sounds  the name is only spelled alike, so that the office has to be held on that day, too.
        """
        names = self.known
        if names.days[1] is not None and all(t.start > names.days[1] for t in entity.tenures) and not alone and not figure.descriptions:
            return 0.0
        if alone and self._has_namesake(figure, entity):
            return 0.0
        if figure.pronoun and entity.sex and figure.pronoun != _PRONOUNS[entity.sex]:
            return 0.0
        of = {t.of for t in entity.tenures}
        countries = {e.country for key in of if (e := names.registry.entities.get(key)) and e.country}
        told = {c for span in figure.descriptions if (c := self.country_in(span)[0])}
        if told and countries and not told & countries and not any(self._spoken_of(key) for key in of):
            return 0.0
        sectors = {s for span in figure.descriptions if not re.search(r"(?<!\w)former(?!\w)", words := span.of(self.frame.text)) and (s := sector_of(words))}
        if sectors and not sectors & _PUBLIC:
            return 0.0
        now = [t for t in entity.tenures if names.may_be_day(t.start, t.end)]
        high = any(t.office in _HIGH for t in now)
        matched = bool(told & countries) or (figure.american and "USA" in countries)
        spoken_of = any(names.weights.get(c or "", 0.0) > 0 for c in countries) or any(self._spoken_of(key) for key in of)
        if sounds and not (now and (matched or high) and spoken_of):
            return 0.0
        known = high or any(t.office in _KNOWN for t in now)
        titled = any(self._is_titled(figure, t.title) for t in now)
        own = alone and any(folded(name) == folded(figure.name) for name, _ in entity.aliases)  # a name that is used alone: "Prachanda"
        if alone and not (own and spoken_of) and not (now and spoken_of and (known or titled or (matched and sectors & {"GOV"}))):
            return 0.0
        if not (matched or spoken_of or ((high or titled) and not alone)):
            return 0.0
        return 1.0 + 3 * matched + 2 * bool(now) + high + spoken_of

    def _has_namesake(self, figure: Figure, entity: Entity) -> bool:
        """Does the article use this surname in a longer name that is not the registry's: "Robert “Bobby” Scott" where that has a Tim Scott?"""
        surname = words_of(figure.name)[-1]
        known = {w for name, _ in entity.aliases for w in words(name)}
        for match in re.finditer(rf"([A-Z][\w’'-]+)[”\"’'.]*\s+{re.escape(surname)}(?!\w)", self.frame.text):
            given = folded(match[1])
            if self.frame.sentence_at(match.start()).end < match.end():
                continue  # "He flew to Moscow. Putin waited."
            if given not in known and given not in _NO_GIVEN_NAMES and given not in ROLES and given not in entity.family:
                return True
        return False

    def _is_titled(self, figure: Figure, title: str) -> bool:
        """Does the article call this person by that title, short or in full: "Sen." for a senator?"""
        last = title.rsplit(maxsplit=1)[-1].lower()
        said = {w.lower().strip(".,") for d in figure.descriptions for w in d.of(self.frame.text).split()}
        return last in said or any(_TITLES.get(w) == last for w in said)

    def _spoken_of(self, key: str) -> bool:
        return key in self.known.keys

    def marks_over(self, span: Span) -> list[Mark]:
        return self._near.over(span)

    def country_in(self, span: Span) -> tuple[str | None, str]:
        """The state that a description names as the one to whom somebody belongs, and the ground: "a South Korean official", "Iran’s envoy to the UN"."""
        inside = self.known.inside(span)
        # "Medina Hospital" may be a hospital of anywhere.
        inside = [n for n in inside if not (n.use == "part" and n.how == "place" and self.known.weights[n.entity.country or ""] < WEIGHTS["capital"])]
        parts = {n.entity.country for n in inside if n.use == "part"}
        inside = [n for n in inside if n.use != "part" or len(parts) == 1]  # "Iraq and Afghanistan Veterans of America" belong to neither
        if len(inside) > 1 and self._are_two(inside[0], inside[1]):
            return None, ""
        for named in inside:
            before = self.frame.text[max(span.start, named.span.start - 24) : named.span.start].lower()
            if named.how == "demonym" and re.search(r"(?<!\w)ethnic\s+$", before):
                continue  # "ethnic Albanians" are those of another state
            if named.entity.country and not re.search(rf"(?<!\w)(?:to|on|against|about|with|near|over|in|by|toward)\s+{_SIDE}$", before):
                return named.entity.country, "affiliation" if named.entity.kind != "state" or named.how == "place" else named.basis
        for named in inside:
            if named.entity.country and re.search(
                rf"(?<!\w)in\s+{_SIDE}$", self.frame.text[max(span.start, named.span.start - 24) : named.span.start].lower()
            ):
                return named.entity.country, "place"
        return None, ""

    def _are_two(self, one: Named, other: Named) -> bool:
        """ "France and Germany" are no one state's."""
        states = one.entity.kind == other.entity.kind == "state" and one.entity.country != other.entity.country
        return states and bool(re.fullmatch(r"\s*(?:,|and|or|&|-|–)\s*(?:the\s+)?", self.frame.text[one.span.end : other.span.start]))

    def _add(self, person: Figure) -> int:
        self.people.append(person)
        key = len(self.people) - 1
        if person.kind == "person":
            for word in words_of(person.name):
                self._by_word[word.lower()].add(key)
        else:
            self._others.setdefault(bare(person.name), key)
        return key

    def _named(self, words: list[str], at: int, *, whole: bool = False) -> int | None:
        """Who these words of a name are: the same name, or one that holds them; the one mentioned last before `at` among several."""
        lowered = [w.lower() for w in words]
        fits = []
        for key in sorted(set().union(*(self._by_word.get(w, set()) for w in lowered))):
            theirs = [w.lower() for w in words_of(self.people[key].name)]
            if lowered == theirs or (not whole and set(lowered) <= set(theirs)) or (len(lowered) > 1 and set(theirs) < set(lowered)):
                fits.append(key)
        if not fits:
            return None
        if sex := self._sex_before(at):
            fits = [
                k for k in fits if self.people[k].pronoun in {None, sex} and not (sex == "she" and self.people[k].pronoun is None and len(fits) > 1)
            ] or fits
        # A surname alone is seldom the wife's or the son's, of whom news speaks by first names.
        best = max(fits, key=lambda k: (len(lowered) > 1 or not self._is_kin(k), self._last_mention(k, at), -self.people[k].first))
        if len(lowered) > len(words_of(self.people[best].name)):
            self.people[best].name = " ".join(words)
            for word in lowered:
                self._by_word[word].add(best)
        return best

    def _sex_before(self, at: int) -> str | None:
        """What the honorific before a name says: "Mrs. Clinton" is she."""
        title = re.search(r"(?<!\w)(Mr|Mrs|Ms|Miss)\.?\s*$", self.frame.text[max(0, at - 6) : at])
        return None if title is None else "he" if title[1] == "Mr" else "she"

    def _sex_said(self, key: int) -> str | None:
        """What the honorifics before a person's names say, where they agree."""
        said = {sex for at in self._mentions[key] if (sex := self._sex_before(at))}
        return said.pop() if len(said) == 1 else None

    def _is_kin(self, key: int) -> bool:
        """Is this somebody whom the article introduces as another's relative?"""
        text, first = self.frame.text, self.people[key].first
        return bool(_KIN.search(text[max(0, first - 24) : first + len(self.people[key].name) + 30]))

    def _last_mention(self, key: int, at: int) -> int:
        """Where the person was named last, up to `at`; -1 before the first time."""
        known = self._mentions[key]
        before = bisect_right(known, at)
        return known[before - 1] if before else -1

    def of_entity(self, entity: Entity, at: int) -> int:
        """The figure that stands for an entry of the registry; one for each."""
        if (known := self._by_entity.get(entity.key)) is not None:
            return known
        kind: ActorKind = "person" if entity.kind == "person" else "state" if entity.kind == "state" else "organisation"
        key = self._add(Figure(entity.name, kind, first=at, entity=entity, known_by="name", pronoun=_PRONOUNS.get(entity.sex or "")))
        self._by_entity[entity.key] = key
        return key

    def named(self) -> list[int]:
        """Keys of all whom the article names as somebody who can act, whether they speak or not, in order of the text."""
        for named in self.known.all:
            somewhere = named.use == "place" and (named.how in {"capital", "seat", "place"} or named.entity.key not in self._by_entity)
            if named.how != "place" and named.use in {"actor", "place"} and not somewhere:
                self.people[self.of_entity(named.entity, named.span.start)].mentions.setdefault(named.span, named.basis)
        return sorted((k for k, f in enumerate(self.people) if f.kind == "person" or f.entity is not None), key=lambda k: self.people[k].first)

    def is_unnamed(self, key: int) -> bool:
        """One person who goes by a role alone: "a North Korean official", "the country’s president"."""
        name = self.people[key].name
        return self.people[key].kind == "unknown" and is_personal(name) and not head_noun(name.lower()).endswith("s")

    def now(self, key: int) -> int:
        """The key under which a figure goes by now, if it was merged into another."""
        while key in self._merged:
            key = self._merged[key]
        return key

    def _contradict(self, one: Figure, other: Figure, *, sectors_too: bool) -> bool:
        """Do the words say two states, or two sectors, of them?"""
        text = self.frame.text
        told = [[self.country_in(d) for d in f.descriptions] for f in (one, other)]
        states = [{country for country, basis in given if country and basis != "place"} for given in told]
        if other.entity is not None and (country := other.entity.country or self.known.country_of(other.entity.part_of or "")):
            states[1].add(country)
        sectors = [{s for d in f.descriptions if (s := sector_of(d.of(text)))} for f in (one, other)]
        return any(a and b and not a & b for a, b in ((states, sectors) if sectors_too else (states,)))

    def merge(self, unnamed: int, key: int) -> None:
        """Let one whom the article named only by a role be somebody it names elsewhere: all that was said of the one holds for the other."""
        one, other = self.people[unnamed], self.people[key]
        other.descriptions += [span for span in one.descriptions if span not in other.descriptions]
        other.described |= one.described
        other.mentions |= {span: "description" if basis == "words" else basis for span, basis in one.mentions.items()}
        other.speaks_for = other.speaks_for if other.speaks_for is not None else one.speaks_for
        if key != unnamed and self.now(key) != unnamed:
            self._merged[unnamed] = key
        self._others |= {words: key for words, known in self._others.items() if known == unnamed}

    def may_be(self, unnamed: int, person: int) -> bool:
        """Could the role be this person's, by what the article says of both? A president is no mere official, and nobody's spokesman but by that name."""
        one, other = self.people[unnamed], self.people[person]
        noun = head_noun(one.name.lower())
        if _UNNAMED.search(self.frame.sentence_at(one.first).of(self.frame.text)):
            return False
        if self._contradict(self.people[unnamed], other, sectors_too=noun in VAGUE):
            return False
        if other.kind != "person" or (
            other.entity is not None and any(t.office in _HIGH and self.known.may_be_day(t.start, t.end) for t in other.entity.tenures)
        ):
            return other.kind == "person" and (noun == "leader" or noun in other.described)
        if noun.startswith("spokes"):
            return not other.described or any(d.startswith("spokes") for d in other.described)
        return not other.described or noun in VAGUE or noun in other.described


def words_of(name: str) -> list[str]:
    return re.sub(r"[’']s$", "", name.strip(" ,.")).split()


def bare(words: str) -> str:
    return DETERMINER.sub("", words, count=1).lower()


@lru_cache(4096)
def is_personal(words: str) -> bool:
    if head_noun(words.lower()) in BODIES:
        return False
    return is_person(words) or bool(PERSONAL.search(re.split(r"\b(?:for|from|of|in|at|with)\b", words, maxsplit=1)[0]))


def head_noun(lowered: str) -> str:
    """The noun a phrase is about: the last word before a comma, a preposition or a relative."""
    phrase = re.split(r",|\b(?:of|for|from|in|at|on|with|who|whose|which|that|to)\b", DETERMINER.sub("", lowered, count=1), maxsplit=1)[0]
    words = re.findall(r"[\w-]+", phrase)
    return words[-1] if words else ""

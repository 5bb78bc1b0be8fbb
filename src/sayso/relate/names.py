"""Names of the registry in one article: which of several meanings is meant, and whether the name acts or is only a place.

Takes   the frame, the marks of the model, the registry, the days on which the article can have been written.
Gives   `Named`: every state, body, organisation and medium that the text names, and the weight of every state in it.
Needs   sectors.toml for the words around a name.
Limits  persons are speakers.py's; a shared name ("Korean") without evidence for either meaning is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sayso.records import Mark, Span
from sayso.relate.describe import USES
from sayso.relate.frame import Frame, Near
from sayso.relate.registry import Entity, Registry
from sayso.relate.registry.fold import tokens
from sayso.relate.registry.index import Hit, Sense

Use = Literal["actor", "place", "part", "modifier"]
WEIGHTS = {"name": 3.0, "demonym": 3.0, "capital": 2.0, "seat": 2.5, "place": 1.0, "shared": 0.0}
_BEFORE = re.compile(r"([\w’'-]+)\s+(?:(?:the|its|eastern|western|northern|southern|central|neighbouring|neighboring|nearby)\s+)*$")
_TOWN_OF = re.compile(r"(?:city|town|port|suburb) of $")
_AFTER = re.compile(r"(?:[’']s?)?[\s-]+([\w-]+)(?:\s+([\w-]+))?")


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text and who bears it.

    how  name, demonym, capital, seat, place or shared: by which kind of name.
    use  actor: it acts, or is acted upon; place: something is there; modifier: it says of what state something is; part: it is inside a longer name.
    """

    span: Span
    entity: Entity
    how: str
    use: Use

    @property
    def basis(self) -> str:
        """How the words lead to the one they name."""
        if self.entity.kind == "state":
            return {"capital": "metonym", "place": "place", "shared": "article"}.get(self.how, self.how)
        return {"seat": "metonym", "shared": "article"}.get(self.how, "name")


class Names:
    """The registry's names in one article."""

    def __init__(self, frame: Frame, marks: Sequence[Mark], registry: Registry, days: tuple[date | None, date | None], dateline: str | None = None) -> None:
        self.frame, self.registry, self.days = frame, registry, days
        self._first, self._last = days
        self._marks = Near([m for m in marks if m.kind in {"person", "organisation", "place"}], lambda mark: mark.span)
        self._parts_of_persons = _parts_of_persons(frame.text, marks)
        hits = registry.hits(frame.text, tokens(frame.text))
        self.weights: defaultdict[str, float] = defaultdict(float)
        self._spoken: defaultdict[str, float] = defaultdict(float)  # the same by key, for what belongs to no state
        self.home = self._home(dateline)
        self._weigh(hits)
        self.all = [named for hit in hits if (named := self._named(hit)) is not None]
        self.keys = frozenset(named.entity.key for named in self.all)
        for named in self.all:
            if named.use == "place" and named.entity.country:
                self.weights[named.entity.country] -= WEIGHTS[named.how] / 2  # where something happens says less than who does it
        self._near = Near(self.all, lambda named: named.span)

    def over(self, span: Span) -> list[Named]:
        """What shares a code point with `span`, in order."""
        return self._near.over(span)

    def inside(self, span: Span) -> list[Named]:
        return [n for n in self._near.over(span) if span.holds(n.span)]

    def without(self, span: Span) -> str:
        """The words of `span`, of whose longer names the last word alone is left: "The                    Straits chief". Places stay."""
        words = span.of(self.frame.text)
        for named in self.inside(span):
            name = named.span.of(self.frame.text)
            at = named.span.start - span.start
            words = words[:at] + name.split()[-1].rjust(len(name)) + words[at + len(name) :]
        return words

    def first_at(self, start: int) -> Named | None:
        """The name that begins at `start`."""
        at = bisect_left(self.all, start, key=lambda n: n.span.start)
        return self.all[at] if at < len(self.all) and self.all[at].span.start == start else None

    @property
    def home_spoken_of(self) -> str | None:
        """The state from which the article was filed, when the article itself speaks of it."""
        return self.home if self.home and self.weights[self.home] > WEIGHTS["capital"] else None

    def is_state(self, key: str) -> bool:
        entity = self.registry.entities.get(key)
        return entity is not None and entity.kind == "state"

    def country_of(self, key: str) -> str | None:
        entity = self.registry.entities.get(key)
        return entity.country if entity else None

    def spoken_of(self, key: str) -> None:
        """Count a person of this state or organisation, whom the article names, for the state."""
        entity = self.registry.entities.get(key)
        if entity is not None and entity.country:
            self.weights[entity.country] += WEIGHTS["capital"]

    def main_country(self, share: float = 0.5) -> str | None:
        """The one state that the article speaks of most, when it has at least this share of what is said of states."""
        total, most = sum(self.weights.values()), max(self.weights.values(), default=0.0)
        top = [country for country, weight in self.weights.items() if weight == most]
        return top[0] if len(top) == 1 and total and most >= share * total else None

    @property
    def first_country(self) -> str | None:
        """The state of which the article speaks first."""
        return next((n.entity.country for n in self.all if n.entity.country and n.entity.kind != "medium" and n.use != "part"), None)

    # -- which one -------------------------------------------------------------------------------------------------

    def _home(self, dateline: str | None) -> str | None:
        """The state from which the article was filed."""
        for part in reversed((dateline or "").split(",")):  # "SFAX, Tunisia"
            countries = {s.entity.country for s in self.registry.senses(part.strip().title()) if s.entity.kind == "state"}
            if countries:
                return countries.pop() if len(countries) == 1 else None
        return None

    def _weigh(self, hits: Sequence[Hit]) -> None:
        """How much the article speaks of each state, by the names that can mean no other."""
        if self.home:
            self.weights[self.home] += WEIGHTS["capital"]
        for senses in (hit.senses for hit in hits):
            if len(senses) == 1 and senses[0].how != "shared":
                for key in filter(None, (senses[0].entity.key, senses[0].entity.part_of)):
                    self._spoken[key] += WEIGHTS["name"]
            # An agency of London that is named as the source makes no story one of Britain.
            countries = {s.entity.country for s in senses if s.entity.country and s.entity.kind != "medium"}
            if len(countries) == 1 and not any(s.how in {"shared", "seat"} for s in senses):
                self.weights[countries.pop() or ""] += max(WEIGHTS[s.how] for s in senses)

    def _named(self, hit: Hit) -> Named | None:
        span = Span(hit.start, hit.end)
        if self._is_a_person(span):
            return None
        sense = self._meant(hit)
        if sense is None:
            return None
        if sense.how == "place" and any(m.kind == "person" for m in self._marks.over(span)):
            return None
        return Named(span, sense.entity, sense.how, self._use(span, sense))

    def _meant(self, hit: Hit) -> Sense | None:
        """The meaning that the day allows and the article speaks for; None when nothing decides."""
        fits = [s for s in hit.senses if self.may_be_day(s.entity.since, s.entity.until)]
        fits = fits or [s for s in hit.senses if s.entity.kind == "state"]
        if not fits:
            return None
        if len(fits) == 1 and fits[0].how != "shared":
            return fits[0]
        if fits[0].entity.kind == "medium" and all(s.entity.kind == "medium" for s in fits):
            return None if any(s.how == "shared" for s in fits) else fits[0]  # told apart by the words of handing on: chain.py
        owner = self._owner_before(hit)

        marked = any(m.kind == "organisation" and m.span.overlap(Span(hit.start, hit.end)) for m in self._marks.over(Span(hit.start, hit.end)))

        def weight(sense: Sense) -> float:
            country = sense.entity.country or ""
            if marked and not country and sense.entity.kind == "organisation" and sense.how == "shared":
                return 1.0 + self._spoken[sense.entity.key]
            return (
                (1000.0 if owner and country == owner else 0.0)
                + (self.weights.get(country, 0.0) if country else self._spoken[sense.entity.key])
                + WEIGHTS[sense.how]
            )

        ranked = sorted(fits, key=weight, reverse=True)
        best = ranked[0]
        if weight(best) <= 0 or (len(ranked) > 1 and weight(ranked[1]) == weight(best) and ranked[1].entity.country != best.entity.country):
            return None
        return best if best.how != "shared" or weight(best) > 0 else None

    def _owner_before(self, hit: Hit) -> str | None:
        """The state right before a body's name: "South Korea’s National Assembly", "the Polish Senate"."""
        before = self.frame.text[max(0, hit.start - 40) : hit.start]
        match = re.search(r"((?:[A-Z][\w.]*[\s-])?[A-Z][\w.]*)(?:[’']s?)?\s+(?:[a-z-]+\s)?$", before)
        for words in (match[1], match[1].split()[-1]) if match else ():
            if (senses := self.registry.senses(words)) and senses[0].entity.kind == "state" and senses[0].how != "shared":
                return senses[0].entity.country
        return None

    def may_be_day(self, since: date, until: date) -> bool:
        """Can the day of writing lie in this time?"""
        return (self._last is None or since <= self._last) and (self._first is None or self._first <= until)

    def _is_a_person(self, span: Span) -> bool:
        """Is this "Jordan" the Michael Jordan of the article?"""
        inside = [m for m in self._marks.over(span) if m.kind == "person" and m.span.holds(span)]
        return any(m.span != span or span.of(self.frame.text) in self._parts_of_persons for m in inside)

    # -- how it stands ---------------------------------------------------------------------------------------------

    def _use(self, span: Span, sense: Sense) -> Use:
        text = self.frame.text
        if any(m.span.holds(span) and _longer(text, m.span, span) and not self._joins_states(m.span) for m in self._marks.over(span) if m.kind != "person"):
            return "part"
        before = _BEFORE.search(text, max(0, span.start - 48), span.start)
        word = before[1].lower() if before else ""
        if sense.how == "demonym" or (sense.how == "shared" and sense.entity.kind == "state"):
            after = _AFTER.match(text, span.end)
            if not after or (text[span.end - 1] == "s" and sense.entity.name[-1:] != "s"):
                # "The Russians" are Russia where they act; "Russians" are people.
                return "actor" if text[max(0, span.start - 4) : span.start].lower() == "the " else "modifier"
            if re.match(r"[\s-]+Americans?\b", text[span.end : span.end + 12]):
                return "part"
            return "actor" if {(after[1] or "").lower(), (after[2] or "").lower()} & USES["actors"] or "-" in text[span.end : span.end + 1] else "modifier"
        if word in USES["inside"] or (sense.how == "place" and sense.entity.kind == "state"):
            return "place"
        if sense.entity.kind != "state" and sense.how != "seat":
            return "actor"
        return "place" if self._travelled(span, word) or self._of_place(span, sense) else "actor"

    def _joins_states(self, span: Span) -> bool:
        """ "North Korea-Russia", "US–Japan": no name of its own."""
        parts = re.split(r"[-–—/]", span.of(self.frame.text))
        return len(parts) > 1 and all(any(s.entity.kind == "state" for s in self.registry.senses(part.strip("“”‘’'\" "))) for part in parts)

    def _travelled(self, span: Span, word: str) -> bool:
        """ "a trip to Moscow", "returned from Kyiv": nobody acts there."""
        if word not in {"to", "from", "for", "left", "visited", "visit", "visiting"}:
            return False
        before = re.findall(r"[\w’-]+", self.frame.text[max(0, span.start - 60) : span.start].lower())
        return word.startswith(("visit", "left")) or any(w in USES["motion"] for w in before[-5:-1])

    def _of_place(self, span: Span, sense: Sense) -> bool:
        """ "Moscow’s suburbs", "Seoul, South Korea": the town, not the state; nor is the state that says where the town is."""
        text = self.frame.text
        after = _AFTER.match(text, span.end)
        if (after and after[1].lower() in USES["of_place"]) or _TOWN_OF.search(text, max(0, span.start - 12), span.start):
            return True
        if sense.how in {"capital", "seat"} and text[span.end : span.end + 2] == ", ":
            follows = self.registry.senses(text[span.end + 2 : span.end + 40].split(",")[0].split(" and")[0].strip(" ."))
            return any(s.entity.country == sense.entity.country for s in follows)
        before = text[max(0, span.start - 40) : span.start]
        town = re.search(r"((?:[A-Z][\w’-]*\s)?([A-Z][\w’-]*)),\s$", before)
        towns = [s for words in town.groups() for s in self.registry.senses(words)] if town and sense.how == "name" else []
        if any(s.entity is sense.entity and s.how in {"capital", "place"} for s in towns):
            return True
        return bool(re.search(rf"(?:^|[^\w]){re.escape(sense.entity.name)}$", before.rstrip(", ")))


def _parts_of_persons(text: str, marks: Sequence[Mark]) -> frozenset[str]:
    """The single words of all persons' names of two words or more."""
    return frozenset(w for m in marks if m.kind == "person" and " " in (name := m.span.of(text)) for w in name.split())


def _longer(text: str, outer: Span, inner: Span) -> bool:
    """Does the outer name hold more than the inner one, articles and possessives aside?"""
    rest = text[outer.start : inner.start] + " " + text[inner.end : outer.end]
    return bool(re.sub(r"(?<!\w)(?:the|[’']?s)(?!\w)|[^\w]", "", rest, flags=re.I))

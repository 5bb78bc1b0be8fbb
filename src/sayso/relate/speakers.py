"""Sources -> actors of the article: who "he", "the Vice Minister", "Im" and "a North Korean official" are, where the text makes it plain.

Takes   the frame, the names that were marked, the registry's names in the text, and the sources in reading order.
Gives   for each source the key of a `Figure` of the cast; actors.py makes actors of them.
Needs   nothing.
Limits  one article at a time. What is not plain stays a figure of its own, under its own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import islice

from sayso.records import ActorKind, Mark, Span
from sayso.relate.cast import BODIES, DETERMINER, HONORIFIC, PAPERS, PERSONAL, ROLES, TAKEN_UP, VAGUE, Cast, Figure, bare, head_noun, is_personal, words_of
from sayso.relate.describe import count_of, head_end, is_open, is_person, offices_of, sector_of
from sayso.relate.epithets import Epithet, epithet
from sayso.relate.frame import Frame
from sayso.relate.names import Named, Names
from sayso.relate.registry import Entity
from sayso.relate.registry.entries import Office
from sayso.relate.registry.index import Held

_OWNERS = {"his": "he", "her": "she", "its": "it", "their": "they"}
PRONOUNS = {"he": "he", "she": "she", "they": "they", "it": "it", "i": "i", "we": "we", "who": "who", "which": "which", "that": "which"}
PRONOUNS |= {"his": "he", "him": "he", "her": "she", "their": "they", "them": "they", "its": "it", "my": "i", "me": "i", "our": "we", "us": "we"}
_DEFINITE = re.compile(r"(?:the|this|that|these|those)\s+", re.I)
_INDEFINITE = re.compile(r"(?:a|an|one|another)\s+", re.I)
_CHIEFS = frozenset(
    {"secretary-general", "secretary general", "director-general", "director general", "president", "managing director", "high commissioner", "chief"}
)
_PLACED = re.compile(r"\s+(?:in|near|at|of|from|outside|around)\s+(?:the\s+)?[^,.;:()“”\"\n]{2,40}")  # "schoolgirls in Zamfara"
_POSSESSOR = re.compile(r"[,\s]*(the\s+[a-z][\w-]*(?:\s[a-z][\w-]*)?)[’'](?:s\s|\s)", re.I)  # "the front’s", "the bishops’"
_OWNED_BY = re.compile(r"(?<!\w)(?:for|of|with)\s+(the\s+[a-z][\w-]*)(?![\w’'-])")
_CALLED = re.compile(r"(?<!\w)by\s+the\s+name\s+of\s")
_DEPENDS = re.compile(r"(?<!\w)(?:for|of|to|by|with|under|against|near|from|like)\s+(?:[^\s,]+\s+){0,4}$")
_ONE_OF_THEM = re.compile(r"[,\s]*(?:one|another|some|two|three)\s+of\s+them(?!\w)", re.I)
PARTITIVE = re.compile(r"(?:one|two|three|four|five|six|some|many|most|several|all|none|another|both)(?: of)? (?:them|the others)|the others?|others?")
_AGED = re.compile(r"\b\d+-year-old\b")
_QUALIFYING = frozenset({"former", "senior", "top", "new", "current", "same", "late", "outgoing", "veteran", "then", "incoming", "acting", "interim"})
REMEMBERED = 200  # latest speakers, names or mentions that a pronoun or a title may reach back to

_SEVERAL = re.compile(r"(?:the\s)?\x00(?:(?:,|,?\sand|[-–—/])\s?(?:the\s)?\x00)+", re.I)  # states alone, joined
# "his French, German and British counterparts"
_SEVERAL_OF = re.compile(r"(?:(?:the|his|her|its|their|both|senior|top|rival)\s)*\x00(?:(?:,|,?\sand)\s\x00)+(?:\s[a-z-]+){0,2}\s[a-z-]+s", re.I)
_OF_STATE = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_TAKEN = re.compile(r"((?:the|this|that)\s(?:[\w’-]+\s){0,3}?[a-z-]+)[’']s?\s")
_WHOSE = re.compile(r"(?:^|(?<!\w)of )(its|his|her|their)\s", re.I)


class Speakers(Cast):
    """The figures of one article as its sources name them, resolved in reading order."""

    def __init__(self, frame: Frame, marks: Sequence[Mark], names: Names) -> None:
        super().__init__(frame, marks, names)
        self.spoken: list[int] = []  # keys of speakers so far, latest last
        self._lately: dict[int, None] = {}  # keys of speakers, the latest last
        self._by_office: dict[tuple[str, str], int] = {}
        self._sources: dict[int, tuple[Span, int]] = {}  # sources and whose they are, by where they begin

    def of_source(self, span: Span, *, but: int | None = None) -> int:
        """Who this source is. Call in reading order; each call makes the answer the latest speaker.

        but  the speaker around a nested statement: "he" inside his own quotation is somebody else.
        """
        text = span.of(self.frame.text).strip(" ,")
        key, basis = self._resolve(span, text, but)
        self.people[key].mentions.setdefault(span, basis)
        self._sources[span.start] = span, key
        self.spoken.append(key)
        self._lately.pop(key, None)
        self._lately[key] = None
        return key

    def of_parties(self, span: Span) -> tuple[int, ...]:
        """Who the parties to an event are that these words name: one, but for "the North Korea-Russia" ties. Call in reading order, as `of_source`."""
        states = [n for n in self.known.inside(span) if n.entity.kind == "state"]
        rest = span.of(self.frame.text)
        for named in reversed(states):
            rest = rest[: named.span.start - span.start] + "\x00" + rest[named.span.end - span.start :]
        if len(states) > 1 and (_SEVERAL.fullmatch(rest) or _SEVERAL_OF.fullmatch(rest)):
            return tuple(dict.fromkeys(self.of_entity(n.entity, n.span.start) for n in states))
        return (self._of_party(span),)

    def _of_party(self, span: Span) -> int:
        """Who this party is; it does not become the latest speaker by that."""
        known = self._sources.get(span.start)
        if known is not None and 2 * span.overlap(known[0]) >= known[0].end - known[0].start:
            return self._or_its_body(known[1], span)
        key, basis = self._resolve(span, span.of(self.frame.text).strip(' ,“”"'), None)
        if (body := self._or_its_body(key, span)) != key:
            key, basis = body, "name"
        figure = self.people[key]
        if figure.entity is None:
            figure.takes_part = True
            if (behind := _PLACED.match(self.frame.text, span.end)) and behind.end() <= self.frame.sentence_at(span.start).end:
                figure.descriptions.append(Span(span.start, behind.end()))
        figure.mentions.setdefault(span, basis)
        return key

    def _or_its_body(self, key: int, span: Span) -> int:
        """ "A UN report", "NATO jets": what belongs to no state is itself the party."""
        figure = self.people[key]
        bodies = [n for n in self.known.inside(span) if n.entity.kind != "state" and not n.entity.country]
        if figure.entity is None and figure.kind != "person" and len(bodies) == 1 and not self._owner_state(span):
            return self.of_entity(bodies[0].entity, span.start)
        return key

    def of_pronoun(
        self, span: Span, before: Sequence[int], *, against: Collection[int], speaker: int | None, quoted: bool, joined: Sequence[tuple[int, ...]] = ()
    ) -> tuple[int, ...]:
        """Whom "it", "them", "both sides" or "the island" means as a party to an event: the latest that fits and is not the other side.

        before   keys of those who acted or were acted upon or spoke before, the latest last; against: those on the other side of the event.
        speaker  whoever says the words that hold the pronoun; quoted: word for word, so that "they" is another.
        joined   keys of those who acted, or were acted upon, together before, the latest last.
        """
        words = span.of(self.frame.text).lower()
        words = "they" if PARTITIVE.fullmatch(words) else words
        apart = [k for k in dict.fromkeys(reversed(before)) if k not in against]
        if (taken := epithet(words)) is not None:
            if taken.number != 1:
                return self._several(taken, apart, [side for side in joined if not set(side) & set(against)]) or (self._own_figure(span),)
            return self._state_taken_up(taken, span, apart, against=against, speaker=speaker) or self.of_parties(span)
        pronoun = PRONOUNS[words]
        if speaker is not None and (not quoted) and words in {"it", "they", "he", "she"}:
            apart = [speaker, *apart]  # "Athens said it had ..."
        free = [side for side in reversed(joined) if not set(side) & set(against)] if pronoun == "they" else []
        many = [k for k in apart if k == speaker or self._is_many(k) or any(k in side for side in free)] if pronoun == "they" else []
        for key in (*many, *apart):
            if not (quoted and key == speaker) and (self._answers_party(key, pronoun) or key in many):
                return next((side for side in free if key in side and key != speaker), (key,))
        named = [n for n in self.known.over(self.frame.paragraph_at(span.start)) if n.use == "actor" and n.span.end <= span.start] if pronoun == "it" else []
        fits = [k for n in reversed(named) if (k := self.of_entity(n.entity, n.span.start)) not in against and self._answers_party(k, pronoun)]
        return (fits[0] if fits else self._own_figure(span, of_the_article=speaker is None),)

    def _is_many(self, key: int) -> bool:
        figure = self.people[key]
        return figure.kind == "group" or (figure.entity is None and figure.name.lower().endswith("s"))

    def _several(self, taken: Epithet, apart: Sequence[int], joined: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
        """As many as were last named together, else the last that are of different states."""
        for side in reversed(joined):
            if taken.number in {0, len(side)} and (not taken.region or all(self._country_of(k) in taken.region for k in side)):
                return side
        found: dict[str, int] = {}
        for key in apart:
            country = self._country_of(key)
            if country and (not taken.region or country in taken.region):
                state = self.known.registry.state(country)
                found.setdefault(country, self.of_entity(state, self.people[key].first) if taken.states and state is not None else key)
        keys = tuple(found.values())[: taken.number]
        if len(keys) < taken.number and not taken.states:
            keys = tuple(apart[: taken.number])  # both are of one state: a government and its rebels
        return keys[::-1] if len(keys) == taken.number else ()

    def _state_taken_up(self, taken: Epithet, span: Span, apart: Sequence[int], *, against: Collection[int], speaker: int | None) -> tuple[int, ...]:
        """The state that acted, suffered or was named last before "the island", and is not that of the other side, nor of whoever speaks of "its ally"."""
        own = {self._country_of(k) for k in against if self._is_of_a_state(k)}
        if taken.other and speaker is not None:
            own.add(self._country_of(speaker) or next((country for k in apart if (country := self._country_of(k))), None))
        named = [n.entity for n in reversed(self.known.all) if n.entity.kind == "state" and n.use != "part" and n.span.end <= span.start]
        for country in (*(self._country_of(k) for k in apart), *(entity.country for entity in named)):
            state = self.known.registry.state(country) if country not in own and (not taken.region or country in taken.region) else None
            if state is not None:
                return (self.of_entity(state, span.start),)
        return ()

    def _country_of(self, key: int) -> str | None:
        """The state of a figure, as far as its entry and its own words say."""
        figure = self.people[key]
        if figure.entity is not None and figure.entity.kind == "person":
            return self.known.country_of(max(figure.entity.tenures, key=lambda t: t.end).of)
        if figure.entity is not None:
            return figure.entity.country
        told = next((country for span in figure.descriptions if (country := self.country_in(span)[0])), None)
        of = figure.speaks_for if figure.speaks_for is not None else figure.belongs_to
        return told or (self._country_of(of) if of is not None and self.people[of].entity is not None else None)

    def _is_of_a_state(self, key: int) -> bool:
        """Does a state act where this figure does? "The country" may be what its own protesters bring to a halt."""
        figure = self.people[key]
        official = any(sector_of(d.of(self.frame.text)) in _OF_STATE for d in figure.descriptions)
        return official or figure.kind in {"state", "person"} or figure.entity is not None

    def owned(self, span: Span, key: int, before: Sequence[int], *, against: Collection[int], speaker: int | None, quoted: bool) -> int:
        """Say whose "its parliament" and "the island’s majority" are, as a party to an event; who the party then is: what an organisation owns is itself."""
        words = span.of(self.frame.text).lower()
        figure = self.people[key]
        if figure.entity is not None or figure.first != span.start:
            return key
        apart = [k for k in dict.fromkeys(reversed(before)) if k not in against and k != key]
        theirs = {self._country_of(k) for k in against} - {None}
        owners = [k for k in apart if self._country_of(k) not in theirs]
        if (taken := _TAKEN.match(words)) is not None and (meant := epithet(taken[1])) is not None and meant.number == 1:
            found = self._state_taken_up(meant, span, apart, against=(), speaker=speaker)
        elif taken is not None and head_noun(taken[1]) in BODIES:
            found = tuple(k for k in (self._by_role(taken[1], span.start),) if k is not None and k != key)
        elif (whose := _WHOSE.search(words)) is not None:
            owners = [*([speaker] if speaker not in {None, key} and not quoted else []), *owners, *apart]
            found = tuple(k for k in owners if self._answers_party(k, _OWNERS[whose[1]]))[:1]
        else:
            found = ()
        if found:
            figure.belongs_to = found[0]
            body = self.people[found[0]].entity
            return found[0] if body is not None and body.kind == "organisation" and not body.country else key
        return key

    def _own_figure(self, span: Span, *, of_the_article: bool = True) -> int:
        key = self._add(Figure(span.of(self.frame.text), "unknown", first=span.start))
        self.people[key].takes_part = of_the_article
        return key

    def _answers_party(self, key: int, pronoun: str) -> bool:
        figure = self.people[key]
        if pronoun in {"he", "she"}:
            return self._answers(key, pronoun)
        if pronoun == "they":
            return figure.kind in {"group", "organisation", "state"} or figure.name.lower().endswith("s")
        return figure.kind in {"state", "organisation", "place"} or (figure.kind == "unknown" and not is_personal(figure.name))

    def _owner_state(self, span: Span) -> bool:
        return any(n.entity.kind == "state" for n in self.known.inside(span))

    def _resolve(self, span: Span, words: str, but: int | None) -> tuple[int, str]:
        """Who the words mean, and on what ground."""
        lowered = words.lower()
        lowered = "they" if PARTITIVE.fullmatch(lowered) else lowered
        lowered = set_off[1] if (set_off := re.match(r"(he|she|they|it),\s", lowered)) else lowered  # "he, like his rival,"
        if lowered in PRONOUNS:
            found = self._by_pronoun(PRONOUNS[lowered], span.start, but)
            return (found, "pronoun") if found is not None else (self._add(Figure(words, "unknown", first=span.start)), "words")
        if (head := self._head_person(span)) is not None:
            self._enrich(head, span, words)
            self._take_up(head, span)
            return head, "name"
        if (
            (alone := words_of(HONORIFIC.sub("", words)))
            and len(alone) <= 3
            and alone[0][:1].isupper()
            and (named := self._named(alone, span.start)) is not None
            and not (len(alone) == 1 and self._whole_name(span) is not None and words_of(self.people[named].name)[-1] != alone[0])
        ):
            return named, "surname"
        if (state := self._whole_name(span)) is not None:
            return self.of_entity(state.entity, span.start), state.basis
        owned = bool(self.known.inside(span))
        if owned and (holder := self._by_office_held(span, words)) is not None:
            return holder, "office"
        if (known := self._others.get(self._canonical(span) or "")) is not None:
            return known, "title"
        if _DEFINITE.match(words) and not self._has_own_name(span) and (taken := self._by_role(lowered, span.start)) is not None:
            return taken, "title"
        if not owned and (holder := self._by_office_held(span, words)) is not None:
            return holder, "office"
        if (holder := self._by_title(span, words)) is not None:
            return holder, "office"
        return self._by_words(span, words), "words"

    def _has_own_name(self, span: Span) -> bool:
        """Does a longer name of an organisation stand in these words: "the North’s Central Broadcasting Station"?"""
        return any(m.kind == "organisation" and span.holds(m.span) and m.span.of(self.frame.text).count(" ") > 1 for m in self._near.over(span))

    def _person_in(self, span: Span) -> int:
        """Where the first person named inside begins; -1 without one."""
        return next((m.span.start for m in self._near.over(span) if m.kind == "person" and span.holds(m.span)), -1)

    def _whole_name(self, span: Span) -> Named | None:
        """The registry's name that these words are, articles aside: "the Kremlin", "Pyongyang", "the official Korean Central News Agency"."""
        text = self.frame.text
        for named in self.known.inside(span):
            before, after = text[span.start : named.span.start], text[named.span.end : span.end]
            lead = re.fullmatch(
                r"(?:(?:the|The|its|a)\s+)?(?:(?:official|state|state-run|state-owned|private|independent|powerful|militant|group|rebel|ruling|armed|banned|outlawed|Islamist|\w+-based)\s+)*",
                before,
            )
            if lead is not None and re.fullmatch(r"(?:\s+(?:news agency|agency|newspaper|daily|group|militant group|movement|itself|,))?[\s,]*", after):
                if named.how == "place":
                    continue
                return named if named.how != "demonym" or span.of(text).lower().startswith("the ") else None
        return None

    def _by_office_held(self, span: Span, words: str) -> int | None:
        """ "The Turkish president": the one the article names in that office, else the one who held it on the day of writing."""
        offices, title, _ = offices_of(self.known.without(span))
        if not offices or _INDEFINITE.match(words):
            return None
        of, country = self._owner_in(span)
        if of is None:
            return None
        if self.known.is_state(of):
            offices = tuple(o for o in offices if o != "head")  # "the head of an armed Lebanese group" heads no state
        if (told := self._by_office.get((of, title))) is not None:
            return told
        persons = sorted((k for k, f in enumerate(self.people) if f.kind == "person"), key=lambda k: (k not in self._lately, self.people[k].first > span.start))
        for key in persons:
            if self._has_office(self.people[key], offices, country):
                return key
        held = self.known.registry.holders(of, offices, *self.known.days)
        held = [h for h in held if _same_title(h, title)]
        holders = {h.person.key: h.person for h in held}
        if len(holders) != 1 or None in self.known.days:
            return None
        key = self.of_entity(next(iter(holders.values())), span.start)
        self.people[key].known_by = "office"
        self.people[key].described |= {w.lower() for w in PERSONAL.findall(words)}
        self._by_office[of, title] = key
        return key

    def _by_title(self, span: Span, words: str) -> int | None:
        """ "The unification minister": whoever bears just this title on the day, in a state that the article speaks of or the words name."""
        if None in self.known.days or _INDEFINITE.match(words):
            return None
        span = self._head_of(span)
        owner = next((n.entity for n in self.known.inside(span)), None)
        title = DETERMINER.sub("", span.of(self.frame.text), count=1)
        if owner is not None:
            named = self.known.inside(span)[0].span
            title = re.sub(r"^[’']?s?\s+", "", self.frame.text[named.end : span.end]) if named.start - span.start < 6 else title
        held = self.known.registry.titled(title, *self.known.days)
        fits = {
            h.person.key: h.person
            for h in held
            if (h.tenure.of == owner.key if owner else self.known.weights.get(self.known.country_of(h.tenure.of) or "", 0.0) > 0)
        }
        return self.of_entity(next(iter(fits.values())), span.start) if len(fits) == 1 else None

    def _owner_in(self, span: Span) -> tuple[str | None, str | None]:
        """The key and the country of the state or organisation whose office the words name; without one, for "the president", those of the article."""
        span = self._head_of(span)
        words = span.of(self.frame.text)
        inside = self.known.inside(span)
        for named in inside:
            if named.entity.kind in {"state", "organisation"}:
                return named.entity.key, named.entity.country
        if inside or not _DEFINITE.match(words) or any(m.kind in {"place", "organisation"} for m in self._near.over(span) if span.holds(m.span)):
            return None, None
        state = self.known.registry.state(self.known.home or self.known.main_country(0.6))
        return (state.key, state.country) if state else (None, None)

    def _head_of(self, span: Span) -> Span:
        """The words before a relative, a comma or a place: "the foreign minister, who flew to Baghdad"."""
        relative = re.search(r",|\s(?:who|which|whose|that|in|at|on|after|before)\s", span.of(self.frame.text))
        return Span(span.start, span.start + relative.start()) if relative else span

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
            depends = PERSONAL.search(before) and _DEPENDS.search(_CALLED.sub("", before))
            # "Clinton supporters": the name only says whose.
            modifies = re.match(r"[’']?s?\s+(?!himself|herself|who|and|then|also|said)[a-z]{3,}", text[mark.span.end : span.end])
            if not owned and not (depends and not _is_title(before)) and not modifies:
                heads.append(mark)
        if len(heads) > 1 and re.search(r"(?<!\w)and(?!\w)", text[heads[0].span.end : heads[1].span.start]):
            return None
        if heads and re.match(r"\s+and\s+[A-Z]", text[heads[0].span.end : span.end]):
            return None
        return self._named(words_of(heads[0].span.of(text)), span.start) if heads else None

    def _enrich(self, key: int, span: Span, words: str) -> None:
        """Take up what a source says of the person it names: "the spokesman for the army, Ali Naser, who was reached by telephone"."""
        named = next((m for m in self._near.over(span) if m.kind == "person" and span.holds(m.span)), None)
        for part in (Span(span.start, named.span.start), Span(named.span.end, span.end)) if named else ():
            if len(part.of(self.frame.text).strip(" ,")) > 3 and part not in self.people[key].descriptions:
                self.people[key].descriptions.append(part)
                self._tie(key, part)
        self.people[key].described |= {w.lower() for w in PERSONAL.findall(words)}
        if re.search(r"(?<!\w)(?:spokeswoman|chairwoman|congresswoman|she|her|mrs|ms|queen|princess)(?!\w)", words, re.I):
            self.people[key].pronoun = "she"

    def _take_up(self, key: int, span: Span) -> None:
        """ "The expert, Jane Roe": the one of whom only that much was said before."""
        at = self._person_in(span)
        noun = re.fullmatch(r"(the\s[^,]+),\s", self.frame.text[span.start : max(span.start, at)], re.I)
        if noun is None or self.people[key].first < span.start:
            return
        found = self._by_role(noun[1].lower(), span.start)
        if found is not None and found != key and self.is_unnamed(found) and self.may_be(found, key):
            self.merge(found, key)

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
            singular = person.kind == "person" or (person.kind == "unknown" and is_personal(person.name))
            return singular and person.pronoun in {None, pronoun}
        if pronoun == "it":
            return person.kind in {"organisation", "place", "state"} or (person.kind == "unknown" and not is_personal(person.name))
        if pronoun == "they":
            return person.kind in {"group", "organisation"} or person.name.lower().endswith("s")
        return True

    def _by_role(self, lowered: str, at: int) -> int | None:
        """Whom "the Vice Minister", "the spokesman" or "the ministry" takes up: the latest whose description holds its head word."""
        lowered = lowered[: head_end(lowered)]
        if _AGED.search(lowered):
            return self._by_age(at)
        noun = head_noun(lowered)
        extra = set(re.findall(r"[\w-]+", DETERMINER.sub("", lowered, count=1).split(" of ")[0])) - _QUALIFYING
        upto = bisect_left(self._introduced, (at, -1))
        mentioned = [key for _, key in reversed(self._introduced[max(0, upto - REMEMBERED) : upto])]
        order = list(dict.fromkeys([*islice(reversed(self._lately), REMEMBERED), *mentioned]))
        if "former" in lowered.split()[:3]:
            order = sorted(order, key=lambda k: not self._has_left(self.people[k]))
        for key in order:
            if self._is_described(key, noun) and (len(extra) == 1 or extra & self.people[key].described - {noun} or not (extra - {noun} - ROLES)):
                return key
        for key in order:
            figure = self.people[key]
            called = set(_words_lower(figure.name)) | figure.described
            if figure.kind != "person" and head_noun(figure.name.lower()) == noun and extra <= called | {noun} and not self._is_another_kind(noun, figure):
                return key
        if noun in BODIES and extra <= {noun} and (body := self._latest_body(noun, at)) is not None:
            return body
        if noun == "source":
            lately = islice(reversed(self._lately), REMEMBERED)
            return next((k for k in lately if self.people[k].kind == "unknown" and is_personal(self.people[k].name)), None)
        if noun in VAGUE and not re.search(r"\w[’'](?:s\s|\s)", lowered) and self.spoken and self.people[self.spoken[-1]].kind == "person":
            return self.spoken[-1]
        if noun in PAPERS and self.spoken:
            return self.spoken[-1]
        if (latest := self._just_spoke(noun, lowered, at)) is not None:
            return latest
        if lowered.startswith("the former ") and self.spoken and self.people[self.spoken[-1]].kind == "person":
            return self.spoken[-1]
        return self._marked_before(noun, at)

    def _is_another_kind(self, noun: str, figure: Figure) -> bool:
        """ "The army" is not the rebels whose name ends so."""
        told, known = sector_of(f"the {noun}"), figure.entity.sector if figure.entity is not None else None
        return told is not None and known is not None and told != known

    def _just_spoke(self, noun: str, lowered: str, at: int) -> int | None:
        """ "The sculptor" after somebody's words is that person, unless the words before say another trade."""
        if not self.spoken or noun in ROLES or not is_person(lowered) or self.people[self.spoken[-1]].kind != "person":
            return None
        said = sector_of(lowered)
        figure = self.people[self.spoken[-1]]
        known = {s for d in figure.descriptions if (s := sector_of(d.of(self.frame.text)))}
        fits = said in known if known else self._spoke_in(self.frame.paragraph_at(at))
        return self.spoken[-1] if said and fits and figure.entity is None else None

    def _spoke_in(self, paragraph: Span) -> bool:
        """Are the words of the one who spoke last of this paragraph, too?"""
        return any(key == self.spoken[-1] and paragraph.holds(span) for span, key in self._sources.values())

    def _is_described(self, key: int, noun: str) -> bool:
        """Is this noun one by which somebody is taken up: one said of him, or one that means as much?"""
        return bool(self.people[key].described & TAKEN_UP.get(noun, {noun}))

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
                return self.of_entity(named.entity, at) if named and named.entity.kind != "state" else self._of_name(mark.span)
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
        if latest is not None and (self.people[latest].kind == "person" or self.is_unnamed(latest)):
            return latest
        return named[-1][1] if named else None

    def _marked_before(self, noun: str, at: int) -> int | None:
        """An organisation named before whose own name ends in the noun: "the Foreign Ministry" for "the ministry"."""
        upto = bisect_left(self.names, at, key=lambda m: m.span.start)
        for mark in reversed(self.names[max(0, upto - REMEMBERED) : upto]):
            if mark.kind == "organisation" and mark.span.end <= at:
                name = mark.span.of(self.frame.text)
                named = self.known.first_at(mark.span.start)
                other = named is not None and sector_of(f"the {noun}") not in {None, named.entity.sector}  # "the army" is not the rebels whose name ends so
                if _words_lower(name)[-1:] == [noun] and not other:
                    return self._of_name(mark.span)
        return None

    def _of_name(self, span: Span) -> int:
        """Who is named by these words, which may have stood with whose it is: "Chile’s Foreign Trade Council"."""
        known = (k for k, f in enumerate(self.people) if f.kind != "person" and any(d.end == span.end and d.holds(span) for d in f.descriptions))
        found = next(known, None)
        return self._by_words(span, span.of(self.frame.text)) if found is None else found

    def _by_words(self, span: Span, words: str) -> int:
        """An actor under the words themselves, the same for the same words."""
        inner = [m for m in self._near.over(span) if m.kind in {"organisation", "place"}]
        name = DETERMINER.sub("", words, count=1) if not _INDEFINITE.match(words) else words
        if (named := _apposed(inner, span, self.frame.text)) is not None:
            name = named
        canonical = self._canonical(span)
        kind: ActorKind = "unknown"
        if inner and _covers(inner, name, self.frame.text):
            kind = "organisation" if any(m.kind == "organisation" for m in inner) else "place"
        elif re.match(r"(?:both|two|three|four|five|several|some|many|most)\b|\w+s\b(?!’)", name.lower()) and head_noun(words.lower()).endswith("s"):
            kind = "group"
        elif is_personal(words):
            kind = "unknown"
        elif inner and (not _INDEFINITE.match(words) or any(m.kind == "organisation" for m in inner)):
            kind = "organisation"
        if not _INDEFINITE.match(words) and (known := self._others.get(canonical or bare(words))) is not None:
            return known
        described = {w.lower() for w in PERSONAL.findall(words)}
        figure = Figure(
            name.strip(), kind, described=described, first=span.start, descriptions=[span], count=count_of(words) if kind in {"group", "unknown"} else None
        )
        key = self._add(figure)
        if canonical:
            self._others.setdefault(canonical, key)
        self._tie(key, span)
        return key

    def _tie(self, key: int, span: Span) -> None:
        """Tie a spokesperson to the body, and "its navy" or "her office" to whose it is."""
        figure, words = self.people[key], span.of(self.frame.text)
        if figure.speaks_for is None and re.search(r"(?<!\w)spokes\w+", words):
            body = self._body_of(span)
            figure.speaks_for = body if body != key else None
        at = self._person_in(span)
        if at == span.start:
            of_person = bool(re.match(r"[\w\s.-]+[’']s?\s+[a-z]", words)) and self._head_person(span) is None  # "Mercado’s son"
        else:
            of_person = at > 0 and bool(re.search(r"(?<!\w)(?:to|for|of)\s+(?:[A-Z][\w-]*\s+){0,4}$", words[: at - span.start]))
        if of_person and figure.belongs_to is None:
            mark = next(m for m in self._near.over(span) if m.kind == "person" and m.span.start == at)
            named = self._named(words_of(mark.span.of(self.frame.text)), mark.span.start)
            figure.belongs_to = named if named != key else None
        # "a farmer who would not give his name": what a relative says is not whose he is.
        words = re.split(r"(?<!\w)(?:who|whose|which|that)(?!\w)", words, maxsplit=1)[0]
        if figure.belongs_to is None and (found := self._owner_of(key, words, span.start)) is not None:
            figure.belongs_to = found if found != key else None

    def _owner_of(self, key: int, words: str, at: int) -> int | None:
        """Whose "her office", "the union’s secretary", "the head of the group" is; "a commander" after the words of rebels is theirs."""
        if _ONE_OF_THEM.match(words):
            return self._by_pronoun("they", at, key)
        if owner := re.search(r"(?<!\w)(his|her|its|their)\s", words, re.I):
            pronoun = _OWNERS[owner[1].lower()]
            return self._named_beside(pronoun, at) if pronoun in {"he", "she"} and owner.start() < 3 else self._by_pronoun(pronoun, at, key)
        if owner := _POSSESSOR.match(words):
            return self._by_role(owner[1].lower(), at)
        if not is_open(words):
            return None
        if owner := _OWNED_BY.search(words):
            return self._by_role(owner[1].lower(), at)
        return self._body_heard(at) if _INDEFINITE.match(words) and is_person(words) and not self._says_whose(words, at) else None

    def _named_beside(self, pronoun: str, at: int) -> int | None:
        """Whom "his" or "her" takes up: the one of this sex whom the paragraph has named last, else as ever."""
        paragraph = self.frame.paragraph_at(at)
        upto = bisect_left(self._introduced, (at, -1))
        for start, key in reversed(self._introduced[max(0, upto - REMEMBERED) : upto]):
            if start >= paragraph.start and self.people[key].pronoun == pronoun:
                return key
        return self._by_pronoun(pronoun, at, None)

    def _says_whose(self, words: str, at: int) -> bool:
        """Do the words name a body or a place, or say of what kind somebody is?"""
        span = Span(at, at + len(words))
        return bool(self._near.over(span) or self.known.over(span)) or sector_of(words, alone=False) is not None

    def _body_heard(self, at: int) -> int | None:
        """The body that spoke last, earlier in the same paragraph."""
        paragraph = self.frame.paragraph_at(at)
        heard = [(span.start, key) for span, key in self._sources.values() if paragraph.start <= span.start < at]
        key = max(heard)[1] if heard else None
        return key if key is not None and self.people[key].kind != "person" and not is_personal(self.people[key].name) else None

    def _canonical(self, span: Span) -> str | None:
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
            meant = re.search(r"(?:for|of)\s+(the\s+\w+)(?!\w)|(the\s+\w+)[’']s\s+(?:\w+\s+)?spokes", span.of(self.frame.text), re.I)
            return self._by_role((meant[1] or meant[2]).lower(), span.start) if meant else None
        return self._by_words(inside[0].span, inside[0].span.of(self.frame.text))

    def of_relay(self, words: str, at: int) -> int:
        """Who a hand is that passes words on: known by its own name, whatever stands before it."""
        name = DETERMINER.sub("", words, count=1).strip()
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
        """The medium of the registry that a relay's words name, small words before and after aside; of several the one whose state the article speaks of.

        A name that means something else as well has to stand alone, or right before a word such as *newspaper*.
        """
        words = name.split()
        for length in range(len(words), 0, -1):
            for first in range(len(words) - length + 1):
                alone = not any(w[:1].isupper() for w in (*words[:first], *words[first + length :]))
                senses = self.known.registry.senses(" ".join(words[first : first + length]))
                fits = [
                    s.entity
                    for s in senses
                    if s.entity.kind in {"medium", "organisation", "body"}
                    and (alone or s.how != "shared")
                    and self.known.may_be_day(s.entity.since, s.entity.until)
                ]
                if fits:
                    return max(fits, key=lambda e: (e.kind == "medium", self.known.weights.get(e.country or "", 0.0)))
        return None


def _is_title(before: str) -> bool:
    """Does an office that runs over its *of* end here: "Secretary of State", "Minister of Public Works"? "The wife of President" does not."""
    title = re.search(r"\s(?:of|for)\s+((?:[A-Z][\w-]*\s+(?:and\s+)?)+)$", before)
    return title is not None and not is_person(title[1].strip())


def _same_title(held: Held, asked: str) -> bool:
    """Is the holder's title what was asked for, or one for the same office? "King" is no "president"; "premier" is a prime minister."""
    title = held.tenure.title.lower()
    if asked.rsplit(maxsplit=1)[-1] in {"chief", "head"}:
        return title in _CHIEFS or title.partition(" ")[2] in _CHIEFS  # "UN Secretary-General"
    if held.tenure.office in {"head_of_state", "head", "legislator"}:
        return re.split(r"[\s-]", asked)[-1] == re.split(r"[\s-]", title)[-1] or asked in {"head of state", "monarch"}
    return True


def _apposed(inner: Sequence[Mark], span: Span, text: str) -> str | None:
    """The name in "the military's media wing, Inter-Services Public Relations,", or after small words: "the rebel Eastern Command"."""
    for mark in inner:
        before, after = text[span.start : mark.span.start], text[mark.span.end : span.end].strip(" ,")
        before = before.rpartition(",")[2].lstrip() or before
        if mark.kind == "organisation" and not after and (before.rstrip().endswith(",") or re.fullmatch(r"(?:[Tt]he\s+)?(?:[a-z-]+\s+){0,3}", before)):
            return mark.span.of(text)
    return None


def _words_lower(name: str) -> list[str]:
    return re.findall(r"[\w-]+", name.lower())


def _ends_with(one: str, other: str) -> bool:
    """Is `other`, a name, all that `one` adds small words to: "the official Korean Central News Agency"?"""
    return other[:1].isupper() and one.endswith(" " + other)


def _covers(marks: Sequence[Mark], words: str, text: str) -> bool:
    """Do the names make up most of the words?"""
    return sum(len(m.span.of(text)) for m in marks) >= 0.6 * len(words)

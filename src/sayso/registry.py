"""Who is who, for a person or a program: look a name up, check the registry, renew it. Needs no model.

Takes   names, files of the user's own (see relate/registry/README.md).
Gives   `Found` records, a `Report`, an updated file.
Needs   httpx and a network for `update` alone.
Limits  says what a name can mean; which of it a page means is found by reading the page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import httpx

from sayso.relate.describe import offices_of
from sayso.relate.registry import Entity, Registry, Tenure, registry_of
from sayso.relate.registry.check import Report, check
from sayso.relate.registry.entries import LAST, OFFICES, Change, sector_in
from sayso.relate.registry.fold import tokens
from sayso.relate.registry.update import ENDPOINT, TIMEOUT_S, check_name, fetched, news_of, states_to_ask, write_rows
from sayso.version import __version__

__all__ = ["ENDPOINT", "Found", "Renewed", "Report", "check_files", "find", "update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One entry of the registry that a name can mean.

    how      by which kind of name: name, demonym, capital, place, seat, shared, surname, office.
    country  ISO 3166 alpha-3 and sector PLOVER on the day asked for; for a person those of the highest office held then,
             without a day of the last one.
    tenures  offices held, all of them, or those held on the day.
    """

    key: str
    name: str
    kind: str
    how: str
    country: str | None
    sector: str | None
    detail: str
    tenures: tuple[Tenure, ...]
    names: tuple[str, ...]
    source: str
    checked: str
    unsure: str

    def to_dict(self) -> dict[str, Any]:
        own = {name: getattr(self, name) for name in self.__slots__ if name not in {"tenures", "names"}}
        held = [
            {
                "of": t.of, "office": t.office, "title": t.title, "start": t.start.isoformat(), "end": None if t.end == LAST else t.end.isoformat(),
                "unsure": t.unsure or None,
            }
            for t in self.tenures
        ]  # fmt: skip
        return own | {"names": list(self.names), "tenures": held}


def find(name: str, on: date | None = None, files: Sequence[Path] = ()) -> list[Found]:
    """Look a name up: a state, body, organisation, medium or person, or an office ("French president", "foreign minister of Iran").

    on  only what existed or held office on that day.
    """
    registry = registry_of(*files)
    found: dict[str, Found] = {}
    for sense in registry.senses(name):
        if on is None or sense.entity.since <= on <= sense.entity.until:
            found.setdefault(sense.entity.key, _found(registry, sense.entity, sense.how, on))
    alone = len(name.split()) == 1
    for person in registry.persons(name):
        if on is None or any(t.holds_on(on, on) for t in person.tenures):
            found.setdefault(person.key, _found(registry, person, "surname" if alone else "name", on))
    for person in _holders(registry, name, on):
        found.setdefault(person.key, _found(registry, person, "office", on))
    return list(found.values())


def _holders(registry: Registry, words: str, on: date | None) -> list[Entity]:
    """Who held the office that the words name, of the state or organisation that they name."""
    hits = (hit for hit in registry.hits(words, tokens(words)) if any(s.entity.kind in {"state", "organisation"} for s in hit.senses))
    owner = next(hits, None)
    if owner is None:
        return []
    # What is left of "League of the Straits chief" and "foreign minister of Iran" without the name.
    offices, title, _ = offices_of(f"{words[: owner.start]} {words[owner.end :]}".strip())
    if not offices:
        return []
    owners = {s.entity.key for s in owner.senses if s.entity.kind in {"state", "organisation"}}
    held = [h for of in owners for h in registry.holders(of, offices, on, on)]
    exact = [h for h in held if title.split()[-1] in h.tenure.title.lower()]
    return list({h.person.key: h.person for h in sorted(exact or held, key=lambda h: h.tenure.start)}.values())


def _found(registry: Registry, entity: Entity, how: str, on: date | None) -> Found:
    held = tuple(t for t in entity.tenures if on is None or t.holds_on(on, on))
    country, sector = _standing(registry, held, on) if entity.kind == "person" else _became(entity, on)
    return Found(
        key=entity.key,
        name=entity.name,
        kind=entity.kind,
        how=how,
        country=country,
        sector=sector,
        detail=entity.detail or _changes(entity.changes),
        tenures=held,
        names=tuple(n for n, kind in entity.aliases if n != entity.name and kind != "place"),
        source=entity.source,
        checked=entity.checked,
        unsure=entity.unsure,
    )


def _became(entity: Entity, on: date | None) -> tuple[str | None, str | None]:
    """Country and sector, as they were on the day."""
    country, sector = entity.country, entity.sector
    for change in entity.changes:
        if on is None or change.since <= on <= change.until:
            country, sector = change.country, change.sector
    return country, sector


def _standing(registry: Registry, held: Sequence[Tenure], on: date | None) -> tuple[str | None, str | None]:
    """Country and sector of the highest office held, the last one where no day was asked for."""
    last = max((t.end for t in held), default=LAST)
    for tenure in sorted(held, key=lambda t: OFFICES.index(t.office)):
        owner = registry.entities.get(tenure.of)
        if owner is not None and (on is not None or tenure.end == last):
            country, sector = _became(owner, on)
            return country, sector_in(tenure.office, owner, sector)
    return None, None


def _changes(changes: Sequence[Change]) -> str:
    return "; ".join(f"{c.sector} since {c.since}" for c in changes)


def check_files(files: Sequence[Path] = ()) -> Report:
    """Check the shipped registry with `files` on top of it; what is reported of the shipped part is the same without them."""
    return check(registry_of(*files))


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """What an update did: how many states were asked, what came back, and how many rows the file holds now."""

    states: int
    new: int
    known: int
    unusable: int
    held: int


def update(
    path: Path, states: Sequence[str] = (), *, since: int = 2000, endpoint: str = ENDPOINT, today: date | None = None,
    told: Callable[[str, int, int], None] = lambda state, done, of: None,
) -> Renewed:  # fmt: skip
    """Fetch holders of offices from a SPARQL service into the user's own file, state by state, so that what came before an interruption is kept.

    told  called after each state with its name, how many are done, and of how many.

    Raises `RegistryError` when a state is unknown, the service does not answer, or the file is not one of holders.
    """
    check_name(path)
    day = today or date.today()
    registry = registry_of(path) if path.exists() else registry_of()
    asked = states_to_ask(registry, states)
    new = known = unusable = 0
    held = write_rows(path, [])
    agent = f"sayso/{__version__} (updates a registry of office holders)"
    with httpx.Client(timeout=TIMEOUT_S, follow_redirects=True, headers={"User-Agent": agent}) as client:
        for done, state in enumerate(asked, 1):
            news = news_of(state, fetched(state, client, endpoint, since=since), registry, day)
            new, known, unusable = new + len(news.rows), known + news.known, unusable + news.unusable
            if news.rows:
                held = write_rows(path, news.rows)
            told(state.name, done, len(asked))
    return Renewed(states=len(asked), new=new, known=known, unusable=unusable, held=held)

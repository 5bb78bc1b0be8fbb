"""Wikidata's query service -> holders of offices that the registry does not have yet, in a file of the user's own.

Takes   states, the registry, an endpoint that speaks SPARQL 1.1 over HTTP.
Gives   rows of holders (README.md), written to a CSV file that `--registry` reads; what is already known is not repeated.
Needs   httpx and a network; nothing of this runs while pages are read.
Limits  what Wikidata says is taken as it is, marked as unsure where it gives no day of start; persons without an English name are left out and counted.
"""

from __future__ import annotations

import csv
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx

from sayso.errors import RegistryError
from sayso.relate.registry.entries import COLUMNS, LAST, Entity, Office, Tenure
from sayso.relate.registry.index import Registry

ENDPOINT = "https://query.wikidata.org/sparql"
TIMEOUT_S = 60.0  # the service itself gives up after 60 seconds
TRIES = 4
SAME_START = timedelta(days=92)  # sources differ by the days between election, oath and office

# Q… of a state by its ISO code, then who P35 (head of state) and P6 (head of government) say held these offices, and who held a position of the
# state whose English name is that of a foreign or defence minister.
_QUERY = """
SELECT ?office ?title ?person ?name ?family ?sex ?start ?end WHERE {{
  ?state wdt:P298 "{iso}" .
  {{ ?state p:P35 ?held . ?held ps:P35 ?person . BIND("head_of_state" AS ?office) BIND("" AS ?title) }}
  UNION
  {{ ?state p:P6 ?held . ?held ps:P6 ?person . BIND("head_of_government" AS ?office) BIND("" AS ?title) }}
  UNION
  {{ ?position wdt:P1001 ?state ; rdfs:label ?title .
     FILTER(LANG(?title) = "en" && REGEX(?title, "^(minister (of|for)|secretary of|[a-z ]*)\\\\s*(foreign|external|defen[cs]e|state$)", "i"))
     ?person p:P39 ?held . ?held ps:P39 ?position .
     BIND(IF(REGEX(?title, "defen[cs]e", "i"), "defence_minister", "foreign_minister") AS ?office) }}
  OPTIONAL {{ ?held pq:P580 ?start }}
  OPTIONAL {{ ?held pq:P582 ?end }}
  FILTER(!BOUND(?end) || YEAR(?end) >= {since})
  ?person rdfs:label ?name . FILTER(LANG(?name) = "en")
  OPTIONAL {{ ?person wdt:P734 ?familyName . ?familyName rdfs:label ?family . FILTER(LANG(?family) = "en") }}
  OPTIONAL {{ ?person wdt:P21 ?sex }}
}} ORDER BY ?office ?start
"""
_SEX = {"Q6581097": "m", "Q6581072": "f", "Q1052281": "f", "Q2449503": "m"}
_TITLES: dict[str, str] = {
    "head_of_state": "President",
    "head_of_government": "Prime Minister",
    "foreign_minister": "Foreign Minister",
    "defence_minister": "Defence Minister",
}


@dataclass(slots=True)
class Updated:
    """What an update found: rows to write, and how many tenures were known already, were given without a day, or had no English name."""

    rows: list[dict[str, str]] = field(default_factory=list)
    known: int = 0
    unusable: int = 0


def states_to_ask(registry: Registry, wanted: Sequence[str]) -> list[Entity]:
    """The states with these keys, or all that exist today and have an ISO code of their own. Raises `RegistryError` for a key that is no state's."""
    if unknown := [key for key in wanted if (e := registry.entities.get(key)) is None or e.kind != "state"]:
        raise RegistryError(f"{unknown[0]!r} is no state of the registry. Wanted: ISO 3166-1 alpha-3 codes such as PRK; `sayso actors find` looks them up.")
    return (
        [registry.entities[k] for k in wanted]
        if wanted
        else [e for e in registry.entities.values() if e.kind == "state" and e.key == e.country and not e.part_of]
    )


def fetched(state: Entity, client: httpx.Client, endpoint: str, *, since: int, wait: float = 1.0) -> list[dict[str, Any]]:
    """Ask about one state. Waits as the service asks when it is busy; raises `RegistryError` when it does not answer at last."""
    query = _QUERY.format(iso=state.key, since=since)
    problem = ""
    for attempt in range(TRIES):
        try:
            answer = client.post(endpoint, data={"query": query}, headers={"Accept": "application/sparql-results+json"})
        except httpx.HTTPError as error:
            problem = f"{type(error).__name__}: {error}"
        else:
            if answer.status_code == httpx.codes.OK:
                return _bindings(answer, endpoint)
            problem = f"HTTP {answer.status_code}"
            if answer.status_code not in {429, 500, 502, 503, 504}:
                break
            asked = answer.headers.get("Retry-After", "")
            wait = max(wait, float(asked)) if asked.isdigit() else wait
        if attempt < TRIES - 1:
            time.sleep(min(wait * 2**attempt, TIMEOUT_S))
    raise RegistryError(f"{endpoint} did not answer for {state.key} ({problem}). Try again later, or name another service with --endpoint.")


def _bindings(answer: httpx.Response, endpoint: str) -> list[dict[str, Any]]:
    try:
        found = answer.json()["results"]["bindings"]
        if not isinstance(found, list) or not all(isinstance(binding, dict) for binding in found):
            raise TypeError("results.bindings is no list of objects")
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise RegistryError(f"{endpoint} answered something else than SPARQL results in JSON ({error}). Is this a SPARQL service?") from error
    return found


def news_of(state: Entity, bindings: Sequence[dict[str, Any]], registry: Registry, today: date) -> Updated:
    """Compare what came back with the registry, and keep what is new: another holder, or an end that was open."""
    out = Updated()
    new: dict[tuple[str, ...], dict[str, str]] = {}
    closed: dict[str, tuple[Entity, dict[Tenure, str]]] = {}
    for binding in bindings:
        given = {name: str(cell.get("value", "")) for name, cell in binding.items() if isinstance(cell, dict)}
        row = _row(state, given, registry, today)
        if row is None:
            out.unusable += 1
            continue
        known = _known(state, row, registry)
        if known is None:
            # A person with two family names comes twice.
            families = (new.setdefault(_identity(row), row)["family"], row["family"])
            new[_identity(row)]["family"] = ";".join(dict.fromkeys(filter(None, families)))
            continue
        person, tenure = known
        if tenure.end == LAST and row["end"]:
            closed.setdefault(person.key, (person, {}))[1][tenure] = row["end"]
        else:
            out.known += 1
    # A person's other tenures go along, since a user's file replaces all that the shipped one says of the person.
    ended = (_as_row(person, t, today, end=ends.get(t)) for person, ends in closed.values() for t in person.tenures)
    out.rows = [*new.values(), *ended]
    return out


def _row(state: Entity, given: dict[str, str], registry: Registry, today: date) -> dict[str, str] | None:
    name, office = given.get("name", "").strip(), given.get("office", "")
    if not name or re.fullmatch(r"Q\d+", name) or office not in _TITLES:
        return None
    start, end = _day(given.get("start", "")), _day(given.get("end", ""))
    if end and start and end < start:
        return None
    family = given.get("family", "").strip()
    return {
        "of": state.key,
        "office": office,
        "title": _title(state, office, given.get("title", ""), registry),
        "person": name,
        "family": family if family and family != name.split()[-1] and family in name else "",
        "names": "",
        "sex": _SEX.get(given.get("sex", "").rsplit("/", 1)[-1], ""),
        "start": start or "1900",
        "end": end or "",
        "wikidata": given.get("person", "").rsplit("/", 1)[-1] if re.search(r"/Q\d+$", given.get("person", "")) else "",
        "unsure": "" if start else "day of start",
        "source": "Wikidata",
        "checked": today.isoformat(),
    }


def _day(value: str) -> str:
    """`2019-05-20T00:00:00Z` as a day; empty for what has none."""
    match = re.match(r"\+?(\d{4}-\d\d-\d\d)", value)
    if not match:
        return ""
    try:
        return date.fromisoformat(match[1]).isoformat()
    except ValueError:
        return ""


def _title(state: Entity, office: str, given: str, registry: Registry) -> str:
    """As the registry prints it for this state, else as Wikidata names the position, else the usual one."""
    asked: tuple[Office, ...] = tuple(o for o in ("head_of_state", "head_of_government", "foreign_minister", "defence_minister") if o == office)
    held = registry.holders(state.key, asked, None, None)
    if held:
        return max(held, key=lambda h: h.tenure.start).tenure.title.removeprefix("Acting ")
    return (given[:1].upper() + given[1:]) if given else _TITLES[office]


def _known(state: Entity, row: dict[str, str], registry: Registry) -> tuple[Entity, Tenure] | None:
    """The tenure of the registry that this is, whatever the spelling of the name."""
    for person in registry.persons(row["person"]):
        for tenure in person.tenures:
            same = tenure.of == state.key and tenure.office == row["office"]
            if same and (row["unsure"] or abs(tenure.start - date.fromisoformat(row["start"])) <= SAME_START + timedelta(days=tenure.start_slack)):
                return person, tenure
    return None


def _as_row(person: Entity, tenure: Tenure, today: date, end: str | None) -> dict[str, str]:
    kept = tenure.end.isoformat() if tenure.end != LAST else ""
    return {
        "of": tenure.of, "office": tenure.office, "title": tenure.title, "person": person.name, "family": ";".join(person.family),
        "names": ";".join(n for n, _ in person.aliases if n != person.name), "sex": person.sex or "", "start": tenure.start.isoformat(),
        "end": end or kept, "wikidata": person.wikidata or "", "unsure": tenure.unsure, "source": "Wikidata" if end else person.source,
        "checked": today.isoformat(),
    }  # fmt: skip


def check_name(path: Path) -> None:
    """Raise `RegistryError` for a file that --registry would not read as one of holders."""
    if path.suffix != ".csv":
        raise RegistryError(f"{path} does not end in .csv. Wanted: a CSV file of holders, or a path where none is yet. Name another file with --registry.")


def write_rows(path: Path, rows: Sequence[dict[str, str]]) -> int:
    """Put rows into the user's file; a row for the same person, office and start replaces the one there. Gives how many the file then holds.

    The file is replaced in one step, so that an interrupted run leaves the old one whole. Raises `RegistryError` when it is no file of holders.
    """
    check_name(path)
    kept = {_identity(row): row for row in (*_rows_in(path), *rows)}
    beside = path.with_name(path.name + ".new")
    with beside.open("w", encoding="utf-8", newline="") as out:
        out.write("# Holders of offices from Wikidata (CC0), for --registry. Correct what is wrong; a next update adds to it.\n")
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([kept[key] for key in sorted(kept)])
    beside.replace(path)
    return len(kept)


def _rows_in(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegistryError(f"{path} cannot be read ({error}). Wanted: a CSV file of holders, or a path where none is yet.") from error
    rows = csv.DictReader(line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    kept = list(rows)
    if text.strip() and (set(rows.fieldnames or ()) != set(COLUMNS) or any(set(row) != set(COLUMNS) or None in row.values() for row in kept)):
        raise RegistryError(f"{path} is no file of holders: its columns are not {','.join(COLUMNS)}. Name another file with --registry.")
    yield from map(dict, kept)


def _identity(row: dict[str, str]) -> tuple[str, ...]:
    return row["of"], row["office"], row["start"], row["person"]

"""Files of the registry -> entries, one by one, so that a malformed entry costs only itself.

Takes   TOML files of states, organisations and media, CSV files of holders of offices (README.md beside this file gives the formats).
Gives   `Entity` and `Tenure` records, and a `Problem` with file and line for everything that was refused.
Needs   the standard library.
Limits  an entry is checked by itself; what only shows between entries (a gap, an overlap, a key that nobody has) is check.py's.
"""

from __future__ import annotations

import csv
import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

import tomli

from sayso.relate.registry.fold import words

EntityKind = Literal["state", "body", "organisation", "medium", "person"]
Office = Literal[
    "head_of_state", "head_of_government", "leader", "vice_president", "foreign_minister", "defence_minister", "minister", "ambassador", "envoy",
    "governor", "legislator", "military_chief", "candidate", "head", "spokesperson", "prosecutor",
]  # fmt: skip
OFFICES: tuple[Office, ...] = get_args(Office)
ORGANISATION_KINDS = ("intergovernmental", "alliance", "armed group", "party", "movement", "court", "company", "ngo")
MEDIUM_KINDS = ("agency", "broadcaster", "newspaper", "magazine", "site")
OWNERSHIPS = ("state", "public", "party", "private", "cooperative")
# PLOVER's, and those for whom no state stands.
_SECTORS = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP REL SOC IGO UNO EUR NGO ISM IMG MNC"
SECTORS = frozenset(_SECTORS.split())
_SECTOR_OF_OFFICE: dict[Office, str] = {"legislator": "LEG", "military_chief": "MIL", "candidate": "PTY"}
VACANT = "vacant"  # the person of a row that says that nobody held the office
FIRST, LAST = date(1800, 1, 1), date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Problem:
    """An entry, or a value in it, that could not be used."""

    file: str
    line: int
    met: str
    wanted: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.met}; wanted {self.wanted}."


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What an entity became: its sector or state from one day to another."""

    sector: str | None
    country: str | None
    since: date
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One person in one office. `of` is the key of the state or organisation; both days are part of it.

    start_slack, end_slack  days by which the start may be later and the end earlier, when only a month or a year is known.
    """

    of: str
    office: Office
    title: str
    start: date
    end: date
    start_slack: int
    end_slack: int
    unsure: str
    file: str
    line: int

    def holds_on(self, first: date, last: date) -> bool:
        """Was the office held on any of these days?"""
        return self.start <= last and first <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Somebody or something that names resolve to.

    key       the same in every version: `KOR`, `KOR/Blue House`, `NATO`, `PRK/Kim Jong-un`.
    country   ISO 3166 alpha-3, KOS, or PRE; None for what belongs to no state.
    sector    PLOVER; None for a state as a whole.
    aliases   words and how they name it: name, demonym, capital, place, shared.
    family    for a person, what newspapers use alone.
    """

    key: str
    name: str
    kind: EntityKind
    country: str | None = None
    sector: str | None = None
    cameo: str | None = None
    wikidata: str | None = None
    part_of: str | None = None
    detail: str = ""
    since: date = FIRST
    until: date = LAST
    aliases: tuple[tuple[str, str], ...] = ()
    family: tuple[str, ...] = ()
    sex: str | None = None
    changes: tuple[Change, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    source: str = ""
    checked: str = ""
    unsure: str = ""
    file: str = ""
    line: int = 0


def sector_in(office: Office, owner: Entity, sector: str | None) -> str | None:
    """PLOVER's sector of whoever holds this office of a state, or of an organisation of that sector."""
    return _SECTOR_OF_OFFICE.get(office, "GOV" if owner.kind == "state" else sector)


@dataclass(slots=True)
class Loaded:
    """What files gave: entities by key, times in which nobody held an office, and what was refused."""

    entities: dict[str, Entity] = field(default_factory=dict)
    vacant: list[Tenure] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class _Refused(Exception):
    """An entry cannot be used."""

    def __init__(self, met: str, wanted: str) -> None:
        self.met, self.wanted = met, wanted


def load_files(paths: list[Path]) -> Loaded:
    """Read files in order; a later entry with the same key replaces an earlier one, persons' tenures are added up per file."""
    out = Loaded()
    rows: dict[str, list[tuple[Path, int, dict[str, str], Tenure]]] = {}
    for path in paths:
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            out.problems.append(Problem(path.name, 1, f"the file cannot be read ({error})", "a UTF-8 text file of the registry"))
            continue
        if path.suffix == ".toml":
            _load_toml(path, text, out)
        elif path.suffix == ".csv":
            _load_csv(path, text, rows, out)
        else:
            out.problems.append(Problem(path.name, 1, f"a file that ends in {path.suffix!r}", ".toml (states, organisations, media) or .csv (holders)"))
    for key, held in rows.items():
        out.entities[key] = _person(key, held)
    return out


# -- TOML: states, organisations, media ------------------------------------------------------------------------------

_HEADER = re.compile(r"\[\[\s*([^\W\d]\w*)\s*\]\]\s*(?:#.*)?$")
_NO_TOML = (ValueError, RecursionError)  # tomli's own error, a number of too many digits, lists in lists without end


def _load_toml(path: Path, text: str, out: Loaded) -> None:
    for line, kind, table in _tables(path, text, out):
        try:
            for entity in _READERS[kind](_Fields(path.name, line, table)):
                out.entities[entity.key] = entity
        except _Refused as why:
            out.problems.append(Problem(path.name, line, why.met, why.wanted))
        except (ValueError, RecursionError) as error:  # a number too long, or lists too deep, to be told in words
            out.problems.append(Problem(path.name, line, f"a value that cannot be shown ({error})", "texts, days, lists and tables as in README.md"))


def _tables(path: Path, text: str, out: Loaded) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Every entry with its line and kind. A file without a fault is parsed in one go; one that has any is cut, so that the fault costs one entry."""
    heads = _heads(text)
    try:
        whole = tomli.loads(text)
        plain = set(whole) <= set(_READERS) and all(isinstance(t, list) and len(t) == sum(k == n for k, _ in heads) for n, t in whole.items())
    except _NO_TOML:
        plain = False
    if plain:
        left = {name: iter(tables) for name, tables in whole.items()}
        yield from ((line, kind, next(left[kind])) for kind, line in heads)
        return
    for line, kind, chunk in _chunks(path, text, out):
        try:
            yield line, kind, tomli.loads(chunk)
        except _NO_TOML as error:
            at = re.search(r"line (\d+)", str(error))
            where = line + (int(at[1]) if at else 1)
            out.problems.append(Problem(path.name, where, f"TOML that cannot be parsed ({error})", "key = value lines as in README.md"))


def _heads(text: str) -> list[tuple[str, int]]:
    """Kind and line of every entry."""
    return [(header[1], n) for n, line in enumerate(text.split("\n"), 1) if "[[" in line and (header := _header(line))]


def _header(line: str) -> re.Match[str] | None:
    bare = line.lstrip()
    return _HEADER.match(bare) if bare.startswith("[[") else None


def _chunks(path: Path, text: str, out: Loaded) -> Iterator[tuple[int, str, str]]:
    """Cut a file at its `[[kind]]` headers, so that each entry is parsed alone. Gives the header's line, its kind and the lines below."""
    start, kind, lines = 0, "", list[str]()
    for number, line in enumerate([*text.split("\n"), "[[end]]"], 1):
        header = _header(line)
        if header is None:
            lines.append(line)
            continue
        if kind in _READERS:
            yield start, kind, "\n".join(lines)
        elif kind:
            out.problems.append(Problem(path.name, start, f"[[{kind}]]", "one of " + ", ".join(f"[[{k}]]" for k in _READERS)))
        elif any(rest.strip() and not rest.lstrip().startswith("#") for rest in lines):
            out.problems.append(Problem(path.name, 1, "values before the first [[...]] line", "comments only"))
        start, kind, lines = number, header[1], []


class _Fields:
    """The values of one entry, each checked as it is taken; what nobody took at the end is unknown."""

    def __init__(self, file: str, line: int, table: dict[str, Any]) -> None:
        self.file, self.line, self.table = file, line, dict(table)

    def text(self, name: str, *, needed: bool = False, among: tuple[str, ...] | frozenset[str] | None = None) -> str:
        value = self.table.pop(name, "")
        if not isinstance(value, str):
            raise _Refused(f"{name} = {value!r}", f"{name} as text in quotation marks")
        if needed and not value.strip():
            raise _Refused(f"no {name}", f'{name} = "..."')
        if value and among is not None and value not in among:
            raise _Refused(f"{name} = {value!r}", f"{name} as one of {', '.join(sorted(among))}")
        return value.strip()

    def texts(self, name: str) -> list[str]:
        value = self.table.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            raise _Refused(f"{name} = {value!r}", f'{name} as a list of texts, ["...", "..."]')
        return [v.strip() for v in value]

    def tables(self, name: str) -> list[_Fields]:
        value = self.table.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise _Refused(f"{name} = {value!r}", f"{name} as a list of tables, [{{ ... }}]")
        return [_Fields(self.file, self.line, v) for v in value]

    def day(self, name: str, *, last: bool = False) -> date:
        value = self.table.pop(name, None)
        if value is None or value == "":
            return LAST if last else FIRST
        found = _day(str(value), last=last)
        if found is None:
            raise _Refused(f"{name} = {str(value)!r}", f"{name} as a day, a month or a year: 2009-01-20, 2009-01 or 2009")
        return found[0]

    def time(self) -> dict[str, date]:
        """The first day and the last."""
        said = self.table.get("since"), self.table.get("until")
        since, until = self.day("since"), self.day("until", last=True)
        if until < since:
            raise _Refused(f"until = {str(said[1])!r}, before since = {str(said[0])!r}", "the first day and the last")
        return {"since": since, "until": until}

    def done(self) -> None:
        if self.table:
            raise _Refused(f"an unknown key {sorted(self.table)[0]!r}", "the keys of README.md only")

    def common(self) -> dict[str, Any]:
        """What every entry has."""
        checked = str(self.table.pop("checked", ""))
        if not checked or _day(checked, last=False) is None:
            raise _Refused(f"checked = {checked!r}" if checked else "no checked", "checked = the day it was last checked, 2026-11-23")
        return {
            **self.time(),
            "wikidata": _wikidata(self.text("wikidata")),
            "source": self.text("source", needed=True),
            "checked": checked,
            "unsure": self.text("unsure"),
            "file": self.file,
            "line": self.line,
        }


def _wikidata(value: str) -> str | None:
    if value and not re.fullmatch(r"Q[1-9]\d*", value):
        raise _Refused(f"wikidata = {value!r}", "wikidata as Q and digits")
    return value or None


@lru_cache(4096)
def _day(value: str, *, last: bool) -> tuple[date, int] | None:
    """First day of `2009`, `2009-01` or `2009-01-20` (the last one with `last`), and how many days more or less it may be."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value.strip())
    if not match:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, 0
    end = date(year, month or 12, monthrange(year, month or 12)[1])
    return (end if last else first), (end - first).days


def _states(f: _Fields) -> Iterator[Entity]:
    key, name = f.text("key", needed=True), f.text("name", needed=True)
    country = f.text("code") or key
    if not re.fullmatch(r"[A-Z]{3}", country):
        raise _Refused(f"code = {country!r}", "an ISO 3166-1 alpha-3 code, KOS or PRE (as key, or as code beside another key)")
    aliases = [(name, "name"), *((n, "name") for n in f.texts("names")), *((n, "demonym") for n in f.texts("demonyms"))]
    aliases += [(n, "shared") for n in f.texts("shared")]
    capital = f.text("capital")
    aliases += [(n, "capital") for n in ([capital] if capital else []) + f.texts("capitals")]
    aliases += [(n, "place") for n in f.texts("places")]
    bodies, part_of, common = f.tables("bodies"), f.text("part_of") or None, f.common()
    f.done()
    state = Entity(key=key, name=name, kind="state", country=country, cameo=country, part_of=part_of, aliases=tuple(aliases), **common)
    made = [_body(state, b, common) for b in bodies]  # all or none: a half-read state misleads
    yield state
    yield from made


def _body(owner: Entity, f: _Fields, common: dict[str, Any]) -> Entity:
    name = f.text("name", needed=True)
    sector = f.text("sector", among=SECTORS) or owner.sector
    aliases = ((name, "name"), *((n, "name") for n in f.texts("names")), *((n, "shared") for n in f.texts("shared")))
    own = f.time() | {"wikidata": None, "unsure": f.text("unsure")}
    f.done()
    return Entity(
        **(common | own),
        key=f"{owner.key}/{name}", name=name, kind="body", country=owner.country, sector=sector, part_of=owner.key, aliases=aliases,
    )  # fmt: skip


def _organisations(f: _Fields) -> Iterator[Entity]:
    key, name = f.text("key", needed=True), f.text("name", needed=True)
    detail = f.text("kind", needed=True, among=ORGANISATION_KINDS)
    country, sector = f.text("country") or None, f.text("sector", needed=True, among=SECTORS)
    aliases = [(name, "name"), *((n, "name") for n in f.texts("names")), *((n, "demonym") for n in f.texts("demonyms"))]
    aliases += [(n, "shared") for n in f.texts("shared")]
    seat = f.text("seat")
    aliases += [(seat, "seat")] if seat else []
    changes = []
    for c in f.tables("changes"):
        to = c.text("sector", among=SECTORS) or sector, c.text("country") or country
        changes.append(Change(sector=to[0], country=to[1], **c.time()))
        c.done()
    cameo, bodies, common = f.text("cameo") or None, f.tables("bodies"), f.common()
    f.done()
    owner = Entity(
        key=key, name=name, kind="organisation", country=country, sector=sector, cameo=cameo, detail=detail, aliases=tuple(aliases),
        changes=tuple(changes), **common,
    )  # fmt: skip
    made = [_body(owner, b, common) for b in bodies]
    yield owner
    yield from made


def _media(f: _Fields) -> Iterator[Entity]:
    key, name = f.text("key", needed=True), f.text("name", needed=True)
    kind, ownership = f.text("kind", needed=True, among=MEDIUM_KINDS), f.text("ownership", needed=True, among=OWNERSHIPS)
    owner, country = f.text("owner"), f.text("country") or None
    aliases = [(name, "name"), *((n, "name") for n in f.texts("names")), *((n, "shared") for n in f.texts("shared"))]
    if name in {n for n, how in aliases if how == "shared"}:
        aliases = aliases[1:]  # a name that means something else as well is no more than that
    common = f.common()
    f.done()
    detail = f"{kind}, {ownership}" + (f", {owner}" if owner else "")
    yield Entity(key=key, name=name, kind="medium", country=country, sector="JRN", detail=detail, aliases=tuple(aliases), **common)


_READERS: dict[str, Callable[[_Fields], Iterator[Entity]]] = {"state": _states, "organisation": _organisations, "medium": _media}

# -- CSV: holders of offices -----------------------------------------------------------------------------------------

COLUMNS = ("of", "office", "title", "person", "family", "names", "sex", "start", "end", "wikidata", "unsure", "source", "checked")


def _load_csv(path: Path, text: str, rows: dict[str, list[tuple[Path, int, dict[str, str], Tenure]]], out: Loaded) -> None:
    """Read one tenure a line. Lines are read one by one, so that a broken quotation mark does not swallow what follows."""
    header: list[str] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            cells = next(csv.reader([line], strict=True))
            if header is None:
                header = [c.strip() for c in cells]
                if missing := [c for c in COLUMNS if c not in header]:
                    out.problems.append(Problem(path.name, number, f"no column {missing[0]!r}", "the columns " + ",".join(COLUMNS)))
                    return
                continue
            if len(cells) != len(header):
                raise _Refused(f"{len(cells)} values", f"{len(header)}, one for each column; a value with a comma stands in quotation marks")
            row = dict(zip(header, (c.strip() for c in cells), strict=True))
            tenure = _tenure(path.name, number, row)
        except csv.Error as error:
            out.problems.append(Problem(path.name, number, f"CSV that cannot be parsed ({error})", "values with commas, quotation marks doubled inside them"))
        except _Refused as why:
            out.problems.append(Problem(path.name, number, why.met, why.wanted))
        else:
            if row["person"].lower() == VACANT:
                out.vacant.append(tenure)
                continue
            rows.setdefault(f"{row['of']}/{row['person']}", []).append((path, number, row, tenure))
    if header is None:
        out.problems.append(Problem(path.name, 1, "a file without a line of columns", "the columns " + ",".join(COLUMNS)))


_NAMES = re.compile(r"(?:[A-Za-z][^;]*(?:;|$))*$")  # those that begin with a letter need no further look


def _tenure(file: str, line: int, row: dict[str, str]) -> Tenure:
    for name in ("of", "title", "person", "source"):
        if not row[name]:
            raise _Refused(f"no {name}", f"a value in column {name}")
    for name in ("person", "family", "names"):
        if not _NAMES.match(row[name]) and not all(words(n) for n in row[name].split(";") if n.strip()):
            raise _Refused(f"{name} = {row[name]!r}", "names with letters")
    office = next((o for o in OFFICES if o == row["office"]), None)
    if office is None:
        raise _Refused(f"office = {row['office']!r}", "one of " + ", ".join(OFFICES))
    if row["sex"] not in {"m", "f", ""}:
        raise _Refused(f"sex = {row['sex']!r}", "m, f or nothing")
    start, end = _day(row["start"], last=False), _day(row["end"], last=True) if row["end"] else (LAST, 0)
    if start is None or end is None:
        raise _Refused(f"start = {row['start']!r}, end = {row['end']!r}", "days as 2009-01-20, 2009-01 or 2009; end may be empty")
    if end[0] < start[0]:
        raise _Refused(f"an end, {row['end']}, before the start, {row['start']}", "the first day and the last")
    if _day(row["checked"], last=False) is None:
        raise _Refused(f"checked = {row['checked']!r}", "the day it was last checked, 2026-11-23")
    _wikidata(row["wikidata"])
    return Tenure(
        of=row["of"], office=office, title=row["title"], start=start[0], end=end[0], start_slack=start[1], end_slack=end[1], unsure=row["unsure"],
        file=file, line=line,
    )  # fmt: skip


def _person(key: str, held: list[tuple[Path, int, dict[str, str], Tenure]]) -> Entity:
    """Put the tenures of one person together; later files replace the tenures of earlier ones for the same state or organisation."""
    last_path = held[-1][0]
    held = [one for one in held if one[0] == last_path] if last_path.parent != held[0][0].parent else held
    path, line, row, _ = held[0]
    names = dict.fromkeys(n.strip() for _, _, r, _ in held for n in r["names"].split(";") if n.strip())
    family = dict.fromkeys(n.strip() for _, _, r, _ in held for n in r["family"].split(";") if n.strip())
    return Entity(
        key=key,
        name=row["person"],
        kind="person",
        wikidata=next((r["wikidata"] for _, _, r, _ in held if r["wikidata"]), None),
        part_of=row["of"],
        aliases=((row["person"], "name"), *((n, "name") for n in names)),
        family=tuple(family) or (row["person"].split()[-1],),
        sex=next((r["sex"] for _, _, r, _ in held if r["sex"]), None),
        tenures=tuple(sorted((t for *_, t in held), key=lambda t: (t.start, t.end))),
        source=row["source"],
        checked=max(r["checked"] for _, _, r, _ in held),
        unsure="; ".join(dict.fromkeys(t.unsure for *_, t in held if t.unsure)),
        file=path.name,
        line=line,
    )

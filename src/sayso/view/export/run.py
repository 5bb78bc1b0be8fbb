"""`sayso.export`: write what a store or readings hold in a format of others.

    sayso.export("parquet", store, "news.parquet", query=Query(about="USA"))
    sayso.export("icews", "readings.jsonl", "events.tab")

Takes   the name of a format; a store, readings, or files of their JSON lines; a path, or an open file of bytes.
Gives   `Exported`: the files, their rows, and what the format could not hold.
Limits  memory does not grow with what is written: one reading at a time, the readings at hand of stream.py, one row group of Parquet.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from sayso.errors import ExportError
from sayso.ontology import ontology_of
from sayso.records import Reading, Skipped
from sayso.store import Query, Store
from sayso.view.export.columns import Unwritable
from sayso.view.export.context import Deed, Item
from sayso.view.export.formats import Format, format_named
from sayso.view.export.lines import readings_in
from sayso.view.export.out import whole_files
from sayso.view.export.part import Part
from sayso.view.export.stream import OfReadings, OfStore, Stream

REPORTED = "reported"
NAMED = 100  # things that cannot be written are named, the others counted
Source = Store | str | Path | Iterable[Reading | Skipped]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What an export wrote.

    rows     of each table.
    files    of each table; empty when it went to an open file.
    claims   events left out since they are not `reported` and the format has no place for a claimant.
    unfit    statements and events that the format cannot hold; skipped: the first of them, with the reason.
    """

    rows: dict[str, int]
    files: dict[str, Path]
    claims: int
    unfit: int
    skipped: tuple[Skipped, ...]


def export(
    format: str,
    source: Source,
    out: str | Path | BinaryIO,
    *,
    query: Query | None = None,
    claims: bool = False,
    table: str | None = None,
    ontology: Sequence[Path] = (),
) -> Exported:
    """Write one format.

    source    a `Store`; readings, as `sayso.read_many` gives them; or a file of their JSON lines.
    out       a path; a format of two tables makes two files of `news.csv`: `news.statements.csv` and `news.events.csv`.
    query     which statements and events of the store; all by default. `limit` and `after` do not count.
    claims    write events that are only claimed, denied, announced, demanded or possible in formats that cannot say so.
    table     the one table of a format of two that is wanted.
    ontology  files of types of events of your own.

    Raises `ExportError` when the format cannot give what is asked for or a line is no reading, `StoreError` and `QueryError` as the store does.
    """
    wanted = format_named(format)
    parts = _parts(wanted, table)
    stream = _stream(wanted, source, query, claims=claims, ontology=ontology)
    with _opened(out, parts, wanted) as (files, paths):
        written = _Written(wanted, parts, files, claims=claims)
        for item in stream.items(tuple({kind for part in parts for kind in part.takes})):
            written.add(item)
        written.close()
    return Exported(rows=written.rows, files=paths, claims=written.claims, unfit=written.unfit, skipped=tuple(written.skipped))


class _Written:
    """The files of one export while they are written."""

    def __init__(self, wanted: Format, parts: Sequence[Part], files: Sequence[BinaryIO], *, claims: bool) -> None:
        self.reported_alone = not (wanted.claimants or claims)
        self.writers = [(part, part.open(file)) for part, file in zip(parts, files, strict=True)]
        self.rows = {part.name: 0 for part in parts}
        self.skipped: list[Skipped] = []
        self.claims = self.unfit = 0

    def add(self, item: Item) -> None:
        if self.reported_alone and isinstance(item, Deed) and item.event.standing != REPORTED:
            self.claims += 1
            return
        for part, writer in self.writers:
            if isinstance(item, part.takes):
                try:
                    self.rows[part.name] += writer.add(item)
                except Unwritable as error:
                    self._skip(item, error)

    def _skip(self, item: Item, error: Unwritable) -> None:
        self.unfit += 1
        if len(self.skipped) < NAMED:
            page = item.page if isinstance(item, Reading) else item.context.page
            self.skipped.append(Skipped(stage="view", of=page.id, why="cannot be written", detail=str(error)))

    def close(self) -> None:
        for _, writer in self.writers:
            writer.close()


def _parts(wanted: Format, table: str | None) -> tuple[Part, ...]:
    names = [part.name for part in wanted.parts]
    if table is not None and table not in names:
        raise ExportError(f"{wanted.name} has no table {table!r}. It has {' and '.join(names)}.")
    return tuple(part for part in wanted.parts if table in {None, part.name})


def _stream(wanted: Format, source: Source, query: Query | None, *, claims: bool, ontology: Sequence[Path]) -> Stream:
    if query and query.standing not in {None, REPORTED} and not (wanted.claimants or claims):
        raise ExportError(f"{wanted.name} has no place for a claimant: what is {query.standing} would stand there as a fact. Ask for claims to have it so.")
    if isinstance(source, Store):
        return OfStore(source, replace(query or Query(), limit=500, after=None), ontology_of(*ontology))
    if query is not None:
        raise ExportError("a query asks a store. Add the readings to one first, or leave the query out.")
    readings = readings_in([source]) if isinstance(source, str | Path) else source
    return OfReadings(readings, ontology_of(*ontology))


@contextmanager
def _opened(out: str | Path | BinaryIO, parts: Sequence[Part], wanted: Format) -> Iterator[tuple[Sequence[BinaryIO], dict[str, Path]]]:
    """The files to write, and where they will stand."""
    if not isinstance(out, str | Path):
        if len(parts) > 1:
            names = " or ".join(part.name for part in parts)
            raise ExportError(f"{wanted.name} has {len(parts)} tables, and one stream holds one. Ask for {names}, or give the name of a file.")
        yield [out], {}
        return
    path = Path(out)
    paths = {part.name: path if len(parts) == 1 else path.with_name(f"{path.stem}.{part.name}{path.suffix or f'.{wanted.name}'}") for part in parts}
    for one in paths.values():
        if one.is_dir() or not one.parent.is_dir():
            raise ExportError(f"{one} is {'a folder' if one.is_dir() else 'in a folder that is not there'}. Name a file.")
        if one.exists() and not os.access(one, os.W_OK):
            raise ExportError(f"{one} may not be written. Name another file, or give yourself the right.")
    with whole_files(list(paths.values())) as files:
        yield files, paths

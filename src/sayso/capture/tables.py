"""A table (JSONL, CSV, Parquet) -> its rows as pages, one at a time.

Takes   an open file and its kind.
Gives   a `Page` a row, and one `Skipped` for each run of rows that are broken. Raises `CaptureError` when a column is missing.
Needs   pyarrow, for Parquet.
Limits  memory holds one row, of Parquet a few dozen and one of its row groups; a row may be a few times `max_bytes` as it is written.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.capture.columns import Columned, columned
from sayso.capture.lines import lines_of, text_of
from sayso.capture.page import skipped
from sayso.config import Settings
from sayso.errors import CaptureError
from sayso.records import Page, Skipped

BATCH = 32
DELIMITERS = ",;\t|"


class _Broken:
    """Counts rows in succession that cannot be read, so that a damaged part is one `Skipped` and no flood."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.first, self.count, self.why = 0, 0, ""

    def add(self, row: int, why: str) -> None:
        self.first, self.why = (self.first, self.why) if self.count else (row, why)
        self.count += 1

    def told(self) -> Iterator[Skipped]:
        if self.count:
            rows = f"row {self.first}" if self.count == 1 else f"{self.count} rows from row {self.first} on"
            yield skipped(f"{self.address}#{self.first}", "broken row", f"{rows}: {self.why}. Mend the table; the other rows are read.")
        self.count = 0


def rows_of_jsonl(stream: BinaryIO, head: bytes, address: str, settings: Settings, captured: str) -> Iterator[Page | Skipped]:
    """One JSON object a line; blank lines are passed over. The first object says which columns there are."""
    broken, columns = _Broken(address), None
    with text_of(stream, head) as text:
        for number, line in enumerate(lines_of(text, 6 * settings.max_bytes + 65_536), start=1):
            if line is not None and not line.strip("\ufeff\r\n\t "):
                continue
            row = _object(line, number, broken)
            if row is not None:
                yield from broken.told()
                if columns is None or not any(name in row for name in (columns.text, columns.html)):
                    columns = _again(columns, row, settings, address)
                yield columns.page(row, f"{address}#{number}", settings, captured)
    yield from broken.told()


def _again(columns: Columned | None, row: dict[str, Any], settings: Settings, address: str) -> Columned:
    """Find the columns by this row; a later row without any keeps those that the others have."""
    try:
        return columned([name for name in row if isinstance(name, str)], settings.columns, address)
    except CaptureError:
        if columns is None:
            raise
        return columns


def _object(line: str | None, number: int, broken: _Broken) -> dict[str, Any] | None:
    if line is None:
        broken.add(number, "the line is longer than any page may be")
        return None
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        broken.add(number, f"no JSON ({str(error)[:120]})")
        return None
    if not isinstance(row, dict):
        broken.add(number, f"a JSON {type(row).__name__} where an object was wanted")
        return None
    return row


def rows_of_csv(stream: BinaryIO, head: bytes, address: str, settings: Settings, captured: str) -> Iterator[Page | Skipped]:
    """The first row names the columns; comma, semicolon, tab or bar divides them, whichever the first row has most of."""
    csv.field_size_limit(max(csv.field_size_limit(), settings.max_bytes))
    with text_of(stream, head) as text:
        start = text.readline(65_536)
        delimiter = max(DELIMITERS, key=start.count)
        names = next(csv.reader([start], delimiter=delimiter), [])
        columns = columned(names, settings.columns, address)
        lines = _without_nul(lines_of(text, 2 * settings.max_bytes))
        for number, row in _cells(csv.reader(lines, delimiter=delimiter), len(names), address):
            yield row if isinstance(row, Skipped) else columns.page(dict(zip(names, row, strict=True)), f"{address}#{number}", settings, captured)


def _cells(rows: Iterator[list[str]], width: int, address: str) -> Iterator[tuple[int, list[str] | Skipped]]:
    """Rows as wide as the first, with their numbers, and what is told of the others."""
    broken, number = _Broken(address), 1
    while True:
        number += 1
        try:
            row = next(rows, None)
        except csv.Error as error:
            broken.add(number, str(error)[:200])
            continue
        if row is None or len(row) == width:
            yield from ((number, told) for told in broken.told())
        elif row:
            broken.add(number, f"{len(row)} cells where {width} were wanted")
        if row is None:
            return
        if len(row) == width:
            yield number, row


def _without_nul(lines: Iterator[str | None]) -> Iterator[str]:
    """A line that is too long becomes one that no row fits."""
    for line in lines:
        yield "\n" if line is None else line.replace("\0", "\ufffd")


def rows_of_parquet(stream: BinaryIO, address: str, settings: Settings, captured: str) -> Iterator[Page | Skipped]:
    """Read only the columns that are wanted, a few rows at a time."""
    import pyarrow as pa  # noqa: PLC0415 - a third of a second, for tables alone
    import pyarrow.parquet as pq  # noqa: PLC0415

    number = 0
    try:
        file = pq.ParquetFile(stream, pre_buffer=False)
        columns = columned(file.schema_arrow.names, settings.columns, address)
        for batch in file.iter_batches(batch_size=BATCH, columns=columns.wanted(), use_threads=False):
            for row in batch.to_pylist():
                number += 1
                yield columns.page(row, f"{address}#{number}", settings, captured)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        told = " ".join(str(error).split())[:300]
        yield skipped(address, "broken table", f"The Parquet file cannot be read beyond row {number} ({told}). Write or fetch it again.")

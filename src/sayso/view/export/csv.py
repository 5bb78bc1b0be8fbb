"""CSV: RFC 4180, UTF-8, a header row, lines that end in CR LF.

Takes   statements or events.
Gives   a row each, columns as in rows.py; lists are JSON arrays, what is not known is empty.
Limits  cells are written as they are, also those that begin with = + - or @: they are what a page says, and an apostrophe before them would make
        them something else for every program. A spreadsheet must import such a file as text (docs/columns.md says how).
"""

from __future__ import annotations

import csv
import io
from typing import Any, BinaryIO

from sayso.view.export.columns import Column, cell, values
from sayso.view.export.context import Deed, Said
from sayso.view.export.part import Part
from sayso.view.export.rows import EVENTS, STATEMENTS


class CsvWriter:
    def __init__(self, out: BinaryIO, columns: tuple[Column, ...]) -> None:
        self.out, self.columns = out, columns
        self._put([column.name for column in columns])

    def add(self, item: Any) -> int:
        self._put([cell(value) for value in values(self.columns, item)])
        return 1

    def close(self) -> None:
        """Every row has left already."""

    def _put(self, cells: list[str]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line).writerow(cells)
        self.out.write(line.getvalue().encode("utf-8"))


PARTS = (
    Part(name="statements", takes=(Said,), open=lambda out: CsvWriter(out, STATEMENTS), columns=STATEMENTS),
    Part(name="events", takes=(Deed,), open=lambda out: CsvWriter(out, EVENTS), columns=EVENTS),
)

"""Tab-separated values as readers of event data expect them: no quoting, no escapes.

Takes   rows and their columns.
Gives   UTF-8 lines that end in LF.
Limits  white space within a value (tabs, line ends) becomes one space, and in a value that begins with a quotation mark `"` such marks become
        apostrophes: then readers that know quoting and readers that do not read the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO

from sayso.view.export.columns import Column, Value, cell, values
from sayso.view.export.context import Item

_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """A value that neither ends a cell nor opens a quotation."""
    flat = _SPACE.sub(" ", text).strip()
    return flat.replace('"', "'") if flat.startswith('"') else flat


class TsvWriter:
    """rows: the rows that one item makes. absent: what stands for a value that is not known."""

    def __init__(self, out: BinaryIO, columns: tuple[Column, ...], rows: Callable[[Any], Iterable[Any]], *, absent: str = "", header: bool = True) -> None:
        self.out, self.columns, self.rows, self.absent = out, columns, rows, absent
        if header:
            self._put([column.name for column in columns])

    def add(self, item: Item) -> int:
        made = [[self._cell(value) for value in values(self.columns, row)] for row in self.rows(item)]
        for cells in made:
            self._put(cells)
        return len(made)

    def close(self) -> None:
        """Every row has left already."""

    def _cell(self, value: Value) -> str:
        if not isinstance(value, list):
            return plain(cell(value)) or self.absent
        # A list keeps its places: the second country is that of the second actor. A list of nothing known is nothing.
        each = [plain(cell(one)).replace(";", ",") for one in value]
        return ";".join(one or self.absent for one in each) if any(each) else self.absent

    def _put(self, cells: list[str]) -> None:
        self.out.write(("\t".join(cells) + "\n").encode("utf-8"))

"""One file of a format: what it takes and who writes it.

Gives   `Part`; `Writer`, which every format's module has one of.
Limits  a writer makes the whole of an item before it writes any of it, so that what cannot be written leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from sayso.view.export.columns import Column
from sayso.view.export.context import Item


class Writer(Protocol):
    """Takes items as they come; `close` ends the file, and is not called when the export breaks off."""

    def add(self, item: Item) -> int:
        """Write one item; give how many rows it made. Raises `Unwritable`."""

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One file of a format.

    name     of the table: `statements`, `events` or `readings`.
    takes    kinds of items that it is made of.
    open     begins the file.
    columns  for the data dictionary; none where the file holds Sayso's own record.
    header   whether the first line names the columns.
    """

    name: str
    takes: tuple[type, ...]
    open: Callable[[BinaryIO], Writer]
    columns: tuple[Column, ...] = ()
    header: bool = True

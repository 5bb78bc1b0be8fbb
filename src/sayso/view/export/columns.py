"""A column of a format: its name, its type, what it holds and how it is got, in one place, so that code and data dictionary cannot part.

Takes   nothing.
Gives   `Column`; `cell`, a value as text; `line_of`, a record as a line of JSON; `checked`, the same value or `Unwritable`.
Limits  a column without `of` is one that the format has and Sayso cannot fill: it is always empty.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sayso.view.jsonl import escaped

Kind = Literal["text", "texts", "integer", "integers", "number", "day", "yes/no", "object", "objects"]
Value = str | int | float | bool | date | list[Any] | dict[str, Any] | None  # objects are for JSON alone

_SURROGATE = re.compile("[\ud800-\udfff]")
_NUL = re.compile("\0")


class Unwritable(ValueError):
    """A value that the format cannot hold. `run.py` turns it into a `Skipped`, and the export goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table whose rows are made from a `T`.

    holds  what it means, in the data dictionary's words; of a column that stays empty: why.
    of     gives its value for one row; None when Sayso cannot know it.
    """

    name: str
    kind: Kind
    holds: str
    of: Callable[[Any], Value] | None = None


def known(name: str, kind: Kind, holds: str, of: Callable[[Any], Value]) -> Column:
    return Column(name=name, kind=kind, holds=holds, of=of)


def unknown(name: str, kind: Kind, why: str) -> Column:
    return Column(name=name, kind=kind, holds=why)


def values(columns: tuple[Column, ...], row: Any) -> list[Value]:
    """The values of one row, each checked to be writable."""
    return [checked(column.name, column.of(row)) if column.of else None for column in columns]


def checked(name: str, value: Value, *, nul: bool = False) -> Value:
    """Give the value back. Raises `Unwritable` for a lone surrogate, which no UTF-8 file can hold, and for NUL, where readers of tables stop."""
    for text in value if isinstance(value, list) else (value,):
        if isinstance(text, str):
            if met := _SURROGATE.search(text):
                raise Unwritable(f"{name} holds U+{ord(met[0]):04X}, half a character, which no UTF-8 file can hold: {text[:60]!a}")
            if not nul and _NUL.search(text):
                raise Unwritable(f"{name} holds NUL, where readers of tables stop: {text[:60]!a}")
    return value


def line_of(name: str, record: Any) -> bytes:
    """A record as one line of JSON. Raises `Unwritable` for a lone surrogate, which strict readers of JSON refuse even when it is escaped."""
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    checked(name, text, nul=True)
    return f"{escaped(text)}\n".encode()


def cell(value: Value) -> str:
    """A value as text: days ISO 8601, yes and no `true` and `false`, lists JSON, nothing empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date) else str(value)

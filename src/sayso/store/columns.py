"""How Sayso's values lie in columns: text that any database takes, lists, and the key that sorts.

Takes   str, tuple of str, days.
Gives   column types for `schema.py`, and `sort_key`, by which every answer is ordered.
Needs   SQLAlchemy.
Limits  NUL, lone surrogates and U+FDD0 (a noncharacter) lie escaped as U+FDD0 and four hex digits; no text that `clean` made holds any of them.
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Text
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_STORED = re.compile("\ufdd0([0-9a-f]{4})")


def storable(text: str) -> str:
    """Escape what PostgreSQL or UTF-8 cannot hold: an address may be a file name that is no UTF-8."""
    return text if text.isascii() and "\0" not in text else _UNSTORABLE.sub(lambda found: f"\ufdd0{ord(found[0]):04x}", text)


def unstored(text: str) -> str:
    return _STORED.sub(lambda found: chr(int(found[1], 16)), text) if "\ufdd0" in text else text


class Words(TypeDecorator[str]):
    """Text that comes back as it was given, whatever it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else unstored(value)


class Listed(TypeDecorator[tuple[Any, ...]]):
    """A few words in their order, as a JSON array, which Datasette and DuckDB take apart."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[Any, ...] | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Any, ...] | None:
        return None if value is None else tuple(json.loads(unstored(value)))


class Json(TypeDecorator[Any]):
    """Any JSON value; the value null is stored as `null`, which is not the same as nothing."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        return storable(json.dumps(value, ensure_ascii=False))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(unstored(value))


# SQLite makes a column the key of the table's own tree only when its type is called INTEGER.
Large = BigInteger().with_variant(Integer, "sqlite")

_HASH_BITS, _PLACE_BITS = 29, 12


def sort_key(day: date | None, article: str, place: int, salt: int = 0) -> int:
    """One number that sorts all rows newest first when read downwards: the day, then the article, then the order of reading.

    salt  another try when two articles of a day share a hash (1 in 500 million pairs).
    """
    hashed = int.from_bytes(hashlib.sha256(f"{article} {salt}".encode()).digest()[:4], "big") >> (32 - _HASH_BITS)
    return day_key(day or date.min) + (hashed << _PLACE_BITS) + (1 << _PLACE_BITS) - 1 - place


def day_key(day: date) -> int:
    """The least key that a row of that day can have."""
    return day.toordinal() << (_HASH_BITS + _PLACE_BITS)

"""What is known of a source that is asked for again and again, over restarts.

Takes   a connection and an address.
Gives   `Watched`: what its server said to recognise it by, when it was asked, when it is its turn again, and how often it failed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from sayso.store import schema
from sayso.store.engine import in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """etag, last_modified: as the server gave them; next_time: UTC; failures in a row, with the last trouble met."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    asked: str = ""
    next_time: str = ""
    failures: int = 0
    trouble: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


def watched(connection: Connection, address: str) -> Watched:
    """What is known of it; a blank one when nothing is."""
    row = connection.execute(select(schema.watched).where(schema.watched.c.address == address)).first()
    return Watched(**row._mapping) if row else Watched(address=address)


def keep_watched(connection: Connection, one: Watched) -> None:
    in_order(connection, f"watched {one.address}")
    connection.execute(delete(schema.watched).where(schema.watched.c.address == one.address))
    connection.execute(insert(schema.watched), one.to_dict())

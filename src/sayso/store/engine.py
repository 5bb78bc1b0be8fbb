"""A path or URL -> a database that several processes can write.

Takes   a path, `sqlite:///path` or `postgresql://user@host/name`.
Gives   `Database`: `reading()` and `writing()` give connections in a transaction; whatever fails inside leaves nothing behind.
Needs   SQLAlchemy; psycopg for PostgreSQL.
Limits  SQLite is set to survive a killed process with nothing lost; a power cut may cost the last few readings, never the file.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, OperationalError

from sayso.errors import StoreError, StoreLost

BUSY_MS = 60_000  # how long a writer waits for the others: each holds the file for some milliseconds, so only a stuck one lasts so long
KNOWN = "(sqlite, postgresql)"


class Database:
    """One store's engine. `name` is for messages, without a password."""

    def __init__(self, url: str | Path) -> None:
        self.engine = _engine(url)
        self.name = self.engine.url.render_as_string(hide_password=True)
        self.sqlite = self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state of the store. Raises `StoreError` when the database fails."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or not at all. Raises `StoreError` when the database fails; integrity is the caller's."""
        with self._told(), self.engine.connect().execution_options(sayso_writes=True) as connection, connection.begin():
            yield connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            met = " ".join(str(error.orig).split()).rstrip(".")
            kind = StoreLost if not self.sqlite and _passes(error) else StoreError
            raise kind(f"{self.name}: {met}. Nothing of this transaction was kept. {_advice(met)}") from error

    def close(self) -> None:
        self.engine.dispose()


def in_order(connection: Connection, *things: str) -> None:
    """Let one writer at a time at each of `things`, always in the same order, so that no two wait for each other. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        for key in sorted({int.from_bytes(hashlib.sha256(thing.encode("utf-8", "surrogatepass")).digest()[:8], "big", signed=True) for thing in things}):
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _passes(error: DBAPIError) -> bool:
    """Whether a server that says this may say other in a while: it goes down or comes up, has no connection left, or two writers met."""
    state = getattr(error.orig, "sqlstate", None)
    passing = state is None or state.startswith(("08", "57P", "533", "400", "40P"))
    return error.connection_invalidated or (isinstance(error, OperationalError) and passing)


def _advice(met: str) -> str:
    for words, advice in (
        ("locked", "Another program holds the file: close it, or try again."),
        ("full", "Make room on the disk and run it again."),
        ("readonly", "Give yourself the right to write the file and its folder."),
        ("unable to open", "Is the folder there, and may you write in it?"),
        ("not a database", "Name another file, or a new one."),
        ("connect", "Is the server up, and the URL right?"),
    ):
        if words in met:
            return advice
    return "Run it again; what was added before is kept."


def _engine(url: str | Path) -> Engine:
    given = str(url)
    if isinstance(url, Path) or not re.match(r"[A-Za-z][\w+.-]*:", given):
        if given in {"", ":memory:"}:
            raise StoreError(f"{given!r} is no place that lasts. Name a file, or a URL {KNOWN}.")
        return _sqlite(f"sqlite:///{given}", Path(given))
    kind = given.split(":", maxsplit=1)[0].split("+", maxsplit=1)[0]
    try:
        parsed = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise StoreError(f"{_hidden(given)!r} is no URL of a store. Write sqlite:///news.db or postgresql://user@host/name.") from error
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        return _sqlite(given, Path(parsed.database))
    if kind in {"postgresql", "postgres"}:
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise StoreError(f"{_hidden(given)!r} names no store we know {KNOWN}. Write a path, sqlite:///news.db or postgresql://user@host/name.")


def _hidden(url: str) -> str:
    return re.sub(r"(://[^:@/]*):[^@/]*@", r"\1:***@", url)


def _sqlite(url: str, path: Path) -> Engine:
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}. Make it first, or name another place.")
    engine = create_engine(url, connect_args={"timeout": BUSY_MS / 1000})
    event.listen(engine, "connect", _prepared)
    event.listen(engine, "begin", _begun)
    return engine


def _prepared(connection: Any, _: Any) -> None:
    # Python's driver would begin transactions on its own, and not before a CREATE TABLE.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA cache_size=-65536")
    connection.execute("PRAGMA wal_autocheckpoint=4000")  # every 16 MB instead of 4: half the time of a commit goes into it
    for _try in range(100):
        if connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
            return
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except Exception as error:  # the wait for a lock does not cover this one change
            if "locked" not in str(error):
                raise
            time.sleep(0.05)


def _begun(connection: Connection) -> None:
    # A writer that begins as a reader could not wait for another writer to finish.
    writes = connection.get_execution_options().get("sayso_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def chunked(values: Iterable[Any], size: int = 5000) -> Iterator[list[Any]]:
    """Lists that fit into one `IN (…)`."""
    listed = list(values)
    for at in range(0, len(listed), size):
        yield listed[at : at + size]

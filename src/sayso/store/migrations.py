"""Numbered migrations: an older store becomes this version's in one transaction each, or stays as it was.

Takes   a connection that writes.
Gives   a store whose tables are those of `schema.py`.
Limits  forwards only. A new store is made from `schema.py` at once, and every migration is written down as done; a migration therefore never
        changes once it was released. `tests/store/test_migrations.py` holds a migrated store to a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, inspect, select

from sayso.errors import StoreError
from sayso.store import search
from sayso.store.engine import Database, in_order
from sayso.store.schema import metadata, migrations
from sayso.version import __version__


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a store of `number` - 1 to one of `number`."""

    number: int
    name: str
    run: Callable[[Connection], None]


def _first(connection: Connection) -> None:
    """All tables; only ever run where there are none."""


def _second(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE pages ADD COLUMN url TEXT")
    connection.exec_driver_sql("ALTER TABLE pages ADD COLUMN given TEXT")
    connection.exec_driver_sql(
        "CREATE TABLE watched (address TEXT NOT NULL, etag TEXT, last_modified TEXT, asked TEXT NOT NULL, next_time TEXT NOT NULL, "
        "failures INTEGER NOT NULL, trouble TEXT, PRIMARY KEY (address))"
    )


MIGRATIONS: tuple[Migration, ...] = (
    Migration(1, "pages, articles, actors, statements, events, corrections", _first),
    Migration(2, "what the source said of a page; watched sources", _second),
)


def migrate(database: Database, at: str, steps: Sequence[Migration] = MIGRATIONS) -> None:
    """Bring a store up to date. Raises `StoreError` when it is not Sayso's, or of a newer Sayso."""
    with database.reading() as connection:
        if _number_of(connection) == steps[-1].number:
            return
    with database.writing() as connection:
        in_order(connection, "sayso migrations")
        if _number_of(connection) is None:
            _made_new(database, connection, steps, at)
    for step in steps:
        with database.writing() as connection:
            in_order(connection, "sayso migrations")
            done = _number_of(connection) or 0
            if done > steps[-1].number:
                raise StoreError(f"{database.name} has the tables of migration {done}, this Sayso knows {steps[-1].number}. Install a newer Sayso.")
            if done < step.number:
                step.run(connection)
                connection.execute(insert(migrations), {"number": step.number, "name": step.name, "sayso": __version__, "at": at})


def _made_new(database: Database, connection: Connection, steps: Sequence[Migration], at: str) -> None:
    strange = sorted(set(inspect(connection).get_table_names()) & set(metadata.tables))
    if strange:
        raise StoreError(f"{database.name} holds a table {strange[0]!r} that Sayso did not make. Name another database.")
    metadata.create_all(connection)
    search.create(connection)
    connection.execute(insert(migrations), [{"number": s.number, "name": s.name, "sayso": __version__, "at": at} for s in steps])


def _number_of(connection: Connection) -> int | None:
    if not inspect(connection).has_table("migrations"):
        return None
    number = connection.execute(select(func.max(migrations.c.number))).scalar_one()
    return int(number) if number is not None else None

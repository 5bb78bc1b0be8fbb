"""An older store becomes one of this version: with the tables of a new one, and with all that it held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, inspect, text

from sayso.errors import StoreError
from sayso.store import Query, open_store
from sayso.store.engine import Database
from sayso.store.migrations import MIGRATIONS, Migration, migrate

HERE = Path(__file__).parent


def first(url: str) -> None:
    """Make a store as the first version made it."""
    database = Database(url)
    kind = "sqlite" if database.sqlite else "postgresql"
    with database.writing() as connection:
        for statement in (HERE / f"first_{kind}.sql").read_text("utf-8").split(";\n\n"):
            bare = "\n".join(line for line in statement.splitlines() if not line.startswith("--")).strip()
            if bare := bare.rstrip(";" if "TRIGGER" not in bare else ""):
                connection.exec_driver_sql(bare)
    database.close()


def shape(connection: Connection) -> dict[str, Any]:
    """Tables with their columns, keys and indexes, in no order."""
    seen = inspect(connection)
    found = {}
    for table in seen.get_table_names():
        columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in seen.get_columns(table)}
        indexes = {(str(i["name"]), *map(str, i["column_names"]), bool(i["unique"])) for i in seen.get_indexes(table)}
        found[table] = (columns, set(seen.get_pk_constraint(table)["constrained_columns"]), indexes)
    return found


def test_a_migrated_store_has_the_tables_of_a_new_one(new_url: Callable[[str], str], url: str) -> None:
    kind = url.split(":", maxsplit=1)[0]
    old = new_url(kind)
    first(old)
    shapes = []
    for place in (url, old):
        with open_store(place) as store, store.database.reading() as connection:
            shapes.append(shape(connection))
    assert "watched" in shapes[0]
    assert shapes[1] == shapes[0]


def test_what_an_older_store_held_is_found_after_migration(url: str) -> None:
    import varied  # noqa: PLC0415

    first(url)
    reading = varied.reading(3)
    with open_store(url) as store:
        store.add(reading)
        assert store.reading(reading.page.id) == reading
        assert len(store.statements(Query(words="the")).rows) == len({s.id for s in reading.statements if " the " in s.what[0].of(reading.article.text)})


def test_every_migration_is_written_down_once(url: str) -> None:
    first(url)
    for _twice in range(2):
        with open_store(url) as store, store.database.reading() as connection:
            assert list(connection.execute(text("SELECT number FROM migrations ORDER BY number")).scalars()) == [m.number for m in MIGRATIONS]


def test_a_migration_that_fails_leaves_the_store_as_it_was(url: str) -> None:
    first(url)

    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half_done (a INTEGER)")
        raise StoreError("drawn so")

    database = Database(url)
    with pytest.raises(StoreError, match="drawn so"):
        migrate(database, "2026-01-01T00:00:00Z", [MIGRATIONS[0], Migration(2, "breaks", broken)])
    with database.reading() as connection:
        assert not inspect(connection).has_table("half_done")
        assert connection.execute(text("SELECT max(number) FROM migrations")).scalar_one() == 1
    database.close()

"""Full text on both databases: FTS5 and tsvector, made to agree.

Takes   what a person types: words that must all stand there, "a phrase", the beginn* of a word, -not this.
Gives   tables `statements_search`, `events_search`, `articles_search`, and conditions over them.
Needs   SQLite with FTS5, or PostgreSQL 12 or newer.
Limits  English stems without stop words (Porter's on SQLite, his second on PostgreSQL: they differ on few words); accents and case do not count.
        PostgreSQL indexes the first 200,000 characters of a text, since a tsvector holds a megabyte.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, column, func, select, table, text

from sayso.errors import QueryError
from sayso.store.schema import articles, events, statements

SEARCHED = {"statements": "words", "events": "passage", "articles": "text"}
INDEXED_CHARS = 200_000
_TERM = re.compile(r'(-?)(?:"([^"]*)"|(\S+))')


def folded(words: str) -> str:
    """Letters and digits alone, without accents or case, one space between: how words and names are compared."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.casefold()).split())


@dataclass(frozen=True, slots=True)
class Term:
    words: str
    begins: bool
    without: bool


def terms(words: str) -> list[Term]:
    """Take a search apart. Raises `QueryError` when nothing in it can be found."""
    found = []
    for minus, phrase, word in _TERM.findall(words):
        bare = folded(phrase or word)
        if bare:
            found.append(Term(bare, word.endswith("*"), bool(minus)))
    if not any(not term.without for term in found):
        raise QueryError(f"the words {words!r} name nothing to look for. Give at least one word that has to stand there.")
    return found


def _for_fts5(found: Iterable[Term]) -> str:
    drawn = [(f'"{term.words}"' + " *" * term.begins, term.without) for term in found]
    wanted = " AND ".join(words for words, without in drawn if not without)
    unwanted = " OR ".join(words for words, without in drawn if without)
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _for_tsquery(found: Iterable[Term]) -> str:
    drawn = []
    for term in found:
        phrase = " <-> ".join(f"'{word}'" for word in term.words.split())
        drawn.append(f"{'!' * term.without}({phrase}{':*' * term.begins})")
    return " & ".join(drawn)


def matches(connection: Connection, rows: Table, words: str) -> tuple[Any, ColumnElement[bool], ColumnElement[bool]]:
    """Give the search table of `rows`, the condition that joins it to them, and the condition that finds `words`."""
    name = f"{rows.name}_search"
    if connection.dialect.name == "sqlite":
        found = table(name, column("rowid"), column(name))
        return found, found.c.rowid == rows.c.sort_key, found.c[name].op("MATCH")(_for_fts5(terms(words)))
    found = table(name, column("sort_key"), column("words"))
    sought = func.to_tsquery(text("'sayso'"), _for_tsquery(terms(words)))
    return found, found.c.sort_key == rows.c.sort_key, found.c.words.op("@@")(sought)


def index(connection: Connection, rows: Table, added: Sequence[dict[str, Any]]) -> None:
    """Make rows findable on PostgreSQL; on SQLite triggers do it."""
    if connection.dialect.name == "postgresql" and added:
        insert = text(f"INSERT INTO {rows.name}_search VALUES (:sort_key, to_tsvector('sayso', :words))")
        connection.execute(insert, [{"sort_key": row["sort_key"], "words": folded(row[SEARCHED[rows.name]][:INDEXED_CHARS])} for row in added])


def create(connection: Connection) -> None:
    """Make the search tables beside the tables that they search."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("CREATE TEXT SEARCH DICTIONARY sayso_stems (TEMPLATE = snowball, Language = english)")
        connection.exec_driver_sql("CREATE TEXT SEARCH CONFIGURATION sayso (COPY = english)")
        connection.exec_driver_sql("ALTER TEXT SEARCH CONFIGURATION sayso ALTER MAPPING REPLACE english_stem WITH sayso_stems")
    for rows in (statements, events, articles):
        for statement in _sqlite_ddl(rows) if connection.dialect.name == "sqlite" else _postgresql_ddl(rows):
            connection.exec_driver_sql(statement)


def _sqlite_ddl(rows: Table) -> list[str]:
    name, words = rows.name, SEARCHED[rows.name]
    gone = f"INSERT INTO {name}_search({name}_search, rowid, {words}) VALUES ('delete', old.sort_key, old.{words})"
    added = f"INSERT INTO {name}_search(rowid, {words}) VALUES (new.sort_key, new.{words})"
    return [
        f"CREATE VIRTUAL TABLE {name}_search USING fts5({words}, content='{name}', content_rowid='sort_key', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {name}_search_added AFTER INSERT ON {name} BEGIN {added}; END",
        f"CREATE TRIGGER {name}_search_gone AFTER DELETE ON {name} BEGIN {gone}; END",
        f"CREATE TRIGGER {name}_search_changed AFTER UPDATE OF {words}, sort_key ON {name} BEGIN {gone}; {added}; END",
    ]


def _postgresql_ddl(rows: Table) -> list[str]:
    name = rows.name
    return [
        f"CREATE TABLE {name}_search (sort_key bigint PRIMARY KEY REFERENCES {name} (sort_key) ON DELETE CASCADE, words tsvector NOT NULL)",
        f"CREATE INDEX {name}_search_words ON {name}_search USING gin (words)",
    ]


def count_of(connection: Connection, rows: Table, words: str) -> int:
    """How many rows hold `words`."""
    found, _, condition = matches(connection, rows, words)
    return int(connection.execute(select(func.count()).select_from(found).where(condition)).scalar_one())

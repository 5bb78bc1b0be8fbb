"""Store: readings -> rows that many can write, search and correct.

Takes   `Reading`s.
Gives   `open_store(url)`, a `Store`; `Query`, the one question; the rows that answer.
Needs   SQLAlchemy; SQLite with FTS5, or PostgreSQL with psycopg.
Limits  see schema.py for the tables, add.py for what adding does, corrections.py for what a person's word does.
"""

from sayso.store.query import Query, Rows
from sayso.store.rows import ActorRow, Added, ArticleRow, Change, Correction, EventRow, MadeBy, Named, StatementRow
from sayso.store.store import Store, open_store
from sayso.store.watched import Watched

__all__ = [
    "ActorRow", "Added", "ArticleRow", "Change", "Correction", "EventRow", "MadeBy", "Named", "Query", "Rows", "StatementRow", "Store",
    "Watched", "open_store",
]  # fmt: skip

"""The store: add readings, find what was said, correct it.

    store = open_store("news.db")
    store.add(sayso.read("page.html"))
    for row in store.statements(Query(speaker="PRK", about="USA")).rows: ...

Takes   readings; questions; what a person says of a statement.
Gives   records as they were read, rows that answer, what an addition changed.
Needs   SQLite, or a PostgreSQL server and psycopg. The clock is passed in.
Limits  one `Store` serves one process, in any number of threads; several processes open the same place side by side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, func, or_, select
from sqlalchemy.exc import IntegrityError

from sayso.errors import StoreError
from sayso.records import Page, Reading, Skipped
from sayso.store import schema
from sayso.store.add import add, add_skipped, is_known, stored_reading
from sayso.store.corrections import correct, corrections_of, withdraw
from sayso.store.engine import Database
from sayso.store.find import find_articles, find_events, find_in_article, find_statements, named, near_names, near_values
from sayso.store.load import actor_of, actors_of, article_of, events_of, heads_of, page_of, statements_of
from sayso.store.migrations import migrate
from sayso.store.query import Query, Rows
from sayso.store.rows import ActorRow, Added, ArticleRow, Change, Correction, EventRow, MadeBy, StatementRow, Verdict
from sayso.store.teach import Taught, story
from sayso.store.watched import Watched, keep_watched, watched

Row = TypeVar("Row")
T = TypeVar("T")


def clock() -> str:
    """UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_store(url: str | Path, *, now: Callable[[], str] = clock) -> Store:
    """Open a store, and make it where there is none.

    url  a path, `sqlite:///news.db` or `postgresql://user@host/name`.
    now  the time of adding and correcting.

    Raises `StoreError` when the URL names no store, the database cannot be opened, or a newer Sayso made it.
    """
    store = Store(Database(url), now)
    try:
        migrate(store.database, now())
    except BaseException:
        store.close()
        raise
    return store


class Store:
    """Pages with all that was read in them. Every addition and every correction is one transaction."""

    def __init__(self, database: Database, now: Callable[[], str]) -> None:
        self.database, self.now = database, now

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.database.close()

    # Adding

    def add(self, reading: Reading | Skipped, *, renew: bool = False) -> Added:
        """Add one reading, whole or not at all. The same page read by the same versions changes nothing, unless `renew`."""
        if isinstance(reading, Skipped):
            return self._kept(lambda connection, salt: add_skipped(connection, reading))
        made = MadeBy(sayso=reading.sayso, model=reading.model, registry=reading.registry)
        return self._kept(lambda connection, salt: add(connection, reading, made, self.now(), salt=salt, renew=renew))

    def add_many(self, readings: Iterable[Reading | Skipped], told: Callable[[Added], None] = lambda added: None) -> Counter[str]:
        """Add readings as they come, one transaction each; give how many had which outcome.

        told  called after each.
        """
        outcomes: Counter[str] = Counter()
        for reading in readings:
            added = self.add(reading)
            outcomes[added.outcome] += 1
            told(added)
        return outcomes

    def knows(self, page: Page, made: MadeBy) -> bool:
        """Whether adding this page, read by these versions, would change nothing: then it need not be read."""
        with self.database.reading() as connection:
            return is_known(connection, page, made)

    # Finding

    def statements(self, query: Query = Query()) -> Rows[StatementRow]:  # noqa: B008  frozen
        """Statements, newest first. Raises `QueryError` when the words cannot be looked for."""
        with self.database.reading() as connection:
            return find_statements(connection, query)

    def statements_in(self, article: str, query: Query = Query()) -> tuple[StatementRow, ...]:  # noqa: B008
        """The statements of one article that answer, in the order of reading."""
        with self.database.reading() as connection:
            return find_in_article(connection, article, query)

    def events(self, query: Query = Query()) -> Rows[EventRow]:  # noqa: B008
        """Events, newest first; `speaker` is who does it, `about` to whom."""
        with self.database.reading() as connection:
            return find_events(connection, query)

    def articles(self, query: Query = Query()) -> Rows[ArticleRow]:  # noqa: B008
        """Articles, newest first, whose text has the words and which hold a statement of which the rest is true."""
        with self.database.reading() as connection:
            return find_articles(connection, query)

    def every(self, find: Callable[[Query], Rows[Row]], query: Query = Query()) -> Iterator[Row]:  # noqa: B008
        """All rows that answer, a page of them in memory at a time: `store.every(store.statements, query)`."""
        while True:
            answer = find(query)
            yield from answer.rows
            if answer.after is None:
                return
            query = replace(query, after=answer.after)

    def without_answer(self, find: Callable[[Query], Rows[Row]], query: Query) -> dict[str, list[str]]:
        """Why a question has no answer: each of its parts that has none even alone, with what is near to it.

        Empty where every part has answers alone: then no row has them together.
        """
        asked = [name for name in query.to_dict() if name not in {"limit", "after", "order"}]
        lone = {name: Query(**{name: getattr(query, name)}, limit=1) for name in asked}
        empty = [name for name, part in lone.items() if not find(part).rows]
        with self.database.reading() as connection:
            return {name: self._near(connection, name, str(getattr(query, name))) for name in empty}

    def _near(self, connection: Connection, name: str, given: str) -> list[str]:
        if name in {"speaker", "about", "relay"}:
            return near_names(connection, given)
        columns = {"publisher": schema.articles.c.publisher, "type": schema.events.c.type, "country": schema.actors.c.country}
        return near_values(connection, columns[name], given) if name in columns else []

    def ids(self, begin: str, limit: int = 10) -> list[str]:
        """Statements, events and corrections whose id begins so."""
        found: list[str] = []
        with self.database.reading() as connection:
            for table in (schema.statements, schema.events, schema.corrections):
                column = table.c.id
                found += connection.execute(select(column).where(column >= begin, column < begin + "~").order_by(column).limit(limit)).scalars()
        return found[:limit]

    def reading(self, page: str) -> Reading | None:
        """The reading of one page, exactly as it was made, corrections left off; None when the page is not here."""
        with self.database.reading() as connection:
            return stored_reading(connection, page)

    def corrected(self, page: str) -> Reading | None:
        """The reading of one page with what people changed laid over it, and without what they rejected."""
        with self.database.reading() as connection:
            reading = stored_reading(connection, page, corrected=True)
            if reading is None:
                return None
            known = {actor.id for actor in reading.actors}
            brought = (_actor(connection, id_) for id_ in sorted(_named_in(reading) - known))  # by a correction, from other articles
            return replace(reading, actors=(*reading.actors, *(replace(row.seen, mentions=()) for row in brought if row)))

    def article(self, id_: str) -> ArticleRow | None:
        with self.database.reading() as connection:
            return heads_of(connection, [id_]).get(id_)

    def actor(self, id_: str) -> ActorRow | None:
        """One actor over all current articles."""
        with self.database.reading() as connection:
            return _actor(connection, id_)

    def actors(self, name: str, limit: int = 50) -> list[ActorRow]:
        """Whom a name, surname, key or Wikidata id can mean, those of the registry first."""
        with self.database.reading() as connection:
            table = schema.actors
            ids = connection.execute(select(table.c.id).where(table.c.id.in_(named(name))).order_by(table.c.registry.is_(None), table.c.id).limit(limit))
            return [row for id_ in ids.scalars().all() if (row := _actor(connection, id_))]

    def skipped(self, page: str | None = None) -> list[Skipped]:
        """What was skipped, of one page or of all."""
        table = schema.skipped
        with self.database.reading() as connection:
            found = connection.execute(select(table).where(*([table.c.page == page] if page else [])).order_by(table.c.of, table.c.id))
            return [Skipped(stage=row.stage, of=row.of, why=row.why, detail=row.detail) for row in found]

    def counts(self) -> dict[str, int]:
        """Rows of the tables that matter."""
        with self.database.reading() as connection:
            tables = (schema.pages, schema.articles, schema.actors, schema.statements, schema.events, schema.skipped, schema.corrections)
            return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables}

    # Versions and readings again

    def versions(self, address: str) -> list[str]:
        """Ids of the pages that an address gave, the first seen first."""
        table = schema.page_versions
        with self.database.reading() as connection:
            return list(connection.execute(select(table.c.page).where(table.c.address == address).order_by(table.c.version)).scalars())

    def has_address(self, address: str) -> bool:
        """Whether an address ever gave a page."""
        table = schema.page_versions
        with self.database.reading() as connection:
            return connection.execute(select(table.c.page).where(table.c.address == address).limit(1)).first() is not None

    def watched(self, address: str) -> Watched:
        """What is known of a source that is asked for again and again."""
        with self.database.reading() as connection:
            return watched(connection, address)

    def keep_watched(self, one: Watched) -> None:
        self._kept(lambda connection, salt: keep_watched(connection, one))

    def changes(self, page: str) -> list[Change]:
        """What each reading of a page changed, against the version before it or the reading before it."""
        table = schema.changes
        with self.database.reading() as connection:
            found = connection.execute(select(table).where(table.c.page == page).order_by(table.c.reading, table.c.place))
            return [
                Change(
                    kind=row.kind, change=row.change, before=row.before, after=row.after, words_before=row.words_before,
                    words_after=row.words_after, fields=row.fields,
                )
                for row in found
            ]  # fmt: skip

    def made_by_others(self, made: MadeBy) -> dict[MadeBy, int]:
        """How many current readings which other versions made."""
        table = schema.readings
        columns = (table.c.sayso, table.c.model, table.c.registry)
        with self.database.reading() as connection:
            found = connection.execute(select(*columns, func.count()).where(table.c.current, _other(made)).group_by(*columns).order_by(*columns))
            return {MadeBy(sayso=sayso, model=model, registry=registry): count for sayso, model, registry, count in found}

    def outdated(self, made: MadeBy) -> Iterator[Page]:
        """The pages whose reading other versions made, to be read again and added; one at a time, while the store is written."""
        table, last = schema.readings, ""
        while True:
            with self.database.reading() as connection:
                wanted = select(table.c.page).where(table.c.current, _other(made), table.c.page > last).order_by(table.c.page).limit(1)
                found = connection.execute(wanted).scalar_one_or_none()
                page = page_of(connection, found) if found else None
            if page is None:
                return
            last = page.id
            yield page

    # Corrections

    def accept(self, target: str, *, who: str, why: str = "") -> Correction:
        """Say that a statement or event is right as it is."""
        return self._correct(target, "accept", who=who, why=why)

    def reject(self, target: str, *, who: str, why: str = "") -> Correction:
        """Say that it is none: no search finds it any more."""
        return self._correct(target, "reject", who=who, why=why)

    def change(self, target: str, field: str, value: Any, *, who: str, why: str = "") -> Correction:
        """Give one field another value, in the shape of the JSON: `change(id, "who.actor", "ac_…", who="M. Roy")`.

        Raises `CorrectionError` when there is no such target or field, or the field cannot have the value.
        """
        return self._correct(target, "change", field=field, value=value, who=who, why=why)

    def _correct(self, target: str, verdict: Verdict, *, who: str, why: str, field: str | None = None, value: Any = None) -> Correction:
        at = self.now()
        return self._kept(lambda c, salt: correct(c, target, verdict, field=field, value=value, who=who, why=why, at=at, salt=salt))

    def withdraw(self, correction: str, *, who: str, why: str = "") -> Correction:
        """Take a correction back."""
        note = f"withdrawn by {who} at {self.now()}{': ' if why else ''}{why}"
        return self._kept(lambda connection, salt: withdraw(connection, correction, note=note, salt=salt))

    def corrections(self, *, target: str | None = None, state: str | None = None) -> list[Correction]:
        """Corrections in the order in which they were made."""
        table = schema.corrections
        wanted = [column == value for column, value in ((table.c.target, target), (table.c.state, state)) if value is not None]
        with self.database.reading() as connection:
            return corrections_of(connection, *wanted)

    def corrected_stories(self) -> Iterator[str]:
        """Corrected articles in the format of train/corpus/, those paragraphs in which everything was looked at."""
        table = schema.corrections
        with self.database.reading() as connection:
            ids = connection.execute(select(table.c.article).where(table.c.state == "standing").distinct().order_by(table.c.article)).scalars().all()
        for id_ in ids:
            with self.database.reading() as connection:
                taught = _taught(connection, id_)
            if taught and (written := story(taught)):
                yield written

    def _kept(self, work: Callable[[Connection, int], T]) -> T:
        """Do `work` in one transaction; again with other sort keys when two articles of a day share one."""
        for salt in range(8):
            try:
                with self.database.writing() as connection:
                    return work(connection, salt)
            except IntegrityError as error:
                met = " ".join(str(error.orig).split())
        raise StoreError(f"{self.database.name}: {met}. The reading contradicts itself or what is stored; nothing of it was kept. Please report it.")


def _named_in(reading: Reading) -> set[str]:
    """Ids of the actors that statements and events name."""
    named = {id_ for e in reading.events for id_ in (*e.source, *e.target)}
    for statement in reading.statements:
        named |= {*statement.about, *(words.actor for words in (statement.who, *statement.through) if words and words.actor)}
    return named


def _other(made: MadeBy) -> Any:
    table = schema.readings
    return or_(table.c.sayso != made.sayso, table.c.model != made.model, table.c.registry != made.registry)


def _actor(connection: Connection, id_: str) -> ActorRow | None:
    own, articles = schema.article_actors, schema.articles
    joined = own.join(articles, articles.c.id == own.c.article)
    newest = select(own).select_from(joined).where(own.c.actor == id_).order_by(articles.c.current.desc(), articles.c.sort_key.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is None:
        return None

    def count(table: Any, column: Any, *conditions: Any) -> int:
        return int(connection.execute(select(func.count(column.distinct())).select_from(table).where(*conditions)).scalar_one())

    statements, about, actors, events = schema.statements, schema.statement_about, schema.event_actors, schema.events
    names = connection.execute(select(schema.actor_names.c.name).where(schema.actor_names.c.actor == id_).order_by(schema.actor_names.c.name)).scalars()
    return ActorRow(
        seen=actor_of(row), names=tuple(names), articles=count(joined, own.c.article, own.c.actor == id_, articles.c.current),
        statements=count(statements, statements.c.id, statements.c.speaker == id_, statements.c.current),
        about=count(about.join(statements), about.c.statement, about.c.actor == id_, statements.c.current),
        events=count(actors.join(events), actors.c.event, actors.c.actor == id_, events.c.current),
    )  # fmt: skip


def _taught(connection: Connection, article: str) -> Taught | None:
    row = connection.execute(select(schema.articles).where(schema.articles.c.id == article)).first()
    if row is None:
        return None
    own = article_of(connection, row)
    right: list[Any] = []
    wrong: list[Any] = []
    unseen: list[Any] = []
    for table, load in ((schema.statements, statements_of), (schema.events, events_of)):
        rows = connection.execute(select(table).where(table.c.article == article).order_by(table.c.place)).all()
        for stored, record in zip(rows, load(connection, rows), strict=True):
            (unseen if stored.review is None else wrong if stored.review == "rejected" else right).append(record)
    return Taught(
        id=own.id, title=own.title, text=own.text, paragraphs=own.paragraphs(), actors=actors_of(connection, article), right=right, wrong=wrong, unseen=unseen
    )

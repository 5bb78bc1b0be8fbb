"""A `Query` -> the rows that answer it.

Takes   a connection and a `Query`.
Gives   `Rows` of statements, events or articles, newest first; for an empty answer, which parts have one and what is near.
Limits  only what is current and not rejected is found; older versions of a page keep theirs, under `Store.versions`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, and_, exists, func, or_, select

from sayso.store import schema
from sayso.store.columns import day_key
from sayso.store.load import HEAD, HEADED, event_rows_of, head_of, statement_rows_of
from sayso.store.query import Query, Rows, cursor_of, key_of
from sayso.store.rows import ArticleRow, EventRow, StatementRow
from sayso.store.search import folded, matches

Condition = ColumnElement[bool]
Keys = tuple[Any, list[Condition]]  # a column of sort keys, and which of its rows are meant
NAMESAKES = 200  # up to which those of one name are listed in a question


def find_statements(connection: Connection, query: Query) -> Rows[StatementRow]:
    keys = _pair(connection, query) if query.words is None else None
    conditions = _of_statements(connection, query, walked=keys is not None)
    found, after = _found(connection, schema.statements, list(schema.statements.c), conditions, query, keys=keys)
    return Rows(rows=statement_rows_of(connection, found), after=after)


def find_in_article(connection: Connection, article: str, query: Query) -> tuple[StatementRow, ...]:
    """The statements of one article that answer, however many, in the order of reading."""
    table = schema.statements
    own = table.c.sort_key.in_(select(table.c.sort_key).where(table.c.article == article))
    found, _ = _found(connection, table, list(table.c), [own, *_of_statements(connection, query)], query, limit=10_000)
    return statement_rows_of(connection, sorted(found, key=lambda row: row.place))


def find_events(connection: Connection, query: Query) -> Rows[EventRow]:
    keys = _deed(connection, query) if query.words is None else None
    conditions = _of_events(connection, query, walked=keys is not None)
    found, after = _found(connection, schema.events, list(schema.events.c), conditions, query, keys=keys)
    return Rows(rows=event_rows_of(connection, found), after=after)


def find_articles(connection: Connection, query: Query) -> Rows[ArticleRow]:
    """Articles with the words in their text, that hold a statement (or an event, where only events can be meant) of which the rest is true."""
    table = schema.articles
    conditions: list[Condition] = [and_(table.c.current)]
    if query.publisher is not None:
        conditions.append(_published_by(query.publisher))
    if query.since:
        conditions.append(table.c.latest >= query.since)
    if query.until:
        conditions.append(table.c.earliest <= query.until)
    names = ("speaker", "about", "relay", "type", "standing", "force", "country")
    if any(getattr(query, name) is not None for name in names):
        said = Query(**{name: getattr(query, name) for name in names})
        conditions.append(table.c.id.in_(select(schema.statements.c.article).where(*_of_statements(connection, said))))
    found, after = _found(connection, table, HEAD, conditions, query, joined=HEADED)
    return Rows(rows=tuple(map(head_of, found)), after=after)


def _found(
    connection: Connection, table: Table, columns: list[Any], conditions: Iterable[Condition], query: Query, *,
    joined: Any = None, limit: int = 0, keys: Keys | None = None,
) -> tuple[list[Row[Any]], str | None]:  # fmt: skip
    """The rows of one answer, and where the next begins.

    keys  rows of a smaller table, one of whose indexes holds the keys of all that can answer in their order: so an answer need not sort them all.
    """
    key: Any = table.c.sort_key
    source = table if joined is None else joined
    wanted = list(conditions)
    if query.words is not None:
        search, joins, match = matches(connection, table, query.words)
        source = search.join(source, joins)
        wanted.append(match)
        if connection.dialect.name == "sqlite":
            key = search.c.rowid  # FTS5 keeps its rows in this order, and stops at the limit
    oldest = query.order == "oldest"
    if query.after is not None:
        wanted.append(key > key_of(query.after) if oldest else key < key_of(query.after))
    limit = limit or query.limit
    asked = select(*columns).select_from(source).where(*wanted).order_by(key if oldest else key.desc()).limit(limit + 1)
    if keys is None:
        found = list(connection.execute(asked))
    else:
        found = []
        for some in _walked(connection, keys, query, limit + 1):
            found += connection.execute(asked.where(key.in_(some)))
            if len(found) > limit:
                break
    return found[:limit], cursor_of(found[limit - 1].sort_key) if len(found) > limit else None


def _walked(connection: Connection, keys: Keys, query: Query, first: int) -> Iterator[list[int]]:
    """Keys in order, a few at a time, more each time."""
    oldest, last, size = query.order == "oldest", key_of(query.after) if query.after else None, first
    column, conditions = keys
    while True:
        beyond = [] if last is None else [column > last if oldest else column < last]
        some = select(column).where(*conditions, *beyond).distinct().order_by(column if oldest else column.desc()).limit(size)
        found = list(connection.execute(some).scalars())
        if found:
            yield found
        if len(found) < size:
            return
        last, size = found[-1], min(4 * size, 5000)


def _pair(connection: Connection, query: Query) -> Keys | None:
    """Keys of the statements about somebody, by somebody."""
    about = schema.statement_about
    if query.about is None:
        return None
    sides = [_is(connection, query.about, about.c.actor, about.c.country, about.c.cameo)]
    if query.speaker is not None:
        sides.append(_is(connection, query.speaker, about.c.speaker, about.c.speaker_country, None))
    return about.c.sort_key, [side for side in sides if side is not None]


def _deed(connection: Connection, query: Query) -> Keys | None:
    """Keys of the events that somebody does, or that are done to somebody."""
    actors = schema.event_actors
    for role, given in (("source", query.speaker), ("target", query.about)):
        if (condition := _is(connection, given, actors.c.actor, actors.c.country, actors.c.cameo)) is not None:
            return actors.c.sort_key, [actors.c.role == role, condition]
    return None


def _of_statements(connection: Connection, query: Query, *, walked: bool = False) -> list[Condition]:
    """walked: only keys for which speaker and about are as asked are looked at."""
    table, about, relays = schema.statements, schema.statement_about, schema.relays
    wanted: list[Condition] = [table.c.current, or_(table.c.review.is_(None), table.c.review != "rejected")]
    speaker = _is(connection, query.speaker, table.c.speaker, table.c.speaker_country, table.c.speaker_cameo)
    if query.about is not None:
        own = [_is(connection, query.about, about.c.actor, about.c.country, about.c.cameo)]
        if query.speaker is not None and (pair := _is(connection, query.speaker, about.c.speaker, about.c.speaker_country, None)) is not None:
            own, speaker = [*own, pair], None
        if not walked:
            wanted.append(table.c.sort_key.in_(select(about.c.sort_key).where(*(c for c in own if c is not None))))
    if speaker is not None:
        wanted.append(speaker)
    if query.relay is not None:
        relay = _is(connection, query.relay, relays.c.actor, relays.c.country, relays.c.cameo)
        assert relay is not None
        wanted.append(table.c.id.in_(select(relays.c.statement).where(or_(relay, relays.c.words == query.relay))))
    if query.publisher is not None:
        wanted.append(table.c.article.in_(select(schema.articles.c.id).where(_published_by(query.publisher))))
    if query.type is not None or query.standing is not None:
        wanted.append(table.c.id.in_(select(schema.events.c.statement).where(schema.events.c.statement.is_not(None), *_coded(query))))
    if query.force is not None:
        wanted.append(table.c.force == query.force)
    if query.country is not None:
        wanted.append(table.c.speaker_country == query.country)
    return wanted + _within_days(table, "said", query.since, query.until)


def _of_events(connection: Connection, query: Query, *, walked: bool = False) -> list[Condition]:
    """walked: only keys for which the first of source and target is as asked are looked at."""
    table, actors = schema.events, schema.event_actors
    wanted: list[Condition] = [table.c.current, or_(table.c.review.is_(None), table.c.review != "rejected"), *_coded(query)]
    for role, given in (("source", query.speaker), ("target", query.about)):
        if (condition := _is(connection, given, actors.c.actor, actors.c.country, actors.c.cameo)) is not None:
            if not walked:
                wanted.append(table.c.sort_key.in_(select(actors.c.sort_key).where(actors.c.role == role, condition)))
            elif role == "target" and query.speaker is not None:
                wanted.append(exists().where(actors.c.event == table.c.id, actors.c.role == role, condition))
    if query.relay is not None:
        relayed = Query(relay=query.relay)
        wanted.append(table.c.statement.in_(select(schema.statements.c.id).where(*_of_statements(connection, relayed))))
    if query.force is not None:
        wanted.append(table.c.statement.in_(select(schema.statements.c.id).where(schema.statements.c.force == query.force)))
    if query.publisher is not None:
        wanted.append(table.c.article.in_(select(schema.articles.c.id).where(_published_by(query.publisher))))
    if query.country is not None:
        wanted.append(or_(table.c.where_country == query.country, table.c.sort_key.in_(select(actors.c.sort_key).where(actors.c.country == query.country))))
    return wanted + _within_days(table, "happened", query.since, query.until)


def _coded(query: Query) -> list[Condition]:
    given = ((schema.events.c.type, query.type and query.type.upper()), (schema.events.c.standing, query.standing))
    return [column == value for column, value in given if value is not None]


def _published_by(publisher: str) -> Condition:
    column = schema.articles.c.publisher
    return or_(column == publisher, func.lower(column) == publisher.lower())


def _within_days(table: Table, prefix: str, since: date | None, until: date | None) -> list[Condition]:
    """The interval touches the days asked for; an end that is not known is open, and what has no day at all touches none."""
    earliest, latest = table.c[f"{prefix}_earliest"], table.c[f"{prefix}_latest"]
    wanted: list[Condition] = []
    if since:
        # A row sorts by its last day, else by that of its article, so the key tells where to stop.
        wanted += [table.c.sort_key >= day_key(since), or_(latest >= since, and_(latest.is_(None), earliest.is_not(None)))]
    if until:
        wanted.append(or_(earliest <= until, and_(earliest.is_(None), latest.is_not(None))))
    return wanted


def _is(connection: Connection, given: str | None, actor: Any, country: Any, cameo: Any) -> Condition | None:
    """The condition that an actor's columns mean what a person wrote; None when nothing was written, or a code for which there is no column."""
    if given is None:
        return None
    if given.startswith("ac_"):
        return and_(actor == given)
    if re.fullmatch("[A-Z]{3}", given) and _any(connection, schema.actors.c.country == given):
        return and_(country == given)
    by_name = named(given)
    if re.fullmatch("[A-Z]{6,}", given) and not _any(connection, schema.actors.c.id.in_(by_name)):
        return None if cameo is None else and_(cameo == given)
    # Listed rather than asked for within: an index is walked in order where one actor is meant.
    ids = list(connection.execute(by_name.limit(NAMESAKES + 1)).scalars())
    return and_(actor == ids[0]) if len(ids) == 1 else and_(actor.in_(ids if len(ids) <= NAMESAKES else by_name))


def named(given: str) -> Any:
    """Ids of the actors that have this name, surname, key of the registry or Wikidata id."""
    names, actors = schema.actor_names, schema.actors
    by_name = select(names.c.actor).where(names.c.name == folded(given))
    by_key = actors.c.wikidata == given if re.fullmatch(r"Q\d+", given) else actors.c.registry == given
    return by_name.union(select(actors.c.id).where(by_key))


def near_names(connection: Connection, given: str, most: int = 5) -> list[str]:
    """Names of actors that are written much as this one, the likest first."""
    names, bare = schema.actor_names, folded(given)
    parts = [word for word in bare.split() if len(word) > 2] or [bare]
    begins = [names.c.name.like(f"{part[:2]}%") for part in parts[:4]]
    holds = [names.c.name.like(f"%{part}%") for part in parts[:4]]
    found: list[str] = []
    for condition in (or_(*holds), or_(*begins)):
        found += connection.execute(select(names.c.name).where(condition).distinct().order_by(names.c.name).limit(20_000)).scalars().all()
    near = dict.fromkeys(get_close_matches(bare, found, most, 0.5))
    ids = select(names.c.actor).where(names.c.name.in_(near)).group_by(names.c.name).with_only_columns(names.c.name, func.min(names.c.actor))
    by_name = {row[0]: row[1] for row in connection.execute(ids)} if near else {}
    shown = {row.id: row.name for row in connection.execute(select(schema.actors).where(schema.actors.c.id.in_(by_name.values())))}
    return list(dict.fromkeys(shown.get(by_name[name], name) for name in near))


def near_values(connection: Connection, column: Any, given: str, most: int = 5) -> list[str]:
    """Values of a column of few that are near, else the commonest."""
    found = list(connection.execute(select(column).where(column.is_not(None)).group_by(column).order_by(func.count().desc(), column).limit(5000)).scalars())
    folded_to = {value.casefold(): value for value in reversed(found)}
    return [folded_to[value] for value in get_close_matches(given.casefold(), list(folded_to), most, 0.5)] or found[:most]


def _any(connection: Connection, condition: Condition) -> bool:
    return bool(connection.execute(select(exists().where(condition))).scalar_one())

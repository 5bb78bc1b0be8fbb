"""Rows -> records, exactly as they were given.

Takes   rows of `pages`, `articles`, `statements` or `events`.
Gives   the records of `records.py`, and the rows of `rows.py` around them.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from sayso.records import (
    Actor,
    Article,
    DateFact,
    Dateline,
    Event,
    Furniture,
    Given,
    Mention,
    Page,
    Place,
    Relay,
    Size,
    Skipped,
    Span,
    Statement,
    When,
    Words,
)
from sayso.store import schema
from sayso.store.engine import chunked
from sayso.store.rows import ArticleRow, EventRow, Named, StatementRow
from sayso.store.write import ACTOR

Found = Sequence[Row[Any]]


def page_of(connection: Connection, page: str) -> Page | None:
    joined = schema.pages.join(schema.page_bodies)
    row = connection.execute(select(schema.pages, schema.page_bodies.c.body).select_from(joined).where(schema.pages.c.id == page)).first()
    if row is None:
        return None
    return Page(
        address=row.address, body=zlib.decompress(row.body), media_type=row.media_type, captured=row.captured, charset=row.charset, url=row.url,
        given=Given(**row.given) if row.given else None,
    )  # fmt: skip


def article_of(connection: Connection, row: Row[Any]) -> Article:
    """The article of a row of `articles`."""
    dates = _under(connection, schema.dates, "article", [row.id])[row.id]
    furniture = _under(connection, schema.furniture, "article", [row.id])[row.id]
    line = row.dateline_words
    return Article(
        page=row.page, title=row.title, text=row.text, language=row.language, sections=row.sections, byline=row.byline, publisher=row.publisher,
        dateline=None if line is None else Dateline(words=line, place=row.dateline_place, wire=row.dateline_wire), wires=row.wires, credits=row.credits,
        dates=tuple(DateFact(kind=d.kind, earliest=d.earliest, latest=d.latest, basis=d.basis, words=d.words) for d in dates),
        furniture=tuple(Furniture(words=f.words, reason=f.reason) for f in furniture),
    )  # fmt: skip


def actors_of(connection: Connection, article: str) -> tuple[Actor, ...]:
    mentions: dict[int, list[Mention]] = defaultdict(list)
    table = schema.mentions
    for row in connection.execute(select(table).where(table.c.article == article).order_by(table.c.actor_place, table.c.place)):
        mentions[row.actor_place].append(Mention(Span(row.span_start, row.span_end), row.basis))
    found = _under(connection, schema.article_actors, "article", [article])[article]
    return tuple(actor_of(row, mentions[row.place]) for row in found)


def actor_of(row: Row[Any], mentions: Iterable[Mention] = ()) -> Actor:
    return Actor(id=row.actor, mentions=tuple(mentions), **{name: row._mapping[name] for name in ACTOR})


def skipped_of(connection: Connection, page: str) -> tuple[Skipped, ...]:
    table = schema.skipped
    found = connection.execute(select(table).where(table.c.page == page).order_by(table.c.place))
    return tuple(Skipped(stage=row.stage, of=row.of, why=row.why, detail=row.detail) for row in found)


def statements_of(connection: Connection, rows: Found, originals: Mapping[str, Statement] | None = None) -> list[Statement]:
    """Records of rows of `statements`, in their order; `originals` take the place of what was corrected."""
    parts = _Parts(connection, "statement", [row.id for row in rows], schema.said, schema.quoted, schema.statement_about, schema.relays)
    return [(originals or {}).get(row.id) or parts.statement(row) for row in rows]


def events_of(connection: Connection, rows: Found, originals: Mapping[str, Event] | None = None) -> list[Event]:
    """Records of rows of `events`, in their order."""
    parts = _Parts(connection, "event", [row.id for row in rows], schema.event_actors, schema.event_mentions, schema.event_sizes)
    return [(originals or {}).get(row.id) or parts.event(row) for row in rows]


def statement_rows_of(connection: Connection, rows: Found) -> tuple[StatementRow, ...]:
    parts = _Parts(connection, "statement", [row.id for row in rows], schema.said, schema.quoted, schema.statement_about, schema.relays)
    heads = heads_of(connection, {row.article for row in rows})
    made = []
    for row in rows:
        own = parts.of(row.id)
        speaker = Named(id=row.speaker, name=row.speaker_name, country=row.speaker_country, cameo=row.speaker_cameo) if row.speaker else None
        made.append(
            StatementRow(
                statement=parts.statement(row), article=heads[row.article], actors=_named(speaker, [*own["statement_about"], *own["relays"]]),
                said=tuple(s.words for s in own["said"]), quoted=tuple(s.words for s in own["quoted"]), review=row.review,
            )
        )  # fmt: skip
    return tuple(made)


def event_rows_of(connection: Connection, rows: Found) -> tuple[EventRow, ...]:
    parts = _Parts(connection, "event", [row.id for row in rows], schema.event_actors, schema.event_mentions, schema.event_sizes)
    heads = heads_of(connection, {row.article for row in rows})
    return tuple(
        EventRow(
            event=parts.event(row), article=heads[row.article], actors=_named(None, parts.of(row.id)["event_actors"]), trigger=row.trigger_words,
            mentions=tuple(m.words for m in parts.of(row.id)["event_mentions"]), passage=row.passage, review=row.review,
        )
        for row in rows
    )  # fmt: skip


def heads_of(connection: Connection, ids: Iterable[str]) -> dict[str, ArticleRow]:
    """Articles without their texts, by id."""
    heads = {}
    for some in chunked(ids):
        for row in connection.execute(select(*HEAD).select_from(HEADED).where(schema.articles.c.id.in_(some))):
            heads[row.id] = head_of(row)
    return heads


HEADED = schema.articles.join(schema.pages)
_IN_HEAD = ("sort_key", "id", "page", "title", "publisher", "byline", "language", "earliest", "latest", "current")
HEAD = [*(schema.articles.c[name] for name in _IN_HEAD), schema.pages.c.address]


def head_of(row: Row[Any]) -> ArticleRow:
    return ArticleRow(
        id=row.id, page=row.page, address=row.address, title=row.title, publisher=row.publisher, byline=row.byline, language=row.language,
        earliest=row.earliest, latest=row.latest, current=bool(row.current),
    )  # fmt: skip


class _Parts:
    """The rows that belong to statements or events, fetched once for all of them."""

    def __init__(self, connection: Connection, of: str, ids: list[str], *tables: Table) -> None:
        self.tables = {table.name: _under(connection, table, of, ids) for table in tables}

    def of(self, id_: str) -> dict[str, list[Row[Any]]]:
        return {name: rows[id_] for name, rows in self.tables.items()}

    def statement(self, row: Row[Any]) -> Statement:
        own = self.of(row.id)
        return Statement(
            id=row.id, form=row.form, force=row.force, who=_words(row, "speaker", row.speaker), cue=_words(row, "cue"),
            what=_spans(own["said"]), quoted=_spans(own["quoted"]), about=tuple(a.actor for a in own["statement_about"]), within=row.within,
            through=tuple(Relay(role=r.role, words=r.words, span=_span(r, "span"), actor=r.actor) for r in own["relays"]),
            when=_when(row, "said"), score=row.score,
        )  # fmt: skip

    def event(self, row: Row[Any]) -> Event:
        own = self.of(row.id)
        return Event(
            id=row.id, type=row.type, mode=row.mode, contexts=row.contexts, cameo=row.cameo, quad=row.quad, goldstein=row.goldstein, scale=row.scale,
            trigger=Span(row.trigger_start, row.trigger_end), mentions=_spans(own["event_mentions"]),
            source=tuple(a.actor for a in own["event_actors"] if a.role == "source"),
            target=tuple(a.actor for a in own["event_actors"] if a.role == "target"),
            standing=row.standing, past=bool(row.past), statement=row.statement, denies=row.denies, when=_when(row, "happened"), where=_where(row),
            sizes=tuple(Size(kind=s.kind, low=s.low, high=s.high, words=s.words, span=Span(s.span_start, s.span_end)) for s in own["event_sizes"]),
            score=row.score,
        )  # fmt: skip


def _under(connection: Connection, table: Table, of: str, ids: list[str]) -> dict[str, list[Row[Any]]]:
    """Rows of `table` by what they belong to, in order."""
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for some in chunked(ids):
        for row in connection.execute(select(table).where(table.c[of].in_(some)).order_by(table.c.place)):
            found[row._mapping[of]].append(row)
    return found


def _named(first: Named | None, rows: Iterable[Row[Any]]) -> tuple[Named, ...]:
    """Everybody once, in order."""
    named = {first.id: first} if first else {}
    for row in rows:
        if row.actor is not None:
            named.setdefault(row.actor, Named(id=row.actor, name=row.name, country=row.country, cameo=row.cameo))
    return tuple(named.values())


def _span(row: Row[Any], prefix: str) -> Span | None:
    start, end = row._mapping[f"{prefix}_start"], row._mapping[f"{prefix}_end"]
    return None if start is None else Span(start, end)


def _spans(rows: Iterable[Row[Any]]) -> tuple[Span, ...]:
    return tuple(Span(row.span_start, row.span_end) for row in rows)


def _words(row: Row[Any], prefix: str, actor: str | None = None) -> Words | None:
    words = row._mapping[f"{prefix}_words"]
    return None if words is None else Words(words=words, span=_span(row, prefix), actor=actor)


def _when(row: Row[Any], prefix: str) -> When:
    return When(**{name: row._mapping[f"{prefix}_{name}"] for name in ("earliest", "latest", "precision", "basis", "words")})


def _where(row: Row[Any]) -> Place | None:
    span = _span(row, "where")
    if span is None:
        return None
    names = ("words", "name", "country", "admin1", "latitude", "longitude", "geonames", "basis")
    return Place(span=span, **{name: row._mapping[f"where_{name}"] for name in names})

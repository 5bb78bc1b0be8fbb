"""Records -> rows: every table of one reading, ready to be inserted.

Takes   a `Reading`, or one corrected `Statement` or `Event` of an article that is stored.
Gives   rows by table, and `insert_rows`.
Limits  no decision is made here: what a page is to the store is `add.py`'s, what a person changed `corrections.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from sayso.records import Actor, Article, DateFact, Event, Mention, Place, Reading, Relay, Size, Span, Statement, When, Words, hashed_id
from sayso.store import schema, search
from sayso.store.columns import sort_key
from sayso.store.rows import Named
from sayso.store.search import folded

Rows = dict[Table, list[dict[str, Any]]]
IDENTITY = ("name", "kind", "country", "wikidata", "registry")
ACTOR = (*IDENTITY, "sector", "cameo", "office", "basis", "speaks_for", "count")


@dataclass(slots=True)
class Context:
    """What the rows of one article share.

    day   sorts what has no day of its own: that of publication, else of capture.
    salt  see `columns.sort_key`.
    """

    article: str
    text: str
    actors: Mapping[str, Named]
    day: date | None
    current: bool = True
    salt: int = 0
    paragraphs: Sequence[Span] = field(default_factory=tuple)

    def named(self, actor: str | None, prefix: str = "") -> dict[str, Any]:
        known = self.actors.get(actor or "")
        return {f"{prefix}{name}": getattr(known, name) if known else None for name in ("name", "country", "cameo")}

    def key(self, day: date | None, place: int) -> int:
        return sort_key(day or self.day, self.article, place, self.salt)


def context_of(article: Article, actors: Iterable[Actor], captured: str, *, current: bool = True, salt: int = 0) -> Context:
    named = {a.id: Named(id=a.id, name=a.name, country=a.country, cameo=a.cameo) for a in actors}
    day = published(article.dates)[1] or _day(captured)
    return Context(article.id, article.text, named, day, current, salt, article.paragraphs())


def published(dates: Iterable[DateFact]) -> tuple[date | None, date | None]:
    """First and last day on which the article can have been published, as the first of its own dates says."""
    kinds = {d.kind: d for d in reversed(tuple(dates))}
    known = kinds.get("published") or kinds.get("dateline")
    return (known.earliest, known.latest) if known else (None, None)


def _day(captured: str) -> date | None:
    try:
        return date.fromisoformat(captured[:10])
    except ValueError:
        return None


def article_rows(article: Article, reading: Reading, context: Context) -> Rows:
    """Rows of the article, its actors, statements and events."""
    rows: Rows = {}
    line = article.dateline
    earliest, latest = published(article.dates)
    rows[schema.articles] = [
        {
            "sort_key": context.key(None, 0), "id": article.id, "page": article.page, "title": article.title, "text": article.text,
            "language": article.language, "sections": article.sections, "byline": article.byline, "publisher": article.publisher,
            "dateline_words": line.words if line else None, "dateline_place": line.place if line else None, "dateline_wire": line.wire if line else None,
            "wires": article.wires, "credits": article.credits, "earliest": earliest, "latest": latest, "current": context.current,
        }
    ]  # fmt: skip
    rows[schema.dates] = [
        {"article": article.id, "place": at, "kind": d.kind, "earliest": d.earliest, "latest": d.latest, "basis": d.basis, "words": d.words}
        for at, d in enumerate(article.dates)
    ]
    rows[schema.furniture] = [{"article": article.id, "place": at, "words": f.words, "reason": f.reason} for at, f in enumerate(article.furniture)]
    rows[schema.article_actors] = [
        {"article": article.id, "place": at, "actor": a.id} | {name: getattr(a, name) for name in ACTOR} for at, a in enumerate(reading.actors)
    ]
    rows[schema.mentions] = [
        {"article": article.id, "actor_place": of, "place": at, **_span(m.span), "words": m.span.of(article.text), "basis": m.basis}
        for of, actor in enumerate(reading.actors)
        for at, m in enumerate(actor.mentions)
    ]
    for place, statement in enumerate(reading.statements):
        _merge(rows, statement_rows(statement, place, context))
    for place, one in enumerate(reading.events):
        _merge(rows, event_rows(one, place, context))
    return rows


def statement_rows(statement: Statement, place: int, context: Context, review: str | None = None) -> Rows:
    text, who, cue = context.text, statement.who, statement.cue
    key = context.key(_last_day(statement.when, context), place)
    speaker = who.actor if who else None
    named = context.named(speaker, "speaker_")
    row = {
        "sort_key": key, "id": statement.id, "article": context.article, "place": place, "form": statement.form, "force": statement.force,
        "speaker": speaker, **named, **_words("speaker", who), **_words("cue", cue),
        "words": " … ".join(s.of(text) for s in statement.what), "within": statement.within, **_when("said", statement.when),
        "score": statement.score, "review": review, "current": context.current,
    }  # fmt: skip
    return {
        schema.statements: [row],
        schema.said: _spans("statement", statement.id, statement.what, text),
        schema.quoted: _spans("statement", statement.id, statement.quoted, text),
        schema.statement_about: [
            {
                "statement": statement.id, "place": at, "sort_key": key, "actor": actor, **context.named(actor),
                "speaker": speaker, "speaker_country": named["speaker_country"],
            }
            for at, actor in enumerate(statement.about)
        ],
        schema.relays: [_relay(statement.id, at, relay, context) for at, relay in enumerate(statement.through)],
    }  # fmt: skip


def event_rows(event: Event, place: int, context: Context, review: str | None = None) -> Rows:
    text = context.text
    key = context.key(_last_day(event.when, context), place)
    row = {
        "sort_key": key, "id": event.id, "article": context.article, "place": place, "type": event.type, "mode": event.mode, "contexts": event.contexts,
        "cameo": event.cameo, "quad": event.quad, "goldstein": event.goldstein, "scale": event.scale, "trigger_words": event.trigger.of(text),
        **_span(event.trigger, "trigger"), "passage": passage_of(event.trigger, context), "standing": event.standing, "past": event.past,
        "statement": event.statement, "denies": event.denies, **_when("happened", event.when), **_where(event.where),
        "score": event.score, "review": review, "current": context.current,
    }  # fmt: skip
    sides = (("source", event.source), ("target", event.target))
    return {
        schema.events: [row],
        schema.event_actors: [
            {"event": event.id, "role": role, "place": at, "sort_key": key, "actor": actor, **context.named(actor)}
            for role, side in sides
            for at, actor in enumerate(side)
        ],
        schema.event_mentions: _spans("event", event.id, event.mentions, text),
        schema.event_sizes: [_size(event.id, at, size) for at, size in enumerate(event.sizes)],
    }


def _last_day(when: When, context: Context) -> date | None:
    """The day that a row sorts by: the last it can mean; that of its article where the end is open."""
    open_end = max(filter(None, (when.earliest, context.day)), default=None)
    return when.latest or open_end


def passage_of(trigger: Span, context: Context) -> str:
    """The paragraph in which an event is told."""
    return next((p.of(context.text) for p in context.paragraphs if p.holds(trigger)), trigger.of(context.text))


def skipped_rows(reading: Reading) -> list[dict[str, Any]]:
    return [
        {"id": hashed_id("sk", reading.page.id, str(at)), "page": reading.page.id, "place": at} | s.to_dict() for at, s in enumerate(reading.skipped)
    ]


def insert_rows(connection: Connection, rows: Rows) -> None:
    for table in schema.metadata.sorted_tables:  # those that others point to come first
        if given := rows.get(table):
            connection.execute(insert(table), given)
            if table.name in search.SEARCHED:
                search.index(connection, table, given)


def keep_actors(connection: Connection, actors: Sequence[Actor]) -> None:
    """Make actors known under their names. One that the registry knows is renewed when the registry says other of it."""
    if not actors:
        return
    now = {a.id: {"id": a.id} | {name: getattr(a, name) for name in IDENTITY} for a in actors}
    table = schema.actors
    columns = [table.c.id, *(table.c[name] for name in IDENTITY)]
    stored = {row.id: row for row in connection.execute(select(*columns).where(table.c.id.in_(now)))}
    missing = [now[id_] for id_ in sorted(now) if id_ not in stored]
    _insert_new(connection, table, missing)
    moved = [now[id_] | {"moved": id_} for id_ in sorted(stored) if any(getattr(stored[id_], n) != now[id_][n] for n in IDENTITY)]
    if moved:
        values: dict[str, Any] = {name: bindparam(name) for name in IDENTITY}
        connection.execute(update(table).where(table.c.id == bindparam("moved")).values(values), [{k: v for k, v in m.items() if k != "id"} for m in moved])


def keep_names(connection: Connection, actors: Sequence[Actor], text: str) -> None:
    """Every name by which a text calls an actor, folded, so that it can be found by any."""
    names = {(folded(actor.name), actor.id) for actor in actors}
    names |= {(folded(m.span.of(text)), actor.id) for actor in actors for m in actor.mentions if _names(m)}
    _insert_new(connection, schema.actor_names, [{"name": name, "actor": actor} for name, actor in sorted(names) if name])


def _names(mention: Mention) -> bool:
    return mention.basis in {"name", "surname"} and mention.span.end - mention.span.start <= 80


def _insert_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _merge(rows: Rows, more: Rows) -> None:
    for table, given in more.items():
        rows.setdefault(table, []).extend(given)


def _span(span: Span | None, prefix: str = "span") -> dict[str, Any]:
    return {f"{prefix}_start": span.start if span else None, f"{prefix}_end": span.end if span else None}


def _spans(of: str, id_: str, spans: Sequence[Span], text: str) -> list[dict[str, Any]]:
    return [{of: id_, "place": at, **_span(span), "words": span.of(text)} for at, span in enumerate(spans)]


def _words(prefix: str, words: Words | None) -> dict[str, Any]:
    return {f"{prefix}_words": words.words if words else None, **_span(words.span if words else None, prefix)}


def _when(prefix: str, when: When) -> dict[str, Any]:
    return {f"{prefix}_{name}": getattr(when, name) for name in ("earliest", "latest", "precision", "basis", "words")}


def _relay(statement: str, at: int, relay: Relay, context: Context) -> dict[str, Any]:
    named = context.named(relay.actor)
    return {"statement": statement, "place": at, "role": relay.role, "actor": relay.actor, **named, "words": relay.words, **_span(relay.span)}


def _size(event: str, at: int, size: Size) -> dict[str, Any]:
    return {"event": event, "place": at, "kind": size.kind, "low": size.low, "high": size.high, "words": size.words, **_span(size.span)}


def _where(where: Place | None) -> dict[str, Any]:
    names = ("words", "name", "country", "admin1", "latitude", "longitude", "geonames", "basis")
    return {f"where_{name}": getattr(where, name) if where else None for name in names} | _span(where.span if where else None, "where")

"""The tables, once for SQLite and PostgreSQL; names that explain themselves in Datasette and DuckDB.

    pages ── page_bodies, page_versions, readings
      └─ articles ── dates, furniture, article_actors ── mentions
           ├─ statements ── said, quoted, relays, statement_about
           └─ events ── event_actors, event_mentions, event_sizes
    actors ── actor_names          skipped          changes          corrections, originals          watched          migrations

A record's id is the text in `id`. `sort_key` orders rows newest first when read downwards (see columns.py) and is the number that full-text
search knows a row by. `place` is the order within the record, from 0; `span_start` and `span_end` are half-open code points of `articles.text`.
Lists of plain words are JSON arrays.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, Double, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, UniqueConstraint

from sayso.store.columns import Json, Large, Listed, Words

metadata = MetaData()


def _words(name: str, *, null: bool = True, **options: Any) -> Column[Any]:
    return Column(name, Words, nullable=null, **options)


def _id() -> Column[Any]:
    return Column("id", Words, nullable=False, unique=True)


def _sort_key() -> Column[Any]:
    return Column("sort_key", Large, primary_key=True, autoincrement=False)


def _of(name: str, target: str) -> Column[Any]:
    return Column(name, Words, ForeignKey(target, ondelete="CASCADE"), primary_key=True)


def _place(name: str = "place") -> Column[Any]:
    return Column(name, Integer, primary_key=True, autoincrement=False)


def _span(prefix: str = "span", *, null: bool = True) -> list[Column[Any]]:
    return [Column(f"{prefix}_start", Integer, nullable=null), Column(f"{prefix}_end", Integer, nullable=null)]


def _when(prefix: str) -> list[Column[Any]]:
    return [
        Column(f"{prefix}_earliest", Date),
        Column(f"{prefix}_latest", Date),
        _words(f"{prefix}_precision", null=False),
        _words(f"{prefix}_basis", null=False),
        Column(f"{prefix}_words", Listed, nullable=False),
    ]


def _part(name: str, *columns: Any) -> Table:
    """A table whose rows belong to a row of another and go with it."""
    return Table(name, metadata, *columns, sqlite_with_rowid=False)


pages = Table(
    "pages", metadata,
    Column("id", Words, primary_key=True),
    _words("address", null=False), _words("media_type", null=False), _words("charset"), _words("sha256", null=False), _words("captured", null=False),
    Column("bytes", Integer, nullable=False), _words("url"), Column("given", Json),  # what the source said of it: see records.Page
)  # fmt: skip
page_bodies = Table(
    "page_bodies", metadata,
    _of("page", "pages.id"), _words("compression", null=False), Column("body", LargeBinary, nullable=False),
)  # fmt: skip
page_versions = _part(
    "page_versions",
    Column("address", Words, primary_key=True), Column("page", Words, ForeignKey("pages.id"), primary_key=True),
    Column("version", Integer, nullable=False), _words("first_captured", null=False), _words("last_captured", null=False),
    Column("current", Boolean, nullable=False),
    Index("page_versions_by_page", "page"),
)  # fmt: skip
readings = Table(
    "readings", metadata,
    Column("page", Words, ForeignKey("pages.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # the first reading of the page, the second …
    _words("sayso", null=False), _words("model", null=False), _words("registry", null=False), _words("added", null=False),
    Column("statements", Integer, nullable=False), Column("events", Integer, nullable=False), Column("skipped", Integer, nullable=False),
    Column("current", Boolean, nullable=False),
    Index("readings_by_maker", "current", "sayso", "model", "registry"),
)  # fmt: skip
articles = Table(
    "articles", metadata,
    _sort_key(), _id(), Column("page", Words, ForeignKey("pages.id"), nullable=False, index=True),
    _words("title"), _words("text", null=False), _words("language", null=False), Column("sections", Listed, nullable=False),
    _words("byline"), _words("publisher", index=True), _words("dateline_words"), _words("dateline_place"), _words("dateline_wire"),
    Column("wires", Listed, nullable=False), Column("credits", Listed, nullable=False),
    Column("earliest", Date), Column("latest", Date),  # of publication or the dateline
    Column("current", Boolean, nullable=False),
)  # fmt: skip
dates = _part(
    "dates", _of("article", "articles.id"), _place(),
    _words("kind", null=False), Column("earliest", Date, nullable=False), Column("latest", Date, nullable=False),
    _words("basis", null=False), _words("words", null=False),
)  # fmt: skip
furniture = _part("furniture", _of("article", "articles.id"), _place(), _words("words", null=False), _words("reason", null=False))
actors = Table(
    "actors", metadata,
    Column("id", Words, primary_key=True), _words("name", null=False), _words("kind", null=False), _words("country", index=True),
    _words("wikidata", index=True), _words("registry", index=True),
)  # fmt: skip
actor_names = _part("actor_names", Column("name", Words, primary_key=True), _of("actor", "actors.id"))
article_actors = _part(
    "article_actors", _of("article", "articles.id"), _place(),
    Column("actor", Words, nullable=False, index=True), _words("name", null=False), _words("kind", null=False), _words("country"), _words("sector"),
    _words("cameo"), _words("office"), _words("wikidata"), _words("registry"), _words("basis", null=False), _words("speaks_for"), Column("count", Large),
)  # fmt: skip
mentions = _part(
    "mentions", _of("article", "articles.id"), _place("actor_place"), _place(), *_span(null=False),
    _words("words", null=False), _words("basis", null=False),
)  # fmt: skip
statements = Table(
    "statements", metadata,
    _sort_key(), _id(), Column("article", Words, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False), _words("form", null=False), _words("force", null=False),
    _words("speaker"), _words("speaker_name"), _words("speaker_country"), _words("speaker_cameo"), _words("speaker_words"), *_span("speaker"),
    _words("cue_words"), *_span("cue"), _words("words", null=False), _words("within"), *_when("said"),
    Column("score", Double, nullable=False), _words("review"), Column("current", Boolean, nullable=False),
    UniqueConstraint("article", "place"),
    Index("statements_by_speaker", "speaker", "sort_key"), Index("statements_by_speaker_country", "speaker_country", "sort_key"),
    Index("statements_by_speaker_cameo", "speaker_cameo", "sort_key"),
)  # fmt: skip
said = _part("said", _of("statement", "statements.id"), _place(), *_span(null=False), _words("words", null=False))
quoted = _part("quoted", _of("statement", "statements.id"), _place(), *_span(null=False), _words("words", null=False))
statement_about = _part(
    "statement_about", _of("statement", "statements.id"), _place(), Column("sort_key", Large, nullable=False),
    Column("actor", Words, nullable=False), _words("name"), _words("country"), _words("cameo"), _words("speaker"), _words("speaker_country"),
    Index("pairs_by_actor", "speaker", "actor", "sort_key"), Index("pairs_by_country", "speaker_country", "country", "sort_key"),
    Index("about_by_actor", "actor", "sort_key"), Index("about_by_country", "country", "sort_key"),
)  # fmt: skip
relays = _part(
    "relays", _of("statement", "statements.id"), _place(), _words("role", null=False),
    _words("actor"), _words("name"), _words("country"), _words("cameo"), _words("words", null=False), *_span(),
    Index("relays_by_actor", "actor"), Index("relays_by_words", "words"),
)  # fmt: skip
events = Table(
    "events", metadata,
    _sort_key(), _id(), Column("article", Words, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("place", Integer, nullable=False), _words("type", null=False), _words("mode"), Column("contexts", Listed, nullable=False),
    _words("cameo", null=False), Column("quad", Integer, nullable=False), Column("goldstein", Double, nullable=False), Column("scale", Double, nullable=False),
    _words("trigger_words", null=False), *_span("trigger", null=False), _words("passage", null=False),
    _words("standing", null=False), Column("past", Boolean, nullable=False), _words("statement", index=True), _words("denies"), *_when("happened"),
    _words("where_words"), *_span("where"), _words("where_name"), _words("where_country"), _words("where_admin1"),
    Column("where_latitude", Double), Column("where_longitude", Double), Column("where_geonames", Large), _words("where_basis"),
    Column("score", Double, nullable=False), _words("review"), Column("current", Boolean, nullable=False),
    UniqueConstraint("article", "place"), Index("events_by_type", "type", "sort_key"),
)  # fmt: skip
event_actors = _part(
    "event_actors", _of("event", "events.id"), Column("role", Words, primary_key=True), _place(), Column("sort_key", Large, nullable=False),
    Column("actor", Words, nullable=False), _words("name"), _words("country"), _words("cameo"),
    Index("event_actors_by_actor", "actor", "role", "sort_key"), Index("event_actors_by_country", "country", "role", "sort_key"),
)  # fmt: skip
event_mentions = _part("event_mentions", _of("event", "events.id"), _place(), *_span(null=False), _words("words", null=False))
event_sizes = _part(
    "event_sizes", _of("event", "events.id"), _place(), _words("kind", null=False), Column("low", Large, nullable=False), Column("high", Large),
    _words("words", null=False), *_span(null=False),
)  # fmt: skip
skipped = Table(
    "skipped", metadata,
    Column("id", Words, primary_key=True), Column("page", Words, ForeignKey("pages.id"), index=True),  # no page: it could not be captured
    Column("place", Integer, nullable=False), _words("stage", null=False), _words("of", null=False), _words("why", null=False), _words("detail", null=False),
    Index("skipped_of", "of"),
)  # fmt: skip
changes = Table(
    "changes", metadata,
    Column("page", Words, ForeignKey("pages.id"), primary_key=True), Column("reading", Integer, primary_key=True), _place(),
    _words("page_before", null=False), _words("address", null=False, index=True), _words("kind", null=False), _words("change", null=False),
    _words("before"), _words("after"), _words("words_before"), _words("words_after"), Column("fields", Listed, nullable=False), _words("at", null=False),
)  # fmt: skip
corrections = Table(
    "corrections", metadata,
    Column("id", Words, primary_key=True), _words("kind", null=False), _words("target", null=False, index=True), _words("article", null=False, index=True),
    _words("verdict", null=False), _words("field"), Column("value", Json), Column("before", Json),
    _words("who", null=False), _words("at", null=False), _words("why", null=False), _words("beneath", null=False),
    _words("state", null=False, index=True), _words("note"), _words("copied_from"),
    Column("number", Integer, nullable=False),  # the order in which those of one target were made
)  # fmt: skip
originals = Table(
    "originals", metadata,  # what was read, of the statements and events that a correction changes
    Column("target", Words, primary_key=True), _words("kind", null=False),
    Column("article", Words, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("record", Json, nullable=False),
)  # fmt: skip
watched = Table(
    "watched", metadata,  # feeds, sitemaps and pages that are asked for again and again
    Column("address", Words, primary_key=True), _words("etag"), _words("last_modified"), _words("asked", null=False), _words("next_time", null=False),
    Column("failures", Integer, nullable=False), _words("trouble"),
)  # fmt: skip
migrations = Table(
    "migrations", metadata,
    Column("number", Integer, primary_key=True, autoincrement=False), _words("name", null=False), _words("sayso", null=False), _words("at", null=False),
)  # fmt: skip

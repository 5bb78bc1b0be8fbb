"""One reading into the store, in the caller's transaction.

Takes   a `Reading` and the versions that made it.
Gives   `Added`: what that did. The same page twice changes nothing.
Limits  a page is known by its bytes; an address (not `-`) has versions, the one captured last being current; a reading is only replaced by one of
        the same or newer code and model.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from sayso.records import Page, Reading, Skipped, hashed_id
from sayso.store import schema
from sayso.store.changes import Pair, Told, pairs, told
from sayso.store.corrections import carry, lay, originals_of, stored_context
from sayso.store.engine import chunked, in_order
from sayso.store.load import actors_of, article_of, events_of, page_of, skipped_of, statements_of
from sayso.store.rows import Added, Change, MadeBy, Outcome
from sayso.store.write import Context, article_rows, context_of, insert_rows, keep_actors, keep_names, skipped_rows

NO_ADDRESS = "-"  # standard input: pages that came that way are no versions of each other
COMPRESSION_LEVEL = 3  # zlib's: news pages shrink to a fifth, in a third of the time of the usual level


@dataclass(slots=True)
class _Before:
    """What an address or a page told before."""

    article: str
    told: list[Told]


def add(connection: Connection, reading: Reading, made: MadeBy, at: str, *, salt: int = 0, renew: bool = False) -> Added:
    """Add one reading. `renew` replaces what the same versions read before."""
    page = reading.page
    in_order(connection, f"page {page.id}", f"address {page.address}")
    known = connection.execute(select(schema.pages.c.id).where(schema.pages.c.id == page.id)).first() is not None
    if not known:
        _keep_page(connection, page)
    connection.execute(delete(schema.skipped).where(schema.skipped.c.page.is_(None), schema.skipped.c.of == page.address))
    seen, superseded = _keep_version(connection, page)
    last = current_reading(connection, page.id)
    outcome: Outcome = "version" if superseded else "elsewhere" if known and not seen else "same" if known else "new"
    if last is not None and not renew and not _renews(last, made):
        told_now = _compared(connection, superseded, page, last.number, at) if superseded else []
        older = outcome == "same" and _age(last) > _age_of(made)
        return _added("older" if older else outcome, reading, told_now)
    before = _told_before(connection, page.id) if last is not None else None
    number = (_numbers(connection, page.id) or 0) + 1
    context = _replace(connection, reading, made, number, at=at, salt=salt)
    changes: list[Change] = []
    for gone in filter(None, (before, _told_before(connection, superseded) if superseded else None)):
        matched = pairs(gone.told, told(reading, context) if context else [])
        changes += _keep_changes(connection, page, number, matched, page_before=page.id if gone is before else superseded or page.id, at=at)
        if context:
            lay(connection, carry(connection, gone.article, context.article, matched), context)
        elif gone is before:
            carry(connection, gone.article, gone.article, matched)
    return _added("renewed" if last is not None and outcome == "same" else outcome, reading, changes)


def add_skipped(connection: Connection, skipped: Skipped) -> Added:
    """Keep what could not be captured; once, and until the same address gives a page."""
    id_ = hashed_id("sk", skipped.stage, skipped.of, skipped.why, skipped.detail)
    in_order(connection, f"address {skipped.of}")
    if connection.execute(select(schema.skipped.c.id).where(schema.skipped.c.id == id_)).first() is None:
        connection.execute(insert(schema.skipped), {"id": id_, "page": None, "place": 0} | skipped.to_dict())
    return Added(outcome="skipped", page=None, address=skipped.of, skipped=1)


def current_reading(connection: Connection, page: str) -> Row[Any] | None:
    table = schema.readings
    return connection.execute(select(table).where(table.c.page == page, table.c.current)).first()


def is_known(connection: Connection, page: Page, made: MadeBy) -> bool:
    """Whether adding the page, read by these versions, would change nothing."""
    versions, last = schema.page_versions, current_reading(connection, page.id)
    at = connection.execute(select(versions.c.current).where(versions.c.page == page.id, versions.c.address == page.address)).first()
    return last is not None and not _renews(last, made) and at is not None and bool(at.current)


def stored_reading(connection: Connection, page_id: str, *, corrected: bool = False) -> Reading | None:
    """The reading as it was made; `corrected`: as people left it, without what they rejected."""
    page, made = page_of(connection, page_id), current_reading(connection, page_id)
    if page is None or made is None:
        return None
    row = connection.execute(select(schema.articles).where(schema.articles.c.page == page_id)).first()
    skipped = skipped_of(connection, page_id)
    if row is None:
        return Reading(sayso=made.sayso, model=made.model, registry=made.registry, page=page, article=None, skipped=skipped)
    statements, events = ({}, {}) if corrected else originals_of(connection, row.id)
    return Reading(
        sayso=made.sayso, model=made.model, registry=made.registry, page=page, article=article_of(connection, row), actors=actors_of(connection, row.id),
        statements=tuple(statements_of(connection, _in_place(connection, schema.statements, row.id, kept=corrected), statements)),
        events=tuple(events_of(connection, _in_place(connection, schema.events, row.id, kept=corrected), events)), skipped=skipped,
    )  # fmt: skip


def _in_place(connection: Connection, table: Any, article: str, *, kept: bool) -> list[Row[Any]]:
    """Rows of an article in the order of reading; `kept`: those alone that nobody rejected."""
    unrejected = [or_(table.c.review.is_(None), table.c.review != "rejected")] if kept else []
    return list(connection.execute(select(table).where(table.c.article == article, *unrejected).order_by(table.c.place)))


def _added(outcome: Outcome, reading: Reading, changes: Iterable[Change]) -> Added:
    return Added(
        outcome=outcome, page=reading.page.id, address=reading.page.address, statements=len(reading.statements), events=len(reading.events),
        skipped=len(reading.skipped), changes=tuple(changes),
    )  # fmt: skip


def _keep_page(connection: Connection, page: Page) -> None:
    own = {"id": page.id, "address": page.address, "media_type": page.media_type, "charset": page.charset, "sha256": page.sha256}
    said = {"url": page.url} | ({"given": page.given.to_dict()} if page.given else {})
    connection.execute(insert(schema.pages), own | said | {"captured": page.captured, "bytes": len(page.body)})
    connection.execute(insert(schema.page_bodies), {"page": page.id, "compression": "zlib", "body": zlib.compress(page.body, COMPRESSION_LEVEL)})


def _keep_version(connection: Connection, page: Page) -> tuple[bool, str | None]:
    """Write down that an address gave a page: whether that was known, and the id of the page that it supersedes there."""
    table = schema.page_versions
    at_address = [] if page.address == NO_ADDRESS else connection.execute(select(table).where(table.c.address == page.address)).all()
    own = connection.execute(select(table).where(table.c.address == page.address, table.c.page == page.id)).first()
    now = next((row for row in at_address if row.current), None)
    if own and (own.current or (now and now.last_captured >= page.captured)):
        return True, None
    newest = now is None or page.captured >= now.last_captured
    if own:
        mine = table.c.address == page.address, table.c.page == page.id
        connection.execute(update(table).where(*mine).values(last_captured=page.captured, current=True))
    else:
        version = max((row.version for row in at_address), default=0) + 1
        times = {"first_captured": page.captured, "last_captured": page.captured}
        connection.execute(insert(table), {"address": page.address, "page": page.id, "version": version, "current": newest} | times)
    if now and newest:
        connection.execute(update(table).where(table.c.address == page.address, table.c.page == now.page).values(current=False))
    for id_ in filter(None, (page.id, now.page if now else None)):
        _mark_current(connection, id_)
    return own is not None, now.page if now and newest else None


def _is_current(connection: Connection, page: str) -> bool:
    table = schema.page_versions
    return connection.execute(select(table.c.page).where(table.c.page == page, table.c.current).limit(1)).first() is not None


def _mark_current(connection: Connection, page: str) -> None:
    article = connection.execute(select(schema.articles.c.id, schema.articles.c.current).where(schema.articles.c.page == page)).first()
    current = _is_current(connection, page)
    if article and bool(article.current) != current:
        connection.execute(update(schema.articles).where(schema.articles.c.id == article.id).values(current=current))
        for table in (schema.statements, schema.events):
            connection.execute(update(table).where(table.c.article == article.id).values(current=current))


def _age(row: Row[Any]) -> tuple[Any, ...]:
    return _age_of(MadeBy(sayso=row.sayso, model=row.model))


def _age_of(made: MadeBy) -> tuple[Any, ...]:
    """Sorts versions: 0.10 is newer than 0.9, english-2 than english-1."""
    return tuple(tuple((int(n), "") if n.isdigit() else (-1, n) for n in re.findall(r"\d+|[^\d.]+", name)) for name in (made.sayso, made.model))


def _renews(last: Row[Any], made: MadeBy) -> bool:
    return (last.sayso, last.model, last.registry) != (made.sayso, made.model, made.registry) and _age_of(made) >= _age(last)


def _numbers(connection: Connection, page: str) -> int | None:
    number: int | None = connection.execute(select(func.max(schema.readings.c.number)).where(schema.readings.c.page == page)).scalar_one()
    return number


def _told_before(connection: Connection, page: str) -> _Before | None:
    reading = stored_reading(connection, page)
    if reading is None or reading.article is None:
        return None
    return _Before(reading.article.id, told(reading, stored_context(connection, reading.article.id)))


def _replace(connection: Connection, reading: Reading, made: MadeBy, number: int, *, at: str, salt: int) -> Context | None:
    """Write the reading in place of the page's last; give the context of its article."""
    page = reading.page
    old = set(connection.execute(select(schema.article_actors.c.actor).join_from(*_ACTORS_OF_PAGE).where(schema.articles.c.page == page.id)).scalars())
    connection.execute(delete(schema.articles).where(schema.articles.c.page == page.id))
    connection.execute(delete(schema.skipped).where(schema.skipped.c.page == page.id))
    connection.execute(update(schema.readings).where(schema.readings.c.page == page.id).values(current=False))
    counts = {"statements": len(reading.statements), "events": len(reading.events), "skipped": len(reading.skipped)}
    versions = {"sayso": made.sayso, "model": made.model, "registry": made.registry}
    connection.execute(insert(schema.readings), {"page": page.id, "number": number, "added": at, "current": True} | versions | counts)
    if skipped := skipped_rows(reading):
        connection.execute(insert(schema.skipped), skipped)
    context = None
    if reading.article:
        keep_actors(connection, reading.actors)
        keep_names(connection, reading.actors, reading.article.text)
        context = context_of(reading.article, reading.actors, page.captured, current=_is_current(connection, page.id), salt=salt)
        insert_rows(connection, article_rows(reading.article, reading, context))
    _forget_actors(connection, old - {actor.id for actor in reading.actors})
    return context


_ACTORS_OF_PAGE = (schema.article_actors, schema.articles, schema.articles.c.id == schema.article_actors.c.article)


def _forget_actors(connection: Connection, gone: set[str]) -> None:
    """Drop actors that no article names any more, so that a better reading leaves no ghosts behind."""
    table, used = schema.actors, schema.article_actors
    for some in chunked(sorted(gone)):
        unused = ~select(used.c.actor).where(used.c.actor == table.c.id).exists()
        connection.execute(delete(table).where(table.c.id.in_(some), table.c.registry.is_(None), unused))


def _compared(connection: Connection, superseded: str, page: Page, number: int, at: str) -> list[Change]:
    """What changed where an address went back to a page that was read before."""
    before, after = _told_before(connection, superseded), _told_before(connection, page.id)
    matched = pairs(before.told if before else [], after.told if after else [])
    return _keep_changes(connection, page, number, matched, page_before=superseded, at=at)


def _keep_changes(connection: Connection, page: Page, number: int, matched: list[Pair], *, page_before: str, at: str) -> list[Change]:
    table = schema.changes
    first = connection.execute(select(func.count()).select_from(table).where(table.c.page == page.id, table.c.reading == number)).scalar_one()
    changes = [pair.told() for pair in matched if pair.change != "same"]
    head = {"page": page.id, "reading": number, "page_before": page_before, "address": page.address, "at": at}
    if changes:
        rows = [head | {"place": first + place} | c.to_dict() | {"fields": c.fields} for place, c in enumerate(changes)]
        connection.execute(insert(table), rows)
    return changes

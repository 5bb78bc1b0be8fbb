"""What a person says of a statement or event, kept apart from what was read and laid over it.

Takes   a verdict (accept, reject, change of one field) with who, when and why.
Gives   rows of `corrections`; the corrected record in its tables, where every search finds it; what was read in `originals`.
Limits  a correction rests on the words beneath it: where they are the same after another reading it stands, where they are not it is reopened,
        and no longer laid over anything until a person decides.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from sayso.errors import CorrectionError
from sayso.records import Event, Statement, hashed_id
from sayso.store import schema
from sayso.store.changes import Pair, Told, told_event, told_statement
from sayso.store.engine import chunked, in_order
from sayso.store.fields import event_from, event_record, statement_from, statement_record, value_at, with_value
from sayso.store.load import actors_of, article_of, events_of, statements_of
from sayso.store.rows import Correction, Kind, Named, Verdict
from sayso.store.write import Context, context_of, event_rows, insert_rows, statement_rows

REVIEW = {"accept": "accepted", "reject": "rejected", "change": "changed"}
GONE = "no longer found"
TABLES = {"statement": schema.statements, "event": schema.events}


def originals_of(connection: Connection, article: str) -> tuple[dict[str, Statement], dict[str, Event]]:
    """What was read, of the corrected statements and events of one article."""
    table = schema.originals
    found = connection.execute(select(table).where(table.c.article == article)).all()
    return (
        {row.target: statement_from(row.record) for row in found if row.kind == "statement"},
        {row.target: event_from(row.record) for row in found if row.kind == "event"},
    )


def stored_context(connection: Connection, article: str, salt: int = 0) -> Context:
    """The context of an article that is stored."""
    row = connection.execute(select(schema.articles).where(schema.articles.c.id == article)).one()
    page = connection.execute(select(schema.pages.c.captured).where(schema.pages.c.id == row.page)).scalar_one()
    return context_of(article_of(connection, row), actors_of(connection, article), page, current=bool(row.current), salt=salt)


def target_of(connection: Connection, target: str) -> tuple[Kind, Row[Any]]:
    """Raises `CorrectionError` when nothing of that id is stored."""
    kinds: tuple[Kind, ...] = ("statement", "event")
    for kind in kinds:
        table = TABLES[kind]
        if row := connection.execute(select(table).where(table.c.id == target)).first():
            return kind, row
    raise CorrectionError(f"{target!r} is no statement and no event of this store. Find it first: ids begin with st_ and ev_.")


def correct(
    connection: Connection, target: str, verdict: Verdict, *, field: str | None, value: Any, who: str, why: str, at: str, salt: int
) -> Correction:
    """Write down one correction and lay it over its target. The same one twice is one."""
    in_order(connection, f"corrections of {target}")
    kind, row = target_of(connection, target)
    context = stored_context(connection, row.article, salt)
    read = _read(connection, kind, row)
    if not who.strip():
        raise CorrectionError("a correction has to say who makes it.")
    if (verdict == "change") != (field is not None) or verdict not in REVIEW:
        raise CorrectionError(f"a verdict is accept, reject, or change of a field; this one is {verdict!r} with the field {field!r}.")
    before = None
    if field is not None:
        changed = _changed(_record(read), field, value, context.text)
        _check_actors(connection, changed)
        before = value_at(_record(read), field)
    made = Correction(
        id=hashed_id("co", target, verdict, field or "", json.dumps(value, sort_keys=True), who, at), kind=kind, target=target, article=row.article,
        verdict=verdict, field=field, value=value if field else None, before=before, who=who, at=at, why=why,
        beneath=_told(read, context).beneath, state="standing", note=None, copied_from=None, number=_next(connection, target),
    )  # fmt: skip
    if _of_id(connection, made.id) is None:
        connection.execute(insert(schema.corrections), made.to_dict())
    lay(connection, [target], context)
    return made


def withdraw(connection: Connection, id_: str, *, note: str, salt: int) -> Correction:
    """Take a correction back; it stays on record."""
    known = _of_id(connection, id_)
    if known is None:
        raise CorrectionError(f"there is no correction {id_!r}.")
    _set(connection, id_, state="withdrawn", note=note)
    lay(connection, [known.target], stored_context(connection, known.article, salt))
    found = _of_id(connection, id_)
    assert found is not None
    return found


def corrections_of(connection: Connection, *conditions: Any) -> list[Correction]:
    table = schema.corrections
    found = connection.execute(select(table).where(*conditions).order_by(table.c.at, table.c.number, table.c.id))
    return [Correction(**row._mapping) for row in found]


def lay(connection: Connection, targets: Iterable[str], context: Context) -> None:
    """Bring targets of one article into the state that their standing corrections ask for."""
    table = schema.corrections
    for some in chunked(dict.fromkeys(targets)):
        standing: dict[str, list[Correction]] = {target: [] for target in some}
        for one in corrections_of(connection, table.c.target.in_(some), table.c.state == "standing"):
            standing[one.target].append(one)
        for target, own in standing.items():
            _lay(connection, target, own, context)


def carry(connection: Connection, article_before: str, article: str, matched: Sequence[Pair]) -> list[str]:
    """Take the corrections of one reading over to the next. Gives the targets that have to be laid anew.

    The same article read again keeps its corrections; a new version of the page gets copies, and the old version keeps its own.
    """
    table = schema.corrections
    by_before = {pair.before.id: pair.after for pair in matched if pair.before}
    by_id = {pair.after.id: pair.after for pair in matched if pair.after}
    touched = []
    for one in corrections_of(connection, table.c.article == article_before, table.c.state != "withdrawn"):
        now = by_before.get(one.target) or (by_id.get(one.target) if article == article_before else None)
        state, note = _state_after(one, now)
        if article == article_before:
            _set(connection, one.id, state=state, note=note, target=now.id if now else one.target)
        elif now:
            _copy(connection, one, now, article, state=state, note=note)
        if now:
            touched.append(now.id)
    return touched


def _state_after(one: Correction, now: Told | None) -> tuple[str, str | None]:
    if now is None:
        # What was rejected and is not found any more is as the person wanted it.
        return (one.state, one.note) if one.verdict == "reject" else ("reopened", GONE)
    if now.beneath != one.beneath:
        return "reopened", f"the text beneath is now: {now.beneath}"
    return ("standing", None) if one.note == GONE or one.state == "standing" else (one.state, one.note)


def _copy(connection: Connection, one: Correction, now: Told, article: str, *, state: str, note: str | None) -> None:
    id_ = hashed_id("co", now.id, one.id)
    if _of_id(connection, id_) is None:
        own = one.to_dict() | {"id": id_, "target": now.id, "article": article, "state": state, "note": note, "copied_from": one.id}
        own["number"] = _next(connection, now.id)
        connection.execute(insert(schema.corrections), own)


def _lay(connection: Connection, target: str, standing: list[Correction], context: Context) -> None:
    found = connection.execute(select(schema.originals.c.kind).where(schema.originals.c.target == target)).first()
    if not standing and not found:
        return
    kind, row = target_of(connection, target)
    read = _read(connection, kind, row)
    connection.execute(delete(schema.originals).where(schema.originals.c.target == target))
    made = _record(read)
    for one in standing:
        if one.field is not None:
            made = with_value(made, one.field, one.value)
    record: Statement | Event = statement_from(made, context.text) if kind == "statement" else event_from(made, context.text)
    _know_actors(connection, made, context)
    review = REVIEW[standing[-1].verdict] if standing else None
    connection.execute(delete(TABLES[kind]).where(TABLES[kind].c.id == target))
    insert_rows(
        connection,
        statement_rows(record, row.place, context, review) if isinstance(record, Statement) else event_rows(record, row.place, context, review),
    )
    if standing:
        connection.execute(insert(schema.originals), {"target": target, "kind": kind, "article": context.article, "record": _record(read)})


def _read(connection: Connection, kind: Kind, row: Row[Any]) -> Statement | Event:
    """The record as it was read, before any correction."""
    table = schema.originals
    kept = connection.execute(select(table.c.record).where(table.c.target == row.id)).first()
    if kind == "statement":
        return statement_from(kept.record) if kept else statements_of(connection, [row])[0]
    return event_from(kept.record) if kept else events_of(connection, [row])[0]


def _record(one: Statement | Event) -> dict[str, Any]:
    return statement_record(one) if isinstance(one, Statement) else event_record(one)


def _told(one: Statement | Event, context: Context) -> Told:
    return told_statement(one, context) if isinstance(one, Statement) else told_event(one, context)


def _changed(record: dict[str, Any], field: str, value: Any, text: str) -> Statement | Event:
    made = with_value(record, field, value)
    return statement_from(made, text) if "force" in record else event_from(made, text)


def _actors_in(one: Statement | Event) -> set[str]:
    if isinstance(one, Event):
        return {*one.source, *one.target}
    return {*one.about, *(r.actor for r in one.through if r.actor), *([one.who.actor] if one.who and one.who.actor else [])}


def _check_actors(connection: Connection, one: Statement | Event) -> None:
    asked = _actors_in(one)
    known = set(connection.execute(select(schema.actors.c.id).where(schema.actors.c.id.in_(asked))).scalars())
    if missing := sorted(asked - known):
        raise CorrectionError(f"{missing[0]!r} is no actor of this store. Look it up by name first; ids begin with ac_.")


def _know_actors(connection: Connection, record: dict[str, Any], context: Context) -> None:
    """Give the context the actors of other articles that a correction brings in."""
    one = statement_from(record) if "force" in record else event_from(record)
    strangers = _actors_in(one) - set(context.actors)
    table = schema.article_actors
    for row in connection.execute(select(table).where(table.c.actor.in_(strangers)).order_by(table.c.article)) if strangers else ():
        context.actors = dict(context.actors) | {row.actor: Named(id=row.actor, name=row.name, country=row.country, cameo=row.cameo)}


def _of_id(connection: Connection, id_: str) -> Correction | None:
    return next(iter(corrections_of(connection, schema.corrections.c.id == id_)), None)


def _next(connection: Connection, target: str) -> int:
    table = schema.corrections
    last: int | None = connection.execute(select(func.max(table.c.number)).where(table.c.target == target)).scalar_one()
    return (last or 0) + 1


def _set(connection: Connection, id_: str, **values: Any) -> None:
    connection.execute(update(schema.corrections).where(schema.corrections.c.id == id_).values(**values))

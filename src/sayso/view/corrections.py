"""`sayso corrections`: what a person says of statements and events, kept with who, when and why.

Takes   an id as `find` shows it (its beginning is enough), a verdict, a reason.
Gives   a line for each correction; the corrected articles in the format of `train/corpus/`.
Needs   typer to start; the store when it is asked.
Limits  who corrects is the login name where --by does not say it.
"""

from __future__ import annotations

import getpass
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.view.guard import NOTHING_READ, READ, guarded
from sayso.view.options import Store, store_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.store import Correction
    from sayso.store import Store as Opened

_HELP = "What a person says of a statement or event; it survives reading again."
corrections = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_HELP)
_ID = typer.Argument(help="Of a statement or event, as find shows it: st_… or ev_…; its beginning is enough.", metavar="ID")
_BY = typer.Option("--by", help="Who says so; your login name when not given.", metavar="NAME", show_default=False)
_WHY = typer.Option("--why", help="For what reason.", metavar="WORDS")
_AS_JSON = typer.Option("--json", help="Write JSON, one object a line.")
_OUT = typer.Option("--out", dir_okay=False, help="Write into this file; it is complete or as it was.", metavar="FILE")
STATES = ("standing", "reopened", "withdrawn")


@corrections.command()
def accept(
    target: Annotated[str, _ID], *, by: Annotated[str | None, _BY] = None, why: Annotated[str, _WHY] = "", store: Store = None
) -> None:
    """Say that a statement or event is right as it is."""
    raise typer.Exit(_corrected(store, target, lambda opened, id_: opened.accept(id_, who=_who(by), why=why)))


@corrections.command()
def reject(
    target: Annotated[str, _ID], *, by: Annotated[str | None, _BY] = None, why: Annotated[str, _WHY] = "", store: Store = None
) -> None:
    """Say that it is none: no search finds it any more."""
    raise typer.Exit(_corrected(store, target, lambda opened, id_: opened.reject(id_, who=_who(by), why=why)))


@corrections.command()
def change(
    target: Annotated[str, _ID],
    field: Annotated[str, typer.Argument(help="As in the JSON: force, who.actor, standing, when.earliest, …", metavar="FIELD")],
    value: Annotated[str, typer.Argument(help="JSON, or plain words.", metavar="VALUE")],
    *,
    by: Annotated[str | None, _BY] = None,
    why: Annotated[str, _WHY] = "",
    store: Store = None,
) -> None:
    """Give one field another value."""
    raise typer.Exit(_corrected(store, target, lambda opened, id_: opened.change(id_, field, _value(value), who=_who(by), why=why)))


@corrections.command()
def withdraw(
    correction: Annotated[str, typer.Argument(help="Of a correction, as list shows it: co_…; its beginning is enough.", metavar="ID")],
    *,
    by: Annotated[str | None, _BY] = None,
    why: Annotated[str, _WHY] = "",
    store: Store = None,
) -> None:
    """Take a correction back; it stays on record."""
    raise typer.Exit(_corrected(store, correction, lambda opened, id_: opened.withdraw(id_, who=_who(by), why=why)))


@corrections.command("list")
def list_(
    target: Annotated[str | None, typer.Argument(help="Only those of this statement or event.", metavar="[ID]", show_default=False)] = None,
    *,
    state: Annotated[str | None, typer.Option("--state", help=f"Only those that are {', '.join(STATES)}.", metavar="STATE", show_default=False)] = None,
    as_json: Annotated[bool, _AS_JSON] = False,
    store: Store = None,
) -> None:
    """List corrections in the order in which they were made.

    One is reopened when the text beneath it changed, or when it is no longer found: decide again. Exit code 1 when there are none.
    """
    if state is not None and state not in STATES:
        raise typer.BadParameter(f"--state {state}: a correction is {', '.join(STATES)}.")

    def work(opened: Opened) -> int:
        found = opened.corrections(target=_full(opened, target) if target else None, state=state)
        for one in found:
            typer.echo(json.dumps(one.to_dict(), ensure_ascii=False) if as_json else _line(one))
        if not found:
            typer.echo("no corrections", err=True)
        return READ if found else NOTHING_READ

    raise typer.Exit(_opened(store, work))


@corrections.command()
def export(*, out: Annotated[Path | None, _OUT] = None, store: Store = None) -> None:
    """Write corrected articles as stories to learn from, in the format of train/corpus/.

    Only paragraphs in which everything was looked at are written, since what nobody looked at may be wrong. Exit code 1 when there are none.
    """

    def work(opened: Opened) -> int:
        count = 0
        if out is None:
            for story in opened.corrected_stories():
                sys.stdout.write(f"{story}\n")
                count += 1
        else:
            half = out.with_name(f".{out.name}.half")
            try:
                with half.open("w", encoding="utf-8", newline="\n") as file:
                    for story in opened.corrected_stories():
                        file.write(f"{story}\n")
                        count += 1
                half.replace(out)
            finally:
                half.unlink(missing_ok=True)
        waiting = len(opened.corrections(state="reopened"))
        left = f"; {waiting} reopened wait for a decision (sayso corrections list --state reopened)" if waiting else ""
        typer.echo(f"{count} {'story' if count == 1 else 'stories'} written{left}", err=True)
        return READ if count else NOTHING_READ

    raise typer.Exit(_opened(store, work))


def _opened(store: str | None, work: Callable[[Opened], int]) -> int:
    def run() -> int:
        from sayso.view.reach import existing_store  # noqa: PLC0415 - brings SQLAlchemy

        with existing_store(*store_of(store)) as opened:
            return work(opened)

    return guarded(run)


def _corrected(store: str | None, target: str, make: Callable[[Opened, str], Correction]) -> int:
    def work(opened: Opened) -> int:
        typer.echo(_line(make(opened, _full(opened, target))))
        return READ

    return _opened(store, work)


def _full(opened: Opened, begin: str) -> str:
    """The one id that begins so. Raises `CorrectionError` where several do; what none does is the store's to tell."""
    from sayso.errors import CorrectionError  # noqa: PLC0415

    found = opened.ids(begin)
    if len(found) > 1 and begin not in found:
        raise CorrectionError(f"{begin!r} is the beginning of {', '.join(found[:4])}{' …' * (len(found) > 4)}. Write more of it.")
    return found[0] if len(found) == 1 else begin


def _who(by: str | None) -> str:
    if by is not None:
        return by
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""  # the store asks for a name


def _value(words: str) -> Any:
    try:
        return json.loads(words)
    except ValueError:
        return words


def _line(one: Correction) -> str:
    from sayso.view.lines import one_line  # noqa: PLC0415

    what = f" {one.field}: {json.dumps(one.before, ensure_ascii=False)} → {json.dumps(one.value, ensure_ascii=False)}" if one.field else ""
    note = f" ({one.note})" if one.note else ""
    return one_line(f"{one.id}  {one.at}  {one.who}: {one.verdict} {one.target}{what}{f' · {one.why}' if one.why else ''} · {one.state}{note}")

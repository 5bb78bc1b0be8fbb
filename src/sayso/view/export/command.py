"""`sayso export`: a store or readings, into a format of others.

Takes   arguments, standard input.
Gives   files or standard output; on standard error what was written, what was left out, and why.
Needs   nothing heavy before it runs.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.errors import ExportError
from sayso.view.export import FORMATS
from sayso.view.guard import guarded
from sayso.view.options import VARIABLE, Ontology, Store, store_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.records import Reading
    from sayso.store import Query
    from sayso.view.export.run import Exported

_DAY = ["%Y-%m-%d"]


def _asked(option: str, meaning: str, value: str = "WHO") -> Any:
    return typer.Option(option, help=meaning, metavar=value, show_default=False)


_WORDS = 'Only what has these words: all of them, "a phrase", begin*, -without.'
_READINGS = _asked("--readings", "Readings instead of a store: JSON lines that `sayso read --json` wrote; - for standard input; may be repeated.", "FILE")
_OUT = typer.Option("--out", "-o", help="File to write, whole or not at all; - for standard output. Two tables make two files.", metavar="FILE")
_TABLE = _asked("--table", "Only this table of csv and parquet: statements or events.", "NAME")


def export(
    format: Annotated[str, typer.Argument(metavar="FORMAT", help="One of those below.")],
    words: Annotated[list[str] | None, typer.Argument(help=_WORDS, metavar="[WORDS]", show_default=False)] = None,
    *,
    store: Store = None,
    readings: Annotated[list[str] | None, _READINGS] = None,
    out: Annotated[str, _OUT] = "-",
    table: Annotated[str | None, _TABLE] = None,
    claims: Annotated[bool, typer.Option("--claims", help="Write claims as events in formats that have no place for a claimant.")] = False,
    by: Annotated[str | None, _asked("--by", "Said or done by: a name, PRK, PRKGOV, Q…, ac_….")] = None,
    about: Annotated[str | None, _asked("--about", "About, or done to.")] = None,
    through: Annotated[str | None, _asked("--through", "Passed on by.")] = None,
    publisher: Annotated[str | None, _asked("--publisher", "On pages of this publisher.", "NAME")] = None,
    type_: Annotated[str | None, _asked("--type", "Events of this type of PLOVER's, and statements that make one.", "TYPE")] = None,
    standing: Annotated[str | None, _asked("--standing", "Events of this standing, and statements that make one.", "STANDING")] = None,
    force: Annotated[str | None, _asked("--force", "Statements of this force: denial, threat, ….", "FORCE")] = None,
    country: Annotated[str | None, _asked("--country", "Of the speaker; of events of anybody in it, or of the place.", "ISO3")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="On or after this day.", metavar="DATE", show_default=False)] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="On or before this day.", metavar="DATE", show_default=False)] = None,
    ontology: Ontology = None,
) -> None:
    """Write statements and events in the formats of others.

    Formats that have no place for a claimant get events that are reported, and no claims.
    """
    asked = {
        "words": " ".join(words) if words else None, "speaker": by, "about": about, "relay": through, "publisher": publisher, "type": type_,
        "standing": standing, "force": force, "country": country,
    }  # fmt: skip
    given: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    given |= {name: day.date() for name, day in (("since", since), ("until", until)) if day}
    if format not in FORMATS:
        raise typer.BadParameter(f"{format!r} is no format. There are {', '.join(FORMATS)}.", param_hint="FORMAT")
    if readings and (store or given):
        raise typer.BadParameter("--readings are exported whole: leave out --store, words and filters, which ask a store.")
    if format == "parquet" and out == "-" and sys.stdout.isatty():
        raise typer.BadParameter("Parquet is not for a terminal; name a file with --out.")

    def run() -> int:
        from sayso.store import Query  # noqa: PLC0415 - brings SQLAlchemy
        from sayso.view.export.run import export as exported  # noqa: PLC0415

        more: dict[str, Any] = {"claims": claims, "table": table, "ontology": ontology or ()}
        target: Any = sys.stdout.buffer if out == "-" else out
        done = exported(format, _read(readings), target, **more) if readings else _of_store(format, store, target, Query(**given), more)
        sys.stdout.flush()
        _tell(format, done)
        return 0

    raise typer.Exit(guarded(run))


def _read(files: list[str]) -> Iterator[Reading]:
    from sayso.view.export.lines import readings_in  # noqa: PLC0415

    return readings_in(files)


def _of_store(format: str, url: str | None, target: Any, query: Query, more: dict[str, Any]) -> Exported:
    from sayso.store import open_store  # noqa: PLC0415
    from sayso.view.export.run import export as exported  # noqa: PLC0415

    place, _ = store_of(url)
    path = place.removeprefix("sqlite:///")
    if "://" not in path and not Path(path).exists():
        raise ExportError(f"there is no store at {Path(path)}. Name one with --store or ${VARIABLE}, or give --readings.")
    with open_store(place) as store:
        return exported(format, store, target, query=query, **more)


def _tell(format: str, done: Exported) -> None:
    for table, file in done.files.items():
        typer.echo(f"sayso: {file}: {done.rows[table]} row{'s' * (done.rows[table] != 1)}", err=True)
    if done.claims:
        left = "event that is not reported was" if done.claims == 1 else "events that are not reported were"
        typer.echo(f"sayso: {done.claims} {left} left out, since {format} has no place for a claimant; --claims writes them too", err=True)
    for skipped in done.skipped:
        typer.echo(f"sayso: {skipped.of}: {skipped.why}. {skipped.detail}", err=True)
    if done.unfit > len(done.skipped):
        typer.echo(f"sayso: and {done.unfit - len(done.skipped)} more that cannot be written", err=True)

"""`sayso find`: a question to the store, its answer as a table, JSON lines or CSV.

Takes   the parts of a `Query` as options.
Gives   rows in a stable order, the command for those that follow, and for an empty answer what in the question has none.
Needs   typer to start; the store when it is asked.
Limits  words of pages are shown with nothing in them that acts on a terminal; in CSV a cell that a spreadsheet would take for a formula begins with
        an apostrophe.
"""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.view.guard import NOTHING_READ, READ, guarded
from sayso.view.options import Store, examples, number, shell_words, store_of

if TYPE_CHECKING:
    from sayso.store import Query

FIND_EXAMPLES = (
    ("sayso find levy --by Peru --store news.db", "what Peru said with the word levy"),
    ("sayso find --by PRK --about USA --from 2026-01-01", "one state of another, since a day"),
    ("sayso find '\"port levy\" tariff* -truck' --json", "a phrase, a beginning, a word that must not stand there"),
    ("sayso find --events --type ACCUSE --standing reported --csv", "acts in the page's own voice"),
)
_DAYS = ["%Y-%m-%d"]
_FLAGS = {
    "speaker": "--by", "about": "--about", "relay": "--through", "publisher": "--publisher", "type": "--type", "standing": "--standing",
    "force": "--force", "since": "--from", "until": "--to", "country": "--country", "order": "--sort", "limit": "--limit", "after": "--after",
}  # fmt: skip
_WHO = "a name, ac_… id, country (PRK) or CAMEO code (PRKGOV)"


def _option(name: str, meaning: str, metavar: str) -> Any:
    return typer.Option(name, help=meaning, metavar=metavar, show_default=False)


def find(
    *,
    words: Annotated[list[str] | None, typer.Argument(help="Words that have to stand there: word, \"a phrase\", begin*, -without.", metavar="[WORDS]")] = None,
    store: Store = None,
    speaker: Annotated[str | None, _option("--by", f"Who says it; of events, who does it: {_WHO}.", "WHO")] = None,
    about: Annotated[str | None, _option("--about", "Whom the words concern; of events, to whom it is done.", "WHO")] = None,
    relay: Annotated[str | None, _option("--through", "Through whom it came, also as printed.", "WHO")] = None,
    publisher: Annotated[str | None, _option("--publisher", "Of the page, as printed.", "NAME")] = None,
    type_: Annotated[str | None, _option("--type", "Of event: ACCUSE, CONSULT, …", "TYPE")] = None,
    standing: Annotated[str | None, _option("--standing", "Of event: reported, claimed, denied, announced, demanded, possible.", "STANDING")] = None,
    force: Annotated[str | None, _option("--force", "Of statement: neutral, assertive, denial, accusation, demand, …", "FORCE")] = None,
    since: Annotated[datetime | None, typer.Option("--from", formats=_DAYS, help="First day on which it may have been.", metavar="DATE")] = None,
    until: Annotated[datetime | None, typer.Option("--to", formats=_DAYS, help="Last day on which it may have been.", metavar="DATE")] = None,
    country: Annotated[str | None, _option("--country", "Of the speaker; of events, of anybody in it or of the place.", "ISO3")] = None,
    events: Annotated[bool, typer.Option("--events", help="Find events instead of statements.")] = False,
    articles: Annotated[bool, typer.Option("--articles", help="Find articles that hold such statements.")] = False,
    order: Annotated[str, _option("--sort", "newest or oldest first.", "ORDER")] = "newest",
    limit: Annotated[int, number("Rows of one answer, up to 1000.")] = 20,
    after: Annotated[str | None, _option("--after", "Go on after an answer; it says with what.", "PLACE")] = None,
    every: Annotated[bool, typer.Option("--all", help="All rows, however many.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV with a line of headings.")] = False,
) -> None:
    """Find what was said, newest first. Everything that is asked has to hold.

    Exit code 1 when nothing was found.
    """
    if events and articles:
        raise typer.BadParameter("--events and --articles are different questions; leave out one.")
    if as_json and as_csv:
        raise typer.BadParameter("--json and --csv are different answers; leave out one.")
    kind = "events" if events else "articles" if articles else "statements"

    def run() -> int:
        from sayso.store import Query  # noqa: PLC0415 - brings SQLAlchemy
        from sayso.view.found import CsvRows, JsonRows, TableRows, why_empty  # noqa: PLC0415
        from sayso.view.reach import existing_store  # noqa: PLC0415

        asked: dict[str, Any] = {
            "words": " ".join(words) if words else None, "speaker": speaker, "about": about, "relay": relay, "publisher": publisher, "type": type_,
            "standing": standing, "force": force, "since": since.date() if since else None, "until": until.date() if until else None,
            "country": country, "order": order, "limit": 1000 if every else limit, "after": after,
        }  # fmt: skip
        query = Query(**asked)
        with existing_store(*store_of(store)) as opened:
            ask: Any = {"statements": opened.statements, "events": opened.events, "articles": opened.articles}[kind]
            writer = (JsonRows if as_json else CsvRows if as_csv else TableRows)(sys.stdout, kind)
            found, place = 0, None
            if every:
                for row in opened.every(ask, query):
                    writer.add(row)
                    found += 1
            else:
                answer = ask(query)
                found, place = len(answer.rows), answer.after
                for row in answer.rows:
                    writer.add(row)
            writer.close()
            sys.stdout.flush()
            if not found:
                typer.echo("\n".join(why_empty(opened, ask, query, kind)), err=True)
            if place:
                typer.echo(f"more: {_command(query, place, kind, store, '--json' if as_json else '--csv' if as_csv else None)}", err=as_json or as_csv)
        return READ if found else NOTHING_READ

    raise typer.Exit(guarded(run))


def _command(query: Query, place: str, kind: str, store: str | None, shape: str | None) -> str:
    given = query.to_dict() | {"after": place}
    parts = [word for name, flag in _FLAGS.items() if name in given for word in (flag, str(given[name]))]
    extra = [f"--{kind}"] * (kind != "statements") + [shape] * (shape is not None) + (["--store", store] if store else [])
    words = ["--", query.words] if query.words and query.words.startswith("-") else [query.words] if query.words else []
    return shell_words("sayso", "find", *parts, *(word for word in extra if word), *words)


EPILOG = examples(*FIND_EXAMPLES)

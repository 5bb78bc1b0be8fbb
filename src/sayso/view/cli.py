"""The command line: `sayso read` and its options.

Takes   arguments, standard input.
Gives   cards or JSON on standard output, one line for each page not read on standard error, an exit code (see `EXIT`).
Needs   typer to start; everything heavier is imported when there is something to read, so `--help` and `--version` are instant.
Limits  what goes wrong is told in one line, never as a traceback; use `sayso.read` from Python to see one.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from sayso.config import DEFAULT, Settings
from sayso.version import __version__
from sayso.view import add as adding
from sayso.view import find as finding
from sayso.view import watch as watching
from sayso.view.corrections import corrections
from sayso.view.export import FORMATS
from sayso.view.export.command import export
from sayso.view.guard import EXIT, NOTHING_READ, READ, STOPPED, WRONG_USAGE, guarded, told
from sayso.view.options import FILES, Ontology, Set, examples, listed, number, settings_of

if TYPE_CHECKING:
    from sayso.records import Reading, Skipped
    from sayso.view.write import Writer

EXAMPLE = "page.txt"
EXAMPLES = (
    ("sayso read --example", "the page that comes with Sayso"),
    ("sayso read page.html", "one page, as a card"),
    ("sayso read pages/ --json > readings.jsonl", "a folder, one JSON object a line"),
    ("cat page.html | sayso read --plain | grep -i claimed", "standard input, plain text"),
    ("sayso read page.html --svg card.svg", "the card as a picture"),
)
_SOURCES = "Files, folders, globs, web addresses, or - for standard input (also read when nothing is given and something is piped in)."


app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> None:
    """Run the command line; what `project.scripts` calls."""
    try:
        app(prog_name="sayso")
    except KeyboardInterrupt:
        sys.exit(told("stopped", STOPPED))


@app.callback(invoke_without_command=True)
def _sayso(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the versions of the code and the model, and stop.")] = False,
) -> None:
    """On whose say-so? Reads news and keeps who said what, about whom, when, and through whom it came to the page."""
    if version:
        typer.echo(f"sayso {__version__}, model {model_name()}")
    elif context.invoked_subcommand is None:
        typer.echo(context.get_help())


_EPILOG = "\n\n".join(
    (
        examples(*EXAMPLES),
        listed("Exit codes", (f"{code:>3}  {meaning}" for code, meaning in EXIT.items())),
    )
)


@app.command(epilog=_EPILOG)
def read(
    context: typer.Context,
    *,
    sources: Annotated[list[str] | None, typer.Argument(help=_SOURCES, metavar="SOURCES", show_default=False)] = None,
    example: Annotated[bool, typer.Option("--example", help="Read the page that comes with Sayso.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, one object a line; a lone page on a terminal is indented.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Write cards as in a pipe: no colour, no escapes.")] = False,
    furniture: Annotated[bool, typer.Option("--furniture", help="Show on the card what was dropped from the page, and why.")] = False,
    width: Annotated[int | None, number("Columns of the card, 20 or more. Default: the terminal's up to 132; 88 in a pipe.", 20)] = None,
    svg: Annotated[Path | None, typer.Option(dir_okay=False, help="Draw the cards into this file instead.", metavar="FILE")] = None,
    threads: Annotated[int, number("Processor threads of the model, 0 for all.", 0)] = DEFAULT.threads,
    max_bytes: Annotated[int, number("Largest page that is read, in bytes.")] = DEFAULT.max_bytes,
    max_chars: Annotated[int, number("Longest text that is read, in code points.")] = DEFAULT.max_chars,
    max_depth: Annotated[int, number("Deepest nesting of HTML elements that is read.")] = DEFAULT.max_depth,
    registry: Annotated[list[Path] | None, FILES] = None,
    ontology: Ontology = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from private, loopback and link-local addresses as well.")] = False,
    pairs: Set = None,
) -> None:
    """Read pages: who said what about whom, through whom, and what is said to have happened.

    Each page becomes a card, or a JSON object with every span and score.
    """
    if example and sources:
        raise typer.BadParameter("--example reads its own page; leave out the sources.")
    if as_json and (plain or furniture or width or svg):
        raise typer.BadParameter("--json holds everything already; leave out --plain, --furniture, --width and --svg.")
    if svg and plain:
        raise typer.BadParameter("--svg draws a picture; leave out --plain.")
    if not sources and not example:
        if at_terminal(sys.stdin):
            typer.echo(context.get_help())
            raise typer.Exit(WRONG_USAGE)
        sources = ["-"]
    base = Settings(threads=threads, max_bytes=max_bytes, max_chars=max_chars, max_depth=max_depth, allow_private=allow_private)
    settings = settings_of(registry, ontology, pairs, base)

    def run() -> int:
        from sayso.view.write import CardWriter, JsonWriter, SvgWriter  # noqa: PLC0415 - brings rich

        writer: Writer
        if as_json:
            writer = JsonWriter(sys.stdout)
        elif svg:
            writer = SvgWriter(svg, width=width, furniture=furniture)
        else:
            writer = CardWriter(sys.stdout, width=width, plain=plain, furniture=furniture)
        return _written(sources, settings, writer)

    raise typer.Exit(guarded(run))


app.command(epilog=examples(*adding.ADD_EXAMPLES))(adding.add)
app.command()(adding.reread)
app.command(epilog=finding.EPILOG)(finding.find)
app.add_typer(corrections, name="corrections")
app.command(epilog=listed("Formats", (f"{name:<15} {about}" for name, about in FORMATS.items())))(export)
app.command(epilog=watching.EPILOG)(watching.watch)
actors = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True, help="Who is who: look names up, check the registry, renew it.")
app.add_typer(actors, name="actors")
_ON = typer.Option("--on", formats=["%Y-%m-%d"], help="Only what existed or held office on that day.", metavar="DATE")


@actors.command()
def find(
    name: Annotated[str, typer.Argument(help="A name, or an office: 'Kim Jong Un', Seoul, 'French president'.", metavar="NAME")],
    *,
    on: Annotated[datetime | None, _ON] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, one object a line.")] = False,
    registry: Annotated[list[Path] | None, FILES] = None,
) -> None:
    """Look a name up in the registry."""

    def run() -> int:
        from sayso.view.actors import told_found  # noqa: PLC0415 - brings the registry

        return READ if told_found(sys.stdout, name, on.date() if on else None, registry or [], as_json=as_json) else NOTHING_READ

    raise typer.Exit(guarded(run))


@actors.command()
def check(
    *,
    unsure: Annotated[bool, typer.Option("--unsure", help="List also what its own writers marked as unsure.")] = False,
    registry: Annotated[list[Path] | None, FILES] = None,
) -> None:
    """Check the registry: what is malformed, what contradicts something, how much is unsure.

    Exit code 1 when an entry had to be refused.
    """

    def run() -> int:
        from sayso.view.actors import told_check  # noqa: PLC0415

        return READ if told_check(sys.stdout, registry or [], unsure=unsure) else NOTHING_READ

    raise typer.Exit(guarded(run))


@actors.command()
def update(
    states: Annotated[list[str] | None, typer.Argument(help="ISO codes of states; all when none is given.", metavar="STATES", show_default=False)] = None,
    *,
    registry: Annotated[
        Path, typer.Option(dir_okay=False, help="Your own file of holders, made when it is not there; give it to `read` as well.", metavar="FILE")
    ],
    since: Annotated[int, number("Leave out who left office before this year.", 1800)] = 2000,
    endpoint: Annotated[str | None, typer.Option(help="Another SPARQL service than Wikidata's.", metavar="URL", show_default=False)] = None,
) -> None:
    """Fetch holders of offices from Wikidata into a registry file of your own.

    Only what the registry does not have yet is written: new holders, and ends of tenures that were open.
    """

    def run() -> int:
        from sayso.view.actors import told_update  # noqa: PLC0415

        told_update(sys.stdout, sys.stderr, registry, states=states or [], since=since, endpoint=endpoint)
        return READ

    raise typer.Exit(guarded(run))


def model_name() -> str:
    """Name of the model in the wheel, from its pin, without loading it."""
    pin = resources.files("sayso") / "mark" / "models.toml"
    return str(tomllib.loads(pin.read_text(encoding="utf-8"))["model"][0]["name"]) if pin.is_file() else "not installed"


def _written(sources: list[str] | None, settings: Settings, writer: Writer) -> int:
    """Read all `sources` (None: the example) into `writer`; give the exit code."""
    from sayso.view.notes import Notes  # noqa: PLC0415 - brings rich

    with Notes(sys.stdout, sys.stderr) as notes:
        for result in _results(sources, settings):
            notes.tell(result)
            writer.add(result)
        writer.close()
    return READ if notes.read else NOTHING_READ


def _results(sources: list[str] | None, settings: Settings) -> Iterator[Reading | Skipped]:
    from sayso.pipeline import now, read, read_many, refused  # noqa: PLC0415 - brings the model's runtime
    from sayso.records import Page  # noqa: PLC0415

    if sources is not None:
        yield from read_many(sources, settings)
        return
    yield from refused(settings)
    body = (resources.files("sayso") / "examples" / EXAMPLE).read_bytes()
    # The name alone, not where it is installed, so that every machine shows the same card.
    yield read(Page(address=EXAMPLE, body=body, media_type="text/plain", captured=now()), settings)


def at_terminal(stream: TextIO) -> bool:
    """Whether a person, not a pipe or a file, is at the other end."""
    return stream.isatty()

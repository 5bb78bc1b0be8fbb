"""`sayso add` and `sayso reread`: sources into a store, and what the store holds read again.

Takes   arguments; the variable SAYSO_STORE.
Gives   a summary on standard output, progress on a terminal, exit codes.
Needs   typer to start; the model when there is a page to read.
Limits  a summary is told even of a run that broke off, so that what was kept is known.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sayso.errors import StoreError
from sayso.view.guard import BROKE_OFF, NOTHING_READ, READ, STOPPED, guarded, told
from sayso.view.options import (
    Ontology,
    PageTime,
    Processes,
    Registry,
    Set,
    Store,
    settings_of,
    shell_words,
    stopped_by_signals,
    store_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from sayso.config import Settings
    from sayso.pipeline_store import Run
    from sayso.store import Added
    from sayso.store import Store as Opened
    from sayso.view.tally import Tally

_SOURCES = "Files, folders, globs, web addresses, feeds, sitemaps, archives, tables, or - for standard input."
_AS_JSON = typer.Option("--json", help="Write the summary as JSON.")
PAGE_S = 120.0
ADD_EXAMPLES = (
    ("sayso add pages/ --store news.db", "a folder of saved pages"),
    ("sayso add crawl.warc.gz 'exports/*.txt' --store news.db", "an archive, and a database's exports"),
    ("sayso add https://news.example/feed.xml --store postgresql://me@host/news", "the pages of a feed, into PostgreSQL"),
)


def add(
    *,
    sources: Annotated[list[str], typer.Argument(help=_SOURCES, metavar="SOURCES", show_default=False)],
    store: Store = None,
    processes: Processes = 0,
    page_time: PageTime = PAGE_S,
    as_json: Annotated[bool, _AS_JSON] = False,
    registry: Registry = None,
    ontology: Ontology = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from private, loopback and link-local addresses as well.")] = False,
    pairs: Set = None,
) -> None:
    """Read pages into a store, which `find`, `export` and `serve` answer from.

    Ended at any moment, it goes on where it stopped when it is run again: pages that the store knows are not read twice.
    """
    settings = settings_of(registry, ontology, [*(pairs or ()), *(["allow_private=true"] if allow_private else [])])

    def run() -> int:
        from sayso.pipeline_store import Run, add_sources  # noqa: PLC0415 - brings the model's runtime
        from sayso.view.tally import Tally, files_in  # noqa: PLC0415

        tally = Tally(sys.stderr, total=files_in(sources))
        return _ran(store, settings, tally, Run(processes=processes, page_s=page_time), _Adding(sources, add_sources), as_json=as_json)

    raise typer.Exit(guarded(run))


def reread(
    *,
    store: Store = None,
    processes: Processes = 0,
    page_time: PageTime = PAGE_S,
    show: Annotated[bool, typer.Option("--show", help="Write one line for each statement and event that moved.")] = False,
    as_json: Annotated[bool, _AS_JSON] = False,
    registry: Registry = None,
    ontology: Ontology = None,
    pairs: Set = None,
) -> None:
    """Read again what older code, model or registry read, and tell what moved.

    Corrections stay where their words are the same. Ended at any moment, it goes on where it stopped when it is run again.
    """
    settings = settings_of(registry, ontology, pairs)

    def run() -> int:
        from sayso.pipeline_store import Run, reread  # noqa: PLC0415
        from sayso.view.tally import Tally  # noqa: PLC0415

        tally = Tally(sys.stderr, doing="reading again")
        return _ran(store, settings, tally, Run(processes=processes, page_s=page_time), _Rereading(reread, show), as_json=as_json)

    raise typer.Exit(guarded(run))


class _Adding:
    """The work of `add`, and its last words."""

    def __init__(self, sources: list[str], add_sources: Callable[..., None]) -> None:
        self.sources, self.work = sources, add_sources

    def run(self, opened: Opened, settings: Settings, tally: Tally, run: Run) -> None:
        self.work(opened, self.sources, settings, tally.tell, run)

    def lines(self, tally: Tally, place: list[str]) -> list[str]:
        if not tally.statements:
            return []
        by = ["--by", tally.speakers.most_common(1)[0][0]] if tally.speakers else ["--limit", "20"]
        return [f"  {'next':<11}{shell_words('sayso', 'find', *by, *place)}"]

    def to_dict(self) -> dict[str, Any]:
        return {}


class _Rereading:
    """The work of `reread`: what moved, by kind, change and field."""

    def __init__(self, work: Callable[..., None], show: bool) -> None:
        self.work, self.show = work, show
        self.moved: Counter[tuple[str, str]] = Counter()
        self.fields: Counter[tuple[str, str]] = Counter()

    def run(self, opened: Opened, settings: Settings, tally: Tally, run: Run) -> None:
        from sayso.pipeline_store import made_by  # noqa: PLC0415

        made = made_by(settings)
        for other, count in opened.made_by_others(made).items():
            tally.say(f"{count:,} of sayso {other.sayso}, {other.model}, registry {other.registry or 'unknown'} → {made.sayso}, {made.model}, {made.registry}")

        def tell(added: Added | None, result: Any) -> None:
            tally.tell(added, result)
            for change in added.changes if added else ():
                self.moved[change.kind, change.change] += 1
                self.fields.update((change.kind, name) for name in change.fields)
                if self.show:
                    typer.echo(_moved(change, added.address if added else ""))

        self.work(opened, settings, tell, run)

    def lines(self, tally: Tally, place: list[str]) -> list[str]:
        lines = []
        for kind in ("statement", "event"):
            counts = [f"{self.moved[kind, name]:,} {words}" for name, words in MOVES.items() if self.moved[kind, name]]
            within = ", ".join(f"{name} {count:,}" for (of, name), count in self.fields.most_common() if of == kind)
            lines.append(f"  {kind + 's':<11}{', '.join(counts) or 'none moved'}{f' ({within})' if within else ''}")
        return lines

    def to_dict(self) -> dict[str, Any]:
        return {
            "moved": {kind: {name: self.moved[kind, name] for name in MOVES if self.moved[kind, name]} for kind in ("statement", "event")},
            "fields": {kind: {name: count for (of, name), count in sorted(self.fields.items()) if of == kind} for kind in ("statement", "event")},
        }


MOVES = {"added": "added", "removed": "gone", "reworded": "reworded", "changed": "changed"}


def _moved(change: Any, address: str) -> str:
    words = " ".join((change.words_after or change.words_before or "").split())
    fields = f" [{', '.join(change.fields)}]" if change.fields else ""
    return f"{MOVES[change.change]}\t{change.kind} {change.after or change.before}{fields}\t{words[:100]}\t{address}"


def _ran(store: str | None, settings: Settings, tally: Tally, run: Run, what: _Adding | _Rereading, *, as_json: bool) -> int:
    """Open, work, tell; whatever ends the work early is told after the summary of what was kept."""
    from dataclasses import replace  # noqa: PLC0415

    from sayso.store import open_store  # noqa: PLC0415

    url, by = store_of(store)
    run = replace(run, waits=lambda error, seconds: tally.say(f"the store is away, trying again in {seconds:g} s: {error}"))
    broke: Exception | None = None
    with open_store(url) as opened, stopped_by_signals(run.stop):
        try:
            with tally:
                what.run(opened, settings, tally, run)
        except (StoreError, OSError) as error:
            broke = error
        name = opened.database.name.removeprefix("sqlite:///")
    if as_json:
        sys.stdout.write(json.dumps({"store": name} | tally.to_dict() | what.to_dict(), ensure_ascii=False) + "\n")
    else:
        place = ["--store", url] if by == "--store" else []  # as it was typed, and told to nobody else
        sys.stdout.write("\n".join([f"{name} ({by})", *tally.lines(), *what.lines(tally, place)]) + "\n")
    sys.stdout.flush()
    if broke is not None:
        return told(str(broke), BROKE_OFF)
    if run.stop.is_set():
        return told("stopped; run the same command again to go on", STOPPED)
    return NOTHING_READ if tally.reasons and not tally.outcomes else READ


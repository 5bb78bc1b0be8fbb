"""`sayso watch`: feeds, sitemaps and pages into a store, again and again, with a line for each new statement.

Takes   a TOML file of sources and saved searches (see the README).
Gives   lines on standard output, or JSON lines; troubles on standard error; answers of searches to their webhooks.
Needs   typer to start; the network and the model when a source has something new.
Limits  a source that fails is asked less and less often, down to once a day; Ctrl-C ends it in good order.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sayso.view.guard import NOTHING_READ, READ, STOPPED, guarded, told
from sayso.view.options import Ontology, PageTime, Processes, Registry, Set, Store, examples, settings_of, stopped_by_signals, store_of

if TYPE_CHECKING:
    from sayso.pipeline_watch import News
    from sayso.store import StatementRow

EPILOG = examples(("sayso watch feeds.toml --store news.db", "until Ctrl-C"), ("sayso watch feeds.toml --once", "one round, for cron"))


def watch(
    *,
    file: Annotated[Path, typer.Argument(dir_okay=False, help="Sources and saved searches, .toml.", metavar="FEEDS")],
    store: Store = None,
    once: Annotated[bool, typer.Option("--once", help="Ask every source once and stop.")] = False,
    processes: Processes = 0,
    page_time: PageTime = 120.0,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, one object for each new statement.")] = False,
    registry: Registry = None,
    ontology: Ontology = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="Fetch from private, loopback and link-local addresses as well.")] = False,
    pairs: Set = None,
) -> None:
    """Watch feeds, sitemaps and pages: what is new goes into the store, one line for each new statement.

    With --once, exit code 1 when no source answered.
    """
    settings = settings_of(registry, ontology, [*(pairs or ()), *(["allow_private=true"] if allow_private else [])])

    def run() -> int:
        from sayso.pipeline_store import Run  # noqa: PLC0415 - brings the model's runtime
        from sayso.pipeline_watch import Told, Watch  # noqa: PLC0415
        from sayso.store import open_store  # noqa: PLC0415
        from sayso.view.facts import skipped_phrase  # noqa: PLC0415
        from sayso.view.watchfile import watch_file  # noqa: PLC0415

        given = watch_file(file)
        url, by = store_of(store)
        if store is None and given.store:
            url, by = given.store, file.name
        going = Run(processes=processes, page_s=page_time, waits=lambda error, seconds: _say(f"the store is away, trying again in {seconds:g} s: {error}"))
        _say(f"watching {len(given.sources)} sources with {len(given.searches)} searches into {url.rpartition('@')[2]} ({by})")
        tell = Told(news=lambda news: _news(news, as_json=as_json), skipped=lambda skipped: _say(f"skipped {skipped_phrase(skipped)}"), trouble=_say)
        with open_store(url) as opened, stopped_by_signals(going.stop):
            Watch(opened, given.sources, given.searches, settings, told=tell, run=going).watch(once=once)
            if going.stop.is_set():
                return told("stopped; run the same command again to go on", STOPPED)
            return READ if any(not opened.watched(source.address).failures for source in given.sources) else NOTHING_READ

    raise typer.Exit(guarded(run))


def _say(words: str) -> None:
    from sayso.view.lines import one_line  # noqa: PLC0415

    typer.echo(one_line(words), err=True)


def _news(news: News, *, as_json: bool) -> None:
    from sayso.view.jsonl import escaped  # noqa: PLC0415

    matched = {row.statement.id: [s.name for s, rows in news.found if row in rows] for row in news.statements}
    for row in news.statements:
        searches = matched[row.statement.id]
        if as_json:
            sys.stdout.write(escaped(json.dumps({"outcome": news.added.outcome, "searches": searches} | row.to_dict(), ensure_ascii=False)) + "\n")
        else:
            sys.stdout.write(_line(row, searches) + "\n")
    sys.stdout.flush()


def _line(row: StatementRow, searches: list[str]) -> str:
    from sayso.view.found import days, flat  # noqa: PLC0415
    from sayso.view.lines import one_line  # noqa: PLC0415

    values = flat(row)
    who = f"{values['speaker'] or 'nobody named'}{' (' + values['country'] + ')' if values['country'] else ''}"
    head = f"{days(row.statement.when) or 'no day'}  {who}: {values['words']}"
    return one_line(f"{head}  [{row.article.publisher or row.article.address}] {row.statement.id}{''.join(f' *{name}*' for name in searches)}")

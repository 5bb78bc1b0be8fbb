"""Feeds, sitemaps and pages that are asked for again and again -> rows, for as long as they are watched.

Takes   a `Store`, sources with their intervals, saved searches.
Gives   what is new to `told`, one page at a time; what a search finds in it to its webhook.
Needs   the network; the model, in processes that stay.
Limits  a source that fails is asked half as often each time, down to once a day. What a server said to recognise it by is kept once all that it led to
        is kept, so a run that is killed asks again and loses nothing. A webhook that fails is tried again for a while, then given up and told.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from sayso.capture import pages
from sayso.capture.web import NOT_CHANGED, Validators, Web
from sayso.config import Settings
from sayso.pipeline import now
from sayso.pipeline_processes import Known, read_all
from sayso.pipeline_store import Run, made_by, patiently
from sayso.records import Page, Reading, Skipped
from sayso.store import Added, Query, StatementRow, Store, Watched

LEAST_S, MOST_S = 60.0, 86_400.0
PASSING = {"server error", "too slow", "no answer", "too many requests"}  # of a page: worth asking its feed again for
TRIES = (0.0, 1.0, 5.0, 30.0)  # seconds before each try of a webhook
NOTHING = Validators(None, None)
CLOSING_S = 3.0  # for deliveries under way at the end
WAITING = 1000  # deliveries of a hook that may wait


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    address: str
    every_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A question asked of every new page; webhook: where the answer is posted."""

    name: str
    query: Query
    webhook: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One page that is new or changed: the statements that are new in it, and those of them that each search asks for."""

    added: Added
    statements: tuple[StatementRow, ...]
    found: tuple[tuple[Search, tuple[StatementRow, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who is told what, while it goes on."""

    news: Callable[[News], None]
    skipped: Callable[[Skipped], None]
    trouble: Callable[[str], None]


@dataclass(slots=True)
class _Visit:
    """One time that a source is asked, until all that it led to is kept."""

    source: Source
    before: Watched
    under_way: set[str] = field(default_factory=set)
    ended: bool = False
    trouble: Skipped | None = None
    again: bool = False
    now: Validators = field(default=NOTHING)


class Watch:
    """Watches until it is stopped, or once."""

    def __init__(self, store: Store, sources: Sequence[Source], searches: Sequence[Search], settings: Settings, *, told: Told, run: Run) -> None:
        self.store, self.sources, self.searches = store, sources, searches
        self.settings, self.told, self.run = settings, told, run
        self.visits: dict[str, _Visit] = {}
        self.lock = threading.Lock()
        self.hooks = Hooks(told.trouble)

    def watch(self, *, once: bool) -> None:
        made = made_by(self.settings)

        def wanted(page: Page) -> bool:
            return not patiently(lambda: self.store.knows(page, made), self.run)

        try:
            for result in read_all(
                self._pages(once), self.settings, processes=self.run.processes, page_s=self.run.page_s, wanted=wanted, stop=self.run.stop
            ):
                self._keep(result)
        finally:
            self.hooks.close(wait_s=CLOSING_S)

    def _keep(self, result: Reading | Skipped | Known) -> None:
        address = result.of if isinstance(result, Skipped) else result.page.address
        if not isinstance(result, Known):
            added = patiently(lambda: self.store.add(result), self.run)
            if isinstance(result, Skipped):
                self.told.skipped(result)
            elif added.outcome in {"new", "version"} and result.article:
                self._tell(added, result.article.id)
        self._settled(address, result if isinstance(result, Skipped) else None)

    def _tell(self, added: Added, article: str) -> None:
        fresh = {c.after for c in added.changes if c.change in {"added", "reworded"}} if added.outcome == "version" else None

        def new(query: Query) -> tuple[StatementRow, ...]:
            rows = patiently(lambda: self.store.statements_in(article, query), self.run)
            return tuple(row for row in rows if fresh is None or row.statement.id in fresh)

        found = tuple((search, rows) for search in self.searches if (rows := new(search.query)))
        self.told.news(News(added=added, statements=new(Query()), found=found))
        for search, rows in found:
            if search.webhook:
                self.hooks.post(search.webhook, {"search": search.name, "at": now(), "statements": [row.to_dict() for row in rows]})

    # In the thread that captures

    def _pages(self, once: bool) -> Iterator[Page | Skipped]:
        """What the sources lead to, each when it is its turn."""
        web = Web(self.settings, sleep=self.run.stop.wait)
        done: set[str] = set()
        try:
            while not self.run.stop.is_set():
                for source in self.sources:
                    if not self.run.stop.is_set() and source.address not in done and self._is_due(source, at_once=once):
                        yield from self._visited(source, web)
                        done |= {source.address} if once else set()
                if once:
                    return
                self.run.stop.wait(min(1.0, self._least()))
        finally:
            web.close()

    def _least(self) -> float:
        return min((source.every_s for source in self.sources), default=1.0)

    def _is_due(self, source: Source, *, at_once: bool) -> bool:
        with self.lock:
            if source.address in self.visits:
                return False
        known = patiently(lambda: self.store.watched(source.address), self.run)
        return (at_once and not known.failures) or known.next_time <= now()

    def _visited(self, source: Source, web: Web) -> Iterator[Page | Skipped]:
        before = patiently(lambda: self.store.watched(source.address), self.run)
        visit = _Visit(source, before)
        with self.lock:
            self.visits[source.address] = visit
        web.validators = {source.address: Validators(before.etag, before.last_modified)}

        def wanted(url: str) -> bool:
            return not patiently(lambda: self.store.has_address(url), self.run)

        for one in pages([source.address], self.settings, captured=now(), web=web, wanted=wanted):
            if isinstance(one, Skipped) and one.of == source.address:
                if one.why != NOT_CHANGED:
                    visit.trouble = one
                continue
            with self.lock:
                visit.under_way.add(one.of if isinstance(one, Skipped) else one.address)
            yield one
        visit.now = web.validators[source.address]
        with self.lock:
            visit.ended = True
        self._end(visit)

    # In both

    def _settled(self, address: str, skipped: Skipped | None) -> None:
        with self.lock:
            visits = [visit for visit in self.visits.values() if address in visit.under_way]
            for visit in visits:
                visit.under_way.discard(address)
                visit.again |= skipped is not None and skipped.why in PASSING
        for visit in visits:
            self._end(visit)

    def _end(self, visit: _Visit) -> None:
        """Write down what a visit taught, when all that it led to is kept."""
        with self.lock:
            if not visit.ended or visit.under_way or self.visits.get(visit.source.address) is not visit:
                return
        failures = visit.before.failures + 1 if visit.trouble else 0
        pause = min(visit.source.every_s * 2 ** min(failures, 30), max(MOST_S, visit.source.every_s))
        known = NOTHING if visit.again else Validators(visit.before.etag, visit.before.last_modified) if visit.trouble else visit.now
        kept = Watched(
            address=visit.source.address, etag=known.etag, last_modified=known.last_modified, asked=now(), failures=failures,
            next_time=(datetime.now(UTC) + timedelta(seconds=pause)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            trouble=f"{visit.trouble.why}: {visit.trouble.detail}" if visit.trouble else None,
        )  # fmt: skip
        patiently(lambda: self.store.keep_watched(kept), self.run)
        if visit.trouble:
            self.told.trouble(f"{kept.address}: {kept.trouble} Asked again in {_span(pause)}.")
        with self.lock:
            del self.visits[visit.source.address]


def _span(seconds: float) -> str:
    return next((f"{seconds / unit:g} {name}" for unit, name in ((86400, "d"), (3600, "h"), (60, "min")) if seconds >= unit), f"{seconds:g} s")


class Hooks:
    """Posts JSON, each hook in a thread of its own: one that is slow or gone holds up nothing else."""

    def __init__(self, trouble: Callable[[str], None], tries: Sequence[float] = TRIES) -> None:
        self.trouble, self.tries = trouble, tries
        self.hooks: dict[str, _Hook] = {}

    def post(self, url: str, body: dict[str, Any]) -> None:
        if url not in self.hooks:
            self.hooks[url] = _Hook(url, self.trouble, self.tries)
        self.hooks[url].post(body)

    def close(self, wait_s: float) -> None:
        """Let what waits be tried, for so many seconds."""
        until = time.monotonic() + wait_s
        for hook in self.hooks.values():
            hook.end()
        for hook in self.hooks.values():
            hook.close(until)


class _Hook:
    """One address, and what is still to be posted there."""

    def __init__(self, url: str, trouble: Callable[[str], None], tries: Sequence[float]) -> None:
        self.url, self.trouble, self.tries = url, trouble, tries
        self.waiting: queue.Queue[dict[str, Any] | None] = queue.Queue(WAITING)
        self.closing = threading.Event()
        self.thread = threading.Thread(target=self._run, name="sayso-hook", daemon=True)
        self.thread.start()

    def post(self, body: dict[str, Any]) -> None:
        try:
            self.waiting.put_nowait(body)
        except queue.Full:
            self.trouble(f"webhook {self.url}: {WAITING} deliveries wait; this one of {body['search']!r} is dropped.")

    def end(self) -> None:
        with suppress(queue.Full):
            self.waiting.put_nowait(None)

    def close(self, until: float) -> None:
        self.thread.join(max(0.0, until - time.monotonic()))
        self.closing.set()
        if self.thread.is_alive():
            self.trouble(f"webhook {self.url}: not everything could be delivered before the end.")

    def _run(self) -> None:
        with httpx.Client(timeout=10.0, trust_env=False) as client:
            while (body := self.waiting.get()) is not None and not self.closing.is_set():
                self._deliver(client, body)

    def _deliver(self, client: httpx.Client, body: dict[str, Any]) -> None:
        met = ""
        for pause in self.tries:
            if self.closing.wait(pause):
                return  # `close` tells
            try:
                status = client.post(self.url, json=body).status_code
            except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
                met = str(error) or type(error).__name__
                continue
            if status < 300:
                return
            met = f"status {status}"
            if 400 <= status < 500 and status not in {408, 425, 429}:
                break  # it will not want it later either
        self.trouble(f"webhook {self.url}: {met}. This delivery of {body['search']!r} is given up.")

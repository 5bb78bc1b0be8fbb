"""The stages in order, on one screen.

    capture → clean → mark → relate

Takes   sources (paths, folders, globs, `-`, addresses) or `Page`s.
Gives   one `Reading` a page, in the order given; a page that cannot be read has no article and says why in `skipped`.
Needs   the model, loaded once a process.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from sayso.capture import pages
from sayso.clean import article_from_page
from sayso.config import DEFAULT, Settings
from sayso.errors import CaptureError, CleanError
from sayso.mark import Marker
from sayso.records import Page, Reading, Skipped
from sayso.relate import relate
from sayso.relate.data import data_version
from sayso.relate.events import ontology_of
from sayso.relate.registry import Registry, registry_of
from sayso.version import __version__


class Reader:
    """Reads pages with one loaded model. Use one for many pages: loading costs more than reading."""

    def __init__(self, settings: Settings = DEFAULT) -> None:
        self.settings = settings
        self.marker = Marker.load(settings)
        self.ontology = ontology_of(*settings.ontology)
        self.version = data_version(*settings.registry, *settings.ontology)
        self._registry = ThreadPoolExecutor(1, thread_name_prefix="sayso-registry").submit(registry_of, *settings.registry)

    @property
    def registry(self) -> Registry:
        """Loaded beside the model, which takes as long."""
        return self._registry.result()

    def read(self, page: Page) -> Reading:
        """Make one `Reading`. Never raises for what a page holds: see `Reading.skipped`."""
        try:
            article = article_from_page(page, self.settings)
        except CleanError as error:
            return self._unread(page, Skipped(stage="clean", of=page.address, why=error.why, detail=error.detail))
        marked = self.marker.mark(article.text)
        related = relate(article, marked, self.registry, self.ontology)
        return Reading(
            sayso=__version__,
            model=self.marker.name,
            registry=self.version,
            page=page,
            article=article,
            actors=related.actors,
            statements=related.statements,
            events=related.events,
            skipped=related.skipped,
        )

    def _unread(self, page: Page, skipped: Skipped) -> Reading:
        return Reading(sayso=__version__, model=self.marker.name, registry=self.version, page=page, article=None, skipped=(skipped,))


def read_many(sources: Iterable[str | Path], settings: Settings = DEFAULT, *, reader: Reader | None = None) -> Iterator[Reading | Skipped]:
    """Read every page that `sources` lead to, in order; what cannot even be captured comes back as `Skipped` in its place.

    reader  one that is loaded already; without it the model is loaded at the first page.

    One page more than there are threads is under way at once, and few more wait, so memory does not grow with the sources.
    """
    found = pages([str(s) for s in sources], settings, captured=now())
    threads = settings.threads or os.cpu_count() or 1
    under_way: deque[Skipped | Future[Reading]] = deque(refused(settings))
    workers = ThreadPoolExecutor(threads + 1, thread_name_prefix="sayso")
    try:
        for page in found:
            if isinstance(page, Skipped):
                under_way.append(page)
            else:
                reader = reader or Reader(settings)
                under_way.append(workers.submit(reader.read, page))
            while len(under_way) > 2 * threads:
                yield _done(under_way.popleft())
        while under_way:
            yield _done(under_way.popleft())
    finally:
        workers.shutdown(wait=False, cancel_futures=True)


def refused(settings: Settings) -> Iterator[Skipped]:
    """Entries of the user's own registry files that cannot be used, told once and before anything else."""
    own = {path.name for path in settings.registry}
    for problem in registry_of(*settings.registry).problems if own else ():
        if problem.file in own:
            where, detail = f"{problem.file} line {problem.line}", f"{problem.met}; wanted {problem.wanted}"
            yield Skipped(stage="relate", of=where, why="registry entry refused", detail=detail)


def _done(one: Skipped | Future[Reading]) -> Reading | Skipped:
    return one if isinstance(one, Skipped) else one.result()


def read(source: str | Path | Page, settings: Settings = DEFAULT) -> Reading:
    """Read one page. Raises `CaptureError` when `source` leads to no page at all, `RegistryError` when a registry file of the settings is not there."""
    if isinstance(source, Page):
        return Reader(settings).read(source)
    for reading in read_many([source], settings):
        if isinstance(reading, Skipped) and reading.stage == "relate":
            continue  # an entry of the user's registry: the page is read without it
        if isinstance(reading, Skipped):
            raise CaptureError(f"{reading.of}: {reading.why}. {reading.detail}")
        return reading
    raise CaptureError(f"{source} holds no page")


def now() -> str:
    """The time of capture, UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

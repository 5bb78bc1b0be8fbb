"""Sources -> rows: capture to store, in several processes, so that it can be ended at any moment and begun again.

Takes   a `Store`, sources or what the store holds already.
Gives   each outcome to `told`; what is told is kept.
Needs   the model, in each process that reads.
Limits  the parent alone writes, a page at a time, in a thirtieth of the time that it takes to read one; a database that went away is waited for.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import BinaryIO, TypeVar

from sayso.capture import pages
from sayso.config import DEFAULT, Settings
from sayso.errors import StoreLost
from sayso.pipeline import now, refused
from sayso.pipeline_processes import Known, Result, read_all
from sayso.records import Page, Reading, Skipped
from sayso.relate.data import data_version
from sayso.store import Added, MadeBy, Store
from sayso.version import __version__

T = TypeVar("T")
FIRST_WAIT_S = 0.5


def _say_nothing(error: StoreLost, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """How to go about it.

    processes  that read, 0 for as many as there are processors.
    page_s     seconds that one page may take.
    patience_s seconds for which a database that went away is tried again.
    stop       set from outside to end the run in good order.
    waits      called before each new try with what was met and the seconds until then.
    """

    processes: int = 0
    page_s: float = 120.0
    patience_s: float = 60.0
    stop: threading.Event = field(default_factory=threading.Event)
    waits: Callable[[StoreLost, float], None] = _say_nothing


def made_by(settings: Settings = DEFAULT) -> MadeBy:
    """The versions that a reading made now would have, without loading what they are of."""
    pin = (resources.files("sayso") / "mark" / "models.toml").read_text(encoding="utf-8")
    return MadeBy(sayso=__version__, model=str(tomllib.loads(pin)["model"][0]["name"]), registry=data_version(*settings.registry, *settings.ontology))


def add_sources(
    store: Store, sources: Sequence[str], settings: Settings, told: Callable[[Added, Reading | Skipped | None], None], run: Run | None = None
) -> None:
    """Add every page that `sources` lead to. Pages that the store knows are not read again.

    told  called when an outcome is kept, with what was read.
    """
    run, made = run or Run(), made_by(settings)
    for entry in refused(settings):
        told(Added(outcome="skipped", page=None, address=entry.of), entry)
    found = pages(sources, settings, captured=now(), stdin=_own_stdin() if "-" in sources else None)
    for result in _read(store, found, settings, run, lambda page: not patiently(lambda: store.knows(page, made), run)):
        if isinstance(result, Known):
            told(Added(outcome="same", page=result.page.id, address=result.page.address), None)
        else:
            told(_added(store, result, run), result)


def reread(store: Store, settings: Settings, told: Callable[[Added | None, Reading | Skipped], None], run: Run | None = None) -> None:
    """Read again what other versions read. A page that cannot be read this time keeps its old reading, and is told without an outcome."""
    run = run or Run()
    for result in _read(store, store.outdated(made_by(settings)), settings, run, lambda page: True):
        if isinstance(result, Reading):
            told(_added(store, result, run), result)
        elif isinstance(result, Skipped):
            told(None, result)


def _added(store: Store, result: Reading | Skipped, run: Run) -> Added:
    return patiently(lambda: store.add(result), run)


def _read(store: Store, found: Iterator[Page | Skipped] | Iterator[Page], settings: Settings, run: Run, wanted: Callable[[Page], bool]) -> Iterator[Result]:
    yield from read_all(found, settings, processes=run.processes, page_s=run.page_s, wanted=wanted, stop=run.stop)


def patiently(work: Callable[[], T], run: Run) -> T:
    """Do one transaction; again, less and less often, while the database is away. It did nothing that a second time could double."""
    began, pause = time.monotonic(), FIRST_WAIT_S
    while True:
        try:
            return work()
        except StoreLost as error:
            if run.stop.is_set() or time.monotonic() + pause > began + run.patience_s:
                raise
            run.waits(error, pause)
        run.stop.wait(pause)
        pause = min(2 * pause, 10.0)


def _own_stdin() -> BinaryIO:
    """Standard input under a number of its own: a thread that still reads it when the program ends must not hold Python's."""
    try:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    except (OSError, io.UnsupportedOperation):
        return sys.stdin.buffer

"""Pages -> readings, in several processes that each hold the model once.

Takes   pages as they are captured, in a thread of their own; what tells whether a page is wanted; an event that stops the run.
Gives   readings in the order in which they are done, `Skipped` for a page that killed its reader or took too long, `Known` for one not wanted.
Needs   `multiprocessing` with spawn, so that nothing of the parent's threads or connections is copied; one pipe for each process, so that a process
        killed at any moment holds no lock that another waits for.
Limits  one page under way in each process and few more waiting, so memory does not grow with the sources. With one process the pages are read in
        this one, where nothing can end a page that takes too long.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from typing import Any

from sayso.config import Settings
from sayso.errors import ModelError, SaysoError
from sayso.pipeline import Reader
from sayso.records import Page, Reading, Skipped

START_S = 300.0  # in which a process has to load the model: a cold disk and a busy machine need a minute
GRACE_S = 5.0  # for pages under way when the run is stopped
LOOK_S = 0.25  # how often the stop is looked at while nothing happens
FAILED_STARTS = 3  # processes that end before they could read, in a row, before the run gives up


@dataclass(frozen=True, slots=True)
class Known:
    """A page that was not read, since it was not wanted."""

    page: Page


Result = Reading | Skipped | Known


def read_all(
    pages: Iterable[Page | Skipped], settings: Settings, *, processes: int = 0, page_s: float = 120.0,
    wanted: Callable[[Page], bool] = lambda page: True, stop: threading.Event | None = None,
) -> Iterator[Result]:  # fmt: skip
    """Read pages as they come.

    processes  0 for as many as the machine has processors; 1 reads in this process.
    page_s     seconds that a page may take before its process is ended.
    stop       once it is set no page is begun; those under way have `GRACE_S` seconds.

    Raises what captures or loads: a broken registry file of the user's, a model that is not there.
    """
    processes = processes or os.cpu_count() or 1
    feed, stop = _Feed(pages, 2 * processes), stop or threading.Event()
    try:
        if processes == 1:
            yield from _read_here(feed, settings, wanted, stop)
        else:
            yield from _Readers(feed, settings, processes=processes, page_s=page_s, wanted=wanted, stop=stop).results()
    finally:
        feed.close()


def _read_here(feed: _Feed, settings: Settings, wanted: Callable[[Page], bool], stop: threading.Event) -> Iterator[Result]:
    reader: Reader | None = None
    while not stop.is_set() and (one := feed.take(LOOK_S)) is not _END:
        if one is _NOTHING:
            continue
        if isinstance(one, Page) and wanted(one):
            reader = reader or Reader(settings)
            yield _read(reader, one)
        else:
            yield Known(one) if isinstance(one, Page) else one


def _read(reader: Reader, page: Page) -> Reading | Skipped:
    """A fault costs its page and no other."""
    try:
        return reader.read(page)
    except SaysoError:
        raise
    except Exception as error:
        return Skipped(stage="mark", of=page.address, why="fault in Sayso", detail=f"{type(error).__name__}: {error}. Please report it with the page.")


_END, _NOTHING = object(), object()


class _Feed:
    """Captured pages, a few ahead of whoever takes them, from a thread of their own: a slow server holds up no reader."""

    def __init__(self, pages: Iterable[Page | Skipped], ahead: int) -> None:
        self.queue: queue.Queue[Any] = queue.Queue(ahead)
        self.bell, self._rope = multiprocessing.Pipe(duplex=False)  # something to wait for beside the processes' pipes
        self.closed = threading.Event()
        threading.Thread(target=self._run, args=(pages,), name="sayso-capture", daemon=True).start()

    def _run(self, pages: Iterable[Page | Skipped]) -> None:
        last: Any = _END
        source = iter(pages)
        try:
            for one in source:
                if not self._put(one):
                    if (close := getattr(source, "close", None)) is not None:
                        close()
                    return
        except BaseException as error:  # told where the pages are taken
            last = error
        self._put(last)

    def _put(self, one: Any) -> bool:
        while not self.closed.is_set():
            with suppress(queue.Full):
                self.queue.put(one, timeout=LOOK_S)
                with suppress(OSError):
                    self._rope.send_bytes(b".")
                return True
        return False

    def take(self, wait_s: float = 0.0) -> Any:
        """A page, a `Skipped`, `_NOTHING` yet, or `_END`. Raises what the capture raised."""
        try:
            one = self.queue.get(timeout=wait_s) if wait_s else self.queue.get_nowait()
        except queue.Empty:
            return _NOTHING
        self.bell.recv_bytes()
        if isinstance(one, BaseException):
            raise one
        return one

    def close(self) -> None:
        self.closed.set()
        self.bell.close()


class _Readers:
    """The processes and what is under way in them."""

    def __init__(
        self, feed: _Feed, settings: Settings, *, processes: int, page_s: float, wanted: Callable[[Page], bool], stop: threading.Event
    ) -> None:
        self.feed, self.settings, self.page_s, self.wanted, self.stop = feed, replace(settings, threads=1), page_s, wanted, stop
        self.most = processes
        self.workers: list[_Worker] = []
        self.waiting: deque[Page] = deque()
        self.ended = False
        self.failed_starts = 0

    def results(self) -> Iterator[Result]:
        try:
            until = float("inf")
            while True:
                if self.stop.is_set():
                    self.ended, until = True, min(until, time.monotonic() + GRACE_S)
                    self.waiting.clear()
                passed = None if self.ended or len(self.waiting) >= self.most else self._taken()
                self._hand_out()
                if passed is not None:
                    yield passed
                busy = [worker for worker in self.workers if worker.page]
                if (self.ended and not busy and not self.waiting) or time.monotonic() > until:
                    return
                done = self._wait(0.0 if passed else LOOK_S)
                self._hand_out()  # before the caller writes what is done, which takes a while
                yield from done
        finally:
            for worker in self.workers:
                worker.end()

    def _taken(self) -> Skipped | Known | None:
        """Take one page if there is one; give what needs no reading."""
        one = self.feed.take()
        if one is _END:
            self.ended = True
        elif isinstance(one, Skipped):
            return one
        elif isinstance(one, Page):
            if not self.wanted(one):
                return Known(one)
            self.waiting.append(one)
        return None

    def _hand_out(self) -> None:
        for worker in self.workers:
            if self.waiting and worker.ready and worker.page is None:
                worker.give(self.waiting.popleft(), self.page_s)
        starting = sum(not worker.ready for worker in self.workers)
        for _ in range(min(len(self.waiting) - starting, self.most - len(self.workers))):
            self.workers.append(_Worker(self.settings))

    def _wait(self, most_s: float) -> list[Reading | Skipped]:
        """What was done, or went wrong, in at most so many seconds."""
        now = time.monotonic()
        under_way = [worker for worker in self.workers if worker.page or not worker.ready]
        most_s = max(0.0, min([most_s, *(worker.until - now for worker in under_way)]))
        bell = [] if self.ended or len(self.waiting) >= self.most else [self.feed.bell]
        pipes: list[Any] = [*(worker.pipe for worker in under_way), *bell]
        rung = set(wait(pipes, most_s)) if pipes else set()
        done = []
        for worker in under_way:
            if worker.pipe in rung:
                done.append(self._heard(worker))
            elif time.monotonic() > worker.until:
                done.append(self._lost(worker, "too slow", f"It was not read within {self.page_s:g} s. Raise --page-time, or leave it."))
        return [one for one in done if one is not None]

    def _heard(self, worker: _Worker) -> Reading | Skipped | None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(1)
            return self._lost(worker, "reader died", f"The process that read it ended ({_how(worker.process.exitcode)}). Report it with the page.")
        if isinstance(said, BaseException):
            raise said
        if not worker.ready:
            worker.ready, self.failed_starts = True, 0
            return None
        worker.page = None
        assert isinstance(said, Reading | Skipped)
        return said

    def _lost(self, worker: _Worker, why: str, detail: str) -> Skipped | None:
        """End a process, and tell what became of its page."""
        self.workers.remove(worker)
        worker.end()
        if worker.page is not None:
            return Skipped(stage="mark", of=worker.page.address, why=why, detail=detail)
        self.failed_starts += 1
        if self.failed_starts >= FAILED_STARTS:
            raise ModelError(f"a process that should read pages did not start ({_how(worker.process.exitcode)}). Try --processes 1, which says why.")
        return None


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


class _Worker:
    """One process, its pipe, and the page that it reads."""

    def __init__(self, settings: Settings) -> None:
        spawn = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawn.Pipe()
        self.process = spawn.Process(target=_serve, args=(theirs, settings), name="sayso-reader", daemon=True)
        self.process.start()
        theirs.close()
        self.ready, self.page, self.until = False, _no_page(), time.monotonic() + START_S

    def give(self, page: Page, seconds: float) -> None:
        self.page, self.until = page, time.monotonic() + seconds
        with suppress(OSError):  # it died meanwhile: its pipe says so when it is read
            self.pipe.send(page)

    def end(self) -> None:
        self.process.kill()
        self.process.join(2)
        self.pipe.close()


def _no_page() -> Page | None:
    return None


def _serve(pipe: Connection, settings: Settings) -> None:
    """What a process does: load, say so, read until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the parent decides
    with suppress(EOFError, OSError):
        try:
            reader = Reader(settings)
            _ = reader.registry
        except Exception as error:
            pipe.send(error if isinstance(error, SaysoError) else ModelError(f"the model could not be loaded ({type(error).__name__}: {error})."))
            return
        pipe.send("ready")
        while True:
            page = pipe.recv()
            try:
                pipe.send(_read(reader, page))
            except SaysoError as error:
                pipe.send(error)

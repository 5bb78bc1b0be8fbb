"""Is anything lost, doubled or half written when `sayso add` is killed, the disk is full, or the database goes away?

    python bench/crash.py [--kills 50] [--pages 2000] [--on sqlite postgresql] [--seed 7]

Adds pages (drawn.py) once undisturbed. Then adds the same to another store and kills the adding process by SIGKILL at random moments, some while it
starts, most while it writes; looks after each kill whether everything that is there is there whole; lets it run to its end, and compares every row
of every table with those of the undisturbed store, but for the times of day. The same after a full file system (a tmpfs of few MB where it may be
mounted, else a limit on the size of files) and, on PostgreSQL, while its connections are cut again and again. The last line is JSON; exit code 1
when anything differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import varied
from drawn import write_pages
from server import new_place, running
from sqlalchemy import create_engine, func, select, text

from sayso.errors import SaysoError
from sayso.store import Store, open_store
from sayso.store.schema import metadata, readings

HERE = Path(__file__).parent
TIMES = {"added", "at", "captured", "first_captured", "last_captured", "asked", "next_time"}
PROCESSES = "2"


def adding(folder: Path, url: str, **options: Any) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "drawn.py"), "add", str(folder), "--store", url, "--processes", PROCESSES]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"DRAWN_MS": "2"}, **options)


def digest(store: Store) -> dict[str, tuple[int, str]]:
    """Rows and a hash of each table, whatever their order, without times of day."""
    found = {}
    with store.database.reading() as connection:
        for table in metadata.sorted_tables:
            columns = [c for c in table.c if c.name not in TIMES]
            rows = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            found[table.name] = (len(rows), hashlib.sha256("\n".join(rows).encode("utf-8", "replace")).hexdigest()[:16])
        for name in ("statements", "events", "articles"):
            found[f"{name}_search"] = (connection.exec_driver_sql(f"SELECT count(*) FROM {name}_search").scalar_one(), "")
    return found


def count(store: Store) -> int:
    with store.database.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(readings)).scalar_one())


def not_whole(store: Store, pages: int) -> list[str]:
    """What is there and not as it was read: a few pages in full, all by their counts, and what the database says of itself."""
    wrong = []
    with store.database.reading() as connection:
        if store.database.sqlite:
            wrong += [str(row) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
            checked = connection.exec_driver_sql("PRAGMA quick_check").scalar_one()
            wrong += [] if checked == "ok" else [str(checked)]
        told = dict(connection.execute(select(readings.c.page, readings.c.statements)).all())
        article = metadata.tables["articles"].c
        statement = metadata.tables["statements"].c
        joined = select(article.page, func.count()).join(metadata.tables["statements"], statement.article == article.id).group_by(article.page)
        held = dict(connection.execute(joined).all())
    wrong += [f"{page}: {told[page]} statements read, {held.get(page, 0)} held" for page in told if told[page] != held.get(page, 0)]
    for number in random.Random(len(told)).sample(range(pages), min(pages, 5)):
        drawn = varied.reading(number)
        kept = store.reading(drawn.page.id)
        if kept is not None and (kept.statements, kept.events, kept.actors) != (drawn.statements, drawn.events, drawn.actors):
            wrong.append(f"page {number} is not as it was read")
    return wrong


def finished(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, complaints = process.communicate(timeout=1200)
    return process.returncode, complaints.strip()


def kill(folder: Path, url: str, pages: int, kills: int, drawn: random.Random) -> list[str]:
    """Kill it so often, then let it end."""
    wrong: list[str] = []
    per_kill = max(1, pages // (kills + 1))
    while_writing = 0
    for number in range(kills):
        process = adding(folder, url)
        if number % 5 == 4:
            time.sleep(drawn.uniform(0.05, 2.0))
        else:
            _wait_for(process, url, drawn.randint(1, per_kill))
            while_writing += process.poll() is None
            time.sleep(drawn.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with open_store(url) as store:
            wrong += [f"kill {number + 1}: {what}" for what in not_whole(store, pages)]
    print(f"  {kills} kills, {while_writing} of them while it wrote", file=sys.stderr)
    code, complaints = finished(adding(folder, url))
    return wrong + ([] if code == 0 else [f"the run after the kills ended with {code}: {complaints}"])


def _wait_for(process: subprocess.Popen[str], url: str, more: int) -> None:
    """Until so many more pages are kept, or it is over."""
    with open_store(url) as store:
        before = count(store)
        until = time.monotonic() + 120
        while process.poll() is None and time.monotonic() < until and count(store) < before + more:
            time.sleep(0.002)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[tuple[Path, dict[str, Any], Callable[[], None], str]]:
    """A place that is soon full: the folder, how to start a process in it, how to make room, and what it is."""
    place = folder / "small"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", place], capture_output=True, check=False).returncode == 0
    try:
        if mounted:
            yield place, {}, lambda: subprocess.run(["mount", "-o", "remount,size=4096m", place], check=True) and None, f"a tmpfs of {megabytes} MB"
        else:
            limit = megabytes * 2**20
            options: dict[str, Any] = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))}
            yield place, options, lambda: None, f"files of at most {megabytes} MB"
    finally:
        if mounted:
            subprocess.run(["umount", place], check=False)


def full_disk(folder: Path, pages: Path, amount: int, wanted: dict[str, tuple[int, str]]) -> list[str]:
    """One clear line and whole readings when the disk is full; all of them once there is room."""
    wrong = []
    with small_disk(folder, max(1, amount // 100)) as (place, options, make_room, what):
        url = str(place / "news.db")
        code, complaints = finished(adding(pages, url, **options))
        if code != 3 or complaints.count("\n") or "Traceback" in complaints:
            wrong.append(f"a full disk ended with {code}: {complaints}")
        make_room()
        with open_store(url) as store:
            held = count(store)
            wrong += not_whole(store, amount)
        print(f"  {what}: {held} pages kept, then {complaints!r}", file=sys.stderr)
        if not 0 < held < amount:
            wrong.append(f"{held} pages were kept on the small disk; some and not all were wanted")
        finished(adding(pages, url))
        with open_store(url) as store:
            wrong += differences(wanted, digest(store))
    return wrong


def lost_connections(pages: Path, url: str, wanted: dict[str, tuple[int, str]]) -> list[str]:
    """Cut every connection of the adding process, again and again."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    process, cuts = adding(pages, url), 0
    _wait_for(process, url, 1)
    while process.poll() is None:
        time.sleep(0.2 + cuts)  # rarer each time: a database that is cut at every try is no longer one that comes back
        with engine.begin() as connection:
            cut = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
            cuts += connection.execute(text(cut)).scalar_one()
    engine.dispose()
    code, complaints = finished(process)
    print(f"  {cuts} connections cut", file=sys.stderr)
    wrong = [] if code == 0 and cuts else [f"after {cuts} cuts it ended with {code}: {complaints}"]
    with open_store(url) as store:
        return wrong + differences(wanted, digest(store))


def differences(wanted: dict[str, tuple[int, str]], got: dict[str, tuple[int, str]]) -> list[str]:
    return [f"{name}: {wanted[name]} undisturbed, {got[name]} now" for name in wanted if wanted[name] != got[name]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--on", nargs="+", default=["sqlite", "postgresql"], choices=["sqlite", "postgresql"])
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    wrong: dict[str, list[str]] = {}
    began = time.monotonic()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running()) if "postgresql" in given.on else None
        write_pages(folder / "pages", 0, given.pages)

        def place(kind: str, name: str) -> str:
            return new_place(server) if server and kind == "postgresql" else str(folder / f"{name}.db")

        for kind in given.on:
            calm = place(kind, "calm")
            code, complaints = finished(adding(folder / "pages", calm))
            if code:
                raise SaysoError(f"the undisturbed run on {kind} ended with {code}: {complaints}")
            with open_store(calm) as store:
                wanted = digest(store)
            print(f"{kind}: {wanted['pages'][0]} pages, {wanted['statements'][0]} statements, {time.monotonic() - began:.0f} s", file=sys.stderr)
            killed = place(kind, "killed")
            found = kill(folder / "pages", killed, given.pages, given.kills, random.Random(given.seed))
            with open_store(killed) as store:
                found += differences(wanted, digest(store))
            if kind == "sqlite":
                found += full_disk(folder, folder / "pages", given.pages, wanted)
            else:
                found += lost_connections(folder / "pages", new_place(str(server)), wanted)
            wrong[kind] = found
            print(f"{kind}: {len(found)} things wrong, {time.monotonic() - began:.0f} s", *found[:20], sep="\n  ", file=sys.stderr)
    print(json.dumps({"kills": given.kills, "pages": given.pages, "wrong": {kind: len(found) for kind, found in wrong.items()}}))
    return 1 if any(wrong.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

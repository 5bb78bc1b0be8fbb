"""A process killed while it adds, and several that add at once: nothing lost, doubled or half-written."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import varied
from sqlalchemy import func, select

from sayso.store import Query, Store, open_store
from sayso.store.schema import metadata, page_versions, readings, statements

ADDING = Path(__file__).with_name("adding.py")
PAGES = 24
KILLS = 5


def begun(url: str, first: int, last: int) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, str(ADDING), url, str(first), str(last)], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "begun\n"
    return process


def rows(store: Store) -> dict[str, int]:
    with store.database.reading() as connection:
        return {table.name: connection.execute(select(func.count()).select_from(table)).scalar_one() for table in metadata.sorted_tables}


def check_whole(store: Store) -> int:
    """Everything that is there is there whole; gives how many readings that is."""
    with store.database.reading() as connection:
        pages = connection.execute(select(readings.c.page)).scalars().all()
        if store.database.sqlite:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    by_page = {varied.reading(n, version=v).page.id: (n, v) for n in range(PAGES) for v in (1, 2)}
    assert len(pages) == len(set(pages))
    for page in pages:
        number, version = by_page[page]
        assert store.reading(page) == varied.reading(number, version=version)
    return len(pages)


def check_search(store: Store) -> None:
    """The index and the tables tell the same."""
    if store.database.sqlite:
        with store.database.writing() as connection:
            for name in ("statements", "events", "articles"):
                connection.exec_driver_sql(f"INSERT INTO {name}_search({name}_search, rank) VALUES ('integrity-check', 1)")


def test_a_process_killed_at_any_moment_leaves_whole_readings_and_the_next_run_the_rest(url: str) -> None:
    drawn = random.Random(5)
    held = 0
    for _kill in range(KILLS):
        process = begun(url, 0, PAGES)
        time.sleep(drawn.uniform(0.01, 0.25))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        with open_store(url) as store:
            now = check_whole(store)
            assert now >= held
            held = now
    assert held > 0
    process = begun(url, 0, PAGES)
    process.communicate(timeout=60)
    with open_store(url) as store:
        assert check_whole(store) == 2 * PAGES
        check_search(store)
        killed = rows(store)
        with store.database.reading() as connection:
            assert connection.execute(select(func.count()).select_from(page_versions).where(page_versions.c.current)).scalar_one() == PAGES
            assert connection.execute(select(func.count()).select_from(statements).where(statements.c.current)).scalar_one() == sum(
                len(varied.reading(n, version=2).statements) for n in range(PAGES)
            )
        store.add_many(varied.reading(n, version=v) for n in range(PAGES) for v in (1, 2))
        assert rows(store) == killed


def test_two_processes_add_the_same_pages_while_a_third_reads(url: str) -> None:
    with open_store(url) as store:
        processes = [begun(url, 0, PAGES // 2), begun(url, 0, PAGES // 2)]
        seen = []
        while any(process.poll() is None for process in processes):
            seen.append(len(store.statements(Query(words="the", limit=1000)).rows))
            time.sleep(0.02)
        for process in processes:
            process.communicate()
        assert [process.returncode for process in processes] == [0, 0]
        assert seen
        assert check_whole(store) == PAGES
        check_search(store)

"""How fast does a store answer, and how much of the time of reading goes into writing?

    python bench/store.py [--pages N] [--url URL] [--files FILE...]

Fills a store (a new SQLite file, or a PostgreSQL URL) with N readings of bench/varied.py, 10,000 by default, unless it holds them already. Then asks
fifty searches by words and fifty by pair, each once for its first 50 rows, and gives medians and the slowest. Words are drawn from common to
rare, pairs from all states by name, code and both. The share of writing is measured on FILEs, JSON lines with `text`, as PolNeAR's: the time of
adding their readings over the time of making them. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import varied

from sayso.pipeline import Reader
from sayso.records import Page
from sayso.store import Query, Store, open_store
from sayso.store.add import add
from sayso.store.rows import MadeBy

BATCH = 500  # readings a transaction while filling; what is measured is added one by one


def fill(store: Store, pages: int) -> None:
    began = time.perf_counter()
    held = store.counts()["pages"]
    made = MadeBy(sayso="0.1.0", model="english-1", registry="registry-1")
    for first in range(held, pages, BATCH):
        with store.database.writing() as connection:
            for number in range(first, min(first + BATCH, pages)):
                add(connection, varied.reading(number), made, "2026-01-01T00:00:00Z")
        if first % 10_000 == 0:
            print(f"  {first} pages, {time.perf_counter() - began:.0f} s", file=sys.stderr)
    with store.database.writing() as connection:
        connection.exec_driver_sql("ANALYZE")


def timed(ask: Callable[[Query], Any], queries: Iterable[Query]) -> tuple[list[float], int]:
    """Milliseconds of each, and how many rows came."""
    spent, rows = [], 0
    for query in queries:
        began = time.perf_counter()
        rows += len(ask(query).rows)
        spent.append(1000 * (time.perf_counter() - began))
    return spent, rows


def by_words(drawn: random.Random) -> list[Query]:
    """From the commonest word to rare ones, alone and two together."""
    ranks = [round(3000 ** (at / 24)) for at in range(25)]
    alone = [Query(words=varied.WORDS[rank]) for rank in ranks]
    return alone + [Query(words=f"{varied.WORDS[rank]} {drawn.choice(varied.COMMON)}") for rank in ranks]


def by_pair(drawn: random.Random) -> list[Query]:
    pairs = [drawn.sample(varied.KNOWN, 2) for _ in range(50)]
    return [Query(speaker=a[at % 2], about=b[at // 2 % 2]) for at, (a, b) in enumerate(pairs)]


def share_of_writing(texts: list[str], folder: Path) -> dict[str, float]:
    """Time of adding over time of reading, one page at a time."""
    reader = Reader()
    pages = [Page(address=f"{at}.txt", body=text.encode(), media_type="text/plain", captured="2026-01-01T00:00:00Z") for at, text in enumerate(texts)]
    reader.read(pages[0])
    began = time.perf_counter()
    readings = [reader.read(page) for page in pages]
    read_s = time.perf_counter() - began
    with open_store(folder / "share.db") as store:
        began = time.perf_counter()
        store.add_many(readings)
        written_s = time.perf_counter() - began
    print(f"{len(texts)} articles: read in {read_s:.1f} s, written in {written_s:.2f} s, a share of {written_s / read_s:.3f}")
    return {"read_ms": 1000 * read_s / len(texts), "written_ms": 1000 * written_s / len(texts), "share_of_writing": written_s / read_s}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--url")
    parser.add_argument("--files", nargs="*", default=[], type=Path)
    given = parser.parse_args()
    figures: dict[str, float] = {"pages": given.pages}
    drawn = random.Random(11)
    with tempfile.TemporaryDirectory() as folder:
        with open_store(given.url or Path(folder, "news.db")) as store:
            fill(store, given.pages)
            asked = {
                "statements by words": (store.statements, by_words(drawn)),
                "statements by pair": (store.statements, by_pair(drawn)),
                "events by words": (store.events, by_words(drawn)),
                "events by pair": (store.events, by_pair(drawn)),
            }
            for what, (ask, queries) in asked.items():
                spent, rows = timed(ask, queries)
                print(f"{what}: median {statistics.median(spent):.1f} ms, slowest {max(spent):.1f} ms, {rows} rows of {len(queries)} searches")
                figures[f"{what.replace(' ', '_')}_ms"] = round(statistics.median(spent), 1)
                figures[f"{what.replace(' ', '_')}_slowest_ms"] = round(max(spent), 1)
        texts = [json.loads(line)["text"] for file in given.files for line in file.read_text("utf-8").splitlines()]
        if texts:
            figures |= {name: round(value, 3) for name, value in share_of_writing(texts, Path(folder)).items()}
    figures["peak_mib"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())

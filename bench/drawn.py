"""The command line with a reader that draws its readings (varied.py) instead of reading: what `add` does, without the minutes of a model.

    python bench/drawn.py pages FOLDER FIRST LAST     writes pages, one file each
    python bench/drawn.py add FOLDER --store news.db  is `sayso add`, and so are the other commands

Processes that read are started from this file as well, so they have the same reader. A page named `killer` ends its process, `sleeper` takes a
minute, `faulty` raises; every other takes DRAWN_MS milliseconds (5).
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

import sayso.pipeline_processes
from sayso.config import Settings
from sayso.pipeline_store import made_by
from sayso.records import Page, Reading

sys.path.insert(0, str(Path(__file__).parent))

import varied

PAUSE_S = float(os.environ.get("DRAWN_MS", "5")) / 1000
MODEL = os.environ.get("DRAWN_MODEL")  # another model, whose readings of a page lack its last statement


class Drawn:
    """What the pipeline takes for its reader."""

    def __init__(self, settings: Settings) -> None:
        self.made = made_by(settings)
        self.registry = None

    def read(self, page: Page) -> Reading:
        name = Path(page.address).stem
        if name == "killer":
            os.kill(os.getpid(), signal.SIGKILL)
        if name == "sleeper":
            time.sleep(60)
        if name == "faulty":
            raise ZeroDivisionError("drawn so")
        time.sleep(PAUSE_S)
        made = {"sayso": self.made.sayso, "model": self.made.model, "registry": self.made.registry}
        versions = (varied.reading(int(name), version=version, **made) for version in (1, 2))
        drawn = replace(next(one for one in versions if one.page.body == page.body), page=page)
        if not MODEL:
            return drawn
        kept = drawn.statements[:-1]
        events = tuple(event for event in drawn.events if event.statement in {s.id for s in kept})
        return replace(drawn, statements=kept, events=events)


def made_by_drawn(settings: Settings) -> object:
    made = _made_by(settings)
    return replace(made, model=MODEL) if MODEL else made


def write_pages(folder: Path, first: int, last: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(first, last):
        (folder / f"{number:05}.html").write_bytes(varied.reading(number).page.body)


_made_by = made_by
sayso.pipeline_store.made_by = made_by = made_by_drawn  # type: ignore[assignment]
sayso.pipeline_processes.Reader = Drawn  # type: ignore[assignment,misc]

if __name__ == "__main__":
    if sys.argv[1] == "pages":
        write_pages(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
    else:
        from sayso.view.cli import main

        main()

"""What an addition has done so far: counted, shown on a terminal while it runs, and told at its end.

Takes   outcomes as they are kept, with the reading that each came from.
Gives   a moving line on standard error (a terminal's alone), a summary for a person or a program.
Needs   rich.
Limits  time left is only told where every source is a file that can be counted beforehand.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from sayso.records import Reading, Skipped
from sayso.store import Added
from sayso.view.lines import one_line

OUTCOMES = {
    "new": "new", "version": "new versions", "elsewhere": "known from another address", "renewed": "read anew", "same": "known already",
    "older": "kept as a newer Sayso read them",
}  # fmt: skip
MANY = {".warc", ".wacz", ".wet", ".gz", ".zip", ".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".xml", ".json", ".rss", ".atom"}
COUNTED = 200_000  # files; beyond, counting takes longer than it is worth
NAMES_OF = 1000  # pages whose speakers are counted for the command that is suggested


class Tally:
    """Use as `with`; tell it every outcome."""

    def __init__(self, err: TextIO, *, total: int | None = None, doing: str = "adding") -> None:
        self.outcomes: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.first_of: dict[str, str] = {}
        self.speakers: Counter[str] = Counter()
        self.statements = self.events = self.pages = 0
        self.total, self.doing, self.began = total, doing, time.monotonic()
        console = Console(file=err, highlight=False)
        shown = console.is_terminal
        columns = [SpinnerColumn(), TextColumn("{task.description}")]
        more = [BarColumn(bar_width=20), TextColumn("left"), TimeRemainingColumn()] if total else [TimeElapsedColumn()]
        self.progress = Progress(*columns, *more, console=console, transient=True, disable=not shown)
        self.task = self.progress.add_task(doing, total=total)

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.progress.stop()

    def say(self, words: str) -> None:
        """One line beside the moving one."""
        self.progress.console.print(words, markup=False, soft_wrap=True)

    def tell(self, added: Added | None, result: Reading | Skipped | None) -> None:
        """Count one outcome; `None` for a page that could not be read again."""
        self.pages += 1
        read = isinstance(result, Reading) and result.article is not None
        if isinstance(result, Skipped):
            self._skipped(result)
        elif isinstance(result, Reading) and not read:
            for skipped in result.skipped:
                self._skipped(skipped)
        elif added is not None:
            self.outcomes[added.outcome] += 1
            if isinstance(result, Reading) and added.outcome not in {"same", "older"}:
                self.statements, self.events = self.statements + added.statements, self.events + added.events
                self._name(result)
        rate = self.pages / max(time.monotonic() - self.began, 0.001)
        words = f"{self.pages:,} pages · {self.statements:,} statements · {self.skips:,} skipped · {rate:.1f}/s"
        known = self.total if self.total and self.pages <= self.total else None
        self.progress.update(self.task, description=words, completed=self.pages, total=known)

    @property
    def skips(self) -> int:
        return sum(self.reasons.values())

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began

    def _skipped(self, skipped: Skipped) -> None:
        self.reasons[skipped.why] += 1
        self.first_of.setdefault(skipped.why, skipped.of)

    def _name(self, reading: Reading) -> None:
        if self.pages <= NAMES_OF:
            names = {actor.id: actor.name for actor in reading.actors if actor.kind in {"person", "state", "organisation"}}
            self.speakers.update(names[s.who.actor] for s in reading.statements if s.who and s.who.actor in names)

    def to_dict(self) -> dict[str, Any]:
        return {
            "outcomes": dict(self.outcomes), "skipped": dict(self.reasons), "statements": self.statements, "events": self.events,
            "seconds": round(self.seconds, 1),
        }  # fmt: skip

    def lines(self) -> list[str]:
        """The summary for a person."""
        kept = ", ".join(f"{self.outcomes[name]:,} {words}" for name, words in OUTCOMES.items() if self.outcomes[name]) or "none"
        lines = [f"  {'pages':<11}{kept}"]
        if self.reasons:
            lines.append(f"  {'skipped':<11}{self.skips:,}")
            lines += [f"  {'':<11}{count:,} {why} ({_short(self.first_of[why])}{', …' * (count > 1)})" for why, count in self.reasons.most_common()]
        lines.append(f"  {'told':<11}{self.statements:,} {_many('statement', self.statements)}, {self.events:,} {_many('event', self.events)}")
        lines.append(f"  {'time':<11}{_span(self.seconds)}, {self.pages / max(self.seconds, 0.001):.1f} pages a second")
        return lines


def _many(word: str, count: int) -> str:
    return word if count == 1 else f"{word}s"


def _short(address: str) -> str:
    line = one_line(address)
    return line if len(line) <= 60 else f"…{line[-59:]}"


def _span(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"


def files_in(sources: Sequence[str]) -> int | None:
    """How many pages the sources hold; None where that is not known before they are opened."""
    count = 0
    for source in sources:
        path = Path(source)
        if "\0" in source or not path.exists():
            return None
        if path.is_dir():
            for _, folders, names in os.walk(path):
                folders[:] = [name for name in folders if not name.startswith(".")]
                seen = [name for name in names if not name.startswith(".")]
                if any(Path(name).suffix.lower() in MANY for name in seen) or count > COUNTED:
                    return None
                count += len(seen)
        elif path.suffix.lower() in MANY:
            return None
        else:
            count += 1
    return count or None

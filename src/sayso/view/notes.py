"""What the command line says beside its output: on standard error, so that pipes carry readings alone.

Takes   results as they come, and the two streams.
Gives   one line for each page that was not read; a count that moves while a person waits at a terminal.
Needs   rich, for the moving count.
Limits  once cards appear on the same terminal they are the progress, and the count is taken away; in a pipe there is none,
        since whatever stands behind the pipe may write to the same terminal.
"""

from __future__ import annotations

import os
import stat
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from sayso.records import Reading, Skipped
from sayso.view.facts import skipped_phrase


class Notes:
    """Use as `with`; tell it every result."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self.shares_terminal = out.isatty()
        self.console = Console(file=err, highlight=False, soft_wrap=True)
        self.read = self.skipped = 0
        columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
        seen = self.console.is_terminal and not _is_pipe(out)
        self.progress = Progress(*columns, console=self.console, transient=True, disable=not seen)
        self.task = self.progress.add_task("reading")

    def __enter__(self) -> Self:
        self.progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.progress.stop()

    def tell(self, result: Reading | Skipped) -> None:
        """Count one result, and name it if it was not read."""
        if self.shares_terminal:
            self.progress.stop()
        if isinstance(result, Reading) and result.article is not None:
            self.read += 1
        else:
            self.skipped += 1
            for skipped in (result,) if isinstance(result, Skipped) else result.skipped:
                self.console.print(Text(f"skipped {skipped_phrase(skipped)}"))
        self.progress.update(self.task, description=f"{self.read} read, {self.skipped} skipped")


def _is_pipe(stream: TextIO) -> bool:
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except OSError:  # a stream in memory has no number
        return False

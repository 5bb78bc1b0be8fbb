"""Whatever ends a command early -> one line on standard error and an exit code.

Takes   the command's work as a function that gives an exit code.
Gives   that code, or one of `EXIT`.
Limits  a person is never shown a traceback; use Sayso from Python to see one.
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

import typer

from sayso.errors import SaysoError, StoreError

EXIT = {
    0: "done: at least one page was read or known already, something was found",
    1: "no page could be read, nothing was found, or what was asked for makes no sense",
    2: "the command was not understood",
    3: "the run broke off: the disk, the store, or a fault in Sayso; standard error says which",
    130: "stopped by Ctrl-C",
    141: "the reader of the output went away, as `head` does",
}
READ, NOTHING_READ, WRONG_USAGE, BROKE_OFF, STOPPED, NO_READER = EXIT


def guarded(run: Callable[[], int]) -> int:
    """Run, and turn whatever ends it early into one line and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return run()
    except KeyboardInterrupt:
        return told("stopped", STOPPED)
    except BrokenPipeError:
        # What is still buffered has nowhere to go; without this, the interpreter complains when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NO_READER
    except StoreError as error:
        return told(str(error), BROKE_OFF)
    except SaysoError as error:
        return told(str(error), NOTHING_READ)
    except OSError as error:
        return told(f"cannot go on: {error}", BROKE_OFF)
    except Exception as error:  # a person is never shown a traceback
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error} ({Path(where.filename).name} line {where.lineno})"
        return told(f"a fault in Sayso, please report it with the page: {fault}", BROKE_OFF)


def told(message: str, code: int) -> int:
    typer.echo(f"sayso: {' '.join(message.split())}", err=True)
    return code

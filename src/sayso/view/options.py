"""Options that several commands share, and what they mean together.

Takes   what a person typed.
Gives   types for typer; `settings_of`, the one `Settings`; `stopped_by_signals`, which lets a run end in good order.
Needs   typer alone, so that `--help` is instant.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from sayso.config import DEFAULT, Columns, Settings

DEFAULT_STORE = "sayso.db"
VARIABLE = "SAYSO_STORE"


def number(meaning: str, least: int = 1) -> Any:
    return typer.Option(min=least, help=meaning, metavar="N")


def listed(title: str, lines: Iterable[str]) -> str:
    """A block that the help prints as it stands."""
    return f"\b\n{title}:\n" + "\n".join(f"  {line}" for line in lines)


def examples(*pairs: tuple[str, str]) -> str:
    return listed("Examples", (line for command, meaning in pairs for line in (command, f"    {meaning}")))


FILES = typer.Option("--registry", dir_okay=False, help="Your own file of actors, .toml or .csv, on top of the registry; may be repeated.", metavar="FILE")
TYPES = typer.Option("--ontology", dir_okay=False, help="Types of events of your own, .toml, for a model that has learned them.", metavar="FILE")
SET = typer.Option("--set", help="Another setting, as the README lists them: --set delay_s=5; may be repeated.", metavar="NAME=VALUE")
_STORE = typer.Option("--store", help=f"File or postgresql:// URL; else the variable {VARIABLE}, else ./{DEFAULT_STORE}.", metavar="URL", show_default=False)

Store = Annotated[str | None, _STORE]
Registry = Annotated[list[Path] | None, FILES]
Ontology = Annotated[list[Path] | None, TYPES]
Set = Annotated[list[str] | None, SET]
Processes = Annotated[int, number("Processes that read, 0 for as many as there are processors; 1 reads in this one.", 0)]
PageTime = Annotated[float, typer.Option("--page-time", min=0.1, help="Seconds that a page may take; then it is skipped.", metavar="SECONDS")]
Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], metavar="DATE")]


def store_of(given: str | None) -> tuple[str, str]:
    """Which store, and by whose word."""
    if given is not None:
        return given, "--store"
    if variable := os.environ.get(VARIABLE):
        return variable, VARIABLE
    return DEFAULT_STORE, "the default"


def settings_of(
    registry: Sequence[Path] | None = None, ontology: Sequence[Path] | None = None, pairs: Sequence[str] | None = None, base: Settings = DEFAULT
) -> Settings:
    """Raises `typer.BadParameter` for a setting that is none, or a value that it cannot have."""
    made = replace(base, registry=tuple(registry or ()), ontology=tuple(ontology or ()))
    for pair in pairs or ():
        made = _with(made, pair)
    return made


def _with(settings: Settings, pair: str) -> Settings:
    name, equals, words = (part.strip() for part in pair.partition("="))
    first, _, column = name.partition(".")
    if not equals or first not in {f.name for f in fields(Settings)} or (first == "columns") != (column in {f.name for f in fields(Columns)}):
        known = ", ".join(f.name for f in fields(Settings) if f.name not in {"registry", "ontology", "columns"})
        raise typer.BadParameter(f"--set {pair}: give NAME=VALUE, NAME one of {known}, columns.text, columns.url and so on.")
    if first == "columns":
        return replace(settings, columns=replace(settings.columns, **{column: words}))
    now = getattr(settings, name)
    try:
        if isinstance(now, bool):
            value: Any = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}[words.lower()]
        elif isinstance(now, int | float):
            value = type(now)(words)
            if not 0 <= value < float("inf"):
                raise ValueError
        elif isinstance(now, str):
            value = words
        else:
            raise ValueError
    except (KeyError, ValueError):
        raise typer.BadParameter(f"--set {pair}: {name} is {now!r} by default; {words!r} is no such value.") from None
    changed: dict[str, Any] = {name: value}
    return replace(settings, **changed)


@contextmanager
def stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl-C (or SIGTERM) sets `stop`, so that the run ends in good order; the second ends it at once."""

    def on(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        if sys.stderr.isatty():
            sys.stderr.write("\nstopping; what was read is kept (Ctrl-C again stops at once)\n")

    before = {number: signal.signal(number, on) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def shell_words(*words: str) -> str:
    """A command as it can be pasted."""
    import shlex  # noqa: PLC0415

    return shlex.join(words)

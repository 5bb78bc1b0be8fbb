"""Readings -> standard output or a picture, one page at a time.

Takes   what `pipeline.read_many` yields, and the stream to write to.
Gives   cards, JSON, or one SVG with all cards in it.
Needs   rich.
Limits  a picture is written when the last page is read; everything else leaves page by page and is forgotten.
        What was not read has no card: the command line names it on standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TextIO

from rich.console import Console
from rich.text import Text

from sayso.records import Reading, Skipped
from sayso.view.card import Look, card
from sayso.view.jsonl import json_text
from sayso.view.svg import svg

PIPE_WIDTH = 88
WIDEST = 132


class Writer(Protocol):
    """Where readings go: `add` takes every result in order, `close` comes after the last."""

    def add(self, result: Reading | Skipped) -> None: ...

    def close(self) -> None: ...


class JsonWriter:
    """One object a line; the only object is indented on a terminal, which therefore waits for a second before it shows the first."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.may_indent = out.isatty()
        self.held: Reading | Skipped | None = None

    def add(self, result: Reading | Skipped) -> None:
        if self.may_indent and self.held is None:
            self.held = result
            return
        self.may_indent = False
        self._release()
        self._put(json_text(result))

    def close(self) -> None:
        self._release(indent=2)

    def _release(self, indent: int | None = None) -> None:
        if self.held is not None:
            self._put(json_text(self.held, indent=indent))
            self.held = None

    def _put(self, text: str) -> None:
        self.out.write(text + "\n")
        self.out.flush()


class CardWriter:
    """One card a page: styled on a terminal, plain text in a pipe."""

    def __init__(self, out: TextIO, *, width: int | None, plain: bool, furniture: bool) -> None:
        self.out = out
        self.console = Console(file=out, highlight=False, soft_wrap=True)
        plain = plain or not self.console.is_terminal
        usual = min(self.console.width, WIDEST) if self.console.is_terminal else PIPE_WIDTH
        self.look = Look(width=width or usual, plain=plain, furniture=furniture)
        self.first = True

    def add(self, result: Reading | Skipped) -> None:
        if isinstance(result, Skipped) or result.article is None:
            return
        if not self.first:
            self._put([Text(), Text("-" * self.look.width, "dim"), Text()])
        self.first = False
        self._put(card(result, self.look))

    def close(self) -> None:
        """Every card has left already."""

    def _put(self, lines: list[Text]) -> None:
        if self.look.plain:
            self.out.writelines(f"{line.plain}\n" for line in lines)
        else:
            for line in lines:
                self.console.print(line)
        self.out.flush()


class SvgWriter:
    """All cards in one picture."""

    def __init__(self, file: Path, *, width: int | None, furniture: bool) -> None:
        self.file = file
        self.look = Look(width=width or PIPE_WIDTH, furniture=furniture)
        self.lines: list[Text] = []
        self.titles: list[str] = []

    def add(self, result: Reading | Skipped) -> None:
        if isinstance(result, Skipped) or result.article is None:
            return
        self.lines += [*([Text(), Text()] if self.lines else []), *card(result, self.look)]
        self.titles.append(result.article.title or result.page.address)

    def close(self) -> None:
        if self.lines:
            picture = svg(self.lines, width=self.look.width, title=f"Sayso reads: {'; '.join(self.titles)}")
            self.file.write_text(picture, encoding="utf-8", newline="\n")

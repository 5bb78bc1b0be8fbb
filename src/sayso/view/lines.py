"""Words -> lines that fit a terminal.

Takes   untrusted text of pages, and rich `Text`s with their styles.
Gives   lines no wider than asked, in cells, so that the card needs no box or table to hold its shape.
Needs   rich.
Limits  wraps at spaces alone; a word wider than the line is folded, since cutting would lose characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from rich.console import Console
from rich.text import Text

NARROWEST = 20
DOT = "· "

_LONE_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
# Controls can move the cursor or recolour a terminal, bidirectional overrides reorder what is read, and lone surrogates cannot be printed.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(words: str) -> str:
    """Give `words` with nothing in it that acts on a terminal; code points keep their places, so spans still fit."""
    return _UNSEEN.sub("\ufffd", _LONE_BREAK.sub(" ", words.replace("\t", " ")))


def one_line(words: str) -> str:
    """Give `words` visible, on a single line."""
    return " ".join(visible(words).split())


def wrapped(text: Text, width: int, first: Text | None = None, rest: Text | None = None) -> list[Text]:
    """Wrap `text` to `width` cells, its lines led by `first` and then `rest` (spaces when not given)."""
    first = first if first is not None else Text()
    rest = rest if rest is not None else Text(" " * first.cell_len)
    room = max(width - max(first.cell_len, rest.cell_len), 1)
    lines = text.wrap(_ruler(), room, overflow="fold") if text.plain else [Text()]
    return [_trimmed(Text.assemble(rest if n else first, line)) for n, line in enumerate(lines)]


def flowed(pieces: Iterable[Text], width: int, first: Text | None = None, rest: Text | None = None) -> list[Text]:
    """Set `pieces` one after the other, a space between; one that does not fit moves whole to the next line, without its leading dot."""
    first = first if first is not None else Text()
    rest = rest if rest is not None else Text(" " * first.cell_len)
    lines: list[Text] = []
    line = first
    empty = True
    for given in pieces:
        piece = given
        if not empty and line.cell_len + 1 + piece.cell_len > width:
            lines.append(_trimmed(line))
            line, empty = rest, True
            piece = piece[len(DOT) :] if piece.plain.startswith(DOT) else piece
        if line.cell_len + piece.cell_len > width:
            folded = wrapped(piece, width, line, rest)
            lines += folded[:-1]
            line = folded[-1]
        else:
            line = Text.assemble(line, "" if empty else " ", piece)
        empty = False
    return [*lines, _trimmed(line)]


def _trimmed(line: Text) -> Text:
    trimmed = line.copy()
    trimmed.rstrip()
    return trimmed


@cache
def _ruler() -> Console:
    # Text.wrap asks a console for nothing but its defaults; this one writes nowhere.
    return Console(width=80, color_system=None, legacy_windows=False)

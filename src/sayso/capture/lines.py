"""A stream of bytes -> lines of text, none longer than a limit.

Takes   a stream that is read forwards.
Gives   lines with their ends; None in the place of a line that is too long.
Needs   the standard library.
Limits  the charset is a byte-order mark's, UTF-8, or Windows-1252 when the first megabyte is not UTF-8; later broken bytes become U+FFFD.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from sayso.capture.sniff import MARKS

LOOK = 1 << 20


@contextmanager
def text_of(stream: BinaryIO, head: bytes) -> Iterator[io.TextIOWrapper]:
    """Decode a stream, and leave it open to whoever opened it. head: its first bytes, which are still to be read from it."""
    charset = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if charset is None:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(head[:LOOK])
            charset = "utf-8"
        except UnicodeDecodeError:
            charset = "cp1252"
    elif charset == "utf-8":
        charset = "utf-8-sig"
    else:
        charset = charset[:6].rstrip("-")  # utf-16 and utf-32 take their own mark off
    text = io.TextIOWrapper(stream, encoding=charset, errors="replace", newline="")
    try:
        yield text
    finally:
        text.detach()


def lines_of(text: io.TextIOBase, longest: int) -> Iterator[str | None]:
    """Every line in order; a line of more than `longest` characters is passed over and leaves a None."""
    while line := text.readline(longest):
        if len(line) < longest or line.endswith(("\n", "\r")):
            yield line
            continue
        yield None
        while (rest := text.readline(65_536)) and not rest.endswith(("\n", "\r")):
            pass

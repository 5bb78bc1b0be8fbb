"""Text -> blocks: the lines or paragraphs that furniture and story are told apart by.

Takes   decoded text: one block a line, blank lines between blocks, or lines wrapped at some column.
Gives   `Block`s in order, each without line ends and double spaces.
Needs   the standard library.
Limits  a hyphen at a line's end stays; a page of more blocks than `MOST` is a dump of something else, and is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from sayso.errors import CleanError

MOST = 20_000
WET_RECORD = re.compile(r"^WARC/1\.[01]\n((?:[A-Za-z-]{1,60}:[^\n]{0,4000}\n){1,40})\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block of a page as it is printed, and what the markup says of it.

    Of a text dump only `words` is known. links: share of the characters that are links, 0..1. hints: kinds of container it stands
    in. homes: its container and those around it, innermost first. dated: days in machine-readable form (`<time datetime>`).
    """

    words: str
    tag: str = ""
    links: float = 0.0
    hints: frozenset[str] = frozenset()
    homes: tuple[int, ...] = ()
    dated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dump:
    """A text dump: its blocks, and the address and day of a WET record's header."""

    blocks: list[Block] = field(default_factory=list)
    url: str | None = None
    captured: str | None = None


def dump_from_text(text: str) -> Dump:
    """Split a text dump into blocks. Raises `CleanError` when it holds several pages or far too many lines."""
    text, header = _without_wet_header(text)
    if text.count("\n") > 4 * MOST:
        raise CleanError("too long", f"{text.count(chr(10)):,} lines; one page was wanted. Split the file into its pages.")
    lines = text.split("\n")
    width = wrap_width(lines)
    paragraphs = unwrapped(lines, width) if width else lines
    words = [" ".join(p.split()) for p in paragraphs]
    blocks = [Block(words=w) for w in words if w]
    if len(blocks) > MOST:
        raise CleanError("too long", f"{len(blocks):,} blocks; one page was wanted. Split the file into its pages.")
    return Dump(blocks=blocks, url=header.get("warc-target-uri"), captured=header.get("warc-date"))


def _without_wet_header(text: str) -> tuple[str, dict[str, str]]:
    if not text.startswith("WARC/1."):
        return text, {}
    records = list(WET_RECORD.finditer(text))
    headers = [dict(_field(line) for line in r.group(1).splitlines()) for r in records]
    ends = [r.start() for r in records[1:]] + [len(text)]
    pages = [(text[r.end() : end], h) for r, end, h in zip(records, ends, headers, strict=True) if h.get("warc-type") != "warcinfo"]
    if len(pages) > 1:
        raise CleanError("several pages", f"This WET file holds {len(pages)} pages; one was wanted. Split it into its records.")
    return pages[0] if pages else (text, {})


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name.lower(), value.strip()


def wrap_width(lines: list[str]) -> int:
    """The column at which the text was wrapped by hand or machine; 0 when it was not.

    Wrapped text has short lines only, and a line that goes on in the next is nearly always so full that the next word had no room.
    """
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.98)] if len(lengths) > 50 else lengths[-1]
    if not 40 <= width <= 110:
        return 0
    going_on = [(a, b) for a, b in pairwise(lines) if a.strip() and b[:1].islower()]
    full = sum(_is_full(a, b, width) for a, b in going_on)
    return width if len(going_on) >= 3 and full >= 0.8 * len(going_on) else 0


def _is_full(line: str, following: str, width: int) -> bool:
    """The first word of the next line had no room in this one, but for a few columns of raggedness."""
    first = following.split(maxsplit=1)
    return bool(first) and len(line.rstrip()) + 1 + len(first[0]) > width - 6


def unwrapped(lines: list[str], width: int) -> list[str]:
    """Join the lines of each wrapped paragraph. A blank line, an indented line or a line with room to spare ends one."""
    paragraphs: list[list[str]] = []
    open_end = False
    for here, following in zip(lines, [*lines[1:], ""], strict=True):
        if not here.strip():
            open_end = False
            continue
        indented = here[:1] == " " and bool(paragraphs) and paragraphs[-1][-1][:1] != " "
        if open_end and not indented:
            paragraphs[-1].append(here)
        else:
            paragraphs.append([here])
        open_end = _is_full(here, following, width)
    return [_joined(p) for p in paragraphs]


def _joined(lines: list[str]) -> str:
    text = ""
    for line in map(str.strip, lines):
        broken_word = text.endswith("-") and text[-2:-1].isalpha() and line[:1].isalpha()
        text += line if broken_word or not text else " " + line
    return text

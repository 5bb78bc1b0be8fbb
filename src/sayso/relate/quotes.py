"""Text -> quotations: what stands in quotation marks, however deep, and what is left unclosed.

Takes   `Article.text`.
Gives   `Quotation`s in reading order, outer before inner.
Needs   nothing.
Limits  a quotation left open at the end of a paragraph runs to that end (newspapers open each paragraph of a long
        quotation and close the last); an apostrophe is no quotation mark unless another one answers it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.records import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‘": "’", "‹": "›", "「": "」", "『": "』"}
_CLOSERS = set("”»’›」』")
_MARK = re.compile(f"''|``|[{''.join(_PAIRS)}{''.join(_CLOSERS)}\"']")
_SINGLE = set("‘’'")
_OPENS_AFTER = set(" \t(\u00a0—–-[/:…\"'“‘«„")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation.

    span    with its marks; `words` without them.
    depth   0 for one that stands in no other.
    closed  False when the paragraph ends before it does.
    """

    span: Span
    words: Span
    depth: int
    closed: bool


def quotations(text: str) -> list[Quotation]:
    """All quotations of `text`, paragraph by paragraph."""
    found: list[Quotation] = []
    at = 0
    for paragraph in text.split("\n\n"):
        found += _in_paragraph(paragraph, at)
        at += len(paragraph) + 2
    return sorted(found, key=lambda q: (q.span.start, -q.span.end))


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inner: int


def _in_paragraph(text: str, base: int) -> Iterator[Quotation]:
    pile: list[_Open] = []
    done: list[tuple[_Open, int, int]] = []
    for start, mark in _marks(text):
        end = start + len(mark)
        opener = next((i for i in range(len(pile) - 1, -1, -1) if _closes(text, pile[i].mark, mark, start)), None)
        if opener is not None and not (_looks_open(text, start, end) and mark in {'"', "'", "''"} and pile[opener].inner != start):
            done.append((pile[opener], start, end))
            del pile[opener:]
        elif _may_open(text, mark, start, end, pile):
            pile.append(_Open(mark, start, end))
    # A single mark that nothing closes was an apostrophe; a double one is a quotation that runs on.
    whole = [o for o in pile if not set(o.mark) <= _SINGLE or o.mark == "''" or (o.start == 0 and o.mark == "‘")]
    if whole:
        done.append((whole[0], len(text), len(text)))
    closed = sorted(((o.start, end, o.inner, close, end > close) for o, close, end in done), key=lambda d: (d[0], -d[1]))
    around: list[int] = []  # ends of the quotations that the next one may stand in
    for start, end, inner, close, shut in closed:
        while around and around[-1] < end:
            around.pop()
        if close > inner:
            yield Quotation(Span(base + start, base + end), Span(base + inner, base + close), len(around), shut)
        around.append(end)


def _marks(text: str) -> Iterator[tuple[int, str]]:
    """Every character (or pair of them) that could be a quotation mark."""
    for found in _MARK.finditer(text):
        yield found.start(), "''" if found[0] == "``" else found[0]


def _closes(text: str, opened: str, mark: str, at: int) -> bool:
    if opened in {'"', "''"}:
        return mark == opened
    if opened == "'":
        return mark == "'" and not text[at + 1 : at + 2].isalnum()
    if mark == "’":
        # Between letters it is an apostrophe: “we don’t”.
        return opened == "‘" and not text[at + 1 : at + 2].isalnum()
    return mark in _PAIRS.get(opened, "")


def _looks_open(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (not before or before in _OPENS_AFTER) and bool(after) and not after.isspace()


def _may_open(text: str, mark: str, start: int, end: int, pile: list[_Open]) -> bool:
    if mark in {'"', "''"}:
        return _looks_open(text, start, end)
    if mark == "'":
        return _looks_open(text, start, end) and not text[end : end + 2].isdigit() and all(o.mark != "'" for o in pile)
    return mark in _PAIRS

"""The article as relate reads it: sentences, quotations, and the text with what is said blotted out.

Takes   `Article.text` and the spans of content.
Gives   `Frame`: who said what is looked up in contents, through whom only outside them.
Needs   nothing.
Limits  sentences end at . ! ? before a capital or an opening mark; usual abbreviations do not end one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from sayso.records import Span
from sayso.relate.quotes import Quotation, quotations

_SHORT = (
    r"Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Hon|Rev|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Inc|Ltd|Co|Corp"
    r"|Jr|Sr|Brig|Cmdr|Cpl|Pvt|Supt|Insp|Messrs|Gov|Pres|Rear|Vice|[A-Z]|[A-Z]\.[A-Z]|U\.S|U\.N|U\.K|a\.m|p\.m|e\.g|i\.e|N"
)
_END = re.compile(r"(?<!\w)(?P<short>(?:" + _SHORT + r")\.)|[.!?…]+[”’\"'»)]*(?=\s+[A-Z0-9“‘\"'«(—–-])")


T = TypeVar("T")
_CELL = 128  # code points


class Near(Generic[T]):
    """Things that lie on the text, found by where they lie, so that a long page costs no more a word than a short one."""

    def __init__(self, things: Iterable[T], span_of: Callable[[T], Span]) -> None:
        self._span_of = span_of
        self._cells: dict[int, list[tuple[int, int, int, T]]] = defaultdict(list)
        self._count = 0
        for thing in things:
            self.add(thing)

    def add(self, thing: T) -> None:
        start, end = self._span_of(thing)
        if start < end:
            for cell in range(start // _CELL, (end - 1) // _CELL + 1):
                self._cells[cell].append((self._count, start, end, thing))
        self._count += 1

    def over(self, span: Span) -> list[T]:
        """What shares a code point with `span`, in the order it was added."""
        first, last = span
        if first >= last:
            return []
        cells = range(first // _CELL, (last - 1) // _CELL + 1)
        if len(cells) == 1:
            return [thing for _, start, end, thing in self._cells.get(cells[0], ()) if start < last and first < end]
        met = {number: thing for cell in cells for number, start, end, thing in self._cells.get(cell, ()) if start < last and first < end}
        return [met[number] for number in sorted(met)]


@dataclass(frozen=True)
class Frame:
    """One text with its paragraphs, sentences and quotations."""

    text: str
    paragraphs: list[Span]

    @cached_property
    def quotations(self) -> list[Quotation]:
        return quotations(self.text)

    @cached_property
    def _quoted(self) -> Near[Quotation]:
        return Near(self.quotations, lambda q: q.span)

    def quotations_over(self, span: Span) -> list[Quotation]:
        """Quotations that share a code point with `span`, marks included."""
        return self._quoted.over(span)

    @cached_property
    def sentences(self) -> list[Span]:
        """Sentences in order; none crosses a paragraph."""
        found: list[Span] = []
        for paragraph in self.paragraphs:
            start = paragraph.start
            for stop in _END.finditer(self.text, paragraph.start, paragraph.end):
                if stop["short"] is None:
                    found.append(Span(start, stop.end()))
                    start = stop.end() + 1
            if start < paragraph.end:
                found.append(Span(start, paragraph.end))
        return found

    def sentence_at(self, at: int) -> Span:
        return _at(self.sentences, at)

    def paragraph_at(self, at: int) -> Span:
        return _at(self.paragraphs, at)

    def paragraph_number(self, at: int) -> int:
        return max(0, bisect_right(self.paragraphs, at, key=lambda s: s.start) - 1)

    def without(self, spans: Iterable[Span]) -> str:
        """The text with `spans` blotted out, every other character in its place."""
        kept = list(self.text)
        for start, end in spans:
            kept[start:end] = "\x00" * (end - start)
        return "".join(kept)

    def outermost(self, paragraph: Span) -> list[Quotation]:
        return [q for q in self.quotations_over(paragraph) if q.depth == 0 and paragraph.holds(q.span)]

    def is_all_quotation(self, paragraph: Span) -> bool:
        """Does nothing but one or more quotations stand in this paragraph?"""
        outer = self.outermost(paragraph)
        rest = self.text[paragraph.start : paragraph.end]
        for quotation in reversed(outer):
            rest = rest[: quotation.span.start - paragraph.start] + rest[quotation.span.end - paragraph.start :]
        return bool(outer) and not re.search(r"\w", rest)


def _at(spans: list[Span], at: int) -> Span:
    number = bisect_right(spans, at, key=lambda s: s.start) - 1
    return spans[max(0, number)]

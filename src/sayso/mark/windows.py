"""Pieces -> windows that the model can read.

Takes   the pieces of one text.
Gives   `Window`s that follow paragraphs. Every piece is owned by exactly one window; what stands before is context.
Needs   numpy; no model, so tests draw their paragraphs.
Limits  a window holds at most `WINDOW` pieces with its special ones; a longer paragraph is cut, with context on both sides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sayso.mark.pieces import CLS, OTHER, SEP, Pieces

WINDOW = 320  # pieces, special ones included
CONTEXT = 16  # places for what stands before (and, in a cut paragraph, after)


@dataclass(frozen=True, slots=True)
class Window:
    """`pieces` says which piece of the text each place holds, -1 for [CLS] and [SEP]; [start, end) are the pieces it owns."""

    pieces: NDArray[np.int32]
    start: int
    end: int


def windows_from_pieces(starts: NDArray[np.int32], *, first: int = WINDOW) -> Iterator[Window]:
    """Pack paragraphs into windows, in order.

    starts  int32 (paragraphs + 1,): `Pieces.paragraphs`.
    first   size of the first window; training varies it so that no paragraph always stands at one place.
    """
    paragraphs = [(a, b) for a, b in pairwise(starts.tolist()) if b > a]
    room = first
    at = 0
    while at < len(paragraphs):
        start = paragraphs[at][0]
        begin, places = _context(paragraphs, at, start)
        free = room - places - 2
        room = WINDOW
        taken = at
        while taken < len(paragraphs) and (size := paragraphs[taken][1] - paragraphs[taken][0] + 1) <= free:
            free -= size
            taken += 1
        if taken > at:
            end = paragraphs[taken - 1][1]
            yield _window(paragraphs, begin, start, end, end)
        else:
            yield from _cut(paragraphs, at)
            taken = at + 1
        at = taken


def _context(paragraphs: list[tuple[int, int]], at: int, start: int) -> tuple[int, int]:
    """The first piece of what stands before `start`, in paragraph `at`, and how many places it takes: at most `CONTEXT`."""
    first, places = start, 0
    while at >= 0 and places + 2 <= CONTEXT:
        taken = min(CONTEXT - places - 1, first - paragraphs[at][0])
        if taken:
            first, places = first - taken, places + taken + 1
        at -= 1
    return first, places


def _cut(paragraphs: list[tuple[int, int]], at: int) -> Iterator[Window]:
    """Windows over one paragraph that is too long for one, or for what was left of one."""
    start, end = paragraphs[at]
    step = WINDOW - 2 * CONTEXT - 4
    for own in range(start, end, step):
        upto = min(own + step, end)
        yield _window(paragraphs, _context(paragraphs, at, own)[0], own, upto, min(end, upto + CONTEXT))


def _window(paragraphs: list[tuple[int, int]], first: int, start: int, end: int, last: int) -> Window:
    """[CLS], the pieces [first, last) with [SEP] before each paragraph but the first, [SEP]."""
    places: list[NDArray[np.int32]] = []
    for begin, stop in paragraphs:
        lo, hi = max(begin, first), min(stop, last)
        if lo < hi:
            places += [np.array([-1], np.int32), np.arange(lo, hi, dtype=np.int32)]
        if begin >= last:
            break
    return Window(np.concatenate([*places, np.array([-1], np.int32)]), start, end)


def inputs(pieces: Pieces, window: Window) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Ids and case of one window, int64 (places,)."""
    special = window.pieces < 0
    ids = np.where(special, SEP, pieces.ids[window.pieces]).astype(np.int64)
    ids[0] = CLS
    case = np.where(special, OTHER, pieces.case[window.pieces]).astype(np.int64)
    return ids, case

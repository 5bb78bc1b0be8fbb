"""Scores of tags -> the best tags that follow one another as they must.

Takes   stretches of text that are decoded each by itself (paragraphs), of heads of any size.
Gives   one tag a piece, such that what begins also ends.
Needs   numpy.
Limits  all stretches go forward together, a piece at a time: dear for one long stretch alone, cheap for the many of an article.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
_FAR = -1e9  # a path inside a span that never began


def best_paths(stretches: Sequence[Scores]) -> list[NDArray[np.int32]]:
    """The best path through each stretch: float32 (pieces, size of its head) -> int32 (pieces,).

    Columns are outside, then begin, inside, end and single of each kind; outside, end and single leave a path free to
    begin anew, begin and inside hold it within their kind. The sums are of double precision.

    Source: Viterbi (1967).
    """
    order = sorted((n for n, rows in enumerate(stretches) if len(rows)), key=lambda n: -len(stretches[n]))
    paths = [np.zeros(len(rows), np.int32) for rows in stretches]
    if not order:
        return paths
    kinds = max(stretches[n].shape[1] for n in order) // 4
    lengths = np.array([len(stretches[n]) for n in order])
    steps = int(lengths[0])
    # All end together, so the longest begins alone, and those under way at a step are always the first ones.
    under_way = np.searchsorted(-lengths, -np.arange(steps, 0, -1), side="right")
    ends = np.cumsum(under_way)
    step = np.repeat(np.arange(steps), under_way)
    which = np.arange(len(step)) - np.repeat(ends - under_way, under_way)
    place = np.cumsum(lengths)[which] - steps + step  # where the row of each (step, stretch) stands when stretches follow one another
    given = np.full((len(step), 1 + 4 * kinds), -np.inf)
    for end, n in zip(np.cumsum(lengths).tolist(), order, strict=True):
        given[end - len(stretches[n]) : end, : stretches[n].shape[1]] = stretches[n]
    first = np.arange(1, 1 + 4 * kinds, 4)
    within = np.arange(1, 1 + kinds)
    free = np.array([0, *np.stack([first + 2, first + 3], 1).flat])  # tags that leave a path free, then those that hold it
    before = np.array([0, *np.stack([within, 0 * within], 1).flat, *0 * within, *within])  # the state that each comes from: 0 free, or within a kind
    sums = given.T.take(np.concatenate([free, first, first + 1]), 0).take(place, 1)
    begin, inside = slice(len(free), len(free) + kinds), slice(len(free) + kinds, None)
    state = np.full((1 + kinds, len(order)), _FAR)
    state[0] = 0
    for end, count in zip(ends.tolist(), under_way.tolist(), strict=True):
        here = sums[:, end - count : end]
        np.add(here, state[:, :count].take(before, 0), out=here)
        np.maximum.reduce(here[: len(free)], 0, out=state[0, :count])
        np.maximum(here[begin], here[inside], out=state[1:, :count])
    chosen = np.empty((1 + kinds, len(step)), np.int32)  # the tag in which the best path into each state ends
    chosen[0] = free[sums[: len(free)].argmax(0)]
    chosen[1:] = np.where(sums[begin] >= sums[inside], first[:, None], first[:, None] + 1)
    comes_from = np.zeros(1 + 4 * kinds, np.intp)
    comes_from[first + 1] = comes_from[first + 2] = within
    tags = np.empty(len(step), np.int32)
    came, numbers = np.zeros(len(order), np.intp), np.arange(len(order))
    for end, count in zip(ends[::-1].tolist(), under_way[::-1].tolist(), strict=True):
        tags[end - count : end] = now = chosen[:, end - count : end][came[:count], numbers[:count]]
        came = comes_from[now]
    gathered = np.empty_like(tags)
    gathered[place] = tags
    for end, n in zip(np.cumsum(lengths).tolist(), order, strict=True):
        paths[n] = gathered[end - len(paths[n]) : end]
    return paths

"""Tag scores -> marks on the text, and arc vectors -> arcs between them.

Takes   what the model returned for the windows of one text, gathered over its pieces, and the pieces.
Gives   `Marked`: marks in reading order, outer before inner, and arcs source → cue, content → cue, office → person.
Needs   numpy; no model, network or clock, so tests draw their input as tags.
Limits  a mark lies within one paragraph; an arc joins marks that stood in one window.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ShapeMismatch
from sayso.mark.pieces import Pieces
from sayso.mark.tags import ARC_COLUMNS, ARC_WIDTH, ARCS, COLUMNS, HEADS, STANDINGS, TAGS, EventColumns, Head
from sayso.mark.windows import Window
from sayso.records import Arc, Mark, Marked, MarkKind, Scored, Span, Trigger

Scores = NDArray[np.float32]
_FAR = np.float32(-1e9)
ENOUGH, BESIDE = 0.15, 0.4  # a party is one of several from this probability on, and from this share of the likeliest one's
LEAN = 1.0  # log-odds against "outside" on a second look; chosen on bench/cases/stories.txt
MET = 0.5  # log-odds against "outside" for the parties to events, whom an arc has still to choose; chosen on bench/cases/events.txt


class Given(NamedTuple):
    """What the model says of one text.

    tags     float32 (pieces, TAGS), not normalised.
    vectors  float32 (places, ARC_COLUMNS), one a window.
    kinds    float32 (pieces, columns of `EventColumns`), not normalised.
    """

    tags: Scores
    vectors: Sequence[Scores]
    kinds: Scores


@dataclass(frozen=True, slots=True)
class Found:
    """A mark and the pieces [first, last] it covers."""

    mark: Mark
    first: int
    last: int


def tags_from_scores(scores: Scores, head: Head, starts: NDArray[np.int32]) -> NDArray[np.int32]:
    """The best sequence of tags that the head's rules allow, paragraph by paragraph.

    scores  float32 (pieces, head.size), any constant may be added to a row.
    starts  int32 (paragraphs + 1,), as `Pieces.paragraphs`.

    Source: Viterbi (1967). The best tags one by one are the best path wherever they make one, which is nearly
    everywhere, so only the other paragraphs are searched.
    """
    if scores.shape[1:] != (head.size,):
        raise ShapeMismatch(f"scores are {scores.shape}; the head {head.name!r} has {head.size} tags")
    tags: NDArray[np.int32] = scores.argmax(1).astype(np.int32)
    inside = np.isin((tags - 1) % 4, (0, 1)) & (tags > 0)  # B or I: the next must go on
    goes_on = np.isin((tags - 1) % 4, (1, 2)) & (tags > 0)  # I or E: the one before must be inside
    kind = (tags - 1) // 4
    before = np.concatenate([[False], inside[:-1]])
    before[starts[:-1][starts[:-1] < len(tags)]] = False
    same = np.concatenate([[False], kind[1:] == kind[:-1]])
    bad = (before != goes_on) | (before & ~same)
    for start, end in pairwise(starts.tolist()):
        if end > start and (bad[start:end].any() or inside[end - 1]):
            tags[start:end] = _best_path(scores[start:end])
    return tags


def _best_path(scores: Scores) -> NDArray[np.int32]:
    """Viterbi over one paragraph: float32 (pieces, size) -> int32 (pieces,).

    Plain numbers rather than arrays: thirteen tags are too few for an array to pay.
    """
    rows: list[list[float]] = scores.tolist()
    starts = range(1, len(rows[0]), 4)  # column of B of each kind; I, E and S follow it
    free = 0.0  # best score of a path that may start anew
    held = [float(_FAR)] * len(starts)  # the same of a path that is inside each kind
    trace: list[tuple[int, list[int]]] = []  # the tags that these paths end in
    for row in rows:
        best, tag = free + row[0], 0
        inner, inner_tags = [], []
        for into, b in zip(held, starts, strict=True):
            begin, inside, end, single = free + row[b], into + row[b + 1], into + row[b + 2], free + row[b + 3]
            if end > best:
                best, tag = end, b + 2
            if single > best:
                best, tag = single, b + 3
            inner.append(begin if begin >= inside else inside)
            inner_tags.append(b if begin >= inside else b + 1)
        trace.append((tag, inner_tags))
        free, held = best, inner
    path = [trace[-1][0]]
    for tag, inner_tags in reversed(trace[:-1]):
        after = path[-1]
        goes_on = after and (after - 1) % 4 in (1, 2)
        path.append(inner_tags[(after - 1) // 4] if goes_on else tag)
    return np.array(path[::-1], np.int32)


def found_from_scores(scores: Scores, pieces: Pieces) -> list[Found]:
    """Marks of every head, in reading order, outer before inner.

    scores  float32 (pieces, TAGS), not normalised.
    """
    if scores.shape != (len(pieces.ids), TAGS):
        raise ShapeMismatch(f"scores are {scores.shape}; {len(pieces.ids)} pieces and {TAGS} tags need {(len(pieces.ids), TAGS)}")
    found: list[Found] = []
    for head in HEADS:
        own = scores[:, COLUMNS[head.name]]
        if head.name == "parties":
            own = own.copy()
            own[:, 0] -= MET
        tags = tags_from_scores(own, head, pieces.paragraphs)
        if head.layer:
            _look_again(tags, own, head, pieces.paragraphs)
        odds = np.exp(own - own.max(1, keepdims=True))
        odds /= odds.sum(1, keepdims=True)
        by_kind = odds[:, 1:].reshape(len(tags), len(head.kinds), 4).sum(2)
        place, kind = (tags - 1) % 4, (tags - 1) // 4
        firsts = np.flatnonzero((tags > 0) & ((place == 0) | (place == 3)))
        lasts = np.flatnonzero((tags > 0) & ((place == 2) | (place == 3)))
        for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
            span = Span(int(pieces.offsets[first, 0]), int(pieces.offsets[last, 1]))
            score = round(float(by_kind[first : last + 1, kind[first]].mean()), 4)
            found.append(Found(Mark(kind=head.kinds[kind[first]], span=span, score=score, layer=head.layer), first, last))
    return sorted(found, key=lambda f: (f.mark.span.start, -f.mark.span.end, f.mark.layer, f.mark.kind))


def _look_again(tags: NDArray[np.int32], scores: Scores, head: Head, starts: NDArray[np.int32]) -> None:
    """Where a cue was found inside a content but nothing that it brings in, decode that paragraph once more, leaning away from "outside".

    A cue has a content, and inside a quotation it stands in the same paragraph: knowing that makes every piece likelier to be part of one.
    """
    cue, content = (1 + 4 * head.kinds.index(kind) for kind in ("cue", "content"))
    for start, end in pairwise(starts.tolist()):
        here = tags[start:end]
        if np.any((here >= cue) & (here < cue + 4)) and not np.any((here >= content) & (here < content + 4)):
            leaning = scores[start:end].copy()
            leaning[:, 0] -= LEAN
            again = _best_path(leaning)
            if np.any((again >= cue) & (again < cue + 4)) and np.any((again >= content) & (again < content + 4)):
                tags[start:end] = again


def arcs_from_vectors(found: Sequence[Found], windows: Sequence[Window], vectors: Sequence[Scores]) -> list[Arc]:
    """Let every chooser pick among the candidates of its window, or none.

    vectors  one float32 (places, ARC_COLUMNS) a window.

    An arc is kept when it is likelier than none. Its tail is the source, the content or the office: records say
    source → cue although the cue does the choosing, since a cue has one source and a source may have several cues.
    """
    arcs: list[Arc] = []
    kinds = {k for arc in ARCS for k in (arc.chooser, arc.candidate)}
    places = {kind: sorted((f.first, i) for i, f in enumerate(found) if f.mark.kind == kind) for kind in kinds}

    def within(kind: MarkKind, start: int, end: int) -> list[int]:
        """Marks of a kind that begin in the pieces [start, end), in reading order."""
        known = places[kind]
        return sorted(i for _, i in known[bisect_left(known, (start, -1)) : bisect_left(known, (end, -1))])

    for window, vector in zip(windows, vectors, strict=True):
        if vector.shape != (len(window.pieces), ARC_COLUMNS):
            raise ShapeMismatch(f"arc vectors are {vector.shape}; the window needs {(len(window.pieces), ARC_COLUMNS)}")
        place = {int(piece): at for at, piece in enumerate(window.pieces) if piece >= 0}
        for at, kind in enumerate(ARCS):
            choosers = within(kind.chooser, window.start, window.end)
            candidates = within(kind.candidate, min(place, default=0), max(place, default=-1) + 1)
            if not choosers or not candidates:
                continue
            first, last, other = (vector[:, (3 * at + n) * ARC_WIDTH : (3 * at + n + 1) * ARC_WIDTH] for n in range(3))
            rows = [place[found[i].first] for i in choosers]
            ends = [place.get(found[i].last, place[found[i].first]) for i in choosers]
            columns = [0] + [place[found[i].first] for i in candidates]
            scores = (first[rows] + last[ends]) @ other[columns].T / np.sqrt(np.float32(ARC_WIDTH))
            odds = np.exp(scores - scores.max(1, keepdims=True))
            odds /= odds.sum(1, keepdims=True)
            for i, row in zip(choosers, odds, strict=True):
                allowed = [_may_join(found[i].mark, found[j].mark) for j in candidates]
                row[1:] *= allowed
                best = int(row.argmax())
                picked = _several(row) if kind.many else [best] if best else []
                for n in picked:
                    j, score = candidates[n - 1], round(float(row[n]), 4)
                    tail, head = (i, j) if kind.role in {"content", "office"} else (j, i)
                    arcs.append(Arc(tail=tail, head=head, score=score, role=kind.role))
    return sorted(arcs, key=lambda a: (a.tail, a.head))


def _several(row: NDArray[np.float32]) -> list[int]:
    """Those who together are likelier than nobody (column 0), the clear ones among them."""
    if row[1:].sum() <= row[0]:
        return []
    return [n for n in range(1, len(row)) if row[n] >= max(ENOUGH, BESIDE * float(row[1:].max()))]


def _may_join(one: Mark, other: Mark) -> bool:
    """Ends of an arc stand on one layer and are not one inside the other."""
    return one.layer == other.layer and not one.span.overlap(other.span)


def with_events(found: Sequence[Found], kinds: Scores, columns: EventColumns) -> list[Found]:
    """Say of every trigger what kind of event it is.

    kinds  float32 (pieces, columns.size), not normalised; read at a trigger's first piece.
    """
    if kinds.shape[1:] != (columns.size,):
        raise ShapeMismatch(f"kinds of events are {kinds.shape}; the model's card names {columns.size} columns")
    return [replace(f, mark=replace(f.mark, trigger=_trigger(kinds[f.first], columns))) if f.mark.kind == "trigger" else f for f in found]


def _trigger(row: NDArray[np.float32], columns: EventColumns) -> Trigger:
    types = _ranked(columns.types, row[columns.type])
    own = columns.modes_of(types[0].value)
    modes = _ranked([columns.modes[c - columns.mode.start].split(".", 1)[1] for c in own], row[own]) if own else (Scored("", 1.0),)
    return Trigger(types=types, mode=modes[0], standings=_ranked(STANDINGS, row[columns.standing]), past=_rounded(1 / (1 + np.exp(-row[columns.past]))))


def _ranked(names: Sequence[str], scores: NDArray[np.float32]) -> tuple[Scored, ...]:
    odds = np.exp(scores - scores.max())
    odds /= odds.sum()
    return tuple(Scored(names[i], _rounded(odds[i])) for i in np.argsort(-odds, kind="stable") if odds[i] >= 0.01)


def _rounded(value: np.float32) -> float:
    return round(float(value), 4)


def marked(given: Given, columns: EventColumns, windows: Sequence[Window], pieces: Pieces) -> Marked:
    """All marks and arcs of one text."""
    found = with_events(found_from_scores(given.tags, pieces), given.kinds, columns)
    return Marked(marks=tuple(f.mark for f in found), arcs=tuple(arcs_from_vectors(found, windows, given.vectors)))

"""Tag scores -> marks on the text, and arc vectors -> arcs between them.

Takes   what the model returned for the windows of one text, gathered over its pieces, and the pieces.
Gives   `Marked`: marks in reading order, outer before inner, and arcs source → cue, content → cue, office → person.
Needs   numpy; no model, network or clock, so tests draw their input as tags.
Limits  a mark lies within one paragraph; an arc joins marks that stood in one window.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.errors import ShapeMismatch
from sayso.mark.paths import Scores, best_paths
from sayso.mark.pieces import Pieces
from sayso.mark.tags import ARC_COLUMNS, ARC_WIDTH, ARCS, COLUMNS, HEADS, STANDINGS, TAGS, EventColumns, Head
from sayso.mark.windows import Window
from sayso.records import Arc, Mark, Marked, MarkKind, Scored, Span, Trigger

ENOUGH, BESIDE = 0.15, 0.4  # a party is one of several from this probability on, and from this share of the likeliest one's
LEAN, LEAN_BARE = 1.0, 0.3  # log-odds against "outside" on a second look, where a cue was found and where nothing was; chosen on bench/cases/stories.txt
MET = 0.5  # log-odds against "outside" for the parties to events, whom an arc has still to choose; chosen on bench/cases/events.txt
_PLACES = np.arange(-1, max(head.size for head in HEADS) - 1)  # of each tag; outside is -1
_HOLDS = (_PLACES >= 0) & (_PLACES % 4 < 2)  # begin or inside: the next must go on
_GOES_ON = (_PLACES >= 0) & np.isin(_PLACES % 4, (1, 2))  # inside or end: the one before must hold


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


def tags_from_scores(scores: Sequence[Scores], starts: NDArray[np.int32]) -> NDArray[np.int32]:
    """The best sequence of tags that the rules of each head allow, paragraph by paragraph: int32 (heads, pieces).

    scores  one float32 (pieces, size of the head) a head, any constant may be added to a row.
    starts  int32 (paragraphs + 1,), as `Pieces.paragraphs`.

    The best tags one by one are the best path wherever they make one, so only the other paragraphs are searched.
    """
    tags: NDArray[np.int32] = np.stack([own.argmax(1) for own in scores]).astype(np.int32)
    holds, goes_on, kind = _HOLDS[tags], _GOES_ON[tags], (tags - 1) // 4
    firsts, ends = _paragraphs(starts)
    held = np.zeros_like(holds)
    held[:, 1:] = holds[:, :-1]
    held[:, firsts] = False
    bad = held != goes_on
    bad[:, 1:] |= held[:, 1:] & (kind[:, 1:] != kind[:, :-1])
    bad[:, ends - 1] |= holds[:, ends - 1]
    wrong = np.argwhere(np.logical_or.reduceat(bad, firsts, 1)).tolist()
    searched = [(h, slice(firsts[p], ends[p])) for h, p in wrong]
    for (h, own), path in zip(searched, best_paths([scores[h][own] for h, own in searched]), strict=True):
        tags[h, own] = path
    return tags


def _paragraphs(starts: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Where each paragraph that has pieces begins and ends."""
    some = starts[:-1] < starts[1:]
    return starts[:-1][some], starts[1:][some]


def found_from_scores(scores: Scores, pieces: Pieces) -> list[Found]:
    """Marks of every head, in reading order, outer before inner.

    scores  float32 (pieces, TAGS), not normalised.
    """
    if scores.shape != (len(pieces.ids), TAGS):
        raise ShapeMismatch(f"scores are {scores.shape}; {len(pieces.ids)} pieces and {TAGS} tags need {(len(pieces.ids), TAGS)}")
    given = {head.name: scores[:, COLUMNS[head.name]] for head in HEADS}
    given["parties"] = _leaning(given["parties"], MET)
    tags = tags_from_scores(list(given.values()), pieces.paragraphs)
    begins, ends = pieces.offsets.T.tolist()
    found: list[Found] = []
    for head, own, path in zip(HEADS, given.values(), tags, strict=True):
        if head.layer:
            _look_again(path, own, head, pieces.paragraphs)
        by_kind = _odds(own)[:, 1:].reshape(len(path), len(head.kinds), 4).sum(2)
        firsts = np.flatnonzero((path > 0) & ~_GOES_ON[path])
        lasts = np.flatnonzero((path > 0) & ~_HOLDS[path])
        kinds = (path[firsts] - 1) // 4
        for first, last, kind in zip(firsts.tolist(), lasts.tolist(), kinds.tolist(), strict=True):
            span = Span(begins[first], ends[last])
            score = round(float(np.add.reduce(by_kind[first : last + 1, kind]) / (last + 1 - first)), 4)
            found.append(Found(Mark(kind=head.kinds[kind], span=span, score=score, layer=head.layer), first, last))
    return sorted(found, key=lambda f: (f.mark.span.start, -f.mark.span.end, f.mark.layer, f.mark.kind))


def _odds(scores: Scores) -> Scores:
    """Probabilities of the columns, row by row."""
    odds: Scores = np.exp(scores - scores.max(1, keepdims=True))
    odds /= odds.sum(1, keepdims=True)
    return odds


def _leaning(scores: Scores, odds: float) -> Scores:
    """The scores, with log-odds against "outside"."""
    leaning = scores.copy()
    leaning[:, 0] -= odds
    return leaning


def _look_again(tags: NDArray[np.int32], scores: Scores, head: Head, starts: NDArray[np.int32]) -> None:
    """Where a cue was found inside a content but nothing that it brings in, decode that paragraph once more, leaning away from "outside".

    A cue has a content, and inside a quotation it stands in the same paragraph: knowing that makes every piece likelier to be part of one. A slighter
    lean goes to where nothing was found, since examples of statements inside statements are few; what is found there has to be whole.
    """
    cue, content = (1 + 4 * head.kinds.index(kind) for kind in ("cue", "content"))

    def has(path: NDArray[np.int32], first: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = (path >= first) & (path < first + 4)
        return found

    firsts, ends = _paragraphs(starts)
    cues, contents, maybe = (
        np.logical_or.reduceat(has(path, first), firsts)
        for path, first in ((tags, cue), (tags, content), (_leaning(scores, LEAN_BARE).argmax(1).astype(np.int32), cue))
    )
    again = [(slice(firsts[n], ends[n]), LEAN if cues[n] else LEAN_BARE) for n in np.flatnonzero(~contents & (cues | maybe))]
    for (own, _), path in zip(again, best_paths([_leaning(scores[own], lean) for own, lean in again]), strict=True):
        if has(path, cue).any() and has(path, content).any():
            tags[own] = path


def arcs_from_vectors(found: Sequence[Found], windows: Sequence[Window], vectors: Sequence[Scores]) -> list[Arc]:
    """Let every chooser pick among the candidates of its window, or none.

    vectors  one float32 (places, ARC_COLUMNS) a window.

    An arc is kept when it is likelier than none. Its tail is the source, the content or the office: records say
    source → cue although the cue does the choosing, since a cue has one source and a source may have several cues.
    """
    arcs: list[Arc] = []
    lie = np.array([(*f.mark.span, f.mark.layer) for f in found], np.int64)
    firsts, lasts = np.array([(f.first, f.last) for f in found], np.int64).reshape(-1, 2).T
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, f in enumerate(found):
        places[f.mark.kind].append((f.first, i))
    for known in places.values():
        known.sort()

    def within(kind: MarkKind, start: int, end: int) -> list[int]:
        """Marks of a kind that begin in the pieces [start, end), in reading order."""
        known = places[kind]
        return sorted(i for _, i in known[bisect_left(known, (start, -1)) : bisect_left(known, (end, -1))])

    for window, vector in zip(windows, vectors, strict=True):
        if vector.shape != (len(window.pieces), ARC_COLUMNS):
            raise ShapeMismatch(f"arc vectors are {vector.shape}; the window needs {(len(window.pieces), ARC_COLUMNS)}")
        real = np.flatnonzero(window.pieces >= 0)
        seen = (int(window.pieces[real[0]]), int(window.pieces[real[-1]]) + 1) if len(real) else (0, 0)
        place = np.full(seen[1] - seen[0], -1)  # in the window, of each piece from the first to the last that stands in it
        place[window.pieces[real] - seen[0]] = real
        for at, kind in enumerate(ARCS):
            choosers = within(kind.chooser, window.start, window.end)
            candidates = within(kind.candidate, *seen)
            if not choosers or not candidates:
                continue
            first, last, other = (vector[:, (3 * at + n) * ARC_WIDTH : (3 * at + n + 1) * ARC_WIDTH] for n in range(3))
            rows, columns = place[firsts[choosers] - seen[0]], place[firsts[candidates] - seen[0]]
            ends = np.where(lasts[choosers] < seen[1], place[np.minimum(lasts[choosers], seen[1] - 1) - seen[0]], rows)
            scores = (first[rows] + last[ends]) @ other[np.concatenate([[0], columns])].T / np.sqrt(np.float32(ARC_WIDTH))
            odds = _odds(scores)
            odds[:, 1:] *= _may_join(lie[choosers], lie[candidates])
            picked = _several(odds) if kind.many else np.arange(1, 1 + len(columns)) == odds.argmax(1)[:, None]
            for (i, j), score in zip(np.argwhere(picked).tolist(), odds[:, 1:][picked].tolist(), strict=True):
                ends_of = choosers[i], candidates[j]
                tail, head = ends_of if kind.role in {"content", "office"} else ends_of[::-1]
                arcs.append(Arc(tail=tail, head=head, score=round(score, 4), role=kind.role))
    return sorted(arcs, key=lambda a: (a.tail, a.head))


def _several(odds: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Of each row, those who together are likelier than nobody (column 0), the clear ones among them: bool (rows, columns - 1)."""
    some = odds[:, 1:]
    clear = np.maximum(ENOUGH, BESIDE * some.max(1).astype(float)).astype(np.float32)
    clearly: NDArray[np.bool_] = (some >= clear[:, None]) & (some.sum(1) > odds[:, 0])[:, None]
    return clearly


def _may_join(ones: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Ends of an arc stand on one layer and share no piece of text. int64 (marks, 3): start, end, layer -> bool (ones, others)."""
    (start, end, layer), (first, last, level) = ones.T[:, :, None], others.T[:, None]
    apart: NDArray[np.bool_] = (layer == level) & (np.minimum(end, last) <= np.maximum(start, first))
    return apart


def with_events(found: Sequence[Found], kinds: Scores, columns: EventColumns) -> list[Found]:
    """Say of every trigger what kind of event it is.

    kinds  float32 (pieces, columns.size), not normalised; read at a trigger's first piece.
    """
    if kinds.shape[1:] != (columns.size,):
        raise ShapeMismatch(f"kinds of events are {kinds.shape}; the model's card names {columns.size} columns")
    triggers = [n for n, f in enumerate(found) if f.mark.kind == "trigger"]
    told = list(found)
    rows = kinds[[found[n].first for n in triggers]]
    for n, trigger in zip(triggers, _triggers(rows, columns) if triggers else (), strict=True):
        told[n] = replace(found[n], mark=replace(found[n].mark, trigger=trigger))
    return told


def _triggers(rows: Scores, columns: EventColumns) -> Iterator[Trigger]:
    """What each row says: float32 (triggers, columns.size)."""
    types = _ranked(columns.types, rows[:, columns.type])
    standings = _ranked(STANDINGS, rows[:, columns.standing])
    past = 1 / (1 + np.exp(-rows[:, columns.past]))
    likeliest = [ranked[0].value for ranked in types]
    modes = [Scored("", 1.0)] * len(rows)
    for kind in set(likeliest):
        if own := columns.modes_of(kind):
            same = [n for n, other in enumerate(likeliest) if other == kind]
            names = [columns.modes[c - columns.mode.start].split(".", 1)[1] for c in own]
            odds = _odds(rows[np.ix_(same, own)])
            for n, best, chance in zip(same, odds.argmax(1).tolist(), odds.max(1).tolist(), strict=True):
                modes[n] = Scored(names[best], round(chance, 4))
    for ranked, mode, standing, odds in zip(types, modes, standings, past.tolist(), strict=True):
        yield Trigger(types=ranked, mode=mode, standings=standing, past=round(odds, 4))


def _ranked(names: Sequence[str], scores: NDArray[np.float32]) -> list[tuple[Scored, ...]]:
    """Of each row the names with a hundredth of the probability and more, likeliest first."""
    odds = _odds(scores)
    order = np.argsort(-odds, 1, kind="stable")
    enough = (odds >= 0.01).sum(1).tolist()
    sorted_odds = np.take_along_axis(odds, order, 1).tolist()
    return [
        tuple(Scored(names[i], round(p, 4)) for i, p in zip(which[:most], row[:most], strict=True))
        for which, row, most in zip(order.tolist(), sorted_odds, enough, strict=True)
    ]


def marked(given: Given, columns: EventColumns, windows: Sequence[Window], pieces: Pieces) -> Marked:
    """All marks and arcs of one text."""
    found = with_events(found_from_scores(given.tags, pieces), given.kinds, columns)
    return Marked(marks=tuple(f.mark for f in found), arcs=tuple(arcs_from_vectors(found, windows, given.vectors)))

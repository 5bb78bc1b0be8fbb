"""What a batch asks of the network, as tensors, and how far the network is from it.

Takes   windows of documents; what the network returned for them.
Gives   `Batch`, made once by any worker and moved to any device, and one loss for each part of the task.
Needs   torch.
Limits  losses are kept in float32; a label that a corpus leaves open costs nothing whatever the network says.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import data
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from sayso.mark.tags import ARC_WIDTH, ARCS, COLUMNS, HEADS, STANDINGS, TAGS, EventColumns
from sayso.mark.windows import Window, inputs

FAR = -1e4
NONE = 1e-30


@dataclass
class Item:
    document: data.Document
    window: Window


class Choices(NamedTuple):
    """The choosers of one kind of arc: the window of each, the places of its first and last piece in it, and which places (rows of bool) are right."""

    row: Tensor
    first: Tensor
    last: Tensor
    right: Tensor


class Triggers(NamedTuple):
    """Where triggers begin, counted over all windows of the batch, and what each is, as numbers of columns; `of_type` bool (triggers, modes)."""

    seats: Tensor
    types: Tensor
    modes: Tensor
    of_type: Tensor
    standings: Tensor
    past: Tensor


class Pairs(NamedTuple):
    """Windows with a marked pair: where its two spans begin, and the types (bool, a row each) that its event may have."""

    row: Tensor
    source: Tensor
    target: Tensor
    allowed: Tensor


@dataclass
class Batch:
    """One step's windows.

    ids, case, mask  int64 (windows, places).
    where            int64 (runs, longest): places, counted over all windows, of every paragraph's owned pieces; `valid` is false in the padding.
    allowed          bool (runs, longest, TAGS); begin, finish: float32 (runs, TAGS), 1 for a tag that a run may begin or end with.
    """

    ids: Tensor
    case: Tensor
    mask: Tensor
    where: Tensor
    valid: Tensor
    allowed: Tensor
    begin: Tensor
    finish: Tensor
    arcs: list[Choices]
    triggers: Triggers
    pairs: Pairs

    def to(self, device: torch.device) -> Batch:
        def moved(value: Any) -> Any:
            if isinstance(value, Tensor):
                return value.to(device, non_blocking=True)
            return [moved(v) for v in value] if isinstance(value, list) else type(value)(*map(moved, value))

        return Batch(**{f.name: moved(getattr(self, f.name)) for f in fields(self)})


# Which tag may begin and end a run, and which may follow which, of each head.
STARTS, ENDS = torch.zeros(TAGS), torch.zeros(TAGS)
FOLLOWS: list[Tensor] = []
for head in HEADS:
    names, base = head.tags(), COLUMNS[head.name].start
    follows = torch.zeros(head.size, head.size)
    for i, before in enumerate(names):
        STARTS[base + i], ENDS[base + i] = before[0] in "OBS", before[0] in "OES"
        for j, after in enumerate(names):
            goes_on = after[0] in "IE" and before[2:] == after[2:]
            follows[i, j] = goes_on if before[0] in "BI" else after[0] in "OBS"
    FOLLOWS.append(follows)


def packed(items: list[Item], columns: EventColumns) -> Batch:
    """The batch of these windows."""
    longest = max(len(i.window.pieces) for i in items)
    ids, case, mask = (torch.zeros(len(items), longest, dtype=torch.int64) for _ in range(3))
    for row, item in enumerate(items):
        one, two = inputs(item.document.pieces, item.window)
        ids[row, : len(one)] = torch.from_numpy(one)
        case[row, : len(two)] = torch.from_numpy(two)
        mask[row, : len(one)] = 1
    places = [{int(p): at for at, p in enumerate(item.window.pieces) if p >= 0} for item in items]
    return Batch(
        ids, case, mask, *_runs(items, longest),
        [_choices(kind, items, places, longest) for kind in range(len(ARCS))],
        _triggers(items, places, longest, columns), _pairs(items, places, columns),
    )  # fmt: skip


def _runs(items: list[Item], longest: int) -> tuple[Tensor, ...]:
    runs: list[tuple[int, np.ndarray, np.ndarray, bool, bool]] = []
    for row, item in enumerate(items):
        window, pieces = item.window, item.document.pieces
        owned = np.flatnonzero((window.pieces >= window.start) & (window.pieces < window.end))
        numbers = window.pieces[owned]
        cuts = np.flatnonzero(np.isin(numbers, pieces.paragraphs)[1:]) + 1
        for seats, own in zip(np.split(owned, cuts), np.split(numbers, cuts), strict=True):
            if len(own):
                runs.append((row, seats, own, own[0] in pieces.paragraphs, own[-1] + 1 in pieces.paragraphs))
    size = max(len(r[1]) for r in runs)
    where = torch.zeros(len(runs), size, dtype=torch.int64)
    valid = torch.zeros(len(runs), size, dtype=torch.bool)
    allowed = torch.ones(len(runs), size, TAGS, dtype=torch.bool)
    begin, finish = torch.ones(len(runs), TAGS), torch.ones(len(runs), TAGS)
    for at, (row, seats, own, is_start, is_end) in enumerate(runs):
        where[at, : len(seats)] = torch.from_numpy(row * longest + seats)
        valid[at, : len(seats)] = True
        allowed[at, : len(seats)] = torch.from_numpy(items[row].document.allowed[own])
        if is_start:
            begin[at] = STARTS
        if is_end:
            finish[at] = ENDS
    return where, valid, allowed, begin, finish


def _choices(kind: int, items: list[Item], places: list[dict[int, int]], longest: int) -> Choices:
    rows: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    targets: list[list[int]] = []
    for row, (item, place) in enumerate(zip(items, places, strict=True)):
        for begin, end, candidates in item.document.arcs[kind]:
            if not item.window.start <= begin < item.window.end:
                continue
            seen = [place[c] for c in candidates if c in place]
            if candidates and not seen:
                continue
            rows.append(row)
            firsts.append(place[begin])
            lasts.append(place.get(end, place[begin]))
            targets.append(seen or [0])
    right = torch.zeros(len(rows), longest, dtype=torch.bool)
    for at, seats in enumerate(targets):
        right[at, seats] = True
    return Choices(torch.tensor(rows, dtype=torch.int64), torch.tensor(firsts, dtype=torch.int64), torch.tensor(lasts, dtype=torch.int64), right)


def _triggers(items: list[Item], places: list[dict[int, int]], longest: int, columns: EventColumns) -> Triggers:
    found: list[tuple[int, int, int, int, float]] = []
    for row, (item, place) in enumerate(zip(items, places, strict=True)):
        for first, (kind, mode, standing, is_past) in item.document.events:
            if item.window.start <= first < item.window.end and kind in columns.types:
                name = f"{kind}.{mode}" if f"{kind}.{mode}" in columns.modes else f"{kind}."
                where = row * longest + place[first]
                found.append((where, columns.types.index(kind), columns.modes.index(name), STANDINGS.index(standing), float(is_past)))
    seats, types, modes, standings, past = zip(*found, strict=True) if found else ((),) * 5
    of_type = torch.zeros(len(found), len(columns.modes), dtype=torch.bool)
    for at, kind in enumerate(types):
        of_type[at, [c - columns.mode.start for c in columns.modes_of(columns.types[kind])]] = True
    whole = (torch.tensor(v, dtype=torch.int64) for v in (seats, types, modes))
    return Triggers(*whole, of_type, torch.tensor(standings, dtype=torch.int64), torch.tensor(past, dtype=torch.float32))


def _pairs(items: list[Item], places: list[dict[int, int]], columns: EventColumns) -> Pairs:
    found: list[tuple[int, int, int]] = []
    allowed: list[list[bool]] = []
    for row, (item, place) in enumerate(zip(items, places, strict=True)):
        if item.document.pair is not None:
            source, target, types = item.document.pair
            if source in place and target in place:
                found.append((row, place[source], place[target]))
                allowed.append([t in types for t in columns.types])
    seats = torch.tensor(found, dtype=torch.int64).reshape(-1, 3)
    return Pairs(seats[:, 0], seats[:, 1], seats[:, 2], torch.tensor(allowed, dtype=torch.bool).reshape(-1, len(columns.types)))


def chain_loss(tags: Tensor, batch: Batch, head_weights: tuple[float, ...]) -> Tensor:
    """Minus log probability that a path through the allowed tags is taken, a piece, over every owned paragraph.

    A conditional random field whose transitions are only allowed or not, with partial labels: the numerator sums
    over every path that the annotation leaves open (Tsuboi et al., 2008).
    """
    scores = tags.reshape(-1, TAGS)[batch.where]
    both = torch.cat([scores, scores.masked_fill(~batch.allowed, FAR)])
    valid, begin, finish = (torch.cat([v, v]) for v in (batch.valid, batch.begin, batch.finish))
    runs, loss = len(scores), tags.new_zeros(())
    for head, weight, follows in zip(HEADS, head_weights, FOLLOWS, strict=True):
        own = COLUMNS[head.name]
        total = _log_sum_of_paths(both[:, :, own], valid, begin[:, own], finish[:, own], follows.to(tags.device))
        loss = loss + weight * (total[:runs] - total[runs:]).sum()
    return loss / batch.valid.sum()


def _log_sum_of_paths(scores: Tensor, valid: Tensor, begin: Tensor, finish: Tensor, follows: Tensor) -> Tensor:
    """(runs, length, tags of one head) -> (runs,).

    The steps are matrices, multiplied two by two: nine rounds for the longest paragraph where one step after the other would take three hundred.
    """
    tops = scores.amax(2).detach()
    odds = torch.exp(scores - tops[:, :, None])
    log = tops[:, 0] + (tops[:, 1:] * valid[:, 1:]).sum(1)
    stay = torch.eye(len(follows), device=scores.device)
    steps = torch.where(valid[:, 1:, None, None], follows * odds[:, 1:, None, :], stay)
    while steps.shape[1] > 1:
        if steps.shape[1] % 2:
            steps = torch.cat([steps, stay.expand(len(steps), 1, -1, -1)], 1)
        steps = steps[:, 0::2] @ steps[:, 1::2]
        scale = steps.amax((2, 3)).detach() + NONE
        steps = steps / scale[:, :, None, None]
        log = log + scale.log().sum(1)
    ahead = begin * odds[:, 0]
    if steps.shape[1]:
        ahead = (ahead[:, None] @ steps[:, 0])[:, 0]
    return log + torch.log((ahead * finish).sum(1) + NONE)


def arc_loss(vectors: Tensor, batch: Batch) -> Tensor:
    """Minus log probability of the right candidate among all pieces of the window, piece 0 for none; mean over arcs, sum over kinds."""
    total = vectors.sum() * 0
    for kind, given in enumerate(batch.arcs):
        if not len(given.row):
            continue
        first, last, other = (vectors[..., (3 * kind + n) * ARC_WIDTH : (3 * kind + n + 1) * ARC_WIDTH] for n in range(3))
        chooser = first[given.row, given.first] + last[given.row, given.last]
        scores = torch.einsum("ad,apd->ap", chooser, other[given.row]) / ARC_WIDTH**0.5
        chances = scores.float().masked_fill(batch.mask[given.row] == 0, FAR).log_softmax(1)
        if ARCS[kind].many:
            # Every right candidate has to be likely: all who take part in the talks.
            total = total - ((chances * given.right).sum(1) / given.right.sum(1)).mean()
        else:
            total = total - chances.masked_fill(~given.right, FAR).logsumexp(1).mean()
    return total


def event_loss(kinds: Tensor, batch: Batch, columns: EventColumns) -> Tensor:
    """Minus log probability of type, mode among those of the type, standing and past at the first piece of every trigger; mean over triggers."""
    given = batch.triggers
    if not len(given.seats):
        return kinds.sum() * 0
    rows = kinds.reshape(-1, columns.size)[given.seats]
    loss = functional.cross_entropy(rows[:, columns.type], given.types, label_smoothing=0.05)
    loss = loss + 0.5 * functional.cross_entropy(rows[:, columns.mode].masked_fill(~given.of_type, FAR), given.modes)
    loss = loss + functional.cross_entropy(rows[:, columns.standing], given.standings, label_smoothing=0.05)
    return loss + 0.5 * functional.binary_cross_entropy_with_logits(rows[:, columns.past], given.past)


AGENT, RECIPIENT = (next(at for at, kind in enumerate(ARCS) if kind.role == role) for role in ("agent", "recipient"))
SINGLE, BEGIN, OUTSIDE = COLUMNS["triggers"].start + 4, COLUMNS["triggers"].start + 1, COLUMNS["triggers"].start


def pair_odds(given: tuple[Tensor, Tensor, Tensor], batch: Batch, columns: EventColumns) -> Tensor:
    """Log probability of each type for each of the batch's pairs: over all pieces that may begin a trigger, by how well both arcs fit there.

    given  tags, arc vectors and kinds of the batch, (windows, places, ...), float32.
    """
    row, *seats, _ = batch.pairs
    tags, vectors, kinds = (part[row] for part in given)
    trigger = torch.logaddexp(tags[..., SINGLE], tags[..., BEGIN]) - tags[..., OUTSIDE]
    fits = trigger.clamp(-12, 12)
    every = torch.arange(len(tags), device=tags.device)
    for arc, seat in zip((AGENT, RECIPIENT), seats, strict=True):
        first, last, other = (vectors[..., (3 * arc + n) * ARC_WIDTH : (3 * arc + n + 1) * ARC_WIDTH] for n in range(3))
        fits = fits + torch.einsum("npd,nd->np", first + last, other[every, seat]) / ARC_WIDTH**0.5
    chances = fits.masked_fill(batch.mask[row] == 0, FAR).log_softmax(1)
    return torch.logsumexp(chances[:, :, None] + kinds[..., columns.type].log_softmax(2), 1)


def pair_loss(given: tuple[Tensor, Tensor, Tensor], batch: Batch, columns: EventColumns) -> Tensor:
    """Minus log probability of the types that a marked pair's event may have; mean over pairs."""
    if not len(batch.pairs.row):
        return given[2].sum() * 0
    odds = pair_odds(given, batch, columns)
    return -odds.masked_fill(~batch.pairs.allowed, FAR).logsumexp(1).mean()

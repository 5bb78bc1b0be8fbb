"""Scores of torch weights on documents, while training: spans and whole attributions against what is pinned in them.

Takes   a `Tagger` and `Document`s whose outermost attributions are annotated.
Gives   exact F1 of source, cue and content, and of whole attributions as bench/attribution.py counts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import torch
from data import Document
from model import Tagger

from sayso.mark.spans import Given, marked
from sayso.mark.tags import COLUMNS, HEADS, TAGS, EventColumns
from sayso.mark.windows import inputs, windows_from_pieces
from sayso.records import Marked

PairOdds = Callable[[tuple[torch.Tensor, torch.Tensor, torch.Tensor], int, int, EventColumns], torch.Tensor]


@torch.no_grad()
def mark(model: Tagger, document: Document, columns: EventColumns) -> Marked:
    """What the product does with ONNX, with torch weights."""
    model.eval()
    windows = list(windows_from_pieces(document.pieces.paragraphs))
    scores = np.zeros((len(document.pieces.ids), TAGS), np.float32)
    vectors, kinds = [], np.zeros((len(document.pieces.ids), columns.size), np.float32)
    for window in windows:
        ids, case = (torch.from_numpy(a)[None] for a in inputs(document.pieces, window))
        with torch.autocast("cpu", torch.bfloat16):
            tags, arcs, given = model(ids, case, torch.ones_like(ids))
        own = (window.pieces >= window.start) & (window.pieces < window.end)
        scores[window.pieces[own]] = tags[0].float().numpy()[own]
        kinds[window.pieces[own]] = given[0].float().numpy()[own]
        vectors.append(arcs[0].float().numpy())
    return marked(Given(scores, vectors, kinds), columns, windows, document.pieces)


def gold(document: Document) -> dict[str, set[tuple[int, int]]]:
    """Exact spans of the first head, from the pinned tags."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    allowed = document.allowed[:, COLUMNS["attribution"]]
    tags = allowed.argmax(1)
    start = 0
    for at, tag in enumerate(tags.tolist()):
        if not tag:
            continue
        place, kind = (tag - 1) % 4, HEADS[0].kinds[(tag - 1) // 4]
        if place in (0, 3):
            start = at
        if place in (2, 3):
            spans[kind].add((int(document.pieces.offsets[start, 0]), int(document.pieces.offsets[at, 1])))
    return spans


def score_documents(model: Tagger, documents: list[Document], columns: EventColumns) -> dict[str, float]:
    hits: dict[str, list[int]] = {k: [0, 0, 0] for k in ("source", "cue", "content")}
    whole = [0, 0, 0]
    for document in documents:
        found = mark(model, document, columns)
        want = gold(document)
        for kind, count in hits.items():
            got = {tuple(m.span) for m in found.marks if m.kind == kind and m.layer == 0}
            count[0] += len(got & want[kind])
            count[1] += len(got)
            count[2] += len(want[kind])
        _add(whole, _whole(found, document))
    out = {}
    for kind, (both, got, want_n) in [*hits.items(), ("whole", tuple(whole))]:
        precision, recall = both / max(1, got), both / max(1, want_n)
        out[kind] = round(100 * 2 * precision * recall / max(1e-9, precision + recall), 2)
        out[kind + "_p"], out[kind + "_r"] = round(100 * precision, 1), round(100 * recall, 1)
    return out


def _add(total: list[int], more: list[int]) -> None:
    for at, number in enumerate(more):
        total[at] += number


def _whole(found: Marked, document: Document) -> list[int]:
    """Attributions by cue: contents overlap by half of the larger, sources overlap (or both have none)."""
    got: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    for arc in found.arcs:
        tail, head = found.marks[arc.tail], found.marks[arc.head]
        if head.kind == "cue" and head.layer == 0:
            got[arc.head][tail.kind == "content"].update(range(*tail.span))
    want: dict[int, tuple[set[int], set[int]]] = defaultdict(lambda: (set(), set()))
    ends = {s: e for spans in gold(document).values() for s, e in spans}
    offsets = document.pieces.offsets
    for first, _, sources in document.arcs[0]:
        for source in sources:
            start = int(offsets[source, 0])
            want[first][0].update(range(start, ends.get(start, start + 1)))
    for first, _, cues in document.arcs[1]:
        start = int(offsets[first, 0])
        for cue in cues:
            want[cue][1].update(range(start, ends.get(start, start + 1)))
    mine = [g for g in got.values() if g[1]]
    theirs = [w for w in want.values() if w[1]]
    used: set[int] = set()
    both = 0
    for sources, contents in mine:
        for at, (their_sources, their_contents) in enumerate(theirs):
            if at in used or 2 * len(contents & their_contents) < max(len(contents), len(their_contents)):
                continue
            if (sources & their_sources) or (not sources and not their_sources):
                used.add(at)
                both += 1
                break
    return [both, len(mine), len(theirs)]


QUAD = {"AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2}
QUAD |= dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3) | dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4)


@torch.no_grad()
def score_pairs(model: Tagger, documents: list[Document], columns: EventColumns, odds: PairOdds) -> dict[str, float]:
    """Macro-F1 of the type given the pair, as PLV counts types, and of quad class and of conflict against cooperation."""
    model.eval()
    got, want = [], []
    for document in documents:
        if document.pair is None:
            continue
        (window,) = list(windows_from_pieces(document.pieces.paragraphs))[:1]
        ids, case = (torch.from_numpy(a)[None] for a in inputs(document.pieces, window))
        with torch.autocast("cpu", torch.bfloat16):
            tags, vectors, given = (out[0].float() for out in model(ids, case, torch.ones_like(ids)))
        place = {int(p): at for at, p in enumerate(window.pieces) if p >= 0}
        row = odds((tags, vectors, given), place[document.pair[0]], place[document.pair[1]], columns).exp()
        merged: dict[str, float] = defaultdict(float)
        for kind, chance in zip(columns.types, row.tolist(), strict=True):
            merged["YIELD" if kind in {"CONCEDE", "RETREAT"} else kind] += chance
        got.append(max(merged, key=lambda kind: merged[kind]))
        want.append("YIELD" if len(document.pair[2]) > 1 else document.pair[2][0])
    return {
        "root_macro_f1": macro_f1(got, want),
        "quad_macro_f1": macro_f1([str(QUAD[g]) for g in got], [str(QUAD[w]) for w in want]),
        "binary_macro_f1": macro_f1([str(QUAD[g] > 2) for g in got], [str(QUAD[w] > 2) for w in want]),
    }


def macro_f1(got: list[str], want: list[str]) -> float:
    """Mean over the classes that occur among `want`, per cent."""
    scores = []
    for name in sorted(set(want)):
        both = sum(g == w == name for g, w in zip(got, want, strict=True))
        scores.append(2 * both / max(1, got.count(name) + want.count(name)))
    return round(100 * sum(scores) / max(1, len(scores)), 2)

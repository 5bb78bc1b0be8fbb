"""Scores of torch weights on documents, while training: spans and whole attributions against what is pinned in them.

Takes   a `Tagger` and `Document`s whose outermost attributions are annotated.
Gives   exact F1 of source, cue and content, and of whole attributions as bench/attribution.py counts them; of types given a pair; of events.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import torch
from data import Document
from kinds import macro_f1
from losses import Item, packed, pair_odds
from model import Tagger

from sayso.mark.spans import Given, marked
from sayso.mark.tags import ARCS, COLUMNS, HEADS, TAGS, EventColumns
from sayso.mark.windows import inputs, windows_from_pieces
from sayso.records import Marked


@torch.no_grad()
def mark(model: Tagger, document: Document, columns: EventColumns) -> Marked:
    """What the product does with ONNX, with torch weights."""
    model.eval()
    device = next(model.parameters()).device
    windows = list(windows_from_pieces(document.pieces.paragraphs))
    scores = np.zeros((len(document.pieces.ids), TAGS), np.float32)
    vectors, kinds = [], np.zeros((len(document.pieces.ids), columns.size), np.float32)
    for window in windows:
        ids, case = (torch.from_numpy(a)[None].to(device) for a in inputs(document.pieces, window))
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            tags, arcs, given = (out[0].float().cpu().numpy() for out in model(ids, case, torch.ones_like(ids)))
        own = (window.pieces >= window.start) & (window.pieces < window.end)
        scores[window.pieces[own]] = tags[own]
        kinds[window.pieces[own]] = given[own]
        vectors.append(arcs)
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
def score_pairs(model: Tagger, documents: list[Document], columns: EventColumns) -> dict[str, float]:
    """Macro-F1 of the type given the pair, as PLV counts types, and of quad class and of conflict against cooperation."""
    model.eval()
    device = next(model.parameters()).device
    got, want = [], []
    for document in documents:
        if document.pair is None:
            continue
        (window,) = list(windows_from_pieces(document.pieces.paragraphs))[:1]
        batch = packed([Item(document, window)], columns).to(device)
        with torch.autocast(device.type, torch.bfloat16, enabled=device.type == "cuda"):
            tags, vectors, given = (out.float() for out in model(batch.ids, batch.case, batch.mask))
        (row,) = pair_odds((tags, vectors, given), batch, columns).exp()
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


def score_events(model: Tagger, documents: list[Document], columns: EventColumns) -> dict[str, float]:
    """F1, per cent, of where triggers begin, with their type, and with type, agents and recipients; the share of typed ones with the right standing."""
    counts = {name: [0, 0, 0] for name in ("trigger", "typed", "event")}
    standing = [0, 0]
    for document in documents:
        found = mark(model, document, columns)
        sides: dict[tuple[int, str], set[int]] = defaultdict(set)
        for arc in found.arcs:
            sides[found.marks[arc.head].span.start, arc.role].add(found.marks[arc.tail].span.start)
        offsets = document.pieces.offsets[:, 0].tolist()
        gold_sides = {
            (offsets[first], kind.role): {offsets[c] for c in candidates}
            for at, kind in enumerate(ARCS) if kind.chooser == "trigger" for first, _, candidates in document.arcs[at]
        }  # fmt: skip
        want = {offsets[first]: event for first, event in document.events}
        got = {m.span.start: m.trigger for m in found.marks if m.trigger}
        typed = [at for at in got if at in want and got[at].types[0].value == want[at][0]]
        whole = [at for at in typed if all(sides[at, role] == gold_sides.get((at, role), set()) for role in ("agent", "recipient"))]
        for name, hits in (("trigger", [at for at in got if at in want]), ("typed", typed), ("event", whole)):
            _add(counts[name], [len(hits), len(got), len(want)])
        _add(standing, [sum(got[at].standings[0].value == want[at][2] for at in typed), len(typed)])
    out = {name: round(200 * both / max(1, got_n + want_n), 2) for name, (both, got_n, want_n) in counts.items()}
    return out | {"standing": round(100 * standing[0] / max(1, standing[1]), 2)}

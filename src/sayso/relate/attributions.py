"""Marks and arcs -> attributions: each cue with its source and its contents.

Takes   `Marked`.
Gives   `Attribution`s in reading order: one a cue, and one for each content that no cue claims.
Needs   nothing.
Limits  a source without a cue is no attribution.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sayso.records import Mark, Marked


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with what belongs to it, before anything is concluded from it.

    score  probability 0..1 that the parts are marked and joined rightly.
    """

    cue: Mark | None
    sources: tuple[Mark, ...]
    contents: tuple[Mark, ...]
    layer: int
    score: float

    @property
    def start(self) -> int:
        parts = [*self.sources, *self.contents, *([self.cue] if self.cue else [])]
        return min(part.span.start for part in parts)


def attributions(marked: Marked) -> list[Attribution]:
    """Gather the marks that arcs join."""
    parts: dict[int, dict[str, list[tuple[int, float]]]] = defaultdict(lambda: {"source": [], "content": []})
    joined: set[int] = set()
    for arc in marked.arcs:
        if marked.marks[arc.head].kind == "cue":
            parts[arc.head][marked.marks[arc.tail].kind].append((arc.tail, arc.score))
            joined.add(arc.tail)
    made: list[Attribution] = []
    for at, mark in enumerate(marked.marks):
        if mark.kind == "cue":
            own = parts[at]
            scores = [mark.score] + [score * marked.marks[i].score for side in own.values() for i, score in side]
            sources = tuple(marked.marks[i] for i, _ in own["source"])
            contents = tuple(marked.marks[i] for i, _ in own["content"])
            made.append(Attribution(mark, sources, contents, mark.layer, min(scores)))
        elif mark.kind == "content" and at not in joined:
            made.append(Attribution(None, (), (mark,), mark.layer, mark.score))
    return sorted(made, key=lambda a: (a.start, a.layer))

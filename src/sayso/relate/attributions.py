"""Marks and arcs -> attributions: each cue with its source and its contents.

Takes   `Marked`.
Gives   `Attribution`s in reading order: one a cue, and one for each content that no cue claims.
Needs   score.toml beside this file, which train/calibrate.py writes.
Limits  a source without a cue is no attribution.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.records import Mark, Marked

FEATURES = ("always", "cue", "source", "content_arc", "source_arc", "no_source")  # log-odds but for the first and the last, which are 0 or 1
_Joined = tuple[Mark, float]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One cue with what belongs to it, before anything is concluded from it.

    features  what the model is sure of, in the order of `FEATURES`.
    score     probability 0..1 that the parts are marked and joined rightly, as far as held-out news tells.
    """

    cue: Mark | None
    sources: tuple[Mark, ...]
    contents: tuple[Mark, ...]
    layer: int
    features: tuple[float, ...]

    @property
    def start(self) -> int:
        parts = [*self.sources, *self.contents, *([self.cue] if self.cue else [])]
        return min(part.span.start for part in parts)

    @property
    def score(self) -> float:
        return 1 / (1 + math.exp(-sum(weight * value for weight, value in zip(_weights(), self.features, strict=True))))


def attributions(marked: Marked) -> list[Attribution]:
    """Gather the marks that arcs join."""
    parts: dict[int, dict[str, list[_Joined]]] = defaultdict(lambda: {"source": [], "content": []})
    joined: set[int] = set()
    for arc in marked.arcs:
        if marked.marks[arc.head].kind == "cue":
            tail = marked.marks[arc.tail]
            parts[arc.head][tail.kind].append((tail, arc.score))
            joined.add(arc.tail)
    made: list[Attribution] = []
    for at, mark in enumerate(marked.marks):
        if mark.kind == "cue":
            made.append(_attribution(mark, parts[at]["source"], parts[at]["content"]))
        elif mark.kind == "content" and at not in joined:
            made.append(_attribution(None, [], [(mark, 0.5)]))
    return sorted(made, key=lambda a: (a.start, a.layer))


def _attribution(cue: Mark | None, sources: Sequence[_Joined], contents: Sequence[_Joined]) -> Attribution:
    features = (
        1.0,
        _log_odds(cue.score if cue else 0.5),
        _log_odds(min((mark.score for mark, _ in sources), default=0.5)),
        _log_odds(min((score for _, score in contents), default=0.5)),
        _log_odds(min((score for _, score in sources), default=0.5)),
        float(not sources),
    )
    layer = cue.layer if cue else contents[0][0].layer
    return Attribution(cue, tuple(m for m, _ in sources), tuple(m for m, _ in contents), layer, features)


def _log_odds(share: float) -> float:
    share = min(max(share, 0.001), 0.999)
    return math.log(share / (1 - share))


@cache
def _weights() -> tuple[float, ...]:
    given = tomllib.loads(Path(__file__).with_name("score.toml").read_text(encoding="utf-8"))
    return tuple(given[name] for name in FEATURES)

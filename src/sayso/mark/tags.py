"""What the model's columns mean: heads, their tags, and which tag may follow which.

Takes   nothing: this is the agreement between training, weights and decoding, pinned by name in models.toml.
Gives   `HEADS` in column order, `ARCS`, and the transitions that a sequence of tags may make.
Limits  within one head marks never overlap; nesting has a head of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

ARC_WIDTH = 64  # numbers in the vector of either end of an arc
ARCS = ("source", "content", "office")  # kind of the tail: source → cue, content → cue, office → person


@dataclass(frozen=True)
class Head:
    """One set of tags over the pieces: outside, and begin, inside, end, single of each kind."""

    name: str
    kinds: tuple[str, ...]
    layer: int

    @cached_property
    def tags(self) -> tuple[str, ...]:
        return ("O", *(f"{place}-{kind}" for kind in self.kinds for place in "BIES"))

    def tag(self, place: str, kind: str) -> int:
        """Column of one tag within this head."""
        return 1 + 4 * self.kinds.index(kind) + "BIES".index(place)

    @cached_property
    def follows(self) -> NDArray[np.bool_]:
        """(tags, tags): may the column follow the row?"""
        allowed = np.zeros((len(self.tags), len(self.tags)), dtype=np.bool_)
        for row, before in enumerate(self.tags):
            for column, after in enumerate(self.tags):
                inside = before[0] in "BI"
                goes_on = after[0] in "IE" and before[2:] == after[2:]
                starts = after[0] in "OBS"
                allowed[row, column] = goes_on if inside else starts
        return allowed

    @cached_property
    def starts(self) -> NDArray[np.bool_]:
        """May a window begin with this tag?"""
        return np.array([t[0] in "OBS" for t in self.tags])

    @cached_property
    def ends(self) -> NDArray[np.bool_]:
        """May a window end with this tag?"""
        return np.array([t[0] in "OES" for t in self.tags])


HEADS = (
    Head("attribution", ("source", "cue", "content"), 0),
    Head("nested", ("source", "cue", "content"), 1),
    Head("names", ("person", "organisation", "place", "office"), 0),
)
COLUMNS = {
    head.name: slice(sum(len(h.tags) for h in HEADS[:at]), sum(len(h.tags) for h in HEADS[: at + 1]))
    for at, head in enumerate(HEADS)
}

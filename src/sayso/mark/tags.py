"""What the model's columns mean: heads, their tags, and the agreement on arcs.

Takes   nothing: this is the agreement between training, weights and decoding, pinned by name in models.toml.
Gives   `HEADS` in column order, `COLUMNS` of each, `ARCS`.
Limits  within one head marks never overlap; attributions inside a content have a head of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

from sayso.records import MarkKind


@dataclass(frozen=True)
class Head:
    """One set of tags over the pieces: outside, then begin, inside, end and single of each kind in turn.

    Any path through them is bound to: O, B, S follow O, E, S; I, E follow B, I of their kind.
    """

    name: str
    kinds: tuple[MarkKind, ...]
    layer: int

    @property
    def size(self) -> int:
        """How many tags, which is how many columns."""
        return 1 + 4 * len(self.kinds)

    def tags(self) -> list[str]:
        """Names of the columns, for models.toml."""
        return ["O", *(f"{place}-{kind}" for kind in self.kinds for place in "BIES")]


HEADS = (
    Head("attribution", ("source", "cue", "content"), 0),
    Head("nested", ("source", "cue", "content"), 1),
    Head("names", ("person", "organisation", "place", "office"), 0),
)
COLUMNS = {h.name: slice(start := sum(g.size for g in HEADS[:at]), start + h.size) for at, h in enumerate(HEADS)}
TAGS = sum(head.size for head in HEADS)

# Each arc is chosen by its chooser among candidates, or goes to the window's first piece, which stands for none.
# The model gives three vectors a piece for each: chooser's first piece, chooser's last piece, candidate's first piece.
ARCS: tuple[tuple[MarkKind, MarkKind], ...] = (("cue", "source"), ("content", "cue"), ("office", "person"))
ARC_WIDTH = 64
ARC_COLUMNS = 3 * ARC_WIDTH * len(ARCS)

assert {k for head in HEADS for k in head.kinds} == set(get_args(MarkKind))

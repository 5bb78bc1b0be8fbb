"""What the model's columns mean: heads, their tags, the kinds of events, and the agreement on arcs.

Takes   nothing: this is the agreement between training, weights and decoding, pinned by name in models.toml.
Gives   `HEADS` in column order, `COLUMNS` of each, `ARCS`, `EventColumns`.
Limits  within one head marks never overlap; attributions inside a content have a head of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from sayso.records import ArcRole, MarkKind, Standing


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
    Head("triggers", ("trigger",), 0),
    Head("parties", ("party",), 0),
)
COLUMNS = {h.name: slice(start := sum(g.size for g in HEADS[:at]), start + h.size) for at, h in enumerate(HEADS)}
TAGS = sum(head.size for head in HEADS)

@dataclass(frozen=True)
class ArcKind:
    """The chooser picks among candidates of its window, or the window's first piece, which stands for none; with `many`, each that is likely enough."""

    chooser: MarkKind
    candidate: MarkKind
    role: ArcRole
    many: bool = False


# The model gives three vectors a piece for each: chooser's first piece, chooser's last piece, candidate's first piece.
ARCS = (
    ArcKind("cue", "source", "source"),
    ArcKind("content", "cue", "content"),
    ArcKind("office", "person", "office"),
    ArcKind("trigger", "party", "agent", many=True),
    ArcKind("trigger", "party", "recipient", many=True),
)
ARC_WIDTH = 64
ARC_COLUMNS = 3 * ARC_WIDTH * len(ARCS)
STANDINGS: tuple[Standing, ...] = get_args(Standing)


@dataclass(frozen=True)
class EventColumns:
    """Columns that say what kind of event a trigger's first piece begins: types, modes of each type, standings, past.

    modes  "TYPE." for none, then "TYPE.mode".
    """

    types: tuple[str, ...]
    modes: tuple[str, ...]

    @property
    def type(self) -> slice:
        return slice(0, len(self.types))

    @property
    def mode(self) -> slice:
        return slice(len(self.types), len(self.types) + len(self.modes))

    @property
    def standing(self) -> slice:
        return slice(self.mode.stop, self.mode.stop + len(STANDINGS))

    @property
    def past(self) -> int:
        return int(self.standing.stop)

    @property
    def size(self) -> int:
        return int(self.standing.stop) + 1

    def modes_of(self, kind: str) -> list[int]:
        """Columns of the modes of one type, none first."""
        return self._modes_by_type.get(kind, [])

    @cached_property
    def _modes_by_type(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at, mode in enumerate(self.modes):
            found.setdefault(mode.split(".")[0], []).append(self.mode.start + at)
        return found


assert {k for head in HEADS for k in head.kinds} == set(get_args(MarkKind))

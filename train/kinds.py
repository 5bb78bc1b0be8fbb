"""The kinds of events that a model learns: types and modes of the ontology, and of a user's own file beside it.

Takes   files in the format of src/sayso/relate/events/ontology.toml.
Gives   `EventColumns`, the order of the model's columns; `macro_f1`, how well kinds are told apart.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path

from sayso.mark.tags import EventColumns

SHIPPED = Path(__file__).parents[1] / "src" / "sayso" / "relate" / "events" / "ontology.toml"


def columns(more: Sequence[Path] = ()) -> EventColumns:
    """Types and modes in the order of the files; "TYPE." stands for no mode."""
    types: dict[str, list[str]] = {}
    for path in (SHIPPED, *more):
        for name, given in tomllib.loads(path.read_text(encoding="utf-8"))["type"].items():
            types[name] = ["", *given.get("modes", {})]
    return EventColumns(types=tuple(types), modes=tuple(f"{name}.{mode}" for name, modes in types.items() for mode in modes))


def macro_f1(got: list[str], want: list[str]) -> float:
    """Mean over the classes that occur among `want`, per cent."""
    scores = []
    for name in sorted(set(want)):
        both = sum(g == w == name for g, w in zip(got, want, strict=True))
        scores.append(2 * both / max(1, got.count(name) + want.count(name)))
    return round(100 * sum(scores) / max(1, len(scores)), 2)

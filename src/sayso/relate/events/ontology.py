"""The ontology as it is asked: what a type and mode of event are worth, and what a code of CAMEO means.

Takes   ontology.toml, and a user's own file in the same format on top of it.
Gives   `Ontology`: kinds by type and mode, and both ways between PLOVER and CAMEO.
Needs   the standard library.
Limits  CAMEO's roots 01 and 02 (statements, appeals) have no type in PLOVER and give None.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sayso.errors import RegistryError

SHIPPED = Path(__file__).with_name("ontology.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One type of event, or one mode of it.

    quad       1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    scale      PLOVER's score; goldstein: that of CAMEO's root, both -10 to 10.
    cameo      the code nearest to it.
    future     type that PLOVER's own format gives an event of this type which is only announced.
    """

    type: str
    mode: str | None
    quad: int
    scale: float
    goldstein: float
    cameo: str
    recipient: bool
    symmetric: bool
    future: str | None


class Ontology:
    """Kinds of events by type and mode."""

    def __init__(self, tables: Sequence[tuple[str, dict[str, Any]]]) -> None:
        self.kinds: dict[tuple[str, str | None], Kind] = {}
        self.by_cameo: dict[str, tuple[str, str | None]] = {}
        for file, given in tables:
            for name, entry in given.get("type", {}).items():
                self._add(file, name, entry)

    def _add(self, file: str, name: str, entry: dict[str, Any]) -> None:
        try:
            plain = Kind(
                type=name, mode=None, quad=int(entry["quad"]), scale=float(entry["scale"]), goldstein=float(entry["goldstein"]), cameo=str(entry["cameo"][0]),
                recipient=bool(entry["recipient"]), symmetric=bool(entry["symmetric"]), future=entry.get("future"),
            )  # fmt: skip
            modes = {mode: (float(m["scale"]), [str(c) for c in m["cameo"]]) for mode, m in entry.get("modes", {}).items()}
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise RegistryError(f"{file}: type {name} lacks or misspells {error}. Wanted: quad, scale, goldstein, recipient, symmetric and cameo.") from error
        if plain.quad not in {1, 2, 3, 4}:
            raise RegistryError(f"{file}: type {name} has quad {plain.quad}. Wanted: 1, 2, 3 or 4.")
        self.kinds[name, None] = plain
        # A code that the type and one of its modes both name is the mode's: it says more.
        for code in entry["cameo"]:
            self.by_cameo.setdefault(str(code), (name, None))
        for mode, (scale, codes) in modes.items():
            self.kinds[name, mode] = Kind(
                type=name, mode=mode, quad=plain.quad, scale=scale, goldstein=plain.goldstein, cameo=codes[0], recipient=plain.recipient,
                symmetric=plain.symmetric, future=plain.future,
            )  # fmt: skip
            for code in codes:
                if self.by_cameo.get(code, (name, None)) == (name, None):
                    self.by_cameo[code] = (name, mode)

    def kind(self, name: str, mode: str | None) -> Kind:
        """What a type and mode are worth; an unknown mode is worth its type."""
        return self.kinds.get((name, mode)) or self.kinds[name, None]

    def from_cameo(self, code: str) -> tuple[str, str | None] | None:
        """PLOVER's type and mode for a code of CAMEO: its own, else that of the code it refines, down to the root."""
        for length in range(len(code), 1, -1):
            if found := self.by_cameo.get(code[:length]):
                return found
        return None


@cache
def ontology_of(*more: Path) -> Ontology:
    """The shipped ontology with the user's files on top. Raises `RegistryError` for a file that cannot be used."""
    tables = []
    for path in (SHIPPED, *more):
        try:
            tables.append((path.name, tomllib.loads(path.read_text(encoding="utf-8"))))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise RegistryError(f"{path} is no ontology ({error}). Wanted: a TOML file with [type.NAME] tables.") from error
    return Ontology(tables)

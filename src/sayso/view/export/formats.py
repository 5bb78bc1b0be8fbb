"""The formats: their files, and whether they have a place for a claimant.

Gives   `format_named`, `BY_NAME`, in the order of `FORMATS`.
Limits  a format's module is imported when it is asked for: pyarrow is only waited for by those who want Parquet.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from sayso.errors import ExportError
from sayso.view.export import FORMATS
from sayso.view.export.part import Part

# Module and the name of its parts. PLOVER's readers may leave out Sayso's key, so it has no place for a claimant that every reader sees.
_PARTS = {
    "jsonl": ("jsonl", "PARTS", True),
    "csv": ("csv", "PARTS", True),
    "parquet": ("parquet", "PARTS", True),
    "plover": ("plover", "PARTS", False),
    "polecat": ("polecat", "PARTS", False),
    "icews": ("icews", "PARTS", False),
    "gdelt-events": ("gdelt", "EVENT_PARTS", False),
    "gdelt-mentions": ("gdelt", "MENTION_PARTS", False),
    "annotations": ("annotations", "PARTS", True),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """claimants: whether a claim shows as a claim in it, so that events of every standing can be written."""

    name: str
    about: str
    parts: tuple[Part, ...]
    claimants: bool


def format_named(name: str) -> Format:
    """Raises `ExportError` for a format that is none."""
    if name not in FORMATS:
        raise ExportError(f"{name!r} is no format of export. There are {', '.join(FORMATS)}.")
    module, parts, claimants = _PARTS[name]
    return Format(name=name, about=FORMATS[name], parts=getattr(import_module(f"sayso.view.export.{module}"), parts), claimants=claimants)


def every_format() -> list[Format]:
    return [format_named(name) for name in FORMATS]

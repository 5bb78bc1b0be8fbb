"""JSON lines: Sayso's own record, one reading a line, as `sayso read --json` writes it.

Takes   readings.
Gives   a line each; nothing at all for no readings.
Limits  a page that could not be read has its line too, without an article, where the readings came as JSON lines.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from sayso.records import Reading
from sayso.view.export.part import Part
from sayso.view.jsonl import json_line


class JsonLines:
    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def add(self, item: Any) -> int:
        self.out.write((json_line(item.to_dict()) + "\n").encode("utf-8"))
        return 1

    def close(self) -> None:
        """Every line has left already."""


PARTS = (Part(name="readings", takes=(Reading,), open=JsonLines),)

"""The names that news agencies sign with, as one expression.

Takes   `agencies.txt`.
Gives   `AGENCY`, without groups, to build others from; it keeps the letter case, since `TASS` and `Trend` are also words.
Needs   the standard library.
"""

from __future__ import annotations

import re
from importlib import resources

_LINES = (resources.files("sayso.clean") / "agencies.txt").read_text(encoding="utf-8").splitlines()
NAMES = tuple(line for line in _LINES if line and not line.startswith("#"))
AGENCY = "(?:" + "|".join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True)) + ")"

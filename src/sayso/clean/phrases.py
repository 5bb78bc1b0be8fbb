"""Which kind of furniture a block's words name.

Takes   one block's words, and the phrases of `furniture.toml`.
Gives   the kind that it is beyond doubt, or the kinds that it may be.
Needs   the standard library. Expressions are bounded and only the ends of a block are looked at, so time is linear in the page.
Limits  English. A phrase alone convicts a short block only; elsewhere it is one piece of evidence among those of `features.py`.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any

_PHRASES: dict[str, dict[str, Any]] = tomllib.loads((resources.files("sayso.clean") / "furniture.toml").read_text(encoding="utf-8"))
_RULES = r"[-–—*•|=_#\[\]()<>«»…:+ ]{0,80}"


def _compiled(of: str, before: str, behind: str) -> dict[str, re.Pattern[str]]:
    """One expression a kind, of all its phrases in one list."""
    return {
        kind: re.compile(f"{before}(?:{'|'.join(table[of])}){behind}", re.IGNORECASE) for kind, table in _PHRASES.items() if of in table
    }


REASONS: dict[str, str] = {kind: table["reason"] for kind, table in _PHRASES.items()}
IS = _compiled("is", _RULES, _RULES + r"(?:\.\.\.|[!?])?")
OPENS = _compiled("opens", r"[-–—*• ]{0,9}", "")
HOLDS = _compiled("holds", "", "")

BUTTONS = frozenset(_PHRASES["share"]["networks"] + _PHRASES["share"]["acts"])
BETWEEN_BUTTONS = frozenset(_PHRASES["share"]["between"])

LONGEST_SURE = 120
LOOK = 300
BUTTON = re.compile(r"[a-z+-]+")


def sure_furniture(words: str) -> str | None:
    """The kind of furniture that this short block is beyond doubt; None for everything else."""
    if len(words) > LONGEST_SURE:
        return None
    found = next((kind for kind, pattern in IS.items() if pattern.fullmatch(words)), None)
    return found or ("share" if _is_row_of_buttons(words.lower()) else None)


def _is_row_of_buttons(words: str) -> bool:
    found = BUTTON.findall(words)
    return any(word in BUTTONS for word in found) and all(word in BUTTONS or word in BETWEEN_BUTTONS for word in found)


def likely_furniture(words: str) -> list[str]:
    """Kinds of furniture that a block's beginning or end speaks for."""
    ends = words if len(words) <= 2 * LOOK else f"{words[:LOOK]} {words[-LOOK:]}"
    return [kind for kind in REASONS if _speaks(kind, OPENS, ends, whole=True) or _speaks(kind, HOLDS, ends, whole=False)]


def _speaks(kind: str, patterns: dict[str, re.Pattern[str]], words: str, *, whole: bool) -> bool:
    pattern = patterns.get(kind)
    return pattern is not None and bool(pattern.match(words) if whole else pattern.search(words))

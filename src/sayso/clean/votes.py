"""Other judges of the same page: trafilatura's extraction and the body that JSON-LD gives.

Takes   the tree and its blocks.
Gives   for each block the share of its words that each judge keeps, as features.
Needs   trafilatura, imported when the first HTML page comes: plain text never loads it.
Limits  a judge that fails or keeps nothing has no vote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from sayso.clean.blocks import Block
from sayso.clean.features import Features

TOKEN = re.compile(r"\w+")
SHINGLE = 3


def votes(tree: Any, blocks: Sequence[Block], linked_body: str) -> list[Features]:
    """Ask each judge. `linked_body` is JSON-LD's `articleBody`, "" when it has none."""
    kept = _shingles(_extracted(tree))
    linked = _shingles(linked_body) if len(linked_body) > 200 else set()
    return [_vote(block, kept, "extracted") | _vote(block, linked, "in JSON-LD") for block in blocks]


def _extracted(tree: Any) -> str:
    from trafilatura import bare_extraction  # noqa: PLC0415  (0.3 s to import; text dumps do without)

    try:
        found = bare_extraction(deepcopy(tree), fast=True, include_comments=False, include_tables=True)
    except Exception:  # an extractor of pages as they come meets everything; its vote is then missing, not the page
        return ""
    return str(getattr(found, "text", None) or "")


def _shingles(text: str) -> set[tuple[str, ...]]:
    tokens = TOKEN.findall(text)
    return {tuple(tokens[n : n + size]) for size in (1, SHINGLE) for n in range(len(tokens) - size + 1)}


def _vote(block: Block, kept: set[tuple[str, ...]], name: str) -> Features:
    if not kept:
        return {}
    tokens = TOKEN.findall(block.words)
    size = SHINGLE if len(tokens) >= SHINGLE else 1
    mine = [tuple(tokens[n : n + size]) for n in range(len(tokens) - size + 1)]
    share = sum(s in kept for s in mine) / len(mine) if mine else 0.0
    if size == 1:
        return {f"{name}, short": share} if share == 1 else {f"not {name}, short": 1.0}
    return {name: share} if share > 0.5 else {f"not {name}": 1.0}

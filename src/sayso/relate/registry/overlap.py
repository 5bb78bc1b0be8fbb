"""Names found in a text -> those of them that stand, when several lie over each other.

Takes   matches that share words, with the text around them.
Gives   the matches that stand, in order: the longest first, of two as long the earlier, and never two over the same words.
Needs   the standard library.
Limits  "The" before a name counts for nothing, so that "The National Assembly" is an assembly. A newspaper called like something else ("The Australian")
        stands only where its name ends the phrase, which is told by the one word behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sayso.relate.registry.index import Sense

_NEXT = re.compile(r"[ \t\xa0\u202f]([^\W_]+-?)|[-‐‑]([^\W_])")
# Words that go on with the sentence and not with the name: what a newspaper does, what joins it to the rest, and what it is.
_AFTER = """
said says wrote writes told tells reports quoted quotes quoting cites citing found understands put ran broke led has had is was were will would can could
a an the and or but nor that which who whose when where while as at by for from in into of on onto off over under with without to than about after
against before behind between during since through until upon via if because though although so not also now again earlier later yesterday this last
newspaper daily weekly
"""
_GOES_ON = frozenset(_AFTER.split())
_DID = re.compile(r"[^\W\d_]{2,}[^\We]ed")  # "reported", but not "speed"


class Match(NamedTuple):
    """A name of the registry in a text: first word and the one behind the last, code points, what it can mean; `the`: begins with The."""

    first: int
    last: int
    start: int
    end: int
    the: bool
    senses: tuple[Sense, ...]


def standing(text: str, found: Sequence[Match]) -> list[Match]:
    """Which of these matches stand, in order of the text."""
    out: list[Match] = []
    for match in sorted(found, key=lambda m: (m.first + m.the - m.last, m.first)):
        if all(match.last <= other.first or other.last <= match.first for other in out) and not _is_begun(text, match, found):
            out.append(match)
    return sorted(out)


def _is_begun(text: str, match: Match, found: Sequence[Match]) -> bool:
    """Does "The Australian" begin a phrase that goes on, "The Australian government"?"""
    if not match.the or any(s.entity.kind != "medium" for s in match.senses):
        return False
    if not any(m.first == match.first + 1 and any(s.entity.kind != "medium" for s in m.senses) for m in found):
        return False
    follows = _NEXT.match(text, match.end)
    word = (follows[1] or "-") if follows else ""
    return bool(word) and word not in _GOES_ON and not _DID.fullmatch(word)

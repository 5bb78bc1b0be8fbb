"""Why a block is not the story, in words for the record; and who a copyright line names.

Takes   the blocks in order, each with the reason that is known so far.
Gives   a reason that says more: what the block is, under which heading it is listed, or at least where it stands.
Needs   the standard library.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.clean.blocks import Block
from sayso.clean.facts import is_date_line
from sayso.clean.features import look_at
from sayso.clean.phrases import REASONS

NOT_STORY = "not the story"
LISTS = ("popular", "related", "comments", "letter", "tags")  # what such a heading announces goes on to the next one
HOLDER = re.compile(
    r"(?:copyright\s{0,2}©?|©|\(c\))\s{0,2}(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:19|20)?\d\d)?,?\s{1,2})?(?:by\s)?(?P<name>[A-Z][\w'’&.-]{1,30}(?:\s[A-Z][\w'’&.-]{1,30}){0,4})"
    r"(?:\.|,?\s(?i:all rights)|\s?\||$)"
)


def copyright_holder(blocks: Sequence[Block]) -> str | None:
    """Who the page's last copyright line names."""
    for block in reversed(blocks[-60:]):
        match = HOLDER.search(block.words[:200])
        if match and not match.group("name").lower().startswith("all rights"):
            return match.group("name").rstrip(".")
    return None


@dataclass(slots=True)
class Reasons:
    """Where the story lies, and under which heading the blocks behind it stand."""

    title: int
    first: int
    last: int
    kind: str | None = None
    heading: str | None = None  # the words of the last heading of a list

    def reason(self, n: int, block: Block, given: str) -> str:
        """Sharpen NOT_STORY by what the block is, or else by where it stands."""
        if given != NOT_STORY:
            return given
        look = look_at(block)
        if look.sure in LISTS and n > self.first and look.sure != self.kind:
            self.heading, self.kind = block.words.strip("-–—:*• "), look.sure
        if look.sure:
            return REASONS[look.sure]
        if is_date_line(block.words):
            return "date of the page" if n < self.title else "date line"
        if look.likely and look.length < 60 and not (self.heading and n > self.last):
            return REASONS[look.likely[0]]
        if self.heading and n > self.last:
            return f"listed under “{self.heading}”"
        where = "before" if n < self.first else "behind" if n > self.last else "inside"
        return f"{where} the story: " + ("text of another kind" if look.prose else "a short line that is no part of it")

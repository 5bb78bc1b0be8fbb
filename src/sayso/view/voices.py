"""On whose say-so: the speakers of a page, and by which ways their words came to it.

Takes   the statements and actors of one `Reading`.
Gives   a `Voice` for each statement, and `Way`s: one for each chain, with the voices that came along it.
Needs   nothing else.
Limits  speakers that no actor joins are one voice when their words are the same, letter case aside.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sayso.records import Actor, Reading, Relay, Statement
from sayso.view.lines import one_line

NOBODY = "nobody named"
THIS_PAGE = "this page"

# Mid-tones with a contrast near 4:1 on black and on white alike; a terminal of 16 colours gets the nearest of those.
PALETTE = ("color(31)", "color(133)", "color(64)", "color(166)", "color(68)", "color(167)")

# A wire is licensed by "Yonhap news agency reported"; in a chain the arrow already says so.
_REPORTING = re.compile(r"(?<=\S)\s+(?:reported|reports|said|says|wrote|writes)$|^(?:reported|said|wrote)\s+(?:by\s+)?(?=\S)")


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker as the card shows it; `actor` is None when only the page's words are known."""

    name: str
    style: str
    actor: Actor | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """One chain, `hops` nearest to the speakers first and ending at the page, and how many statements each voice sent along it."""

    hops: tuple[str, ...]
    voices: tuple[tuple[Voice, int], ...]


class Voices:
    """The voices of one reading, coloured in the order in which they first speak."""

    def __init__(self, reading: Reading) -> None:
        self.actors = {a.id: a for a in reading.actors}
        self._voices: dict[str, Voice] = {}
        self._ways: dict[tuple[str, ...], Counter[str]] = {}
        for statement in reading.statements:
            key = self._key(statement)
            if key not in self._voices:
                self._voices[key] = self._new(statement)
            # What a statement within another inherits is shown by where it stands.
            if statement.within is None or statement.through:
                self._ways.setdefault(self.hops(statement.through), Counter())[key] += 1

    def of(self, statement: Statement) -> Voice:
        """The voice that `statement` is in."""
        return self._voices[self._key(statement)]

    def ways(self) -> list[Way]:
        """All ways, the most used first; those used alike stay in reading order."""
        ways = sorted(self._ways.items(), key=lambda w: -w[1].total())
        return [Way(hops, tuple((self._voices[key], n) for key, n in used.most_common())) for hops, used in ways]

    def usual_way(self, statement: Statement) -> tuple[str, ...]:
        """The way by which most statements of the same voice came."""
        key = self._key(statement)
        return max(self._ways.items(), key=lambda w: w[1][key])[0] if self._ways else self.hops(())

    def hops(self, through: Sequence[Relay]) -> tuple[str, ...]:
        """Give `through` by name: `("a press statement", "Yonhap", "this page")`."""
        names = [self._relay(r) for r in through]
        if through and through[-1].role == "publisher":
            return (*names[:-1], f"{names[-1]} ({THIS_PAGE})")
        return (*names, THIS_PAGE)

    def _relay(self, relay: Relay) -> str:
        actor = self.actors.get(relay.actor or "")
        return one_line(actor.name) if actor else _REPORTING.sub("", one_line(relay.words)) or relay.role

    def _key(self, statement: Statement) -> str:
        who = statement.who
        if who is None:
            return ""
        return who.actor if who.actor in self.actors else one_line(who.words).casefold()

    def _new(self, statement: Statement) -> Voice:
        who = statement.who
        actor = self.actors.get(who.actor or "") if who else None
        name = one_line(actor.name if actor else who.words) if who else ""
        coloured = sum(v.name != NOBODY for v in self._voices.values())
        return Voice(name, PALETTE[coloured % len(PALETTE)], actor) if name else Voice(NOBODY, "dim")

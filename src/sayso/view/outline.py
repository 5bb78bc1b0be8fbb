"""Statements -> the order and depth in which the card tells them.

Takes   the statements of one reading, in reading order, and their `Voices`.
Gives   every one of them once, as `Told`: those that stand within another follow it, one step deeper.
Needs   nothing else.
Limits  a `within` that leads nowhere, or round in a circle, is told as if it stood by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.records import Statement
from sayso.view.voices import Voice, Voices


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A statement in its place on the card.

    number      from 1, in the order of `Reading.statements`.
    depth       in how many statements this one stands.
    within      number of the one it stands in.
    continues   number of the one whose speaker goes on here without a cue.
    introduces  this is the first on the card in its voice.
    """

    statement: Statement
    number: int
    depth: int = 0
    within: int | None = None
    continues: int | None = None
    introduces: bool = False


def outline(statements: Sequence[Statement], voices: Voices) -> list[Told]:
    """Number the statements and put each beneath the one in whose words it stands."""
    told: list[Told] = []
    spoke_last: dict[Voice, int] = {}
    for at, depth, within in _in_order(statements):
        statement = statements[at]
        voice = voices.of(statement)
        goes_on = statement.cue is None and statement.who is not None and depth == 0
        told.append(
            Told(
                statement=statement,
                number=at + 1,
                depth=depth,
                within=None if within is None else within + 1,
                continues=spoke_last.get(voice) if goes_on else None,
                introduces=voice not in spoke_last,
            )
        )
        spoke_last[voice] = at + 1
    return told


def _in_order(statements: Sequence[Statement]) -> Iterator[tuple[int, int, int | None]]:
    """Give place, depth and parent's place of each statement, parents before children."""
    places = {s.id: at for at, s in reversed(list(enumerate(statements)))}
    children: dict[int | None, list[int]] = {}
    for at, statement in enumerate(statements):
        children.setdefault(places.get(statement.within or ""), []).append(at)
    seen: set[int] = set()
    # What a circle keeps from the roots starts a tree of its own, at its first statement.
    for root in [*children.get(None, []), *range(len(statements))]:
        waiting: list[tuple[int, int, int | None]] = [(root, 0, None)]
        while waiting:
            at, depth, within = waiting.pop()
            if at not in seen:
                seen.add(at)
                yield at, depth, within
                waiting += [(child, depth + 1, at) for child in reversed(children.get(at, []))]

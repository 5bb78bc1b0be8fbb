"""What became of each statement and event when a page changed or was read again.

Takes   what was told before and what is told now.
Gives   pairs: the same, changed, reworded, added, removed.
Needs   the standard library.
Limits  a statement that was moved within the page is the same; one that was both reworded by more than half and given to somebody else is two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from sayso.records import Event, Reading, Statement
from sayso.store.rows import Change, Kind
from sayso.store.search import folded
from sayso.store.write import Context, passage_of

ALIKE = 0.6  # share of words in common from which a statement of the same speaker is the same one, reworded


@dataclass(frozen=True, slots=True)
class Told:
    """One statement or event, as far as it can be compared.

    words    what is said, or the trigger in its paragraph.
    by       who says it, or what type of event it is.
    beneath  all the characters that a correction rests on.
    """

    kind: Kind
    id: str
    words: str
    by: str
    beneath: str
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pair:
    before: Told | None
    after: Told | None

    @property
    def fields(self) -> tuple[str, ...]:
        if not self.before or not self.after:
            return ()
        return tuple(name for name, value in self.after.fields.items() if self.before.fields.get(name) != value)

    @property
    def change(self) -> str:
        if not self.before:
            return "added"
        if not self.after:
            return "removed"
        if self.before.words != self.after.words:
            return "reworded"
        return "changed" if self.fields else "same"

    def told(self) -> Change:
        one = self.after or self.before
        assert one is not None
        return Change(
            kind=one.kind, change=self.change, before=self.before.id if self.before else None, after=self.after.id if self.after else None,
            words_before=self.before.words if self.before else None, words_after=self.after.words if self.after else None, fields=self.fields,
        )  # fmt: skip


def told(reading: Reading, context: Context) -> list[Told]:
    """Everything that a reading says, statements first."""
    return [*(told_statement(s, context) for s in reading.statements), *(told_event(e, context) for e in reading.events)]


def told_statement(statement: Statement, context: Context) -> Told:
    who, cue = statement.who, statement.cue
    words = " … ".join(span.of(context.text) for span in statement.what)
    names = {
        "form": statement.form,
        "force": statement.force,
        "who": _name(who.actor, context) if who else None,
        "cue": cue.words if cue else None,
        "about": tuple(_name(actor, context) for actor in statement.about),
        "through": tuple((relay.role, relay.words) for relay in statement.through),
        "when": (statement.when.earliest, statement.when.latest),
    }
    beneath = f"{who.words if who else ''} | {cue.words if cue else ''} | {words}"
    return Told("statement", statement.id, words, folded(who.words) if who else "", beneath, names)


def told_event(event: Event, context: Context) -> Told:
    words = f"{event.trigger.of(context.text)} | {passage_of(event.trigger, context)}"
    names = {
        "type": event.type,
        "mode": event.mode,
        "standing": event.standing,
        "past": event.past,
        "source": tuple(_name(actor, context) for actor in event.source),
        "target": tuple(_name(actor, context) for actor in event.target),
        "when": (event.when.earliest, event.when.latest),
    }
    return Told("event", event.id, words, event.type, words, names)


def _name(actor: str | None, context: Context) -> str | None:
    known = context.actors.get(actor or "")
    return known.name if known else actor


def pairs(before: Sequence[Told], after: Sequence[Told]) -> list[Pair]:
    """Put what belongs together beside each other, the surest first; give it in the order of `after`, then what was removed."""
    matched: dict[int, int] = {}
    for key in (
        lambda t: (t.kind, t.id, t.words),
        lambda t: (t.kind, t.words, t.by),
        lambda t: (t.kind, t.words),
    ):
        _match(before, after, matched, key)
    _match_alike(before, after, matched)
    left = set(range(len(before))) - set(matched.values())
    return [*(Pair(before[matched[at]] if at in matched else None, one) for at, one in enumerate(after)), *(Pair(before[at], None) for at in sorted(left))]


def _match(before: Sequence[Told], after: Sequence[Told], matched: dict[int, int], key: Callable[[Told], tuple[str, ...]]) -> None:
    free: dict[tuple[str, ...], list[int]] = {}
    taken = set(matched.values())
    for at, one in enumerate(before):
        if at not in taken:
            free.setdefault(key(one), []).append(at)
    for at, one in enumerate(after):
        if at not in matched and (waiting := free.get(key(one))):
            matched[at] = waiting.pop(0)


def _match_alike(before: Sequence[Told], after: Sequence[Told], matched: dict[int, int]) -> None:
    taken = set(matched.values())
    old = [(at, one) for at, one in enumerate(before) if at not in taken]
    new = [(at, one) for at, one in enumerate(after) if at not in matched]
    scored = sorted(_likenesses(old, new), key=lambda s: (-s[0], s[1], s[2]))
    for _, there, here in scored:
        if here not in matched and there not in taken:
            matched[here] = there
            taken.add(there)


def _likenesses(old: Iterable[tuple[int, Told]], new: Sequence[tuple[int, Told]]) -> Iterable[tuple[float, int, int]]:
    for there, before in old:
        matcher = SequenceMatcher(None, autojunk=False)
        matcher.set_seq2(before.words.split())
        for here, after in new:
            floor = ALIKE if before.by == after.by else (1 + ALIKE) / 2
            matcher.set_seq1(after.words.split())
            if before.kind == after.kind and matcher.real_quick_ratio() >= floor and matcher.quick_ratio() >= floor and (likeness := matcher.ratio()) >= floor:
                yield likeness, there, here

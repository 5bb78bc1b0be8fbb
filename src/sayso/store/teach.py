"""Corrected statements and events as stories in the format of train/corpus/, so that they can teach the model.

Takes   articles with reviewed statements or events.
Gives   text that `train/corpus.py` reads: `=== id | about`, then paragraphs with their spans in the line.
Limits  only paragraphs in which a person looked at everything are given, since what nobody looked at may be wrong. Names come from the mentions
        that call an actor by name. Square brackets of a text become round ones. A span that would cross another is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.records import Actor, Event, Span, Statement

NAMES = {"person": "per", "organisation": "org", "group": "org", "state": "loc", "place": "loc"}
RELAYS = {"occasion", "carrier", "wire"}


@dataclass(frozen=True, slots=True)
class _Label:
    """One bracket: the more it weighs, the rather it is kept and the further out it stands."""

    tag: str
    span: Span
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """One article with what a person said of it.

    right     statements and events as they are after correction, without what was rejected.
    wrong     what was rejected: its paragraphs teach that nothing is there.
    unseen    what nobody looked at.
    """

    id: str
    title: str | None
    text: str
    paragraphs: Sequence[Span]
    actors: Sequence[Actor]
    right: Sequence[Statement | Event]
    wrong: Sequence[Statement | Event]
    unseen: Sequence[Statement | Event]


def story(taught: Taught) -> str | None:
    """One story; None when no paragraph was seen in full."""
    kept = _kept(taught)
    if not kept:
        return None
    right = [one for one in taught.right if all(any(taught.paragraphs[at].holds(s) for at in kept) for s in _spans(one))]
    labels = [*_attributions(right), *_events(right, taught, kept), *_names(taught.actors)]
    written = []
    for at in sorted(kept):
        paragraph = taught.paragraphs[at]
        drawn = _drawn(taught.text, paragraph, [cut for label in labels if (cut := _cut(label, paragraph, taught.text))])
        written.append(f"title: {drawn}" if at == 0 and taught.title else drawn)
    seen = len(taught.right) + len(taught.wrong)
    return f"=== {taught.id} | {seen} reviewed, {len(kept)} of {len(taught.paragraphs)} paragraphs\n" + "\n\n".join(written) + "\n"


def _spans(one: Statement | Event) -> list[Span]:
    if isinstance(one, Event):
        return [one.trigger]
    return [*one.what, *(w.span for w in (one.who, one.cue) if w and w.span)]


def _kept(taught: Taught) -> set[int]:
    """Paragraphs that a person touched and that hold nothing unseen; a statement that runs over two needs both."""

    def touched(some: Iterable[Statement | Event]) -> list[set[int]]:
        return [{at for at, p in enumerate(taught.paragraphs) if any(p.overlap(s) for s in _spans(one))} for one in some]

    seen = touched([*taught.right, *taught.wrong])
    unseen = set().union(*touched(taught.unseen))
    while True:
        spoilt = {at for own in seen if own & unseen for at in own}
        if spoilt <= unseen:
            break
        unseen |= spoilt
    plain = {at for at, p in enumerate(taught.paragraphs) if p.of(taught.text).startswith(("===", "expect:", "title: "))}
    return set().union(*seen) - unseen - plain


def _attributions(right: Iterable[Statement | Event]) -> Iterator[_Label]:
    handed: set[tuple[str, Span]] = set()
    for number, one in enumerate((s for s in right if isinstance(s, Statement)), 1):
        cue = one.cue.span if one.cue else None
        yield from (_Label(f"C{number}", span, 9) for span in one.what)
        if cue:
            force = "" if one.force == "neutral" else f"/{one.force}"
            yield _Label(f"Q{number}{force}", cue, 7)
            if one.who and one.who.span:
                yield _Label(f"S{number}", one.who.span, 8)
        for relay in one.through:
            if relay.span and relay.role in RELAYS and (relay.role, relay.span) not in handed:
                handed.add((relay.role, relay.span))  # the corpus writes a hand that serves many statements once, after the first of them
                yield _Label(f"{relay.role}{number}", relay.span, 6)


def _events(right: Iterable[Statement | Event], taught: Taught, kept: set[int]) -> Iterator[_Label]:
    mentions = {actor.id: [m.span for m in actor.mentions] for actor in taught.actors}
    for number, one in enumerate((e for e in right if isinstance(e, Event)), 1):
        mode = f".{one.mode}" if one.mode else ""
        standing = f"/{one.standing}" if one.standing != "reported" or one.past else ""
        yield _Label(f"E{number}/{one.type}{mode}{standing}{'/past' * one.past}", one.trigger, 5)
        paragraph = next(taught.paragraphs[at] for at in kept if taught.paragraphs[at].holds(one.trigger))
        for tag, side in (("A", one.source), ("R", one.target)):
            for actor in side:
                near = [s for s in mentions.get(actor, []) if paragraph.holds(s) and not s.overlap(one.trigger)]
                if near:
                    yield _Label(f"{tag}{number}", min(near, key=lambda s: (abs(s.start - one.trigger.start), -s.end)), 4)


def _names(actors: Iterable[Actor]) -> Iterator[_Label]:
    for actor in actors:
        named = [m.span for m in actor.mentions if m.basis in {"name", "surname"}]
        for span in named:
            if actor.kind in NAMES and not any(other != span and span.holds(other) for other in named):
                yield _Label(NAMES[actor.kind], span, 1)


def _cut(label: _Label, paragraph: Span, text: str) -> _Label | None:
    """The part of a label that lies in a paragraph, without white space at its ends."""
    start, end = max(label.span.start, paragraph.start), min(label.span.end, paragraph.end)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return _Label(label.tag, Span(start, end), label.weight) if start < end else None


def _drawn(text: str, paragraph: Span, labels: Iterable[_Label]) -> str:
    """The paragraph with its brackets; of two that cross the weightier stays."""
    placed: list[_Label] = []
    for label in sorted(labels, key=lambda one: (-one.weight, one.span.start, -one.span.end)):
        if label not in placed and not any(_cross(label.span, other.span) for other in placed):
            placed.append(label)
    opens: dict[int, list[_Label]] = {}
    closes: dict[int, int] = {}
    for label in sorted(placed, key=lambda one: (one.span.start, -one.span.end, -one.weight)):
        opens.setdefault(label.span.start, []).append(label)
        closes[label.span.end] = closes.get(label.span.end, 0) + 1
    out = []
    for at in range(paragraph.start, paragraph.end + 1):
        out.append("]" * closes.get(at, 0))
        out += [f"[{label.tag} " for label in opens.get(at, ())]
        if at < paragraph.end:
            out.append({"[": "(", "]": ")"}.get(text[at], text[at]))
    return " ".join("".join(out).split())


def _cross(one: Span, other: Span) -> bool:
    return one.overlap(other) > 0 and not one.holds(other) and not other.holds(one)

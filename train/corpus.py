"""Own examples: plain text with spans in the line -> text and marks.

Takes   `train/corpus/*.txt` (or any file in that format; `train/corpus/README.md` describes it).
Gives   `Example`s: the text as `Article.text` would be, and every span over it, measured in code points.
Needs   nothing but the standard library, so that a writer can check a file anywhere.
Limits  spans nest and never cross; square brackets cannot stand in the text itself.

    python train/corpus.py train/corpus/*.txt        checks the files and counts what they hold
"""

from __future__ import annotations

import collections
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ATTRIBUTION = {"S": "source", "Q": "cue", "C": "content"}
EVENTS = {"E": "trigger", "A": "agent", "R": "recipient"}
STANDINGS = {"reported", "claimed", "denied", "announced", "demanded", "possible"}
NAMES = {"per": "person", "org": "organisation", "loc": "place", "off": "office"}
RELAYS = {"occasion", "carrier", "wire"}
FORCES = {"assertive", "denial", "accusation", "question", "demand", "promise", "threat", "hearsay", "belief"}
_OPEN = re.compile(r"\[(S|Q|C|E|A|R|per|org|loc|off|occasion|carrier|wire)(\d+(?:,\d+)*)?(?:/([A-Za-z.-]+(?:/[a-z]+)*))?(?:=(\d+))?[ ]")
_EVENT = re.compile(r"(?P<type>[A-Z]+)(?:\.(?P<mode>[a-z-]+))?(?:/(?P<standing>[a-z]+))?(?P<past>/past)?")
_EXPECT = re.compile(r"(who|through|when) (\d+(?:,\d+)*) = (\S.*)")
_ACTOR = re.compile(r"actor (\S.*?) = (-|[A-Z]{3}) (-|[A-Z]{3})(?: (\S.*))?")
_EVENT_ACTORS = re.compile(r"event (\d+) = ([A-Z][\w-]*(?:,[A-Z][\w-]*)*)?>([A-Z][\w-]*(?:,[A-Z][\w-]*)*)?")
_DAYS = re.compile(r"\d{4}-\d\d-\d\d(?:\.\.\d{4}-\d\d-\d\d)?")


class CorpusError(ValueError):
    """An example breaks the format: says file, story, what was met and what was wanted."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One span of an example: `kind` is source, cue, content, trigger, agent, recipient, a kind of name, or the role of a relay.

    event  for a trigger: type, mode (or ""), standing, and whether it is told as past.
    """

    kind: str
    start: int
    end: int
    number: int | None = None
    force: str | None = None
    back: int | None = None
    event: tuple[str, str, str, bool] | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """One story: `text` is title, blank line, paragraphs with a blank line between, as `Article.text`."""

    id: str
    about: str
    text: str
    has_title: bool
    spans: tuple[Labelled, ...]
    expect: tuple[tuple[str, tuple[int, ...], str], ...] = ()

    def of(self, kind: str) -> list[Labelled]:
        return [s for s in self.spans if s.kind == kind]

    def numbers(self) -> list[int]:
        """Numbers of the attributions, in order of their first span."""
        found = dict.fromkeys(s.number for s in self.spans if s.kind in ATTRIBUTION.values())
        return [n for n in found if n is not None]

    def depth(self, number: int) -> int:
        """How many other attributions' contents this one's cue (or, without a cue, its content) stands in."""
        own = [s for s in self.spans if s.number == number and s.kind in ATTRIBUTION.values()]
        seat = next((s for s in own if s.kind == "cue"), None) or next(s for s in own)
        around = {
            c.number
            for c in self.of("content")
            if c.number != number and c.start <= seat.start and seat.end <= c.end
        }
        return len(around)


def parse(marked: str, where: str) -> tuple[str, list[Labelled]]:
    """Take the brackets out of `marked`; give the bare text and its spans, outer before inner."""
    out: list[str] = []
    length = 0
    open_: list[tuple[re.Match[str], int]] = []
    spans: list[Labelled] = []
    at = 0
    while at < len(marked):
        opened = _OPEN.match(marked, at)
        if opened:
            open_.append((opened, length))
            at = opened.end()
            continue
        char = marked[at]
        if char == "[":
            raise CorpusError(f"{where}: {marked[at:at + 30]!r} opens no span we know")
        if char == "]":
            if not open_:
                raise CorpusError(f"{where}: a ']' closes nothing, after {marked[max(0, at - 40):at]!r}")
            tag, start = open_.pop()
            letter, number, force, back = tag.groups()
            kind = ATTRIBUTION.get(letter) or EVENTS.get(letter) or NAMES.get(letter) or letter
            bare = "".join(out)[start:length]
            if not bare or bare != bare.strip() or "\n" in bare:
                raise CorpusError(f"{where}: the span {bare[:60]!r} is empty, ends in white space, or crosses a line")
            if letter in EVENTS:
                spans += _of_event(Labelled(kind, start, length), number, force, f"{where}: {bare[:60]!r}")
                at += 1
                continue
            if number and "," in number:
                raise CorpusError(f"{where}: only A and R serve several events: {bare[:60]!r}")
            if letter in ATTRIBUTION and number is None:
                raise CorpusError(f"{where}: {letter} needs a number: {bare[:60]!r}")
            if force and (letter != "Q" or force not in FORCES):
                raise CorpusError(f"{where}: force {force!r} of {bare[:60]!r}: only Q takes one of {sorted(FORCES)}")
            spans.append(Labelled(kind, start, length, int(number) if number else None, force, int(back) if back else None))
            at += 1
            continue
        out.append(char)
        length += 1
        at += 1
    if open_:
        raise CorpusError(f"{where}: {open_[-1][0].group()!r} is never closed")
    spans.sort(key=lambda s: (s.start, -s.end))
    return "".join(out), spans


def _of_event(bare: Labelled, number: str | None, given: str | None, where: str) -> Iterator[Labelled]:
    """A trigger with its type, mode and standing, or an agent or recipient of one or more events."""
    if number is None:
        raise CorpusError(f"{where}: E, A and R need a number")
    if bare.kind != "trigger":
        if given:
            raise CorpusError(f"{where}: {given!r} after an agent or recipient; type and standing stand at E")
        yield from (replace(bare, number=int(n)) for n in number.split(","))
        return
    match = _EVENT.fullmatch(given or "")
    if not match or "," in number or (match["standing"] or "reported") not in STANDINGS:
        raise CorpusError(f"{where}: E needs TYPE, TYPE.mode or TYPE.mode/standing (or /standing/past), one of {sorted(STANDINGS)}; got {given!r}")
    yield replace(bare, number=int(number), event=(match["type"], match["mode"] or "", match["standing"] or "reported", bool(match["past"])))


def _check_events(example: Example, where: str) -> None:
    triggers = [s.number for s in example.of("trigger")]
    if twice := {n for n in triggers if triggers.count(n) > 1}:
        raise CorpusError(f"{where}: events {sorted(map(str, twice))} have two triggers; an event has one")
    if loose := {s.number for s in example.spans if s.kind in {"agent", "recipient"}} - set(triggers):
        raise CorpusError(f"{where}: agents or recipients of {sorted(map(str, loose))} have no trigger")


def _check(example: Example, where: str) -> None:
    _check_events(example, where)
    for number in example.numbers():
        own = [s for s in example.spans if s.number == number and s.kind not in EVENTS.values()]
        kinds = {s.kind for s in own}
        cues = [s for s in own if s.kind == "cue"]
        back = any(s.back for s in cues)
        if len(cues) > 1:
            raise CorpusError(f"{where}: {number} has {len(cues)} cues; one act of saying has one")
        if "content" not in kinds and not back:
            raise CorpusError(f"{where}: {number} has no content; write Q{number}=K if it points back to K")
        if back and "content" in kinds:
            raise CorpusError(f"{where}: {number} points back and has content of its own")
        if "source" in kinds and not cues:
            raise CorpusError(f"{where}: {number} has a source and no cue")


def _expected(lines: list[str], example: Example, where: str) -> Iterator[tuple[str, tuple[int, ...], str]]:
    """Read the `expect:` lines of a case: who a source is, through whom a statement came, what an actor is, and which days were meant."""
    seen: set[tuple[str, int]] = set()
    for entry in (e.strip() for line in lines for e in line.removeprefix("expect:").split(";")):
        if actor := _ACTOR.fullmatch(entry):
            if actor[1] not in example.text:
                raise CorpusError(f"{where}: the name {actor[1]!r} of {entry!r} does not stand in the story")
            yield "actor", (), f"{actor[1]} = {actor[2]} {actor[3]} {actor[4] or ''}".rstrip()
            continue
        if entry.startswith("written = ") and _DAYS.fullmatch(entry.removeprefix("written = ")):
            yield "written", (), entry.removeprefix("written = ")
            continue
        if event := _EVENT_ACTORS.fullmatch(entry):
            if int(event[1]) not in {span.number for span in example.of("trigger")}:
                raise CorpusError(f"{where}: {entry!r} names an event that the story does not have")
            yield "event", (int(event[1]),), f"{event[2] or ''}>{event[3] or ''}"
            continue
        match = _EXPECT.fullmatch(entry)
        if not match or (match[1] == "when" and not _DAYS.fullmatch(match[3])):
            raise CorpusError(f"{where}: {entry!r} is none of the forms of an expectation (README.md beside the stories lists them)")
        what, listed, value = match.groups()
        numbers = tuple(int(n) for n in listed.split(","))
        if absent := set(numbers) - set(example.numbers()):
            raise CorpusError(f"{where}: {entry!r} names {sorted(absent)}, which the story does not have")
        if len(new := {(what, n) for n in numbers}) < len(numbers) or new & seen:
            raise CorpusError(f"{where}: {entry!r} gives a number that was given before")
        seen |= new
        for part in value.split(" | "):
            role, colon, words = part.partition(": ") if what == "through" else ("", ": ", part)
            if what == "through" and (not colon or role not in RELAYS):
                raise CorpusError(f"{where}: {part!r} in {entry!r} is not 'role: words' with a role of {sorted(RELAYS)}")
            if what != "when" and words not in example.text:
                raise CorpusError(f"{where}: the words {words!r} of {entry!r} do not stand in the story")
        yield what, numbers, value


def read(path: Path) -> Iterator[Example]:
    """Yield the examples of one file. Raises `CorpusError` at the first that breaks the format."""
    blocks = re.split(r"^===[ ]*", path.read_text(encoding="utf-8"), flags=re.M)
    seen: set[str] = set()
    for block in blocks[1:]:
        head, _, body = block.partition("\n")
        name, _, about = (part.strip() for part in head.partition("|"))
        where = f"{path.name}: {name}"
        if not name or name in seen:
            raise CorpusError(f"{path.name}: the name {name!r} is empty or used twice")
        seen.add(name)
        lines = body.rstrip().splitlines()
        while lines and (not lines[-1].strip() or lines[-1].startswith("expect:")):
            lines.pop()
        expected = [line for line in body.splitlines()[len(lines):] if line.strip()]
        body = "\n".join(lines)
        if re.search(r"^\s*expect:", body, flags=re.M):
            raise CorpusError(f"{where}: an 'expect:' line stands before the end of the story")
        paragraphs = [" ".join(p.split()) for p in re.split(r"\n\s*\n", body.strip()) if p.strip()]
        if not paragraphs:
            raise CorpusError(f"{where}: no text")
        has_title = paragraphs[0].startswith("title: ")
        if has_title:
            paragraphs[0] = paragraphs[0].removeprefix("title: ")
        text, spans = parse("\n\n".join(paragraphs), where)
        example = Example(name, about, text, has_title, tuple(spans))
        _check(example, where)
        yield replace(example, expect=tuple(_expected(expected, example, where)))


def main(paths: list[str]) -> int:
    kinds: collections.Counter[str] = collections.Counter()
    forces: collections.Counter[str] = collections.Counter()
    events: collections.Counter[str] = collections.Counter()
    standings: collections.Counter[str] = collections.Counter()
    stories = words = nested = continued = bad = 0
    for path in map(Path, paths):
        try:
            for example in read(path):
                stories += 1
                words += len(example.text.split())
                for span in example.spans:
                    kinds[span.kind] += 1
                    if span.event:
                        events[".".join(filter(None, span.event[:2]))] += 1
                        standings[span.event[2] + (" past" if span.event[3] else "")] += 1
                    if span.kind == "cue":
                        forces[span.force or "neutral"] += 1
                cued = {s.number for s in example.of("cue")}
                for number in example.numbers():
                    nested += example.depth(number) > 0
                    continued += number not in cued
        except CorpusError as error:
            bad += 1
            print(error, file=sys.stderr)
    print(f"{stories} stories, {words} words, {nested} nested attributions, {continued} without a cue")
    print(dict(kinds), dict(forces))
    if events:
        print(dict(sorted(events.items())), dict(standings))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

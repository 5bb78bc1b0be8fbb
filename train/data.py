"""Corpora and own examples -> documents that training can draw from.

Takes   the folder of gold corpora (`--corpora`) and train/corpus/*.txt.
Gives   `Document`s: word pieces, the tags that each head may give each piece, and the arcs.
Needs   the tokenizer that ships with Sayso.
Limits  what a corpus does not annotate stays open: any tag is allowed there, and the loss sums over all of them.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import dress
import numpy as np
from numpy.typing import NDArray

from sayso.mark.pieces import Pieces, pieces_from_text
from sayso.mark.tags import ARCS, COLUMNS, HEADS, TAGS

NAME_KINDS = {
    "PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place",
    "PER": "person", "ORG": "organisation", "LOC": "place",
    "person": "person", "politician": "person", "organisation": "organisation", "politicalparty": "organisation",
    "location": "place", "country": "place",
}  # fmt: skip
HEAD = {head.name: head for head in HEADS}
OPEN_WHERE_NO_OFFICE = ("O", "office")


@dataclass(slots=True)
class Document:
    """One text for training.

    allowed  bool (pieces, TAGS): the tags each head may give.
    arcs     for each kind of arc: (chooser's first piece, its last piece, candidates' first pieces or () for none).
    events   of each trigger: its first piece, and what it is: type, mode ("" for none), standing, past.
    pair     of a sentence with a marked pair and no trigger: first pieces of source and target, and the types that the event may have.
    """

    id: str
    source: str
    pieces: Pieces
    allowed: NDArray[np.bool_]
    arcs: list[list[tuple[int, int, tuple[int, ...]]]] = field(default_factory=lambda: [[] for _ in ARCS])
    events: list[tuple[int, tuple[str, str, str, bool]]] = field(default_factory=list)
    pair: tuple[int, int, tuple[str, ...]] | None = None


class Painter:
    """Turns spans of characters into allowed tags and pieces, for one text."""

    def __init__(self, name: str, source: str, text: str) -> None:
        pieces = pieces_from_text(text)
        self.document = Document(name, source, pieces, np.ones((len(pieces.ids), TAGS), np.bool_))
        self.text = text
        self.offsets = pieces.offsets
        self.breaks = set(pieces.paragraphs.tolist())

    def pieces_of(self, start: int, end: int) -> list[tuple[int, int]]:
        """Pieces [first, last] that a span covers, once a paragraph."""
        first = int(np.searchsorted(self.offsets[:, 1], start, side="right"))
        last = int(np.searchsorted(self.offsets[:, 0], end, side="left")) - 1
        runs: list[tuple[int, int]] = []
        for at in range(first, last + 1):
            if runs and at not in self.breaks:
                runs[-1] = (runs[-1][0], at)
            else:
                runs.append((at, at))
        return runs

    def close(self, head: str, start: int = 0, end: int | None = None, *, also: Sequence[str] = ()) -> None:
        """Allow only O (and the kinds in `also`) from `start` to `end`, in characters."""
        columns = COLUMNS[head]
        tags = HEAD[head].tags()
        keep = np.array([t == "O" or t[2:] in also for t in tags])
        end = len(self.text) if end is None else end
        for first, last in self.pieces_of(start, end):
            self.document.allowed[first : last + 1, columns] = keep

    def open(self, head: str, start: int, end: int) -> None:
        for first, last in self.pieces_of(start, end):
            self.document.allowed[first : last + 1, COLUMNS[head]] = True

    def paint(self, head: str, kind: str, start: int, end: int) -> list[tuple[int, int]]:
        """Pin the tags of one span; give its runs of pieces. A span that meets another of its head is left out."""
        runs = self.pieces_of(start, end)
        columns = COLUMNS[head]
        base = columns.start + 1 + 4 * HEAD[head].kinds.index(kind)
        done = []
        for first, last in runs:
            block = self.document.allowed[first : last + 1]
            size = last - first + 1
            wanted = np.zeros((size, TAGS), np.bool_)
            places = [3] if size == 1 else [0, *[1] * (size - 2), 2]
            wanted[np.arange(size), [base + place for place in places]] = True
            pinned = (block[:, columns].sum(1) == 1) & ~block[:, columns.start]
            if pinned.any() and (block[:, columns] != wanted[:, columns]).any():
                continue
            # A span that stands there already is shared: one source may serve several cues.
            block[:, columns] = wanted[:, columns]
            done.append((first, last))
        return done


def polnear(path: Path, silver: Path | None, nested: Path | None) -> Iterator[Document]:
    """PolNeAR: outermost attributions; names as CoreNLP saw them, not in titles, where it is often wrong.

    nested  attributions inside contents as an earlier model read them, by article; without it they stay open.
    """
    inner = {row["id"]: row for row in _rows(nested)}
    names = {row["id"]: row["names"] for row in _rows(silver)} if silver else {}
    for row in _rows(path):
        # Articles there part paragraphs by one or two line breaks; the text is kept and cut where it is cut.
        painter = Painter(row["id"], "polnear", row["text"])
        painter.close("attribution")
        painter.close("nested")
        for attribution in row["attributions"]:
            runs = {
                kind: [run for start, end in attribution[kind] for run in painter.paint("attribution", kind, start, end)]
                for kind in ("source", "cue", "content")
            }
            for start, end in attribution["content"]:
                painter.open("nested", start, end)
            _arcs(painter.document, runs)
        if row["id"] in inner:
            _inner(painter, inner[row["id"]])
        if row["id"] in names:
            _names(painter, names[row["id"]])
            title_end = row["text"].find("\n")
            painter.open("names", 0, title_end if title_end > 0 else 0)
        yield painter.document


def _inner(painter: Painter, row: dict) -> None:
    """Close the contents that were read again and pin what was found in them."""
    for start, end in row["read"]:
        painter.close("nested", start, end)
    for attribution in row["attributions"]:
        _arcs(
            painter.document,
            {k: [r for s, e in attribution[k] for r in painter.paint("nested", k, s, e)] for k in ("source", "cue", "content")},
        )


def _names(painter: Painter, names: Iterable[tuple[int, int, str]]) -> None:
    painter.close("names", also=["office"])
    for start, end, label in names:
        if kind := NAME_KINDS.get(label):
            painter.paint("names", kind, start, end)
        else:
            painter.close("names", start, end)


def bio(path: Path) -> Iterator[Document]:
    """Sentences with BIO names. Other kinds than ours are outside; offices are not annotated and stay open."""
    for at, row in enumerate(_rows(path)):
        text, offsets = "", []
        for token in row["tokens"]:
            text += " " if text and token not in {".", ",", ";", ":", "?", "!", ")", "'s", "n't", "%"} else ""
            offsets.append((len(text), len(text) + len(token)))
            text += token
        painter = Painter(f"{path.stem}-{at}", path.stem, text)
        found: list[tuple[int, int, str]] = []
        for (start, end), tag in zip(offsets, row["bio"], strict=True):
            if tag.startswith("I-") and found and found[-1][2] == tag[2:]:
                found[-1] = (found[-1][0], end, tag[2:])
            elif tag != "O":
                found.append((start, end, tag[2:]))
        _names(painter, found)
        yield painter.document


STRAIGHT = str.maketrans("“”‘’", "\"\"''")


def own(paths: Iterable[Path], copies: int) -> Iterator[Document]:
    """Own examples, `copies` times: as written, then with straight quotation marks, then with a title in capitals, and again.

    Everything is known there. Attributions deeper than the second are open in the nested head.
    """
    examples = [example for path in sorted(paths) for example in corpus.read(path)]
    for copy in range(copies):
        for example in examples:
            yield from_example(example, _restyled(example, copy % 3))


def _restyled(example: corpus.Example, style: int) -> str:
    """The same text character for character, in another dress."""
    if style == 1:
        return example.text.translate(STRAIGHT)
    if style == 2 and example.has_title:
        title, _, body = example.text.partition("\n\n")
        capital = title.title() if len(title) % 2 else title.upper()
        return f"{capital if len(capital) == len(title) else title}\n\n{body}"
    return example.text


def own_events(paths: Iterable[Path], copies: int, seed: int = 7) -> Iterator[Document]:
    """Own examples of events: as written, then of other states and people, then several as one article, and again.

    What the states are must not tell what they do, and an event in an article has other paragraphs around it.
    """
    rng = random.Random(seed)
    examples = [example for path in sorted(paths) for example in corpus.read(path)]
    pool = sorted({e.text[s.start : s.end] for e in examples for s in e.of("person") if " " in e.text[s.start : s.end]})
    for copy in range(copies):
        dressed = [dress.other(e, pool, rng) for e in examples] if copy else list(examples)
        if copy % 2:
            rng.shuffle(dressed)
            while dressed:
                together = [dressed.pop() for _ in range(min(len(dressed), rng.randint(2, 5)))]
                whole = dress.together(together)
                yield from_example(whole, _restyled(whole, copy // 2 % 2), events=True)
        else:
            for at, example in enumerate(dressed):
                yield from_example(example, _restyled(example, (copy // 2 + at) % 2), events=True)


# PLV's classes that are no single type of PLOVER.
MERGED = {"YIELD": ("CONCEDE", "RETREAT")}


def plv(path: Path, copies: int, seed: int = 7, keep: Callable[[int], bool] = lambda at: True) -> Iterator[Document]:
    """Sentences with a marked pair and the type of what passes between them; the trigger is not marked, and is left for training to find.

    The first copy is as written, the others tell of other states.

    keep  which rows, by number.
    """
    rng = random.Random(seed)
    rows = [row for at, row in enumerate(_rows(path)) if keep(at)]
    for copy in range(copies):
        for row in rows:
            sides = [tuple(row[side]) if row[side] else None for side in ("source", "target")]
            text = row["text"]
            if copy:
                edges = {edge for side in sides if side for edge in side}
                text, moved = dress.changed(text, [c for c in dress.changes(text, (), [], rng) if not any(c[0] < edge < c[1] for edge in edges)])
                sides = [(moved(side[0]), moved(side[1])) if side else None for side in sides]
            painter = Painter(row["id"], "plv", text)
            ends = [painter.pieces_of(*side) for side in sides if side]
            if len(ends) == 2 and all(ends):
                painter.document.pair = (ends[0][0][0], ends[1][0][0], MERGED.get(row["gold_root"], (row["gold_root"],)))
                yield painter.document


def from_example(example: corpus.Example, text: str, *, events: bool = False) -> Document:
    painter = Painter(example.id, "own", text)
    for head in HEADS:
        if events or head.name not in {"triggers", "parties"}:
            painter.close(head.name)
    for number in example.numbers():
        depth = example.depth(number)
        mine = [s for s in example.spans if s.number == number and s.kind in HEAD["attribution"].kinds]
        if depth > 1:
            for span in mine:
                painter.open("nested", span.start, span.end)
            continue
        head = HEADS[depth].name
        runs = {
            kind: [run for s in mine if s.kind == kind for run in painter.paint(head, kind, s.start, s.end)]
            for kind in ("source", "cue", "content")
        }
        _arcs(painter.document, runs)
        if not runs["source"] and _shares_subject(example, mine):
            del painter.document.arcs[0][-len(runs["cue"]) :]
    _own_names(painter, example)
    if events:
        _own_events(painter, example)
    return painter.document


def _own_events(painter: Painter, example: corpus.Example) -> None:
    parties = {
        (span.kind, span.number, run[0])
        for span in sorted((s for s in example.spans if s.kind in {"agent", "recipient"}), key=lambda s: s.start - s.end)
        for run in painter.paint("parties", "party", span.start, span.end)
    }
    for span in example.of("trigger"):
        for first, last in painter.paint("triggers", "trigger", span.start, span.end):
            if span.event:
                painter.document.events.append((first, span.event))
            for at, kind in enumerate(ARCS):
                if kind.chooser == "trigger":
                    found = tuple(sorted(p for role, number, p in parties if role == kind.role and number == span.number))
                    painter.document.arcs[at].append((first, last, found))


def _shares_subject(example: corpus.Example, mine: list[corpus.Labelled]) -> bool:
    """Has the same sentence another source before this cue, which the writer did not number twice? Then its source stays open."""
    cue = next((s for s in mine if s.kind == "cue"), None)
    if cue is None:
        return False
    start = max(example.text.rfind(stop, 0, cue.start) for stop in ("\n", ". ", ".” ", "? ", "!” "))
    return any(start < s.start < cue.start for s in example.of("source"))


def _own_names(painter: Painter, example: corpus.Example) -> None:
    persons: list[tuple[corpus.Labelled, tuple[int, int]]] = []
    offices: list[tuple[corpus.Labelled, tuple[int, int]]] = []
    for span in example.spans:
        if span.kind not in HEAD["names"].kinds:
            continue
        for run in painter.paint("names", span.kind, span.start, span.end):
            if span.kind == "person":
                persons.append((span, run))
            elif span.kind == "office":
                offices.append((span, run))
    for office, run in offices:
        holders = [
            p for s, p in persons
            if (office.number is not None and s.number == office.number) or _beside(example.text, office, s)
        ]  # fmt: skip
        painter.document.arcs[2].append((*run, tuple(p[0] for p in holders)))


def _beside(text: str, office: corpus.Labelled, person: corpus.Labelled) -> bool:
    """Is the office next to the name: "Minister X", "X, the minister", "the minister, X"?"""
    gap = text[office.end : person.start] if office.end <= person.start else text[person.end : office.start]
    return len(gap) <= 12 and gap.strip() in {"", ",", "of", ", the", ", its", ", then", ", a", "(", ", who is"}


def _arcs(document: Document, runs: dict[str, list[tuple[int, int]]]) -> None:
    sources = tuple(first for first, _ in runs["source"])
    cues = tuple(first for first, _ in runs["cue"])
    document.arcs[0] += [(*cue, sources) for cue in runs["cue"]]
    document.arcs[1] += [(*content, cues) for content in runs["content"]]


def _rows(path: Path | None) -> Iterator[dict]:
    if path:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def gather(folder: Path) -> list[Document]:
    """Names of `ner/` that are proper names only, as documents of many sentences are short."""
    paths = ["wikigold", "uner_ewt_dev", "crossner_politics_train", "crossner_politics_dev"]
    return [d for name in paths for d in bio(folder / "ner" / f"{name}.jsonl")]

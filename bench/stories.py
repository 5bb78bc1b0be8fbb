"""How well are whole stories read: every statement, its speaker, force, nesting and chain?

    python bench/stories.py FILE... [--errors] [--gold-marks]      stories in the markup of train/corpus/README.md, with `expect:` lines

Each story goes through the whole pipeline as a page of plain text; with --gold-marks the writer's own marks are related, so that what is left
over is what the rules get wrong. A statement is found when its content shares at least half of the longer with the gold one, in words; the other
figures are shares of the statements found. Relays and names agree when the words of one hold the other's, and roles are the same; a nested
statement came by the chain of the one around it, which is judged there. `right` is a statement with its cue, speaker, force, nesting and chain
all as expected. A state of mind (force belief) is no act of saying: neither missed nor wrong. The last line is JSON, in 0..1.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

sys.path.insert(0, str(Path(__file__).parents[1] / "train"))  # the markup is read by one piece of code, which needs nothing

import corpus

from sayso.config import Settings
from sayso.pipeline import Reader
from sayso.records import Arc, ArcRole, Article, Mark, Marked, Page, Reading, Scored, Span, Statement, Trigger
from sayso.relate import relate
from sayso.relate.events import ontology_of
from sayso.relate.registry import registry_of


@dataclass
class Gold:
    """One statement as the story's writer marked it."""

    number: int
    words: str
    cue: str | None
    source: str | None
    who: str | None
    force: str | None
    within: int | None
    through: list[tuple[str, str]]


def gold_of(example: Any) -> list[Gold]:
    """Statements of one story; pointers back are none."""
    who = {n: value for what, numbers, value in example.expect if what == "who" for n in numbers}
    through = {n: value for what, numbers, value in example.expect if what == "through" for n in numbers}
    made = []
    for number in example.numbers():
        own = {k: [s for s in example.spans if s.number == number and s.kind == k] for k in ("source", "cue", "content")}
        if not own["content"]:
            continue
        cue = own["cue"][0] if own["cue"] else None
        seat = cue or own["content"][0]
        around = [c for c in example.of("content") if c.number != number and c.start <= seat.start and seat.end <= c.end]
        inner = max(around, key=lambda c: c.start, default=None)
        chain = [tuple(hop.split(": ", 1)) for hop in through.get(number, "").split(" | ") if hop]
        made.append(
            Gold(
                number,
                " ".join(example.text[s.start : s.end] for s in own["content"]),
                example.text[cue.start : cue.end] if cue else None,
                example.text[own["source"][0].start : own["source"][0].end] if own["source"] else None,
                who.get(number),
                (cue.force or "neutral") if cue else None,
                inner.number if inner else None,
                [(role, words) for role, words in chain],
            )
        )
    return made


def read(reader: Reader, text: str) -> Reading:
    return reader.read(Page(address="story", body=text.encode(), media_type="text/plain", captured=""))


def marked_from(example: Any) -> Marked:
    """The marks and arcs that the story's writer drew."""
    names = {"agent": "party", "recipient": "party"}
    kinds = {"source", "cue", "content", "person", "organisation", "place", "office", "trigger", "party"}
    layers = {n: min(1, example.depth(n)) for n in example.numbers()}
    spans = [s for s in example.spans if names.get(s.kind, s.kind) in kinds]
    # One span may be a party to several events: it is one mark.
    places: dict[tuple[str, int, int, int], int] = {}
    marks: list[Mark] = []
    at: list[int] = []
    for s in spans:
        kind = names.get(s.kind, s.kind)
        layer = layers.get(s.number, 0) if s.kind in KINDS else 0
        key = (kind, s.start, s.end, layer if s.kind != "cue" else s.number)
        if key not in places:
            places[key] = len(marks)
            marks.append(Mark(kind=kind, span=Span(s.start, s.end), score=1.0, layer=layer, trigger=_trigger(s)))
        at.append(places[key])
    arcs = []
    for head, one in zip(at, spans, strict=True):
        for tail, other in zip(at, spans, strict=True):
            same = one.number is not None and other.number == one.number
            if same and ((one.kind == "cue" and other.kind in {"source", "content"}) or (one.kind == "trigger" and other.kind in names)):
                arcs.append(Arc(tail=tail, head=head, score=1.0, role=cast(ArcRole, other.kind)))
    return Marked(marks=tuple(marks), arcs=tuple(arcs))


def _trigger(span: Any) -> Trigger | None:
    if not span.event:
        return None
    kind, mode, standing, past = span.event
    return Trigger(types=(Scored(kind, 1.0),), mode=Scored(mode, 1.0), standings=(Scored(standing, 1.0),), past=float(past))


def read_marked(example: Any) -> Reading:
    """Relate alone, on the writer's marks."""
    page = Page(address=example.id, body=example.text.encode(), media_type="text/plain", captured="")
    title = example.text.split("\n\n")[0] if example.has_title else None
    # The dateline stays in the text here; its agency is the one wire that writers name without a mark.
    hops = [hop.split(": ", 1) for what, _, value in example.expect if what == "through" for hop in value.split(" | ")]
    wires = {words for role, words in hops if role == "wire"}
    undrawn = tuple(w for w in sorted(wires) if w not in {example.text[s.start : s.end] for s in example.of("wire")})
    article = Article(page=page.id, title=title, text=example.text, language="en", wires=undrawn)
    related = relate(article, marked_from(example), registry_of(), ontology_of())
    return Reading(
        sayso="", model="", page=page, article=article, actors=related.actors, statements=related.statements, events=related.events, skipped=related.skipped
    )


KINDS = {"source", "cue", "content"}
CHECKS = ("cue", "who", "force", "within", "through")


def judge(gold: Gold, got: Statement, reading: Reading, matched: dict[int, str]) -> dict[str, bool]:
    """Each value of one found statement: is it as expected?"""
    names = names_of(reading, got.who.actor) if got.who else []
    words = got.who.words if got.who else ""
    want = gold.who or gold.source
    chain = [(r.role, r.words) for r in got.through if r.role != "publisher"]
    return {
        "cue": _same(gold.cue or "", got.cue.words if got.cue else ""),
        "who": any(holds(want or "", name) for name in names) or (not gold.who and _same(want or "", words)),
        "force": gold.force is None or gold.force == got.force,
        "within": (matched.get(gold.within, "?") if gold.within else None) == got.within,
        "through": gold.within is not None or (len(chain) == len(gold.through) and all(_same_hop(g, c) for g, c in zip(gold.through, chain, strict=True))),
    }


def names_of(reading: Reading, actor: str | None) -> list[str]:
    """What an actor is called: its name, and the words that name it in full."""
    text = reading.article.text if reading.article else ""
    full = {"name", "metonym", "office", "description", "words"}
    return [n for a in reading.actors if a.id == actor for n in (a.name, *(m.span.of(text) for m in a.mentions if m.basis in full))]


def holds(one: str, other: str) -> bool:
    """The same name, or one that holds the other whole: "Eastern Command", "the rebel Eastern Command"."""
    a, b = f" {bare(one)} ", f" {bare(other)} "
    return a == b or (bool(one and other) and (a in b or b in a))


def _same_hop(gold: tuple[str, str], got: tuple[str, str]) -> bool:
    """One role, and words of which one holds the other: "a briefing", "a briefing in Manila"."""
    one, other = bare(gold[1]), bare(got[1])
    return gold[0] == got[0] and bool(one) and (one in other or other in one)


def bare(words: str) -> str:
    return re.sub(r"\W+", " ", re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.I)).strip().lower()


def _same(one: str, other: str) -> bool:
    return bare(one) == bare(other)


def share(one: str, other: str) -> float:
    """Words in common, over the longer."""
    a, b = bare(one).split(), bare(other).split()
    rest, both = list(b), 0
    for word in a:
        if word in rest:
            rest.remove(word)
            both += 1
    return both / max(1, len(a), len(b))


def measure(paths: Iterable[Path], *, errors: bool = False, gold_marks: bool = False) -> dict[str, float]:
    """All figures, in 0..1."""
    reader = None if gold_marks else Reader(Settings(exact=True))
    right, found, wanted, whole = 0, 0, 0, 0
    good = dict.fromkeys(CHECKS, 0)
    for path in paths:
        for example in corpus.read(path):
            reading = read(reader, example.text) if reader else read_marked(example)
            text = reading.article.text if reading.article else ""
            gold, got = gold_of(example), list(reading.statements)
            pairs: list[tuple[Gold, Statement]] = []
            free = list(got)
            for one in gold:
                said = {s.id: " ".join(w.of(text) for w in s.what) for s in free}
                best = max(free, key=lambda s: share(one.words, said[s.id]), default=None)
                if best is not None and share(one.words, said[best.id]) >= 0.5:
                    pairs.append((one, best))
                    free.remove(best)
            matched = {one.number: s.id for one, s in pairs}
            missed = [g for g in gold if g.number not in matched and g.force != "belief"]
            extra = [s for s in free if s.force != "belief"]
            pairs = [(g, s) for g, s in pairs if g.force != "belief"]
            right, found, wanted = right + len(pairs), found + len(pairs) + len(extra), wanted + len(pairs) + len(missed)
            for one, statement in pairs:
                verdict = judge(one, statement, reading, matched)
                whole += all(verdict.values())
                for check, ok in verdict.items():
                    good[check] += ok
                if errors and not all(verdict.values()):
                    _tell(example.id, one, statement, reading, verdict)
            if errors:
                for g in missed:
                    print(f"{example.id}: MISSED {g.number} {g.source!r} {g.cue!r} {g.words[:90]!r}")
                for s in extra:
                    cue = s.cue.words if s.cue else None
                    print(f"{example.id}: EXTRA {s.who.words if s.who else None!r} {cue!r} {' … '.join(w.of(text) for w in s.what)[:90]!r}")
    precision, recall = right / max(1, found), right / max(1, wanted)
    figures = {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}
    return {k: round(v, 4) for k, v in (figures | {c: n / max(1, right) for c, n in good.items()} | {"right": whole / max(1, wanted)}).items()}


def _tell(story: str, gold: Gold, got: Statement, reading: Reading, verdict: dict[str, bool]) -> None:
    names = {a.id: a.name for a in reading.actors}
    shown = {
        "cue": (gold.cue, got.cue.words if got.cue else None),
        "who": (gold.who or gold.source, names.get(got.who.actor or "") if got.who else None),
        "force": (gold.force, got.force),
        "within": (gold.within, got.within),
        "through": (gold.through, [(r.role, r.words) for r in got.through]),
    }
    for check, ok in verdict.items():
        if not ok:
            print(f"{story} {gold.number}: {check}: wanted {shown[check][0]!r}, got {shown[check][1]!r}")


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    if not paths:
        print(__doc__)
        return 2
    figures = measure(paths, errors="--errors" in arguments, gold_marks="--gold-marks" in arguments)
    for name, value in figures.items():
        print(f"{name:12}{value:8.3f}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

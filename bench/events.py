"""Who did what to whom, and on what footing does it stand?

    python bench/events.py                              own cases: bench/cases/events.txt (tuned on) and events_kept.txt (measured only)
    python bench/events.py FILE.txt... [--errors]       other cases in that format (train/events/README.md, with `expect: event` lines)
                                       [--gold-marks]   relate alone, on the writer's own marks
    python bench/events.py --pairs FILE.jsonl           the type given the pair, in the format of corpora/plv
    python bench/events.py --none FILE.jsonl            how many events between states are found in a hundred sentences of these texts

Own cases are read one by one as pages. A gold event is found when source, target and type (PLOVER's root) are all right, actors compared by state, or by
key for what belongs to no state; an announced, demanded or possible event counts like any other. `standing` and `past` are shares of the events found;
`false` is how many events between different states are found in a hundred items that hold none. The last line is JSON, in 0..1 (`--pairs`: per cent).
"""

from __future__ import annotations

import html
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "train"))

import corpus
import stories
from kinds import macro_f1

from sayso.config import Settings
from sayso.pipeline import Reader
from sayso.records import Event, Page, Reading, Span
from sayso.relate.events import ontology_of

CASES = Path(__file__).parent / "cases"
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}  # PLV has one class for both
Sides = tuple[frozenset[str], frozenset[str]]


def page_of(name: str, text: str) -> Page:
    body = "".join(f"<p>{html.escape(p, quote=False)}</p>" for p in text.split("\n\n"))
    return Page(address=name, body=f"<html><body><article>{body}</article></body></html>".encode(), media_type="text/html", captured="")


def sides_of(event: Event, reading: Reading) -> Sides:
    """States, or keys of what belongs to none, on either side; a body or a person of an organisation counts as that organisation."""
    codes = {a.id: a.country or (a.registry or "-").split("/")[0] for a in reading.actors}
    return frozenset(codes[i] for i in event.source) - {"-"}, frozenset(codes[i] for i in event.target) - {"-"}


def gold_of(example: Any) -> list[tuple[str, str, bool, Sides]]:
    """Type, standing, past and both sides of every expected event that has a state, or a key, on either."""
    sides = {n: value for what, numbers, value in example.expect if what == "event" for n in numbers}
    out = []
    for span in example.of("trigger"):
        if span.number in sides and span.event:
            left, right = (frozenset(filter(None, side.split(","))) for side in sides[span.number].split(">"))
            if left or right:
                out.append((span.event[0], span.event[2], span.event[3], (left, right)))
    return out


def own_cases(paths: Iterable[Path], *, errors: bool = False, reader: Reader | None = None, gold_marks: bool = False) -> dict[str, float]:
    """Figures of items with expectations."""
    reader = None if gold_marks else reader or Reader(Settings(exact=True))
    ontology = ontology_of()
    right: Counter[str] = Counter()
    found = wanted = none = false = 0
    for path in paths:
        for example in corpus.read(path):
            reading = reader.read(page_of(example.id, example.text)) if reader else stories.read_marked(example)
            gold = gold_of(example)
            got = [(e, sides_of(e, reading)) for e in reading.events]
            got = [(e, s) for e, s in got if s[0] or s[1]]
            if not gold:
                none += 1
                between = [e for e, s in got if s[0] and s[1] and s[0] != s[1]]
                false += len(between)
                if errors and between:
                    print(f"{example.id}: FALSE {[_told(e, reading) for e in between]} in {example.text[:120]!r}")
                continue
            free = list(got)
            wanted += len(gold)
            found += len(got)
            for kind, standing, past, sides in gold:
                match = next((one for one in free if one[0].type == kind and _same(one[1], sides, symmetric=ontology.kind(kind, None).symmetric)), None)
                if match is None:
                    if errors:
                        print(f"{example.id}: MISSED {kind} {standing} {_sides(sides)} among {[_told(e, reading) for e, _ in got]} in {example.text[:160]!r}")
                    continue
                free.remove(match)
                right["found"] += 1
                right["standing"] += match[0].standing == standing
                right["past"] += match[0].past == past
                right[standing] += match[0].standing == standing
                right["of " + standing] += 1
                if errors and match[0].standing != standing:
                    print(f"{example.id}: STANDING {kind} wanted {standing}, got {match[0].standing}: {example.text[:160]!r}")
            if errors:
                for event, _ in free:
                    print(f"{example.id}: EXTRA {_told(event, reading)} in {example.text[:160]!r}")
    precision, recall = right["found"] / max(1, found), right["found"] / max(1, wanted)
    figures = {"precision": precision, "recall": recall, "f1": 2 * precision * recall / max(1e-9, precision + recall)}
    figures |= {name: right[name] / max(1, right["found"]) for name in ("standing", "past")}
    figures |= {name.removeprefix("of "): right[name.removeprefix("of ")] / right[name] for name in sorted(right) if name.startswith("of ")}
    figures["false"] = 100 * false / max(1, none)
    return {name: round(value, 4) for name, value in figures.items()}


def _same(one: Sides, other: Sides, *, symmetric: bool) -> bool:
    return one == other or (symmetric and one[0] | one[1] == other[0] | other[1])


def _sides(sides: Sides) -> str:
    return f"{','.join(sorted(sides[0]))}>{','.join(sorted(sides[1]))}"


def _told(event: Event, reading: Reading) -> str:
    text = reading.article.text if reading.article else ""
    return f"{event.type} {event.standing} {_sides(sides_of(event, reading))} {event.trigger.of(text)!r} {event.score:.2f}"


def pairs(path: Path, *, errors: bool = False) -> dict[str, float]:
    """Macro-F1 over types, quad classes, and conflict against cooperation, per cent."""
    reader, ontology = Reader(Settings(exact=True)), ontology_of()
    got, want = [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [(row.get(f"{side}_spans") or [row.get(side)])[0] for side in ("source", "target")]
        gold = row["gold_root"]
        if not gold:
            continue
        source, target = (Span(*s) if s else Span(0, 1) for s in spans)
        chances: Counter[str] = Counter()
        for kind, chance in reader.marker.between(row["text"].replace("\n", " "), source, target).items():
            chances[MERGED.get(kind, kind)] += chance  # type: ignore[assignment]
        best = max(chances, key=lambda kind: chances[kind])
        got.append(best)
        want.append(MERGED.get(gold, gold))
        if errors and got[-1] != want[-1]:
            print(f"{row['id']}: wanted {want[-1]}, got {best} ({chances[best]:.2f}): {row['text'][:180]!r}")
    quad = {MERGED.get(name, name): 1 if name in MERGED else ontology.kind(name, None).quad for name, mode in ontology.kinds if mode is None}
    return {
        "root_macro_f1": macro_f1(got, want),
        "quad_macro_f1": macro_f1([str(quad[g]) for g in got], [str(quad[w]) for w in want]),
        "binary_macro_f1": macro_f1([str(quad[g] > 2) for g in got], [str(quad[w] > 2) for w in want]),
    }


def none(path: Path) -> dict[str, float]:
    """Events between different states that the article tells in its own voice, a hundred sentences."""
    reader = Reader(Settings(exact=True))
    sentences = events = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        reading = reader.read(page_of("none", json.loads(line)["text"]))
        text = reading.article.text if reading.article else ""
        sentences += max(1, sum(text.count(stop) for stop in (". ", "? ", "! ", ".\n")))
        for event in reading.events:
            left, right = sides_of(event, reading)
            events += bool(left and right and left != right)
    return {"sentences": sentences, "between_states": events, "per_hundred": round(100 * events / max(1, sentences), 2)}


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    errors = "--errors" in arguments
    if "--pairs" in arguments:
        figures = pairs(paths[0], errors=errors)
    elif "--none" in arguments:
        figures = none(paths[0])
    elif paths:
        figures = own_cases(paths, errors=errors, gold_marks="--gold-marks" in arguments)
    else:
        reader = Reader(Settings(exact=True))
        figures = {
            f"{name}.{k}": v for name in ("events", "events_kept") for k, v in own_cases([CASES / f"{name}.txt"], errors=errors, reader=reader).items()
        }
    for name, value in figures.items():
        print(f"{name:24}{value:8.3f}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""How well are time expressions found and resolved?

    python bench/when.py [--errors] FILE...        JSON lines: text, dct (value, perhaps start and end), timex (start, end, type, value)

As TempEval-3 counts: strict F1 asks for the same extent, relaxed F1 for an overlap; type and value F1 ask for an overlap and the same type or value.
The day of writing itself does not count, on either side.

MEANTIME is annotated in the headline and the first five sentences, and its file holds no more of a text than that, so all of it counts; `sent` of an
expression is its line there. In GUM only dates are marked, and "Monday" of "Monday morning": what a file has none of (durations, sets, PRESENT_REF)
does not count against ours, nor does an expression that it leaves without a value, on either side. The last line is JSON, F1 in 0..1.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from sayso.records import Span
from sayso.relate.frame import Frame
from sayso.relate.timex import expressions, resolve

MEASURES = ("strict", "relaxed", "type", "value")


class Marked(NamedTuple):
    """One expression, ours or theirs."""

    span: Span
    type: str
    value: str | None


class Result(NamedTuple):
    """Counts over all files, the misses, and the seconds spent."""

    right: dict[str, int]
    found: int
    wanted: int
    misses: list[str]
    words: int
    spent_s: float


def day_of_writing(row: dict[str, Any]) -> tuple[date, date] | None:
    """The day of writing as the file gives it."""
    value = ((row.get("dct") or {}).get("value") or "")[:10]
    if parts := re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", value):
        value = f"{parts[3]}-{parts[2]}-{parts[1]}"  # one of them is written so
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day, day


def sentences(text: str) -> list[Span]:
    """Every line is a paragraph."""
    lines = [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    return Frame(text, lines).sentences


def theirs(row: dict[str, Any]) -> list[Marked]:
    """What the file marks, without the day of writing."""
    dct = row.get("dct") or {}
    kept = [t for t in row["timex"] if t.get("functionInDocument") != "CREATION_TIME" and t["start"] != dct.get("start")]
    return [Marked(Span(t["start"], t["end"]), t["type"], t["value"]) for t in kept]


def ours(row: dict[str, Any], lines: list[Span]) -> list[Marked]:
    """What we find, without the day of writing."""
    found = resolve(expressions(row["text"], lines), day_of_writing(row))
    dct = row.get("dct") or {}
    own = Span(dct["start"], dct["end"]) if dct.get("start") is not None else Span(-1, -1)
    return [Marked(r.timex.span, r.timex.type, r.value) for r in found if not r.timex.span.overlap(own)]


def paired(got: list[Marked], gold: list[Marked]) -> list[tuple[Marked, Marked]]:
    """Each of ours with one of theirs that it overlaps, the longest overlap first, none used twice."""
    overlaps = sorted(((g.span.overlap(t.span), -i, -j) for i, g in enumerate(got) for j, t in enumerate(gold) if g.span.overlap(t.span)), reverse=True)
    pairs, used_got, used_gold = [], set(), set()
    for _, i, j in overlaps:
        if i not in used_got and j not in used_gold:
            used_got.add(i)
            used_gold.add(j)
            pairs.append((got[-i], gold[-j]))
    return pairs


def rows(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        with path.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def measure(paths: Iterable[Path]) -> Result:
    right = dict.fromkeys(MEASURES, 0)
    found = wanted = words = 0
    misses: list[str] = []
    spent = 0.0
    every = list(rows(paths))
    kinds = {kind(Marked(Span(0, 0), t["type"], t["value"])) for row in every for t in row["timex"]}
    for row in every:
        lines = sentences(row["text"])
        began = time.perf_counter()
        got = ours(row, lines)
        spent += time.perf_counter() - began
        gold = [their for their in theirs(row) if their.value is not None]
        pairs = paired(got, gold)
        for mine, their in pairs:
            right["relaxed"] += 1
            right["strict"] += mine.span == their.span
            right["type"] += mine.type == their.type
            right["value"] += mine.value == their.value
            if mine.value != their.value or mine.span != their.span:
                misses.append(_miss("value" if mine.value != their.value else "extent", row, mine, their))
        without = [Span(t["start"], t["end"]) for t in row["timex"] if t["value"] is None]
        extra = [m for m in got if m not in [p[0] for p in pairs] and kind(m) in kinds and not any(m.span.overlap(span) for span in without)]
        misses += [_miss("extra", row, mine, None) for mine in extra]
        misses += [_miss("missed", row, None, their) for their in gold if their not in [p[1] for p in pairs]]
        found, wanted, words = found + len(pairs) + len(extra), wanted + len(gold), words + len(row["text"].split())
    return Result(right, found, wanted, misses, words, spent)


def kind(mark: Marked) -> str:
    """The type, and the reference for one that is no date: a file that has none was marked by other rules."""
    return f"{mark.type} {mark.value}" if (mark.value or "").endswith("_REF") else mark.type


def _miss(kind: str, row: dict[str, Any], mine: Marked | None, their: Marked | None) -> str:
    text, span = row["text"], (mine or their or Marked(Span(0, 0), "", "")).span
    context = f"{text[max(0, span.start - 60) : span.start]}[{span.of(text)}]{text[span.end : span.end + 40]}".replace("\n", "/")
    sides = "  ".join(f"{name} {m.type} {m.value} {m.span.of(text)!r}" for name, m in (("ours", mine), ("theirs", their)) if m)
    return f"{kind:7} {row['id']} {(row.get('dct') or {}).get('value')}  {sides}\n        {context}"


def figures(result: Result) -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each measure."""
    table = {}
    for name in MEASURES:
        precision, recall = result.right[name] / max(1, result.found), result.right[name] / max(1, result.wanted)
        table[name] = (precision, recall, 2 * precision * recall / max(1e-9, precision + recall))
    return table


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    paths = [Path(a) for a in arguments if not a.startswith("-")]
    if not paths:
        print(__doc__)
        return 2
    result = measure(paths)
    if "--errors" in arguments:
        print("\n".join(sorted(result.misses)), end="\n\n")
    print(f"{result.found} found, {result.wanted} wanted; {1000 * result.spent_s / max(1, result.words) * 600:.2f} ms for 600 words\n")
    print(f"{'':10}{'P':>8}{'R':>8}{'F1':>8}")
    table = figures(result)
    for name, row in table.items():
        print(f"{name:10}" + "".join(f"{100 * figure:8.1f}" for figure in row))
    print(json.dumps({f"{n}_{k}": round(v, 4) for n, row in table.items() for k, v in zip(("precision", "recall", "f1"), row, strict=True)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

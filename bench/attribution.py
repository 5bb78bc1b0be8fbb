"""How well are sources, cues, contents and whole attributions found?

    python bench/attribution.py FILE...        JSON lines in the format of PolNeAR (text; attributions of source, cue, content)

Exact F1 counts a span right when both its ends are. Token F1 counts the words and signs that spans cover. A whole attribution is right
when its content and the gold one share at least half of the longer, in tokens, and its source does likewise (or neither has one).
Only outermost attributions are marked in such files, so only those are counted. The last line is JSON, F1 in per cent but `whole_f1` in 0..1.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sayso.config import Settings
from sayso.mark import Marker
from sayso.records import Marked
from sayso.relate.attributions import attributions

KINDS = ("source", "cue", "content")
Spans = list[tuple[int, int]]
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Tally:
    """Right, found and wanted."""

    def __init__(self) -> None:
        self.right = self.found = self.wanted = 0

    def add(self, right: int, found: int, wanted: int) -> None:
        self.right, self.found, self.wanted = self.right + right, self.found + found, self.wanted + wanted

    @property
    def figures(self) -> tuple[float, float, float]:
        """Precision, recall, F1 in 0..1."""
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.wanted)
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def tokens(text: str, spans: Iterable[tuple[int, int]]) -> set[int]:
    """Where the tokens of `spans` begin."""
    return {start + m.start() for start, end in spans for m in _TOKEN.finditer(text[start:end])}


def measure(paths: Iterable[Path]) -> dict[str, Any]:
    """All tallies over the rows of `paths`, and the articles a second of marking."""
    tallies: dict[str, Tally] = {name: Tally() for name in (*KINDS, *(f"{k} tokens" for k in KINDS), "whole, any source", "whole")}
    marker = Marker.load(Settings(exact=True))
    articles, spent = 0, 0.0
    for path in paths:
        for line in path.open(encoding="utf-8"):
            row = json.loads(line)
            began = time.perf_counter()
            marked = marker.mark(row["text"])
            spent += time.perf_counter() - began
            articles += 1
            _count(tallies, row["text"], _shape(marked), row["attributions"], _spans(marked))
    return {"tallies": tallies, "articles": articles, "rate": articles / max(1e-9, spent)}


def _shape(marked: Marked) -> list[dict[str, Spans]]:
    """Outermost attributions in the shape of the files."""
    out: list[dict[str, Spans]] = []
    for a in attributions(marked):
        if a.layer == 0 and a.contents:
            cue = [tuple(a.cue.span)] if a.cue else []
            out.append({"source": [tuple(m.span) for m in a.sources], "cue": cue, "content": [tuple(m.span) for m in a.contents]})
    return out


def _spans(marked: Marked) -> dict[str, set[tuple[int, int]]]:
    return {k: {tuple(m.span) for m in marked.marks if m.kind == k and m.layer == 0} for k in KINDS}


def _count(
    tallies: dict[str, Tally],
    text: str,
    got: list[dict[str, Spans]],
    gold: list[dict[str, Any]],
    marks: dict[str, set[tuple[int, int]]],
) -> None:
    for kind in KINDS:
        want = {tuple(span) for a in gold for span in a[kind]}
        tallies[kind].add(len(marks[kind] & want), len(marks[kind]), len(want))
        mine, theirs = tokens(text, marks[kind]), tokens(text, want)
        tallies[f"{kind} tokens"].add(len(mine & theirs), len(mine), len(theirs))
    wanted = [(tokens(text, a["source"]), tokens(text, a["content"])) for a in gold if a["content"]]
    mine_all = [(tokens(text, a["source"]), tokens(text, a["content"])) for a in got]
    for name in ("whole, any source", "whole"):
        used: Counter[int] = Counter()
        for sources, contents in mine_all:
            for at, (their_sources, their_contents) in enumerate(wanted):
                if not used[at] and _half(contents, their_contents) and (name != "whole" or _half(sources, their_sources)):
                    used[at] += 1
                    break
        tallies[name].add(sum(used.values()), len(mine_all), len(wanted))


def _half(one: set[int], other: set[int]) -> bool:
    """Do they share at least half of the longer? Two empty sets do."""
    return 2 * len(one & other) >= max(len(one), len(other))


def main(paths: list[str]) -> int:
    if {"-h", "--help"} & set(paths):
        print(__doc__)
        return 0
    if not paths or paths[0] in {"-h", "--help"}:
        print(__doc__)
        return 2
    result = measure(map(Path, paths))
    print(f"{result['articles']} articles, {result['rate']:.1f} a second marked\n\n{'':20}{'P':>8}{'R':>8}{'F1':>8}")
    figures = {name: tally.figures for name, tally in result["tallies"].items()}
    for name, (precision, recall, f1) in figures.items():
        print(f"{name:20}{100 * precision:8.1f}{100 * recall:8.1f}{100 * f1:8.2f}")
    last = {f"{k}_f1": round(100 * figures[k][2], 2) for k in KINDS} | {"whole_f1": round(figures["whole"][2], 4)}
    print(json.dumps(last))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

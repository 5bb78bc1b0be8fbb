"""Attributions inside contents, as an earlier phase's model reads them: what PolNeAR leaves out.

    python train/silver.py --corpora DIR --model train/runs/first/onnx --out train/runs/nested.jsonl

Takes   PolNeAR train and an exported model. Each content is read again by itself, as if it were a text: what is outermost there is nested here.
Gives   JSON lines: id, the spans read again, and the attributions found in them, in the article's own offsets.
Needs   the runtime only. Two minutes on two cores.
Limits  only whole attributions (source, cue and content) whose cue is an act of saying and that score at least FLOOR are kept. A content
        where anything else was found stays open; any other is taken to hold no more than what was kept.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from sayso.mark import Marker
from sayso.mark.model import Model
from sayso.relate.attributions import Attribution, attributions
from sayso.relate.cues import force_of

FLOOR = 0.28
SHORTEST = 40  # characters; shorter contents hold no attribution


def read_again(marker: Marker, text: str, start: int, end: int) -> tuple[list[dict], bool]:
    """Attributions of one content, and whether everything in it was sure."""
    found, sure = [], True
    for one in attributions(marker.mark(text[start:end])):
        whole = one.cue and one.sources and one.contents and one.layer == 0
        if whole and one.score >= FLOOR and _says(text[start:end], one):
            sides = {"source": one.sources, "cue": (one.cue,), "content": one.contents}
            found.append({k: [[m.span.start + start, m.span.end + start] for m in v] for k, v in sides.items()})
        elif one.layer == 0 and one.cue:
            sure = False
    return found, sure


def _says(text: str, one: Attribution) -> bool:
    said = " ".join(c.span.of(text) for c in one.contents)
    return force_of(one.cue.span.of(text) if one.cue else "", said, quoted=False) not in {None, "belief"}


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--corpora", type=Path, required=True)
    ask.add_argument("--model", type=Path, required=True, help="folder of an exported model")
    ask.add_argument("--out", type=Path, required=True)
    options = ask.parse_args()
    marker = Marker(Model(options.model, 0))
    total = closed = 0
    with options.out.open("w", encoding="utf-8") as out, (options.corpora / "polnear/train.jsonl").open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            again, attributions_found = [], []
            for attribution in row["attributions"]:
                for start, end in attribution["content"]:
                    found, sure = ([], True) if end - start < SHORTEST else read_again(marker, row["text"], start, end)
                    attributions_found += found
                    if sure:
                        again.append([start, end])
            total, closed = total + len(attributions_found), closed + len(again)
            out.write(json.dumps({"id": row["id"], "read": again, "attributions": attributions_found}) + "\n")
    print(f"{total} nested attributions, {closed} contents read and closed")


if __name__ == "__main__":
    main()

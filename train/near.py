"""Is any own example or case near a text of the gold corpora?

    python train/near.py CORPORA

Takes   the folder of gold corpora, own examples (train/corpus, train/events) and cases (bench/cases).
Gives   every own sentence that shares ten words in a row with a corpus, or half of its runs of four; exit code 1 when there is any.
Needs   the standard library; a minute, a gigabyte.
Limits  words alone, letter case and punctuation aside; a translation or a paraphrase is not seen.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import corpus

HERE = Path(__file__).parent
RUN, LONG = 4, 10


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def runs(given: list[str], length: int) -> Iterator[str]:
    return (" ".join(given[at : at + length]) for at in range(len(given) - length + 1))


def texts(value: Any) -> Iterator[str]:
    """Every text of one record, whatever its shape."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        if isinstance(value.get("tokens"), list):
            yield " ".join(map(str, value["tokens"]))


def main(folder: Path) -> int:
    short: set[int] = set()
    long: set[int] = set()
    for path in sorted(folder.rglob("*.jsonl")):
        if path.parent.name == "actors":
            continue
        with path.open(encoding="utf-8") as lines:
            for text in (t for line in lines for t in texts(json.loads(line))):
                given = words(text)
                short.update(map(hash, runs(given, RUN)))
                long.update(map(hash, runs(given, LONG)))
    near = total = 0
    for path in sorted([*HERE.glob("corpus/*.txt"), *HERE.glob("events/*.txt"), *HERE.parent.glob("bench/cases/*.txt")]):
        for example in corpus.read(path):
            for sentence in re.split(r"(?<=[.!?”])\s+|\n\n", example.text):
                given = words(sentence)
                total += 1
                own = [hash(run) in short for run in runs(given, RUN)]
                if any(hash(run) in long for run in runs(given, LONG)) or (len(own) > 4 and 2 * sum(own) > len(own)):
                    near += 1
                    print(f"{path.name} {example.id}: {sentence[:140]!r}")
    print(f"{total} own sentences, {near} near a corpus")
    return 1 if near else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

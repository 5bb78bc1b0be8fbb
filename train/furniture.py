"""Fits the weights by which `clean` tells story from furniture, and writes `src/sayso/clean/weights.py`.

Takes   a ground_truth.jsonl beside its html/ (the format of the scrapinghub benchmark, as in bench/clean.py).
Gives   two tables of weights (text dumps, markup), with the figures of a five-fold cross-validation by page on standard output.
Needs   numpy; PYTHONPATH=src:bench. No text of the pages is kept: only what a feature is worth.
Limits  logistic regression, Newton's method, L2; a block counts by the logarithm of its words.

    PYTHONPATH=src:bench python train/furniture.py ground_truth.jsonl [--write]
"""

from __future__ import annotations

import argparse
import collections
import difflib
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import clean as bench
import numpy as np

from sayso.clean import segment
from sayso.clean.article import told_of
from sayso.clean.story import Told, beyond_doubt, story_told
from sayso.config import DEFAULT
from sayso.errors import CleanError
from sayso.records import Page

OUT = Path(__file__).parent.parent / "src/sayso/clean/weights.py"
FOLDS = 5
L2 = 4.0
RAREST = 3  # a feature met on fewer pages is left out: it would be learned by heart


class Sample(NamedTuple):
    """One page: what it tells, how much of each block is story, and the true body."""

    told: Told
    story: list[float]
    truth: str


def labels(blocks: Sequence[str], truth: str) -> list[float]:
    """The share of each block that stands in the true body, by aligning the two token by token."""
    tokens: list[str] = []
    owner: list[int] = []
    for n, words in enumerate(blocks):
        found = re.findall(r"\w+", words)
        tokens += found
        owner += [n] * len(found)
    wanted = re.findall(r"\w+", truth)
    mine, theirs = list(zip(tokens, tokens[1:], tokens[2:], strict=False)), list(zip(wanted, wanted[1:], wanted[2:], strict=False))
    covered: set[int] = set()
    for match in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        covered.update(range(match.a, match.a + match.size + 2) if match.size else ())
    sizes = collections.Counter(owner)
    met = collections.Counter(owner[at] for at in covered if at < len(owner))
    return [met[n] / max(1, sizes[n]) for n in range(len(blocks))]


def samples(path: Path, *, dumps: bool) -> list[Sample]:
    found = []
    for name, body, truth in bench.pages_of(path):
        page = Page(
            address=name,
            body=bench.dump_of(body).encode() if dumps else body,
            media_type="text/plain" if dumps else "text/html",
            captured="2000-01-01T00:00:00Z",
        )
        try:
            told = told_of(page, DEFAULT)
        except CleanError:
            continue
        found.append(Sample(told, labels([b.words for b in told.blocks], truth), truth))
    return found


def fitted(pages: Sequence[Sample], names: list[str]) -> dict[str, float]:
    """Weights by Newton's method on the penalised likelihood."""
    index = {name: n for n, name in enumerate(names)}
    rows, answers, counts = [], [], []
    for page in pages:
        for block, found, share in zip(page.told.blocks, page.told.described, page.story, strict=True):
            row = np.zeros(len(names), dtype=np.float32)
            for name, value in found.items():
                if name in index:
                    row[index[name]] = value
            rows.append(row)
            answers.append(float(share > 0.5))
            counts.append(0.3 + np.log1p(len(block.words.split())))
    x, y, c = np.array(rows), np.array(answers, dtype=np.float32), np.array(counts, dtype=np.float32)
    w = np.zeros(len(names), dtype=np.float32)
    penalty = np.full(len(names), L2, dtype=np.float32)
    penalty[index["one"]] = 0.01
    for _ in range(25):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        gradient = x.T @ (c * (p - y)) + penalty * w
        hessian = (x * (c * p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        w -= step
        if np.abs(step).max() < 0.01:
            break
    return dict(zip(names, w.tolist(), strict=True))


def names_of(pages: Sequence[Sample]) -> list[str]:
    met: dict[str, int] = {}
    for page in pages:
        for name in {n for found in page.told.described for n in found}:
            met[name] = met.get(name, 0) + 1
    return sorted(name for name, count in met.items() if count >= RAREST)


def judged(page: Sample, weights: dict[str, float]) -> bench.Scored:
    keep = segment.story_of(segment.scores(page.told.described, weights), beyond_doubt(page.told))
    try:
        return bench.scored("", page.truth, "\n\n".join(story_told(page.told, keep).paragraphs))
    except CleanError:
        return bench.scored("", page.truth, "")


def crossed(pages: list[Sample]) -> dict[str, float]:
    """Every page judged by weights that never saw it."""
    found = []
    for fold in range(FOLDS):
        seen = [p for n, p in enumerate(pages) if n % FOLDS != fold]
        weights = fitted(seen, names_of(seen))
        found += [judged(p, weights) for n, p in enumerate(pages) if n % FOLDS == fold]
    return bench.figures(found)


def best_possible(pages: list[Sample]) -> dict[str, float]:
    """What choosing every block rightly would reach."""
    return bench.figures([bench.scored("", p.truth, "\n\n".join(b.words for b, s in zip(p.told.blocks, p.story, strict=True) if s > 0.5)) for p in pages])


def table(name: str, weights: dict[str, float]) -> str:
    lines = [f'    "{n}": {w:.2f},' for n, w in sorted(weights.items(), key=lambda item: -abs(item[1])) if abs(w) >= 0.05]
    return f"{name}: dict[str, float] = {{\n" + "\n".join(lines) + "\n}\n"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--write", action="store_true", help="write the weights into the package")
    chosen: Any = parser.parse_args(arguments)
    head = '"""What each feature is worth, in log-odds of being story: fitted by `train/furniture.py`, not by hand."""\n\nfrom __future__ import annotations\n'
    text = [head]
    for name, dumps in (("TEXT", True), ("MARKUP", False)):
        pages = samples(chosen.file, dumps=dumps)
        weights = fitted(pages, names_of(pages))
        print(name, "best possible", best_possible(pages), flush=True)
        print(name, "cross-validated", crossed(pages), flush=True)
        print(name, "on what it saw", bench.figures([judged(p, weights) for p in pages]), flush=True)
        text.append(table(name, weights))
    if chosen.write:
        OUT.write_text("\n".join(text), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

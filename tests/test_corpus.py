"""The own examples are well formed, enough, and kept apart from what measures."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORPUS = sorted([*(ROOT / "train" / "corpus").glob("*.txt"), *(ROOT / "train" / "events").glob("*.txt")])
CASES = sorted((ROOT / "bench" / "cases").glob("*.txt"))
LENGTH = 9  # words in a row that no two invented stories share by chance


def words(path: Path) -> list[str]:
    bare = re.sub(r"\[[A-Za-z]+[\d,]*(?:/[A-Za-z./-]+)?(?:=\d+)? |\]", "", path.read_text(encoding="utf-8"))
    return re.findall(r"\w+", bare.lower())


def runs(path: Path) -> Iterator[tuple[str, ...]]:
    found = words(path)
    return (tuple(found[at : at + LENGTH]) for at in range(len(found) - LENGTH + 1))


def test_the_examples_and_the_cases_are_well_formed() -> None:
    checked = subprocess.run([sys.executable, str(ROOT / "train" / "corpus.py"), *map(str, [*CORPUS, *CASES])], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert int(checked.stdout.split()[0]) >= 300


@pytest.mark.parametrize("case", [*CASES, ROOT / "src" / "sayso" / "examples" / "page.txt"], ids=lambda p: p.name)
def test_nothing_that_measures_was_trained_on(case: Path) -> None:
    measured = set(runs(case))
    for path in CORPUS:
        shared = measured & set(runs(path))
        assert not shared, f"{path.name} and {case.name} share {' '.join(next(iter(shared)))!r}"

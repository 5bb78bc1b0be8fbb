"""Fails when any figure is below its floor.

    python bench/gate.py            measure, compare with bench/floors.toml, exit 1 below a floor
    python bench/gate.py --raise    also move every floor up to a hundredth under what was measured
    python bench/gate.py --lower    the same, and down too: say why in the commit
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import clean  # noqa: E402
import events  # noqa: E402
import stories  # noqa: E402
import who  # noqa: E402


def measured() -> dict[str, dict[str, float]]:
    """Every figure that has a floor."""
    cases = HERE / "cases"
    pages = cases / "clean" / "ground_truth.jsonl"
    return {
        "stories": stories.measure([cases / "stories.txt"]),
        "rules": stories.measure([cases / "stories.txt"], gold_marks=True),
        "who": who.own_cases([cases / "who.txt"], errors=False),
        "events": events.own_cases([cases / "events.txt"]),
        "clean": clean.measure(pages),
        "dumps": clean.measure(pages, dumps=True),
    }


def main(arguments: list[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        print(__doc__)
        return 0
    path = HERE / "floors.toml"
    text = path.read_text(encoding="utf-8")
    floors = tomllib.loads(text)
    figures = measured()
    below = 0
    for part, names in floors.items():
        for name, floor in names.items():
            value = figures[part][name]
            low = value < floor
            below += low
            print(f"{part:10}{name:10}{value:8.4f}   floor {floor:.2f}{'   BELOW' if low else ''}")
            wanted = int(100 * value - 1) / 100
            if (wanted > floor and "--raise" in arguments) or "--lower" in arguments:
                text = re.sub(rf"(?ms)(^\[{part}\].*?^{name} = )[\d.]+", rf"\g<1>{wanted}", text, count=1)
    if {"--raise", "--lower"} & set(arguments):
        path.write_text(text, encoding="utf-8")
        return 0
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

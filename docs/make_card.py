"""Make the two places that show what Sayso says of its example page: docs/card.svg and a block of the README.

    python docs/make_card.py

Both come from `sayso read --example` itself, counted exactly, so that every processor makes the same; a test compares them with what is committed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "card.svg"
README = ROOT / "README.md"
BLOCK = re.compile(r"(<!-- made by docs/make_card\.py: sayso read --example -->\n```text\n).*?(\n```\n<!-- end -->)", re.DOTALL)


def sayso(*arguments: str) -> str:
    """Run the command line in a process of its own, as a person would."""
    done = subprocess.run([sys.executable, "-m", "sayso", *arguments], capture_output=True, check=True, encoding="utf-8")
    return done.stdout


def example(*arguments: str) -> str:
    """The card of the example page, or what else the arguments ask for."""
    return sayso("read", "--example", "--set", "exact=true", *arguments)


def with_example(readme: str, card: str) -> str:
    """Give the README with `card` in its block."""
    return BLOCK.sub(lambda met: met[1] + card.rstrip("\n") + met[2], readme)


def main() -> None:
    example("--svg", str(PICTURE))
    README.write_text(with_example(README.read_text("utf-8"), example()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()

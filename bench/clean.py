"""How well `clean` finds the body of an article: token precision, recall and F1.

    PYTHONPATH=src python bench/clean.py [--dumps] [--worst] FILE...

Takes   files in the format of the scrapinghub article-extraction-benchmark as JSON lines: `html` (a path beside the file, gzip or not) and
        `articleBody`.
Gives   the figures on standard output; the last line is JSON with `body_f1`.
Needs   the pages. Nothing here is trained on `bench/cases`.
Limits  the body alone is judged, in every language: the refusal of pages that are not English comes later and is tested elsewhere.

The measure is that benchmark's own (https://github.com/scrapinghub/article-extraction-benchmark, evaluate.py): tokens are `\\w+`; a body is the
multiset of its 4-token shingles (a shorter body is one shingle); precision and recall are of one page; their means over the pages give F1 = 2PR/(P+R).
A page on which nothing is found counts in recall, not in precision, and an empty truth the other way round.

With `--dumps` each page is first flattened to text (the title, then every visible block element on a line of its own, scripts and styles left out) and
read through the path for text dumps.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import lxml.html

from sayso.clean.article import story_from_page
from sayso.config import DEFAULT
from sayso.errors import CleanError
from sayso.records import Page

SHINGLE = 4
UNSEEN = {"script", "style", "noscript", "template", "svg", "iframe", "object", "head", "textarea", "select"}
INLINE = {"a", "abbr", "b", "bdi", "big", "cite", "code", "data", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "small", "span",
          "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "del", "input", "picture", "source"}  # fmt: skip


class Scored(NamedTuple):
    """One page: its name, precision and recall (None where the benchmark leaves it out), and both texts."""

    name: str
    precision: float | None
    recall: float | None
    truth: str
    found: str


def shingles(text: str) -> Counter[tuple[str, ...]]:
    tokens = re.findall(r"\w+", text)
    return Counter(tuple(tokens[n : n + SHINGLE]) for n in range(max(1, len(tokens) - SHINGLE + 1)) if tokens[n : n + SHINGLE])


def scored(name: str, truth: str, found: str) -> Scored:
    wanted, met = shingles(truth), shingles(found)
    right = (wanted & met).total()
    return Scored(name, right / met.total() if met else None, right / wanted.total() if wanted else None, truth, found)


def pages_of(path: Path) -> Iterator[tuple[str, bytes, str]]:
    """Name, bytes and true body of every page that a file lists."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        body = (path.parent / row["html"]).read_bytes()
        yield row["id"], gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body, row["articleBody"]


def dump_of(body: bytes) -> str:
    """Flatten a page to text: its title, then one visible block element a line."""
    markup: Any = lxml.html
    tree = markup.document_fromstring(body.decode("utf-8", "replace").encode(), parser=markup.HTMLParser(encoding="utf-8", remove_comments=True))
    pieces: list[str] = [tree.findtext(".//title") or "", "\n"]
    _flatten(tree, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def _flatten(element: Any, pieces: list[str]) -> None:
    if isinstance(element.tag, str) and element.tag not in UNSEEN and not _is_hidden(element):
        border = " " if element.tag in INLINE or element.tag in ("td", "th") else "\n"
        if element.tag not in INLINE:
            pieces.append(border)
        pieces.append((element.text or "").replace("\n", " "))
        for child in element:
            _flatten(child, pieces)
        if element.tag not in INLINE:
            pieces.append(border)
    pieces.append((element.tail or "").replace("\n", " "))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")


def body_of(body: bytes, *, dumps: bool) -> str:
    page = Page(
        address="bench",
        body=dump_of(body).encode() if dumps else body,
        media_type="text/plain" if dumps else "text/html",
        captured="2000-01-01T00:00:00Z",
    )
    try:
        return "\n\n".join(story_from_page(page, DEFAULT).paragraphs)
    except CleanError:
        return ""


def each_page(path: Path, *, dumps: bool = False) -> list[Scored]:
    return [scored(name, truth, body_of(body, dumps=dumps)) for name, body, truth in pages_of(path)]


def figures(found: list[Scored]) -> dict[str, float]:
    precision = statistics.mean([s.precision for s in found if s.precision is not None] or [0.0])
    recall = statistics.mean([s.recall for s in found if s.recall is not None] or [0.0])
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"body_f1": round(f1, 4), "precision": round(precision, 4), "recall": round(recall, 4), "pages": len(found)}


def measure(path: str | Path, dumps: bool = False) -> dict[str, float]:
    """What the gate asks for: `body_f1`, `precision`, `recall` and `pages` of one file."""
    return figures(each_page(Path(path), dumps=dumps))


def print_worst(found: list[Scored], count: int = 10) -> None:
    """Print what is missing and what is too much on the worst pages."""
    for page in sorted(found, key=lambda s: min(s.precision or 0.0, s.recall or 0.0))[:count]:
        print(f"\n{page.name}  precision {page.precision or 0:.3f}  recall {page.recall or 0:.3f}")
        for label, text, other in (("missing ", page.truth, page.found), ("too much", page.found, page.truth)):
            there = shingles(other)
            for line in filter(None, text.split("\n")):
                mine = shingles(line)
                if mine and (mine & there).total() < 0.5 * mine.total():
                    print(f"  {label}  {line[:160]}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--dumps", action="store_true", help="flatten the pages to text first")
    parser.add_argument("--worst", action="store_true", help="show the ten worst pages")
    chosen = parser.parse_args(arguments)
    began = time.perf_counter()
    found = [page for path in chosen.files for page in each_page(path, dumps=chosen.dumps)]
    took = time.perf_counter() - began
    if chosen.worst:
        print_worst(found)
    result = figures(found)
    print(f"{len(found)} pages, {1000 * took / max(1, len(found)):.0f} ms each: precision {result['precision']}, recall {result['recall']}")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The title of a page of text, its breadcrumb and its site's name.

Takes   the blocks of a dump.
Gives   which block is the title, which are copies of it, and the sections and publisher that stood glued to them.
Needs   the standard library.
Limits  a title that no other block repeats is believed only when the prose below takes up its words, or nothing else stands above the story.
"""

from __future__ import annotations

import math
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources

from sayso.clean.blocks import Block
from sayso.clean.credits import byline_of
from sayso.clean.dates import days_in
from sayso.clean.features import COMMON, SENTENCE_END, WORD, look_at
from sayso.clean.phrases import sure_furniture

LOOK_AT = 600  # blocks from the top that a title may stand in
FOLDED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": ".", "`": "'"})
SITE = re.compile(r"^(?P<title>.{8,300})\s(?P<mark>\||\|\||»|«|·|•|::|[-–—])\s(?P<site>[^|»]{2,60})$")
CRUMBS = re.compile(r"\s*(?:[>»›/|\\→]|::)\s*|(?<=[a-z)])(?=[A-Z])")
_SITES: dict[str, list[str]] = tomllib.loads((resources.files("sayso.clean") / "sites.toml").read_text(encoding="utf-8"))
HOMES = frozenset(_SITES["homes"])
SECTIONS = frozenset(_SITES["sections"])
SITE_WORD = re.compile(rf"\.(?:{'|'.join(_SITES['domains'])})\b|\b(?:{'|'.join(_SITES['names'])})\b", re.IGNORECASE)


AGAIN = "title, a second time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """at: the block that is the title. words: the title without its site's name. copies: other blocks that only repeat it, with the reason.

    sure: whether something else on the page says so too: a copy, the page's own title.
    """

    at: int | None = None
    words: str | None = None
    copies: dict[int, str]
    sections: tuple[str, ...] = ()
    publisher: str | None = None
    sure: bool = False


def folded(words: str) -> str:
    """For comparing: one kind of quotation mark and dash, no case."""
    return " ".join(words.translate(FOLDED).casefold().split())


def title_of(blocks: Sequence[Block]) -> Title:
    """Find the title among the blocks of a dump."""
    top = blocks[:LOOK_AT]
    looks = [look_at(b) for b in top]
    folds = [folded(b.words) for b in top]
    prose = [n for n, look in enumerate(looks) if look.prose >= 12]
    candidates = [n for n in range(len(top)) if _may_be_title(top[n].words, looks[n].length)]
    head = next((n for n in candidates if n < 3), None)
    copies = _Copies(folds)
    scored = [(_score(n, head, folds, prose, copies.of(n)), -n) for n in candidates]
    best, at = max(scored, default=(0.0, 0))
    if best < 1.0:
        return Title(copies={})
    title = _described(-at, top, folds)
    liked = head is not None and head != -at and _likeness(_content(folds[-at]), _content(folds[head])) >= 0.8
    glued = any(n < 3 or reason != AGAIN for n, reason in title.copies.items())  # another headline may be printed twice as well
    return replace(title, sure=liked or glued)


def _content(fold: str) -> set[str]:
    return {w for w in WORD.findall(fold) if w not in COMMON and len(w) > 2}


def _may_be_title(words: str, length: int) -> bool:
    """Neither too short nor too long, no sentence of prose, no label, no byline, no date."""
    if not (2 <= length <= 40 and 12 <= len(words) <= 300) or sure_furniture(words) or byline_of(words):
        return False
    if length >= 12 and SENTENCE_END.search(words[-8:]) and words[-1] not in "?!" and not _is_capitalised(words):
        return False
    return not (length <= 6 and days_in(words, most=1))


def _is_capitalised(words: str) -> bool:
    """Written As Headlines Often Are."""
    long = [w for w in WORD.findall(words) if len(w) > 3]
    return len(long) >= 3 and sum(not w[0].islower() for w in long) >= 0.75 * len(long)


class _Copies:
    """Finds blocks that hold a title again; by its first and last characters first, so that a page of thousands is no matter of millions."""

    def __init__(self, folds: Sequence[str]) -> None:
        self.folds = folds
        self.first: dict[str, list[int]] = {}
        self.last: dict[str, list[int]] = {}
        for n, fold in enumerate(folds):
            self.first.setdefault(fold[:12], []).append(n)
            self.last.setdefault(fold[-12:], []).append(n)

    def of(self, n: int) -> list[int]:
        mine = self.folds[n]
        same = [m for m in self.first[mine[:12]] if m != n and (self.folds[m] == mine or _suffixed(self.folds[m], mine))]
        return same + [m for m in self.last[mine[-12:]] if m != n and _glued(self.folds[m], mine)]


def _score(n: int, head: int | None, folds: Sequence[str], prose: Sequence[int], copies: Sequence[int]) -> float:
    """Likeness to the page's first line, repetition, closeness to the prose below, and words that the prose takes up."""
    below = prose[bisect_right(prose, n) :][:4]
    if not below:
        return 0.0
    mine, wanted = folds[n], _content(folds[n])
    score = -1.0 if len(copies) > 4 else 0.5 if copies else 0.0
    score += 0.6 if any(m < n for m in copies) else 0.0
    if head is not None:  # most flatteners put the page's own title first
        score += 1.0 if n == head else 2.5 * _likeness(wanted, _content(folds[head]))
    said = {w for p in below for w in WORD.findall(folds[p][:1500])}
    score += 2.0 * len(wanted & said) / max(3, len(wanted))
    score += 1.0 if below[0] - n <= 2 else 0.6 if below[0] - n <= 6 else 0.2 if below[0] - n <= 15 else 0.0
    score -= 0.8 if SENTENCE_END.search(mine) and not mine.endswith(("?", "!")) and n != head else 0.0
    score -= 0.5 if len(wanted) < 2 else 0.0
    return score - 0.3 * math.sqrt(bisect_left(prose, n))


def _likeness(one: set[str], other: set[str]) -> float:
    """The share of words that two wordings have in common; 0 under a half, or when they are too few to tell."""
    shared = len(one & other)
    share = shared / max(1, min(len(one), len(other)), 0.7 * max(len(one), len(other)))
    return share if share >= 0.5 and (shared >= 3 or one == other) else 0.0


def _glued(longer: str, title: str) -> bool:
    """A breadcrumb ran into the title: "homeworldn.korea says"."""
    return len(title) < len(longer) <= len(title) + 90 and longer.endswith(title) and len(title) > 15


def _suffixed(longer: str, title: str) -> bool:
    """The title with its site's name behind it."""
    return len(title) < len(longer) <= len(title) + 90 and longer.startswith(title) and bool(re.match(r"\s?[|»«·•:\-]", longer[len(title) :]))


def _site_of(words: str, blocks: Sequence[Block]) -> tuple[str, str] | None:
    """Split "Title - Site"; the site must look like one, or stand elsewhere on the page by itself."""
    match = SITE.match(words)
    if not match:
        return None
    title, site = match.group("title").strip(), match.group("site").strip()
    if len(site.split()) > 7 or len(title) < len(site) or not site[:1].isupper():
        return None
    if match.group("mark") in "||»«·•::" or SITE_WORD.search(site) or any(folded(b.words) == folded(site) for b in blocks):
        return title, site
    return None


def site_split(words: str, blocks: Sequence[Block] = ()) -> tuple[str, list[str]]:
    """Take every site name and section off the end of a title: "Title | World | The Site" -> title, ["World", "The Site"]."""
    taken: list[str] = []
    while len(taken) < 3:
        parts = _site_of(words, blocks)
        if parts is None:
            break
        words, site = parts
        taken.insert(0, site)
    return words, taken


def _described(n: int, top: Sequence[Block], folds: Sequence[str]) -> Title:
    """Gather the copies of the chosen title and what was glued to them. The last whole copy before the story is the one kept."""
    words, taken = site_split(top[n].words, top)
    mine = folded(words)
    sections: list[str] = []
    copies: dict[int, str] = {}
    at = n
    for m, fold in enumerate(folds):
        if fold == mine and m != at:
            copies[m] = AGAIN
        elif m != n and _glued(fold, mine):
            copies[m] = "breadcrumb glued to the title"
            sections += _crumbs(top[m].words[: len(fold) - len(mine)])
        elif m != n and _suffixed(fold, mine):
            copies[m] = "title with the site's name"
            taken += site_split(top[m].words, [*top, Block(words=top[m].words[len(mine) :].lstrip(" |»«·•:–—-"))])[1]
    crumbs, places = _crumbs_above(at, top, mine)
    sections += crumbs
    copies |= dict.fromkeys(places, "breadcrumb")
    publisher = taken[-1] if taken else None
    sections += [t for t in taken[:-1] if t.lower() in SECTIONS]
    unique = tuple(dict.fromkeys(s for s in sections if s.lower() not in HOMES))
    return Title(at=at, words=words, copies=copies, sections=unique, publisher=publisher)


def _crumbs(words: str) -> list[str]:
    """The steps of a breadcrumb, without "Home"."""
    parts = [p.strip(" .:-") for p in CRUMBS.split(words)]
    if not parts or (parts[0].lower() not in HOMES and parts[0].lower() not in SECTIONS):
        return []
    return [p for p in parts if p and len(p) <= 40 and p.lower() not in HOMES]


def _crumbs_above(at: int, top: Sequence[Block], title: str) -> tuple[list[str], list[int]]:
    """Breadcrumbs in blocks of their own shortly above the title: in one line, or a step a line after "Home"."""
    above = range(max(0, at - 6), at)
    for n in reversed(above):
        words = top[n].words
        parts = [p.strip() for p in re.split(r"\s*[>»›/|→]\s*|\s::\s", words) if p.strip()]
        if len(parts) >= 2 and len(words) < 200 and (parts[0].lower() in HOMES or parts[0].lower() in SECTIONS):
            kept = [p for p in parts if p.lower() not in HOMES and not title.startswith(folded(p).rstrip(". ")) and len(p) <= 40]
            return kept, [n]
    homes = [n for n in above if top[n].words.strip(" >»/").lower() in HOMES]
    if homes and all(len(top[n].words) <= 40 and days_in(top[n].words, most=1) == [] for n in range(homes[-1], at)):
        steps = list(range(homes[-1], at))
        return [top[n].words.strip(" >»/") for n in steps[1:] if top[n].words.strip(" >»/")], steps
    if at and top[at - 1].words.lower() in SECTIONS:
        return [top[at - 1].words], [at - 1]
    return [], []


def title_in_markup(blocks: Sequence[Block], given: Sequence[str], publisher: str | None) -> Title:
    """Find the block that is the title that the page's head names; without one, the first `<h1>`, or the head's title alone.

    given  titles from the head, best first, site names still on them.
    """
    names = [Block(words=publisher)] if publisher else []
    split = [site_split(words, names) for words in given]
    wanted = {folded(words) for words, _ in split} | {folded(words) for words in given}
    heads = [n for n, b in enumerate(blocks) if b.tag == "h1"]
    likely = [n for n in heads if folded(blocks[n].words) in wanted] or [n for n in heads if any(_alike(folded(blocks[n].words), w) for w in wanted)]
    likely = likely or [n for n, b in enumerate(blocks) if folded(b.words) in wanted and b.links < 0.5 and not b.hints & {"related", "nav"}]
    if not likely and len(heads) == 1 and len(blocks[heads[0]].words.split()) >= 3:
        likely = heads
    at = likely[0] if likely else None
    words = blocks[at].words if at is not None else next((w for w, _ in split if w), None)
    copies = {n: AGAIN for n, b in enumerate(blocks) if n != at and words and folded(b.words) == folded(words)}
    suffixes = [taken for _, taken in split if taken]
    site = publisher or (suffixes[-1][-1] if suffixes else None)
    return Title(at=at, words=words, copies=copies, publisher=site, sure=at is not None and likely is not heads)


def _alike(one: str, other: str) -> bool:
    """Two wordings of one headline share most of their words."""
    mine, theirs = set(WORD.findall(one)), set(WORD.findall(other))
    return len(mine & theirs) >= 0.6 * max(1, min(len(mine), len(theirs))) and len(mine) >= 3

"""HTML -> blocks with what the markup says of them.

Takes   decoded HTML.
Gives   a tree of bounded depth and its visible blocks in document order.
Needs   lxml.
Limits  what scripts would draw is not drawn; elements that are hidden by a style sheet are seen.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from sayso.clean.blocks import MOST, Block
from sayso.clean.decode import printed
from sayso.errors import CleanError

html_parser: Any = lxml_html.HTMLParser
document: Any = lxml_html.document_fromstring

_UNSEEN = "script style noscript template svg iframe object video audio canvas head select option textarea input math map datalist"
_BLOCKS = """address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3
    h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul"""
_NEVER_CLOSED = "area base br col embed hr img input link meta param source track wbr p li dd dt tr td th option"
UNSEEN = frozenset(_UNSEEN.split())
BLOCKS = frozenset(_BLOCKS.split())
NEVER_CLOSED = frozenset(_NEVER_CLOSED.split())
CELLS = frozenset(("td", "th"))

# Kinds of container by tag, and by words in class, id, role and itemprop: what sites of any make call them.
TAG_HINTS = {
    "nav": "nav", "aside": "side", "footer": "foot", "header": "head", "form": "form", "figure": "caption", "figcaption": "caption",
    "article": "article", "main": "main", "button": "form", "menu": "nav", "blockquote": "quote", "table": "table", "dialog": "form",
    "ul": "list", "ol": "list",
}  # fmt: skip
NAMED_HINTS = {
    name: re.compile(words)
    for name, words in {
        "nav": r"(?<![a-z])(?:nav|menu|breadcrumb|topbar|toolbar|pagination|pager|skip|site-?header|masthead)|navigation|dropdown",
        "side": r"side-?bar|(?<![a-z])(?:aside|rail|widget|secondary|right-?col|complementary)",
        "foot": r"footer|colophon|copyright|legal|disclaimer|contentinfo",
        "share": r"share|sharing|social|follow|addthis|addtoany|toolset|print|email",
        "comment": r"comment|disqus|discuss|respond|reply|livefyre",
        "related": r"relat|recommend|recirc|read-?(?:more|next|also)|trending|popular|most-|latest|promo|teaser|outbrain|taboola|"
        r"more-(?:from|in|on|stories|news)|also-?like|see-?also|up-?next|headlines|carousel|spotlight|partner|suggest",
        "ad": r"(?<![a-z])(?:ad|ads|adv|advert|dfp|gpt|banner)(?![a-z])|advert|sponsor|adsense|affiliate",
        "letter": r"newsletter|subscri|sign-?up|paywall|register|login|donat|membership|(?<![a-z])cta(?![a-z])|optin|consent|cookie|gdpr",
        "caption": r"caption|credit|gallery|slideshow|(?<![a-z])(?:photo|image|media|wp-caption)(?![a-z])",
        "meta": r"byline|author|(?<![a-z])(?:bio|dateline|timestamp|date|meta|kicker|tags?|topics?|categor(?:y|ies)|labels?|keywords)(?![a-z])",
        "body": r"article-?_?(?:body|text|content)|story-?_?(?:body|text|content)|entry-?_?content|post-?_?(?:body|content|text)|articlebody|"
        r"body-?_?(?:copy|text|content)|content-?_?body|rich-?text|field-?name-?body",
        "article": r"(?<![a-z])(?:article|story|hentry|post-\d+)(?![a-z])",
        "hidden": r"(?<![a-z])(?:hidden|hide|sr-only|screen-reader|visually-?hidden|modal|popup|overlay|tooltip)(?![a-z])",
    }.items()
}
ALWAYS = frozenset(("article", "main", "body", "quote", "list", "table"))
EXCESS = "Excessive depth"
OPEN_OR_CLOSE = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})\b[^<>]*>")


def tree_from_html(html: str, depth: int) -> Any | None:
    """Parse. None when there is no element at all. The parser drops whatever stands behind 256 open elements, so those are closed first."""
    tree, excess = _parsed(html)
    if excess:
        tree, _ = _parsed(flattened(html, min(depth, 200)))
    return tree


def _parsed(html: str) -> tuple[Any | None, bool]:
    parser: Any = html_parser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    try:
        tree = document(html.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None, False
    return tree, any(EXCESS in entry.message for entry in parser.error_log)


def flattened(html: str, depth: int) -> str:
    """Leave out the tags of every element nested deeper than `depth`; their text stays where it was."""
    pieces, opened, end = [], 0, 0
    for tag in OPEN_OR_CLOSE.finditer(html):
        name = tag.group(2).lower()
        if name in NEVER_CLOSED:
            continue
        if not tag.group(1):
            opened += 1
            too_deep = opened > depth
        else:
            too_deep = opened > depth
            opened = max(0, opened - 1)
        if too_deep:
            pieces.append(html[end : tag.start()])
            pieces.append(" ")
            end = tag.end()
    return "".join(pieces) + html[end:]


class _Home(NamedTuple):
    """A container: its number in the page, its tag, and the kinds its tag and its names hint at."""

    number: int
    tag: str
    hints: frozenset[str]


class _Walk:
    """Collects blocks on the way through a tree: the text met since the last border of a block, and the containers around it."""

    def __init__(self) -> None:
        self.found: list[tuple[Block, tuple[_Home, ...]]] = []
        self.text: list[str] = []
        self.linked = 0
        self.links = 0
        self.dated: list[str] = []
        self.within: tuple[_Home, ...] = (_Home(0, "", frozenset()),)
        self.named: dict[str, frozenset[str]] = {}
        self.homes = 0

    def add(self, text: str | None) -> None:
        if text:
            self.text.append(text)
            if self.links:
                self.linked += len(text.strip())

    def border(self) -> None:
        """End the block that is being collected."""
        if self.text:
            text = "".join(self.text)
            links = min(1.0, self.linked / max(1, len(text.strip())))
            for words in lines_joined(text):
                block = Block(words=words, tag=self.within[-1].tag, links=links, dated=tuple(self.dated))
                self.found.append((block, self.within))
        self.text, self.linked, self.dated = [], 0, []

    def enter(self, element: Any, tag: str) -> None:
        self.homes += 1
        self.within += (_Home(self.homes, tag, self.hints_of(element, tag)),)

    def hints_of(self, element: Any, tag: str) -> frozenset[str]:
        name = "" if tag in ("html", "body") else " ".join(filter(None, map(element.get, ("class", "id", "role", "itemprop")))).lower()[:300]
        key = f"{tag} {name}"
        if key not in self.named:
            found = {hint for hint, words in NAMED_HINTS.items() if words.search(name)} if name else set()
            self.named[key] = frozenset(found | ({TAG_HINTS[tag]} if tag in TAG_HINTS else set()))
        return self.named[key]

    def blocks(self) -> list[Block]:
        """Finish: a container that holds most of the page says nothing by its name (`<div id="has-sidebar">` around all)."""
        self.border()
        held: Counter[int] = Counter()
        for block, within in self.found:
            held.update(dict.fromkeys((home.number for home in within), len(block.words)))
        large = {home for home, size in held.items() if size > 0.6 * held[0]}
        return [_placed(block, within, large) for block, within in self.found]


def _placed(block: Block, within: tuple[_Home, ...], large: set[int]) -> Block:
    hints = [home.hints & ALWAYS if home.number in large else home.hints for home in within]
    homes = (*(home.number for home in within[:-4:-1]), 0, 0)[:3]
    return replace(block, hints=frozenset().union(*hints), homes=homes)


def lines_joined(text: str) -> list[str]:
    """Lines of one element, broken by `<br>` (here a form feed): a line that is cut in mid-sentence goes on in the next."""
    lines: list[str] = []
    for piece in text.split("\f"):
        words = " ".join(printed(piece).split())  # again: an entity may name what `decode` took out
        if words and lines and words[:1].islower() and lines[-1][-1:] not in ".!?:”\"":
            lines[-1] += " " + words
        elif words:
            lines.append(words)
    return lines


def blocks_from_tree(tree: Any) -> list[Block]:
    """Visible blocks in document order. Raises `CleanError` for more than any page has."""
    walk = _Walk()
    events = etree.iterwalk(tree, events=("start", "end"))
    for event, element in events:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in UNSEEN or not tag or _is_hidden(element):
                events.skip_subtree()
                continue
            _start(walk, element, tag)
        else:
            if tag and tag not in UNSEEN and not _is_hidden(element):
                _end(walk, element, tag)
            walk.add(element.tail)
        if len(walk.found) > MOST:
            raise CleanError("too long", f"More than {MOST:,} blocks of text; one page was wanted. Split the file into its pages.")
    return walk.blocks()


def _start(walk: _Walk, element: Any, tag: str) -> None:
    if tag == "br":
        walk.add("\f")
    elif tag in CELLS and not _has_blocks(element):
        walk.add(" ")
    elif tag in BLOCKS:
        walk.border()
        walk.enter(element, tag)
    elif tag == "a":
        walk.links += 1
    elif tag == "time" and element.get("datetime"):
        walk.dated.append(element.get("datetime")[:40])
    walk.add(element.text)


def _end(walk: _Walk, element: Any, tag: str) -> None:
    if tag in CELLS and not _has_blocks(element):
        walk.add(" ")
    elif tag in BLOCKS:
        walk.border()
        walk.within = walk.within[:-1]
    elif tag == "a":
        walk.links -= 1


def _in_paragraph(element: Any) -> bool:
    return any(parent.tag == "p" for parent in islice(element.iterancestors(), 4))


def _has_blocks(cell: Any) -> bool:
    """A cell of a layout table holds blocks; a cell of figures is a word of its row."""
    return any(child.tag in BLOCKS for child in cell)


POPPED_UP = re.compile(r"(?<![a-z])(?:rollover|tooltip|popover|pop-?up|sr-only|screen-reader|visually-?hidden)")


def _is_hidden(element: Any) -> bool:
    if element.tag in ("span", "div", "aside") and POPPED_UP.search(element.get("class", "").lower()) and _in_paragraph(element):
        return True  # a card that opens over a name in the prose
    style = element.get("style")
    return element.get("hidden") is not None or (style is not None and "display:none" in style.replace(" ", "").lower())

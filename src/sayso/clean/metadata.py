"""What an HTML page says of itself outside its text: titles, sections, authors, publisher, dates.

Takes   the parsed tree.
Gives   `Metadata`, each value as the page gives it.
Needs   lxml's tree; no clock, no network, no guess: a date that no element calls published or modified is left alone.
Limits  JSON-LD that does not parse is passed over; of several articles in it the first that is not in a list counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sayso.clean.dates import day_in_url, machine_day
from sayso.clean.decode import printed
from sayso.records import DateFact, DateKind

TITLES = ("og:title", "headline", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title", "fb_title")
SITES = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher", "source")
SECTIONS = ("article:section", "section", "parsely-section", "sailthru.section", "category", "dc.subject")
AUTHORS = ("byl", "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "citation_author", "article:author_name")
PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "article:published", "article.published", "datepublished", "publishdate",
    "publish-date", "publish_date", "pubdate", "published", "published_time", "publication_date", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.issued", "dcterms.created", "dc.date.created", "cxenseparse:recs:publishtime", "article_date_original", "originalpublicationdate",
    "citation_publication_date", "date_published", "bt:pubdate", "rnews:datepublished", "ptime", "displaydate",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified", "datemodified", "dcterms.modified", "dc.date.modified",
    "lastmod", "last-modified", "lastmodified", "utime", "bt:moddate", "article.updated", "modified_time", "revised", "date_modified",
)  # fmt: skip
LAST_RESORT = ("date", "dc.date", "dcterms.date")  # some sites print the day of the request here: believed only beside nothing better
ARTICLE_TYPE = re.compile(r"article|posting|report\b|newsstory|review", re.IGNORECASE)
LISTS = frozenset(("itemListElement", "hasPart", "isPartOf", "relatedLink", "mentions", "comment", "review", "video", "image", "citation"))
DEEPEST, MOST = 12, 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """titles: what may be the title, best first, site names still on them. body: the text that JSON-LD gives for the whole article."""

    titles: tuple[str, ...] = ()
    publisher: str | None = None
    sections: tuple[str, ...] = ()
    byline: str | None = None
    dates: tuple[DateFact, ...] = ()
    url: str | None = None
    body: str = ""


@dataclass(slots=True)
class _Linked:
    """What JSON-LD says of the article."""

    article: dict[str, Any] = field(default_factory=dict)
    crumbs: list[str] = field(default_factory=list)
    publisher: str | None = None


def metadata_of(tree: Any) -> Metadata:
    """Read the head of a page, its JSON-LD and its microdata."""
    named = _named(tree)
    linked = _linked(tree)
    article = linked.article
    url = _first(named, ("og:url",)) or _link(tree, "canonical") or _text(article.get("url"))
    return Metadata(
        titles=tuple(filter(None, (_text(article.get("headline")), *(_first(named, (n,)) for n in TITLES), _page_title(tree)))),
        publisher=_plain_name(_first(named, SITES[:1])) or _name(article.get("publisher")) or linked.publisher or _plain_name(_first(named, SITES[1:])),
        sections=_sections(named, linked),
        byline=_byline(named, article),
        dates=tuple(_dates(tree, named, article, url)),
        url=url,
        body=_text(article.get("articleBody"), 200_000) or "",
    )


def _named(tree: Any) -> dict[str, list[str]]:
    """Contents of `<meta>` by name, property or itemprop in small letters."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = _text(element.get("content"))
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute)
            if name and content:
                found.setdefault(name.lower().strip(), []).append(content)
    return found


def _first(named: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((named[name][0] for name in names if name in named), None)


def _link(tree: Any, relation: str) -> str | None:
    return next((_text(link.get("href")) for link in tree.iter("link") if (link.get("rel") or "").lower() == relation), None)


def _page_title(tree: Any) -> str | None:
    element = next(tree.iter("title"), None)
    return _text(element.text_content()) if element is not None else None


def _text(value: Any, longest: int = 1000) -> str | None:
    """A value as one line of printed text; None unless it is a string with something in it."""
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    return " ".join(printed(value[:longest]).split()) or None


def _plain_name(value: str | None) -> str | None:
    """A publisher's name; an address or a handle is none."""
    if not value or value.startswith(("http", "@", "/")) or len(value) > 80:
        return None
    return value


def _name(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return _plain_name(_text(value.get("name") if isinstance(value, dict) else value))


def _linked(tree: Any) -> _Linked:
    found = _Linked()
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            _take(node, found)
    return found


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Objects of JSON-LD in document order, without those in lists of other things."""
    waiting: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while waiting and seen < MOST:
        value, depth = waiting.pop(0)
        seen += 1
        if isinstance(value, list) and depth < DEEPEST:
            waiting += [(v, depth + 1) for v in value[:200]]
        elif isinstance(value, dict):
            yield value
            if depth < DEEPEST:
                waiting += [(v, depth + 1) for key, v in value.items() if key not in LISTS and isinstance(v, dict | list)]


def _take(node: dict[str, Any], found: _Linked) -> None:
    kinds = node.get("@type")
    kind = " ".join(map(str, kinds)) if isinstance(kinds, list) else str(kinds)
    if ARTICLE_TYPE.search(kind) and not found.article and (node.get("headline") or node.get("datePublished") or node.get("articleBody")):
        found.article = node
    elif "BreadcrumbList" in kind and not found.crumbs:
        found.crumbs = _steps(node.get("itemListElement"))
    elif ("Organization" in kind or kind == "WebSite") and not found.publisher:
        found.publisher = _name(node)


def _steps(items: Any) -> list[str]:
    steps = []
    for item in items[:10] if isinstance(items, list) else []:
        if isinstance(item, dict):
            inner = item.get("item")
            name = _text(item.get("name")) or _text(inner.get("name") if isinstance(inner, dict) else None)
            steps += [name] if name else []
    return steps


def _sections(named: dict[str, list[str]], linked: _Linked) -> tuple[str, ...]:
    value = linked.article.get("articleSection")
    given = [_text(v) for v in (value if isinstance(value, list) else [value])] + [_first(named, SECTIONS)]
    found = [v for v in given if v and len(v) <= 60 and not v.startswith("http")] or linked.crumbs
    homes = {"home", "homepage", "news home"}
    return tuple(dict.fromkeys(v for v in found if v.lower() not in homes and len(v) <= 40))[:4]


def _byline(named: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    authors = article.get("author")
    names = [_name(a) for a in (authors if isinstance(authors, list) else [authors])[:12]]
    for name in AUTHORS:
        if any(names):
            break
        names = [_plain_name(v) for v in named.get(name, [])]
    unique = dict.fromkeys(re.sub(r"^by:?\s", "", n, flags=re.IGNORECASE) for n in names if n)
    return ", ".join(unique) or None


def _dates(tree: Any, named: dict[str, list[str]], article: dict[str, Any], url: str | None) -> Iterator[DateFact]:
    """Facts in the order of how directly they are told; the same day of one kind and basis is one fact."""
    found: list[tuple[DateKind, str, str]] = []
    for kind, keys, names in (("published", ("datePublished",), PUBLISHED), ("modified", ("dateModified",), MODIFIED)):
        typed: DateKind = "published" if kind == "published" else "modified"
        found += [(typed, "metadata", words) for key in keys if (words := _text(article.get(key)))]
        found += [(typed, "metadata", named[name][0]) for name in names if name in named]
        found += [(typed, "metadata", words) for words in _microdata(tree, keys[0])]
    if not any(kind == "published" for kind, _, _ in found):
        found += [("published", "metadata", named[name][0]) for name in LAST_RESORT if name in named][:1]
    seen = set()
    for kind_, basis, words in found:
        day = machine_day(words)
        if day and (kind_, day) not in seen:
            seen.add((kind_, day))
            yield DateFact(kind=kind_, earliest=day, latest=day, basis=basis, words=words)
    in_url = day_in_url(url) if url else None
    if in_url:
        yield DateFact(kind="published", earliest=in_url[0], latest=in_url[0], basis="url", words=in_url[1])


def _microdata(tree: Any, name: str) -> list[str]:
    found = tree.xpath("(//*[@itemprop=$name])[1]", name=name)
    values = [element.get("datetime") or element.get("content") for element in found]
    return [v for v in map(_text, values) if v]

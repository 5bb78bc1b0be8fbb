"""Feeds and sitemaps -> the addresses that they lead to, with what they say of each.

Takes   the bytes of a feed (RSS, Atom, JSON Feed), or an open sitemap.
Gives   `Link`s in the order of the file. Raises `NotALinkList` when it cannot be read.
Needs   feedparser and defusedxml; nothing is fetched here, and no entity is ever expanded.
Limits  an entry without an address is read as it stands in the feed; with one, the page at the address is what counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from sayso.records import Given

ENTITY = re.compile(rb"<!ENTITY\b", re.IGNORECASE)


class NotALinkList(Exception):
    """It claims to be a feed or a sitemap and cannot be read as one; the message says why."""


class Link(NamedTuple):
    """Where to go next. nested: it is a sitemap, not a page. body: what the feed itself holds, where there is no address."""

    url: str | None
    given: Given
    nested: bool = False
    body: bytes = b""


def links_of_feed(body: bytes, base: str) -> Iterator[Link]:
    """Entries of an RSS or Atom feed. base: the feed's own address, which relative links in it are relative to."""
    from feedparser.api import parse  # noqa: PLC0415

    if ENTITY.search(body.replace(b"\0", b"")):
        raise NotALinkList("it declares entities, as bombs do; a feed needs none")
    # In a stream, so that feedparser cannot take the bytes for the name of a file or an address.
    feed: Any = parse(BytesIO(body), response_headers={"content-location": base} if base else None)
    entries = feed.get("entries", [])
    if not entries and feed.get("bozo"):
        raise NotALinkList(f"it breaks off ({feed.get('bozo_exception')})")
    publisher = _line(feed.get("feed", {}).get("title"))
    for entry in entries:
        source = entry.get("source")
        given = Given(
            title=_line(entry.get("title")),
            publisher=_line(source.get("title") if isinstance(source, dict) else None) or publisher,
            published=_line(entry.get("published") or entry.get("updated")),
        )
        held = next((c.get("value") for c in entry.get("content", []) if c.get("value")), None) or entry.get("summary") or ""
        yield Link(_line(entry.get("link")), given, body=b"" if entry.get("link") else str(held).encode("utf-8", "replace"))


def links_of_json_feed(body: bytes) -> Iterator[Link]:
    """Items of a JSON Feed (jsonfeed.org, versions 1 and 1.1)."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotALinkList(f"it is no JSON ({str(error)[:120]})") from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise NotALinkList("it has no list of items")
    for item in items:
        if isinstance(item, dict):
            given = Given(title=_line(item.get("title")), publisher=_line(feed.get("title")), published=_line(item.get("date_published")))
            url = _line(item.get("url")) or _line(item.get("external_url"))
            held = item.get("content_html") or item.get("content_text") or ""
            yield Link(url, given, body=b"" if url else str(held).encode("utf-8", "replace"))


def links_of_sitemap(stream: BinaryIO) -> Iterator[Link]:
    """Addresses in a sitemap or an index of sitemaps, as it is parsed: memory holds one of them."""
    from xml.etree.ElementTree import ParseError  # noqa: PLC0415

    from defusedxml.common import DefusedXmlException  # noqa: PLC0415
    from defusedxml.ElementTree import iterparse  # noqa: PLC0415

    found: dict[str, str] = {}
    root: Any = None
    try:
        for event, element in iterparse(stream, events=("start", "end"), forbid_dtd=True):
            if root is None:
                root = element
            name = _local(element.tag)
            if event == "start":
                continue
            if name in ("loc", "title", "name", "publication_date") and element.text and name not in found and "image" not in element.tag:
                found[name] = element.text[:4000]
            elif name in ("url", "sitemap"):
                given = Given(title=_line(found.get("title")), publisher=_line(found.get("name")), published=_line(found.get("publication_date")))
                if "loc" in found:
                    yield Link(_line(found["loc"]), given, nested=name == "sitemap")
                found = {}
                root.clear()
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        bomb = isinstance(error, DefusedXmlException)
        raise NotALinkList("it declares entities or a document type, as bombs do; a sitemap needs none" if bomb else f"it breaks off ({error})") from None


def _local(tag: Any) -> str:
    return str(tag).rpartition("}")[2].lower()


def _line(value: Any) -> str | None:
    return (" ".join(value[:4000].split()) or None) if isinstance(value, str) else None

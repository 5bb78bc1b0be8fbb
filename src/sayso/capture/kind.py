"""What a source is: one page, or one of the things that hold many.

Takes   the first bytes, unpacked if they were gzip, and the name.
Gives   a `Kind`; whatever is not plainly one of the others is a page, which `sniff.py` looks at more closely.
Needs   the standard library.
Limits  CSV is known by its name alone: a text with commas in it is no table.
"""

from __future__ import annotations

import json
import re
from typing import Literal

from sayso.capture.exports import export_in

Kind = Literal["page", "warc", "zip", "parquet", "jsonl", "csv", "export", "feed", "json feed", "sitemap"]

HEAD = 262_144  # bytes: an export is known by what stands around its first article
XML_START = re.compile(
    rb"(?:\s{0,100}(?:<!--.{0,2000}?-->|<\?[^>]{0,500}\?>|<!DOCTYPE[^<\[>]{0,300}(?:\[.{0,20000}?\]\s{0,9})?>)){0,50}\s{0,100}<([\w:]{1,40})", re.DOTALL
)
ROOTS: dict[bytes, Kind] = {b"rss": "feed", b"feed": "feed", b"rdf": "feed", b"urlset": "sitemap", b"sitemapindex": "sitemap"}
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/jsonfeed\.org\\?/version\\?/')


def kind_of(head: bytes, name: str) -> Kind:
    """Give the kind by the bytes first and the name second."""
    if head.startswith(b"WARC/"):
        return "warc"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    name = name.lower().removesuffix(".gz")
    narrow = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    narrow = narrow.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").removeprefix(b"\xef\xbb\xbf")
    start = narrow.lstrip()[:1]
    if start == b"{":
        return _kind_of_json(narrow, name)
    if start == b"<" and (root := XML_START.match(narrow)):
        tag = root.group(1).lower()
        return ROOTS.get(tag if tag in ROOTS else tag.split(b":")[0] if tag == b"rdf:rdf" else tag.split(b":")[-1], "page")
    if name.endswith((".csv", ".tsv")):
        return "csv"
    return "export" if start != b"<" and export_in(narrow) else "page"


def _kind_of_json(head: bytes, name: str) -> Kind:
    if JSON_FEED.search(head[:20_000]):
        return "json feed"
    if name.endswith((".jsonl", ".ndjson", ".jsonlines")):
        return "jsonl"
    first, found, _ = head.lstrip().partition(b"\n")
    try:
        whole = isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        whole = False
    return "jsonl" if whole and (found or name.endswith(".json")) else "page"

"""What kind of page some bytes are: the bytes decide, the name only where they do not.

Takes   the bytes of one file, unpacked, and its name.
Gives   `text/html` or `text/plain` with the charset of a byte-order mark, or the name of what it is instead.
Limits  looks at the first 64 KB and at every 64th KB after that; never decodes the whole.
"""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

GZIP = b"\x1f\x8b"
LOOK = 65_536

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM\x00", "a bitmap"),
    (b"RIFF", "sound, film or a WebP picture"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x00asm", "a program"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"Rar!", "a rar archive"),
    (GZIP, "gzip within gzip"),
    (b"SQLite format 3", "a database"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "rich text (RTF)"),
    (b"%!PS", "PostScript"),
    (b"ID3", "sound"),
    (b"OggS", "sound"),
    (b"PAR1", "a Parquet table"),
)

PAGE_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main)\b", re.IGNORECASE)
ANY_TAG = re.compile(
    rb"</?(?:p|div|span|a|h[1-6]|br|ul|ol|li|table|td|tr|img|section|header|footer|nav|b|i|strong|em|font)\b[^<>]{0,400}>",
    re.IGNORECASE,
)
OTHER_XML = re.compile(rb"<(?:rss|feed|urlset|sitemapindex|svg|rdf:rdf)\b", re.IGNORECASE)
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\x0b\x0c\x1a\x1b\x08")) + b"\x7f"


class Sniffed(NamedTuple):
    """The media type, and the charset where a byte-order mark or the pattern of NULs gives it away."""

    media_type: str
    charset: str | None


def sniffed(body: bytes, name: str) -> Sniffed | str:
    """Give the kind of page, or the words for what it is instead ("a PNG picture")."""
    for mark, charset in MARKS:
        if body.startswith(mark) and len(body) > len(mark):
            return Sniffed(_media_type(_narrow(body[len(mark) : LOOK], charset), name), charset)
    for magic, words in MAGIC:
        if body.startswith(magic):
            return words
    if body[257:262] == b"ustar":
        return "a tar archive"
    wide = _wide_charset(body[:LOOK])
    if wide:
        return Sniffed(_media_type(_narrow(body[:LOOK], wide), name), wide)
    if _looks_binary(body):
        return "binary"
    head = body[:LOOK].lstrip()
    if head.startswith(b"<") and OTHER_XML.search(head[:1000]) and not PAGE_TAG.search(head[:1000]):
        return "XML, not a page (a feed, a sitemap, a drawing)"
    return Sniffed(_media_type(head, name), None)


def _media_type(head: bytes, name: str) -> str:
    """A page's own tags near the start, or several tags of any kind; a name ending in .html needs only one."""
    if PAGE_TAG.search(head[:8192]):
        return "text/html"
    needed = 1 if name.lower().endswith((".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")) else 4
    tags = sum(1 for _ in islice(ANY_TAG.finditer(head), needed))
    return "text/html" if tags == needed else "text/plain"


def _narrow(head: bytes, charset: str) -> bytes:
    """Wide characters as single bytes, enough to look for tags in."""
    return head.decode(charset, "replace").encode("latin-1", "replace")


def _wide_charset(head: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark: Latin text in it is every other byte NUL, always on the same side."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[0::2].count(0) / pairs, head[1::2].count(0) / pairs
    quarters = [head[n::4].count(0) * 4 / len(head) for n in range(4)]
    if min(quarters[1:]) > 0.9 and quarters[0] < 0.1:
        return "utf-32-le"
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def _looks_binary(body: bytes) -> bool:
    """More than one control character in fifty: text has none, text with a broken transfer has few."""
    sample = body[:LOOK] + b"".join(body[at : at + 1024] for at in range(LOOK, len(body), LOOK))
    controls = len(sample) - len(sample.translate(None, CONTROLS))
    return controls * 50 > len(sample)

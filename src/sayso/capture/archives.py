"""A web archive (WARC, WET, WACZ) -> the pages in it, one at a time.

Takes   an open file. Gzip around each record, or around the whole, is fastwarc's to take off.
Gives   a `Page` for each page that answered with status 200; one `Skipped` for each broken record, and one that counts what is no page.
Needs   fastwarc.
Limits  after a broken record it goes on at the next one, a thousand times a file; a file that cannot be sought in ends there.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.capture.page import page_of, skipped, too_large
from sayso.capture.sniff import GZIP
from sayso.capture.unzip import GZIP_WINDOW, GzipError, unzipped
from sayso.config import Settings
from sayso.records import Given, Page, Skipped

START = re.compile(rb"WARC/1\.[01]\r?\n[A-Za-z]")
MOST_BREAKS = 1000
CHUNK = 1 << 20
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")
ARCHIVE_IN_ZIP = re.compile(r"(?:^|/)archive/[^/]+\.(?:warc|warc\.gz|arc\.gz)$")
RATIO = 400
OTHER = "answers of other protocols"


class _NoPages:
    """Counts what an archive holds beside pages: pictures, redirects, requests."""

    def __init__(self) -> None:
        self.kinds: Counter[str] = Counter()

    def told(self, address: str) -> Iterator[Skipped]:
        if self.kinds:
            most = ", ".join(f"{count} {kind}" for kind, count in self.kinds.most_common(6))
            more = f" and {len(self.kinds) - 6} kinds more" if len(self.kinds) > 6 else ""
            yield skipped(address, "not pages", f"{self.kinds.total()} records hold no page: {most}{more}. Nothing to do, unless a page is missing.")


def pages_of_warc(stream: BinaryIO, address: str, settings: Settings, captured: str) -> Iterator[Page | Skipped]:
    """Read every page of a WARC or WET file."""
    archive = _Archive(stream, address, settings, captured)
    for breaks in range(MOST_BREAKS + 1):
        archive.whole = 0
        yield from archive.records()
        if not archive.broken:
            break
        following = _next_start(stream, archive.position + 1) if breaks < MOST_BREAKS else None
        if archive.whole or not breaks:  # damage that goes on is told once
            archive.number += 1
            met = f"What stands at byte {archive.position} or right behind it is damaged ({archive.broken})"
            rest = "The rest is read" if following is not None else "Nothing readable follows"
            yield skipped(archive.here, "broken record", f"{met}; a whole record was wanted. {rest}; fetch the archive again for it.")
        if following is None:
            break
        archive.start = following
    yield from archive.others.told(address)


class _Archive:
    """One file and where reading it has come to: the number and the place of the record under way, and what broke it, if anything."""

    def __init__(self, stream: BinaryIO, address: str, settings: Settings, captured: str) -> None:
        self.stream, self.address, self.settings, self.captured = stream, address, settings, captured
        self.start = self.position = self.number = self.whole = 0
        self.broken = ""
        self.others = _NoPages()

    @property
    def here(self) -> str:
        return f"{self.address}#{self.number}"

    def records(self) -> Iterator[Page | Skipped]:
        """Read from `start` on, until the end or a broken record; `broken` then says what is wrong with it.

        Each result waits for the record after it: only there does it show that a length was too short.
        """
        from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - archives alone need it

        self.broken, self.position = "", self.start
        held: Page | Skipped | str | None = None
        try:
            if self.start:
                self.stream.seek(self.start)
            for record in ArchiveIterator(self.stream):
                yield from self.kept(held)
                held, self.position = None, record.stream_pos
                self.broken = _fault_of(record)
                if self.broken:
                    return
                held = self.page_of_record(record)
                self.whole += 1
        except (OSError, ValueError, EOFError) as error:
            self.broken = str(error) or type(error).__name__
            if held == OTHER or (isinstance(held, Skipped) and held.why == "empty"):  # it only seemed so: its length is wrong
                held, self.number = None, self.number - 1
        except _Short as error:
            self.broken = str(error)
        yield from self.kept(held)

    def kept(self, held: Page | Skipped | str | None) -> Iterator[Page | Skipped]:
        """Count what is no page, give the rest."""
        if isinstance(held, str):
            self.others.kinds[held] += 1
        elif held is not None:
            yield held

    def page_of_record(self, record: Any) -> Page | Skipped | str | None:
        """Read one record; give the name of what is no page. Raises `_Short` when it ends before its length."""
        if str(record.record_type) == "warcinfo":
            return None
        if record.content_length > self.settings.max_bytes:
            self.number += 1
            return too_large(self.here, f"{record.content_length / 1e6:.1f} MB", self.settings)
        body = record.reader.read()
        if len(body) < record.content_length:
            raise _Short(f"{record.content_length} bytes were promised and {len(body)} are there")
        self.number += 1
        if no_page := _no_page(record):
            return no_page
        url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
        charset = "utf-8" if str(record.record_type) == "conversion" else None
        if str(record.record_type) == "response":
            charset = record.http_charset
            try:
                body = _decoded(record, body, self.settings.max_bytes + 1)
            except (OSError, GzipError, EOFError) as error:
                return skipped(self.here, "unknown encoding", f"{url}: the page cannot be unpacked ({str(error)[:200]}). Fetch it again.")
        fetched = record.headers.get("WARC-Date")
        told = Given(archived=fetched) if fetched else None
        name = "page.html" if "html" in (record.http_content_type or "") else url.partition("?")[0]
        return page_of(self.here, body, self.settings, self.captured, name=name, charset=charset, url=url or None, given=told)


class _Short(Exception):
    """A record ends before the length that it gives."""


def _fault_of(record: Any) -> str:
    """What is wrong with a record's own header; two types in it are two headers run together."""
    length, types = record.headers.get("Content-Length") or "", record.headers.get_multiple("WARC-Type")
    if len(types) != 1:
        return f"its header has {len(types)} types"
    return "" if length.strip().isdigit() else f"its length is {length[:40]!r}"


def _no_page(record: Any) -> str | None:
    """What a record is when it is no page that answered."""
    kind = str(record.record_type)
    if kind not in ("response", "resource", "conversion"):
        return f"{kind} records"
    media_type = (record.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
    if kind == "response":
        if not record.is_http_parsed or record.http_headers.status_code is None:
            return OTHER
        if record.http_headers.status_code != 200:
            return f"answers with status {record.http_headers.status_code}"
        media_type = (record.http_content_type or "").lower()
    if (record.headers.get("WARC-Target-URI") or "").strip("<>").endswith("/robots.txt"):
        return "robots.txt"
    return None if media_type in PAGES else media_type


def _decoded(record: Any, body: bytes, most: int) -> bytes:
    """Take off what the server packed the page in, never more than `most` bytes. Some crawlers have done so and left the header."""
    from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader  # noqa: PLC0415

    if "chunked" in (record.http_headers.get("Transfer-Encoding") or "").lower() and re.match(rb"[0-9a-fA-F]{1,8}[ \t]*(?:;[^\r\n]*)?\r\n", body):
        body = ChunkedReader(io.BytesIO(body)).read(most)
    for encoding in reversed([e.strip().lower() for e in (record.http_headers.get("Content-Encoding") or "").split(",")]):
        if encoding in ("gzip", "x-gzip") and body.startswith(GZIP):
            body = unzipped(body, most)
        elif encoding == "deflate":
            body = _inflated(body, most)
        elif encoding in ("br", "zstd") and body.lstrip()[:1] != b"<":
            body = (BrotliReader if encoding == "br" else ZstdReader)(io.BytesIO(body)).read(most)
    return body


def _inflated(body: bytes, most: int) -> bytes:
    """Deflate with its header as the standard wants it, or without as some servers send it; left alone when it is neither."""
    for window in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        try:
            return zlib.decompressobj(window).decompress(body, most)
        except zlib.error:
            continue
    return body


def _next_start(stream: BinaryIO, after: int) -> int | None:
    """The place of the next record: a header of WARC, or a member of gzip that begins with one."""
    try:
        stream.seek(0)
        packed = stream.read(2) == GZIP
        stream.seek(after)
    except (OSError, ValueError):
        return None
    at, window = after, b""
    while True:
        more = stream.read(CHUNK)
        window += more
        for place in _starts(window, packed, last=not more):
            return at + place
        if not more:
            return None
        keep = 512
        at, window = at + max(0, len(window) - keep), window[-keep:]


def _starts(window: bytes, packed: bool, *, last: bool) -> Iterator[int]:
    if not packed:
        yield from (match.start() for match in START.finditer(window))
        return
    place = window.find(GZIP + b"\x08")
    while place >= 0 and (last or place <= len(window) - 512):
        try:
            if zlib.decompressobj(GZIP_WINDOW).decompress(window[place : place + 512], 16).startswith(b"WARC/"):
                yield place
        except zlib.error:
            pass
        place = window.find(GZIP + b"\x08", place + 1)


def pages_of_zip(stream: BinaryIO, address: str, settings: Settings, captured: str) -> Iterator[Page | Skipped]:
    """Read the archives within a WACZ; another zip file is one `Skipped`."""
    try:
        with zipfile.ZipFile(stream) as packed:
            members = [m for m in packed.infolist() if ARCHIVE_IN_ZIP.search(m.filename)]
            if not members:
                met = "The bytes are a zip archive or an office document, without a web archive (WACZ) in it"
                yield skipped(address, "not a page", f"{met}; HTML or plain text was wanted. Turn it into one of these first.")
            for member in members:
                inner = f"{address}/{member.filename}"
                if member.file_size > 64_000_000 + RATIO * member.compress_size:
                    yield skipped(inner, "too large", f"It swells to more than {RATIO} times its size in the zip file. Unpack it yourself, if you trust it.")
                    continue
                with packed.open(member) as handle:
                    yield from pages_of_warc(io.BufferedReader(handle, CHUNK), inner, settings, captured)  # type: ignore[type-var]
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        yield skipped(address, "broken zip", f"The zip file is damaged ({str(error)[:200]}). Fetch it again.")

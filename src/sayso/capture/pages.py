"""Sources -> pages, in the order given.

Takes   paths, folders, globs, `-` and addresses, the settings, and the time of capture (no clock here).
Gives   a `Page` for whatever can be read and a `Skipped` for whatever cannot, one at a time: memory holds one page.
Needs   the file system, the stream passed for `-`, and the network once an address is met.
Limits  feeds and sitemaps lead to pages and to sitemaps, never to other feeds, archives or tables.
"""

from __future__ import annotations

import io
import os
import stat
import sys
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TYPE_CHECKING, BinaryIO

from sayso.capture.exports import Exported, articles_of, export_in
from sayso.capture.find import FoundFile, address_of, found, is_address, why_not
from sayso.capture.kind import HEAD, Kind, kind_of
from sayso.capture.page import page_of, skipped, too_large
from sayso.capture.streams import Opened
from sayso.capture.unzip import GzipError
from sayso.config import Settings
from sayso.errors import CaptureError
from sayso.records import Given, Page, Skipped

if TYPE_CHECKING:
    from sayso.capture.links import Link
    from sayso.capture.web import Fetched, Web

DEEPEST = 3  # sitemaps of sitemaps
NAMES = {"text/html": ".html", "text/csv": ".csv", "text/tab-separated-values": ".tsv", "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl"}


def pages(
    sources: Sequence[str], settings: Settings, *, captured: str, stdin: BinaryIO | None = None, web: Web | None = None,
    wanted: Callable[[str], bool] = lambda url: True,
) -> Iterator[Page | Skipped]:  # fmt: skip
    """Read every page that `sources` lead to; the same file or address reached twice is read once.

    sources   files, folders (recursive, sorted, hidden names passed over), globs (`**` too), `-` for standard input, http and https addresses.
              Each may be a page, or hold or name many: a feed, a sitemap, an archive, a table, an export.
    captured  UTC, ISO 8601: written into every page.
    stdin     what `-` means; the process's own standard input when None.
    web       how addresses are fetched; made from the settings when None.
    wanted    whether to fetch an address that a feed or sitemap leads to.

    Raises nothing for what it meets: a source that leads to no page comes back as one `Skipped(stage="capture")`.
    """
    run = _Run(settings, captured, web, wanted)
    try:
        for source in sources:
            if source == "-":
                if run.is_new("-"):
                    yield from run.stream(stdin or sys.stdin.buffer)
            elif is_address(source):
                yield from run.address(source)
            else:
                for file in found(source):
                    if isinstance(file, Skipped):
                        yield file
                    elif run.is_new(file.identity):
                        yield from run.file(file)
    finally:
        if run.web and web is None:
            run.web.close()


class _Seen:
    """Remembers the last 200,000 things, by 64 bits each: enough not to read twice, and no more memory for a million."""

    def __init__(self, most: int = 200_000) -> None:
        self.most = most
        self.known: OrderedDict[int, None] = OrderedDict()

    def is_new(self, thing: Hashable) -> bool:
        key = hash(thing)
        if key in self.known:
            return False
        self.known[key] = None
        if len(self.known) > self.most:
            self.known.popitem(last=False)
        return True


class _Run:
    """What one call of `pages` shares between its sources."""

    def __init__(self, settings: Settings, captured: str, web: Web | None, wanted: Callable[[str], bool]) -> None:
        self.settings, self.captured, self.web, self.wanted = settings, captured, web, wanted
        self.is_new = _Seen().is_new

    def stream(self, stream: BinaryIO) -> Iterator[Page | Skipped]:
        try:
            opened = Opened(stream, seekable=False)
        except (OSError, ValueError) as error:
            yield skipped("-", "unreadable", f"standard input broke off ({error}). Pass a file instead.")
            return
        yield from self.opened(opened, "-")

    def file(self, file: FoundFile) -> Iterator[Page | Skipped]:
        address = address_of(file.path)
        try:
            descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
            with os.fdopen(descriptor, "rb") as handle:
                status = os.fstat(descriptor)
                if not stat.S_ISREG(status.st_mode):  # swapped since it was found: reading a FIFO would wait for ever
                    yield skipped(address, "not a regular file", "It changed into a special file. Pass a regular file.")
                    return
                yield from self.opened(Opened(handle, seekable=True), address, size=status.st_size)
        except (OSError, ValueError) as error:
            yield why_not(file.path, error)

    def address(self, address: str) -> Iterator[Page | Skipped]:
        if not self.is_new(address):
            return
        fetched = self.fetched(address)
        if isinstance(fetched, Skipped):
            yield fetched
            return
        name = fetched.url.partition("?")[0].partition("#")[0] + NAMES.get(fetched.media_type, "")
        yield from self.opened(Opened(io.BytesIO(fetched.body), seekable=True), address, name=name, url=fetched.url, charset=fetched.charset)

    def fetched(self, address: str) -> Fetched | Skipped:
        if self.web is None:
            from sayso.capture.web import Web  # noqa: PLC0415 - a fifth of a second, for addresses alone

            self.web = Web(self.settings)
        return self.web.fetch(address)

    def opened(
        self, opened: Opened, address: str, *, name: str = "", size: int = 0, url: str | None = None, charset: str | None = None
    ) -> Iterator[Page | Skipped]:
        """Read one thing for what its first bytes say it is."""
        kind = kind_of(opened.head, name or address)
        try:
            if kind == "page":
                body = opened.raw.read(self.settings.max_bytes + 1) or b""
                yield page_of(address, body, self.settings, self.captured, size=size, name=name, url=url, charset=charset)
            elif kind in ("zip", "parquet") and not (opened.seekable and not opened.packed):
                yield skipped(address, "not a page", f"A {kind} file cannot be read from a pipe or from within gzip. Pass the unpacked file by its path.")
            else:
                yield from self.many(opened, kind, address, url or "")
        except CaptureError as error:
            yield skipped(address, "missing column", str(error))
        except GzipError as error:
            yield skipped(address, "broken gzip", f"{error}; what stands before is read. Fetch the file again, or unpack what can be saved of it.")

    def many(self, opened: Opened, kind: Kind, address: str, base: str) -> Iterator[Page | Skipped]:
        """Read what holds or names many pages."""
        at = (address, self.settings, self.captured)
        if kind in ("feed", "json feed", "sitemap"):
            yield from self.links(opened, kind, address, base)
        elif kind in ("warc", "zip"):
            from sayso.capture.archives import pages_of_warc, pages_of_zip  # noqa: PLC0415

            yield from (pages_of_warc if kind == "warc" else pages_of_zip)(opened.raw, *at)
        elif kind == "export":
            yield from self.export(opened, address)
        else:
            from sayso.capture.tables import rows_of_csv, rows_of_jsonl, rows_of_parquet  # noqa: PLC0415

            if kind == "parquet":
                yield from rows_of_parquet(opened.raw, *at)
            else:
                yield from (rows_of_csv if kind == "csv" else rows_of_jsonl)(opened.plain(), opened.head, *at)

    def export(self, opened: Opened, address: str) -> Iterator[Page | Skipped]:
        from sayso.capture.lines import lines_of, text_of  # noqa: PLC0415

        most = self.settings.max_bytes
        kind = export_in(opened.head.replace(b"\0", b""))
        assert kind is not None  # `kind_of` asked the same
        with text_of(opened.plain(), opened.head) as text:
            for number, article in enumerate(articles_of(lines_of(text, most), kind, most), start=1):
                yield self.exported(article, f"{address}#{number}")

    def exported(self, article: Exported | int, here: str) -> Page | Skipped:
        if isinstance(article, int):
            return too_large(here, f"{article / 1e6:.1f} MB", self.settings)
        if not article.body.strip():
            return skipped(here, "empty", f"The article {article.title or 'without a title'!r} has no body in the export. Export it with its full text.")
        given = Given(title=article.title, publisher=article.publisher, published=article.published)
        return page_of(here, article.text.encode("utf-8", "replace"), self.settings, self.captured, name="article", charset="utf-8", given=given)

    def links(self, opened: Opened, kind: Kind, address: str, base: str) -> Iterator[Page | Skipped]:
        """Follow a feed or a sitemap, as far as `max_links` pages."""
        from sayso.capture.links import NotALinkList  # noqa: PLC0415

        count = 0
        try:
            for link in self.named(opened, kind, address, base, 1):
                if isinstance(link, Skipped):
                    yield link
                    continue
                if count >= self.settings.max_links:
                    more = f"It leads to more than max_links pages ({self.settings.max_links:,}). Raise the limit, or leave the others."
                    yield skipped(address, "too many links", more)
                    return
                count += 1
                yield from self.linked(link, address, count)
        except NotALinkList as error:
            yield skipped(address, "broken feed", f"This is a {kind}, but {error}. Open it in a browser, or ask its publisher.")
            return
        if not count:
            yield skipped(address, "empty", f"This is a {kind} without entries; addresses of pages were wanted. Come back later.")

    def named(self, opened: Opened, kind: Kind, address: str, base: str, depth: int) -> Iterator[Link | Skipped]:
        """The links of a feed, or of a sitemap and the sitemaps that it names."""
        from sayso.capture.links import NotALinkList, links_of_feed, links_of_json_feed, links_of_sitemap  # noqa: PLC0415

        if kind != "sitemap":
            body = opened.plain().read(self.settings.max_bytes + 1)
            if len(body) > self.settings.max_bytes:
                yield too_large(address, "The feed", self.settings)
            else:
                yield from links_of_feed(body, base) if kind == "feed" else links_of_json_feed(body)
            return
        for link in links_of_sitemap(opened.plain()):
            if not link.nested or link.url is None:
                yield link
            elif not self.is_new(link.url):
                continue
            elif depth >= DEEPEST:
                yield skipped(link.url, "too many links", f"It is a sitemap {depth} sitemaps deep; {DEEPEST} are read. Pass its own address.")
            else:
                fetched = self.fetched(link.url)
                if isinstance(fetched, Skipped):
                    yield fetched
                    continue
                inner = Opened(io.BytesIO(fetched.body), seekable=True)
                if kind_of(inner.head, fetched.url) != "sitemap":
                    yield skipped(link.url, "broken feed", "A sitemap was promised here and something else came. Open it in a browser.")
                    continue
                try:
                    yield from self.named(inner, kind, link.url, fetched.url, depth + 1)
                except NotALinkList as error:
                    yield skipped(link.url, "broken feed", f"This is a sitemap, but {error}. Open it in a browser, or ask its publisher.")

    def linked(self, link: Link, address: str, number: int) -> Iterator[Page | Skipped]:
        """Read the page that a link leads to, or what the feed holds of it."""
        given = None if link.given == Given() else link.given
        if link.url is None:
            yield page_of(f"{address}#{number}", link.body, self.settings, self.captured, name="entry", charset="utf-8", given=given)
        elif self.is_new(link.url) and self.wanted(link.url):
            fetched = self.fetched(link.url)
            if isinstance(fetched, Skipped):
                yield fetched
                return
            name = fetched.url.partition("?")[0].partition("#")[0] + NAMES.get(fetched.media_type, "")
            kind = kind_of(fetched.body[:HEAD], name)
            if kind in ("feed", "json feed", "sitemap", "warc"):
                yield skipped(link.url, "not a page", f"A page was promised here and a {kind} came. Pass its own address to read it.")
                return
            yield page_of(link.url, fetched.body, self.settings, self.captured, name=name, url=fetched.url, charset=fetched.charset, given=given)

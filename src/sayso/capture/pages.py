"""Sources -> pages, in the order given.

Takes   paths, folders, globs and `-`, the settings, and the time of capture (no clock here).
Gives   a `Page` for whatever can be read and a `Skipped` for whatever cannot, one at a time: memory holds one page.
Needs   the file system, or the stream passed for `-`.
Limits  URLs are not fetched; of an archive (WARC, zip) only gzip around one page is taken off.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sayso.capture.find import FoundFile, address_of, found, why_not
from sayso.capture.sniff import GZIP, Sniffed, sniffed
from sayso.capture.unzip import GzipError, unzipped
from sayso.config import Settings
from sayso.records import Page, Skipped


def pages(
    sources: Sequence[str], settings: Settings, *, captured: str, stdin: BinaryIO | None = None
) -> Iterator[Page | Skipped]:
    """Read every page that `sources` lead to; the same file reached twice is read once.

    sources   files, folders (recursive, sorted, hidden names passed over), globs (`**` too), `-` for standard input.
    captured  UTC, ISO 8601: written into every page.
    stdin     what `-` means; the process's own standard input when None.

    Raises nothing for what it meets: a source that leads to no page comes back as one `Skipped(stage="capture")`.
    """
    seen: set[tuple[int, int] | str] = set()
    for source in sources:
        if source == "-":
            if "-" not in seen:
                seen.add("-")
                yield _from_stream(stdin or sys.stdin.buffer, settings, captured)
            continue
        for file in found(source):
            if isinstance(file, Skipped):
                yield file
            elif file.identity not in seen:
                seen.add(file.identity)
                yield _from_file(file, settings, captured)


def _from_stream(stream: BinaryIO, settings: Settings, captured: str) -> Page | Skipped:
    try:
        body = stream.read(settings.max_bytes + 1) or b""  # None from a terminal that does not wait
    except (OSError, ValueError) as error:
        return _skipped("-", "unreadable", f"standard input broke off ({error}). Pass a file instead.")
    return _page("-", body, len(body), settings, captured)


def _from_file(file: FoundFile, settings: Settings, captured: str) -> Page | Skipped:
    address = address_of(file.path)
    try:
        descriptor = os.open(file.path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as handle:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):  # swapped since it was found: reading a FIFO would wait for ever
                return _skipped(address, "not a regular file", "It changed into a special file. Pass a regular file.")
            body = handle.read(settings.max_bytes + 1)
    except (OSError, ValueError) as error:
        return why_not(file.path, error)
    return _page(address, body, max(status.st_size, len(body)), settings, captured)


def _page(address: str, body: bytes, size: int, settings: Settings, captured: str) -> Page | Skipped:
    """Check what was read and name its type. `body` may be one byte over the limit; `size` is what the file says of itself."""
    if len(body) > settings.max_bytes:
        return _too_large(address, f"{size / 1e6:.1f} MB", settings)
    if body.startswith(GZIP):
        try:
            body = unzipped(body, settings.max_bytes + 1)
        except GzipError as error:
            return _skipped(address, "broken gzip", f"{error}. Fetch the file again, or unpack what can be saved of it.")
        if len(body) > settings.max_bytes:
            return _too_large(address, "more, once unpacked,", settings)
    if not body.strip(b" \t\r\n\x0b\x0c"):
        return _skipped(address, "empty", f"{len(body)} bytes, all blank; a page of HTML or text was wanted. Check how it was saved.")
    kind = sniffed(body, address)
    if isinstance(kind, Sniffed):
        return Page(address=address, body=body, media_type=kind.media_type, charset=kind.charset, captured=captured)
    return _skipped(address, "not a page", f"The bytes are {kind}; HTML or plain text was wanted. Turn it into one of these first.")


def _too_large(address: str, size: str, settings: Settings) -> Skipped:
    wanted = f"{size} is over max_bytes ({settings.max_bytes / 1e6:g} MB). Raise the limit, or leave it listed as skipped."
    return _skipped(address, "too large", wanted)


def _skipped(address: str, why: str, detail: str) -> Skipped:
    return Skipped(stage="capture", of=address, why=why, detail=detail)

"""The bytes of one page -> a `Page`, or a `Skipped` that says what is wrong with them.

Takes   bytes that were read up to one over the limit, and what their source says of them.
Gives   a `Page` with its media type, gzip taken off.
Needs   no file, clock or network.
Limits  `settings.max_bytes`, before and after unpacking.
"""

from __future__ import annotations

from sayso.capture.sniff import GZIP, Sniffed, sniffed
from sayso.capture.unzip import GzipError, unzipped
from sayso.config import Settings
from sayso.records import Given, Page, Skipped


def page_of(
    address: str,
    body: bytes,
    settings: Settings,
    captured: str,
    *,
    size: int = 0,
    name: str = "",
    charset: str | None = None,
    url: str | None = None,
    given: Given | None = None,
) -> Page | Skipped:
    """Check what was read and name its type.

    body     may be one byte over the limit; `size` is what the source says of its length.
    name     what the page is called, where the address does not say it.
    charset  what the transport declared; a byte-order mark in the bytes is believed first.
    """
    if len(body) > settings.max_bytes:
        return too_large(address, f"{max(size, len(body)) / 1e6:.1f} MB", settings)
    if body.startswith(GZIP):
        try:
            body = unzipped(body, settings.max_bytes + 1)
        except GzipError as error:
            return skipped(address, "broken gzip", f"{error}. Fetch the file again, or unpack what can be saved of it.")
        if len(body) > settings.max_bytes:
            return too_large(address, "more, once unpacked,", settings)
    if not body.strip(b" \t\r\n\x0b\x0c"):
        return skipped(address, "empty", f"{len(body)} bytes, all blank; a page of HTML or text was wanted. Check how it was saved.")
    kind = sniffed(body, name or address)
    if isinstance(kind, Sniffed):
        return Page(
            address=address, body=body, media_type=kind.media_type, charset=kind.charset or charset, captured=captured, url=url, given=given
        )
    return skipped(address, "not a page", f"The bytes are {kind}; HTML or plain text was wanted. Turn it into one of these first.")


def too_large(address: str, size: str, settings: Settings) -> Skipped:
    wanted = f"{size} is over max_bytes ({settings.max_bytes / 1e6:g} MB). Raise the limit, or leave it listed as skipped."
    return skipped(address, "too large", wanted)


def skipped(address: str, why: str, detail: str) -> Skipped:
    return Skipped(stage="capture", of=address, why=why, detail=detail)

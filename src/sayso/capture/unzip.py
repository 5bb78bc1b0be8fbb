"""Gzip off, in bounded memory: a few kilobytes that swell to gigabytes stop at the limit.

Takes   bytes that begin with gzip's magic number, one member or several.
Gives   the bytes inside, never more than asked for.
Limits  ten thousand members: bgzip needs 160 for ten megabytes, and a file of empty members would cost hours.
"""

from __future__ import annotations

import io
import zlib
from typing import Any, BinaryIO

CHUNK = 16_384
MEMBERS = 10_000
RATIO, FREE = 400, 64_000_000  # bytes out for one in, beyond the bytes that any file may give
GZIP_WINDOW = zlib.MAX_WBITS | 16


class GzipError(Exception):
    """The bytes claim to be gzip and are not, or break off."""


def unzipped(packed: bytes, limit: int) -> bytes:
    """Unpack up to `limit` bytes; whoever needs to know whether there were more asks for one too many."""
    out, member, members = bytearray(), zlib.decompressobj(GZIP_WINDOW), 1
    at, pending = 0, b""
    while len(out) < limit:
        if not pending:
            pending, at = packed[at : at + CHUNK], at + CHUNK
        if not pending:
            break
        if member.eof:
            pending = pending.lstrip(b"\0")  # padding between members, as gzip itself allows
            if not pending:
                continue
            members += 1
            if members > MEMBERS:
                raise GzipError(f"The gzip file has more than {MEMBERS} members")
            member = zlib.decompressobj(GZIP_WINDOW)
        try:
            out += member.decompress(pending, limit - len(out))
        except zlib.error as error:
            if members > 1:  # rubbish behind a whole member: gunzip warns and keeps what it has
                return bytes(out)
            raise GzipError(f"The gzip file is damaged ({error})") from None
        pending = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof and len(out) < limit:
        raise GzipError("The gzip file breaks off before its end")
    return bytes(out)


class Unzipping(io.RawIOBase):
    """A gzip file as a stream of what is in it, forwards only; stops a file that swells beyond any text.

    Raises `GzipError` while reading. Ten thousand repeats of one line shrink to a hundredth; nothing that is read for its words to a 400th.
    """

    def __init__(self, packed: BinaryIO) -> None:
        self.packed = packed
        self.member = zlib.decompressobj(GZIP_WINDOW)
        self.pending = b""
        self.members, self.taken, self.given = 1, 0, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if not self.pending and not self._more():
                return 0
            if self.member.eof and not self._next_member():
                continue
            try:
                out = self.member.decompress(self.pending, len(buffer))
            except zlib.error as error:
                raise GzipError(f"The gzip file is damaged ({error})") from None
            self.pending = self.member.unused_data if self.member.eof else self.member.unconsumed_tail
            if out:
                self._count(len(out))
                buffer[: len(out)] = out
                return len(out)

    def _more(self) -> bool:
        self.pending = self.packed.read(CHUNK)
        self.taken += len(self.pending)
        if not self.pending and not self.member.eof and self.taken:
            raise GzipError("The gzip file breaks off before its end")
        return bool(self.pending)

    def _next_member(self) -> bool:
        self.pending = self.pending.lstrip(b"\0")
        if self.pending:
            self.members += 1
            self.member = zlib.decompressobj(GZIP_WINDOW)
        return bool(self.pending)

    def _count(self, more: int) -> None:
        self.given += more
        if self.given > FREE + RATIO * self.taken or (self.members > MEMBERS and self.given < self.members):
            raise GzipError(f"The gzip file swells to more than {RATIO} times its size")

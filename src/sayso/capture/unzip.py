"""Gzip off, in bounded memory: a few kilobytes that swell to gigabytes stop at the limit.

Takes   bytes that begin with gzip's magic number, one member or several.
Gives   the bytes inside, never more than asked for.
Limits  ten thousand members: bgzip needs 160 for ten megabytes, and a file of empty members would cost hours.
"""

from __future__ import annotations

import zlib

CHUNK = 16_384
MEMBERS = 10_000
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

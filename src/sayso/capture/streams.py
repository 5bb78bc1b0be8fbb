"""A file, standard input or what a server sent -> one thing to read from, and its first bytes.

Takes   an open binary file, or a pipe.
Gives   an `Opened`: the head, unpacked, to know the kind by, and streams to read the whole from.
Needs   the standard library.
Limits  a pipe is read once and forwards; what must be sought in (zip, Parquet) wants a file.
"""

from __future__ import annotations

import io
from typing import Any, BinaryIO, cast

from sayso.capture.kind import HEAD
from sayso.capture.sniff import GZIP
from sayso.capture.unzip import GzipError, Unzipping


class Pipe(io.RawIOBase):
    """A pipe with its first bytes put back. It tells where it is, which fastwarc asks, and cannot go elsewhere."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self.head, self.rest, self.at = head, rest, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def readinto(self, buffer: Any) -> int:
        more = self.head[: len(buffer)] or self.rest.read(min(len(buffer), 65_536)) or b""
        self.head = self.head[len(buffer) :]
        buffer[: len(more)] = more
        self.at += len(more)
        return len(more)


class Opened:
    """raw: as it lies there. head: its first bytes, after gzip is taken off."""

    def __init__(self, stream: BinaryIO, *, seekable: bool) -> None:
        self.seekable = seekable
        start = stream.read(HEAD) or b""
        self.raw: BinaryIO = stream
        if seekable:
            stream.seek(0)
        else:
            self.raw = cast("BinaryIO", Pipe(start, stream))
        self.packed = start.startswith(GZIP)
        self.head = _unpacked_head(start) if self.packed else start

    def plain(self) -> BinaryIO:
        """The whole without gzip, to be read forwards."""
        return cast("BinaryIO", io.BufferedReader(Unzipping(self.raw), 65_536)) if self.packed else self.raw


def _unpacked_head(start: bytes) -> bytes:
    head = b""
    reader = Unzipping(io.BytesIO(start))
    try:
        while len(head) < HEAD and (more := reader.read(HEAD - len(head))):
            head += more
    except GzipError:  # the head is cut off, or the file is broken; whoever reads the whole will see
        pass
    return head

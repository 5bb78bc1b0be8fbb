"""A file that is there whole or not at all.

Takes   a path, and what writes it.
Gives   an open file beside the path, which takes the path's place when all is written.
Limits  several files take their places one after the other, when the last is written. A process that is killed leaves `.NAME.….part` behind.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def whole_files(paths: Sequence[Path]) -> Iterator[list[BinaryIO]]:
    """Open files that become `paths` when the block ends well; else nothing of them is left."""
    umask = os.umask(0)
    os.umask(umask)
    parts: list[Path] = []
    try:
        with ExitStack() as opened:
            files: list[BinaryIO] = []
            for path in paths:
                handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
                parts.append(Path(name))
                os.fchmod(handle, 0o666 & ~umask)
                files.append(opened.enter_context(os.fdopen(handle, "wb")))
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        for part, path in zip(parts, paths, strict=True):
            part.replace(path)
    finally:
        for part in parts:
            with suppress(OSError):
                part.unlink()

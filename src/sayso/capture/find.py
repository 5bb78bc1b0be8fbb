"""One source as a person writes it -> the regular files it leads to.

Takes   a path, a folder or a glob.
Gives   `FoundFile`s in sorted order, and a `Skipped` for whatever is in the way: nothing on the way is passed over
        in silence but hidden names (a leading dot).
Needs   the file system; opens no file.
Limits  links to folders are followed only when they are the source itself, so a loop of links cannot trap it.
"""

# A source stays the string it was given: Path would rewrite "./a" and "a//b".
# ruff: noqa: PTH112, PTH114, PTH116, PTH118, PTH207

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterator
from typing import NamedTuple

from sayso.records import Skipped

SPECIAL = (
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a disk"),
)


class FoundFile(NamedTuple):
    """A regular file and what makes it the same file under another name: its device and inode."""

    path: str
    identity: tuple[int, int]


def is_address(source: str) -> bool:
    """Whether to fetch it: an http or https address, unless there is a file of that very name."""
    return source.lower().startswith(("http://", "https://")) and ("\0" in source or not os.path.lexists(source))


def found(source: str) -> Iterator[FoundFile | Skipped]:
    """Files of one source. A name that exists is taken as it stands, even when it looks like a glob."""
    if source.lower().startswith(("ftp://", "file://")) and not os.path.lexists(source):
        yield _skipped(source, "not an address", "Only http and https addresses are fetched. Save the page and pass its path.")
    elif "\0" not in source and glob.has_magic(source) and not os.path.lexists(source):
        yield from _of_glob(source)
    else:
        yield from _of_path(source)


def _of_glob(pattern: str) -> Iterator[FoundFile | Skipped]:
    try:
        paths = sorted(glob.iglob(pattern, recursive=True))
    except (OSError, ValueError, RecursionError) as error:  # a pattern that `re` refuses, a tree too deep
        yield _skipped(pattern, "unreadable", f"The pattern cannot be used ({error}). Pass the folder instead.")
        return
    if not paths:
        yield _skipped(pattern, "not found", "Nothing matches this pattern. Check it; hidden files never match.")
    for path in paths:
        # `**` gives folders beside the files in them, which the next turns of this loop give anyway
        if "**" not in pattern or not os.path.isdir(path):
            yield from _of_path(path)


def _of_path(path: str) -> Iterator[FoundFile | Skipped]:
    try:
        status = os.stat(path)
    except (OSError, ValueError) as error:
        yield why_not(path, error)
        return
    if stat.S_ISREG(status.st_mode):
        yield FoundFile(path, (status.st_dev, status.st_ino))
    elif stat.S_ISDIR(status.st_mode):
        yield from _of_folder(path)
    else:
        met = next((name for test, name in SPECIAL if test(status.st_mode)), "a special file")
        yield _skipped(path, "not a regular file", f"This is {met}; reading it could wait for ever. Pipe it in and pass `-`.")


def _of_folder(folder: str) -> Iterator[FoundFile | Skipped]:
    """Walk without recursion: a path may be two thousand folders deep."""
    empty, waiting = True, [folder]
    while waiting:
        path = waiting.pop()
        if path != folder and not os.path.isdir(path):
            empty = False
            yield from _of_path(path)
            continue
        try:
            with os.scandir(path) as entries:
                names = [entry.name for entry in entries if _wanted(entry)]
        except OSError as error:
            empty = False
            yield why_not(path, error)
            continue
        waiting += [os.path.join(path, name) for name in sorted(names, reverse=True)]
    if empty:
        yield _skipped(folder, "empty folder", "No file in it or below it (hidden ones do not count). Pass a folder with pages.")


def _wanted(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and not (entry.is_symlink() and entry.is_dir())


def why_not(path: str, error: OSError | ValueError) -> Skipped:
    """Put an error of the file system into the fixed phrases that `Skipped.why` is counted by."""
    number = error.errno if isinstance(error, OSError) else None
    if os.path.islink(path) and number in (errno.ENOENT, errno.ELOOP, errno.ENOTDIR):
        return _skipped(path, "broken link", "This link leads nowhere. Mend it, or pass the file it should lead to.")
    if number in (errno.ENOENT, errno.ENOTDIR):
        return _skipped(path, "not found", "No such file or folder. Check the path; quote it if it holds spaces.")
    if number in (errno.EACCES, errno.EPERM):
        return _skipped(path, "no permission", "The system does not let this user read it. Change its mode or run as its owner.")
    return _skipped(path, "unreadable", f"The system refuses it ({error}). Check the path and the disk, or copy the file elsewhere.")


def address_of(path: str) -> str:
    """The path as text that can be printed and stored, whatever bytes the file system allows in a name."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _skipped(path: str, why: str, detail: str) -> Skipped:
    return Skipped(stage="capture", of=address_of(path), why=why, detail=detail)

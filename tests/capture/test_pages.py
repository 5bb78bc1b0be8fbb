"""Sources of every kind lead to pages or to one `Skipped` each: never a traceback, never a wait without end."""

from __future__ import annotations

import gzip
import io
import os
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.capture import pages
from sayso.config import Settings
from sayso.records import Page, Skipped

CAPTURED = "2026-01-02T03:04:05Z"
STORY = b"The minister said on Monday that the bridge would open.\n"
SMALL = Settings(max_bytes=1000)
EMPTY_ZIP = b"PK\x05\x06" + bytes(18)


def read(*sources: object, settings: Settings = SMALL, stdin: bytes = b"") -> list[Page | Skipped]:
    return list(pages([str(s) for s in sources], settings, captured=CAPTURED, stdin=io.BytesIO(stdin)))


def skipped(*sources: object, settings: Settings = SMALL) -> Skipped:
    [only] = read(*sources, settings=settings)
    assert isinstance(only, Skipped)
    assert only.stage == "capture"
    return only


def written(path: Path, body: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def test_a_file_becomes_one_page_with_its_bytes_untouched(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", STORY)
    [page] = read(path)
    assert page == Page(address=str(path), body=STORY, media_type="text/plain", captured=CAPTURED)


@pytest.mark.parametrize(
    ("body", "name", "media_type", "charset"),
    [
        (STORY, "a.html", "text/plain", None),  # the bytes decide, not the name
        (b"<!DOCTYPE html><p>x", "a.txt", "text/html", None),
        (b"\n\n<html lang=en>", "a", "text/html", None),
        (b"<p>One</p><p>Two</p>", "a", "text/html", None),
        (b"<p>Only one tag", "a.html", "text/html", None),
        (b"<p>Only one tag", "a.txt", "text/plain", None),
        (b"if a < b and c > d: x", "a.txt", "text/plain", None),
        (b"\xef\xbb\xbf<html>", "a", "text/html", "utf-8"),
        ("\ufeffthe news".encode("utf-16-le"), "a", "text/plain", "utf-16-le"),
        ("<html>the news".encode("utf-16-be"), "a", "text/html", "utf-16-be"),
        ("the news from here".encode("utf-32-le"), "a", "text/plain", "utf-32-le"),
        ("Привет, мир! Это новости.".encode("cp1251"), "a", "text/plain", None),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "a", "text/html", None),
    ],
)
def test_the_bytes_say_what_kind_of_page_it_is(tmp_path: Path, body: bytes, name: str, media_type: str, charset: str | None) -> None:
    [page] = read(written(tmp_path / name, body))
    assert isinstance(page, Page)
    assert (page.media_type, page.charset) == (media_type, charset)


@pytest.mark.parametrize(
    ("body", "met"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "PNG"),
        (b"%PDF-1.7 text text", "PDF"),
        (EMPTY_ZIP, "zip"),
        (b"\x7fELF\x02\x01\x01", "program"),
        (bytes(900), "binary"),
        (os.urandom(900), "binary"),
        (b"<?xml version='1.0'?><svg></svg>", "drawing"),
        (gzip.compress(gzip.compress(STORY)), "gzip within gzip"),
    ],
)
def test_what_is_no_page_is_named_for_what_it_is(tmp_path: Path, body: bytes, met: str) -> None:
    found = skipped(written(tmp_path / "a.html", body))
    assert found.why == "not a page"
    assert met in found.detail


@pytest.mark.parametrize("body", [b"", b" \n\t\r\n ", gzip.compress(b"")])
def test_an_empty_file_is_skipped_as_empty(tmp_path: Path, body: bytes) -> None:
    assert skipped(written(tmp_path / "a.txt", body)).why == "empty"


def test_gzip_is_known_by_its_bytes_and_taken_off(tmp_path: Path) -> None:
    [page] = read(written(tmp_path / "a.txt", gzip.compress(STORY) + gzip.compress(STORY)))
    assert isinstance(page, Page)
    assert page.body == STORY * 2


@pytest.mark.parametrize(
    ("packed", "why"),
    [
        (gzip.compress(STORY)[:-9], "broken gzip"),
        (b"\x1f\x8b\x08rubbish and more rubbish", "broken gzip"),
        (gzip.compress(b"") * 20_000, "broken gzip"),
        (gzip.compress(bytes(50_000_000)), "too large"),
        (gzip.compress(b"word " * 100_001), "too large"),
    ],
)
def test_gzip_that_is_broken_or_swells_is_one_skipped_soon(tmp_path: Path, packed: bytes, why: str) -> None:
    began = time.monotonic()
    assert skipped(written(tmp_path / "a.gz", packed), settings=Settings(max_bytes=500_000)).why == why
    assert time.monotonic() - began < 5


def test_a_page_at_the_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    [page] = read(written(tmp_path / "a.txt", b"a" * 1000))
    assert isinstance(page, Page)
    found = skipped(written(tmp_path / "b.txt", b"a" * 1001))
    assert found.why == "too large"
    assert "max_bytes" in found.detail


def test_fifty_megabytes_on_one_line_are_refused_within_five_seconds(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", b"word " * 10_000_000)
    began = time.monotonic()
    assert skipped(path, settings=Settings()).why == "too large"
    assert time.monotonic() - began < 5


def test_a_folder_is_read_in_order_and_hidden_names_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden", ".git/config", "c/d/e.txt"):
        written(tmp_path / name, name.encode())
    assert [p.body.decode() for p in read(tmp_path) if isinstance(p, Page)] == ["a/z.txt", "b.txt", "c/d/e.txt"]


def test_one_bad_file_in_a_folder_does_not_stop_the_others(tmp_path: Path) -> None:
    written(tmp_path / "a.txt", STORY)
    written(tmp_path / "b.png", b"\x89PNG\r\n")
    (tmp_path / "c.txt").symlink_to(tmp_path / "nowhere")
    written(tmp_path / "d.txt", STORY + STORY)
    assert [p.why if isinstance(p, Skipped) else "page" for p in read(tmp_path)] == ["page", "not a page", "broken link", "page"]


def test_an_empty_folder_is_one_skipped(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    written(tmp_path / ".hidden", STORY)
    assert skipped(tmp_path).why == "empty folder"


@pytest.mark.parametrize(("pattern", "count"), [("*.txt", 1), ("**/*.txt", 3), ("**", 4), ("[ab]/*", 3), ("?/c", 2)])
def test_globs_are_expanded_and_folders_they_match_are_read(tmp_path: Path, pattern: str, count: int) -> None:
    for name in ("x.txt", "a/y.txt", "b/c/z.txt", "b/c/page"):
        written(tmp_path / name, name.encode())
    assert len([p for p in read(tmp_path / pattern) if isinstance(p, Page)]) == count


def test_a_glob_that_matches_nothing_is_one_skipped(tmp_path: Path) -> None:
    assert skipped(tmp_path / "none*").why == "not found"


def test_a_name_that_looks_like_a_glob_and_exists_is_that_file(tmp_path: Path) -> None:
    [page] = read(written(tmp_path / "a[1].txt", STORY))
    assert isinstance(page, Page)


def test_the_same_file_reached_twice_is_read_once(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", STORY)
    (tmp_path / "b.txt").symlink_to(path)
    (tmp_path / "c.txt").hardlink_to(path)
    assert len(read(path, tmp_path, tmp_path / "*.txt", path)) == 1


def test_a_dash_reads_standard_input_once() -> None:
    [page] = read("-", "-", stdin=gzip.compress(STORY))
    assert isinstance(page, Page)
    assert (page.address, page.body) == ("-", STORY)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("/nowhere/at/all.txt", "not found"),
        ("ftp://example.org/a.html", "not an address"),
        ("file:///etc/passwd", "not an address"),
        ("a\0b", "unreadable"),
        ("x" * 5000, "unreadable"),
        ("/dev/null", "not a regular file"),
        ("/dev/zero", "not a regular file"),
        ("", "not found"),
        ("[", "not found"),
    ],
)
def test_a_source_that_leads_nowhere_is_one_skipped(source: str, why: str) -> None:
    assert skipped(source).why == why


def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert skipped(tmp_path / "pipe").why == "not a regular file"
    assert skipped(tmp_path).why == "not a regular file"


def test_a_loop_of_links_is_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert skipped(tmp_path / "a").why == "broken link"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_skipped(tmp_path: Path) -> None:
    path = written(tmp_path / "a.txt", STORY)
    path.chmod(0)
    assert skipped(path).why == "no permission"


def test_a_folder_two_hundred_deep_is_walked(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(200):
        deep = deep / "d"
    written(deep / "a.txt", STORY)
    [page] = read(tmp_path)
    assert isinstance(page, Page)


def test_an_address_is_always_text_that_can_be_stored(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/\xff\xfe.txt"
    Path(os.fsdecode(raw)).write_bytes(STORY)
    [page] = read(tmp_path)
    assert isinstance(page, Page)
    page.address.encode("utf-8")


@given(st.binary(max_size=300))
def test_any_bytes_become_one_page_or_one_skipped(body: bytes) -> None:
    [only] = read("-", stdin=body)
    assert isinstance(only, Page | Skipped)


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_bytes_behind_the_magic_of_gzip_become_one_page_or_one_skipped(body: bytes, cut: int) -> None:
    for packed in (b"\x1f\x8b\x08" + body, gzip.compress(body)[:cut], zlib.compress(body)):
        [only] = read("-", stdin=packed)
        assert isinstance(only, Page | Skipped)

"""Web archives, whole and damaged: every page that can be had, and one `Skipped` for each that cannot."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliWriter
from fastwarc.warc import WarcRecord, WarcRecordType
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.capture import pages
from sayso.config import Settings
from sayso.records import Given, Page, Skipped

CAPTURED = "2026-01-02T03:04:05Z"
FETCHED = "2024-03-05T10:00:00Z"
SMALL = Settings(max_bytes=100_000)


def record(n: int, body: bytes = b"", *, kind: str = "response", headers: str = "Content-Type: text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """One record as fastwarc writes it."""
    made = WarcRecord()
    made.init_headers(getattr(WarcRecordType, kind))
    made.headers["WARC-Target-URI"] = f"http://example.org/{n}"
    made.headers["WARC-Date"] = FETCHED
    made.headers["WARC-Record-ID"] = f"<urn:uuid:00000000-0000-4000-8000-{n:012}>"
    body = body or b"<p>The bridge number %d opened.</p>" % n
    if kind in ("response", "request"):
        made.headers["Content-Type"] = f"application/http; msgtype={kind}"
        body = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body
    elif kind == "conversion":
        made.headers["Content-Type"] = "text/plain"
    made.set_bytes_content(body)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def read(body: bytes, tmp_path: Path, name: str = "a.warc") -> list[Page | Skipped]:
    (tmp_path / name).write_bytes(body)
    return list(pages([str(tmp_path / name)], SMALL, captured=CAPTURED))


def told(found: list[Page | Skipped]) -> list[str]:
    """Numbers of the pages, phrases of what was skipped."""
    return [(one.url or "").rpartition("/")[2] if isinstance(one, Page) else one.why for one in found]


def joined(*records: bytes) -> bytes:
    return b"".join(records)


def packed_each(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


Packed = Callable[..., bytes]
PACKINGS = pytest.mark.parametrize("packed", [joined, packed_each])
PACKED = gzip.compress(b"<p>The bridge")


@PACKINGS
def test_every_page_of_a_warc_is_read_with_its_address_and_day(packed: Packed, tmp_path: Path) -> None:
    found = read(packed(record(0, kind="warcinfo"), record(1), record(2)), tmp_path)
    assert told(found) == ["1", "2"]
    page = found[0]
    assert isinstance(page, Page)
    assert page.body == b"<p>The bridge number 1 opened.</p>"
    assert page.address == f"{tmp_path}/a.warc#1"
    assert (page.media_type, page.charset, page.captured) == ("text/html", "utf-8", CAPTURED)
    assert page.given == Given(archived=FETCHED)


def test_gzip_around_the_whole_is_read_as_well(tmp_path: Path) -> None:
    assert told(read(gzip.compress(record(1) + record(2)), tmp_path)) == ["1", "2"]


def test_a_wet_file_gives_pages_of_text(tmp_path: Path) -> None:
    [page] = read(gzip.compress(record(1, "The bridge opened – at last.".encode(), kind="conversion")), tmp_path, "a.warc.wet.gz")
    assert isinstance(page, Page)
    assert (page.media_type, page.charset) == ("text/plain", "utf-8")


def test_what_is_no_page_is_counted_in_one_line(tmp_path: Path) -> None:
    records = [
        record(1, kind="request"),
        record(2, kind="metadata"),
        record(3, status="301 Moved"),
        record(4, b"\x89PNG", headers="Content-Type: image/png"),
        record(5, b"\x89PNG", headers="Content-Type: image/png"),
        record(6),
    ]
    *_, last = found = read(b"".join(records), tmp_path)
    assert told(found) == ["6", "not pages"]
    assert isinstance(last, Skipped)
    assert "5 records" in last.detail
    assert "2 image/png" in last.detail
    assert "1 answers with status 301" in last.detail


class Kept(io.BytesIO):
    """Keeps what was written when it is closed."""

    def close(self) -> None: ...


def brotli(body: bytes) -> bytes:
    out = Kept()
    with BrotliWriter(out) as writer:
        writer.write(body)
    return out.getvalue()


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(b"<p>The bridge")),
        ("Content-Encoding: gzip", b"<p>The bridge"),  # taken off by the crawler, which left the header
        ("Content-Encoding: deflate", zlib.compress(b"<p>The bridge")),
        ("Content-Encoding: br", brotli(b"<p>The bridge")),
        ("Content-Encoding: br", b"<p>The bridge"),
        ("Transfer-Encoding: chunked", b"6\r\n<p>The\r\n7\r\n bridge\r\n0\r\n\r\n"),
        ("Transfer-Encoding: chunked", b"<p>The bridge"),
        ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip", b"%x\r\n%s\r\n0\r\n\r\n" % (len(PACKED), PACKED)),
    ],
)
def test_whatever_the_server_packed_a_page_in_is_taken_off(headers: str, body: bytes, tmp_path: Path) -> None:
    [page] = read(record(1, body, headers=f"Content-Type: text/html\r\n{headers}"), tmp_path)
    assert isinstance(page, Page), page
    assert page.body == b"<p>The bridge"


@pytest.mark.parametrize(
    ("headers", "body", "why"),
    [
        ("Content-Encoding: gzip", gzip.compress(bytes(50_000_000)), "too large"),
        ("Content-Encoding: br", brotli(bytes(50_000_000)), "too large"),
        ("Content-Encoding: br", b"\xff\xff rubbish", "unknown encoding"),
        ("Content-Encoding: gzip", gzip.compress(b"<p>The bridge")[:-9], "unknown encoding"),
        ("Transfer-Encoding: chunked", b"6\r\n<p>The\r\nzz", "unknown encoding"),
        ("X: y", b"<p>" + b"x" * 100_001, "too large"),
    ],
)
def test_a_page_that_cannot_be_unpacked_leaves_the_next_alone(headers: str, body: bytes, why: str, tmp_path: Path) -> None:
    assert told(read(record(1, body, headers=f"Content-Type: text/html\r\n{headers}") + record(2), tmp_path)) == [why, "2"]


def lengthened(one: bytes, length: bytes) -> bytes:
    head, _, rest = one.partition(b"Content-Length: ")
    return head + b"Content-Length: " + length + rest[rest.index(b"\r\n") :]


DAMAGES = {
    "too long": lambda one: lengthened(one, b"90000"),
    "too short": lambda one: lengthened(one, b"5"),
    "no number": lambda one: lengthened(one, b"many"),
    "negative": lambda one: lengthened(one, b"-1"),
    "no length": lambda one: one.replace(b"Content-Length:", b"Content-Breadth:"),
    "no version": lambda one: b"RUBBISH" + one[8:],
    "cut off": lambda one: one[:200],
}


@PACKINGS
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_record_is_one_skipped_and_the_rest_is_read(damage: Packed, packed: Packed, tmp_path: Path) -> None:
    found = read(packed(record(1), damage(record(2)), record(3), record(4)), tmp_path)
    assert told(found) == ["1", "broken record", "3", "4"]


def test_damaged_gzip_is_one_skipped_and_the_rest_is_read(tmp_path: Path) -> None:
    damaged = bytearray(gzip.compress(record(2)))
    damaged[len(damaged) // 2] ^= 0xFF
    body = gzip.compress(record(1)) + bytes(damaged) + gzip.compress(record(3))
    assert told(read(body, tmp_path)) == ["1", "broken record", "3"]


@PACKINGS
def test_an_archive_that_breaks_off_gives_what_stands_before(packed: Packed, tmp_path: Path) -> None:
    body = packed(record(1), record(2))
    assert told(read(body[:-30], tmp_path)) == ["1", "broken record"]


def test_an_archive_is_read_from_a_pipe() -> None:
    body = gzip.compress(record(1)) + gzip.compress(record(2))
    assert told(list(pages(["-"], SMALL, captured=CAPTURED, stdin=io.BytesIO(body)))) == ["1", "2"]
    broken = record(1) + lengthened(record(2), b"x") + record(3)
    assert told(list(pages(["-"], SMALL, captured=CAPTURED, stdin=io.BytesIO(broken)))) == ["1", "broken record"]


def zipped(*members: tuple[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, body in members:
            archive.writestr(name, body)
    return out.getvalue()


def test_the_archives_in_a_wacz_are_read(tmp_path: Path) -> None:
    broken = gzip.compress(record(1)) + gzip.compress(lengthened(record(2), b"x")) + gzip.compress(record(3))
    members = ("datapackage.json", b"{}"), ("archive/a.warc.gz", broken), ("archive/b.warc", record(4)), ("pages/pages.jsonl", b"{}")
    for how in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        found = read(zipped(*members, how=how), tmp_path, "a.wacz")
        assert told(found) == ["1", "broken record", "3", "4"]
        assert isinstance(found[0], Page)
        assert found[0].address == f"{tmp_path}/a.wacz/archive/a.warc.gz#1"


def test_a_zip_bomb_and_a_broken_zip_are_one_skipped_each(tmp_path: Path) -> None:
    bomb = zipped(("archive/a.warc", record(1) + bytes(200_000_000)), how=zipfile.ZIP_DEFLATED)
    assert told(read(bomb, tmp_path, "a.wacz")) == ["too large"]
    whole = zipped(("archive/a.warc", record(1)))
    assert told(read(whole[:-30], tmp_path, "b.wacz")) == ["broken zip"]
    assert told(read(b"PK\x03\x04 rubbish", tmp_path, "c.wacz")) == ["broken zip"]
    assert told(read(zipped(("word/document.xml", b"<a/>")), tmp_path, "d.docx")) == ["not a page"]


@settings(max_examples=60)
@given(st.data())
def test_whatever_happens_to_some_bytes_nothing_is_raised_and_the_first_page_stays(data: st.DataObject) -> None:
    packed = data.draw(st.booleans())
    first, rest = record(1), [record(2), record(3)]
    parts = [gzip.compress(one, mtime=0) if packed else one for one in (first, *rest)]
    body = bytearray(b"".join(parts))
    for at in data.draw(st.lists(st.integers(len(parts[0]) + 4, len(body) - 1), max_size=4)):
        body[at] = data.draw(st.integers(0, 255))
    found = list(pages(["-"], SMALL, captured=CAPTURED, stdin=io.BytesIO(bytes(body))))
    assert told(found)[0] == "1"

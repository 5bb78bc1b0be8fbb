"""Tables of pages, well made and badly: a page a row, and what a column says beside it."""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.capture import pages
from sayso.config import Columns, Settings
from sayso.errors import CaptureError
from sayso.pipeline import read as read_one
from sayso.records import Given, Page, Skipped

CAPTURED = "2026-01-02T03:04:05Z"
ROW = {"text": "The bridge opened.", "url": "http://a/1", "date": "2024-03-05", "title": "Bridge opens", "publisher": "The Daily"}
GIVEN = Given(title="Bridge opens", publisher="The Daily", published="2024-03-05")


def jsonl(*rows: dict[str, Any]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_csv(*rows: dict[str, Any], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def parquet(*rows: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(rows)), out)
    return out.getvalue()


KINDS = pytest.mark.parametrize(("name", "made"), [("a.jsonl", jsonl), ("a.csv", as_csv), ("a.parquet", parquet)])


def read(tmp_path: Path, name: str, body: bytes, columns: Columns | None = None, **more: Any) -> list[Page | Skipped]:
    (tmp_path / name).write_bytes(body)
    settings = Settings(**({"max_bytes": 10_000, "columns": columns or Columns()} | more))
    return list(pages([str(tmp_path / name)], settings, captured=CAPTURED))


def told(found: list[Page | Skipped]) -> list[str]:
    return [one.why if isinstance(one, Skipped) else one.body.decode() for one in found]


@KINDS
def test_a_row_becomes_a_page_with_what_its_columns_say(tmp_path: Path, name: str, made: Any) -> None:
    found = read(tmp_path, name, made(ROW, ROW | {"text": "Another."}))
    assert told(found) == ["The bridge opened.", "Another."]
    page = found[0]
    assert isinstance(page, Page)
    assert (page.url, page.given, page.media_type, page.charset) == ("http://a/1", GIVEN, "text/plain", "utf-8")
    assert page.address.startswith(f"{tmp_path}/{name}#")


@KINDS
def test_columns_can_be_named_and_html_is_taken_before_text(tmp_path: Path, name: str, made: Any) -> None:
    row = {"a": "The bridge.", "b": "<p>The</p><p>bridge.</p>", "c": "http://a/1", "d": "5 March 2024", "Text": "unwanted"}
    [page] = read(tmp_path, name, made(row), Columns(text="a", html="b", url="c", published="d"))
    assert isinstance(page, Page)
    assert (page.media_type, page.url, page.given) == ("text/html", "http://a/1", Given(published="5 March 2024"))
    [page] = read(tmp_path, name, made(row), Columns(text="a"))
    assert isinstance(page, Page)
    assert page.body == b"The bridge."


@KINDS
@pytest.mark.parametrize("columns", [Columns(), Columns(text="words"), Columns(published="day")])
def test_a_missing_column_is_one_error_that_names_those_that_are_there(tmp_path: Path, name: str, made: Any, columns: Columns) -> None:
    row = {"nothing": "x", "known": "y"} if columns != Columns(published="day") else {"text": "x", "known": "y", "nothing": "z"}
    [found] = read(tmp_path, name, made(row, row), columns)
    assert isinstance(found, Skipped)
    assert found.why == "missing column"
    assert "'nothing'" in found.detail
    assert "'known'" in found.detail
    with pytest.raises(CaptureError, match="'known'"):
        read_one(tmp_path / name, Settings(columns=columns))


@KINDS
def test_usual_names_are_known_in_any_case(tmp_path: Path, name: str, made: Any) -> None:
    row = {"Headline": "Bridge opens", "Body": "The bridge opened.", "Publication Date": "2024-03-05", "Source": "The Daily", "Link": "http://a/1"}
    [page] = read(tmp_path, name, made(row))
    assert isinstance(page, Page)
    assert (page.body, page.url, page.given) == (b"The bridge opened.", "http://a/1", GIVEN)


@KINDS
def test_an_empty_row_and_one_too_large_leave_the_others_alone(tmp_path: Path, name: str, made: Any) -> None:
    rows = [ROW | {"text": words} for words in ("One.", "", " \n", "x" * 10_001, "Two.")]
    assert told(read(tmp_path, name, made(*rows))) == ["One.", "empty", "empty", "too large", "Two."]


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (date(2024, 3, 5), "2024-03-05"),
        (datetime(2024, 3, 5, 10, tzinfo=UTC), "2024-03-05T10:00:00+00:00"),
        (1709632800, "2024-03-05T10:00:00+00:00"),
        (1709632800000, "2024-03-05T10:00:00+00:00"),
        (20240305, "20240305"),
        (10**30 + 0.5, None),
        (float("nan"), None),
        (None, None),
    ],
)
def test_a_date_is_read_whatever_its_type(tmp_path: Path, value: Any, published: str | None) -> None:
    [page] = read(tmp_path, "a.parquet", parquet({"text": "The bridge.", "title": "T", "date": value}))
    assert isinstance(page, Page)
    assert page.given == Given(title="T", published=published)


def test_broken_lines_in_a_row_are_one_skipped(tmp_path: Path) -> None:
    body = jsonl(ROW) + b"{rubbish\n[1]\n7\n\n" + b'{"text": "' + b"x" * 200_000 + b'"}\n' + b"[" * 100_000 + b"\n" + jsonl(ROW) + b'{"text": "cut o'
    found = read(tmp_path, "a.jsonl", body)
    assert told(found) == [ROW["text"], "broken row", ROW["text"], "broken row"]
    assert isinstance(found[1], Skipped)
    assert "5 rows from row 2" in found[1].detail


def test_broken_rows_of_csv_are_one_skipped_and_quoted_lines_are_kept(tmp_path: Path) -> None:
    body = b'text,url\n"One,\n\n""two""",u\nonly one\na,b,c\n\nThree,u\n"never closed,u\n'
    found = read(tmp_path, "a.csv", body)
    assert told(found) == ['One,\n\n"two"', "broken row", "Three", "broken row"]


@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_in_any_usual_dress_is_read(tmp_path: Path, delimiter: str, charset: str) -> None:
    body = as_csv(ROW | {"text": "Grüße, “Straße”; a|b\tc"}, delimiter=delimiter).decode().encode(charset)
    [page] = read(tmp_path, "a.tsv" if delimiter == "\t" else "a.csv", body)
    assert isinstance(page, Page)
    assert page.body.decode() == "Grüße, “Straße”; a|b\tc"
    assert page.given == GIVEN


@pytest.mark.parametrize(("name", "made"), [("a.jsonl.gz", jsonl), ("a.csv.gz", as_csv)])
def test_gzip_is_taken_off_as_it_is_read(tmp_path: Path, name: str, made: Any) -> None:
    packed = gzip.compress(made(*[ROW] * 50))
    assert told(read(tmp_path, name, packed)) == [ROW["text"]] * 50
    assert told(read(tmp_path, name, packed[:-9]))[-1] == "broken gzip"


def test_a_gzip_bomb_is_one_skipped_after_what_stands_before(tmp_path: Path) -> None:
    body = jsonl(ROW) + bytes(120_000_000)
    assert told(read(tmp_path, "a.jsonl.gz", gzip.compress(body, 9))) == [ROW["text"], "broken gzip"]


def test_jsonl_is_known_without_its_name_and_from_a_pipe() -> None:
    found = list(pages(["-"], Settings(), captured=CAPTURED, stdin=io.BytesIO(jsonl(ROW, ROW))))
    assert told(found) == [ROW["text"]] * 2


def test_a_broken_parquet_file_is_one_skipped(tmp_path: Path) -> None:
    whole = parquet(*[ROW | {"text": f"The bridge number {n}."} for n in range(500)])
    for body in (whole[:-20], b"PAR1" + bytes(50) + b"PAR1", whole[:100] + bytes(200) + whole[300:]):
        assert told(read(tmp_path, "a.parquet", body))[-1] == "broken table"


@given(st.binary(max_size=200))
def test_any_bytes_in_a_table_are_pages_or_skipped(body: bytes) -> None:
    for start in (b'{"text": "a"}\n', b'{"text": "a"}\n{"text": '):
        for one in pages(["-"], Settings(), captured=CAPTURED, stdin=io.BytesIO(start + body)):
            assert isinstance(one, Page | Skipped)

"""Strings that break files: what is written comes back, and what cannot be written is refused and named."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso
from sayso.records import Reading
from sayso.view.export import FORMATS
from sayso.view.export.formats import every_format
from sayso.view.export.lines import readings_of
from sayso.view.export.tsv import plain

# Whatever ends a cell, a row or a quotation, begins a formula, or looks like a number, a list or nothing.
NASTY = st.text(st.sampled_from(list("\t\n\r\v\f\x1c\x85\u2028\"'`,;|\\=+-@ aé😀0.{}[]")), max_size=12)
TSV = [f.name for f in every_format() if f.name in {"polecat", "icews", "gdelt-events", "gdelt-mentions"}]
TABLES = {"csv", "parquet", *TSV}


def named(full: Reading, words: str) -> Reading:
    """The full reading with these words in its address, as title, publisher, speaker, and name and office of an actor."""
    assert full.article
    holm, iran, un = full.actors
    statement = full.statements[0]
    assert statement.who
    return replace(
        full,
        page=replace(full.page, address=f"https://news.example/{words}"),
        article=replace(full.article, title=words, publisher=words),
        actors=(replace(holm, name=words, office=words), replace(iran, name=words), un),
        statements=(replace(statement, who=replace(statement.who, words=words, span=None)),),
    )


def rows_of(name: str, reading: Reading, **more: Any) -> bytes:
    out = io.BytesIO()
    assert sayso.export(name, [reading, reading], out, claims=True, **more).unfit == 0
    return out.getvalue()


@settings(max_examples=60)
@given(words=NASTY)
def test_csv_brings_every_character_back(full: Reading, words: str) -> None:
    data = rows_of("csv", named(full, words), table="events").decode()
    for row in csv.DictReader(io.StringIO(data, newline=""), strict=True):
        assert (row["title"], row["claimant_name"], json.loads(row["source_names"])) == (words, words, [words])


@settings(max_examples=25)
@given(words=NASTY.filter(str.strip))
def test_pandas_and_duckdb_read_the_same_from_csv(full: Reading, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("nasty") / "e.csv"
    path.write_bytes(rows_of("csv", named(full, words), table="events"))
    frame = pd.read_csv(path, dtype="str", keep_default_na=False)
    assert list(frame["title"]) == [words, words]
    read = f"read_csv('{path}', header=true, all_varchar=true, delim=',', quote='\"', escape='\"')"
    assert duckdb.sql(f"SELECT title FROM {read}").fetchall() == [(words,), (words,)]


@settings(max_examples=25)
@given(words=NASTY)
def test_parquet_brings_every_character_back(full: Reading, words: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("nasty") / "e.parquet"
    sayso.export("parquet", [named(full, words)], path, table="events")
    (row,) = pq.read_table(path).to_pylist()
    assert (row["title"], row["source_names"]) == (words, [words])


@pytest.mark.parametrize("name", TSV)
@settings(max_examples=30)
@given(words=NASTY)
def test_tab_separated_rows_stay_whole_for_readers_with_and_without_quoting(name: str, full: Reading, words: str) -> None:
    data = rows_of(name, named(full, words)).decode()
    bare = [line.split("\t") for line in data.split("\n")[:-1]]
    assert data.splitlines() == data.split("\n")[:-1]
    assert len({len(row) for row in bare}) == 1
    assert list(csv.reader(io.StringIO(data, newline=""), delimiter="\t", strict=True)) == bare


@given(words=NASTY)
def test_a_plain_value_loses_nothing_but_white_space_and_marks_that_would_open_a_quotation(words: str) -> None:
    told = plain(words)
    assert told.replace('"', "'").split() == words.replace('"', "'").split()
    assert not told.startswith('"')


@pytest.mark.parametrize("name", ["plover", "annotations", "jsonl"])
@settings(max_examples=30)
@given(words=NASTY | st.text(max_size=5))
def test_json_formats_bring_every_character_back_on_one_line(name: str, full: Reading, words: str) -> None:
    data = rows_of(name, named(full, words)).decode()
    if name == "annotations":
        items = json.loads(data)["items"]
        assert len(data.splitlines()) == len(items) + 2
        assert words in items[0]["body"][0]["value"]
    else:
        records = [json.loads(line) for line in data.splitlines()]
        titles = [r["cite_info"]["title"] if name == "plover" else r["article"]["title"] for r in records]
        assert titles == [words, words]


@settings(max_examples=30)
@given(words=NASTY | st.text(max_size=5))
def test_json_lines_are_read_back_with_every_character(full: Reading, words: str) -> None:
    told = named(full, words)
    (again,) = readings_of([rows_of("jsonl", told).split(b"\n")[0]], "x")
    assert again.to_dict() == told.to_dict()


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)"])
def test_what_a_spreadsheet_takes_for_a_formula_stays_what_the_page_says(full: Reading, words: str) -> None:
    (row, _) = csv.DictReader(io.StringIO(rows_of("csv", named(full, words), table="statements").decode(), newline=""))
    assert row["title"] == words


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "jsonl"])
def test_half_a_character_is_refused_by_name_and_the_rest_is_written(name: str, full: Reading, tmp_path: Path) -> None:
    broken = named(full, "caf\udce9")
    done = sayso.export(name, [broken, full], tmp_path / "x.out", claims=True)
    assert done.unfit == len(full.events) * len(done.rows) if name in {"csv", "parquet"} else done.unfit >= 1
    assert {(s.stage, s.of, s.why) for s in done.skipped} == {("view", full.page.id, "cannot be written")}
    assert "U+DCE9" in done.skipped[0].detail
    whole = sayso.export(name, [full], tmp_path / "whole.out", claims=True)
    assert [p.read_bytes() for p in done.files.values()] == [p.read_bytes() for p in whole.files.values()]


def test_jsonl_escapes_half_a_character_as_read_does(full: Reading) -> None:
    line = rows_of("jsonl", named(full, "caf\udce9")).split(b"\n")[0]
    assert b"caf\\udce9" in line


@pytest.mark.parametrize("name", sorted(TABLES))
def test_nul_is_refused_by_tables(name: str, full: Reading, tmp_path: Path) -> None:
    done = sayso.export(name, [named(full, "a\0b"), full], tmp_path / "x.out", claims=True)
    assert done.unfit >= 1
    assert "NUL" in done.skipped[0].detail
    assert all(b"\0b" not in path.read_bytes() for path in done.files.values())


def test_of_many_that_cannot_be_written_the_first_are_named_and_all_are_counted(full: Reading) -> None:
    done = sayso.export("icews", [named(full, "\udce9")] * 150, io.BytesIO(), claims=True)
    assert (done.unfit, len(done.skipped), done.rows) == (150, 100, {"events": 0})

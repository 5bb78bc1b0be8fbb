"""What is exported is read back by pandas and DuckDB, with the names, types and values that were written."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

import sayso
from sayso.ontology import ontology_of
from sayso.records import Reading
from sayso.view.export.context import Said
from sayso.view.export.formats import format_named
from sayso.view.export.parquet import ParquetWriter
from sayso.view.export.rows import EVENTS, STATEMENTS
from sayso.view.export.stream import OfReadings

DTYPES = {"text": "str", "integer": "int64", "number": "float64", "yes/no": "bool", "day": "str", "texts": "str", "integers": "str"}
DUCK = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "yes/no": "BOOLEAN", "day": "DATE", "texts": "VARCHAR[]", "integers": "BIGINT[]"}


def names(name: str) -> list[str]:
    (part,) = format_named(name).parts
    return [column.name for column in part.columns]


def reported(readings: list[Reading]) -> list[str]:
    return [e.id for r in readings for e in r.events if e.standing == "reported"]


def duck(query: str) -> list[Any]:
    return duckdb.sql(query).fetchall()


def test_jsonl_is_the_record_of_each_reading(real: list[Reading], tmp_path: Path) -> None:
    done = sayso.export("jsonl", real, tmp_path / "r.jsonl")
    assert done.rows == {"readings": 5}
    assert [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()] == [r.to_dict() for r in real]
    assert len(pd.read_json(tmp_path / "r.jsonl", lines=True)) == 5


@pytest.mark.parametrize(("table", "columns"), [("statements", STATEMENTS), ("events", EVENTS)])
def test_parquet_has_typed_columns_that_say_what_they_hold(real: list[Reading], tmp_path: Path, table: str, columns: Any) -> None:
    done = sayso.export("parquet", real, tmp_path / "news.parquet")
    path = done.files[table]
    assert path.name == f"news.{table}.parquet"
    told = duckdb.sql(f"DESCRIBE SELECT * FROM '{path}'").fetchall()
    assert [(name, kind) for name, kind, *_ in told] == [(c.name, DUCK[c.kind]) for c in columns]
    assert [field.metadata[b"description"].decode() for field in pq.read_schema(path)] == [c.holds for c in columns]
    frame = pd.read_parquet(path)
    records = [one.id for r in real for one in (r.statements if table == "statements" else r.events)]
    assert list(frame["id"]) == records


@pytest.mark.parametrize(("table", "columns"), [("statements", STATEMENTS), ("events", EVENTS)])
def test_csv_holds_what_parquet_holds(real: list[Reading], tmp_path: Path, table: str, columns: Any) -> None:
    sayso.export("csv", real, tmp_path / "news.csv")
    sayso.export("parquet", real, tmp_path / "news.parquet")
    typed = pq.read_table(tmp_path / f"news.{table}.parquet").to_pylist()
    with (tmp_path / f"news.{table}.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [list(row) for row in rows[:1]] == [[c.name for c in columns]]
    for row, wanted in zip(rows, typed, strict=True):
        for column in columns:
            value = wanted[column.name]
            if column.kind in {"texts", "integers"}:
                assert json.loads(row[column.name]) == value
            elif column.kind in {"number", "integer"}:
                assert (float(row[column.name]) if row[column.name] else None) == value
            elif column.kind == "yes/no":
                assert row[column.name] == str(value).lower()
            else:
                assert row[column.name] == ("" if value is None else str(value))


def test_csv_is_read_by_pandas_and_duckdb_alike(real: list[Reading], tmp_path: Path) -> None:
    sayso.export("csv", real, tmp_path / "news.csv")
    frame = pd.read_csv(tmp_path / "news.events.csv", dtype={"cameo": "str"})
    assert {c.name: DTYPES[c.kind] for c in EVENTS if c.name in {"id", "quad", "goldstein", "past", "score", "trigger_start", "source_ids"}} == {
        name: str(frame[name].dtype) for name in ("id", "quad", "goldstein", "past", "score", "trigger_start", "source_ids")
    }
    assert set(frame["cameo"].str.len()) <= {2, 3, 4}
    rows = duck(f"SELECT id, trigger, standing, past FROM read_csv('{tmp_path}/news.events.csv', header=true)")
    assert rows == [(e.id, e.trigger.of(r.article.text), e.standing, e.past) for r in real if r.article for e in r.events]
    said = duck(f"SELECT count(*), count(speaker_id), min(said_latest) FROM read_csv('{tmp_path}/news.statements.csv', header=true)")
    assert said[0][0] == sum(len(r.statements) for r in real)


def test_a_claim_is_a_row_with_its_claimant(full: Reading, tmp_path: Path) -> None:
    sayso.export("parquet", [full], tmp_path / "news.parquet")
    (row,) = pq.read_table(tmp_path / "news.events.parquet").to_pylist()
    assert (row["standing"], row["claimant_name"], row["claimant_country"], row["claimant_words"]) == ("claimed", "Ada Holm", "NOR", "Ada Holm")
    assert (row["source_names"], row["target_cameos"]) == (["Iran"], ["IGOUNOREFHCR", "NORGOV"])
    assert (row["size_kinds"], row["size_lows"], str(row["happened_earliest"])) == (["dead"], [12], "2025-03-03")
    (said,) = pq.read_table(tmp_path / "news.statements.parquet").to_pylist()
    assert (said["words"], said["relay_names"]) == ("Iran shelled Urmia … killing 12", ["Reuters", "UNHCR"])


def test_parquet_comes_in_row_groups(real: list[Reading], tmp_path: Path) -> None:
    items = list(OfReadings(real, ontology_of()).items((Said,)))
    with (tmp_path / "s.parquet").open("wb") as out:
        writer = ParquetWriter(out, STATEMENTS, group=10)
        assert sum(map(writer.add, items)) == len(items)
        writer.close()
    meta = pq.ParquetFile(tmp_path / "s.parquet").metadata
    assert [meta.row_group(n).num_rows for n in range(meta.num_row_groups)] == [10] * (len(items) // 10) + [len(items) % 10] * (len(items) % 10 > 0)


def test_polecat_has_forty_columns_and_one_row_an_event(real: list[Reading], tmp_path: Path) -> None:
    sayso.export("polecat", real, tmp_path / "ngecEvents.txt")
    frame = pd.read_csv(tmp_path / "ngecEvents.txt", sep="\t", keep_default_na=False)
    assert list(frame.columns) == names("polecat")
    assert list(frame["Event ID"]) == reported(real)
    assert (str(frame["Intensity"].dtype), str(frame["Quad Code"].dtype)) == ("float64", "int64")
    assert set(frame["Actor COW"]) == {"None"}
    rows = duck(f"SELECT \"Event ID\", \"Event Type\" FROM read_csv('{tmp_path}/ngecEvents.txt', delim='\t', quote='', header=true, all_varchar=true)")
    assert rows == list(zip(frame["Event ID"], frame["Event Type"], strict=True))
    with (tmp_path / "ngecEvents.txt").open(encoding="ISO-8859-1") as opened:  # as POLECAT's loaders do
        assert {len(row) for row in csv.reader(opened, delimiter="\t")} == {40}


def test_icews_has_twenty_columns_and_a_key(real: list[Reading], tmp_path: Path) -> None:
    sayso.export("icews", real, tmp_path / "events.tab")
    frame = pd.read_csv(tmp_path / "events.tab", sep="\t", dtype={"CAMEO Code": "str"}, parse_dates=["Event Date"])
    assert list(frame.columns) == names("icews")
    assert (str(frame["Event ID"].dtype), str(frame["Story ID"].dtype), str(frame["Intensity"].dtype)) == ("int64", "int64", "float64")
    assert frame["Event Date"].dtype.kind == "M"
    assert frame["Event ID"].is_unique
    assert frame["Event ID"].max() < 2**53
    assert frame["Sentence Number"].isna().all()
    assert "Iran" in set(frame["Source Country"])
    assert duck(f"SELECT count(DISTINCT \"Event ID\") FROM read_csv('{tmp_path}/events.tab', delim='\t', quote='', header=true)") == [(len(frame),)]


def test_gdelt_events_and_mentions_join(real: list[Reading], tmp_path: Path) -> None:
    sayso.export("gdelt-events", real, tmp_path / "e.CSV", claims=True)
    sayso.export("gdelt-mentions", real, tmp_path / "m.CSV", claims=True)
    text = {name: "str" for name in names("gdelt-events") if name.endswith("Code")}
    events = pd.read_csv(tmp_path / "e.CSV", sep="\t", header=None, names=names("gdelt-events"), dtype=text)
    mentions = pd.read_csv(tmp_path / "m.CSV", sep="\t", header=None, names=names("gdelt-mentions"))
    assert (events.shape[1], mentions.shape[1]) == (61, 16)
    kinds = {name: str(events[name].dtype) for name in ("GLOBALEVENTID", "QuadClass", "GoldsteinScale", "DATEADDED", "IsRootEvent")}
    assert kinds == {"GLOBALEVENTID": "int64", "QuadClass": "int64", "GoldsteinScale": "float64", "DATEADDED": "int64", "IsRootEvent": "int64"}
    assert events["GLOBALEVENTID"].is_unique
    assert Counter(mentions["GLOBALEVENTID"]) == dict(zip(events["GLOBALEVENTID"], events["NumMentions"], strict=True))
    assert (events["EventCode"].str[:2] == events["EventRootCode"]).all()
    assert {json.loads(extra)["event"] for extra in mentions["Extras"]} == {e.id for r in real for e in r.events}
    web = mentions["MentionIdentifier"].str.startswith("https://")
    assert set(mentions.loc[web, "MentionType"]) == {1.0}
    assert mentions.loc[~web, "MentionType"].isna().all()
    widths = duck(f"SELECT * FROM read_csv('{tmp_path}/e.CSV', delim='\t', quote='', header=false, all_varchar=true)")
    assert {len(row) for row in widths} == {61}
    assert len(widths) == len(events)


def test_offsets_of_mentions_lead_to_the_words(full: Reading, tmp_path: Path) -> None:
    sayso.export("gdelt-mentions", [full], tmp_path / "m.CSV", claims=True)
    assert full.article
    text = full.article.text
    rows = pd.read_csv(tmp_path / "m.CSV", sep="\t", header=None, names=names("gdelt-mentions"))
    assert [text[at:].split()[0] for at in rows["ActionCharOffset"]] == ["shelled", "Storm"] * 2
    assert {text[int(at) :][:4] for at in rows["Actor1CharOffset"]} == {"Iran"}
    assert {text[int(at) :][:8] for at in rows["Actor2CharOffset"].dropna()} == {"Ada Holm"}


def test_plover_is_read_by_pandas_and_duckdb(real: list[Reading], tmp_path: Path) -> None:
    sayso.export("plover", real, tmp_path / "p.jsonl")
    records = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text("utf-8").splitlines()]
    assert [list(record) for record in records] == [names("plover")] * len(reported(real))
    frame = pd.read_json(tmp_path / "p.jsonl", lines=True)
    assert list(frame["id"]) == reported(real)
    rows = duck(f"SELECT id, event[1], sayso.standing FROM read_json('{tmp_path}/p.jsonl', format='newline_delimited')")
    assert [(id_, standing) for id_, _, standing in rows] == [(id_, "reported") for id_ in reported(real)]


def test_annotations_select_the_words_they_are_about(real: list[Reading], tmp_path: Path) -> None:
    sayso.export("annotations", real, tmp_path / "a.jsonld")
    page = json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    texts = {r.page.address: r.article.text for r in real if r.article}
    for annotation in page["items"]:
        for target in annotation["target"]:
            text = texts[target["source"]]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    ids = [one.id for r in real for one in (*r.statements, *r.events)]
    assert [annotation["id"] for annotation in page["items"]] == [f"urn:sayso:{id_}" for id_ in ids]

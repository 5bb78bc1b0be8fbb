"""A store, readings and their JSON lines give the same export; corrections and claims are told as they are."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import varied

import sayso
from sayso.errors import ExportError
from sayso.records import Event, Reading, Skipped, When
from sayso.store import Query, Store
from sayso.view.export import FORMATS
from sayso.view.export.codes import chunks, country_name, division, fips, in_plover
from sayso.view.export.context import Context, Deed, number_of, pairs
from sayso.view.export.formats import every_format
from sayso.view.export.lines import reading_from, readings_of
from sayso.view.jsonl import json_text

ONE_TABLE = [f.name for f in every_format() if len(f.parts) == 1]
STRICT = [f.name for f in every_format() if not f.claimants]


def written(name: str, source: Any, **more: Any) -> bytes:
    out = io.BytesIO()
    sayso.export(name, source, out, **more)
    return out.getvalue()


def table(source: Any, name: str, **more: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written("csv", source, table=name, **more).decode(), newline="")))


def same_rows(name: str, data: bytes) -> Any:
    """What an export holds, whatever the order of its rows."""
    if name == "annotations":
        return sorted(json.dumps(item) for item in json.loads(data)["items"])
    return sorted(data.splitlines())


@pytest.mark.parametrize("name", ONE_TABLE)
def test_a_store_gives_what_its_readings_give(name: str, real: list[Reading], store: Store) -> None:
    store.add_many(real)
    assert same_rows(name, written(name, store)) == same_rows(name, written(name, real))


@pytest.mark.parametrize("name", ["statements", "events"])
def test_a_store_gives_the_tables_that_its_readings_give(name: str, real: list[Reading], store: Store) -> None:
    store.add_many(real)
    assert sorted(map(str, table(store, name))) == sorted(map(str, table(real, name)))


@pytest.mark.parametrize("name", ONE_TABLE)
def test_json_lines_give_what_the_readings_gave(name: str, real: list[Reading], tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("".join(f"{json_text(r)}\n" for r in real), encoding="utf-8")
    assert written(name, tmp_path / "r.jsonl") == written(name, real)


def test_a_reading_comes_back_from_its_json(real: list[Reading], full: Reading) -> None:
    for reading in [*real, full, varied.reading(3), replace(full, article=None, statements=(), events=(), actors=())]:
        assert reading_from(reading.to_dict()).to_dict() == reading.to_dict()


def test_lines_without_a_page_are_passed_over(full: Reading) -> None:
    skipped = Skipped(stage="capture", of="gone.html", why="not found", detail="")
    lines = [json_text(skipped).encode(), b"\n", json_text(full).encode()]
    assert [r.to_dict() for r in readings_of(lines, "r.jsonl")] == [full.to_dict()]
    assert written("jsonl", [skipped, full]) == written("jsonl", [full])


@pytest.mark.parametrize(
    ("change", "met"),
    [
        (lambda r: r.pop("events"), "the field 'events' is missing"),
        (lambda r: r["events"][0].update(standing="certain"), "standing is 'certain'"),
        (lambda r: r["statements"][0]["what"][0].update(span=[5, 9000]), "lies outside the text"),
        (lambda r: r["article"].update(text=None), "None is no text"),
        (lambda r: r["article"]["dates"][0].update(earliest="soon"), "soon"),
    ],
)
def test_a_line_that_is_no_reading_is_named(change: Callable[[Any], Any], met: str, full: Reading) -> None:
    record = full.to_dict()
    change(record)
    with pytest.raises(ExportError, match=r"^r.jsonl line 2 is no reading of this version: ") as told:
        list(readings_of([b"", json.dumps(record).encode()], "r.jsonl"))
    assert met in str(told.value)


@pytest.mark.parametrize("line", [b"{", b"[]", b"3", b'"words"', b"\xff\xfe", b'{"sayso": "0.1.0"}'])
def test_a_line_of_something_else_is_named(line: bytes) -> None:
    with pytest.raises(ExportError, match="x line 1 is no reading"):
        list(readings_of([line], "x"))


@pytest.mark.parametrize("name", STRICT)
def test_formats_without_a_claimant_leave_claims_out_unless_asked(name: str, full: Reading) -> None:
    out = io.BytesIO()
    done = sayso.export(name, [full], out)
    assert (done.claims, sum(done.rows.values())) == (1, 0)
    asked = sayso.export(name, [full], io.BytesIO(), claims=True)
    assert asked.claims == 0
    assert sum(asked.rows.values()) >= 1


@pytest.mark.parametrize("name", STRICT)
def test_asking_such_a_format_for_claims_alone_is_refused(name: str, store: Store) -> None:
    with pytest.raises(ExportError, match="no place for a claimant"):
        written(name, store, query=Query(standing="claimed"))


@pytest.mark.parametrize("query", [Query(speaker="PRK"), Query(about="USA", since=date(2022, 1, 1)), Query(words="talks"), Query(standing="announced")])
def test_a_query_exports_what_find_finds_in_its_order(query: Query, store: Store) -> None:
    store.add_many(varied.reading(number) for number in range(15))
    found = [row.statement.id for row in store.every(store.statements, query)]
    assert found
    assert [row["id"] for row in table(store, "statements", query=query)] == found
    assert [row["id"] for row in table(store, "events", query=query)] == [row.event.id for row in store.every(store.events, query)]


def test_corrections_are_exported_and_what_was_rejected_is_not(full: Reading, store: Store) -> None:
    store.add(full)
    store.add(varied.reading(1))
    stranger = next(a.id for a in varied.reading(1).actors if a.kind == "person")
    store.change("st_full", "who.actor", stranger, who="M. Roy")
    store.change("ev_full", "type", "SANCTION", who="M. Roy")
    store.change("ev_full", "mode", None, who="M. Roy")
    (event,) = (row for row in table(store, "events") if row["id"] == "ev_full")
    assert (event["review"], event["claimant_id"], event["type"], event["cameo"], event["goldstein"]) == ("changed", stranger, "SANCTION", "160", "-4.0")
    (said,) = (row for row in table(store, "statements") if row["id"] == "st_full")
    assert (said["speaker_id"], said["speaker_name"]) == (stranger, next(a.name for a in varied.reading(1).actors if a.id == stranger))
    store.reject("st_full", who="M. Roy")
    assert "st_full" not in {row["id"] for row in table(store, "statements")}
    records = map(json.loads, written("jsonl", store).splitlines())
    assert [s["id"] for r in records if r["page"]["id"] == full.page.id for s in r["statements"]] == []


def test_the_days_of_publication_are_those_of_the_store(real: list[Reading], store: Store) -> None:
    store.add_many(real)
    rows = table(store, "statements")
    for row in rows:
        article = store.article(row["article"])
        assert article
        assert (row["published_earliest"], row["published_latest"]) == tuple(str(day or "") for day in (article.earliest, article.latest))


def test_codes_and_scales_of_what_was_read_are_those_of_the_ontology(real: list[Reading]) -> None:
    by_id = {row["id"]: row for row in table(real, "events")}
    for event in (e for r in real for e in r.events):
        row = by_id[event.id]
        assert (row["cameo"], int(row["quad"]), float(row["goldstein"]), float(row["scale"])) == (event.cameo, event.quad, event.goldstein, event.scale)


@pytest.mark.parametrize(
    ("fields", "type_", "contexts"),
    [
        ({"type": "CONSULT", "mode": "visit", "standing": "announced"}, "AGREE", ()),
        ({"type": "RETREAT", "mode": None, "standing": "announced"}, "CONCEDE", ()),
        ({"type": "SANCTION", "mode": None, "standing": "announced"}, "SANCTION", ("future",)),
        ({"type": "ASSAULT", "mode": None, "standing": "denied"}, "ASSAULT", ("negation",)),
        ({"type": "ASSAULT", "mode": None, "standing": "possible"}, "ASSAULT", ("hypothetical",)),
        ({"type": "CONSULT", "mode": "visit", "standing": "reported", "past": True}, "CONSULT", ("historical",)),
        ({"type": "FESTIVAL", "mode": "parade", "standing": "reported"}, "FESTIVAL", ()),
    ],
)
def test_plover_gets_types_and_contexts_as_its_manual_wants(deed: Callable[..., Deed], fields: dict[str, Any], type_: str, contexts: tuple[str, ...]) -> None:
    told = in_plover(deed(contexts=(), **fields))
    assert (told.kind.type, told.contexts) == (type_, contexts)


@pytest.mark.parametrize(
    ("fields", "drawn"),
    [
        ({"source": ("ac_iran",), "target": ("ac_un", "ac_holm")}, ["Iran>UNHCR", "Iran>Ada Holm"]),
        ({"source": ("ac_iran",), "target": ()}, ["Iran>"]),
        ({"source": (), "target": ("ac_iran",)}, [">Iran"]),
        ({"type": "AGREE", "source": ("ac_iran", "ac_un"), "target": ()}, ["Iran>UNHCR", "UNHCR>Iran"]),
        ({"source": ("ac_iran", "ac_un"), "target": ()}, ["Iran>", "UNHCR>"]),
    ],
)
def test_a_row_is_a_pair(deed: Callable[..., Deed], fields: dict[str, Any], drawn: list[str]) -> None:
    found = list(pairs(deed(**fields)))
    assert [f"{p.source.name if p.source else ''}>{p.target.name if p.target else ''}" for p in found] == drawn
    assert len({p.number for p in found}) == len(found)


@pytest.mark.parametrize(
    ("cameo", "country", "parts"),
    [
        ("PRKGOV", "PRK", ("PRK", None, ("GOV",))),
        ("PRK", "PRK", ("PRK", None, ())),
        ("IGOUNOREFHCR", None, (None, "UNO", ("IGO", "REF", "HCR"))),
        ("REB", None, (None, None, ("REB",))),
        (None, "PRK", (None, None, ())),
    ],
)
def test_a_cameo_code_comes_apart(cameo: str | None, country: str | None, parts: tuple[Any, ...]) -> None:
    assert chunks(cameo, country) == parts


def test_countries_have_the_codes_of_others() -> None:
    assert [fips(code) for code in ("KOR", "DEU", "KOS", "PRE", None)] == ["KS", "GM", "KV", None, None]
    assert [country_name(code) for code in ("KOR", "KOS", "PRE")] == ["South Korea", "Kosovo", None]
    assert [division(*at) for at in (("USA", "TX"), ("IRN", "01"), ("GBR", "ENG"), ("IRN", None))] == ["USTX", "IR01", None, None]


def test_a_number_is_the_same_everywhere_and_read_exactly_by_all() -> None:
    assert number_of("ev_1", "ac_1") == number_of("ev_1", "ac_1") != number_of("ev_1", "ac_2")
    assert all(float(n) == n < 2**53 for n in (number_of(str(at)) for at in range(1000)))


WEEK = When(earliest=date(2025, 3, 3), latest=date(2025, 3, 9), precision="week", basis="inferred")
MONTHS = When(earliest=date(2025, 3, 3), latest=date(2025, 5, 9), precision="interval", basis="inferred")
OPEN = When(earliest=None, latest=date(2025, 3, 9), precision="interval", basis="published")


@pytest.mark.parametrize(("when", "days"), [(WEEK, ["", "202503", "2025", ""]), (MONTHS, ["", "", "2025", ""]), (OPEN, ["", "", "", ""])])
def test_a_day_that_is_not_known_is_not_made_up(when: When, days: list[str], full: Reading) -> None:
    told = replace(full, events=(replace(full.events[0], when=when),))
    assert written("gdelt-events", [told], claims=True).decode().split("\t")[1:5] == days
    assert written("icews", [told], claims=True).decode().splitlines()[1].split("\t")[1] == ""
    assert written("polecat", [told], claims=True).decode().splitlines()[1].split("\t")[1] == "None"
    assert json.loads(written("plover", [told], claims=True).splitlines()[0])["date"] is None


def test_a_day_that_is_known_stands_in_each(full: Reading) -> None:
    assert written("gdelt-events", [full], claims=True).decode().split("\t")[1:5] == ["20250303", "202503", "2025", "2025.1726"]
    assert written("icews", [full], claims=True).decode().splitlines()[1].split("\t")[1] == "2025-03-03"


def test_lists_keep_the_places_of_their_actors(full: Reading) -> None:
    header, row = (line.split("\t") for line in written("polecat", [full], claims=True).decode().splitlines())
    told = dict(zip(header, row, strict=True))
    assert (told["Recipient Name"], told["Recipient Country"], told["Recipient Title"]) == ("UNHCR;Ada Holm", "None;NOR", "None;minister")
    assert (told["Actor Title"], told["Actor COW"], told["Actor Name Raw"], told["Recipient Name Raw"]) == ("None", "None", "Iran", "None;Ada Holm")


def test_a_sure_count_is_a_size_and_an_open_one_is_not(full: Reading) -> None:
    (size,) = full.events[0].sizes
    for one, dead in ((size, 12), (replace(size, high=None), None), (replace(size, high=20), None)):
        told = replace(full, events=(replace(full.events[0], sizes=(one,)),))
        assert json.loads(written("plover", [told], claims=True))["size"] == {"dead": dead, "injured": None, "arrested": None}


@pytest.mark.parametrize(("address", "iri"), [("pages/a b.html", "pages/a%20b.html"), ("wire#3", "wire#3"), ("https://x.example/ü", "https://x.example/ü")])
def test_what_annotations_are_about_has_an_iri(full: Reading, address: str, iri: str) -> None:
    told = replace(full, page=replace(full.page, address=address))
    items = json.loads(written("annotations", [told]))["items"]
    assert {target["source"] for item in items for target in item["target"]} == {iri}


def test_a_reading_of_standard_input_has_a_name_all_the_same(full: Reading) -> None:
    told = replace(full, page=replace(full.page, address="-"))
    assert full.article
    assert Context(told, full.article, None).iri == f"urn:sayso:{full.page.id}"  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_export_twice_is_the_same_bytes(name: str, real: list[Reading], tmp_path: Path) -> None:
    once = sayso.export(name, real, tmp_path / "once.x")
    again = sayso.export(name, real, tmp_path / "again.x")
    assert [p.read_bytes() for p in once.files.values()] == [p.read_bytes() for p in again.files.values()]


@pytest.mark.parametrize("name", ["jsonl", "csv", "gdelt-events", "annotations"])
def test_memory_does_not_grow_with_the_readings(name: str, full: Reading, tmp_path: Path) -> None:
    assert full.article
    article = full.article

    def readings() -> Iterator[Reading]:
        event: Event = full.events[0]
        for at in range(200):
            text = f"{article.text}\n\n{'x' * 20_000}{at}"
            yield replace(full, article=replace(article, text=text), events=(replace(event, id=f"ev_{at}", standing="reported"),))

    sayso.export(name, [full], tmp_path / "first.out")  # what is loaded once
    tracemalloc.start()
    sayso.export(name, readings(), tmp_path / "x.out")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 1_500_000  # the texts alone are 4 MB

"""The parts of the store that need no database, or one that is deliberately wrong."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
import varied
from sqlalchemy import Connection, inspect, select

from sayso.errors import QueryError, StoreError
from sayso.store import Query, open_store, schema
from sayso.store.migrations import MIGRATIONS, Migration, migrate
from sayso.store.schema import metadata, migrations
from sayso.store.search import Term, _for_fts5, _for_tsquery, folded, terms


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("red line", [Term("red", False, False), Term("line", False, False)]),
        ('"red line"', [Term("red line", False, False)]),
        ("sanct* -oil", [Term("sanct", True, False), Term("oil", False, True)]),
        ('-"red line" war', [Term("red line", False, True), Term("war", False, False)]),
        ("Novák’s", [Term("novak s", False, False)]),
        ("DPRK-Russia", [Term("dprk russia", False, False)]),
    ],
)
def test_a_search_is_words_phrases_beginnings_and_what_must_not_be(typed: str, found: list[Term]) -> None:
    assert terms(typed) == found


def test_both_databases_are_asked_the_same() -> None:
    found = terms('sanct* "red line" -oil')
    assert _for_fts5(found) == '("sanct" * AND "red line") NOT ("oil")'
    assert _for_tsquery(found) == "('sanct':*) & ('red' <-> 'line') & !('oil')"


@pytest.mark.parametrize(("words", "bare"), [("Núñez", "nunez"), ("KIM  Jong-un", "kim jong un"), ("“so-called”", "so called"), ("Straße", "strasse")])
def test_names_are_compared_without_accents_case_or_marks(words: str, bare: str) -> None:
    assert folded(words) == bare


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"limit": 0}, "limit is 0"),
        ({"limit": 1001}, "limit is 1001"),
        ({"since": date(2024, 1, 2), "until": date(2024, 1, 1)}, "Turn them round"),
        ({"standing": "true"}, "is none of reported"),
        ({"speaker": " "}, "speaker is empty"),
        ({"after": "!"}, "no place in an answer"),
    ],
)
def test_a_query_that_makes_no_sense_is_refused_when_it_is_made(asked: dict[str, object], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        Query(**asked)  # type: ignore[arg-type]


def test_a_query_says_what_was_asked() -> None:
    assert Query(speaker="PRK", since=date(2024, 1, 1)).to_dict() == {"speaker": "PRK", "since": "2024-01-01", "limit": 50}


NEXT = len(MIGRATIONS) + 1


def test_a_migration_that_fails_leaves_the_store_as_it_was(url: str) -> None:
    def broken(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (a integer)")
        raise RuntimeError("a fault")

    def good(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE whole (a integer)")

    with open_store(url) as store:
        with pytest.raises(RuntimeError, match="a fault"):
            migrate(store.database, "now", (*MIGRATIONS, Migration(NEXT, "broken", broken)))
        assert not inspect(store.database.engine).has_table("half")
        migrate(store.database, "now", (*MIGRATIONS, Migration(NEXT, "good", good)))
        migrate(store.database, "now", (*MIGRATIONS, Migration(NEXT, "good", good)))
        assert inspect(store.database.engine).has_table("whole")
        with store.database.reading() as connection:
            assert connection.execute(select(migrations.c.number).order_by(migrations.c.number)).scalars().all() == list(range(1, NEXT + 1))
    with pytest.raises(StoreError, match="Install a newer Sayso"):
        open_store(url)


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in MIGRATIONS] == list(range(1, len(MIGRATIONS) + 1))


def test_every_table_stands_in_the_picture_of_the_schema() -> None:
    assert [name for name in metadata.tables if name not in (schema.__doc__ or "")] == []


def test_a_full_disk_is_one_error_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    with open_store(tmp_path / "news.db") as store:
        store.add(varied.reading(0))
        with store.database.writing() as connection:
            size = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA max_page_count={size + 2}")
        before = store.counts()
        with pytest.raises(StoreError, match="Make room on the disk"):
            store.add_many(varied.reading(n) for n in range(1, 200))
        held = store.counts()["pages"]
        assert held < 200
        assert before["pages"] <= held
        with store.database.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=1000000")
        store.add_many(varied.reading(n) for n in range(held))
        assert store.counts()["pages"] == held


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    """train/corpus.py, which reads what corrections are exported as."""
    spec = importlib.util.spec_from_file_location("corpus", Path(__file__).parents[2] / "train" / "corpus.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus"] = module
    spec.loader.exec_module(module)
    return module


def test_corrections_are_exported_as_stories_that_the_corpus_reads(corpus: ModuleType, tmp_path: Path, new_url: Callable[[str], str]) -> None:
    reading = varied.reading(3)
    with open_store(new_url("sqlite")) as store:
        store.add(reading)
        assert list(store.corrected_stories()) == []
        first, second, third = reading.statements[:3]
        store.accept(first.id, who="M. Roy")
        store.change(second.id, "force", "threat", who="M. Roy")
        store.reject(third.id, who="M. Roy")
        for event in reading.events[:1]:
            store.change(event.id, "type", "PROTEST", who="M. Roy")
        stories = list(store.corrected_stories())
    file = tmp_path / "corrected.txt"
    file.write_text("\n".join(stories), encoding="utf-8")
    (example,) = corpus.read(file)
    assert reading.article
    assert example.id == reading.article.id
    assert len(example.text.split("\n\n")) == 3
    assert [example.text[s.start : s.end] for s in example.of("content")] == [s.of(reading.article.text) for s in (*first.what, *second.what)]
    assert [s.force for s in example.of("cue")][1:] == ["threat"]
    assert [s.event[0] for s in example.of("trigger")] == ["PROTEST"]

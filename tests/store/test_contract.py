"""What a store promises, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import varied
from sqlalchemy import inspect

from sayso.errors import CorrectionError, QueryError, StoreError
from sayso.records import Page, Reading, Skipped, Statement, Words
from sayso.store import EventRow, MadeBy, Query, StatementRow, Store, open_store
from sayso.store.query import Order
from sayso.store.schema import metadata


def everything(store: Store, query: Query) -> list[Statement]:
    return [row.statement for row in store.every(store.statements, query)]


def stated(reading: Reading, index: int = 0) -> Statement:
    return reading.statements[index]


def with_statement(reading: Reading, index: int, statement: Statement) -> Reading:
    return replace(reading, statements=(*reading.statements[:index], statement, *reading.statements[index + 1 :]))


# Adding


def test_a_reading_comes_back_as_it_was_added(store: Store) -> None:
    for number in range(3):
        reading = varied.reading(number)
        assert store.add(reading).outcome == "new"
        assert store.reading(reading.page.id) == reading


def test_the_same_page_twice_changes_nothing(store: Store) -> None:
    store.add_many(varied.reading(n) for n in range(5))
    before = store.counts()
    assert store.add_many(varied.reading(n) for n in range(5)) == {"same": 5}
    assert store.counts() == before


def test_a_page_without_an_article_is_kept_with_its_reason(store: Store) -> None:
    why = Skipped(stage="clean", of="a", why="no story found", detail="it is empty")
    page = Page(address="a", body=b"", media_type="text/plain", captured="")
    reading = Reading(sayso="0.1.0", model="english-1", page=page, article=None, skipped=(why,))
    store.add(reading)
    assert store.reading(page.id) == reading
    assert store.skipped(page.id) == [why]


def test_what_could_not_be_captured_is_kept_once_and_until_its_address_gives_a_page(store: Store) -> None:
    reading = varied.reading(1)
    missing = Skipped(stage="capture", of=reading.page.address, why="no such file", detail="")
    assert store.add_many([missing, missing]) == {"skipped": 2}
    assert store.skipped() == [missing]
    store.add(reading)
    assert missing not in store.skipped()


def test_the_same_bytes_at_another_address_are_the_same_page(store: Store) -> None:
    here = varied.reading(1)
    there = replace(here, page=replace(here.page, address="https://mirror.example/1"))
    store.add(here)
    assert store.add(there).outcome == "elsewhere"
    assert store.counts()["pages"] == 1
    assert store.versions("https://mirror.example/1") == [here.page.id]


def test_a_store_knows_what_need_not_be_read(store: Store) -> None:
    reading = varied.reading(1)
    made = MadeBy(sayso="0.1.0", model="english-1", registry="registry-1")
    assert not store.knows(reading.page, made)
    store.add(reading)
    assert store.knows(reading.page, made)
    assert not store.knows(replace(reading.page, address="elsewhere"), made)
    assert not store.knows(reading.page, replace(made, model="english-2"))


def test_a_reading_that_contradicts_itself_leaves_nothing_behind(store: Store) -> None:
    reading = varied.reading(1)
    doubled = replace(reading, statements=(*reading.statements, reading.statements[0]))
    with pytest.raises(StoreError, match="nothing of it was kept"):
        store.add(doubled)
    assert set(store.counts().values()) == {0}
    assert store.add(reading).outcome == "new"


def test_text_that_databases_refuse_comes_back_whole(store: Store) -> None:
    reading = varied.reading(1, address="caf\udce9\0\ufdd0.html")
    store.add(reading)
    assert store.reading(reading.page.id) == reading
    assert store.versions(reading.page.address) == [reading.page.id]


# Versions


def test_another_body_at_the_same_address_is_a_new_version_and_says_what_changed(store: Store) -> None:
    first, second = varied.reading(1), varied.reading(1, version=2)
    store.add(first)
    added = store.add(second)
    assert added.outcome == "version"
    assert store.versions(first.page.address) == [first.page.id, second.page.id]
    assert sorted(change.change for change in added.changes if change.kind == "statement") == ["added", "removed", "reworded"]
    assert store.changes(second.page.id) == list(added.changes)


def test_only_the_newest_version_is_found_and_the_older_is_still_there(store: Store) -> None:
    first, second = varied.reading(1), varied.reading(1, version=2)
    store.add_many([first, second])
    assert {s.id for s in everything(store, Query())} == {s.id for s in second.statements}
    assert {row.event.id for row in store.events().rows} == {e.id for e in second.events}
    assert [row.id for row in store.articles().rows] == [second.article.id if second.article else ""]
    assert store.reading(first.page.id) == first


def test_a_version_captured_earlier_comes_too_late_to_be_current(store: Store) -> None:
    first, second = varied.reading(1), varied.reading(1, version=2)
    store.add_many([second, first])
    assert {s.id for s in everything(store, Query())} == {s.id for s in second.statements}


def test_a_page_that_goes_back_to_an_earlier_body_is_current_again_and_adding_all_again_changes_nothing(store: Store) -> None:
    first, second = varied.reading(1), varied.reading(1, version=2)
    again = replace(first, page=replace(first.page, captured="2030-01-01T00:00:00Z"))
    assert [store.add(r).outcome for r in (first, second, again)] == ["new", "version", "version"]
    assert {s.id for s in everything(store, Query())} == {s.id for s in first.statements}
    assert [store.add(r).outcome for r in (first, second, again)] == ["same"] * 3


def test_pages_from_standard_input_are_no_versions_of_each_other(store: Store) -> None:
    one, other = varied.reading(1, address="-"), varied.reading(2, address="-")
    assert store.add_many([one, other]) == {"new": 2}
    assert len(everything(store, Query())) == len(one.statements) + len(other.statements)


# Reading again


def test_a_newer_model_renews_a_reading_and_no_id_moves(store: Store) -> None:
    old, new = varied.reading(1), varied.reading(1, model="english-2")
    new = with_statement(new, 0, replace(stated(new), force="promise"))
    store.add(old)
    added = store.add(new)
    assert added.outcome == "renewed"
    assert [(c.change, c.fields) for c in added.changes] == [("changed", ("force",))]
    assert store.reading(old.page.id) == new
    assert store.counts()["pages"] == 1


@pytest.mark.parametrize(("stored", "given"), [("0.10.0", "0.9.1"), ("1.0.0", "0.99.0")])
def test_an_older_version_of_the_code_replaces_nothing(store: Store, stored: str, given: str) -> None:
    store.add(varied.reading(1, sayso=stored))
    assert store.add(varied.reading(1, sayso=given)).outcome == "older"
    assert store.add(varied.reading(1, sayso=given), renew=True).outcome == "renewed"


def test_a_store_says_which_readings_are_of_other_versions_while_they_are_renewed(store: Store) -> None:
    store.add_many(varied.reading(n) for n in range(4))
    store.add(varied.reading(9, model="english-2"))
    now = MadeBy(sayso="0.1.0", model="english-2", registry="registry-1")
    assert store.made_by_others(now) == {MadeBy(sayso="0.1.0", model="english-1", registry="registry-1"): 4}
    by_page = {varied.reading(n).page.id: n for n in range(4)}
    for page in store.outdated(now):
        assert page == varied.reading(by_page[page.id]).page
        store.add(varied.reading(by_page.pop(page.id), model="english-2"))
    assert by_page == {}
    assert store.made_by_others(now) == {}


def test_actors_that_a_better_reading_no_longer_finds_are_gone(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    store.add(replace(reading, model="english-2", actors=(), statements=(), events=()))
    assert {row.seen.registry is not None for n in ("Reuters", "Roca", "Quispe", "Wei") for row in store.actors(n)} <= {True}
    assert store.statements(Query(words="the")).rows == ()


# Finding


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def filled(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> Iterator[Store]:
    """Thirty readings that no test changes."""
    with open_store(new_url(request.param)) as store:
        store.add_many(READINGS)
        yield store


READINGS = [varied.reading(n) for n in range(30)]


def expected(wanted: Callable[[Reading, Statement], bool]) -> set[str]:
    return {s.id for reading in READINGS for s in reading.statements if wanted(reading, s)}


def country(reading: Reading, actor: str | None) -> str | None:
    return next((a.country for a in reading.actors if a.id == actor), None)


def name(reading: Reading, actor: str | None) -> str:
    return next((a.name for a in reading.actors if a.id == actor), "")


def speaker(statement: Statement) -> str | None:
    return statement.who.actor if statement.who else None


def typed(reading: Reading, statement: Statement, type_: str) -> bool:
    return any(e.statement == statement.id and e.type == type_ for e in reading.events)


def text_of(reading: Reading, statement: Statement) -> list[str]:
    assert reading.article
    return " ".join(span.of(reading.article.text) for span in statement.what).replace("“", " ").replace(",”", " ").casefold().split()


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (Query(), lambda r, s: True),
        (Query(speaker="PRK"), lambda r, s: country(r, speaker(s)) == "PRK"),
        (Query(speaker="North Korea"), lambda r, s: name(r, speaker(s)) == "North Korea"),
        (Query(speaker="ana  roca"), lambda r, s: name(r, speaker(s)) == "Ana Roca"),
        (Query(about="USA"), lambda r, s: any(country(r, a) == "USA" for a in s.about)),
        (Query(speaker="PRK", about="KOR"), lambda r, s: country(r, speaker(s)) == "PRK" and any(country(r, a) == "KOR" for a in s.about)),
        (Query(speaker="PRKGOV"), lambda r, s: country(r, speaker(s)) == "PRK" and name(r, speaker(s)) not in {"North Korea"}),
        (Query(relay="TASS"), lambda r, s: s.through[0].words == "TASS"),
        (Query(publisher="the daily 7"), lambda r, s: r.article is not None and r.article.publisher == "The Daily 7"),
        (Query(type="accuse"), lambda r, s: typed(r, s, "ACCUSE")),
        (Query(standing="reported"), lambda r, s: any(e.statement == s.id and e.standing == "reported" for e in r.events)),
        (Query(since=date(2023, 1, 1)), lambda r, s: s.when.latest is not None and s.when.latest >= date(2023, 1, 1)),
        (Query(until=date(2022, 1, 1)), lambda r, s: s.when.earliest is not None and s.when.earliest <= date(2022, 1, 1)),
        (Query(country="USA", type="CONSULT"), lambda r, s: country(r, speaker(s)) == "USA" and typed(r, s, "CONSULT")),
        (Query(words="border"), lambda r, s: "border" in text_of(r, s)),
        (Query(words="border -the"), lambda r, s: "border" in text_of(r, s) and "the" not in text_of(r, s)),
        (Query(words="bor*"), lambda r, s: any(w.startswith("bor") for w in text_of(r, s))),
        (Query(words='"the talks"'), lambda r, s: "the talks" in " ".join(text_of(r, s))),
        (Query(words="BORDER the", speaker="USA"), lambda r, s: {"border", "the"} <= set(text_of(r, s)) and country(r, speaker(s)) == "USA"),
        (Query(speaker="Nobody At All"), lambda r, s: False),
    ],
    ids=lambda value: str(value.to_dict()) if isinstance(value, Query) else "",
)
def test_what_is_asked_for_is_found_and_nothing_else(filled: Store, query: Query, wanted: Callable[[Reading, Statement], bool]) -> None:
    assert {s.id for s in everything(filled, query)} == expected(wanted)


def test_answers_are_newest_first_and_paging_meets_every_row_once(filled: Store) -> None:
    all_at_once = filled.statements(Query(limit=1000))
    assert all_at_once.after is None
    paged = everything(filled, Query(limit=7))
    assert paged == [row.statement for row in all_at_once.rows]
    assert len(paged) == len({s.id for s in paged}) == len(expected(lambda r, s: True))
    days = [s.when.latest for s in paged if s.when.latest]
    assert days == sorted(days, reverse=True)


def test_paging_by_words_meets_every_row_once_too(filled: Store) -> None:
    assert everything(filled, Query(words="the", limit=3)) == everything(filled, Query(words="the", limit=1000))


def test_what_is_added_while_somebody_pages_moves_no_row(store: Store) -> None:
    store.add_many(READINGS[:10])
    whole = everything(store, Query(limit=1000))
    first = store.statements(Query(limit=40))
    store.add_many(varied.reading(n) for n in range(100, 110))
    new = {s.id for n in range(100, 110) for s in varied.reading(n).statements}
    rest = [s for s in everything(store, Query(limit=40, after=first.after)) if s.id not in new]
    assert [row.statement for row in first.rows] + rest == whole


def test_an_interval_with_an_open_end_is_found_by_the_days_that_it_can_touch(store: Store) -> None:
    reading = varied.reading(1)
    day = date(2020, 5, 1)
    until = replace(stated(reading, 1), when=replace(stated(reading, 1).when, earliest=None, latest=day))
    store.add(with_statement(reading, 1, until))
    found = {s.id for s in everything(store, Query(until=day - timedelta(days=400)))}
    assert found == {until.id}
    assert until.id not in {s.id for s in everything(store, Query(since=day + timedelta(days=1)))}


def test_events_are_found_by_who_does_it_and_to_whom(filled: Store) -> None:
    wanted = {
        e.id for r in READINGS for e in r.events if any(country(r, a) == "PRK" for a in e.source) and any(country(r, a) == "USA" for a in e.target)
    }
    found = list(filled.every(filled.events, Query(speaker="PRK", about="USA", limit=2)))
    assert {row.event.id for row in found} == wanted
    by_id = {e.id: e for r in READINGS for e in r.events}
    assert all(row.event == by_id[row.event.id] for row in found)
    claimed = {row.event.id for row in filled.every(filled.events, Query(standing="claimed", type="ASSAULT"))}
    assert claimed == {e.id for r in READINGS for e in r.events if (e.standing, e.type) == ("claimed", "ASSAULT")}


def test_articles_are_found_by_their_words_and_by_who_speaks_in_them(filled: Store) -> None:
    wanted = {r.article.id for r in READINGS if r.article and any(country(r, speaker(s)) == "JPN" for s in r.statements)}
    assert {row.id for row in filled.articles(Query(speaker="JPN")).rows} == wanted
    by_title = {row.id for row in filled.articles(Query(words="17", limit=1000)).rows}
    assert by_title == {r.article.id for r in READINGS if r.article and "17" in r.article.text.replace("\n", " ").split()}


def test_a_row_has_its_words_its_article_and_its_actors(filled: Store) -> None:
    row = filled.statements(Query(publisher="The Daily 7", limit=1)).rows[0]
    reading = READINGS[7]
    assert reading.article
    assert row.article.title == reading.article.title
    assert row.article.address == reading.page.address
    assert row.said == tuple(span.of(reading.article.text) for span in row.statement.what)
    assert row.actors[0].name == name(reading, speaker(row.statement))
    own = row.to_dict()
    assert own["what"][0]["words"] == row.said[0]
    assert own["article"]["publisher"] == "The Daily 7"


def test_an_actor_of_the_registry_is_one_over_all_articles(filled: Store) -> None:
    (found,) = filled.actors("North Korea")
    assert found.seen.country == "PRK"
    assert found.articles == len({r.page.id for r in READINGS if any(a.name == "North Korea" for a in r.actors)})
    assert found.statements == len(expected(lambda r, s: name(r, speaker(s)) == "North Korea"))
    assert filled.actor(found.seen.id) == found
    assert filled.actor("ac_nobody") is None
    assert [row.seen.id for row in filled.actors("PRK")] == [found.seen.id]


def test_what_makes_no_sense_is_refused_with_advice(filled: Store) -> None:
    with pytest.raises(QueryError, match="nothing to look for"):
        filled.statements(Query(words="-war"))
    with pytest.raises(QueryError, match="no place in an answer"):
        filled.statements(Query(after="elsewhere"))


@pytest.mark.parametrize("words", ["' OR 1=1", '"', "a AND", "NEAR(a b)", "words:x", "a:*", "(", "a & !b", "%", "* x", "-", "é ’ « »"])
def test_no_words_break_the_search(filled: Store, words: str) -> None:
    try:
        filled.statements(Query(words=words))
        filled.events(Query(words=words))
    except QueryError:
        pass


# Corrections


def test_a_change_is_laid_over_what_was_read_and_found_by_it(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    target, other = stated(reading), next(a for a in reading.actors if a.kind == "person" and a.id != speaker(stated(reading)))
    made = store.change(target.id, "who.actor", other.id, who="M. Roy", why="he speaks for the other")
    assert (made.before, made.state) == (speaker(target), "standing")
    (row,) = [row for row in store.statements(Query(speaker=other.id)).rows if row.statement.id == target.id]
    assert row.review == "changed"
    assert row.statement == replace(target, who=Words(words=target.who.words, span=target.who.span, actor=other.id) if target.who else None)
    assert store.reading(reading.page.id) == reading
    assert target.id not in {s.id for s in everything(store, Query(speaker=speaker(target)))}


def test_a_change_of_the_words_is_found_by_its_words(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    assert reading.article
    start = reading.article.text.index("reported")
    store.change(stated(reading).id, "what", [{"span": [start, start + 8]}], who="M. Roy")
    assert [row.said for row in store.statements(Query(words="reported")).rows] == [("reported",)]
    store.withdraw(store.corrections()[0].id, who="M. Roy", why="a slip")
    assert store.statements(Query(words="reported")).rows == ()
    assert store.statements(Query(limit=1000)).rows[0].review is None
    assert store.corrections()[0].note == f"withdrawn by M. Roy at {store.corrections()[0].note.split(' at ')[1][:20]}: a slip"  # type: ignore[union-attr]


def test_what_is_rejected_is_not_found_and_stays_on_record(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    target, event = stated(reading), reading.events[0]
    store.reject(target.id, who="M. Roy", why="nobody said that")
    store.reject(event.id, who="M. Roy")
    assert target.id not in {s.id for s in everything(store, Query())}
    assert event.id not in {row.event.id for row in store.events().rows}
    assert [c.verdict for c in store.corrections(target=target.id)] == ["reject"]
    store.accept(target.id, who="A. Li")
    assert target.id in {s.id for s in everything(store, Query())}


@pytest.mark.parametrize(
    ("field", "value"),
    [("type", "AID"), ("standing", "denied"), ("past", True), ("goldstein", 3.5), ("contexts", ["military"]), ("when.earliest", None), ("source", [])],
)
def test_every_value_of_an_event_can_be_changed(store: Store, field: str, value: object) -> None:
    reading = varied.reading(1)
    store.add(reading)
    event = reading.events[0]
    store.change(event.id, field, value, who="M. Roy")
    (row,) = [row for row in store.events().rows if row.event.id == event.id]
    own = row.event.to_dict(reading.article.text if reading.article else "")
    for part in field.split("."):
        own = own[part]
    assert own == value
    assert store.reading(reading.page.id) == reading


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("force", "shouted", "has to be one of"),
        ("id", "st_x", "no field 'id'"),
        ("mood", 1, "no field 'mood'"),
        ("who.actor", "ac_nobody", "no actor of this store"),
        ("what", [{"span": [0, 10**9]}], "outside the text"),
        ("what", [{"words": "x"}], "lacks the shape"),
        ("when.earliest", "Sunday", "lacks the shape"),
        ("score", "high", "has to be a number"),
        ("force.x", 1, "Change the whole"),
    ],
)
def test_a_value_that_cannot_be_is_refused_and_changes_nothing(store: Store, field: str, value: object, said: str) -> None:
    reading = varied.reading(1)
    store.add(reading)
    with pytest.raises(CorrectionError, match=said):
        store.change(stated(reading).id, field, value, who="M. Roy")
    assert store.corrections() == []
    assert set(everything(store, Query())) == set(reading.statements)


def test_a_correction_of_nothing_or_by_nobody_is_refused(store: Store) -> None:
    store.add(varied.reading(1))
    with pytest.raises(CorrectionError, match="no statement and no event"):
        store.accept("st_none", who="M. Roy")
    with pytest.raises(CorrectionError, match="who makes it"):
        store.accept(stated(varied.reading(1)).id, who=" ")


def test_a_correction_survives_another_reading(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    store.change(stated(reading).id, "force", "threat", who="M. Roy")
    store.add(replace(reading, model="english-2"))
    (row,) = [row for row in store.statements(Query(limit=1000)).rows if row.statement.id == stated(reading).id]
    assert row.statement.force == "threat"
    assert store.corrections()[0].state == "standing"


def test_a_correction_is_reopened_when_the_statement_is_lost_and_stands_again_when_it_is_back(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    store.change(stated(reading).id, "force", "threat", who="M. Roy")
    store.add(replace(reading, model="english-2", statements=reading.statements[1:], events=()))
    assert [(c.state, c.note) for c in store.corrections()] == [("reopened", "no longer found")]
    store.add(replace(reading, model="english-3"))
    assert [c.state for c in store.corrections()] == ["standing"]
    assert "threat" in {s.force for s in everything(store, Query())}


def test_a_correction_is_reopened_when_the_text_beneath_changes(store: Store) -> None:
    first, second = varied.reading(1), varied.reading(1, version=2)
    store.add(first)
    kept, reworded = first.statements[1], first.statements[2]
    for target in (kept, reworded):
        store.change(target.id, "force", "threat", who="M. Roy")
    store.add(second)
    copies = [c for c in store.corrections() if c.copied_from]
    assert sorted(c.state for c in copies) == ["reopened", "standing"]
    assert [s.force for s in everything(store, Query())].count("threat") == 1
    (opened,) = store.corrections(state="reopened")
    assert "anew" in (opened.note or "")


def test_corrections_made_twice_are_one(store: Store) -> None:
    reading = varied.reading(1)
    store.add(reading)
    store.now = lambda: "2026-01-01T00:00:00Z"
    store.accept(stated(reading).id, who="M. Roy")
    store.accept(stated(reading).id, who="M. Roy")
    assert len(store.corrections()) == 1


# The place itself


def test_every_table_and_column_is_where_the_schema_says(store: Store) -> None:
    seen = inspect(store.database.engine)
    for table in metadata.tables.values():
        assert [c["name"] for c in seen.get_columns(table.name)] == [c.name for c in table.columns]


def test_a_store_opens_again_with_all_that_it_held(url: str) -> None:
    with open_store(url) as store:
        store.add(varied.reading(1))
    with open_store(url) as store:
        assert store.reading(varied.reading(1).page.id) == varied.reading(1)


def test_tables_of_somebody_else_are_not_touched(url: str) -> None:
    with open_store(url) as store, store.database.writing() as connection:
        connection.exec_driver_sql("DROP TABLE migrations")
    with pytest.raises(StoreError, match="that Sayso did not make"):
        open_store(url)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("duck://news.db", r"names no store we know \(sqlite, postgresql\)"),
        ("mysql://me:secret@host/news", "no store we know"),
        (":memory:", "no place that lasts"),
        ("/nowhere/at/all/news.db", "there is no folder"),
        ("postgresql://nobody@127.0.0.1:1/none", "Is the server up"),
    ],
)
def test_a_place_that_is_none_is_named_with_advice(place: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        open_store(place)
    assert "secret" not in str(caught.value)


def test_a_file_that_is_no_database_is_named_with_advice(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text("<html>" * 1000)
    with pytest.raises(StoreError, match="Name another file"):
        open_store(file)


def test_the_corrected_reading_has_what_people_changed_and_not_what_they_rejected(store: Store) -> None:
    read = varied.reading(1)
    store.add(read)
    first, second = read.statements[:2]
    store.change(first.id, "force", "denial", who="M. Roy")
    store.reject(second.id, who="M. Roy")
    corrected = store.corrected(read.page.id)
    assert corrected
    assert [s.id for s in corrected.statements] == [s.id for s in read.statements if s.id != second.id]
    assert corrected.statements[0].force == "denial"
    assert (corrected.article, corrected.actors, corrected.events) == (read.article, read.actors, read.events)
    assert store.reading(read.page.id) == read
    assert store.corrected("pg_none") is None


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize(
    "asked",
    [
        {"speaker": "USA", "about": "PRK"}, {"speaker": "North Korea", "about": "USA"}, {"about": "North Korea"}, {"about": "PRKGOV"},
        {"speaker": "PRK", "about": "USA", "force": "neutral"}, {"speaker": "Ana Roca"}, {"speaker": "PRKGOV", "about": "USA"},
    ],
)  # fmt: skip
def test_answers_about_somebody_are_all_there_in_order_whatever_the_page_of_the_answer(url: str, order: Order, asked: dict[str, str]) -> None:
    """Held against a search through all rows: an index walked in order must neither lose nor repeat one."""
    with open_store(url) as store:
        store.add_many(varied.reading(number) for number in range(12))
        for find, side in ((store.statements, "statement"), (store.events, "event")):
            if side == "event" and "force" in asked:
                continue
            every = [row for row in store.every(find, Query(order=order, limit=1000)) if means(row, asked)]
            for limit in (7, 1000):
                found = list(store.every(find, Query(**asked, order=order, limit=limit)))
                assert [ids(row) for row in found] == [ids(row) for row in every]
            assert every or side == "event" or len(asked) > 1


def ids(row: StatementRow | EventRow) -> str:
    return row.statement.id if isinstance(row, StatementRow) else row.event.id


def means(row: StatementRow | EventRow, asked: dict[str, str]) -> bool:
    named = {actor.id: actor for actor in row.actors}
    if isinstance(row, StatementRow):
        sides = {"speaker": (row.statement.who.actor,) if row.statement.who else (), "about": row.statement.about}
        if row.statement.force != asked.get("force", row.statement.force):
            return False
    else:
        sides = {"speaker": row.event.source, "about": row.event.target}
    is_one = {"USA": "country", "PRK": "country", "PRKGOV": "cameo"}

    def fits(actor: str | None, given: str) -> bool:
        one = named[actor or ""]
        return getattr(one, is_one[given]) == given if given in is_one else given == one.name

    return all(any(fits(actor, asked[name]) for actor in side) for name, side in sides.items() if name in asked)

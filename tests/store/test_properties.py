"""Whatever a reading holds, it comes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.records import (
    Actor,
    ActorKind,
    Article,
    DateFact,
    DateKind,
    Dateline,
    Event,
    Force,
    Form,
    Furniture,
    Mention,
    Page,
    Place,
    PlaceBasis,
    Reading,
    Relay,
    RelayRole,
    Size,
    SizeKind,
    Skipped,
    Span,
    Standing,
    Statement,
    When,
    Words,
)
from sayso.store import Query, Store, open_store
from sayso.store.changes import Told, pairs
from sayso.store.columns import sort_key, storable, unstored
from sayso.store.fields import event_from, event_record, statement_from, statement_record
from sayso.store.query import cursor_of, key_of
from sayso.store.search import folded

ANY = st.text(st.characters(), max_size=12)  # NUL and lone surrogates among them
WORD = st.text("abcé ’\0\ud800\ufdd0", min_size=1, max_size=8)
NONE_OR = st.none() | ANY
SCORES = st.floats(0, 1)
IDS = [f"ac_{n}" for n in range(4)]


def chosen(literal: object) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


def tuples(strategy: st.SearchStrategy[object], most: int = 3) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Any reading that the types allow, with ids that are its own."""
    body = draw(st.binary(max_size=30))
    page = Page(address=draw(ANY), body=body, media_type=draw(ANY), captured=draw(ANY), charset=draw(NONE_OR))
    text = draw(st.text(st.characters(), min_size=1, max_size=60))
    spans = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).map(lambda p: Span(min(p[0], p[1] - 1), p[1]))
    days = st.none() | st.dates()
    whens = st.builds(When, earliest=days, latest=days, precision=ANY, basis=ANY, words=tuples(ANY))
    relays = st.builds(Relay, role=chosen(RelayRole), words=ANY, span=st.none() | spans, actor=st.none() | st.sampled_from(IDS))
    places = st.builds(
        Place, words=ANY, span=spans, name=ANY, country=NONE_OR, admin1=NONE_OR, latitude=st.none() | st.floats(-90, 90),
        longitude=st.none() | st.floats(-180, 180), geonames=st.none() | st.integers(0, 2**40), basis=chosen(PlaceBasis),
    )  # fmt: skip
    sizes = st.builds(Size, kind=chosen(SizeKind), low=st.integers(0, 2**40), high=st.none() | st.integers(0, 2**40), words=ANY, span=spans)
    article = draw(
        st.none()
        | st.builds(
            Article, page=st.just(page.id), title=NONE_OR, text=st.just(text), language=ANY, sections=tuples(ANY), byline=NONE_OR, publisher=NONE_OR,
            dateline=st.none() | st.builds(Dateline, words=ANY, place=NONE_OR, wire=NONE_OR), wires=tuples(ANY), credits=tuples(ANY),
            dates=tuples(st.builds(DateFact, kind=chosen(DateKind), earliest=st.dates(), latest=st.dates(), basis=ANY, words=ANY)),
            furniture=tuples(st.builds(Furniture, words=ANY, reason=ANY)),
        )
    )  # fmt: skip
    skipped = draw(tuples(st.builds(Skipped, stage=ANY, of=ANY, why=ANY, detail=ANY)))
    head = {"sayso": draw(ANY), "model": draw(ANY), "page": page, "article": article, "skipped": skipped}
    if article is None:
        return Reading(**head)  # type: ignore[arg-type]
    actors = [
        draw(st.builds(
            Actor, id=st.just(id_), name=ANY, kind=chosen(ActorKind), country=NONE_OR, sector=NONE_OR, cameo=NONE_OR, office=NONE_OR, wikidata=NONE_OR,
            registry=NONE_OR, basis=ANY, speaks_for=NONE_OR, count=st.none() | st.integers(0, 2**40), mentions=tuples(st.builds(Mention, spans, ANY)),
        ))
        for id_ in draw(st.lists(st.sampled_from(IDS), unique=True))
    ]  # fmt: skip
    statements = [
        draw(st.builds(
            Statement, id=st.just(f"st_{page.id}{n}"), form=chosen(Form), force=chosen(Force),
            who=st.none() | st.builds(Words, words=ANY, span=st.none() | spans, actor=st.none() | st.sampled_from(IDS)),
            cue=st.none() | st.builds(Words, words=ANY, span=st.none() | spans), what=tuples(spans), quoted=tuples(spans),
            about=tuples(st.sampled_from(IDS)), within=NONE_OR, through=tuples(relays), when=whens, score=SCORES,
        ))
        for n in range(draw(st.integers(0, 3)))
    ]  # fmt: skip
    events = [
        draw(st.builds(
            Event, id=st.just(f"ev_{page.id}{n}"), type=ANY, mode=NONE_OR, contexts=tuples(ANY), cameo=ANY, quad=st.integers(1, 4),
            goldstein=st.floats(-10, 10), scale=st.floats(-10, 10), trigger=spans, mentions=tuples(spans), source=tuples(st.sampled_from(IDS)),
            target=tuples(st.sampled_from(IDS)), standing=chosen(Standing), past=st.booleans(), statement=NONE_OR, denies=NONE_OR, when=whens,
            where=st.none() | places, sizes=tuples(sizes), score=SCORES,
        ))
        for n in range(draw(st.integers(0, 2)))
    ]  # fmt: skip
    return Reading(actors=tuple(actors), statements=tuple(statements), events=tuple(events), **head)  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kept(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> Iterator[Store]:
    with open_store(new_url(request.param)) as store:
        yield store


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(reading=readings())
def test_a_reading_written_and_read_back_is_the_same_record(kept: Store, reading: Reading) -> None:
    kept.add(reading, renew=True)
    stored = kept.reading(reading.page.id)
    assert stored is not None
    page = stored.page
    assert (page.body, page.id) == (reading.page.body, reading.page.id)  # the first address and time of these bytes are kept
    assert stored == Reading(**{n: getattr(reading, n) for n in reading.__slots__} | {"page": page})
    kept.statements(Query(words="a*"))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(reading=readings())
def test_a_record_made_into_json_and_back_is_the_same(reading: Reading) -> None:
    for statement in reading.statements:
        if not (statement.when.earliest and statement.when.latest and statement.when.earliest > statement.when.latest):
            assert statement_from(statement_record(statement)) == statement
    for event in reading.events:
        if not (event.when.earliest and event.when.latest and event.when.earliest > event.when.latest):
            assert event_from(event_record(event)) == event


@given(text=WORD, other=WORD)
def test_stored_text_is_one_to_one_and_any_database_takes_it(text: str, other: str) -> None:
    assert unstored(storable(text)) == text
    assert (storable(text) == storable(other)) == (text == other)
    assert "\0" not in storable(text)
    storable(text).encode("utf-8")


@given(one=st.dates(), other=st.dates(), place=st.integers(0, 4000), salt=st.integers(0, 7))
def test_sort_keys_put_the_later_day_first_and_fit_a_column(one: date, other: date, place: int, salt: int) -> None:
    key = sort_key(one, "ar_a", place, salt)
    assert 0 <= key < 2**63
    assert key_of(cursor_of(key)) == key
    if one > other:
        assert key > sort_key(other, "ar_b", 0)
    assert sort_key(one, "ar_a", place + 1, salt) < key


@given(st.text(st.characters(), max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(before=st.lists(WORD, max_size=6), after=st.lists(WORD, max_size=6))
def test_every_statement_is_in_exactly_one_pair(before: list[str], after: list[str]) -> None:
    old = [Told("statement", f"o{n}", words, "", words) for n, words in enumerate(before)]
    new = [Told("statement", f"n{n}", words, "", words) for n, words in enumerate(after)]
    made = pairs(old, new)
    assert [p.after for p in made if p.after] == new
    assert sorted(p.before.id for p in made if p.before) == [t.id for t in old]
    if before == after:
        assert {p.change for p in made} <= {"same"}

"""Whatever a reading holds, its card is as wide as asked, loses no word, and acts on no terminal."""

from __future__ import annotations

import re
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.records import Actor, Article, DateFact, Furniture, Page, Reading, Relay, Skipped, Span, Statement, When, Words
from sayso.view.card import NARROWEST, Look, card
from sayso.view.lines import visible
from sayso.view.svg import svg

# Readings are large to draw; a busy machine is no reason to fail.
drawn = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.text(st.characters(), min_size=1, max_size=40)
PROSE = st.lists(st.text(st.sampled_from("abc “”‘’\"'<&>-\n東京\u0301\x1b") | st.characters(), max_size=80), min_size=1, max_size=4)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
ACTOR_IDS = st.none() | st.sampled_from(["ac_0", "ac_1", "ac_2", "ac_unknown"])
RELAYS = st.builds(Relay, role=st.sampled_from(["occasion", "carrier", "wire", "publisher"]), words=WORDS, span=st.none(), actor=ACTOR_IDS)
BASES = st.sampled_from(["stated", "inferred", "published", "none"])
WHENS = st.builds(When, earliest=DAYS, latest=DAYS, basis=BASES, words=st.tuples(WORDS) | st.just(()))
IDS = st.sampled_from(["ac_0", "ac_1", "ac_2"])
ACTORS = st.builds(Actor, id=IDS, name=WORDS, kind=st.just("person"), country=st.none() | st.just("PRK"), office=st.none() | WORDS)


@st.composite
def spans(draw: st.DrawFn, length: int) -> Span:
    start = draw(st.integers(0, length))
    return Span(start, draw(st.integers(start, length)))


@st.composite
def statements(draw: st.DrawFn, length: int) -> Statement:
    words = st.none() | st.builds(Words, words=WORDS, span=st.none(), actor=ACTOR_IDS)
    ids = st.sampled_from([f"st_{n}" for n in range(6)])
    return Statement(
        id=draw(ids),
        form=draw(st.sampled_from(["direct", "indirect", "mixed"])),
        force=draw(st.sampled_from(["neutral", "assertive", "denial"])),
        who=draw(words),
        cue=draw(words),
        what=tuple(draw(st.lists(spans(length), max_size=3))),
        quoted=tuple(draw(st.lists(spans(length), max_size=3))),
        about=tuple(a for a in draw(st.lists(ACTOR_IDS, max_size=2)) if a),
        within=draw(st.none() | ids),
        through=tuple(draw(st.lists(RELAYS, max_size=3))),
        when=draw(WHENS),
        score=draw(st.floats(0, 1)),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = "\n\n".join(draw(PROSE))
    page = Page(address=draw(WORDS), body=b"", media_type="text/html", captured="2026-01-02T03:04:05Z")
    article = Article(
        page=page.id,
        title=text.split("\n\n")[0] if draw(st.booleans()) else None,
        text=text,
        language="en",
        byline=draw(st.none() | WORDS),
        dates=tuple(
            DateFact(kind=kind, earliest=date(2024, 5, 24), latest=date(2024, 5, 25), basis="body", words="x")  # type: ignore[arg-type]
            for kind in draw(st.lists(st.sampled_from(["rendered", "published", "modified", "dateline", "event"]), max_size=3))
        ),
        furniture=tuple(draw(st.lists(st.builds(Furniture, words=WORDS, reason=WORDS), max_size=2))),
    )
    return Reading(
        sayso="0.1.0",
        model="english-1",
        page=page,
        article=article,
        actors=tuple(draw(st.lists(ACTORS, max_size=3))),
        statements=tuple(draw(st.lists(statements(len(text)), max_size=6))),
        skipped=tuple(draw(st.lists(st.builds(Skipped, stage=st.just("relate"), of=WORDS, why=WORDS, detail=WORDS), max_size=2))),
    )


def bare(words: str) -> str:
    """Without what wrapping may move."""
    return "".join(words.split())


@drawn
@given(readings(), st.integers(1, 170), st.booleans())
def test_no_line_is_wider_than_asked_and_none_acts_on_a_terminal(reading: Reading, width: int, plain: bool) -> None:
    for line in card(reading, Look(width=width, plain=plain, furniture=True)):
        assert line.cell_len <= max(width, NARROWEST)
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", line.plain)


@drawn
@given(readings(), st.integers(NARROWEST, 110))
def test_every_word_that_was_said_is_on_the_card(reading: Reading, width: int) -> None:
    assert reading.article is not None
    lines = [line.plain for line in card(reading, Look(width=width, plain=True))]
    said = bare("".join(line.partition("> ")[2] if re.match(r" *>( |$)", line) else "\x00" for line in lines))
    for statement in reading.statements:
        for span in statement.what:
            assert bare(visible(span.of(reading.article.text))) in said


@drawn
@given(readings())
def test_every_statement_stands_on_the_card_once_under_its_number(reading: Reading) -> None:
    heads = [int(m[1]) for line in card(reading, Look(width=400, plain=True)) if (m := re.match(r" *(\d+)  \S", line.plain))]
    assert sorted(set(heads)) == sorted(heads) == list(range(1, len(reading.statements) + 1))


@drawn
@given(readings())
def test_the_same_reading_gives_the_same_card_and_picture(reading: Reading) -> None:
    look = Look(width=60)
    first, second = card(reading, look), card(reading, look)
    assert first == second
    assert svg(first, width=60, title="a") == svg(second, width=60, title="a")

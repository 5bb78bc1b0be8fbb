"""Readings made by hand, so that the card is tested without a model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from sayso.records import Actor, Article, DateFact, Furniture, Page, Reading, Relay, Span, Statement, When, Words, hashed_id

TITLE = "Norland calls the strait accord a ‘paper wall’"
PARAGRAPHS = (
    "The accord on the Varn strait is a “paper wall” and binds nobody, a Norland official said on Sunday.",
    "Deputy Minister Ada Holm made the remarks in a statement carried by the state-run Norland Wire, Eastern Press reported.",
    "“The southern fleet has crossed the line three times since the accord was signed, and nobody was told,” Holm said.",
    "“We have seen this before.",
    "“The Southland navy called our patrols ‘piracy’ last week to hide its own losses,” she added.",
    "She claimed that the “so-called observers” had never left their hotel.",
    "A trader in the port of Aldby said the shelves had been empty for days.",
)
TEXT = "\n\n".join((TITLE, *PARAGRAPHS))


def at(words: str, text: str = TEXT, *, after: str = "") -> Span:
    """The span of `words`, the first behind `after`."""
    start = text.index(words, text.index(after) if after else 0)
    return Span(start, start + len(words))


def named(words: str, actor: str | None = None, *, text: str = TEXT, after: str = "") -> Words:
    return Words(words=words, span=at(words, text, after=after), actor=actor)


def said(what: Span | tuple[Span, ...], who: Words | None, cue: Words | None, **more: Any) -> Statement:
    """A statement with the fields that a test cares for."""
    spans = (what,) if isinstance(what, Span) else what
    fields: dict[str, Any] = {"form": "indirect", "force": "neutral", "quoted": (), "score": 0.95} | more
    return Statement(id=hashed_id("st", *(f"{s.start}-{s.end}" for s in spans)), who=who, cue=cue, what=spans, **fields)


HOLM, WIRE, PRESS, SOUTH = "ac_holm", "ac_wire", "ac_press", "ac_south"
ACTORS = (
    Actor(id=HOLM, name="Ada Holm", kind="person", country="NOR", sector="GOV", office="Deputy Minister"),
    Actor(id=WIRE, name="Norland Wire", kind="organisation"),
    Actor(id=PRESS, name="Eastern Press", kind="organisation"),
    Actor(id=SOUTH, name="Southland navy", kind="organisation"),
)
THROUGH = (
    Relay(role="occasion", words="a statement", span=at("a statement")),
    Relay(role="carrier", words="the state-run Norland Wire", span=at("the state-run Norland Wire"), actor=WIRE),
    Relay(role="wire", words="Eastern Press reported", span=at("Eastern Press reported"), actor=PRESS),
)
WHEN = When(earliest=date(2025, 3, 2), latest=date(2025, 5, 4), precision="interval", basis="inferred", words=("on Sunday",))


def _statements() -> tuple[Statement, ...]:
    by = {"through": THROUGH, "when": WHEN}
    line = at("“The southern fleet has crossed the line three times since the accord was signed, and nobody was told,”")
    navy = at("“The Southland navy called our patrols ‘piracy’ last week to hide its own losses,”")
    parent = said(navy, named("she", HOLM, after="losses,”"), named("added"), form="direct",
                  quoted=(Span(navy.start + 1, navy.end - 1),), about=(SOUTH,), **by)
    return (
        said(at("the strait accord a ‘paper wall’"), named("Norland"), named("calls"), form="mixed",
             quoted=(at("paper wall"),), **by),
        said(at("The accord on the Varn strait is a “paper wall” and binds nobody,"), named("a Norland official", HOLM),
             named("said"), form="mixed", quoted=(at("paper wall", after="The accord on"),), **by),
        said(line, named("Holm", HOLM, after="nobody was told"), named("said", after="nobody was told"), form="direct",
             quoted=(Span(line.start + 1, line.end - 1),), **by),
        said(at("“We have seen this before."), named("Holm", HOLM, after="nobody was told"), None, form="direct",
             quoted=(at("We have seen this before."),), **by),
        parent,
        said(at("our patrols ‘piracy’"), named("The Southland navy", SOUTH), named("called"), form="mixed",
             quoted=(at("piracy"),), within=parent.id),
        said(at("the “so-called observers” had never left their hotel"), named("She", HOLM), named("claimed"), form="mixed",
             force="assertive", quoted=(at("so-called observers"),), **by),
        said(at("the shelves had been empty for days"), named("A trader in the port of Aldby"),
             named("said", after="Aldby"), score=0.41),
    )


@pytest.fixture
def reading() -> Reading:
    """An invented page with every kind of statement: headline, unnamed official, continuation, nesting, another's way, a guess."""
    page = Page(address="pages/strait.html", body=b"strait", media_type="text/html", captured="2026-01-02T03:04:05Z")
    article = Article(
        page=page.id, title=TITLE, text=TEXT, language="en", sections=("World", "Seas"), byline="Ines Okoro",
        publisher="The Aldby Courier",
        dates=(DateFact(kind="rendered", earliest=date(2026, 1, 2), latest=date(2026, 1, 2), basis="masthead", words="Friday"),
               DateFact(kind="published", earliest=date(2025, 5, 5), latest=date(2025, 5, 5), basis="metadata", words="2025-05-05")),
        furniture=(Furniture(words="Most Popular", reason="a heading of other stories"),),
    )
    return Reading(sayso="0.1.0", model="english-1", page=page, article=article, actors=ACTORS, statements=_statements())


@pytest.fixture
def make() -> Callable[..., Reading]:
    """Give a reading of one text with the statements that a test draws."""

    def reading_of(text: str, *statements: Statement, title: str | None = None, **fields: Any) -> Reading:
        page = Page(address="drawn.txt", body=b"drawn", media_type="text/plain", captured="2026-01-02T03:04:05Z")
        article = Article(page=page.id, title=title, text=text, language="en")
        return Reading(sayso="0.1.0", model="english-1", page=page, article=article, statements=statements, **fields)

    return reading_of

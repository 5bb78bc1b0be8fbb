"""Relate: marks -> actors, statements with their chain and their day, events with their standing.

Takes   an `Article`, its `Marked`, the registry and the ontology.
Gives   actors, statements and events in reading order, and what was left out with its reason.
Needs   the data files beside its modules; no model, network or clock.
Limits  one article at a time.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from sayso.records import Actor, Article, Event, Marked, Skipped, Span, Statement, Words, hashed_id
from sayso.relate.about import About
from sayso.relate.actors import Actors
from sayso.relate.attributions import attributions
from sayso.relate.drafts import Draft, draft
from sayso.relate.events import Acts, Ontology, assemble
from sayso.relate.events.places import Places
from sayso.relate.frame import Frame
from sayso.relate.link import Linked, link
from sayso.relate.names import Names
from sayso.relate.registry import Registry
from sayso.relate.speakers import Speakers
from sayso.relate.timex import expressions
from sayso.relate.when import Whens, written

__all__ = ["Related", "relate"]


class Related(NamedTuple):
    """What relate makes of one article."""

    actors: tuple[Actor, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...]
    skipped: tuple[Skipped, ...]


def relate(article: Article, marked: Marked, registry: Registry, ontology: Ontology) -> Related:
    """Make the statements and events of one article."""
    frame = Frame(article.text, article.paragraphs())
    drafted = draft(frame, attributions(marked))
    times = expressions(frame.text, frame.sentences)
    on = written(article, frame, drafted.drafts, times)
    names = Names(frame, marked.marks, registry, (on.earliest, on.latest), article.dateline.place if article.dateline else None)
    speakers = Speakers(frame, marked.marks, names)
    acts = Acts.of(marked)
    links = link(article, frame, drafted, speakers, marks=marked.marks, parties=acts.parties(), sides=acts.sides())
    spoke = [(one.anchor, one.speaker) for one in drafted.drafts if one.speaker is not None and one.parent is None]
    spoke = sorted([*spoke, *acts.doers(links.parties)])
    acts.confront(links.parties, speakers.people)
    places = Places(names, marked.marks)
    actors = Actors(article.id, speakers, spoke, places.country_at)
    about = About(speakers, actors)
    whens = Whens(frame, drafted.drafts, on, times, home=names.home, akin=actors.akin)
    used: list[int] = []
    ids = {id(one): _id(article, one) for one in drafted.drafts}
    statements: dict[int, Statement] = {}
    for one in drafted.drafts:
        concerned, relays = about.of(one.what, one.speaker), links.relays[id(one)]
        used += [key for key in (one.speaker, *(hand for _, hand in relays), *concerned) if key is not None]
        made = _statement(frame.text, one, ids, actors, relays)
        statements[id(one)] = replace(made, about=tuple(map(actors.id_of, concerned)), when=whens.of(one))
    events, taking_part = assemble(
        article.id, frame, acts, drafted.drafts, statements, cast=speakers, actors=actors, keys=links.parties, ontology=ontology,
        places=places, when_of=whens.of_event,
    )  # fmt: skip
    used += [*taking_part, *speakers.named()]
    return Related(actors.made(used), tuple(statements.values()), events, tuple(drafted.skipped))


def _id(article: Article, one: Draft) -> str:
    """Hashes what was seen: the article, the words said and the cue that says so; never who the speaker turned out to be."""
    seen = [*one.what, *([one.cue] if one.cue else [])]
    return hashed_id("st", article.id, *(f"{s.start}-{s.end}" for s in seen))


def _statement(text: str, one: Draft, ids: dict[int, str], actors: Actors, through: tuple[Linked, ...]) -> Statement:
    actor = actors.id_of(one.speaker) if one.speaker is not None else None
    return Statement(
        id=ids[id(one)],
        form=one.form,
        force=one.force,
        who=_who(text, one.who, actor),
        cue=Words(words=one.cue.of(text), span=one.cue) if one.cue else None,
        what=tuple(one.what),
        quoted=tuple(one.quoted),
        within=ids[id(one.parent)] if one.parent else None,
        through=tuple(replace(relay, actor=actors.id_of(hand) if hand is not None else None) for relay, hand in through),
        score=one.score,
    )


def _who(text: str, who: Span | None, actor: str | None) -> Words | None:
    if who is not None:
        return Words(words=who.of(text), span=who, actor=actor)
    return Words(words="", span=None, actor=actor) if actor else None

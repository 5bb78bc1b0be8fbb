"""Relate: marks -> actors and statements with their chain and their day.

Takes   an `Article`, its `Marked`, and the registry.
Gives   actors, statements in reading order, and what was left out with its reason.
Needs   the data files beside its modules; no model, network or clock.
Limits  one article at a time.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.records import Actor, Article, Marked, Skipped, Span, Statement, Words, hashed_id
from sayso.relate.about import About
from sayso.relate.actors import Actors
from sayso.relate.attributions import attributions
from sayso.relate.drafts import Draft, draft
from sayso.relate.frame import Frame
from sayso.relate.link import Linked, link
from sayso.relate.names import Names
from sayso.relate.registry import Registry
from sayso.relate.speakers import Speakers
from sayso.relate.timex import expressions
from sayso.relate.when import Whens, written

__all__ = ["relate"]


def relate(article: Article, marked: Marked, registry: Registry) -> tuple[tuple[Actor, ...], tuple[Statement, ...], tuple[Skipped, ...]]:
    """Make the statements of one article."""
    frame = Frame(article.text, article.paragraphs())
    drafted = draft(frame, attributions(marked))
    times = expressions(frame.text, frame.sentences)
    on = written(article, frame, drafted.drafts, times)
    names = Names(frame, marked.marks, registry, (on.earliest, on.latest), article.dateline.place if article.dateline else None)
    speakers = Speakers(frame, marked.marks, names)
    linked = link(article, frame, drafted, speakers, marked.marks)
    spoke = sorted((one.anchor, one.speaker) for one in drafted.drafts if one.speaker is not None and one.parent is None)
    actors = Actors(article.id, speakers, spoke)
    about = About(speakers, actors)
    whens = Whens(frame, drafted.drafts, on, times, home=names.home, akin=actors.akin)
    used: list[int] = []
    concerned: dict[int, list[int]] = {}
    for one in drafted.drafts:
        concerned[id(one)] = about.of(one.what, one.speaker)
        used += [key for key in (one.speaker, *(hand for _, hand in linked[id(one)]), *concerned[id(one)]) if key is not None]
    used += speakers.named()
    ids = {id(one): _id(article, one) for one in drafted.drafts}
    statements = tuple(
        replace(_statement(frame.text, one, ids, actors, linked[id(one)]), about=tuple(map(actors.id_of, concerned[id(one)])), when=whens.of(one))
        for one in drafted.drafts
    )
    return actors.made(used), statements, tuple(drafted.skipped)


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

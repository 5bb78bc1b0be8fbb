"""Relate: marks -> actors and statements with their chain.

Takes   an `Article` and its `Marked`.
Gives   actors, statements in reading order, and what was left out with its reason.
Needs   the data files beside its modules; no model, network or clock.
Limits  speakers are actors of one article, without country; days are not resolved.
"""

from __future__ import annotations

from dataclasses import replace

from sayso.records import Actor, Article, Marked, Skipped, Span, Statement, Words, hashed_id
from sayso.relate.attributions import attributions
from sayso.relate.drafts import Draft, draft
from sayso.relate.frame import Frame
from sayso.relate.link import Linked, link
from sayso.relate.speakers import Speakers

__all__ = ["relate"]


def relate(article: Article, marked: Marked) -> tuple[tuple[Actor, ...], tuple[Statement, ...], tuple[Skipped, ...]]:
    """Make the statements of one article."""
    frame = Frame(article.text, article.paragraphs())
    drafted = draft(frame, attributions(marked))
    speakers = Speakers(frame, marked.marks)
    linked = link(article, frame, drafted, speakers, marked.marks)
    used: list[int] = []
    for one in drafted.drafts:
        used += [key for key in (one.speaker, *(hand for _, hand in linked[id(one)])) if key is not None]
    actors = speakers.actors(article.id, used)
    ids = {id(one): _id(article, one) for one in drafted.drafts}
    statements = tuple(_statement(frame.text, one, ids, actors, linked[id(one)]) for one in drafted.drafts)
    return tuple(actors.values()), statements, tuple(drafted.skipped)


def _id(article: Article, one: Draft) -> str:
    """Hashes what was seen: the article, the words said and the cue that says so; never who the speaker turned out to be."""
    seen = [*one.what, *([one.cue] if one.cue else [])]
    return hashed_id("st", article.id, *(f"{s.start}-{s.end}" for s in seen))


def _statement(text: str, one: Draft, ids: dict[int, str], actors: dict[int, Actor], through: tuple[Linked, ...]) -> Statement:
    actor = actors[one.speaker].id if one.speaker is not None else None
    return Statement(
        id=ids[id(one)],
        form=one.form,
        force=one.force,
        who=_who(text, one.who, actor),
        cue=Words(words=one.cue.of(text), span=one.cue) if one.cue else None,
        what=tuple(one.what),
        quoted=tuple(one.quoted),
        within=ids[id(one.parent)] if one.parent else None,
        through=tuple(replace(relay, actor=actors[hand].id if hand is not None else None) for relay, hand in through),
        score=one.score,
    )


def _who(text: str, who: Span | None, actor: str | None) -> Words | None:
    if who is not None:
        return Words(words=who.of(text), span=who, actor=actor)
    return Words(words="", span=None, actor=actor) if actor else None

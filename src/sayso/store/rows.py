"""What the store answers with: records as they were read or corrected, with what a reader needs beside them.

Gives   frozen dataclasses; `to_dict` of each is its JSON, in the shape of the reading's (README.md) with names and article beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from sayso.records import Actor, Event, Span, Statement

Outcome = Literal["new", "version", "elsewhere", "renewed", "same", "older", "skipped"]
Kind = Literal["statement", "event"]
Verdict = Literal["accept", "reject", "change"]
State = Literal["standing", "reopened", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBy:
    """Versions of code, model and registry that made a reading."""

    sayso: str
    model: str
    registry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one statement or event when its page changed or was read again.

    change   added, removed, reworded, changed (the same words, other `fields`).
    before   id and words then, after: now; None where there is none.
    """

    kind: Kind
    change: str
    before: str | None
    after: str | None
    words_before: str | None
    words_after: str | None
    fields: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {f.name: list(v) if isinstance(v := getattr(self, f.name), tuple) else v for f in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What adding one reading did.

    outcome  new; version (another body at a known address); elsewhere (a known page at another address); renewed (read again by other versions);
             same (nothing); older (nothing: what is stored was made by a newer version); skipped (what could not be captured).
    changes  of statements and events, for a version and a renewal.
    """

    outcome: Outcome
    page: str | None
    address: str
    statements: int = 0
    events: int = 0
    skipped: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """One article without its text. `earliest` and `latest` are those of publication or the dateline; `current`: no newer version is known."""

    id: str
    page: str
    address: str
    title: str | None
    publisher: str | None
    byline: str | None
    language: str
    earliest: date | None
    latest: date | None
    current: bool

    def to_dict(self) -> dict[str, Any]:
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        return own | {name: own[name].isoformat() if own[name] else None for name in ("earliest", "latest")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An actor as one article has it, in short."""

    id: str
    name: str | None
    country: str | None
    cameo: str | None

    def to_dict(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One statement with its article, the actors it names, and the words under its spans.

    review  accepted, rejected or changed by a person; None when nobody looked.
    """

    statement: Statement
    article: ArticleRow
    actors: tuple[Named, ...]
    said: tuple[str, ...]
    quoted: tuple[str, ...]
    review: str | None

    def to_dict(self) -> dict[str, Any]:
        own = self.statement.to_dict("")
        own["what"], own["quoted"] = _spanned(self.said, self.statement.what), _spanned(self.quoted, self.statement.quoted)
        return own | {"review": self.review, "actors": [a.to_dict() for a in self.actors], "article": self.article.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event with its article, its actors, and the paragraph in which it is told."""

    event: Event
    article: ArticleRow
    actors: tuple[Named, ...]
    trigger: str
    mentions: tuple[str, ...]
    passage: str
    review: str | None

    def to_dict(self) -> dict[str, Any]:
        own = self.event.to_dict("")
        own["trigger"] = {"words": self.trigger, "span": list(self.event.trigger)}
        own["mentions"] = _spanned(self.mentions, self.event.mentions)
        return own | {"passage": self.passage, "review": self.review, "actors": [a.to_dict() for a in self.actors], "article": self.article.to_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One actor over all articles: `seen` is how the newest article has it, `names` are all its names, folded."""

    seen: Actor
    names: tuple[str, ...]
    articles: int
    statements: int
    about: int
    events: int

    def to_dict(self) -> dict[str, Any]:
        own = self.seen.to_dict("")
        own.pop("mentions")
        return own | {"names": list(self.names), "articles": self.articles, "statements": self.statements, "about": self.about, "events": self.events}


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person said of one statement or event.

    value    for a change: the new value of `field` (dotted, as in the JSON: `who.actor`); before: what was read.
    beneath  the words it was made over.
    number   the order in which those of one target were made: the last verdict holds.
    state    standing; reopened (the text beneath changed, or it is no longer found: `note` says which); withdrawn. Where a newer version of the
             page has the same statement, a copy stands there, and `copied_from` names this one.
    """

    id: str
    kind: Kind
    target: str
    article: str
    verdict: Verdict
    field: str | None
    value: Any
    before: Any
    who: str
    at: str
    why: str
    beneath: str
    state: State
    note: str | None
    copied_from: str | None
    number: int

    def to_dict(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in fields(self)}


def _spanned(words: tuple[str, ...], spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    return [{"words": w, "span": list(s)} for w, s in zip(words, spans, strict=True)]

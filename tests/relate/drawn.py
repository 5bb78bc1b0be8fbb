"""Stories drawn with their marks in the line, as train/corpus/README.md describes, related without any model."""

from __future__ import annotations

import corpus
import stories

from sayso.records import Reading, Statement


def related(marked: str) -> Reading:
    """Relate one story drawn in the markup."""
    paragraphs = [" ".join(p.split()) for p in marked.strip().split("\n\n")]
    has_title = paragraphs[0].startswith("title: ")
    paragraphs[0] = paragraphs[0].removeprefix("title: ")
    text, spans = corpus.parse("\n\n".join(paragraphs), "drawn")
    return stories.read_marked(corpus.Example("drawn", "", text, has_title, tuple(spans), ()))


def said(reading: Reading, statement: Statement) -> list[str]:
    assert reading.article is not None
    return [span.of(reading.article.text) for span in statement.what]


def who(reading: Reading, statement: Statement) -> str | None:
    """Name of the actor a statement is given to."""
    return next((a.name for a in reading.actors if statement.who and a.id == statement.who.actor), None)


def chain(statement: Statement) -> list[tuple[str, str]]:
    return [(relay.role, relay.words) for relay in statement.through]

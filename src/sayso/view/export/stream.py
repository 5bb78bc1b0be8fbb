"""Where readings come from -> one stream of readings, statements and events, in the order in which they are written.

Takes   a store with a `Query`, or readings.
Gives   items of the kinds that a format takes, `KEPT` readings in memory at most.
Limits  a store gives what `find` finds, newest first: statements, then events; corrections are laid over them. Readings of one's own come in their order.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import Protocol

from sayso.ontology import Ontology
from sayso.records import Reading, Skipped
from sayso.store import Query, Store
from sayso.view.export.context import Context, Deed, Item, Said

KEPT = 1000  # readings at hand, some 60 MB: a store's rows come by day, so those of one article lie near each other, and it is loaded once


class Stream(Protocol):
    def items(self, kinds: tuple[type, ...]) -> Iterator[Item]:
        """Everything of these kinds (`Reading`, `Said`, `Deed`), once."""


class OfReadings:
    """Readings that are at hand."""

    def __init__(self, readings: Iterable[Reading | Skipped], ontology: Ontology) -> None:
        self.readings, self.ontology = readings, ontology

    def items(self, kinds: tuple[type, ...]) -> Iterator[Item]:
        for reading in self.readings:
            if isinstance(reading, Reading):
                yield from _of_kinds(reading, kinds, self.ontology)


def _of_kinds(reading: Reading, kinds: tuple[type, ...], ontology: Ontology) -> Iterator[Item]:
    if Reading in kinds:
        yield reading
    if reading.article:
        context = Context(reading, reading.article, ontology)
        if Said in kinds:
            yield from (Said(context, statement) for statement in reading.statements)
        if Deed in kinds:
            yield from (Deed(context, event) for event in reading.events)


class OfStore:
    """What a store finds."""

    def __init__(self, store: Store, query: Query, ontology: Ontology) -> None:
        self.store, self.query, self.ontology = store, query, ontology
        self.contexts: OrderedDict[str, Context] = OrderedDict()

    def items(self, kinds: tuple[type, ...]) -> Iterator[Item]:
        if Reading in kinds:
            for article in self.store.every(self.store.articles, self.query):
                if reading := self.store.corrected(article.page):
                    yield reading
        if Said in kinds:
            for said in self.store.every(self.store.statements, self.query):
                if context := self._context(said.article.page):
                    yield Said(context, said.statement, said.review)
        if Deed in kinds:
            for done in self.store.every(self.store.events, self.query):
                if context := self._context(done.article.page):
                    yield Deed(context, done.event, done.review)

    def _context(self, page: str) -> Context | None:
        """The reading of a page, kept for its next row."""
        if page in self.contexts:
            self.contexts.move_to_end(page)
            return self.contexts[page]
        reading = self.store.corrected(page)
        if reading is None or reading.article is None:
            return None
        self.contexts[page] = Context(reading, reading.article, self.ontology)
        if len(self.contexts) > KEPT:
            self.contexts.popitem(last=False)
        return self.contexts[page]

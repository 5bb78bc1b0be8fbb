"""What every format is made from: one reading, statement or event, with the reading that holds it.

Takes   a `Reading` with an article.
Gives   `Context`, which answers what formats ask of a reading; `Said` and `Deed`, a statement and an event in it; `Pair`, one dyad of an event.
Needs   the ontology, for codes and scales.
Limits  nothing is concluded here that the reading does not say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import permutations, product
from urllib.parse import quote

from sayso.ontology import Kind, Ontology
from sayso.records import Actor, Article, Event, Mention, Reading, Span, Statement, Words, hashed_id


class Context:
    """One reading, asked by id and by place."""

    def __init__(self, reading: Reading, article: Article, ontology: Ontology) -> None:
        self.reading, self.article, self.ontology = reading, article, ontology
        self.page, self.text = reading.page, article.text
        self.actors = {a.id: a for a in reading.actors}
        self.statements = {s.id: s for s in reading.statements}
        self.paragraphs = article.paragraphs()
        dates = {d.kind: d for d in reversed(article.dates)}
        written = dates.get("published") or dates.get("dateline")
        self.published: tuple[date | None, date | None] = (written.earliest, written.latest) if written else (None, None)

    @property
    def url(self) -> str | None:
        """Where the page was published, if the capture says so."""
        given = self.page.url or self.page.address
        return given if given.startswith(("http://", "https://")) else None

    @property
    def iri(self) -> str:
        """The page's address as an IRI: the URL, a path relative to where the reader stands, or a URN for what came without one."""
        if self.url or self.page.address == "-":
            return self.url or f"urn:sayso:{self.page.id}"
        return quote(self.page.address, safe="/#", errors="surrogateescape")

    def named(self, ids: Iterable[str]) -> list[Actor]:
        return [self.actors[id_] for id_ in ids if id_ in self.actors]

    def statement_of(self, event: Event) -> Statement | None:
        """The statement that makes the claim, or that is the act."""
        return self.statements.get(event.statement or "")

    def claimant_of(self, event: Event) -> Words | None:
        """Whose word an event stands on; None for what the page says in its own voice."""
        statement = self.statement_of(event)
        return statement.who if statement and event.standing != "reported" else None

    def paragraph_number(self, span: Span) -> int:
        """The paragraph in which a span begins, from 0; the title is the first where there is one."""
        return max(0, bisect_right(self.paragraphs, span.start, key=lambda paragraph: paragraph.start) - 1)

    def passage(self, span: Span) -> str:
        """The paragraph in which a span begins."""
        return self.paragraphs[self.paragraph_number(span)].of(self.text)

    def in_lead(self, span: Span) -> bool:
        """Whether a span stands in the title or the first paragraph of the story."""
        return self.paragraph_number(span) <= (1 if self.article.title else 0)

    def nearest(self, actor: Actor | None, to: Span) -> Mention | None:
        """Where the article names an actor, nearest to a span."""
        return min(actor.mentions, key=lambda m: (_gap(m.span, to), m.span), default=None) if actor else None

    def worth(self, event: Event) -> Kind:
        """Codes and scales of an event's type and mode, from the ontology; the event's own where the ontology lacks the type."""
        if (event.type, None) in self.ontology.kinds:
            return self.ontology.kind(event.type, event.mode)
        return Kind(
            type=event.type, mode=event.mode, quad=event.quad, scale=event.scale, goldstein=event.goldstein, cameo=event.cameo, recipient=False,
            symmetric=False, future=None,
        )  # fmt: skip


def _gap(one: Span, other: Span) -> int:
    return max(0, one.start - other.end, other.start - one.end)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement in its context. review: accepted or changed by a person; None when nobody looked, or nobody was asked."""

    context: Context
    statement: Statement
    review: str | None = None


@dataclass(frozen=True, slots=True)
class Deed:
    """An event in its context."""

    context: Context
    event: Event
    review: str | None = None

    @property
    def worth(self) -> Kind:
        return self.context.worth(self.event)

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        when = self.event.when
        return when.earliest if when.earliest == when.latest else None

    @property
    def sources(self) -> list[Actor]:
        return self.context.named(self.event.source)

    @property
    def targets(self) -> list[Actor]:
        return self.context.named(self.event.target)


Item = Reading | Said | Deed


@dataclass(frozen=True, slots=True)
class Pair:
    """One actor and one other of an event; either may be nobody."""

    deed: Deed
    source: Actor | None
    target: Actor | None

    @property
    def number(self) -> int:
        ends = (a.id if a else "" for a in (self.source, self.target))
        return number_of(self.deed.event.id, *ends)


def pairs(deed: Deed) -> Iterator[Pair]:
    """Every source with every target; those of a symmetric event, who are all sources, each with each other, both ways."""
    sources, targets = deed.sources, deed.targets
    if not targets and len(sources) > 1 and deed.worth.symmetric:
        yield from (Pair(deed, one, other) for one, other in permutations(sources, 2))
    else:
        nobody: list[Actor | None] = [None]
        yield from (Pair(deed, source, target) for source, target in product(sources or nobody, targets or nobody))


def number_of(*parts: str) -> int:
    """A number for formats that want one where Sayso has an id: 53 bits of a hash, which R and JavaScript read exactly."""
    return int(hashed_id("", *parts)[1:15], 16) >> 3

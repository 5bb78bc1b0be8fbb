"""The nouns of Sayso: every record that passes from one stage to the next.

Takes   nothing: plain values, checked where they are made.
Gives   frozen dataclasses; `to_dict` of each is its JSON (the README's data section names every field).
Needs   the standard library only. Stages import this file and never each other.
Limits  a record never holds a path, a clock or a handle, so it can be stored, compared and sent anywhere.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

Form = Literal["direct", "indirect", "mixed"]
Force = Literal["neutral", "assertive", "denial", "accusation", "question", "demand", "promise", "threat", "hearsay", "belief"]
RelayRole = Literal["occasion", "carrier", "wire", "publisher"]
MarkKind = Literal["source", "cue", "content", "person", "organisation", "place", "office", "trigger", "party"]
ArcRole = Literal["source", "content", "office", "agent", "recipient"]
Standing = Literal["reported", "claimed", "denied", "announced", "demanded", "possible"]
DateKind = Literal["rendered", "published", "modified", "dateline", "event"]
ActorKind = Literal["person", "state", "organisation", "place", "group", "unknown"]
PlaceBasis = Literal["name", "registry", "capital"]
SizeKind = Literal["dead", "injured", "arrested", "displaced", "demonstrators", "missing"]


def hashed_id(prefix: str, *parts: str) -> str:
    """Give `prefix_` and 20 hex digits that depend on `parts` alone, the same on every machine."""
    return f"{prefix}_{hashlib.sha256(chr(31).join(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


class Span(NamedTuple):
    """Half-open code points [start, end) of one `Article.text`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlap(self, other: Span) -> int:
        """How many code points both cover."""
        return max(0, min(self.end, other.end) - max(self.start, other.start))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the source says of a page beside its body, in the source's own words: a feed's entry, a row's columns, an archive's header.

    published  the day or time of publication, as written there.
    archived   when the archive that holds the page fetched it.
    """

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    archived: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {"title": self.title, "publisher": self.publisher, "published": self.published, "archived": self.archived}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What was captured, untouched.

    body        the bytes, after any transport compression was taken off.
    address     the path or URL as it was given; `-` for standard input; `path#3` for the third page in a file of many.
    media_type  `text/html` or `text/plain`, from the bytes first, the name second.
    charset     what the transport or a byte-order mark declared; None when `clean` must find out.
    captured    UTC, ISO 8601, to the second.
    url         where it was published, as far as the source says: the address after redirects, a column, an archive's target.
    given       what the source says beside the body; None when it says nothing.
    """

    address: str
    body: bytes
    media_type: str
    captured: str
    charset: str | None = None
    url: str | None = None
    given: Given | None = None

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.body).hexdigest()

    @property
    def id(self) -> str:
        """Hashes the bytes alone, so that the same page has one id wherever it lies."""
        return hashed_id("pg", self.sha256)

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "address": self.address,
            "media_type": self.media_type,
            "sha256": self.sha256,
            "captured": self.captured,
            "url": self.url,
            "given": self.given.to_dict() if self.given else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """Words on the page that are not the story, and why they were taken for furniture."""

    words: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        return {"words": self.words, "reason": self.reason}


@dataclass(frozen=True, slots=True, kw_only=True)
class DateFact:
    """One date that the page gives for itself. Facts that disagree stand side by side.

    kind   what the date is the date of: `rendered` (the page was drawn), `published`, `modified`, `dateline`, `event`.
    basis  where it stands: masthead, metadata, url, byline, dateline, body, or source (said beside the page: a feed, a table, an export).
    words  the characters of the page that say so.
    """

    kind: DateKind
    earliest: date
    latest: date
    basis: str
    words: str

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
            "basis": self.basis,
            "words": self.words,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """`SEOUL, Oct. 1 (Yonhap) --`, taken out of the prose and kept: place and wire as printed, either may be absent."""

    words: str
    place: str | None
    wire: str | None

    def to_dict(self) -> dict[str, Any]:
        return {"words": self.words, "place": self.place, "wire": self.wire}


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """The story on the page as clean text; `text` never changes afterwards.

    text       title, blank line, paragraphs with a blank line between; without a title the paragraphs alone.
    title      the title as it stands at the head of `text`; None when the page has none.
    sections   where on its site the page stands: `("World",)`.
    wires      agencies named in credits ("(Reuters)", "With input from AFP"), as printed, without those of the dateline.
    credits    credit lines, as printed: "Additional reporting by ...".
    dates      every date the page gives for itself, in order of appearance.
    """

    page: str
    title: str | None
    text: str
    language: str
    sections: tuple[str, ...] = ()
    byline: str | None = None
    publisher: str | None = None
    dateline: Dateline | None = None
    wires: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    dates: tuple[DateFact, ...] = ()
    furniture: tuple[Furniture, ...] = ()

    @property
    def id(self) -> str:
        return hashed_id("ar", self.page)

    def paragraphs(self) -> list[Span]:
        """Spans of the title and the paragraphs, in order."""
        spans, at = [], 0
        for part in self.text.split("\n\n"):
            spans.append(Span(at, at + len(part)))
            at += len(part) + 2
        return spans

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "title": self.title,
            "sections": list(self.sections),
            "byline": self.byline,
            "publisher": self.publisher,
            "language": self.language,
            "dateline": self.dateline.to_dict() if self.dateline else None,
            "wires": list(self.wires),
            "credits": list(self.credits),
            "dates": [d.to_dict() for d in self.dates],
            "text": self.text,
            "furniture": [f.to_dict() for f in self.furniture],
        }


class Scored(NamedTuple):
    """A value and the probability that the model gives it, 0..1."""

    value: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What the model says of a trigger beyond its place.

    types      types of event, the likeliest first, down to a hundredth.
    mode       of the likeliest type; the value is empty for none.
    standings  how the sentence tells it, the likeliest first.
    past       probability that it is told as background of long ago.
    """

    types: tuple[Scored, ...]
    mode: Scored
    standings: tuple[Scored, ...]
    past: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of the text with a kind and a score (what others call an annotation).

    layer    0 for the outermost attribution, for names and events, 1 for attributions inside a content.
    score    probability of its kind, mean over its pieces, 0..1.
    trigger  what kind of event a trigger is; None for every other kind of mark.
    """

    kind: MarkKind
    span: Span
    score: float
    layer: int = 0
    trigger: Trigger | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A scored link between two marks of one article, by their place in `Marked.marks`: tail → head.

    role  what the tail is to the head: source → cue, content → cue, office → person, agent → trigger, recipient → trigger.
    """

    tail: int
    head: int
    score: float
    role: ArcRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """All marks of one article in reading order, outer before inner, and the arcs between them."""

    marks: tuple[Mark, ...]
    arcs: tuple[Arc, ...]


class Mention(NamedTuple):
    """Where an article names an actor, and on what ground these words were taken to mean it.

    basis  name, surname, demonym, metonym (a capital for its state), place, title ("the minister"), office (held on that day), pronoun,
           apposition, article (the article decides between namesakes), words.
    """

    span: Span
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A state, government, organisation, office or person that the article's words resolve to.

    id          of one that the registry knows the same in every article; of any other a hash of the article and the place of its first mention.
    name        the fullest name that the article uses for a person, the registry's for what it knows, else the words themselves.
    country     ISO 3166 alpha-3 (KOS; PRE for partially recognised entities), sector PLOVER, cameo CAMEO's code; None when not resolved.
    office      as the article gives it, else the registry's for the day of writing.
    registry    key of the registry's entry, None when it knows nobody of that name.
    basis       what country and sector rest on: registry, description, affiliation, body (the one it speaks for), article (of what it mostly speaks), none.
    speaks_for  id of the actor whose spokesperson this is.
    count       how many persons a collective source is said to be.
    mentions    where the article names it, in order.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    sector: str | None = None
    cameo: str | None = None
    office: str | None = None
    wikidata: str | None = None
    registry: str | None = None
    basis: str = "none"
    speaks_for: str | None = None
    count: int | None = None
    mentions: tuple[Mention, ...] = ()

    def to_dict(self, text: str) -> dict[str, Any]:
        """Give the JSON shape; `text` is the article's, over which every span is measured."""
        own = {name: getattr(self, name) for name in self.__slots__ if name != "mentions"}
        return own | {"mentions": [{"words": m.span.of(text), "span": list(m.span), "basis": m.basis} for m in self.mentions]}


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A closed interval of days; both ends None when nothing is known.

    precision  day, week, month, year, interval, unknown.
    basis      stated, inferred, published, none.
    words      the characters of the text it rests on.
    """

    earliest: date | None = None
    latest: date | None = None
    precision: str = "unknown"
    basis: str = "none"
    words: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "earliest": self.earliest.isoformat() if self.earliest else None,
            "latest": self.latest.isoformat() if self.latest else None,
            "precision": self.precision,
            "basis": self.basis,
            "words": list(self.words),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Characters of the text and who they name, if anybody; `span` is None only for words that `clean` took out of the text."""

    words: str
    span: Span | None
    actor: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One hand that passed the statement on, with the words that license it."""

    role: RelayRole
    words: str
    span: Span | None
    actor: str | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "role": self.role,
            "actor": self.actor,
            "words": self.words,
            "span": list(self.span) if self.span else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One act of saying, as one article reports it.

    who       the speaker; None when the article names nobody (kept, not dropped).
    cue       the words that make it an act of saying; None for a paragraph of quotation that continues its speaker.
    what      the words said, in order, as the article prints them, quotation marks included.
    quoted    the parts in quotation marks, without the marks.
    within    id of the statement in whose content this one stands.
    through   who passed the words on, nearest to the speaker first.
    score     probability 0..1 that who said what.
    """

    id: str
    form: Form
    force: Force
    who: Words | None
    cue: Words | None
    what: tuple[Span, ...]
    quoted: tuple[Span, ...]
    about: tuple[str, ...] = ()
    within: str | None = None
    through: tuple[Relay, ...] = ()
    when: When = When()
    score: float = 0.0

    def to_dict(self, text: str) -> dict[str, Any]:
        """Give the JSON shape; `text` is the article's, over which every span is measured."""
        return {
            "id": self.id,
            "form": self.form,
            "force": self.force,
            "who": _words(self.who, actor=True),
            "cue": _words(self.cue, actor=False),
            "what": [{"words": s.of(text), "span": list(s)} for s in self.what],
            "quoted": [{"words": s.of(text), "span": list(s)} for s in self.quoted],
            "about": list(self.about),
            "within": self.within,
            "through": [r.to_dict() for r in self.through],
            "when": self.when.to_dict(),
            "score": round(self.score, 3),
        }


def _words(words: Words | None, *, actor: bool) -> dict[str, Any] | None:
    if words is None:
        return None
    named = {"actor": words.actor} if actor else {}
    return named | {"words": words.words, "span": list(words.span) if words.span else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is said to have happened.

    name       as the gazetteer or the registry prints it; the words themselves where neither knows them.
    country    ISO 3166 alpha-3 (KOS; PRE for partially recognised entities); None when nothing says it.
    admin1     GeoNames' code of the first-order division ("TX", "05").
    latitude, longitude  WGS 84, of a point inside; None for a state as a whole and for what no gazetteer knows.
    geonames   GeoNames' id of just this place.
    basis      name (a gazetteer's, or the words' own), registry (a place or state of the registry), capital (a state's).
    """

    words: str
    span: Span
    name: str
    country: str | None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames: int | None = None
    basis: PlaceBasis = "name"

    def to_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"span": list(self.span)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many an event is said to have touched: a closed interval, whose end `high` is None where the words set none.

    words, span  the number and the word that says what became of those counted, as one piece of the text.
    """

    kind: SizeKind
    low: int
    high: int | None
    words: str
    span: Span

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "low": self.low, "high": self.high, "words": self.words, "span": list(self.span)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that one actor is said to have done to another, and on what footing that stands.

    type        PLOVER's, or one of a user's own ontology; mode: one of the type's, or None.
    contexts    PLOVER's, the strongest first.
    cameo       CAMEO's code, text since `010` is not `10`; quad 1 to 4; goldstein and scale (PLOVER's score), -10 to 10.
    trigger     the words that say what is done; mentions: the other places where the article tells the same event.
    source      ids of those who act, target of those acted upon; a symmetric event has all of them as source.
    standing    reported (in the article's own voice), claimed, denied, announced, demanded or possible.
    past        told as background of long ago.
    statement   id of the statement that makes the claim, or that is itself the act; None for what the article tells in its own voice.
    denies      id of the event that this one denies, where the article tells both.
    score       probability 0..1 that type and actors are right.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad: int
    goldstein: float
    scale: float
    trigger: Span
    mentions: tuple[Span, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    standing: Standing
    past: bool
    statement: str | None
    denies: str | None
    when: When
    where: Place | None
    sizes: tuple[Size, ...]
    score: float

    def to_dict(self, text: str) -> dict[str, Any]:
        """Give the JSON shape; `text` is the article's, over which every span is measured."""
        return {
            "id": self.id,
            "type": self.type,
            "mode": self.mode,
            "contexts": list(self.contexts),
            "cameo": self.cameo,
            "quad": self.quad,
            "goldstein": self.goldstein,
            "scale": self.scale,
            "trigger": {"words": self.trigger.of(text), "span": list(self.trigger)},
            "mentions": [{"words": s.of(text), "span": list(s)} for s in self.mentions],
            "source": list(self.source),
            "target": list(self.target),
            "standing": self.standing,
            "past": self.past,
            "statement": self.statement,
            "denies": self.denies,
            "when": self.when.to_dict(),
            "where": self.where.to_dict() if self.where else None,
            "sizes": [size.to_dict() for size in self.sizes],
            "score": round(self.score, 3),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """Something not used: the stage that met it, the thing, why in a few fixed words, and the particulars."""

    stage: str
    of: str
    why: str
    detail: str

    def to_dict(self) -> dict[str, Any]:
        return {"stage": self.stage, "of": self.of, "why": self.why, "detail": self.detail}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that Sayso makes of one page. `article` is None when the page could not be read; `skipped` then says why.

    sayso, model, registry  versions of the code, the model, and the files of data (a hash; yours are in it) that made it.
    """

    sayso: str
    model: str
    registry: str = ""
    page: Page
    article: Article | None
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    skipped: tuple[Skipped, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        text = self.article.text if self.article else ""
        return {
            "sayso": self.sayso,
            "model": self.model,
            "registry": self.registry,
            "page": self.page.to_dict(),
            "article": self.article.to_dict() if self.article else None,
            "actors": [a.to_dict(text) for a in self.actors],
            "statements": [s.to_dict(text) for s in self.statements],
            "events": [e.to_dict(text) for e in self.events],
            "skipped": [s.to_dict() for s in self.skipped],
        }

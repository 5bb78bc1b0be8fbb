"""The two tables of CSV and Parquet: a row for each statement, a row for each event.

Takes   `Said` and `Deed`.
Gives   `STATEMENTS` and `EVENTS`, the columns.
Limits  lists of one row stand in the same order: the first of `target_names` is the first of `target_ids`. Spans are code points of the article's text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal

from sayso.records import Actor, Event, Place, Relay, Span, Statement, When, Words
from sayso.view.export.columns import Column, Value, known
from sayso.view.export.context import Context, Deed, Said

_PAGE: tuple[tuple[str, Any, str, Callable[[Context], Value]], ...] = (
    ("page", "text", "id of the page, `pg_…`, a hash of its bytes", lambda c: c.page.id),
    ("article", "text", "id of the article, `ar_…`", lambda c: c.article.id),
    ("address", "text", "path or URL of the page, as it was given", lambda c: c.page.address),
    ("url", "text", "where it was published, as far as the capture says", lambda c: c.url),
    ("title", "text", "of the article", lambda c: c.article.title),
    ("publisher", "text", "as the page says", lambda c: c.article.publisher),
    ("published_earliest", "day", "first day on which the article can have been published, by its own dates", lambda c: c.published[0]),
    ("published_latest", "day", "last such day", lambda c: c.published[1]),
    ("captured", "text", "when the page was captured, UTC", lambda c: c.page.captured or None),
)
_MADE: tuple[tuple[str, Any, str, Callable[[Context], Value]], ...] = (
    ("sayso", "text", "version of the code that read the page", lambda c: c.reading.sayso),
    ("model", "text", "name of the model that read it", lambda c: c.reading.model),
)
_OF_ACTOR: tuple[tuple[str, str, str], ...] = (
    ("id", "ids", "as in the record, `ac_…`"),
    ("name", "names", "the fullest name that the page uses, or the registry's"),
    ("country", "countries", "ISO 3166 alpha-3, `KOS`, or `PRE` for partially recognised entities"),
    ("sector", "sectors", "PLOVER's sector"),
    ("cameo", "cameos", "CAMEO's code"),
    ("office", "offices", "as printed, else the registry's for the day of writing"),
    ("wikidata", "wikidata", "`Q…`"),
)


def _of_page(columns: tuple[tuple[str, Any, str, Callable[[Context], Value]], ...]) -> Iterable[Column]:
    def of(get: Callable[[Context], Value]) -> Callable[[Said | Deed], Value]:
        return lambda row: get(row.context)

    return (known(name, kind, holds, of(get)) for name, kind, holds, get in columns)


def _actor(prefix: str, whose: str, get: Callable[[Any], Actor | None]) -> Iterable[Column]:
    """A column for each thing known of one actor."""

    def of(name: str) -> Callable[[Any], Value]:
        return lambda row: getattr(get(row), name, None)

    return (known(f"{prefix}_{name}", "text", f"{whose}: {holds}", of(name)) for name, _, holds in _OF_ACTOR)


def _actors(prefix: str, whose: str, get: Callable[[Any], list[Actor]], names: Iterable[str]) -> Iterable[Column]:
    """A column of lists for each thing known of several."""

    def of(name: str) -> Callable[[Any], Value]:
        return lambda row: [getattr(actor, name) for actor in get(row)]

    return (known(f"{prefix}_{many}", "texts", f"{whose}: {holds}", of(name)) for name, many, holds in _OF_ACTOR if name in names)


def _when(prefix: str, what: str, get: Callable[[Any], When]) -> Iterable[Column]:
    def of(name: str) -> Callable[[Any], Value]:
        return lambda row: getattr(get(row), name)

    return (
        known(f"{prefix}_earliest", "day", f"first day on which it may have {what}", of("earliest")),
        known(f"{prefix}_latest", "day", f"last day on which it may have {what}", of("latest")),
        known(f"{prefix}_precision", "text", "`day`, `week`, `month`, `year`, `interval` or `unknown`", of("precision")),
        known(f"{prefix}_basis", "text", "what the days rest on: `stated`, `inferred`, `published` or `none`", of("basis")),
    )


def _span(prefix: str, whose: str, get: Callable[[Any], Span | None]) -> Iterable[Column]:
    def of(end: Literal[0, 1]) -> Callable[[Any], Value]:
        return lambda row: span[end] if (span := get(row)) else None

    return (
        known(f"{prefix}_start", "integer", f"first code point of {whose} in the article's text", of(0)),
        known(f"{prefix}_end", "integer", "the code point behind the last", of(1)),
    )


def _where(name: str, kind: Any, holds: str) -> Column:
    def of(row: Deed) -> Value:
        place: Place | None = row.event.where
        return getattr(place, name) if place else None

    return known(f"where_{name}", kind, holds, of)


def _speaker(context: Context, who: Words | None) -> Actor | None:
    return context.actors.get(who.actor or "") if who else None


def _hand(context: Context, relay: Relay) -> str:
    actor = context.actors.get(relay.actor or "")
    return actor.name if actor else relay.words


def _statement(name: str, kind: Any, holds: str, get: Callable[[Statement], Value]) -> Column:
    return known(name, kind, holds, lambda row: get(row.statement))


def _event(name: str, kind: Any, holds: str, get: Callable[[Event], Value]) -> Column:
    return known(name, kind, holds, lambda row: get(row.event))


_REVIEW = known("review", "text", "`accepted` or `changed` by a person; empty when nobody looked", lambda row: row.review)
_TEXT = "the words said, as the article prints them, quotation marks included; ` … ` where the article parts them"

STATEMENTS: tuple[Column, ...] = (
    _statement("id", "text", "of the statement, `st_…`", lambda s: s.id),
    *_of_page(_PAGE),
    _statement("form", "text", "`direct`, `indirect` or `mixed`", lambda s: s.form),
    _statement("force", "text", "what the cue makes of it: `neutral`, `denial`, `demand` …", lambda s: s.force),
    known("words", "text", _TEXT, lambda row: " … ".join(s.of(row.context.text) for s in row.statement.what)),
    *_span("words", "those words, from the first", lambda row: Span(row.statement.what[0].start, row.statement.what[-1].end) if row.statement.what else None),
    known("quoted", "texts", "the parts in quotation marks, without the marks", lambda row: [s.of(row.context.text) for s in row.statement.quoted]),
    _statement("speaker_words", "text", "the speaker as printed; empty when the page names nobody here", lambda s: (s.who and s.who.words) or None),
    *_actor("speaker", "the speaker", lambda row: _speaker(row.context, row.statement.who)),
    _statement("cue", "text", "the words that make it an act of saying; empty for quotation that goes on", lambda s: s.cue.words if s.cue else None),
    *_actors("about", "whom the words concern", lambda row: row.context.named(row.statement.about), ("id", "name", "country")),
    _statement("within", "text", "id of the statement in whose words this one stands", lambda s: s.within),
    _statement("relay_roles", "texts", "who passed it on, nearest to the speaker first: `occasion`, `carrier`, `wire`, `publisher`",
               lambda s: [r.role for r in s.through]),
    known("relay_names", "texts", "their names; the words of the page where nobody is known",
          lambda row: [_hand(row.context, r) for r in row.statement.through]),
    *_when("said", "been said", lambda row: row.statement.when),
    _statement("score", "number", "probability, 0 to 1, that who said what", lambda s: round(s.score, 3)),
    _REVIEW,
    *_of_page(_MADE),
)  # fmt: skip

EVENTS: tuple[Column, ...] = (
    _event("id", "text", "of the event, `ev_…`", lambda e: e.id),
    *_of_page(_PAGE),
    _event("type", "text", "PLOVER's type, or one of yours", lambda e: e.type),
    _event("mode", "text", "one of the type's modes; empty when none fits", lambda e: e.mode),
    _event("contexts", "texts", "PLOVER's contexts, the strongest first", lambda e: list(e.contexts)),
    known("cameo", "text", "CAMEO's code: text, since `010` is not `10`", lambda row: row.worth.cameo),
    known("quad", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", lambda row: row.worth.quad),
    known("goldstein", "number", "Goldstein's score of CAMEO's root, -10 to 10", lambda row: row.worth.goldstein),
    known("scale", "number", "PLOVER's score, -10 to 10: another scale", lambda row: row.worth.scale),
    _event("standing", "text", "`reported` (in the page's own voice), `claimed`, `denied`, `announced`, `demanded` or `possible`", lambda e: e.standing),
    _event("past", "yes/no", "told as background of long ago", lambda e: e.past),
    _event("statement", "text", "id of the statement that makes the claim, or is the act; empty for the page's own voice", lambda e: e.statement),
    known("claimant_words", "text", "who says so, as printed; empty for what is `reported`",
          lambda row: (who.words or None) if (who := row.context.claimant_of(row.event)) else None),
    *_actor("claimant", "who says so", lambda row: _speaker(row.context, row.context.claimant_of(row.event))),
    _event("denies", "text", "id of the event that this one denies", lambda e: e.denies),
    *_actors("source", "who acts", lambda row: row.sources, [name for name, _, _ in _OF_ACTOR]),
    *_actors("target", "who is acted upon", lambda row: row.targets, [name for name, _, _ in _OF_ACTOR]),
    known("trigger", "text", "the words that say what is done", lambda row: row.event.trigger.of(row.context.text)),
    *_span("trigger", "those words", lambda row: row.event.trigger),
    known("passage", "text", "the paragraph in which it is told", lambda row: row.context.passage(row.event.trigger)),
    *_when("happened", "happened", lambda row: row.event.when),
    _where("words", "text", "the place as printed"),
    _where("name", "text", "as GeoNames or the registry spells it"),
    _where("country", "text", "ISO 3166 alpha-3, `KOS` or `PRE`"),
    _where("admin1", "text", "GeoNames' code of the province, or of the state of the USA"),
    _where("latitude", "number", "WGS 84; empty for a state as a whole"),
    _where("longitude", "number", "the same"),
    _where("geonames", "integer", "GeoNames' id of just this place"),
    _where("basis", "text", "`name`, `registry` or `capital`"),
    _event("size_kinds", "texts", "what is counted: `dead`, `injured`, `arrested`, `displaced`, `demonstrators`, `missing`",
           lambda e: [s.kind for s in e.sizes]),
    _event("size_lows", "integers", "how many at least", lambda e: [s.low for s in e.sizes]),
    _event("size_highs", "integers", "how many at most; empty where the words set no end", lambda e: [s.high for s in e.sizes]),
    _event("score", "number", "probability, 0 to 1, that type and actors are right", lambda e: round(e.score, 3)),
    _REVIEW,
    *_of_page(_MADE),
)  # fmt: skip

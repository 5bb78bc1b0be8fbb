"""PLOVER's JSON lines: one event a line, fields in the manual's order, Sayso's part under the one key `sayso`.

Takes   events.
Gives   a line each, with every field of the manual's; null or an empty list where Sayso does not know.
Limits  type and contexts are as PLOVER's manual wants them (see `codes.in_plover`); under `sayso` they are as they were read. The text of the whole
        story is left to the jsonl format.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from sayso.records import Actor, Event, Size, Span
from sayso.view.export.codes import country_name, in_plover
from sayso.view.export.columns import Column, Value, known, line_of, unknown
from sayso.view.export.context import Context, Deed
from sayso.view.export.part import Part

_CODEBOOK = "PLOVER 2021"


def _entity(actor: Actor) -> dict[str, Any]:
    return {
        "code": actor.country, "sector": actor.sector, "entity_text": actor.name, "identifier_id": actor.wikidata, "identifier_text": None,
        "religion": None, "ethnicity": None, "office": actor.office, "gender": None, "age": None,
    }  # fmt: skip


def _location(event: Event) -> dict[str, Any] | None:
    place = event.where
    if place is None:
        return None
    return {
        "extracted_place": place.words, "resolved_place": place.name, "geonameid": place.geonames, "lat": place.latitude, "lon": place.longitude,
        "city": place.name if place.latitude is not None else None, "district": None, "province": place.admin1,
        "country": country_name(place.country), "country_code": place.country, "feature_class": None, "feature_code": None, "resolution": None,
    }  # fmt: skip


def _size(event: Event) -> dict[str, Any]:
    """A count is given where the words settle it: one number of a kind."""
    return {kind: _count([size for size in event.sizes if size.kind == kind]) for kind in ("dead", "injured", "arrested")}


def _count(sizes: list[Size]) -> int | None:
    exact = {size.low for size in sizes if size.low == size.high}
    return exact.pop() if len(exact) == 1 and all(size.low == size.high for size in sizes) else None


def _text_info(deed: Deed) -> dict[str, Any]:
    at = deed.context.paragraph_number(deed.event.trigger)
    paragraph: Span = deed.context.paragraphs[at]
    return {"sequence": at, "start": paragraph.start, "end": paragraph.end, "text_story": None}


def _cite_info(context: Context) -> dict[str, Any]:
    return {
        "corpus": None, "citation": None, "url": context.url or context.page.address, "title": context.article.title, "language": context.article.language,
        "publication": context.article.publisher, "license": None, "copyright": None, "coder": f"sayso {context.reading.sayso}",
        "codebook": _CODEBOOK, "version": context.reading.model,
    }  # fmt: skip


def _own(deed: Deed) -> dict[str, Any]:
    """Sayso's part: on whose word the event stands, and what PLOVER has no field for."""
    context, event = deed.context, deed.event
    statement, who = context.statement_of(event), context.claimant_of(event)
    claimant = context.actors.get(who.actor or "") if who else None
    return {
        "standing": event.standing, "past": event.past, "type": event.type, "mode": event.mode, "cameo": deed.worth.cameo,
        "goldstein": deed.worth.goldstein, "when": event.when.to_dict(), "score": round(event.score, 3),
        "trigger": {"words": event.trigger.of(context.text), "span": list(event.trigger)}, "sizes": [size.to_dict() for size in event.sizes],
        "claimant": {"words": who.words, "span": list(who.span) if who.span else None, **_claimant(claimant)} if who else None,
        "statement": statement.to_dict(context.text) if statement else None, "denies": event.denies,
        "source": list(event.source), "target": list(event.target), "article": context.article.id, "page": context.page.id,
        "published": [day.isoformat() if day else None for day in context.published], "review": deed.review,
    }  # fmt: skip


def _claimant(actor: Actor | None) -> dict[str, Any]:
    return {name: getattr(actor, name, None) for name in ("id", "name", "country", "sector", "cameo", "office", "wikidata")}


def _day(deed: Deed) -> Value:
    return deed.day.isoformat() if deed.day else None


_NO_CLOCK = "never known: Sayso knows days, not hours"
FIELDS: tuple[Column, ...] = (
    known("id", "text", "of the event, `ev_…`", lambda d: d.event.id),
    known("has_event", "yes/no", "true: every line is an event", lambda d: True),
    known("date", "day", "the day it happened, where it is known to the day; `sayso.when` has the interval", _day),
    unknown("time", "text", _NO_CLOCK),
    unknown("enddate", "day", "never known: Sayso's interval is that of the day on which it may have happened, not how long it went on"),
    unknown("endtime", "text", _NO_CLOCK),
    known("actor", "objects", "who acts; of a symmetric event all parties: `code` (ISO 3166 alpha-3), `sector`, `entity_text`, "
          "`identifier_id` (Wikidata), `office`; the manual's other keys are null", lambda d: [_entity(actor) for actor in d.sources]),
    known("recipient", "objects", "who is acted upon, in the same shape", lambda d: [_entity(actor) for actor in d.targets]),
    known("event", "texts", "the type; what was only announced as PLOVER's manual wants it: an announced CONSULT is an AGREE",
          lambda d: [in_plover(d).kind.type]),
    known("event_loc", "object", "the place: `province` is GeoNames' code, `resolution` and the feature codes are null", lambda d: _location(d.event)),
    known("event_text", "text", "the trigger: the words that say what is done", lambda d: d.event.trigger.of(d.context.text)),
    known("quad_code", "integer", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", lambda d: in_plover(d).kind.quad),
    known("event_scale", "number", "PLOVER's score, -10 to 10", lambda d: in_plover(d).kind.scale),
    known("mode", "text", "one of the type's modes", lambda d: in_plover(d).kind.mode),
    known("context", "texts", "PLOVER's contexts; also `historical`, `future`, `negation`, `hypothetical`", lambda d: list(in_plover(d).contexts)),
    known("link", "texts", "id of the event that this one denies", lambda d: [d.event.denies] if d.event.denies else []),
    known("text", "text", "the paragraph in which it is told", lambda d: d.context.passage(d.event.trigger)),
    known("text_info", "object", "of that paragraph: `sequence` in the article from 0, `start` and `end` in its text; `text_story` is null", _text_info),
    known("cite_info", "object", "the article: `url` (else the address), `title`, `language`, `publication`, `coder`, `codebook`, `version`",
          lambda d: _cite_info(d.context)),
    known("coder", "text", "version of the code that read the page", lambda d: f"sayso {d.context.reading.sayso}"),
    unknown("coded_date", "day", "null: a reading does not say when it was made"),
    unknown("coded_time", "text", "null: the same"),
    unknown("comment", "text", "null: nobody commented"),
    known("size", "object", "`dead`, `injured`, `arrested`, where the words settle on one number; `sayso.sizes` has the others", lambda d: _size(d.event)),
    known("sayso", "object", "Sayso's part: `standing`, `past`, `type` and `mode` as read, `when`, `claimant`, `statement`, `published` (first and last day), "
          "`trigger`, `sizes`, ids, `score`", _own),
)  # fmt: skip


class PloverLines:
    def __init__(self, out: BinaryIO) -> None:
        self.out = out

    def add(self, item: Any) -> int:
        record = {field.name: field.of(item) if field.of else None for field in FIELDS}
        self.out.write(line_of("the event", record))
        return 1

    def close(self) -> None:
        """Every line has left already."""


PARTS = (Part(name="events", takes=(Deed,), open=PloverLines, columns=FIELDS, header=False),)

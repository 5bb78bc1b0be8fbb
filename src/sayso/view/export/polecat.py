"""POLECAT's 40 columns, one event a row, as `ngecEvents…txt` has them.

Takes   events.
Gives   a header and a row each; several values joined with ";", `None` for what is absent.
Limits  type and contexts are given as PLOVER's manual wants them (see `codes.in_plover`). POLECAT's own files are read as ISO 8859-1; this one is UTF-8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.records import Actor
from sayso.view.export.codes import in_plover
from sayso.view.export.columns import Column, Value, known, unknown
from sayso.view.export.context import Deed
from sayso.view.export.part import Part
from sayso.view.export.tsv import TsvWriter

_NO_COW = "never known: Sayso has no table of the Correlates of War's codes"
_NO_PEDIA = "never known: Sayso has Wikidata's ids, which are not Wikipedia's"


def _side(name: str, get: Callable[[Deed], list[Actor]], who: str) -> tuple[Column, ...]:
    def each(of: Callable[[Actor], str | None]) -> Callable[[Deed], Value]:
        return lambda deed: [of(actor) for actor in get(deed)]

    def raw(deed: Deed) -> Value:
        mentions = (deed.context.nearest(actor, deed.event.trigger) for actor in get(deed))
        return [m.span.of(deed.context.text) if m else None for m in mentions]

    return (
        known(f"{name} Name", "texts", f"{who}: the fullest name that the page uses, or the registry's", each(lambda a: a.name)),
        known(f"{name} Country", "texts", "ISO 3166 alpha-3, `KOS` or `PRE`", each(lambda a: a.country)),
        unknown(f"{name} COW", "texts", _NO_COW),
        known(f"Primary {name} Sector", "texts", "PLOVER's sector", each(lambda a: a.sector)),
        known(f"{name} Sectors", "texts", "the same: Sayso keeps one sector of each", each(lambda a: a.sector)),
        known(f"{name} Title", "texts", "office, as printed, else the registry's for the day of writing", each(lambda a: a.office)),
        known(f"{name} Name Raw", "texts", "the words of the page that name them, nearest to the trigger", raw),
        unknown(f"Wikipedia {name} ID", "texts", _NO_PEDIA),
    )


def _where(name: str) -> Callable[[Deed], Value]:
    return lambda deed: getattr(deed.event.where, name, None)


def _city(deed: Deed) -> Value:
    # What the gazetteer knows with a point is a town; states and what no gazetteer knows have none.
    where = deed.event.where
    return where.name if where and where.latitude is not None else None


def _story(*kinds: str) -> Callable[[Deed], Value]:
    return lambda deed: [actor.name for actor in deed.context.reading.actors if actor.kind in kinds]


COLUMNS: tuple[Column, ...] = (
    known("Event ID", "text", "of the event, `ev_…`", lambda deed: deed.event.id),
    known("Event Date", "day", "the day it happened, where it is known to the day", lambda deed: deed.day),
    known("Event Type", "text", "PLOVER's type; what was only announced as PLOVER's manual wants it", lambda deed: in_plover(deed).kind.type),
    known("Event Mode", "text", "one of the type's modes", lambda deed: in_plover(deed).kind.mode),
    known("Intensity", "number", "PLOVER's score of type and mode, -10 to 10", lambda deed: in_plover(deed).kind.scale),
    known("Quad Code", "integer", "1 verbal, 2 material cooperation, 3 verbal, 4 material conflict", lambda deed: in_plover(deed).kind.quad),
    known("Contexts", "texts", "PLOVER's contexts; also `historical`, `future`, `negation`, `hypothetical`", lambda deed: list(in_plover(deed).contexts)),
    *_side("Actor", lambda deed: deed.sources, "who acts; of a symmetric event all parties"),
    *_side("Recipient", lambda deed: deed.targets, "who is acted upon"),
    known("Placename", "text", "where, as GeoNames or the registry spells it", _where("name")),
    known("City", "text", "the same, where it is a town that GeoNames knows", _city),
    unknown("District", "text", "never known: Sayso has towns and provinces only"),
    known("Province", "text", "GeoNames' code of the province, or of the state of the USA", _where("admin1")),
    known("Country", "text", "ISO 3166 alpha-3, `KOS` or `PRE`", _where("country")),
    known("Latitude", "number", "WGS 84; absent for a state as a whole", _where("latitude")),
    known("Longitude", "number", "the same", _where("longitude")),
    known("GeoNames ID", "integer", "of just this place", _where("geonames")),
    known("Raw Placename", "text", "the place as printed", _where("words")),
    unknown("Feature Type", "text", "never known: Sayso keeps no feature codes of GeoNames"),
    known("Source", "text", "publisher, as the page says", lambda deed: deed.context.article.publisher),
    known("Publication Date", "day", "of the article by its own dates, where that is one day",
          lambda deed: deed.context.published[0] if deed.context.published[0] == deed.context.published[1] else None),
    known("Story People", "texts", "persons whom the article names", _story("person")),
    known("Story Organizations", "texts", "organisations and groups that it names", _story("organisation", "group")),
    known("Story Locations", "texts", "states and places among its actors", _story("state", "place")),
    known("Language", "text", "ISO 639-1 code", lambda deed: deed.context.article.language),
    known("Version", "text", "versions of code and model", lambda deed: f"sayso {deed.context.reading.sayso}, {deed.context.reading.model}"),
)  # fmt: skip


def _rows(deed: Any) -> list[Any]:
    return [deed]


PARTS = (Part(name="events", takes=(Deed,), open=lambda out: TsvWriter(out, COLUMNS, _rows, absent="None"), columns=COLUMNS),)

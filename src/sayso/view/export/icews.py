"""ICEWS's 20 columns, a row for each pair of actors.

Takes   events.
Gives   a header and the rows; tab-separated, empty for what is not known.
Limits  an event with two sources and one target is two rows. The key is Event ID alone, which each row has its own of.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sayso.records import Actor
from sayso.view.export.codes import country_name
from sayso.view.export.columns import Column, Value, known, unknown
from sayso.view.export.context import Deed, Pair, number_of, pairs
from sayso.view.export.part import Part
from sayso.view.export.tsv import TsvWriter


def _where(name: str) -> Callable[[Pair], Value]:
    return lambda pair: getattr(pair.deed.event.where, name, None)


def _city(pair: Pair) -> Value:
    where = pair.deed.event.where
    return where.name if where and where.latitude is not None else None


def _country(pair: Pair) -> Value:
    where = pair.deed.event.where
    return country_name(where.country) if where else None


def _side(name: str, get: Callable[[Pair], Actor | None], who: str) -> tuple[Column, ...]:
    def of(value: Callable[[Actor], Value]) -> Callable[[Pair], Value]:
        return lambda pair: value(actor) if (actor := get(pair)) else None

    return (
        known(f"{name} Name", "text", f"{who}: the fullest name that the page uses, or the registry's", of(lambda a: a.name)),
        known(f"{name} Sectors", "text", "PLOVER's sector: ICEWS's own lists of sectors are another vocabulary", of(lambda a: a.sector)),
        known(f"{name} Country", "text", "name of the country, as GeoNames spells it", of(lambda a: country_name(a.country))),
    )


COLUMNS: tuple[Column, ...] = (
    known("Event ID", "integer", "a number made of the event's id and the pair, 53 bits of a hash", lambda pair: pair.number),
    known("Event Date", "day", "the day it happened, where it is known to the day", lambda pair: pair.deed.day),
    *_side("Source", lambda pair: pair.source, "who acts"),
    unknown("Event Text", "text", "never known: ICEWS's wording of CAMEO's codes is not part of Sayso; see CAMEO Code"),
    known("CAMEO Code", "text", "CAMEO's code: text, since `010` is not `10`", lambda pair: pair.deed.worth.cameo),
    known("Intensity", "number", "Goldstein's score of CAMEO's root, -10 to 10", lambda pair: pair.deed.worth.goldstein),
    *_side("Target", lambda pair: pair.target, "who is acted upon"),
    known("Story ID", "integer", "a number made of the article's id, 53 bits of a hash", lambda pair: number_of(pair.deed.context.article.id)),
    unknown("Sentence Number", "integer", "never known: Sayso keeps code points, not numbers of sentences"),
    known("Publisher", "text", "as the page says", lambda pair: pair.deed.context.article.publisher),
    known("City", "text", "where, if it is a town that GeoNames knows", _city),
    unknown("District", "text", "never known: Sayso has towns and provinces only"),
    known("Province", "text", "GeoNames' code of the province, or of the state of the USA", _where("admin1")),
    known("Country", "text", "name of the country, as GeoNames spells it", _country),
    known("Latitude", "number", "WGS 84; empty for a state as a whole", _where("latitude")),
    known("Longitude", "number", "the same", _where("longitude")),
)


def _rows(item: Any) -> list[Pair]:
    return list(pairs(item))


PARTS = (Part(name="events", takes=(Deed,), open=lambda out: TsvWriter(out, COLUMNS, _rows), columns=COLUMNS),)

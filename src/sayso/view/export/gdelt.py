"""GDELT 2.0: Events (61 columns) and Mentions (16), without a header, tab-separated.

Takes   events.
Gives   a row for each pair of actors; in Mentions one for each place where the article tells the event of that pair. GLOBALEVENTID joins them.
Limits  Sayso's events are those of one article: the counts of mentions, sources and articles are too. Codes of actors' countries are ISO 3166 alpha-3.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sayso.records import Actor, Place, Span
from sayso.view.export.codes import Chunks, chunks, country_name, division, fips
from sayso.view.export.columns import Column, Value, known, unknown
from sayso.view.export.context import Deed, Pair, pairs
from sayso.view.export.part import Part
from sayso.view.export.tsv import TsvWriter
from sayso.view.jsonl import json_line

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:\s]+)")
_NEVER = "never known"
_NO_TONE = "never known: Sayso measures no tone"


def _digits(time: str) -> int | None:
    """`2026-01-02T03:04:05Z` as GDELT writes it."""
    figures = "".join(c for c in time if c.isdigit())
    return int(figures) if len(figures) == 14 else None


def _common(deed: Deed, form: str) -> int | None:
    """The month or year of the event, where all of its days lie in one."""
    when = deed.event.when
    both = {f"{day:{form}}" for day in (when.earliest, when.latest) if day}
    return int(both.pop()) if len(both) == 1 and when.earliest and when.latest else None


def _fraction(day: date | None) -> float | None:
    """GDELT's: the month and day as a part of 365 days."""
    return round(day.year + (30 * (day.month - 1) + day.day) / 365, 4) if day else None


def _actor(name: str, get: Callable[[Pair], Actor | None]) -> tuple[Column, ...]:
    def of(value: Callable[[Actor], Value]) -> Callable[[Pair], Value]:
        return lambda pair: value(actor) if (actor := get(pair)) else None

    def part(value: Callable[[Chunks], Value]) -> Callable[[Pair], Value]:
        return of(lambda a: value(chunks(a.cameo, a.country)))

    return (
        known(f"{name}Code", "text", "CAMEO's code, whole", of(lambda a: a.cameo)),
        known(f"{name}Name", "text", "the fullest name that the page uses, or the registry's", of(lambda a: a.name)),
        known(f"{name}CountryCode", "text", "ISO 3166 alpha-3, `KOS` or `PRE`", of(lambda a: a.country)),
        known(f"{name}KnownGroupCode", "text", "the organisation's chunk of the code: `UNO` of `IGOUNO`", part(lambda c: c.group)),
        unknown(f"{name}EthnicCode", "text", f"{_NEVER}: Sayso codes no ethnic groups"),
        unknown(f"{name}Religion1Code", "text", f"{_NEVER}: Sayso codes no religions"),
        unknown(f"{name}Religion2Code", "text", f"{_NEVER}: the same"),
        known(f"{name}Type1Code", "text", "the first type in the code: `GOV` of `PRKGOV`", part(lambda c: c.type(0))),
        known(f"{name}Type2Code", "text", "the second", part(lambda c: c.type(1))),
        known(f"{name}Type3Code", "text", "the third", part(lambda c: c.type(2))),
    )


def _geo_type(place: Place) -> int | None:
    """1 a country, 2 a state of the USA, 3 a town there, 4 a town elsewhere: what the record proves, nothing else."""
    if place.latitude is not None:
        return 3 if place.country == "USA" else 4
    if place.geonames is not None:
        return 2 if place.country == "USA" else None
    return 1 if place.name == country_name(place.country) else None


def _action(name: str, kind: Any, holds: str, value: Callable[[Place], Value]) -> Column:
    def of(pair: Pair) -> Value:
        place = pair.deed.event.where
        return value(place) if place else None

    return known(f"ActionGeo_{name}", kind, holds, of)


_GEO: tuple[tuple[str, Any], ...] = (
    ("Type", "integer"), ("FullName", "text"), ("CountryCode", "text"), ("ADM1Code", "text"), ("ADM2Code", "text"), ("Lat", "number"), ("Long", "number"),
    ("FeatureID", "text"),
)  # fmt: skip


def _no_geo(name: str) -> tuple[Column, ...]:
    return tuple(unknown(f"{name}Geo_{part}", kind, f"{_NEVER}: Sayso places events, not actors") for part, kind in _GEO)


EVENTS: tuple[Column, ...] = (
    known("GLOBALEVENTID", "integer", "a number made of the event's id and the pair, 53 bits of a hash", lambda p: p.number),
    known("SQLDATE", "integer", "YYYYMMDD of the day it happened, where it is known to the day", lambda p: int(f"{p.deed.day:%Y%m%d}") if p.deed.day else None),
    known("MonthYear", "integer", "YYYYMM, where all days on which it may have happened lie in one month", lambda p: _common(p.deed, "%Y%m")),
    known("Year", "integer", "YYYY, where they lie in one year", lambda p: _common(p.deed, "%Y")),
    known("FractionDate", "number", "year and the part of it that is over, where it is known to the day", lambda p: _fraction(p.deed.day)),
    *_actor("Actor1", lambda p: p.source),
    *_actor("Actor2", lambda p: p.target),
    known("IsRootEvent", "integer", "1 where the title or the first paragraph tells it, else 0",
          lambda p: int(any(p.deed.context.in_lead(span) for span in (p.deed.event.trigger, *p.deed.event.mentions)))),
    known("EventCode", "text", "CAMEO's code: text, since `010` is not `10`", lambda p: p.deed.worth.cameo),
    known("EventBaseCode", "text", "its first three digits", lambda p: p.deed.worth.cameo[:3]),
    known("EventRootCode", "text", "its first two digits", lambda p: p.deed.worth.cameo[:2]),
    known("QuadClass", "integer", "1 to 4, as PLOVER counts: CAMEO's 081 to 083 are 1, where GDELT has 2", lambda p: p.deed.worth.quad),
    known("GoldsteinScale", "number", "of CAMEO's root, -10 to 10", lambda p: p.deed.worth.goldstein),
    known("NumMentions", "integer", "places in this one article that tell it", lambda p: 1 + len(p.deed.event.mentions)),
    known("NumSources", "integer", "1: an event is that of one article", lambda p: 1),
    known("NumArticles", "integer", "1: the same", lambda p: 1),
    unknown("AvgTone", "number", _NO_TONE),
    *_no_geo("Actor1"),
    *_no_geo("Actor2"),
    _action("Type", "integer", "1 country, 2 state of the USA, 3 town there, 4 town elsewhere; empty where the page does not settle it", _geo_type),
    _action("FullName", "text", "as GeoNames or the registry spells it, with its country",
            lambda w: ", ".join(dict.fromkeys(filter(None, (w.name, country_name(w.country)))))),
    _action("CountryCode", "text", "FIPS 10-4", lambda w: fips(w.country)),
    _action("ADM1Code", "text", "FIPS 10-4 of the province or state; empty where GeoNames' code is another", lambda w: division(w.country, w.admin1)),
    unknown("ActionGeo_ADM2Code", "text", f"{_NEVER}: Sayso has no districts"),
    _action("Lat", "number", "WGS 84; empty for a state as a whole", lambda w: w.latitude),
    _action("Long", "number", "the same", lambda w: w.longitude),
    unknown("ActionGeo_FeatureID", "text", f"{_NEVER}: Sayso has GeoNames' ids, which are not those of GNS and GNIS"),
    known("DATEADDED", "integer", "YYYYMMDDHHMMSS, when the page was captured, UTC", lambda p: _digits(p.deed.context.page.captured)),
    known("SOURCEURL", "text", "where the page was published; else its address", lambda p: p.deed.context.url or p.deed.context.page.address),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One place where an article tells the event of a pair."""

    pair: Pair
    at: Span

    def offset(self, actor: Actor | None) -> int | None:
        mention = self.pair.deed.context.nearest(actor, self.at)
        return mention.span.start if mention else None


def _source_name(row: Mentioned) -> str | None:
    context = row.pair.deed.context
    host = _HOST.match(context.url or "")
    return host[1].lower() if host else context.article.publisher


def _extras(row: Mentioned) -> str:
    event = row.pair.deed.event
    return json_line({"event": event.id, "standing": event.standing, "statement": event.statement})


MENTIONS: tuple[Column, ...] = (
    known("GLOBALEVENTID", "integer", "as in Events", lambda m: m.pair.number),
    known("EventTimeDate", "integer", "YYYYMMDDHHMMSS, when the page was captured, UTC", lambda m: _digits(m.pair.deed.context.page.captured)),
    known("MentionTimeDate", "integer", "the same: an event is that of one article", lambda m: _digits(m.pair.deed.context.page.captured)),
    known("MentionType", "integer", "1 for a page of the web; empty for a file, of which nobody said where it was published",
          lambda m: 1 if m.pair.deed.context.url else None),
    known("MentionSourceName", "text", "host of the URL; of a file the publisher that it names", _source_name),
    known("MentionIdentifier", "text", "URL; of a file its address", lambda m: m.pair.deed.context.url or m.pair.deed.context.page.address),
    unknown("SentenceID", "integer", f"{_NEVER}: Sayso keeps code points, not numbers of sentences"),
    known("Actor1CharOffset", "integer", "code point of the article's text where Actor1 is named, nearest to the trigger", lambda m: m.offset(m.pair.source)),
    known("Actor2CharOffset", "integer", "the same of Actor2", lambda m: m.offset(m.pair.target)),
    known("ActionCharOffset", "integer", "where the trigger stands", lambda m: m.at.start),
    known("InRawText", "integer", "1: every event is tied to words that stand in the article", lambda m: 1),
    known("Confidence", "integer", "per cent that type and actors are right", lambda m: round(100 * round(m.pair.deed.event.score, 3))),
    known("MentionDocLen", "integer", "code points of the article's text", lambda m: len(m.pair.deed.context.text)),
    unknown("MentionDocTone", "number", _NO_TONE),
    unknown("MentionDocTranslationInfo", "text", "always empty: Sayso translates nothing"),
    known("Extras", "text", "JSON: Sayso's ids of event and statement, and the standing", _extras),
)  # fmt: skip


def _pairs(item: Any) -> list[Pair]:
    return list(pairs(item))


def _mentions(item: Any) -> list[Mentioned]:
    deed: Deed = item
    return [Mentioned(pair, at) for pair in pairs(deed) for at in (deed.event.trigger, *deed.event.mentions)]


EVENT_PARTS = (Part(name="events", takes=(Deed,), open=lambda out: TsvWriter(out, EVENTS, _pairs, header=False), columns=EVENTS, header=False),)
MENTION_PARTS = (Part(name="mentions", takes=(Deed,), open=lambda out: TsvWriter(out, MENTIONS, _mentions, header=False), columns=MENTIONS, header=False),)

"""Datelines: `SEOUL, Oct. 1 (Yonhap) --`, taken off the head of a paragraph and kept as data.

Takes   a paragraph, and the rest of its story.
Gives   the dateline's words, place, agency and days, and the paragraph without it.
Needs   the standard library. Every expression looks at a bounded piece of the paragraph.
Limits  a capital place, a date, an agency or a dash must vouch for it; "Paris: ..." is believed only when the story speaks of Paris again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from sayso.clean.agencies import AGENCY
from sayso.clean.dates import MONTHS, WEEKDAY, Days, days_in
from sayso.records import Dateline

LONGEST = 160
_MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_NO_MONTH = f"(?!(?i:{_MONTH}|{WEEKDAY}))"
_CAPITAL = rf"{_NO_MONTH}(?:[A-Z]\.[A-Z]\.(?:[A-Z]\.)?|[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.\-]{{1,24}})"
_TITLED = rf"{_NO_MONTH}[A-ZÀ-ÖØ-Þ][\w'’.\-]{{1,24}}"
_SMALL = r"(?:de|la|el|al|of|the|and|au|am|du|del|es|sur|upon)"

CAPITALS = re.compile(rf"{_CAPITAL}(?:[ /\-]{_CAPITAL}){{0,4}}(?![a-z])(?:,\s{_TITLED}(?:\s{_TITLED}){{0,2}}){{0,2}}")
TITLED = re.compile(rf"{_TITLED}(?:[ \-](?:{_TITLED}|{_SMALL})){{0,4}}(?:,\s{_TITLED}(?:\s{_TITLED}){{0,2}}){{0,2}}")
DATE = re.compile(
    rf"[,.]?\s{{0,2}}(?:{WEEKDAY},?\s)?(?:{_MONTH}\s?\d{{1,2}}|\d{{1,2}}\s{_MONTH}|\d{{1,2}}[./]\d{{1,2}}[./](?=(?:19|20)\d\d))(?:,?\s?(?:19|20)\d\d)?(?!\d)",
    re.IGNORECASE,
)
WIRE = re.compile(rf"[,.]?\s{{0,2}}[(/\[]\s?(?P<wire>{AGENCY}(?:\s?[/,&-]\s?{AGENCY}){{0,2}})\s?[)/\]]")
ANY_WIRE = re.compile(r"[,.]?\s{0,2}[(/\[]\s?(?P<wire>[A-Z][\w.&'’-]{1,20}(?:\s[A-Z][\w.&'’-]{1,20}){0,3})\s?[)/\]]")
BARE_WIRE = re.compile(rf"(?P<wire>{AGENCY})(?=\s{{0,2}}(?:--+|[–—―]))")
DASH = re.compile(r"\s{0,2}(?:--+|[–—―])\s{0,2}|\s{1,2}[-:]\s{1,2}|(?P<colon>[:])\s{1,2}|(?P<stop>\.\s{0,2}[-–—]{0,2})\s{1,2}|(?P<space>\s{1,2})")
_NO_PLACES = """analysis opinion update updated exclusive breaking watch explainer video photos editorial question answer note summary comment review
    interview profile feature live factbox timeline correction background report reports news alert fact-check q a"""
NO_PLACES = frozenset(_NO_PLACES.split())


class Taken(NamedTuple):
    """A dateline taken off a paragraph, the days in it, and the paragraph that is left."""

    dateline: Dateline
    days: list[Days]
    rest: str


class _Parts(NamedTuple):
    """What a head was read as. shouted: the place stands in capitals. known: the agency is one we know. dash: what closes it."""

    place: str | None
    shouted: bool
    dated: bool
    wire: str | None
    known: bool
    dash: str
    end: int


def dateline_taken(paragraph: str, *, elsewhere: str = "") -> Taken | None:
    """Take the dateline off the head of a paragraph; None when it has none.

    elsewhere  the rest of the story, in which a place that nothing else vouches for must occur again.
    """
    head = paragraph[: LONGEST * 2]
    for place in (CAPITALS, TITLED, None):
        parts = _parts(head, place)
        if parts and parts.end <= LONGEST and _vouched(parts, elsewhere) and _opens_sentence(paragraph[parts.end :]):
            words = paragraph[: parts.end].rstrip()
            dateline = Dateline(words=words, place=parts.place, wire=parts.wire)
            return Taken(dateline, days_in(words), paragraph[parts.end :].lstrip())
    return None


def _parts(head: str, place: re.Pattern[str] | None) -> _Parts | None:
    """Read place, date, agency and dash in this order; any may be missing but the end."""
    stands = place.match(head) if place else None
    if place and not stands:
        return None
    at = stands.end() if stands else 0
    dated = DATE.match(head, at) if stands else None
    at = dated.end() if dated else at
    known = WIRE.match(head, at) or (None if stands else BARE_WIRE.match(head, at))
    wire = known or (ANY_WIRE.match(head, at) if stands else None)
    at = wire.end() if wire else at
    dash = DASH.match(head, at)
    if not dash:
        return None
    kind = "colon" if dash.group("colon") else "stop" if dash.group("stop") else "space" if dash.group("space") else "dash"
    name = stands.group().rstrip(" ,") if stands else None
    if name and name.count(".") == 1:
        name = name.rstrip(".")
    return _Parts(name, place is CAPITALS, dated is not None, wire.group("wire") if wire else None, known is not None, kind, dash.end())


def _vouched(parts: _Parts, elsewhere: str) -> bool:
    """Whether the parts together can only be a dateline."""
    place, dash = parts.place, parts.dash
    if parts.wire:
        if parts.known and (dash == "dash" or (place and (parts.dated or (parts.shouted and dash in ("stop", "space"))))):
            return True
        return bool(place) and (parts.shouted or parts.dated) and dash == "dash"
    if not place or dash in ("stop", "space"):
        return False
    if parts.dated and dash == "dash":
        return True
    if place.lower().rstrip(".") in NO_PLACES:
        return False
    if parts.shouted and len(place) > 3:
        return True
    return dash in ("dash", "colon") and bool(re.search(rf"\b{re.escape(place)}\b", elsewhere))


def _opens_sentence(rest: str) -> bool:
    """What follows a dateline is a sentence of its own, not the rest of one ("NASA -- the agency ..." is prose)."""
    return len(rest) > 20 and not rest[0].islower() and rest[0] not in ",.;)-–—"

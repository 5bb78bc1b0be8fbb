"""One small question, asked by command line, REST and site alike, and the rows that answer it.

Takes   words, names, codes, days.
Gives   `Query`; `Rows`, a page of the answer with the place where the next begins.
Limits  answers come newest first (or oldest), then by article, then in the order of reading; the order is total, and what is added later moves no row.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Generic, Literal, TypeVar, get_args

from sayso.errors import QueryError
from sayso.records import Force, Standing

Order = Literal["newest", "oldest"]
LIMIT_MOST = 1000  # rows of one answer: more are pages of answers
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find. Everything given has to hold.

    words      in the words said (statements), the paragraph around the trigger (events), the text (articles): all of them,
               `"a phrase"`, `begin*`, `-without`.
    speaker    who says it; of events: who does it. A name, `ac_…`, key of the registry, Wikidata id, country (`PRK`) or CAMEO code (`PRKGOV`).
    about      whom the words concern; of events: to whom it is done. As `speaker`.
    relay      through whom it came: occasion, carrier, wire. As `speaker`, or the words as printed.
    publisher  of the page, as printed; case does not count.
    type       of event, PLOVER's; of statements: that make such an event.
    standing   of event; of statements: that make an event of that standing.
    force      of statement; of events: of the statement that makes the claim or is the act.
    since      first day, until: last day. The interval of the statement or event has to touch them; what has no day is left out.
    country    ISO 3166 alpha-3 of the speaker; of events: of anybody in it, or of the place.
    order      newest or oldest first.
    limit      rows of one answer, 1 to 1000.
    after      `Rows.after` of the answer before.
    """

    words: str | None = None
    speaker: str | None = None
    about: str | None = None
    relay: str | None = None
    publisher: str | None = None
    type: str | None = None
    standing: str | None = None
    force: str | None = None
    since: date | None = None
    until: date | None = None
    country: str | None = None
    order: Order = "newest"
    limit: int = 50
    after: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= LIMIT_MOST:
            raise QueryError(f"limit is {self.limit}; it can be 1 to {LIMIT_MOST}. Ask again with `after` for more.")
        if self.since and self.until and self.since > self.until:
            raise QueryError(f"since {self.since} is later than until {self.until}. Turn them round.")
        for name, known in (("standing", get_args(Standing)), ("force", get_args(Force)), ("order", get_args(Order))):
            if (value := getattr(self, name)) is not None and value not in known:
                raise QueryError(f"{name} {value!r} is none of {', '.join(known)}.")
        for name in ("words", "speaker", "about", "relay", "publisher", "type", "country"):
            if (value := getattr(self, name)) is not None and not value.strip():
                raise QueryError(f"{name} is empty. Leave it out, or say what to look for.")
        if self.after is not None:
            key_of(self.after)

    def to_dict(self) -> dict[str, Any]:
        """What was asked, without what was left out."""
        own = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "order" or self.order != "newest"}
        return {name: v.isoformat() if isinstance(v, date) else v for name, v in own.items() if v is not None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Generic[Row]):
    """One page of an answer; `after` is None when there is nothing more."""

    rows: tuple[Row, ...]
    after: str | None


def cursor_of(key: int) -> str:
    return base64.urlsafe_b64encode(key.to_bytes(8, "big")).decode().rstrip("=")


def key_of(cursor: str) -> int:
    """Raises `QueryError` for what no answer gave."""
    try:
        key = base64.b64decode(f"{cursor}=".encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 8 or key[0] > 127:
        raise QueryError(f"after {cursor[:40]!r} is no place in an answer. Give what `after` of the answer before said.")
    return int.from_bytes(key, "big")

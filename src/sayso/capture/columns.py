"""The columns of a table -> which of them is the text, the address, the date.

Takes   names of columns, and the user's own mapping.
Gives   a `Mapping` that turns one row into a `Page`. Raises `CaptureError` when a column that is needed is not there.
Needs   the standard library.
Limits  a column is found by its name alone, whatever the case; a table with other names wants `settings.columns`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sayso.capture.page import page_of, skipped
from sayso.config import Columns, Settings
from sayso.errors import CaptureError
from sayso.records import Given, Page, Skipped

USUAL: dict[str, tuple[str, ...]] = {
    "html": ("html", "raw_html", "page_html", "content_html", "body_html", "article_html", "source_html"),
    "text": (
        "text", "body", "content", "article", "article_text", "full_text", "fulltext", "maintext", "main_text", "plain_text", "article_body", "articlebody",
        "content_text", "raw_text", "story",
    ),
    "url": ("url", "link", "uri", "source_url", "article_url", "page_url", "canonical_url", "target_uri", "web_url", "address"),
    "published": (
        "published", "published_at", "publishedat", "date_published", "publication_date", "publish_date", "date_publish", "pub_date", "pubdate", "date",
        "published_date", "publish_time", "published_time", "datetime", "timestamp",
    ),
    "title": ("title", "headline", "heading", "article_title"),
    "publisher": ("publisher", "publication", "outlet", "site_name", "newspaper", "source_name", "source", "site", "media", "source_domain", "domain"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Columned:
    """The column of each thing; None when the table has none for it."""

    text: str | None
    html: str | None
    url: str | None
    published: str | None
    title: str | None
    publisher: str | None

    def wanted(self) -> list[str]:
        """Names of the columns that are read, each once."""
        every = (self.text, self.html, self.url, self.published, self.title, self.publisher)
        return list(dict.fromkeys(name for name in every if name is not None))

    def page(self, row: Mapping[str, Any], address: str, settings: Settings, captured: str) -> Page | Skipped:
        """Turn a row into its page: HTML where there is some, since it knows more of itself than text does."""
        body: Any = None
        column = ""
        for name in (self.html, self.text):
            if name is not None and body in (None, "", b""):
                body, column = row.get(name), name
        if body in (None, "", b""):
            return skipped(address, "empty", f"The row has nothing in {column!r}; text or HTML was wanted. Check the table, or name another column.")
        if not isinstance(body, str | bytes):
            return skipped(address, "not a page", f"{column!r} holds a {type(body).__name__}; text or HTML was wanted. Name another column in columns.")
        told = Given(title=_words(row, self.title), publisher=_words(row, self.publisher), published=_when(row, self.published))
        return page_of(
            address,
            body.encode("utf-8", "replace") if isinstance(body, str) else body,
            settings,
            captured,
            name="row",
            charset="utf-8" if isinstance(body, str) else None,
            url=_words(row, self.url),
            given=None if told == Given() else told,
        )


def columned(names: Sequence[str], columns: Columns, address: str) -> Columned:
    """Find the columns. Raises `CaptureError` when one that the user names is not there, or when there is neither text nor HTML."""
    folded = {name.strip().casefold().replace(" ", "_").replace("-", "_"): name for name in reversed(names)}
    there = ", ".join(repr(name) for name in names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")
    found: dict[str, str | None] = {}
    for role, usual in USUAL.items():
        asked = getattr(columns, role)
        if asked is not None and asked not in names:
            raise CaptureError(f"{address} has no column {asked!r} for {role}; its columns are {there or 'none'}. Correct columns in the settings.")
        found[role] = asked if asked is not None else next((folded[name] for name in usual if name in folded), None)
    if columns.text is not None and columns.html is None:
        found["html"] = None  # whoever names the text wants the text
    if found["text"] is None and found["html"] is None:
        wanted = f"A column of text or HTML was wanted (one of {', '.join(USUAL['text'][:4])}, ..., html)"
        raise CaptureError(f"{address} has no column that we know to hold pages; its columns are {there or 'none'}. {wanted}; name it in columns.")
    return Columned(**found)


def _words(row: Mapping[str, Any], column: str | None) -> str | None:
    value = row.get(column) if column is not None else None
    if isinstance(value, Mapping):
        value = value.get("name")  # a publisher as schema.org writes it
    if value is None or isinstance(value, list | dict | bytes | bool) or (isinstance(value, float) and math.isnan(value)):
        return None
    return " ".join(str(value)[:4000].split()) or None


def _when(row: Mapping[str, Any], column: str | None) -> str | None:
    """The date in its own words; numbers are seconds or milliseconds since 1970, or a day as 20240131."""
    value = row.get(column) if column is not None else None
    if isinstance(value, date):  # datetime is one
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        if 19_000_101 <= value <= 21_001_231:
            return str(int(value))
        try:
            return datetime.fromtimestamp(value / 1000 if abs(value) > 1e11 else value, UTC).isoformat()
        except (OverflowError, OSError, ValueError):
            return None
    return _words(row, column)

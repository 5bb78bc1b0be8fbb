"""JSON lines -> readings: what `sayso read --json` wrote, read back.

Takes   open files of bytes, or paths; `-` is standard input.
Gives   `Reading`s, one at a time; a line of a source that led to no page has none and is passed over.
Limits  the page's bytes are not in the JSON: such a page knows its hash alone. A line that is no reading ends it with `ExportError`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from sayso.errors import CorrectionError, ExportError
from sayso.records import Actor, Article, DateFact, Dateline, Furniture, Given, Mention, Page, Reading, Skipped, Span
from sayso.store.fields import event_from, statement_from

_BARE = ("id", "name", "kind", "country", "sector", "cameo", "office", "wikidata", "registry", "basis", "speaks_for", "count")


@dataclass(frozen=True, slots=True, kw_only=True)
class HashedPage(Page):
    """A page whose bytes are elsewhere."""

    digest: str

    @property
    def sha256(self) -> str:
        return self.digest


def readings_in(files: Iterable[str | Path]) -> Iterator[Reading]:
    """Raises `ExportError` for a file that is not there and for a line that is no reading."""
    for file in files:
        if str(file) == "-":
            yield from readings_of(sys.stdin.buffer, "standard input")
            continue
        try:
            with Path(file).open("rb") as opened:
                yield from readings_of(opened, str(file))
        except OSError as error:
            raise ExportError(f"{file}: {error.strerror}. Give a file of JSON lines that `sayso read --json` wrote.") from error


def readings_of(lines: BinaryIO | Iterable[bytes], name: str) -> Iterator[Reading]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            where = f"{name} line {number}"
            record = _shaped(where, lambda line=line: json.loads(line))  # type: ignore[misc]
            if isinstance(record, dict) and set(record) == {"skipped"}:
                continue
            yield _shaped(where, lambda record=record: reading_from(record))  # type: ignore[misc]


def _shaped(where: str, made: Callable[[], Any]) -> Any:
    try:
        return made()
    except KeyError as error:
        met = f"the field {error} is missing"
    except (CorrectionError, TypeError, ValueError, AttributeError, IndexError) as error:
        met = str(error)
    raise ExportError(f"{where} is no reading of this version: {met}. Wanted: a line that `sayso read --json` wrote.")


def reading_from(record: Mapping[str, Any]) -> Reading:
    """The reading that gave this JSON, all but the bytes of its page."""
    article = _article(record["article"], record["page"]["id"]) if record["article"] else None
    text = article.text if article else ""
    return Reading(
        sayso=_text(record["sayso"]), model=_text(record["model"]), registry=_text(record["registry"]), page=_page(record["page"]), article=article,
        actors=tuple(map(_actor, record["actors"])), statements=tuple(statement_from(s, text) for s in record["statements"]),
        events=tuple(event_from(e, text) for e in record["events"]), skipped=tuple(Skipped(**s) for s in record["skipped"]),
    )  # fmt: skip


def _page(record: Mapping[str, Any]) -> Page:
    given = record["given"]
    return HashedPage(
        address=_text(record["address"]), body=b"", media_type=_text(record["media_type"]), captured=_text(record["captured"]), url=record["url"],
        given=Given(**given) if given else None, digest=_text(record["sha256"]),
    )  # fmt: skip


def _article(record: Mapping[str, Any], page: str) -> Article:
    line = record["dateline"]
    return Article(
        page=page, title=record["title"], text=_text(record["text"]), language=_text(record["language"]), sections=tuple(record["sections"]),
        byline=record["byline"], publisher=record["publisher"], dateline=Dateline(**line) if line else None, wires=tuple(record["wires"]),
        credits=tuple(record["credits"]), dates=tuple(map(_date, record["dates"])), furniture=tuple(Furniture(**f) for f in record["furniture"]),
    )  # fmt: skip


def _date(record: Mapping[str, Any]) -> DateFact:
    days = {end: date.fromisoformat(record[end]) for end in ("earliest", "latest")}
    return DateFact(kind=record["kind"], basis=record["basis"], words=record["words"], **days)


def _actor(record: Mapping[str, Any]) -> Actor:
    mentions = tuple(Mention(Span(*m["span"]), m["basis"]) for m in record["mentions"])
    return Actor(**{name: record[name] for name in _BARE}, mentions=mentions)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value

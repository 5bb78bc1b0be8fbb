"""Rows of an answer -> a table for a person, JSON lines or CSV for a program; and what to say of an empty answer.

Takes   rows of the store, one at a time, and a stream.
Gives   text; `why_empty`, lines that help to ask again.
Needs   rich for the table.
Limits  a table holds its rows until it is closed, since its columns are as wide as they need; the others hold none.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sayso.records import When
from sayso.store import ArticleRow, EventRow, Query, StatementRow, Store
from sayso.view.jsonl import escaped
from sayso.view.lines import one_line

AnyRow = StatementRow | EventRow | ArticleRow
PIPE_WIDTH = 132
SHORT_ID = 11
FORMULA = ("=", "+", "-", "@", "\t", "\r")
ASKED = {
    "words": "the words", "speaker": "--by", "about": "--about", "relay": "--through", "publisher": "--publisher", "type": "--type",
    "standing": "--standing", "force": "--force", "since": "--from", "until": "--to", "country": "--country",
}  # fmt: skip
COLUMNS = {
    "statements": ("id", "earliest", "latest", "speaker", "country", "cameo", "cue", "force", "form", "words", "about", "through", "score", "review"),
    "events": ("id", "earliest", "latest", "type", "mode", "standing", "past", "source", "target", "trigger", "passage", "statement", "score", "review"),
    "articles": ("id", "earliest", "latest", "byline", "language"),
}
OF_ARTICLE = ("title", "publisher", "address", "article")


class JsonRows:
    def __init__(self, out: TextIO, kind: str) -> None:
        self.out = out

    def add(self, row: AnyRow) -> None:
        self.out.write(escaped(json.dumps(row.to_dict(), ensure_ascii=False)) + "\n")

    def close(self) -> None:
        """Every row has left already."""


class CsvRows:
    """A heading, then a line for each row; an empty answer is the heading alone."""

    def __init__(self, out: TextIO, kind: str) -> None:
        self.kind, self.writer = kind, csv.writer(out, lineterminator="\n")
        self.writer.writerow([*COLUMNS[kind], *OF_ARTICLE])

    def add(self, row: AnyRow) -> None:
        article = row if isinstance(row, ArticleRow) else row.article
        of = {"title": article.title, "publisher": article.publisher, "address": article.address, "article": article.id}
        values = flat(row) | of
        self.writer.writerow([_cell(values[name]) for name in (*COLUMNS[self.kind], *OF_ARTICLE)])

    def close(self) -> None:
        """Every row has left already."""


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.3f}"
    words = str(value)
    return f"'{words}" if words.startswith(FORMULA) and not isinstance(value, int | date) else words


def flat(row: AnyRow) -> dict[str, Any]:
    """The row as plain values by column."""
    if isinstance(row, ArticleRow):
        return {name: getattr(row, name) for name in COLUMNS["articles"]}
    names = {actor.id: actor for actor in row.actors}

    def named(ids: Sequence[str]) -> str:
        return "; ".join((names[id_].name or id_) if id_ in names else id_ for id_ in ids)

    if isinstance(row, EventRow):
        e = row.event
        return {
            "id": e.id, "earliest": e.when.earliest, "latest": e.when.latest, "type": e.type, "mode": e.mode, "standing": e.standing,
            "past": str(e.past).lower(), "source": named(e.source), "target": named(e.target), "trigger": row.trigger, "passage": row.passage,
            "statement": e.statement, "score": e.score, "review": row.review,
        }  # fmt: skip
    s = row.statement
    known = names.get(s.who.actor or "") if s.who else None
    return {
        "id": s.id, "earliest": s.when.earliest, "latest": s.when.latest,
        "speaker": known.name if known else s.who.words if s.who else None, "country": known.country if known else None,
        "cameo": known.cameo if known else None, "cue": s.cue.words if s.cue else None, "force": s.force, "form": s.form,
        "words": " … ".join(row.said), "about": named(s.about), "through": " → ".join(r.words for r in s.through), "score": s.score,
        "review": row.review,
    }  # fmt: skip


class TableRows:
    """One table; as wide as the terminal, or as `PIPE_WIDTH` in a pipe."""

    def __init__(self, out: TextIO, kind: str) -> None:
        self.kind, self.out = kind, out
        terminal = Console(file=out).is_terminal
        self.console = Console(file=out, highlight=False, width=None if terminal else PIPE_WIDTH, no_color=None if terminal else True)
        self.table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False, header_style="bold")
        for name, width, style in SHAPES[kind]:
            self.table.add_column(name, overflow="fold", no_wrap=width == 0, ratio=width or None, style=style)

    def add(self, row: AnyRow) -> None:
        cells = DRAWN[self.kind](row)
        self.table.add_row(*(Text(one_line(cell)) for cell in cells))

    def close(self) -> None:
        if self.table.row_count:
            with self.console.capture() as drawn:
                self.console.print(self.table)
            self.out.write("".join(f"{line.rstrip()}\n" for line in drawn.get().strip("\n").split("\n")))


SHAPES: dict[str, tuple[tuple[str, int, str], ...]] = {
    "statements": (("said", 0, ""), ("who", 3, "bold"), ("how", 0, "dim"), ("words", 8, ""), ("about", 2, ""), ("page", 3, "dim"), ("id", 0, "dim")),
    "events": (("when", 0, ""), ("type", 0, "bold"), ("standing", 0, ""), ("who", 3, ""), ("to whom", 3, ""), ("told", 7, ""), ("id", 0, "dim")),
    "articles": (("published", 0, ""), ("title", 6, "bold"), ("publisher", 2, ""), ("address", 4, "dim")),
}


def _statement(row: Any) -> list[str]:
    values = flat(row)
    who = f"{values['speaker'] or 'nobody named'}{' · ' + values['country'] if values['country'] else ''}"
    words = values["words"] + (f" ({row.review})" if row.review else "")
    return [days(row.statement.when), who, values["force"], words, values["about"], _page(row.article), row.statement.id[:SHORT_ID]]


def _event(row: Any) -> list[str]:
    values = flat(row)
    kind = row.event.type + (f" {row.event.mode}" if row.event.mode else "")
    standing = row.event.standing + (" past" if row.event.past else "")
    told = row.passage if len(row.passage) < 160 else _around(row)
    return [days(row.event.when), kind, standing, values["source"], values["target"], told, row.event.id[:SHORT_ID]]


def _around(row: EventRow) -> str:
    at = max(row.passage.find(row.trigger), 0)
    start, end = max(at - 60, 0), min(at + 90, len(row.passage))
    return f"{'…' * (start > 0)}{row.passage[start:end].strip()}{'…' * (end < len(row.passage))}"


def _article(row: Any) -> list[str]:
    when = When(earliest=row.earliest, latest=row.latest)
    return [days(when), row.title or "", row.publisher or "", row.address]


DRAWN: dict[str, Callable[[Any], list[str]]] = {"statements": _statement, "events": _event, "articles": _article}


def _page(article: ArticleRow) -> str:
    return article.publisher or article.title or article.address


def days(when: When) -> str:
    """`2026-01-02`, `2026-01-02 to 05`, `until 2026-01-02`."""
    first, last = when.earliest, when.latest
    if first == last:
        return str(first) if first else ""
    if first is None or last is None:
        return f"until {last}" if last else f"from {first}"
    short = last.strftime("%d") if (first.year, first.month) == (last.year, last.month) else last.strftime("%m-%d") if first.year == last.year else str(last)
    return f"{first} to {short}"


def _without(query: Query, name: str) -> Query:
    change: dict[str, Any] = {name: None, "limit": 1}
    return replace(query, **change)


def why_empty(store: Store, ask: Any, query: Query, kind: str) -> list[str]:
    """What of the question has no answer, and what is near it."""
    asked = [name for name in ASKED if getattr(query, name) is not None]
    if query.after is not None:
        return [f"no more {kind}"]
    if not asked:
        return [f"the store holds no {kind} yet; sayso add SOURCES fills it"]
    empty = store.without_answer(ask, query)
    lines = [f"no {kind} found"]
    for name, near in empty.items():
        hint = f"; the store has: {', '.join(one_line(one) for one in near)}" if near else ""
        lines.append(f"  nothing alone has {ASKED[name]} {getattr(query, name)!s}{hint}")
    if not empty and len(asked) > 1:
        lines.append("  each part alone has answers, together they have none")
        lines += [f"  without {ASKED[name]} {getattr(query, name)!s} there are some" for name in asked if ask(_without(query, name)).rows]
    return lines

"""The data dictionary: every column of every format, as Markdown: `python -m sayso.view.export.dictionary > docs/columns.md`.

Takes   the formats' own columns.
Gives   the text of docs/columns.md, which a test holds to this.
Needs   nothing else: what a column holds is written where it is made.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sayso.view.export.formats import Format, every_format
from sayso.view.export.part import Part

_HEAD = """\
# Columns of the exports

Made by `python -m sayso.view.export.dictionary` from the code that writes them.

A value is never invented. A column that Sayso cannot fill stays empty and says so here (*empty* in the second column); one that it can fill is empty
where the page does not say it. A day stands in a column for one day only where it is known to the day: the interval is in `csv`, `parquet`, `jsonl` and
under PLOVER's `sayso`. Codes and scales of events come from the ontology (`src/sayso/relate/events/ontology.toml`), so that a type that a person
corrected has those of its new type.

**Claims.** PLOVER, POLECAT, ICEWS and GDELT have no place where every reader would see who claims an event. They get events that are `reported`, in
the page's own voice; `--claims` adds the others, which then stand there like facts.

**Text.** All files are UTF-8. CSV follows RFC 4180, lists are JSON arrays. Tab-separated files have no quoting and no escapes: white space within a
value becomes one space, and in a value that begins with `"` such marks become apostrophes, so that readers with and without quoting agree. A value with
a lone surrogate, or with NUL in a table, is refused: its row is left out and named on standard error.

**Spreadsheets.** Cells are what the page says, also where they begin with `=`, `+`, `-` or `@`, which a spreadsheet takes for a formula: an apostrophe
before them would make them something else for every other program. Do not open a CSV of pages from strangers by a double click; import it with every
column set to text, or read the Parquet.
"""

_JSONL = "The record that `sayso read --json` writes; the README's table names its fields.\n"


def _table(part: Part) -> Iterator[str]:
    yield "| column | type | holds |"
    yield "| --- | --- | --- |"
    for column in part.columns:
        yield f"| `{column.name}` | {column.kind if column.of else '*empty*'} | {column.holds} |"


def _section(wanted: Format) -> Iterator[str]:
    yield f"\n## {wanted.name}\n"
    yield f"{wanted.about[0].upper()}{wanted.about[1:]}.\n"
    for part in wanted.parts:
        if not part.columns:
            yield _JSONL.rstrip("\n")
            continue
        if len(wanted.parts) > 1:
            yield f"### {wanted.name}: {part.name}\n"
        yield from _table(part)
        if part is not wanted.parts[-1]:
            yield ""


def text() -> str:
    lines = [_HEAD.rstrip("\n")]
    for wanted in every_format():
        if wanted.name == "parquet":  # the columns of csv
            lines += ["\n## parquet\n", "The two tables of csv, typed: lists are lists, days are `date32`. What a column holds is in its field's metadata."]
        else:
            lines += _section(wanted)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())

"""Export: readings -> files that others' programs read.

    lines, store ── stream.py ──┬─ jsonl  annotations  plover
                                ├─ csv  parquet            columns in rows.py
                                └─ polecat  icews  gdelt-events  gdelt-mentions

Takes   a store and a `Query`, or readings, or their JSON lines.
Gives   `export` (run.py); `FORMATS`, the names of the formats with what each is.
Limits  this file imports nothing, so that the command line can name the formats at once.
"""

FORMATS = {
    "jsonl": "Sayso's own record, one reading a line",
    "csv": "two tables, statements and events",
    "parquet": "the same two tables, typed",
    "plover": "PLOVER's JSON lines, one event a line, Sayso's part under `sayso`",
    "polecat": "POLECAT's 40 columns, one event a row",
    "icews": "ICEWS's 20 columns, a row for each pair of actors",
    "gdelt-events": "GDELT 2.0 Events, 61 columns without a header, a row for each pair of actors",
    "gdelt-mentions": "GDELT 2.0 Mentions, 16 columns without a header, a row for each place where an event is told",
    "annotations": "W3C Web Annotation (JSON-LD), an annotation for each statement and event",
}

"""A reading -> one JSON object, on one line for programs or indented for a person.

Takes   a `Reading`, or a `Skipped` for what could not even be captured.
Gives   text that is the same for the same record: keys in the order of the README's table, UTF-8, no trailing blanks.
Needs   the standard library.
Limits  a source that led to no page has no record to fill: it gives `{"skipped": [...]}` and nothing else.
"""

from __future__ import annotations

import json
import re
from typing import Any

from sayso.records import Reading, Skipped

# Valid JSON as they stand, but they end lines, move cursors, reorder what is read, or cannot be encoded: written as \uXXXX instead.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def json_text(result: Reading | Skipped, *, indent: int | None = None) -> str:
    """Give the record as JSON, without a line break at its end."""
    record = result.to_dict() if isinstance(result, Reading) else {"skipped": [result.to_dict()]}
    return json_line(record, indent=indent)


def json_line(record: Any, *, indent: int | None = None) -> str:
    """Give any record as JSON that shows itself as one line everywhere."""
    return escaped(json.dumps(record, ensure_ascii=False, indent=indent, allow_nan=False))


def escaped(text: str) -> str:
    """Give JSON with everything escaped that does not show itself."""
    return _ESCAPED.sub(lambda met: f"\\u{ord(met[0]):04x}", text)

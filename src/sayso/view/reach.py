"""A store that has to be there: who only asks makes none.

Takes   a path or URL, and by whose word it is the one.
Gives   the open store. Raises `StoreError`, with what to do, where there is none.
"""

from __future__ import annotations

from pathlib import Path

from sayso.errors import StoreError
from sayso.store import Store, open_store


def existing_store(url: str, by: str) -> Store:
    scheme, colon, rest = url.partition("://")
    file = (rest.removeprefix("/") if colon else url) if not colon or scheme.startswith("sqlite") else None
    if file is not None and not Path(file).exists():
        raise StoreError(f"{url} ({by}) is not there. Name a store with --store, or make one: sayso add SOURCES --store {url}")
    return open_store(url)

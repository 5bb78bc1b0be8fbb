"""A TOML file of sources and saved searches -> what to watch.

Takes   a path.
Gives   `WatchFile`. Raises `ConfigError`, with the table and key, for whatever means nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sayso.errors import ConfigError, QueryError
from sayso.pipeline_watch import LEAST_S, Search, Source
from sayso.store import Query

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
DEFAULT_EVERY_S = 900.0
QUERY = {"words": "words", "by": "speaker", "about": "about", "through": "relay", "publisher": "publisher", "type": "type", "standing": "standing",
         "force": "force", "country": "country", "from": "since", "to": "until"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFile:
    store: str | None
    sources: tuple[Source, ...]
    searches: tuple[Search, ...]


def watch_file(path: Path, *, least_s: float = LEAST_S) -> WatchFile:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read ({error}). Wanted: a TOML file with [[source]] tables that have an address.") from error
    _check(path, "the top", given, {"store", "every", "source", "search"})
    every = _seconds(path, "every", given.get("every", DEFAULT_EVERY_S), least_s)
    sources = tuple(_source(path, at, one, every, least_s) for at, one in enumerate(_tables(path, given, "source"), 1))
    if not sources:
        raise ConfigError(f"{path} names nothing to watch. Write a table [[source]] with address = \"https://…\" for each feed, sitemap or page.")
    twice = {s.address for s in sources if sum(s.address == other.address for other in sources) > 1}
    if twice:
        raise ConfigError(f"{path} names {min(twice)} twice. Leave one out.")
    searches = tuple(_search(path, at, one) for at, one in enumerate(_tables(path, given, "search"), 1))
    return WatchFile(store=_text(path, "store", given.get("store")), sources=sources, searches=searches)


def _tables(path: Path, given: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = given.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ConfigError(f"{path}: {name} has to be tables, written [[{name}]].")
    return found


def _check(path: Path, where: str, given: dict[str, Any], known: set[str]) -> None:
    if strange := sorted(set(given) - known):
        raise ConfigError(f"{path}: {where} has {strange[0]!r}, which means nothing there. Known are {', '.join(sorted(known))}.")


def _source(path: Path, at: int, one: dict[str, Any], every: float, least_s: float) -> Source:
    where = f"source {at}"
    _check(path, where, one, {"address", "every"})
    address = _text(path, f"{where}: address", one.get("address")) or ""
    if not address.startswith(("http://", "https://")):
        raise ConfigError(f"{path}: {where} has the address {address!r}. An http or https address of a feed, a sitemap or a page was wanted.")
    return Source(address=address, every_s=_seconds(path, f"{where}: every", one.get("every", every), least_s))


def _search(path: Path, at: int, one: dict[str, Any]) -> Search:
    where = f"search {at}"
    _check(path, where, one, {"name", "webhook", *QUERY})
    asked: dict[str, Any] = {QUERY[name]: value for name, value in one.items() if name in QUERY}
    if not asked:
        raise ConfigError(f"{path}: {where} asks for nothing. Give one or more of {', '.join(QUERY)}.")
    for name, value in asked.items():
        if not isinstance(value, date if name in {"since", "until"} else str):
            raise ConfigError(f"{path}: {where} has {name} = {value!r}. Words in quotation marks were wanted, or a day (2026-01-31) without.")
    try:
        query = Query(**asked)
    except QueryError as error:
        raise ConfigError(f"{path}: {where}: {error}") from error
    webhook = _text(path, f"{where}: webhook", one.get("webhook"))
    if webhook is not None and not webhook.startswith(("http://", "https://")):
        raise ConfigError(f"{path}: {where} has the webhook {webhook!r}. An http or https address was wanted.")
    return Search(name=_text(path, f"{where}: name", one.get("name")) or where, query=query, webhook=webhook)


def _text(path: Path, where: str, value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ConfigError(f"{path}: {where} is {value!r}. Words in quotation marks were wanted.")
    return value


def _seconds(path: Path, where: str, value: Any, least_s: float) -> float:
    """`90`, `"90s"`, `"15m"`, `"2h"`, `"1d"`; no less than `least_s`."""
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smhd])", value) if isinstance(value, str) else None
    seconds = float(found[1]) * UNITS[found[2]] if found else float(value) if isinstance(value, int | float) and not isinstance(value, bool) else -1.0
    if seconds < least_s:
        raise ConfigError(f"{path}: {where} is {value!r}. An interval was wanted, at least {least_s:g} s: \"15m\", \"2h\", \"1d\".")
    return seconds

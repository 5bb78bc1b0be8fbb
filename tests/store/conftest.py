"""A store of each kind, new for each test; PostgreSQL is started here where it is installed."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from server import NoServer, new_place, running

from sayso.store import Store, open_store

KINDS = ("sqlite", "postgresql")
NUMBERS = itertools.count()


class Clock:
    """A time that a test sets."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> str:
        self.seconds += 1
        return f"2026-01-02T{self.seconds // 3600:02}:{self.seconds // 60 % 60:02}:{self.seconds % 60:02}Z"


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server of the suite's own; its URL."""
    try:
        with running() as url:
            yield url
    except NoServer as error:
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def new_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Make the URL of a new and empty place."""

    folder = tmp_path_factory.mktemp("stores")

    def made(kind: str) -> str:
        name = f"news{next(NUMBERS)}"
        if kind == "sqlite":
            return f"sqlite:///{folder}/{name}.db"
        return new_place(request.getfixturevalue("server"))

    return made


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, new_url: Callable[[str], str]) -> str:
    return new_url(request.param)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with open_store(url, now=Clock()) as opened:
        yield opened

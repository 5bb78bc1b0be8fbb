"""Lets the tests of this folder import what they share, and lends them a server."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from loopback import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running

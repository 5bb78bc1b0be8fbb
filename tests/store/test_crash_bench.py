"""The bench that kills, fills the disk and cuts connections, in short."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CRASH = Path(__file__).parents[2] / "bench" / "crash.py"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_additions_end_as_undisturbed_ones(kind: str, request: pytest.FixtureRequest) -> None:
    if kind == "postgresql":
        request.getfixturevalue("server")  # skips where there is none
    command = [sys.executable, str(CRASH), "--kills", "3", "--pages", "60", "--on", kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"kills": 3, "pages": 60, "wrong": {kind: 0}}

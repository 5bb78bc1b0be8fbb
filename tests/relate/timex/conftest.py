"""Lets the tests of this folder import how they read, and the bench."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[3] / "bench")]

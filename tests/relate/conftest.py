"""Lets the tests of this folder import what draws stories, here and in bench/ and train/."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "bench"), str(ROOT / "train")]

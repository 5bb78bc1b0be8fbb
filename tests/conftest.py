"""Profiles of drawn tests, and what tests may use: what bench/ holds.

Machines differ, so no example has a deadline. The same examples are drawn every time, so that what passed passes; `pytest --hypothesis-profile search`
draws new ones, twenty times as many, and is what finds.
"""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))  # readings varied by a script

settings.register_profile("sayso", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("sayso")

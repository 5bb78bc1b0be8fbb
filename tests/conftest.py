"""One profile for all drawn tests: machines differ, so no example has a deadline. Tests may use what bench/ holds."""

import sys
from pathlib import Path

from hypothesis import settings

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))  # readings varied by a script

settings.register_profile("sayso", deadline=None)
settings.load_profile("sayso")

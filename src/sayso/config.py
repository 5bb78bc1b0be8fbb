"""Every setting once: name, unit, default, reason.

Takes   keyword arguments from Python or options of the command line.
Gives   one frozen `Settings`, passed down to the stages; nothing reads the environment behind their back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a reading is made.

    max_bytes     bytes of one page, 10 MB: the largest news pages are a tenth of that; what is larger is a dump or an attack.
    max_chars     code points of clean text that are read, 100,000: above the longest articles of magazines, and still read in seconds.
    max_depth     nesting of HTML elements, 400: real pages stay under 60, and parsers fail beyond a thousand.
    threads       processor threads of the model, 0 for all the machine has; the marks do not depend on it.
    registry      files of your own, .toml or .csv, read on top of the registry that comes with Sayso; none by default.
    """

    max_bytes: int = 10_000_000
    max_chars: int = 100_000
    max_depth: int = 400
    threads: int = 0
    registry: tuple[Path, ...] = ()


DEFAULT = Settings()

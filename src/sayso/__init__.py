"""Sayso: on whose say-so? Reads news and keeps who said what, through whom, tied to the characters that license it.

    import sayso
    reading = sayso.read("page.html")
    for statement in reading.statements: ...
"""

from typing import TYPE_CHECKING

from sayso.config import Settings
from sayso.errors import SaysoError
from sayso.records import Page, Reading, Skipped, Statement
from sayso.version import __version__

if TYPE_CHECKING:
    from sayso.pipeline import Reader, read, read_many

__all__ = ["Page", "Reader", "Reading", "SaysoError", "Settings", "Skipped", "Statement", "__version__", "read", "read_many"]


def __getattr__(name: str) -> object:
    # The pipeline brings the model's runtime with it; who only wants the records or the version should not wait for that.
    if name in {"Reader", "read", "read_many"}:
        from sayso import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")

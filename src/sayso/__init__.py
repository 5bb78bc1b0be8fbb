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
    from sayso.store import Query, open_store
    from sayso.view.export.run import export

__all__ = [
    "Page", "Query", "Reader", "Reading", "SaysoError", "Settings", "Skipped", "Statement", "__version__", "export", "open_store", "read", "read_many",
]  # fmt: skip


def __getattr__(name: str) -> object:
    # The pipeline brings the model's runtime with it, the store SQLAlchemy; who only wants the records or the version should not wait for that.
    if name in {"Reader", "read", "read_many"}:
        from sayso import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    if name in {"Query", "open_store"}:
        from sayso import store  # noqa: PLC0415

        return getattr(store, name)
    if name == "export":
        from sayso.view.export.run import export  # noqa: PLC0415 - brings the store's SQLAlchemy

        return export
    raise AttributeError(f"module 'sayso' has no attribute {name!r}")

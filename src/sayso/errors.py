"""Everything that can go wrong, as one tree. Each message says what was met and where, what was wanted, what to do next.

    SaysoError
    ├── CaptureError        a source cannot be opened at all (no such path, no permission)
    ├── CleanError          a page holds no story that we can find
    ├── RegistryError       a registry of the user's cannot be used, or a service that should renew it does not answer
    ├── ModelError          the weights or the runtime are not what models.toml pins
    └── ShapeMismatch       two arrays or records that belong together disagree

Raised only where a caller must act. What merely could not be used comes back as `records.Skipped`, and the run goes on.
"""


class SaysoError(Exception):
    """Base of every error that Sayso raises on purpose."""


class CaptureError(SaysoError):
    """A source cannot be opened: the message names it and what was tried."""


class CleanError(SaysoError):
    """A page has no story in it that we can find; `why` is a fixed phrase for counting."""

    def __init__(self, why: str, detail: str) -> None:
        super().__init__(f"{why}: {detail}")
        self.why = why
        self.detail = detail


class RegistryError(SaysoError):
    """A file of the registry, or a service that should renew it, cannot be used."""


class ModelError(SaysoError):
    """The weights or the runtime do not fit this version of Sayso."""


class ShapeMismatch(SaysoError):
    """Arrays that belong together have shapes that disagree."""

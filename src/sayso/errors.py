"""Everything that can go wrong, as one tree. Each message says what was met and where, what was wanted, what to do next.

    SaysoError
    ├── CaptureError        a source cannot be opened at all (no such path, no permission)
    ├── CleanError          a page holds no story that we can find
    ├── RegistryError       a registry of the user's cannot be used, or a service that should renew it does not answer
    ├── StoreError          a store cannot be opened, read or written
    │   └── StoreLost       its server is away for the moment: the same may work a little later
    ├── QueryError          a search, or a place to go on from, makes no sense
    ├── ConfigError         a file that says what to watch cannot be used
    ├── CorrectionError     a correction fits nothing that is stored
    ├── ExportError         an export is asked for what it cannot give, or readings cannot be read back from their JSON
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


class StoreError(SaysoError):
    """A store cannot be opened, read or written; the transaction under way left nothing behind."""


class StoreLost(StoreError):
    """The connection broke, or the server took none; nothing of the transaction was kept, and it may be tried again."""


class QueryError(SaysoError):
    """A search asks for what cannot be found, or goes on from a place that is none."""


class ConfigError(SaysoError):
    """A file of sources and searches is not there, or says something that means nothing."""


class CorrectionError(SaysoError):
    """A correction names no statement or event, or a value that it cannot have."""


class ExportError(SaysoError):
    """An export is asked for what its format cannot give, or a line is no reading; nothing was left half written."""


class ModelError(SaysoError):
    """The weights or the runtime do not fit this version of Sayso."""


class ShapeMismatch(SaysoError):
    """Arrays that belong together have shapes that disagree."""

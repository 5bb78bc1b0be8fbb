"""Every setting once: name, unit, default, reason.

Takes   keyword arguments from Python or options of the command line.
Gives   one frozen `Settings`, passed down to the stages; nothing reads the environment behind their back.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sayso.version import __version__


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Columns:
    """Names of the columns of a table (JSONL, CSV, Parquet) that hold each thing; None: found by its usual names (`capture/columns.py`)."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    published: str | None = None
    title: str | None = None
    publisher: str | None = None

    def __repr__(self) -> str:
        return f"Columns({', '.join(f'{name}={value!r}' for name in self.__slots__ if (value := getattr(self, name)) is not None)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a reading is made.

    max_bytes     bytes of one page, 10 MB: the largest news pages are a tenth of that; what is larger is a dump or an attack.
    max_chars     code points of clean text that are read, 100,000: above the longest articles of magazines, and still read in seconds.
    max_depth     nesting of HTML elements, 400: real pages stay under 60, and parsers fail beyond a thousand.
    threads       processor threads of the model, 0 for all the machine has; the marks do not depend on it.
    exact         whether the model counts in float32 throughout, false: then the same marks come out on every processor, at about half the speed; without
                  it each processor does what it does fastest, and a mark that hangs in the balance may fall this way on one and that way on another.
    registry      files of your own, .toml or .csv, read on top of the registry that comes with Sayso; none by default.
    ontology      files of types of events of your own, .toml, for a model that has learned them; none by default.
    columns       which columns of tables hold what; the usual names by default, so that most tables need none.
    max_links     pages that one feed or sitemap may lead to, 50,000: what one sitemap may list; a server that invents pages for ever stops there.
    timeout_s     seconds that one page of the network may take from name to last byte, redirects included, 30: slower is broken or an attack.
    max_redirects  redirects that are followed for one page, 5: real pages need one or two, and robots.txt (RFC 9309) asks for five.
    delay_s       seconds between two requests to one host, 1: what a courteous reader does where robots.txt asks for nothing else.
    user_agent    how Sayso names itself to servers; add an address of yours when you fetch much.
    robots        whether robots.txt is obeyed, true: turn it off only for a site that is yours or has agreed.
    allow_private  whether private, loopback and link-local addresses may be fetched, false: a feed from outside must not reach into your network.
    """

    max_bytes: int = 10_000_000
    max_chars: int = 100_000
    max_depth: int = 400
    threads: int = 0
    exact: bool = False
    registry: tuple[Path, ...] = ()
    ontology: tuple[Path, ...] = ()
    columns: Columns = Columns()
    max_links: int = 50_000
    timeout_s: float = 30.0
    max_redirects: int = 5
    delay_s: float = 1.0
    user_agent: str = f"sayso/{__version__} (reads news; obeys robots.txt)"
    robots: bool = True
    allow_private: bool = False


DEFAULT = Settings()

"""An invented world, so that no test of relate hangs on what the shipped registry happens to hold: two Varas, their neighbour Teralia, a league."""

from __future__ import annotations

import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import corpus
import stories

from sayso.records import Actor, Article, DateFact, DateKind, Dateline, Reading
from sayso.relate import relate
from sayso.relate.events import ontology_of
from sayso.relate.registry.entries import COLUMNS, Loaded, load_files
from sayso.relate.registry.index import Registry

HEADER = ",".join(COLUMNS) + "\n"
STATES = """
[[state]]
key = "NVA"
name = "North Vara"
names = ["NVR"]
demonyms = ["North Varan", "North Varans"]
shared = ["Vara", "Varan", "Varans"]
capital = "Kest"
places = ["Tolm"]
bodies = [
  { name = "Red Palace", sector = "GOV" },
  { name = "North Varan Senate", shared = ["Senate"], sector = "LEG" },
  { name = "Grey Office", sector = "SPY", until = "2019-12-31" },
]
wikidata = "Q1"
source = "drawn"
checked = 2026-01-01

[[state]]
key = "SVA"
name = "South Vara"
demonyms = ["South Varan", "South Varans"]
shared = ["Vara", "Varan", "Varans"]
capital = "Moul"
bodies = [{ name = "South Varan Senate", shared = ["Senate"], sector = "LEG" }]
source = "drawn"
checked = 2026-01-01

[[state]]
key = "TER"
name = "Teralia"
names = ["TUS"]
demonyms = ["Teralian", "Teralians"]
capital = "Quillon"
places = ["Aldby"]
source = "drawn"
checked = 2026-01-01

[[organisation]]
key = "LEAGUE"
name = "League of the Straits"
names = ["LOTS"]
kind = "intergovernmental"
sector = "IGO"
seat = "Brenn"
source = "drawn"
checked = 2026-01-01

[[organisation]]
key = "BANNER"
name = "Green Banner"
kind = "armed group"
country = "TER"
sector = "REB"
changes = [{ sector = "GOV", since = "2021-08-15" }]
source = "drawn"
checked = 2026-01-01

[[medium]]
key = "NVNA"
name = "Varan Central News Agency"
names = ["NVNA"]
kind = "agency"
country = "NVA"
ownership = "state"
source = "drawn"
checked = 2026-01-01
"""
HOLDERS = (
    "NVA,head_of_state,President,Bor Atkin,,,m,2010-03-01,,,,drawn,2026-01-01",
    "NVA,foreign_minister,Foreign Minister,Lena Moss,,,f,2018-01-01,2022-06-30,,,drawn,2026-01-01",
    "NVA,foreign_minister,Foreign Minister,Ivo Tarn,,,m,2022-06-30,,,,drawn,2026-01-01",
    "SVA,head_of_state,President,Jon Kess,,,m,2019-05-01,,,,drawn,2026-01-01",
    "TER,head_of_state,President,Ana Kess,,,f,2015-01-01,,,,drawn,2026-01-01",
    "TER,defence_minister,Defence Minister,Cato Dorn,,,m,2017-01-01,,,,drawn,2026-01-01",
    "LEAGUE,head,Secretary-General,Marta Hill,,,f,2020-01-01,,,,drawn,2026-01-01",
)


def registry_of_files(folder: Path, **files: str) -> Registry:
    """Load files drawn in a test: `states_toml="..."` becomes states.toml."""
    return Registry(loaded(folder, {".".join(name.rsplit("_", 1)): text for name, text in files.items()}), "drawn")


def loaded(folder: Path, files: dict[str, str | bytes]) -> Loaded:
    """What files of these names and contents give, read in this order."""
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return load_files([folder / name for name in files])


def holder(**given: str) -> str:
    """One line of a file of holders; what a test does not care about is filled in."""
    usual = {"of": "TER", "office": "head_of_state", "title": "President", "start": "2015-01-01", "source": "drawn", "checked": "2026-01-01"}
    return ",".join((usual | given).get(column, "") for column in COLUMNS) + "\n"


@cache
def world() -> Registry:
    """The registry of the invented world."""
    with tempfile.TemporaryDirectory() as folder:
        return registry_of_files(Path(folder), states_toml=STATES, holders_csv=HEADER + "\n".join(HOLDERS))


def fact(kind: DateKind, day: str, last: str = "", basis: str = "metadata") -> DateFact:
    return DateFact(kind=kind, earliest=date.fromisoformat(day), latest=date.fromisoformat(last or day), basis=basis, words=day)


def read(marked: str, *facts: DateFact, registry: Registry | None = None, place: str | None = None) -> Reading:
    """Relate one story drawn in the markup of train/corpus/README.md, with the dates that its page gives."""
    paragraphs = [" ".join(p.split()) for p in marked.strip().split("\n\n")]
    has_title = paragraphs[0].startswith("title: ")
    paragraphs[0] = paragraphs[0].removeprefix("title: ")
    text, spans = corpus.parse("\n\n".join(paragraphs), "drawn")
    example = corpus.Example("drawn", "", text, has_title, tuple(spans), ())
    page = stories.Page(address="drawn", body=text.encode(), media_type="text/plain", captured="")
    dateline = Dateline(words=place, place=place, wire=None) if place else None
    article = Article(page=page.id, title=text.split("\n\n")[0] if has_title else None, text=text, language="en", dates=facts, dateline=dateline)
    related = relate(article, stories.marked_from(example), registry or world(), ontology_of())
    return Reading(
        sayso="", model="", page=page, article=article, actors=related.actors, statements=related.statements, events=related.events, skipped=related.skipped
    )


def speaker(reading: Reading, number: int = -1) -> Actor:
    """Who made this statement."""
    who = reading.statements[number].who
    return next(a for a in reading.actors if who and a.id == who.actor)


def actor(reading: Reading, name: str) -> Actor:
    return next(a for a in reading.actors if a.name == name)


def days(reading: Reading, number: int = -1) -> str:
    """The interval of a statement: `2024-05-06..2024-05-08`, with `-` for an open end."""
    when = reading.statements[number].when
    return f"{when.earliest or '-'}..{when.latest or '-'}"


"""Readings to export: real ones of invented pages, read once, and a hand-made one in which nothing is absent."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sayso.ontology import ontology_of
from sayso.pipeline import Reader
from sayso.records import (
    Actor,
    Article,
    DateFact,
    Event,
    Mention,
    Page,
    Place,
    Reading,
    Relay,
    Size,
    Span,
    Statement,
    When,
    Words,
)
from sayso.store import Store, open_store
from sayso.view.export.context import Context, Deed

sys.path.insert(0, str(Path(__file__).parents[3] / "bench"))  # readings varied by a script

PAGES = Path(__file__).parents[2] / "pages"
INVENTED = (
    "Iran accuses Turkey of shelling border villages\n\nTEHRAN, March 4, 2025 (Reuters) - Iran’s foreign ministry on Tuesday accused Turkey of shelling "
    "two villages near the border, and said that Turkish aircraft had killed 12 people in Urmia.\n\n“Turkey has attacked our people,” spokesman Esmail "
    "Baghaei said.\n\nTurkey denied that it had attacked anybody. Turkish police arrested 30 protesters in Istanbul on Monday.\n",
    "Chile and Peru sign copper accord\n\nSANTIAGO, May 6, 2024 (EFE) - Chile and Peru signed an agreement on copper on Monday, the Chilean government "
    "said. “We will visit Lima next month,” Chilean Foreign Minister Alberto van Klaveren said.\n\nPresident Dina Boluarte met Chilean ministers in "
    "Lima on Sunday, and France sent aid to Bolivia.\n",
)


@pytest.fixture(scope="session")
def real() -> list[Reading]:
    """What Sayso reads in the saved pages of the tests and in two invented ones."""
    reader = Reader()
    given = [(path.name, path.read_bytes(), "text/html" if path.suffix == ".html" else "text/plain") for path in sorted(PAGES.glob("*.[th]*"))]
    given += [(f"https://news.example/{at}", body.encode(), "text/plain") for at, body in enumerate(INVENTED)]
    made = "2026-01-02T03:04:05Z"
    readings = [reader.read(Page(address=name, body=body, media_type=kind, captured=made)) for name, body, kind in given]
    assert len(readings) == 5
    assert {e.standing for r in readings for e in r.events} > {"reported", "claimed"}
    return readings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "news.db") as opened:
        yield opened


TEXT = "Storm in Urmia\n\nIran shelled Urmia on Monday, killing 12, Ada Holm said."


def _at(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


@pytest.fixture(scope="session")
def full() -> Reading:
    """One statement and one event, claimed, in which every field has a value."""
    day = date(2025, 3, 3)
    page = Page(address="https://news.example/storm", body=b"storm", media_type="text/html", captured="2026-01-02T03:04:05Z")
    when = When(earliest=day, latest=day, precision="day", basis="stated", words=("on Monday",))
    article = Article(
        page=page.id, title="Storm in Urmia", text=TEXT, language="en", publisher="The Courier",
        dates=(DateFact(kind="published", earliest=date(2025, 3, 4), latest=date(2025, 3, 4), basis="metadata", words="2025-03-04"),),
    )
    holm = Actor(id="ac_holm", name="Ada Holm", kind="person", country="NOR", sector="GOV", cameo="NORGOV", office="minister", wikidata="Q1",
                 mentions=(Mention(_at("Ada Holm"), "name"),))
    iran = Actor(id="ac_iran", name="Iran", kind="state", country="IRN", cameo="IRN", wikidata="Q794", mentions=(Mention(_at("Iran"), "name"),))
    un = Actor(id="ac_un", name="UNHCR", kind="organisation", sector="UNO", cameo="IGOUNOREFHCR")
    statement = Statement(
        id="st_full", form="mixed", force="assertive", who=Words(words="Ada Holm", span=_at("Ada Holm"), actor="ac_holm"),
        cue=Words(words="said", span=_at("said")), what=(_at("Iran shelled Urmia"), _at("killing 12")), quoted=(_at("killing 12"),), about=("ac_iran",),
        through=(Relay(role="wire", words="Reuters", span=None), Relay(role="carrier", words="UNHCR", span=None, actor="ac_un")), when=when, score=0.75,
    )
    event = Event(
        id="ev_full", type="ASSAULT", mode="heavy-weapons", contexts=("military", "territory"), cameo="194", quad=4, goldstein=-9.0, scale=-9.5,
        trigger=_at("shelled"), mentions=(_at("Storm"),), source=("ac_iran",), target=("ac_un", "ac_holm"), standing="claimed", past=False,
        statement="st_full", denies=None, when=when,
        where=Place(words="Urmia", span=Span(_at("Urmia on").start, _at(" on Monday").start), name="Urmia", country="IRN", admin1="01", latitude=37.55,
                    longitude=45.07, geonames=121801),
        sizes=(Size(kind="dead", low=12, high=12, words="killing 12", span=_at("killing 12")),), score=0.5,
    )
    return Reading(sayso="0.1.0", model="english-1", page=page, article=article, actors=(holm, iran, un), statements=(statement,), events=(event,))


@pytest.fixture(scope="session")
def deed(full: Reading) -> Callable[..., Deed]:
    """The full reading's event with some fields of another value."""

    def made(**fields: object) -> Deed:
        assert full.article
        return Deed(Context(full, full.article, ontology_of()), replace(full.events[0], **fields))  # type: ignore[arg-type]

    return made

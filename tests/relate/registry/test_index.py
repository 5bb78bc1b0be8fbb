from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import HEADER, STATES, holder, registry_of_files, world

from sayso.relate.registry import Entity, Registry, registry_of
from sayso.relate.registry.fold import tokens
from sayso.relate.registry.index import Hit, shipped_files

ENTRY = '[[organisation]]\nkey = "{key}"\nname = "{name}"\nkind = "ngo"\nsector = "NGO"\nsource = "drawn"\nchecked = 2026-01-01\n'


def called(*names: str, folder: Path) -> Registry:
    """A registry of organisations of these names."""
    return registry_of_files(folder, drawn_toml="".join(ENTRY.format(key=f"K{n}", name=name) for n, name in enumerate(names)))


def hits(text: str, registry: Registry) -> list[Hit]:
    return registry.hits(text, tokens(text))


def met(text: str, registry: Registry) -> list[str]:
    """The words of the text in which the registry finds names."""
    return [text[h.start : h.end] for h in hits(text, registry)]


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("Côte Rouge", "in Cote Rouge", ["Cote Rouge"]),
        ("Cote Rouge", "in Côte-Rouge today", ["Côte-Rouge"]),
        ("Green-Line", "the GREEN LINE", ["GREEN LINE"]),
        ("Green Line", "the Green Line’s aim", ["Green Line"]),
        ("Green Line", "the green line", []),
        ("Green Line", "Green, Line", []),
        ("Green Line", "Green\n\nLine", []),
        ("Green Line", "The Green Liner", []),
        ("Ma’an", "Ma'an and Maan", ["Ma'an", "Maan"]),
        ("US", "Give us aid, US said", ["US"]),
        ("US", "the U.S. said", ["U.S."]),
        ("US", "in the U.S", ["U.S"]),
        ("WHO", "Who said so? The WHO", ["WHO"]),
        ("WHO", "who Who WHO", ["WHO"]),
        ("NATO", "Nato said", []),
        ("UNESCO", "Unesco said", ["Unesco"]),
        ("Sun", "the sun, the Sun, THE SUN", ["Sun", "SUN"]),
        ("LeT", "let it be, Let us, LET, LeT’s men", ["LeT"]),
        ("bTV", "BTV and bTV", ["bTV"]),
        ("N.V.A.", "the N.V.A.’s men left the N.V.A.", ["N.V.A.", "N.V.A."]),
        ("Ministry of Trade, Ports and Roads", "the Ministry of Trade, Ports and Roads said", ["Ministry of Trade, Ports and Roads"]),
        ("Ministry of Trade", "the Ministry, of Trade", []),
        ("GPV (Red)", "GPV (Red) and GPV Red", ["GPV (Red)", "GPV Red"]),
        ("GPV (Red)", "GPV, Red", []),
    ],
)
def test_names_in_a_text(tmp_path: Path, name: str, text: str, found: list[str]) -> None:
    assert met(text, called(name, folder=tmp_path)) == found


def test_of_names_that_overlap_the_longer_is_found(tmp_path: Path) -> None:
    registry = called("Red", "Red Line", "Line Office", "Red Line News Agency", folder=tmp_path)
    text = "Red Line News Agency, Red Line News, Red Line Office, Red Office"
    assert met(text, registry) == ["Red Line News Agency", "Red Line", "Red Line", "Red"]


PAPERS = """
[[medium]]
key = "{0}"
name = "{0}"
kind = "newspaper"
ownership = "private"
source = "drawn"
checked = 2026-01-01
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Teralian government said", ["Teralian"]),
        ("The Teralian-born singer", ["Teralian"]),
        ("The Teralian reported on Monday", ["The Teralian"]),
        ("The Teralian said", ["The Teralian"]),
        ("as told to The Teralian.", ["The Teralian"]),
        ("The North Varan Senate voted", ["North Varan Senate"]),
        ("The North is read in North Vara", ["The North", "North Vara"]),
    ],
)
def test_a_newspaper_called_like_something_else_does_not_swallow_what_follows(tmp_path: Path, text: str, found: list[str]) -> None:
    papers = "".join(PAPERS.format(name) for name in ("The Teralian", "The North"))
    assert met(text, registry_of_files(tmp_path, states_toml=STATES, papers_toml=papers)) == found


def test_a_name_that_several_bear_has_all_their_meanings() -> None:
    assert {(s.entity.key, s.how) for s in world().senses("Vara")} == {("NVA", "shared"), ("SVA", "shared")}
    assert {(s.entity.key, s.how) for s in world().senses("North Varans")} == {("NVA", "demonym")}


@pytest.mark.parametrize(
    ("name", "key", "how"),
    [
        ("Teralia", "TER", "name"), ("Quillon", "TER", "capital"), ("Aldby", "TER", "place"), ("Teralian", "TER", "demonym"), ("Brenn", "LEAGUE", "seat"),
        ("red palace", "", ""), ("Red Palace", "NVA/Red Palace", "name"), ("Nowhere", "", ""), ("", "", ""), ("—", "", ""),
    ],
)  # fmt: skip
def test_what_a_name_by_itself_means(name: str, key: str, how: str) -> None:
    assert [(s.entity.key, s.how) for s in world().senses(name)] == ([(key, how)] if key else [])


# -- persons -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Registry:
    rows = [
        holder(person="Kim Dae-jo", family="Kim", names="Kim Tae Jo"),
        holder(person="Pak Kim-ho", family="Pak"),
        holder(person="Luiz Inácio Lupo da Selva", family="Lupo"),
        holder(person="Abdel al-Sizi", family="al-Sizi"),
        holder(person="George W. Busk"),
        holder(person="Volod Zelenko"),
        holder(person="King Olaf", family="Olaf"),
        holder(person="Jakob Obot-Obot", family="Obot-Obot"),
        holder(person="Rui Inta-A", family="Inta-A"),
    ]
    return registry_of_files(tmp_path_factory.mktemp("people"), people_csv=HEADER + "".join(rows))


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Kim Dae-jo", "Kim Dae-jo"),
        ("Kim Dae Jo", "Kim Dae-jo"),
        ("Kim Daejo", "Kim Dae-jo"),
        ("Dae-jo Kim", "Kim Dae-jo"),
        ("Kim Tae-jo", "Kim Dae-jo"),
        ("KIM DAE JO", "Kim Dae-jo"),
        ("Kim", "Kim Dae-jo"),
        ("Dae-jo", ""),
        ("Pak", "Pak Kim-ho"),
        ("Lupo", "Luiz Inácio Lupo da Selva"),
        ("Inacio Lupo", "Luiz Inácio Lupo da Selva"),
        ("Sizi", "Abdel al-Sizi"),
        ("Abdel Sizi", "Abdel al-Sizi"),
        ("Abdel Al Sizi", "Abdel al-Sizi"),
        ("George Busk", "George W. Busk"),
        ("George H. W. Busk", "George W. Busk"),
        ("Jeb Busk", ""),
        ("Olaf", "King Olaf"),
        ("Obot-Obot", "Jakob Obot-Obot"),
        ("Inta-A", "Rui Inta-A"),
        ("Volod Zelenka", ""),
        ("", ""),
    ],
)
def test_persons_are_found_by_name_in_any_order_and_by_surname(people: Registry, asked: str, name: str) -> None:
    assert [p.name for p in people.persons(asked)] == ([name] if name else [])


@pytest.mark.parametrize(("asked", "name"), [("Volodd Zelenco", "Volod Zelenko"), ("Zelenko", "Volod Zelenko"), ("Zelencko", "Volod Zelenko"), ("Zelen", "")])
def test_persons_that_are_spelled_alike_are_found_apart_from_the_others(people: Registry, asked: str, name: str) -> None:
    assert [p.name for p in people.persons_that_sound(asked)] == ([name] if name else [])


def test_a_surname_finds_everybody_who_bears_it() -> None:
    assert {p.key for p in world().persons("Kess")} == {"SVA/Jon Kess", "TER/Ana Kess"}


# -- offices -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2018-01-01", "2018-01-01", ["Lena Moss"]),
        ("2017-12-31", "2017-12-31", []),
        ("2022-06-30", "2022-06-30", ["Lena Moss", "Ivo Tarn"]),
        ("2022-07-01", "2022-07-01", ["Ivo Tarn"]),
        ("2022-06-01", "2023-06-01", ["Lena Moss", "Ivo Tarn"]),
        (None, "2020-01-01", ["Lena Moss"]),
        ("2025-01-01", None, ["Ivo Tarn"]),
        (None, None, ["Lena Moss", "Ivo Tarn"]),
    ],
)
def test_an_office_has_the_holders_of_those_days_both_ends_included(first: str | None, last: str | None, names: list[str]) -> None:
    days = [date.fromisoformat(d) if d else None for d in (first, last)]
    assert [h.person.name for h in world().holders("NVA", ["foreign_minister"], *days)] == names


def test_a_title_finds_who_bore_it_just_so() -> None:
    day = date(2024, 1, 1)
    assert [h.person.name for h in world().titled("the foreign minister", day, day)] == []
    assert [h.person.name for h in world().titled("foreign minister", day, day)] == ["Ivo Tarn"]


def test_a_state_that_ended_does_not_bear_its_code(tmp_path: Path) -> None:
    entry = '[[state]]\nkey = "{}"\ncode = "NRL"\nname = "{}"\n{}source = "drawn"\nchecked = 2026-01-01\n'
    registry = registry_of_files(tmp_path, drawn_toml=entry.format("OLD", "Old Norland", 'until = "1990"\n') + entry.format("NRL", "Norland", ""))
    state = registry.state("NRL")
    assert state is not None
    assert state.name == "Norland"
    assert registry.state("XXX") is None
    assert registry.state(None) is None


# -- the registry that ships ------------------------------------------------------------------------------------------


def everybody(*, persons: bool) -> list[tuple[Entity, str]]:
    return [(e, name) for e in registry_of().entities.values() if (e.kind == "person") == persons for name, _ in e.aliases]


def test_every_name_of_the_shipped_registry_finds_its_bearer() -> None:
    registry = registry_of()
    lost = [name for entity, name in everybody(persons=False) if entity not in {s.entity for s in registry.senses(name)}]
    assert lost == []


def test_every_person_of_the_shipped_registry_is_found_by_each_name_and_surname() -> None:
    registry = registry_of()
    assert [name for entity, name in everybody(persons=True) if entity not in registry.persons(name)] == []
    surnames = [(e, f) for e, _ in everybody(persons=True) for f in e.family]
    assert [f for e, f in surnames if e not in registry.persons(f)] == []


def test_every_name_of_the_shipped_registry_is_found_in_a_text() -> None:
    """But for what stands before its first word or behind its last: "+972", "Democracy Now!"."""
    registry = registry_of()


    def finds(entity: Entity, name: str) -> bool:
        return any(h.end - h.start > len(name) - 2 and entity.key in {s.entity.key for s in h.senses} for h in hits(name, registry))

    assert [name for entity, name in everybody(persons=False) if not finds(entity, name)] == []


def test_a_file_that_was_written_again_is_read_again(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    for name in ("Norland", "Southland"):
        own.write_text(ENTRY.format(key="OWN", name=name), encoding="utf-8")
        assert registry_of(own).entities["OWN"].name == name
        assert registry_of(own) is registry_of(own)


@given(st.lists(st.sampled_from([n for _, n in everybody(persons=False)][::7]) | st.text(max_size=8), max_size=8).map(" ".join))
def test_hits_lie_in_the_text_in_order_and_never_overlap(text: str) -> None:
    found = hits(text, registry_of())
    assert all(0 <= h.start < h.end <= len(text) and h.senses for h in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_the_shipped_files_are_all_there() -> None:
    assert {p.name for p in shipped_files()} >= {"states.toml", "organisations.toml", "groups.toml", "media.toml", "international.csv"}

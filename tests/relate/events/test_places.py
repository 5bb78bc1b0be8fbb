"""Where something happened: the place that a sentence ties to it, and which of its namesakes is meant."""

from __future__ import annotations

import pytest
from drawn import related
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Place
from sayso.relate.events.gazetteer import gazetteer, town_of


def place(marked: str) -> Place | None:
    return related(marked).events[0].where


@pytest.mark.parametrize(
    ("marked", "name", "country"),
    [
        ("[A1 Rebels] [E1/ASSAULT shelled] [R1 a market] in [loc Goma] on Monday.", "Goma", "COD"),
        ("[A1 [loc Kenya]] [E1/ASSAULT bombed] [R1 a camp] near the Somali town of [loc Kismayo].", "Kismayo", "SOM"),
        ("In the northern city of [loc Tripoli], [loc Lebanon], [A1 soldiers] [E1/COERCE.arrest detained] [R1 nine men].", "Tripoli", "LBN"),
        ("[A1 Soldiers] [E1/COERCE.arrest detained] [R1 nine men] in [loc Tripoli].", "Tripoli", "LBY"),
        ("[A1 A gunman] [E1/ASSAULT.firearms shot] [R1 two deputies] in [loc Paris], [loc Texas].", "Paris", "USA"),
        ("[A1 The army] [E1/RETREAT.withdraw withdrew] from [loc Sumy] on Tuesday, [loc Ukraine] said.", "Sumy", "UKR"),
        ("[A1 Polish police] [E1/COERCE.arrest arrested] [R1 a courier] off [loc Gdańsk].", "Gdańsk", "POL"),
        ("[A1 [loc Chad]] [E1/MOBILIZE.troops sent] soldiers to [loc Niger].", "Niger", "NER"),
    ],
)
def test_a_place_that_a_preposition_gives_is_where_it_happened(marked: str, name: str, country: str) -> None:
    found = place(marked)
    assert found is not None
    assert (found.name, found.country) == (name, country)


@pytest.mark.parametrize(
    "marked",
    [
        "[A1 [loc Moscow]] [E1/ACCUSE accused] [R1 [loc Kyiv]] of lying.",
        "[A1 [loc Poland]] [E1/SANCTION.expel expelled] [R1 two Russian diplomats].",
        "[A1 The mayor of [loc Leeds]] [E1/ACCUSE.disapprove criticised] [R1 the police].",
    ],
)
def test_whoever_acts_is_no_place(marked: str) -> None:
    assert place(marked) is None


def test_of_two_places_the_one_in_the_clause_of_the_event_is_meant() -> None:
    found = place("After a meeting in [loc Geneva], [A1 rebels] [E1/ASSAULT attacked] [R1 a convoy] near [loc Aleppo].")
    assert found is not None
    assert found.name == "Aleppo"


def test_a_place_that_no_gazetteer_knows_keeps_its_words_and_the_state_beside_it() -> None:
    found = place("[A1 Gunmen] [E1/ASSAULT attacked] [R1 a mosque] in [loc Zzyrgh], [loc Mali].")
    assert found is not None
    assert (found.words, found.name, found.country, found.geonames, found.basis) == ("Zzyrgh", "Zzyrgh", "MLI", None, "name")


def test_a_state_as_a_place_has_no_point() -> None:
    found = place("[A1 Rebels] [E1/ASSAULT.abduct abducted] [R1 a priest] in [loc Burundi].")
    assert found is not None
    assert (found.country, found.latitude, found.basis) == ("BDI", None, "registry")


def test_a_capital_in_which_something_happens_says_so() -> None:
    found = place("[A1 Nurses] [E1/PROTEST.demo marched] in [loc Nairobi].")
    assert found is not None
    assert (found.country, found.basis) == ("KEN", "capital")
    assert found.geonames == 184745


def test_where_the_page_plays_decides_among_namesakes() -> None:
    assert [town.country for town in (town_of("Birmingham", {}), town_of("Birmingham", {"USA": 3.0})) if town] == ["GBR", "USA"]
    assert town_of("San Fernando", {}) is None
    assert (town_of("San Fernando", {"TTO": 2.0}) or pytest.fail("no town")).country == "TTO"


def test_a_state_beside_the_name_outweighs_the_greater_town() -> None:
    assert (town_of("Tripoli", {"LBY": 9.0}, "LBN") or pytest.fail("no town")).country == "LBN"
    assert town_of("Tripoli", {"LBY": 9.0}, "NOR") is None


def test_those_whom_a_place_describes_are_of_its_country() -> None:
    reading = related("[A1 Turkish jets] [E1/ASSAULT.aerial struck] [R1 villagers near [loc Qamishli]], [loc Syria], on Monday.")
    codes = {a.id: a.country for a in reading.actors}
    assert [codes[i] for i in reading.events[0].target] == ["SYR"]


@given(st.text(max_size=40), st.dictionaries(st.sampled_from(["USA", "GBR", "SYR", "XXX"]), st.floats(-5, 50)))
def test_any_words_are_looked_up(name: str, weights: dict[str, float]) -> None:
    town = town_of(name, weights)
    assert town is None or town in gazetteer().towns(name)

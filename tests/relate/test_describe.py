"""What nouns say of those they describe: sectors, persons and bodies."""

from __future__ import annotations

import pytest

from sayso.relate.describe import is_kin, is_open, is_person, names_body, sector_of, sector_of_name


@pytest.mark.parametrize(
    ("phrase", "alone", "body"),
    [
        ("the president", "GOV", None),
        ("its president", "GOV", None),
        ("the president of the tanners’ union", "LAB", "LAB"),
        ("the head of the farmers’ union", "LAB", "LAB"),
        ("the head of the clinic’s children’s ward", "MED", "MED"),
        ("the president’s office", "GOV", None),
        ("a police commissioner", "COP", "COP"),
        ("the trade commissioner", "GOV", None),
        ("a police general", "COP", "COP"),
        ("Lt. Gen.", "MIL", None),
        ("a coalition of rebel groups", "REB", "REB"),
        ("a spokesman for the coalition", "PTY", None),
        ("farm spokesman for the Harbour party", "PTY", "PTY"),
        ("the opposition Harbour party", "OPP", "OPP"),
        ("a caretaker president", "GOV", None),
        ("once a minister", "ELI", "ELI"),
        ("once his minister", "ELI", "ELI"),
        ("the mother of a soldier", None, None),
        ("a cousin who fishes from the other shore", "AGR", "AGR"),
        (", who grows beans above the village,", "AGR", "AGR"),
        (", who lives above the village,", None, None),
        ("a woman waiting at the gate", "CVL", "CVL"),
        ("a man named only as", "CVL", "CVL"),
        ("a shopkeeper there", "BUS", "BUS"),
        ("a tinmaker", "BUS", "BUS"),
        ("an ecologist", "EDU", "EDU"),
        ("tribal elder Haji", "CVL", "CVL"),
        ("the village council", "GOV", "GOV"),
    ],
)
def test_a_head_takes_its_sector_from_around_it_before_what_it_means_alone(phrase: str, alone: str | None, body: str | None) -> None:
    assert (sector_of(phrase), sector_of(phrase, alone=False)) == (alone, body)


@pytest.mark.parametrize(
    ("name", "sector"),
    [
        ("National Union of Tanners", "LAB"),
        ("Rope Makers and Exporters Association", "BUS"),
        ("General Confederation of Farmers", "AGR"),
        ("Medical Association", "MED"),
        ("Kesh Airways", "BUS"),
        ("Tully River Watch", "NGO"),
        ("Moul Bar Association", "JUD"),
        ("Tully Liberation Front", "REB"),
        ("Movement for the Straits", None),
        ("Tully", None),
    ],
)
def test_the_name_of_a_body_says_what_it_is(name: str, sector: str | None) -> None:
    assert sector_of_name(name) == sector


@pytest.mark.parametrize(("name", "body"), [("Kesh Airways", True), ("Tanners’ Union", True), ("Ana Roca", False), ("Airways", False), ("Ana Farmer", False)])
def test_some_names_only_a_body_can_have(name: str, body: bool) -> None:
    assert names_body(name) is body


@pytest.mark.parametrize(
    ("phrase", "person"),
    [
        ("a factory worker in Tolm", True),
        ("the army", False),
        ("a company", False),
        ("farmers", False),
        ("a dowser", True),
        ("the letter", False),
        ("dowser", False),
        ("the mother of a soldier", True),
    ],
)
def test_what_a_person_can_be(phrase: str, person: bool) -> None:
    assert is_person(phrase) is person


def test_kin_says_nothing_but_whose_and_open_heads_nothing_but_in_what_place() -> None:
    assert is_kin("his sister, who lives in Aldby")
    assert not is_kin("his soldier")
    assert is_open("its president")
    assert not is_open("its lawyer")

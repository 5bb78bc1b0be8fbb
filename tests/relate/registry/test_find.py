from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from invented import HEADER, STATES, holder

from sayso.registry import find


@pytest.fixture
def own(tmp_path: Path) -> list[Path]:
    (tmp_path / "own.toml").write_text(STATES.replace('"LOTS"', '"LOTS", "League"'), encoding="utf-8")
    rows = [
        holder(person="Ana Holt", office="legislator", title="Senator", start="2001-01-01", end="2009-12-31"),
        holder(person="Ana Holt", office="foreign_minister", title="Foreign Minister", start="2008-01-01", end="2019-12-31"),
        holder(person="Ana Holt", of="LEAGUE", office="head", title="Secretary-General", start="2020-01-01"),
    ]
    (tmp_path / "own.csv").write_text(HEADER + "".join(rows), encoding="utf-8")
    return [tmp_path / "own.toml", tmp_path / "own.csv"]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        ("2005-01-01", [("TER", "LEG")]),
        ("2008-06-01", [("TER", "GOV")]),
        ("2021-01-01", [(None, "IGO")]),
        (None, [("TER", "GOV"), (None, "IGO")]),
        ("2000-01-01", []),
    ],
)
def test_a_person_is_of_the_state_and_sector_of_the_highest_office_held_then(own: list[Path], day: str | None, found: list[tuple[str | None, str]]) -> None:
    on = date.fromisoformat(day) if day else None
    assert [(f.country, f.sector) for f in find("Ana Holt", on, own)] == found


@pytest.mark.parametrize("words", ["League of the Straits chief", "secretary-general of the League of the Straits", "the League’s secretary-general"])
def test_an_office_is_found_with_its_owner_before_or_behind_it(own: list[Path], words: str) -> None:
    assert [(f.name, f.how) for f in find(words, date(2021, 1, 1), own) if f.kind == "person"] == [("Ana Holt", "office")]

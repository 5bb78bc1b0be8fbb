"""The agencies that other stages know by name are media of the registry, so that none of the lists can drift from it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from sayso.relate.registry import registry_of

SOURCE = Path(__file__).parents[3] / "src" / "sayso"
NO_MEDIUM = {"agencies", "Agencies", "News Agencies", "News agencies"}  # "(With inputs from agencies)" names nobody


def names_in_credits() -> list[str]:
    lines = (SOURCE / "clean" / "agencies.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def names_of_relays() -> list[str]:
    return list(tomllib.loads((SOURCE / "relate" / "chain.toml").read_text("utf-8"))["names"])


@pytest.mark.parametrize("names", [names_in_credits, names_of_relays])
def test_every_agency_known_elsewhere_is_a_medium_of_the_registry(names: Callable[[], list[str]]) -> None:
    registry = registry_of()
    unknown = [n for n in names() if n not in NO_MEDIUM and not any(s.entity.kind in {"medium", "organisation", "body"} for s in registry.senses(n))]
    assert unknown == []

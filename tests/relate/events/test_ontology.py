from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import RegistryError
from sayso.relate.events.ontology import SHIPPED, ontology_of

_TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
TYPES = _TYPES.split()
OWN = """
[type.MEDIATE]
quad = 1
scale = 3.0
goldstein = 1.0
recipient = true
symmetric = false
cameo = ["0451"]
modes = { shuttle = { scale = 4.0, cameo = ["0452"] } }
"""


def test_all_of_plovers_types_are_there_with_their_modes() -> None:
    kinds = ontology_of().kinds
    assert [name for name, mode in kinds if mode is None] == TYPES
    assert sum(mode is not None for _, mode in kinds) == 67


@pytest.mark.parametrize(
    ("name", "quad"), [("AGREE", 1), ("CONCEDE", 1), ("AID", 2), ("RETREAT", 2), ("ACCUSE", 3), ("REQUEST", 3), ("SANCTION", 4), ("ASSAULT", 4)]
)
def test_the_quad_class_is_the_one_that_was_decided(name: str, quad: int) -> None:
    assert ontology_of().kind(name, None).quad == quad


def test_scores_have_the_sign_of_their_quad_class() -> None:
    for kind in ontology_of().kinds.values():
        assert kind.scale > 0 if kind.quad in {1, 2} else kind.scale <= 0.5
        assert -10 <= kind.scale <= 10
        assert -10 <= kind.goldstein <= 10


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("010", None),
        ("0211", None),
        ("030", ("AGREE", None)),
        ("042", ("CONSULT", "visit")),
        ("0874", ("RETREAT", "withdraw")),
        ("112", ("ACCUSE", "allege")),
        ("090", ("ACCUSE", "investigate")),
        ("1663", ("SANCTION", "expel")),
        ("190", ("ASSAULT", None)),
        ("1951", ("ASSAULT", "aerial")),
        ("2042", ("ASSAULT", "unconventional")),
        ("1999", ("ASSAULT", None)),
        ("99", None),
        ("", None),
    ],
)
def test_a_code_of_cameo_is_read_back(code: str, meant: tuple[str, str | None] | None) -> None:
    assert ontology_of().from_cameo(code) == meant


def test_the_code_of_every_kind_leads_back_to_its_type() -> None:
    ontology = ontology_of()
    shared = {"138", "143", "145", "173", "172", "1723", "131", "154", "182", "1823", "170", "0831", "175", "16"}  # codes that CAMEO has once for two modes
    for (name, _), kind in ontology.kinds.items():
        back = ontology.from_cameo(kind.cameo)
        assert back is not None
        assert back[0] == name or kind.cameo in shared


def test_a_type_of_ones_own_stands_beside_the_shipped_ones(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    ontology = ontology_of(path)
    assert ontology.kind("MEDIATE", "shuttle").scale == 4.0
    assert ontology.kind("MEDIATE", "unheard of") == ontology.kind("MEDIATE", None)
    assert ontology.from_cameo("0452") == ("MEDIATE", "shuttle")
    assert ontology.kind("AID", None) == ontology_of().kind("AID", None)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (OWN.replace("quad = 1", "quad = 7"), "quad 7"),
        (OWN.replace("scale = 3.0\n", ""), "scale"),
        ("[type", "no ontology"),
        (OWN.replace('"0451"', ""), "MEDIATE"),
    ],
)
def test_a_malformed_ontology_says_where_and_what_was_wanted(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=complaint):
        ontology_of(path)


def test_the_model_and_the_ontology_know_the_same_kinds() -> None:
    import tomllib  # noqa: PLC0415

    pinned = tomllib.loads((SHIPPED.parents[2] / "mark" / "models.toml").read_text("utf-8"))["model"][0]["events"]
    ontology = ontology_of()
    assert set(pinned["types"]) <= {name for name, _ in ontology.kinds}
    assert {tuple(m.split(".", 1)) for m in pinned["modes"] if not m.endswith(".")} <= {(name, mode) for name, mode in ontology.kinds if mode}

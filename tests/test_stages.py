"""Stages meet in `records.py` and nowhere else, however an import is written."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "sayso"
STAGES = ("capture", "clean", "mark", "relate", "stitch", "store", "view")
SHARED = {"config", "errors", "records", "version"}
MAY_ALSO = {"view": {"ontology", "pipeline", "pipeline_store", "pipeline_watch", "registry", "store"}}


def modules_named(code: str) -> Iterator[str]:
    """Every module of Sayso that `code` names: imported at the top, within functions or under TYPE_CHECKING, or as a string."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "sayso")
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "sayso." + "." * node.level + (node.module or "")
            elif node.module == "sayso":
                yield from (f"sayso.{alias.name}" for alias in node.names)
            elif node.module and node.module.startswith("sayso."):
                yield node.module
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            named = re.findall(r"^sayso(?:\.\w+)+(?=$|[\s:])", node.value.strip())
            yield from (name for name in named if any(SOURCE.glob(f"{name.split('.')[1]}*")))  # sayso.db is a file, no module


def strangers(stage: str, code: str) -> list[str]:
    """The modules that `stage` has no business with."""
    allowed = SHARED | {stage} | MAY_ALSO.get(stage, set())
    return [name for name in modules_named(code) if name.split(".")[1:2] == [] or name.split(".")[1] not in allowed]


FILES = sorted(path for stage in STAGES for path in (SOURCE / stage).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_a_stage_names_no_other_stage(path: Path) -> None:
    assert strangers(path.relative_to(SOURCE).parts[0], path.read_text("utf-8")) == []


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_the_stages_share_names_no_stage(name: str) -> None:
    named = [module for module in modules_named((SOURCE / f"{name}.py").read_text("utf-8")) if module != f"sayso.{name}"]
    assert [module for module in named if module.split(".")[1] not in SHARED] == []


def test_the_pipeline_is_where_the_stages_are_joined_in_running_order() -> None:
    named = [module.split(".")[1] for module in modules_named((SOURCE / "pipeline.py").read_text("utf-8"))]
    assert list(dict.fromkeys(name for name in named if name in STAGES)) == ["capture", "clean", "mark", "relate"]


@pytest.mark.parametrize(
    "code",
    [
        "import sayso.mark",
        "import sayso.mark.model as m",
        "from sayso.mark import Marker",
        "from sayso import mark",
        "import sayso",
        "from ..mark import Marker",
        "def late():\n    from sayso.mark import Marker",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from sayso.mark import Marker",
        "try:\n    import sayso.mark\nexcept ImportError:\n    pass",
        "import importlib\nimportlib.import_module('sayso.mark')",
        "__import__('sayso.mark.model')",
        "from importlib import resources\nresources.files('sayso.mark')",
        "marker: 'sayso.mark.Marker'",
    ],
)
def test_no_way_of_importing_escapes_the_check(code: str) -> None:
    assert strangers("clean", code) != []


@pytest.mark.parametrize(
    "code",
    ["from sayso.records import Span", "from sayso.clean.dates import days", '"""Clean: see sayso.mark for more."""', "import numpy"],
)
def test_what_a_stage_may_name_is_let_through(code: str) -> None:
    assert strangers("clean", code) == []

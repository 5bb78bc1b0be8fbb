"""What the documents say is so: options, settings, fields, errors, codes, commands, links, and the example's very output."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer.main

import sayso.errors
from sayso.config import DEFAULT, Settings
from sayso.records import (
    Actor,
    Article,
    DateFact,
    Dateline,
    Event,
    Furniture,
    Given,
    Mention,
    Page,
    Place,
    Reading,
    Relay,
    Size,
    Skipped,
    Span,
    Statement,
    When,
    Words,
)
from sayso.view.cli import EXAMPLES, EXIT, app

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted(ROOT.glob("*.md"))
COMMANDS: Any = typer.main.get_command(app)


def table(heading: str) -> list[list[str]]:
    """Cells of the tables whose first heading is `heading`, without backquotes."""
    blocks = re.findall(rf"^\| {re.escape(heading)} \|.*\n\|[ |-]+\n((?:\|.*\n)+)", README, re.MULTILINE)
    assert blocks, f"the README has no table that begins with {heading!r}"
    return [[cell.strip().replace("`", "") for cell in row.strip("|").split(" | ")] for block in blocks for row in block.splitlines()]


def code_blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def fields(value: Any, path: str = "") -> Iterator[str]:
    """`article.dates[].kind` and all the others, in order; a list of plain values is one field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}.{key}" if path else key
            yield here
            yield from fields(inner, here)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from fields(value[0], f"{path}[]")


def full_reading() -> Reading:
    """A reading in which nothing is absent."""
    day = date(2026, 1, 2)
    given = Given(title="a", publisher="a", published="a", archived="a")
    page = Page(address="a", body=b"a", media_type="text/html", captured="2026-01-02T03:04:05Z", url="a", given=given)
    article = Article(
        page=page.id,
        title="a",
        text="a",
        language="en",
        dateline=Dateline(words="a", place="a", wire="a"),
        dates=(DateFact(kind="rendered", earliest=day, latest=day, basis="masthead", words="a"),),
        furniture=(Furniture(words="a", reason="a"),),
    )
    words = Words(words="a", span=Span(0, 1), actor="ac_a")
    statement = Statement(
        id="st_a",
        form="direct",
        force="neutral",
        who=words,
        cue=words,
        what=(Span(0, 1),),
        quoted=(Span(0, 1),),
        through=(Relay(role="wire", words="a", span=Span(0, 1)),),
    )
    event = Event(
        id="ev_a",
        type="ASSAULT",
        mode="aerial",
        contexts=("military",),
        cameo="195",
        quad=4,
        goldstein=-10.0,
        scale=-10.0,
        trigger=Span(0, 1),
        mentions=(Span(0, 1),),
        source=("ac_a",),
        target=("ac_a",),
        standing="claimed",
        past=False,
        statement="st_a",
        denies="ev_a",
        when=When(earliest=day, latest=day, precision="day", basis="stated", words=(Span(0, 1),)),
        where=Place(words="a", span=Span(0, 1), name="a", country="FRA", admin1="1", latitude=1.0, longitude=1.0, geonames=1),
        sizes=(Size(kind="dead", low=1, high=2, words="a", span=Span(0, 1)),),
        score=1.0,
    )
    return Reading(
        sayso="0.1.0",
        model="english-1",
        page=page,
        article=article,
        actors=(Actor(id="ac_a", name="a", kind="person", mentions=(Mention(Span(0, 1), "name"),)),),
        statements=(statement,),
        events=(event,),
        skipped=(Skipped(stage="relate", of="a", why="a", detail="a"),),
    )


def test_the_field_table_names_every_json_field_in_its_order() -> None:
    rows = [row[0] for row in table("field")]
    leaves = [field for field in fields(full_reading().to_dict()) if field in rows or not is_container(field)]
    assert rows == leaves


def is_container(field: str) -> bool:
    """Whether the table may leave a field out, since it names what is inside."""
    return any(other.startswith((f"{field}.", f"{field}[]")) for other in fields(full_reading().to_dict()))


def test_the_settings_table_is_config() -> None:
    options = {param.name: param.opts[-1] for param in COMMANDS.commands["read"].params}
    wanted = [[f.name, options.get(f.name, "--set"), str(getattr(DEFAULT, f.name))] for f in dataclasses.fields(Settings)]
    assert sorted(row[:3] for row in table("setting")) == sorted(wanted)


@pytest.mark.parametrize("name", [f.name for f in dataclasses.fields(Settings)])
def test_every_setting_says_in_config_what_it_is(name: str) -> None:
    assert re.search(rf"^    {name}  +\S", Settings.__doc__ or "", re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS.commands)
def test_every_command_is_documented(name: str) -> None:
    assert f"sayso {name}" in README


GROUPS = [command for command in COMMANDS.commands.values() if hasattr(command, "commands")]
PARAMETERS = [
    param
    for command in (COMMANDS, *COMMANDS.commands.values(), *(inner for group in GROUPS for inner in group.commands.values()))
    for param in command.params
]
OPTIONS = [option for param in PARAMETERS for option in param.opts if option.startswith("--")]


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_documented(option: str) -> None:
    assert re.search(rf"(?<![\w-]){option}(?![\w-])", " ".join(row[0] for row in table("option")))


def test_the_option_table_names_no_option_that_is_not_there() -> None:
    assert set(re.findall(r"--[\w-]+", " ".join(row[0] for row in table("option")))) <= {*OPTIONS, "--help"}


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    assert {int(code): meaning for code, meaning in table("exit code")} == {code: m.replace("`", "") for code, m in EXIT.items()}


def test_every_error_is_documented() -> None:
    named = [name for name, value in vars(sayso.errors).items() if isinstance(value, type) and issubclass(value, sayso.errors.SaysoError)]
    assert [row[0] for row in table("error")] == named
    assert all(f"── {name} " in (sayso.errors.__doc__ or "") for name in named if name != "SaysoError")


def sayso_commands() -> list[str]:
    """The `sayso` of every shell line in the documents and the help, up to a pipe or a redirection."""
    lines = [line for path in DOCUMENTS for block in code_blocks(path.read_text("utf-8"), "sh") for line in block.splitlines()]
    parts = (part.strip() for line in [*lines, *(command for command, _ in EXAMPLES)] for part in re.split(r"&&|\||>|#", line))
    return sorted({part for part in parts if part.split(" ")[0] == "sayso"})


@pytest.mark.parametrize("command", sayso_commands())
def test_every_command_in_the_documents_is_understood(command: str) -> None:
    _, name, *arguments = shlex.split(command)
    command = COMMANDS.commands[name]
    if command in GROUPS:
        name, *arguments = arguments
        command = command.commands[name]
    command.make_context(name, arguments)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    headings = {re.sub(r"[^\w -]", "", h.lower()).strip().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("#"):
            assert link[1:] in headings
        elif "://" not in link:
            assert (path.parent / link).exists(), link


def test_the_two_commands_of_the_readme_are_what_ci_runs() -> None:
    last = code_blocks(README, "sh")[1].strip()
    assert last in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_changelog_begins_with_this_version() -> None:
    assert re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)[0] == sayso.__version__


def test_every_figure_has_been_measured() -> None:
    assert re.findall(r"FIGURE:\w+", README) == []


# From here on the model itself reads.


@pytest.fixture(scope="module")
def make_card() -> ModuleType:
    """docs/make_card.py, which is no part of a package."""
    spec = importlib.util.spec_from_file_location("make_card", ROOT / "docs" / "make_card.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the pages that the documents speak of."""
    example = (ROOT / "src" / "sayso" / "examples" / "page.txt").read_text("utf-8")
    title, *paragraphs = (part for part in example.split("\n\n") if part.strip())
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "one.txt").write_text(example, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def unscored(words: str) -> str:
    """Without the digits of scores: processors differ in the second."""
    return re.sub(r"a guess \(0\.\d+\)", "a guess", words)


def test_the_readme_shows_what_the_example_gives(make_card: ModuleType) -> None:
    assert unscored(make_card.with_example(README, make_card.example())) == unscored(README)


def test_the_picture_shows_what_the_example_gives(make_card: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "card.svg"
    make_card.example("--svg", str(file))
    assert unscored(file.read_text("utf-8")) == unscored(make_card.PICTURE.read_text("utf-8"))


@pytest.mark.parametrize("command", [command for command, _ in EXAMPLES])
def test_every_example_of_the_help_runs(command: str, folder: Path) -> None:
    runnable = re.sub(r"\bsayso(?= read)", f"{shlex.quote(sys.executable)} -m sayso", command)
    done = subprocess.run(["bash", "-o", "pipefail", "-c", runnable], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("block", code_blocks(README, "python"))
def test_every_python_example_runs(block: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, "README.md", "exec"), {})
    assert " · " in capsys.readouterr().out

"""The command line, with a pipeline that reads nothing: what it does with readings, and with whatever goes wrong."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sayso.config import Settings
from sayso.errors import ModelError
from sayso.records import Page, Reading, Skipped
from sayso.version import __version__
from sayso.view.cli import app
from sayso.view.write import CardWriter, JsonWriter

Run = Callable[..., Result]
STORYLESS = Skipped(stage="clean", of="blank", why="no story", detail="")
MISSING = Skipped(stage="capture", of="gone.html", why="not found", detail="No such file or folder.")


@pytest.fixture
def seen() -> dict[str, object]:
    """What the command line asked of the pipeline."""
    return {}


@pytest.fixture
def run(reading: Reading, seen: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `sayso`; a source named `gone` cannot be captured, one named `blank` has no story, one named `broken` breaks off."""

    def read_many(sources: Sequence[str], settings: Settings) -> Iterator[Reading | Skipped]:
        seen.update(sources=list(sources), settings=settings)
        for source in sources:
            if source == "gone":
                yield MISSING
            elif source == "blank":
                yield replace(reading, article=None, statements=(), skipped=(STORYLESS,))
            elif source in FAULTS:
                raise FAULTS[source]
            else:
                yield reading

    def read(page: Page, settings: Settings) -> Reading:
        seen.update(page=page, settings=settings)
        return replace(reading, page=page)

    pipeline = types.ModuleType("sayso.pipeline")
    vars(pipeline).update(read_many=read_many, read=read, now=lambda: "2026-01-02T03:04:05Z", refused=lambda settings: iter(()))
    monkeypatch.setitem(sys.modules, "sayso.pipeline", pipeline)
    return lambda *args, **more: CliRunner().invoke(app, list(args), **more)


FAULTS: dict[str, BaseException] = {
    "broken": OSError(28, "No space left on device"),
    "faulty": ZeroDivisionError("by zero"),
    "untrained": ModelError("english.onnx is not the file that models.toml pins.\nReinstall sayso."),
    "stopped": KeyboardInterrupt(),
}


def test_one_page_becomes_a_plain_card_in_a_pipe(run: Run) -> None:
    result = run("read", "page.html")
    assert result.exit_code == 0
    assert result.stdout.startswith("Norland calls the strait accord a ‘paper wall’\n=====")
    assert result.stderr == ""


def test_several_pages_become_cards_with_a_rule_between(run: Run) -> None:
    result = run("read", "a", "b", "--width", "50")
    assert result.stdout.count("\n\n" + "-" * 50 + "\n\n") == 1
    assert result.stdout.count("address ") == 2


def test_json_is_one_object_a_line_in_a_pipe(run: Run, reading: Reading) -> None:
    lines = run("read", "a", "gone", "b", "--json").stdout.splitlines()
    assert [json.loads(line) for line in lines] == [reading.to_dict(), {"skipped": [MISSING.to_dict()]}, reading.to_dict()]
    assert "‘paper wall’" in lines[0]


def test_what_was_not_read_is_one_line_on_standard_error(run: Run) -> None:
    result = run("read", "gone", "a", "blank")
    assert result.exit_code == 0
    gone, blank = result.stderr.splitlines()
    assert gone == "skipped gone.html: not found (capture). No such file or folder."
    assert blank == "skipped blank: no story (clean)"
    assert "gone" not in result.stdout


def test_reading_nothing_at_all_exits_1(run: Run) -> None:
    assert run("read", "gone", "blank").exit_code == 1


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        ("broken", 3, "sayso: cannot go on: [Errno 28] No space left on device\n"),
        ("faulty", 3, "sayso: a fault in Sayso, please report it with the page: ZeroDivisionError: by zero (test_cli.py line "),
        ("untrained", 1, "sayso: english.onnx is not the file that models.toml pins. Reinstall sayso.\n"),
        ("stopped", 130, "sayso: stopped\n"),
    ],
)
def test_whatever_ends_a_run_is_one_line_and_a_code(run: Run, source: str, code: int, line: str) -> None:
    result = run("read", "a", source)
    assert result.exit_code == code
    assert result.stderr.startswith(line)
    assert result.stderr.count("\n") == 1
    assert result.stdout.count("address ") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        ["read", "--example", "page.html"],
        ["read", "a", "--json", "--plain"],
        ["read", "a", "--json", "--width", "80"],
        ["read", "a", "--svg", "a.svg", "--plain"],
        ["read", "a", "--width", "3"],
        ["read", "a", "--colour"],
        ["listen"],
    ],
)
def test_wrong_usage_exits_2_and_reads_nothing(run: Run, seen: dict[str, object], wrong: list[str]) -> None:
    result = run(*wrong)
    assert result.exit_code == 2
    assert "Error: " in result.stderr
    assert not seen


def test_standard_input_is_read_when_nothing_else_is_given(run: Run, seen: dict[str, object]) -> None:
    assert run("read", input="words").exit_code == 0
    assert seen["sources"] == ["-"]


def test_nothing_given_at_a_terminal_shows_the_help(run: Run, seen: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.view.cli.at_terminal", lambda _: True)
    result = run("read")
    assert result.exit_code == 2
    assert "sayso read --example" in result.stdout
    assert not seen


def test_settings_come_from_options(run: Run, seen: dict[str, object]) -> None:
    run("read", "a", "--threads", "2", "--max-bytes", "5", "--max-chars", "6", "--max-depth", "7")
    assert seen["settings"] == Settings(threads=2, max_bytes=5, max_chars=6, max_depth=7)


def test_the_picture_is_written_and_the_terminal_stays_quiet(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "card.svg"
    result = run("read", "a", "--svg", str(file))
    assert (result.exit_code, result.stdout) == (0, "")
    assert file.read_text("utf-8").startswith("<svg ")
    assert "http" not in file.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")


def test_a_picture_that_cannot_be_written_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("read", "a", "--svg", str(tmp_path / "no" / "card.svg"))
    assert result.exit_code == 3
    assert "No such file or directory" in result.stderr


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_only_json_on_a_terminal_is_indented(reading: Reading) -> None:
    out = Terminal()
    writer = JsonWriter(out)
    writer.add(reading)
    writer.close()
    assert out.getvalue().startswith('{\n  "sayso"')


def test_several_json_on_a_terminal_are_lines(reading: Reading) -> None:
    out = Terminal()
    writer = JsonWriter(out)
    for _ in range(3):
        writer.add(reading)
    writer.close()
    assert [json.loads(line)["sayso"] for line in out.getvalue().splitlines()] == ["0.1.0"] * 3


@pytest.mark.parametrize(("no_color", "escapes"), [("", "\x1b[1;38;5;31m"), ("1", "\x1b[1m")])
def test_a_terminal_has_colour_unless_no_color_is_set(
    reading: Reading, monkeypatch: pytest.MonkeyPatch, no_color: str, escapes: str
) -> None:
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "", "NO_COLOR": no_color, "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    out = Terminal()
    CardWriter(out, width=None, plain=False, furniture=False).add(reading)
    assert escapes in out.getvalue()
    assert ("38;5" in out.getvalue()) == (not no_color)


# What follows runs a process of its own, since streams, signals and imports belong to one.

FAKE = """
import signal, sys, types, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that starts something in the background has it ignored
from sayso.records import Skipped
pipeline = types.ModuleType("sayso.pipeline")
def read_many(sources, settings):
    for n in range(100000):
        yield Skipped(stage="capture", of=str(n), why="x" * 100, detail="")
        if sources == ["slow"]:
            time.sleep(0.05)
pipeline.read_many, pipeline.read, pipeline.now, pipeline.refused = read_many, None, None, None
sys.modules["sayso.pipeline"] = pipeline
"""
MAIN = "import sys; from sayso.view.cli import main; main()"
HEAVY = {"numpy", "openvino", "trafilatura", "tokenizers", "lxml", "rich", "sayso.pipeline"}


def start(code: str, *args: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", code, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def test_a_reader_that_goes_away_ends_the_run_quietly() -> None:
    with start(FAKE + MAIN, "read", "a", "--json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        complaints = process.stderr.read()
    assert process.returncode == 141
    assert b"Traceback" not in complaints
    assert b"Broken pipe" not in complaints


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise there")
def test_ctrl_c_ends_the_run_with_one_line() -> None:
    with start(FAKE + MAIN, "read", "slow", "--json") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        complaints = process.communicate()[1]
    assert process.returncode == 130
    assert complaints.decode().splitlines()[-1] == "sayso: stopped"
    assert b"Traceback" not in complaints


@pytest.mark.parametrize("args", [["--version"], ["--help"], ["read", "--help"]])
def test_help_and_version_wait_for_nothing_heavy(args: list[str]) -> None:
    code = f"""
import sys
sys.argv = ["sayso", *{args!r}]
from sayso.view.cli import main
try:
    main()
except SystemExit:
    print(*{HEAVY!r} & set(sys.modules), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
    assert "sayso" in done.stdout


def test_the_version_names_code_and_model(run: Run) -> None:
    assert run("--version").stdout.startswith(f"sayso {__version__}, model ")

"""A file is there whole or not at all; an empty answer is a valid file; the command line says what it did."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner, Result

import sayso
from sayso.errors import ExportError
from sayso.records import Reading
from sayso.store import Query, Store, open_store
from sayso.view.cli import app
from sayso.view.export import FORMATS
from sayso.view.export.formats import format_named
from sayso.view.jsonl import json_text


def breaking(reading: Reading, error: BaseException) -> Iterator[Reading]:
    yield reading
    raise error


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), ExportError("a line is no reading")])
def test_an_export_that_breaks_off_leaves_no_file_and_the_old_one_as_it_was(name: str, error: BaseException, full: Reading, tmp_path: Path) -> None:
    paths = sayso.export(name, [full], tmp_path / "news.out", claims=True).files
    before = {path: path.read_bytes() for path in paths.values()}
    with pytest.raises(type(error)):
        sayso.export(name, breaking(full, error), tmp_path / "news.out")
    with pytest.raises(type(error)):
        sayso.export(name, breaking(full, error), tmp_path / "other.out")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_answer_is_a_valid_empty_file(name: str, tmp_path: Path, store: Store) -> None:
    done = sayso.export(name, store, tmp_path / "none.out")
    assert set(done.rows.values()) == {0}
    for part in format_named(name).parts:
        path, columns = done.files[part.name], [column.name for column in part.columns]
        if name == "parquet":
            assert list(pd.read_parquet(path).columns) == columns
            assert duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall() == [(0,)]
        elif name == "annotations":
            assert json.loads(path.read_text("utf-8"))["items"] == []
        elif part.header and columns:
            frame = pd.read_csv(path, sep="," if name == "csv" else "\t")
            assert (list(frame.columns), len(frame)) == (columns, 0)
        else:
            assert path.read_bytes() == b""


def test_a_file_has_the_rights_of_any_new_file(full: Reading, tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    sayso.export("jsonl", [full], tmp_path / "made")
    assert stat.S_IMODE((tmp_path / "made").stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)


def test_one_table_of_two_goes_to_the_file_that_is_named(full: Reading, tmp_path: Path) -> None:
    done = sayso.export("csv", [full], tmp_path / "said.csv", table="statements")
    assert (done.files, done.rows) == ({"statements": tmp_path / "said.csv"}, {"statements": 1})


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        ({"format": "excel"}, "'excel' is no format of export. There are jsonl, csv"),
        ({"format": "csv", "table": "actors"}, "csv has no table 'actors'. It has statements and events"),
        ({"format": "csv", "out": sys.stdout}, "csv has 2 tables, and one stream holds one"),
        ({"format": "jsonl", "out": "no/such/folder/x"}, "in a folder that is not there"),
        ({"format": "jsonl", "out": "."}, "is a folder"),
        ({"format": "jsonl", "query": Query(words="a")}, "a query asks a store"),
        ({"format": "jsonl", "source": "nowhere.jsonl"}, "nowhere.jsonl: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said(asked: dict[str, object], met: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    given: dict[str, object] = {"source": [], "out": "x"} | asked
    with pytest.raises(ExportError) as told:
        sayso.export(given.pop("format"), given.pop("source"), given.pop("out"), **given)  # type: ignore[arg-type]
    assert met in str(told.value)
    assert list(tmp_path.iterdir()) == []


# The command line


@pytest.fixture
def run(tmp_path: Path, full: Reading, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `sayso export` in a folder with a store and a file of readings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SAYSO_STORE", raising=False)
    with open_store("news.db") as store:
        store.add(full)
    Path("readings.jsonl").write_text(f"{json_text(full)}\n", encoding="utf-8")
    return lambda *arguments, **more: CliRunner().invoke(app, ["export", *arguments], **more)


def test_a_store_is_exported_to_standard_output(run: Callable[..., Result]) -> None:
    result = run("icews", "--store", "news.db", "--claims")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split("\t")[2] for line in result.stdout.splitlines()] == ["Source Name", "Iran", "Iran"]


def test_claims_that_are_left_out_are_told(run: Callable[..., Result]) -> None:
    result = run("icews", "--store", "news.db")
    assert result.exit_code == 0
    assert result.stderr == "sayso: 1 event that is not reported was left out, since icews has no place for a claimant; --claims writes them too\n"


def test_files_are_named_with_their_rows(run: Callable[..., Result]) -> None:
    result = run("csv", "--readings", "readings.jsonl", "--out", "news.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "sayso: news.statements.csv: 1 row\nsayso: news.events.csv: 1 row\n"


def test_readings_come_from_a_pipe(run: Callable[..., Result]) -> None:
    given = Path("readings.jsonl").read_bytes()
    assert run("jsonl", "--readings", "-", input=given).stdout.encode() == given


@pytest.mark.parametrize("place", ["news.db", "sqlite:///news.db"])
def test_the_store_can_stand_in_the_environment(place: str, run: Callable[..., Result]) -> None:
    result = run("csv", "--table", "events", env={"SAYSO_STORE": place})
    assert result.stdout.splitlines()[1].startswith("ev_full,")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["--by", "NOR"], 1), (["--by", "USA"], 0), (["--about", "Iran"], 1), (["--through", "Reuters"], 1), (["--publisher", "the courier"], 1),
        (["--type", "assault"], 1), (["--type", "AID"], 0), (["--standing", "claimed"], 1), (["--from", "2025-03-04"], 0),
        (["--from", "2025-03-03", "--to", "2025-03-03"], 1), (["--to", "2025-03-02"], 0), (["shelled"], 1), (["sheltered"], 0), (["shelled", "--by", "IRN"], 0),
        (["urmia", "iran"], 1), (["urmia", "moon"], 0), (["--country", "NOR"], 1), (["--country", "IRN"], 0),
    ],
)  # fmt: skip
def test_filters_are_those_of_a_search(filters: list[str], found: int, run: Callable[..., Result]) -> None:
    result = run("csv", *filters, "--store", "news.db", "--table", "statements")
    assert (result.exit_code, result.stdout.count("\nst_full,")) == (0, found)


@pytest.mark.parametrize(
    ("arguments", "code", "met"),
    [
        (["excel"], 2, "'excel' is no format"),
        (["csv", "--store", "news.db"], 1, "csv has 2 tables"),
        (["jsonl", "--store", "nowhere.db"], 1, "there is no store at nowhere.db"),
        (["jsonl"], 1, "there is no store at sayso.db"),
        (["jsonl", "--readings", "readings.jsonl", "--by", "PRK"], 2, "leave out"),
        (["icews", "--store", "news.db", "--standing", "denied"], 1, "no place for a claimant"),
        (["jsonl", "--store", "news.db", "--standing", "certain"], 1, "standing 'certain' is none of"),
        (["jsonl", "--readings", "news.db"], 1, "news.db line 1 is no reading"),
    ],
)
def test_a_wrong_command_is_one_line_and_makes_no_store(arguments: list[str], code: int, met: str, run: Callable[..., Result]) -> None:
    before = set(Path().iterdir())
    result = run(*arguments)
    assert result.exit_code == code
    assert met in " ".join(result.stderr.replace("│", " ").split())
    assert set(Path().glob("*[!ml]")) == {path for path in before if path.match("*[!ml]")}  # SQLite's own files beside the store come and go


def test_a_reader_that_goes_away_is_no_fault(run: Callable[..., Result], full: Reading) -> None:
    Path("many.jsonl").write_text(f"{json_text(full)}\n" * 2000, encoding="utf-8")
    command = f"{sys.executable} -m sayso export jsonl --readings many.jsonl | head -c 10; echo \" ${{PIPESTATUS[0]}}\""
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (f"{json_text(full)[:10]} 141\n", "")


def test_ctrl_c_leaves_nothing_behind(tmp_path: Path, full: Reading) -> None:
    command = [sys.executable, "-c", "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from sayso.view.cli import main; main()"]
    asked = [*command, "export", "csv", "--readings", "-", "--out", str(tmp_path / "news.csv")]
    with subprocess.Popen(asked, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdin
        running.stdin.write(f"{json_text(full)}\n".encode())
        running.stdin.flush()
        until = time.monotonic() + 60
        while len(list(tmp_path.glob(".news.*.part"))) < 2 and time.monotonic() < until:
            time.sleep(0.05)
        assert len(list(tmp_path.iterdir())) == 2
        running.send_signal(signal.SIGINT)
        _, told = running.communicate()
    assert (running.returncode, told, list(tmp_path.iterdir())) == (130, b"sayso: stopped\n", [])

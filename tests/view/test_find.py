"""`sayso find` and `sayso corrections` over a store filled by a script."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import varied
from typer.testing import CliRunner, Result

from sayso.store import Query, open_store
from sayso.view.cli import app

PAGES = 20
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("find") / "news.db"
    with open_store(path) as store:
        store.add_many(varied.reading(number) for number in range(PAGES))
    return str(path)


@pytest.fixture
def run(news: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SAYSO_STORE", news)
    return lambda *args: CliRunner().invoke(app, list(args))


def test_an_answer_is_a_table_whose_last_line_is_the_command_for_the_next(run: Run, news: str) -> None:
    seen: list[str] = []
    arguments = ["find", "talks", "--limit", "7"]
    for _page in range(100):
        result = run(*arguments)
        assert result.exit_code == 0
        seen += re.findall(r"st_[0-9a-f]{8}", result.stdout)
        more = re.findall(r"^more: sayso (.*)$", result.stdout, re.MULTILINE)
        if not more:
            break
        arguments = shlex.split(more[0])
    with open_store(news) as store:
        assert seen == [row.statement.id[:11] for row in store.every(store.statements, Query(words="talks"))]
    assert len(seen) > 7


def test_json_lines_and_csv_hold_the_same_rows_in_the_same_order(run: Run) -> None:
    rows = [json.loads(line) for line in run("find", "--by", "PRK", "--all", "--json").stdout.splitlines()]
    lines = list(csv.DictReader(io.StringIO(run("find", "--by", "PRK", "--all", "--csv").stdout)))
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert len(rows) > 3
    assert {line["country"] for line in lines} == {"PRK"}
    assert [line["address"] for line in lines] == [row["article"]["address"] for row in rows]


def test_oldest_first_is_newest_first_turned_round(run: Run) -> None:
    ids = [[json.loads(line)["id"] for line in run("find", "--sort", order, "--all", "--json").stdout.splitlines()] for order in ("newest", "oldest")]
    assert ids[0] == ids[1][::-1]
    assert len(ids[0]) == sum(len(varied.reading(n).statements) for n in range(PAGES))


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (["--force", "denial"], lambda row: row["force"] == "denial"),
        (["--through", "TASS"], lambda row: any(r["words"] == "TASS" for r in row["through"])),
        (["--publisher", "the daily 3"], lambda row: row["article"]["publisher"] == "The Daily 3"),
        (["--country", "USA"], lambda row: any(a["country"] == "USA" for a in row["actors"] if a["id"] == row["who"]["actor"])),
        (["--from", "2023-01-01"], lambda row: row["when"]["latest"] >= "2023-01-01"),
        (["--to", "2023-01-01"], lambda row: row["when"]["earliest"] <= "2023-01-01"),
        (["--events", "--type", "accuse"], lambda row: row["type"] == "ACCUSE"),
        (["--events", "--standing", "announced"], lambda row: row["standing"] == "announced"),
        (["--articles", "--publisher", "The Daily 3"], lambda row: row["publisher"] == "The Daily 3"),
    ],
)
def test_every_row_has_what_was_asked(run: Run, options: list[str], holds: Callable[[dict[str, object]], bool]) -> None:
    rows = [json.loads(line) for line in run("find", *options, "--all", "--json").stdout.splitlines()]
    assert rows
    assert all(map(holds, rows))


def test_an_empty_answer_names_what_has_none_and_what_is_near(run: Run) -> None:
    result = run("find", "talks", "--by", "Noth Korea")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing alone has --by Noth Korea; the store has: North Korea" in result.stderr
    assert "talks" not in result.stderr


def test_parts_that_have_answers_alone_are_told_apart(run: Run) -> None:
    rows = [json.loads(line) for line in run("find", "--all", "--json").stdout.splitlines()]
    publishers = {row["article"]["publisher"] for row in rows}
    forces = {p: {row["force"] for row in rows if row["article"]["publisher"] == p} for p in publishers}
    publisher = next(p for p in sorted(publishers) if "demand" not in forces[p])
    result = run("find", "--publisher", publisher, "--force", "demand")
    assert result.exit_code == 1
    assert "each part alone has answers" in result.stderr
    assert "without --force demand there are some" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["find", "--standing", "sure"], 1, "standing 'sure' is none of"),
        (["find", "--after", "nowhere"], 1, "is no place in an answer"),
        (["find", "--limit", "5000"], 1, "it can be 1 to 1000"),
        (["find", "--", "-without"], 1, "name nothing to look for"),
        (["find", "--json", "--csv"], 2, "leave out one"),
        (["find", "--store", "not/there.db"], 3, "is not there"),
        (["corrections", "accept", "st_nothing"], 1, "is no statement and no event"),
        (["corrections", "accept", "st_"], 1, "is the beginning of"),
    ],
)
def test_what_makes_no_sense_is_one_line_and_a_code(run: Run, arguments: list[str], code: int, says: str) -> None:
    result = run(*arguments)
    assert result.exit_code == code
    assert says in result.stderr
    assert result.stdout == ""


def test_a_cell_that_a_spreadsheet_would_compute_is_quoted() -> None:
    from sayso.view.found import _cell  # noqa: PLC0415

    assert [_cell(v) for v in ("=1+1", "@SUM", "-a", "a=b", -1, None, 0.5)] == ["'=1+1", "'@SUM", "'-a", "a=b", "-1", "", "0.500"]


def test_corrections_are_made_listed_taken_back_and_exported(tmp_path: Path) -> None:
    path = str(tmp_path / "news.db")
    with open_store(path) as store:
        store.add(varied.reading(1))
        ids = [row.statement.id for row in store.statements().rows]
        events = [row.event.id for row in store.events().rows]

    def say(*args: str) -> Result:
        return CliRunner().invoke(app, ["corrections", *args, "--store", path])

    assert say("list").exit_code == 1
    for id_ in [*ids[1:], *events]:
        assert say("accept", id_[:14], "--by", "M. Roy").exit_code == 0
    changed = say("change", ids[0], "force", "assertive", "--by", "M. Roy", "--why", "=loud")
    assert changed.exit_code == 0
    assert '→ "assertive"' in changed.stdout
    assert len(say("list").stdout.splitlines()) == len(ids) + len(events)
    assert json.loads(say("list", ids[0], "--json").stdout)["why"] == "=loud"
    out = tmp_path / "stories.txt"
    assert say("export", "--out", str(out)).exit_code == 0
    assert out.read_text("utf-8").startswith("=== ar_")
    assert re.search(r"\[Q\d+/assertive said\]", out.read_text("utf-8"))
    assert [p.name for p in tmp_path.glob(".*half")] == []
    correction = changed.stdout.split()[0]
    assert "withdrawn" in say("withdraw", correction[:12], "--by", "A. Holm").stdout
    with open_store(path) as store:
        assert {row.review for row in store.statements().rows if row.statement.id == ids[0]} == {None}

"""`sayso actors`, `--registry` and the block of a card that says who is who."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from sayso.records import Actor, Reading, Span, Statement, Words
from sayso.relate.registry.entries import COLUMNS
from sayso.view.card import Look, card
from sayso.view.cli import app
from sayso.view.who import MOST, who_lines

NORLAND = """
[[state]]
key = "NRL"
name = "Norland"
demonyms = ["Norlander"]
capital = "Velhaven"
places = ["Portsea"]
bodies = [{ name = "Grey Castle", sector = "GOV" }]
source = "drawn"
checked = 2026-01-01
"""
HEADER = ",".join(COLUMNS) + "\n"
HOLDERS = HEADER + (
    "NRL,head_of_state,President,Ada Holm,,A. Holm,f,2010-01-01,2019-12-31,,,drawn,2026-01-01\n"
    "NRL,head_of_state,President,Olaf Berg,,,m,2020-01-01,,,day of start,drawn,2026-01-01\n"
)
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options that name the user's own files."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own.toml").write_text(NORLAND, encoding="utf-8")
    (folder / "own.csv").write_text(HOLDERS, encoding="utf-8")
    return ["--registry", str(folder / "own.toml"), "--registry", str(folder / "own.csv")]


@pytest.fixture
def run() -> Run:
    return lambda *args: CliRunner().invoke(app, ["actors", *map(str, args)])


@pytest.fixture
def small(own: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Only Norland comes with Sayso, so that a file on top loads at once."""
    monkeypatch.setattr("sayso.relate.registry.index.shipped_files", lambda: [Path(own[1])])


# -- find --------------------------------------------------------------------------------------------------------------


def test_what_is_known_of_a_person_is_told_in_lines(run: Run, own: list[str]) -> None:
    result = run("find", "Ada Holm", *own)
    assert (result.exit_code, result.stderr) == (0, "")
    name, kind, *rest = result.stdout.splitlines()
    assert name == "Ada Holm  [NRL/Ada Holm]"
    assert re.fullmatch(r"    person.*; found by name", kind)
    assert rest == [
        "    President of NRL, 2010-01-01 to 2019-12-31",
        "    also A. Holm",
        "    source: drawn, checked 2026-01-01",
    ]


def test_what_is_known_of_a_state_is_told_in_lines(run: Run, own: list[str]) -> None:
    assert run("find", "Velhaven", *own).stdout.splitlines() == [
        "Norland  [NRL]",
        "    state, NRL; found by capital",
        "    also Norlander, Velhaven",
        "    source: drawn, checked 2026-01-01",
    ]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (["Norland"], [("NRL", "name")]),
        (["norland"], []),
        (["Grey Castle"], [("NRL/Grey Castle", "name")]),
        (["Holm"], [("NRL/Ada Holm", "surname")]),
        (["Holm Ada"], [("NRL/Ada Holm", "name")]),
        (["Norlander president"], [("NRL/Ada Holm", "office"), ("NRL/Olaf Berg", "office")]),
        (["president of Norland"], [("NRL/Ada Holm", "office"), ("NRL/Olaf Berg", "office")]),
        (["the president of Norland", "--on", "2015-06-01"], [("NRL/Ada Holm", "office")]),
        (["Norland president", "--on", "2020-01-01"], [("NRL/Olaf Berg", "office")]),
        (["Norland president", "--on", "2001-01-01"], []),
        (["Holm", "--on", "2024-01-01"], []),
        (["Norland prime minister"], []),
    ],
)
def test_a_name_or_an_office_is_found(run: Run, own: list[str], asked: list[str], found: list[tuple[str, str]]) -> None:
    result = run("find", *asked, "--json", *own)
    assert [(one["key"], one["how"]) for one in map(json.loads, result.stdout.splitlines())] == found
    assert result.exit_code == (0 if found else 1)


def test_json_gives_everything_one_object_a_line(run: Run, own: list[str]) -> None:
    (one,) = [json.loads(line) for line in run("find", "Berg", "--json", *own).stdout.splitlines()]
    want = {
        "key": "NRL/Olaf Berg", "name": "Olaf Berg", "kind": "person", "how": "surname", "detail": "", "names": [], "source": "drawn", "checked": "2026-01-01",
        "unsure": "day of start",
        "tenures": [{"of": "NRL", "office": "head_of_state", "title": "President", "start": "2020-01-01", "end": None, "unsure": "day of start"}],
    }  # fmt: skip
    assert one | want == one
    assert set(one) == {*want, "country", "sector"}


def test_what_is_in_doubt_is_said_beside_it(run: Run, own: list[str]) -> None:
    assert "    President of NRL, 2020-01-01 to now (unsure: day of start)\n" in run("find", "Olaf Berg", *own).stdout


@pytest.mark.parametrize(("args", "day"), [(["Xyzzyland"], ""), (["Norland president", "--on", "2001-01-01"], " on 2001-01-01")])
def test_whom_nobody_knows_is_said_with_what_to_do(run: Run, own: list[str], args: list[str], day: str) -> None:
    result = run("find", *args, *own)
    assert result.exit_code == 1
    assert result.stdout == f"{args[0]!r} is nobody whom the registry knows{day}. Add it to a file of your own and give that with --registry.\n"


def test_a_user_sees_the_shipped_registry_without_files(run: Run) -> None:
    keys = {json.loads(line)["key"] for line in run("find", "Pyongyang", "--json").stdout.splitlines()}
    assert keys == {"PRK"}
    assert run("find", "Norland").exit_code == 1


@pytest.mark.usefixtures("small")
def test_many_of_a_name_are_counted_for_a_person_and_all_given_as_json(run: Run, tmp_path: Path) -> None:
    many = tmp_path / "many.csv"
    rows = (f"NRL,minister,Minister {n},Person{n} Qwertzson,,,m,2010-01-01,,,,drawn,2026-01-01\n" for n in range(23))
    many.write_text(HEADER + "".join(rows), encoding="utf-8")
    text = run("find", "Qwertzson", "--registry", many).stdout
    assert text.endswith("and 3 more; --on DATE narrows them, --json gives all\n")
    assert text.count("found by surname") == 20
    assert run("find", "Qwertzson", "--registry", many, "--json").stdout.count("\n") == 23


# -- check -------------------------------------------------------------------------------------------------------------


def test_a_good_registry_passes_with_its_counts(run: Run, own: list[str]) -> None:
    result = run("check", *own)
    assert result.exit_code == 0
    assert "refused: " not in result.stdout
    assert re.search(r"\n +\d+ tenures\n", "\n" + result.stdout)
    assert re.search(r"\n0 refused, \d+ in doubt, \d+ marked as unsure by their writers \(--unsure lists them\)\n$", result.stdout)


def test_what_is_marked_as_unsure_is_listed_when_asked_for(run: Run, own: list[str]) -> None:
    assert "unsure: own.csv line 3: Olaf Berg, President: day of start; wanted a source that settles it.\n" in run("check", "--unsure", *own).stdout
    assert "unsure: " not in run("check", *own).stdout


@pytest.mark.usefixtures("small")
def test_what_had_to_be_refused_is_told_with_its_line_and_fails_the_check(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(HOLDERS + "NRL,king\n", encoding="utf-8")
    result = run("check", "--registry", bad)
    assert result.exit_code == 1
    assert "refused: bad.csv line 4: 2 values; wanted 13, one for each column" in result.stdout
    assert "1 refused, " in result.stdout


@pytest.mark.usefixtures("small")
def test_what_belongs_to_nobody_is_in_doubt_and_passes(run: Run, tmp_path: Path) -> None:
    lost = tmp_path / "lost.csv"
    lost.write_text(HOLDERS.replace("NRL", "QQQ"), encoding="utf-8")
    result = run("check", "--registry", lost)
    assert result.exit_code == 0
    assert "in doubt: lost.csv line 2: QQQ/Ada Holm belongs to 'QQQ', which nobody is; wanted the key of an entry.\n" in result.stdout


# -- update ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def endpoint() -> Iterator[str]:
    """A SPARQL service on this machine that knows one new holder."""
    cells = {"office": "head_of_government", "person": "http://www.wikidata.org/entity/Q7", "name": "Eve Marr", "start": "2031-01-10T00:00:00Z"}
    body = json.dumps({"results": {"bindings": [{k: {"type": "literal", "value": v} for k, v in cells.items()}]}}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200 if self.path == "/sparql" else 404)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/sparql"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_update_writes_a_file_that_find_reads(run: Run, endpoint: str, tmp_path: Path) -> None:
    path = tmp_path / "holders.csv"
    result = run("update", "AND", "--registry", path, "--endpoint", endpoint)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "1 states asked: 1 new rows, 0 tenures known already, 0 without a usable name or day\n"
        f"{path} holds 1 tenures; read with it: sayso read --registry {path} ...\n"
    )
    assert run("find", "Eve Marr", "--registry", path).exit_code == 0
    assert run("find", "Eve Marr").exit_code == 1


@pytest.mark.parametrize(
    ("args", "line"),
    [
        (["XXX"], "sayso: 'XXX' is no state of the registry. Wanted: ISO 3166-1 alpha-3 codes such as PRK"),
        (["AND", "--endpoint", "{}/gone"], "sayso: {}/gone did not answer for AND (HTTP 404). Try again later"),
    ],
)
def test_an_update_that_fails_is_one_line_and_a_code(run: Run, endpoint: str, tmp_path: Path, args: list[str], line: str) -> None:
    result = run("update", *(a.format(endpoint) for a in args), "--registry", tmp_path / "holders.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(line.format(endpoint))
    assert result.stderr.count("\n") == 1


def test_an_update_that_cannot_write_is_one_line(run: Run, endpoint: str, tmp_path: Path) -> None:
    result = run("update", "AND", "--registry", tmp_path / "no" / "holders.csv", "--endpoint", endpoint)
    assert result.exit_code == 3
    assert result.stderr.startswith("sayso: cannot go on: [Errno 2] No such file or directory")


# -- how the commands are used -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [["find"], ["find", "Seoul", "--on", "yesterday"], ["find", "Seoul", "--registry", "."], ["check", "Seoul"], ["update"], ["rename"]],
)
def test_wrong_usage_exits_2(run: Run, wrong: list[str]) -> None:
    result = run(*wrong)
    assert result.exit_code == 2
    assert "Error: " in result.stderr


def test_the_commands_alone_show_their_help(run: Run) -> None:
    shown = run().output
    assert all(f"\n  {name} " in shown for name in ("find", "check", "update"))


def test_find_waits_for_no_model_and_no_reader() -> None:
    code = """
import sys
sys.argv = ["sayso", "actors", "find", "Seoul", "--json"]
from sayso.view.cli import main
try:
    main()
except SystemExit:
    print(*{"openvino", "trafilatura", "tokenizers", "lxml", "sayso.pipeline"} & set(sys.modules), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.split() == []
    assert json.loads(done.stdout.splitlines()[0])["key"] == "KOR"


# -- reading with files of one's own -----------------------------------------------------------------------------------

PAGE = """Norlander president says the ferry is gone

“The ferry is gone and will not come back,” Norlander President Olaf Berg said on Monday in Velhaven, where Norland keeps its fleet.

“Nobody crosses the strait any more,” Berg said.
"""


def test_a_page_is_read_with_the_users_own_files(own: list[str], tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")

    def actors(*options: str) -> dict[str, dict[str, Any]]:
        result = CliRunner().invoke(app, ["read", str(page), "--json", *options])
        assert result.exit_code == 0
        return {one["name"]: one for one in json.loads(result.stdout)["actors"]}

    with_own, without = actors(*own), actors()
    assert (with_own["Olaf Berg"]["registry"], with_own["Olaf Berg"]["cameo"]) == ("NRL/Olaf Berg", "NRLGOV")
    assert with_own["Norland"]["registry"] == "NRL"
    assert without["Olaf Berg"]["registry"] is None
    assert "Norland" not in without or without["Norland"]["registry"] is None


@pytest.mark.parametrize("command", [["read", "page.txt"], ["actors", "find", "Seoul"], ["actors", "check"]])
def test_a_file_that_is_not_there_is_one_line(command: list[str]) -> None:
    result = CliRunner().invoke(app, [*command, "--registry", "gone.toml"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("sayso: gone.toml is no file. Wanted: a registry file of yours, .toml")


# -- who is who on a card ----------------------------------------------------------------------------------------------

HOLM = Actor(id="ac_1", name="Ada Holm", kind="person", country="NOR", sector="GOV", office="Deputy Minister", basis="registry")


def shown(*actors: Actor, width: int = 88) -> list[str]:
    return [line.plain for line in who_lines(actors, width)]


@pytest.mark.parametrize(
    ("actor", "line"),
    [
        (HOLM, "  Ada Holm · NOR GOV · Deputy Minister"),
        (replace(HOLM, office=None), "  Ada Holm · NOR GOV"),
        (replace(HOLM, name="the Deputy Minister"), "  the Deputy Minister · NOR GOV"),
        (replace(HOLM, basis="description"), "  Ada Holm · NOR GOV · Deputy Minister · as the page says"),
        (replace(HOLM, basis="affiliation", office=None), "  Ada Holm · NOR GOV · by affiliation"),
        (replace(HOLM, basis="article", office=None), "  Ada Holm · NOR GOV · as the page mostly speaks of it"),
        (replace(HOLM, sector=None, office=None), "  Ada Holm · NOR"),
        (Actor(id="ac_2", name="Two Western officials", kind="group", sector="GOV", count=2, basis="description"),
         "  Two Western officials · GOV · 2 persons · as the page says"),
    ],
)  # fmt: skip
def test_an_actor_is_told_with_what_is_known_and_on_what_ground(actor: Actor, line: str) -> None:
    assert shown(actor) == ["Who is who", line]


def test_a_spokesperson_is_told_with_the_body() -> None:
    body = Actor(id="ac_9", name="Norland Ministry", kind="organisation", country="NOR", sector="GOV", basis="registry")
    speaker = replace(HOLM, office=None, basis="body", speaks_for="ac_9")
    assert shown(speaker, body)[1] == "  Ada Holm · NOR GOV · for Norland Ministry · as the body spoken for"
    assert shown(replace(speaker, speaks_for="ac_gone"))[1] == "  Ada Holm · NOR GOV · as the body spoken for"


def test_of_whom_nothing_is_known_is_left_to_the_statements() -> None:
    unknown = Actor(id="ac_3", name="a passer-by", kind="unknown")
    assert shown(unknown) == []
    assert shown(HOLM, unknown) == shown(HOLM)


def test_many_actors_are_counted() -> None:
    many = [replace(HOLM, id=f"ac_{n}", name=f"Holm {n}") for n in range(MOST + 3)]
    lines = shown(*many)
    assert len(lines) == MOST + 2
    assert lines[-1] == "  and 3 more, in --json"


@pytest.mark.parametrize("width", [20, 24, 40, 88])
def test_long_entries_wrap_within_the_width(width: int) -> None:
    long = replace(HOLM, name="Ada Maria Holm of the Northern Isles", office="Deputy Minister for the Strait and its Ferries", basis="description")
    lines = shown(long, width=width)
    assert all(cell_len(line) <= width for line in lines)
    assert " ".join("".join(lines[1:]).split()).replace(" ", "").count("Holm") == 1


def test_escapes_and_line_ends_in_a_name_reach_no_terminal() -> None:
    plain = "\n".join(shown(replace(HOLM, name="Ada\x1b[2J\nHolm", office="Minister\x07 \u202eof")))
    assert not set(plain) & set("\x1b\x07\u202e")
    assert len(plain.splitlines()) == 2


def test_the_block_stands_on_the_card_and_a_card_of_nobody_has_none(reading: Reading, make: Callable[..., Reading]) -> None:
    def text(one: Reading) -> str:
        return "\n".join(line.plain for line in card(one, Look(width=88)))

    assert "\nWho is who\n  Ada Holm · NOR GOV · Deputy Minister\n" in text(reading)
    unnamed = Words(words="Ann", span=None)
    alone = make("One.", Statement(id="st_1", form="indirect", force="neutral", who=unnamed, cue=None, what=(Span(0, 4),), quoted=(), score=0.9))
    assert "Who is who" not in text(alone)

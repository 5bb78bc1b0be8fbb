"""An update against a SPARQL service on this machine, which answers as Wikidata's does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from invented import HEADER, holder, loaded, registry_of_files

import sayso.registry
from sayso.errors import RegistryError
from sayso.relate.registry.entries import load_files
from sayso.relate.registry.index import Registry
from sayso.relate.registry.update import TRIES, fetched, states_to_ask, write_rows

TODAY = date(2026, 3, 1)
NORLAND = '[[state]]\nkey = "NRL"\nname = "Norland"\nsource = "drawn"\nchecked = 2026-01-01\n'
ISLE = NORLAND.replace("NRL", "ISL").replace("Norland", "Isle") + 'part_of = "NRL"\n'
SOUTHLAND = NORLAND.replace("NRL", "SRL").replace("Norland", "Southland")
SHIPPED = HEADER + (
    holder(of="NRL", person="Ana Good", title="President", start="2015-01-01")
    + holder(of="NRL", person="Cid Vale", office="head_of_government", title="Chancellor", start="2019-05-02", sex="m")
    + holder(of="NRL", person="Cid Vale", office="minister", title="Health Minister", start="2012-01-01", end="2019-05-01", sex="m")
)


def told(name: str, start: str = "", end: str = "", office: str = "head_of_state", **more: str) -> dict[str, Any]:
    """One line of an answer, as the service writes it."""
    cells = {"office": office, "title": "", "person": "http://www.wikidata.org/entity/Q7", "name": name} | more
    cells |= {key: f"{day}T00:00:00Z" for key, day in (("start", start), ("end", end)) if day}
    return {key: {"type": "literal", "value": value} for key, value in cells.items()}


OFFICES = ("head_of_government", "head_of_state")
ANA = told("Ana Good", "2015-01-02")


@dataclass
class Service:
    """What the service answers, one after the other and the last for ever, and what it was asked."""

    endpoint: str = ""
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def says(self, *bindings: dict[str, Any]) -> None:
        self.answer(200, json.dumps({"head": {"vars": []}, "results": {"bindings": bindings}}))

    def answer(self, status: int, body: str = "", **headers: str) -> None:
        self.answers.append((status, {name.replace("_", "-"): value for name, value in headers.items()}, body))


@pytest.fixture
def service() -> Iterator[Service]:
    """A service on this machine that answers what the test put in."""
    said = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            said.asked.append(parse_qs(body)["query"][0])
            status, headers, answer = said.answers.pop(0) if len(said.answers) > 1 else said.answers[0]
            self.send_response(status)
            for name, value in (headers | {"Content-Length": str(len(answer.encode()))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    said.endpoint = f"http://127.0.0.1:{server.server_port}/sparql"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield said
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The waits that were asked for, none of which is kept."""
    waits: list[float] = []
    monkeypatch.setattr("sayso.relate.registry.update.time", SimpleNamespace(sleep=waits.append))
    return waits


Update = Callable[..., sayso.registry.Renewed]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own" / "holders.csv"


@pytest.fixture
def update(service: Service, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slept: list[float]) -> Update:
    """`sayso.registry.update` over a drawn registry, which is loaded anew each time as a new process would."""
    own.parent.mkdir()
    (tmp_path / "shipped").mkdir()
    shipped = {"shipped/states.toml": NORLAND + ISLE + SOUTHLAND, "shipped/drawn.csv": SHIPPED}
    loaded(tmp_path, shipped)

    def registry_of(*more: Path) -> Registry:
        return Registry(load_files([*(tmp_path / name for name in shipped), *more]), "")

    monkeypatch.setattr("sayso.registry.registry_of", registry_of)
    return lambda *states, **more: sayso.registry.update(own, states or ("NRL",), endpoint=service.endpoint, today=TODAY, **more)


def rows(path: Path) -> list[str]:
    """What a file of holders says, without comment and header."""
    return path.read_text("utf-8").splitlines()[2:]


def test_a_new_holder_becomes_a_row(service: Service, update: Update, own: Path) -> None:
    sex = "http://www.wikidata.org/entity/Q6581072"
    service.says(ANA, told("Eve de la Mar", "2026-01-10", person="http://www.wikidata.org/entity/Q42", sex=sex, family="de la Mar"))
    assert update() == sayso.registry.Renewed(states=1, new=1, known=1, unusable=0, held=1)
    assert rows(own) == ["NRL,head_of_state,President,Eve de la Mar,de la Mar,,f,2026-01-10,,Q42,,Wikidata,2026-03-01"]


def test_a_title_is_the_states_own_else_the_services_else_the_usual(service: Service, update: Update, own: Path) -> None:
    service.says(
        told("Eve Mar", "2026-01-10", office="head_of_government"),
        told("Fay Mar", "2026-01-10", office="foreign_minister", title="minister of foreign affairs of Norland"),
        told("Guy Mar", "2026-01-10", office="defence_minister"),
    )
    update()
    assert {row.split(",")[2] for row in rows(own)} == {"Chancellor", "Minister of foreign affairs of Norland", "Defence Minister"}


def test_a_tenure_that_has_ended_is_closed_and_the_persons_others_go_along(service: Service, update: Update, own: Path) -> None:
    service.says(told("Cid Vale", "2019-05-03", "2025-12-31", "head_of_government"))
    assert update().new == 2
    assert rows(own) == [
        "NRL,head_of_government,Chancellor,Cid Vale,Vale,,m,2019-05-02,2025-12-31,,,Wikidata,2026-03-01",
        "NRL,minister,Health Minister,Cid Vale,Vale,,m,2012-01-01,2019-05-01,,,drawn,2026-03-01",
    ]


def test_tenures_that_end_together_are_closed_together(service: Service, update: Update, own: Path) -> None:
    own.write_text(HEADER + "".join(holder(of="NRL", person="Eve Mar", office=o, start="2020-01-01") for o in OFFICES), encoding="utf-8")
    service.says(*(told("Eve Mar", "2020-01-01", "2025-12-31", office) for office in OFFICES))
    assert update().new == 2
    assert [row.split(",")[8] for row in rows(own)] == ["2025-12-31"] * 2
    assert update().new == 0


def test_a_holder_with_two_family_names_is_one(service: Service, update: Update, own: Path) -> None:
    service.says(*(told("Eve de la Mar Vale Jr", "2026-01-10", family=family) for family in ("Mar", "Vale")))
    assert update().new == 1
    assert rows(own)[0].split(",")[4] == "Mar;Vale"


@pytest.mark.parametrize(
    "binding",
    [ANA, told("Ana GOOD", "2015-03-20"), told("Good Ana", "2014-11-01"), told("Ana Good"), told("Cid Vale", "2019-05-02", office="head_of_government")],
)
def test_what_is_known_already_is_only_counted(service: Service, update: Update, own: Path, binding: dict[str, Any]) -> None:
    service.says(binding)
    assert update() == sayso.registry.Renewed(states=1, new=0, known=1, unusable=0, held=0)
    assert rows(own) == []


def test_the_same_person_years_later_is_a_new_tenure(service: Service, update: Update, own: Path) -> None:
    service.says(told("Ana Good", "2024-01-02"))
    assert update().new == 1
    assert rows(own)[0].split(",")[7] == "2024-01-02"


@pytest.mark.parametrize(
    "binding",
    [
        told("Q123", "2026-01-10"),
        told("", "2026-01-10"),
        told("Eve Mar", "2026-01-10", office="head_cook"),
        told("Eve Mar", "2026-01-10", "2025-01-10"),
        {"office": "head_of_state", "name": "Eve Mar"},
        {},
    ],
)
def test_what_has_no_name_or_makes_no_sense_is_counted_and_left_out(service: Service, update: Update, own: Path, binding: dict[str, Any]) -> None:
    service.says(binding)
    assert update() == sayso.registry.Renewed(states=1, new=0, known=0, unusable=1, held=0)
    assert rows(own) == []


@pytest.mark.parametrize("start", ["", "t1234", "0000-01-01", "2026-13-01", "-0044-03-15"])
def test_a_holder_without_a_day_of_start_is_kept_and_marked_as_unsure(service: Service, update: Update, own: Path, start: str) -> None:
    service.says(told("Eve Mar", start))
    assert update().new == 1
    assert rows(own) == ["NRL,head_of_state,President,Eve Mar,,,,1900,,Q7,day of start,Wikidata,2026-03-01"]


def test_a_second_run_adds_nothing(service: Service, update: Update, own: Path) -> None:
    service.says(told("Eve Mar", "2026-01-10"), told("Fay Mar"), told("Cid Vale", "2019-05-02", "2025-12-31", "head_of_government"), ANA)
    first = update()
    written = own.read_bytes()
    again = update()
    assert (first.new, first.held) == (4, 4)
    assert (again.new, again.known, again.held) == (0, 4, 4)
    assert own.read_bytes() == written


def test_an_update_keeps_what_its_user_wrote(service: Service, update: Update, own: Path) -> None:
    mine = holder(of="NRL", person="Eve Mar", start="2026-01-11", unsure="mine")
    own.write_text(HEADER + mine, encoding="utf-8")
    service.says(told("Eve Mar", "2026-01-10"), told("Fay Mar", "2026-02-10"))
    update()
    assert mine.strip() in rows(own)
    assert len(rows(own)) == 2


def test_the_file_loads_without_problems_and_changes_who_is_found(service: Service, own: Path, slept: list[float]) -> None:
    own.parent.mkdir()
    day, name = date(2031, 1, 1), "Eve “Evi” Mar, Jr"
    service.says(told(name, "2030-12-01", office="head_of_government"))
    sayso.registry.update(own, ["AND"], endpoint=service.endpoint, today=TODAY)
    assert [p for p in sayso.registry.check_files([own]).problems if p.file == own.name] == []
    assert sayso.registry.find(name) == []
    assert [(f.key, f.how) for f in sayso.registry.find(name, day, [own])] == [(f"AND/{name}", "name")]
    assert name in {f.name for f in sayso.registry.find("Andorran prime minister", day, [own])}


# -- a service in trouble ----------------------------------------------------------------------------------------------


def test_a_busy_service_is_given_the_time_it_asks_for(service: Service, update: Update, slept: list[float]) -> None:
    service.answer(429, Retry_After="7")
    service.says(ANA)
    assert update().known == 1
    assert slept == [7.0]


@pytest.mark.parametrize("retry", [{}, {"Retry_After": "Wed, 21 Oct 2026 07:28:00 GMT"}, {"Retry_After": "0"}, {"Retry_After": "-5"}])
def test_without_a_time_the_waits_grow(service: Service, update: Update, slept: list[float], retry: dict[str, str]) -> None:
    service.answer(503, **retry)
    service.answer(502)
    service.says(ANA)
    assert update().known == 1
    assert slept == [1.0, 2.0]


def test_no_wait_is_longer_than_the_service_itself_works(service: Service, update: Update, slept: list[float]) -> None:
    service.answer(429, Retry_After="86400")
    service.says(ANA)
    update()
    assert slept == [60.0]


def test_a_service_that_fails_for_ever_is_given_up(service: Service, update: Update) -> None:
    service.answer(500)
    with pytest.raises(RegistryError, match=r"127\.0\.0\.1:\d+/sparql did not answer for NRL \(HTTP 500\)\. Try again later, or name another service"):
        update()
    assert len(service.asked) == TRIES


def test_a_service_that_refuses_is_not_asked_again(service: Service, update: Update, slept: list[float]) -> None:
    service.answer(403)
    with pytest.raises(RegistryError, match="HTTP 403"):
        update()
    assert (len(service.asked), slept) == (1, [])


NO_RESULTS = ["[]", "{}", '{"results": {}}', '{"results": {"bindings": 5}}', '{"results": {"bindings": [1]}}', "null"]


@pytest.mark.parametrize("body", ["<html>busy</html>", "", "\ufeff{", *NO_RESULTS])
def test_an_answer_that_is_something_else_is_said_to_be(service: Service, update: Update, own: Path, body: str) -> None:
    service.answer(200, body)
    with pytest.raises(RegistryError, match=r"answered something else than SPARQL results in JSON .* Is this a SPARQL service\?"):
        update()
    assert rows(own) == []


def test_nobody_at_the_other_end_is_one_plain_error(service: Service, slept: list[float]) -> None:
    with httpx.Client() as client, pytest.raises(RegistryError, match=r"did not answer for AND \(ConnectError"):
        fetched(sayso.registry.registry_of().entities["AND"], client, "http://127.0.0.1:1/", since=2000)
    assert len(slept) == TRIES - 1


def test_a_run_that_breaks_off_keeps_what_came_before(service: Service, update: Update, own: Path) -> None:
    service.says(told("Eve Mar", "2026-01-10"))
    service.answer(404)
    with pytest.raises(RegistryError, match="did not answer for SRL"):
        update("NRL", "SRL")
    assert [row.split(",")[3] for row in rows(own)] == ["Eve Mar"]
    assert list(own.parent.iterdir()) == [own]


# -- what is asked -----------------------------------------------------------------------------------------------------


def test_each_state_is_asked_for_once_by_its_code(service: Service, update: Update) -> None:
    service.says(ANA)
    seen: list[tuple[str, int, int]] = []
    update("NRL", "SRL", since=1990, told=lambda *done: seen.append(done))
    assert ['"NRL"' in q or '"SRL"' in q for q in service.asked] == [True, True]
    assert all("YEAR(?end) >= 1990" in q for q in service.asked)
    assert seen == [("Norland", 1, 2), ("Southland", 2, 2)]


def test_without_a_choice_all_states_of_today_are_asked_for_but_no_territories(tmp_path: Path) -> None:
    old = SOUTHLAND.replace('key = "SRL"', 'key = "OLD"\ncode = "SRL"')
    registry = registry_of_files(tmp_path, states_toml=NORLAND + ISLE + old + SOUTHLAND)
    assert [s.key for s in states_to_ask(registry, [])] == ["NRL", "SRL"]


@pytest.mark.parametrize("key", ["XXX", "norland", "NRL/Ana Good"])
def test_a_state_that_nobody_knows_is_an_error_before_anything_is_asked(service: Service, update: Update, own: Path, key: str) -> None:
    with pytest.raises(RegistryError, match=f"'{key}' is no state of the registry. Wanted: ISO 3166-1 alpha-3 codes"):
        update("NRL", key)
    assert service.asked == []
    assert not own.exists()


# -- the file ----------------------------------------------------------------------------------------------------------


NO_HOLDERS = ["a,b\n1,2\n", "one line of notes\n", "# a comment of mine\n", HEADER + "TER,head_of_state\n", NORLAND, "not a table\nnor a second line\n"]


@pytest.mark.parametrize("content", [*NO_HOLDERS, "\u00e9".encode("latin-1")])
def test_a_file_that_holds_something_else_is_left_alone(tmp_path: Path, content: str | bytes) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = path.read_bytes()
    with pytest.raises(RegistryError, match=r"own\.csv (is no file of holders|cannot be read)"):
        write_rows(path, [])
    assert path.read_bytes() == before


def test_a_file_that_is_no_csv_is_refused_before_anything_is_asked(service: Service, tmp_path: Path) -> None:
    notes = tmp_path / "notes.txt"
    notes.write_text(HEADER, encoding="utf-8")
    with pytest.raises(RegistryError, match=r"notes\.txt does not end in \.csv"):
        sayso.registry.update(notes, ["AND"], endpoint=service.endpoint)
    assert (notes.read_text("utf-8"), service.asked) == (HEADER, [])


def test_a_row_for_the_same_tenure_replaces_the_one_there(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    columns = HEADER.strip().split(",")
    row = dict(zip(columns, holder(person="Ana Good").strip().split(","), strict=True))
    assert write_rows(path, [row, row | {"start": "2020-01-01"}]) == 2
    assert write_rows(path, [row | {"end": "2019-01-01"}]) == 2
    assert [r.split(",")[7:9] for r in rows(path)] == [["2015-01-01", "2019-01-01"], ["2020-01-01", ""]]

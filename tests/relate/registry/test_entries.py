from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import HEADER, holder, loaded

from sayso.relate.registry.entries import FIRST, LAST, load_files
from sayso.relate.registry.index import Registry

BY = 'source = "drawn"\nchecked = 2026-01-01\n'
NORLAND = f'[[state]]\nkey = "NRL"\nname = "Norland"\n{BY}'
SOUTHLAND = f'[[state]]\nkey = "SRL"\nname = "Southland"\n{BY}'
STATE = '[[state]]\nkey = "BAD"\nname = "Badland"\n'
LEAGUE = '[[organisation]]\nkey = "BAD"\nname = "Bad League"\nkind = "alliance"\nsector = "IGO"\n'
PAPER = '[[medium]]\nkey = "BAD"\nname = "The Bad Paper"\nkind = "newspaper"\nownership = "private"\n'


@pytest.mark.parametrize(
    ("entry", "line", "met", "wanted"),
    [
        (STATE + "capital = Moul\n" + BY, 9, "TOML that cannot be parsed", "key = value lines"),
        (STATE + 'capital = "Moul\n' + BY, 9, "TOML that cannot be parsed", "key = value lines"),
        (STATE + 'name = "Badland again"\n' + BY, 9, "TOML that cannot be parsed", "key = value lines"),
        (STATE + "checked = 2026-02-31\nsource = 'drawn'\n", 9, "TOML that cannot be parsed", "key = value lines"),
        (STATE + 'colour = "red"\n' + BY, 6, "an unknown key 'colour'", "the keys of README.md only"),
        (STATE + "capital = 7\n" + BY, 6, "capital = 7", "text in quotation marks"),
        (STATE + 'names = "Badlands"\n' + BY, 6, "names = 'Badlands'", "a list of texts"),
        (STATE + 'names = ["Badlands", " "]\n' + BY, 6, "names = ['Badlands', ' ']", "a list of texts"),
        (STATE + 'bodies = ["Senate"]\n' + BY, 6, "bodies = ['Senate']", "a list of tables"),
        (STATE + 'since = "soon"\n' + BY, 6, "since = 'soon'", "a day, a month or a year"),
        (STATE + 'until = "2010-13"\n' + BY, 6, "until = '2010-13'", "a day, a month or a year"),
        (STATE + 'wikidata = "884"\n' + BY, 6, "wikidata = '884'", "Q and digits"),
        (STATE + 'bodies = [{ name = "Senate", sector = "LAW" }]\n' + BY, 6, "sector = 'LAW'", "one of"),
        (STATE + 'bodies = [{ sector = "LEG" }]\n' + BY, 6, "no name", 'name = "..."'),
        (STATE + 'bodies = [{ name = "Senate", seats = 5 }]\n' + BY, 6, "an unknown key 'seats'", "the keys of README.md only"),
        (STATE.replace("BAD", "Bad") + BY, 6, "code = 'Bad'", "an ISO 3166-1 alpha-3 code"),
        (STATE.replace("Badland", "") + BY, 6, "no name", 'name = "..."'),
        (STATE + "checked = 2026-01-01\n", 6, "no source", 'source = "..."'),
        (STATE + 'source = "drawn"\n', 6, "no checked", "the day it was last checked"),
        (STATE + 'source = "drawn"\nchecked = "lately"\n', 6, "checked = 'lately'", "the day it was last checked"),
        (LEAGUE.replace("alliance", "club") + BY, 6, "kind = 'club'", "alliance"),
        (LEAGUE.replace("IGO", "XYZ") + BY, 6, "sector = 'XYZ'", "IGO"),
        (LEAGUE + 'changes = [{ sector = "GONE", since = "2020" }]\n' + BY, 6, "sector = 'GONE'", "one of"),
        (LEAGUE + 'changes = [{ sector = "GOV", from = "2020" }]\n' + BY, 6, "an unknown key 'from'", "the keys of README.md only"),
        (PAPER.replace("newspaper", "pamphlet") + BY, 6, "kind = 'pamphlet'", "newspaper"),
        (PAPER.replace("private", "secret") + BY, 6, "ownership = 'secret'", "cooperative"),
        (STATE + "capital = " + "[" * 3000 + "]" * 3000 + "\n" + BY, 7, "TOML that cannot be parsed", "key = value lines"),
        (STATE + "capital = " + "9" * 5000 + "\n" + BY, 7, "TOML that cannot be parsed", "key = value lines"),
        (STATE + "capital = 0x" + "f" * 5000 + "\n" + BY, 6, "a value that cannot be shown", "texts, days"),
        (STATE + 'since = "2010"\nuntil = "2009"\n' + BY, 6, "until = '2009', before since = '2010'", "the first day and the last"),
        (STATE + 'bodies = [{ name = "Senate", since = 2010-01-02, until = 2010-01-01 }]\n' + BY, 6, "until = '2010-01-01', before", "the first day"),
        ("  " + STATE + 'colour = "red"\n' + BY, 6, "an unknown key 'colour'", "the keys of README.md only"),
        ("[[planet]]\nkey = 'BAD'\n", 6, "[[planet]]", "[[state]], [[organisation]], [[medium]]"),
    ],
)  # fmt: skip
def test_a_malformed_entry_is_refused_with_its_place_and_the_rest_loads(tmp_path: Path, entry: str, line: int, met: str, wanted: str) -> None:
    out = loaded(tmp_path, {"drawn.toml": NORLAND + entry + SOUTHLAND})
    (problem,) = out.problems
    assert (problem.file, problem.line) == ("drawn.toml", line)
    assert met in problem.met
    assert wanted in problem.wanted
    assert str(problem).startswith(f"drawn.toml line {line}: {problem.met}; wanted ")
    assert list(out.entities) == ["NRL", "SRL"]


@pytest.mark.parametrize(
    ("row", "met", "wanted"),
    [
        (holder(person="Bea Bad").replace(",drawn", ",drawn,more"), "14 values", "13, one for each column"),
        ("TER,head_of_state,President\n", "3 values", "13, one for each column"),
        (holder(person='"Bea Bad'), "CSV that cannot be parsed", "quotation marks doubled"),
        (holder(person='"Bea" Bad'), "CSV that cannot be parsed", "quotation marks doubled"),
        (holder(person="Bea Bad", office="king_of_kings"), "office = 'king_of_kings'", "one of head_of_state"),
        (holder(person=""), "no person", "a value in column person"),
        (holder(person="Bea Bad", of=""), "no of", "a value in column of"),
        (holder(person="Bea Bad", title=" "), "no title", "a value in column title"),
        (holder(person="Bea Bad", source=""), "no source", "a value in column source"),
        (holder(person="Bea Bad", sex="x"), "sex = 'x'", "m, f or nothing"),
        (holder(person="Bea Bad", start=""), "start = ''", "days as 2009-01-20"),
        (holder(person="Bea Bad", start="3 May 2019"), "start = '3 May 2019'", "days as 2009-01-20"),
        (holder(person="Bea Bad", start="2019-02-30"), "start = '2019-02-30'", "days as 2009-01-20"),
        (holder(person="Bea Bad", end="today"), "end = 'today'", "days as 2009-01-20"),
        (holder(person="Bea Bad", start="2019-05", end="2019-04-30"), "an end, 2019-04-30, before the start, 2019-05", "the first day and the last"),
        (holder(person="?"), "person = '?'", "names with letters"),
        (holder(person="Bea Bad", names="Bea;—"), "names = 'Bea;—'", "names with letters"),
        (holder(person="Bea Bad", family="ʻ"), "family = 'ʻ'", "names with letters"),
        (holder(person="Bea Bad", checked=""), "checked = ''", "the day it was last checked"),
        (holder(person="Bea Bad", wikidata="P31"), "wikidata = 'P31'", "Q and digits"),
    ],
)  # fmt: skip
def test_a_malformed_row_is_refused_with_its_place_and_the_rest_loads(tmp_path: Path, row: str, met: str, wanted: str) -> None:
    out = loaded(tmp_path, {"drawn.csv": "# drawn\n" + HEADER + holder(person="Ana Good") + row + holder(person="Cid Good")})
    (problem,) = out.problems
    assert (problem.file, problem.line) == ("drawn.csv", 4)
    assert met in problem.met
    assert wanted in problem.wanted
    assert list(out.entities) == ["TER/Ana Good", "TER/Cid Good"]


@pytest.mark.parametrize(
    ("name", "content", "line", "met"),
    [
        ("drawn.csv", HEADER.replace(",sex", "") + "TER,head_of_state\n", 1, "no column 'sex'"),
        ("drawn.csv", "# holders\n\n", 1, "a file without a line of columns"),
        ("drawn.csv", b"of,off\xe9\n", 1, "the file cannot be read ('utf-8' codec"),
        ("drawn.toml", NORLAND.encode("utf-16"), 1, "the file cannot be read ('utf-8' codec"),
        ("drawn.toml", 'key = "NRL"\n', 1, "values before the first [[...]] line"),
        ("drawn.json", "{}", 1, "a file that ends in '.json'"),
        ("drawn", "", 1, "a file that ends in ''"),
    ],
)
def test_a_file_that_is_none_of_the_registry_costs_only_itself(tmp_path: Path, name: str, content: str | bytes, line: int, met: str) -> None:
    out = loaded(tmp_path, {"first.toml": NORLAND, name: content, "last.toml": SOUTHLAND})
    (problem,) = out.problems
    assert (problem.file, problem.line) == (name, line)
    assert problem.met.startswith(met)
    assert list(out.entities) == ["NRL", "SRL"]


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    (problem,) = load_files([tmp_path / "gone.csv"]).problems
    assert (problem.file, problem.line) == ("gone.csv", 1)
    assert "No such file" in problem.met


def test_a_state_with_one_bad_body_is_refused_whole(tmp_path: Path) -> None:
    bodies = 'bodies = [{ name = "Senate" }, { name = 3 }]\n'
    assert loaded(tmp_path, {"drawn.toml": STATE + bodies + BY}).entities == {}


def test_a_file_may_begin_with_a_byte_order_mark_and_end_its_lines_as_windows_does(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "drawn.toml": (NORLAND + SOUTHLAND).replace("\n", "\r\n").encode("utf-8-sig"),
        "drawn.csv": (HEADER + holder(person="Ana Good")).replace("\n", "\r\n").encode("utf-8-sig"),
    }
    out = loaded(tmp_path, files)
    assert (list(out.entities), out.problems) == (["NRL", "SRL", "TER/Ana Good"], [])


@pytest.mark.parametrize(
    ("start", "end", "days", "slack"),
    [
        ("2009-01-20", "2017-01-20", (date(2009, 1, 20), date(2017, 1, 20)), (0, 0)),
        ("2009-02", "2012-02", (date(2009, 2, 1), date(2012, 2, 29)), (27, 28)),
        ("2009", "2012", (date(2009, 1, 1), date(2012, 12, 31)), (364, 365)),
        ("2009", "", (date(2009, 1, 1), LAST), (364, 0)),
        ("2009", "9999", (date(2009, 1, 1), LAST), (364, 364)),
        ("2009", "9999-12", (date(2009, 1, 1), LAST), (364, 30)),
    ],
)
def test_a_month_or_a_year_spans_all_its_days_and_says_by_how_much(
    tmp_path: Path, start: str, end: str, days: tuple[date, date], slack: tuple[int, int]
) -> None:
    (person,) = loaded(tmp_path, {"drawn.csv": HEADER + holder(person="Ana Good", start=start, end=end)}).entities.values()
    (tenure,) = person.tenures
    assert ((tenure.start, tenure.end), (tenure.start_slack, tenure.end_slack)) == (days, slack)


@pytest.mark.parametrize("nobody", ["vacant", "Vacant", "VACANT"])
def test_a_vacant_office_is_kept_apart_and_is_no_person(tmp_path: Path, nobody: str) -> None:
    out = loaded(tmp_path, {"drawn.csv": HEADER + holder(person=nobody, start="2020-01-01", end="2020-03-31")})
    (gap,) = out.vacant
    assert (gap.of, gap.office, gap.start, gap.end) == ("TER", "head_of_state", date(2020, 1, 1), date(2020, 3, 31))
    assert (out.entities, out.problems) == ({}, [])


def test_tenures_of_one_person_are_put_together_in_order(tmp_path: Path) -> None:
    late = holder(person="Ana Good", start="2020", names="Anna Good")
    rows = late + holder(person="Ana Good", start="2010", end="2012", sex="f", names="Ana Goode;Anna Good")
    (person,) = loaded(tmp_path, {"drawn.csv": HEADER + rows}).entities.values()
    assert [t.start.year for t in person.tenures] == [2010, 2020]
    assert person.aliases == (("Ana Good", "name"), ("Anna Good", "name"), ("Ana Goode", "name"))
    assert (person.sex, person.family) == ("f", ("Good",))


def test_a_namesake_elsewhere_is_another_person(tmp_path: Path) -> None:
    rows = holder(person="Ana Good") + holder(person="Ana Good", of="NRL")
    assert list(loaded(tmp_path, {"drawn.csv": HEADER + rows}).entities) == ["TER/Ana Good", "NRL/Ana Good"]


def test_a_users_file_replaces_the_entry_with_the_same_key(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    out = loaded(tmp_path, {"states.toml": NORLAND + SOUTHLAND, "own/own.toml": NORLAND.replace('"Norland"', '"Nordia"')})
    assert {key: e.name for key, e in out.entities.items()} == {"NRL": "Nordia", "SRL": "Southland"}
    assert out.entities["NRL"].file == "own.toml"


def test_a_users_file_replaces_all_tenures_of_a_person(tmp_path: Path) -> None:
    shipped = HEADER + holder(person="Ana Good", start="2010", end="2012") + holder(person="Ana Good", start="2015") + holder(person="Cid Good")
    own = HEADER + holder(person="Ana Good", start="2015", end="2024")
    out = loaded(tmp_path, {"shipped/a.csv": shipped, "own/own.csv": own})
    assert [(t.start.year, t.end.year) for t in out.entities["TER/Ana Good"].tenures] == [(2015, 2024)]
    assert "TER/Cid Good" in out.entities


def test_tenures_in_two_files_beside_each_other_are_added_up(tmp_path: Path) -> None:
    one, other = HEADER + holder(person="Ana Good", start="2010", end="2012"), HEADER + holder(person="Ana Good", start="2015")
    out = loaded(tmp_path, {"shipped/a.csv": one, "shipped/b.csv": other})
    assert [t.start.year for t in out.entities["TER/Ana Good"].tenures] == [2010, 2015]


def test_an_entry_without_days_was_always_there(tmp_path: Path) -> None:
    (state,) = loaded(tmp_path, {"drawn.toml": NORLAND}).entities.values()
    assert (state.since, state.until) == (FIRST, LAST)


def test_a_medium_whose_name_means_something_else_has_that_name_shared_only(tmp_path: Path) -> None:
    entry = PAPER.replace("The Bad Paper", "Trend") + 'shared = ["Trend"]\n' + BY
    (medium,) = loaded(tmp_path, {"drawn.toml": entry}).entities.values()
    assert medium.aliases == (("Trend", "shared"),)


# -- whatever is in a file ---------------------------------------------------------------------------------------------

DEEP, LONG = "x = " + "[" * 3000, "x = 0x" + "f" * 5000
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    ["key = ", '"""', "'''", "[", "[[", "[[]]", "{", 'name = "x"', "names = [", "#", "since = 2009", "=", "a.b = 1", "\x00", '"', ",,,,,,,,,,,,", DEEP, LONG]
)


@settings(max_examples=60)
@given(st.lists(LINES, max_size=6).map("\n".join))
def test_no_entry_whatever_is_in_it_costs_another(tmp_path_factory: pytest.TempPathFactory, noise: str) -> None:
    noise = noise.replace("[[state", "[[ state").replace("\n[[", "\n [[")  # a header of its own would be an entry of its own
    out = loaded(tmp_path_factory.getbasetemp(), {"noise.toml": f"{NORLAND}[[state]]\n{noise}\n{SOUTHLAND}"})
    assert {"NRL", "SRL"} <= set(out.entities)
    assert out.problems


@settings(max_examples=60)
@given(LINES)
def test_no_row_whatever_is_in_it_costs_another(tmp_path_factory: pytest.TempPathFactory, noise: str) -> None:
    out = loaded(tmp_path_factory.getbasetemp(), {"noise.csv": f"{HEADER}{holder(person='Ana Good')}{noise}\n{holder(person='Cid Good')}"})
    assert {"TER/Ana Good", "TER/Cid Good"} <= set(out.entities)


@settings(max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")), st.sampled_from(["noise.toml", "noise.csv"]))
def test_no_file_whatever_is_in_it_raises(tmp_path_factory: pytest.TempPathFactory, noise: bytes, name: str) -> None:
    Registry(loaded(tmp_path_factory.getbasetemp(), {"good.toml": NORLAND, name: noise}), "")


PLAIN = st.characters(exclude_categories=["Cs"], exclude_characters='",\n\r')
CELLS = st.text(PLAIN, max_size=12) | st.sampled_from(["vacant", "2009", "2009-13", "m", "Q1", ";"])


@settings(max_examples=60)
@given(cells=st.lists(CELLS, min_size=13, max_size=13))
def test_a_row_of_any_values_is_loaded_or_refused_but_not_lost(tmp_path_factory: pytest.TempPathFactory, cells: list[str]) -> None:
    out = loaded(tmp_path_factory.getbasetemp(), {"noise.csv": HEADER + "TER,head_of_state,President," + ",".join(cells[3:]) + "\n"})
    assert len(out.entities) + len(out.vacant) + len(out.problems) >= 1

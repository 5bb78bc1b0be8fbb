"""`sayso add` and `sayso reread` as processes of their own, with a reader that draws (bench/drawn.py)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import varied

from sayso.store import MadeBy, open_store
from sayso.view.tally import files_in

BENCH = Path(__file__).parents[2] / "bench"


def start(*args: str, **env: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(BENCH / "drawn.py"), *args]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | env)


def sayso(*args: str, **env: str) -> tuple[int, str, str]:
    process = start(*args, **env)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def readers_of(pid: int) -> list[int]:
    """Processes begun by that one, as the system lists them."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def is_reader(pid: int) -> bool:
    """Whether that process lives and reads pages."""
    try:
        return b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:05}.html").write_bytes(varied.reading(number).page.body)
    return folder


def test_pages_that_kill_stall_or_break_their_reader_are_skipped_and_the_rest_is_added(pages: Path, tmp_path: Path) -> None:
    for name in ("killer", "sleeper", "faulty"):
        (pages / f"{name}.html").write_text(f"<html>{name}</html>", encoding="utf-8")
    code, out, err = sayso("add", str(pages), "--store", str(tmp_path / "n.db"), "--processes", "2", "--page-time", "1", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["outcomes"] == {"new": 12}
    assert told["skipped"] == {"reader died": 1, "too slow": 1, "fault in Sayso": 1}
    assert told["statements"] == sum(len(varied.reading(n).statements) for n in range(12))
    with open_store(tmp_path / "n.db") as store:
        assert {(s.why, Path(s.of).stem) for s in store.skipped() if s.stage == "mark"} == {
            ("reader died", "killer"), ("too slow", "sleeper"), ("fault in Sayso", "faulty"),
        }  # fmt: skip


def test_what_the_store_knows_is_not_read_again_and_the_summary_names_store_and_next_command(pages: Path, tmp_path: Path) -> None:
    store = str(tmp_path / "n.db")
    code, out, err = sayso("add", str(pages), "--processes", "1", SAYSO_STORE=store)
    assert (code, err) == (0, "")
    head, *lines = out.splitlines()
    assert head == f"{store} (SAYSO_STORE)"
    assert lines[0].split() == ["pages", "12", "new"]
    assert lines[-1].split()[:4] == ["next", "sayso", "find", "--by"]
    # Every page takes ten seconds now: were one read again, the run would be stopped for it.
    code, out, _ = sayso("add", str(pages), str(tmp_path / "gone.html"), "--store", store, "--processes", "2", "--page-time", "1", DRAWN_MS="10000")
    assert code == 0
    assert "12 known already" in out
    assert "1 not found" in out


def test_nothing_that_can_be_read_exits_1(tmp_path: Path) -> None:
    code, out, _ = sayso("add", str(tmp_path / "gone.html"), "--store", str(tmp_path / "n.db"))
    assert code == 1
    assert "1 not found" in out


@pytest.mark.parametrize("processes", ["1", "2"])
def test_ctrl_c_ends_in_good_order_and_the_next_run_goes_on(pages: Path, tmp_path: Path, processes: str) -> None:
    url = tmp_path / "n.db"
    process = start("add", str(pages), "--store", str(url), "--processes", processes, DRAWN_MS="300")
    with open_store(url) as store:
        while store.counts()["pages"] < 2:
            time.sleep(0.02)
        begun = readers_of(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        held = store.counts()["pages"]
    assert process.returncode == 130
    assert err.splitlines()[-1] == "sayso: stopped; run the same command again to go on"
    assert "Traceback" not in err
    assert f"{held} new" in out
    assert 2 <= held < 12
    assert [pid for pid in begun if is_reader(pid)] == []
    assert sayso("add", str(pages), "--store", str(url), "--processes", "2")[0] == 0
    with open_store(url) as store:
        assert store.counts()["pages"] == 12


def test_readers_go_when_the_adding_process_is_killed(pages: Path, tmp_path: Path) -> None:
    process = start("add", str(pages), "--store", str(tmp_path / "n.db"), "--processes", "2", DRAWN_MS="200")
    with open_store(tmp_path / "n.db") as store:
        while store.counts()["pages"] < 1:
            time.sleep(0.02)
    begun = readers_of(process.pid)
    assert begun
    process.kill()
    process.communicate()
    until = time.monotonic() + 20
    while time.monotonic() < until and any(map(is_reader, begun)):
        time.sleep(0.05)
    assert [pid for pid in begun if is_reader(pid)] == []


def test_a_store_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    code, out, err = sayso("add", str(tmp_path), "--store", str(tmp_path / "no" / "n.db"))
    assert (code, out) == (3, "")
    assert err.count("\n") == 1
    assert "there is no folder" in err


def test_rereading_tells_what_moved_and_is_done_once(pages: Path, tmp_path: Path) -> None:
    url = str(tmp_path / "n.db")
    assert sayso("add", str(pages), "--store", url)[0] == 0
    code, out, err = sayso("reread", "--store", url, "--show", "--json", "--processes", "2", DRAWN_MODEL="english-9")
    assert code == 0
    *moved, summary = out.splitlines()
    told = json.loads(summary)
    assert told["outcomes"] == {"renewed": 12}
    assert told["moved"]["statement"] == {"removed": 12}
    assert len([line for line in moved if line.startswith("gone\tstatement ")]) == 12
    assert "english-9" in err
    again = json.loads(sayso("reread", "--store", url, "--json", DRAWN_MODEL="english-9")[1])
    assert again["outcomes"] == {}
    with open_store(url) as store:
        reading = store.reading(varied.reading(0).page.id)
        assert reading is not None
        assert reading.model == "english-9"
        assert store.made_by_others(MadeBy(sayso=reading.sayso, model="english-9", registry=reading.registry)) == {}


def test_pages_are_counted_beforehand_only_where_each_file_is_one(pages: Path, tmp_path: Path) -> None:
    assert files_in([str(pages)]) == 12
    assert files_in([str(pages), str(pages / "00001.html")]) == 13
    assert files_in([str(pages), "-"]) is None
    assert files_in(["https://news.example/"]) is None
    (pages / "more.jsonl").write_text("{}", encoding="utf-8")
    assert files_in([str(pages)]) is None

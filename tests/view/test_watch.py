"""`sayso watch` against a real server on loopback, with a reader that draws (bench/drawn.py)."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import varied

from sayso.errors import ConfigError
from sayso.pipeline_watch import Hooks
from sayso.store import Watched, open_store
from sayso.view.watchfile import watch_file

BENCH = Path(__file__).parents[2] / "bench"


class Handler(BaseHTTPRequestHandler):
    """Pages with an ETag each; what is posted is kept."""

    server: Any
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")))
        body = self.server.bodies.get(self.path)
        etag = f'"{hash(body)}"'
        same = body is not None and self.headers.get("If-None-Match") == etag
        sent = b"" if body is None or same else body
        self.send_response(self.server.broken.get(self.path, 304 if same else 404 if body is None else 200))
        for name, value in (("ETag", etag), ("Last-Modified", "Mon, 05 Jan 2026 00:00:00 GMT"), ("Content-Length", str(len(sent)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)

    def do_POST(self) -> None:
        self.server.posted.append((self.path, json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        self.send_response(self.server.answers.get(self.path, [200]).pop(0) if self.server.answers.get(self.path) else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *arguments: Any) -> None:
        """Say nothing."""


class Site:
    def __init__(self, http: Any) -> None:
        self.http, self.address = http, f"http://127.0.0.1:{http.server_port}"

    def feed(self, *numbers: int) -> None:
        items = "".join(f"<item><title>{n}</title><link>{self.address}/{n}.html</link></item>" for n in numbers)
        self.http.bodies["/feed.xml"] = f"<rss version='2.0'><channel><title>The Daily</title>{items}</channel></rss>".encode()
        for number in numbers:
            self.http.bodies[f"/{number}.html"] = varied.reading(number).page.body

    def asked(self, path: str) -> list[tuple[str, str | None, str | None]]:
        return [one for one in self.http.asked if one[0] == path]


@pytest.fixture
def site() -> Iterator[Site]:
    http: Any = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    http.asked, http.posted, http.bodies, http.broken, http.answers = [], [], {}, {}, {}
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield Site(http)
    http.shutdown()
    http.server_close()


@pytest.fixture
def file(tmp_path: Path, site: Site) -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text(
        f"""
store = "{tmp_path / "news.db"}"
[[source]]
address = "{site.address}/feed.xml"
every = "1m"
[[search]]
name = "talks"
words = "talks"
webhook = "{site.address}/hook"
""",
        encoding="utf-8",
    )
    return path


def start(file: Path, *args: str) -> subprocess.Popen[str]:
    options = ["--allow-private", "--set", "delay_s=0", "--processes", "1", *args]
    command = [sys.executable, str(BENCH / "drawn.py"), "watch", str(file), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ)


def once(file: Path, *args: str) -> tuple[int, list[str], str]:
    process = start(file, "--once", *args)
    out, err = process.communicate(timeout=120)
    return process.returncode, out.splitlines(), err


def due(file: Path, site: Site) -> None:
    """Let the time of the feed come, as if its interval were over."""
    with open_store(file.parent / "news.db") as store:
        known = store.watched(f"{site.address}/feed.xml")
        store.keep_watched(replace(known, next_time="2026-01-01T00:00:00Z"))


def test_each_new_statement_is_a_line_and_nothing_is_fetched_or_told_twice(file: Path, site: Site) -> None:
    site.feed(1, 2)
    nobody = '\n[[search]]\nname = "gone"\nwords = "talks"\nwebhook = "http://127.0.0.1:1/nobody"\n'
    file.write_text(file.read_text("utf-8") + nobody, encoding="utf-8")
    code, lines, err = once(file)
    assert code == 0
    assert len(lines) == sum(len(varied.reading(n).statements) for n in (1, 2))
    assert "webhook http://127.0.0.1:1/nobody: not everything could be delivered" in err
    file.write_text(file.read_text("utf-8").replace(nobody, ""), encoding="utf-8")
    due(file, site)
    assert once(file)[1] == []
    assert site.asked("/feed.xml")[-1][1:] == (f'"{hash(site.http.bodies["/feed.xml"])}"', "Mon, 05 Jan 2026 00:00:00 GMT")
    site.feed(3, 1, 2)
    due(file, site)
    code, lines, _ = once(file, "--json")
    assert {json.loads(line)["article"]["address"] for line in lines} == {f"{site.address}/3.html"}
    assert [len(site.asked(f"/{n}.html")) for n in (1, 2, 3)] == [1, 1, 1]


def test_a_search_posts_what_it_finds_and_tries_again_when_its_hook_fails(file: Path, site: Site) -> None:
    site.feed(1, 2)
    site.http.answers["/hook"] = [500]
    _, lines, _ = once(file, "--json")
    wanted = {json.loads(line)["id"] for line in lines if "talks" in json.loads(line)["searches"]}
    assert wanted
    posted = [body for path, body in site.http.posted if path == "/hook"]
    assert posted[0] == posted[1]  # the first was refused
    assert {s["id"] for body in posted for s in body["statements"]} == wanted
    assert {body["search"] for body in posted} == {"talks"}


def test_a_source_that_fails_is_asked_half_as_often_and_recovers(file: Path, site: Site) -> None:
    site.feed(1)
    site.http.broken["/feed.xml"] = 503
    address = f"{site.address}/feed.xml"
    pauses = []
    for _round in range(2):
        assert once(file)[0] == 1
        with open_store(file.parent / "news.db") as store:
            known = store.watched(address)
            pauses.append(seconds(known))
        due(file, site)
    assert known.failures == 2
    assert "server error" in (known.trouble or "")
    assert [round(p / 60) for p in pauses] == [2, 4]
    site.http.broken.clear()
    assert once(file)[0] == 0
    with open_store(file.parent / "news.db") as store:
        assert store.watched(address).failures == 0


def seconds(known: Watched) -> float:
    at = [time.mktime(time.strptime(value, "%Y-%m-%dT%H:%M:%SZ")) for value in (known.asked, known.next_time)]
    return at[1] - at[0]


def test_a_feed_is_read_again_when_a_page_of_it_failed_for_the_moment(file: Path, site: Site) -> None:
    site.feed(1, 2)
    site.http.broken["/2.html"] = 503
    once(file)
    site.http.broken.clear()
    due(file, site)
    _, lines, _ = once(file, "--json")
    assert {json.loads(line)["article"]["address"] for line in lines} == {f"{site.address}/2.html"}


def test_a_watched_page_that_changed_tells_only_what_is_new(file: Path, site: Site) -> None:
    file.write_text(file.read_text("utf-8").replace("/feed.xml", "/4.html"), encoding="utf-8")
    site.http.bodies["/4.html"] = varied.reading(4).page.body
    _, first, _ = once(file, "--json")
    assert len(first) == len(varied.reading(4).statements)
    site.http.bodies["/4.html"] = varied.reading(4, version=2).page.body
    with open_store(file.parent / "news.db") as store:
        known = store.watched(f"{site.address}/4.html")
        store.keep_watched(replace(known, next_time="2026-01-01T00:00:00Z"))
    _, second, _ = once(file, "--json")
    told = [json.loads(line) for line in second]
    with open_store(file.parent / "news.db") as store:
        before, after = store.versions(f"{site.address}/4.html")
        fresh = [c.after for c in store.changes(after) if c.kind == "statement" and c.change in {"added", "reworded"}]
    assert before == varied.reading(4).page.id
    assert sorted(row["id"] for row in told) == sorted(i for i in fresh if i)
    assert {row["outcome"] for row in told} == {"version"}
    assert 0 < len(told) < len(first)


def test_ctrl_c_ends_a_watch_in_good_order(file: Path, site: Site) -> None:
    site.feed(1)
    process = start(file)
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.splitlines()[-1] == "sayso: stopped; run the same command again to go on"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "names nothing to watch"),
        ("[[source]]\naddress = 'ftp://a'", "An http or https address"),
        ("[[source]]\naddress = 'https://a/'\nevery = 'often'", "An interval was wanted"),
        ("[[source]]\naddress = 'https://a/'\nevery = '5s'", "at least 60 s"),
        ("[[source]]\naddress = 'https://a/'\ncolour = 'red'", "has 'colour', which means nothing"),
        ("[[source]]\naddress = 'https://a/'\n[[source]]\naddress = 'https://a/'", "twice"),
        ("[[source]]\naddress = 'https://a/'\n[[search]]\nname = 'a'", "asks for nothing"),
        ("[[source]]\naddress = 'https://a/'\n[[search]]\nstanding = 'sure'", "is none of"),
        ("[[source]]\naddress = 'https://a/'\n[[search]]\nwords = 'a'\nwebhook = 'mailto:a'", "has the webhook"),
        ("source = 3", r"written \[\[source\]\]"),
        ("[[source", "cannot be read"),
    ],
)
def test_a_file_that_means_nothing_is_refused_with_the_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=says):
        watch_file(path)


def test_a_hook_that_refuses_for_good_is_not_tried_again(site: Site) -> None:
    troubles: list[str] = []
    site.http.answers["/no"] = [404, 404]
    hooks = Hooks(troubles.append, tries=(0.0, 0.0))
    hooks.post(f"{site.address}/no", {"search": "a"})
    hooks.close(wait_s=10)
    assert len(site.http.posted) == 1
    assert troubles == [f"webhook {site.address}/no: status 404. This delivery of 'a' is given up."]

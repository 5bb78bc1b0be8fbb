"""Addresses on a real server that does what real servers do, and worse: a page or one `Skipped`, soon."""

from __future__ import annotations

import ipaddress
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import (
    STORY,
    Answer,
    Server,
    dripping,
    dripping_headers,
    endless,
    huge_header,
    no_http,
    packed,
    redirect,
    send,
    silent,
)

from sayso.capture import pages
from sayso.capture.connect import Address, is_public
from sayso.capture.web import Web
from sayso.config import Settings
from sayso.records import Page, Skipped

CAPTURED = "2026-01-02T03:04:05Z"
QUICK: dict[str, Any] = {"max_bytes": 100_000, "timeout_s": 0.6, "delay_s": 0.0, "allow_private": True}


def read(*sources: str, web: Web | None = None, **settings: Any) -> list[Page | Skipped]:
    return list(pages(sources, Settings(**(QUICK | settings)), captured=CAPTURED, web=web))


def one(source: str, **settings: Any) -> Page | Skipped:
    [only] = read(source, **settings)
    return only


def why(source: str, **settings: Any) -> str:
    found = one(source, **settings)
    assert isinstance(found, Skipped), found
    assert found.stage == "capture"
    assert len(found.detail) > 20
    return found.why


def test_an_address_becomes_a_page_with_its_url_and_charset(server: Server) -> None:
    url = server.has("/a", send("<p>Grüße".encode("latin-1") * 9, content_type="text/html; charset=iso-8859-1"))
    page = one(url)
    assert isinstance(page, Page)
    assert (page.address, page.url, page.media_type, page.charset) == (url, url, "text/html", "iso-8859-1")


def test_the_address_as_given_and_the_one_after_redirects_are_both_kept(server: Server) -> None:
    server.has("/new", STORY)
    page = one(server.has("/old", redirect("/new#part")))
    assert isinstance(page, Page)
    assert (page.address, page.url) == (server.site + "/old", server.site + "/new")


def test_it_says_who_it_is_and_asks_robots_first(server: Server) -> None:
    one(server.has("/a", STORY), user_agent="sayso/9 (me@example.org)")
    assert server.asked == ["/robots.txt", "/a"]
    assert {sent["user-agent"] for sent in server.headers} == {"sayso/9 (me@example.org)"}


def test_gzip_on_the_way_is_taken_off(server: Server) -> None:
    page = one(server.has("/a", packed(STORY * 9)))
    assert isinstance(page, Page)
    assert page.body == STORY * 9


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        (endless, "too large"),
        (dripping, "too slow"),
        (dripping_headers, "too slow"),
        (silent, "too slow"),
        (huge_header, "no answer"),
        (no_http, "no answer"),
        (packed(bytes(50_000_000)), "too large"),
        (send(b"\x1f\x8b\x08 rubbish", content_encoding="gzip"), "broken gzip"),
        (send(STORY, content_encoding="br"), "unknown encoding"),
        (send(STORY, content_length="100001"), "too large"),
        (send(STORY, content_length="9999"), "no answer"),
        (send(b""), "empty"),
        (send(b"\x89PNG\r\n\x1a\n" + bytes(50)), "not a page"),
        (send(b"", status=404), "not found"),
        (send(b"", status=403), "no permission"),
        (send(b"", status=429), "too many requests"),
        (send(b"", status=500), "server error"),
        (redirect("/a"), "redirected too often"),
        (redirect("ftp://example.org/"), "not an address"),
        (redirect("file:///etc/passwd"), "not an address"),
        (redirect("http://x y/"), "not an address"),
        (redirect("http://a:b@127.0.0.1/"), "not an address"),
        (send(b"", status=302), "no answer"),
    ],
)
def test_a_server_that_misbehaves_is_one_skipped_soon(server: Server, answer: Answer, phrase: str) -> None:
    began = time.monotonic()
    assert why(server.has("/a", answer)) == phrase
    assert time.monotonic() - began < 2


def test_fewer_bytes_than_promised_are_no_page_and_more_are_cut_off(server: Server) -> None:
    page = one(server.has("/a", send(STORY, content_length="12")))
    assert isinstance(page, Page)
    assert page.body == STORY[:12]


def test_a_page_at_the_limit_is_read_and_one_byte_more_is_not(server: Server) -> None:
    assert isinstance(one(server.has("/a", b"a" * 100_000)), Page)
    assert why(server.has("/b", b"a" * 100_001)) == "too large"


def test_redirects_are_followed_as_far_as_allowed(server: Server) -> None:
    for n in range(9):
        server.has(f"/{n}", redirect(f"/{n + 1}"))
    server.has("/9", STORY)
    assert isinstance(one(server.site + "/4"), Page)
    assert why(server.site + "/3") == "redirected too often"


@pytest.mark.parametrize(
    ("address", "phrase"),
    [
        ("http://127.0.0.1:1/", "private address"),
        ("http://localhost:1/", "private address"),
        ("http://127.1:1/", "private address"),
        ("http://2130706433:1/", "private address"),
        ("http://0.0.0.0:1/", "private address"),
        ("http://[::1]:1/", "private address"),
        ("http://[::ffff:127.0.0.1]:1/", "private address"),
        ("http://169.254.169.254/latest/meta-data", "private address"),
        ("http://10.0.0.1/", "private address"),
        ("http://224.0.0.1/", "private address"),
        ("http://name.invalid/", "no answer"),
        ("http://a b/", "not an address"),
        ("http://user:secret@example.org/", "not an address"),
        ("http://:80/", "not an address"),
        ("https://example.org:99999/", "not an address"),
        ("http://" + "a" * 70_000, "not an address"),
        ("http://xn--/", "not an address"),
        ("http://\u2488.com/", "not an address"),
        ("http://\x00/", "not an address"),
    ],
)
def test_an_address_that_must_not_or_cannot_be_asked_is_one_skipped(address: str, phrase: str) -> None:
    found = why(address, allow_private=False, timeout_s=3.0)
    assert found == phrase or (phrase == "no answer" and found == "too slow")


def test_a_password_in_an_address_is_not_told(server: Server) -> None:
    found = one("http://user:secret@example.org/")
    assert isinstance(found, Skipped)
    assert "secret" not in found.detail


def test_a_redirect_to_a_private_address_is_refused_where_it_leads(server: Server) -> None:
    """127.0.0.1 stands for the internet here, 127.0.0.2 for the network at home."""
    port = server.site.rpartition(":")[2]
    server.has("/secret", STORY)
    url = server.has("/a", redirect(f"http://127.0.0.2:{port}/secret"))
    settings = Settings(**(QUICK | {"allow_private": False}))
    web = Web(settings, may_connect=lambda address: str(address) == "127.0.0.1")
    [found] = pages([url], settings, captured=CAPTURED, web=web)
    web.close()
    assert isinstance(found, Skipped)
    assert found.why == "private address"
    assert "127.0.0.2" in found.detail
    assert "/secret" not in server.asked


def test_the_address_that_was_checked_is_the_one_connected_to(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that means something else each time it is asked is asked once."""
    server.has("/a", STORY)
    answers = iter(["127.0.0.1", "10.0.0.1", "10.0.0.2"])
    told: list[str] = []

    def resolve(host: str, port: int, *args: Any, **kwargs: Any) -> list[Any]:
        told.append(host)
        address = next(answers) if host == "changing.test" else host
        return [(2, 1, 6, "", (address, port))]

    monkeypatch.setattr("socket.getaddrinfo", resolve)
    settings = Settings(**(QUICK | {"robots": False}))
    web = Web(settings, may_connect=lambda address: str(address) == "127.0.0.1")
    [page] = pages([server.site.replace("127.0.0.1", "changing.test") + "/a"], settings, captured=CAPTURED, web=web)
    web.close()
    assert isinstance(page, Page)
    assert told.count("changing.test") == 1


@pytest.mark.parametrize(
    "address",
    [
        "10.1.2.3", "172.16.0.1", "192.168.1.1", "127.0.0.1", "0.0.0.0", "169.254.1.1", "100.64.0.1", "224.0.1.1", "239.1.1.1", "255.255.255.255", "::", "::1",
        "fe80::1", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_known(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::5db8:d822", "::ffff:1.1.1.1"])
def test_an_address_that_is_public_is_known(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_within_ipv6_is_as_public_as_by_itself(address: Address) -> None:
    for prefix in ("::ffff:", "64:ff9b::"):
        assert is_public(ipaddress.ip_address(f"{prefix}{address}")) == is_public(address)


def test_what_robots_disallow_is_not_asked_for(server: Server) -> None:
    server.has("/robots.txt", b"User-agent: *\nDisallow: /private/\n\nUser-agent: sayso\nDisallow: /not-for-sayso\n")
    for path in ("/private/a", "/not-for-sayso", "/a"):
        server.has(path, STORY + path.encode())
    found = read(*(server.site + path for path in ("/not-for-sayso", "/private/a", "/a")))
    assert [one.why if isinstance(one, Skipped) else "page" for one in found] == ["robots.txt", "page", "page"]  # its own group stands alone
    assert server.asked == ["/robots.txt", "/private/a", "/a"]


def test_robots_hold_for_where_a_redirect_leads(server: Server) -> None:
    server.has("/robots.txt", b"User-agent: *\nDisallow: /b")
    server.has("/b", STORY)
    assert why(server.has("/a", redirect("/b"))) == "robots.txt"
    assert "/b" not in server.asked


@pytest.mark.parametrize(
    ("answer", "phrase"),
    [
        (send(b"", status=404), "page"),
        (send(b"", status=403), "page"),
        (send(b"", status=500), "robots.txt"),
        (send(b"", status=429), "robots.txt"),
        (redirect("/robots.txt"), "page"),
        (dripping, "too slow"),
        (endless, "robots.txt"),
        (send(b"\xff\xfe\x00 rubbish"), "page"),
    ],
)
def test_robots_that_cannot_be_had_open_or_close_the_host_as_the_standard_says(server: Server, answer: Answer, phrase: str) -> None:
    server.has("/robots.txt", answer)
    found = one(server.has("/a", STORY))
    assert (found.why if isinstance(found, Skipped) else "page") == phrase


def test_robots_can_be_left_unasked(server: Server) -> None:
    server.has("/robots.txt", b"User-agent: *\nDisallow: /")
    assert isinstance(one(server.has("/a", STORY), robots=False), Page)
    assert server.asked == ["/a"]


@pytest.mark.parametrize(("robots", "pause"), [(b"", 2.0), (b"User-agent: *\nCrawl-delay: 7", 7.0), (b"User-agent: *\nCrawl-delay: 1", 2.0)])
def test_a_host_is_left_its_pause_between_pages(server: Server, robots: bytes, pause: float) -> None:
    server.has("/robots.txt", robots)
    slept: list[float] = []
    settings = Settings(**(QUICK | {"delay_s": 2.0}))
    web = Web(settings, sleep=slept.append)
    found = list(pages([server.has(f"/{n}", STORY) for n in range(3)], settings, captured=CAPTURED, web=web))
    web.close()
    assert len(found) == 3
    assert [round(seconds) for seconds in slept] == [round(pause)] * 2


def test_a_host_that_asks_for_an_hour_between_pages_is_read_once(server: Server) -> None:
    server.has("/robots.txt", b"User-agent: *\nCrawl-delay: 3600")
    found = read(*(server.has(f"/{n}", STORY) for n in range(3)))
    assert [one.why if isinstance(one, Skipped) else "page" for one in found] == ["page", "robots.txt", "robots.txt"]


def test_the_same_address_is_fetched_once(server: Server) -> None:
    url = server.has("/a", STORY)
    assert len(read(url, url)) == 1
    assert server.asked.count("/a") == 1


def test_cookies_are_not_kept(server: Server) -> None:
    read(server.has("/a", send(STORY, set_cookie="id=1; Path=/")), server.has("/b", STORY))
    assert all("cookie" not in sent for sent in server.headers)

"""Feeds and sitemaps lead to their pages, with what they say of each, and to nothing worse."""

from __future__ import annotations

import gzip
import io
import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loopback import STORY, Server, redirect, send

from sayso.capture import pages
from sayso.capture.links import Link, NotALinkList, links_of_feed, links_of_json_feed, links_of_sitemap
from sayso.config import Settings
from sayso.records import Given, Page, Skipped

CAPTURED = "2026-01-02T03:04:05Z"
QUICK: dict[str, Any] = {"max_bytes": 100_000, "timeout_s": 1.0, "delay_s": 0.0, "allow_private": True}
BOMB = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))


def read(*sources: object, **settings: Any) -> list[Page | Skipped]:
    return list(pages([str(s) for s in sources], Settings(**(QUICK | settings)), captured=CAPTURED))


def seen(found: list[Page | Skipped], server: Server) -> list[str]:
    return [(one.why if isinstance(one, Skipped) else one.address).replace(server.site, "") for one in found]


def rss(*links: str, title: str = "The Daily") -> bytes:
    dated = "<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>"
    items = "".join(f"<item><title>Bridge {n}</title><link>{link}</link>{dated}</item>" for n, link in enumerate(links))
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()


def atom(*links: str) -> bytes:
    entries = "".join(f"<entry><title>Bridge {n}</title><link href='{link}'/><updated>2024-03-05T10:00:00Z</updated></entry>" for n, link in enumerate(links))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Daily</title>{entries}</feed>".encode()


def json_feed(*links: str) -> bytes:
    items = [{"url": link, "title": f"Bridge {n}", "date_published": "2024-03-05T10:00:00Z"} for n, link in enumerate(links)]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "The Daily", "items": items}).encode()


def sitemap(*links: str, kind: str = "urlset", one: str = "url") -> bytes:
    items = "".join(f"<{one}><loc>\n {link} </loc><lastmod>2025-01-01</lastmod></{one}>" for link in links)
    return f"<?xml version='1.0' encoding='UTF-8'?><{kind} xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{items}</{kind}>".encode()


@pytest.mark.parametrize("feed", [rss, atom, json_feed])
def test_a_feed_leads_to_its_pages_and_says_of_each_what_it_knows(server: Server, feed: Any) -> None:
    server.has("/1", STORY)
    [page] = read(server.has("/feed", feed(server.site + "/1")))
    assert isinstance(page, Page)
    assert page.body == STORY
    published = "Tue, 05 Mar 2024 10:00:00 GMT" if feed is rss else "2024-03-05T10:00:00Z"
    assert page.given == Given(title="Bridge 0", publisher="The Daily", published=published)


@pytest.mark.parametrize("feed", [rss, atom, json_feed, sitemap])
def test_a_list_of_links_in_a_file_is_followed_packed_or_not(server: Server, tmp_path: Path, feed: Any) -> None:
    for n in range(3):
        server.has(f"/{n}", STORY)
    body = feed(*(f"{server.site}/{n}" for n in range(4)))
    (tmp_path / "plain.xml").write_bytes(body)
    (tmp_path / "packed.gz").write_bytes(gzip.compress(body))
    assert seen(read(tmp_path / "plain.xml"), server) == ["/0", "/1", "/2", "not found"]
    assert seen(read(tmp_path / "packed.gz"), server) == ["/0", "/1", "/2", "not found"]


def test_links_within_a_feed_may_be_relative_to_it(server: Server) -> None:
    server.has("/news/1", STORY)
    assert seen(read(server.has("/news/feed", rss("1", "/news/1"))), server) == ["/news/1"]


def test_an_index_of_sitemaps_is_followed_and_a_circle_of_them_ends(server: Server) -> None:
    index = {"kind": "sitemapindex", "one": "sitemap"}
    server.has("/1", STORY)
    server.has("/2", STORY)
    server.has("/page", STORY)
    server.has("/a.xml", sitemap(f"{server.site}/1"))
    server.has("/b.xml.gz", gzip.compress(sitemap(f"{server.site}/2", f"{server.site}/1")))
    server.has("/circle.xml", sitemap(f"{server.site}/index.xml", f"{server.site}/circle.xml", f"{server.site}/a.xml", **index))
    links = [f"{server.site}/{name}" for name in ("a.xml", "b.xml.gz", "none.xml", "page", "circle.xml")]
    found = read(server.has("/index.xml", sitemap(*links, **index)))
    assert seen(found, server) == ["/1", "/2", "not found", "broken feed"]


def test_sitemaps_that_go_ever_deeper_are_left(server: Server) -> None:
    for n in range(9):
        server.has(f"/{n}.xml", sitemap(f"{server.site}/{n + 1}.xml", kind="sitemapindex", one="sitemap"))
    assert seen(read(server.site + "/0.xml"), server) == ["too many links", "empty"]


def test_a_feed_without_end_is_left_at_the_limit(server: Server) -> None:
    for n in range(5):
        server.has(f"/{n}", STORY)
    found = read(server.has("/feed", rss(*(f"{server.site}/{n}" for n in range(5)))), max_links=3)
    assert seen(found, server) == ["/0", "/1", "/2", "too many links"]


def test_a_news_sitemap_says_title_publisher_and_day() -> None:
    news = (
        b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>http://a/1</loc>"
        b"<news:news><news:publication><news:name>The Daily</news:name><news:language>en</news:language></news:publication>"
        b"<news:publication_date>2024-03-05</news:publication_date><news:title>Bridge opens</news:title></news:news></url></urlset>"
    )
    [link] = links_of_sitemap(io.BytesIO(news))
    assert (link.url, link.given) == ("http://a/1", Given(title="Bridge opens", publisher="The Daily", published="2024-03-05"))


def test_an_entry_without_an_address_is_read_as_it_stands() -> None:
    body = b"<rss><channel><title>T</title><item><title>A</title><description>&lt;p&gt;The bridge opened.&lt;/p&gt;</description></item></channel></rss>"
    [link] = links_of_feed(body, "")
    assert (link.url, link.body) == (None, b"<p>The bridge opened.</p>")


def test_what_a_feed_leads_to_is_a_page_and_not_another_feed_or_file(server: Server) -> None:
    server.has("/feed2", rss(server.site + "/1"))
    links = [server.site + "/feed2", "file:///etc/passwd", "ftp://example.org/a", server.site + "/r"]
    server.has("/r", redirect("file:///etc/passwd"))
    assert seen(read(server.has("/feed", rss(*links))), server) == ["not a page", "not an address", "not an address", "not an address"]


def test_a_feed_from_outside_does_not_reach_into_the_network(server: Server, tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_bytes(rss(server.has("/secret", STORY)))
    [found] = read(tmp_path / "feed.xml", allow_private=False)
    assert isinstance(found, Skipped)
    assert found.why == "private address"
    assert server.asked == []


@pytest.mark.parametrize(
    "body",
    [
        f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'lol'>{BOMB}]><rss><channel><title>&i;</title><item><link>http://a/</link></item></channel></rss>",
        "<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>&x;</title></item></channel></rss>",
        f"<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY a 'lol'>{BOMB}]><urlset><url><loc>&i;</loc></url></urlset>",
        "<?xml version='1.0'?><!DOCTYPE urlset [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&x;</loc></url></urlset>",
        "<?xml version='1.0'?><!DOCTYPE urlset SYSTEM 'http://127.0.0.1:1/x.dtd'><urlset><url><loc>http://a/</loc></url></urlset>",
        "<rss><channel><item><ti",
        "<urlset><url><loc>",
        '{"version": "https://jsonfeed.org/version/1", "items": 7}',
        '{"version": "https://jsonfeed.org/version/1", "items": [',
    ],
)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_a_bomb_or_a_wreck_is_one_skipped_soon(tmp_path: Path, body: str, charset: str) -> None:
    (tmp_path / "feed.xml").write_bytes(body.encode(charset))
    began = time.monotonic()
    [found] = read(tmp_path / "feed.xml")
    assert isinstance(found, Skipped)
    assert found.why in ("broken feed", "empty", "not a page") or charset == "utf-16"
    assert "root:" not in found.detail
    assert time.monotonic() - began < 2


def test_a_feed_that_swells_is_left(server: Server) -> None:
    swelling = gzip.compress(b"<rss><channel>" + b" " * 30_000_000)
    [found] = read(server.has("/feed", send(swelling, content_encoding="gzip")))
    assert isinstance(found, Skipped)
    assert found.why == "too large"


@given(st.binary(max_size=200))
def test_any_bytes_are_links_or_no_list(body: bytes) -> None:
    for start in (b"<rss><channel><item>", b"<urlset><url><loc>", b'{"items": [', b""):
        for links in (lambda b: links_of_feed(b, "http://a/"), links_of_json_feed, lambda b: links_of_sitemap(io.BytesIO(b))):
            with suppress(NotALinkList):
                assert all(isinstance(link, Link) for link in links(start + body))

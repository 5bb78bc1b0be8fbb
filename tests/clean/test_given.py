"""What a source says beside a page ends in the article: title, publisher, days."""

from __future__ import annotations

from datetime import date

import pytest

from sayso.clean import article_from_page
from sayso.config import DEFAULT
from sayso.records import Article, Given, Page

STORY = """\
The bridge over the Sund opened on Monday, the minister said, nine years after it was promised to the towns on both sides.

"We have waited nine years," she told reporters on the southern bank, where lorries had stood in line since the early morning.
"""
HTML = "<html><head>{head}</head><body><article>" + "".join(f"<p>{p}</p>" for p in STORY.split("\n\n")) + "</article></body></html>"


def article(body: str, given: Given | None, *, url: str | None = None, html: bool = False) -> Article:
    media_type = "text/html" if html else "text/plain"
    page = Page(address="a", body=body.encode(), media_type=media_type, captured="2026-01-02T03:04:05Z", charset="utf-8", url=url, given=given)
    return article_from_page(page, DEFAULT)


def facts(found: Article) -> list[tuple[str, str, date, date]]:
    return [(fact.kind, fact.basis, fact.earliest, fact.latest) for fact in found.dates]


@pytest.mark.parametrize(
    ("published", "first", "last"),
    [
        ("2024-03-05", date(2024, 3, 5), date(2024, 3, 5)),
        ("2024-03-05T23:10:00+02:00", date(2024, 3, 5), date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5), date(2024, 3, 5)),
        ("Tue, 05 Mar 2024 10:00:00 GMT", date(2024, 3, 5), date(2024, 3, 5)),
        ("March 5, 2024 Tuesday", date(2024, 3, 5), date(2024, 3, 5)),
        ("03/05/2024", date(2024, 3, 5), date(2024, 5, 3)),
    ],
)
@pytest.mark.parametrize("html", [False, True])
def test_the_day_of_publication_is_a_fact_with_the_source_as_its_basis(published: str, first: date, last: date, html: bool) -> None:
    found = article(HTML.format(head="") if html else STORY, Given(published=published), html=html)
    assert facts(found) == [("published", "source", first, last)]
    assert found.dates[0].words == published


@pytest.mark.parametrize("published", ["", "yesterday", "2024-13-45", "March 5"])
def test_a_day_that_cannot_be_read_is_no_fact(published: str) -> None:
    assert article(STORY, Given(published=published)).dates == ()


def test_the_day_an_archive_fetched_the_page_is_the_day_it_was_drawn() -> None:
    assert facts(article(STORY, Given(archived="2024-03-09T10:00:00Z"))) == [("rendered", "source", date(2024, 3, 9), date(2024, 3, 9))]


def test_the_page_s_own_date_stands_before_what_the_source_says() -> None:
    head = '<meta property="article:published_time" content="2024-03-04T10:00:00Z">'
    found = article(HTML.format(head=head), Given(published="2024-03-05"), html=True)
    assert [(basis, day.day) for _, basis, day, _ in facts(found)] == [("metadata", 4), ("source", 5)]


@pytest.mark.parametrize("html", [False, True])
def test_the_address_dates_a_page_that_names_none_itself(html: bool) -> None:
    found = article(HTML.format(head="") if html else STORY, None, url="https://example.org/2024/03/05/bridge", html=html)
    assert facts(found) == [("published", "url", date(2024, 3, 5), date(2024, 3, 5))]


def test_the_publisher_is_the_source_s_unless_the_page_names_one() -> None:
    given = Given(publisher="The Daily")
    assert article(STORY, given).publisher == "The Daily"
    assert article(HTML.format(head=""), given, html=True).publisher == "The Daily"
    assert article(HTML.format(head='<meta property="og:site_name" content="The Gazette">'), given, html=True).publisher == "The Gazette"


def test_a_title_that_the_text_lacks_is_put_above_it_and_one_that_it_has_is_not() -> None:
    given = Given(title="Bridge over the Sund opens after nine years")
    for body in (STORY, f"{given.title}\n\n{STORY}"):
        found = article(body, given)
        assert found.title == given.title
        assert found.text.count("after nine years") == 1
    assert article(HTML.format(head=""), given, html=True).title == given.title

"""Text exports with many articles in a file: each article a page, with what its header says. The articles are invented."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.capture import pages
from sayso.capture.exports import Export, articles_of, export_in
from sayso.capture.kind import kind_of
from sayso.config import Settings
from sayso.records import Page, Skipped

CAPTURED = "2026-01-02T03:04:05Z"

NEXIS = """\



                               1 of 2 DOCUMENTS


                              The Harbour Gazette

                             January 4, 2010 Monday
                                 Final Edition

Bridge over the Sund opens after
nine years

BYLINE: Ada Holm

SECTION: NEWS; Pg. 4

LENGTH: 412 words


The bridge over the Sund opened on Monday, the minister said. "We have waited
nine years," she told reporters.

Traffic rules: lorries pay twice. The harbour master said that he had not been asked.

LOAD-DATE: January 5, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                 Copyright 2010 Harbour Media Limited
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                       Copyright 2000 The Northern Company
                               The Northern Times

                   March 1, 2000, Wednesday, Late Edition - Final

SECTION: Section A; Page 1

LENGTH: 89 words

HEADLINE: Ferries to stay

BYLINE:  By JON BERG

DATELINE: OSLO, Feb. 29

BODY:
The ferries will stay, the council said on Tuesday.

LOAD-DATE: March 1, 2000
"""

UNI = """\
Bridge over the Sund opens after nine years
The Harbour Gazette
January 4, 2020 Saturday
Late Edition - Final

Copyright 2020 Harbour Media Limited All Rights Reserved

Section: Section A; Column 0; Foreign Desk; Pg. 1
Length: 1234 words
Byline: By Ada Holm
Body


The bridge over the Sund opened on Monday, the minister said.

Page 1 of 2

"We have waited nine years," she told reporters.



Classification


Language: ENGLISH

Publication-Type: Newspaper

Load-Date: January 5, 2020


End of Document
Ferries to stay
Northern Times (Oslo)
March 1, 2020

Length: 89 words

Body

The ferries will stay, the council said on Tuesday.

Load-Date: March 2, 2020

End of Document
"""

FACTIVA = """\
HD   Bridge over the Sund opens
   after nine years
BY   Ada Holm
WC   412 words
PD   4 January 2010
ET   10:00
SN   Harbour News
SC   HARB
LA   English
CY   (c) 2010 Harbour Limited

LP
SUND, Jan 4 (Harbour) - The bridge over the Sund opened on Monday, the minister said.

TD
"We have waited nine years," she told reporters.

IN the words of the harbour master, nobody had asked him.

CO  hrbr : Harbour Inc
NS
gtrans : Transport
AN   Document HARB000020100104e6140001x


SE   News
HD   Ferries to stay
WC   89 words
PD   1 March 2000
SN   The Northern Times
LP   The ferries will stay, the council said on Tuesday.

AN   Document NORT000020000301dw310000a
"""

DISPLAY = """\
Bridge over the Sund opens after nine years
By Ada Holm
412 words
4 January 2010
10:00
Harbour News
HARB
English
(c) 2010 Harbour Limited

The bridge over the Sund opened on Monday, the minister said.

"We have waited nine years," she told reporters.

Document HARB000020100104e6140001x

Ferries to stay

89 words
1 March 2000
The Northern Times
English
Copyright 2000 The Northern Company

The ferries will stay, the council said on Tuesday.

Document NORT000020000301dw310000a

Search Summary
Text: bridge
"""

ALL: dict[Export, str] = {"nexis": NEXIS, "nexis uni": UNI, "factiva": FACTIVA, "factiva display": DISPLAY}
KINDS = pytest.mark.parametrize("kind", ALL)


def read(path: Path, **settings: int) -> list[Page | Skipped]:
    return list(pages([str(path)], Settings(**settings), captured=CAPTURED))  # type: ignore[arg-type]


@KINDS
def test_an_export_is_known_by_its_own_headers(kind: Export) -> None:
    assert export_in(ALL[kind].encode()) == kind
    assert kind_of(ALL[kind].replace("\n", "\r\n").encode("utf-8-sig"), "a.txt") == "export"


@pytest.mark.parametrize(
    "text",
    [
        "The archive lists 1 of 20 DOCUMENTS that the minister signed.\n\nDocument 17 is missing.\n",
        "LENGTH: 40 words\n\nThe bridge opened.\n",
        "End of Document\n\nThe minister said so at the end.\n",
        "412 words\n\nThe bridge opened on Monday.\n\nDocument not found\n",
        "HD television was shown.\nPD said nothing.\nTD neither.\n",
    ],
)
def test_an_ordinary_page_is_not_taken_for_an_export(text: str) -> None:
    assert kind_of(text.encode(), "a.txt") == "page"


@KINDS
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
def test_each_article_is_a_page_with_what_its_header_says(tmp_path: Path, kind: Export, ends: str, charset: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(ALL[kind].replace("\n", ends).encode(charset))
    first, second = read(path)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.address, second.address) == (f"{path}#1", f"{path}#2")
    assert first.given is not None
    assert first.given.title == "Bridge over the Sund opens after nine years"
    assert first.given.publisher in ("The Harbour Gazette", "Harbour News")
    assert first.given.published in ("January 4, 2010", "4 January 2010", "January 4, 2020")
    text = first.body.decode()
    assert text.startswith("Bridge over the Sund opens after nine years\n\nBy Ada Holm\n\n")
    assert "The bridge over the Sund opened on Monday, the minister said." in text
    assert "nine years,\" she told reporters." in text
    assert not any(word in text for word in ("LANGUAGE", "Language", "412", "Copyright", "(c)", "Harbour Inc", "Page 1 of 2", "Load-Date", "gtrans"))
    assert second.body.decode().replace("By JON BERG\n\n", "") == "Ferries to stay\n\nThe ferries will stay, the council said on Tuesday.\n"
    assert second.given is not None
    assert second.given.publisher in ("The Northern Times", "Northern Times (Oslo)")


def test_a_paragraph_that_looks_like_a_field_stays_in_its_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FACTIVA)
    (tmp_path / "b.txt").write_text(NEXIS)
    factiva, _, nexis, _ = read(tmp_path)
    assert isinstance(factiva, Page)
    assert isinstance(nexis, Page)
    assert b"IN the words of the harbour master, nobody had asked him." in factiva.body
    assert b"Traffic rules: lorries pay twice." in nexis.body


def test_a_folder_of_exports_packed_and_not_is_read(tmp_path: Path) -> None:
    for name, text in zip("abcd", ALL.values(), strict=True):
        (tmp_path / f"{name}.txt.gz").write_bytes(gzip.compress(text.encode()))
        (tmp_path / f"{name}.txt").write_text(text)
    found = read(tmp_path)
    assert len(found) == 16
    assert all(isinstance(one, Page) for one in found)


@KINDS
def test_an_article_without_a_body_or_without_an_end_leaves_the_others_alone(tmp_path: Path, kind: Export) -> None:
    lines = ALL[kind].splitlines(keepends=True)
    (tmp_path / "a.txt").write_text("".join(line for line in lines if "ferries will" not in line))
    first, second = read(tmp_path / "a.txt")
    assert isinstance(first, Page)
    assert isinstance(second, Skipped)
    assert second.why == "empty"
    assert "Ferries to stay" in second.detail


@KINDS
def test_an_article_that_is_too_large_leaves_the_others_alone(tmp_path: Path, kind: Export) -> None:
    long = ALL[kind].replace("she told reporters.", "she told reporters. " + "Nine years. \n" * 400, 1)
    (tmp_path / "a.txt").write_text(long)
    found = read(tmp_path / "a.txt", max_bytes=2000)
    assert [one.why if isinstance(one, Skipped) else "page" for one in found] == ["too large", "page"]


@KINDS
@given(data=st.data())
def test_whatever_is_cut_out_of_an_export_every_article_still_has_its_own_words(kind: Export, data: st.DataObject) -> None:
    lines = ALL[kind].splitlines()
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1), max_size=12))
    added = data.draw(st.lists(st.text(max_size=30), max_size=3))
    left = [line for n, line in enumerate(lines) if n not in gone] + added
    for article in articles_of(iter(left), kind, 10_000):
        assert not isinstance(article, int)
        for part in (article.title, article.byline, article.publisher, article.published):
            assert part is None or part.strip()


@given(st.text())
def test_any_text_is_read_as_any_kind_of_export(text: str) -> None:
    for kind in ALL:
        list(articles_of(iter(text.splitlines()), kind, 100))

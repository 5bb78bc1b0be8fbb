"""Whole pages: the story, its data and every block left out; and whatever the bytes, an article or a `CleanError`, soon."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
import unicodedata
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.clean import article_from_page
from sayso.clean.blocks import dump_from_text
from sayso.clean.decode import text_from_bytes
from sayso.config import DEFAULT, Settings
from sayso.errors import CleanError
from sayso.records import Article, Page

PAGES = Path(__file__).parents[1] / "pages"
EXAMPLE = Path(__file__).parents[2] / "src" / "sayso" / "examples" / "page.txt"
STORY = (
    "The road along the lake will reopen before the snow, the governor said on Tuesday after the assembly had voted for it.",
    "“It will be open, and it will be safe,” Governor Inés Calfucura said after the vote in the provincial capital.",
    "Villagers on the northern shore have had to send their milk by boat since the landslide of last autumn.",
)


def page(body: str | bytes, media_type: str = "text/plain", charset: str | None = None) -> Page:
    return Page(address="a", body=body.encode() if isinstance(body, str) else body, media_type=media_type, captured="2026-01-02T03:04:05Z", charset=charset)


def article(body: str | bytes, media_type: str = "text/plain") -> Article:
    return article_from_page(page(body, media_type), DEFAULT)


def saved(name: str) -> Article:
    path = PAGES / name
    return article(path.read_bytes(), "text/html" if path.suffix == ".html" else "text/plain")


def without_ids(found: Article) -> dict[str, Any]:
    return {key: value for key, value in found.to_dict().items() if key != "id"}


@pytest.mark.parametrize("name", sorted(p.name for p in PAGES.glob("*.*") if p.suffix in (".txt", ".html")))
def test_a_saved_page_gives_the_record_beside_it(name: str) -> None:
    wanted = json.loads((PAGES / name).with_suffix(".json").read_text(encoding="utf-8"))
    assert json.loads(json.dumps(without_ids(saved(name)))) == wanted


def test_the_example_page_is_read_whole() -> None:
    found = article(EXAMPLE.read_bytes())
    assert found.title == "Peru denies new port levy is a ‘hidden tariff’ on Chilean copper trucks"
    assert found.sections == ("Americas",)
    assert len(found.paragraphs()) == 1 + 10
    assert [(d.kind, d.earliest.isoformat(), d.basis) for d in found.dates] == [("rendered", "2025-03-11", "masthead")]


def test_the_text_is_title_and_paragraphs_with_a_blank_line_between() -> None:
    found = article("A road reopens\n\n" + "\n\n".join(STORY))
    assert found.text == "\n\n".join(["A road reopens", *STORY])
    assert [span.of(found.text) for span in found.paragraphs()] == ["A road reopens", *STORY]


@pytest.mark.parametrize("story", [STORY[:1], STORY[:2], ("The bridge at Utete is closed, police said.",)])
def test_a_very_short_story_is_still_read(story: tuple[str, ...]) -> None:
    assert article("\n".join(story)).text == "\n\n".join(story)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("Home\nWorld\nSport\nContact\n", "no story"),
        ("", "no story"),
        ("\n \n", "no story"),
        ("Der Gouverneur sagte am Dienstag, die Straße am See werde noch vor dem ersten Schnee wieder geöffnet.", "not English"),
        ("Губернатор заявил во вторник, что дорога вдоль озера откроется до снега, и все деревни снова будут доступны.", "not English"),
        ("قال المحافظ يوم الثلاثاء إن الطريق على طول البحيرة سيعاد فتحه قبل تساقط الثلوج وإن جميع القرى ستكون متاحة.", "not English"),
        ("知事は火曜日、湖沿いの道路が雪の前に再開されると述べた。すべての村に再び行けるようになるという。", "not English"),
    ],
)
def test_a_page_without_an_english_story_says_so(body: str, why: str) -> None:
    with pytest.raises(CleanError, match=why) as raised:
        article(body)
    assert raised.value.why == why
    assert raised.value.detail


def test_a_story_over_the_limit_is_refused_by_the_name_of_the_setting() -> None:
    with pytest.raises(CleanError, match="max_chars"):
        article_from_page(page("\n".join(STORY)), Settings(max_chars=100))


def test_a_masthead_never_becomes_the_day_of_publishing() -> None:
    found = article("Friday, May 24, 2024\nA road reopens at last\n" + "\n".join(STORY))
    assert [(d.kind, d.basis) for d in found.dates] == [("rendered", "masthead")]


@pytest.mark.parametrize(
    ("line", "kind"), [("Published: October 14, 2024 6:15 pm", "published"), ("Last updated 14 October 2024", "modified"), ("October 14, 2024", "published")]
)
def test_a_date_below_the_title_is_what_its_label_says(line: str, kind: str) -> None:
    found = article(f"A road reopens at last\nBy Ana Roca\n{line}\n" + "\n".join(STORY))
    assert [(d.kind, d.basis) for d in found.dates] == [(kind, "byline")]
    assert line not in found.text


def test_a_dateline_without_a_year_takes_the_one_that_publishing_leaves() -> None:
    story = f"TEMUCO, Dec. 30 (AP) — {STORY[0]}\n{STORY[1]}"
    dated = article(f"A road reopens at last\nPublished: 2 January 2021\n{story}")
    assert [d.earliest.isoformat() for d in dated.dates if d.kind == "dateline"] == ["2020-12-30"]
    undated = article(f"A road reopens at last\n{story}")
    assert undated.dates == ()
    assert undated.dateline is not None
    assert undated.dateline.words == "TEMUCO, Dec. 30 (AP) —"


def lost(body: str) -> list[str]:
    """Blocks of a dump that are neither in the text nor in furniture nor in a field."""
    try:
        found = article(body)
    except CleanError:
        return []
    kept = re.sub(r"\s+", "", " ".join([found.text, *(f.words for f in found.furniture), *found.credits, found.dateline.words if found.dateline else ""]))
    blocks = [b.words for b in dump_from_text(text_from_bytes(body.encode(), charset=None, html=False)).blocks]
    taken = [found.dateline.words] if found.dateline else []
    return [b for b in blocks if re.sub(r"\s+", "", b) not in kept and not any(t in b for t in [*taken, *found.credits])]


LINES = st.sampled_from(
    [*STORY, "Home", "World", "Advertisement", "Most Popular", "3 Comments", "By Ana Roca", "A road reopens at last", "Tuesday, 3 May 2022", "(Reuters)",
     "Published: 3 May 2022", "TEMUCO, May 3 (AP) — " + STORY[0], STORY[2] + " (AFP)", "Photo: Ana Roca", "With inputs from ANI", "* * *", "Read more: Snow"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES | st.text(max_size=80), max_size=25))
def test_nothing_of_a_dump_vanishes(lines: list[str]) -> None:
    assert lost("\n".join(lines)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=600) | st.text(max_size=400).map(str.encode) | st.lists(LINES, max_size=9).map(lambda x: "\n".join(x).encode()), st.booleans())
def test_any_bytes_become_an_article_or_a_clean_error(body: bytes, html: bool) -> None:
    try:
        found = article_from_page(page(body, "text/html" if html else "text/plain"), DEFAULT)
    except CleanError:
        return
    assert not [c for c in found.text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert [span.of(found.text) for span in found.paragraphs()] == found.text.split("\n\n")
    assert all(part == " ".join(part.split()) and part for part in found.text.split("\n\n"))


TAGS = st.sampled_from(["<p>", "</p>", "<div class=ad>", "</div>", "<ul><li>", "<table><tr><td>", "<br>", "<h1>", "<!--", "-->", "<script>", "&#0;", "&nbsp;"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TAGS | LINES, max_size=30))
def test_broken_markup_is_no_exception(pieces: list[str]) -> None:
    try:
        found = article("<html><body>" + "".join(pieces), "text/html")
    except CleanError:
        return
    assert "<p>" not in found.text


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        ("<div>" * 10_000 + f"<p>{STORY[0]}</p>" + "</div>" * 10_000, "text/html"),
        ("<b>" * 100_000 + STORY[0], "text/html"),
        ("<table><tr><td>" * 5_000 + STORY[0], "text/html"),
        ("<p>" + "word " * 1_900_000, "text/html"),
        ("<p " + "a=b " * 400_000 + ">x", "text/html"),
        ("<" * 3_000_000, "text/html"),
        ("<p>a" * 500_000, "text/html"),
        ("word " * 2_000_000, "text/plain"),
        ("“" * 3_000_000, "text/plain"),
        ("a\n" * 5_000_000, "text/plain"),
        (" " * 9_000_000 + "a", "text/plain"),
        ("The dog (AP " * 300_000, "text/plain"),
        ("\n".join(STORY) + "\nBy " + "John " * 300_000, "text/plain"),
        ("SEOUL, " * 500_000, "text/plain"),
        ("\u202e\u200f" * 500_000 + STORY[0], "text/plain"),
    ],
)
def test_hostile_pages_are_read_or_refused_within_five_seconds(body: str, media_type: str) -> None:
    began = time.process_time()
    with suppress(CleanError):
        article(body, media_type)
    assert time.process_time() - began < 5


def test_reading_a_text_loads_neither_trafilatura_nor_lxml_nor_the_language_model() -> None:
    code = (
        "import sys; from sayso.clean import article_from_page; from sayso.records import Page; from sayso.config import DEFAULT;"
        f"article_from_page(Page(address='a', body=open({str(EXAMPLE)!r}, 'rb').read(), media_type='text/plain', captured=''), DEFAULT);"
        "print([m for m in ('trafilatura', 'lxml', 'htmldate', 'py3langid', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2] / "src")
    assert done.stdout.strip() == "[]"


CAPTION = "Governor Inés Calfucura, left, and the engineer of the lake road look at a map in Temuco on Monday, May 2, 2022, before the vote."


def test_a_caption_printed_twice_side_by_side_is_no_part_of_the_story() -> None:
    found = article("\n".join(["A road reopens at last", CAPTION, CAPTION, *STORY]))
    assert CAPTION not in found.text
    assert [f.reason for f in found.furniture if f.words == CAPTION] == ["printed more than once"] * 2


def test_prose_saved_without_furniture_is_kept_from_its_first_line_to_its_last() -> None:
    body = ["Villagers on the lake have waited a year:", *STORY, "It had been promised before.", STORY[0].replace("road", "bridge")]
    assert article("\n\n".join(body)).text == "\n\n".join(body)


def test_what_a_heading_announces_is_dropped_with_the_heading_as_its_reason() -> None:
    found = article("\n".join(["A road reopens at last", *STORY, "Related Articles", "Ferry fares to rise", "Rain late in eleven districts"]))
    assert [f.reason for f in found.furniture] == ["link to another story", "listed under “Related Articles”", "listed under “Related Articles”"]


def test_who_a_copyright_line_names_is_the_publisher() -> None:
    assert article("\n".join(["A road reopens at last", *STORY, "© 2022 The Lake Herald. All rights reserved."])).publisher == "The Lake Herald"


@pytest.mark.parametrize(
    ("body", "url_day"),
    [
        ('<meta property="og:url" content="https://example.org/2020/02/03/road">', "2020-02-03"),
        ('<meta name="date" content="2020-02-03T00:00:00Z">', "2020-02-03"),
        ('<script type="application/ld+json">{"@type": ["NewsArticle"], "datePublished": "2020-02-03", "headline": "x"}</script>', "2020-02-03"),
        ('<script type="application/ld+json">{broken</script><script type="application/ld+json">' + "[" * 5000 + "</script>", None),
    ],
)
def test_the_day_of_publishing_is_read_from_the_head(body: str, url_day: str | None) -> None:
    story = "".join(f"<p>{p}</p>" for p in STORY)
    found = article(f"<html><head><title>A road reopens at last</title>{body}</head><body><h1>A road reopens at last</h1>{story}</body></html>", "text/html")
    assert [d.earliest.isoformat() for d in found.dates if d.kind == "published"] == ([url_day] if url_day else [])

"""The title of a dump is found among its copies, and what was glued to it is read."""

from __future__ import annotations

import pytest

from sayso.clean.blocks import Block
from sayso.clean.titles import site_split, title_in_markup, title_of

TITLE = "Lake road to reopen before the snow, governor says"
STORY = [
    "The road along the lake will reopen before the snow, the governor said on Tuesday after the assembly had voted for it.",
    "“It will be open, and it will be safe,” Governor Inés Calfucura said after the vote.",
]


def found(*lines: str) -> tuple[str | None, tuple[str, ...], str | None, list[str]]:
    blocks = [Block(words=line) for line in [*lines, *STORY]]
    title = title_of(blocks)
    return title.words, title.sections, title.publisher, [blocks[n].words for n in sorted(title.copies)]


@pytest.mark.parametrize(
    ("lines", "sections", "publisher", "copies"),
    [
        ([TITLE], (), None, []),
        ([f"HomeRegion{TITLE}", TITLE], ("Region",), None, [f"HomeRegion{TITLE}"]),
        ([f"Home » World » Americas » {TITLE}", TITLE], ("World", "Americas"), None, [f"Home » World » Americas » {TITLE}"]),
        ([f"{TITLE} | The Lake Herald", "Menu", "Home", TITLE], (), "The Lake Herald", [f"{TITLE} | The Lake Herald", "Home"]),
        ([f"{TITLE} - World - The Lake Herald", TITLE], ("World",), "The Lake Herald", [f"{TITLE} - World - The Lake Herald"]),
        (["The Lake Herald", "Tuesday, 3 May 2022", TITLE], (), None, []),
        (["Home", "Region", TITLE], ("Region",), None, ["Home", "Region"]),
        (["Home > Region > Lakes", TITLE, "By Ana Roca"], ("Region", "Lakes"), None, ["Home > Region > Lakes"]),
        (["WORLD", TITLE], ("WORLD",), None, ["WORLD"]),
        ([TITLE, "Facebook", "Twitter", TITLE], (), None, [TITLE]),
    ],
)
def test_the_title_is_found_with_what_was_glued_to_it(lines: list[str], sections: tuple[str, ...], publisher: str | None, copies: list[str]) -> None:
    assert found(*lines) == (TITLE, sections, publisher, copies)


def test_straight_and_curly_quotation_marks_are_the_same_title() -> None:
    title = "Road is ‘open’, says governor of the lake"
    assert found("HomeRegionRoad is 'open', says governor of the lake", title)[0] == title


def test_a_story_without_a_title_has_none() -> None:
    assert found() == (None, (), None, [])


@pytest.mark.parametrize(
    ("words", "split"),
    [
        ("Road reopens | Reuters", ("Road reopens", ["Reuters"])),
        ("Road along the lake reopens - BBC News", ("Road along the lake reopens", ["BBC News"])),
        ("Road along the lake reopens | World | The Guardian", ("Road along the lake reopens", ["World", "The Guardian"])),
        ("Blast kills four at the lake - police", ("Blast kills four at the lake - police", [])),
        ("Road along the lake reopens", ("Road along the lake reopens", [])),
        ("Talks fail - What comes next for the region", ("Talks fail - What comes next for the region", [])),
    ],
)
def test_a_sites_name_is_split_off_a_title(words: str, split: tuple[str, list[str]]) -> None:
    assert site_split(words) == split


def test_in_markup_the_heading_that_the_head_names_is_the_title() -> None:
    blocks = [Block(words="The Lake Herald", tag="h1"), Block(words=TITLE, tag="h1"), Block(words=STORY[0], tag="p"), Block(words=TITLE, tag="a")]
    title = title_in_markup(blocks, [f"{TITLE} | The Lake Herald"], None)
    assert (title.at, title.words, title.publisher, sorted(title.copies)) == (1, TITLE, "The Lake Herald", [3])

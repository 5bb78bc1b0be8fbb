"""Text falls into blocks: a line each, or the lines of a wrapped paragraph joined again."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.clean.blocks import dump_from_text, wrap_width
from sayso.errors import CleanError

PROSE = [
    "The provincial assembly voted on Tuesday to reopen the road along the lake, which had been closed since the landslide of last autumn.",
    "“It will be open before the snow,” the governor said after the vote, adding that two of the five bridges on it still had to be inspected.",
    "Villagers on the northern shore have had to send their milk by boat, and most of it has turned sour on the way to the dairy in town.",
]


def words(text: str) -> list[str]:
    return [b.words for b in dump_from_text(text).blocks]


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("One.\nTwo.\n\nThree.", ["One.", "Two.", "Three."]),
        ("  One   and\ttwo. \n\n\n", ["One and two."]),
        ("", []),
        ("\n \n", []),
    ],
)
def test_without_wrapping_every_line_is_a_block(text: str, blocks: list[str]) -> None:
    assert words(text) == blocks


@pytest.mark.parametrize("width", [60, 72, 80])
@pytest.mark.parametrize("gap", ["\n\n", "\n   "])
def test_wrapped_paragraphs_are_joined_again(width: int, gap: str) -> None:
    wrapped = gap.join(textwrap.fill(p, width) for p in PROSE)
    assert words("A title that stands alone\n\n" + wrapped) == ["A title that stands alone", *PROSE]


def test_a_hyphen_at_the_end_of_a_wrapped_line_stays() -> None:
    text = "\n".join(
        [
            "The ministers of both countries spoke for an hour about the North-",
            "South corridor, and the railway that would have to be rebuilt along",
            "the whole of it, before they went on to the matter of the customs",
            "duties that lorries pay at the border, which have risen threefold",
            "since the spring, and which neither of the two treasuries has ever",
            "published in full, although parliaments on both sides asked them.",
        ]
    )
    assert "North-South corridor" in words(text)[0]


def test_lines_that_are_short_by_themselves_are_not_joined() -> None:
    menu = ["Home", "World", "Politics and society", "about us", "contact", "sport", "weather in the region", "tv guide"]
    assert words("\n".join(menu)) == menu
    assert wrap_width(menu) == 0


def test_one_block_a_line_is_not_taken_for_wrapped_text() -> None:
    assert words("\n".join(PROSE)) == PROSE


def test_the_header_of_a_wet_record_is_taken_off_and_kept() -> None:
    record = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: https://example.org/2021/05/03/road\r\nWARC-Date: 2021-05-09T01:02:03Z\r\n"
        "Content-Length: 9\r\n\r\nThe road.\r\n\r\n"
    ).replace("\r\n", "\n")
    dump = dump_from_text(record)
    assert [b.words for b in dump.blocks] == ["The road."]
    assert (dump.url, dump.captured) == ("https://example.org/2021/05/03/road", "2021-05-09T01:02:03Z")


def test_several_wet_records_are_refused_by_name() -> None:
    record = "WARC/1.0\nWARC-Type: conversion\nContent-Length: 9\n\nThe road.\n\n"
    with pytest.raises(CleanError, match="several pages"):
        dump_from_text(record * 2)


def test_far_too_many_lines_are_refused() -> None:
    with pytest.raises(CleanError, match="too long"):
        dump_from_text("a\n" * 100_000)


@given(st.text(max_size=500))
def test_no_word_is_lost_or_invented(text: str) -> None:
    if text.startswith("WARC/1."):
        return
    assert re.sub(r"\s+", "", "".join(words(text))) == re.sub(r"\s+", "", text)

"""What furniture says is known by its phrases; what a story says is not taken for it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.clean.phrases import REASONS, likely_furniture, sure_furniture


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("- Advertisement -", "advert"),
        ("- Advertisment -", "advert"),
        ("ADVERTISEMENT", "advert"),
        ("Google search engine", "advert"),
        ("Most Popular", "popular"),
        ("Trending Now", "popular"),
        ("More from World", "popular"),
        ("Related Articles", "related"),
        ("Read more", "related"),
        ("Recent Comments", "comments"),
        ("3 Comments", "comments"),
        ("Leave a Reply", "comments"),
        ("Share on Facebook", "share"),
        ("Facebook Twitter WhatsApp Email", "share"),
        ("Subscribe", "letter"),
        ("Sign up for our newsletter", "letter"),
        ("Skip to main content", "nav"),
        ("© 2024 The Lake Herald. All rights reserved", "legal"),
        ("Photo: Ana Roca", "photo"),
        ("5 min read", "time"),
        ("* * *", "end"),
    ],
)
def test_a_phrase_that_is_furniture_and_nothing_else(words: str, kind: str) -> None:
    assert sure_furniture(words) == kind
    assert REASONS[kind]


@pytest.mark.parametrize(
    "words",
    [
        "“No comment,” the minister said.",
        "He said no more.",
        "The share of wheat fell.",
        "Home to 40,000 people, the camp is full.",
        "The most popular candidate lost.",
        "“This is madness.”",
        "They will not return.",
        "Read the treaty, he said.",
        "Facebook denied it.",
    ],
)
def test_words_of_a_story_are_not_furniture_beyond_doubt(words: str) -> None:
    assert sure_furniture(words) is None


@given(st.text(max_size=200))
def test_any_words_are_judged(words: str) -> None:
    sure_furniture(words)
    assert set(likely_furniture(words)) <= set(REASONS)


@pytest.mark.parametrize("hostile", ["by " * 50_000, "a is a " * 20_000, "x | " * 30_000, "comment " * 20_000, "(" * 100_000, "1" * 200_000, "a@" * 60_000])
def test_hostile_words_are_judged_at_once(hostile: str) -> None:
    began = time.process_time()
    likely_furniture(hostile)
    sure_furniture(hostile[:120])
    assert time.process_time() - began < 0.5

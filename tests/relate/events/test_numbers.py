"""How many: sentences as news prints them, and the interval that their words allow."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.records import Span
from sayso.relate.events.numbers import sizes_of
from sayso.relate.events.quantities import quantities, tokens


def counted(text: str) -> list[tuple[str, int, int | None]]:
    return [(s.kind, s.low, s.high) for s in sizes_of(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("words", "interval"),
    [
        ("40", (40, 40)),
        ("1,200", (1200, 1200)),
        ("1.5 million", (1_500_000, 1_500_000)),
        ("one hundred and twenty-five", (125, 125)),
        ("a thousand", (1000, 1000)),
        ("at least 30", (30, None)),
        ("more than 30", (31, None)),
        ("about 200", (180, 220)),
        ("nearly 200", (180, 199)),
        ("up to 50", (0, 50)),
        ("fewer than 50", (0, 49)),
        ("between 30 and 40", (30, 40)),
        ("30 to 40", (30, 40)),
        ("two to three thousand", (2000, 3000)),
        ("dozens", (24, 100)),
        ("tens of thousands", (20_000, 100_000)),
        ("half a dozen", (5, 7)),
        ("two dozen", (24, 24)),
        ("no", (0, 0)),
    ],
)
def test_a_quantity_is_what_its_words_allow(words: str, interval: tuple[int, int | None]) -> None:
    text = f"{words} people"
    first, *_ = quantities(tokens(text, 0, len(text)))
    assert (first.low, first.high) == interval


@pytest.mark.parametrize("text", ["a 40-year-old man", "$40 was paid", "40% of them", "a T-72 tank", "at 10:30 they left", "the 4th brigade"])
def test_ages_sums_shares_and_names_of_things_are_no_quantities(text: str) -> None:
    assert not [q for q in quantities(tokens(text, 0, len(text))) if not q.bare]


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("The blast killed 40 people and wounded at least 100.", [("dead", 40, 40), ("injured", 100, None)]),
        ("Forty people were killed in the raid.", [("dead", 40, 40)]),
        ("Police arrested 12 protesters in the capital.", [("arrested", 12, 12)]),
        ("The death toll rose to 85 on Friday.", [("dead", 85, 85)]),
        ("Three soldiers and two civilians were killed.", [("dead", 5, 5)]),
        ("Tens of thousands marched through Tbilisi.", [("demonstrators", 20_000, 100_000)]),
        ("More than 3,000 fled their homes.", [("displaced", 3001, None)]),
        ("Seven fishermen are missing.", [("missing", 7, 7)]),
        ("There were 12 casualties.", [("dead", 0, 12), ("injured", 0, 12)]),
        ("No one was hurt.", [("injured", 0, 0)]),
        ("The minister killed the bill.", []),
        ("Shares fell 40 points.", []),
    ],
)
def test_those_counted_are_counted_by_what_became_of_them(text: str, sizes: list[tuple[str, int, int | None]]) -> None:
    assert counted(text) == sizes


_WORDS = "40 killed wounded at least about dozens of and or to hundred 1,200 three were people the a - , no one between dead arrested 2 million".split()


@given(st.lists(st.sampled_from(_WORDS), max_size=16))
def test_an_interval_begins_before_it_ends_and_keeps_to_its_words(words: list[str]) -> None:
    text = " ".join(words)
    for size in sizes_of(text, Span(0, len(text))):
        assert size.low >= 0
        assert size.high is None or size.low <= size.high
        assert size.words == size.span.of(text)


@given(st.text(max_size=80))
def test_any_words_are_counted(text: str) -> None:
    found = quantities(tokens(text, 0, len(text)))
    assert all(a.last <= b.first for a, b in pairwise(found))

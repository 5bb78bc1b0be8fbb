from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import found, read

from sayso.relate.timex import days_allowed, resolve
from sayso.relate.timex.tokens import GIVEN, HOLIDAYS

WORDS = sorted(
    {word for words in GIVEN["classes"].values() for word in words}
    | set(GIVEN["words"]["each_its_own"])
    | {name for feast in HOLIDAYS["feasts"].values() for name in feast["names"]}
    | {"May", "Sept.", "Sat.", "30", "31", "13-17", "2014-16", "10:30", "25:99", "0", "0000", "9999", "2100", "1000", "'82", "1990s", "13/9/2023", "99/99/9999"}
    | {"0000-00-00", "2023-02-30", "9999-12-31", "0001-01-01", "3.5", "1,000", "½", "2½", ",", ".", "-", "–", "(", ")", "’s", "p.m.", "GMT", "1" * 40}
    | {"Feb", "said", "will"}
)
ANCHORS = st.none() | st.dates().map(lambda day: (day, day)) | st.tuples(st.dates(), st.dates()).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25), ANCHORS, st.booleans())
def test_no_words_of_time_in_any_order_and_on_any_day_raise(words: list[str], anchor: tuple[date, date] | None, capitals: bool) -> None:
    text = " ".join(word.title() if capitals else word for word in words)
    timexes = found(text)
    for answer in resolve(timexes, anchor):
        assert answer.value
        assert (answer.earliest is None) == (answer.latest is None)
        assert answer.earliest is None or answer.latest is None or answer.earliest <= answer.latest
    for timex in timexes:
        assert all(d.earliest <= d.latest for d in days_allowed(timex.meaning, (date(2010, 1, 1), date(2011, 1, 1))))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    read(text)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25))
def test_expressions_stand_in_order_and_never_overlap(words: list[str]) -> None:
    text = " ".join(words)
    spans = [t.span for t in found(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    [
        "1", "12", "1-", "1,", "1:", "1/", "1.1.", "a", "A", " ", "the ", "one ", "two-", "two and ", "the past ", "right ", "March ", "May ", "Monday ",
        "now ", "twenty-",
        "a year ", "years ago ", "early ", "the end of ", "2001-", "2001 ", "'82 ", "9/11 ", "Christmas ", "St. ", "12:00 ", "3 p.m. ", ", ",
        "half ", "week later ", "every ", "until ", "’", "½", "\u0661", "the day after ",
    ],
)  # fmt: skip
def test_a_hundred_thousand_characters_of_anything_are_read(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert all(0 <= t.span.start < t.span.end <= len(text) for t in found(text))

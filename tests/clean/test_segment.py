"""The path through a page: one story, with gaps in it, and furniture around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.clean.segment import scores, story_of

VALUES = {"#": 5.0, "+": 2.0, "?": 0.0, "-": -2.0, ".": -5.0, "x": -5.0}


def drawn(blocks: str) -> str:
    """Draw a page as one letter a block, its score by `VALUES`, `x` sure furniture; give the story as `#`."""
    kept = story_of([VALUES[b] for b in blocks], [b == "x" for b in blocks])
    return "".join("#" if k else "." for k in kept)


@pytest.mark.parametrize(
    ("blocks", "story"),
    [
        ("...####...", "...####..."),
        ("...##..##...", "...##..##..."),  # a gap
        ("...##x##...", "...##.##..."),  # furniture that is beyond doubt, wherever it stands
        ("..##?##..", "..#####.."),
        ("#", "#"),
        ("", ""),
        ("xxx", "..."),
    ],
)
def test_the_story_is_where_the_scores_are(blocks: str, story: str) -> None:
    assert drawn(blocks) == story


def test_a_line_of_doubtful_score_between_two_paragraphs_is_kept() -> None:
    assert drawn("..##?##..") == "..#####.."


@given(st.text("#+?-.x", max_size=60))
def test_sure_furniture_is_never_story_and_every_block_is_decided(blocks: str) -> None:
    story = drawn(blocks)
    assert len(story) == len(blocks)
    assert all(s == "." for s, b in zip(story, blocks, strict=True) if b == "x")


def test_a_score_is_the_sum_of_what_its_features_are_worth() -> None:
    assert scores([{"a": 1.0, "b": 0.5, "unknown": 9.0}], {"a": 2.0, "b": -1.0}) == [1.5]

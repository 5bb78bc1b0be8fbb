from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.mark.pieces import LOWER, OTHER, TITLE, UPPER, pieces_from_text


@given(st.text(max_size=300))
def test_offsets_lie_in_their_paragraph_and_never_run_back(text: str) -> None:
    pieces = pieces_from_text(text)
    assert len(pieces.ids) == len(pieces.case) == len(pieces.offsets) == pieces.paragraphs[-1]
    at = 0
    for paragraph, (first, last) in zip(text.split("\n\n"), zip(pieces.paragraphs, pieces.paragraphs[1:], strict=False), strict=True):
        for start, end in pieces.offsets[first:last]:
            assert at <= start <= end <= at + len(paragraph)
        assert list(pieces.offsets[first:last, 0]) == sorted(pieces.offsets[first:last, 0])
        at += len(paragraph) + 2


@pytest.mark.parametrize(
    ("word", "case"), [("said", LOWER), ("Pyongyang", TITLE), ("NATO", UPPER), ("A", TITLE), ("1999", OTHER), ("“", OTHER), ("iPhone", OTHER)]
)
def test_every_piece_of_a_word_has_the_case_of_the_word(word: str, case: int) -> None:
    assert set(pieces_from_text(word).case.tolist()) == {case}


def test_offsets_count_code_points_of_the_text_as_printed() -> None:
    text = "Đặng’s “naïve” plan 🙂 said"
    pieces = pieces_from_text(text)
    assert text[pieces.offsets[-1][0] : pieces.offsets[-1][1]] == "said"

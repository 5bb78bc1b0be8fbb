from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sayso.mark.windows import CONTEXT, WINDOW, windows_from_pieces

lengths = st.lists(st.integers(0, 900), max_size=30)


def starts(of: list[int]) -> np.ndarray:
    return np.cumsum([0, *of]).astype(np.int32)


@given(lengths)
def test_every_piece_is_owned_once_and_in_order(of: list[int]) -> None:
    owned = [p for w in windows_from_pieces(starts(of)) for p in range(w.start, w.end)]
    assert owned == list(range(sum(of)))


@given(lengths, st.integers(WINDOW // 3, WINDOW))
def test_no_window_is_too_long_and_each_holds_what_it_owns(of: list[int], first: int) -> None:
    for window in windows_from_pieces(starts(of), first=first):
        assert len(window.pieces) <= WINDOW
        assert set(range(window.start, window.end)) <= set(window.pieces.tolist())
        assert window.pieces[0] == window.pieces[-1] == -1


@given(lengths)
def test_what_stands_before_is_context_and_never_more_than_asked(of: list[int]) -> None:
    for window in windows_from_pieces(starts(of)):
        places = [p for p in window.pieces.tolist() if p >= 0]
        assert places == list(range(places[0], places[-1] + 1))
        before = window.pieces[1 : window.pieces.tolist().index(window.start)]
        assert len(before) <= CONTEXT + 1
        assert len(before) > 0 or window.start == 0


@given(st.lists(st.integers(1, WINDOW - CONTEXT - 4), max_size=20))
def test_a_paragraph_that_fits_is_never_cut(of: list[int]) -> None:
    cuts = set(starts(of).tolist())
    assert all(w.start in cuts and w.end in cuts for w in windows_from_pieces(starts(of)))

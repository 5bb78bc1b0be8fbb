"""Many stretches decoded together: each as if it were alone."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sayso.mark.paths import best_paths


def drawn(lengths: list[int], seed: int, *, kinds: list[int]) -> list[NDArray[np.float32]]:
    rng = np.random.default_rng(seed)
    return [rng.normal(0, 2, (length, 1 + 4 * kinds[n % len(kinds)])).astype(np.float32) for n, length in enumerate(lengths)]


def is_path(tags: tuple[int, ...]) -> bool:
    """Begin and inside are followed by inside or end of their kind, and nothing else is."""
    inside = 0
    for tag in (*tags, 0):
        place, kind = ((tag - 1) % 4, 1 + (tag - 1) // 4) if tag else (None, 0)
        if (inside or 0) != (kind if place in (1, 2) else 0):
            return False
        inside = kind if place in (0, 1) else 0
    return True


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 2**32 - 1))
def test_a_stretch_has_the_same_path_alone_and_among_others(lengths: list[int], seed: int) -> None:
    stretches = drawn(lengths, seed, kinds=[3, 1, 4])
    together = best_paths(stretches)
    assert [path.tolist() for path in together] == [best_paths([rows])[0].tolist() for rows in stretches]
    assert [len(path) for path in together] == lengths


@given(st.integers(1, 4), st.integers(0, 2**32 - 1))
def test_no_path_at_all_is_better(length: int, seed: int) -> None:
    rows = drawn([length], seed, kinds=[2])[0]
    best = max(filter(is_path, product(range(9), repeat=length)), key=lambda tags: sum(rows[n, t].astype(float) for n, t in enumerate(tags)))
    assert tuple(best_paths([rows])[0]) == best


def test_of_two_paths_as_good_the_one_with_less_in_it_is_taken() -> None:
    assert best_paths([np.zeros((4, 9), np.float32)])[0].tolist() == [0, 0, 0, 0]

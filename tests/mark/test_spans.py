"""Tags are drawn as strings: `.` outside, then B I E S of a kind, the kind's letter given once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sayso.errors import ShapeMismatch
from sayso.mark.pieces import Pieces
from sayso.mark.spans import arcs_from_vectors, found_from_scores, tags_from_scores
from sayso.mark.tags import ARC_COLUMNS, ARC_WIDTH, COLUMNS, HEADS, TAGS
from sayso.mark.windows import windows_from_pieces

HEAD = HEADS[0]
LETTERS = ".bies BIES wxyz"  # outside; source; cue; content
NAMES = [".", "b", "i", "e", "s", "B", "I", "E", "S", "w", "x", "y", "z"]


def scores(drawn: str, *, sure: float = 4.0) -> NDArray[np.float32]:
    """One row a letter, high where the letter says."""
    rows = np.zeros((len(drawn), HEAD.size), np.float32)
    rows[np.arange(len(drawn)), [NAMES.index(c) for c in drawn]] = sure
    return rows


def decoded(rows: NDArray[np.float32], paragraphs: NDArray[np.int32]) -> NDArray[np.int32]:
    return tags_from_scores([rows], paragraphs)[0]


def drawn_back(tags: NDArray[np.int32]) -> str:
    return "".join(NAMES[t] for t in tags)


def one_paragraph(length: int) -> NDArray[np.int32]:
    return np.array([0, length], np.int32)


def pieces(length: int, starts: list[int] | None = None) -> Pieces:
    offsets = np.array([(2 * i, 2 * i + 1) for i in range(length)], np.int32).reshape(-1, 2)
    paragraphs = np.array([*(starts or [0]), length], np.int32)
    return Pieces(np.full(length, 7, np.int32), np.zeros(length, np.int32), offsets, paragraphs)


@pytest.mark.parametrize("drawn", ["....", "bie.", "s.wxy", "be.BIE.wxxxy", "sSz", ""])
def test_tags_that_make_a_path_are_kept_as_they_are(drawn: str) -> None:
    assert drawn_back(decoded(scores(drawn), one_paragraph(len(drawn)))) == drawn


@pytest.mark.parametrize(
    ("drawn", "mended"),
    [
        ("wxx.xxy", "wxxxxxy"),  # one outside piece does not break a content in two
        (".wxxx", ".wxxy"),  # a span ends where its paragraph does
        ("xxy.", "wxy."),
    ],
)
def test_tags_that_make_no_path_are_mended(drawn: str, mended: str) -> None:
    assert drawn_back(decoded(scores(drawn), one_paragraph(len(drawn)))) == mended


@pytest.mark.parametrize(
    ("drawn", "margin", "kinds"),
    [
        ("sSwxy", 0.2, ["source", "cue", "content"]),  # nearly a statement within a statement
        ("sSwxy", 0.4, []),  # not near enough
        ("sS...", 0.2, []),  # nothing that the cue brings in
        ("..wxy", 0.2, []),  # no cue
    ],
)
def test_what_is_nearly_a_whole_statement_inside_a_content_is_one(drawn: str, margin: float, kinds: list[str]) -> None:
    rows = np.zeros((len(drawn), TAGS), np.float32)
    inner = COLUMNS["nested"]
    for head in HEADS:
        rows[:, COLUMNS[head.name].start] = 9.0
    rows[:, inner] = scores(drawn, sure=9.0)
    rows[:, inner.start] = 9.0 + np.where(np.array(list(drawn)) == ".", 0.0, margin)
    assert [f.mark.kind for f in found_from_scores(rows, pieces(len(drawn)))] == kinds
    assert found_from_scores(rows[:0], pieces(0, [])) == []


def test_a_span_never_crosses_a_paragraph() -> None:
    tags = decoded(scores("wxxxxy"), np.array([0, 3, 6], np.int32))
    assert drawn_back(tags) == "wxywxy"


@given(st.text("".join(NAMES), min_size=1, max_size=40), st.integers(0, 2**32 - 1))
def test_whatever_the_scores_the_tags_make_a_path(drawn: str, seed: int) -> None:
    noisy = scores(drawn) + np.random.default_rng(seed).normal(0, 3, (len(drawn), HEAD.size)).astype(np.float32)
    tags = drawn_back(decoded(noisy, one_paragraph(len(drawn))))
    for kind in ("bies", "BIES", "wxyz"):
        begin, inside, end, _ = kind
        assert all(after in inside + end for before, after in pairwise(tags) if before in begin + inside)
        assert all(before in begin + inside for before, after in zip("." + tags, tags, strict=False) if after in inside + end)
        assert tags[-1] not in begin + inside


@given(st.text("".join(NAMES), min_size=1, max_size=12), st.integers(0, 2**32 - 1))
def test_no_other_path_scores_better(drawn: str, seed: int) -> None:
    noisy = scores(drawn) + np.random.default_rng(seed).normal(0, 2, (len(drawn), HEAD.size)).astype(np.float32)
    tags = decoded(noisy, one_paragraph(len(drawn)))
    best = sum(float(noisy[i, t]) for i, t in enumerate(tags))
    # Exchanging any one span for nothing is always allowed, so it must never pay.
    begun = [i for i, c in enumerate(drawn_back(tags)) if c in "bsBSwz"]
    for start in begun:
        end = next(i for i in range(start, len(tags)) if drawn_back(tags)[i] in "esESyz")
        other = tags.copy()
        other[start : end + 1] = 0
        assert best >= sum(float(noisy[i, t]) for i, t in enumerate(other)) - 1e-3


def test_marks_cover_the_words_from_first_piece_to_last() -> None:
    rows = np.zeros((6, TAGS), np.float32)
    rows[:, COLUMNS["attribution"]] = scores("bie.wy")
    for head in ("nested", "names", "triggers", "parties"):
        rows[:, COLUMNS[head].start] = 4
    marks = [f.mark for f in found_from_scores(rows, pieces(6))]
    assert [(m.kind, tuple(m.span), m.layer) for m in marks] == [("source", (0, 5), 0), ("content", (8, 11), 0)]
    assert all(0 < m.score <= 1 for m in marks)


def test_scores_of_another_shape_are_refused() -> None:
    with pytest.raises(ShapeMismatch, match="3 pieces and"):
        found_from_scores(np.zeros((3, 2), np.float32), pieces(3))


def test_a_cue_takes_the_source_it_points_at_and_a_content_its_cue() -> None:
    rows = np.zeros((6, TAGS), np.float32)
    rows[:, COLUMNS["attribution"]] = scores("s.S.wy")
    for head in ("nested", "names", "triggers", "parties"):
        rows[:, COLUMNS[head].start] = 4
    found = found_from_scores(rows, pieces(6))
    windows = list(windows_from_pieces(np.array([0, 6], np.int32)))
    vector = np.zeros((len(windows[0].pieces), ARC_COLUMNS), np.float32)
    source, cue, content = 1, 3, 5  # places in the window: [CLS] stands first

    def point(arc: int, chooser: int, candidate: int, axis: int) -> None:
        vector[chooser, 3 * arc * ARC_WIDTH + axis] = 20
        vector[candidate, (3 * arc + 2) * ARC_WIDTH + axis] = 20

    point(0, cue, source, 0)
    point(1, content, cue, 1)
    arcs = arcs_from_vectors(found, windows, [vector])
    kinds = [(found[a.tail].mark.kind, found[a.head].mark.kind) for a in arcs]
    assert kinds == [("source", "cue"), ("content", "cue")]


def test_without_a_reason_nothing_is_joined() -> None:
    rows = np.zeros((6, TAGS), np.float32)
    rows[:, COLUMNS["attribution"]] = scores("s.S.wy")
    for head in ("nested", "names", "triggers", "parties"):
        rows[:, COLUMNS[head].start] = 4
    windows = list(windows_from_pieces(np.array([0, 6], np.int32)))
    vector = np.zeros((len(windows[0].pieces), ARC_COLUMNS), np.float32)
    vector[0, 2 * ARC_WIDTH] = vector[3, 0] = vector[5, 3 * ARC_WIDTH] = vector[0, 5 * ARC_WIDTH] = 9
    assert arcs_from_vectors(found_from_scores(rows, pieces(6)), windows, [vector]) == []

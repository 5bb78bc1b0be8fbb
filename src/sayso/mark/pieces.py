"""Text -> word pieces with their letter case and their place in the text.

Takes   one text whose paragraphs are parted by blank lines (`Article.text`).
Gives   `Pieces`: ids, case, offsets, and where each paragraph begins.
Needs   tokenizer.json (BERT's uncased word pieces) beside this file.
Limits  white space and characters that the tokenizer drops (controls) have no piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

CLS, SEP, PAD = 101, 102, 0
LOWER, TITLE, UPPER, OTHER = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Pieces:
    """Word pieces of one text, without special pieces.

    ids         int32 (pieces,)
    case        int32 (pieces,), of the whole word a piece belongs to: lower, Title, UPPER, other
    offsets     int32 (pieces, 2), half-open code points of the text
    paragraphs  int32 (paragraphs + 1,), index of each paragraph's first piece, then the count of pieces
    """

    ids: NDArray[np.int32]
    case: NDArray[np.int32]
    offsets: NDArray[np.int32]
    paragraphs: NDArray[np.int32]


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer, loaded once a process."""
    loaded = Tokenizer.from_file(str(Path(__file__).with_name("tokenizer.json")))
    loaded.no_padding()
    loaded.no_truncation()
    return loaded


def pieces_from_text(text: str) -> Pieces:
    """Cut `text` into word pieces, paragraph by paragraph."""
    paragraphs = text.split("\n\n")
    ids: list[int] = []
    case: list[int] = []
    offsets: list[tuple[int, int]] = []  # within its paragraph, which begins at its base
    bases: list[int] = []
    starts = [0]
    base = 0
    for paragraph, encoded in zip(paragraphs, tokenizer().encode_batch(paragraphs, add_special_tokens=False), strict=True):
        ids += encoded.ids
        own = encoded.offsets
        offsets += own
        bases.append(base)
        case += _cases(paragraph, own, encoded.word_ids)
        starts.append(len(ids))
        base += len(paragraph) + 2
    within = np.fromiter(chain.from_iterable(offsets), np.int32, 2 * len(ids)).reshape(-1, 2)
    return Pieces(
        np.array(ids, np.int32),
        np.array(case, np.int32),
        within + np.repeat(np.array(bases, np.int32), np.diff(starts))[:, None],
        np.array(starts, np.int32),
    )


def _cases(text: str, offsets: list[tuple[int, int]], words: list[int | None]) -> list[int]:
    """Case of each piece: that of its whole word, so that both halves of a cut name look like a name."""
    cases: list[int] = []
    first = 0
    for after in range(1, len(words) + 1):
        if after == len(words) or words[after] != words[first]:
            cases += [_case(text[offsets[first][0] : offsets[after - 1][1]])] * (after - first)
            first = after
    return cases


@lru_cache(16384)
def _case(word: str) -> int:
    if not word[:1].isalpha():
        return OTHER
    if word.islower():
        return LOWER
    if word.isupper() and len(word) > 1:
        return UPPER
    return TITLE if word[0].isupper() else OTHER

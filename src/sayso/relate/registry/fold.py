"""Names as they are compared: without marks, capitals, hyphens and dots.

Takes   words of a text or of the registry.
Gives   tokens and their places; the skeleton that spellings of one foreign name share.
Needs   the standard library.
Limits  Latin script; the skeleton is for names of two words and more, since many short names share one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"  # a letter may come apart from its mark
_TOKEN = re.compile(rf"{_WORD}(?:[’'ʻʼ‘`](?![sSſ](?![^\W_])){_WORD})*")
_PLAIN = re.compile(r"[A-Za-z0-9 -]*")
_LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ə": "a", "þ": "th", "ħ": "h",
    "’": None, "'": None, "ʻ": None, "ʼ": None, "‘": None, "`": None,
})  # fmt: skip
_SOUNDS = (
    (re.compile("gh|q|kh|ck|c(?![eih])|x"), "k"), (re.compile("ph"), "f"), (re.compile("sch|sh|tch|ch|tj|dj|dzh|zh"), "j"), (re.compile("ou|oo|u|w"), "v"),
    (re.compile("dh|th"), "t"), (re.compile("ee|ie|ey|ei|ai|ay|iy|ii|y|j(?![aeiou])"), "i"), (re.compile("e|o"), "a"), (re.compile("h"), ""),
    (re.compile(r"(.)\1+"), r"\1"), (re.compile("(?<=.)[iv]+$"), "i"),
)  # fmt: skip


class Token(NamedTuple):
    """One word of a text: as it is compared, and where it stands, half-open."""

    word: str
    start: int
    end: int


@lru_cache(16384)
def folded(word: str) -> str:
    """One word as it is compared: `Erdoğan` and `ERDOGAN` are the same."""
    if word.isascii() and "'" not in word and "`" not in word:
        return word.lower()
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_LETTERS)
    return "".join(filter(str.isalnum, plain))


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words of `text[start:end]`, each with its place in `text`; a possessive s is none of them."""
    found = _TOKEN.finditer(text, start, len(text) if end is None else end)
    return [Token(word, *match.span()) for match in found if (word := folded(match[0]))]


def words(name: str) -> tuple[str, ...]:
    """A name as it is compared: `Kim Jong-un` is ("kim", "jong", "un")."""
    if _PLAIN.fullmatch(name):
        return tuple(name.lower().replace("-", " ").split())
    return tuple(filter(None, (folded(m[0]) for m in _TOKEN.finditer(name))))


@lru_cache(16384)
def skeleton(word: str) -> str:
    """What the ways to spell one sound leave of a folded word: `zelensky`, `zelenskiy` and `zelenskyy` have the same."""
    for sound, letter in _SOUNDS:
        word = sound.sub(letter, word)
    return word

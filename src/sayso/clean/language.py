"""Whether a story is English.

Takes   its paragraphs.
Gives   nothing, or raises `CleanError` that names the language.
Needs   py3langid, loaded (0.7 s) only for a text that the commonest words do not already show to be English.
Limits  one language a story; fewer than three words are taken for English.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from sayso.clean.features import WORD
from sayso.errors import CleanError

# Words that English uses in every other line and no other language writes so often.
_ENGLISH = "the of and to that for was with said has from which have by this their been would were they not his its had will who after he it on at"
ENGLISH = frozenset(_ENGLISH.split())
SHARE = 0.17  # English news has 0.25 to 0.45 of them, Scots and pidgins 0.15, other languages under 0.08
ENOUGH = 40
LOOK = 20_000


def check_english(paragraphs: Sequence[str]) -> None:
    """Raise `CleanError` when the story is in another language."""
    text = " ".join(paragraphs)[:LOOK]
    words = [w.lower() for w in WORD.findall(text)]
    if len(words) >= ENOUGH and sum(w in ENGLISH for w in words) >= SHARE * len(words):
        return
    if len(words) < 3:
        return
    language = str(_identifier().classify(text)[0])
    if language != "en":
        raise CleanError("not English", f"The story is in the language {language!r}; only English is read in this version. Leave it listed as skipped.")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415

    load: Any = LanguageIdentifier.from_model_file
    return load(MODEL_FILE, norm_probs=True)

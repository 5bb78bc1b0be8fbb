"""Mark: article -> spans with a kind and a score, and arcs between them. One small model, one pass.

Takes   an `Article`.
Gives   `Marked`.
Needs   the weights that ship with Sayso.
Limits  English; see model card in train/MODEL_CARD.md.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sayso.config import Settings
from sayso.mark.model import Model
from sayso.mark.pairs import pair_types
from sayso.mark.pieces import pieces_from_text
from sayso.mark.spans import Given, marked
from sayso.mark.windows import windows_from_pieces
from sayso.records import Marked, Span

__all__ = ["Marker"]


class Marker:
    """The model, ready to mark texts."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def load(cls, settings: Settings) -> Marker:
        """Load the model that ships with Sayso. Raises `ModelError` when the files are not those pinned."""
        return cls(Model(Path(__file__).parent, settings.threads, exact=settings.exact))

    @property
    def name(self) -> str:
        return self._model.card.name

    def between(self, text: str, source: Span, target: Span) -> dict[str, float]:
        """Probability of each type of event that what `source` does to `target` may be, in this text. Raises `ValueError` when they stand too far apart."""
        pieces = pieces_from_text(text)
        firsts = [int(np.searchsorted(pieces.offsets[:, 1], span.start, side="right")) for span in (source, target)]
        for window in windows_from_pieces(pieces.paragraphs):
            place = {int(piece): at for at, piece in enumerate(window.pieces) if piece >= 0}
            if window.start <= firsts[0] < window.end and firsts[1] in place:
                tags, vectors, kinds = self._model.window(pieces, window)
                return pair_types(tags, vectors, kinds, place[firsts[0]], place[firsts[1]], columns=self._model.card.events)
        raise ValueError(f"{source} and {target} stand in no one window of the model; give a text in which they are nearer")

    def mark(self, text: str) -> Marked:
        """Marks and arcs of one text (`Article.text`)."""
        pieces = pieces_from_text(text)
        windows = list(windows_from_pieces(pieces.paragraphs))
        given = Given(*self._model.scores(pieces, windows))
        return marked(given, self._model.card.events, windows, pieces)

"""Mark: article -> spans with a kind and a score, and arcs between them. One small model, one pass.

Takes   an `Article`.
Gives   `Marked`.
Needs   the weights that ship with Sayso.
Limits  English; see model card in train/MODEL_CARD.md.
"""

from __future__ import annotations

from pathlib import Path

from sayso.config import Settings
from sayso.mark.model import Model
from sayso.mark.pieces import pieces_from_text
from sayso.mark.spans import marked
from sayso.mark.windows import windows_from_pieces
from sayso.records import Marked

__all__ = ["Marker"]


class Marker:
    """The model, ready to mark texts."""

    def __init__(self, model: Model) -> None:
        self._model = model

    @classmethod
    def load(cls, settings: Settings) -> Marker:
        """Load the model that ships with Sayso. Raises `ModelError` when the files are not those pinned."""
        return cls(Model(Path(__file__).parent, settings.threads))

    @property
    def name(self) -> str:
        return self._model.card.name

    def mark(self, text: str) -> Marked:
        """Marks and arcs of one text (`Article.text`)."""
        pieces = pieces_from_text(text)
        windows = list(windows_from_pieces(pieces.paragraphs))
        scores, vectors = self._model.scores(pieces, windows)
        return marked(scores, vectors, windows, pieces)

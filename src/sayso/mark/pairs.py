"""What happens between two that are given: the types of event for one pair of spans.

Takes   what the model returned for one window, and where source and target begin in it.
Gives   probabilities of the types.
Needs   numpy.
Limits  one window: both spans stand within a few paragraphs.
"""

from __future__ import annotations

import numpy as np

from sayso.mark.paths import Scores
from sayso.mark.tags import ARC_WIDTH, ARCS, COLUMNS, EventColumns

_OUTSIDE, _BEGIN, _SINGLE = (COLUMNS["triggers"].start + n for n in (0, 1, 4))
_CLAMP = 12.0


def pair_types(tags: Scores, vectors: Scores, kinds: Scores, source: int, target: int, *, columns: EventColumns) -> dict[str, float]:
    """Probability of each type, over all pieces that may begin a trigger, by how well both arcs fit there.

    tags, vectors, kinds  float32 (places, ...) of one window; source, target: places of the first pieces of the two spans.
    """
    fits = np.clip(np.logaddexp(tags[:, _SINGLE], tags[:, _BEGIN]) - tags[:, _OUTSIDE], -_CLAMP, _CLAMP)
    for at, kind in enumerate(ARCS):
        if kind.role in {"agent", "recipient"}:
            first, last, other = (vectors[:, (3 * at + n) * ARC_WIDTH : (3 * at + n + 1) * ARC_WIDTH] for n in range(3))
            fits = fits + (first + last) @ other[source if kind.role == "agent" else target] / ARC_WIDTH**0.5
    seats = np.exp(fits - fits.max())
    own = kinds[:, columns.type]
    odds = np.exp(own - own.max(1, keepdims=True))
    odds /= odds.sum(1, keepdims=True)
    chances = (seats / seats.sum()) @ odds
    return dict(zip(columns.types, map(float, chances), strict=True))

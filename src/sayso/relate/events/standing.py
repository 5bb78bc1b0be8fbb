"""On what footing an event stands.

Takes   a trigger, the statement in whose words it stands (if any), and what the model says of it.
Gives   the standing, and whether it is told as past.
Needs   nothing.
Limits  decides among the standings that the place of the trigger allows: what somebody says is never `reported`, what the article says is never `claimed`.
"""

from __future__ import annotations

import re
from typing import get_args

from sayso.records import Force, Span, Standing, Trigger

STANDINGS: tuple[Standing, ...] = get_args(Standing)
_OWN: frozenset[Standing] = frozenset({"reported", "denied", "announced", "demanded", "possible"})
_SAID: frozenset[Standing] = frozenset({"claimed", "denied", "announced", "demanded", "possible"})
FORECAST = 0.3  # chosen on bench/cases/events.txt
_NEGATED = re.compile(r"(?<!\w)(?:not|never|no|neither|nor|without|n[’']t|refus\w+ to|declin\w+ to|fail\w+ to|stopped short of)\s+(?:\w+\s+){0,2}$", re.I)
_FUTURE = re.compile(
    r"(?<!\w)(?:will|shall|would|is to|are to|plans? to|planned to|intends? to|vow\w* to|promis\w* to|pledg\w* to|set to|due to|about to|going to)"
    r"\s+(?:\w+\s+){0,2}$",
    re.I,
)
# What is to be prevented, too: "to deter attacks", "the risk of another war".
_PREVENTED = re.compile(
    r"(?<!\w)(?:prevent|deter|avert|avoid|forestall|ward off|guard against|guarding against|(?:risk|fear|danger)s? of)(?:s|ring|ing|red|ed)?"
    r"\s+(?:[\w’-]+\s+){0,3}$",
    re.I,
)
_PERHAPS = re.compile(r"(?<!\w)(?:may|might|could|if|unless|whether|reportedly|allegedly|possibly|apparently)\s+(?:\w+\s+){0,3}$", re.I)

_WORDED: tuple[tuple[re.Pattern[str], Standing, float], ...] = (
    (_NEGATED, "denied", 0.6), (_PERHAPS, "possible", 0.55), (_PREVENTED, "possible", 0.55), (_FUTURE, "announced", 0.3),
)  # fmt: skip


def standing_of(text: str, span: Span, trigger: Trigger, *, said: Force | None, own_act: bool, speaks_of_itself: bool) -> tuple[Standing, float]:
    """The standing and its probability.

    said              force of the statement whose words hold the trigger; None when the article itself tells it.
    own_act           the trigger is the act of saying (its cue): that is told by whoever tells of the statement.
    speaks_of_itself  the speaker is, or speaks for, who acts; of others an announcement may be a forecast, which is only possible.
    """
    given: dict[str, float] = {s.value: s.score for s in trigger.standings}
    chances: dict[Standing, float] = {s: given.get(s, 0.01) for s in STANDINGS}
    allowed = _OWN if said is None else _SAID
    if said is not None and not speaks_of_itself:
        # Somebody else's future is oftener a forecast than one's own.
        chances["possible"] += chances["announced"] * FORECAST
        chances["announced"] *= 1 - FORECAST
    if said is not None:
        chances["claimed"] += chances["reported"]
    else:
        chances["reported"] += chances["claimed"]
    before = text[max(0, span.start - 48) : span.start]
    before = before[before.rfind("\n") + 1 :]
    if said == "denial" and not own_act:
        chances["denied"] += 0.25
    for pattern, standing, weight in _WORDED:
        if pattern.search(before):
            chances[standing] += weight
            chances["reported"] *= 1 - weight
            chances["claimed"] *= 1 - weight
    if own_act and said is None:
        chances["reported"] += 0.5
    best = max(allowed, key=lambda s: (chances[s], STANDINGS.index(s)))
    return best, min(1.0, chances[best])

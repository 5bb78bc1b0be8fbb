"""Blocks with their features -> which of them are the story.

Takes   the features of every block, in order.
Gives   one score a block (log-odds that it is story) and the best division of the page: before, story, gap, behind.
Needs   the standard library; the weights of `weights.py`.
Limits  one story a page; of several the heaviest wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sayso.clean.features import Features

# What it costs to change from one part of a page to the next, in log-odds; fitted with the weights.
BIAS = 0.8  # recall before precision: a lost sentence of the story is worse than a line of furniture in it
BEGIN = -2.0
PAUSE = -0.5
GO_ON = -0.6
FINISH = -1.0
GAP_BLOCK = -0.3
BEFORE, STORY, GAP, BEHIND = range(4)
NEVER = float("-inf")


def scores(described: Sequence[Features], weights: Mapping[str, float]) -> list[float]:
    """Log-odds of being story, block by block."""
    return [sum(weights.get(name, 0.0) * value for name, value in found.items()) for found in described]


def story_of(score: Sequence[float], sure: Sequence[bool]) -> list[bool]:
    """Divide the page by the Viterbi path through before* story+ (gap* story+)* behind*. Furniture earns the negative of its score.

    sure  blocks that are furniture wherever they stand: the path runs as if they were not there. There is always some story:
          whether it is worth reading is for the caller to judge.
    """
    open_places = [n for n, fixed in enumerate(sure) if not fixed]
    kept = _path([score[n] for n in open_places])
    story = {n for n, is_story in zip(open_places, kept, strict=True) if is_story}
    return [n in story for n in range(len(score))]


def _path(score: Sequence[float]) -> list[bool]:
    best = [0.0, NEVER, NEVER, NEVER]
    steps: list[tuple[int, int, int, int]] = []
    for raw in score:
        gain = (raw + BIAS) / 2
        begin, story, gap, behind = best
        into_story = max((begin + BEGIN, BEFORE), (story, STORY), (gap + GO_ON, GAP))
        into_gap = max((story + PAUSE, STORY), (gap, GAP))
        into_behind = max((story + FINISH, STORY), (behind, BEHIND))
        best = [begin - gain, into_story[0] + gain, into_gap[0] - gain + GAP_BLOCK, into_behind[0] - gain]
        steps.append((BEFORE, into_story[1], into_gap[1], into_behind[1]))
    state = max((STORY, BEHIND), key=lambda s: best[s])
    path: list[bool] = []
    for step in reversed(steps):
        path.append(state == STORY)
        state = step[state]
    return path[::-1]

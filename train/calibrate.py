"""Scores of marks and arcs -> the probability that who said what is right.

    python train/calibrate.py FILE...       JSON lines in PolNeAR's format, kept from training; writes src/sayso/relate/score.toml

Fits a logistic regression of "this whole attribution is right, as bench/attribution.py counts" on what the model is sure of. Prints how often
attributions are right beside the mean score, by fifths.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))

from attribution import _half, tokens  # noqa: E402

from sayso.config import Settings  # noqa: E402
from sayso.mark import Marker  # noqa: E402
from sayso.relate.attributions import FEATURES, attributions  # noqa: E402


def examples(paths: list[Path]) -> tuple[np.ndarray, np.ndarray]:
    """Features and truth of every outermost attribution."""
    marker, rows, truth = Marker.load(Settings(exact=True)), [], []
    for path in paths:
        for row in map(json.loads, path.open(encoding="utf-8")):
            text = row["text"]
            gold = [(tokens(text, a["source"]), tokens(text, a["content"])) for a in row["attributions"] if a["content"]]
            for one in attributions(marker.mark(text)):
                if one.layer or not one.cue or not one.contents:
                    continue
                sources, contents = tokens(text, [m.span for m in one.sources]), tokens(text, [m.span for m in one.contents])
                hit = next((g for g in gold if _half(contents, g[1]) and _half(sources, g[0])), None)
                if hit:
                    gold.remove(hit)
                rows.append(one.features)
                truth.append(hit is not None)
    return np.array(rows), np.array(truth, dtype=float)


def fitted(features: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Newton's method; a little ridge keeps it from running off."""
    weights = np.zeros(features.shape[1])
    for _ in range(60):
        odds = 1 / (1 + np.exp(-features @ weights))
        curve = features.T @ (features * (odds * (1 - odds))[:, None]) + 1e-3 * np.eye(len(weights))
        weights += np.linalg.solve(curve, features.T @ (truth - odds))
    return weights


def main(paths: list[str]) -> int:
    features, truth = examples([Path(p) for p in paths])
    weights = fitted(features, truth)
    odds = 1 / (1 + np.exp(-features @ weights))
    for low, high in zip(cuts := np.quantile(odds, np.linspace(0, 1, 6)), cuts[1:], strict=False):
        part = (odds >= low) & (odds <= high)
        print(f"score {odds[part].mean():.2f}   right {truth[part].mean():.2f}   of {part.sum()}")
    lines = ["# What each feature of an attribution is worth, in log-odds of being right. Written by train/calibrate.py for the weights that ship.", ""]
    lines += [f"{name} = {weight:.3f}" for name, weight in zip(FEATURES, weights, strict=True)]
    (ROOT / "src/sayso/relate/score.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

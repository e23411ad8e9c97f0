"""How good labels and their probabilities are: what the training tool and the bench of target sentiment both print."""

from __future__ import annotations

from typing import Any

import numpy as np

LABELS = 3
BINS = 10


def macro_f1(labels: Any, predicted: Any) -> float:
    """The mean of the three labels' F1, in percent."""
    shares = []
    for label in range(LABELS):
        both = ((labels == label) & (predicted == label)).sum()
        shares.append(2 * both / max((labels == label).sum() + (predicted == label).sum(), 1))
    return 100 * float(np.mean(shares))


def reliability(shares: Any, labels: Any) -> list[tuple[float, float, int, float, float]]:
    """For each tenth of probability that occurs: from, to, number of targets, mean probability, share that is right."""
    sure, right = shares.max(1), shares.argmax(1) == labels
    which = np.minimum((sure * BINS).astype(int), BINS - 1)
    rows = []
    for place in sorted(set(which.tolist())):
        inside = which == place
        means = (float(sure[inside].mean()), float(right[inside].mean()))
        rows.append((place / BINS, (place + 1) / BINS, int(inside.sum()), *means))
    return rows


def calibration_error(shares: Any, labels: Any) -> float:
    """Expected calibration error: how far the surest label's probability is from how often it is right."""
    return sum(abs(sure - right) * targets for _, _, targets, sure, right in reliability(shares, labels)) / len(labels)

"""The weights, read from plain tables, and the sums that turn a sentence's features into probabilities."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from newslab.resources import resource_path
from newslab.target_sentiment.features import REGIONS, Features
from newslab.target_sentiment.masking import Masked

LABELS = ("negative", "neutral", "positive")
WEIGHTS = "target_sentiment_weights.tsv.gz"
WORDS = "target_sentiment_words.tsv.gz"
BIAS = "starting point"
# Added to the number of words before a mean is taken, so that one word alone does not decide.
SMOOTHING = 2

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature adds to the three labels' scores.

    ``groups`` are the tokens it comes from: a word that stands twice has two groups of one, a pair one group of two.
    """

    name: str
    kind: str
    groups: tuple[tuple[int, ...], ...]
    scores: Scores


@dataclass(frozen=True)
class Model:
    """A linear model: three weights a feature, one for each label.

    ``weights`` are those of features that are there or not, and of numbers; ``words`` those of the words of a region,
    which are averaged: an array of regions by labels for each word. ``valence`` is VADER's, word by word.
    """

    weights: dict[str, Scores]
    words: dict[str, Scores]
    valence: dict[str, float]

    def scores(self, features: Features, masked: Masked) -> Scores:
        """The three labels' scores, before they are made into probabilities."""
        return np.asarray(np.sum([part.scores for part in self.parts(features, masked)], axis=0))

    def parts(self, features: Features, masked: Masked) -> Iterator[Part]:
        """What every feature adds; the parts add up to the scores."""
        yield Part(BIAS, BIAS, ((),), self.weights[BIAS])
        for name, groups in features.present.items():
            if name in self.weights:
                kind = "pair of words" if name.startswith("pair") else "word"
                yield Part(name, kind, tuple(groups), self.weights[name])
        for name, shares in features.numbers.items():
            for place, share in shares.items():
                yield Part(name, "loaded word", ((place,),), self.weights[name] * share)
        for row, region in enumerate(REGIONS):
            known = [i for i in features.regions[region] if masked.tokens[i].word in self.words]
            for i in known:
                scores = self.words[masked.tokens[i].word][row] / (len(known) + SMOOTHING)
                yield Part(f"meaning: {region}", "word", ((i,),), scores)


def probabilities(scores: Scores) -> Scores:
    """Scores as probabilities that add up to 1 (softmax)."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


@cache
def load_model() -> Model:
    """The model that comes with newslab."""
    weights = {row[0]: np.array(row[1:], dtype=float) for row in _rows(WEIGHTS)}
    words, valence = {}, {}
    for word, loaded, *values in _rows(WORDS):
        words[word] = np.array(values, dtype=float).reshape(len(REGIONS), len(LABELS))
        if float(loaded):
            valence[word] = float(loaded)
    return Model(weights, words, valence)


def _rows(name: str) -> Iterator[list[str]]:
    with gzip.open(resource_path(name), "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader((line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        yield from rows

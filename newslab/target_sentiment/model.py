"""The weights, read from plain tables, and the sums that turn a sentence's features into probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from csv import QUOTE_NONE
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newslab.resources import resource_path
from newslab.target_sentiment.features import REGIONS, Features, find_features
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

    ``weights`` has a row for each of ``features`` (there or not, and numbers); ``meanings``, of shape words by regions
    by labels, a row for each of ``words``: what a word adds by its meaning, averaged over the words of a region.
    ``valence`` is VADER's, word by word.
    """

    features: Mapping[str, int]
    weights: Scores
    words: Mapping[str, int]
    meanings: Scores
    valence: Mapping[str, float]

    def scores(self, masked: Masked) -> Scores:
        """The three labels' scores of one sentence, before they are made into probabilities."""
        found = find_features(masked, self.valence)
        rows = [self.features[BIAS], *(self.features[name] for name in found.present if name in self.features)]
        known = [(name, shares) for name, shares in found.numbers.items() if name in self.features]
        numbers = {self.features[name]: sum(shares.values()) for name, shares in known}
        values = np.array(list(numbers.values()), dtype=float)
        total = self.weights[rows].sum(axis=0) + values @ self.weights[list(numbers)]
        places, means = self._means(found, masked)
        if places:
            words = [self.words[masked.tokens[place].word] for place in places]
            total = total + np.einsum("rw,wrl->l", means, self.meanings[words])
        return np.asarray(total)

    def parts(self, masked: Masked) -> Iterator[Part]:
        """What every feature adds; the parts add up to the scores."""
        found = find_features(masked, self.valence)
        yield Part(BIAS, BIAS, ((),), self.weights[self.features[BIAS]])
        for name, groups in found.present.items():
            if name in self.features:
                kind = "word" if len(groups[0]) == 1 else "words in a row"
                yield Part(name, kind, tuple(groups), self.weights[self.features[name]])
        for name, shares in found.numbers.items():
            for place, share in shares.items():
                if name in self.features:
                    yield Part(name, "loaded word", ((place,),), self.weights[self.features[name]] * share)
        places, means = self._means(found, masked)
        for column, place in enumerate(places):
            meaning = self.meanings[self.words[masked.tokens[place].word]]
            yield Part("meaning", "word", ((place,),), means[:, column] @ meaning)

    def _means(self, found: Features, masked: Masked) -> tuple[list[int], Scores]:
        """The tokens whose words are known, and how much each counts in each region's mean."""
        places = [i for i, token in enumerate(masked.tokens) if token.word in self.words]
        column = {place: i for i, place in enumerate(places)}
        means = np.zeros((len(REGIONS), len(places)))
        for row, region in enumerate(REGIONS):
            inside = [column[place] for place in found.regions[region] if place in column]
            means[row, inside] = 1 / (len(inside) + SMOOTHING)
        return places, means


def probabilities(scores: Scores) -> Scores:
    """Scores as probabilities that add up to 1 (softmax)."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


@cache
def load_model() -> Model:
    """The model that comes with newslab."""
    weights, words = _read(WEIGHTS), _read(WORDS)
    valence = words["valence"][words["valence"] != 0]
    meanings = words.drop(columns="valence").to_numpy(dtype=float).reshape(len(words), len(REGIONS), len(LABELS))
    return Model(
        {name: row for row, name in enumerate(weights.index)},
        weights.to_numpy(dtype=float),
        {word: row for row, word in enumerate(words.index)},
        meanings,
        dict(zip(valence.index, valence.tolist(), strict=True)),
    )


def _read(name: str) -> pd.DataFrame:
    """A table whose first column names its rows; "null" and "nan" are words like any other."""
    return pd.read_csv(
        resource_path(name), sep="\t", skiprows=1, index_col=0, quoting=QUOTE_NONE, keep_default_na=False, na_values=[]
    )

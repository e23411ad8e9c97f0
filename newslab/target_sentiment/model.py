"""The weights, read from plain tables, and the sums that turn a sentence's features into probabilities."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from csv import QUOTE_NONE
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newslab.resources import resource_path
from newslab.target_sentiment.features import KEYED, LOAD_NAMES, LOADS, REGIONS, Features, find_features
from newslab.target_sentiment.masking import Masked
from newslab.text import Span

LABELS = ("negative", "neutral", "positive")
WEIGHTS = "target_sentiment_weights.tsv.gz"
WORDS = "target_sentiment_words.tsv.gz"
BIAS = "starting point"
# Added to the number of words before a mean is taken, so that one word alone does not decide.
SMOOTHING = 2

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """What one feature adds to the three labels' scores, and the tokens it comes from: first, and past the last."""

    kind: str
    span: Span
    scores: Scores


@dataclass(frozen=True)
class Model:
    """A linear model: three weights a feature, one for each label.

    ``weights`` has a row for each of ``features``; ``meanings``, of shape words by regions by labels, a row for each
    of ``words``: what a word adds by its meaning, averaged over the words of a region. ``valence`` is VADER's.
    """

    features: Mapping[str, int]
    weights: Scores
    words: Mapping[str, int]
    meanings: Scores
    valence: Mapping[str, float]

    def scores(self, masked: Masked) -> Scores:
        """The three labels' scores of one sentence, before they are made into probabilities."""
        found = find_features(masked, self.valence)
        phrases = {self.features[name] for name, _ in found.phrases if name in self.features}
        total = self.weights[[self.features[BIAS], *phrases]].sum(axis=0)
        total += np.einsum("rk,rkl->l", found.load_sums(), self._loads)
        return np.asarray(total + self._word_scores(found, masked).sum(axis=0))

    def parts(self, masked: Masked) -> Iterator[Part]:
        """What every feature adds; the parts add up to the scores."""
        found = find_features(masked, self.valence)
        yield Part(BIAS, (0, 0), self.weights[self.features[BIAS]])
        spans: dict[str, list[Span]] = {}
        for name, span in found.phrases:
            spans.setdefault(name, []).append(span)
        for name in spans.keys() & self.features.keys():
            for span in spans[name]:
                yield Part("words in a row", span, self.weights[self.features[name]] / len(spans[name]))
        loads = np.einsum("rkn,rkl->nl", found.load_shares(), self._loads)
        for place in np.flatnonzero(found.loads[:, 0]).tolist():
            yield Part("loaded word", (place, place + 1), loads[place])
        words = self._word_scores(found, masked)
        for place in np.flatnonzero(words.any(axis=1)).tolist():
            yield Part("word", (place, place + 1), words[place])

    def _word_scores(self, found: Features, masked: Masked) -> Scores:
        """What each token adds by its word, by being there and by its meaning: tokens by labels."""
        vocabulary, single, meanings, known = self._tables
        rows = np.array([vocabulary.get(token.word, -1) for token in masked.tokens])
        # A word that stands twice in a region is one feature, shared among its tokens.
        keyed = found.inside[:KEYED]
        twins = rows[:, None] == rows[None, :]
        there = keyed / np.maximum(keyed @ twins, 1)
        inside = found.inside * known[rows]
        means = inside / (inside.sum(axis=1, keepdims=True) + SMOOTHING)
        return np.asarray(np.einsum("rn,nrl->nl", there, single[rows]) + np.einsum("rn,nrl->nl", means, meanings[rows]))

    @cached_property
    def _loads(self) -> Scores:
        """The weights of the loads: regions by kinds of load by labels."""
        return self.weights[[self.features[name] for name in LOAD_NAMES]].reshape(len(REGIONS), len(LOADS), len(LABELS))

    @cached_property
    def _tables(self) -> tuple[dict[str, int], Scores, Scores, NDArray[np.bool_]]:
        """Each word's row, its weights in the first regions, its meaning; the last row is no word's."""
        named = [(name.split(": ", 1), row) for name, row in self.features.items() if ": " in name]
        singles = [(REGIONS.index(region), word, row) for (region, word), row in named if region in REGIONS[:KEYED]]
        vocabulary = dict(self.words)
        for _, word, _ in singles:
            vocabulary.setdefault(word, len(vocabulary))
        single = np.zeros((len(vocabulary) + 1, KEYED, len(LABELS)))
        for region, word, row in singles:
            single[vocabulary[word], region] = self.weights[row]
        meanings = np.zeros((len(vocabulary) + 1, len(REGIONS), len(LABELS)))
        meanings[: len(self.words)] = self.meanings
        return vocabulary, single, meanings, np.arange(len(vocabulary) + 1) < len(self.words)


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

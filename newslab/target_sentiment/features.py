"""What the model looks at in a masked sentence: words by where they stand, pairs, and how loaded the words are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from newslab.resources import read_words
from newslab.target_sentiment.masking import Masked
from newslab.text import Span

NEAR = 5
CLOSE = 3
SIDE = 8
# VADER's own constants: what a negation does to a word, and how a sum is brought between -1 and 1.
NEGATED = -0.74
SPREAD = 15.0
# Parts of a sentence. In all of them words count by their meaning and their load; in the first five also one by one.
REGIONS = (
    "sentence", "before", "after", "near", "clause", "clause before", "clause after", "just before", "just after",
)  # fmt: skip
KEYED = 5
LOADS = ("sum", "positive", "negative")
LOAD_NAMES = tuple(f"loaded words, {region}: {load}" for region in REGIONS for load in LOADS)


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one sentence of n tokens.

    ``phrases`` are the words that stand in a row, each with its tokens, first and past the last; ``inside``, of shape
    regions by n, is 1 where a token is in a region; ``loads``, of shape n by 3, says how loaded each token is: in all,
    how positive, how negative.
    """

    phrases: list[tuple[str, Span]]
    inside: NDArray[np.float64]
    loads: NDArray[np.float64]

    def load_shares(self) -> NDArray[np.float64]:
        """What each token adds to each region's load, brought between -1 and 1 as VADER does: regions by 3 by n."""
        sums = self.inside @ self.loads
        shares: NDArray[np.float64] = (
            self.inside[:, None, :] * self.loads.T[None] / np.sqrt(sums**2 + SPREAD)[:, :, None]
        )
        return shares

    def load_sums(self) -> NDArray[np.float64]:
        """How loaded each region is, from -1 to 1: regions by 3."""
        sums = self.inside @ self.loads
        scaled: NDArray[np.float64] = sums / np.sqrt(sums**2 + SPREAD)
        return scaled


def find_features(masked: Masked, valence: Mapping[str, float]) -> Features:
    """Every feature of a masked sentence; ``valence`` says how negative or positive a word is on VADER's scale."""
    words = [token.word for token in masked.tokens]
    regions = _regions(words, masked.target)
    inside = np.zeros((len(REGIONS), len(words)))
    for row, (start, end) in enumerate(regions):
        inside[row, start:end] = 1
    inside[:, masked.target] = 0
    values = np.array(valences(words, valence))
    loads = np.stack([values, np.maximum(values, 0), np.maximum(-values, 0)], axis=1)
    return Features(list(_phrases(words, masked.target)), inside, loads)


def valences(words: Sequence[str], valence: Mapping[str, float]) -> list[float]:
    """How negative or positive each word is, turned round after a negation up to three words before."""
    values = [valence.get(word, 0.0) for word in words]
    for place, value in enumerate(values):
        if value and any(map(_negates, words[max(place - 3, 0) : place])):
            values[place] = NEGATED * value
    return values


def _negates(word: str) -> bool:
    return word in _listed("negations.txt") or word.endswith("n't")


def _regions(words: list[str], target: int) -> tuple[Span, ...]:
    first, last, length = target, target + 1, len(words)
    ends = _listed("clause_ends.txt")
    while first > 0 and words[first - 1] not in ends:
        first -= 1
    while last < length and words[last] not in ends:
        last += 1
    return (
        (0, length),
        (0, target),
        (target + 1, length),
        (max(target - NEAR, 0), min(target + NEAR + 1, length)),
        (first, last),
        (first, target),
        (target + 1, last),
        (max(target - CLOSE, 0), target),
        (target + 1, min(target + CLOSE + 1, length)),
    )


def _phrases(words: list[str], target: int) -> Iterator[tuple[str, Span]]:
    """Pairs anywhere and by side, three words in a row around the target."""
    for place in range(len(words) - 1):
        pair = f"{words[place]} {words[place + 1]}"
        yield f"pair: {pair}", (place, place + 2)
        if abs(place - target) < SIDE:
            yield f"pair {'before' if place < target else 'after'}: {pair}", (place, place + 2)
    for place in range(max(target - CLOSE, 0), min(target + CLOSE, len(words) - 2)):
        yield "three: " + " ".join(words[place : place + 3]), (place, place + 3)


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_words(name))

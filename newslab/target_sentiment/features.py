"""What the model looks at in a masked sentence: words by where they stand, pairs, and how loaded the words are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from newslab.resources import read_words
from newslab.target_sentiment.masking import Masked

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


@dataclass(slots=True)
class Features:
    """The features of one sentence, each with the tokens it comes from.

    ``present`` are features that are there or not, with the groups of tokens that make them; ``regions`` the tokens of
    each part of the sentence, whose words' weights are averaged; ``numbers`` are values, by the share of each token.
    """

    present: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)
    regions: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, dict[int, float]] = field(default_factory=dict)


def find_features(masked: Masked, valence: Mapping[str, float]) -> Features:
    """Every feature of a masked sentence; ``valence`` says how negative or positive a word is on VADER's scale."""
    words = [token.word for token in masked.tokens]
    found = Features(regions=_regions(words, masked.target))
    for name, places in _keys(words, masked.target, found.regions):
        found.present.setdefault(name, []).append(places)
    values = valences(words, valence)
    for region, members in found.regions.items():
        loaded = [place for place in members if values[place]]
        for load in LOADS if loaded else ():
            shares = _shares({place: values[place] for place in loaded}, load)
            if shares:
                found.numbers[f"loaded words, {region}: {load}"] = shares
    return found


def valences(words: Sequence[str], valence: Mapping[str, float]) -> list[float]:
    """How negative or positive each word is, turned round after a negation up to three words before."""
    values = [valence.get(word, 0.0) for word in words]
    for place, value in enumerate(values):
        if value and any(map(_negates, words[max(place - 3, 0) : place])):
            values[place] = NEGATED * value
    return values


def _negates(word: str) -> bool:
    return word in _listed("negations.txt") or word.endswith("n't")


def _regions(words: list[str], target: int) -> dict[str, list[int]]:
    first, last, length = target, target + 1, len(words)
    ends = _listed("clause_ends.txt")
    while first > 0 and words[first - 1] not in ends:
        first -= 1
    while last < length and words[last] not in ends:
        last += 1
    spans = (
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
    return {name: [i for i in range(*span) if i != target] for name, span in zip(REGIONS, spans, strict=True)}


def _keys(words: list[str], target: int, regions: dict[str, list[int]]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Single words by region, pairs anywhere and by side, three in a row around the target."""
    for region in REGIONS[:KEYED]:
        for place in regions[region]:
            yield f"{region}: {words[place]}", (place,)
    for place in range(len(words) - 1):
        pair = f"{words[place]} {words[place + 1]}"
        yield f"pair: {pair}", (place, place + 1)
        if abs(place - target) < SIDE:
            yield f"pair {'before' if place < target else 'after'}: {pair}", (place, place + 1)
    for place in range(max(target - CLOSE, 0), min(target + CLOSE, len(words) - 2)):
        yield "three: " + " ".join(words[place : place + 3]), (place, place + 1, place + 2)


def _shares(values: dict[int, float], load: str) -> dict[int, float]:
    """The sum of what is loaded, brought between -1 and 1 as VADER does, as the share of each token in it."""
    sign = {"sum": 0, "positive": 1, "negative": -1}[load]
    parts = {place: value if not sign else max(sign * value, 0.0) for place, value in values.items()}
    scale: float = (sum(parts.values()) ** 2 + SPREAD) ** 0.5
    return {place: part / scale for place, part in parts.items() if part}


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(read_words(name))

"""What the model looks at in a masked sentence: words by where they stand, pairs, and how loaded the words are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from newslab.target_sentiment.masking import Masked

NEAR = 5
CLOSE = 3
REGIONS = ("sentence", "before", "after", "near", "clause")
CLAUSE_ENDS = frozenset(", ; : - ( ) \" and but because while although which who that after before when if as".split())
NEGATIONS = frozenset("not no never nobody nothing neither nor without none cannot hardly barely".split())
# VADER's own constants: what a negation does to a word, and how a sum is brought between -1 and 1.
NEGATED = -0.74
SPREAD = 15.0


@dataclass(slots=True)
class Features:
    """The features of one sentence, each with the tokens it comes from.

    ``present`` are features that are there or not; ``regions`` the tokens of each part of the sentence, whose words'
    weights are averaged; ``numbers`` are values, with the share each token has in them.
    """

    present: dict[str, list[tuple[int, ...]]] = field(default_factory=dict)
    regions: dict[str, list[int]] = field(default_factory=dict)
    numbers: dict[str, dict[int, float]] = field(default_factory=dict)


def find_features(masked: Masked, valence: Mapping[str, float]) -> Features:
    """Every feature of a masked sentence; ``valence`` says how negative or positive a word is on VADER's scale."""
    words = [token.word for token in masked.tokens]
    found = Features(regions=_regions(words, masked.target))
    for region, places in found.regions.items():
        for place in places:
            found.present.setdefault(f"{region}: {words[place]}", []).append((place,))
    for place, pair in enumerate(zip(words, words[1:], strict=False)):
        found.present.setdefault("pair: " + " ".join(pair), []).append((place, place + 1))
    _add_numbers(found, valences(words, valence), masked.target, len(words))
    return found


def valences(words: Sequence[str], valence: Mapping[str, float]) -> list[float]:
    """How negative or positive each word is, turned round after a negation up to three words before."""
    values = [valence.get(word, 0.0) for word in words]
    for place, value in enumerate(values):
        if value and any(map(_negates, words[max(place - 3, 0) : place])):
            values[place] = NEGATED * value
    return values


def _negates(word: str) -> bool:
    return word in NEGATIONS or word.endswith("n't")


def _regions(words: list[str], target: int) -> dict[str, list[int]]:
    first, last = target, target + 1
    while first > 0 and words[first - 1] not in CLAUSE_ENDS:
        first -= 1
    while last < len(words) and words[last] not in CLAUSE_ENDS:
        last += 1
    spans = {
        "sentence": (0, len(words)),
        "before": (0, target),
        "after": (target + 1, len(words)),
        "near": (max(target - NEAR, 0), min(target + NEAR + 1, len(words))),
        "clause": (first, last),
    }
    return {name: [i for i in range(*span) if i != target] for name, span in spans.items()}


def _add_numbers(found: Features, values: list[float], target: int, length: int) -> None:
    close = {
        "just before": range(max(target - CLOSE, 0), target),
        "just after": range(target + 1, min(target + 1 + CLOSE, length)),
    }
    parts: dict[str, Callable[[float], float]] = {
        "sum": float,
        "positive": lambda value: max(value, 0.0),
        "negative": lambda value: max(-value, 0.0),
    }
    for region, places in [*found.regions.items(), *close.items()]:
        for name, part in parts.items():
            shares = {place: part(values[place]) for place in places if part(values[place])}
            total = sum(shares.values())
            scale = (total * total + SPREAD) ** 0.5
            if shares:
                found.numbers[f"loaded words, {region}, {name}"] = {k: v / scale for k, v in shares.items()}

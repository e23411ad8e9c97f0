"""Which articles of a collection are the same, or nearly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from newslab.article import Article
from newslab.text import same_text, words

# Texts of which this share of three-word sequences is the same are nearly the same.
NEAR = 0.7
SEQUENCE = 3
# Hashes of such texts differ in few of their 64 bits; whether the texts are alike is then counted.
MOST_BITS = 16
# A shorter text has too few words for its hash to say anything.
FEWEST_WORDS = 30


class Duplicate(NamedTuple):
    """That the article at ``later`` is like the one at ``earlier``; ``share`` of their word sequences is the same.

    ``same``: it is the same text, but for white space.
    """

    later: int
    earlier: int
    share: float
    same: bool = False


def find_duplicates(articles: Sequence[Article]) -> list[Duplicate]:
    """For each article that is like an earlier one, which one and how much alike.

    Method: pairs with similar simhashes (Charikar 2002, as trafilatura implements it), then the Jaccard index of their
    sequences of three words (Broder 1997). Time grows with the square of the number, 20,000 articles in some seconds.
    """
    found: dict[int, Duplicate] = {}
    seen: dict[str, int] = {}
    for index, article in enumerate(articles):
        first = seen.setdefault(same_text(article.text), index)
        if first != index:
            found[index] = Duplicate(index, first, 1.0, same=True)
    shingles = {index: _shingles(articles[index].text) for index in seen.values()}
    long = [index for index, sequences in shingles.items() if len(sequences) >= FEWEST_WORDS]
    if len(long) < 2:
        return sorted(found.values())
    hashes = np.array([_simhash(articles[index].text) for index in long], dtype=np.uint64)
    for place, index in enumerate(long):
        near = np.flatnonzero(np.bitwise_count(hashes[:place] ^ hashes[place]) <= MOST_BITS)
        for other in (long[candidate] for candidate in near):
            share = len(shingles[index] & shingles[other]) / len(shingles[index] | shingles[other])
            if share >= NEAR and index not in found:
                found[index] = Duplicate(index, other, share)
    return sorted(found.values())


def _shingles(text: str) -> frozenset[int]:
    listed = [text[start:end].lower() for start, end in words(text)]
    return frozenset(hash(tuple(listed[at : at + SEQUENCE])) for at in range(len(listed) - SEQUENCE + 1))


def _simhash(text: str) -> int:
    from trafilatura.deduplication import Simhash

    return int(Simhash(text).hash)

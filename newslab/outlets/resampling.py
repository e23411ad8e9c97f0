"""Articles drawn again: intervals by the bootstrap over articles, tests by exchanging articles, adjusted p-values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from newslab.outlets.sums import Floats

# How many numbers a block of draws may hold at once: 16 MB.
BLOCK = 2_000_000
ALMOST = 1e-9


def draw_values(
    values: Callable[[Floats], Floats], articles: int, draws: int, rng: np.random.Generator
) -> Floats:  # fmt: skip
    """What ``values`` gives when as many articles as there are have been drawn with replacement, ``draws`` times.

    ``values`` takes how often each article is drawn, one row a draw, and gives one row of numbers for each. An article
    is drawn whole, with all its quotes and sentences, since what stands in one article is not independent: the
    cluster bootstrap (Davison and Hinkley 1997, section 3.8; Cameron, Gelbach and Miller 2008, The Review of Economics
    and Statistics 90(3), pages 414-427). ``ValueError`` where there are to be no draws.
    """
    if draws < 1:
        raise ValueError(f"draws={draws}: give how often articles are drawn again, such as 2,000")
    found = []
    for size in _blocks(draws, articles):
        drawn = rng.integers(0, articles, size=(size, articles))
        drawn += np.arange(size)[:, None] * articles
        counts = np.bincount(drawn.ravel(), minlength=size * articles).reshape(size, articles)
        found.append(values(counts.astype(np.float64)))
    return np.concatenate(found)


def interval(drawn: Floats, articles: int) -> tuple[float, float] | None:
    """The 95% interval between two percentiles of what was drawn, widened for few articles.

    The plain percentiles are too narrow where articles are few. These are the percentiles that would give Student's t
    interval where the draws are normal (the expanded percentile interval: Hesterberg 2015, The American Statistician
    69(4), pages 371-386). ``None`` where the draws are no numbers.
    """
    known = drawn[~np.isnan(drawn)]
    if articles < 2 or len(known) < len(drawn) / 2:
        return None
    tail = NormalDist().cdf(-sqrt(articles / (articles - 1)) * t_quantile(0.975, articles - 1))
    low, high = np.quantile(known, [tail, 1 - tail])
    return float(low), float(high)


def t_quantile(share: float, degrees: int) -> float:
    """A quantile of Student's t by its expansion (Abramowitz and Stegun 1964, 26.7.5); within 1% from 4 degrees on."""
    x = NormalDist().inv_cdf(share)
    first = (x**3 + x) / 4
    second = (5 * x**5 + 16 * x**3 + 3 * x) / 96
    third = (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384
    fourth = (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160
    return x + first / degrees + second / degrees**2 + third / degrees**3 + fourth / degrees**4


def exchange(above: Floats, below: Floats, first: int, draws: int, rng: np.random.Generator) -> Floats:
    """For each column, how likely so large a difference is where the two outlets do not differ (two-sided p).

    ``above`` and ``below`` have one row an article, the ``first`` of them of one outlet, and one column a measure.
    Articles change outlets at random, whole, ``draws`` times; p is the share of exchanges that give as large a
    difference, measured in standard errors, so that outlets may differ in their spread (Janssen 1997; Chung and Romano
    2013, The Annals of Statistics 41(2), pages 484-507). The smallest p there can be is 1 / (draws + 1).
    """
    parts = np.concatenate([above, below, above * above, above * below, below * below], axis=1)
    whole = parts.sum(axis=0)
    observed = np.zeros((1, len(parts)))
    observed[0, :first] = 1
    counts = observed @ parts
    least = _distance(counts, whole - counts, first, len(parts) - first) * (1 - ALMOST)
    as_large = np.zeros(above.shape[1])
    # The words of an article stand below the line of every person's share, so many columns are the same.
    unlike, place = np.unique(parts, axis=1, return_inverse=True)
    for size in _blocks(draws, len(parts)):
        counts = (_choose(first, len(parts), size, rng) @ unlike)[:, place.ravel()]
        as_large += (_distance(counts, whole - counts, first, len(parts) - first) >= least).sum(axis=0)
    return (1 + as_large) / (1 + draws)


def _choose(first: int, articles: int, draws: int, rng: np.random.Generator) -> Floats:
    """Which articles are the first outlet's in each draw, 1 or 0: those with the lowest of random numbers.

    Several times as fast as to shuffle.
    """
    keys = rng.integers(0, 2**32, size=(draws, articles), dtype=np.uint32)
    highest = np.partition(keys, first - 1, axis=1)[:, first - 1 : first]
    chosen = (keys <= highest).astype(np.float64)
    # One row in a million has the highest twice.
    for row in np.flatnonzero(chosen.sum(axis=1) != first):
        chosen[row] = rng.permutation(np.arange(articles) < first)
    return chosen


def _distance(one: Floats, other: Floats, first: int, second: int) -> Floats:
    """How many standard errors two ratios lie apart; each row has the five sums of every column."""
    (a, va), (b, vb) = _ratio(one, first), _ratio(other, second)
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = np.abs(a - b)
        # Where neither outlet varies, any difference is as large as can be, and none is none.
        found = np.where(apart < ALMOST, 0.0, apart / np.sqrt(va + vb))
    # A draw that leaves an outlet without the measure says nothing for a difference.
    return np.nan_to_num(found, nan=0.0, posinf=np.inf)


def _ratio(sums: Floats, articles: int) -> tuple[Floats, Floats]:
    """A ratio of sums and its variance by linearisation (Cochran 1977, Sampling Techniques, section 6.3)."""
    a, b, aa, ab, bb = np.split(sums, 5, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = a / b
        left = np.maximum(aa - 2 * ratio * ab + ratio**2 * bb, 0)
        return ratio, left / b**2 * articles / max(articles - 1, 1)


def holm(p: Floats) -> Floats:
    """p-values adjusted so that one false finding among all is as rare as 5% (Holm 1979)."""
    order = np.argsort(p, kind="stable")
    steps = np.maximum.accumulate(p[order] * np.arange(len(p), 0, -1))
    return _put_back(np.minimum(steps, 1.0), order)


def benjamini_hochberg(p: Floats) -> Floats:
    """p-values adjusted so that of what is called a finding, 5% are false (Benjamini and Hochberg 1995)."""
    order = np.argsort(p, kind="stable")[::-1]
    steps = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    return _put_back(np.minimum(steps, 1.0), order)


def _put_back(values: Floats, order: NDArray[np.intp]) -> Floats:
    found = np.empty_like(values)
    found[order] = values
    return found


def _blocks(draws: int, width: int) -> Iterator[int]:
    size = max(1, BLOCK // max(width, 1))
    while draws > 0:
        yield min(size, draws)
        draws -= size

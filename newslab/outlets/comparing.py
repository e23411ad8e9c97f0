"""One row a pair of outlets and measure: the difference, its interval, and how likely it is by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from newslab.outlets.measuring import DRAWS, FEWEST_ARTICLES, FEWEST_WITH_PERSON, PEOPLE, Outlet, spread_of
from newslab.outlets.resampling import benjamini_hochberg, exchange, holm, interval
from newslab.outlets.sums import Floats, People, Person, Speech, Sums, sum_articles
from newslab.tables import OutletDifferenceRow, make_table

# The smallest p must stay below 5% when it is multiplied by the number of tests.
EXCHANGES = 5


def compare_outlets(
    actors: pd.DataFrame,
    articles: pd.DataFrame,
    target_sentiment: pd.DataFrame | None = None,
    readability: pd.DataFrame | None = None,
    *,
    people: People = PEOPLE,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """How far each two outlets differ in whom they quote and how they speak of them, and whether it may be chance.

    Takes what :func:`newslab.measure_outlets` takes, and has its measures but for ``top_ten_share`` and ``gini``, which
    depend on the number of articles. One row a pair of outlets, measure and person; columns as in
    ``OutletDifferenceRow``: the difference with its 95% interval, and p by exchanging whole articles between the two
    outlets, 5 x ``draws`` times. Who asks many questions finds something by chance: of 20 differences that are none,
    one has p below .05. ``p_holm`` and ``p_bh`` allow for all tests of one measure in the table, ``tests`` says how
    many; choose ``people`` before you look, and report one of the two. No p where an outlet has fewer than 5 articles
    with the measure, or both together fewer than 3 with the person.

    Articles are taken as independent of each other: leave out wire copy that both outlets print
    (``Corpus.table.warnings`` names it). Sources: Davison and Hinkley 1997, Bootstrap Methods and their Application;
    Chung and Romano 2013 (tests); Holm 1979, Scandinavian Journal of Statistics 6(2), pages 65-70; Benjamini and
    Hochberg 1995, Journal of the Royal Statistical Society B 57(1), pages 289-300. Raises ``ValueError`` as there.
    """
    sums = sum_articles("compare_outlets", actors, articles, target_sentiment, readability, people)
    rows = list(_rows(sums, draws))
    return make_table(OutletDifferenceRow, _adjusted(rows))


@dataclass(frozen=True, slots=True)
class _Side:
    """One outlet of a pair: its value of every measure, draws of it, and each article's part in it."""

    values: Floats
    drawn: Floats | None
    above: Floats
    below: Floats
    held: list[tuple[int, int]]


def _side(sums: Sums, name: str, number: int, draws: int) -> _Side:
    outlet = Outlet(sums, name)
    size, wanted = outlet.articles, len(sums.ratios) + 1
    values = outlet.values(np.ones((1, size)))[0][:wanted]
    # Each outlet has draws of its own, since the two are independent.
    drawn = outlet.drawn(draws, number)[:, :wanted] if size >= FEWEST_ARTICLES else None
    parts = _parts(outlet.speech, size)[:, None]
    counted = np.ones((size, 1))
    above = np.concatenate([outlet.above, parts], axis=1)
    below = np.concatenate([outlet.below, counted], axis=1)
    return _Side(values, drawn, above, below, outlet.with_measure()[:wanted])


def _parts(speech: Speech, articles: int) -> Floats:
    """Each article's part in ``same_speaker``, as the jackknife gives it (Tukey's pseudo-values; Miller 1974)."""
    counts = np.ones(articles)
    whole = spread_of(speech, counts)[0]
    by_speaker = np.bincount(speech.speaker, weights=speech.words, minlength=speech.speakers)
    by_article = np.bincount(speech.article, weights=speech.words, minlength=articles)
    pairs = by_article.sum() ** 2 - (by_article**2).sum()
    same = (by_speaker**2).sum() - (speech.words**2).sum()
    lost = 2 * speech.words * (by_speaker[speech.speaker] - speech.words)
    same_without = same - np.bincount(speech.article, weights=lost, minlength=articles)
    pairs_without = pairs - 2 * by_article * (by_article.sum() - by_article)
    with np.errstate(divide="ignore", invalid="ignore"):
        without = same_without / pairs_without
    parts: Floats = np.nan_to_num(articles * whole - (articles - 1) * without)
    return parts


def _rows(sums: Sums, draws: int) -> Iterator[OutletDifferenceRow]:
    labels: list[tuple[str, Person | None]] = [(ratio.measure, ratio.person) for ratio in sums.ratios]
    labels.append(("same_speaker", None))
    sides = {name: _side(sums, name, number, draws) for number, name in enumerate(sums.outlets)}
    for number, (one, other) in enumerate(combinations(sides, 2)):
        a, b = sides[one], sides[other]
        p = None
        if a.drawn is not None and b.drawn is not None:
            above, below = np.concatenate([a.above, b.above]), np.concatenate([a.below, b.below])
            rng = np.random.default_rng([number, len(a.above), len(b.above)])
            p = exchange(above, below, len(a.above), EXCHANGES * draws - 1, rng)
        for place, (measure, person) in enumerate(labels):
            person_id, actor = person or (None, None)
            row = OutletDifferenceRow(
                measure=measure,
                outlet=one,
                other=other,
                person_id=person_id,
                actor=actor,
                difference=None,
                low=None,
                high=None,
                p=None,
                p_holm=None,
                p_bh=None,
                tests=0,
                articles=a.held[place][0],
                other_articles=b.held[place][0],
            )
            yield _row(a, b, place, p, row)


def _row(a: _Side, b: _Side, place: int, p: Floats | None, row: OutletDifferenceRow) -> OutletDifferenceRow:
    """The row with what is known of the difference."""
    difference = float(a.values[place] - b.values[place])
    if np.isnan(difference):
        return row
    row = replace(row, difference=difference)
    (held, with_person), (other_held, other_with) = a.held[place], b.held[place]
    least = min(held, other_held)
    if p is None or a.drawn is None or b.drawn is None or least < FEWEST_ARTICLES:
        return row
    if with_person + other_with < FEWEST_WITH_PERSON:
        return row
    low, high = interval(a.drawn[:, place] - b.drawn[:, place], least) or (None, None)
    return replace(row, low=low, high=high, p=float(p[place]))


def _adjusted(rows: list[OutletDifferenceRow]) -> Iterator[OutletDifferenceRow]:
    """The rows in the order of their measures, each p beside those adjusted for all tests of its measure."""
    for measure in dict.fromkeys(row.measure for row in rows):
        own = [row for row in rows if row.measure == measure]
        p = np.array([row.p for row in own if row.p is not None])
        adjusted = iter(zip(holm(p).tolist(), benjamini_hochberg(p).tolist(), strict=True))
        for row in own:
            if row.p is None:
                yield replace(row, tests=len(p))
            else:
                low, high = next(adjusted)
                yield replace(row, p_holm=low, p_bh=high, tests=len(p))

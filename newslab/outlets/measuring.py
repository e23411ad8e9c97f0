"""One row an outlet and measure: the value, what it rests on, and its interval."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from newslab.outlets.resampling import draw_values, interval
from newslab.outlets.sums import Floats, Ints, People, Ratio, Speech, Sums, sum_articles
from newslab.tables import OutletRow, make_table

DRAWS = 2_000
# Below this there is no interval and no test: resampling few articles shows too little of what else could have been.
FEWEST_ARTICLES = 5
FEWEST_WITH_PERSON = 3
TOP = 10
DIVERSITY = ("same_speaker", "top_ten_share", "gini")
# These grow with the number of articles, and draws with replacement hold fewer different ones.
GROWING = ("top_ten_share", "gini")
WITHIN_ONE = ("words_share", "quotes_share", *DIVERSITY)
PEOPLE = 10


def measure_outlets(
    actors: pd.DataFrame,
    articles: pd.DataFrame,
    target_sentiment: pd.DataFrame | None = None,
    readability: pd.DataFrame | None = None,
    *,
    people: People = PEOPLE,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Whom each outlet quotes, how it speaks of them and how many sources it has, each with its 95% interval.

    Takes ``actors`` and ``articles`` of :func:`newslab.analyze`, and ``target_sentiment`` and ``readability`` where
    their measures are wanted. One row an outlet and measure, and for the first three measures a person; columns as in
    ``OutletRow``:

    - ``words_share`` and ``quotes_share``: the person's share of all words (quotes) that the outlet reports of
      anybody, 0 to 1; inside quotation marks or not;
    - ``sentiment_toward``: mean of positive minus negative toward the person, outside quotes, -1 to 1;
    - ``same_speaker``: the chance that two words, each quoted in another article, are one speaker's, 0 to 1: the lower,
      the more diverse the sources. It does not depend on how many articles there are (Simpson 1949, Nature 163, 688);
    - ``top_ten_share`` and ``gini``: the ten most quoted speakers' share of all words, and how unequal the speakers'
      words are (0 all the same, 1 all of one). Both depend on the number of articles: compare them only between outlets
      that have about as many;
    - ``grade``: the mean grade of the articles' readability.

    ``people``: how many people get rows, those with the most words first, or whose rows you want, by name or
    ``person_id``. A person is the same by ``person_id`` where ``actors`` has it (:func:`newslab.link_actors`), else by
    name. Articles without an outlet are left out. The intervals come from drawing whole articles again, ``draws`` times
    (cluster bootstrap), the same at every run; there is none where an outlet has fewer than 5 articles, or fewer than 3
    with the person. Raises ``ValueError`` where a column is missing or a person unknown.
    """
    sums = sum_articles("measure_outlets", actors, articles, target_sentiment, readability, people)
    return make_table(OutletRow, (row for name in sums.outlets for row in _outlet_rows(sums, name, draws)))


class Outlet:
    """One outlet's articles, and every measure of them under any number of draws of each."""

    def __init__(self, sums: Sums, name: str) -> None:
        chosen: Ints = sums.outlets[name]
        self.articles = len(chosen)
        self.ratios: list[Ratio] = sums.ratios
        # One row an article, one column a measure; none where nobody speaks.
        none = [np.zeros((self.articles, 0))]
        self.above = np.column_stack(none + [ratio.above[chosen] for ratio in sums.ratios])
        self.below = np.column_stack(none + [ratio.below[chosen] for ratio in sums.ratios])
        self.speech: Speech = sums.speech.within(chosen, sums.articles)

    def values(self, counts: Floats) -> Floats:
        """Every measure, the ratios first and then those of diversity; one row for each row of ``counts``."""
        spread = np.array([spread_of(self.speech, row) for row in counts])
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.concatenate([(counts @ self.above) / (counts @ self.below), spread], axis=1)

    def drawn(self, draws: int, seed: int) -> Floats:
        """The measures of ``draws`` draws of the articles."""
        return draw_values(self.values, self.articles, draws, np.random.default_rng(seed))

    def with_measure(self) -> list[tuple[int, int]]:
        """For each measure, how many articles it rests on, and in how many of them the person is."""
        heard = len(np.unique(self.speech.article))
        pairs = []
        for place, ratio in enumerate(self.ratios):
            held = int((self.below[:, place] > 0).sum())
            share = ratio.person is not None and ratio.measure.endswith("_share")
            pairs.append((held, int((self.above[:, place] > 0).sum()) if share else held))
        return [*pairs, *[(heard, heard)] * len(DIVERSITY)]

    def rests_on(self) -> list[int]:
        """For each measure the sum that stands below the line: words, quotes, sentences, articles."""
        below = self.below.sum(axis=0).tolist()
        return [round(number) for number in (*below, *[self.speech.words.sum()] * len(DIVERSITY))]


def spread_of(speech: Speech, counts: Floats) -> tuple[float, float, float]:
    """The three measures of how an outlet's words are spread over speakers, where articles count so many times."""
    weights = counts[speech.article]
    by_speaker = np.bincount(speech.speaker, weights=weights * speech.words, minlength=speech.speakers)
    by_article = np.bincount(speech.article, weights=speech.words, minlength=len(counts)) * counts
    total = by_speaker.sum()
    # What one article says twice is one source's doing, so words of one article are never paired.
    pairs = total**2 - (by_article**2).sum()
    same = (by_speaker**2).sum() - ((weights * speech.words) ** 2).sum()
    heard = np.sort(by_speaker[by_speaker > 0])
    if not len(heard):
        return np.nan, np.nan, np.nan
    top = heard[-TOP:].sum() / total if len(heard) > TOP else np.nan
    ranks = np.arange(1, len(heard) + 1)
    gini = 2 * (ranks * heard).sum() / (len(heard) * total) - (len(heard) + 1) / len(heard)
    return same / pairs if pairs > 0 else np.nan, float(top), float(gini)


def _outlet_rows(sums: Sums, name: str, draws: int) -> Iterator[OutletRow]:
    outlet = Outlet(sums, name)
    values = outlet.values(np.ones((1, outlet.articles)))[0]
    drawn = outlet.drawn(draws, 0) if outlet.articles >= FEWEST_ARTICLES else None
    labels = [*((ratio.measure, ratio.person) for ratio in sums.ratios), *((measure, None) for measure in DIVERSITY)]
    facts = zip(labels, values, outlet.with_measure(), outlet.rests_on(), strict=True)
    for place, ((measure, person), value, (held, with_person), rests_on) in enumerate(facts):
        known = not np.isnan(value)
        enough = held >= FEWEST_ARTICLES and with_person >= FEWEST_WITH_PERSON
        found = None
        if drawn is not None and known and enough:
            column = drawn[:, place]
            if measure in GROWING:
                column = column - (np.nanmean(column) - value)
            found = interval(np.clip(column, 0, 1) if measure in WITHIN_ONE else column, held)
        low, high = found or (None, None)
        person_id, actor = person or (None, None)
        yield OutletRow(
            measure=measure,
            outlet=name,
            person_id=person_id,
            actor=actor,
            value=float(value) if known else None,
            low=low,
            high=high,
            articles=held,
            articles_with=with_person,
            rests_on=rests_on,
        )

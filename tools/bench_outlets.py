"""How often the intervals of outlets' measures hold what they should, and how often chance is called a difference.

    python tools/bench_outlets.py [--runs 200] [--large 10]

Outlets are generated from a process whose values are known (from 20,000 of its articles): one to four of forty speakers
an article, the words of one speaker in one article alike in length and tone, as in news. An interval should hold the
known value in 95 of 100 runs; of two outlets of the same process, 5 of 100 should differ with p below .05. Beside it
stands the interval that takes each quote or sentence for independent, as a plain formula would. At the end, what it
costs to compare ``--large`` outlets of 1,750 articles each, some 100,000 quotes: processor seconds and memory.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from math import sqrt

import numpy as np
import pandas as pd

from newslab.outlets import compare_outlets, measure_outlets

SIZES = (5, 10, 20, 50)
LARGE, LARGE_ARTICLES = 10, 1_750
SPEAKERS = 40
PERSON = "Speaker 0"
MEASURES = ("words_share", "sentiment_toward", "same_speaker")
Tables = tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]


def make_outlets(articles: int, outlets: int, rng: np.random.Generator) -> Tables:
    """The tables of so many articles of each of some outlets that do not differ."""
    chances = 1 / np.arange(1, SPEAKERS + 1)
    chances /= chances.sum()
    rows, places, tones = [], [], []
    for outlet in range(outlets):
        for number in range(articles):
            article = f"{outlet}-{number}"
            places.append((article, f"Outlet {outlet}"))
            for speaker in set(rng.choice(SPEAKERS, size=rng.integers(1, 5), p=chances)):
                quotes, name = int(rng.integers(1, 5)), f"Speaker {speaker}"
                rows.append((article, name, quotes, quotes * int(rng.integers(5, 40)), 0))
                tone = rng.normal(0.1, 0.3)
                for _ in range(int(rng.integers(1, 6))):
                    balance = float(np.clip(tone + rng.normal(0, 0.15), -1, 1))
                    tones.append((article, name, (1 - balance) / 2, (1 + balance) / 2, pd.NA))
    actors = pd.DataFrame(rows, columns=["article_id", "actor", "quotes", "words_spoken", "words_reported"])
    sentiment = pd.DataFrame(tones, columns=["article_id", "actor", "negative", "positive", "quote_id"])
    return actors, pd.DataFrame(places, columns=["article_id", "outlet"]), sentiment


def values_of_process() -> dict[str, float]:
    """The value of each measure in very many articles."""
    tables = make_outlets(20_000, 1, np.random.default_rng(99))
    table = measure_outlets(*tables, people=[PERSON], draws=1)
    return {str(row.measure): float(row.value) for row in table.itertuples() if row.measure in MEASURES}


def naive_holds(tables: Tables, truth: float) -> bool:
    """Whether the interval of a mean of independent sentences holds the known tone."""
    own = tables[2][tables[2]["actor"] == PERSON]
    balance = (own["positive"] - own["negative"]).to_numpy()
    return len(balance) > 1 and abs(balance.mean() - truth) < 1.96 * balance.std(ddof=1) / sqrt(len(balance))


def time_large(outlets: int) -> None:
    """What a comparison of many articles costs."""
    tables = make_outlets(LARGE_ARTICLES, outlets, np.random.default_rng(0))
    quotes, articles = int(tables[0]["quotes"].sum()), len(tables[1])
    print(f"{outlets} outlets, {articles:,} articles, {quotes:,} quotes, {len(tables[2]):,} sentences with tone")
    for verb in (measure_outlets, compare_outlets):
        began, clock = time.process_time(), time.perf_counter()
        rows = len(verb(*tables))
        took = f"{time.process_time() - began:.1f} processor seconds, {time.perf_counter() - clock:.1f} by the clock"
        print(f"  {verb.__name__:16} {rows:,} rows in {took}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=200, help="how many outlets are generated for each size; 0: none")
    parser.add_argument("--large", type=int, default=LARGE, help="how many large outlets to time; 0: none")
    options = parser.parse_args()
    if options.runs:
        print_held(options.runs)
    if options.large:
        time_large(options.large)


def print_held(runs: int) -> None:
    """How often the intervals hold what they should, and how often chance is called a difference."""
    truth = values_of_process()
    print("known values: " + ", ".join(f"{name} {value:.3f}" for name, value in truth.items()))
    for size in SIZES:
        held: dict[str, list[bool]] = defaultdict(list)
        for seed in range(runs):
            tables = make_outlets(size, 2, np.random.default_rng(seed))
            one = (tables[0][tables[0]["article_id"].str.startswith("0-")], tables[1].head(size), tables[2])
            if PERSON not in set(one[0]["actor"]):
                continue
            for row in measure_outlets(*one, people=[PERSON], draws=1_000).itertuples():
                if row.measure in truth and not pd.isna(row.low):
                    held[row.measure].append(row.low <= truth[row.measure] <= row.high)
            held["naive"].append(naive_holds(tables, truth["sentiment_toward"]))
            for row in compare_outlets(*tables, people=[PERSON], draws=100).itertuples():
                if row.measure in truth and not pd.isna(row.p):
                    held[f"p {row.measure}"].append(row.p < 0.05)
        shares = [f"{name} {np.mean(held[name]):.1%}" for name in MEASURES if held[name]]
        found = [f"{name} {np.mean(held[f'p {name}']):.1%}" for name in MEASURES if held[f"p {name}"]]
        print(f"{size:>4} articles: intervals hold {', '.join(shares)}; naive tone {np.mean(held['naive']):.1%}")
        print(f"{'':>15}chance called a difference: {', '.join(found)}")


if __name__ == "__main__":
    main()

"""Outlets measured and compared: the values, what the intervals do, and which differences are called one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import newslab as nl
from newslab.outlets import compare_outlets, measure_outlets
from newslab.outlets.resampling import _choose, benjamini_hochberg, exchange, holm, interval, t_quantile
from newslab.tables import OutletDifferenceRow, OutletRow, make_table

ACTORS = ("article_id", "actor", "quotes", "words_spoken", "words_reported")
SENTIMENT = ("article_id", "actor", "negative", "positive", "quote_id")


def coverage(*rows: tuple[Any, ...]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Actors and articles of rows (outlet, article, actor, words); two quotes each."""
    actors = [(article, actor, 2, words, 0) for _, article, actor, words in rows]
    articles = {article: outlet for outlet, article, _, _ in rows}
    return pd.DataFrame(actors, columns=ACTORS), pd.DataFrame(articles.items(), columns=("article_id", "outlet"))


def generated(outlets: dict[str, float], number: int, seed: int = 0) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles in which Ann Lee speaks with the chance given for each outlet, and one of thirty others does."""
    rng = np.random.default_rng(seed)
    rows = []
    for outlet, chance in outlets.items():
        for place in range(number):
            name = f"{outlet} {place}"
            rows.append((outlet, name, f"Speaker {rng.integers(30)}", int(rng.integers(10, 60))))
            if rng.random() < chance:
                rows.append((outlet, name, "Ann Lee", int(rng.integers(10, 60))))
    return coverage(*rows)


def one(table: pd.DataFrame, **wanted: str) -> pd.Series[Any]:
    """The one row that has these values."""
    for column, value in wanted.items():
        table = table[table[column] == value]
    assert len(table) == 1
    return table.iloc[0]


SMALL = coverage(
    ("Post", "p1", "Ann Lee", 30), ("Post", "p1", "Bo Dahl", 10), ("Post", "p2", "Ann Lee", 20),
    ("Echo", "e1", "Bo Dahl", 50), ("Echo", "e2", "Cy Ekman", 50),
)  # fmt: skip


def test_shares_are_of_all_words_and_quotes_of_the_outlet() -> None:
    table = measure_outlets(*SMALL)
    ann = one(table, measure="words_share", outlet="Post", actor="Ann Lee")
    assert ann["value"] == pytest.approx(50 / 60)
    assert (ann["articles"], ann["articles_with"], ann["rests_on"]) == (2, 2, 60)
    assert one(table, measure="words_share", outlet="Echo", actor="Ann Lee")["value"] == 0
    assert one(table, measure="quotes_share", outlet="Post", actor="Ann Lee")["value"] == pytest.approx(4 / 6)
    shares = table[table["measure"] == "words_share"].groupby("outlet")["value"].sum()
    assert shares.tolist() == pytest.approx([1, 1])


def test_the_spread_over_speakers() -> None:
    table = measure_outlets(*SMALL)
    # Of pairs of words from Post's two articles, 30 x 20 of 40 x 20 are both Ann Lee's.
    assert one(table, measure="same_speaker", outlet="Post")["value"] == pytest.approx(0.75)
    assert one(table, measure="same_speaker", outlet="Echo")["value"] == 0
    assert one(table, measure="gini", outlet="Echo")["value"] == pytest.approx(0)
    assert one(table, measure="gini", outlet="Post")["value"] == pytest.approx((50 - 10) / 60 / 2)
    assert pd.isna(one(table, measure="top_ten_share", outlet="Post")["value"])
    many = coverage(*[("Post", f"p{place}", f"Speaker {place}", 10) for place in range(20)])
    assert one(measure_outlets(*many), measure="top_ten_share")["value"] == pytest.approx(0.5)


def test_how_alike_sources_are_does_not_depend_on_the_number_of_articles() -> None:
    few, many = (measure_outlets(*generated({"Post": 0.5}, number), draws=50) for number in (40, 1_000))
    same = [one(table, measure="same_speaker")["value"] for table in (few, many)]
    gini = [one(table, measure="gini")["value"] for table in (few, many)]
    assert same[0] == pytest.approx(same[1], abs=0.06)
    assert abs(gini[0] - gini[1]) > 0.06


def test_sentiment_is_outside_quotes_and_grades_are_means() -> None:
    sentiment = pd.DataFrame(
        [("p1", "Ann Lee", 0.1, 0.5, pd.NA), ("p2", "Ann Lee", 0.3, 0.5, pd.NA), ("p2", "Ann Lee", 0.9, 0.0, 1)],
        columns=SENTIMENT,
    )
    grades = pd.DataFrame({"article_id": ["p1", "p2", "e1"], "grade": [8.0, 10.0, pd.NA]})
    table = measure_outlets(*SMALL, sentiment, grades)
    ann = one(table, measure="sentiment_toward", outlet="Post", actor="Ann Lee")
    assert ann["value"] == pytest.approx(0.3)
    assert ann["rests_on"] == 2
    assert pd.isna(one(table, measure="sentiment_toward", outlet="Echo", actor="Ann Lee")["value"])
    assert one(table, measure="grade", outlet="Post")["value"] == pytest.approx(9)
    assert pd.isna(one(table, measure="grade", outlet="Echo")["value"])


def test_few_articles_have_a_value_and_no_interval() -> None:
    table = measure_outlets(*SMALL)
    assert table["low"].isna().all() and table["high"].isna().all()
    assert compare_outlets(*SMALL)["p"].isna().all()


def test_an_interval_is_wider_where_words_come_in_few_articles() -> None:
    rng = np.random.default_rng(1)
    speakers = rng.random(200) < 0.4
    spread, heaped = [], []
    for place, is_ann in enumerate(speakers):
        name = "Ann Lee" if is_ann else f"Speaker {place}"
        spread.append(("Post", f"p{place}", name, 20))
        # The same words, all of one speaker's in a few long articles.
        heaped.append(("Post", f"p{place % 10 if is_ann else 10 + place % 10}", name, 20))
    widths = []
    for rows in (spread, heaped):
        row = one(measure_outlets(*coverage(*rows)), measure="words_share", actor="Ann Lee")
        widths.append(row["high"] - row["low"])
    assert widths[1] > 2 * widths[0]


def test_a_difference_that_is_there_is_found_and_one_that_is_not_is_not() -> None:
    unlike = compare_outlets(*generated({"Echo": 0.2, "Post": 0.8}, 60), people=["Ann Lee"])
    row = one(unlike, measure="words_share")
    assert row["difference"] < 0 and row["high"] < 0
    assert row["p"] < 0.001 and row["p_holm"] < 0.01
    alike = compare_outlets(*generated({"Echo": 0.5, "Post": 0.5}, 60, seed=2), people=["Ann Lee"])
    row = one(alike, measure="words_share")
    assert row["low"] < 0 < row["high"] and row["p"] > 0.05


def test_who_is_never_quoted_by_one_outlet_can_be_compared() -> None:
    row = one(compare_outlets(*generated({"Echo": 0.0, "Post": 0.5}, 30), people=["Ann Lee"]), measure="words_share")
    assert row["p"] < 0.001


def test_chance_finds_no_more_than_it_should() -> None:
    # 60 comparisons of outlets that do not differ: three of them below .05 on average, more than nine once in 1,500.
    found = []
    for seed in range(20):
        tables = generated({"A": 0.3, "B": 0.3, "C": 0.3}, 12, seed=seed)
        table = compare_outlets(*tables, people=["Ann Lee"], draws=100)
        found += table.loc[table["measure"] == "words_share", "p"].tolist()
    assert len(found) == 60
    assert sum(p < 0.05 for p in found) <= 9


def test_p_values_are_adjusted_as_published() -> None:
    p = np.array([0.01, 0.04, 0.03, 0.005])
    assert holm(p) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert benjamini_hochberg(p) == pytest.approx([0.02, 0.04, 0.04, 0.02])
    table = compare_outlets(*generated({"A": 0.2, "B": 0.5, "C": 0.8}, 20), people=3, draws=200)
    words = table[table["measure"] == "words_share"]
    assert (words["tests"] == words["p"].notna().sum()).all()
    known = words[words["p"].notna()]
    assert (known["p_holm"] >= known["p_bh"]).all() and (known["p_bh"] >= known["p"]).all()


def test_the_intervals_ends_are_those_of_students_t_where_the_draws_are_normal() -> None:
    # Tabled quantiles of Student's t at 97.5%.
    for degrees, tabled in ((4, 2.776), (9, 2.262), (30, 2.042), (1_000, 1.962)):
        assert t_quantile(0.975, degrees) == pytest.approx(tabled, rel=0.01)
    draws = np.random.default_rng(0).normal(size=200_000)
    low, high = interval(draws, 10) or (0, 0)
    assert high == pytest.approx(2.262 * (10 / 9) ** 0.5, abs=0.05)
    assert low == pytest.approx(-high, abs=0.05)


def test_a_person_is_one_by_id_where_there_is_one() -> None:
    actors, articles = SMALL
    linked = actors.assign(person_id=["ann", "bo", "ann", "bo-2", "cy"])
    table = measure_outlets(linked, articles)
    assert one(table, measure="words_share", outlet="Post", person_id="bo")["value"] == pytest.approx(10 / 60)
    assert one(table, measure="words_share", outlet="Echo", person_id="bo")["value"] == 0
    with pytest.raises(ValueError, match="2 people have that name; ask by person_id"):
        measure_outlets(linked, articles, people=["Bo Dahl"])
    assert set(measure_outlets(linked, articles, people=["bo-2"])["person_id"].dropna()) == {"bo-2"}


def test_what_is_missing_is_named() -> None:
    actors, articles = SMALL
    with pytest.raises(ValueError, match="measure_outlets needs the column 'outlet' of the table articles"):
        measure_outlets(actors, articles.drop(columns="outlet"))
    with pytest.raises(ValueError, match="compare_outlets needs the column 'quotes' of the table actors"):
        compare_outlets(actors.drop(columns="quotes"), articles)
    with pytest.raises(ValueError, match="'Nobody', and no actor has that name or id"):
        measure_outlets(actors, articles, people=["Nobody"])


def test_empty_tables_and_articles_without_an_outlet_give_the_columns() -> None:
    actors, articles = SMALL
    for given in ((actors.head(0), articles.head(0)), (actors, articles.assign(outlet=pd.NA))):
        for verb, record in ((measure_outlets, OutletRow), (compare_outlets, OutletDifferenceRow)):
            table = verb(*given)
            assert len(table) == 0
            assert table.dtypes.to_dict() == make_table(record, []).dtypes.to_dict()
    silent = measure_outlets(actors.head(0), articles)
    assert silent["value"].isna().all() and set(silent["measure"]) == {"same_speaker", "top_ten_share", "gini"}


def test_the_same_tables_give_the_same_numbers() -> None:
    tables = generated({"Echo": 0.4, "Post": 0.6}, 15)
    pd.testing.assert_frame_equal(compare_outlets(*tables, draws=100), compare_outlets(*tables, draws=100))
    shuffled = tables[0].sample(frac=1, random_state=1), tables[1]
    first, second = measure_outlets(*tables, draws=100), measure_outlets(*shuffled, draws=100)
    assert first["value"].tolist() == pytest.approx(second["value"].tolist())


def test_the_windows_tables_fit() -> None:
    stories = [
        nl.Article(
            f"“The bridge is safe,” said Ann Lee. Number {place} was closed.", outlet=outlet, article_id=f"{place}"
        )
        for place, outlet in enumerate(["Echo", "Echo", "Post"])
    ]
    a = nl.analyze(stories)
    table = nl.measure_outlets(a.actors, a.articles, a.target_sentiment, a.readability)
    assert one(table, measure="words_share", outlet="Post", person_id="ann-lee")["value"] == 1
    assert set(table["outlet"]) == {"Echo", "Post"}


def test_articles_are_exchanged_evenly_and_as_many_as_the_first_outlet_has() -> None:
    chosen = _choose(3, 8, 4_000, np.random.default_rng(1))
    assert (chosen.sum(axis=1) == 3).all() and set(np.unique(chosen)) == {0.0, 1.0}
    assert np.abs(chosen.mean(axis=0) - 3 / 8).max() < 0.04
    assert len(np.unique(chosen, axis=0)) == 56, "every choice of 3 out of 8"


def test_columns_that_are_the_same_have_the_same_p() -> None:
    rng = np.random.default_rng(2)
    above, below = rng.random((20, 3)), np.ones((20, 3))
    above[:10, 0] += 2
    above[:, 2] = above[:, 0]
    p = exchange(above, below, 10, 999, rng)
    assert p[0] == p[2] == 0.001 and p[1] > 0.05


def test_no_draws_are_refused_by_their_number() -> None:
    actors, articles = generated({"Post": 0.3, "Echo": 0.3}, 6)
    for function in (measure_outlets, compare_outlets):
        with pytest.raises(ValueError, match="draws=0: give how often articles are drawn again"):
            function(actors, articles, draws=0)

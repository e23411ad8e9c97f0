"""The coverage: eight invented articles that load as a class reads them, and how well newslab finds their quotes."""

from __future__ import annotations

import pandas as pd
import pytest

import newslab as nl
from newslab.evaluation import read_annotations
from newslab.resources import share_path

FOLDER = share_path("data") / "coverage"
GOLD = share_path("data") / "gold" / "coverage.jsonl"
# What newslab reaches on these articles, less a quote or two.
FLOORS = {"exact": 0.89, "ov50": 0.93, "e2e": 0.87, "e2e_name": 0.82, "e2e_full": 0.80}


@pytest.fixture(scope="module")
def corpus() -> nl.Corpus:
    return nl.Corpus.load(FOLDER)


@pytest.fixture(scope="module")
def gold() -> pd.DataFrame:
    return read_annotations(GOLD)[1]


def test_eight_outlets_over_a_week(corpus: nl.Corpus) -> None:
    table = corpus.table
    assert len(table) == table["outlet"].nunique() == 8
    assert table["title"].notna().all() and table["date"].is_monotonic_increasing
    days = pd.to_datetime(table["date"])
    assert (days.max() - days.min()).days == 6
    assert table["words"].between(300, 600).all()


def test_each_says_that_it_is_invented(corpus: nl.Corpus) -> None:
    for article in corpus:
        assert any("Invented for the newslab course" in warning for warning in article.warnings)


def test_two_print_the_same_wire_copy(corpus: nl.Corpus) -> None:
    alike = [article.outlet for article in corpus if any("nearly the same" in warning for warning in article.warnings)]
    assert alike == ["The Ilmer Courier"]


def test_they_are_easy_and_hard_to_read(corpus: nl.Corpus) -> None:
    grades = nl.analyze(corpus).readability["flesch_kincaid_grade"].astype(float)
    outlets = list(corpus.table["outlet"])
    assert outlets[int(grades.idxmax())] == "Marrovian State Gazette"
    assert grades.max() - grades.min() > 8


def test_the_labels_are_of_these_texts(corpus: nl.Corpus, gold: pd.DataFrame) -> None:
    labelled, _ = read_annotations(GOLD)
    assert [(article.article_id, article.text) for article in labelled] == [
        (article.article_id, article.text) for article in corpus
    ]
    assert set(gold["kind"]) == {"direct", "mixed", "indirect"}
    assert gold["actor"].notna().all()
    texts = {article.article_id: article.text for article in labelled}
    for row in gold[gold["speaker_start"].notna()].itertuples():
        assert texts[row.article_id][row.speaker_start : row.speaker_end] == row.speaker


def test_accuracy_holds(corpus: nl.Corpus, gold: pd.DataFrame) -> None:
    figures = nl.evaluate_quotes(corpus, gold, nl.analyze(corpus).quotes).set_index("measure")
    print(figures[["right", "found", "labelled", "precision", "recall", "f1"]].round(3))
    for measure, floor in FLOORS.items():
        assert figures.loc[measure, "f1"] >= floor, f"{measure} is {figures.loc[measure, 'f1']:.3f}"

"""Sentiment of sentences: VADER's scores, one row a sentence, whatever marks the newspaper sets."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newslab.article import Article
from newslab.sentiment import _vader, _vader_for, score_sentiment, score_text
from newslab.tables import SentimentRow, make_table
from newslab.text import sentences

STORY = 'The rescue was a great success. "It was a terrible, terrible night," she said.\nThe council met on Tuesday.'


def test_one_row_a_sentence_in_order() -> None:
    table = score_sentiment(Article(STORY, article_id="story"))
    assert list(table["sentence_id"]) == list(range(len(sentences(STORY)))) == [0, 1, 2]
    assert set(table["article_id"]) == {"story"}
    assert table["compound"].gt(0).tolist() == [True, False, False]
    assert table["compound"].lt(0).tolist() == [False, True, False]


def test_shares_add_up_to_one_and_compound_stays_within_its_scale() -> None:
    table = score_sentiment(STORY)
    assert (table[["negative", "neutral", "positive"]].sum(axis=1) - 1).abs().max() < 0.005
    assert table["compound"].between(-1, 1).all()


def test_plain_text_has_the_scores_that_nltk_gives() -> None:
    code = (
        "from newslab.resources import add_nltk_data; add_nltk_data()\n"
        "from nltk.sentiment.vader import SentimentIntensityAnalyzer\n"
        "print(SentimentIntensityAnalyzer(lexicon_file='nltk:vader_lexicon.txt').polarity_scores("
        "'The rescue was a great success.')['compound'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (
        float(run.stdout) == score_text("The rescue was a great success.")[3] == score_sentiment(STORY)["compound"][0]
    )


@settings(max_examples=200)
@given(st.text("good bad NOT!?,;:-'. ", max_size=80))
def test_any_marks_have_the_scores_that_nltk_gives(text: str) -> None:
    assert _vader_for(text).polarity_scores(text) == _vader().polarity_scores(text)


@pytest.mark.parametrize(
    "written",
    [
        '"It was terrible," he said.',
        "“It was terrible,” he said.",
        "'It was terrible,' he said.",
        "‘It was terrible,’ he said.",
    ],
)
def test_the_last_word_of_a_quotation_counts(written: str) -> None:
    assert score_text(written) == score_text("It was terrible, he said.")


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("He doesn’t like it.", "He doesn't like it."),
        ("It was a good—truly good—day.", "It was a good truly good day."),
        ("The plan (awful) passed.", "The plan awful passed."),
        ("They are winning… again.", "They are winning again."),
    ],
)
def test_typographic_marks_do_not_hide_a_word(written: str, plain: str) -> None:
    assert score_text(written) == score_text(plain)


def test_empty_and_full_tables_have_the_same_columns() -> None:
    empty = make_table(SentimentRow, [])
    assert len(score_sentiment("")) == 0
    assert (
        list(score_sentiment("").dtypes.items())
        == list(empty.dtypes.items())
        == list(score_sentiment(STORY).dtypes.items())
    )


@settings(deadline=None, max_examples=50)
@given(st.text() | st.text(alphabet="good bad not'’\"“”(),.!?—:\n", max_size=120))
def test_any_text_gives_a_table(text: str) -> None:
    table = score_sentiment(text)
    assert len(table) == len(sentences(text)) and table.notna().all(axis=None)

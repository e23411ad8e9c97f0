"""Analysis: lazy, joined, copied, picklable; one parse an article."""

from __future__ import annotations

import pickle

import pandas as pd
import pytest

import newslab as nl

STORY = nl.Article(
    'Mayor Ana Torvel said the old bridge is safe. "We checked every bolt and I trust our engineers," she said.\n\n'
    "Tom Brask attacked Torvel on Friday. Brask said that the mayor's tests were a shameful failure. "
    'Torvel praised her engineers. "This is a wonderful team," a neighbour said.'
)
TABLES = [
    "articles",
    "sentences",
    "mentions",
    "actors",
    "quotes",
    "talk",
    "readability",
    "sentiment",
    "target_sentiment",
]


@pytest.fixture(scope="module")
def analysis() -> nl.Analysis:
    return nl.analyze(STORY)


def test_nothing_is_computed_before_it_is_asked_for() -> None:
    assert "nothing yet" in repr(nl.analyze(STORY))


def test_quotes_alone_are_the_quotes_of_all(analysis: nl.Analysis) -> None:
    alone = nl.analyze(STORY)
    pd.testing.assert_frame_equal(alone.quotes, analysis.quotes)
    assert "computed: quotes)" in repr(alone)
    pd.testing.assert_frame_equal(alone.mentions, analysis.mentions)
    pd.testing.assert_frame_equal(alone.actors, analysis.actors)


def test_a_table_is_a_copy(analysis: nl.Analysis) -> None:
    changed = analysis.quotes
    changed["actor"] = "somebody"
    changed.loc[0, "cue"] = "sang"
    assert not (analysis.quotes["actor"] == "somebody").any()
    assert not (analysis.quotes["cue"] == "sang").any()


def test_it_survives_pickling(analysis: nl.Analysis) -> None:
    again = pickle.loads(pickle.dumps(analysis))
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(analysis, name))


def test_several_articles_give_the_rows_of_each(analysis: nl.Analysis) -> None:
    other = nl.Article("Nobody spoke. The rain fell on Harwick.")
    both = nl.analyze([STORY, other])
    for name in TABLES:
        own = getattr(both, name)
        rows = own[own["article_id"] == STORY.article_id].reset_index(drop=True)
        expected = getattr(analysis, name)
        if name == "actors":
            # Who is the same person is said only where there are several articles.
            assert rows["person_id"].notna().all() and expected["person_id"].isna().all()
            rows = rows.assign(person_id=expected["person_id"])
        pd.testing.assert_frame_equal(rows, expected)
    assert list(both.articles["article_id"]) == [STORY.article_id, other.article_id]


def test_a_speaker_without_a_name_is_an_actor_too(analysis: nl.Analysis) -> None:
    speaker = analysis.quotes.loc[analysis.quotes["text"].str.contains("wonderful team"), "actor"].item()
    row = analysis.actors[analysis.actors["actor"] == speaker]
    assert "neighbour" in speaker
    assert row["kind"].item() == "person"
    assert row["words_spoken"].item() == 5


def test_words_spoken_are_those_in_marks_and_words_reported_the_others(analysis: nl.Analysis) -> None:
    actors = analysis.actors.set_index("actor")
    assert actors.loc["Ana Torvel", "words_spoken"] == 9
    assert actors.loc["Ana Torvel", "words_reported"] == 5
    assert actors["share_spoken"].sum() == pytest.approx(1)


def test_sentiment_under_three_sentences_is_not_given(analysis: nl.Analysis) -> None:
    actors = analysis.actors
    few = actors[actors["sentiment_sentences"] < 3]
    assert len(few)
    assert few[["sentiment_toward", "sentiment_low", "sentiment_high"]].isna().all(axis=None)


def test_an_interval_holds_its_mean() -> None:
    text = " ".join(["Ana Torvel was praised by the town.", "Ana Torvel failed badly.", "Ana Torvel went home."] * 2)
    row = nl.analyze(text).actors.set_index("actor").loc["Ana Torvel"]
    assert row["sentiment_sentences"] == 6
    assert row["sentiment_low"] <= row["sentiment_toward"] <= row["sentiment_high"]


def test_talk_has_one_row_a_quote_and_actor_spoken_of(analysis: nl.Analysis) -> None:
    talk = analysis.talk
    assert not talk.duplicated(["quote_id", "about"]).any()
    row = talk[(talk["actor"] == "Tom Brask") & (talk["about"] == "Ana Torvel")]
    assert len(row) == 1
    assert row["negative"].item() > row["positive"].item()


def test_sentiment_inside_a_quote_carries_the_quote(analysis: nl.Analysis) -> None:
    sentiment = analysis.target_sentiment
    quotes = analysis.quotes.set_index("quote_id")
    for row in sentiment.dropna(subset="quote_id").itertuples():
        spans = quotes.loc[row.quote_id, "spans"]
        assert any(start <= row.start < end for start, end in spans)
    assert sentiment["quote_id"].isna().any()

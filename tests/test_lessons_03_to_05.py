"""What lessons 03 to 05 say of the bundled story, beside what their tables hold."""

from __future__ import annotations

from functools import cache

import pytest

import newslab as nl
from newslab.resources import share_path

STORY = share_path("data") / "article.txt"


@cache
def story() -> nl.Analysis:
    return nl.analyze(nl.load(STORY))


def test_the_armys_words_are_those_of_its_people_and_what_one_of_them_passed_on() -> None:
    actors = story().actors
    words = dict(zip(actors["actor"], actors["words_spoken"], strict=True))
    assert (words["Asif Ghafoor"], words["Qamar Javed Bajwa"], sum(words.values())) == (12, 22, 116)
    assert (words["Pakistan Army"], words["Imran Khan"], words["Foreign Office"]) == (0, 20, 62)
    (khan,) = story().quotes.query("actor == 'Imran Khan'").to_dict("records")
    assert khan["via"] == "Asif Ghafoor"


def test_an_it_that_means_nobody_is_given_to_the_foreign_office_and_a_his_is_missing() -> None:
    text, mentions = story().article_list[0].text, story().mentions
    last = mentions[mentions["how"].isin(["pronoun", "description"])].tail(2)
    assert last[["text", "actor", "start"]].values.tolist() == [
        ["it", "Foreign Office", text.index("it said, adding")],
        ["it", "Foreign Office", text.index('it is "important')],
    ]
    assert not mentions["start"].isin([text.index("His killing"), text.index("it harder")]).any()


def test_all_actors_found_by_hand_are_found_and_three_peoples_have_another_role() -> None:
    by_hand = nl.course.actors_by_hand(STORY)
    assert len(by_hand) == 22 and by_hand["actor"].isin(story().actors["actor"]).all()
    differ = nl.course.compare_actors(by_hand, story().actors)
    assert differ["actor"].tolist() == ["Afghan", "American", "Iranian"] and set(differ["found by"]) == {"both"}


def test_a_name_of_ones_own_takes_a_mention_from_the_us() -> None:
    before = nl.find_actors(story().article_list[0]).set_index("actor")["mentions"]
    mine = {"Washington": "Washington, D.C."}
    after = nl.find_actors(story().article_list[0], aliases=mine).set_index("actor")["mentions"]
    assert after["US"] == before["US"] - 1 and after["Washington, D.C."] == 1


@pytest.mark.parametrize(
    ("sentence", "by_words", "toward"),
    [
        ("Ana Torvel was praised for her work against violence and crime.", "negative", "positive"),
        ("Mayor Ana Torvel condemned the attack on the market.", "negative", "negative"),
        ("Tom Brask bragged about his great success and his perfect party.", "positive", "positive"),
        ("A court cleared Ana Torvel of murder.", "negative", "negative"),
        ("Ana Torvel will open the new bridge on Friday.", "neutral", "neutral"),
    ],
)
def test_the_five_sentences_to_label_are_hard_for_both_tools(sentence: str, by_words: str, toward: str) -> None:
    compound = nl.score_sentiment(sentence)["compound"].iloc[0]
    assert by_words == ("positive" if compound >= 0.05 else "negative" if compound <= -0.05 else "neutral")
    assert nl.score_target_sentiment(sentence)["label"].tolist() == [toward]


def test_good_news_sounds_bad_to_a_list_of_words() -> None:
    assert nl.score_sentiment("Police said no one was arrested.")["compound"].iloc[0] == pytest.approx(-0.65, abs=0.01)


def test_the_three_shortest_sentences_show_all_three_labels() -> None:
    short = story().sentences.nsmallest(3, "words")
    rows = story().target_sentiment.merge(short, on=["article_id", "sentence_id"])
    labels = dict(zip(rows["actor"], rows["label"], strict=True))
    assert (labels["Iran"], labels["US"], labels["Foreign Office"]) == ("negative", "neutral", "positive")


def test_the_line_of_the_us_ends_at_zero_as_good_as_and_no_other_one_does() -> None:
    means = story().actors.set_index("actor").dropna(subset=["sentiment_toward"])
    assert round(means.loc["US", "sentiment_high"], 4) == -0.0006
    assert means.loc["Iran", "sentiment_high"] < -0.1 and means.loc["Foreign Office", "sentiment_low"] > 0.01

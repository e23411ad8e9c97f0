"""The checks of lessons 06 to 08 on what people really write: claims, near misses, and stories joined by hand."""

from __future__ import annotations

from functools import cache

import pytest

import newslab as nl
from newslab.resources import share_path

ARTICLE = share_path("data") / "article.txt"
COVERAGE = share_path("data") / "coverage"


@cache
def story() -> nl.Analysis:
    return nl.analyze(nl.load(ARTICLE))


@cache
def stories() -> nl.Analysis:
    return nl.analyze(nl.Corpus.load(COVERAGE))


def test_a_claim_in_ones_own_words_is_not_called_right() -> None:
    made_up = nl.course.check_06_4("The Foreign Office is heard with 620 words. The US is not quoted.", story())
    letter = nl.course.check_07_4("In Yowl and Bulk & Berth 4711 words are in marks.", stories())
    for verdict in (made_up, letter):
        assert verdict and verdict.line.startswith("It can be checked. It names 2 ")
        assert "Whether the number is true I have not checked" in verdict.line
        assert "Right" not in verdict.line


@pytest.mark.parametrize("word", ["hated", "biased", "Hostile", "propaganda", "proves", "always"])
def test_a_word_that_judges_stops_a_claim(word: str) -> None:
    memo = f"The Foreign Office is heard with 62 words. Iran is {word}."
    assert f"The word '{word}' claims more than a count can show." in nl.course.check_06_4(memo, story()).line
    letter = f"Yowl and The Daily Holler have 12 speakers: {word}."
    assert f"The word '{word}' claims more" in nl.course.check_07_4(letter, stories()).line


def test_a_claim_needs_a_number_and_what_it_counts() -> None:
    assert "Give at least one number" in nl.course.check_06_4("Pakistan and Iran speak.", story()).line
    assert "words, sentences, mentions or quotes" in nl.course.check_06_4("Pakistan and Iran: 5.", story()).line
    assert "Say what the number counts: words" in nl.course.check_07_4("Yowl and Bulk & Berth: 5.", stories()).line


def test_who_is_quoted_is_not_told_that_nobody_has_that_name() -> None:
    for name, has in (("Pakistan", "Pakistan has 1 quote."), ("Asif Ghafoor", "Asif Ghafoor has 3 quotes.")):
        assert f"{has} Look at those with none." in nl.course.check_06_2(name, story()).line
    assert "No actor is called 'Nobody'" in nl.course.check_06_2("Nobody", story()).line
    assert "somebody has more" in nl.course.check_06_2("Afghanistan", story()).line
    assert nl.course.check_06_2("US", story())


def test_the_check_of_who_is_heard_most_says_that_it_counts_before_the_joins() -> None:
    verdict = nl.course.check_07_2("Hedda Varnholt", stories())
    assert verdict and "5 stories" in verdict.line and "before your joins" in verdict.line


def test_stories_without_an_outlet_are_one_group_in_the_lesson_on_many_articles() -> None:
    said = 'Mayor Ada Omu said on Monday: "The bridge is open."'
    told = "Minister Bo Lund said on Monday that the road would be closed."
    texts = ((said, None), (told, None), (said.replace("bridge", "road"), "Vel Daily"))
    a = nl.analyze([nl.Article(text, outlet=outlet) for text, outlet in texts])
    assert "There" in nl.course.check_07_1("no outlet", a).line and nl.course.check_07_1("no outlet", a).right
    assert not nl.course.check_07_1("Vel Daily", a).right
    letter = nl.course.check_07_4("In no outlet and Vel Daily 5 words are quoted.", a)
    assert "It names 2 outlets" in letter.line
    alone = nl.analyze([nl.Article(said), nl.Article(told)])
    assert "It names 1 outlet and" in nl.course.check_07_4("In no outlet 5 words are quoted.", alone).line

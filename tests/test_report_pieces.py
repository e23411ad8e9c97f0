"""The words and tables of a report: what they say of an article, and of one that gives little to say."""

from __future__ import annotations

import re

import pandas as pd
import pytest

import newslab as nl
from newslab.report import pieces, summary
from newslab.report.summary import reading_time, spell, summarize

QUIET = "The road to Vel was closed on Monday. Snow fell all night. Nobody was hurt in the valley."
SPOKEN = (
    'Mayor Ada Omu said the bridge would open in May. "We have waited long enough for this bridge," said Omu. '
    "The engineer Bo Ruiz warned that the river was rising. Omu criticised Ruiz in a letter."
)


def text_of(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def test_the_answer_has_five_sentences_made_from_the_tables(story):
    analysis = nl.analyze(story)
    lines = summarize(analysis)
    assert len(lines) == 5
    facts, actors, quotes = analysis.articles.iloc[0], analysis.actors, analysis.quotes
    assert f"{facts['words']} words in {facts['sentences']} sentences" in lines[0]
    assert actors.sort_values("mentions", ascending=False, kind="stable")["actor"].iloc[0] in lines[1]
    said = quotes[quotes["asserted"]]
    assert spell(len(said)).capitalize() in lines[2]
    most = (actors["words_spoken"] + actors["words_reported"]).idxmax()
    assert actors["actor"][most] in lines[2]
    grade = round(analysis.readability["grade"].iloc[0])
    readers = f"for readers of about {grade + 5}" if grade <= 12 else "for readers at college"
    assert f"about grade {grade} of US schools, {readers}" in lines[4]


def test_the_tone_is_only_said_where_the_interval_leaves_zero_out(story):
    actors = nl.analyze(story).actors
    line = summarize(nl.analyze(story))[3]
    enough = actors[actors["sentiment_sentences"] >= 3]
    clear = enough[(enough["sentiment_low"] > 0) | (enough["sentiment_high"] < 0)]
    for actor in enough["actor"]:
        assert actor not in line or actor in set(clear["actor"])
    assert clear.empty or any(actor in line for actor in clear["actor"])


def test_an_article_without_quotes_says_so():
    analysis = nl.analyze(QUIET)
    assert "Nobody is quoted" in summarize(analysis)[2]
    assert "Nobody is quoted" in pieces.quotes_table(analysis)
    assert "too short" in summarize(analysis)[4]


def test_an_article_without_words_says_so():
    for empty in ("", " \n ", "— ?!"):
        assert summarize(nl.analyze(empty)) == ["The article holds no words, so there is nothing to count."]


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "the one actor who stands"), (2, "either of the two actors"), (3, "any of the three actors")],
)
def test_the_tone_that_leans_neither_way_says_toward_how_many(number, said):
    means = {"sentiment_toward": 0.1, "sentiment_low": -0.2, "sentiment_high": 0.3, "sentiment_sentences": 4}
    actors = pd.DataFrame({"actor": ["Ada", "Ben", "Cyr"][:number], **means})
    assert f"neither way toward {said}" in summary._tone(actors)


def test_one_word_gives_five_sentences():
    lines = summarize(nl.analyze("Fire"))
    assert len(lines) == 5
    assert "1 word in 1 sentence and 1 paragraph" in lines[0]


@pytest.mark.parametrize(
    "text", ["", "Fire", QUIET, SPOKEN, "Der Minister sagte: «Nein.»", "\ud800 \x00 \u202e 🙂", "(" * 5_000]
)
def test_every_piece_is_made_of_any_text(text):
    analysis = nl.analyze(text)
    article = analysis.article_list[0]
    made = [pieces.headline(article)]
    for make in (pieces.answer, pieces.actors_table, pieces.quotes_table, pieces.readability_table, pieces.method):
        made.append(make(analysis))
    for piece in made:
        assert text_of(piece).strip()
        piece.encode("utf-8")


def test_the_headline_is_the_title_or_the_beginning_of_the_text(story):
    titled = nl.Article(SPOKEN, title="A bridge in May", authors=["Cy Dorn"], outlet="The Vel Post", date="2026-05-01")
    head = text_of(pieces.headline(titled))
    for fact in ("A bridge in May", "Cy Dorn", "The Vel Post", "2026-05-01"):
        assert fact in head
    assert "Pakistan said on Sunday" in pieces.headline(story)
    assert "no headline in the source" in pieces.headline(story)
    assert pieces.full_title(nl.Article("")) == "Article without a headline"


def test_the_page_does_not_tell_where_a_file_lies():
    article = nl.Article(SPOKEN, source="/home/ada/secret project/draft.txt")
    assert "draft.txt" in pieces.headline(article)
    assert "secret" not in pieces.headline(article)
    windows = nl.Article(SPOKEN, source="C:\\Users\\ada\\draft.txt")
    assert "Users" not in pieces.headline(windows)


def test_an_address_is_a_link_only_where_a_browser_may_follow_it():
    assert 'href="https://news.example/a"' in pieces.headline(nl.Article(SPOKEN, url="https://news.example/a"))
    assert "javascript" not in pieces.headline(nl.Article(SPOKEN, url="javascript:alert(1)"))


def test_another_language_is_warned_of():
    assert "newslab reads English" in pieces.headline(nl.Article("Der Minister sagte nein.", language="de"))
    assert "newslab reads English" not in pieces.headline(nl.Article(SPOKEN, language="en-GB"))


def test_rows_lead_to_the_sentences_of_the_marked_article():
    analysis = nl.analyze(SPOKEN)
    article = analysis.article_list[0]
    places = set(re.findall(r'id="(s\d+)"', str(nl.mark(article, analysis.quotes))))
    links = re.findall(r'href="#(s\d+)"', pieces.quotes_table(analysis) + pieces.actors_table(analysis))
    assert len(links) == len(analysis.quotes) + analysis.actors["first_sentence"].notna().sum()
    assert links and set(links) <= places
    first = analysis.quotes.iloc[0]
    assert f'href="#s{first["sentence_id"]}"' in pieces.quotes_table(analysis)


def test_what_comes_from_the_article_is_escaped():
    hostile = '<img src=x onerror="alert(1)">'
    article = nl.Article(
        f'{hostile} said Ada Omu. "{hostile} is what we have," said Bo <b>Ruiz</b>.', title=hostile, authors=[hostile]
    )
    analysis = nl.analyze(article)
    made = pieces.headline(article) + pieces.actors_table(analysis) + pieces.quotes_table(analysis)
    made += pieces.readability_table(analysis) + pieces.answer(analysis)
    assert "<img" not in made and "<b>" not in made
    assert "&lt;img" in made


def test_the_method_names_versions_and_limits(story):
    words = text_of(pieces.method(nl.analyze(story)))
    assert f"newslab {nl.__version__}" in words
    assert "en_core_web_sm" in words and "cannot tell" in words and "No person has checked" in words


def test_the_method_says_where_the_rule_of_a_quote_is_to_be_seen(story):
    analysis = nl.analyze(story)
    assert "point at a quote in the marked article" in text_of(pieces.method(analysis))
    assert "rule: " in str(nl.mark(story, analysis.quotes))
    several = text_of(pieces.method(nl.analyze([story, nl.Article("Rain fell.")])))
    assert "newslab quotes" in several and "marked article" not in several


@pytest.mark.parametrize(
    ("words", "shown"), [(0, "less than a minute"), (240, "about one minute "), (3570, "about 15 minutes")]
)
def test_the_time_to_read(words, shown):
    assert shown in reading_time(words)

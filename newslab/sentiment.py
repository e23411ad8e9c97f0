"""How each sentence sounds, whoever it is about: VADER, made fit for the marks of news text."""

from __future__ import annotations

import re
from copy import copy
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from newslab.article import Article, as_english
from newslab.resources import add_nltk_data
from newslab.tables import SentimentRow, make_table
from newslab.text import sentences

if TYPE_CHECKING:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer

APOSTROPHE = re.compile(r"(?<=\w)[’ʼ`](?=\w)")
# VADER takes one mark off a word's end, so it is blind to the last word of a quotation: terrible," is not in its list.
MARKS = re.compile(
    r"""["“”„«»…]            # quotation marks and the ellipsis
    | [–—―]                  # dashes, which join two words into one that VADER does not know
    | (?<![\w:;=])['‘](?=\w) # a single mark that opens
    | (?<=[\w.,!?])['’](?!\w)  # or closes
    | [(\[](?=\w) | (?<=[\w.,!?])[)\]]
    """,
    re.VERBOSE,
)


def score_sentiment(article: Article | str) -> pd.DataFrame:
    """How negative or positive the words of each sentence are, whoever they are about.

    One row a sentence: ``article_id``, ``sentence_id``, the shares ``negative``, ``neutral`` and ``positive`` (0 to 1),
    and ``compound`` (-1 to 1), their sum as VADER weighs it. Sentences are scored one by one because ``compound``
    drifts to the extremes on long text; an article's figure is the mean of its sentences'.

    Method: VADER (Hutto and Gilbert 2014, ICWSM, pages 216-225) as nltk implements it. It was made for short posts, in
    which people say how they feel; news reports what others feel, so a sentence about a war is negative, and so is one
    in which a criminal is convicted.
    """
    return make_table(SentimentRow, sentiment_rows(article))


def sentiment_rows(article: Article | str) -> list[SentimentRow]:
    """The rows of ``score_sentiment``, for the rooms that build on them."""
    article = as_english(article)
    spans = enumerate(sentences(article.text))
    return [
        SentimentRow(article.article_id, number, *score_text(article.text[start:end])) for number, (start, end) in spans
    ]


def score_text(text: str) -> tuple[float, float, float, float]:
    """VADER's ``negative``, ``neutral``, ``positive`` and ``compound`` for one sentence or piece of one."""
    text = MARKS.sub(" ", APOSTROPHE.sub("'", text))
    scores = _vader_for(text).polarity_scores(text)
    return scores["neg"], scores["neu"], scores["pos"], scores["compound"]


def _vader_for(text: str) -> SentimentIntensityAnalyzer:
    """VADER that looks for those marks beside words which the text has: the same scores in half the time.

    nltk puts each of its 17 marks before and after each word of the sentence, to know the words by that again.
    """
    vader = copy(_vader())
    vader.constants = copy(vader.constants)
    vader.constants.PUNC_LIST = [mark for mark in vader.constants.PUNC_LIST if mark in text]
    return vader


@cache
def _vader() -> SentimentIntensityAnalyzer:
    from nltk.sentiment.vader import SentimentIntensityAnalyzer  # nltk takes a second to import

    add_nltk_data()
    return SentimentIntensityAnalyzer(lexicon_file="nltk:vader_lexicon.txt")

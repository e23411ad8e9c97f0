"""How the tables of one article are joined: nameless speakers, quotes to sentiment, talk, and the actors' summary."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from newslab.actors.nameless import kind_of
from newslab.article import Article
from newslab.quotes.marks import find_marks
from newslab.tables import (
    ActorRow,
    ActorSummaryRow,
    MentionRow,
    QuotedTargetSentimentRow,
    TalkRow,
    make_table,
    records,
)
from newslab.target_sentiment import score_target_sentiment
from newslab.text import Span, words

FEWEST_SENTENCES = 3
RESAMPLES = 2_000
LABELS = ("negative", "neutral", "positive")


def add_nameless(
    article: Article, mentions: pd.DataFrame, actors: pd.DataFrame, quotes: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mentions and actors with those who speak in a quote but have no name: "a neighbour", "researchers"."""
    named = set(actors["actor"])
    kinds: dict[str, str] = {}
    found: dict[Span, MentionRow] = {}
    for quote in records(quotes):
        for name in (quote["actor"], quote["via"]):
            if name is not None and name not in named:
                kinds.setdefault(name, kind_of(name))
        name, span = quote["actor"], (quote["speaker_start"], quote["speaker_end"])
        if name in kinds and span[0] is not None:
            sentence, kind = quote["sentence_id"], kinds[name]
            row = MentionRow(article.article_id, sentence, *span, quote["speaker"], name, kind, "description")
            found.setdefault(span, row)
    nameless = make_table(MentionRow, found.values())
    rows = [_nameless_row(article.article_id, name, kind, nameless) for name, kind in kinds.items()]
    mentions = pd.concat([mentions, nameless], ignore_index=True).sort_values(["start", "end"], ignore_index=True)
    return mentions, pd.concat([actors, make_table(ActorRow, rows)], ignore_index=True)


def add_quote_id(sentiment: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Sentiment toward actors, each row with the quote that its mention stands in, the shortest where several do."""
    inside = _quotes_at(quotes, sentiment["start"])
    rows = [
        QuotedTargetSentimentRow(**row, quote_id=quote) for row, quote in zip(records(sentiment), inside, strict=True)
    ]
    return make_table(QuotedTargetSentimentRow, rows)


def talk_about(article: Article, quotes: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Who talks about whom: one row for each quote and actor mentioned in it, with the quote's attitude toward them."""
    named = [(row["start"], row["end"], row["actor"]) for row in records(mentions)]
    spoken_of = [
        (quote, actor, places) for quote in records(quotes) for actor, places in _mentioned_in(quote, named).items()
    ]
    targets = [span for _, _, places in spoken_of for span in places]
    scores = iter(score_target_sentiment(article, targets=targets)[list(LABELS)].to_numpy(dtype=float))
    rows = []
    for quote, actor, places in spoken_of:
        mean = np.mean([next(scores) for _ in places], axis=0)
        said = sum(len(words(article.text[start:end])) for start, end in quote["spans"])
        label = LABELS[int(mean.argmax())]
        tone = (float(mean[2]), float(mean[0]))
        rows.append(TalkRow(article.article_id, quote["quote_id"], quote["actor"], actor, said, label, *tone))
    return make_table(TalkRow, rows)


def summarize_actors(
    article: Article, actors: pd.DataFrame, quotes: pd.DataFrame, sentiment: pd.DataFrame
) -> pd.DataFrame:
    """The actors with what they say and how they are spoken of, in the order of ``actors``."""
    spoken, reported = _count_words(article, quotes)
    in_all = sum(spoken.values())
    quoted = quotes["actor"].value_counts()
    balance = (sentiment["positive"] - sentiment["negative"]).to_numpy(dtype=float)
    outside = sentiment["quote_id"].isna().to_numpy(dtype=bool)
    places: dict[str, list[int]] = defaultdict(list)
    for place, actor in enumerate(sentiment["actor"]):
        places[actor].append(place)
    rows = []
    for row in records(actors):
        own = np.array(places[row["actor"]], dtype=int)
        story, said = balance[own[outside[own]]], balance[own[~outside[own]]]
        low, high = _interval(story)
        rows.append(
            ActorSummaryRow(
                **row,
                quotes=int(quoted.get(row["actor"], 0)),
                words_spoken=spoken[row["actor"]],
                words_reported=reported[row["actor"]],
                share_spoken=spoken[row["actor"]] / in_all if in_all else None,
                sentiment_toward=_mean(story),
                sentiment_quoted=_mean(said),
                sentiment_low=low,
                sentiment_high=high,
                sentiment_sentences=len(story),
            )
        )
    return make_table(ActorSummaryRow, rows)


def _nameless_row(article_id: str, name: str, kind: str, mentions: pd.DataFrame) -> ActorRow:
    own = mentions[mentions["actor"] == name]
    sentences = own["sentence_id"]
    first = int(sentences.min()) if len(own) else None
    return ActorRow(article_id, name, kind, None, [name], len(own), sentences.nunique(), first)


def _mentioned_in(quote: dict[str, Any], named: list[tuple[int, int, str]]) -> dict[str, list[Span]]:
    """Where each actor is mentioned inside a quote; ``named`` holds start, end and actor in the order of the text."""
    about: dict[str, list[Span]] = defaultdict(list)
    for first, last in quote["spans"]:
        for start, end, actor in named[bisect_left(named, (first,)) : bisect_left(named, (last,))]:
            about[actor].append((start, end))
    return about


def _quotes_at(quotes: pd.DataFrame, offsets: Iterable[int]) -> list[int | None]:
    """For each offset the shortest quote that it stands in, or ``None``."""
    pieces = sorted((start, end, quote["quote_id"]) for quote in records(quotes) for start, end in quote["spans"])
    starts = [start for start, _, _ in pieces]
    found: list[int | None] = []
    for offset in offsets:
        # Quotes nest two or three deep at most, so those that begin last before the offset are enough to look at.
        near = pieces[max(0, bisect_right(starts, offset) - 8) : bisect_right(starts, offset)]
        holding = [(end - start, quote_id) for start, end, quote_id in near if offset < end]
        found.append(min(holding)[1] if holding else None)
    return found


def _count_words(article: Article, quotes: pd.DataFrame) -> tuple[dict[str, int], dict[str, int]]:
    """Words inside quotation marks, and words reported without them, by actor; no word counts twice for one actor."""
    marks = find_marks(article.text)
    mark_starts = [mark.start for mark in marks]
    spans = words(article.text)
    starts = [start for start, _ in spans]
    said: dict[str, set[int]] = defaultdict(set)
    for actor, pieces in zip(quotes["actor"], quotes["spans"], strict=True):
        if pd.notna(actor):
            for start, end in pieces:
                said[actor].update(range(bisect_left(starts, start), bisect_left(starts, end)))
    spoken: dict[str, int] = defaultdict(int)
    reported: dict[str, int] = defaultdict(int)
    for actor, numbers in said.items():
        for number in numbers:
            mark = bisect_right(mark_starts, starts[number]) - 1
            inside = mark >= 0 and starts[number] < marks[mark].end
            (spoken if inside else reported)[actor] += 1
    return spoken, reported


def _mean(values: np.ndarray[Any, np.dtype[np.float64]]) -> float | None:
    return float(values.mean()) if len(values) >= FEWEST_SENTENCES else None


def _interval(values: np.ndarray[Any, np.dtype[np.float64]]) -> tuple[float | None, float | None]:
    """The 95% interval of the mean, by the percentile bootstrap over sentences (Efron 1979), the same at every run."""
    if len(values) < FEWEST_SENTENCES:
        return None, None
    draws = np.random.default_rng(0).integers(0, len(values), size=(RESAMPLES, len(values)))
    low, high = np.percentile(values[draws].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)

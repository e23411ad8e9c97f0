"""How the tables of one article are joined: nameless speakers, quotes to sentiment, talk, and the actors' summary."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
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
    Spans,
    TalkRow,
    make_table,
    records,
    values_of,
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
    columns = ("actor", "via", "sentence_id", "speaker", "speaker_start", "speaker_end")
    for actor, via, sentence, speaker, *span in values_of(quotes, *columns):
        for name in (actor, via):
            if name is not None and name not in named:
                kinds.setdefault(name, kind_of(name))
        if actor in kinds and speaker is not None:
            start, end = span
            row = MentionRow(article.article_id, sentence, start, end, speaker, actor, kinds[actor], "description")
            found.setdefault((start, end), row)
    if kinds:
        nameless = make_table(MentionRow, found.values())
        rows = [_nameless_row(article.article_id, name, kind, nameless) for name, kind in kinds.items()]
        mentions = pd.concat([mentions, nameless], ignore_index=True)
        actors = pd.concat([actors, make_table(ActorRow, rows)], ignore_index=True)
    return _in_order(mentions), actors


def add_quote_id(sentiment: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Sentiment toward actors, each row with the quote that its mention stands in, the shortest where several do."""
    return sentiment.assign(quote_id=pd.array(_quotes_at(quotes, sentiment["start"].tolist()), dtype="Int64"))


def talk_about(article: Article, quotes: pd.DataFrame, mentions: pd.DataFrame) -> pd.DataFrame:
    """Who talks about whom: one row for each quote and actor mentioned in it, with the quote's attitude toward them."""
    named = list(values_of(mentions, "start", "end", "actor"))
    spoken_of = [
        (quote, actor, places)
        for quote in values_of(quotes, "quote_id", "actor", "spans")
        for actor, places in _mentioned_in(quote[2], named).items()
    ]
    targets = [span for _, _, places in spoken_of for span in places]
    scores = iter(score_target_sentiment(article, targets=targets)[list(LABELS)].to_numpy(dtype=float))
    rows = []
    for (quote_id, speaker, spans), actor, places in spoken_of:
        mean = np.mean([next(scores) for _ in places], axis=0)
        said = sum(len(words(article.text[start:end])) for start, end in spans)
        label = LABELS[int(mean.argmax())]
        tone = (float(mean[2]), float(mean[0]))
        rows.append(TalkRow(article.article_id, quote_id, speaker, actor, said, label, *tone))
    return make_table(TalkRow, rows)


def summarize_actors(
    article: Article, actors: pd.DataFrame, quotes: pd.DataFrame, sentiment: pd.DataFrame
) -> pd.DataFrame:
    """The actors with what they say and how they are spoken of, in the order of ``actors``."""
    spoken, reported = _count_words(article, quotes)
    in_all = sum(spoken.values())
    quoted = Counter(quotes["actor"].tolist())
    balance = sentiment["positive"].to_numpy(dtype=float) - sentiment["negative"].to_numpy(dtype=float)
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
                quotes=quoted[row["actor"]],
                words_spoken=spoken[row["actor"]],
                words_reported=reported[row["actor"]],
                share_spoken=spoken[row["actor"]] / in_all if in_all else None,
                sentiment_toward=_mean(story),
                sentiment_quoted=_mean(said),
                sentiment_low=low,
                sentiment_high=high,
                sentiment_sentences=len(story),
                person_id=None,  # only several articles tell; see finishing
            )
        )
    return make_table(ActorSummaryRow, rows)


def _nameless_row(article_id: str, name: str, kind: str, mentions: pd.DataFrame) -> ActorRow:
    own = mentions[mentions["actor"] == name]
    sentences = own["sentence_id"]
    first = int(sentences.min()) if len(own) else None
    return ActorRow(article_id, name, kind, None, [name], len(own), sentences.nunique(), first)


def _in_order(mentions: pd.DataFrame) -> pd.DataFrame:
    """The mentions in the order of the text."""
    places = list(values_of(mentions, "start", "end"))
    order = sorted(range(len(places)), key=places.__getitem__)
    return mentions if order == list(range(len(places))) else mentions.iloc[order].reset_index(drop=True)


def _mentioned_in(spans: Spans, named: list[tuple[Any, ...]]) -> dict[str, list[Span]]:
    """Where each actor is mentioned inside a quote; ``named`` holds start, end and actor in the order of the text."""
    about: dict[str, list[Span]] = defaultdict(list)
    for first, last in spans:
        for start, end, actor in named[bisect_left(named, (first,)) : bisect_left(named, (last,))]:
            about[actor].append((start, end))
    return about


def _quotes_at(quotes: pd.DataFrame, offsets: Iterable[int]) -> list[int | None]:
    """For each offset the shortest quote that it stands in, or ``None``."""
    found_in = values_of(quotes, "quote_id", "spans")
    pieces = sorted((start, end, quote_id) for quote_id, spans in found_in for start, end in spans)
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
    for actor, pieces in values_of(quotes, "actor", "spans"):
        if actor is not None:
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

"""How the tables of one article are joined: nameless speakers, quotes to sentiment, talk, and the actors' summary."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import numpy as np

from newslab.actors.nameless import kind_of
from newslab.article import Article
from newslab.quotes.marks import find_marks
from newslab.tables import (
    ActorRow,
    ActorSummaryRow,
    MentionRow,
    QuotedTargetSentimentRow,
    QuoteRow,
    Spans,
    TalkRow,
    TargetSentimentRow,
    as_record,
)
from newslab.target_sentiment import target_rows
from newslab.text import Span, words

FEWEST_SENTENCES = 3
RESAMPLES = 2_000
LABELS = ("negative", "neutral", "positive")


def add_nameless(
    article: Article, mentions: list[MentionRow], actors: list[ActorRow], quotes: list[QuoteRow]
) -> tuple[list[MentionRow], list[ActorRow]]:
    """Mentions and actors with those who speak in a quote but have no name: "a neighbour", "researchers"."""
    named = {row.actor for row in actors}
    kinds: dict[str, str] = {}
    found: dict[Span, MentionRow] = {}
    for quote in quotes:
        for name in (quote.actor, quote.via):
            if name is not None and name not in named:
                kinds.setdefault(name, kind_of(name))
        start, end, actor = quote.speaker_start, quote.speaker_end, quote.actor
        if actor in kinds and quote.speaker is not None and start is not None and end is not None:
            place = (article.article_id, quote.sentence_id, start, end)
            found.setdefault((start, end), MentionRow(*place, quote.speaker, actor, kinds[actor], "description"))
    nameless = [
        _nameless_row(article.article_id, name, kind, [row for row in found.values() if row.actor == name])
        for name, kind in kinds.items()
    ]
    return sorted([*mentions, *found.values()], key=lambda row: (row.start, row.end)), [*actors, *nameless]


def add_quote_id(sentiment: list[TargetSentimentRow], quotes: list[QuoteRow]) -> list[QuotedTargetSentimentRow]:
    """Sentiment toward actors, each row with the quote that its mention stands in, the shortest where several do."""
    numbers = _quotes_at(quotes, [row.start for row in sentiment])
    return [
        QuotedTargetSentimentRow(**as_record(row), quote_id=number)
        for row, number in zip(sentiment, numbers, strict=True)
    ]


def talk_about(
    article: Article, quotes: list[QuoteRow], mentions: list[MentionRow], scored: Iterable[TargetSentimentRow] = ()
) -> list[TalkRow]:
    """Who talks about whom: one row for each quote and actor mentioned in it, with the quote's attitude toward them.

    ``scored`` are places that have their label already.
    """
    named = [(row.start, row.end, row.actor) for row in mentions]
    spoken_of = [
        (quote, actor, places) for quote in quotes for actor, places in _mentioned_in(quote.spans, named).items()
    ]
    known = {(row.start, row.end): row for row in scored}
    missing = {span for _, _, places in spoken_of for span in places} - known.keys()
    known |= {(row.start, row.end): row for row in target_rows(article, targets=sorted(missing))} if missing else {}
    rows = []
    for quote, actor, places in spoken_of:
        own = [known[span] for span in places]
        mean = np.mean([(row.negative, row.neutral, row.positive) for row in own], axis=0)
        said = sum(len(words(article.text[start:end])) for start, end in quote.spans)
        label = LABELS[int(mean.argmax())]
        tone = (float(mean[2]), float(mean[0]))
        rows.append(TalkRow(article.article_id, quote.quote_id, quote.actor, actor, said, label, *tone))
    return rows


def summarize_actors(
    article: Article,
    actors: list[ActorRow],
    quotes: list[QuoteRow],
    sentiment: list[QuotedTargetSentimentRow],
) -> list[ActorSummaryRow]:
    """The actors with what they say and how they are spoken of, in the order of ``actors``."""
    spoken, reported = _count_words(article, quotes)
    in_all = sum(spoken.values())
    quoted = Counter(quote.actor for quote in quotes)
    balances: dict[tuple[str, bool], list[float]] = defaultdict(list)
    for row in sentiment:
        balances[row.actor, row.quote_id is None].append(row.positive - row.negative)
    rows = []
    for actor in actors:
        name = actor.actor
        story, said = (np.array(balances[name, outside], dtype=float) for outside in (True, False))
        low, high = _interval(story)
        rows.append(
            ActorSummaryRow(
                **as_record(actor),
                quotes=quoted[name],
                words_spoken=spoken[name],
                words_reported=reported[name],
                share_spoken=spoken[name] / in_all if in_all else None,
                sentiment_toward=_mean(story),
                sentiment_quoted=_mean(said),
                sentiment_low=low,
                sentiment_high=high,
                sentiment_sentences=len(story),
                person_id=None,  # only several articles tell; see finishing
            )
        )
    return rows


def _nameless_row(article_id: str, name: str, kind: str, own: list[MentionRow]) -> ActorRow:
    sentences = {row.sentence_id for row in own}
    return ActorRow(article_id, name, kind, None, [name], len(own), len(sentences), min(sentences, default=None))


def _mentioned_in(spans: Spans, named: list[tuple[Any, ...]]) -> dict[str, list[Span]]:
    """Where each actor is mentioned inside a quote; ``named`` holds start, end and actor in the order of the text."""
    about: dict[str, list[Span]] = defaultdict(list)
    for first, last in spans:
        for start, end, actor in named[bisect_left(named, (first,)) : bisect_left(named, (last,))]:
            about[actor].append((start, end))
    return about


def _quotes_at(quotes: list[QuoteRow], offsets: Iterable[int]) -> list[int | None]:
    """For each offset the shortest quote that it stands in, or ``None``."""
    pieces = sorted((start, end, quote.quote_id) for quote in quotes for start, end in quote.spans)
    starts = [start for start, _, _ in pieces]
    found: list[int | None] = []
    for offset in offsets:
        # Quotes nest two or three deep at most, so those that begin last before the offset are enough to look at.
        near = pieces[max(0, bisect_right(starts, offset) - 8) : bisect_right(starts, offset)]
        holding = [(end - start, quote_id) for start, end, quote_id in near if offset < end]
        found.append(min(holding)[1] if holding else None)
    return found


def _count_words(article: Article, quotes: list[QuoteRow]) -> tuple[dict[str, int], dict[str, int]]:
    """Words inside quotation marks, and words reported without them, by actor; no word counts twice for one actor."""
    marks = find_marks(article.text)
    mark_starts = [mark.start for mark in marks]
    spans = words(article.text)
    starts = [start for start, _ in spans]
    said: dict[str, set[int]] = defaultdict(set)
    for quote in quotes:
        if quote.actor is not None:
            for start, end in quote.spans:
                said[quote.actor].update(range(bisect_left(starts, start), bisect_left(starts, end)))
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

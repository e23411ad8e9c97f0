"""All tables of a few articles, from one parse each; an article that fails costs its own rows and no others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any

import pandas as pd

from newslab.actors import actor_rows, mention_rows
from newslab.analysis.joins import add_nameless, add_quote_id, summarize_actors, talk_about
from newslab.article import Article
from newslab.corpus import describe_article
from newslab.errors import ModelError
from newslab.language import KEPT_PARSES, parse_ahead
from newslab.quotes import quote_rows
from newslab.readability import readability_row
from newslab.sentiment import sentiment_rows
from newslab.tables import RECORDS, FailureRow, SentenceRow, make_table
from newslab.target_sentiment import target_rows
from newslab.text import paragraphs, sentences, words
from newslab.workers import Batch, CutOff, Limits, run_limited

Aliases = Mapping[str, str] | str | Path | None
Tables = dict[str, pd.DataFrame]
# The rows of tables, by the tables' names. A DataFrame costs as much as some hundred rows, so rows come first, and a
# table is made of those of a few articles.
Rows = dict[str, list[Any]]
# Tables, and the articles that failed in some of them.
Computed = tuple[Tables, list[FailureRow]]

PARSED = ("mentions", "quotes", "target_sentiment", "talk", "actors")
# What is made where only one table is asked for: the others cost several times what these do.
ALONE = {"quotes": ("quotes",), "mentions": ("mentions", "quotes")}
# The tables that are made together, those that need no parse first.
GROUPS = (("articles",), ("sentences",), ("readability",), ("sentiment",), PARSED)
STAGE = "analyze"
# Enough for every part of newslab to be loaded: words said, words about somebody, and a judgement.
FIRST = 'Mira Oduya said: "The new bridge is safe." She praised Ada Ferro, the engineer.'


def group_of(name: str, number: int) -> tuple[str, ...]:
    """The tables that are made together with a table; the parses of a few articles are kept, so fewer are."""
    group = next(group for group in GROUPS if name in group)
    return ALONE.get(name, group) if number <= KEPT_PARSES else group


def compute_tables(
    articles: Sequence[Article],
    groups: Iterable[tuple[str, ...]] = GROUPS,
    *,
    aliases: Aliases = None,
    limits: Limits | None = None,
    raises: bool = False,
) -> Computed:
    """The tables of some articles, and a row for each article that failed.

    A few articles are parsed together. Where one of them raises an error, takes too long or too much memory, they are
    done again one by one, and the one that fails has no rows in the tables it fails in. Without an article, the
    tables are empty and have all their columns. ``raises`` lets an error through.
    """
    wanted = tuple(groups)
    parts: list[Tables] = []
    failed: list[FailureRow] = []
    if limits:
        _make_ready()
    for start in range(0, len(articles), KEPT_PARSES):
        several = articles[start : start + KEPT_PARSES]
        try:
            parts.append(_limited(partial(_compute_each, several, wanted, aliases), limits))
        except ModelError:
            raise
        except (Exception, CutOff):
            if raises:
                raise
            # Whatever a library raises on one text is a row of failures, and not the end of a run.
            for article in several:
                part, reason = _compute_alone(article, wanted, aliases, limits)
                parts.append(part)
                failed += [FailureRow(article.article_id, article.source, STAGE, reason)] if reason else []
    names = [name for group in wanted for name in group]
    return {name: join_parts(name, [part[name] for part in parts if name in part]) for name in names}, failed


def compute_batch(batch: Batch, *, aliases: Aliases, limits: Limits | None) -> Computed:
    """All tables of a batch: what a worker is given to do."""
    return compute_tables(batch.articles, aliases=aliases, limits=limits)


def lose_batch(batch: Batch, reason: str) -> Computed:
    """What there is of a batch of one article at which a worker died."""
    (article,) = batch.articles
    return {}, [FailureRow(article.article_id, article.source, STAGE, reason)]


def join_parts(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The rows of one table of several articles, in order; without any, the empty table with its columns."""
    if parts:
        return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
    return make_table(RECORDS[name], [])


def _parsed_rows(article: Article, wanted: Sequence[str], aliases: Aliases) -> Rows:
    """The rows of one article that rest on its parse, which is made once: at least those that are wanted."""
    quotes = quote_rows(article, aliases=aliases)
    if set(wanted) <= {"quotes"}:
        return {"quotes": quotes}
    mentions, named = add_nameless(
        article, mention_rows(article, aliases=aliases), actor_rows(article, aliases=aliases), quotes
    )
    if set(wanted) <= set(ALONE["mentions"]):
        return {"quotes": quotes, "mentions": mentions}
    sentiment = add_quote_id(target_rows(article, aliases=aliases), quotes)
    return {
        "mentions": mentions,
        "quotes": quotes,
        "target_sentiment": sentiment,
        "talk": talk_about(article, quotes, mentions, sentiment),
        "actors": summarize_actors(article, named, quotes, sentiment),
    }


@cache
def _make_ready() -> None:
    """Load the model and the libraries before time is counted: one cut off while it loads is broken ever after."""
    with suppress(Exception):  # what is missing is said of the articles that need it
        _compute_each([Article(FIRST)], GROUPS, None)


def _limited(work: Callable[[], Tables], limits: Limits | None) -> Tables:
    return run_limited(work, limits) if limits else work()


def _compute_each(articles: Sequence[Article], groups: Sequence[tuple[str, ...]], aliases: Aliases) -> Tables:
    """The tables of a few articles, which are parsed together."""
    if any(set(group) <= set(PARSED) for group in groups):
        parse_ahead(articles)
    rows: Rows = {name: [] for group in groups for name in group}
    for article in articles:
        for group in groups:
            for name, own in _compute_group(article, group, aliases).items():
                rows[name] += own
    return {name: make_table(RECORDS[name], own) for name, own in rows.items()}


def _compute_alone(
    article: Article, groups: Sequence[tuple[str, ...]], aliases: Aliases, limits: Limits | None
) -> tuple[Tables, str]:
    """The tables of one article as far as they can be made, and why some cannot."""
    tables: Tables = {}
    reasons: list[str] = []
    for group in groups:
        try:
            tables |= _limited(partial(_compute_each, [article], [group], aliases), limits)
        except ModelError:
            raise
        except CutOff as cut:
            reasons.append(f"{', '.join(group)} cut off: {cut}")
        except Exception as error:
            reasons.append(f"{', '.join(group)} failed: {type(error).__name__}: {error}")
    return tables, "; ".join(reasons)


def _compute_group(article: Article, group: tuple[str, ...], aliases: Aliases) -> Rows:
    if set(group) <= set(PARSED):
        return _parsed_rows(article, group, aliases)
    (name,) = group
    return {name: list(SIMPLE[name](article))}


def _sentence_rows(article: Article) -> list[SentenceRow]:
    bounds = iter([*paragraphs(article.text), (len(article.text) + 1, len(article.text) + 1)])
    rows, paragraph, (_, paragraph_end) = [], 0, next(bounds)
    for number, (start, end) in enumerate(sentences(article.text)):
        while start >= paragraph_end:
            paragraph, (_, paragraph_end) = paragraph + 1, next(bounds)
        text = article.text[start:end]
        rows.append(SentenceRow(article.article_id, number, paragraph, start, end, text, len(words(text))))
    return rows


# The tables that need no parse, and what gives their rows.
SIMPLE: dict[str, Callable[[Article], Iterable[Any]]] = {
    "articles": lambda article: [describe_article(article)],
    "sentences": _sentence_rows,
    "readability": lambda article: [readability_row(article)],
    "sentiment": sentiment_rows,
}

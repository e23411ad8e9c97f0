"""The window over all tables: what each verb finds, in one article or many, joined, and computed when it is asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from threading import RLock

import pandas as pd

from newslab.actors import find_actors, find_mentions
from newslab.analysis.checked import Checks
from newslab.analysis.joins import add_nameless, add_quote_id, summarize_actors, talk_about
from newslab.article import Article, as_article
from newslab.corpus import Corpus, describe_article
from newslab.language import KEPT_PARSES, parse_ahead
from newslab.quotes import find_quotes
from newslab.readability import score_readability
from newslab.sentiment import score_sentiment
from newslab.tables import ArticleRow, FailureRow, SentenceRow, make_table
from newslab.target_sentiment import score_target_sentiment
from newslab.text import paragraphs, sentences, words

Aliases = Mapping[str, str] | str | Path | None
Tables = dict[str, pd.DataFrame]

PARSED = ("mentions", "quotes", "target_sentiment", "talk", "actors")
# What is made where only one table is asked for: the others cost several times what these do.
ALONE = {"quotes": ("quotes",), "mentions": ("mentions", "quotes")}


class Analysis:
    """Who says what, about whom, and how, as tables of one article or many.

    Each table is computed when it is first asked for and kept. The tables that need a parse (mentions, actors, quotes,
    talk, target_sentiment) are made together where the articles are more than a few, so that each is parsed once; of
    a few articles the parses are kept, and only what is asked for is made. Every table is given as a copy: what is
    changed in it changes nothing here. The columns are listed in ``docs/tables.md``.
    """

    def __init__(self, articles: Iterable[Article], *, aliases: Aliases = None) -> None:
        self.article_list: tuple[Article, ...] = tuple(articles)
        self.failure_rows = articles.failure_rows if isinstance(articles, Corpus) else ()
        self.aliases = aliases
        self._tables: Tables = {}
        self._checks = Checks()
        self._lock = RLock()

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article: title, date, source, and its number of paragraphs, sentences and words."""
        return self._table("articles")

    @property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence, with its place in the text; ``sentence_id`` joins it to the other tables."""
        return self._table("sentences")

    @property
    def mentions(self) -> pd.DataFrame:
        """One row for each place where an actor is mentioned."""
        return self._table("mentions")

    @property
    def actors(self) -> pd.DataFrame:
        """One row an actor: names, role, mentions, quotes, words spoken, sentiment toward."""
        return self._table("actors")

    @property
    def quotes(self) -> pd.DataFrame:
        """One row a quote: who says what, with which word, found by which rule."""
        return self._table("quotes")

    @property
    def talk(self) -> pd.DataFrame:
        """One row for each actor spoken of in a quote: who talks about whom, and in which tone."""
        return self._table("talk")

    @property
    def readability(self) -> pd.DataFrame:
        """One row an article: counts and the readability formulas."""
        return self._table("readability")

    @property
    def sentiment(self) -> pd.DataFrame:
        """One row a sentence: how its words sound, whoever they are about."""
        return self._table("sentiment")

    @property
    def target_sentiment(self) -> pd.DataFrame:
        """One row for each actor in a sentence: the attitude toward that actor, and the quote it stands in."""
        return self._table("target_sentiment")

    @property
    def failures(self) -> pd.DataFrame:
        """One row for each source that could not be read or analysed."""
        return self._table("failures")

    @property
    def checked(self) -> pd.DataFrame:
        """How much a person checked in a worksheet, and how much of it was right; no row where nobody has."""
        return self._checks.table()

    def to_worksheet(self, path: str | os.PathLike[str]) -> Path:
        """Write a worksheet in which a person checks quotes, actors and labels: ``.xlsx``, or ``.csv``.

        Each row has its sentence, and columns for what is right and what should be otherwise; a sheet explains them.
        Give it back to :meth:`with_corrections`. Returns the path. Raises ``NewslabError`` where the file cannot be
        written, or is there and filled in.
        """
        from newslab.worksheet import check_target, write_worksheet

        target = check_target(path)
        return write_worksheet(target, self.article_list, {name: self._table(name) for name in PARSED})

    def with_corrections(self, path: str | os.PathLike[str]) -> Analysis:
        """A new analysis in which all tables follow what a person wrote in a worksheet; this one stays as it is.

        Rows that no longer match the text are left out, each with its reason in ``failures`` (stage "correction").
        ``checked`` says how much was checked and right. Raises ``LoadError`` where the worksheet cannot be read or is
        of other articles.
        """
        from newslab.analysis.corrections import correct_tables
        from newslab.worksheet import read_worksheet

        lines = read_worksheet(path)
        tables = {name: self._table(name) for name in PARSED}
        again = bool(self._checks.rows)
        corrected = correct_tables(self.article_list, tables, lines, str(path), again=again)
        following = copy(self)
        following.failure_rows = (*self.failure_rows, *corrected.refused)
        kept = {name: table for name, table in self._tables.items() if name != "failures"}
        following._tables = kept | corrected.tables
        rows = {name: len(table) for name, table in tables.items()}
        following._checks = self._checks.with_more(rows, corrected.verdicts, corrected.missed)
        return following

    def only(self, article_ids: Iterable[str]) -> Analysis:
        """The window over some of the articles, by their ids; what is computed or corrected already is kept."""
        wanted = set(article_ids)
        part = copy(self)
        part.article_list = tuple(article for article in self.article_list if article.article_id in wanted)
        part._tables = {
            name: table if name == "failures" else table[table["article_id"].isin(wanted)].reset_index(drop=True)
            for name, table in self._tables.items()
        }
        return part

    def __repr__(self) -> str:
        done = ", ".join(sorted(self._tables)) or "nothing yet"
        return f"Analysis({len(self.article_list)} article(s); computed: {done})"

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_lock"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state, _lock=RLock())

    def _parsed_tables(self, articles: Sequence[Article], wanted: Sequence[str]) -> Iterator[Tables]:
        for start in range(0, len(articles), KEPT_PARSES):
            several = articles[start : start + KEPT_PARSES]
            parse_ahead(several)
            yield from (parsed_tables(article, wanted, aliases=self.aliases) for article in several)

    def _table(self, name: str) -> pd.DataFrame:
        with self._lock:
            if name not in self._tables:
                self._compute(name)
            return self._tables[name].copy(deep=False)

    def _compute(self, name: str) -> None:
        # Without an article, the tables of an empty one give the columns.
        articles = self.article_list or (Article(""),)
        if name in PARSED:
            wanted = ALONE.get(name, PARSED) if len(articles) <= KEPT_PARSES else PARSED
            tables = list(self._parsed_tables(articles, wanted))
            self._tables |= {table: _join([each[table] for each in tables]) for table in wanted}
        elif name == "articles":
            self._tables[name] = make_table(ArticleRow, map(describe_article, self.article_list))
        elif name == "sentences":
            rows = [row for article in self.article_list for row in _sentence_rows(article)]
            self._tables[name] = make_table(SentenceRow, rows)
        elif name == "failures":
            self._tables[name] = make_table(FailureRow, self.failure_rows)
        else:
            verb = {"readability": score_readability, "sentiment": score_sentiment}[name]
            table = _join([verb(article) for article in articles])
            self._tables[name] = table if self.article_list else table.head(0)


def analyze(articles: Article | str | Corpus | Iterable[Article | str], *, aliases: Aliases = None) -> Analysis:
    """Open the window over everything newslab finds in an article, in several, or in a corpus.

    Nothing is computed until a table is asked for. ``aliases`` adds names to the table of places and peoples, as a
    mapping (``{"Tehran": "Iran"}``) or a file; see :func:`newslab.find_actors`.
    """
    if isinstance(articles, Corpus):
        return Analysis(articles, aliases=aliases)
    several = [articles] if isinstance(articles, Article | str) else articles
    return Analysis([as_article(article) for article in several], aliases=aliases)


def parsed_tables(article: Article, wanted: Sequence[str] = PARSED, *, aliases: Aliases = None) -> Tables:
    """The tables of one article that rest on its parse, which is made once: at least those that are wanted."""
    quotes = find_quotes(article, aliases=aliases)
    if set(wanted) <= {"quotes"}:
        return {"quotes": quotes}
    mentions, named = add_nameless(
        article, find_mentions(article, aliases=aliases), find_actors(article, aliases=aliases), quotes
    )
    if set(wanted) <= set(ALONE["mentions"]):
        return {"quotes": quotes, "mentions": mentions}
    sentiment = add_quote_id(score_target_sentiment(article, aliases=aliases), quotes)
    return {
        "mentions": mentions,
        "quotes": quotes,
        "target_sentiment": sentiment,
        "talk": talk_about(article, quotes, mentions),
        "actors": summarize_actors(article, named, quotes, sentiment),
    }


def _join(tables: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(tables, ignore_index=True)


def _sentence_rows(article: Article) -> list[SentenceRow]:
    bounds = iter([*paragraphs(article.text), (len(article.text) + 1, len(article.text) + 1)])
    rows, paragraph, (_, paragraph_end) = [], 0, next(bounds)
    for number, (start, end) in enumerate(sentences(article.text)):
        while start >= paragraph_end:
            paragraph, (_, paragraph_end) = paragraph + 1, next(bounds)
        text = article.text[start:end]
        rows.append(SentenceRow(article.article_id, number, paragraph, start, end, text, len(words(text))))
    return rows

"""The window over all tables: what each verb finds, in one article or many, joined, and computed when it is asked."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from copy import copy
from functools import partial
from pathlib import Path
from threading import RLock
from typing import Any

import pandas as pd

from newslab.actors.lists import read_aliases
from newslab.analysis.checked import Checks
from newslab.analysis.computing import (
    GROUPS,
    PARSED,
    Aliases,
    Tables,
    compute_batch,
    compute_tables,
    group_of,
    join_parts,
    lose_batch,
)
from newslab.analysis.finishing import Links, finish_tables, links_within, sort_links
from newslab.article import Article, as_article
from newslab.corpus import Corpus, with_own_id
from newslab.linking import Given, read_decisions
from newslab.tables import FailureRow, make_table
from newslab.workers import Batch, Limits, Lost, count_workers, make_batches, run_batches, show_progress

__all__ = ["Analysis", "analyze", "open_store"]


class Analysis:
    """Who says what, about whom, and how, as tables of one article or many.

    Each table is computed when it is first asked for and kept. The tables that need a parse (mentions, actors, quotes,
    talk, target_sentiment) are made together where the articles are more than a few, so that each is parsed once; of
    a few articles the parses are kept, and only what is asked for is made. Every table is given as a copy: what is
    changed in it changes nothing here. The columns are listed in ``docs/tables.md``.
    """

    def __init__(self, articles: Iterable[Article], *, aliases: Aliases = None, **running: Any) -> None:
        ids: set[int] = set()
        self.article_list: Sequence[Article] = tuple(with_own_id(article, ids) for article in articles)
        self.failure_rows: Sequence[FailureRow] = tuple(articles.failure_rows) if isinstance(articles, Corpus) else ()
        self.aliases = aliases
        # How the work is shared out (workers, scheduler, progress, limits), and what of it is done.
        self._running = running
        self._done: list[tuple[Batch, tuple[Tables, list[FailureRow]]]] = []
        self._tables: Tables = {}
        self._checks = Checks()
        self._links: Links = ()  # what a person says of who is who in several articles
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

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a question in SQL: ``select actor, sum(words_spoken) as words from actors group by actor``.

        The tables have the names that they have here. Only ``SELECT`` is understood, in DuckDB's dialect, and no file
        is opened. Raises ``NewslabError`` where the question is not understood.
        """
        from newslab.store import query_tables

        return query_tables(self._table, self.article_list, query)

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
        following._links, gone = sort_links(self._links, corrected.tables["actors"])
        following.failure_rows = (*self.failure_rows, *corrected.refused, *gone)
        kept = {name: table for name, table in self._tables.items() if name != "failures"}
        following._tables = kept | finish_tables(corrected.tables, len(self.article_list), following._links)
        rows = {name: len(table) for name, table in tables.items()}
        following._checks = self._checks.with_more(rows, corrected.verdicts, corrected.missed)
        return following

    def with_links(self, links: Given) -> Analysis:
        """A new analysis in which who is who across articles is as a person says; this one stays as it is.

        ``links`` is a CSV file, or a table, as :func:`newslab.link_actors` takes it for corrections: who is one, who is
        not, and under which id. ``actors.person_id`` follows it, and with it charts, outlets and reports. Given twice,
        both count. Raises ``LoadError`` where a line cannot be followed, ``NewslabError`` where there is one article.
        """
        following = copy(self)
        following._links = (*self._links, *read_decisions(links))
        following._relink(self)
        return following

    def only(self, article_ids: Iterable[str]) -> Analysis:
        """The window over some of the articles, by their ids; what is computed or corrected already is kept."""
        wanted = set(article_ids)
        part = copy(self)
        part._done = []
        part.article_list = tuple(article for article in self.article_list if article.article_id in wanted)
        part._tables = {
            name: table if name == "failures" else table[table["article_id"].isin(wanted)].reset_index(drop=True)
            for name, table in self._tables.items()
        }
        part._links = links_within(self._links, part._tables)
        return part

    def __repr__(self) -> str:
        done = ", ".join(sorted(self._tables)) or "nothing yet"
        return f"Analysis({len(self.article_list)} article(s); computed: {done})"

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_lock"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state, _lock=RLock())

    def _table(self, name: str) -> pd.DataFrame:
        with self._lock:
            if name not in self._tables:
                self._compute(name)
            return self._tables[name].copy(deep=False)

    def _compute(self, name: str) -> None:
        if name == "failures":
            if self._running and "articles" not in self._tables:
                self._compute_shared_out()  # all at once, and before that nobody knows what fails
            self._tables[name] = make_table(FailureRow, self.failure_rows)
            return
        if self._running:
            self._compute_shared_out()
        elif len(self.article_list) == 1:
            # An error in the one article is the user's to see.
            self._keep(compute_tables(self.article_list, [group_of(name, 1)], aliases=self.aliases, raises=True))
        else:
            group = group_of(name, len(self.article_list))
            self._keep(compute_tables(self.article_list, [group], aliases=self.aliases))

    def _keep(self, computed: tuple[Tables, list[FailureRow]]) -> None:
        tables, failed = computed
        self._tables |= finish_tables(tables, len(self.article_list), self._links)
        if failed:
            self.failure_rows = (*self.failure_rows, *failed)
            self._tables.pop("failures", None)

    def _relink(self, before: Analysis) -> None:
        """The tables of another analysis, with this one's links."""
        tables = {name: before._table(name) for name in ("actors", "mentions")}
        self._tables = before._tables | finish_tables(tables, len(self.article_list), self._links)

    def _compute_shared_out(self) -> None:
        """All tables, by several workers; what is done when somebody stops it is kept, and done no more."""
        running = dict(self._running)
        limits, progress = running.pop("limits"), running.pop("progress")
        done = {place for batch, _ in self._done for place in batch.places}
        missing = [pair for pair in enumerate(self.article_list) if pair[0] not in done]
        work = partial(compute_batch, aliases=read_aliases(self.aliases), limits=limits)
        waiting = make_batches(missing, workers=running["workers"], length=len(self.article_list))
        with (
            closing(show_progress(progress, len(missing))) as bar,
            closing(run_batches(waiting, work, **running)) as batches,
        ):
            for batch, computed in batches:
                found = lose_batch(batch, computed.reason) if isinstance(computed, Lost) else computed
                self._done.append((batch, found))
                bar.update(len(batch.articles))
        inorder = [found for _, found in sorted(self._done, key=lambda pair: pair[0].places)]
        names = [name for group in GROUPS for name in group]
        tables = {name: join_parts(name, [part[name] for part, _ in inorder if name in part]) for name in names}
        self._keep((tables, [row for _, failed in inorder for row in failed]))
        self._done = []


def analyze(
    articles: Article | str | Corpus | Iterable[Article | str],
    *,
    aliases: Aliases = None,
    workers: int = 1,
    store: str | os.PathLike[str] | None = None,
    scheduler: str | None = None,
    progress: bool | None = None,
    article_seconds: float = 120,
    article_megabytes: float = 1_500,
) -> Analysis:
    """Open the window over everything newslab finds in an article, in several, or in a corpus.

    Nothing is computed until a table is asked for. ``aliases`` adds names to the table of places and peoples, as a
    mapping (``{"Tehran": "Iran"}``) or a file; see :func:`newslab.find_actors`.

    For many articles: ``workers`` shares the work out over so many processes (-1: one for each core), ``scheduler``
    over the Dask cluster at an address. ``store`` names a folder in which the tables are kept: all of them are computed
    at once, of the articles that are not in it yet, and the answer is :func:`open_store`; run again after a stop, it
    goes on. ``progress`` shows a bar, or does not; without it, a terminal and a notebook have one. With workers or a
    store, an article that takes more than ``article_seconds`` or ``article_megabytes`` is cut off, and is a row of
    ``failures`` like one that fails.
    Raises ``NewslabError`` where the folder is no store of this newslab, or there is no such cluster, ``TypeError``
    where a table is given: :meth:`newslab.Corpus.from_table` makes articles of one.
    """
    if isinstance(articles, pd.DataFrame | Mapping):
        raise TypeError("analyze takes articles, and this is a table: make a corpus of it with Corpus.from_table(...)")
    workers = count_workers(workers)
    if isinstance(articles, Corpus):
        corpus = articles
    else:
        several = [articles] if isinstance(articles, Article | str) else articles
        corpus = Corpus(tuple(as_article(article) for article in several))
    shared = workers > 1 or scheduler is not None
    limits = Limits(article_seconds, article_megabytes, ends=workers > 1 and scheduler is None)
    running: dict[str, Any] = {"workers": workers, "scheduler": scheduler, "progress": progress, "limits": limits}
    if store is not None:
        from newslab.analysis.filling import fill_store

        fill_store(corpus, store, aliases=aliases, **running)
        return open_store(store)
    return Analysis(corpus, aliases=aliases, **(running if shared else {}))


def open_store(path: str | os.PathLike[str]) -> Analysis:
    """Open the tables that ``analyze(..., store=path)`` has kept, without reading them.

    The tables are those of :class:`Analysis`, as they are now; each is read from the folder when it is asked for, and
    ``sql`` answers questions about more than fits into memory. ``path`` may be an address that fsspec knows. Raises
    ``NewslabError`` where there is no store, one of another version, or a damaged one.
    """
    from newslab.analysis.stored import StoredAnalysis

    return StoredAnalysis(path)

"""The window over a store: the same tables, read from it when they are asked for."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from threading import RLock

import pandas as pd

from newslab.analysis import Analysis
from newslab.analysis.checked import Checks
from newslab.analysis.finishing import Links, finish_tables, links_within
from newslab.article import Article
from newslab.errors import NewslabError
from newslab.store import Store, StoreConnection
from newslab.tables import RECORDS, FailureRow, records

# Tables of so many rows are kept once they are read; larger ones are read again.
MOST_KEPT = 500_000
# More rows than that no spreadsheet shows, and no person checks.
MOST_CHECKED = 2_000


class StoredAnalysis(Analysis):
    """The tables of a store, as it was when it was opened; give the same path to :func:`open_store` to see more."""

    def __init__(self, path: str | os.PathLike[str], *, links: Links = ()) -> None:
        self.path = os.fspath(path)
        self.aliases = None
        self._running = {}
        self._done = []
        self._tables = {}
        self._checks = Checks()
        self._links = links
        self._lock = RLock()
        self._linked = False
        self._opened: StoreConnection = Store.open(self.path).connect()
        self.article_list: Sequence[Article] = self._opened.articles()

    @property
    def failure_rows(self) -> Sequence[FailureRow]:  # type: ignore[override]
        """The rows of ``failures``."""
        return tuple(FailureRow(**row) for row in records(self.failures))

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a question in SQL, from the store's files; what does not fit into memory is not held there."""
        with self._lock:
            if "person_id" in query.lower() and not self._linked and len(self.article_list):
                # Who is the same person is known of all articles together, and so stands in no part.
                self._opened.replace("actors", self.actors)
                self._linked = True
        return self._opened.sql(query)

    def to_worksheet(self, path: str | os.PathLike[str]) -> Path:
        """Write a worksheet of all articles, where a spreadsheet has room for them; see :meth:`Analysis.to_worksheet`.

        ``NewslabError`` where the articles are more than 2,000: choose some with :meth:`only`.
        """
        return self._in_memory("a worksheet").to_worksheet(path)

    def with_corrections(self, path: str | os.PathLike[str]) -> Analysis:
        """A new analysis, in memory, in which the tables follow a worksheet; the store stays as it is.

        ``NewslabError`` where the articles are more than 2,000: choose some with :meth:`only`.
        """
        return self._in_memory("a worksheet").with_corrections(path)

    def only(self, article_ids: Iterable[str]) -> Analysis:
        """The window over some of the articles, by their ids, with their tables in memory."""
        wanted = list(dict.fromkeys(article_ids))
        part = Analysis(self._opened.articles().of(wanted))
        part.failure_rows = self.failure_rows
        part._tables = {
            name: self._opened.table(name, wanted) for name in RECORDS if name not in ("actors", "failures")
        }
        actors = self.actors
        part._tables["actors"] = actors[actors["article_id"].isin(wanted)].reset_index(drop=True)
        part._links = links_within(self._links, part._tables)
        return part

    def __repr__(self) -> str:
        return f"Analysis({len(self.article_list):,} article(s) in the store {self.path})"

    def __getstate__(self) -> dict[str, object]:
        # Whoever opens it again, as a report does, may stand in another folder.
        path = self.path if "://" in self.path else str(Path(self.path).absolute())
        return {"path": path, "links": self._links}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__init__(state["path"], links=state["links"])  # type: ignore[misc]

    def _compute(self, name: str) -> None:
        tables = {name: self._opened.table(name)}
        if name == "actors":
            # Of all mentions, what tells who stands with whom; the whole table would not fit beside the actors.
            tables["mentions"] = self._opened.sql("select article_id, sentence_id, actor, how from mentions")
        self._tables[name] = finish_tables(tables, len(self.article_list), self._links)[name]

    def _relink(self, before: Analysis) -> None:
        """Link anew now, so that a line that cannot be followed is told at once."""
        self._tables = {}
        self._table("actors")

    def _table(self, name: str) -> pd.DataFrame:
        with self._lock:
            table = super()._table(name)
            if len(table) > MOST_KEPT:
                del self._tables[name]
            return table

    def _in_memory(self, what: str) -> Analysis:
        if len(self.article_list) > MOST_CHECKED:
            many = f"{len(self.article_list):,} articles are too many for {what}"
            raise NewslabError(f"{many}. Choose some first: analysis.only([...]), by their article_id.")
        return self.only(article.article_id for article in self.article_list)

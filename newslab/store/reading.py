"""A store that is open: its tables and articles, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

import duckdb
import pandas as pd

from newslab.article import Article
from newslab.store.layout import as_frame
from newslab.store.queries import answer, ask, replace_table

FETCHED = 200
ARTICLE_COLUMNS = ("article_id", "title", "date", "date_source", "authors", "source", "outlet", "url", "language")


class StoreConnection:
    """The tables of a store as they were when it was opened."""

    def __init__(self, name: str, connection: duckdb.DuckDBPyConnection) -> None:
        self.name = name
        self.connection = connection

    def table(self, name: str, article_ids: Sequence[str] | None = None) -> pd.DataFrame:
        """A whole table, or its rows for some articles."""
        if article_ids is None:
            return as_frame(ask(self.connection, f"select * from {name}"))
        return as_frame(
            ask(self.connection, f"select * from {name} where article_id in (select unnest(?))", [article_ids])
        )

    def count(self, name: str) -> int:
        """How many rows a table has."""
        return int(ask(self.connection, f"select count(*) as n from {name}").column("n")[0].as_py())

    def sql(self, query: str) -> pd.DataFrame:
        """The answer to a question."""
        return answer(self.connection, query)

    def replace(self, name: str, table: pd.DataFrame) -> None:
        """Let questions see other rows of a table than the files have."""
        replace_table(self.connection, name, table)

    def articles(self) -> StoredArticles:
        """The articles, read when they are asked for."""
        return StoredArticles(self)


class StoredArticles(Sequence[Article]):
    """The articles of a store, each read from it when it is asked for."""

    def __init__(self, source: StoreConnection) -> None:
        self._source = source
        self._length: int | None = None

    def __len__(self) -> int:
        if self._length is None:
            self._length = self._source.count("articles")
        return self._length

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Article, ...]: ...
    def __getitem__(self, index: int | slice) -> Article | tuple[Article, ...]:
        if isinstance(index, slice):
            places = range(*index.indices(len(self)))
            if not places:
                return ()
            low, high = min(places[0], places[-1]), max(places[0], places[-1])
            read = list(self._read(low, high + 1 - low))
            return tuple(read[place - low] for place in places)
        place = range(len(self))[index]
        return next(self._read(place, 1))

    def __iter__(self) -> Iterator[Article]:
        for start in range(0, len(self), FETCHED):
            yield from self._read(start, FETCHED)

    def of(self, article_ids: Sequence[str]) -> tuple[Article, ...]:
        """The articles with these ids, in the store's order."""
        return tuple(self._rows("where a.article_id in (select unnest(?))", [article_ids]))

    def _read(self, start: int, number: int) -> Iterator[Article]:
        yield from self._rows("limit ? offset ?", [number, start])

    def _rows(self, which: str, values: Sequence[Any]) -> Iterator[Article]:
        limited = f"(select * from articles a {which})"
        query = f"select a.*, t.text from {limited} a join texts t on t.article_id = a.article_id"
        order = f"select article_id from {limited}"
        rows = {row["article_id"]: row for row in ask(self._source.connection, query, values).to_pylist()}
        for name in ask(self._source.connection, order, values).column("article_id").to_pylist():
            row = rows[name]
            known = {column: row[column] for column in ARTICLE_COLUMNS}
            yield Article(row["text"].decode("utf-8", "surrogatepass"), warnings=row["warnings"], **known)

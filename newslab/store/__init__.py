"""Results that stay: each table as Parquet parts in a folder, an article once, and SQL over all of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, overload

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from newslab.article import Article
from newslab.errors import NewslabError
from newslab.store.layout import KEY, RECORDS, TEXTS, as_frame, as_parquet, schema_of
from newslab.store.places import Place, find_place
from newslab.store.queries import answer, ask, connect, query_tables, replace_table
from newslab.tables import FailureRow, make_table
from newslab.tables.making import SURROGATE

__all__ = [
    "RECORDS",
    "Seen",
    "Store",
    "StoreConnection",
    "StoredArticles",
    "failure_key",
    "is_store",
    "query_tables",
    "short",
]

MANIFEST = "newslab-store.json"
FORMAT = 1
# A part counts once this table of it is there, which is written last.
LAST = "articles"
FETCHED = 200
ARTICLE_COLUMNS = ("article_id", "title", "date", "date_source", "authors", "source", "outlet", "url", "language")


@dataclass(slots=True)
class Seen:
    """What a store holds already, as short hashes: articles, their sources, and failures."""

    keys: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    failures: set[int] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)


class Store:
    """A folder with the tables of many articles, in parts that are complete or absent.

    ``made_by`` says with what the tables were made (newslab, the language model, the aliases): articles are known
    again by a hash of their text and of this.
    """

    def __init__(self, place: Place, made_by: Mapping[str, Any]) -> None:
        self.place = place
        self.made_by = dict(made_by)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """The store at a path; ``NewslabError`` where there is none, or one that this newslab does not know."""
        place = find_place(path)
        data = place.read(MANIFEST)
        if data is None:
            advice = "Make one with newslab.analyze(corpus, store=...) or: newslab corpus SOURCE -o FOLDER"
            raise NewslabError(f"{place.name}: there is no store of newslab here. {advice}")
        try:
            manifest = json.loads(data)
            version, made_by = manifest["format"], dict(manifest["made_by"])
        except (ValueError, KeyError, TypeError) as error:
            raise NewslabError(f"{place.name}: its file {MANIFEST} is damaged. Make the store anew.") from error
        if version != FORMAT:
            made = f"newslab {made_by.get('newslab')} wrote it, in format {version}, and this one reads {FORMAT}"
            raise NewslabError(f"{place.name}: the store is of another version: {made}. Make it anew in a new folder.")
        return cls(place, made_by)

    @classmethod
    def make(cls, path: str | os.PathLike[str], made_by: Mapping[str, Any]) -> Store:
        """The store at a path, made where there is none.

        ``NewslabError`` where the folder holds other things, or a store that was made with another newslab, model or
        other aliases: its rows would not be comparable.
        """
        place = find_place(path)
        if place.read(MANIFEST) is None:
            if place.list(""):
                raise NewslabError(f"{place.name}: the folder holds other files. Give a new or an empty one.")
            manifest = {"format": FORMAT, "made_by": dict(made_by)}
            try:
                place.write(MANIFEST, json.dumps(manifest, indent=1).encode())
            except OSError as error:
                raise NewslabError(f"{place.name} cannot be written: {error.strerror}. Choose another.") from error
        store = cls.open(path)
        if differing := [name for name, value in made_by.items() if store.made_by.get(name) != value]:
            name = differing[0]
            both = f"{name} {store.made_by.get(name)!r}, now it is {made_by[name]!r}"
            raise NewslabError(f"{place.name}: the store was made with {both}. Give another folder for the new tables.")
        return store

    def key(self, article: Article) -> str:
        """By what an article is known again: its text, and what the tables were made with."""
        made = json.dumps(self.made_by, sort_keys=True)
        return _hash(article.text, made)

    def parts(self) -> list[str]:
        """The names of the complete parts, in the order of the articles' source."""
        return [name.removesuffix(".parquet") for name in self.place.list(LAST)]

    def write(
        self,
        part: str,
        articles: Sequence[Article],
        tables: Mapping[str, pd.DataFrame],
        failures: Sequence[tuple[str, FailureRow]],
    ) -> None:
        """Write a part: the tables of some articles, and failures with their keys. It counts when all is written."""
        ids = [_in_table(article.article_id) for article in articles]
        keys = dict(zip(ids, map(self.key, articles), strict=True))
        listed = tables[LAST]["article_id"].tolist()
        rows = make_table(FailureRow, [row for _, row in failures])
        keyed = {
            LAST: tables[LAST].assign(key=pd.array([keys[name] for name in listed], dtype="string")),
            "failures": rows.assign(key=pd.array([key for key, _ in failures], dtype="string")),
        }
        texts = [article.text.encode("utf-8", "surrogatepass") for article in articles]
        data = {TEXTS: pa.table([ids, texts], schema=schema_of(TEXTS)), **tables, **keyed}
        for name in (TEXTS, *(name for name in RECORDS if name != LAST), LAST):
            self.place.write(f"{name}/{part}.parquet", as_parquet(data[name], name))

    def look(self, seen: Seen) -> Seen:
        """Add to ``seen`` what the parts hold that have come since it was looked at last."""
        for part in self.parts():
            if part not in seen.parts:
                seen.parts.add(part)
                self._look_at(part, seen)
        return seen

    def _look_at(self, part: str, seen: Seen) -> None:
        for key, source in self._columns(LAST, part, KEY, "source"):
            seen.keys.add(short(key))
            seen.sources.add(short(_hash(key, source or "")))
        for key, stage, source in self._columns("failures", part, KEY, "stage", "source"):
            if stage == "analyze":
                seen.keys.add(short(key))
                seen.sources.add(short(_hash(key, source or "")))
            else:
                seen.failures.add(short(key))

    def source_key(self, article: Article) -> int:
        """By what an article from a source is known again."""
        return short(_hash(self.key(article), article.source or ""))

    def connect(self) -> StoreConnection:
        """The store as it is now, for questions; ``NewslabError`` where a part of it is missing."""
        parts = self.parts()
        for name in (TEXTS, *RECORDS):
            missing = {f"{part}.parquet" for part in parts}.difference(self.place.list(name))
            if missing:
                file = f"{name}/{min(missing)}"
                raise NewslabError(f"{self.place.name}: the store lacks the file {file}. Make the store anew.")
        return StoreConnection(self.place.name, connect(self.place, parts))

    def _columns(self, table: str, part: str, *names: str) -> Iterator[tuple[Any, ...]]:
        name = f"{table}/{part}.parquet"
        try:
            columns = pq.read_table(pa.BufferReader(self.place.read(name) or b""), columns=list(names))
        except (pa.ArrowException, OSError) as error:
            raise NewslabError(f"{self.place.name}: the file {name} is damaged. Delete it and run again.") from error
        return zip(*(columns.column(each).to_pylist() for each in names), strict=True)


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


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether there is a store at a path, of whatever version."""
    name = os.fspath(path)
    return name != "-" and not name.startswith(("http://", "https://")) and find_place(name).read(MANIFEST) is not None


def failure_key(row: FailureRow) -> str:
    """By what a failure is known again: its stage and source, and the article, whatever the reason's words."""
    return _hash(row.stage, row.source or "", row.article_id or "")


def short(key: str) -> int:
    """The beginning of a key as a number, of which many millions fit into memory."""
    return int(key[:15], 16)


def _in_table(article_id: str) -> str:
    """An id as the tables have it, which hold no lone surrogates."""
    return SURROGATE.sub("\ufffd", article_id)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

"""Results that stay: each table as Parquet parts in a folder, an article once, and SQL over all of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from newslab.article import Article, id_number
from newslab.errors import NewslabError
from newslab.loading.options import MANIFEST
from newslab.store.layout import KEY, TEXTS, as_parquet, clean_text, texts_table
from newslab.store.places import Place, find_place
from newslab.store.queries import connect, query_tables
from newslab.store.reading import StoreConnection, StoredArticles
from newslab.store.renewing import COMPARED, RENEWED, describe, fingerprint, write_renewed
from newslab.tables import RECORDS, FailureRow, make_table
from newslab.text import same_text

__all__ = [
    "Seen",
    "Store",
    "StoreConnection",
    "StoredArticles",
    "failure_key",
    "is_store",
    "query_tables",
    "short",
]

FORMAT = 1
# A part counts once this table of it is there, which is written last.
LAST = "articles"
SUFFIX = ".parquet"


@dataclass(slots=True)
class Seen:
    """What a store holds already, as short hashes: articles, their ids and sources, what is known, and failures."""

    keys: set[int] = field(default_factory=set)
    ids: set[int] = field(default_factory=set)
    sources: set[int] = field(default_factory=set)
    about: dict[int, int] = field(default_factory=dict)
    failures: set[int] = field(default_factory=set)
    parts: set[str] = field(default_factory=set)


class Store:
    """A folder with the tables of many articles, in parts that are complete or absent.

    ``made_by`` says with what the tables were made (newslab, the language model, the aliases): articles are known
    again by a hash of their text and of this. ``exact``: other white space makes another text, as it did in the first
    stores.
    """

    def __init__(self, place: Place, made_by: Mapping[str, Any], *, exact: bool = False) -> None:
        self.place = place
        self.made_by = dict(made_by)
        self.exact = exact

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
        return cls(place, made_by, exact=not manifest.get("white_space_is_one"))

    @classmethod
    def make(cls, path: str | os.PathLike[str], made_by: Mapping[str, Any]) -> Store:
        """The store at a path, made where there is none.

        ``NewslabError`` where the folder holds other things, or a store that was made with another newslab, model or
        other aliases: its rows would not be comparable.
        """
        place = find_place(path)
        if place.read(MANIFEST) is None:
            # Another writer may be making the same store: its files then come with a manifest.
            if place.list("") and place.read(MANIFEST) is None:
                raise NewslabError(f"{place.name}: the folder holds other files. Give a new or an empty one.")
            manifest = {"format": FORMAT, "made_by": dict(made_by), "white_space_is_one": True}
            place.write(MANIFEST, json.dumps(manifest, indent=1).encode())
        store = cls.open(path)
        if differing := [name for name, value in made_by.items() if store.made_by.get(name) != value]:
            name = differing[0]
            both = f"{name} {store.made_by.get(name)!r}, now it is {made_by[name]!r}"
            raise NewslabError(f"{place.name}: the store was made with {both}. Give another folder for the new tables.")
        return store

    def key(self, article: Article) -> str:
        """By what an article is known again: its text, and what the tables were made with."""
        made = json.dumps(self.made_by, sort_keys=True)
        return _hash(article.text if self.exact else same_text(article.text), made)

    def parts(self) -> list[str]:
        """The names of the complete parts, in the order of the articles' source."""
        return self._files(LAST)

    def write(
        self,
        part: str,
        articles: Sequence[Article],
        tables: Mapping[str, pd.DataFrame],
        failures: Sequence[tuple[str, FailureRow]],
    ) -> None:
        """Write a part: the tables of some articles, and failures with their keys. It counts when all is written."""
        ids = [clean_text(article.article_id) for article in articles]
        keys = dict(zip(ids, map(self.key, articles), strict=True))
        listed = tables[LAST]["article_id"].tolist()
        rows = make_table(FailureRow, [row for _, row in failures])
        keyed = {
            LAST: tables[LAST].assign(key=pd.array([keys[name] for name in listed], dtype="string")),
            "failures": rows.assign(key=pd.array([key for key, _ in failures], dtype="string")),
        }
        data = {TEXTS: texts_table(articles), **tables, **keyed}
        for name in (TEXTS, *(name for name in RECORDS if name != LAST), LAST):
            self.place.write(f"{name}/{part}.parquet", as_parquet(data[name], name))

    def look(self, seen: Seen) -> Seen:
        """Add to ``seen`` what the parts hold that have come since it was looked at last."""
        for part in self.parts():
            if part not in seen.parts:
                seen.parts.add(part)
                self._look_at(part, seen)
        for part in self._renewed():
            if f"{RENEWED}/{part}" not in seen.parts:
                seen.parts.add(f"{RENEWED}/{part}")
                self._look_at_articles(RENEWED, part, seen)
        return seen

    def renew(self, articles: Sequence[Article]) -> None:
        """Let what is known of these articles, which the store holds, be shown from now on; their texts stay."""
        write_renewed(self.place, [{KEY: self.key(article), **describe(article)} for article in articles])

    def count_renewed(self) -> int:
        """How often something else has come to be known of an article."""
        return sum(len(list(self._columns(RENEWED, part, KEY))) for part in self._renewed())

    def _renewed(self) -> list[str]:
        return self._files(RENEWED)

    def _files(self, folder: str) -> list[str]:
        """The names of a folder's Parquet files; systems leave files of their own in any folder."""
        names = self.place.list(folder)
        return [name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]

    def _look_at_articles(self, table: str, part: str, seen: Seen) -> None:
        for key, source, *about in self._columns(table, part, KEY, "source", *COMPARED):
            seen.keys.add(short(key))
            name = short(_hash(key, source or ""))
            seen.sources.add(name)
            seen.about[name] = fingerprint(dict(zip(COMPARED, about, strict=True)))

    def _look_at(self, part: str, seen: Seen) -> None:
        self._look_at_articles(LAST, part, seen)
        seen.ids.update(id_number(name) for (name,) in self._columns(LAST, part, "article_id"))
        for key, stage, source in self._columns("failures", part, KEY, "stage", "source"):
            if stage == "analyze":
                seen.keys.add(short(key))
                seen.sources.add(short(_hash(key, source or "")))
            else:
                seen.failures.add(short(key))

    def source_key(self, article: Article) -> int:
        """By what an article from a source is known again, the source in the letters that a table can hold."""
        return short(_hash(self.key(article), clean_text(article.source or "")))

    def connect(self) -> StoreConnection:
        """The store as it is now, for questions; ``NewslabError`` where a part of it is missing."""
        parts = self.parts()
        for name in (TEXTS, *RECORDS):
            missing = {f"{part}.parquet" for part in parts}.difference(self.place.list(name))
            if missing:
                part = min(missing)
                lacks = f"{self.place.name}: the store lacks the file {name}/{part}"
                raise NewslabError(f"{lacks}. {_mend(f'{LAST}/{part}')}")
        return StoreConnection(self.place.name, connect(self.place, parts, self._renewed()))

    def _columns(self, table: str, part: str, *names: str) -> Iterator[tuple[Any, ...]]:
        name = f"{table}/{part}.parquet"
        try:
            columns = pq.read_table(pa.BufferReader(self.place.read(name) or b""), columns=list(names))
        except (pa.ArrowException, OSError) as error:
            advice = _mend(f"{RENEWED if table == RENEWED else LAST}/{part}{SUFFIX}")
            raise NewslabError(f"{self.place.name}: the file {name} is damaged. {advice}") from error
        return zip(*(columns.column(each).to_pylist() for each in names), strict=True)


def is_store(path: str | os.PathLike[str]) -> bool:
    """Whether there is a store at a path, of whatever version."""
    name = os.fspath(path)
    return name != "-" and not name.startswith(("http://", "https://")) and find_place(name).read(MANIFEST) is not None


def failure_key(row: FailureRow) -> str:
    """By what a failure is known again: its stage and source, and the article, whatever the reason's words."""
    return _hash(row.stage, row.source or "", row.article_id or "")


def _mend(file: str) -> str:
    return f"Delete {file} and run newslab corpus again: what it was about is then done once more."


def short(key: str) -> int:
    """The beginning of a key as a number, of which many millions fit into memory."""
    return int(key[:15], 16)


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]

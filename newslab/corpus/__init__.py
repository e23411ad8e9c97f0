"""Many articles as one value: read from a folder, an archive, a table or a list of sources, sliced and filtered."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from itertools import islice
from typing import Any, Literal, Unpack, overload

import pandas as pd

from newslab.article import Article
from newslab.corpus.streams import Items, Stream, StreamFailures, duplicate_row, failure_row, with_own_id
from newslab.errors import LoadError
from newslab.loading import LoadOptions, Source, load_each, load_rows
from newslab.loading.duplicates import find_duplicates
from newslab.tables import ArticleRow, FailureRow, make_table
from newslab.text import paragraphs, sentences, words

__all__ = ["Corpus", "describe_article", "duplicate_row", "with_own_id"]

Errors = Literal["raise", "collect"]
Duplicates = Literal["drop", "keep"]
Condition = Callable[[Article], bool] | Iterable[bool]
COLUMNS = tuple(field.name for field in fields(ArticleRow))
SHOWN = 20


@dataclass(frozen=True, repr=False)
class Corpus(Sequence[Article]):
    """Many articles, in order, that nothing changes: a slice or a filter gives a new corpus.

    ``table`` describes the articles, one row each; ``failures`` says what could not be read, and which articles were
    left out because their text was there already. Give it to ``analyze`` as it is. One made by :meth:`load` is held in
    memory, one made by :meth:`open` is read from its source again whenever it is gone through.
    """

    articles: Sequence[Article] = ()
    failure_rows: Sequence[FailureRow] = ()

    @classmethod
    def load(
        cls,
        source: Source | Iterable[Source],
        *,
        errors: Errors = "raise",
        duplicates: Duplicates = "drop",
        **options: Unpack[LoadOptions],
    ) -> Corpus:
        """Read every article from a folder, an archive, a table, or a list of such sources.

        ``errors="raise"`` stops with a ``LoadError`` at the first part that cannot be read; ``errors="collect"`` goes
        on, and ``failures`` has a row for each. A text that was read before, however its lines and paragraphs are
        broken, is left out, and said in ``failures``; ``duplicates="keep"`` keeps it. A text nearly the same as an
        earlier one stays, with a warning in ``table.warnings``. The other options are those of :func:`newslab.load`.
        """
        items = (item for each in _sources(source) for item in load_each(each, **options))
        return cls._collect(items, errors, duplicates)

    @classmethod
    def open(
        cls,
        source: Source | Iterable[Source],
        *,
        errors: Errors = "raise",
        duplicates: Duplicates = "drop",
        **options: Unpack[LoadOptions],
    ) -> Corpus:
        """Articles that need not fit into memory: nothing is read yet, and everything anew at each pass.

        The rest is as in :meth:`load`, but for texts that are nearly the same, which are not looked for. Tables on
        disk (CSV, TSV, JSON Lines, each also packed as ``.gz``, and Parquet) are read row by row, however large:
        ``max_bytes`` is the cap on one row, ``max_rows`` holds where it is given, and ``max_unpacked`` is 50 times the
        file's size, or 100,000,000 if that is more. Files of other kinds are read whole. Its length, an article by its
        number, ``table`` and ``failures`` take a pass each; filters and slices take none. Standard input can be read
        only once: ``LoadError``.
        """
        _check(errors, duplicates)
        names = tuple(os.fspath(each) for each in _sources(source))
        if "-" in names:
            raise LoadError("standard input", "it can be read only once", "Load it with Corpus.load, or save it first")
        stream = Stream(names, tuple(options.items()), errors == "raise", duplicates == "keep")
        return cls(stream, StreamFailures(stream))

    @classmethod
    def from_table(
        cls,
        table: pd.DataFrame | Iterable[str],
        *,
        errors: Errors = "raise",
        duplicates: Duplicates = "drop",
        **options: Unpack[LoadOptions],
    ) -> Corpus:
        """Make a corpus from a DataFrame with one article a row, or from a list of texts.

        The columns for text, title, date, authors, outlet and address are known by their usual names, or given:
        ``columns={"text": "story"}``. The rest is as in :meth:`load`.
        """
        return cls._collect(load_rows(table, **options), errors, duplicates)

    @classmethod
    def _collect(cls, items: Iterable[Article | LoadError], errors: Errors, duplicates: Duplicates) -> Corpus:
        _check(errors, duplicates)
        articles, failures = [], []
        for item in items:
            if isinstance(item, Article):
                articles.append(item)
            elif errors == "raise":
                advice = f'{item.next_step}; or go on without it with errors="collect"'
                raise LoadError(item.source, item.reason, advice) from item
            else:
                failures.append(failure_row(item))
        kept, repeated = _sort_out(articles, duplicates)
        return cls(tuple(kept), (*failures, *repeated))

    @cached_property
    def _table(self) -> pd.DataFrame:
        return make_table(ArticleRow, map(describe_article, self.articles))

    @property
    def table(self) -> pd.DataFrame:
        """One row an article: title, date, outlet, language, counts and warnings."""
        return self._table.copy(deep=False)

    @property
    def failures(self) -> pd.DataFrame:
        """One row for each source that could not be read, and for each text that was left out as a duplicate."""
        return make_table(FailureRow, self.failure_rows)

    def each(self) -> Items:
        """Articles and failures in one pass: an ``Article``, or a ``FailureRow`` for what is none."""
        if isinstance(self.articles, Stream):
            yield from self.articles.items()
        else:
            yield from self.articles
            yield from self.failure_rows

    def where(self, condition: Condition | None = None, /, **values: Any) -> Corpus:
        """The articles that fit, as a new corpus.

        ``values`` name columns of ``table``: ``where(outlet="The Coastal Post")``, or one of several:
        ``where(language=["en", "fr"])``; an unknown value fits nothing. ``condition`` is a function of an article, or
        one true or false for each: ``where(corpus.table.words > 300)``.
        """
        if unknown := [name for name in values if name not in COLUMNS]:
            raise ValueError(f"there is no column {unknown[0]!r}; the columns are {', '.join(COLUMNS)}")
        if isinstance(self.articles, Stream):
            return self._stream_where(self.articles, condition, values)
        fits = [True] * len(self)
        if callable(condition):
            fits = [bool(condition(article)) for article in self.articles]
        elif condition is not None:
            fits = _flags(condition, len(self))
        for name, wanted in values.items():
            fits = [fit and _fits(value, wanted) for fit, value in zip(fits, self._table[name], strict=True)]
        kept = (article for article, fit in zip(self.articles, fits, strict=True) if fit)
        return replace(self, articles=tuple(kept))

    def _stream_where(self, stream: Stream, condition: Condition | None, values: dict[str, Any]) -> Corpus:
        if callable(condition):
            stream = stream.then(condition)
        elif condition is not None:
            stream = stream.then(tuple(_flags(condition, len(self))))
        if values:
            stream = stream.then(partial(_has, values=values))
        return replace(self, articles=stream, failure_rows=StreamFailures(stream))

    @overload
    def __getitem__(self, index: int) -> Article: ...
    @overload
    def __getitem__(self, index: slice) -> Corpus: ...
    def __getitem__(self, index: int | slice) -> Article | Corpus:
        found = self.articles[index]
        if isinstance(found, Article):
            return found
        rows = StreamFailures(found) if isinstance(found, Stream) else self.failure_rows
        return replace(self, articles=found, failure_rows=rows)

    def __len__(self) -> int:
        return len(self.articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self.articles)

    def __repr__(self) -> str:
        if isinstance(self.articles, Stream):
            return f"Corpus({', '.join(self.articles.sources)}; read anew at each pass)"
        failed = f", {len(self.failure_rows)} in failures" if self.failure_rows else ""
        return f"Corpus({len(self):,} article{'s' * (len(self) != 1)}{failed})"

    def _repr_html_(self) -> str:
        first = make_table(ArticleRow, map(describe_article, islice(self, SHOWN)))
        return str(first.to_html(escape=True))


def describe_article(article: Article) -> ArticleRow:
    """What is known of an article and how long it is, as a row of the ``articles`` table."""
    return ArticleRow(
        article_id=article.article_id,
        title=article.title,
        date=article.date,
        date_source=article.date_source,
        authors=list(article.authors),
        source=article.source,
        outlet=article.outlet,
        url=article.url,
        language=article.language,
        paragraphs=len(paragraphs(article.text)),
        sentences=len(sentences(article.text)),
        words=len(words(article.text)),
        warnings=list(article.warnings),
    )


def _sources(source: Source | Iterable[Source]) -> Iterable[Source]:
    return [source] if isinstance(source, str | os.PathLike) else source


def _check(errors: Errors, duplicates: Duplicates) -> None:
    if errors not in ("raise", "collect") or duplicates not in ("drop", "keep"):
        raise ValueError(f'errors={errors!r} is "raise" or "collect", duplicates={duplicates!r} "drop" or "keep"')


def _flags(condition: Iterable[bool], number: int) -> list[bool]:
    fits = [bool(value) if not pd.isna(value) else False for value in condition]
    if len(fits) != number:
        raise ValueError(f"the condition has {len(fits)} values for {number} articles")
    return fits


def _has(article: Article, *, values: dict[str, Any]) -> bool:
    """Whether an article's columns have these values; what must be counted is counted only where it is asked for."""
    known = article if all(hasattr(article, name) for name in values) else describe_article(article)
    held = ((getattr(known, name), wanted) for name, wanted in values.items())
    return all(_fits(list(value) if isinstance(value, tuple) else value, wanted) for value, wanted in held)


def _fits(value: Any, wanted: Any) -> bool:
    choices = list(wanted) if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted]
    held = value if isinstance(value, list) else [] if pd.isna(value) else [value]
    return any(each in choices for each in held)


def _sort_out(articles: list[Article], duplicates: Duplicates) -> tuple[list[Article], list[FailureRow]]:
    """The articles to keep, each with an id of its own, and the rows for those left out."""
    alike = {found.later: found for found in find_duplicates(articles)}
    kept, left_out = [], []
    ids: Counter[str] = Counter()
    for index, article in enumerate(articles):
        found = alike.get(index)
        first = articles[found.earlier].source if found else None
        if found and found.same and duplicates == "drop":
            reason = f"left out: the same text as {first}. Keep it with duplicates='keep'."
            left_out.append(FailureRow(article.article_id, article.source, "duplicate", reason))
            continue
        notes = [f"nearly the same text as {first} ({found.share:.0%} of its word sequences)"] if found else []
        ids[article.article_id] += 1
        if ids[article.article_id] > 1:
            notes.append(f"another article has the id {article.article_id}")
            article = replace(article, article_id=f"{article.article_id}-{ids[article.article_id]}")
        kept.append(replace(article, warnings=(*article.warnings, *notes)) if notes else article)
    return kept, left_out

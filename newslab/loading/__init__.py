"""From whatever a journalist has to Articles: files, folders, archives, tables, web pages."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Unpack

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.making import detect_language
from newslab.loading.options import LoadOptions, make_options
from newslab.loading.readers import READERS
from newslab.loading.records import read_frame
from newslab.loading.sources import Source, read_source

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "READERS",
    "LoadOptions",
    "Source",
    "describe_sources",
    "detect_language",
    "load",
    "load_each",
    "load_rows",
    "stream_each",
]


def load(source: Source, **options: Unpack[LoadOptions]) -> Article:
    """Read one article from a file, a saved page, a web address, or ``-`` for standard input.

    The text is cleaned (encoding, mojibake, line ends, characters that nobody sees, outer blanks), and every offset in
    every table refers to the cleaned text. A headline, a byline, a date, and header lines (``Author: ...``) that
    plainly stand before the text go to ``title``, ``date``, ``authors`` and are no longer in the text. ``warnings``
    says what a reader should know: a guessed date, another language, repaired characters. Where nothing else has a
    date, the file's name may: ``2005-01-13-harbour.txt``.

    Options: ``kind="txt"`` reads a file as if its name ended so; ``columns={"text": "story", "date": "when"}`` names a
    table's columns, ``"paper|Publication"`` one that is called differently in another table. Caps, each named by the
    error that meets it: ``max_characters`` (300,000) and ``max_words`` (75,000, marks too) of an article,
    ``max_elements`` (50,000) and ``max_nesting`` (200) of a page, ``max_bytes`` of a file (20,000,000),
    ``max_unpacked`` bytes (100,000,000) and ``max_members`` (1,000) of an archive, ``max_rows`` (100,000) of a table
    and ``max_cells`` (250,000) of a workbook's sheet, ``max_download`` bytes (10,000,000) and ``max_seconds`` (20) for
    a web page.

    Raises ``LoadError`` with the source, the reason and the next step where the source cannot be read, and where it
    holds several articles: read those with ``Corpus.load``.
    """
    first = list(islice(load_each(source, **options), 2))
    if len(first) > 1:
        raise LoadError(os.fspath(source), "it holds several articles", "Load them all with newslab.Corpus.load")
    if not first:
        raise LoadError(os.fspath(source), "it holds no article", "Check that the right source was given")
    if isinstance(first[0], LoadError):
        raise first[0]
    return first[0]


def load_each(source: Source, **options: Unpack[LoadOptions]) -> Iterator[Article | LoadError]:
    """Every article that a source holds, one after the other, and a ``LoadError`` for each part that failed."""
    _check_source(source)
    return read_source(source, make_options(**options))


def stream_each(source: Source, **options: Unpack[LoadOptions]) -> Iterator[Article | LoadError]:
    """The same as :func:`load_each`, with tables on disk read row by row, so that they may be larger than the memory.

    Of those, ``max_bytes`` is the cap on one row; ``max_rows`` is none and ``max_unpacked`` grows with the file, where
    they are not given.
    """
    _check_source(source)
    return read_source(source, make_options(**options), options)


def _check_source(source: Source) -> None:
    if not isinstance(source, str | os.PathLike):
        raise TypeError(
            f"a source is the name of a file, a folder or a page, and this is a {type(source).__name__}; "
            "newslab.Corpus.from_table reads a DataFrame or a list of texts, newslab.Corpus.load a list of sources"
        )


def load_rows(table: pd.DataFrame | Iterable[str], **options: Unpack[LoadOptions]) -> Iterator[Article | LoadError]:
    """Every article in a DataFrame, one a row, or in a list of texts, and a ``LoadError`` for each row that failed."""
    return read_frame(table, make_options(**options))


def describe_sources() -> list[tuple[str, str]]:
    """What ``load`` reads, as endings and words; the README's table is made from it."""
    kinds: dict[str, list[str]] = {}
    for suffix, reader in READERS.items():
        kinds.setdefault(reader.what, []).append(suffix)
    files = [(" ".join(suffixes), what) for what, suffixes in kinds.items()]
    return [
        *files,
        ("a folder", "every file of these kinds in it and in the folders in it"),
        ("https://...", "a web page, or a file of these kinds on the web"),
        ("-", "standard input"),
    ]

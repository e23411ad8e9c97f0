"""What a caller may say about how a source is read: its kind, its columns, and the caps, which their errors name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TypedDict, Unpack

from newslab.errors import LoadError

# The file that tells a folder of tables, which is none of articles.
MANIFEST = "newslab-store.json"


class LoadOptions(TypedDict, total=False):
    """The keyword options of ``load`` and ``Corpus.load``, all of them optional."""

    kind: str
    columns: Mapping[str, str]
    max_characters: int
    max_words: int
    max_elements: int
    max_nesting: int
    max_bytes: int
    max_unpacked: int
    max_members: int
    max_rows: int
    max_cells: int
    max_download: int
    max_seconds: float


@dataclass(frozen=True, slots=True)
class Options:
    """The options in force, with their defaults."""

    kind: str | None = None
    columns: Mapping[str, str] | None = None
    max_characters: int = 300_000
    max_words: int = 75_000
    max_elements: int = 50_000
    max_nesting: int = 200
    max_bytes: int = 20_000_000
    max_unpacked: int = 100_000_000
    max_members: int = 1_000
    max_rows: int = 100_000
    max_cells: int = 250_000
    max_download: int = 10_000_000
    max_seconds: float = 20


CAPPED = {
    "max_characters": "characters in an article",
    "max_words": "words and marks in an article",
    "max_elements": "elements or attributes in a page",
    "max_nesting": "levels of nesting",
    "max_bytes": "bytes",
    "max_unpacked": "bytes unpacked",
    "max_members": "members or pages",
    "max_rows": "rows",
    "max_cells": "cells in a workbook's sheet",
    "max_download": "bytes to download",
    "max_seconds": "seconds",
}


def make_options(**given: Unpack[LoadOptions]) -> Options:
    """The options with the defaults filled in; an unknown option is a TypeError that lists those there are."""
    known = [field.name for field in fields(Options)]
    if unknown := sorted(set(given) - set(known)):
        raise TypeError(f"there is no option {', '.join(unknown)}; the options are {', '.join(known)}")
    return Options(**given)


def check_cap(options: Options, name: str, size: float, source: str) -> None:
    """Nothing where ``size`` is within the cap ``name``, else a ``LoadError`` that names the cap."""
    cap = getattr(options, name)
    if size > cap:
        raise LoadError(source, f"more than {cap:,} {CAPPED[name]}", f"If you trust it, load it with a higher {name}")

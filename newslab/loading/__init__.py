"""From whatever a journalist has to an Article."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Unpack

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.documents import EMPTY, read_text
from newslab.loading.options import LoadOptions, Options, check_cap, make_options
from newslab.loading.pages import read_page

__all__ = ["READERS", "load"]

Reader = Callable[[bytes, str, Options], Article]
READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".md": read_text,
    ".html": read_page,
    ".htm": read_page,
}


def load(source: str | os.PathLike[str], **options: Unpack[LoadOptions]) -> Article:
    """One article from a file: plain text, markdown, a saved web page, or ``-`` for standard input.

    The text is cleaned (line ends, characters that nobody sees, outer blanks); every offset in every table refers to
    the cleaned text. A headline that plainly stands before the text (a markdown heading, or one short first line with
    a blank line after it) becomes ``title`` and is no longer in the text, and so does a leading ``date 2020-01-05``.

    Options, each a cap that its error names: ``max_characters`` (300,000), ``max_elements`` (50,000) and
    ``max_nesting`` (200) in a page, ``max_bytes`` (20,000,000).
    Raises ``LoadError`` with the source, the reason and the next step where the source cannot be read.
    """
    chosen, name = make_options(**options), os.fspath(source)
    if name == "-":
        return _read_stream(chosen)
    path = Path(name)
    reader = _find_reader(path, name)
    return reader(_read_bytes(path, name, chosen), name, chosen)


def _find_reader(path: Path, name: str) -> Reader:
    try:
        if path.is_dir():
            raise LoadError(name, "it is a folder", "Give one of the files in it")
        if not path.exists():
            raise LoadError(name, "there is no such file", "Check the name and the folder you are in")
    except (OSError, ValueError) as error:
        advice = "Give a file; for a text use newslab.Article(text)"
        raise LoadError(name[:100], "this is no file name", advice) from error
    if reader := READERS.get(path.suffix.lower()):
        return reader
    kinds = " ".join(READERS)
    raise LoadError(name, f"files ending in {path.suffix or 'nothing'!r} cannot be read", f"newslab reads {kinds}")


def _read_bytes(path: Path, name: str, options: Options) -> bytes:
    try:
        check_cap(options, "max_bytes", path.stat().st_size, name)
        data = path.read_bytes()
    except OSError as error:
        raise LoadError(name, error.strerror or "it cannot be read", "Check that you may open it") from error
    if not data.strip():
        raise LoadError(name, *EMPTY)
    return data


def _read_stream(options: Options) -> Article:
    data = sys.stdin.buffer.read(options.max_bytes + 1)
    check_cap(options, "max_bytes", len(data), "standard input")
    if not data.strip():
        raise LoadError("standard input", *EMPTY)
    start = data[:1000].lstrip().lower()
    reader: Reader = read_page if start.startswith((b"<!doctype html", b"<html")) else read_text
    return reader(data, "-", options)

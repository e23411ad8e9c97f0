"""From what the user names to bytes: a file, a folder, a web address, standard input."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.archives import is_leftover
from newslab.loading.large import find_large, lift_caps
from newslab.loading.making import EMPTY
from newslab.loading.options import MANIFEST, Options, check_cap
from newslab.loading.raw import Large, Raw, unreadable
from newslab.loading.readers import find_reader, read_raw
from newslab.loading.web import fetch

Source = str | os.PathLike[str]
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
LONGEST_NAME = 100
# What standard input begins with, as it has no name that tells its kind.
BEGINNINGS = (
    (re.compile(rb"%PDF-"), ".pdf"),
    (re.compile(rb"\x1f\x8b"), ".gz"),
    (re.compile(rb"PAR1"), ".parquet"),
    (re.compile(rb"PK\x03\x04"), ".zip"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|\?xml)", re.IGNORECASE), ".html"),
)


def read_source(
    source: Source, options: Options, given: Collection[str] | None = None
) -> Iterator[Article | LoadError]:
    """Every article that a source holds, in order, and a ``LoadError`` for each part that could not be read.

    Where ``given`` names the options that the user has chosen, files that can be are read row by row, however large.
    """
    name = os.fspath(source)
    try:
        for raw in _open(name, options, large=given is not None):
            if isinstance(raw, Large):
                yield from read_raw(raw, lift_caps(options, raw, given or ()))
            elif isinstance(raw, Raw):
                yield from read_raw(raw, options)
            else:
                yield raw
    except LoadError as error:
        yield error


def _open(name: str, options: Options, *, large: bool) -> Iterator[Raw | LoadError]:
    kind = f".{options.kind.lower().lstrip('.')}" if options.kind else ""
    if name == "-":
        yield _read_stream(kind, options)
    elif ADDRESS.match(name):
        yield fetch(name, options)
    elif _is_folder(name):
        yield from _read_folder(name, kind, options, large=large)
    else:
        yield _read_file(Path(name), name, kind, options, large=large)


def _is_folder(name: str) -> bool:
    path = Path(name)
    try:
        if path.is_dir():
            return True
        if path.exists():
            return False
    except (OSError, ValueError) as error:
        raise _no_file(name) from error
    raise _no_file(name)


def _no_file(name: str) -> LoadError:
    if len(name) > LONGEST_NAME or "\n" in name:
        return LoadError(f"{name[:LONGEST_NAME]}...", "this is no file's name", "Make text an article: Article(text)")
    return LoadError(name, "there is no such file", "Check the name, and the folder you are in")


def _read_folder(name: str, kind: str, options: Options, *, large: bool) -> Iterator[Raw | LoadError]:
    """Every file in a folder and in the folders in it, by name.

    Hidden files, systems' leftovers and the tables that newslab keeps in a folder of their own are passed over.
    """
    folder = Path(name)
    paths = [path for path in sorted(folder.rglob("*")) if not is_leftover(str(path.relative_to(folder)))]
    tables = {path.parent for path in paths if path.name == MANIFEST and path.parent != folder}
    files = [path for path in paths if tables.isdisjoint(path.parents) and not path.is_dir()]
    if not files:
        raise LoadError(name, "the folder holds no files", "Check that the right folder was given")
    for path in files:
        try:
            yield _read_file(path, str(path), kind, options, large=large)
        except LoadError as error:
            yield error


def _read_file(path: Path, name: str, kind: str, options: Options, *, large: bool) -> Raw:
    suffix = kind or path.suffix.lower()
    find_reader(suffix, name)
    if not path.is_file():
        raise LoadError(name, "it is no ordinary file", "Give a file, a folder, an address or - for standard input")
    try:
        if large and (found := find_large(path, name, suffix)):
            return found
        with path.open("rb") as file:
            data = file.read(options.max_bytes + 1)
    except OSError as error:
        raise LoadError(name, *unreadable(error)) from error
    return Raw(data, name, suffix)


def _read_stream(kind: str, options: Options) -> Raw:
    data = sys.stdin.buffer.read(options.max_bytes + 1)
    check_cap(options, "max_bytes", len(data), "standard input")
    if not data.strip():
        raise LoadError("standard input", *EMPTY)
    return Raw(data, "-", kind or next((suffix for start, suffix in BEGINNINGS if start.match(data)), ".txt"))

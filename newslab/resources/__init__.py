"""Plain files that newslab works from: word lists a teacher may edit, model weights, and data in nltk's own layout."""

from __future__ import annotations

import csv
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import nltk

FOLDER = Path(__file__).parent


def resource_path(name: str) -> Path:
    """Where the resource file ``name`` lies on this machine."""
    return FOLDER / name


@cache
def read_words(name: str) -> tuple[str, ...]:
    """The entries of a word list, one a line, in order; blank lines and what follows a ``#`` are left out."""
    lines = resource_path(name).read_text(encoding="utf-8").splitlines()
    entries = (line.split("#", 1)[0].strip() for line in lines)
    return tuple(entry for entry in entries if entry)


@cache
def read_rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a tab-separated file whose first line that is not a comment names the columns."""
    lines = resource_path(name).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line.strip() and not line.startswith("#")]
    return tuple(csv.DictReader(kept, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def share_path(name: str) -> Path:
    """The folder ``name`` (``notebooks`` or ``data``) that comes with newslab: in the wheel, or beside a checkout."""
    packed = FOLDER.parent / "share" / name
    return packed if packed.is_dir() else FOLDER.parent.parent / name


@cache
def add_nltk_data() -> None:
    """Put newslab's copy of nltk's data, and VADER's lexicon, on nltk's search path, so that nothing is downloaded."""
    folders = [FOLDER / "nltk_data"]
    vader = find_spec("vaderSentiment")
    if vader is not None and vader.submodule_search_locations:
        folders.append(Path(vader.submodule_search_locations[0]))
    for folder in folders:
        if str(folder) not in nltk.data.path:
            nltk.data.path.append(str(folder))

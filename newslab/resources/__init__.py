"""Plain files that newslab works from: word lists a teacher may edit, model weights, and data in nltk's own layout."""

from __future__ import annotations

import atexit
import csv
import os
import shutil
import stat
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

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
    """The folder ``notebooks``, ``data`` or ``docs`` that comes with newslab: in the wheel, or beside a checkout."""
    packed = FOLDER.parent / "share" / name
    return packed if packed.is_dir() else FOLDER.parent.parent / name


@cache
def add_nltk_data() -> None:
    """Put newslab's copy of nltk's data, and VADER's lexicon, on nltk's search path, so that nothing is downloaded."""
    import nltk  # slow to import, and only scores need it

    wanted = {FOLDER / "nltk_data": "corpora/cmudict.zip"}
    vader = find_spec("vaderSentiment")
    if vader is not None and vader.submodule_search_locations:
        wanted[Path(vader.submodule_search_locations[0])] = "vader_lexicon.txt"
    for folder, file in wanted.items():
        path = str(folder if _is_private(folder, file) else _private_copy(folder, file))
        if path not in nltk.data.path:
            nltk.data.path.append(path)


def _is_private(folder: Path, file: str) -> bool:
    """Whether nltk accepts the file: it refuses what others may write to, as a umask of 002 lets them."""
    if os.name != "posix":
        return True
    facts = [path.stat() for path in (folder, (folder / file).parent, folder / file)]
    others = stat.S_IWGRP | stat.S_IWOTH
    return all(fact.st_uid in (os.geteuid(), 0) and not fact.st_mode & others for fact in facts)


def _private_copy(folder: Path, file: str) -> Path:
    """A folder of this process alone with a copy of the file; it goes when the process ends."""
    copy = Path(tempfile.mkdtemp(prefix="newslab-"))
    atexit.register(shutil.rmtree, copy, ignore_errors=True)
    target = copy / file
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copyfile(folder / file, target)
    target.chmod(0o600)
    return copy

"""A source's bytes with what is known of them, and what a reader may give."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.options import Options


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one source: what to call it, the ending that tells its kind, and what came with it."""

    data: bytes
    source: str
    suffix: str
    charset: str | None = None
    url: str | None = None
    packed: int = 0


# A reader gives articles, errors for the parts it could not read, and further sources that it found inside.
Item = Article | LoadError | Raw
Read = Callable[[Raw, Options], Iterator[Item]]


@dataclass(frozen=True, slots=True)
class Reader:
    """How files of one ending are read, and what they are in words."""

    what: str
    read: Read


@cache
def quiet(name: str) -> None:
    """Keep a library's log off the screen where the user has set up no log; what matters is in the error."""
    logging.getLogger(name).addHandler(logging.NullHandler())

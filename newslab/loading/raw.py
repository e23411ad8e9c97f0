"""A source's bytes with what is known of them, and what a reader may give."""

from __future__ import annotations

import gzip
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

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

    def open(self) -> BinaryIO:
        """The bytes from the first on, to be read piece by piece."""
        return BytesIO(self.data)


@dataclass(frozen=True, slots=True)
class Large(Raw):
    """A file that may be larger than the memory: it has no ``data``, and is read from its place at each opening."""

    path: Path = field(kw_only=True)
    size: int = field(kw_only=True)

    def open(self) -> BinaryIO:
        """The bytes from the first on, unpacked where the file is packed with gzip."""
        return cast(BinaryIO, gzip.open(self.path)) if self.packed else self.path.open("rb")


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


def unreadable(error: OSError) -> tuple[str, str]:
    """What the system says of a file that it does not give, and what to do."""
    return f"it cannot be opened ({error.strerror})", "Check that you may read it"

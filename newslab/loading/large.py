"""Tables that are read row by row from where they lie, and so may be larger than the memory."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path, PurePosixPath

from newslab.errors import LoadError
from newslab.loading.archives import DAMAGED
from newslab.loading.making import EMPTY
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Large

ROW_BY_ROW = (".csv", ".tsv", ".jsonl", ".ndjson")
PIECE = 1 << 20
# Text is packed to a third or a twentieth of its size; what unpacks to more than this was made to fill a machine.
MOST_PACKED = 50


def find_large(path: Path, source: str, suffix: str) -> Large | None:
    """The file as one that is read row by row, where files of its kind are; one packed with gzip, too."""
    packed = suffix == ".gz"
    inner = PurePosixPath(source.rsplit("/", 1)[-1][: -len(".gz")]).suffix.lower() if packed else suffix
    if inner in ROW_BY_ROW or suffix == ".parquet":
        return Large(b"", source, inner, packed=int(packed), path=path, size=path.stat().st_size)
    return None


def lift_caps(options: Options, raw: Large, given: Collection[str]) -> Options:
    """The options without the caps by which a file fits into the memory, but for those that the user has given."""
    rows = options.max_rows if "max_rows" in given else sys.maxsize
    unpacked = options.max_unpacked if "max_unpacked" in given else max(options.max_unpacked, MOST_PACKED * raw.size)
    return replace(options, max_rows=rows, max_unpacked=unpacked)


def check_large(raw: Large, options: Options) -> None:
    """Nothing where the file holds something and, if it is packed, can be unpacked within the cap."""
    size, filled = 0, False
    try:
        with raw.open() as file:
            while (raw.packed or not filled) and (piece := file.read(PIECE)):
                filled = filled or bool(piece.strip())
                size += len(piece) * raw.packed
                check_cap(options, "max_unpacked", size, raw.source)
    except (EOFError, zlib.error) as error:
        raise LoadError(raw.source, *DAMAGED) from error
    except OSError as error:
        if error.errno is None:  # gzip's own, which says that it is damaged
            raise LoadError(raw.source, *DAMAGED) from error
        raise
    if not filled:
        raise LoadError(raw.source, *EMPTY)

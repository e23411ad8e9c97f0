"""Parquet tables, read a few rows at a time, so that they may be larger than the memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from newslab.errors import LoadError
from newslab.loading.columns import choose_columns
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw
from newslab.loading.records import read_records

# Few at a time: a value of many megabytes may be stored once and stand in every row.
ROWS = 4
# So much of a column's bytes is read at a time.
PIECE = 1 << 20


def read_parquet(raw: Raw, options: Options) -> Iterator[Item]:
    """The articles of a Parquet table; only the columns that are needed are unpacked.

    They are unpacked twice, so that a table that is damaged or over the caps is refused before an article is given.
    """
    header = _find_columns(raw, options)
    needed = list(dict.fromkeys(choose_columns(header, raw.source, options.columns).values()))
    size = 0
    for row in _rows(raw, needed):
        # A value that is stored once may stand in every row, so sizes count as they come out.
        size += sum(len(value) for value in row.values() if isinstance(value, str))
        check_cap(options, "max_unpacked", size, raw.source)
    records = ((f"row {number}", row) for number, row in enumerate(_rows(raw, needed), 1))
    yield from read_records(header, records, raw.source, options)


def _find_columns(raw: Raw, options: Options) -> list[str]:
    with _open(raw) as table:
        header, groups = list(table.schema_arrow.names), range(table.metadata.num_row_groups)
        check_cap(options, "max_rows", table.metadata.num_rows, raw.source)
        unpacked = sum(table.metadata.row_group(group).total_byte_size for group in groups)
        check_cap(options, "max_unpacked", unpacked, raw.source)
    return header


def _rows(raw: Raw, columns: list[str]) -> Iterator[Mapping[str, Any]]:
    with _open(raw) as table:
        for batch in table.iter_batches(batch_size=ROWS, columns=columns, use_threads=False):
            yield from batch.to_pylist()


@contextmanager
def _open(raw: Raw) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with raw.open() as file:
            yield pq.ParquetFile(file, buffer_size=PIECE, pre_buffer=False)
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise LoadError(raw.source, "it is not a Parquet table, or damaged", "Write it again") from error

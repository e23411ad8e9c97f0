"""Tables that are read row by row, so that they may be larger than the memory: CSV, TSV and JSON Lines."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any

from newslab.errors import LoadError
from newslab.loading.columns import MOST_COLUMNS, choose_columns
from newslab.loading.decoding import Encoding, find_encoding, open_text
from newslab.loading.making import EMPTY
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw
from newslab.loading.records import Record, as_record, parse_json, read_records

DELIMITERS = (",", ";", "\t", "|")
# A file of JSON Lines that begins with so many broken lines is none.
MOST_BROKEN = 1_000


def read_csv(raw: Raw, options: Options) -> Iterator[Item]:
    """The articles of a comma-separated table; semicolons, tabs and bars are recognised in its first line."""
    yield from _read_delimited(raw, options, None)


def read_tsv(raw: Raw, options: Options) -> Iterator[Item]:
    """The articles of a tab-separated table."""
    yield from _read_delimited(raw, options, "\t")


def _read_delimited(raw: Raw, options: Options, delimiter: str | None) -> Iterator[Item]:
    encoding = find_encoding(raw.open, raw.source, raw.charset)
    # The module's own cap on a field is lower than newslab's on an article, and is one for the whole program.
    csv.field_size_limit(max(csv.field_size_limit(), options.max_bytes))
    chosen = delimiter or _find_delimiter(raw, encoding, options)
    header = next(_rows(raw, encoding, chosen, options), [])
    named = [name for name in header if name.strip()]
    needed = {name: header.index(name) for name in choose_columns(named, raw.source, options.columns).values()}
    if options.max_rows < sys.maxsize:
        for number, _ in enumerate(_rows(raw, encoding, chosen, options)):
            check_cap(options, "max_rows", number, raw.source)
    records = _records(raw, _rows(raw, encoding, chosen, options), needed, len(header))
    yield from read_records(header, records, raw.source, options, encoding.notes)


def _find_delimiter(raw: Raw, encoding: Encoding, options: Options) -> str:
    with open_text(raw.open, encoding, "\n") as file:
        return max(DELIMITERS, key=file.readline(options.max_bytes).count)


def _records(raw: Raw, rows: Iterator[list[str]], needed: dict[str, int], columns: int) -> Iterator[Record | LoadError]:
    """The rows after the header, each with the columns that hold a part of the article."""
    for number, row in enumerate(rows, 1):
        if len(row) > columns and number > 1:
            reason = f"it has {len(row)} cells where the header has {columns}"
            yield LoadError(f"{raw.source}, row {number}", reason, "Put quotation marks around the text in it")
        elif row and number > 1:
            yield f"row {number}", {name: row[at] for name, at in needed.items() if at < len(row)}


def _rows(raw: Raw, encoding: Encoding, delimiter: str, options: Options) -> Iterator[list[str]]:
    with open_text(raw.open, encoding, "") as file:
        lines = _RowLines(file, raw.source, options)
        for row in csv.reader(lines, delimiter=delimiter):
            lines.begin_row()
            yield row


class _RowLines(Iterator[str]):
    """The lines of a table as the csv module wants them; one row has no more of them than the memory has room for."""

    def __init__(self, file: TextIOWrapper, source: str, options: Options) -> None:
        self._file, self._source, self._most = file, source, options.max_bytes
        self._row, self._size = 1, 0

    def begin_row(self) -> None:
        """Count anew: what was read until now has become a row."""
        self._row, self._size = self._row + 1, 0

    def __next__(self) -> str:
        line = self._file.readline(self._most + 1)
        self._size += len(line)
        if self._size > self._most:
            reason = f"more than {self._most:,} bytes in one row, and it is not read further"
            advice = "Look for a quotation mark that is never closed, or load it with a higher max_bytes"
            raise LoadError(f"{self._source}, row {self._row}", reason, advice)
        if not line:
            raise StopIteration
        return line


def read_jsonl(raw: Raw, options: Options) -> Iterator[Item]:
    """The articles of a JSON Lines file, one object or text a line."""
    encoding = find_encoding(raw.open, raw.source)
    columns = _find_columns(raw, encoding, options)
    entries = _entries(raw, encoding, options)
    records = (entry if isinstance(entry, LoadError) else as_record(*entry, raw.source) for entry in entries)
    if columns is None:
        yield from (record for record in records if isinstance(record, LoadError))
    else:
        yield from read_records(columns, records, raw.source, options, encoding.notes)


def _find_columns(raw: Raw, encoding: Encoding, options: Options) -> list[str] | None:
    """The names in all objects, in the order in which they first come; ``None`` where there is no object or text."""
    columns: dict[str, None] = {}
    filled = articles = False
    for entry in _entries(raw, encoding, options):
        filled = True
        record = entry if isinstance(entry, LoadError) else as_record(*entry, raw.source)
        if not isinstance(record, LoadError):
            articles = True
            # So many are refused, however many more there are.
            if len(columns) <= MOST_COLUMNS:
                columns.update(dict.fromkeys(record[1]))
    if not filled:
        raise LoadError(raw.source, *EMPTY)
    return list(columns) if articles else None


def _entries(raw: Raw, encoding: Encoding, options: Options) -> Iterator[tuple[str, Any] | LoadError]:
    """What each line holds that is not blank, with its name."""
    found = broken = 0
    for number, line in enumerate(_lines(raw, encoding, options), 1):
        check_cap(options, "max_rows", number, raw.source)
        name = f"line {number}"
        try:
            check_cap(options, "max_bytes", len(line), f"{raw.source}, {name}")
            entry = parse_json(line.removesuffix("\n"), f"{raw.source}, {name}") if line.strip() else None
        except LoadError as error:
            broken += 1
            if not found and broken == MOST_BROKEN:
                raise
            yield error
            continue
        if line.strip():
            found += 1
            yield name, entry


def _lines(raw: Raw, encoding: Encoding, options: Options) -> Iterator[str]:
    """Each line; of one that is longer than the cap no more than is needed to tell."""
    with open_text(raw.open, encoding, "\n") as file:
        while line := file.readline(options.max_bytes + 1):
            yield line
            while len(line) > options.max_bytes and not line.endswith("\n"):
                line = file.readline(options.max_bytes + 1)

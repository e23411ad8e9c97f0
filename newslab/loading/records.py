"""Tables of articles, one a row: Excel, JSON, and DataFrames, and what is common to all tables."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.archives import check_zip
from newslab.loading.cleaning import one_line, read_date
from newslab.loading.columns import choose_columns, describe_unused, refuse_own
from newslab.loading.decoding import decode
from newslab.loading.making import EMPTY, make_article
from newslab.loading.openings import split_names
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw

if TYPE_CHECKING:
    import pandas as pd

# A row with what to call it: its number as a spreadsheet shows it, or the line of the file.
Record = tuple[str, Mapping[str, Any]]
MOST_AUTHORS = 100
# Excel's own limit; a file may claim any number.
LAST_ROW = 1_048_576
# A cell with a value is two elements, each opened and closed.
MARKS_OF_A_CELL = 4
SAVE_AGAIN = "Open it and save it again"


def read_xlsx(raw: Raw, options: Options) -> Iterator[Item]:
    """The articles of an Excel workbook: every sheet that is not empty is a table with its header in the first row."""
    archive = check_zip(raw, options)
    from openpyxl import load_workbook

    try:
        check_cells(archive, raw.source, options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(raw.data), read_only=True, data_only=True)
            sheets = {sheet.title: read_sheet(sheet, raw.source, options) for sheet in book.worksheets}
    except LoadError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parsers do; for a reader of the message it is one case.
        reason = "it is not an Excel workbook, or damaged"
        raise LoadError(raw.source, reason, f"{SAVE_AGAIN} as .xlsx") from error
    filled = {name: rows for name, rows in sheets.items() if rows}
    if not filled:
        raise LoadError(raw.source, *EMPTY)
    headers = {name: ["" if cell is None else str(cell) for cell in rows[0][1]] for name, rows in filled.items()}
    if not options.columns:
        for header in headers.values():
            refuse_own(header, raw.source)
    for name, rows in filled.items():
        header = headers[name]
        records: list[Record] = [(f"row {number}", dict(zip(header, row, strict=False))) for number, row in rows[1:]]
        source = raw.source if len(filled) == 1 else f"{raw.source}, sheet {name}"
        yield from _guarded(header, records, source, options)


def check_cells(book: ZipFile, source: str, options: Options) -> None:
    """Nothing where the sheets are within the cap; empty rows and cells take as long to read as full ones."""
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
    marks = max((book.read(name).count(b"<") for name in sheets), default=0)
    check_cap(options, "max_cells", marks // MARKS_OF_A_CELL, source)


def read_sheet(sheet: Any, source: str, options: Options) -> list[tuple[int, tuple[Any, ...]]]:
    """The rows that hold something, with their numbers."""
    # What the file says of the sheet's size may be a million rows of nothing.
    sheet.reset_dimensions()
    rows: list[tuple[int, tuple[Any, ...]]] = []
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > LAST_ROW:
            raise LoadError(source, f"it has a row after row {LAST_ROW:,}, the last there can be", SAVE_AGAIN)
        if any(cell is not None for cell in row):
            rows.append((number, row))
            cells += len(row)
            check_cap(options, "max_rows", len(rows) - 1, source)
            check_cap(options, "max_cells", cells, source)
    return rows


def _guarded(header: list[str], records: list[Record], source: str, options: Options) -> Iterator[Item]:
    """The rows of one sheet of several; where its columns are not clear, that sheet alone fails."""
    try:
        yield from read_records(header, records, source, options)
    except LoadError as error:
        yield error


def read_json(raw: Raw, options: Options) -> Iterator[Item]:
    """The articles of a JSON file: one object, a list of objects or of texts, or an object that holds such a list."""
    text, notes = decode(raw.data, raw.source)
    value = parse_json(text, raw.source)
    if isinstance(value, dict) and not any(isinstance(entry, str) for entry in value.values()):
        lists = [entry for entry in value.values() if isinstance(entry, list) and entry]
        value = lists[0] if len(lists) == 1 else value
    entries = value if isinstance(value, list) else [value]
    check_cap(options, "max_rows", len(entries), raw.source)
    records = [as_record(f"item {number}", entry, raw.source) for number, entry in enumerate(entries, 1)]
    whole = [record for record in records if not isinstance(record, LoadError)]
    columns = list(dict.fromkeys(str(key) for _, record in whole for key in record))
    if whole:
        yield from read_records(columns, records, raw.source, options, notes)
    else:
        yield from (record for record in records if isinstance(record, LoadError))


def parse_json(text: str, source: str) -> Any:
    """What a JSON text holds; ``LoadError`` where it is broken."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise LoadError(source, "its JSON is nested too deeply", "Check that it is a list of articles") from error
    except ValueError as error:
        raise LoadError(source, f"its JSON is broken ({error})", "Check it with the tool that wrote it") from error


def as_record(name: str, entry: Any, source: str) -> Record | LoadError:
    """An object or a text of a JSON file as a record, and any other value as an error."""
    if isinstance(entry, dict | str):
        return name, {"text": entry} if isinstance(entry, str) else entry
    return LoadError(f"{source}, {name}", "it is no object with a text", "Give objects or texts")


def read_frame(table: pd.DataFrame | Iterable[str], options: Options) -> Iterator[Article | LoadError]:
    """The articles of a DataFrame, one a row, or of a list of texts."""
    import pandas as pd

    frame = table if isinstance(table, pd.DataFrame) else pd.DataFrame({"text": list(table)})
    frame = frame.rename(columns=str)
    rows: list[dict[str, Any]] = [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]
    records = [(f"row {number}", row) for number, row in enumerate(rows, 1)]
    for item in read_records(list(frame.columns), records, "table", options):
        if not isinstance(item, Raw):
            yield item


def read_records(
    header: Sequence[str],
    records: Iterable[Record | LoadError],
    source: str,
    options: Options,
    notes: Sequence[str] = (),
) -> Iterator[Item]:
    """One article a record, or the ``LoadError`` that says why not; raises where no column plainly holds the text.

    The first article has the note on the columns that are not used.
    """
    named = [name for name in header if name.strip()]
    chosen = choose_columns(named, source, options.columns)
    once = describe_unused(named, chosen, options.columns)
    for found in records:
        try:
            if isinstance(found, LoadError):
                raise found
            name, record = found
            values = {field: record.get(column) for field, column in chosen.items()}
            yield _make(values, f"{source}, {name}", options, [*notes, *once])
            once = []
        except LoadError as error:
            yield error


def _make(values: dict[str, Any], source: str, options: Options, notes: Sequence[str]) -> Article:
    text = values["text"]
    if not isinstance(text, str) or not text.strip():
        raise LoadError(source, *EMPTY)
    found = {field: _plain(value) for field, value in values.items() if field not in ("text", "date", "authors")}
    stated = None if _missing(values.get("date")) else values.get("date")
    date = None if stated is None else read_date(stated)
    doubts = [f"the date {str(stated)[:40]!r} is not plain; write it as 2020-01-31"] if stated and not date else []
    return make_article(
        text,
        source,
        options,
        date=date,
        date_source="meta" if date else None,
        authors=_read_authors(values.get("authors")),
        warnings=[*notes, *doubts],
        **found,
    )


def _read_authors(value: Any) -> list[str]:
    entries = value[:MOST_AUTHORS] if isinstance(value, (list, tuple)) else [value]
    named = [entry.get("name") if isinstance(entry, dict) else entry for entry in entries]
    return [name for entry in named if isinstance(entry, str) for name in split_names(one_line(entry) or "")]


def _plain(value: Any) -> str | None:
    """A cell as one line of text; a number without its point (an id that a table made a float)."""
    if isinstance(value, dict):
        value = value.get("name") or value.get("title")
    if _missing(value) or isinstance(value, (list, tuple, dict)):
        return None
    return one_line(str(int(value)) if isinstance(value, float) and value.is_integer() else str(value))


def _missing(value: Any) -> bool:
    """Whether a cell holds nothing: none of the ways to write that equals itself, or is text."""
    return value is None or value == "" or str(value) in ("nan", "NaT", "<NA>")

"""What a person wrote in a worksheet: its rows as text, with the number that the spreadsheet shows for each."""

from __future__ import annotations

import csv
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from newslab.errors import LoadError
from newslab.loading.archives import check_zip
from newslab.loading.decoding import decode
from newslab.loading.options import Options, check_cap, make_options
from newslab.loading.raw import Raw
from newslab.loading.records import check_cells, read_sheet
from newslab.worksheet.filling import cell_text
from newslab.worksheet.layout import BY_NAME, NOTE, Sheet

DELIMITERS = (",", ";", "\t", "|")
AGAIN = "Make a worksheet with newslab worksheet SOURCE -o check.xlsx, and fill that in"
TABLE = "table"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a worksheet: its sheet, its number as the spreadsheet shows it, and its cells by heading."""

    sheet: str
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")

    @property
    def added(self) -> bool:
        """Whether a person has written the row: it has none of the numbers that newslab gives."""
        keys = [name for name in BY_NAME[self.sheet].names("key") if name != "article_id"]
        return bool(keys) and not any(self[name] for name in keys)

    @property
    def answered(self) -> bool:
        """Whether a person has filled in something of it; a note alone changes nothing, but is work too."""
        return self.added or any(self[name] for name in BY_NAME[self.sheet].names("answer"))


def read_worksheet(path: str | os.PathLike[str]) -> list[Line]:
    """The rows of a worksheet, filled in or not, from ``.xlsx`` or ``.csv``; rows with nothing in them are left out.

    Headings are known by their names, in any order; sheets and columns that newslab does not know are passed over.
    Raises ``LoadError`` where the file cannot be read, is no worksheet, or lacks a column that says which row it is.
    """
    target = Path(path)
    options = make_options()
    try:
        data = target.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(path, f"the worksheet cannot be read: {reason}", "Check its name and folder") from error
    check_cap(options, "max_bytes", len(data), str(path))
    raw = Raw(data, str(path), target.suffix.lower())
    if raw.suffix == ".csv":
        return list(_read_csv(raw))
    if raw.suffix == ".xlsx":
        return list(_read_xlsx(raw, options))
    found = f"a worksheet is an .xlsx or .csv file, and this ends in {raw.suffix or 'nothing'}"
    raise LoadError(path, found, "In the spreadsheet program, save it as .xlsx")


def _read_csv(raw: Raw) -> Iterator[Line]:
    text, _ = decode(raw.data, raw.source)
    csv.field_size_limit(max(csv.field_size_limit(), len(raw.data) + 1))
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    header = _header(next(rows, []))
    if TABLE not in header:
        raise LoadError(raw.source, f"it has no column {TABLE!r}, so it is no worksheet", AGAIN)
    kept: dict[str, list[tuple[int, list[str]]]] = {name: [] for name in BY_NAME}
    for number, row in enumerate(rows, 2):
        cells = dict(zip(header, row, strict=False))
        name = cell_text(cells.get(TABLE)).lower()
        # Whoever adds a row fills in the quote, and may not know of this column.
        name = name or "quotes" if any(cell.strip() for cell in row) else name
        if name in kept:
            kept[name].append((number, row))
    for name, listed in kept.items():
        yield from _lines(BY_NAME[name], header, listed, raw.source)


def _read_xlsx(raw: Raw, options: Options) -> Iterator[Line]:
    archive = check_zip(raw, options)
    from openpyxl import load_workbook

    try:
        check_cells(archive, raw.source, options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(raw.data), read_only=True, data_only=True)
            sheets = {page.title.strip().lower(): read_sheet(page, raw.source, options) for page in book.worksheets}
    except LoadError:
        raise
    except Exception as error:
        # openpyxl raises whatever its parsers do; for a reader of the message it is one case.
        reason = "it is not an Excel workbook, or damaged"
        raise LoadError(raw.source, reason, "Open it and save it again as .xlsx") from error
    known = {name: rows for name, rows in sheets.items() if name in BY_NAME and rows}
    if not known:
        wanted, found = ", ".join(BY_NAME), ", ".join(sheets)
        raise LoadError(raw.source, f"it has none of the sheets {wanted}, but {found}", AGAIN)
    for name in (name for name in BY_NAME if name in known):
        (_, head), *rows = known[name]
        yield from _lines(BY_NAME[name], _header(head), rows, f"{raw.source}, sheet {name}")


def _lines(sheet: Sheet, header: list[str], rows: Iterable[tuple[int, Iterable[Any]]], source: str) -> Iterator[Line]:
    wanted = [column.name for column in sheet.columns]
    missing = [name for name in (*sheet.names("key"), *sheet.names("found")) if name not in header]
    if missing:
        raise LoadError(source, f"it has no column {missing[0]!r}, but {', '.join(filter(None, header))}", AGAIN)
    for number, row in rows:
        cells = {name: _plain(cell) for name, cell in zip(header, row, strict=False) if name in wanted}
        if any(text for name, text in cells.items() if name != NOTE):
            yield Line(sheet.name, number, cells)


def _header(row: Iterable[Any]) -> list[str]:
    names = {column.name.lower(): column.name for sheet in BY_NAME.values() for column in sheet.columns}
    texts = [cell_text(cell) for cell in row]
    return [names.get(text.lower(), text.lower()) for text in texts]


def _plain(cell: Any) -> str:
    """A cell as text; a whole number without its point, a tick box as yes or no."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell_text(cell)

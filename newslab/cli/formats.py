"""A table as the bytes of a file: for a terminal, a spreadsheet, a program or another table."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any
from unicodedata import category, combining, east_asian_width

import pandas as pd

from newslab.article import Article
from newslab.errors import NewslabError
from newslab.tables import arrow_schema, escape_formulas

GAP = "  "
NARROWEST_TEXT = 30
LONGEST_WORD = 16  # a column is not made narrower than its words, but for words longer than this
PIPED_WIDTH = 100
LONGEST_TITLE = 60
# What Excel has room for, below the headings; and how wide a column of sentences is there.
MOST_ROWS = 1_048_575
WIDE = 80
# They would turn the reading direction of a whole line, and with it what a reader believes stands there.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def as_text(table: pd.DataFrame, columns: Sequence[str]) -> bytes:
    """The table for reading: the columns named, long cells on several lines, no wider than the terminal.

    Without ``columns`` each row becomes a list of names and values, which suits a table of few rows and many columns.
    What would steer the terminal (control characters, turned reading direction) is shown as a replacement character.
    """
    if table.empty:
        return b"Nothing found.\n"
    width = shutil.get_terminal_size((PIPED_WIDTH, 24)).columns
    shown = table[list(columns)] if columns else table
    rows = [[_show(value) for value in row] for row in _rows(shown)]
    if not columns:
        pairs = [[[str(name), cell] for name, cell in zip(shown, row, strict=True)] for row in rows]
        return _encode(line for block in pairs for line in _lines(["what", "value"], block, width, apart=False))
    return _encode(_lines(list(columns), rows, width, apart=True))


def fits(table: pd.DataFrame) -> bool:
    """Whether the columns of a table can stand side by side in the terminal."""
    header = [str(name) for name in table]
    widths = _fit(header, [[_show(value) for value in row] for row in _rows(table)], 0) if len(table) else []
    return sum(widths) + len(GAP) * (len(widths) - 1) <= shutil.get_terminal_size((PIPED_WIDTH, 24)).columns


def name_articles(articles: Iterable[Article]) -> dict[str, str]:
    """What a reader knows each article by: its headline, else its file; both where two have the same headline."""
    listed = list(articles)
    titles = Counter(article.title for article in listed)
    names = {}
    for article in listed:
        file = (article.source or article.article_id).rsplit("/", 1)[-1]
        title = textwrap.shorten(article.title or "", LONGEST_TITLE, placeholder="…")
        names[article.article_id] = title if title and titles[article.title] == 1 else f"{file} {title}".strip()
    return names


def as_csv(table: pd.DataFrame) -> bytes:
    """Comma-separated values in UTF-8, lists as JSON, safe to open in a spreadsheet."""
    lists = {str(name): column.map(_flat) for name, column in table.items() if column.dtype == object}
    text = escape_formulas(table.assign(**lists)).to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8", "backslashreplace")


def as_xlsx(table: pd.DataFrame) -> bytes:
    """An Excel workbook of one sheet, with filters on its headings; no cell can be run as a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    from newslab.worksheet.filling import cell_text

    if len(table) > MOST_ROWS:
        raise NewslabError(f"{len(table):,} rows are too many for a spreadsheet. Write them as .csv or .parquet.")
    book = Workbook()
    page = book.worksheets[0]
    page.append([str(name) for name in table])
    for row in _rows(table):
        cells = [", ".join(map(str, value)) if isinstance(value, list) else value for value in row]
        page.append([cell_text(value) if isinstance(value, str) else value for value in cells])
    page.freeze_panes = "A2"
    page.auto_filter.ref = page.dimensions
    for number, name in enumerate(table, 1):
        page.cell(1, number).font = Font(bold=True)
        page.column_dimensions[get_column_letter(number)].width = (
            WIDE if name == "text" else max(12, len(str(name)) + 4)
        )
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def as_json(table: pd.DataFrame) -> bytes:
    """One JSON array with one object a row; what is unknown is ``null``."""
    return _encode([json.dumps(list(_records(table)), ensure_ascii=False, indent=1)])


def as_lines(table: pd.DataFrame) -> bytes:
    """One JSON object a line, for programs that read line by line."""
    return _encode(json.dumps(record, ensure_ascii=False) for record in _records(table))


def as_parquet(table: pd.DataFrame, record: type[Any]) -> bytes:
    """A Parquet file whose columns have the types of ``record``, an empty table's too."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = {str(name): column.map(_readable) for name, column in table.items() if column.dtype in ("string", "object")}
    arrow = pa.Table.from_pandas(table.assign(**texts), schema=arrow_schema(record), preserve_index=False)
    file = BytesIO()
    pq.write_table(arrow, file)
    return file.getvalue()


def _encode(lines: Iterable[str]) -> bytes:
    """UTF-8; half a character (a lone surrogate), which UTF-8 has no place for, as the escape that JSON knows."""
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace")


def _rows(table: pd.DataFrame) -> Iterator[list[Any]]:
    """The rows as plain Python values, with None for what is unknown."""
    columns = [[_plain(value) for value in table[name].tolist()] for name in table]
    yield from (list(row) for row in zip(*columns, strict=True))


def _records(table: pd.DataFrame) -> Iterator[dict[str, Any]]:
    yield from (dict(zip(table.columns, row, strict=True)) for row in _rows(table))


def _plain(value: Any) -> Any:
    return None if value is pd.NA or value != value else value


def _flat(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _readable(value: Any) -> Any:
    """Text that UTF-8 can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_readable(item) for item in value] if isinstance(value, list) else value


def _show(value: Any) -> str:
    """A value for a reader: two decimals, lists with commas, blanks and control characters tamed."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.2f}"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    text = " ".join(text.split())
    return "".join("\ufffd" if category(char) == "Cc" or char in TURNING else char for char in text)


def _lines(header: list[str], rows: list[list[str]], width: int, *, apart: bool) -> Iterator[str]:
    """The lines of a table, columns as wide as their longest cell where there is room.

    ``apart``: a blank line stands between rows once a cell takes several lines.
    """
    widths = _fit(header, rows, width)
    wrapped = [[_wrap(cell, room) for cell, room in zip(row, widths, strict=True)] for row in rows]
    several = any(len(cell) > 1 for row in wrapped for cell in row)
    names = [
        [name] if _width(name) <= room else _wrap(name.replace("_", "_ "), room)
        for name, room in zip(header, widths, strict=True)
    ]
    yield from _block([[part.replace("_ ", "_") for part in name] for name in names], widths)
    yield _line(["-" * room for room in widths], widths)
    for number, row in enumerate(wrapped):
        if apart and several and number:
            yield ""
        yield from _block(row, widths)


def _block(row: list[list[str]], widths: list[int]) -> Iterator[str]:
    """The lines of one row, whose cells may have several."""
    for at in range(max(map(len, row))):
        yield _line([cell[at] if at < len(cell) else "" for cell in row], widths)


def _fit(header: list[str], rows: list[list[str]], width: int) -> list[int]:
    """How wide each column is: what is widest above its least gives way first, and no column goes below that."""
    cells = list(zip(*rows, strict=True))
    widths = [max(map(_width, (name, *column))) for name, column in zip(header, cells, strict=True)]
    least = [
        min(room, NARROWEST_TEXT) if name in ("text", "value") else _longest_word(name, column)
        for name, column, room in zip(header, cells, widths, strict=True)
    ]
    spare = [room - smallest for room, smallest in zip(widths, least, strict=True)]
    while sum(widths) + len(GAP) * (len(widths) - 1) > width and max(spare) > 0:
        widest = spare.index(max(spare))
        widths[widest] -= 1
        spare[widest] -= 1
    return widths


def _longest_word(name: str, cells: Iterable[str]) -> int:
    words = [*(f"{part}_" for part in name.split("_")[:-1]), name.split("_")[-1]]
    words += [word[:LONGEST_WORD] for cell in cells for word in cell.split()]
    return max(map(_width, words))


def _wrap(cell: str, room: int) -> list[str]:
    narrow = room if _width(cell) <= len(cell) else max(1, room // 2)
    return textwrap.wrap(cell, narrow, break_on_hyphens=False) or [""]


def _line(cells: list[str], widths: list[int]) -> str:
    return GAP.join(cell + " " * (room - _width(cell)) for cell, room in zip(cells, widths, strict=True)).rstrip()


def _width(text: str) -> int:
    """How many places a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)

"""A worksheet as a file: a workbook with drop-down lists for Excel and LibreOffice, or one table as CSV."""

from __future__ import annotations

import csv
import os
import random
from collections.abc import Iterable
from io import BytesIO, StringIO
from pathlib import Path

from newslab.article import Article
from newslab.errors import LoadError, NewslabError
from newslab.worksheet.filling import Cells, Tables, fill_sheets
from newslab.worksheet.layout import SHEETS
from newslab.worksheet.reading import read_worksheet
from newslab.worksheet.styling import make_workbook

SUFFIXES = (".xlsx", ".csv")
TABLE = "table"


def write_worksheet(
    path: str | os.PathLike[str],
    articles: Iterable[Article],
    tables: Tables,
    *,
    sample: int | None = None,
    seed: int = 0,
) -> Path:
    """Write quotes, actors and labels with their sentences, and empty columns for what a person finds right or wrong.

    ``tables`` holds ``quotes``, ``actors`` and ``target_sentiment`` with the columns that ``Analysis`` gives them. The
    ending of ``path`` says which file: ``.xlsx``, a workbook with a sheet each and one that explains them, or ``.csv``,
    one table whose column ``table`` says which sheet a row is of. No cell can be run as a formula. With ``sample``, a
    sheet has so many rows at most, drawn by chance and kept in their order; the same ``seed`` draws the same. Raises
    ``NewslabError`` where it cannot be written, where the file is there and somebody has filled it in, or where
    ``sample`` is less than 1.
    """
    if sample is not None and sample < 1:
        raise NewslabError(f"a sample of {sample} rows is none. Ask for 1 or more, such as 50.")
    target = check_target(path)
    sheets = fill_sheets(articles, tables)
    if sample is not None:
        sheets = {name: _draw(rows, sample, f"{seed} {name}") for name, rows in sheets.items()}
    data = _csv(sheets) if target.suffix.lower() == ".csv" else _xlsx(sheets)
    try:
        target.write_bytes(data)
    except OSError as error:
        raise NewslabError(f"{target} cannot be written: {error.strerror}. Choose another place.") from error
    return target


def _draw(rows: list[Cells], number: int, seed: str) -> list[Cells]:
    drawn = random.Random(seed).sample(range(len(rows)), min(number, len(rows)))
    return [rows[place] for place in sorted(drawn)]


def check_target(path: str | os.PathLike[str]) -> Path:
    """The path, where a worksheet may be written to it; a ``NewslabError`` where not, before the work is done."""
    target = Path(path)
    if target.suffix.lower() not in SUFFIXES:
        raise NewslabError(f"{target}: a worksheet ends in {' or '.join(SUFFIXES)}. Choose a name such as check.xlsx.")
    if target.is_dir():
        raise NewslabError(f"{target} is a folder. Name a file in it, such as {target / 'check.xlsx'}.")
    if not target.parent.is_dir():
        raise NewslabError(f"{target} cannot be written: there is no folder {target.parent}. Make it first.")
    if target.exists() and (answers := _answers(target)):
        filled = "1 row is filled in" if answers == 1 else f"{answers} rows are filled in"
        raise NewslabError(f"{target} is there already, and {filled}. Choose another name, so that nothing is lost.")
    return target


def _answers(path: Path) -> int:
    try:
        return sum(line.answered for line in read_worksheet(path))
    except LoadError:
        return 0  # no worksheet: it is replaced as any other file is


def _xlsx(sheets: dict[str, list[Cells]]) -> bytes:
    file = BytesIO()
    make_workbook(sheets).save(file)
    return file.getvalue()


def _csv(sheets: dict[str, list[Cells]]) -> bytes:
    """One table with the columns of all sheets, in UTF-8 with the mark by which Excel knows it."""
    names = list(dict.fromkeys(column.name for sheet in SHEETS for column in sheet.columns))
    file = StringIO()
    writer = csv.DictWriter(file, [TABLE, *names], restval="", lineterminator="\r\n")
    writer.writeheader()
    for name, rows in sheets.items():
        writer.writerows({TABLE: name, **row} for row in rows)
    return file.getvalue().encode("utf-8-sig")

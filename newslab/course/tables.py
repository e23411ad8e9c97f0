"""How a lesson's tables look: whole sentences, with words at the left and numbers at the right, as in print."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any

import pandas as pd

WIDEST = 300  # characters of a cell that are shown
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CELL = re.compile(r"<(t[dh])((?: [^>]*)?)>(.*?)</\1>", re.DOTALL)  # pandas escapes what stands in a cell
NUMBER = re.compile(r"[-+−–]?\d[\d,.]*(?:e[-+]\d+)?%?|&lt;NA&gt;|NaN|NaT|None|\.\.\.|")


def set_up_tables() -> None:
    """Let the tables of a notebook show whole sentences, with words at the left and numbers at the right.

    JupyterLab sets every cell of a table at the right, which makes a sentence hard to read. It holds for the notebook
    that calls it, until its kernel is started anew; outside a notebook only the length of a cell's text changes.
    """
    pd.options.display.max_colwidth = WIDEST
    # Not imported: where IPython is not running already, there is no notebook to set up.
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, _page)


def _page(table: pd.DataFrame) -> str | None:
    page: str | None = table._repr_html_()  # type: ignore[operator]
    return page if page is None else words_at_left(page)


def words_at_left(page: str) -> str:
    """A table as pandas writes it for a page, with the cells of each column that holds words set at the left."""
    body = page.partition("</thead>")[2]
    rows = [[cell[2].strip() for cell in CELL.findall(row)] for row in ROW.findall(body)]
    width = max(map(len, rows), default=0)
    full = [row for row in rows if len(row) == width]
    columns = {place - width for place in range(width) if not all(NUMBER.fullmatch(row[place]) for row in full)}

    def set_row(row: re.Match[str]) -> str:
        number = len(CELL.findall(row[0]))
        # Counted from the right, since an index of several levels leaves cells out at the left.
        places: Iterator[Any] = iter(range(-number, 0))
        return CELL.sub(lambda cell: _set_cell(cell, next(places) in columns), row[0])

    return ROW.sub(set_row, page)


def _set_cell(cell: re.Match[str], at_left: bool) -> str:
    style = ' style="text-align: left"' if at_left else ""
    return f"<{cell[1]}{cell[2]}{style}>{cell[3]}</{cell[1]}>"

"""How the workbook looks and helps: fixed headings, colours, filters, drop-down lists, and the page that explains."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from itertools import groupby
from math import ceil

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from newslab.worksheet.filling import Cells
from newslab.worksheet.layout import ACTOR, GUIDE, RIGHT, SHEETS, STEPS, Column, Sheet

# Rows below the last that are made ready for what a person adds.
SPARE_ROWS = 30
LINE_HEIGHT = 15
TALLEST = 240
GUIDE_WIDTHS = (12, 20, 90)
FONT = "Calibri"
HEAD = PatternFill("solid", fgColor="FF34495E")
HEAD_ANSWER = PatternFill("solid", fgColor="FF8A5A00")
PAPER = PatternFill("solid", fgColor="FFFFF8DC")
FOUND = Font(name=FONT, size=11)
QUIET = Font(name=FONT, size=10, color="FF666666")
STRONG = Font(name=FONT, size=11, bold=True)
WHITE = Font(name=FONT, size=11, bold=True, color="FFFFFFFF")
LINE = Border(bottom=Side("thin", color="FFD5D8DC"), right=Side("thin", color="FFE8EAEC"))
RIGHT_FILL = PatternFill("solid", bgColor="FFDDF0DD")
WRONG_FILL = PatternFill("solid", bgColor="FFF6DCDC")
WRAPPED = Alignment(wrap_text=True, vertical="top")
NUMBER = Alignment(horizontal="center", vertical="top")


def make_workbook(sheets: dict[str, list[Cells]]) -> Workbook:
    """The workbook: one sheet for each of ``sheets``, and one that explains them."""
    book = Workbook()
    guide = book.active
    assert isinstance(guide, Worksheet)
    _explain(guide)
    for sheet in SHEETS:
        _fill(book.create_sheet(sheet.name), sheet, sheets[sheet.name])
    actors = [str(row["article_id"]) for row in sheets["actors"]]
    for sheet in SHEETS[:2]:
        _offer_actors(book[sheet.name], sheet, [str(row["article_id"]) for row in sheets[sheet.name]], actors)
    book.active = 1
    for page in book.worksheets:
        page.sheet_view.tabSelected = page is book.active
    return book


def _fill(page: Worksheet, sheet: Sheet, rows: list[Cells]) -> None:
    page.freeze_panes = "A2"
    several = len({row["article_id"] for row in rows}) > 1
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].hidden = column.name in ("article_id", "article") and not several
        head = page.cell(1, number, column.name)
        head.font, head.fill = WHITE, HEAD_ANSWER if column.use == "answer" else HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
    spare = SPARE_ROWS if sheet.name == "quotes" else 0
    for row, cells in enumerate([*rows, *({} for _ in range(spare))], 2):
        for number, column in enumerate(sheet.columns, 1):
            _set(page, row, number, column, cells.get(column.name))
        page.row_dimensions[row].height = _height(sheet.columns, cells)
    page.row_dimensions[1].height = 2 * LINE_HEIGHT + 4
    last = len(rows) + 1
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{last + spare}"
    _offer_choices(page, sheet, last, last + spare)
    _colour(page, sheet, last + spare)
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    page.print_title_rows = "1:1"


def _set(page: Worksheet, row: int, number: int, column: Column, value: str | int | None) -> None:
    cell = page.cell(row, number, value if value != "" else None)
    if isinstance(value, str) and value:
        cell.data_type = "s"  # never a formula or an error, whatever it begins with
    if column.use == "answer":
        # As text, so that what a person types is kept as it is.
        cell.fill, cell.font, cell.number_format = PAPER, STRONG, "@"
    else:
        cell.font = FOUND if column.use == "found" or column.name == "sentence" else QUIET
    cell.alignment, cell.border = NUMBER if isinstance(value, int) else WRAPPED, LINE


def _height(columns: Sequence[Column], cells: Cells) -> float:
    lines = [_lines(cells.get(column.name), column.width) for column in columns if column.name != "article_id"]
    return float(min(max(lines) * LINE_HEIGHT + 4, TALLEST))


def _offer_choices(page: Worksheet, sheet: Sheet, last: int, end: int) -> None:
    """Drop-down lists for what has few values, and a word to whoever types over what was found."""
    kept = DataValidation("custom", formula1="FALSE", allow_blank=False, showErrorMessage=True)
    kept.errorTitle, kept.error = "This is what newslab found", "Write what it should be into the yellow columns."
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        if column.choices and end > 1:
            listed = f'"{",".join(column.choices)}"'
            choice = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=True)
            choice.errorTitle, choice.error = "Choose from the list", f"This column takes {', '.join(column.choices)}."
            choice.add(f"{letter}2:{letter}{end}")
            page.add_data_validation(choice)
        elif column.use in ("key", "found") and last > 1:
            kept.add(f"{letter}2:{letter}{last}")
    if last > 1:
        page.add_data_validation(kept)


def _offer_actors(page: Worksheet, sheet: Sheet, ids: list[str], actors: list[str]) -> None:
    """In each article's rows a list of its actors; another name may be typed all the same."""
    letter = get_column_letter([column.name for column in sheet.columns].index(ACTOR) + 1)
    blocks, listed = _blocks(ids), _blocks(actors)
    names = get_column_letter([column.name for column in SHEETS[1].columns].index("actor") + 1)
    spare = (len(ids) + 2, len(ids) + 1 + SPARE_ROWS)
    everyone = (2, len(actors) + 1)
    offers = [(rows, listed[article]) for article, rows in blocks.items() if article in listed]
    offers += [(spare, everyone)] if actors and sheet.name == "quotes" else []
    for (first, last), (top, bottom) in offers:
        source = f"{SHEETS[1].name}!${names}${top}:${names}${bottom}"
        choice = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=False)
        choice.add(f"{letter}{first}:{letter}{last}")
        page.add_data_validation(choice)


def _blocks(ids: list[str]) -> dict[str, tuple[int, int]]:
    """The first and last row of each article."""
    found, row = {}, 2
    for article, rows in groupby(ids):
        number = len(list(rows))
        found[article] = (row, row + number - 1)
        row += number
    return found


def _colour(page: Worksheet, sheet: Sheet, end: int) -> None:
    """Rows turn green or red as they are answered."""
    letters = {column.name: get_column_letter(number) for number, column in enumerate(sheet.columns, 1)}
    corrections = [letters[name] for name in sheet.names("answer") if name.endswith("should be")]
    changed = "&".join(f"${letter}2" for letter in corrections)
    area = f"A2:{get_column_letter(len(sheet.columns))}{max(end, 2)}"
    wrong = f'OR(LOWER(${letters[RIGHT]}2)="no",LEN({changed})>0)'
    rules = ((wrong, WRONG_FILL), (f'LOWER(${letters[RIGHT]}2)="yes"', RIGHT_FILL))
    for formula, fill in rules:
        rule = FormulaRule(formula=[formula], fill=fill, stopIfTrue=True)  # type: ignore[no-untyped-call]
        page.conditional_formatting.add(area, rule)


def _explain(page: Worksheet) -> None:
    """The page in plain words: what to do, and what each column of each sheet is."""
    page.title = GUIDE
    page.sheet_view.showGridLines = False
    for letter, width in zip("ABC", GUIDE_WIDTHS, strict=True):
        page.column_dimensions[letter].width = width
    page.cell(1, 1, "Check what newslab found").font = Font(name=FONT, size=18, bold=True)
    page.row_dimensions[1].height = 28
    page.cell(2, 1, f"Made by newslab {version('newslab')}.").font = QUIET
    row = 4
    for number, step in enumerate(STEPS, 1):
        _say(page, row, [f"{number}.", step], FOUND)
        row += 1
    for sheet in SHEETS:
        row += 1
        _say(page, row, [sheet.name, sheet.asks], STRONG)
        for column in sheet.columns:
            row += 1
            _say(page, row, [None, column.name, column.says], FOUND)
            if column.use == "answer":
                page.cell(row, 2).fill = PAPER
        row += 1
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]


def _say(page: Worksheet, row: int, values: Sequence[str | None], font: Font) -> None:
    """One line of the page that explains; of two values the second runs over the last two columns."""
    for number, value in enumerate(values, 1):
        cell = page.cell(row, number, value)
        cell.font, cell.alignment = font, WRAPPED
    width = GUIDE_WIDTHS[2] + (GUIDE_WIDTHS[1] if len(values) == 2 else 0)
    if len(values) == 2:
        page.merge_cells(start_row=row, start_column=2, end_row=row, end_column=3)
    page.row_dimensions[row].height = _lines(values[-1], width) * LINE_HEIGHT + 4


def _lines(value: object, width: int) -> int:
    """How many lines a cell takes, a little too many rather than too few."""
    return max(1, ceil(len(str(value or "")) * 1.15 / width))

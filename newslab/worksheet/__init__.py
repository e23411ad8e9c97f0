"""The worksheet: quotes, actors and labels in a spreadsheet that a person checks, and what the person wrote in it.

The way of a row: ``filling`` (from the tables to cells), ``writing`` and ``styling`` (the file), ``reading`` (back to
rows). What a worksheet has for columns, and what each means, is in ``layout`` alone.
"""

from newslab.worksheet.filling import cell_text, plain_text
from newslab.worksheet.reading import Line, read_worksheet
from newslab.worksheet.writing import check_target, write_worksheet

__all__ = ["Line", "cell_text", "check_target", "plain_text", "read_worksheet", "write_worksheet"]

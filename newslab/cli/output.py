"""Where the command's output goes: which format a name asks for, what may not be overwritten, and the writing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from newslab.errors import NewslabError

FORMATS = ("table", "csv", "xlsx", "json", "jsonl", "parquet")
SPREADSHEETS = ("xls", "ods", "docx", "pdf", "html")


def format_of(output: str | None) -> str:
    """The format that the ending of a file's name asks for."""
    suffix = Path(output or "").suffix.lower().lstrip(".")
    if suffix in SPREADSHEETS:
        raise NewslabError(f"{output}: a table is not written as .{suffix}. Name a .csv or .xlsx file.")
    return suffix if suffix in FORMATS else "table"


def check_output(output: str, inputs: Iterable[tuple[str, str | None]]) -> None:
    """Refuse a place that cannot be written before the article is read, since reading takes a while.

    ``inputs`` are the files that are read, and what each of them is.
    """
    path = Path(output)
    try:
        if path.is_dir():
            raise NewslabError(f"{output} is a folder. Name a file in it with -o.")
        if not path.parent.is_dir():
            raise NewslabError(f"{output} cannot be written: there is no folder {path.parent}. Make it first.")
        for what, given in inputs:
            if given and path.exists() and Path(given).exists() and path.samefile(given):
                raise NewslabError(f"{output} is {what}, and would be lost. Choose another name with -o.")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise NewslabError(f"{output} cannot be written: permission denied. Choose another place with -o.")
    except (OSError, ValueError) as error:  # a name too long, or with a character that no name has
        raise NewslabError(f"{output[:100]} cannot be written: it is no file name. Choose another with -o.") from error


def write(data: bytes, output: str | None) -> None:
    """Bytes, so that the text is UTF-8 whatever the terminal or the pipe is set to."""
    try:
        if output is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            Path(output).write_bytes(data)
    except BrokenPipeError:
        raise
    except (OSError, ValueError) as error:  # a name may hold a character that no name has
        reason = getattr(error, "strerror", None) or error
        place = output or "standard output"
        raise NewslabError(f"{place} cannot be written: {reason}. Choose another place with -o.") from error

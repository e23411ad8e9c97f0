"""The one table of what newslab reads: an ending, what it is, and the function that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.archives import read_gzip, read_zip
from newslab.loading.documents import read_docx, read_markdown, read_text
from newslab.loading.large import check_large
from newslab.loading.lines import read_csv, read_jsonl, read_tsv
from newslab.loading.making import EMPTY
from newslab.loading.options import Options, check_cap
from newslab.loading.pages import read_page
from newslab.loading.parquet import read_parquet
from newslab.loading.pdf import read_pdf
from newslab.loading.raw import Large, Raw, Reader, unreadable
from newslab.loading.records import read_json, read_xlsx

READERS = {
    ".txt": Reader("plain text", read_text),
    ".text": Reader("plain text", read_text),
    ".md": Reader("markdown", read_markdown),
    ".markdown": Reader("markdown", read_markdown),
    ".html": Reader("a saved web page", read_page),
    ".htm": Reader("a saved web page", read_page),
    ".xhtml": Reader("a saved web page", read_page),
    ".pdf": Reader("a PDF with text in it", read_pdf),
    ".docx": Reader("a Word document", read_docx),
    ".csv": Reader("a table, one article a row", read_csv),
    ".tsv": Reader("a table, one article a row", read_tsv),
    ".xlsx": Reader("an Excel workbook, one article a row", read_xlsx),
    ".json": Reader("JSON: an article, or a list of them", read_json),
    ".jsonl": Reader("JSON Lines, one article a line", read_jsonl),
    ".ndjson": Reader("JSON Lines, one article a line", read_jsonl),
    ".parquet": Reader("a Parquet table, one article a row", read_parquet),
    ".zip": Reader("an archive of files of these kinds", read_zip),
    ".gz": Reader("one packed file of these kinds", read_gzip),
}
# Kinds that are common and not read, with what to do about them.
ADVICE = {
    ".doc": "Save it as .docx",
    ".rtf": "Save it as .docx",
    ".odt": "Save it as .docx",
    ".pages": "Export it as .docx",
    ".epub": "Save the text as .txt",
    ".xls": "Save it as .xlsx",
    ".ods": "Save it as .xlsx",
    ".mhtml": "Save the page again as 'Webpage, HTML only'",
    ".mht": "Save the page again as 'Webpage, HTML only'",
    ".tar": "Unpack it and give the folder",
    ".tgz": "Unpack it and give the folder",
    ".rar": "Unpack it and give the folder",
    ".7z": "Unpack it and give the folder",
}


# How desks name files: 2005-01-13-harbour.txt. The last part of a path, or of an archive's name and its member's.
LAST_PART = re.compile(r"[/\\]|, ")
DATE = re.compile(r"(?<!\d)((?:18|19|20)\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)")


def read_raw(raw: Raw, options: Options) -> Iterator[Article | LoadError]:
    """Every article in a source, and a ``LoadError`` for each part of it that could not be read."""
    try:
        if isinstance(raw, Large):
            check_large(raw, options)
        else:
            check_cap(options, "max_bytes", len(raw.data), raw.source)
            if not raw.data.strip():
                raise LoadError(raw.source, *EMPTY)
        for item in find_reader(raw.suffix, raw.source).read(raw, options):
            if isinstance(item, Raw):
                yield from read_raw(item, options)
            elif isinstance(item, Article) and not item.date and item.source == raw.source and not raw.url:
                yield _date_by_name(item, raw.source)
            else:
                yield item
    except LoadError as error:
        yield error
    except OSError as error:
        if not isinstance(raw, Large):
            raise
        yield LoadError(raw.source, *unreadable(error))


def _date_by_name(article: Article, source: str) -> Article:
    """The article with the date that its file is named by, where the name has one and no more."""
    found = DATE.findall(LAST_PART.split(source)[-1])
    try:
        ((year, _, month, day),) = found
        return replace(article, date=date(int(year), int(month), int(day)).isoformat(), date_source="filename")
    except ValueError:  # none, several, or no day of the calendar
        return article


def find_reader(suffix: str, source: str) -> Reader:
    """The reader for files of this ending; ``LoadError``, with what to do, where there is none."""
    if reader := READERS.get(suffix):
        return reader
    reason = f"files ending in {suffix} cannot be read" if suffix else "its name has no ending that tells its kind"
    raise LoadError(source, reason, ADVICE.get(suffix, f"Save it as one of {' '.join(READERS)}, or say kind='txt'"))

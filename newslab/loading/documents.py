"""Plain text, markdown and Word documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from newslab.errors import LoadError
from newslab.loading.archives import check_zip
from newslab.loading.decoding import decode
from newslab.loading.making import make_article
from newslab.loading.options import Options
from newslab.loading.raw import Item, Raw

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

# Markdown's marks around words, each bounded in length, so that no text makes them slow.
MARKDOWN = (
    (re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,1000}\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)"), r"\2"),
)
FIRST_HEADING = re.compile(r"\s*(?:---\n.*?\n---\n\s*)?# ", re.DOTALL)
TITLE_STYLES = ("Title", "Heading 1")


def read_text(raw: Raw, options: Options) -> Iterator[Item]:
    """The article in a text file."""
    text, warnings = decode(raw.data, raw.source, raw.charset)
    yield make_article(text, raw.source, options, url=raw.url, warnings=warnings)


def read_markdown(raw: Raw, options: Options) -> Iterator[Item]:
    """The article in a markdown file, without the marks for links, headings and emphasis."""
    text, warnings = decode(raw.data, raw.source, raw.charset)
    text = re.sub(r"\r\n?", "\n", text)
    opening = FIRST_HEADING.match(text[:20_000])
    start = opening.end() if opening else 0
    body = text[start:]
    for mark, plain in MARKDOWN:
        body = mark.sub(plain, body)
    yield make_article(text[:start] + body, raw.source, options, url=raw.url, warnings=warnings)


def read_docx(raw: Raw, options: Options) -> Iterator[Item]:
    """The article in a Word document, paragraph by paragraph; a first paragraph in the title's style is the title."""
    check_zip(raw, options)
    from docx import Document

    try:
        title, paragraphs = _read_paragraphs(Document(BytesIO(raw.data)))
    except Exception as error:
        # python-docx raises whatever its parsers do; for a reader of the message it is one case.
        reason = "it is not a Word document, or damaged"
        raise LoadError(raw.source, reason, "Open it and save it again as .docx") from error
    yield make_article("\n".join(paragraphs), raw.source, options, title=title, url=raw.url)


def _read_paragraphs(document: Document) -> tuple[str | None, list[str]]:
    from docx.table import Table

    title, found = None, []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            found += _read_cells(block)
        elif block.text.strip():
            if not found and title is None and block.style and block.style.name in TITLE_STYLES:
                title = block.text
            else:
                found.append(block.text)
    return title, found


def _read_cells(table: Table) -> list[str]:
    return [paragraph.text for row in table.rows for cell in row.cells for paragraph in cell.paragraphs]

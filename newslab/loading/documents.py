"""Plain text, markdown and Word documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from newslab.errors import LoadError
from newslab.loading.archives import check_zip
from newslab.loading.columns import KEEP_APART
from newslab.loading.decoding import decode
from newslab.loading.making import make_article
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw

if TYPE_CHECKING:
    from docx.document import Document

# Markdown's marks around words, each bounded in length, so that no text makes them slow.
MARKDOWN = (
    (re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\)"), ""),
    (re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\s]{0,1000}\)"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,500})(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<!\w)([*_])(?=\S)([^*_\n]{1,500})(?<=\S)\1(?!\w)"), r"\2"),
)
# The head of a table that the command has written for reading: names of columns, and a line of dashes under each.
OWN_TABLE = re.compile(r"(?:[a-z_ ]{2,400}\n){1,3}(?:-{2,400} {2}){1,30}-{2,400}\n")
FIRST_HEADING = re.compile(r"\s*(?:---\n.*?\n---\n\s*)?# ", re.DOTALL)
TITLE_STYLES = ("Title", "Heading 1")
# Word writes some ten elements around each piece of text.
WORD_ELEMENTS = 10
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PARAGRAPH = f"{WORD}p"
# What makes a paragraph's text, and what it stands for where it is no text itself.
PIECES = {f"{WORD}t": "", f"{WORD}tab": "\t", f"{WORD}br": "\n", f"{WORD}cr": "\n", f"{WORD}noBreakHyphen": "-"}
# What was deleted, what stands in boxes beside the text, and what tells of its looks.
UNREAD = {
    *(f"{WORD}{name}" for name in ("del", "moveFrom", "pict", "drawing", "object", "pPr", "rPr", "tblPr", "sectPr")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent",
}


def read_text(raw: Raw, options: Options) -> Iterator[Item]:
    """The article in a text file."""
    text, warnings = decode(raw.data, raw.source, raw.charset)
    if OWN_TABLE.match(text):
        raise LoadError(raw.source, "written by newslab: it is a table for reading, not an article", KEEP_APART)
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
    archive = check_zip(raw, options)
    from docx import Document

    try:
        elements = sum(archive.read(name).count(b"<") for name in archive.namelist() if name.endswith(".xml"))
        check_cap(options, "max_elements", elements / WORD_ELEMENTS, raw.source)
        title, paragraphs = _read_paragraphs(Document(BytesIO(raw.data)))
    except LoadError:
        raise
    except Exception as error:
        # python-docx raises whatever its parsers do; for a reader of the message it is one case.
        reason = "it is not a Word document, or damaged"
        raise LoadError(raw.source, reason, "Open it and save it again as .docx") from error
    yield make_article("\n".join(paragraphs), raw.source, options, title=title, url=raw.url)


def _read_paragraphs(document: Document) -> tuple[str | None, list[str]]:
    title: str | None = None
    found: list[str] = []
    for element, text in _walk(document):
        if not text.strip():
            continue
        if not found and title is None and _style(document, element) in TITLE_STYLES:
            title = text
        else:
            found.append(text)
    return title, found


def _walk(document: Document) -> Iterator[tuple[etree._Element, str]]:
    """Every paragraph with its text, in tables and forms too; one pass, as python-docx is slow on large tables."""
    walk = etree.iterwalk(document.element.body, events=("start", "end"))
    pieces: list[str] = []
    for event, element in walk:
        if event == "end" and element.tag == PARAGRAPH:
            yield element, "".join(pieces)
        elif event == "start" and element.tag in UNREAD:
            walk.skip_subtree()
        elif event == "start" and element.tag == PARAGRAPH:
            pieces = []
        elif event == "start" and element.tag in PIECES:
            pieces.append(PIECES[element.tag] or element.text or "")


def _style(document: Document, paragraph: etree._Element) -> str | None:
    styled = paragraph.find(f"{WORD}pPr/{WORD}pStyle")
    wanted = None if styled is None else styled.get(f"{WORD}val")
    return next((style.name for style in document.styles if style.style_id == wanted), None)

"""A PDF's text in reading order: columns one after the other, lines joined to paragraphs, running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any

from newslab.errors import LoadError
from newslab.loading.making import make_article
from newslab.loading.options import Options, check_cap
from newslab.loading.raw import Item, Raw, quiet

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

SAVE_AGAIN = "Open it and save or print it again as PDF"
KEEP_FEWER = "Print the pages that hold the article to a PDF of their own"
# A page of text has some ten thousand bytes of drawing instructions, and a hundred pages take a second or two.
LARGEST_PAGE = 1_000_000
MOST_SECONDS = 4
# What a font or a page's instructions may unpack to, and how many drawings within drawings a page may have.
LARGEST_STREAM = 5_000_000
MOST_FORMS = 500
UNPACKED = tuple(
    f"{kind}_maximum_output_length" for kind in ("array_based_stream", "lzw", "run_length", "zlib", "brotli", "jbig2")
)
# Measures in units of the letters' size or of the page.
WIDTH_OF_LETTER = 0.5
PARAGRAPH_GAP = 1.35
EDGE_GAP = 1.4
INDENT = 0.7
HEADLINE_SIZE = 1.25
SHORT_LINE = 0.7
COLUMN_SHARE, COLUMN_DISTANCE = 0.2, 0.15
SAME_PLACE = 2.0
PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*[-–—]?\s*\d{1,4}\s*(?:(?:/|of)\s*\d{1,4})?\s*[-–—]?", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")
HYPHENATED = re.compile(r"[^\W\d_]-$")


@dataclass(slots=True)
class Line:
    """One line of one column: where it begins, in points from the lower left of its page, and how large it is."""

    page: int
    x: float
    y: float
    size: float
    text: str
    column: int = 0

    @property
    def end(self) -> float:
        """Where the line ends, by the usual width of letters: pypdf does not say it."""
        return self.x + WIDTH_OF_LETTER * self.size * len(self.text)

    def begins(self, starts: list[float]) -> bool:
        """Whether the line stands at the beginning of a column."""
        return any(abs(self.x - start) < SAME_PLACE for start in starts)


def read_pdf(raw: Raw, options: Options) -> Iterator[Item]:
    """The article in a PDF, through pypdf; the first line set larger than the text is the title."""
    from pypdf import PdfReader

    quiet("pypdf")
    try:
        with _limits():
            lines = _read_lines(PdfReader(BytesIO(raw.data)), raw.source, options)
    except LoadError:
        raise
    except Exception as error:
        # pypdf raises whatever a damaged file leads it to; for a reader of the message it is one case.
        raise LoadError(raw.source, "the PDF is damaged or locked with a password", SAVE_AGAIN) from error
    if not lines:
        reason, advice = "the PDF holds no text: it may be a scan", "Run text recognition (OCR) on it first"
        raise LoadError(raw.source, reason, advice)
    lines, warnings = _drop_running_heads(lines)
    title, paragraphs = _split_title(_join(lines))
    text = "\n".join(paragraph.text for paragraph in paragraphs)
    yield make_article(text, raw.source, options, title=title, url=raw.url, warnings=warnings)


def _limits() -> AbstractContextManager[Any]:
    """What pypdf may unpack, while it reads; before version 7.1 its limits were its own."""
    import pypdf

    limits = dict.fromkeys(UNPACKED, LARGEST_STREAM) | {"xform_maximum_invocations_per_extraction": MOST_FORMS}
    apply: Any = getattr(pypdf, "apply_configuration", None)
    return nullcontext() if apply is None else apply(**limits)


def _read_lines(reader: PdfReader, source: str, options: Options) -> list[Line]:
    if reader.is_encrypted:
        reader.decrypt("")
    lines: list[Line] = []
    check_cap(options, "max_members", len(reader.pages), source)
    end = process_time() + MOST_SECONDS
    for number, page in enumerate(reader.pages):
        pieces = _read_page(page, number, source, options, end)
        starts = _find_columns(pieces, float(page.mediabox.width))
        lines += _order(_merge(pieces, starts), starts)
        check_cap(options, "max_characters", sum(len(line.text) for line in lines), source)
    return lines


def _read_page(page: PageObject, number: int, source: str, options: Options, end: float) -> list[Line]:
    too_large = LoadError(source, f"page {number + 1} is too large to be text", SAVE_AGAIN)
    if _packed_size(page) > LARGEST_PAGE:
        raise too_large
    contents = page.get_contents()
    if contents is None:
        return []
    if len(contents.get_data()) > LARGEST_PAGE:
        raise too_large
    pieces: list[Line] = []

    def keep(text: str, user: list[float], matrix: list[float], font: object, size: float) -> None:
        if process_time() > end:
            raise LoadError(source, f"it takes more than {MOST_SECONDS} seconds to read", KEEP_FEWER)
        if text.strip():
            x = matrix[4] * user[0] + matrix[5] * user[2] + user[4]
            y = matrix[4] * user[1] + matrix[5] * user[3] + user[5]
            scale = abs(matrix[3] * user[3]) or abs(matrix[1] * user[2]) or 1
            pieces.append(Line(number, x, y, size * scale, text))

    page.extract_text(visitor_text=keep)
    return pieces


def _packed_size(page: PageObject) -> int:
    """How many bytes a page's drawing instructions take in the file, known before they are unpacked."""
    contents: Any = page.get("/Contents")
    found = contents.get_object() if contents is not None else []
    streams = found if isinstance(found, list) else [found]
    return sum(len(getattr(stream.get_object(), "_data", b"")) for stream in streams)


def _find_columns(pieces: list[Line], width: float) -> list[float]:
    """Where columns begin: the places at which a good share of the page's rows have a piece that begins there."""
    rows = len({round(piece.y) for piece in pieces})
    counts = Counter(round(piece.x / SAME_PLACE) * SAME_PLACE for piece in pieces)
    starts: list[float] = []
    for x, count in sorted(counts.items()):
        far = not starts or x - starts[-1] > COLUMN_DISTANCE * width
        if far and count >= max(COLUMN_SHARE * rows, 3):
            starts.append(x)
    return starts


def _merge(pieces: list[Line], starts: list[float]) -> list[Line]:
    """Whole lines from pieces that follow each other on one row of one column."""
    lines: list[Line] = []
    for piece in pieces:
        last = lines[-1] if lines else None
        same_row = last is not None and abs(piece.y - last.y) < 0.4 * last.size and piece.x >= last.x
        if last and same_row and not piece.begins(starts) and piece.x - last.end < 3 * last.size:
            last.text += piece.text.replace("\n", " ")
        else:
            lines.append(replace(piece, text=piece.text.strip().replace("\n", " ")))
    for line in lines:
        line.text = " ".join(line.text.split())
        line.column = sum(start <= line.x + SAME_PLACE for start in starts)
    return lines


def _order(lines: list[Line], starts: list[float]) -> list[Line]:
    """The lines in reading order: as the file has them, unless it goes to and fro between the columns."""
    turns = sum(a.column != b.column for a, b in pairwise(lines))
    if len(starts) < 2 or turns <= 2 * len(starts):
        return lines
    band, keyed = 0, []
    for line in sorted(lines, key=lambda line: -line.y):
        wide = line.column < len(starts) and line.end > starts[line.column] + 2 * line.size
        band += wide
        keyed.append((band, line.column, -line.y, line))
        band += wide
    return [entry[-1] for entry in sorted(keyed, key=lambda entry: entry[:3])]


def _drop_running_heads(lines: list[Line]) -> tuple[list[Line], list[str]]:
    """The lines without page numbers and without what stands apart on the edge of several pages, and a warning."""
    pages = {line.page for line in lines}
    gap = EDGE_GAP * _leading(lines)
    edges = [edge for page in pages for edge in _find_edges([line for line in lines if line.page == page], gap)]
    repeated = Counter(_without_digits(line.text) for line in edges)
    often = max(2, len(pages) // 2)
    numbers = [line for line in edges if PAGE_NUMBER.fullmatch(line.text)]
    heads = [line for line in edges if repeated[_without_digits(line.text)] >= often and line not in numbers]
    dropped = {id(line) for line in numbers + heads}
    said = "; ".join(dict.fromkeys(line.text for line in heads))
    warnings = [f"running heads were left out: {said[:200]}"] if said else []
    return [line for line in lines if id(line) not in dropped], warnings


def _find_edges(lines: list[Line], gap: float) -> list[Line]:
    """What stands on the first or the last row of a page, with more than ``gap`` to the text."""
    rows = sorted({round(line.y) for line in lines})
    edges = set()
    if len(rows) > 1 and rows[1] - rows[0] > gap:
        edges.add(rows[0])
    if len(rows) > 1 and rows[-1] - rows[-2] > gap:
        edges.add(rows[-1])
    return [line for line in lines if round(line.y) in edges]


def _leading(lines: list[Line]) -> float:
    """The usual distance from line to line."""
    return median([a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y] or [0])


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "", text)


def _join(lines: list[Line]) -> list[Line]:
    """Paragraphs, each as one line: a gap, an indent, another size or a short last line ends the one before."""
    if not lines:
        return []
    leading = _leading(lines)
    columns = Counter((line.page, line.column, round(line.x)) for line in lines)
    longest = median(len(line.text) for line in lines)
    paragraphs = [replace(lines[0])]
    words = {word for line in lines for word in line.text.split()}
    for before, line in pairwise(lines):
        if _starts_paragraph(before, line, leading, columns, longest):
            paragraphs.append(replace(line))
        else:
            paragraphs[-1].text = _glue(paragraphs[-1].text, line.text, words)
    return paragraphs


def _starts_paragraph(
    before: Line, line: Line, leading: float, columns: Counter[tuple[int, int, int]], longest: float
) -> bool:
    if max(before.size, line.size) > 1.15 * min(before.size, line.size):
        return True
    ended = SENTENCE_END.search(before.text) is not None
    if (before.page, before.column) != (line.page, line.column) or line.y > before.y:
        return ended
    margin = max((x for x in columns if x[:2] == (line.page, line.column)), key=lambda x: columns[x])[2]
    indented = line.x - margin > INDENT * line.size and before.x - margin < INDENT * line.size
    gap = before.y - line.y > PARAGRAPH_GAP * max(leading, line.size)
    return gap or indented or (ended and len(before.text) < SHORT_LINE * longest)


def _glue(text: str, line: str, words: set[str]) -> str:
    """Two lines made one; a hyphen at the end of the first goes, unless the article writes the word with it."""
    if not HYPHENATED.search(text):
        return f"{text} {line}"
    first, second = text.rsplit(None, 1)[-1], line.split(None, 1)[0]
    if not second[:1].islower() or f"{first}{second}" in words:
        return text + line
    return text[:-1] + line


def _split_title(paragraphs: list[Line]) -> tuple[str | None, list[Line]]:
    """A headline, told by its size, and the paragraphs without it."""
    letters = [paragraph.size for paragraph in paragraphs for _ in range(len(paragraph.text) // 50 + 1)]
    if len(paragraphs) < 2:
        return None, paragraphs
    head = max(paragraphs[:4], key=lambda paragraph: paragraph.size)
    if head.page or head.size < HEADLINE_SIZE * median(letters) or len(head.text) > 300:
        return None, paragraphs
    return head.text, [paragraph for paragraph in paragraphs if paragraph is not head]

"""What stands before an article's text: header lines, a headline, a date. It is taken out of the text and kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from newslab.loading.cleaning import is_date, read_date
from newslab.loading.columns import field_of
from newslab.resources import read_rows, read_words

DATE_LINE = re.compile(r"date[ \t:]+(\d{4}-\d{2}-\d{2})(?=\s)\s*", re.IGNORECASE)
HEADING = re.compile(r"#[ \t]+([^\n]{1,300})\n\s*")
# Names of two to four words, each with a capital but for particles, and nothing else on the line.
NAME = r"(?:[A-Z][\w'’.-]{0,30})(?: (?:[A-Z][\w'’.-]{0,30}|de|da|di|del|der|van|von|al|el|bin|la|le)){1,3}"
BYLINE = re.compile(rf"(?:[Bb]y|BY):? ({NAME}(?:(?:, | and |, and | & ){NAME}){{0,4}})[ \t]*\n\s*")
FIRST_PARAGRAPH = re.compile(rf"([^\n]{{1,150}})\n(?:[ \t]*\n\s*|(?={BYLINE.pattern}))")
HEADER_LINE = re.compile(r"([A-Za-z][A-Za-z _-]{0,20}):[ \t]+(\S[^\n]{0,300})")
HEADER_FIELDS = ("title", "date", "authors", "outlet", "url")
PLAIN_NAMES = frozenset({"title", "headline", "date", "author", "authors", "outlet"})
MOST_HEADERS = 30
HEADLINE_WORDS = 25
SENTENCE_ENDS = (".", "!", "?", "…")
# A headline may end in a question mark, but not in these, closing marks aside.
NOT_HEADLINE_ENDS = (".", "!", "…", ",", ";", ":", "-", "–", "—")
CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Opening:
    """A text without what stood before it, and what that was."""

    text: str
    title: str | None = None
    date: str | None = None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    left_out: tuple[str, ...] = ()


def split_opening(text: str, title: str | None = None) -> Opening:
    """The body of a cleaned text, with a headline, a date and header lines that plainly stand before it set apart.

    Header lines are ``Title: ...``, ``Author: ...``, ``Date: ...`` and the like, up to a blank line, or a markdown
    file's front matter between lines of ``---``; without the blank line, they end before the first line that is not
    like them. A headline is a markdown heading (``# ...``), or a first paragraph
    of one short line that does not end like a sentence, with a blank line and whole sentences after it. A byline is a
    line of ``By`` and full names alone; one that says more (``By Ann Lee in Paris``) stays in the text. A date is
    ``date 2020-01-05`` at the beginning of a line. Where the title is known, only date and byline are looked for.
    """
    opening = Opening(text, title=title)
    if title is None:
        opening = _split_title(_split_date(_split_headers(opening)))
    return _split_byline(_split_date(opening))


def _split_headers(opening: Opening) -> Opening:
    lines = opening.text.split("\n", MOST_HEADERS)
    fenced = lines[0] == "---"
    end = next((index for index, line in enumerate(lines[1:], 1) if line == ("---" if fenced else "")), 0)
    header = lines[1:end] if fenced else lines[:end]
    rest = "\n".join(lines[end + 1 :]).strip()
    fields, unknown = _read_headers(header)
    # Without the fence, a block that holds one line of another kind is the story's own, but for lines above it.
    if not fields or not rest or (unknown and not fenced):
        return opening if fenced else _split_tight(opening, lines)
    return _with_fields(rest, fields, unknown)


def _split_tight(opening: Opening, lines: list[str]) -> Opening:
    """Header lines with the story right below them, as people write who forget the empty line."""
    end = next((index for index in range(len(lines)) if _read_headers(lines[: index + 1])[1]), 0)
    fields, _ = _read_headers(lines[:end])
    rest = "\n".join(lines[end:]).strip()
    # One such line may be a sentence with a colon, unless it names the part outright; and where the next line has a
    # name and a colon too, it is a talk written down, or a head that newslab does not understand.
    plain = end > 1 or lines[0].partition(":")[0].strip().lower() in PLAIN_NAMES
    if not end or not plain or not rest or HEADER_LINE.fullmatch(lines[end]):
        return opening
    return _with_fields(rest, fields, [])


def _with_fields(rest: str, fields: dict[str, str], unknown: list[str]) -> Opening:
    return Opening(
        rest,
        title=fields.get("title"),
        date=read_date(fields.get("date", "")),
        authors=tuple(split_names(fields.get("authors", ""))),
        outlet=fields.get("outlet"),
        url=fields.get("url"),
        left_out=tuple(unknown),
    )


def _read_headers(header: list[str]) -> tuple[dict[str, str], list[str]]:
    fields: dict[str, str] = {}
    unknown = []
    for line in header:
        match = HEADER_LINE.fullmatch(line)
        field = field_of(match[1]) if match else None
        value = match[2].strip("\"'") if match else ""
        if field not in HEADER_FIELDS or field in fields or (field == "date" and read_date(value) is None):
            unknown.append(line.strip())
        else:
            fields[field] = value
    return fields, unknown


def split_names(names: str) -> list[str]:
    """The names in a byline: ``By Ann Lee and Tom Ray`` gives two."""
    byline = re.sub(r"^by\s+", "", names.strip(), flags=re.IGNORECASE)
    return [name.strip() for name in re.split(r"\s*[,;|&]\s*(?:and\s+)?|\s+and\s+", byline) if name.strip()]


def _split_date(opening: Opening) -> Opening:
    match = DATE_LINE.match(opening.text)
    if opening.date or match is None or not is_date(match[1]):
        return opening
    return replace(opening, text=opening.text[match.end() :], date=match[1])


def _split_byline(opening: Opening) -> Opening:
    match = BYLINE.match(opening.text)
    names = split_names(match[1]) if match else []
    if opening.authors or match is None or match.end() == len(opening.text) or not all(map(_is_name, names)):
        return opening
    return replace(opening, text=opening.text[match.end() :], authors=tuple(names))


def _is_name(name: str) -> bool:
    """Whether capitalised words may be somebody's name: no day, nothing but initials, no trade ("Health Editor")."""
    words = [word.strip(".").lower() for word in name.split()]
    trades = {row["noun"] for row in read_rows("role_nouns.tsv")}
    return words[-1] not in trades and len(words[-1]) > 1 and not {*words} & {*read_words("calendar.txt")}


def _split_title(opening: Opening) -> Opening:
    if opening.title:
        return opening
    heading, first = HEADING.match(opening.text), FIRST_PARAGRAPH.match(opening.text)
    if heading and heading.end() < len(opening.text):
        return replace(opening, title=heading[1].strip(" #\t"), text=opening.text[heading.end() :])
    if first and _is_headline(first[1], opening.text[first.end() :]):
        return replace(opening, title=first[1], text=opening.text[first.end() :])
    return opening


def _is_headline(line: str, rest: str) -> bool:
    few = 2 <= len(line.split()) <= HEADLINE_WORDS and len(rest) > 2 * len(line)
    plain = not line.rstrip(CLOSING).endswith(NOT_HEADLINE_ENDS) and not line.lower().startswith("by ")
    paragraphs = (paragraph.rstrip().rstrip(CLOSING) for paragraph in rest[:5_000].split("\n"))
    return few and plain and any(paragraph.endswith(SENTENCE_ENDS) for paragraph in paragraphs)

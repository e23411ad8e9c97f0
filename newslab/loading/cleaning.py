"""What `load` does to a text before it becomes an article's: line ends, characters nobody sees, headline and date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Control characters, the marks that turn the direction of writing, soft hyphens and marks of no width. The joiners
# within emoji and Persian words (U+200C, U+200D) stay.
UNSEEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]")
BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
SURROGATES = re.compile("[\ud800-\udfff]")
LINE_BLANKS = re.compile(r"[ \t]+$", re.MULTILINE)

DATE_LINE = re.compile(r"date[ \t:]+(\d{4}-\d{2}-\d{2})(?=\s)\s*", re.IGNORECASE)
HEADING = re.compile(r"#[ \t]+([^\n]{1,300}?)[ \t#]*(?:\n|\Z)\s*")
FIRST_PARAGRAPH = re.compile(r"([^\n]{1,150})\n\s*\n\s*")
HEADLINE_WORDS = 25
# A headline ends in a letter, a digit, a question mark or a closing mark; these, closing marks aside, end a sentence.
SENTENCE_END = (".", "!", ",", ";", ":", "…", "-")
CLOSING = "\"'”’»)]"


@dataclass(frozen=True, slots=True)
class Opening:
    """A text without what stood before it, and what that was."""

    text: str
    title: str | None = None
    date: str | None = None


def clean(text: str) -> str:
    """A text as a reader sees it: one kind of line end and of blank, no unseen characters, no blanks around it."""
    text = LINE_ENDS.sub("\n", text)
    text = SURROGATES.sub("\ufffd", BLANKS.sub(" ", UNSEEN.sub("", text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def split_opening(text: str) -> Opening:
    """The body of a cleaned text; a headline and a date that plainly stand before it are taken out and kept.

    A headline is a markdown heading (``# ...``), or a first paragraph of one short line that does not end like a
    sentence, with a blank line and whole sentences after it. A date is ``date 2020-01-05`` at the beginning of a line.
    """
    found, text = _split_date(text)
    title, text = _split_title(text)
    if not found:
        found, text = _split_date(text)
    return Opening(text, title, found)


def _split_date(text: str) -> tuple[str | None, str]:
    match = DATE_LINE.match(text)
    if match is None or not is_date(match[1]):
        return None, text
    return match[1], text[match.end() :]


def is_date(value: str) -> bool:
    """Whether ``value`` is a day of the calendar in ISO form, ``2020-01-05``."""
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _split_title(text: str) -> tuple[str | None, str]:
    heading = HEADING.match(text)
    if heading and heading.end() < len(text):
        return heading[1].strip(), text[heading.end() :]
    first = FIRST_PARAGRAPH.match(text)
    if first and _is_headline(first[1], text[first.end() :]):
        return first[1], text[first.end() :]
    return None, text


def _is_headline(line: str, rest: str) -> bool:
    ends_like_sentence = line.rstrip(CLOSING).endswith(SENTENCE_END)
    sentence_follows = any(
        paragraph.rstrip().rstrip(CLOSING).endswith((".", "!", "?", "…")) for paragraph in rest[:5_000].split("\n")
    )
    few = 2 <= len(line.split()) <= HEADLINE_WORDS and not line.lower().startswith("by ")
    return few and not ends_like_sentence and sentence_follows and len(rest) > 2 * len(line)

"""Plain text and markdown."""

from __future__ import annotations

from newslab.article import Article
from newslab.errors import LoadError
from newslab.loading.cleaning import clean, split_opening
from newslab.loading.decoding import decode
from newslab.loading.options import Options, check_cap

EMPTY = ("it holds no text", "Check that the right file was given")


def read_text(data: bytes, source: str, options: Options) -> Article:
    """The article in a text or markdown file; a headline or a date that stands before it becomes title and date."""
    text, warnings = decode(data, source)
    return make_article(text, source, options, warnings)


def make_article(text: str, source: str, options: Options, warnings: list[str]) -> Article:
    """An article from text that was read from anywhere: cleaned, with its headline and date split off."""
    text = clean(text)
    if not text:
        raise LoadError(source, *EMPTY)
    check_cap(options, "max_characters", len(text), source)
    opening = split_opening(text)
    return Article(
        opening.text,
        title=opening.title,
        date=opening.date,
        date_source="text" if opening.date else None,
        source=source,
        warnings=warnings,
    )

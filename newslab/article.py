"""An article: its text and what is known of it. A plain value that knows nothing of quotes or actors."""

from __future__ import annotations

import hashlib
import os
import sys
import warnings
from dataclasses import dataclass
from html import escape
from pathlib import Path

from newslab.errors import LanguageWarning
from newslab.text import paragraphs, words

ID_LENGTH = 12
PACKAGE = f"{Path(__file__).parent}{os.sep}"


@dataclass(frozen=True, repr=False)
class Article:
    """One news article: the text exactly as given, and what is known of it.

    ``text`` is never changed, so every offset in every table refers to it. ``article_id`` is the beginning of a
    SHA-256 hash of the text where none is given. ``date`` is text in ISO form (``2020-01-05``) without a guessed
    time or time zone; ``date_source`` says where it was found. What is not known is ``None``.
    """

    text: str
    article_id: str = ""
    title: str | None = None
    date: str | None = None
    date_source: str | None = None
    authors: tuple[str, ...] = ()
    source: str | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    warnings: tuple[str, ...] = ()

    def __init__(
        self,
        text: str,
        *,
        article_id: str | None = None,
        title: str | None = None,
        date: str | None = None,
        date_source: str | None = None,
        authors: tuple[str, ...] | list[str] = (),
        source: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        language: str | None = None,
        warnings: tuple[str, ...] | list[str] = (),
    ) -> None:
        if not isinstance(text, str):
            raise TypeError(f"an article's text is a str, not {type(text).__name__}; to read a file use newslab.load")
        values = {
            "text": text,
            # A table's numbers are ids as well.
            "article_id": _hash(text) if article_id in (None, "") else str(article_id),
            "title": title,
            "date": date,
            "date_source": date_source,
            "authors": tuple(authors),
            "source": source,
            "outlet": outlet,
            "url": url,
            "language": language,
            "warnings": tuple(warnings),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        name = self.title or f"{self.text[:40].strip()}..."
        return f"Article({name!r}, article_id={self.article_id!r}, words={len(words(self.text))})"

    def _repr_html_(self) -> str:
        """A small card for notebooks; everything that comes from the article is escaped."""
        beginning = self.text[:280].strip() + ("…" if len(self.text.strip()) > 280 else "")
        facts = [self.date, self.outlet, ", ".join(self.authors), self.source]
        lengths = ((len(paragraphs(self.text)), "paragraph"), (len(words(self.text)), "word"))
        facts.append(", ".join(f"{number:,} {unit}{'s' * (number != 1)}" for number, unit in lengths))
        title = self.title or "Article without a headline"
        line = " · ".join(escape(fact) for fact in facts if fact)
        notes = "".join(f"<p><strong>Note:</strong> {escape(note)}</p>" for note in self.warnings)
        return (
            '<div style="max-width:40em;border-left:4px solid #888;padding:.2em 1em">'
            f'<p style="margin:.2em 0"><strong>{escape(title)}</strong></p>'
            f'<p style="margin:.2em 0;opacity:.75">{line}</p>'
            f'<p style="margin:.4em 0" dir="auto">{escape(beginning)}</p>{notes}</div>'
        )


def as_article(article: Article | str) -> Article:
    """The article itself, or a plain string made into one, so that every verb takes both."""
    return article if isinstance(article, Article) else Article(article)


def as_english(article: Article | str) -> Article:
    """The same for a verb that knows English only: warns where the article is known to be in another language."""
    article = as_article(article)
    if article.language and article.language.lower().split("-")[0] != "en":
        warnings.warn(
            f"this article's language is {article.language!r}, and newslab reads English: take none of its tables at "
            "their word",
            LanguageWarning,
            stacklevel=_levels_to_caller(),
        )
    return article


def id_number(article_id: str) -> int:
    """An id as a short number, of which many millions fit into memory."""
    return int.from_bytes(hashlib.blake2b(article_id.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _levels_to_caller() -> int:
    """How far up the line stands that called newslab: a warning shown there is said once for it, not once a table."""
    frame = sys._getframe(1)  # the function that warns
    level = own = 1
    while frame.f_back:
        if frame.f_code.co_filename.startswith(PACKAGE):
            own = level
        frame, level = frame.f_back, level + 1
    return own + 1


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]

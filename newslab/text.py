"""Where paragraphs, sentences and words begin and end; every function gives offsets into the text it was given."""

from __future__ import annotations

import re
from functools import cache

from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

from newslab.resources import read_words

Span = tuple[int, int]

# A word is letters and digits, joined by an apostrophe, hyphen, full stop or ampersand within it (U.S, al-Quds, AT&T).
WORD = re.compile(r"[^\W_]+(?:['’.&\-‐‑][^\W_]+)*")
PARAGRAPH = re.compile(r"[^\n]+")


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text as ``(start, end)``, outer blanks left out; a line break ends a paragraph."""
    return [span for match in PARAGRAPH.finditer(text) if (span := _trim(text, *match.span()))[0] < span[1]]


def sentences(text: str) -> list[Span]:
    """The sentences of a text as ``(start, end)``, in order; no sentence runs over the end of a paragraph.

    Method: Punkt (Kiss and Strunk 2006), as nltk implements it, with newslab's own list of abbreviations.
    """
    found: list[Span] = []
    for start, end in paragraphs(text):
        for a, b in _splitter().span_tokenize(text[start:end]):
            found.append((start + a, start + b))
    return found


def words(text: str) -> list[Span]:
    """The words of a text as ``(start, end)``: letters and digits, with what joins them inside a word."""
    return [match.span() for match in WORD.finditer(text)]


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@cache
def _splitter() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = {entry.rstrip(".").lower() for entry in read_words("abbreviations.txt")}
    return PunktSentenceTokenizer(parameters)

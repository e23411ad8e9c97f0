"""The words that a measure counts, and the kind of a quote as its marks in the text show it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from newslab.text import Span

# The words of the labelled sets, so that figures can be compared with published ones: marks and blanks never count.
WORD = re.compile(r"[^\W_]+(?:['’\-.&][^\W_]+)*")
PARAGRAPH = re.compile(r"[^\n]+")
SIGN = re.compile(r"``|''|[\"“«„〝”»〞]")
OPENING, CLOSING = {"“", "«", "„", "〝", "``"}, {"”", "»", "〞"}
DIRECT_SHARE = 0.9


@lru_cache(maxsize=64)
def counted_words(text: str) -> tuple[Span, ...]:
    """The words that count, as ``(start, end)``."""
    return tuple(match.span() for match in WORD.finditer(text))


def word_numbers(text: str, spans: Iterable[Sequence[int]]) -> set[int]:
    """The numbers of the words that stand in the spans, in part at least, beginning there."""
    words = counted_words(text)
    found: set[int] = set()
    for start, end in spans:
        place = bisect_left(words, (start, start))
        while place < len(words) and words[place][0] < end:
            found.add(place)
            place += 1
    return found


@lru_cache(maxsize=64)
def marked_places(text: str) -> bytes:
    """One byte a character, 1 inside double quotation marks; a mark never closed runs to its paragraph's end."""
    places = bytearray(len(text))
    for paragraph in PARAGRAPH.finditer(text):
        for start, end in _marked(text, *paragraph.span()):
            places[start:end] = b"\x01" * (end - start)
    return bytes(places)


def kind_of(text: str, spans: Iterable[Sequence[int]], places: bytes) -> str:
    """Direct where nine words of ten stand in marks, indirect where none does, else mixed."""
    starts = [match.start() for start, end in spans for match in WORD.finditer(text, start, end)]
    inside = sum(places[start] for start in starts)
    if not starts:
        return "unknown"
    if not inside:
        return "indirect"
    return "direct" if inside / len(starts) >= DIRECT_SHARE else "mixed"


def _marked(text: str, start: int, end: int) -> Iterator[Span]:
    opened: int | None = None
    for sign in SIGN.finditer(text, start, end):
        if opened is None:
            opened = sign.start() if _opens(text, sign, start, end) else None
        elif _closes(sign):
            yield opened, sign.end()
            opened = None
    if opened is not None and end - opened > 1:
        yield opened, end


def _opens(text: str, sign: re.Match[str], start: int, end: int) -> bool:
    mark, after = sign.group(), text[sign.end()] if sign.end() < end else " "
    if mark in OPENING or mark in CLOSING:
        return mark in OPENING
    if mark == "''":
        return sign.end() < end and not after.isspace()
    before = text[sign.start() - 1] if sign.start() > start else " "
    return before.isspace() or not after.isspace()


def _closes(sign: re.Match[str]) -> bool:
    return sign.group() not in OPENING

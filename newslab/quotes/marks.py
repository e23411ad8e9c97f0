"""Quotation marks: which stretches of a text stand in marks, whatever the marks look like."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from newslab.resources import read_words
from newslab.text import WORD, paragraphs

# Everything that may open or close: doubled marks before single ones, so that '' is read as one mark.
SIGN = re.compile(r"``|''|‘‘|’’|‘’|[\"“”„〝〞«»]|['‘’‚`]")
OPENING = {"“", "„", "〝", "«", "``", "‘‘", "‘", "‚", "`"}
CLOSING = {"”", "〞", "»"}
SINGLE = {"'", "‘", "’", "‚", "`"}
# What may stand before an opening mark and after a closing one.
BEFORE = re.compile(r"[\s(\[{—―–\-:,/\"“«]")
AFTER = re.compile(r"[\s)\]}—―–\-:;,.!?…/\"”»]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch in quotation marks: ``start`` and ``end`` with the marks, ``closed`` where the closing one stands."""

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    single: bool


def find_marks(text: str) -> list[Mark]:
    """The outermost stretches in quotation marks, in order; none runs over the end of a paragraph.

    Straight, curly and doubled marks, guillemets and single marks, in any mixture. A mark never closed ends with its
    paragraph: a quote over several paragraphs opens each of them and closes the last. Single marks count outside
    double ones alone, told apart from apostrophes by what stands around them.
    """
    found: list[Mark] = []
    for start, end in paragraphs(text):
        doubles = list(_double_marks(text, start, end))
        found += doubles + list(_single_marks(text, start, end, doubles))
    return sorted(found, key=lambda mark: mark.start)


def _double_marks(text: str, start: int, end: int) -> Iterator[Mark]:
    opened: re.Match[str] | None = None
    inner = 0
    for sign in SIGN.finditer(text, start, end):
        if sign.group() in SINGLE:
            continue
        if opened is None:
            opened = sign if _opens(text, sign, start, end) else None
            inner = 0
        elif sign.group() == opened.group() and sign.group() in OPENING:
            inner += 1
        elif inner and _closes_inner(text, sign, end):
            inner -= 1
        else:
            yield Mark(opened.start(), sign.end(), opened.end(), sign.start(), True, False)
            opened = None
    if opened is not None and WORD.search(text, opened.end(), end):
        stop = opened.end() + len(text[opened.end() : end].rstrip())
        yield Mark(opened.start(), stop, opened.end(), stop, False, False)


def _opens(text: str, sign: re.Match[str], start: int, end: int) -> bool:
    """A mark opens if it looks so; a straight one if a word follows it, or a blank stands on neither side."""
    if sign.group() in OPENING:
        return True
    before = text[sign.start() - 1] if sign.start() > start else " "
    after = text[sign.end()] if sign.end() < end else " "
    if sign.group() in CLOSING:
        return before in " (" and after.isalnum()  # the wrong mark, as in (”Yes”)
    if len(sign.group()) == 2:
        return not after.isspace()
    return not (after.isspace() and not before.isspace())


def _closes_inner(text: str, sign: re.Match[str], end: int) -> bool:
    """A mark within an opened pair closes the inner one only where another follows that can close the outer one."""
    later = text.find(sign.group(), sign.end(), end)
    return later >= 0 and "“" not in text[sign.end() : later]


def _single_marks(text: str, start: int, end: int, doubles: list[Mark]) -> Iterator[Mark]:
    if not any(sign in text[start:end] for sign in "'‘’"):
        return
    starts = [mark.start for mark in doubles]
    signs = []
    for sign in SIGN.finditer(text, start, end):
        k = bisect_right(starts, sign.start()) - 1
        if sign.group() in SINGLE and not (k >= 0 and sign.start() < doubles[k].end):
            signs.append(sign)
    opened: re.Match[str] | None = None
    unsure: re.Match[str] | None = None
    for sign in signs:
        if opened is None or (unsure and _single_opens(text, sign, start)):
            if opened and unsure:
                yield Mark(opened.start(), unsure.end(), opened.end(), unsure.start(), True, True)
            opened, unsure = (sign, None) if _single_opens(text, sign, start) else (None, None)
        elif _single_closes(text, sign, end):
            if text[sign.start() - 1] == "s" and text[sign.end() : sign.end() + 2].strip()[:1].islower():
                unsure = sign  # perhaps a plural's apostrophe (the workers' rights): wait for a surer one
                continue
            yield Mark(opened.start(), sign.end(), opened.end(), sign.start(), True, True)
            opened = unsure = None
    if opened and unsure:
        yield Mark(opened.start(), unsure.end(), opened.end(), unsure.start(), True, True)


def _single_opens(text: str, sign: re.Match[str], start: int) -> bool:
    if sign.start() > start and not BEFORE.match(text[sign.start() - 1]):
        return False
    word = WORD.match(text, sign.end())
    if word is None:
        return sign.group() in {"‘", "‚", "`"} and text[sign.end() : sign.end() + 1] in {"“", "[", "…"}
    if text[sign.end()].isdigit() and sign.group() in {"'", "’"}:
        return False
    return sign.group() != "’" and word.group().lower() not in read_words("elisions.txt")


def _single_closes(text: str, sign: re.Match[str], end: int) -> bool:
    if sign.group() in {"‘", "‚", "`"}:
        return False
    return (sign.end() >= end or bool(AFTER.match(text[sign.end()]))) and not text[sign.start() - 1].isspace()

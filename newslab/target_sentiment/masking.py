"""Sentences as the model sees them: every name is a placeholder before anything else looks at the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from functools import cache

from newslab.resources import read_rows
from newslab.text import Span, sentences

TARGET = "TARGET"
NAME = "NAME"
NUMBER = "NUMBER"
# Sentences are cut where they would be cut if every name were this one word.
STAND_IN = "Name"
# Marks that stand around a name in a careless span, and what English adds to a name: neither belongs to it.
MARKS = " \t\n\r.,;:!?()[]{}<>\"'“”‘’«»…–—-*_/"
POSSESSIVE = re.compile(r"['’][sS]?$")
TOKEN = re.compile(
    r"(?P<digits>\d[\d.,:]*\d|\d)"
    r"|(?P<lower>[^\W\d_A-Z]+(?:n['’]t\b)?(?:-[^\W\d_A-Z]+)*)"
    r"|(?P<upper>[^\W\d_]+n['’]t\b|[^\W\d_]+(?:['’-][A-Z][^\W\d_]*)*)"
    r"|(?P<clitic>['’](?:s|re|ve|ll|d|m)\b)"
    r"|(?P<mark>\.\.+|--+|[^\w\s])"
)
# What the model needs of a very long sentence lies within this many tokens of the target.
REACH = 80
BEGINNERS = frozenset('"“‘([:-*.!?;') | {"..."}
PLAIN = {"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "--": "-", "…": "..."}
SHOUTED = 0.6


@dataclass(frozen=True, slots=True)
class Token:
    """One word, mark or placeholder of a masked sentence, and where it stands in the article."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Masked:
    """A sentence around one target: its tokens, and which of them is the target."""

    tokens: tuple[Token, ...]
    target: int


def trim_name(text: str, span: Span) -> Span:
    """A name's span without the marks around it and without a possessive ending; as it was if nothing would be left."""
    start, end = span
    width = -1
    while end - start != width:
        width = end - start
        while start < end and text[end - 1] in MARKS:
            end -= 1
        while start < end and text[start] in MARKS:
            start += 1
        ending = POSSESSIVE.search(text, max(start, end - 2), end)
        if ending and ending.start() > start:
            end = ending.start()
    return (start, end) if start < end else span


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """The same spans in order, those that overlap made into one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


class Masker:
    """One text with its names hidden, ready to be looked at from any target.

    ``names`` are hidden everywhere, ``targets`` when it is their turn; ``known`` are the words that may open a
    sentence with a capital letter without being taken for a name.
    """

    def __init__(self, text: str, names: Iterable[Span], targets: Iterable[Span], known: Set[str]) -> None:
        self._text = text
        self._known = known
        self._names = merge_spans(trim_name(text, span) for span in names)
        hidden = merge_spans([*self._names, *(trim_name(text, span) for span in targets)])
        self._bounds = _sentences_without_names(text, hidden)
        self._starts = [start for start, _ in self._bounds]
        self._masked: dict[int, list[Token]] = {}

    def mask(self, target: Span) -> Masked:
        """The sentence around ``target``, in placeholders and lower-case words."""
        start, end = trim_name(self._text, target)
        tokens = self._sentence(max(bisect_right(self._starts, start) - 1, 0))
        if not any(a <= start and end <= b for a, b in self._names_within(start, end)):
            tokens = self._hide(tokens, start, end)
        at = bisect_right(tokens, start, key=lambda token: token.end)
        before, after = tokens[max(at - REACH, 0) : at], tokens[at + 1 : at + 1 + REACH]
        return Masked((*before, Token(TARGET, tokens[at].start, tokens[at].end), *after), len(before))

    def _sentence(self, which: int) -> list[Token]:
        if which not in self._masked:
            start, end = self._bounds[which] if self._bounds else (0, len(self._text))
            self._masked[which] = _tokens(self._text, start, end, self._names_within(start, end), self._known)
        return self._masked[which]

    def _hide(self, tokens: list[Token], start: int, end: int) -> list[Token]:
        """The sentence once more, as far as the model looks, with a target hidden that is not among the names."""
        first = bisect_right(tokens, start, key=lambda token: token.end) - REACH - 1
        last = bisect_left(tokens, end, key=lambda token: token.start) + REACH
        begin = min([start, *(token.start for token in tokens[max(first, 0) : last])])
        stop = max([end, *(token.end for token in tokens[max(first, 0) : last])])
        names = merge_spans([*self._names_within(begin, stop), (start, end)])
        return _tokens(self._text, begin, stop, names, self._known, opens=first <= 0)

    def _names_within(self, start: int, end: int) -> list[Span]:
        first = bisect_right(self._names, start, key=lambda span: span[1])
        return self._names[first : bisect_left(self._names, end, key=lambda span: span[0])]


def _sentences_without_names(text: str, hidden: list[Span]) -> list[Span]:
    """The sentences of the text with one word in place of every name, so that no name moves a boundary."""
    pieces, shifts, done, shift = [], [(0, 0)], 0, 0
    for start, end in hidden:
        pieces += [text[done:start], STAND_IN]
        shift += (end - start) - len(STAND_IN)
        done = end
        shifts.append((end - shift, shift))
    pieces.append(text[done:])
    places = [place for place, _ in shifts]

    def back(offset: int) -> int:
        return offset + shifts[bisect_right(places, offset) - 1][1]

    return [(back(start), back(end)) for start, end in sentences("".join(pieces))]


def _tokens(text: str, start: int, end: int, names: list[Span], known: Set[str], opens: bool = True) -> list[Token]:
    """Words in lower case, marks, and one placeholder for each name or run of capitalised words."""
    raw = list(_raw(text, start, end, names))
    capitals = sum(kind == "upper" for kind, _ in raw)
    shouted = capitals > SHOUTED * sum(kind in ("upper", "lower") for kind, _ in raw) and capitals > 5
    tokens: list[Token] = []
    for kind, token in raw:
        begins = tokens[-1].word in BEGINNERS if tokens else opens
        word = _word(kind, token.word, begins or shouted, known)
        last = tokens[-1] if tokens and tokens[-1].word == NAME else None
        joined = word == NAME or (word == "." and token.end < end)
        if last and joined and text[last.end : token.start].strip(" .") == "":
            tokens[-1] = Token(NAME, last.start, token.end)
        else:
            tokens.append(Token(word, token.start, token.end))
    return tokens


def _raw(text: str, start: int, end: int, names: list[Span]) -> Iterator[tuple[str, Token]]:
    """The kinds of tokens and the tokens of ``text[start:end]``, names as they stand."""
    done = start
    for a, b in [*names, (end, end)]:
        for match in TOKEN.finditer(text, done, max(a, done)):
            yield str(match.lastgroup), Token(match.group(), *match.span())
        if a < b:
            yield "name", Token("", max(a, start), min(b, end))
        done = b


def _word(kind: str, shown: str, begins: bool, known: Set[str]) -> str:
    if kind == "name":
        return NAME
    if kind == "digits":
        return NUMBER
    if kind == "mark":
        return PLAIN.get(shown, shown)
    word = shown.lower().replace("’", "'")
    if kind == "upper" and word != "i" and not (begins and word in known):
        return NAME
    return _without_gender().get(word, word)


@cache
def _without_gender() -> dict[str, str]:
    """Words that tell he from she, and the word the model sees instead."""
    rows = read_rows("gender_pairs.tsv")
    return {row[column]: row["seen_as"] for row in rows for column in ("he", "she")}

"""What every rule looks at: an article's parse, its sentences and its stretches in quotation marks, quick to ask."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np

from newslab.article import Article
from newslab.language import Doc, Token, parse
from newslab.quotes.marks import Mark, find_marks
from newslab.text import Span, paragraphs, sentences, words

TURN = re.compile(r"([A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,4}): ")


@dataclass(frozen=True)
class Story:
    """An article as the rules see it; all positions are offsets into ``text``."""

    article: Article
    text: str
    doc: Doc
    marks: list[Mark] = field(repr=False)

    @classmethod
    def of(cls, article: Article) -> Story:
        """The article, parsed, with its marks found."""
        return cls(article, article.text, parse(article), find_marks(article.text))

    @cached_property
    def token_starts(self) -> list[int]:
        """Where each token of the parse begins."""
        starts: list[int] = self.doc.to_array("IDX").tolist()
        return starts

    @cached_property
    def sentence_firsts(self) -> list[int]:
        """The number of the first token of each sentence of the parse."""
        starts = np.flatnonzero(self.doc.to_array("SENT_START") == 1)
        return [int(i) for i in starts]

    def bounds(self, i: int) -> tuple[int, int]:
        """The numbers of the first and the last token of the sentence of a token."""
        k = bisect_right(self.sentence_firsts, i)
        last = self.sentence_firsts[k] - 1 if k < len(self.sentence_firsts) else len(self.doc) - 1
        return (self.sentence_firsts[k - 1] if k else 0), last

    def sentence_span(self, i: int) -> Span:
        """Where the sentence of a token begins and ends in the text."""
        first, last = self.bounds(i)
        return self.token_starts[first], end_of(self.doc[last])

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs, as every table counts them."""
        return paragraphs(self.text)

    @cached_property
    def sentences(self) -> list[Span]:
        """The sentences, as every table counts them."""
        return sentences(self.text)

    @cached_property
    def words(self) -> list[Span]:
        """The words."""
        return words(self.text)

    @cached_property
    def mark_starts(self) -> list[int]:
        """Where each mark begins."""
        return [mark.start for mark in self.marks]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where each sentence begins."""
        return [start for start, _ in self.sentences]

    @cached_property
    def paragraph_starts(self) -> list[int]:
        """Where each paragraph begins."""
        return [start for start, _ in self.paragraphs]

    @cached_property
    def word_starts(self) -> list[int]:
        """Where each word begins."""
        return [start for start, _ in self.words]

    @cached_property
    def turns(self) -> dict[int, Span]:
        """The paragraphs that are turns of a transcript, with the place of the speaker's name in the first of them.

        A turn is a name and a colon; two such names come back, or their initials do ("Mona Field: ...", "MF: ...").
        """
        names: dict[str, list[int]] = {}
        for number, (start, end) in enumerate(self.paragraphs):
            if match := TURN.match(self.text[start : min(end, start + 80)]):
                names.setdefault(match.group(1), []).append(number)
        full = {initials(name): name for name in reversed(names) if " " in name}
        for short in [name for name in names if name in full]:
            names[full[short]] += names.pop(short)
        back = {name: numbers for name, numbers in names.items() if len(numbers) > 1}
        if len(back) < 2:
            return {}
        firsts = {name: self.paragraphs[numbers[0]][0] for name, numbers in back.items()}
        return {k: (firsts[name], firsts[name] + len(name)) for name, numbers in back.items() for k in numbers}

    @cached_property
    def names(self) -> Counter[str]:
        """How often two words with capital letters follow each other, as in a name."""
        capital = [self.text[start:end] if self.text[start].isupper() else "" for start, end in self.words]
        return Counter(f"{first} {second}" for first, second in pairwise(capital) if first and second)

    def is_known(self, name: str) -> bool:
        """Whether the article has a name more than once."""
        return self.names[" ".join(name.split()[:2])] > 1

    def mark_at(self, position: int) -> int | None:
        """The number of the mark that covers a position."""
        k = bisect_right(self.mark_starts, position) - 1
        return k if k >= 0 and position < self.marks[k].end else None

    def marks_in(self, start: int, end: int) -> range:
        """The numbers of the marks that overlap ``start:end``."""
        first = bisect_right(self.mark_starts, start) - 1
        if first < 0 or self.marks[first].end <= start:
            first += 1
        return range(first, bisect_left(self.mark_starts, end))

    def tokens(self, start: int, end: int) -> Iterator[Token]:
        """The tokens that begin in ``start:end``."""
        for i in range(bisect_left(self.token_starts, start), bisect_left(self.token_starts, end)):
            yield self.doc[i]

    @cached_property
    def breaks(self) -> list[int]:
        """The numbers of the tokens at which a clause may end: a second verb, an aside, a bracket."""
        return [
            token.i
            for token in self.doc
            if token.dep_ == "conj"
            or token.tag_ in {"WDT", "WP", "WP$"}
            or (token.tag_ == "VBG" and token.dep_ == "advcl")
            or token.text in {"(", "-LRB-"}
        ]

    def breaks_in(self, start: int, end: int) -> Iterator[Token]:
        """Those of them that begin in ``start:end``."""
        first, last = bisect_left(self.token_starts, start), bisect_left(self.token_starts, end)
        for k in range(bisect_left(self.breaks, first), bisect_left(self.breaks, last)):
            yield self.doc[self.breaks[k]]

    def sentence_at(self, position: int) -> int:
        """The number of the sentence at a position."""
        return max(bisect_right(self.sentence_starts, position) - 1, 0)

    def paragraph_at(self, position: int) -> int:
        """The number of the paragraph at a position."""
        return max(bisect_right(self.paragraph_starts, position) - 1, 0)

    def words_in(self, start: int, end: int) -> range:
        """The numbers of the words that begin in ``start:end``."""
        return range(bisect_left(self.word_starts, start), bisect_left(self.word_starts, end))

    def trim(self, start: int, end: int, extra: str = "") -> Span:
        """``start:end`` without blanks at its ends, nor any of the signs in ``extra``."""
        while start < end and (self.text[start].isspace() or self.text[start] in extra):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in extra):
            end -= 1
        return start, end


def end_of(token: Token) -> int:
    """Where a token ends in the text."""
    return token.idx + len(token)


def initials(name: str) -> str:
    """The first letters of the words of a name: "Mona Field" is MF."""
    return "".join(word[0] for word in name.split())

"""What is counted in a text before any formula is used: words, sentences, syllables, letters, long and hard words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from newslab.readability.syllables import count_syllables
from newslab.text import Span, sentences, words

LONG = 7
HARDEST = 8
PART = re.compile(r"[-‐‑]")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, and what the formulas ask of it."""

    start: int
    end: int
    sentence: int
    text: str
    syllables: int
    letters: int
    name: bool
    complex: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in an article, a paragraph or a speaker's words."""

    words: int
    sentences: int
    syllables: int
    letters: int
    polysyllables: int
    complex_words: int
    long_words: int
    longest_sentence: str | None
    hardest_words: list[str]


class CountedText:
    """A text of which every word is looked at once; counts of any part of it are sums over its words."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = sentences(text)
        self.words = _read_words(text, self.sentences)
        self._starts = [word.start for word in self.words]

    def count(self, spans: Iterable[Span]) -> Counts:
        """Counts over the words that lie wholly inside the spans; a word in two spans counts once."""
        chosen: set[int] = set()
        for start, end in spans:
            first, stop = bisect_left(self._starts, start), bisect_left(self._starts, end)
            while stop > first and self.words[stop - 1].end > end:
                stop -= 1
            chosen.update(range(first, stop))
        return self._sum([self.words[i] for i in sorted(chosen)])

    def _sum(self, chosen: list[Word]) -> Counts:
        by_sentence: dict[int, list[Word]] = {}
        for word in chosen:
            by_sentence.setdefault(word.sentence, []).append(word)
        return Counts(
            words=len(chosen),
            sentences=len(by_sentence),
            syllables=sum(word.syllables for word in chosen),
            letters=sum(word.letters for word in chosen),
            polysyllables=sum(word.syllables >= 3 for word in chosen),
            complex_words=sum(word.complex for word in chosen),
            long_words=sum(word.letters >= LONG for word in chosen),
            longest_sentence=self._longest(by_sentence),
            hardest_words=_hardest(chosen),
        )

    def _longest(self, by_sentence: dict[int, list[Word]]) -> str | None:
        if not by_sentence:
            return None
        start, end = self.sentences[max(by_sentence, key=lambda number: len(by_sentence[number]))]
        return self.text[start:end]


def _read_words(text: str, bounds: list[Span]) -> list[Word]:
    starts = [start for start, _ in bounds]
    found = []
    last = -1
    for start, end in words(text):
        sentence = bisect_right(starts, start) - 1
        written = text[start:end]
        syllables = count_syllables(written)
        name = written[0].isupper() and sentence == last
        last = sentence
        letters = sum(char.isalnum() for char in written)
        found.append(Word(start, end, sentence, written, syllables, letters, name, syllables >= 3 and not name))
    return found


def _hardest(chosen: list[Word]) -> list[str]:
    hard: dict[str, Word] = {}
    for word in chosen:
        if word.complex:
            hard.setdefault(word.text.lower(), word)
    ranked = sorted(hard.items(), key=lambda item: (-item[1].syllables, -item[1].letters))
    return [text for text, _ in ranked[:HARDEST]]

"""What is counted in a text before any formula is used: words, sentences, syllables, letters, long and hard words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from newslab.readability.familiar import is_familiar, listed_words
from newslab.readability.syllables import count_syllables
from newslab.text import Span, sentences, words

LONG = 7
HARD = 3
HARDEST_LISTED = 8
PARTS = re.compile(r"[-‐‑]")
OPENING = re.compile(r"[\"'“‘«(\[:]\s*$")
INFLECTED = re.compile(r"(?P<base>.{3,}?)(?:e?d|e?s)$")
LONGEST_COMPOUND = 30


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: where it stands, in which sentence, and what the formulas ask of it."""

    start: int
    end: int
    sentence: int
    text: str
    letters: int
    syllables: int
    is_complex: bool
    is_familiar: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in an article, a paragraph or a speaker's words; the formulas use nothing else.

    ``sentences`` is a whole number for whole sentences, and six words of a sentence of twenty are 0.3 of one;
    ``letters`` are letters and digits; ``long_words`` have seven or more of them; ``polysyllables`` are all words of
    three or more syllables; ``complex_words`` leave out of these what Gunning does (see ``CountedText``);
    ``unfamiliar_words`` are those that Dale and Chall count.
    """

    words: int
    sentences: float
    syllables: int
    letters: int
    polysyllables: int
    complex_words: int
    long_words: int
    unfamiliar_words: int


class CountedText:
    """A text in which every word is looked at once; what is counted in a part of it is a sum over the part's words.

    A word is a name where it has a capital that its place does not explain. Names, numbers, words made of short words
    (stock-market, newspaper) and words that only -ed or -es brings to three syllables are not complex (Gunning 1952,
    pages 36-40); names and numbers are familiar (Dale and Chall 1948).
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences = sentences(text)
        self.words = list(_read_words(text, self.sentences))
        self._starts = [word.start for word in self.words]
        self._sizes = Counter(word.sentence for word in self.words)

    def words_in(self, spans: Iterable[Span]) -> list[Word]:
        """The words that lie wholly inside the spans, in order; a word in two spans is there once."""
        chosen: set[int] = set()
        for start, end in spans:
            first, stop = bisect_left(self._starts, start), bisect_left(self._starts, end)
            while stop > first and self.words[stop - 1].end > end:
                stop -= 1
            chosen.update(range(first, stop))
        return [self.words[i] for i in sorted(chosen)]

    def count(self, chosen: list[Word]) -> Counts:
        """The sums over some of the words; a piece of a sentence counts as that share of one."""
        shares = Counter(word.sentence for word in chosen)
        return Counts(
            words=len(chosen),
            sentences=sum(count / self._sizes[sentence] for sentence, count in shares.items()),
            syllables=sum(word.syllables for word in chosen),
            letters=sum(word.letters for word in chosen),
            polysyllables=sum(word.syllables >= HARD for word in chosen),
            complex_words=sum(word.is_complex for word in chosen),
            long_words=sum(word.letters >= LONG for word in chosen),
            unfamiliar_words=sum(not word.is_familiar for word in chosen),
        )

    def longest_sentence(self, chosen: list[Word]) -> str | None:
        """The text of the sentence, or of the piece of one, that has the most of these words; None without words."""
        by_sentence: dict[int, list[Word]] = {}
        for word in chosen:
            by_sentence.setdefault(word.sentence, []).append(word)
        if not by_sentence:
            return None
        number, longest = max(by_sentence.items(), key=lambda item: len(item[1]))
        start, end = self.sentences[number]
        first, last = longest[0].start, longest[-1].end
        is_whole = not words(self.text[start:first]) and not words(self.text[last:end])
        return self.text[start:end] if is_whole else self.text[first:last]


def hardest_words(chosen: list[Word]) -> list[str]:
    """Up to eight complex words: those of most syllables first, then unfamiliar ones, then the longest."""
    hard: dict[str, Word] = {}
    for word in chosen:
        if word.is_complex:
            hard.setdefault(word.text if word.text.isupper() else word.text.lower(), word)
    ranked = sorted(hard.items(), key=lambda item: (-item[1].syllables, item[1].is_familiar, -item[1].letters))
    return [text for text, _ in ranked[:HARDEST_LISTED]]


def _read_words(text: str, bounds: list[Span]) -> Iterator[Word]:
    starts = [start for start, _ in bounds]
    shouted = [text[start:end].isupper() for start, end in bounds]
    spans = words(text)
    numbers = [bisect_right(starts, start) - 1 for start, _ in spans]
    opening = [
        i == 0 or numbers[i] != numbers[i - 1] or OPENING.search(text, spans[i - 1][1], start) is not None
        for i, (start, _) in enumerate(spans)
    ]
    named = {text[a:b] for (a, b), opens in zip(spans, opening, strict=True) if not opens and text[a].isupper()}
    for (start, end), number, opens in zip(spans, numbers, opening, strict=True):
        written = text[start:end]
        is_name = written[0].isupper() and written not in ("I", "A") and (written in named or not opens)
        if shouted[number] and len(text[starts[number] : bounds[number][1]].split()) > 1:
            is_name, written_as = False, written.lower()
        else:
            written_as = written
        syllables = count_syllables(written_as)
        yield Word(
            start,
            end,
            number,
            written,
            letters=sum(char.isalnum() for char in written),
            syllables=syllables,
            is_complex=syllables >= HARD and not is_name and _is_complex(written_as),
            is_familiar=is_name or is_familiar(written_as),
        )


@lru_cache(maxsize=50_000)
def _is_complex(word: str) -> bool:
    """Whether a word of three or more syllables, not a name, is complex by Gunning's rules."""
    if any(char.isdigit() for char in word):
        return False
    parts = [part for part in PARTS.split(word) if part]
    if len(parts) > 1:
        return any(count_syllables(part) >= HARD and _is_complex(part) for part in parts)
    inflected = INFLECTED.fullmatch(word.lower())
    if inflected and count_syllables(inflected["base"]) < HARD and word[-2:].lower() in ("ed", "es"):
        return False
    return not _is_made_of_short_words(word.lower())


def _is_made_of_short_words(word: str) -> bool:
    """Words such as newspaper and afternoon, which are two words of Dale and Chall's list written as one."""
    cuts = range(3, len(word) - 2) if len(word) <= LONGEST_COMPOUND else range(0)
    return any(word[:cut] in listed_words() and word[cut:] in listed_words() for cut in cuts)

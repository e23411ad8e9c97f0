"""An article's words as plain lists, so that every rule reads them fast and none of them knows spaCy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from numpy import uint64
from numpy.typing import NDArray

from newslab.actors.lists import organisation_words
from newslab.language import Doc

HYPHENS = frozenset({"-", "‐", "‑"})
HEADLINE_WORDS, HEADLINE_SHARE, STOPPED_HEADLINE_SHARE = 5, 0.6, 0.85


class Words:
    """The words of a parse in order, hyphenated ones whole (``al-Quds``), with offsets, tags and the tree.

    All lists have one entry a word. ``head`` is the number of the word it depends on (itself at the root), ``sent`` the
    number of its sentence, ``ents`` the model's names as (first, last + 1, label).
    """

    def __init__(self, doc: Doc, text: str) -> None:
        self.text = text
        tokens = _read(doc, text)
        groups = _groups(tokens)
        firsts = [first for first, _ in groups]
        unit_of = [max(bisect_right(firsts, index) - 1, 0) for index in range(len(tokens.start))]
        heads = tokens.head
        tops = [
            last - 1
            if last - first == 1
            else next((i for i in range(last - 1, first - 1, -1) if not first <= heads[i] < last), last - 1)
            for first, last in groups
        ]
        self.start = [tokens.start[first] for first in firsts]
        self.end = [tokens.end[last - 1] - _ends_sentence(tokens, last - 1) for _, last in groups]
        self.form = [text[a:b] for a, b in zip(self.start, self.end, strict=True)]
        self.low = [form.lower() for form in self.form]
        self.pos = [tokens.pos[top] for top in tops]
        self.tag = [tokens.tag[top] for top in tops]
        self.dep = [tokens.dep[top] for top in tops]
        self.head = [
            number if first <= heads[top] < last else unit_of[heads[top]]
            for number, (top, (first, last)) in enumerate(zip(tops, groups, strict=True))
        ]
        self.lemma = [
            tokens.lemma[top].lower() if last - first == 1 else self.low[number]
            for number, (top, (first, last)) in enumerate(zip(tops, groups, strict=True))
        ]
        self.ents = [(unit_of[ent.start], unit_of[ent.end - 1] + 1, ent.label_) for ent in doc.ents]
        self.sent = list(accumulate(tokens.begins[first] for first in firsts))

    def __len__(self) -> int:
        return len(self.form)

    @cached_property
    def label(self) -> list[str]:
        """The model's label of the name each word stands in, else an empty string."""
        labels = [""] * len(self)
        for first, last, label in self.ents:
            labels[first:last] = [label] * (last - first)
        return labels

    @cached_property
    def paragraph(self) -> list[int]:
        """The number of the paragraph each word stands in."""
        numbers, count, before = [], 0, 0
        for start in self.start:
            if "\n" in self.text[before:start]:
                count += 1
            before = start
            numbers.append(count)
        return numbers

    @cached_property
    def headlines(self) -> set[int]:
        """Sentences in title case or capitals, where a capital says nothing; one with a full stop is a line alone."""
        upper: dict[int, int] = {}
        every: dict[int, int] = {}
        inside: dict[int, set[int]] = {}
        stopped = set()
        for form, sentence, paragraph in zip(self.form, self.sent, self.paragraph, strict=True):
            inside.setdefault(paragraph, set()).add(sentence)
            if len(form) > 3 and form[0].isalpha():
                every[sentence] = every.get(sentence, 0) + 1
                upper[sentence] = upper.get(sentence, 0) + form[0].isupper()
            elif form in {".", "?", "!"}:
                stopped.add(sentence)
        never = stopped & {sentence for many in inside.values() if len(many) > 1 for sentence in many}
        least = {sentence: STOPPED_HEADLINE_SHARE if sentence in stopped else HEADLINE_SHARE for sentence in every}
        return {s for s, n in every.items() if n >= HEADLINE_WORDS and upper[s] / n > least[s] and s not in never}

    @cached_property
    def children(self) -> list[list[int]]:
        """The words that depend on each word, in order."""
        below: list[list[int]] = [[] for _ in self.form]
        for index, head in enumerate(self.head):
            if head != index:
                below[head].append(index)
        return below

    def child(self, index: int, *deps: str) -> int | None:
        """The first word that depends on ``index`` in one of the given ways."""
        return next((below for below in self.children[index] if self.dep[below] in deps), None)

    def left(self, index: int) -> int:
        """The first word of the phrase that ``index`` heads."""
        while self.children[index] and self.children[index][0] < index:
            index = self.children[index][0]
        return index

    def right(self, index: int) -> int:
        """The last word of the phrase that ``index`` heads."""
        while self.children[index] and self.children[index][-1] > index:
            index = self.children[index][-1]
        return index

    def between(self, start: int, end: int) -> range:
        """The numbers of the words that begin in ``text[start:end]``."""
        return range(bisect_left(self.start, start), bisect_left(self.start, end))

    def ents_in(self, first: int, last: int) -> list[tuple[int, int, str]]:
        """The model's names that begin between two words."""
        at = bisect_left(self.ents, (first, 0, ""))
        return self.ents[at : bisect_left(self.ents, (last, 0, ""))]

    def opens(self, index: int) -> bool:
        """Whether the word begins a sentence, a quotation or an item, where a capital says nothing."""
        if index == 0 or self.sent[index] != self.sent[index - 1]:
            return True
        return self.form[index - 1] in {'"', "“", "''", "``", "‘", "'", ":", "•", "—", "«", "–", "…", "..."}


@dataclass(slots=True)
class _Tokens:
    """What the parse says of each token, as lists; ``begins`` is 1 where a sentence does."""

    start: list[int]
    end: list[int]
    form: list[str]
    head: list[int]
    begins: list[int]
    pos: list[str]
    tag: list[str]
    dep: list[str]
    lemma: list[str]
    person: list[bool]


def _read(doc: Doc, text: str) -> _Tokens:
    """The parse read by columns: twice as fast as token by token."""
    columns: list[int | str] = ["LENGTH", "SPACY", "HEAD", "SENT_START", "POS", "TAG", "DEP", "LEMMA", "ENT_TYPE"]
    rows = doc.to_array(columns).astype("int64").reshape(-1, len(columns)).T
    lengths, spaces, heads, begins = (column.tolist() for column in rows[:4])
    ends = list(accumulate(length + space for length, space in zip(lengths, spaces, strict=True)))
    ends = [end - space for end, space in zip(ends, spaces, strict=True)]
    starts = [end - length for end, length in zip(ends, lengths, strict=True)]
    pos, tag, dep, lemma, label = (_strings(doc, column) for column in rows[4:].astype("uint64"))
    return _Tokens(
        starts,
        ends,
        [text[a:b] for a, b in zip(starts, ends, strict=True)],
        [index + head for index, head in enumerate(heads)],
        [int(begin == 1) for begin in begins],
        pos,
        tag,
        dep,
        lemma,
        [name == "PERSON" for name in label],
    )


def _strings(doc: Doc, column: NDArray[uint64]) -> list[str]:
    """The strings that a column's numbers stand for."""
    numbers = column.tolist()
    known = {number: doc.vocab.strings[number] for number in set(numbers)}
    return [known[number] for number in numbers]


def _groups(tokens: _Tokens) -> list[tuple[int, int]]:
    """Tokens as (first, last + 1), joined over a hyphen inside a word; blank tokens are left out."""
    groups: list[tuple[int, int]] = []
    index, count = 0, len(tokens.form)
    while index < count:
        first, index = index, index + 1
        while index + 1 < count and tokens.form[index] in HYPHENS and _joins(tokens, first, index):
            index += 2
        if not tokens.form[first].isspace():
            groups.append((first, index))
    return groups


def _joins(tokens: _Tokens, first: int, hyphen: int) -> bool:
    """Whether the hyphen goes on with the word: "al-Quds", "Jong-un" and "right-wing", but not "U.S.-based"."""
    if tokens.end[hyphen - 1] != tokens.start[hyphen] or tokens.end[hyphen] != tokens.start[hyphen + 1]:
        return False
    after = tokens.form[hyphen + 1]
    if not after[0].isalnum():
        return False
    if tokens.person[first] and len(after) <= 4:
        return True
    return after[0].isupper() or tokens.pos[hyphen + 1] == "PROPN" or not tokens.form[first][0].isupper()


def _ends_sentence(tokens: _Tokens, index: int) -> bool:
    """Whether the full stop that the model left on a word ("GroupM.") ends the sentence."""
    form = tokens.form[index]
    if form[-1] != "." or len(form) < 5 or not form[:-1].isalpha() or form.lower() in organisation_words():
        return False
    return index + 1 == len(tokens.form) or tokens.begins[index + 1] == 1 or tokens.form[index + 1].isspace()

"""An article's words as plain lists, so that every rule reads them fast and none of them knows spaCy."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate

from newslab.language import Doc, Token
from newslab.resources import read_words

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
HYPHENS = frozenset({"-", "‐", "‑"})


class Words:
    """The words of a parse in order, hyphenated ones whole (``al-Quds``), with offsets, tags and the tree.

    All lists have one entry a word. ``head`` is the number of the word it depends on (itself at the root), ``sent`` the
    number of its sentence, ``ents`` the model's names as (first, last + 1, label).
    """

    def __init__(self, doc: Doc, text: str) -> None:
        self.text = text
        tokens = list(doc)
        groups = _groups(tokens)
        firsts = [first for first, _ in groups]
        unit_of = [max(bisect_right(firsts, index) - 1, 0) for index in range(len(tokens))]
        heads = [token.head.i for token in tokens]
        tops = [
            next((i for i in range(last - 1, first - 1, -1) if not first <= heads[i] < last), last - 1)
            for first, last in groups
        ]
        self.start = [tokens[first].idx for first, _ in groups]
        self.end = [tokens[last - 1].idx + len(tokens[last - 1]) for _, last in groups]
        for number, (_, last) in enumerate(groups):
            if tokens[last - 1].text[-1] == "." and _ends_sentence(tokens, last - 1):
                self.end[number] -= 1
        self.form = [text[a:b] for a, b in zip(self.start, self.end, strict=True)]
        self.low = [form.lower() for form in self.form]
        self.pos = [tokens[top].pos_ for top in tops]
        self.tag = [tokens[top].tag_ for top in tops]
        self.dep = [tokens[top].dep_ for top in tops]
        self.head = [
            unit_of[heads[top]] if heads[top] not in range(first, last) else number
            for number, (top, (first, last)) in enumerate(zip(tops, groups, strict=True))
        ]
        self.lemma = [
            tokens[top].lemma_.lower() if last - first == 1 else self.low[number]
            for number, (top, (first, last)) in enumerate(zip(tops, groups, strict=True))
        ]
        self.ents = [(unit_of[ent.start], unit_of[ent.end - 1] + 1, ent.label_) for ent in doc.ents]
        self.sent = list(accumulate(int(tokens[first].is_sent_start is True) for first in firsts))

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

    def glued(self, index: int) -> bool:
        """Whether no blank stands before the word."""
        return index > 0 and self.end[index - 1] == self.start[index]

    def opens(self, index: int) -> bool:
        """Whether the word begins a sentence, a quotation or an item, where a capital says nothing."""
        if index == 0 or self.sent[index] != self.sent[index - 1]:
            return True
        return self.form[index - 1] in {'"', "“", "''", "``", "‘", "'", ":", "•", "—", "«", "–", "…", "..."}


def _groups(tokens: list[Token]) -> list[tuple[int, int]]:
    """Tokens as (first, last + 1), joined over a hyphen inside a word; blank tokens are left out."""
    groups: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        first, index = index, index + 1
        while index + 1 < len(tokens) and _joins(tokens, first, index):
            index += 2
        if not tokens[first].is_space:
            groups.append((first, index))
    return groups


def _joins(tokens: list[Token], first: int, hyphen: int) -> bool:
    """Whether the hyphen goes on with the word: "al-Quds", "Jong-un" and "right-wing", but not "U.S.-based"."""
    if tokens[hyphen].text not in HYPHENS or tokens[hyphen - 1].whitespace_ or tokens[hyphen].whitespace_:
        return False
    after = tokens[hyphen + 1]
    if not after.text[0].isalnum():
        return False
    if tokens[first].ent_type_ == "PERSON" and len(after) <= 4:
        return True
    return after.text[0].isupper() or after.pos_ == "PROPN" or not tokens[first].text[0].isupper()


def _ends_sentence(tokens: list[Token], index: int) -> bool:
    """Whether the full stop that the model left on a word ("GroupM.") ends the sentence."""
    form = tokens[index].text
    last = index + 1 == len(tokens) or tokens[index + 1].is_sent_start or tokens[index + 1].is_space
    return last and len(form) > 4 and form[:-1].isalpha() and form.lower() not in read_words("organisation_words.txt")

"""Actors without a name where they stand ("a neighbour", "the army chief", "her statement"), and the pronouns."""

from __future__ import annotations

from dataclasses import dataclass

from newslab.actors.lists import role_nouns, speech_verbs, titles, word_set
from newslab.actors.roles import EMPTY, head_noun, is_role, role_words
from newslab.actors.words import Words

PRONOUNS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
    "they": "plural",
    "them": "plural",
    "their": "plural",
    "theirs": "plural",
    "themselves": "plural",
    "it": "thing",
    "its": "thing",
    "itself": "thing",
}
RELATIVES = frozenset({"who", "whom", "whose"})
INNER = frozenset({"compound", "amod", "nmod", "npadvmod", "nummod", "attr", "quantmod"})
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
ENDS = frozenset(
    {",", "who", "whom", "whose", "which", "that", "—", "–", "(", ")", '"', "“", "”", ";", ":", "''", "``", "."}
)
PARTISANS = frozenset({"republican", "democrat", "liberal", "conservative", "independent"})
AFTER = frozenset({"familiar", "close"})
VERB_TAGS = frozenset({"VBG", "VBD", "VBZ", "VBP", "TO", "MD", "PRP"})
LONGEST = 10


@dataclass(frozen=True, slots=True)
class Phrase:
    """A description: words ``first`` to ``last`` (exclusive) around the noun ``head``."""

    head: int
    first: int
    last: int
    noun: str
    kind: str
    plural: bool
    definite: bool
    possessed: bool
    words: frozenset[str]
    gender: str | None
    coloured: bool
    everything: frozenset[str]


def find_phrases(words: Words, named: dict[int, int]) -> list[Phrase]:
    """Every description of an actor outside the names; ``named`` holds the words that are names or titles of names."""
    return [
        phrase
        for index in range(len(words))
        if words.pos[index] in {"NOUN", "PROPN", "ADJ", "PRON", "DET"} and index not in named
        if (phrase := _phrase(words, index))
    ]


def _phrase(words: Words, index: int) -> Phrase | None:
    speaks = _speaks(words, index)
    noun = head_noun(words, index)
    entry = role_nouns().get(words.lemma[index]) or role_nouns().get(noun) or role_nouns().get(noun.rsplit(" ", 1)[-1])
    title = words.pos[index] == "PROPN" and is_role(words, index, "person")
    if words.dep[index] in INNER or not (entry or title or speaks) or words.low[index] in PRONOUNS:
        return None
    if words.pos[index] in {"PRON", "DET", "ADJ"} and not (
        speaks and words.low[index] in {"one", "some", "many", "others", "critics"}
    ):
        return None
    first, last = _extent(words, index)
    plural = words.tag[index] in {"NNS", "NNPS"} or (entry is not None and entry.kinds[0] == "group")
    kinds = entry.kinds if entry else ("person",)
    kind = "group" if plural and kinds[0] in {"person", "group"} else kinds[0]
    if not plural and any("year-old" in low for low in words.low[first:index]):
        kind = "person"
    opening = {words.low[i] for i in range(first, min(first + 1, index))}
    possessed = words.child(index, "poss") is not None
    gender = entry.gender if entry and not plural else None
    if title and not entry:
        found = titles().get(words.low[index])
        gender = found.gender if found else None
    return Phrase(
        index,
        first,
        last,
        noun,
        kind,
        plural,
        bool(opening & DEFINITE) or possessed,
        possessed,
        role_words(words, first, index) | _of_words(words, index, last),
        gender,
        _coloured(words, first, index),
        role_words(words, first, last),
    )


def _coloured(words: Words, first: int, index: int) -> bool:
    """Whether adjectives or an age describe rather than tell apart: "the lanky professor", "the 26-year-old winger"."""
    if words.low[index] in PARTISANS:
        return True
    plain = word_set("plain_adjectives.txt")
    return any(
        "-" in words.low[at] or (words.pos[at] == "ADJ" and words.form[at].islower() and words.low[at] not in plain)
        for at in range(first, index)
    )


def _speaks(words: Words, index: int) -> bool:
    """Whether the word is the subject of a verb of speech, or stands after "according to"."""
    head = words.head[index]
    if words.dep[index] in {"nsubj", "nsubjpass"}:
        return words.lemma[head] in speech_verbs()
    return words.dep[index] == "pobj" and words.low[head] == "to" and words.low[max(head - 1, 0)] == "according"


def _extent(words: Words, index: int) -> tuple[int, int]:
    """First and last word of a description: what belongs to the noun before it, and what follows unbroken."""
    left = max(words.left(index), index - LONGEST)
    first = index
    while (
        first > left
        and words.form[first - 1] not in ENDS
        and (words.pos[first - 1] not in {"CCONJ", "VERB", "SCONJ"} or "-" in words.form[first - 1])
    ):
        if words.tag[first - 1] == "PRP":
            break
        first -= 1
    if first > left and words.form[first - 1] == "," and words.pos[left] == "DET":
        first = left
    right = min(words.right(index), index + LONGEST)
    last = index + 1
    while last <= right and _goes_on(words, index, last):
        last += 1
    while last > index + 1 and words.pos[last - 1] in {"ADP", "CCONJ", "DET", "PUNCT", "ADV"}:
        last -= 1
    return first, last


def _goes_on(words: Words, index: int, last: int) -> bool:
    """Whether a word after the noun still belongs to the description: "researchers at the university", no clause."""
    tag, low = words.tag[last], words.low[last]
    if low in ENDS or low == "but" or tag in VERB_TAGS or tag == "POS":
        return False
    if tag == "VBN":
        return last == index + 1
    return tag != "JJ" or low in AFTER or last > index + 1


def _of_words(words: Words, index: int, last: int) -> frozenset[str]:
    """The words of "of ...", "for ..." after a noun."""
    if words.low[index + 1 : index + 2] and words.low[index + 1] in {"of", "for", "with", "at"} and last > index + 1:
        return role_words(words, index + 2, last) - EMPTY
    return frozenset()

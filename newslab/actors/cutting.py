"""A run of capitalised words cut into names: where a title, a place or a body before a person's name ends."""

from __future__ import annotations

import re

from newslab.actors.lists import fold_title, organisation_words, parties, peoples, places, role_nouns, titles, word_set
from newslab.actors.words import Words

LONGEST_TITLE = 4
ACRONYM = re.compile(r"(?:[A-Z][A-Za-z]?\.?){2,8}$")
# First and last word (exclusive) of a name, and the same of the title before it.
Piece = tuple[int, int, tuple[int, int] | None]


def is_acronym(text: str) -> bool:
    """Whether a name is written as an acronym: "FO", "U.N.", "IAEA"."""
    return bool(ACRONYM.match(text)) and sum(letter.isupper() for letter in text) >= 2 and not text[-1].islower()


def has_word(words: Words, first: int, last: int, *lists: frozenset[str]) -> bool:
    """Whether one of the words stands in one of the word lists."""
    return any(words.low[index] in entries for entries in lists for index in range(first, last))


def cut_run(words: Words, first: int, last: int) -> list[Piece]:
    """A run cut into names: "US President Donald Trump" gives "US", and "Donald Trump" with its title."""
    body = has_word(
        words, first + 1, last, organisation_words(), word_set("place_words.txt"), word_set("thing_words.txt")
    )
    title = None if body and last - first < 4 else _last_title(words, first, last)
    if title and title[1] == last and is_double_body(words, first, last):
        title = None
    if title and title[1] < last and words.label[title[0]] == words.label[title[1]] in {"GPE", "LOC", "FAC"}:
        title = None
    if title:
        start, end = title
        before = cut_run(words, first, start) if start > first else []
        if end == last and _is_last_name(words, first, last):
            return [(first, last, None)] if end - start == 1 else [*before, (last - 1, last, (start, last - 1))]
        if end == last:
            return before
        return [*before, (end, last, title)]
    cut = _front(words, first, last, body)
    if cut:
        return [*cut_run(words, first, cut), *cut_run(words, cut, last)]
    return [(first, last, None)]


def is_double_body(words: Words, first: int, last: int) -> bool:
    """Whether the words name a body for two things: a "Health and Safety Executive" is no executive."""
    return words.low[last - 1] in organisation_words() and "and" in words.low[first:last]


def _is_full(words: Words, first: int, last: int) -> bool:
    """Whether the words are a first and a last name, as far as the model knows."""
    return last - first > 1 and {*words.label[first:last]} == {"PERSON"}


def _last_title(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The last title in the run, with the titles right before it: "Maj Gen", "Secretary of State"."""
    end = None
    start = last
    while start > first:
        length = title_ending(words, first, start) if end is not None else 0
        if length:
            start -= length
        elif end is not None:
            return start, end
        else:
            length = title_ending(words, first, start)
            if length:
                end = start
                start -= length
            else:
                start -= 1
    return (start, end) if end is not None else None


def title_ending(words: Words, first: int, end: int) -> int:
    """How many words before ``end`` are one title; 0 where none is."""
    for length in range(min(LONGEST_TITLE, end - first), 0, -1):
        if fold_title(" ".join(words.form[end - length : end])) in titles():
            return length
    role = role_nouns().get(words.low[end - 1])
    if role and role.kinds[0] == "person" and words.form[end - 1][0].isupper():
        inside = end - 1 > first and words.label[end - 2] == "PERSON"
        return 1 if _is_name(words, end) and not inside else 0
    return 0


def _is_name(words: Words, first: int) -> bool:
    """Whether a first and a last name may begin here: two capitals, or one and "de", "van"."""
    if len(words) < first + 2 or not words.form[first][0].isupper():
        return False
    return words.form[first + 1][0].isupper() or words.low[first + 1] in word_set("name_particles.txt")


def _is_last_name(words: Words, first: int, last: int) -> bool:
    """Whether the title that ends a run is a last name: "Dr. King", "Ana Bishop"."""
    if words.low[last - 1] not in word_set("last_names_that_are_words.txt") or last - first < 2:
        return False
    return words.label[last - 1] == "PERSON" or words.label[last - 2] == "PERSON"


def _front(words: Words, first: int, last: int, body: bool) -> int:
    """Where a place, a people, a body or a role before a person's name ends; 0 where the run is one name."""
    for end in range(min(first + 3, last - 1), first, -1):
        text = " ".join(words.form[first:end])
        other = words.label[end] == "PERSON" and words.label[first] != "PERSON"
        apart = other or words.label[end] != words.label[first] or _is_full(words, end, last)
        if text in peoples() and not body and apart:
            return end
        if text in places() and not body and other:
            return end
        if text in parties() and not body and (other or words.lemma[end].lower() in role_nouns()):
            return end
    for first_ent, last_ent, label in words.ents_in(first, last):
        left = label in {"ORG", "NORP"} and first_ent == first and last_ent < last - 1
        if left and words.label[last_ent] == "PERSON":
            known = has_word(words, first, last_ent, organisation_words()) or is_acronym(words.form[last_ent - 1])
            return last_ent if known else 0
    return 0

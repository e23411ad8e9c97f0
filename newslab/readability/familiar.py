"""Which words the Dale-Chall formula takes as known to everybody: its list of 1948 and the rules that go with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from newslab.readability.syllables import dictionary
from newslab.resources import read_words

PARTS = re.compile(r"[-‐‑]")
POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=50_000)
def is_familiar(word: str) -> bool:
    """Whether a word, not a name, is on the list of Dale and Chall 1948 or a regular inflection of one that is.

    Regular by their instructions (Educational Research Bulletin 27, pages 37-54): plurals and possessives, -s, -ed and
    -ing of verbs, -er and -est of adjectives, -ly. A word with another ending, such as -ment, is unfamiliar unless it
    is on the list; one with a hyphen is as familiar as its hardest part; numbers are familiar.
    """
    word = word.lower().replace("’", "'")
    if word in listed_words() or any(char.isdigit() for char in word):
        return True
    parts = [part for part in PARTS.split(word) if part]
    if len(parts) > 1:
        return all(is_familiar(part) for part in parts)
    return any(base in listed_words() for base in _bases(POSSESSIVE.sub("", word)))


@cache
def listed_words() -> frozenset[str]:
    """The list itself, in small letters."""
    return frozenset(read_words("dale_chall_words.txt"))


def _bases(word: str) -> Iterator[str]:
    """The words that this one may be a regular inflection of."""
    yield word
    if word.endswith("s"):
        yield from (word[:-1], word[:-2] if word.endswith("es") else word, _with_y(word, "ies"))
    if word.endswith("ly"):
        yield word[:-2]
    for ending in ("ed", "ing", "est", "er"):
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 2 or (ending == "er" and not _is_comparative(word)):
            continue
        yield from (stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else stem, _with_y(word, f"i{ending}"))


def _with_y(word: str, ending: str) -> str:
    return f"{word.removesuffix(ending)}y" if word.endswith(ending) else word


def _is_comparative(word: str) -> bool:
    """Bigger has biggest beside it, leader no leadest: a noun in -er is unfamiliar unless it is on the list."""
    return f"{word[:-1]}st" in dictionary()

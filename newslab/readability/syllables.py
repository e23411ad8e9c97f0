"""How many syllables a word has when it is read aloud: CMUdict, and rules for what it lacks."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from zipfile import ZipFile

from newslab.resources import resource_path

CMUDICT = "nltk_data/corpora/cmudict.zip"
VOWELS = re.compile(r"[aeiouy]+")


@lru_cache(maxsize=50_000)
def count_syllables(word: str) -> int:
    """How many syllables a word has when it is read aloud; at least one."""
    word = word.lower()
    known = dictionary().get(word)
    return known if known is not None else max(1, len(VOWELS.findall(word)))


@cache
def dictionary() -> dict[str, int]:
    """CMUdict's words in lower case, each with the syllables of its first pronunciation."""
    with ZipFile(resource_path(CMUDICT)) as archive:
        lines = archive.read("cmudict/cmudict").decode("utf-8").splitlines()
    found = {}
    for line in lines:
        word, number, sounds = line.split(" ", 2)
        if number == "1":
            found[word.lower()] = sum(sounds.count(stress) for stress in "012")
    return found

"""Whether two names of a speaker mean the same: by the whole name, or where a last name will do."""

from __future__ import annotations

import re
import unicodedata

from newslab.resources import read_words

ACRONYM = re.compile(r"[A-Z][A-Z.]+")
CAPITALISED_END = re.compile(r"[^\W\d_a-z]\S*$")
SHORTEST_LAST_NAME = 3


def same_full_name(name: str, other: str) -> bool:
    """Whether two names are the same once titles, case, accents and a possessive are gone."""
    return bool(_words(name)) and _plain(name) == _plain(other)


def same_speaker(name: str, other: str) -> bool:
    """Whether two names may mean one speaker: one within the other, an acronym, or one last name.

    A last name will do where both are capitalised and the first names do not contradict each other: "Mr Khan" and
    "Imran Khan", not "Bill" and "Hillary". A pronoun means only itself.
    """
    if not _words(name) or not _words(other):
        return False
    if same_full_name(name, other) or _is_acronym(name, other) or _is_acronym(other, name):
        return True
    one, two = _plain(name), _plain(other)
    pronouns = set(read_words("pronouns.txt"))
    nested = set(one) <= set(two) or set(two) <= set(one)
    if nested and not pronouns.intersection({*one, *two}):
        return True
    last = one[-1]
    if last != two[-1] or last in pronouns or len(last) < SHORTEST_LAST_NAME:
        return False
    if not (_ends_capitalised(name) and _ends_capitalised(other)):
        return False
    return 1 in (len(one), len(two)) or one[0].startswith(two[0]) or two[0].startswith(one[0])


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name or "")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter)).lower()
    return re.findall(r"[a-z0-9]+", re.sub(r"[’']s\b", "", plain))


def _plain(name: str) -> list[str]:
    """The words of a name without titles; all of them where nothing else is left."""
    words = _words(name)
    return [word for word in words if word not in read_words("speaker_titles.txt")] or words


def _is_acronym(short: str, full: str) -> bool:
    letters = "".join(word[0] for word in re.findall(r"\w+", full) if word[0].isupper())
    return bool(ACRONYM.fullmatch(short)) and len(letters) > 1 and short.replace(".", "") == letters


def _ends_capitalised(name: str) -> bool:
    return bool(CAPITALISED_END.search(re.sub(r"[’']s$", "", name.strip())))

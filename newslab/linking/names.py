"""Names as they are compared across articles: folded, their parts told apart, and how well two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import JaroWinkler, Levenshtein

from newslab.actors.lists import capitals, fold, fold_title, organisation_words, parties, peoples, places, titles
from newslab.resources import read_rows, read_words

Key = tuple[str, ...]

# Letters that Unicode does not take apart into a plain one and an accent.
PLAIN = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ð": "d", "Ð": "D"}) | {
    ord("ß"): "ss", ord("æ"): "ae", ord("Æ"): "Ae", ord("œ"): "oe", ord("þ"): "th", ord("Þ"): "Th",
}  # fmt: skip
SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "jr", "iii": "iii", "iv": "iv"}
SMALL = frozenset({"the", "of", "and", "for", "&", "de", "in"})
ACRONYM = re.compile(r"[A-Z][A-Z&.\-]*[A-Z]\.?")
# How different alphabets' letters are written in English: one sign for each sound, after the usual romanisations.
SOUNDS = (
    ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("cz", "C"), ("ch", "C"), ("sh", "S"), ("sz", "S"), ("zh", "z"),
    ("kh", "h"), ("gh", "g"), ("ph", "f"), ("th", "t"), ("dh", "d"), ("ck", "k"), ("x", "ks"), ("q", "k"), ("c", "k"),
    ("w", "v"), ("y", "i"), ("j", "i"),
)  # fmt: skip
VOWELS = re.compile(r"(?<!^)[aeiou]+")
CLOSE_NAME = 0.92


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in parts; ``words`` are all but the suffix, folded."""

    words: Key
    suffix: str

    @property
    def given(self) -> str:
        """The first word."""
        return self.words[0]

    @property
    def last(self) -> str:
        """The last word."""
        return self.words[-1]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two names agree: a weight, and the reason in words; no weight where they cannot be one person's."""

    weight: float | None
    reason: str


@lru_cache(maxsize=65536)
def plain_words(text: str) -> Key:
    """The words of a name without accents, case, hyphens, full stops and apostrophes."""
    return tuple(word for raw in fold(text.translate(PLAIN)) if (word := raw.replace("'", "").strip(",")))


@lru_cache(maxsize=65536)
def person_name(text: str) -> Name:
    """A person's name without titles, its suffix apart."""
    words = list(plain_words(text))
    while len(words) > 1 and fold_title(words[0]) in titles():
        words.pop(0)
    suffix = ""
    while len(words) > 1 and words[-1] in SUFFIXES:
        suffix = SUFFIXES[words.pop()]
    return Name(tuple(words) or ("",), suffix)


@lru_cache(maxsize=65536)
def body_words(text: str) -> Key:
    """What tells an organisation: its words in any order, without small words and legal forms."""
    words = [word for word in plain_words(parties().get(text, text)) if word not in SMALL]
    forms = set(read_words("legal_forms.txt"))
    while len(words) > 1 and words[-1] in forms:
        words.pop()
    return tuple(sorted(words)) or plain_words(text)


@lru_cache(maxsize=65536)
def place_words(text: str, kind: str) -> Key:
    """What tells a place or a people: the name that newslab's table gives it, else its own."""
    name = text.removeprefix("the ").removeprefix("The ")
    known = peoples().get(name) if kind == "group" else places().get(name)
    return plain_words(known or name)


def is_acronym(text: str) -> bool:
    """Whether a name is nothing but capitals."""
    return bool(ACRONYM.fullmatch(text)) and text not in capitals()


def letters(text: str) -> str:
    """An acronym without its full stops."""
    return "".join(letter for letter in text if letter.isalpha())


def initials(text: str) -> str:
    """The capitals that a name's words begin with: the acronym that it may have."""
    return "".join(word[0] for word in text.replace("-", " ").split() if word[0].isupper())


@lru_cache(maxsize=65536)
def is_generic(words: Key) -> bool:
    """Whether many bodies may have such a name: "Supreme Court", "Health Ministry", but not "Harrow Bay Police"."""
    return all(word in _common_words() for word in words)


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """What is left of a word when one writes alike what sounds alike: the same for "Soleimani" and "Suleymani"."""
    for letters_, sign in SOUNDS:
        word = word.replace(letters_, sign)
    left = VOWELS.sub("", word)
    left = "a" + left[1:] if left[:1] in set("aeiou") else left
    return re.sub(r"(.)\1+", r"\1", left)


@cache
def short_names() -> dict[str, str]:
    """Short forms of first names, with the full one."""
    return {row["short"]: row["full"] for row in read_rows("short_names.tsv")}


@lru_cache(maxsize=262144)
def compare_people(one: Name, other: Name) -> Likeness:
    """How well two people's names agree, from most to least."""
    if one.suffix != other.suffix and "sr" not in (one.suffix, other.suffix):
        return Likeness(None, f"{one.suffix or 'no suffix'} / {other.suffix or 'no suffix'}")
    if one.suffix and other.suffix and one.suffix != other.suffix:
        return Likeness(None, f"{one.suffix} / {other.suffix}")
    if one.words == other.words:
        return Likeness(4.0, "name equal")
    if len(one.words) == 1 or len(other.words) == 1:
        short, long = sorted((one.words, other.words), key=len)
        fits = short[0] in (long[-1], long[0]) or (len(long) > 2 and short[0] == long[-2])
        return Likeness(1.0, "name contains") if fits else Likeness(None, "name differs")
    if sorted(one.words) == sorted(other.words):
        return Likeness(3.5, "name equal, in another order")
    if _written(one.words) & _written(other.words):
        return Likeness(3.5, "name equal, parted in another way")
    short, long = sorted((one.words, other.words), key=len)
    if long[-len(short) :] == short:
        return Likeness(2.5, "name contains")
    given = _compare_given(one.given, other.given)
    if given.weight is None:
        return given
    return _compare_rest(one, other, given)


@lru_cache(maxsize=65536)
def _written(words: Key) -> frozenset[str]:
    """A name's letters, whichever part stands first: "Liang Wei-min" and "Weimin Liang" have one in common."""
    return frozenset("".join(words[place:] + words[:place]) for place in range(len(words)))


def _compare_given(one: str, other: str) -> Likeness:
    if one == other:
        return Likeness(3.0, "name contains")
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return Likeness(1.5, "initial agrees") if long[0] == short else Likeness(None, "first name differs")
    full = short_names()
    if full.get(one, one) == full.get(other, other):
        return Likeness(1.5, "short first name")
    if _are_two(short, long):
        return Likeness(None, "first name differs")
    if 2 < len(short) < 5 and long.startswith(short):
        return Likeness(1.5, "short first name")
    near = sound(one) == sound(other) or (len(short) > 3 and Levenshtein.distance(one, other) == 1)
    if near or _lines_of(one) & _lines_of(other):
        return Likeness(1.0, "spelling close")
    return Likeness(None, "first name differs")


def _are_two(short: str, long: str) -> bool:
    """Whether two first names are two people's, though they sound alike: "Tim" and "Tom", "Paul" and "Paula"."""
    known = _lines_of(short), _lines_of(long)
    if all(known):
        return known[0].isdisjoint(known[1])
    return len(short) > 2 and (long == short + "a" or {short, long} == {short[:-1] + "a", short[:-1] + "o"})


def _lines_of(given: str) -> frozenset[int]:
    """Where a first name stands in the list of those that are taken for one another."""
    return _first_names().get(given, frozenset())


@cache
def _first_names() -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, line in enumerate(read_words("first_names.txt")):
        for name in line.split():
            found[name] = found.get(name, frozenset()) | {number}
    return found


def _compare_rest(one: Name, other: Name, given: Likeness) -> Likeness:
    assert given.weight is not None
    a, b = one.words[1:], other.words[1:]
    if a[-1] == b[-1]:
        middle, other_middle = a[:-1], b[:-1]
        if middle and other_middle and not _middles_agree(middle, other_middle):
            return Likeness(None, "middle name differs")
        return given
    if set(a) < set(b) or set(b) < set(a):
        return Likeness(min(given.weight, 2.5), "name contains")
    if _close(a[-1], b[-1]) and len(a) == len(b):
        return Likeness(min(given.weight - 1.5, 1.5), "spelling close")
    return Likeness(None, "last name differs")


def _middles_agree(middle: Key, other_middle: Key) -> bool:
    """Whether one has all the middle names of the other ("María Soto", "Soto"), or the first of them agree."""
    one, other = middle[0], other_middle[0]
    contained = set(middle) <= set(other_middle) or set(middle) >= set(other_middle)
    return contained or (1 in (len(one), len(other)) and one[0] == other[0])


def _close(one: str, other: str) -> bool:
    """Whether two last names may be one, misspelt or romanised in another way."""
    if sound(one) == sound(other):
        return True
    return min(len(one), len(other)) > 5 and JaroWinkler.similarity(one, other) >= CLOSE_NAME


def compare_bodies(one: str, other: str) -> Likeness:
    """How well the names of two organisations agree; ``None`` where they do not."""
    a, b = body_words(one), body_words(other)
    if a == b:
        return Likeness(2.0 if is_generic(a) else 4.0, "name equal")
    short, long = sorted((a, b), key=len)
    rest = set(long) - set(short)
    if len(short) == 1 and short[0] == _opening(one, other) and not is_generic(short):
        return Likeness(1.0, "name contains")
    if set(short) < set(long) and len(short) > 1 and rest <= organisation_words() and not is_generic(short):
        return Likeness(1.5, "name contains")
    if len(a) == len(b) and not is_generic(a):
        differ = list(zip(sorted(set(a) - set(b)), sorted(set(b) - set(a)), strict=False))
        if len(differ) == 1 and len(differ[0][0]) > 4 and Levenshtein.distance(*differ[0]) == 1:
            return Likeness(1.5, "spelling close")
    return Likeness(None, "name differs")


def _opening(one: str, other: str) -> str:
    """The word that the longer of two names begins with."""
    return max(plain_words(one), plain_words(other), key=len)[0]


@cache
def _common_words() -> frozenset[str]:
    return organisation_words() | set(read_words("dale_chall_words.txt")) | set(read_words("plain_adjectives.txt"))

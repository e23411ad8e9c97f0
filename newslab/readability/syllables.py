"""How many syllables a word has when it is read aloud: CMUdict, and rules for what it lacks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from zipfile import ZipFile

from newslab.readability.numerals import count_number_syllables
from newslab.resources import read_words, resource_path

CMUDICT = "nltk_data/corpora/cmudict.zip"

HYPHEN = re.compile(r"[-‐‑&]")
RUN = re.compile(r"\d[\d,.]*+(?:st|nd|rd|th|s)?(?![^\W\d_])|\d[\d,.]*+|[^\W\d_]+", re.IGNORECASE)
DOTTED = re.compile(r"(?:\w\.)+\w")
PLURAL_ACRONYM = re.compile(r"[A-Z]{2,}s")
ROMAN = re.compile(r"(?=[IVX]{2})X{0,2}(?:I{1,3}|IV|VI{0,3}|IX)?")
SIBILANT = re.compile(r"(?:[sxz]|[cs]h|[cgsz]e)$")
LONGEST_ACRONYM_OF_LETTERS = 4
LONGEST_DERIVED = 30

# Endings that leave the word before them as it is, with the syllables they add; a word that the dictionary has is found
# behind them as it stands, with a dropped e (mak-ing), a doubled letter (runn-er) or y for i (happi-ness).
ENDINGS = {
    "s": 0, "ed": 0, "ing": 1, "ings": 1, "er": 1, "ers": 1, "ly": 1, "ness": 1, "less": 1, "ful": 1, "fully": 2,
    "ment": 1, "ments": 1, "ship": 1, "ships": 1, "hood": 1, "able": 2, "ability": 4, "man": 1, "men": 1, "woman": 2,
    "women": 2, "like": 1, "wise": 1, "some": 1,
}  # fmt: skip
PREFIXES = {
    "un": 1, "re": 1, "non": 1, "dis": 1, "mis": 1, "pre": 1, "over": 2, "under": 2, "out": 1, "anti": 2, "inter": 2,
    "super": 2, "counter": 2, "semi": 2, "multi": 2, "micro": 2, "mini": 2, "auto": 2, "sub": 1, "trans": 1, "tele": 2,
    "hyper": 2, "cyber": 2,
}  # fmt: skip

# A word of which nothing is known: one syllable for each run of vowels, and these corrections. Each pattern was kept
# because it put right more of CMUdict's words than it put wrong.
VOWELS = re.compile(r"[aeiouy]+")
ONE_MORE = [
    re.compile(pattern)
    for pattern in (
        r"[aeou]y[aeiou]",  # lay-er, roy-al
        r"(?<![ctsgx])i[ao](?!u)",  # medi-a, radi-o; not spe-cial, na-tion
        r"(?<![ctsgx])iou",  # seri-ous; not pre-cious
        r"iu",  # stadi-um
        r"(?<![qg])u[ao]",  # actu-al; not qua-lity
        r"sms?$|thms?$",  # pri-sm, rhy-thm
        r"^mc",  # Mc-Kay
        r"(?<=[aeiouy][^aeiouy])ea$",  # are-a
        r"eo(?!u|ple)",  # vide-o
        r"[aeiouy]i(?=ng$|ngs$)",  # see-ing
        r"(?<=[^aeiouy])ie(?=t$|ts$|ty$|nce$|nt$|nts$|rs?$|st$)",  # qui-et, sci-ence
    )
]
ONE_LESS = [
    re.compile(pattern)
    for pattern in (
        r"[^aeiouyl]e$|[aeiouy]le$",  # make, whale; not ta-ble
        r"(?<=[aeiouyr])[^aeiouyscgxzh]es$",  # makes; not hous-es
        r"[^aeiouytdl]ed$|[aeiouy]led$",  # asked; not want-ed, han-dled
        # lone-ly, state-ment, white-house
        r"(?<=[aeiouy][^aeiouy])e(?=(?:ly|ment|ness|less|ful|some|man|men|wood|land|field|ville|ton|hood|ship|work|worth"
        r"|more|well|house|back|way|town|smith|stein|burg|berg)s?$)",
    )
]


@lru_cache(maxsize=50_000)
def count_syllables(word: str) -> int:
    """How many syllables a word has when it is read aloud; at least one.

    A word in CMUdict has the syllables of its first pronunciation there. Numbers and years are read as words (2014:
    twenty fourteen), acronyms letter by letter (FBI) unless the dictionary has them (NATO), and the parts of a
    hyphenated word one by one. Other words are counted by rules: inflected and derived forms and compounds from the
    words in the dictionary that they are made of, and the rest by their letters. The signs ``$`` and ``%`` are no
    words.
    """
    plain = word.replace("’", "'")
    known = dictionary().get(plain.lower())
    if known and not plain.isupper():
        return known
    return max(1, sum(_count_part(part) for part in HYPHEN.split(plain) if part))


def count_by_rules(word: str, known: Mapping[str, int]) -> int:
    """The syllables of a word in small letters by rules alone, with the help of the other words that are known."""
    if len(word) <= LONGEST_DERIVED:
        for count in _derived(word, known):
            return count
    return count_by_letters(word)


def count_by_letters(word: str) -> int:
    """The syllables of a word in small letters by its letters: runs of vowels, corrected for how English is spelled."""
    count = len(VOWELS.findall(word))
    if count == 0:
        return _spell(word) if word.isascii() else 1
    count += sum(len(pattern.findall(word)) for pattern in ONE_MORE)
    count -= sum(len(pattern.findall(word)) for pattern in ONE_LESS)
    return max(1, count)


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


def _count_part(part: str) -> int:
    """A part of a word that has no hyphen."""
    number = count_number_syllables(part)
    if number is not None:
        return number
    if ROMAN.fullmatch(part):
        return count_number_syllables(str(_read_roman(part))) or 1
    if part.isupper() or PLURAL_ACRONYM.fullmatch(part):
        return _count_capitals(part.rstrip("s"))
    if any(char.isdecimal() for char in part):
        runs = RUN.findall(part)
        return sum(count_number_syllables(run.rstrip(".,")) or _count_capitals(run.upper()) for run in runs)
    small = _without_accents(part.lower())
    known = dictionary().get(part.lower()) or dictionary().get(small)
    if known:
        return known
    if "'" in part:
        return _count_apostrophe(part)
    if DOTTED.fullmatch(part):
        return _spell(part)
    if "." in part:
        return sum(_count_part(piece) for piece in part.split(".") if piece)
    return count_by_rules(_without_accents(part.lower().replace("é", "ey")), dictionary())


def _count_capitals(part: str) -> int:
    """An acronym: letter by letter, unless it is read as a word."""
    letters = part.replace(".", "").replace("'S", "")
    small = letters.lower()
    if DOTTED.fullmatch(part) or len(letters) == 1:
        return _spell(letters)
    if letters in read_words("acronyms_as_words.txt"):
        return count_by_rules(small, dictionary())
    if len(letters) >= LONGEST_ACRONYM_OF_LETTERS and small in dictionary():
        return dictionary()[small]
    if len(letters) <= LONGEST_ACRONYM_OF_LETTERS or not VOWELS.search(small):
        return _spell(letters)
    return count_by_rules(small, dictionary())


def _count_apostrophe(part: str) -> int:
    """Possessives, contractions and names with an apostrophe: Ortega's, it'll, O'Hara, d'Alba."""
    first, *others = part.split("'")
    if [other.lower() for other in others] == ["s"]:
        return _count_part(first) + bool(SIBILANT.search(first.lower()))
    count = _count_part(first) if len(first) > 1 else int(first.lower() in "aeiou")
    return count + sum(_count_part(other) for other in others if other.lower() not in ("", "d", "m", "t", "re", "s"))


def _derived(word: str, known: Mapping[str, int]) -> Iterator[int]:
    """Counts from words that are known: an ending, then a prefix taken off, then two words written as one."""
    for ending in sorted(ENDINGS, key=len, reverse=True):
        stem = word.removesuffix(ending)
        if len(stem) < 3 or stem == word:
            continue
        for base in (stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else "", f"{stem[:-1]}y" * (stem[-1] == "i")):
            if len(base) > 2 and base in known and not (ending == "s" and base == f"{stem}e"):
                yield known[base] + ENDINGS[ending] + _added_sound(base, ending)
    for prefix, count in PREFIXES.items():
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) > 3 and rest in known:
            yield count + known[rest]
    for cut in sorted(range(4, len(word) - 3), key=lambda cut: abs(cut - len(word) / 2)):
        if word[:cut] in known and word[cut:] in known:
            yield known[word[:cut]] + known[word[cut:]]


def _added_sound(base: str, ending: str) -> bool:
    """Whether -s or -ed is a syllable of its own: hous-es, want-ed."""
    if ending == "s":
        return SIBILANT.search(base) is not None
    return ending == "ed" and base.rstrip("e").endswith(("t", "d"))


def _read_roman(part: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in part]
    return sum(-value if value < max(values[i:]) else value for i, value in enumerate(values))


def _spell(letters: str) -> int:
    """Letter by letter: each name of a letter has one syllable, save that of w."""
    return sum(3 if letter in "wW" else 1 for letter in letters if letter.isalnum())


def _without_accents(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))

"""Where names stand: runs of capitalised words, joined over small words and cut where a title or a place ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newslab.actors.cutting import cut_run, has_word, is_acronym, is_double_body, title_ending
from newslab.actors.lists import fold, fold_title, organisation_words, role_nouns, titles, word_set
from newslab.actors.words import Words

ACTOR_LABELS = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC"})
NEVER_LABELS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY", "LANGUAGE"})
NAME_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "VERB", "X", "INTJ", "NUM", "ADV"})
HEADLINE_TAGS = frozenset({"PROPN", "NOUN", "ADJ", "X"})
OPENING_TAGS = frozenset({"NOUN", "ADJ", "VERB", "X", "INTJ"})
CALENDAR = "calendar.txt"
QUOTES = frozenset("\"“”'‘’«»")
NICKNAME = re.compile(r"[\"“”‘«»].*?[\"“”’«»]\s*", re.S)
# "U.S.-based" and "Oscar-winning" are no names.
COMPOUND = re.compile(r"-(?:[a-z]+(?:ed|ing)|led|born|style|wide|run|area|made|bound|held|owned)$")
# What stands in an address or after a hash is no name.
ADDRESS = re.compile(r"(?:[a-z]{1,20}://|www\.)\S+|#\w+", re.I)
LONGEST_NAME = 16


@dataclass(slots=True)
class Name:
    """A name where it stands: words ``first`` to ``last`` (exclusive), with the title before it."""

    first: int
    last: int
    text: str
    key: tuple[str, ...]
    title: tuple[int, int] | None = None
    acronym_of: tuple[str, ...] | None = None
    votes: dict[str, float] = field(default_factory=dict)


def find_names(words: Words) -> list[Name]:
    """Every name in the text, in order, titles left out."""
    capital = _capitals(words)
    found: list[Name] = []
    runs = list(_runs(words, capital))
    for first, last in runs:
        found += [name for piece in cut_run(words, first, last) if (name := _name(words, *piece))]
    found = sorted([*found, *_last_names_alone(words, runs, found)], key=lambda name: name.first)
    return _with_acronyms(words, found)


def _capitals(words: Words) -> list[bool]:
    """For each word, whether it may be part of a name; what opens a sentence must prove it."""
    headline = words.headlines
    opens = [words.opens(index) for index in range(len(words))]
    plain = {low for low, form in zip(words.low, words.form, strict=True) if low == form}
    marks = [_may_name(words, index) for index in range(len(words))]
    for match in ADDRESS.finditer(words.text):
        for index in words.between(*match.span()):
            marks[index] = False
    known = {words.form[i] for i, may in enumerate(marks) if may and not opens[i] and words.sent[i] not in headline}
    lower_known = {form.lower() for form in known}
    for index, may in enumerate(marks):
        if not may or words.form[index] in known:
            continue
        if words.sent[index] in headline:
            shouted = words.form[index].isupper() and len(words.form[index]) > 1
            labelled = words.label[index] in ACTOR_LABELS and words.pos[index] in HEADLINE_TAGS
            sure = words.low[index] in lower_known if shouted else labelled
            marks[index] = sure and words.low[index] not in plain
        elif opens[index]:
            marks[index] = _proves(words, index, plain)
    return marks


def _proves(words: Words, index: int, plain: set[str]) -> bool:
    """Whether a capitalised word that opens a sentence is a name after all."""
    low = words.low[index]
    followed = index + 1 < len(words) and words.form[index + 1][0].isupper() and words.pos[index + 1] == "PROPN"
    if fold_title(low) in titles() and followed:
        return True
    if low in word_set("name_particles.txt"):
        return followed or words.low[index + 1 : index + 2][:1] in ([part] for part in word_set("name_particles.txt"))
    if low in plain or low in role_nouns():
        return words.pos[index] == "PROPN" and followed
    if followed and words.pos[index] in OPENING_TAGS and words.label[index + 1] == "PERSON":
        return low not in word_set("dale_chall_words.txt") and not low.endswith(("ed", "ing", "ly"))
    return words.pos[index] == "PROPN" or words.label[index] in ACTOR_LABELS


def _may_name(words: Words, index: int) -> bool:
    form, label = words.form[index], words.label[index]
    if label in NEVER_LABELS or words.low[index] in word_set(CALENDAR):
        return label == "PERSON"
    if form.islower() or (not form[0].isupper() and not _small_start(form)):
        return not form[0].islower() and form[0].isalpha() and label in ACTOR_LABELS
    if len(form) == 1 or COMPOUND.search(form):
        return words.pos[index] == "PROPN" and len(form) == 1
    return words.pos[index] in NAME_TAGS or (label in ACTOR_LABELS and words.pos[index] != "DET")


def _small_start(form: str) -> bool:
    """Whether a hyphen or an apostrophe joins a particle to a capital: "al-Quds", "d'Arcy"."""
    head, mark, rest = re.match(r"([a-z]*)([-‐‑'’]?)(.*)", form, re.S).groups()  # type: ignore[union-attr]
    particle = bool({head, f"{head}-"} & word_set("name_particles.txt"))
    return bool(mark) and particle and rest[:1].isupper()


def _runs(words: Words, capital: list[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of name words within a sentence, with the small words between them."""
    index = 0
    while index < len(words):
        if not capital[index]:
            index += 1
            continue
        first, index = index, index + 1
        while index - first < LONGEST_NAME and (step := _step(words, capital, first, index)):
            index += step
        yield first, index


def _step(words: Words, capital: list[bool], first: int, index: int) -> int:
    """How many more words belong to the run that began at ``first``; 0 where it ends."""

    def name_at(ahead: int) -> bool:
        place = index + ahead
        return place < len(words) and capital[place] and words.sent[place] == words.sent[first]

    if name_at(0):
        return 1
    if index >= len(words):
        return 0
    low = words.low[index]
    if low in word_set("name_particles.txt") or low == "&":
        return next((ahead + 1 for ahead in (1, 2) if name_at(ahead) and _particles(words, index + 1, ahead - 1)), 0)
    if words.form[index] in QUOTES and name_at(1) and words.form[index + 2 : index + 3][:1] and name_at(3):
        return 4 if words.form[index + 2] in QUOTES else 0
    one_name = words.label[index] in {"ORG", "FAC", "GPE", "LOC"} and words.label[index - 1] == words.label[index]
    bodies = has_word(words, first, index, organisation_words(), word_set("place_words.txt"))
    ahead = 2 if words.low[index + 1 : index + 2] == ["the"] else 1
    if low == "of" and name_at(ahead):
        return ahead + 1 if bodies or one_name or title_ending(words, first, index + 2) > 1 else 0
    if low in {"for", "on", "in"} and name_at(ahead):
        right_before = has_word(words, index - 1, index, organisation_words()) and low == "for"
        other = words.label[index + ahead] in {"PERSON", "GPE"}
        return ahead + 1 if (bodies and one_name) or (right_before and not other) else 0
    if low == "," and name_at(1) and words.label[index] == "ORG" and one_name:
        return 2
    if low in {",", "and", "&"} and (ahead := _more_subjects(words, first, index)):
        return ahead
    if low == "and" and name_at(1) and _two_fields(words, capital, first, index):
        return 2
    if low in {"'s", "’s"} and name_at(1) and words.low[first].rstrip(".") == "st":
        return 2 if has_word(words, index + 1, index + 2, organisation_words(), word_set("place_words.txt")) else 0
    if low in {"and", "'s", "’s"} and name_at(1):
        joined = has_word(words, first, index + 2, organisation_words()) or "," in words.form[first:index]
        return 2 if joined and words.label[index] == "ORG" and one_name else 0
    return 0


def _two_fields(words: Words, capital: list[bool], first: int, index: int) -> bool:
    """Whether "and" joins what one body is for: "Health and Safety Executive", "Fire and Rescue Service"."""
    last = index + 1
    while last < len(words) and capital[last] and words.sent[last] == words.sent[first]:
        last += 1
    subjects = word_set("ministry_subjects.txt")
    fields = {words.low[index - 1], words.low[index + 1]}
    return last - index > 2 and fields <= subjects and words.low[last - 1] in organisation_words()


def _more_subjects(words: Words, first: int, index: int) -> int:
    """How many words of a ministry's name follow: "Department for Culture" goes on ", Media and Sport"."""
    subjects = word_set("ministry_subjects.txt")
    if words.low[index - 1] not in subjects or not {"of", "for"} & set(words.low[first:index]):
        return 0
    if not has_word(words, first, index, organisation_words()):
        return 0
    last, ended = index, False
    while not ended and last + 1 < len(words) and words.low[last] in {",", "and", "&"}:
        ended = words.low[last] != ","
        last += 2 if words.low[last : last + 2] == [",", "and"] else 1
        ended = ended or words.low[last - 1] == "and"
        start = last
        while last < len(words) and words.low[last] in subjects and words.form[last][0].isupper():
            last += 1
        if start == last:
            return 0
    return last - index if ended else 0


def _last_names_alone(words: Words, runs: list[tuple[int, int]], names: list[Name]) -> Iterator[Name]:
    """Last names that are titles too, standing alone where the article has the full name: "King said"."""
    full = {name.key[-1] for name in names} & word_set("last_names_that_are_words.txt")
    taken = {name.first for name in names}
    for first, last in runs:
        before = words.low[first - 1] if first else ""
        if (
            last - first == 1
            and first not in taken
            and words.low[first] in full
            and before not in {"the", "a", "an", "his", "her", "their"}
        ):
            yield Name(first, last, words.form[first], fold(words.form[first]))


def _particles(words: Words, first: int, count: int) -> bool:
    return all(words.low[index] in word_set("name_particles.txt") for index in range(first, first + count))


def _name(words: Words, first: int, last: int, title: tuple[int, int] | None) -> Name | None:
    """The name made of these words; none where nothing but a role or a small word is left."""
    while first < last and words.low[first] in {"the", "a", "an", "&"}:
        first += 1
    while last - first > 2 and words.form[last - 1] in word_set("letters_after_names.txt"):
        last -= 1
    if first >= last:
        return None
    noun = role_nouns().get(words.low[last - 1]) if not is_double_body(words, first, last) else None
    if noun and noun.kinds[0] == "person" and first and words.low[first - 1] in {"the", "a", "an"} and not title:
        return _name(words, first, last - 1, None)
    text = words.text[words.start[first] : words.end[last - 1]]
    key = fold(NICKNAME.sub("", text) or text)
    role = role_nouns().get(words.low[first]) if last - first == 1 and not title else None
    if not key or (role and role.kinds[0] == "person" and words.label[first] != "PERSON"):
        return None
    noun = role_nouns().get(words.low[first])
    if noun and noun.kinds[0] == "person" and words.low[first + 1 : first + 2] == ["of"]:
        return None
    return Name(first, last, text, key, title)


def _with_acronyms(words: Words, names: list[Name]) -> list[Name]:
    """Names with their acronyms in brackets linked: "Foreign Office (FO)"; a name cut at a comma is made whole."""
    found: list[Name] = []
    for name in names:
        bracket = name.first > 1 and words.form[name.first - 1] == "(" and name.last - name.first == 1
        if bracket and words.form[name.last : name.last + 1] == [")"] and is_acronym(name.text):
            first = _initials(words, name)
            if first is not None:
                while found and found[-1].first >= first:
                    found.pop()
                whole = _name(words, first, name.first - 1, None)
                if whole and not (found and found[-1].last > whole.first):
                    found.append(whole)
                    name.acronym_of = whole.key
        found.append(name)
    return found


def _initials(words: Words, name: Name) -> int | None:
    """Where the words begin whose capitals give the acronym in brackets after them."""
    letters = [letter for letter in name.text if letter.isupper()]
    index = name.first - 2
    while letters and index >= 0 and words.sent[index] == words.sent[name.first]:
        initial = words.form[index][0]
        if initial.isupper():
            if initial != letters.pop():
                return None
        elif initial.isalpha() and words.low[index] not in {"and", "of", "the", "for", "on", "in", "de"}:
            return None
        index -= 1
    return index + 1 if not letters else None

"""What the article says somebody is: "Army spokesman", "head of Iran's elite al-Quds force"."""

from __future__ import annotations

from dataclasses import dataclass

from newslab.actors.lists import fold, fold_title, role_nouns, same_role, titles
from newslab.actors.spans import Name
from newslab.actors.words import Words
from newslab.resources import read_words

BEFORE_TAGS = frozenset({"ADJ", "NOUN", "PROPN"})
PHRASE_TAGS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART", "DET", "PRON"})
LINKS = frozenset({"of", "for", "at", "in", "with", "to", "on", "from"})
QUOTE_MARKS = frozenset({'"', "“", "”", "''", "``"})
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
EMPTY = frozenset({"the", "a", "an", "'s", "of", "for", "and", "'", "his", "her", "their", "its", "this", "that", ","})
# A prime minister is no "minister", nor a vice president "the president".
COMPOUND = frozenset({"prime", "vice", "deputy", "assistant", "attorney", "associate"})
DAY_PARTS = frozenset({"morning", "afternoon", "evening", "night"})
LONGEST_ROLE = 12


@dataclass(frozen=True, slots=True)
class Role:
    """A role as the text has it: words ``first`` to ``last`` (exclusive) around the noun ``head``.

    ``weight`` says how well it tells who somebody is.
    """

    head: int
    first: int
    last: int
    weight: float


def roles_of(words: Words, name: Name, kind: str, taken: frozenset[int]) -> list[Role]:
    """Every role stated beside one mention of a name; ``taken`` are words that are other people's titles."""
    own = _before(words, name, kind)
    further = [_after(words, name, kind), _in_front(words, name, kind), _copula(words, name, kind)]
    return ([own] if own else []) + [role for role in further if role and role.head not in taken]


def role_text(words: Words, role: Role) -> str:
    """The role as the article words it."""
    return words.text[words.start[role.first] : words.end[role.last - 1]]


def head_noun(words: Words, index: int) -> str:
    """The noun a role is filed under: "spokesman", "minister"."""
    lemma = words.lemma[index]
    noun = lemma if lemma in role_nouns() else words.low[index].rstrip(".")
    if index and words.low[index - 1] in COMPOUND:
        noun = f"{words.low[index - 1]} {noun}"
    return same_role().get(noun, noun)


def role_words(words: Words, first: int, last: int) -> frozenset[str]:
    """The words of a role or a description that tell it from others."""
    plain = {part for index in range(first, last) for part in fold(words.form[index])}
    return frozenset(plain - EMPTY)


def is_role(words: Words, index: int, kind: str) -> bool:
    """Whether a word is a singular noun for such an actor: "spokesman" for a person, "company" for an organisation."""
    if words.pos[index] not in {"NOUN", "PROPN"} or words.tag[index] in {"NNS", "NNPS"}:
        return False
    noun = role_nouns().get(words.lemma[index]) or role_nouns().get(words.low[index])
    if noun and kind in noun.kinds:
        return True
    title = titles().get(fold_title(words.form[index]))
    return bool(kind == "person" and title and title.type == "office" and words.form[index][0].isupper())


def _before(words: Words, name: Name, kind: str) -> Role | None:
    """ "Army spokesman Maj Gen" before the name."""
    first, last = name.title or (name.first, name.first)
    while last > first and not _office(words, first, last):
        last -= 1
    if last == first and first > 0 and is_role(words, first - 1, kind) and words.sent[first - 1] == words.sent[first]:
        first -= 1
        last = first + 1
    if last == first:
        return None
    head = next((index - 1 for index in range(first + 1, last) if words.low[index] == "of"), last - 1)
    return Role(head, _leftmost(words, first), last, 3.0 if words.form[head][0].isupper() else 2.0)


def _office(words: Words, first: int, last: int) -> bool:
    """Whether the words before ``last`` are an office: "Prime Minister", and "Chief" but not "Chief General"."""
    texts = (fold_title(" ".join(words.form[begin:last])) for begin in range(first, last))
    return any(text in titles() and titles()[text].type == "office" for text in texts)


def _leftmost(words: Words, first: int) -> int:
    """Where the words that go with a role before a name begin: "Iran's foreign" minister."""
    limit = max(first - LONGEST_ROLE, 0)
    while first > limit and words.sent[first - 1] == words.sent[first]:
        before = first - 1
        letters = words.form[before][-1].isalnum() or words.form[before][:-1].isupper()
        if not (words.pos[before] in BEFORE_TAGS and letters) and words.low[before] not in POSSESSIVE:
            break
        first = before
    while words.low[first] in POSSESSIVE:
        first += 1
    return _without_time(words, first)


def _without_time(words: Words, first: int) -> int:
    """Past a time of the week that stands before a role and is none of it: "Tuesday night" Mayor."""
    timed = words.low[first] in read_words("calendar.txt") and {*words.low[first + 1 : first + 2]} & DAY_PARTS
    return first + 2 if timed else first


def _after(words: Words, name: Name, kind: str) -> Role | None:
    """ ", 62, the head of Iran's elite al-Quds force" after the name."""
    index = name.last
    if words.form[index : index + 1] not in ([","], ["—"], ["–"], ["("]):
        return None
    index += 1
    if words.form[index : index + 1] and words.form[index].isdigit() and words.form[index + 1 : index + 2] == [","]:
        index += 2
    end = _noun_phrase(words, index)
    if end == index or not is_role(words, end - 1, kind):
        return None
    definite = words.low[index] == "the" or "'s" in words.low[index:end]
    indefinite = words.low[index] in {"a", "an", "one"}
    first = index + 1 if words.pos[index] == "DET" else index
    if first >= end:
        return None
    last = _with_links(words, end)
    return Role(end - 1, first, last, 3.0 + definite + (last > end) - indefinite)


def _noun_phrase(words: Words, index: int) -> int:
    """Where the noun phrase that begins at ``index`` ends."""
    first = index
    while index < len(words) and index - first < LONGEST_ROLE and words.sent[index] == words.sent[first]:
        if words.pos[index] not in PHRASE_TAGS and words.tag[index] not in {"VBN", "VBG"}:
            break
        if words.pos[index] == "PART" and words.low[index] not in POSSESSIVE:
            break
        if index > first and words.pos[index] in {"DET", "PRON"}:
            break
        index += 1
    return index


def _with_links(words: Words, end: int) -> int:
    """The end of a role with what belongs to it: "of Iran's elite al-Quds force"."""
    for _ in range(2):
        if words.low[end : end + 1] == [] or words.low[end] not in LINKS:
            return end
        further = _noun_phrase(words, end + 1)
        if further == end + 1:
            return end
        end = further
    return end


def _in_front(words: Words, name: Name, kind: str) -> Role | None:
    """ "The army's spokesman, X": the name stands beside its role, after a comma."""
    begin = name.title[0] if name.title else name.first
    comma = begin - 1
    if comma < 1 or words.form[comma] != "," or words.sent[comma] != words.sent[begin]:
        return None
    head = words.head[name.last - 1]
    if words.dep[name.last - 1] != "appos" or not head < begin or not is_role(words, head, kind):
        head = _opening_role(words, name, comma, kind)
    if head < 0:
        return None
    first = max(words.left(head), head - LONGEST_ROLE)
    while first < head and words.pos[first] in {"DET", "PUNCT"}:
        first += 1
    last = _with_links(words, head + 1)
    return Role(head, first, last if last <= comma else head + 1, 2.5)


def _opening_role(words: Words, name: Name, comma: int, kind: str) -> int:
    """The role right before ", X," or at the head of a sentence that comes to X without a verb; -1 where none is."""
    closed = words.form[name.last : name.last + 1] in ([], [","], ["."], [";"])
    if closed and is_role(words, comma - 1, kind):
        return comma - 1
    first = comma
    while first > 0 and words.sent[first - 1] == words.sent[comma] and comma - first < LONGEST_ROLE:
        first -= 1
        if words.pos[first] in {"VERB", "AUX"} or words.form[first] in QUOTE_MARKS:
            return -1
    if first and words.sent[first - 1] == words.sent[comma]:
        return -1
    return next((index for index in range(first, comma) if is_role(words, index, kind)), -1)


def _copula(words: Words, name: Name, kind: str) -> Role | None:
    """ "X is the head of ..."."""
    verb = words.head[name.last - 1]
    if words.dep[name.last - 1] != "nsubj" or words.lemma[verb] not in {"be", "become"}:
        return None
    head = words.child(verb, "attr")
    if head is None or not is_role(words, head, kind) or words.child(verb, "neg") is not None:
        return None
    first = max(words.left(head), head - LONGEST_ROLE)
    if words.pos[first] == "DET":
        first += 1
    return Role(head, min(first, head), _with_links(words, head + 1), 2.0)

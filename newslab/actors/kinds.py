"""Which kind of actor a name is: every sign in the text votes, the model's label being one of them."""

from __future__ import annotations

from newslab.actors.cutting import is_acronym
from newslab.actors.lists import (
    Noun,
    capitals,
    organisation_words,
    parties,
    peoples,
    places,
    role_nouns,
    shown_kind,
    speech_verbs,
    word_set,
)
from newslab.actors.spans import Name
from newslab.actors.words import Words

KINDS = ("person", "organisation", "place", "group")
LABELS = {
    "PERSON": "person",
    "ORG": "organisation",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "group",
    "WORK_OF_ART": "thing",
    "LAW": "thing",
    "EVENT": "thing",
    "PRODUCT": "thing",
}
LOCATIVES = frozenset({"in", "at", "near", "across", "outside", "throughout", "toward", "towards", "around", "inside"})
PERSONAL = frozenset({"he", "she", "his", "her", "him", "himself", "herself"})
PRONOUN_REACH = 15
# How much each sign weighs, set by reading articles: what the text states outright beats the model's label.
TITLE, TABLE, WORD, STATED, ROLE, AGE, WHO, LABEL, WEAK = 6.0, 6.0, 6.0, 4.0, 3.0, 3.0, 2.0, 1.0, 0.5
# The model calls many a last name alone an organisation or a people, and many a team or a brand a product.
ALONE, PRODUCT, UNLISTED = 0.6, 0.3, 0.3


def vote(words: Words, name: Name) -> dict[str, float]:
    """Votes for each kind from one place where the name stands."""
    votes: dict[str, float] = dict.fromkeys((*KINDS, "thing"), 0.0)
    for index in range(name.first, name.last):
        kind = LABELS.get(words.label[index])
        if kind:
            alone = name.last - name.first == 1
            doubt = ALONE if alone and kind == "organisation" else PRODUCT if kind == "thing" else 1.0
            if alone and kind == "group" and not words.low[index].endswith("s"):
                doubt = UNLISTED
            votes[kind] += doubt * LABEL / (name.last - name.first)
    _vote_by_lists(words, name, votes)
    _vote_before(words, name, votes)
    _vote_after(words, name, votes)
    if firm_kind(words, name) is None:
        _vote_beside(words, name, votes)
        _vote_as_example(words, name, votes)
    return votes


def _vote_by_lists(words: Words, name: Name, votes: dict[str, float]) -> None:
    """What the name itself says: "Ministry", "River", a country, a people, an acronym."""
    last, several = words.low[name.last - 1], name.last - name.first > 1
    if name.text in places():
        votes["place"] += TABLE
    elif name.text in peoples():
        votes["group"] += TABLE
    elif name.text in parties():
        votes["organisation"] += TABLE
    elif name.text in capitals():
        votes["place"] += LABEL
    elif last in word_set("thing_words.txt") and several:
        votes["thing"] += WORD
    elif _is_body(words, name):
        votes["organisation"] += WORD
    elif last in word_set("place_words.txt") and several:
        votes["place"] += WORD if last not in {"hall", "field", "hill", "park", "lane", "street"} else LABEL
    elif is_acronym(name.text):
        votes["organisation"] += LABEL
    elif several:
        votes["person"] += WEAK


def firm_kind(words: Words, name: Name) -> str | None:
    """The kind that the name itself states, whatever the model says: a country, "Ministry", an acronym."""
    if name.title:
        return "person"
    if name.text in places():
        return "place"
    if name.text in peoples():
        return "group"
    if name.text in parties():
        return "organisation"
    last, several = words.low[name.last - 1], name.last - name.first > 1
    if last in word_set("thing_words.txt") and several:
        return "thing"
    if _is_body(words, name) or is_acronym(name.text):
        return "organisation"
    return "place" if last in word_set("place_words.txt") and several else None


def _is_body(words: Words, name: Name) -> bool:
    bodies = organisation_words()
    several, last = name.last - name.first > 1, words.low[name.last - 1]
    # "Mills" ends a company's name, and is a last name after a first name and alone.
    trade = last in word_set("company_words.txt") and last in word_set("last_names_that_are_words.txt")
    personal = set(words.label[name.first : name.last]) == {"PERSON"}
    if last in bodies and not (trade and (personal or not several)):
        return True
    if several and words.low[name.first] in word_set("organisation_starts.txt"):
        return True
    of = next((i for i in range(name.first + 1, name.last) if words.low[i] in {"of", "for", "on", "and", "&"}), None)
    return of is not None and words.low[of - 1] in bodies


def _vote_before(words: Words, name: Name, votes: dict[str, float]) -> None:
    """Titles, roles and prepositions before the name, "the" among them."""
    if name.title:
        votes["person"] += TITLE
    if name.first == 0:
        return
    before = words.low[name.first - 1]
    noun = role_nouns().get(before)
    if noun and noun.kinds[0] == "person" and not name.title:
        votes[_stated_kind(noun, name)] += ROLE
    elif noun and noun.body and words.pos[name.first - 1] == "NOUN":
        votes["organisation"] += LABEL
    if before in LOCATIVES:
        votes["place"] += LABEL
    if before == "by" and words.opens(name.first - 1) and _ends_line(words, name.last):
        votes["person"] += STATED
    inner = words.dep[name.last - 1] in {"compound", "nmod", "amod", "poss"}
    if before in {"a", "an"} and not words.label[name.last - 1] and not inner:
        votes["person"] -= WHO
    if before == "the" and words.form[name.last - 1] not in peoples():
        votes["person"] -= WHO
        votes["organisation"] += LABEL if words.low[name.last - 1].endswith("s") else WEAK


def _ends_line(words: Words, index: int) -> bool:
    """Whether a name ends a byline: a line's end follows, a comma, or one more name."""
    ends = index >= len(words) or words.paragraph[index] != words.paragraph[index - 1]
    return ends or words.low[index] in {",", "and", "|", "in"}


def _vote_after(words: Words, name: Name, votes: dict[str, float]) -> None:
    """An age, "who", a body's noun or a verb of speech after the name."""
    after = words.form[name.last : name.last + 3]
    low = [form.lower() for form in after]
    if len(after) == 3 and after[0] == "," and after[1].isdigit() and len(after[1]) < 4 and after[2] in {",", "."}:
        votes["person"] += AGE
    if low[:2] == [",", "who"] or low[:1] == ["who"]:
        votes["person"] += WHO
    head = words.head[name.last - 1]
    if name.last <= head < name.last + 4 and words.dep[name.last - 1] in {"compound", "nmod", "amod"}:
        noun = role_nouns().get(words.lemma[head])
        if noun and noun.kinds == ("organisation",):
            votes["organisation"] += ROLE
    if words.lemma[head] in speech_verbs() and words.dep[name.last - 1] == "nsubj":
        votes["person"] += WEAK
    if _has_pronoun(words, name):
        votes["person"] += WHO


def _vote_beside(words: Words, name: Name, votes: dict[str, float]) -> None:
    """A noun beside the name, apart by a comma: "a company, X" and "X, a music school"."""
    nouns = []
    if name.first > 1 and words.form[name.first - 1] == "," and words.pos[name.first - 2] == "NOUN":
        first = name.first - 2
        while first > 0 and words.pos[first - 1] in {"ADJ", "NOUN"}:
            first -= 1
        if first and words.pos[first - 1] == "DET" and (first == 1 or words.pos[first - 2] != "ADP"):
            nouns.append(name.first - 2)
    if words.form[name.last : name.last + 1] == [","] and words.pos[name.last + 1 : name.last + 2] == ["DET"]:
        index = name.last + 2
        while index < min(name.last + 9, len(words)) and words.pos[index] in {"ADJ", "NOUN", "PROPN", "PART", "NUM"}:
            index += 1
        nouns.append(index - 1)
    for index in nouns:
        noun = role_nouns().get(words.lemma[index])
        if noun and words.tag[index] == "NN":
            votes[_stated_kind(noun, name)] += STATED


def _vote_as_example(words: Words, name: Name, votes: dict[str, float]) -> None:
    """A name given as an example: "cities such as X and Y" are places (Hearst 1992, COLING, pages 539-545)."""
    top = name.last - 1
    while words.dep[top] == "conj" and words.head[top] < top:
        top = words.head[top]
    link = words.head[top]
    such = words.low[link] == "as" and link and words.low[link - 1] == "such"
    if words.dep[top] != "pobj" or not (such or words.low[link] in {"like", "including"}):
        return
    example = words.head[link]
    noun = role_nouns().get(words.lemma[example])
    if noun and words.tag[example] == "NNS" and example < link:
        votes[_stated_kind(noun, name)] += STATED


def _stated_kind(noun: Noun, name: Name) -> str:
    """The kind of what is called so by name: a film's title is a thing, a blog a body.

    A "maker" is a person or a body: rather a body where its name is one word.
    """
    if noun.kinds == ("document",):
        return "thing"
    if "organisation" in noun.kinds and (name.last - name.first == 1 or noun.kinds[0] == "document"):
        return "organisation"
    return shown_kind(noun.kinds[0])


def _has_pronoun(words: Words, name: Name) -> bool:
    """Whether "he" or "she" follows in the sentence of which the name is the subject, with no other name between."""
    if words.dep[name.last - 1] not in {"nsubj", "nsubjpass", "poss"}:
        return False
    for index in range(name.last, min(name.last + PRONOUN_REACH, len(words))):
        if words.sent[index] != words.sent[name.first] or words.label[index] in {"PERSON", "ORG"}:
            return False
        if words.low[index] in PERSONAL:
            return True
    return False

"""Who speaks: the noun phrase that is the subject of a cue, wherever the grammar has put it."""

from __future__ import annotations

from newslab.language import Token
from newslab.quotes.cues import Cue, cue_span, is_asserted
from newslab.quotes.found import Found
from newslab.quotes.story import Story, end_of
from newslab.text import Span

SUBJECTS = {"nsubj", "nsubjpass"}
NOUNS = {"PROPN", "NOUN", "PRON"}
# What follows the head of a noun phrase without being part of the name: clauses, asides, a second phrase.
ASIDES = {"relcl", "appos", "acl", "cc", "conj", "punct", "advcl", "parataxis", "ccomp", "dep"}
TITLES = "\"“”,;:'’‘"


def credit(story: Story, cue: Cue, found: Found) -> Found:
    """Put the cue and the speaker to a quote; "was quoted by" and "quoting" make one the source, the other the bearer."""
    verb = cue.token
    found.cue = cue_span(verb)
    found.asserted = is_asserted(verb)
    if cue.word.part == "preposition":
        found.speaker = _object_span(story, verb)
        return found
    head = subject(verb) or inverted(verb)
    found.speaker = phrase(story, head) if head is not None else None
    if verb.lemma_ in {"quote", "cite"}:
        _quoted(story, verb, head, found)
    for child in verb.children:
        if child.lower_ in {"quoting", "citing"} and child.dep_ in {"xcomp", "advcl"}:
            _quoted(story, child, head, found)
    return found


def subject(verb: Token) -> Token | None:
    """The head of the subject of a verb; a verb without one takes that of the verb it hangs on."""
    for _ in range(4):
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return child
        if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "dep", "prep"} and verb.head.i != verb.i:
            verb = verb.head
        elif verb.dep_ in {"acl", "relcl"}:
            return verb.head
        else:
            return None
    return None


def inverted(verb: Token) -> Token | None:
    """The noun that follows a cue directly, as in ``said Ms Poe``, where the parse calls it an object."""
    for child in verb.rights:
        if child.dep_ in {"dobj", "npadvmod", "attr", "oprd", "ccomp", "dep"} and child.pos_ in NOUNS:
            return child
    return None


def subject_span(story: Story, head: Token) -> Span:
    """The noun phrase of a subject."""
    return phrase(story, head)


def phrase(story: Story, head: Token) -> Span:
    """The noun phrase of a head: what comes before it and "of the council" after it, without asides."""
    first = last = head
    for child in head.lefts:
        if child.dep_ not in {"punct", "cc", "preconj"} and child.left_edge.i < first.i:
            first = child.left_edge
    for child in head.rights:
        if child.dep_ in ASIDES:
            if child.dep_ not in {"cc", "conj"}:
                break
            if child.dep_ == "conj" and child.pos_ in NOUNS:
                last = child
        else:
            last = child.right_edge
    return story.trim(first.idx, end_of(last), TITLES)


def _object_span(story: Story, preposition: Token) -> Span | None:
    """What "according to" governs."""
    for child in preposition.subtree:
        if child.dep_ == "pobj" and child.i > preposition.i:
            return phrase(story, child)
    return None


def _quoted(story: Story, verb: Token, head: Token | None, found: Found) -> None:
    """The two people of "Field was quoted by the Gazette" and "Field quoted the mayor": who spoke, who passed it on."""
    agents = [token for token in verb.subtree if token.dep_ == "pobj" and token.head.lower_ == "by"]
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        found.via = phrase(story, agents[0]) if agents else None
        return
    for child in verb.rights:
        if child.dep_ == "dobj":
            found.via, found.speaker = found.speaker, phrase(story, child)
            return

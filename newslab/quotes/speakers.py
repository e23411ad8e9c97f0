"""Who speaks: the noun phrase that is the subject of a cue, wherever the grammar has put it."""

from __future__ import annotations

import re

from newslab.language import Token
from newslab.quotes.cues import HEARERS, Cue, cue_span, is_asserted, is_listed
from newslab.quotes.found import Found
from newslab.quotes.story import Story, end_of
from newslab.text import Span

SUBJECTS = {"nsubj", "nsubjpass"}
NOUNS = {"PROPN", "NOUN", "PRON", "NUM"}
# What follows the head of a noun phrase without being part of the name: clauses, asides, a second phrase.
ASIDES = {"relcl", "appos", "acl", "punct", "advcl", "parataxis", "ccomp", "dep"}
# Rules for a cue set off by commas, whose subject may follow it.
MARKED_OFF = {"quote-then-cue", "clause-then-cue"}
# How a verb without a subject may hang on the verb whose subject it shares.
CARRIED = {"conj", "xcomp", "advcl", "pcomp", "dep", "prep"}
HYPHENED_BEFORE, HYPHENED_AFTER, LONGEST_PART = re.compile(r"\b[^\W\d_]+-$"), re.compile(r"-[^\W\d_]+"), 20
TIMES = {"DATE", "TIME"}
OUTER = "\"“”,;:'’‘"


def credit(story: Story, cue: Cue, found: Found) -> Found:
    """Put the cue and the speaker to a quote, and whoever passed it on ("was quoted by", "quoting the minister")."""
    verb = cue.token
    found.cue = cue_span(verb)
    found.asserted = is_asserted(verb)
    head = _speaker(story, cue, found)
    if head is not None and head.pos_ == "NOUN" and head.ent_type_ in TIMES:
        head = None  # "this week" says nothing
    if head is not None:
        name_speaker(story, head, found)
    found.nobody = head is None and not found.marked and (cue.word.part == "noun" or is_passive(verb))
    if verb.lemma_ in {"quote", "cite"} and found.rule != "criticised-it":
        _pass_on(story, verb, found)
    for child in verb.children:
        if child.lower_ in {"quoting", "citing"} and child.dep_ in {"xcomp", "advcl"}:
            _pass_on(story, child, found)
    return found


def _speaker(story: Story, cue: Cue, found: Found) -> Token | None:
    """The head of the noun phrase that speaks, by the cue's part of speech."""
    verb = cue.token
    if cue.word.part == "noun":
        return _issuer(story, verb)
    if cue.word.part == "preposition":
        return _object(verb)
    if cue.word.part == "adjective" and verb.dep_ in {"amod", "acl", "relcl"}:
        return verb.head
    if cue.word.part == "adjective":
        return subject(story, verb.head if verb.dep_ in {"acomp", "oprd", "ccomp"} else verb)
    if is_passive(verb) and verb.lemma_ != "quote" and not found.marked:
        return agent(verb)
    if found.rule in MARKED_OFF and verb.tag_ != "VBG" and not _has_own(verb):
        return inverted(verb) or subject(story, verb) or _before(verb)
    return subject(story, verb) or (_before(verb) if cue.takes("rest", "quote") else None)


def _has_own(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def is_passive(verb: Token) -> bool:
    """Whether the subject of a verb is not who does it: "was told", "it was said", "asked whether she would go"."""
    before = {child.dep_ for child in verb.lefts}
    if not before.isdisjoint({"auxpass", "nsubjpass"}) or (
        verb.lemma_ == "ask" and _opens(verb) and not before & SUBJECTS
    ):
        return True
    alone = before.isdisjoint({"aux", "nsubj"})
    return verb.tag_ == "VBN" and alone and (verb.dep_ == "acl" or (verb.dep_ == "advcl" and verb.lemma_ in HEARERS))


def _opens(verb: Token) -> bool:
    """Whether a participle opens its sentence or clause: "Asked why, she said ..."."""
    return verb.tag_ in {"VBN", "VBD"} and (verb.is_sent_start or verb.nbor(-1).lower_ in {"when", ","})


def agent(verb: Token) -> Token | None:
    """Who does what the passive says: the noun after "by"."""
    for child in verb.rights:
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            return next(child.children, None)
    return None


def name_speaker(story: Story, head: Token, found: Found) -> None:
    """The speaker's mention, and the phrase that names them: the noun of "who", the aside to "his father"."""
    found.speaker = phrase(story, head)
    if head.tag_ in {"WP", "WDT"}:
        verb = head.head
        while verb.dep_ in {"conj", "xcomp", "ccomp", "advcl"}:
            verb = verb.head
        if verb.dep_ in {"relcl", "acl"}:
            head = verb.head
            found.named = phrase(story, head)
    for child in head.rights:
        if child.dep_ == "appos" and child.pos_ == "PROPN" and head.pos_ != "PROPN":
            found.named = phrase(story, child)
            if found.speaker[1] <= found.named[0]:
                found.speaker = (found.speaker[0], found.named[1])
            break


def subject(story: Story, verb: Token) -> Token | None:
    """The head of the subject of a verb; a verb without one takes that of the verb it hangs on."""
    verb = _main_verb(story, verb)
    for _ in range(5):
        own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if own is not None and story.mark_at(own.idx) is None:
            return None if _is_empty(own) else own
        head = verb.head
        if head.i == verb.i:
            return None
        if verb.dep_ in {"acl", "relcl"}:
            return head
        if verb.dep_ == "xcomp" and (controller := _controller(head)):
            return controller
        if verb.dep_ not in CARRIED and own is None and story.mark_at(verb.idx) is None:
            return None
        verb = head.head if _second_cue(verb) else head
    return None


def _is_empty(pronoun: Token) -> bool:
    """Whether "it" stands for nobody: "it is hard to say whether ..."."""
    return pronoun.lower_ == "it" and any(child.dep_ in {"acomp", "oprd"} for child in pronoun.head.rights)


def _main_verb(story: Story, verb: Token) -> Token:
    """What "..., saying" at the end of a sentence hangs on: its first verb, not that of a clause within it."""
    if verb.tag_ != "VBG" or verb.dep_ != "advcl" or verb.i == 0 or verb.nbor(-1).text != ",":
        return verb
    head = verb.head
    while head.dep_ in {"ccomp", "acl", "xcomp"} and head.head.i < head.i and story.mark_at(head.idx) is None:
        head = head.head
    return head if head.pos_ in {"VERB", "AUX"} else verb


def _second_cue(verb: Token) -> bool:
    """Whether a cue is coordinated with what was said, and belongs to the cue before: "says it is late and adds"."""
    head = verb.head
    if head.dep_ != "ccomp" or not is_listed(head.head):
        return False
    return (verb.dep_ == "conj" and head.head.tag_ == verb.tag_) or (verb.dep_ == "advcl" and verb.tag_ == "VBG")


def _controller(verb: Token) -> Token | None:
    """Whoever is asked to do something: in "told her to say", she says it."""
    if verb.lemma_ not in {"ask", "tell", "urge", "force", "lead", "prompt", "allow", "let", "make", "hear"}:
        return None
    return next((child for child in verb.rights if child.dep_ == "dobj"), None)


def inverted(verb: Token) -> Token | None:
    """The noun that follows a cue directly, as in ``said Ms Poe``, where the parse calls it an object."""
    for child in verb.rights:
        if child.dep_ in {"dobj", "npadvmod", "attr", "oprd", "ccomp", "dep"} and child.pos_ in NOUNS:
            return child
    return None


def _before(verb: Token) -> Token | None:
    """The noun just before a cue, where the parse has given it to another word."""
    if verb.i > 0 and not verb.is_sent_start and verb.nbor(-1).pos_ in {"PROPN", "NOUN"}:
        return verb.nbor(-1)
    return None


def phrase(story: Story, head: Token) -> Span:
    """The noun phrase of a head: what comes before it and "of the council" after it, without asides."""
    first = last = head
    for child in head.lefts:
        if child.dep_ not in {"punct", "cc", "preconj"} and child.left_edge.i < first.i:
            first = child.left_edge
    for child in head.rights:
        if child.dep_ in ASIDES:
            break
        if child.dep_ == "conj":
            last = child if child.pos_ in NOUNS else last
        elif child.dep_ != "cc":
            last = child.right_edge
    start, end = story.trim(first.idx, end_of(last), OUTER)
    return _whole_words(story.text, start, end)


def _whole_words(text: str, start: int, end: int) -> Span:
    """A phrase with the rest of a word that the parse has cut at its hyphen: co-chairman, ex-minister."""
    before = HYPHENED_BEFORE.search(text, max(0, start - LONGEST_PART), start)
    after = HYPHENED_AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end


def _issuer(story: Story, noun: Token) -> Token | None:
    """Whose statement it is: "her warning", "a warning by the council", "the council issued a warning"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ in {"prep", "agent"} and child.lower_ in {"by", "from"}:
            return next(child.children, None)
    head = noun.head
    while head.dep_ in {"prep", "pobj"} and head.head.i != head.i:
        head = head.head
    return subject(story, head) if noun.dep_ in {"dobj", "pobj"} and head.pos_ == "VERB" else None


def _object(preposition: Token) -> Token | None:
    """What "according to" governs."""
    for child in preposition.subtree:
        if child.dep_ == "pobj" and child.i > preposition.i:
            return child
    return None


def _pass_on(story: Story, verb: Token, found: Found) -> None:
    """Who spoke and who passed it on, in "Field was quoted by the Gazette" and "Field quoted the mayor"."""
    if any(child.dep_ == "nsubjpass" for child in verb.children):
        agents = [token for token in verb.subtree if token.dep_ == "pobj" and token.head.lower_ == "by"]
        found.via = phrase(story, agents[0]) if agents else None
        return
    for child in verb.rights:
        if child.dep_ == "dobj":
            found.via, found.named = found.speaker, phrase(story, child)
            found.speaker = found.named
            return

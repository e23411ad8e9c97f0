"""Reported speech without marks, or with marks inside it: the clause that a cue governs."""

from __future__ import annotations

from collections.abc import Iterator

from newslab.language import Token
from newslab.quotes.cues import Cue
from newslab.quotes.found import Found
from newslab.quotes.rules import rule
from newslab.quotes.speakers import SUBJECTS, credit, subject
from newslab.quotes.story import Story, end_of
from newslab.text import Span

OUTER = " ,;:.—–-\n\t"


@rule("said-that", "indirect")
def said_that(story: Story, cue: Cue) -> Iterator[Found]:
    """The cue is followed by the clause that was said, with or without "that".

    Example: Field said that the bridge was safe and would stay open.
    """
    clauses = [child for child in cue.token.rights if is_clause(child)]
    if not cue.takes("clause") or not clauses:
        return
    start = clauses[0].left_edge.idx
    end = end_of(clauses[-1].right_edge)
    if start >= end_of(cue.token):
        yield credit(story, cue, Found("said-that", [(start, end)]))


@rule("clause-then-cue", "indirect")
def clause_then_cue(story: Story, cue: Cue) -> Iterator[Found]:
    """The clause comes first and the cue closes it or stands within it.

    Example: The bridge, Field said, would stay open.
    """
    verb = cue.token
    if not cue.takes("clause", "quote") or any(is_clause(child) for child in verb.rights):
        return
    tag = _tag(story, verb)
    if tag is None:
        return
    sent = verb.sent
    pieces = [(sent[0].idx, tag[0]), (tag[1], end_of(sent[-1]))]
    yield credit(story, cue, Found("clause-then-cue", pieces))


@rule("according-to", "indirect")
def according_to(story: Story, cue: Cue) -> Iterator[Found]:
    """ "According to" and its noun, before, after or within what was said.

    Example: According to Field, the bridge is safe.
    """
    if cue.word.part != "preposition":
        return
    preposition = cue.token
    sent, end = preposition.sent, end_of(preposition.right_edge)
    yield credit(story, cue, Found("according-to", [(sent[0].idx, preposition.idx), (end, end_of(sent[-1]))]))


def is_clause(child: Token) -> bool:
    """Whether a child of a cue is a clause that was said: it has a subject of its own or stands for one."""
    if child.dep_ != "ccomp":
        return False
    return any(grandchild.dep_ in SUBJECTS | {"expl", "csubj"} for grandchild in child.children)


def _tag(story: Story, verb: Token) -> Span | None:
    """Where "Field said" begins and ends within its sentence, or ``None`` where it opens the sentence."""
    head = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if head is None or not (verb.dep_ in {"ROOT", "parataxis", "ccomp"} or any(verb.lefts)):
        return None
    first = min(head.left_edge.idx, verb.idx)
    before = story.text[verb.sent[0].idx : first].rstrip()
    if not before.endswith(","):
        return None
    last = max(end_of(head.right_edge), end_of(verb))
    for child in verb.rights:
        if child.dep_ in {"prep", "npadvmod", "advmod", "dobj", "dative", "advcl", "xcomp", "conj", "cc"}:
            last = max(last, end_of(child.right_edge))
    return first, last

"""Attribution without a verb that says so: polls, "reportedly", the support that somebody wins."""

from __future__ import annotations

from collections.abc import Iterator

from newslab.language import Token
from newslab.quotes.clauses import is_finite
from newslab.quotes.cues import Cue, cue_span
from newslab.quotes.found import Found
from newslab.quotes.rules import rule
from newslab.quotes.speakers import name_speaker, phrase, subject
from newslab.quotes.story import Story, end_of
from newslab.text import Span


@rule("reportedly", "attribution")
def reportedly(story: Story, cue: Cue) -> Iterator[Found]:
    """A clause that an adverb marks as what others say, whoever they are.

    Example: The bridge is reportedly unsafe.
    """
    verb = cue.token.head
    if cue.word.part != "adverb":
        return
    while verb.dep_ in {"acomp", "amod", "advmod", "xcomp", "attr"} and verb.head.i != verb.i:
        verb = verb.head
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    first, last = verb.left_edge.idx, end_of(verb.right_edge)
    before, after = (first, cue.token.idx), (end_of(cue.token), last)
    yield Found("reportedly", [before, after], (cue.token.idx, end_of(cue.token)), nobody=True)


@rule("in-a-poll", "attribution")
def in_a_poll(story: Story, cue: Cue) -> Iterator[Found]:
    """What a poll, a survey or an average shows, where only "in" or "by" leads to it.

    Example: In a poll for the Ledger, most voters were against the bridge.
    """
    lead = cue.token.head
    if not cue.takes("in") or cue.token.tag_ != "NN" or lead.dep_ != "prep" or lead.lower_ not in {"in", "by"}:
        return
    verb = lead.head
    if not is_finite(verb) or any(child.dep_ == "ccomp" for child in verb.children):
        return  # "in a poll most voters said that ...": the verb is the cue
    edge = end_of(lead.right_edge)
    pieces = [(verb.left_edge.idx, lead.idx), (edge, end_of(verb.right_edge))]
    found = Found("in-a-poll", [piece for piece in pieces if piece[0] < piece[1]], (lead.idx, end_of(lead)))
    name_speaker(story, cue.token, found)
    yield found


@rule("won-support", "attribution")
def won_support(story: Story, cue: Cue) -> Iterator[Found]:
    """Whoever has the support or the criticism of somebody: that is what it is about.

    Example: The bridge has the support of the council.
    """
    noun = cue.token
    if not cue.takes("won") or noun.dep_ != "dobj" or noun.head.pos_ != "VERB":
        return
    giver = next((child for child in noun.rights if child.dep_ == "prep" and child.lower_ in {"of", "from"}), None)
    giver = giver or next(
        (child for child in noun.head.rights if child.dep_ == "prep" and child.lower_ == "from" and child.i > noun.i),
        None,
    )
    about, who = subject(story, noun.head), _governed(giver)
    if about is None or who is None:
        return
    span: Span = phrase(story, about)
    yield Found("won-support", [span], cue_span(noun), phrase(story, who))


def _governed(preposition: Token | None) -> Token | None:
    """The noun after a preposition."""
    if preposition is None:
        return None
    return next((child for child in preposition.rights if child.dep_ == "pobj"), None)

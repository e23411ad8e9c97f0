"""Attribution beyond speech: what somebody wants, criticises, talks about, or seems to do; ``scope="attribution"``."""

from __future__ import annotations

from collections.abc import Iterator

from newslab.language import Token
from newslab.quotes.clauses import SUBJECTS, TAKEN, cut, is_clause
from newslab.quotes.cues import REFUSALS, Cue, cue_span, is_listed, is_purpose
from newslab.quotes.found import Found
from newslab.quotes.framed import infinitive
from newslab.quotes.rules import rule
from newslab.quotes.speakers import agent, credit, is_passive
from newslab.quotes.story import Story, end_of
from newslab.resources import read_words
from newslab.text import Span

# Prepositions that tell what an object is praised for or accused of.
REASONS = {"for", "of", "over", "to", "as", "with", "on", "against"}


@rule("criticised-it", "attribution")
def criticised_it(story: Story, cue: Cue) -> Iterator[Found]:
    """What somebody criticises, supports, announces or cites.

    Example: The council criticised the builders for the delay.
    """
    if cue.word.part != "verb" or not cue.takes("object") or is_purpose(cue.token):
        return
    if is_passive(cue.token) and agent(cue.token) is not None:
        head = next((child for child in cue.token.lefts if child.dep_ == "nsubjpass"), None)
        if head is not None:
            yield credit(story, cue, Found("criticised-it", [_without_clauses(head), *_grounds(cue.token)]))
        return
    for child in cue.token.rights:
        if child.dep_ == "dobj" and child.lower_ not in read_words("calendar.txt"):
            start, end = child.left_edge.idx, end_of(child.right_edge)
            for later in cue.token.rights:
                if later.i > child.i and _belongs(later):
                    end = max(end, end_of(later.right_edge))
            yield credit(story, cue, Found("criticised-it", [cut(story, cue, start, end)]))
            return


def _grounds(verb: Token) -> list[Span]:
    """What somebody is accused of or praised for, after the passive: "was accused by the council of delays"."""
    below = [child for child in verb.rights if child.dep_ == "prep" and child.lower_ in REASONS]
    return [(child.idx, end_of(child.right_edge)) for child in below[:1]]


def _belongs(later: Token) -> bool:
    """Whether what follows an object still says what is criticised or supported: "for the delay", "as too dear"."""
    return (later.dep_ == "prep" and later.lower_ in REASONS) or later.dep_ in {"xcomp", "oprd"}


@rule("which-it-denied", "attribution")
def which_it_denied(story: Story, cue: Cue) -> Iterator[Found]:
    """What somebody criticises or supports, where only "which" or "that" stands for it.

    Example: The second bridge, which the council opposed, was never built.
    """
    if cue.word.part != "verb" or not cue.takes("object") or is_passive(cue.token):
        return
    for child in cue.token.lefts:
        if child.dep_ == "dobj" and child.tag_ in {"WDT", "WP"}:
            yield credit(story, cue, Found("which-it-denied", [(child.idx, end_of(child))]))
            return


@rule("talked-about", "attribution")
def talked_about(story: Story, cue: Cue) -> Iterator[Found]:
    """What somebody talks, warns or worries about.

    Example: Field spoke about the cost of the bridge.
    """
    for child in cue.token.rights:
        if child.dep_ == "prep" and cue.takes(f"+{child.lower_}"):
            span = cut(story, cue, end_of(child), end_of(child.right_edge))
            to = next((other for other in cue.token.rights if other.i > child.i and infinitive(other)), None)
            if to is not None:
                span = span[0], end_of(to.right_edge)
            rule_name = "talked-about" if cue.word.part == "verb" else "concern-about"
            yield credit(story, cue, Found(rule_name, [span]))
            return


@rule("concern-about", "attribution")
def concern_about(story: Story, cue: Cue) -> Iterator[Found]:
    """A noun or an adjective of opinion, and what it is about.

    Example: Her concerns about the old bridge grew.
    """
    if cue.word.part in {"noun", "adjective"}:
        yield from talked_about(story, cue)


@rule("wants-to", "attribution")
def wants_to(story: Story, cue: Cue) -> Iterator[Found]:
    """What somebody wants, plans, refuses or considers to do.

    Example: The council wants to build a second bridge.
    """
    if not cue.takes("plan", "ing", "to"):
        return
    for child in cue.token.rights:
        to = infinitive(child)
        if cue.token.lemma_ in REFUSALS and is_listed(child) and any(below.dep_ in TAKEN for below in child.rights):
            return  # "declined to say why": the second verb is the cue
        if to is not None and cue.takes("plan", "to") and child.dep_ in {"xcomp", "ccomp", "advcl", "acl", "relcl"}:
            doer = next((grand for grand in child.lefts if grand.dep_ == "nsubj"), None)
            start = doer.left_edge.idx if doer is not None else to.idx
            yield credit(story, cue, Found("wants-to", [cut(story, cue, start, end_of(child.right_edge))]))
            return
        if cue.takes("ing") and child.tag_ == "VBG" and child.dep_ in {"xcomp", "ccomp"}:
            span = cut(story, cue, child.left_edge.idx, end_of(child.right_edge))
            yield credit(story, cue, Found("wants-to", [span]))
            return


@rule("sure-that", "attribution")
def sure_that(story: Story, cue: Cue) -> Iterator[Found]:
    """An adjective of opinion and the clause it governs.

    Example: Field is confident that the bridge will hold.
    """
    if cue.word.part != "adjective" or not cue.takes("clause"):
        return
    for child in cue.token.rights:
        if is_clause(child):
            span = cut(story, cue, child.left_edge.idx, end_of(child.right_edge))
            yield credit(story, cue, Found("sure-that", [span]))
            return


@rule("seems-to", "attribution")
def seems_to(story: Story, cue: Cue) -> Iterator[Found]:
    """How a thing seems to nobody in particular.

    Example: The bridge seems to be safe.
    """
    if cue.takes("seem"):
        yield from _of_subject(story, cue, "seems-to", "nsubj", {"xcomp", "oprd", "acomp", "attr"})


@rule("expected-to", "attribution")
def expected_to(story: Story, cue: Cue) -> Iterator[Found]:
    """What is expected, said or thought of somebody, by nobody in particular.

    Example: The bridge is expected to open in May.
    """
    if cue.takes("passive"):
        yield from _of_subject(story, cue, "expected-to", "nsubjpass", {"xcomp", "prep"})


def _of_subject(story: Story, cue: Cue, name: str, subject: str, rest: set[str]) -> Iterator[Found]:
    head = next((child for child in cue.token.lefts if child.dep_ == subject), None)
    tail = next((child for child in cue.token.rights if child.dep_ in rest), None)
    if tail is None or (head is None and subject == "nsubjpass") or (tail.dep_ == "prep" and tail.lower_ != "as"):
        return
    start = end_of(tail) if tail.dep_ == "prep" else tail.left_edge.idx
    pieces: list[Span] = [_without_clauses(head)] if head is not None else []
    pieces.append(cut(story, cue, start, end_of(tail.right_edge)))
    yield Found(name, pieces, cue_span(cue.token), nobody=True)


def _without_clauses(head: Token) -> Span:
    """A subject without what is only said in passing."""
    end = end_of(head)
    for child in head.rights:
        if child.dep_ in {"relcl", "appos", "punct"} or child.dep_ in SUBJECTS:
            break
        end = end_of(child.right_edge)
    return head.left_edge.idx, end

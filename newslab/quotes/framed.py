"""Words reported in a smaller frame than a clause: "called it a ...", "urged them to ...", "his warning that ..."."""

from __future__ import annotations

from collections.abc import Iterator

from newslab.language import Token
from newslab.quotes.clauses import SUBJECTS, cut, is_clause, is_finite, says_that
from newslab.quotes.cues import Cue, cue_span, is_purpose
from newslab.quotes.found import Found
from newslab.quotes.rules import rule
from newslab.quotes.speakers import credit, is_passive, name_speaker, subject
from newslab.quotes.story import Story, end_of
from newslab.text import Span

# How many words may stand before the marked ones: his own "need for bridges".
FEW_WORDS = 2
# How the parse may hang a clause on "make it clear".
CLAUSES = {"ccomp", "advcl", "acl", "xcomp"}


@rule("urged-to", "indirect")
def urged_to(story: Story, cue: Cue) -> Iterator[Found]:
    """What somebody is asked, told or promised to do.

    Example: Field urged drivers to use the ferry.
    """
    if cue.word.part != "verb" or not cue.takes("to"):
        return
    asked = next((child for child in cue.token.rights if child.dep_ == "dobj"), None)
    below = [child for part in asked.rights if part.dep_ == "acl" for child in part.rights] if asked is not None else []
    for child in [*cue.token.rights, *below]:
        if child.dep_ in {"xcomp", "ccomp", "advcl"} and (to := infinitive(child)):
            start = asked.left_edge.idx if asked is not None and cue.wide and not cue.takes("hearer") else to.idx
            yield credit(story, cue, Found("urged-to", [cut(story, cue, start, end_of(child.right_edge))]))
            return


@rule("called-it", "mixed")
def called_it(story: Story, cue: Cue) -> Iterator[Found]:
    """The word that somebody finds for a thing.

    Example: Field called the bridge "a marvel" and described the ferry as old.
    """
    if cue.word.part != "verb" or not cue.takes("name", "as"):
        return
    verb = cue.token
    if (verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBD"}) or (is_passive(verb) and not cue.wide):
        return  # a ball called the jack: nobody in particular calls it so
    names = [child for child in verb.rights if child.dep_ in {"oprd", "ccomp", "xcomp"}]
    if names and cue.takes("bare"):
        start, end = names[0].left_edge.idx, end_of(names[0].right_edge)
    elif as_token := _as(verb):
        start, end = end_of(as_token), end_of(as_token.right_edge)
    elif cue.wide and cue.takes("bare") and (whole := next((x for x in verb.rights if x.dep_ == "dobj"), None)):
        start, end = whole.left_edge.idx, end_of(whole.right_edge)  # the parse took thing and name for one
    else:
        return
    inside = [story.marks[k] for k in story.marks_in(start, end_of(verb.right_edge))]
    span = (inside[0].start, max(end, inside[-1].end)) if inside and inside[0].start <= end else (start, end)
    span = cut(story, cue, *span)
    thing = _thing(verb) if cue.wide else None
    if thing is not None and thing.i > verb.i:
        span = thing.left_edge.idx, span[1]
    pieces = [span] if thing is None or thing.i > verb.i else [(thing.left_edge.idx, end_of(thing.right_edge)), span]
    yield credit(story, cue, Found("called-it", pieces))


@rule("words-in-marks", "mixed")
def words_in_marks(story: Story, cue: Cue) -> Iterator[Found]:
    """Words in marks at the head of what somebody demands, stresses or speaks of.

    Example: Field stressed the "need for more bridges" in the north.
    """
    if cue.wide or cue.word.part != "verb":
        return
    wanted = {"dobj"} if cue.takes("object") else set()
    below = [part for child in cue.token.rights if child.dep_ == "dobj" for part in child.rights]
    for child in [*cue.token.rights, *below]:
        if child.dep_ in wanted or (child.dep_ == "prep" and cue.takes(f"+{child.lower_}")):
            span = cut(story, cue, *_object_span(child))
            if any(_heads(story, span, k) for k in story.marks_in(*span)):
                yield credit(story, cue, Found("words-in-marks", [span]))
                return


@rule("expressed-concern", "indirect")
def expressed_concern(story: Story, cue: Cue) -> Iterator[Found]:
    """A feeling or a view that somebody expresses or voices.

    Example: Field voiced doubts about the second bridge.
    """
    if cue.word.part != "verb" or not cue.takes("voiced") or is_purpose(cue.token):
        return
    for child in cue.token.rights:
        if child.dep_ == "dobj":
            span = cut(story, cue, child.left_edge.idx, end_of(child.right_edge))
            yield credit(story, cue, Found("expressed-concern", [span], scare=True))
            return


def _heads(story: Story, span: Span, k: int) -> bool:
    """Whether a mark stands at the head of a phrase, after an article or two; deeper in, it is the writer's own."""
    start = story.marks[k].start
    return start >= span[0] and len(story.words_in(span[0], start)) <= FEW_WORDS


@rule("statement-that", "indirect")
def statement_that(story: Story, cue: Cue) -> Iterator[Found]:
    """A noun that reports, and the clause that says what.

    Example: Her warning that the bridge might fall was ignored.
    """
    if cue.word.part != "noun":
        return
    for child in cue.token.rights:
        if child.dep_ in {"acl", "ccomp", "relcl"} and says_that(child) and _complete(child):
            found = Found("statement-that", [cut(story, cue, child.left_edge.idx, end_of(child.right_edge))])
            yield credit(story, cue, found)
            return


def _thing(verb: Token) -> Token | None:
    """What is called or described so: an attribution takes it in, before the verb as well ("what he calls ...")."""
    for child in verb.children:
        if child.dep_ == ("nsubjpass" if is_passive(verb) else "dobj"):
            return child
        if child.dep_ == "prep" and child.lower_ == "to" and child.i > verb.i:
            return next(child.children, None)
    return None


def infinitive(clause: Token) -> Token | None:
    """The word at which an infinitive begins: "to", or "not" or "never" before it."""
    to = next((child for child in clause.lefts if child.tag_ == "TO"), None)
    if to is None or any(child.dep_ in SUBJECTS and child.i > to.i for child in clause.lefts):
        return None
    before = to.nbor(-1) if to.i else to
    return before if before.dep_ == "neg" and before.head.i == clause.i else to


def _as(verb: Token) -> Token | None:
    """The "as" of "described her as": below the verb or below its object."""
    for child in verb.rights:
        if child.lower_ == "as" and child.dep_ in {"prep", "mark"}:
            return child
        if child.dep_ == "dobj":
            for token in child.subtree:
                if token.lower_ == "as" and token.dep_ == "prep" and token.i > child.i:
                    return token
    return None


def _object_span(child: Token) -> Span:
    """An object with what belongs to it; of a preposition what it governs."""
    if child.dep_ == "prep":
        return end_of(child), end_of(child.right_edge)
    return child.left_edge.idx, end_of(child.right_edge)


def _complete(clause: Token) -> bool:
    """Whether nothing is missing after "that", as in "the claim that he made", where it only describes the noun."""
    return is_clause(clause) or any(child.dep_ == "mark" for child in clause.lefts)


@rule("made-clear", "attribution")
def made_clear(story: Story, cue: Cue) -> Iterator[Found]:
    """What somebody makes clear.

    Example: Field made it clear that the bridge would stay open.
    """
    verb = cue.token.head
    if cue.token.lower_ != "clear" or verb.lemma_ != "make":
        return
    rest = [*cue.token.rights, *[child for child in verb.rights if child.i > cue.token.i]]
    clause = next((child for child in rest if child.dep_ in CLAUSES and _states(child)), None)
    who = subject(story, verb)
    if clause is None:
        return
    found = Found("made-clear", [(clause.left_edge.idx, end_of(clause.right_edge))], cue_span(verb))
    if who is not None:
        name_speaker(story, who, found)
    yield found


def _states(clause: Token) -> bool:
    return is_finite(clause) and any(child.dep_ in SUBJECTS for child in clause.lefts)

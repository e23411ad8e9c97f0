"""How far a reported clause reaches: the parse gives its core, the sentence's commas and cues its ends."""

from __future__ import annotations

from newslab.language import Token
from newslab.quotes.cues import Cue, is_listed
from newslab.quotes.story import Story, end_of
from newslab.text import Span

SUBJECTS = {"nsubj", "nsubjpass", "expl", "csubj"}
FINITE = {"VBD", "VBZ", "VBP", "MD"}
# What a second cue has to take to be one.
TAKEN = {"ccomp", "xcomp", "dobj", "prep"}
# What may stand between a cue and "that".
SETTINGS = {"at", "on", "in", "during", "to", "by", "from", "through", "via", "before", "after", "with"}
REASONS = {"so", "because", "if", "unless", "until", "since"}


def is_clause(child: Token) -> bool:
    """Whether a child of a cue is a clause that was said: it has a subject or a tense."""
    return child.dep_ == "ccomp" and (is_finite(child) or any(grand.dep_ in SUBJECTS for grand in child.children))


def is_finite(verb: Token) -> bool:
    """Whether a verb states something: it, or its auxiliary, has a tense."""
    return verb.tag_ in FINITE or any(child.tag_ in FINITE for child in verb.lefts if child.dep_.startswith("aux"))


def clauses_after(cue: Cue) -> list[Token]:
    """The heads of the clauses that follow a cue and depend on it."""
    verb = cue.token
    found = [child for child in verb.rights if is_clause(child)]
    if not found and cue.takes("hearer"):
        for child in verb.rights:
            if child.dep_ in {"dobj", "dative"}:
                found = [
                    token for token in child.subtree if token.dep_ in {"relcl", "acl", "ccomp"} and says_that(token)
                ]
    return found if found or not cue.takes("clause") else _clauses_beyond(verb)


def _clauses_beyond(verb: Token) -> list[Token]:
    """Clauses that the parse hung on the place or time of saying: "said at the meeting on Friday that ..."."""
    for child in verb.rights:
        if child.dep_ == "npadvmod" or (child.dep_ == "prep" and child.lower_ in SETTINGS):
            for token in child.subtree:
                linked = token.dep_ in {"relcl", "acl", "ccomp", "advcl"} and is_finite(token)
                if linked and any(mark.dep_ == "mark" and mark.lower_ == "that" for mark in token.lefts):
                    return [token]
    return []


def says_that(clause: Token) -> bool:
    """Whether a clause begins with "that"."""
    return any(child.dep_ in {"mark", "nsubj"} and child.lower_ == "that" for child in clause.lefts)


def reach(story: Story, cue: Cue, clauses: list[Token]) -> Span:
    """Where the clauses of a cue begin and end, what is coordinated with them taken in, what only comments cut off."""
    verb, last = cue.token, clauses[-1].right_edge
    start = next(
        (
            token
            for token in verb.doc[verb.i + 1 : clauses[0].left_edge.i]
            if token.lower_ == "that" and token.tag_ == "IN"
        ),
        None,
    )
    start = start or max(clauses[0].left_edge, verb.nbor(1), key=lambda token: token.i)
    for child in verb.rights:
        if child.dep_ == "dobj" and child.i < start.i and cue.takes("rest"):
            start = child.left_edge  # nobody is said: the subject of what was said, cut off from its verb
        if child.i > last.i and _belongs(child):
            last = child.right_edge
    return cut(story, cue, start.idx, end_of(last))


def cut(story: Story, cue: Cue, start: int, end: int) -> Span:
    """A span up to where the reporter takes over: a second cue, an aside after a comma, a bracket."""
    # The tests below hold of no other token: one that looks for something else needs it in Story.breaks too.
    for token in story.breaks_in(start + 1, end):
        if _leaves(story, cue, token, end) or _turns_away(cue, token, start):
            return start, _cut_before(token)
    return start, end


def _belongs(child: Token) -> bool:
    """Whether the parse hung on the cue what belongs to the clause before it: a second clause, a reason."""
    if child.dep_ == "conj" and any(grand.dep_ in SUBJECTS for grand in child.lefts):
        return not is_listed(child)
    return child.dep_ == "advcl" and any(grand.dep_ == "mark" and grand.lower_ in REASONS for grand in child.lefts)


def _turns_away(cue: Cue, token: Token, start: int) -> bool:
    """Whether another speaker or another deed of the same one follows: "and one in four said ..."."""
    if token.dep_ != "conj" or token.head.idx < start:
        return False
    if is_listed(token) and any(child.dep_ == "ccomp" for child in token.rights):
        return any(child.dep_ in SUBJECTS for child in token.lefts)
    return is_finite(token) and _is_bare(token.head) and not any(child.dep_ in SUBJECTS for child in token.lefts)


def _is_bare(verb: Token) -> bool:
    """Whether a verb is an infinitive or in -ing, without a tense."""
    return not is_finite(verb) and (verb.tag_ == "VBG" or any(child.tag_ == "TO" for child in verb.lefts))


def _leaves(story: Story, cue: Cue, token: Token, end: int) -> bool:
    """Whether the reporter takes over at a token: a second cue of the same speaker, or an aside about a noun."""
    if story.mark_at(token.idx) is not None:
        return False
    if token.dep_ == "conj" and token.tag_ == cue.token.tag_ and is_listed(token):
        return any(child.dep_ in TAKEN for child in token.rights)
    before = token.nbor(-1)
    after_mark = story.mark_at(before.idx) is not None and story.text[: before.idx].endswith(",")
    if token.tag_ == "VBG" and token.dep_ == "advcl":
        return after_mark or (before.text == "," and is_listed(token))
    if token.tag_ in ({"WDT", "WP", "WP$"} if cue.wide else {"WDT"}) and token.lower_ != "that":
        return after_mark or (before.text == "," and not _within(story, token, end))
    return token.text in {"(", "-LRB-"}


def _within(story: Story, pronoun: Token, end: int) -> bool:
    """Whether a clause about a noun is shut by a comma and what was said goes on: "the mayor, who is 50, will go"."""
    verb = pronoun.head if pronoun.dep_ != "poss" else pronoun.head.head
    after = verb.right_edge.i + 1
    if verb.dep_ != "relcl" or after + 1 >= len(verb.doc):
        return False
    return verb.doc[after].text == "," and verb.doc[after].idx < end


def _cut_before(token: Token) -> int:
    """The end of what stands before a token, without "and" or a comma."""
    i = token.i
    for child in token.lefts:
        i = min(i, child.left_edge.i) if child.dep_ in {"advmod", "aux", *SUBJECTS} else i
    before = token.doc[i - 1]
    while before.lower_ in {"and", "but", "then", ","} and before.i > 0:
        before = before.nbor(-1)
    return end_of(before)

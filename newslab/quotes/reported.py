"""Reported speech without marks, or with marks inside it: the clause that a cue governs."""

from __future__ import annotations

from collections.abc import Iterator

from newslab.language import Token
from newslab.quotes.clauses import SUBJECTS, clauses_after, is_finite, reach
from newslab.quotes.cues import Cue
from newslab.quotes.found import Found
from newslab.quotes.rules import rule
from newslab.quotes.speakers import credit
from newslab.quotes.story import Story, end_of
from newslab.text import Span

NOUNS = {"NOUN", "PROPN", "PRON", "NUM"}
LONGEST_TAG = 15
LONGEST_HEARER = 8
# Words with which the reporter takes over after "he said".
LEAVING = {"which", "who", "whose", "before", "after", "while", "referring", "though", "although"}


@rule("said-that", "indirect")
def said_that(story: Story, cue: Cue) -> Iterator[Found]:
    """The cue is followed by the clause that was said, with or without "that".

    Example: Field said that the bridge was safe and would stay open.
    """
    if not cue.takes("clause", "shows") or cue.word.part != "verb":
        return
    if find_tag(story, cue) is not None:
        return
    if clauses := clauses_after(cue):
        yield credit(story, cue, Found("said-that", [reach(story, cue, clauses)]))


@rule("said-and-the-rest", "indirect")
def said_and_the_rest(story: Story, cue: Cue) -> Iterator[Found]:
    """After "say" and its like comes what was said, even where the parse sees no clause.

    Example: Field said smaller bridges - above all those of wood - are the first to close.
    """
    verb, last = cue.token, story.bounds(cue.token.i)[1]
    if not cue.takes("rest", "hearer") or clauses_after(cue) or find_tag(story, cue) is not None:
        return
    if verb.i + 2 > last or not _has_subject_before(verb):
        return
    rest = [token for token in verb.doc[verb.i + 1 : last + 1] if not token.is_space]
    that = next(
        (i for i, token in enumerate(rest[:LONGEST_HEARER]) if token.lower_ == "that" and token.tag_ == "IN"), None
    )
    rest = rest[that:] if that is not None else rest if cue.takes("rest") else []
    if (
        rest
        and rest[0].text not in {",", ":"}
        and any(is_finite(token) for token in rest if token.pos_ in {"VERB", "AUX"})
    ):
        yield credit(story, cue, Found("said-and-the-rest", [(rest[0].idx, end_of(verb.doc[last]))]))


@rule("clause-then-cue", "indirect")
def clause_then_cue(story: Story, cue: Cue) -> Iterator[Found]:
    """The clause comes first and the cue closes it or stands within it.

    Example: The bridge, Field said, would stay open.
    """
    if not cue.takes("clause", "shows", "quote") or cue.word.part != "verb":
        return
    tag = find_tag(story, cue)
    if tag is None:
        return
    verb, (start, end) = cue.token, story.sentence_span(cue.token.i)
    if any(child.dep_ == "nsubjpass" and child.lower_ != "it" for child in verb.lefts):
        return  # what is decided or suspected says nothing
    before, after = (start, tag[0]), (tag[1], end)
    inserted = story.text[tag[1] : tag[1] + 1] == ","
    pieces = [before] if _states(story, before, verb) or (inserted and _states(story, after, verb)) else []
    if pieces and _goes_on(story, after):
        pieces.append(after)
    if pieces:
        yield credit(story, cue, Found("clause-then-cue", pieces))


@rule("as-she-said", "indirect")
def as_she_said(story: Story, cue: Cue) -> Iterator[Found]:
    """A tag that begins with "as", before, within or after what was said.

    Example: As Field has pointed out, the bridge is safe.
    """
    verb = cue.token
    if cue.word.part != "verb" or not cue.takes("clause", "shows") or has_object(verb) or clauses_after(cue):
        return
    first, last = story.bounds(verb.i)
    opening = _opening_as(verb, first)
    if opening is None:
        return
    end = _tag_end(verb, None)
    after = story.trim(end, end_of(verb.doc[last]))
    if opening.i > first and not _after_comma(story, opening):
        return
    pieces = [(story.token_starts[first], opening.idx), after] if opening.i > first else [after]
    if story.text[after[0] : after[0] + 1] in {",", ".", ""} and any(_states(story, piece, verb) for piece in pieces):
        pieces = pieces if _states(story, after, verb) else pieces[:1]
        yield credit(story, cue, Found("as-she-said", pieces))


def _opening_as(verb: Token, first: int) -> Token | None:
    """The "as" of "as she said" and "as reported by the Gazette", if nothing but the subject stands after it."""
    subjects = [child for child in verb.lefts if child.dep_ in SUBJECTS]
    before = subjects[0].left_edge.i if subjects else verb.i
    for i in range(before - 1, max(first, before - 3) - 1, -1):
        if verb.doc[i].lower_ == "as":
            return verb.doc[i]
    return None


@rule("according-to", "indirect")
def according_to(story: Story, cue: Cue) -> Iterator[Found]:
    """ "According to" and its noun, before, after or within what was said.

    Example: According to Field, the bridge is safe.
    """
    if cue.word.part != "preposition":
        return
    preposition = cue.token
    (first, final), last = story.bounds(preposition.i), preposition.right_edge
    end = end_of(last)
    for token in preposition.doc[preposition.i : last.i + 1]:
        if token.text == "," and token.i > preposition.i + 2 and preposition.i == first:
            end = _after_aside(token, final).idx
            break
    yield credit(
        story,
        cue,
        Found("according-to", [(story.token_starts[first], preposition.idx), (end, end_of(preposition.doc[final]))]),
    )


def _after_aside(comma: Token, final: int) -> Token:
    """The comma behind a name, or the next one where what the two enclose is said of the name: "who runs it"."""
    if comma.i < final:
        aside = comma.nbor(1)
        while aside.head.left_edge.i == aside.left_edge.i and aside.head.i > comma.i and aside.head.i != aside.i:
            aside = aside.head
        if aside.dep_ in {"relcl", "appos"} and aside.right_edge.i + 1 < final:
            close = aside.right_edge.nbor(1)
            return close if close.text == "," else comma
    return comma


def _has_subject_before(verb: Token) -> bool:
    """Whether somebody is named before a cue, even where the parse has lost the two."""
    if any(child.dep_ in SUBJECTS and child.i < verb.i for child in verb.children):
        return True
    return (
        not verb.is_sent_start
        and verb.i > 0
        and verb.nbor(-1).pos_ in {"PROPN", "NOUN", "PRON"}
        and verb.head.i > verb.i
    )


def find_tag(story: Story, cue: Cue) -> Span | None:
    """Where "Field said" begins and ends, set off by commas within or after what was said; else ``None``."""
    verb = cue.token
    if any(child.dep_ in {"neg", "mark"} for child in verb.children) or verb.dep_ in {"relcl", "xcomp", "amod"}:
        return None
    if clauses_after(cue) and verb.nbor(1).text != ",":
        return None
    head = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
    if head is not None and head.i < verb.i:
        if not _after_comma(story, head.left_edge) or (not cue.takes("hearer") and has_object(verb)):
            return _final_tag(story, verb)
        return head.left_edge.idx, _tag_end(verb, verb)
    after = next((child for child in verb.rights if child.pos_ in NOUNS and child.i - verb.i < LONGEST_TAG), None)
    if after is not None and _after_comma(story, verb) and verb.tag_ in {"VBD", "VBZ", "VBP"}:
        return verb.idx, _tag_end(verb, after)
    return _final_tag(story, verb)


def has_object(verb: Token) -> bool:
    """Whether something is acted on, so that nothing is said: "the town added two bridges"."""
    return any(child.dep_ in {"dobj", "xcomp"} for child in verb.rights)


def _states(story: Story, span: Span, cue: Token | None = None) -> bool:
    """Whether a stretch holds a verb with a tense that does more than say when the cue happened."""
    return any(
        token.pos_ in {"VERB", "AUX"} and is_finite(token) and not (token.dep_ == "advcl" and token.head == cue)
        for token in story.tokens(*span)
    )


def _goes_on(story: Story, span: Span) -> bool:
    """Whether what stands after "he said" is still what was said, not what he did meanwhile."""
    tokens = [token for token in story.tokens(*span) if token.is_alpha]
    if not tokens or tokens[0].tag_ in {"VBG", "VBN"} or tokens[0].lower_ in LEAVING:
        return False
    return _states(story, span) or tokens[0].lower_ in {"and", "but", "or", "especially", "including"}


def _after_comma(story: Story, token: Token) -> bool:
    if token.is_sent_start:
        return False
    before = story.text[max(token.idx - 6, 0) : token.idx].rstrip(" \"”’'")
    return before.endswith((",", " —", " ―", " –", " -"))


def _tag_end(verb: Token, last: Token | None) -> int:
    """A tag ends at a comma that follows it, else with what belongs to its verb."""
    last = last if last is not None else verb
    if last.i != verb.i:
        return end_of(last.right_edge)
    if verb.i + 1 < len(verb.doc) and verb.nbor(1).text == ",":
        return end_of(verb)
    end = end_of(verb)
    for child in verb.rights:
        if child.dep_ in {"prep", "npadvmod", "advmod", "dobj", "dative", "advcl", "prt"}:
            end = max(end, end_of(child.right_edge))
    return end


def _final_tag(story: Story, verb: Token) -> Span | None:
    """A cue that ends its sentence closes what was said, however the sentence was parsed: "..., the agency said."."""
    first, last = story.bounds(verb.i)
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} or any(verb.doc[i].is_alpha for i in range(verb.i + 1, last + 1)):
        return None
    i = verb.i - 1
    while i > first and verb.doc[i].text != ",":
        if verb.doc[i].pos_ in {"VERB", "AUX"} or verb.i - i > LONGEST_TAG:
            return None
        i -= 1
    return (verb.doc[i + 1].idx, end_of(verb)) if i > first else None

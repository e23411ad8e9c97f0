"""Direct speech: words in quotation marks, and the cue beside them."""

from __future__ import annotations

import re

from newslab.quotes.around import (
    cues_between,
    gap_after,
    gap_before,
    is_complete,
    is_followed_by_cue,
    is_tag,
    is_title,
    is_utterance,
    leads_to,
    may_have_tag,
    opens_sentence,
)
from newslab.quotes.cues import Cue, cue_span
from newslab.quotes.found import Found
from newslab.quotes.rules import Stage, rule
from newslab.quotes.speakers import NOUNS, credit, name_speaker
from newslab.quotes.story import Story, end_of

LONGEST_SIGNATURE = 200
SIGNED = re.compile(
    r"\s*[—―–-]{1,2}\s*(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4})(?=[,.]?\s*$|,? [^.\n]{2,120}\.?$)", re.M
)
PEOPLE = {"he", "she", "they", "we", "i", "who"}


@rule("quote-then-cue", "direct")
def quote_then_cue(stage: Stage, k: int) -> Found | None:
    """The quote comes first, its cue and speaker after it.

    Example: "The bridge is safe," said Mona Field, the city's engineer.
    """
    story, mark = stage.story, stage.story.marks[k]
    start, end = gap_after(story, k)
    tagged = may_have_tag(story, k, end) or is_followed_by_cue(stage, k, end)
    if not tagged or not opens_sentence(stage, k):
        return None
    for cue in cues_between(stage, start, end):
        if cue.takes("quote") and is_tag(story, cue, start):
            found = credit(story, cue, Found("quote-then-cue", [(mark.start, mark.end)], marked=True))
            return _beside(story, found, cue, start, end)
    return None


@rule("cue-then-quote", "direct")
def cue_then_quote(stage: Stage, k: int) -> Found | None:
    """The speaker and the cue come first, the quote after them.

    Example: Field told the council: "The bridge is safe."
    """
    story, mark = stage.story, stage.story.marks[k]
    start, end = gap_before(story, k)
    if not is_complete(story, k) or (is_title(story, k) and story.text[start:end].rstrip()[-1:] not in {",", ":"}):
        return None
    for cue in reversed(cues_between(stage, start, end)):
        if cue.takes("quote") and leads_to(story, cue, end):
            begin = mark.start
            for token in story.tokens(end_of(cue.token), end):
                begin = token.idx if token.lower_ == "that" else begin
            return credit(story, cue, Found("cue-then-quote", [(begin, mark.end)], marked=True))
    return None


@rule("colon", "direct")
def colon(stage: Stage, k: int) -> Found | None:
    """A sentence that ends with a colon before the quote: its subject speaks.

    Example: Field was blunt: "The bridge is safe."
    """
    story, mark = stage.story, stage.story.marks[k]
    start, end = gap_before(story, k)
    if not story.text[start:end].rstrip().endswith(":") or not is_utterance(story, k):
        return None
    found = Found("colon", [(mark.start, mark.end)], marked=True)
    for token in reversed(list(story.tokens(start, end))):
        if token.dep_ in {"nsubj", "nsubjpass"} and (token.pos_ == "PROPN" or token.lower_ in PEOPLE):
            name_speaker(story, token, found)
            return found
    tokens = [token for token in story.tokens(start, end) if not token.is_space]
    head = next((token for token in tokens if token.pos_ in NOUNS and token.left_edge.i == tokens[0].i), None)
    if head is not None and not any(token.pos_ in {"VERB", "AUX", "ADV"} for token in tokens):
        name_speaker(story, head, found)
        found.speaker = story.trim(start, end, ":")  # a name alone: "Field: ..."
    return found


@rule("signed", "direct")
def signed(stage: Stage, k: int) -> Found | None:
    """A quote with its speaker's name after a dash, in the same line or the next.

    Example: "We waited ten years for this bridge." - Mona Field, Northport
    """
    story, mark = stage.story, stage.story.marks[k]
    match = SIGNED.match(story.text, mark.end, mark.end + LONGEST_SIGNATURE)
    if match is None or not is_utterance(story, k):
        return None
    return Found("signed", [(mark.start, mark.end)], speaker=match.span("name"), marked=True)


@rule("quote-then-verb", "direct")
def quote_then_verb(stage: Stage, k: int) -> Found | None:
    """A quote that ends with a comma, and whoever does something after it: any verb will do.

    Example: "It will hold," Field shrugged.
    """
    story, mark = stage.story, stage.story.marks[k]
    start, end = gap_after(story, k)
    if not story.text[mark.inner_start : mark.inner_end].rstrip().endswith((",", "?", "!")) or not opens_sentence(
        stage, k
    ):
        return None
    for token in story.tokens(start, end):
        if token.dep_ == "nsubj" and token.head.pos_ == "VERB" and story.mark_at(token.head.idx) is None:
            found = Found("quote-then-verb", [(mark.start, mark.end)], cue_span(token.head), marked=True)
            name_speaker(story, token, found)
            return found
        if token.pos_ in {"VERB", "CCONJ", "SCONJ"}:
            return None
    return None


@rule("continued", "direct")
def continued(stage: Stage, k: int) -> Found | None:
    """A quote without a cue that goes on with the quote before it in the paragraph.

    Example: "The bridge is safe," said Field. "We checked it twice."
    """
    story, mark = stage.story, stage.story.marks[k]
    if k == 0 or not (is_utterance(story, k) or _is_listed_after(stage, k)):
        return None
    before = k - 1
    while before > 0 and before not in stage.taken and _share_paragraph(story, before, k):
        before -= 1  # past the title of a programme or a book in the tag
    if not _share_paragraph(story, before, k) or before not in stage.taken:
        return None
    return Found("continued", [(mark.start, mark.end)], marked=True)


@rule("floating", "direct")
def floating(stage: Stage, k: int) -> Found | None:
    """A quote that stands alone: whoever spoke last goes on, or whoever the sentence before it is about.

    Example: Field was pleased. "It is the best bridge we have."
    """
    mark = stage.story.marks[k]
    if not is_utterance(stage.story, k):
        return None
    return Found("floating", [(mark.start, mark.end)], marked=True)


def _share_paragraph(story: Story, one: int, other: int) -> bool:
    """Whether two marks stand in one paragraph."""
    return story.paragraph_at(story.marks[one].start) == story.paragraph_at(story.marks[other].start)


def _is_listed_after(stage: Stage, k: int) -> bool:
    """Whether a mark goes on with a list of quotes: "Go home!" and "No bridge!"."""
    before = stage.story.marks[k - 1]
    between = stage.story.text[before.end : stage.story.marks[k].start]
    return k - 1 in stage.taken and stage.taken[k - 1].marked and between.strip(" ,;") in {"and", "or", ""}


def _beside(story: Story, found: Found, cue: Cue, start: int, end: int) -> Found:
    """A speaker that the parse has looked for outside the tag is taken from the tag itself."""
    if found.speaker is not None and start <= found.speaker[0] < end:
        return found
    for token in [*story.tokens(start, cue.token.idx), *story.tokens(end_of(cue.token), end)]:
        if token.pos_ in NOUNS and token.dep_ not in {"compound", "poss", "nmod", "npadvmod", "pobj"}:
            found.nobody = False
            name_speaker(story, token, found)
            break
    return found


@rule("scare-quotes", "other")
def scare_quotes(stage: Stage, k: int) -> Found | None:
    """Words in marks that quote nobody in particular: scare quotes, titles, nicknames; only with ``scare=True``.

    Example: The "temporary" bridge is forty years old.
    """
    mark = stage.story.marks[k]
    taken = stage.taken.get(k)
    if taken is not None and not taken.scare:
        return None
    return Found("scare-quotes", [(mark.start, mark.end)], nobody=True)

"""Direct speech: words in quotation marks, and the cue beside them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from newslab.language import Token
from newslab.quotes.cues import Cue, cue_span
from newslab.quotes.found import Found
from newslab.quotes.rules import Stage, rule
from newslab.quotes.speakers import NOUNS, credit, name_speaker
from newslab.quotes.story import Story, end_of
from newslab.text import Span

STOPS = ",.?!…—―–-"
BETWEEN = {"that", "of", ",", ":", "-", "–", "—", "―", "like"}
CLOSERS = "\"”’'»"
LONGEST_ASIDE = 14
LONGEST_SIGNATURE = 200
SIGNED = re.compile(r"\s*[—―–-]{1,2}\s*(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,4})(?=[,.]?\s*$|,? [^.\n]{2,120}\.?$)", re.M)
SHORTEST_QUOTE = 3
PEOPLE = {"he", "she", "they", "we", "i", "who"}


@rule("quote-then-cue", "direct")
def quote_then_cue(stage: Stage, k: int) -> Found | None:
    """The quote comes first, its cue and speaker after it.

    Example: "The bridge is safe," said Mona Field, the city's engineer.
    """
    story, mark = stage.story, stage.story.marks[k]
    start, end = gap_after(story, k)
    if not _may_have_tag(story, k, end) or not _opens_sentence(stage, k):
        return None
    for cue in cues_between(stage, start, end):
        if cue.takes("quote") and _is_tag(story, cue, start):
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
    if not _is_complete(story, k) or (is_title(story, k) and story.text[start:end].rstrip()[-1:] not in {",", ":"}):
        return None
    for cue in reversed(cues_between(stage, start, end)):
        if cue.takes("quote") and _leads_to(story, cue, end):
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
    if not any(token.pos_ in {"VERB", "AUX", "ADV"} for token in tokens):
        if head := next((token for token in tokens if token.pos_ in NOUNS and token.left_edge.i == tokens[0].i), None):
            name_speaker(story, head, found)  # a name alone: "Field: ..."
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
    if not story.text[mark.inner_start : mark.inner_end].rstrip().endswith((",", "?", "!")) or not _opens_sentence(stage, k):
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
    if story.paragraph_at(story.marks[k - 1].start) != story.paragraph_at(mark.start) or k - 1 not in stage.taken:
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


def gap_after(story: Story, k: int) -> Span:
    """What follows a mark up to the next mark or the end of the sentence."""
    mark = story.marks[k]
    stop = story.marks[k + 1].start if k + 1 < len(story.marks) else len(story.text)
    start, _ = story.trim(mark.end, stop)
    i = bisect_left(story.token_starts, start)
    if i >= len(story.doc) or "\n" in story.text[mark.end : start]:
        return mark.end, mark.end
    return mark.end, min(stop, story.sentence_span(i)[1])


def gap_before(story: Story, k: int) -> Span:
    """What stands before a mark, back to the mark before it or the beginning of the sentence."""
    mark = story.marks[k]
    floor = story.marks[k - 1].end if k else 0
    _, end = story.trim(floor, mark.start)
    i = bisect_left(story.token_starts, mark.start)
    first = story.sentence_span(min(i, len(story.doc) - 1))[0]
    if first >= end and end and story.text[end - 1] == ":":
        first = story.sentence_span(bisect_right(story.token_starts, end - 1) - 1)[0]
    return max(floor, min(first, mark.start)), mark.start


def cues_between(stage: Stage, start: int, end: int) -> list[Cue]:
    """The cues that begin in ``start:end``."""
    first = bisect_left(stage.cues, start, key=lambda cue: cue.token.idx)
    last = bisect_left(stage.cues, end, key=lambda cue: cue.token.idx)
    return stage.cues[first:last]


def is_utterance(story: Story, k: int) -> bool:
    """Whether the words in marks are a whole sentence, not a fragment of somebody else's."""
    mark = story.marks[k]
    inner = story.text[mark.inner_start : mark.inner_end].strip()
    after = story.text[mark.end : mark.end + 3].lstrip()
    if not inner or len(story.words_in(mark.start, mark.end)) < SHORTEST_QUOTE:
        return False
    letter = next((char for char in inner if char.isalpha()), "")
    before = story.text[max(mark.start - 4, 0) : mark.start].rstrip()
    before = before.rstrip(CLOSERS)[-1:] or before[-1:]  # after another quote it is that one's stop that counts
    opens = not before or before in ".?!:…)—―–" or "\n" in story.text[max(mark.start - 2, 0) : mark.start]
    closes = inner[-1] in ".?!…,—―–-'’" or not mark.closed or after[:1] in {".", "", "\n"}
    return opens and closes and (letter.isupper() or inner[0] in "[(….")


def _is_complete(story: Story, k: int) -> bool:
    """Whether a clause ends with the mark: a stop inside it or after it."""
    mark = story.marks[k]
    after = story.text[mark.end : mark.end + 1]
    return not mark.closed or story.text[mark.inner_end - 1] in STOPS or after in {"", ",", ".", ";", "\n"}


def _opens_sentence(stage: Stage, k: int) -> bool:
    """Whether nothing but marks and tags stands in the sentence before the mark: the words in it are not a fragment."""
    story = stage.story
    if is_utterance(story, k):
        return True
    start, end = gap_before(story, k)
    before = story.text[start:end].strip()
    return not before or (k - 1 in stage.taken and before.endswith((",", ".")))


def is_title(story: Story, k: int) -> bool:
    """Whether the words in marks look like the title of a work: every longer word has a capital letter."""
    mark = story.marks[k]
    words = [story.text[slice(*story.words[i])] for i in story.words_in(mark.inner_start, mark.inner_end)]
    return len(words) > 1 and all(word[0].isupper() for word in words if len(word) > 3) and words[-1][0].isupper()


def _may_have_tag(story: Story, k: int, end: int) -> bool:
    """Whether a tag ("he said") may follow the mark: not where a new sentence begins."""
    mark = story.marks[k]
    inner = story.text[mark.inner_start : mark.inner_end].rstrip()
    rest = story.text[mark.end : end].strip()
    if not inner or not rest:
        return False
    if inner[-1] in ".…" and rest[0].isupper():
        return rest.endswith(".")  # "It holds." Field said.
    return inner[-1] in STOPS or rest[0] in ",—―–-" or not mark.closed or is_utterance(story, k)


def _is_tag(story: Story, cue: Cue, start: int) -> bool:
    """Whether a cue and its subject begin what follows the quote: ``he said``, ``said Field``, ``Field, 50, said``."""
    stop = story.text[max(start - 4, 0) : start].rstrip(CLOSERS)[-1:]
    new_sentence = stop in {".", "…"} and story.sentence_span(cue.token.i)[0] >= start
    if new_sentence and any(child.dep_ in {"dobj", "ccomp", "xcomp"} for child in cue.token.rights):
        return False
    for token in story.tokens(start, cue.token.idx):
        if token.dep_ in {"ROOT", "conj", "ccomp"} and token.pos_ == "VERB" and not cue.token.is_ancestor(token):
            return False
        if token.lower_ in {"and", "but"} and token.head.i == cue.token.i:
            return False
    return not any(child.dep_ == "mark" for child in cue.token.children)


def _leads_to(story: Story, cue: Cue, end: int) -> bool:
    """Whether nothing but a hearer, a place or a time stands between the cue and the quote."""
    rest = [token for token in story.tokens(end_of(cue.token), end) if not token.is_space]
    if not rest:
        return True
    if rest[-1].text == ":":
        return True
    if any(token.pos_ in {"VERB", "AUX"} for token in rest) or len(rest) > LONGEST_ASIDE:
        return False
    if rest[-1].text == ",":
        return True
    return all(token.lower_ in BETWEEN for token in rest) or (
        cue.takes("hearer") and not any(token.dep_ in {"nsubj", "mark"} for token in rest)
    )

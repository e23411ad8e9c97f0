"""What stands around a mark: the gaps before and after it, whole sentences, titles, and tags like "he said"."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from newslab.quotes.cues import Cue
from newslab.quotes.rules import Stage
from newslab.quotes.story import Story, end_of
from newslab.text import Span

STOPS = ",.?!…—―–-"
BETWEEN = {"that", "of", ",", ":", "-", "–", "—", "―", "like"}
CLOSERS = "\"”’'»"
LONGEST_ASIDE = 14
SHORTEST_QUOTE = 3


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


def is_complete(story: Story, k: int) -> bool:
    """Whether a clause ends with the mark: a stop inside it or after it."""
    mark = story.marks[k]
    after = story.text[mark.end : mark.end + 1]
    return not mark.closed or story.text[mark.inner_end - 1] in STOPS or after in {"", ",", ".", ";", "\n"}


def opens_sentence(stage: Stage, k: int) -> bool:
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


def may_have_tag(story: Story, k: int, end: int) -> bool:
    """Whether a tag ("he said") may follow the mark: not where a new sentence begins."""
    mark = story.marks[k]
    inner = story.text[mark.inner_start : mark.inner_end].rstrip()
    rest = story.text[mark.end : end].strip()
    if not inner or not rest:
        return False
    if inner[-1] in ".…" and rest[0].isupper():
        return rest.endswith(".")  # "It holds." Field said.
    return inner[-1] in STOPS or rest[0] in ",—―–-" or not mark.closed or is_utterance(story, k)


def is_followed_by_cue(stage: Stage, k: int, end: int) -> bool:
    """Whether a verb of speech stands right after the mark, the comma left out: "We did it" said Khan."""
    story, mark = stage.story, stage.story.marks[k]
    if len(story.words_in(mark.start, mark.end)) < SHORTEST_QUOTE:
        return False
    start, _ = story.trim(mark.end, end)
    return any(cue.token.idx == start and cue.takes("quote") for cue in cues_between(stage, start, end))


def is_tag(story: Story, cue: Cue, start: int) -> bool:
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


def leads_to(story: Story, cue: Cue, end: int) -> bool:
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

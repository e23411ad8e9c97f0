"""The exact extent of a quote: pieces trimmed, widened to whole marks, cut where another quote begins."""

from __future__ import annotations

from newslab.quotes.found import Found
from newslab.quotes.story import Story
from newslab.text import Span

# Direct speech that the page sets apart without marks.
UNMARKED = {"post", "signature", "pull-quote", "transcript"}
OUTER = " ,;:.—―–-\n\t"


def settle(story: Story, found: Found, taken: dict[int, Found]) -> Found | None:
    """The quote with pieces as they go into the table, or ``None`` where nothing is left of it."""
    pieces: list[Span] = []
    for start, end in found.pieces:
        pieces += _free(story, start, end, taken)
    found.pieces = _widen(story, found, [piece for piece in pieces if piece])
    return found if found.pieces else None


def _free(story: Story, start: int, end: int, taken: dict[int, Found]) -> list[Span]:
    """What is left of a piece once the marks that belong to other quotes are cut out."""
    left, position = [], start
    for k in story.marks_in(start, end):
        if k in taken:
            left.append((position, story.marks[k].start))
            position = story.marks[k].end
    left.append((position, end))
    return [trimmed for a, b in left if (trimmed := trim_piece(story, a, b))]


def trim_piece(story: Story, start: int, end: int) -> Span | None:
    """A piece without outer blanks and punctuation; marks stay. ``None`` for a piece without a word."""
    start, end = story.trim(start, end, OUTER)
    words = story.words_in(start, end)
    return None if not words or story.text[start:end].lower() in {"that", "and", "but", "and that"} else (start, end)


def _widen(story: Story, found: Found, pieces: list[Span]) -> list[Span]:
    """A piece that touches a mark takes in the whole of it, unless the cue stands there."""
    wide: list[Span] = []
    for start, end in pieces:
        for k in story.marks_in(start, end):
            mark = story.marks[k]
            if found.cue and mark.start <= found.cue[0] < mark.end:
                continue
            start, end = min(start, mark.start), max(end, mark.end)
        if wide and start < wide[-1][1]:
            start, end = wide[-1][0], max(end, wide.pop()[1])
        wide.append((start, end))
    return wide


def kind_of(story: Story, found: Found) -> str:
    """Direct where all the words stand in marks ("that" apart), mixed where some do, indirect where none does."""
    words = [story.words[i] for start, end in found.pieces for i in story.words_in(start, end)]
    marked = [story.mark_at(start) is not None for start, _ in words]
    if marked and not marked[0] and story.text[slice(*words[0])].lower() == "that":
        marked = marked[1:]
    if found.rule in UNMARKED or (marked and all(marked)):
        return "direct"
    return "mixed" if any(marked) and not found.scare else "indirect"

"""One row for a quote in several pieces: ``"A," he said. "B."`` is one when asked for with ``join=True``."""

from __future__ import annotations

from newslab.quotes.found import Found
from newslab.quotes.story import Story


def join_pieces(story: Story, quotes: list[Found]) -> list[Found]:
    """Quotes with those that go on with them in the same paragraph joined to them."""
    joined: list[Found] = []
    for quote in quotes:
        before = joined[-1] if joined else None
        if before is not None and _goes_on(story, before, quote):
            before.pieces = before.pieces + quote.pieces
            before.cue, before.speaker = before.cue or quote.cue, before.speaker or quote.speaker
        else:
            joined.append(quote)
    return joined


def _goes_on(story: Story, before: Found, quote: Found) -> bool:
    """Whether a quote goes on with the one before it: no cue of its own, the same speaker and paragraph."""
    if quote.start < before.end:
        return False
    if quote.rule in {"floating", "continued"} and before.marked and _is_next(story, before, quote):
        return quote.actor == before.actor
    if story.paragraph_at(before.start) != story.paragraph_at(quote.start):
        return False
    if quote.rule == "continued":
        return True
    return quote.marked and before.cue is not None and quote.cue == before.cue


def _is_next(story: Story, before: Found, quote: Found) -> bool:
    """Whether no sentence stands between two quotes: the second follows the first one's tag, in a new paragraph too."""
    last = max(span[1] for span in (before.pieces[-1], before.cue, before.speaker) if span)
    return story.sentence_at(quote.start) - story.sentence_at(last - 1) <= 1

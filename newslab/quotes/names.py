"""Names: the one full name behind "he", "the spokesman" or a quote that stands alone."""

from __future__ import annotations

from newslab.actors import Cast
from newslab.quotes.found import Found
from newslab.quotes.story import Story

PRONOUNS = {"he", "she", "they", "it", "him", "her", "them", "who", "i", "we"}


def name_actors(story: Story, quotes: list[Found], cast: Cast) -> None:
    """Put ``actor`` and ``via`` to every quote, in the order of the text; floating ones take who spoke last."""
    recent: list[int] = []
    last: Found | None = None
    for quote in quotes:
        if quote.speaker is None and quote.rule in {"continued", "floating"} and last is not None:
            quote.actor = last.actor
        elif quote.speaker is not None:
            quote.actor, number = _actor(story, quote.named or quote.speaker, cast, recent)
            if number is not None:
                recent = [number] + [other for other in recent if other != number][:5]
        if quote.via:
            quote.via_actor, _ = _actor(story, quote.via, cast, recent)
        last = quote if quote.actor else last


def _actor(story: Story, span: tuple[int, int], cast: Cast, recent: list[int]) -> tuple[str | None, int | None]:
    text = story.text[span[0] : span[1]]
    number = cast.pronoun(span[0], recent) if text.lower() in PRONOUNS else cast.at(*span)
    if number is not None:
        return cast.name_of(number), number
    return (None if text.lower() in PRONOUNS else cast.description(*span)), None

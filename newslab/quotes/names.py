"""Names: the one full name behind "he", "the spokesman" or a quote that stands alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container
from dataclasses import dataclass, field

from newslab.actors import Cast
from newslab.language import Token
from newslab.quotes.found import Found
from newslab.quotes.speakers import SUBJECTS, phrase
from newslab.quotes.story import Story
from newslab.resources import read_words
from newslab.text import Span

PRONOUNS = {"he", "she", "they", "it", "him", "her", "them", "his", "their", "its", "i", "we"}
# Quotes copied from another page: who wrote them has not joined the conversation.
APART = {"post", "signature", "pull-quote"}
REMEMBERED = 6


@dataclass
class Conversation:
    """Who has spoken so far: the last quote, and the actors in the order in which they spoke, latest first."""

    story: Story
    cast: Cast
    last: Found | None = None
    number: int | None = None
    recent: list[int] = field(default_factory=list)

    def name(self, quote: Found) -> None:
        """Put ``actor`` and ``via`` to the next quote of the story."""
        number = None
        if quote.speaker is not None:
            # Nobody calls himself by his name: a "he" who says "Brown will win" is not Brown.
            named = set().union(*(self.cast.people_named(*piece) for piece in quote.pieces))
            quote.actor, number = self.who(quote.named or quote.speaker, named)
        elif not quote.nobody:
            quote.actor, number = self.going_on(quote)
        if quote.via:
            quote.via_actor, _ = self.who(quote.via)
        if quote.rule in APART:
            return
        if number is not None:
            self.recent = [number, *(other for other in self.recent if other != number)][:REMEMBERED]
        if quote.actor:
            self.last, self.number = quote, number

    def who(self, span: Span, others: Container[int] = ()) -> tuple[str | None, int | None]:
        """The name of whoever a noun phrase means, with the number in the cast; a pronoun means none of ``others``."""
        text = self.story.text[slice(*span)].lower()
        if text in read_words("indefinite_pronouns.txt"):
            return None, None
        number = self.cast.pronoun(span[0], self.recent, others) if text in PRONOUNS else self.cast.at(*span)
        if number is not None:
            return self.cast.name_of(number), number
        return (None if text in PRONOUNS else self.cast.description(*span)), None

    def going_on(self, quote: Found) -> tuple[str | None, int | None]:
        """Who speaks a quote without a speaker: whom the sentence before it is about, else who spoke last."""
        if quote.rule != "continued" and (head := self._topic(quote)):
            name, number = self.who(phrase(self.story, head))
            if number is not None and self.cast.actors[number].kind == "person":
                return name, number
        return (self.last.actor if self.last else None), self.number

    def _topic(self, quote: Found) -> Token | None:
        """The subject of the sentence just before a quote, if that sentence reports nothing itself."""
        doc = self.story.doc
        i = bisect_left(self.story.token_starts, quote.start) - 1
        while i >= 0 and doc[i].is_space:
            i -= 1
        if i < 0:
            return None
        first, last = self.story.bounds(i)
        if self.last is not None and doc[first].idx < max(self.last.end, (self.last.cue or (0, 0))[1]):
            return None
        root = next((token for token in doc[first : last + 1] if token.dep_ == "ROOT"), doc[first])
        return next((child for child in root.children if child.dep_ in SUBJECTS), None)


def name_actors(story: Story, quotes: list[Found], cast: Cast) -> None:
    """Put ``actor`` and ``via`` to every quote, in the order of the text."""
    conversation = Conversation(story, cast)
    for quote in quotes:
        conversation.name(quote)

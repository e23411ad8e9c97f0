"""The cast of an article: its actors, where each is mentioned, and who a name, a pronoun or a description means."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Sequence
from dataclasses import dataclass

from newslab.actors.lists import word_set
from newslab.actors.phrases import PRONOUNS
from newslab.actors.references import Reading

NAMED = ("name", "alias")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in the text where an actor is meant; ``actor`` is its number in the cast."""

    start: int
    end: int
    actor: int
    kind: str
    how: str


@dataclass(frozen=True, slots=True)
class Actor:
    """One person, organisation, place or group, with every name the article uses for it.

    ``named`` is false for an actor that has only descriptions ("a neighbour"); its ``name`` is the fullest of them.
    ``gender`` is ``"f"`` or ``"m"`` only where the text itself says it.
    """

    name: str
    kind: str
    role: str | None
    names: tuple[str, ...]
    gender: str | None
    plural: bool
    named: bool = True


@dataclass(frozen=True, eq=False)
class Cast:
    """Everybody in an article; ``mentions`` are in the order of the text and do not overlap."""

    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    reading: Reading

    def at(self, start: int, end: int) -> int | None:
        """The actor meant by the noun phrase at ``text[start:end]``, or ``None`` where the text does not say."""
        words, heads = self.reading.words, self.reading.heads
        inside = words.between(start, end)
        tops = [index for index in inside if words.head[index] not in inside or words.head[index] == index]
        if len(self._joined(start, end)) > 1:
            return None
        for index in tops:
            if index and words.form[index] in word_set("letters_after_names.txt"):
                index -= 1
            if words.pos[index] not in {"DET", "PUNCT", "ADP"} and index in heads:
                return heads[index]
        return None

    def people_named(self, start: int, end: int) -> set[int]:
        """The people whom ``text[start:end]`` names."""
        first = bisect_left(self.mentions, start, key=lambda mention: mention.start)
        last = bisect_left(self.mentions, end, key=lambda mention: mention.start)
        return {
            mention.actor for mention in self.mentions[first:last] if mention.kind == "person" and mention.how in NAMED
        }

    def pronoun(self, start: int, recent: Sequence[int] = (), others: Container[int] = ()) -> int | None:
        """Who the pronoun at ``start`` means, none of ``others``; ``recent`` are those who spoke last, latest first."""
        words = self.reading.words
        index = bisect_left(words.start, start)
        if index >= len(words) or words.start[index] != start:
            return None
        if words.low[index] not in PRONOUNS:
            return self.reading.heads.get(index)
        return next((actor for _, actor in self.reading.pronoun(index, recent) if actor not in others), None)

    def description(self, start: int, end: int) -> str | None:
        """For a speaker without a name, the fullest description of the same in the article."""
        together = self._joined(start, end)
        if len(together) > 1:
            return " and ".join(self.actors[actor].name for actor in together)
        actor = self.at(start, end)
        if actor is not None:
            return self.actors[actor].name
        return self.reading.words.text[start:end].strip() or None

    def _joined(self, start: int, end: int) -> list[int]:
        """The people whom "Ann Lee and Bo Dahl" names, in order; empty where the phrase is not two names."""
        words = self.reading.words
        inside = words.between(start, end)
        named = [index for index in inside if index in self.reading.ends]
        plain = all(index in self.reading.named or words.low[index] in {"and", ","} for index in inside)
        # "US President Donald Trump" names two actors and means one: nothing joins them.
        joined = any(words.low[index] == "and" for index in inside)
        return [self.reading.ends[index] for index in named] if plain and joined and len(named) > 1 else []

    def name_of(self, actor: int) -> str:
        """The full name of an actor, or the fullest description where the article gives no name."""
        return self.actors[actor].name

"""The cast of an article: its actors, where each is mentioned, and who a name, a pronoun or a description means."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

PLURAL = {"they", "them", "their", "theirs", "themselves"}
THING = {"it", "its", "itself"}


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
    """One person, organisation, place or group, with every name the article uses for it."""

    name: str
    kind: str
    role: str | None
    names: tuple[str, ...]
    gender: str | None
    plural: bool


@dataclass(frozen=True)
class Cast:
    """Everybody in an article; ``mentions`` are in the order of the text and do not overlap."""

    text: str
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    starts: tuple[int, ...]

    def at(self, start: int, end: int) -> int | None:
        """The actor meant by the noun phrase at ``text[start:end]``, or ``None`` where the text does not say."""
        inside = self.mentions[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        whole = [mention for mention in inside if mention.end <= end]
        for mention in whole:
            if mention.end == end:
                return mention.actor
        return whole[0].actor if whole else None

    def pronoun(self, start: int, recent: Sequence[int] = ()) -> int | None:
        """Who the pronoun at ``start`` means; ``recent`` are those who spoke last, latest first."""
        word = self.text[start : start + 10].split()[0].strip(".,\"'").lower() if self.text[start:].strip() else ""
        kinds = {"person"} if word not in PLURAL | THING else {"organisation", "group", "place"}
        for actor in recent:
            if self.actors[actor].kind in kinds:
                return actor
        before = self.mentions[: bisect_right(self.starts, start - 1)]
        for mention in reversed(before[-30:]):
            if mention.kind in kinds:
                return mention.actor
        return None

    def description(self, start: int, end: int) -> str | None:
        """For a speaker without a name, the fullest description of the same in the article."""
        return self.text[start:end].strip() or None

    def name_of(self, actor: int) -> str:
        """The full name of an actor, or the fullest description where the article gives no name."""
        return self.actors[actor].name

"""What the joining of names works on: a written form of a name, an actor in the making, and who is meant just now."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from newslab.actors.kinds import KINDS
from newslab.actors.lists import fold_title, titles
from newslab.actors.spans import Name
from newslab.actors.words import Words

Key = tuple[str, ...]


@dataclass(slots=True)
class Form:
    """One way in which the article writes a name, with the places where it does."""

    key: Key
    names: list[Name] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    firm: str | None = None

    @property
    def kind(self) -> str:
        """The kind that most signs speak for."""
        return max((*KINDS, "thing"), key=lambda kind: self.votes[kind])

    @property
    def text(self) -> str:
        """The usual spelling."""
        return Counter(name.text for name in self.names).most_common(1)[0][0]


@dataclass(slots=True)
class Group:
    """An actor in the making: its forms' votes, the places where its names stand, and the name to show if it is set."""

    key: Key
    votes: Counter[str] = field(default_factory=Counter)
    names: list[Name] = field(default_factory=list)
    gender: str | None = None
    shown: str | None = None

    @property
    def kind(self) -> str:
        """The kind that most signs speak for; every form has its say."""
        return max((*KINDS, "thing"), key=lambda kind: self.votes[kind])


def title_gender(words: Words, name: Name) -> str | None:
    """The gender that a title before the name states: "Mrs", "King"."""
    if not name.title:
        return None
    first, last = name.title
    for index in range(first, last):
        title = titles().get(fold_title(words.form[index]))
        if title and title.gender:
            return title.gender
    return None


class Focus:
    """Which of two people with one last name is meant: who has had it so far, and who stands in this paragraph."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self.last_paragraph: dict[Key, int] = {}
        self.order: dict[Key, int] = {}

    def note(self, name: Name, key: Key) -> None:
        """Remember that an actor was named here."""
        self.last_paragraph[key] = self.words.paragraph[name.first]
        self.order.setdefault(key, len(self.order))

    def choose(self, name: Name, keys: list[Key], groups: dict[Key, Group], forms: dict[Key, Form]) -> Key:
        """The one meant of several actors that a short form fits."""
        if len(keys) == 1:
            return keys[0]
        gender = title_gender(self.words, name)
        fitting = [k for k in keys if k not in groups or not gender or groups[k].gender in {None, gender}] or keys
        known = [key for key in fitting if key in self.order]
        if not known:
            return min(fitting, key=lambda key: forms[key].names[0].first)
        owner = min(known, key=lambda key: self.order[key])
        here = self.words.paragraph[name.first]
        others = [key for key in known if self.last_paragraph[key] == here]
        if self.last_paragraph[owner] != here and others:
            return others[-1]
        return owner

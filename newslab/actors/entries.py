"""The actors while the article is read: those with a name, their roles, and what both say of gender."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import log2

from newslab.actors.forms import Group
from newslab.actors.lists import role_nouns
from newslab.actors.memory import Memory, asides, quoted_words, story_time
from newslab.actors.phrases import Phrase, find_phrases
from newslab.actors.roles import Role, head_noun, role_words, roles_of
from newslab.actors.words import Words

# How much an actor named often is in mind: for each doubling of its names.
PRIOR = 0.5


@dataclass(slots=True)
class Entry:
    """An actor while the article is read: a name's group, or somebody without a name."""

    kind: str
    group: Group | None = None
    gender: str | None = None
    plural: bool = False
    roles: list[Role] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)
    first: int = 0
    prior: float = 0.0
    starts: list[int] = field(default_factory=list)


class Story:
    """An article's words and actors before descriptions and pronouns are resolved.

    ``named`` and ``heads`` give the number of the actor meant at a word: the first for the words of names and titles,
    the second for every word that heads a phrase; ``stated`` files actors under the nouns of their roles.
    """

    def __init__(self, words: Words, groups: list[Group]) -> None:
        self.words = words
        self.quoted = quoted_words(words)
        self.told = story_time(words, self.quoted)
        self.aside = asides(words)
        self.entries: list[Entry] = []
        self.named: dict[int, int] = {}
        self.role_heads: dict[int, int] = {}
        self.stated: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._enter_groups(groups)
        self.ends = {
            name.last - 1: number
            for number, entry in enumerate(self.entries)
            if entry.group
            for name in entry.group.names
        }
        self.bodies: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            if entry.group and entry.kind == "organisation":
                for word in entry.group.key:
                    self.bodies[word].append((number, frozenset(entry.group.key)))
        self.introduced = self._introductions()
        self.phrases = {phrase.head: phrase for phrase in find_phrases(words, self.named)}
        self.names_end = len(self.entries)
        self.begin()

    def begin(self) -> None:
        """Forget what a walk through the article found, before the next."""
        del self.entries[self.names_end :]
        for entry in self.entries:
            entry.phrases.clear()
        self.memory = Memory(self.words, self.quoted, self.told, self.aside)
        self.heads = self.role_heads | self.named
        self.nameless: dict[str, list[int]] = defaultdict(list)
        self.issuers: dict[str, int] = {}
        self.by_noun = defaultdict(list, {noun: list(roles) for noun, roles in self.stated.items()})

    def _enter_groups(self, groups: list[Group]) -> None:
        taken = frozenset(i for g in groups for name in g.names if name.title for i in range(*name.title))
        for number, group in enumerate(groups):
            plural = group.kind == "group"
            prior = PRIOR * log2(len(group.names))
            entry = Entry(group.kind, group, group.gender, plural, first=group.names[0].first, prior=prior)
            entry.starts = [name.first for name in group.names]
            for name in group.names:
                for index in range(name.title[0] if name.title else name.first, name.last):
                    self.named[index] = number
                entry.roles += roles_of(self.words, name, group.kind, taken)
            for role in entry.roles:
                noun = role_nouns().get(self.words.lemma[role.head])
                entry.gender = entry.gender or (noun.gender if noun else None)
                self.role_heads[role.head] = number
                content = role_words(self.words, role.first, role.last)
                self.stated[head_noun(self.words, role.head)].append((number, content))
            self.entries.append(entry)

    def _introductions(self) -> list[int]:
        """Where a person's whole name first stands as a subject outside quotations."""
        found = []
        for entry in self.entries:
            if entry.group and entry.kind == "person":
                full = next((name.last - 1 for name in entry.group.names if len(name.key) > 1), None)
                if full is not None and self.words.dep[full] == "nsubj" and not self.quoted[full]:
                    found.append(full)
        return sorted(found)

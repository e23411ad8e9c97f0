"""The actors of all articles as they are compared: each with its names, its role, and who else is in its article."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import log

import pandas as pd

from newslab.actors.lists import role_nouns
from newslab.linking.names import (
    Key,
    body_words,
    initials,
    is_acronym,
    is_generic,
    letters,
    person_name,
    place_words,
)
from newslab.tables import values_of

NEEDED = ("article_id", "actor", "kind", "role", "names")
DETERMINERS = frozenset({"a", "an", "the", "one", "some", "her", "his", "its", "their", "my", "our", "this", "that"})
MOST_CONTEXT, PLACE_WEIGHT, GREATEST = 1.5, 0.5, 4.0
# Of fewer articles than these one cannot tell who is rare; they count as so many.
FEW_ARTICLES = 50


@dataclass(frozen=True, slots=True)
class Record:
    """One actor of one article."""

    number: int
    article: int
    article_id: str
    actor: str
    kind: str
    role: str | None
    names: tuple[str, ...]
    key: Key
    context: int
    named: bool


@dataclass(slots=True, eq=False)
class Person:
    """Those actors of several articles that are one, with all that is known of them together."""

    records: list[Record]
    names: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    articles: set[int] = field(default_factory=set)
    around: Counter[int] = field(default_factory=Counter)
    fixed: bool = False

    @property
    def kind(self) -> str:
        """The kind, the same for all of its actors."""
        return self.records[0].kind

    @property
    def name(self) -> str:
        """The usual full name: no acronym, no last name alone where there is more, then the most frequent."""
        return max(
            self.names,
            key=lambda name: (
                not is_acronym(name),
                self.kind == "person" and " " in name,
                self.names[name],
                len(name.split()),
                name,
            ),
        )


class Cast:
    """All actors of all articles, and what is around each."""

    def __init__(self, actors: pd.DataFrame, mentions: pd.DataFrame | None) -> None:
        named = _named(mentions) if mentions is not None else None
        self.records: list[Record] = []
        self.contexts: dict[tuple[str, Key], int] = {}
        self.members: dict[int, list[int]] = defaultdict(list)
        numbers: dict[str, int] = {}
        slips = _slips(actors)
        for number, (article_id, actor, found, role, names) in enumerate(values_of(actors, *NEEDED)):
            article = numbers.setdefault(article_id, len(numbers))
            kind = slips.get((actor, found), found)
            key = key_of(actor, kind)
            context = self.contexts.setdefault(_context(key, kind, actor), len(self.contexts))
            is_named = (article_id, actor) in named if named is not None else not is_description(actor, kind)
            also = tuple(dict.fromkeys((actor, *(names if names is not None else ()))))
            self.records.append(Record(number, article, article_id, actor, kind, role, also, key, context, is_named))
            if is_named:
                self.members[article].append(context)
        self.near = self._near(mentions)
        self.weights = self._weights(len(numbers))

    def around(self, record: Record) -> set[int]:
        """Who else is in a record's article."""
        return {other for other in self.members[record.article] if other != record.context}

    def person(self, record: Record) -> Person:
        """A person of one article alone."""
        found = Person([record])
        found.names[record.actor] = 1
        if record.role:
            found.roles[record.role] = 1
        found.articles.add(record.article)
        found.around.update(self.around(record))
        return found

    def name_of(self, context: int) -> str:
        """An actor's name, for a reason in words."""
        return self._shown[context]

    def _weights(self, articles: int) -> dict[int, float]:
        """How much it says that two articles both have somebody: the logarithm of how few have (Spärck Jones 1972)."""
        counts = Counter(context for members in self.members.values() for context in set(members))
        places = {number for (kind, _), number in self.contexts.items() if kind == "place"}
        self._shown: dict[int, str] = {}
        for record in self.records:
            if len(record.actor) > len(self._shown.get(record.context, "")):
                self._shown[record.context] = record.actor
        whole = log(max(articles, FEW_ARTICLES) + 1)
        return {
            context: MOST_CONTEXT * max(whole - log(count), 0.0) / whole * (PLACE_WEIGHT if context in places else 1.0)
            for context, count in counts.items()
        }

    def _near(self, mentions: pd.DataFrame | None) -> dict[int, frozenset[int]]:
        """For each actor those who stand in one sentence with it."""
        if mentions is None:
            return {}
        place = {(record.article_id, record.actor): record for record in self.records}
        sentences: dict[tuple[str, int], set[int]] = defaultdict(set)
        for article_id, sentence, actor in values_of(mentions, "article_id", "sentence_id", "actor"):
            if (record := place.get((article_id, actor))) is not None and record.named:
                sentences[article_id, sentence].add(record.number)
        near: dict[int, set[int]] = defaultdict(set)
        for together in sentences.values():
            contexts = {self.records[number].context for number in together}
            for number in together if len(together) > 1 else ():
                near[number] |= contexts
        return {number: frozenset(found) for number, found in near.items()}


def key_of(actor: str, kind: str) -> Key:
    """What an actor is filed under: two with one key have the same name."""
    if kind == "person":
        name = person_name(actor)
        return (*name.words, f"({name.suffix})") if name.suffix else name.words
    if kind == "organisation":
        return (letters(actor),) if is_acronym(actor) else body_words(actor)
    return place_words(actor, kind)


def stated_acronyms(person: Person) -> set[str]:
    """The acronyms that its articles give a body."""
    return {letters(name) for record in person.records[:50] for name in record.names if is_acronym(name)}


def made_acronyms(person: Person) -> set[str]:
    """The acronyms that its names would make; of two letters, too many would."""
    made = {initials(name) for name in person.names if not is_acronym(name)}
    return {each for each in made if len(each) > 2}


def many_have(person: Person) -> bool:
    """Whether a body's name is one that many may have."""
    return person.kind == "organisation" and is_generic(person.records[0].key)


def _slips(actors: pd.DataFrame) -> dict[tuple[str, str], str]:
    """Full names of people and bodies whose kind is told otherwise in most articles, with the kind told there.

    What kind a name has is a guess of each article's, and a role speaks for the guess. A name that one article has as
    two kinds is two actors' name.
    """
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    twice: set[str] = set()
    seen: dict[tuple[str, str], str] = {}
    for article_id, actor, kind, role in values_of(actors, "article_id", "actor", "kind", "role"):
        if " " in actor:
            kinds[actor][kind] += 1 + (role is not None)
            if seen.setdefault((article_id, actor), kind) != kind:
                twice.add(actor)
    found = {}
    for actor, counts in kinds.items():
        (most, count), *others = counts.most_common()
        if actor not in twice and most in ("person", "organisation"):
            found.update({(actor, kind): most for kind, fewer in others if fewer < count})
    return found


def _named(mentions: pd.DataFrame) -> set[tuple[str, str]]:
    """The actors that an article calls by name, and not by a description alone."""
    columns = ("article_id", "actor", "how")
    return {(article, actor) for article, actor, how in values_of(mentions, *columns) if how in ("name", "alias")}


def is_description(actor: str, kind: str) -> bool:
    """Whether an actor is called by a description and no name: "a neighbour", "Her maths teacher", "Residents"."""
    first, *rest = actor.split() or [""]
    if any(word[:1].isupper() for word in rest):
        return False
    low = first.lower()
    if first[:1].islower() or low in DETERMINERS:
        return True
    return kind in ("person", "group") and not rest and (low in role_nouns() or low.removesuffix("s") in role_nouns())


def _context(key: Key, kind: str, actor: str) -> tuple[str, Key]:
    """What an actor counts as where it stands beside another: a person by the last name alone."""
    return (kind, (person_name(actor).last,)) if kind == "person" else (kind, key)

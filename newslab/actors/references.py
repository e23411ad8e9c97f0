"""Who is meant where no name stands: one walk through the article resolves descriptions and pronouns in order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from newslab.actors.grouping import Group
from newslab.actors.lists import role_nouns
from newslab.actors.memory import Memory, asides, quoted_words, story_time
from newslab.actors.phrases import PRONOUNS, RELATIVES, Phrase, find_phrases
from newslab.actors.roles import Role, head_noun, role_words, roles_of
from newslab.actors.words import Words

SURE = 2.5
WALKS = 3
LEAN, LEAN_STEP = 6.0, 3.0
NAMED, GENDER, PLURAL = 1.5, 1.0, 2.0
COLLECTIVE = frozenset({"organisation", "group", "place"})


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


class Reading:
    """What one walk through the article finds: actors with and without a name, and who is meant at which word."""

    def __init__(self, words: Words, groups: list[Group]) -> None:
        self.words = words
        self.quoted = quoted_words(words)
        self.told = story_time(words, self.quoted)
        self.aside = asides(words)
        self.leaning: dict[int, float] = {}
        self.entries: list[Entry] = []
        self.named: dict[int, int] = {}
        self.heads: dict[int, int] = {}
        self.role_heads: dict[int, int] = {}
        self.by_noun: dict[str, list[tuple[int, frozenset[str]]]] = defaultdict(list)
        self._enter_groups(groups)
        self.phrases = find_phrases(words, self.named)
        self.names_end = len(self.entries)
        self.sure: dict[int, int] = {}
        for _ in range(WALKS):
            self.walk()
            self._learn_gender()
        self.walk()

    def walk(self) -> None:
        """Resolve every description and pronoun in the order of the text."""
        words = self.words
        del self.entries[self.names_end :]
        self.memory = Memory(words, self.quoted, self.told, self.aside)
        self.heads = dict(self.role_heads) | self.named
        self.nameless: dict[str, list[int]] = defaultdict(list)
        self.issuers: dict[str, int] = {}
        self.sure = {}
        self.gender_votes: dict[int, Counter[str]] = defaultdict(Counter)
        phrases = {phrase.head: phrase for phrase in self.phrases}
        ends = {name.last - 1: number for number, entry in enumerate(self.entries) if entry.group
                for name in entry.group.names}
        for index in range(len(words)):
            if index in ends:
                self.memory.note(index, ends[index], True)
            elif index in phrases:
                self._read_phrase(phrases[index])
            elif words.low[index] in PRONOUNS:
                self._read_pronoun(index)
            elif words.low[index] in RELATIVES:
                self._read_relative(index)

    def pronoun(self, index: int, recent: Sequence[int] = ()) -> list[tuple[float, int]]:
        """The actors a pronoun may mean, the best first, with their weights."""
        wanted = PRONOUNS.get(self.words.low[index], "")

        def bonus(actor: int) -> float | None:
            entry = self.entries[actor]
            if wanted in {"m", "f"}:
                if entry.kind != "person" or entry.plural or entry.gender not in {None, wanted}:
                    return None
                lean = self.leaning.get(actor, 0.0) * (1 if wanted == "f" else -1)
                return min(lean, GENDER) + NAMED * (entry.group is not None) + GENDER * (entry.gender == wanted)
            if wanted == "plural":
                fits = entry.plural or entry.kind in {"organisation", "group"}
                return PLURAL * entry.plural if fits else None
            fits = entry.kind in {"organisation", "place"} and not entry.plural
            return PLURAL * (entry.kind == "organisation") if fits else None

        return self.memory.ranking(index, bonus, recent)

    def _enter_groups(self, groups: list[Group]) -> None:
        taken = frozenset(i for g in groups for name in g.names if name.title for i in range(*name.title))
        for number, group in enumerate(groups):
            plural = group.kind == "group"
            entry = Entry(group.kind, group, group.gender, plural, first=group.names[0].first)
            for name in group.names:
                for index in range(name.title[0] if name.title else name.first, name.last):
                    self.named[index] = number
                entry.roles += roles_of(self.words, name, group.kind, taken)
            for role in entry.roles:
                noun = role_nouns().get(self.words.lemma[role.head])
                entry.gender = entry.gender or (noun.gender if noun else None)
                self.role_heads[role.head] = number
                content = role_words(self.words, role.first, role.last)
                self.by_noun[head_noun(self.words, role.head)].append((number, content))
            self.entries.append(entry)

    def _read_phrase(self, phrase: Phrase) -> None:
        if phrase.head in self.role_heads:
            return
        if phrase.kind == "document":
            issuer = self._issuer(phrase)
            if issuer is not None:
                self.issuers[phrase.noun] = self.heads[phrase.head] = issuer
            return
        actor = self._described(phrase)
        if actor is None:
            actor = len(self.entries)
            self.entries.append(Entry(phrase.kind, None, phrase.gender, phrase.plural, first=phrase.first))
            self.nameless[phrase.noun].append(actor)
        entry = self.entries[actor]
        entry.phrases.append(phrase)
        if phrase.gender and not phrase.plural:
            self.gender_votes[actor][phrase.gender] += 3
        self.heads[phrase.head] = actor
        self.memory.note(phrase.head, actor, True)

    def _described(self, phrase: Phrase) -> int | None:
        """The actor that a description means, if one mentioned before fits, or one whose role it is."""
        by_role = self._by_role(phrase)
        if by_role is not None:
            return by_role
        if not (phrase.definite or phrase.plural):
            return None
        for actor in reversed(self.nameless[phrase.noun][-5:]):
            other = self.entries[actor].phrases[0]
            known = frozenset().union(*(p.words for p in self.entries[actor].phrases))
            if other.plural == phrase.plural and (phrase.words <= known or known <= phrase.words):
                return actor
        if phrase.kind == "organisation" and phrase.definite and not phrase.plural:
            return self._body(phrase)
        if phrase.kind == "person" and phrase.definite and not phrase.possessed:
            return self._epithet(phrase)
        return None

    def _by_role(self, phrase: Phrase) -> int | None:
        """Who has the role that the description names; somebody introduced later only for "a" and a first mention."""
        if phrase.plural or phrase.possessed and phrase.kind == "person" and len(phrase.words) < 2:
            return None
        best: tuple[float, int] | None = None
        for actor, content in self.by_noun.get(phrase.noun, ())[:40]:
            entry = self.entries[actor]
            if entry.kind != phrase.kind or (phrase.gender and entry.gender and entry.gender != phrase.gender):
                continue
            unknown = phrase.words - content
            if unknown:
                continue
            ahead = entry.first > phrase.head
            if not phrase.definite and not ahead:
                continue
            if ahead and self.words.sent[entry.first] - self.words.sent[phrase.head] > 6:
                continue
            weight = len(phrase.words) - 3.0 * ahead + 0.001 * self._last_seen(actor, phrase.head)
            if best is None or weight > best[0]:
                best = (weight, actor)
        return best[1] if best else None

    def _last_seen(self, actor: int, index: int) -> float:
        for at in range(len(self.memory.places) - 1, max(len(self.memory.places) - 60, -1), -1):
            if self.memory.actors[at] == actor:
                return 60 - (len(self.memory.places) - at)
        return 0.0

    def _body(self, phrase: Phrase) -> int | None:
        """The organisation meant by "the company", "the board": one whose name has the word, else the one in mind."""
        def bonus(actor: int) -> float | None:
            entry = self.entries[actor]
            return 0.0 if entry.kind == "organisation" and entry.group is not None else None

        found = self.memory.ranking(phrase.head, bonus)
        for _, actor in found:
            group = self.entries[actor].group
            if group and any(phrase.words <= set(name.key) | {"the"} for name in group.names):
                return actor
        if phrase.words <= {phrase.noun, *phrase.noun.split("-")} and found:
            return found[0][1]
        return None

    def _epithet(self, phrase: Phrase) -> int | None:
        """The person in mind, for a new definite description ("the 26-year-old winger")."""
        def bonus(actor: int) -> float | None:
            entry = self.entries[actor]
            named = entry.kind == "person" and entry.group is not None
            return 0.0 if named and (not phrase.gender or entry.gender in {None, phrase.gender}) else None

        found = self.memory.ranking(phrase.head, bonus)
        return found[0][1] if found else None

    def _issuer(self, phrase: Phrase) -> int | None:
        """Whose a document is: "her statement", "the RCMP statement", "said in a statement", else the last such."""
        words = self.words
        for below in words.children[phrase.head]:
            if words.dep[below] in {"poss", "compound", "nmod"} and below in self.heads:
                return self.heads[below]
            if words.low[below] in {"by", "from", "of"}:
                inner = words.child(below, "pobj")
                if inner is not None and inner in self.heads:
                    return self.heads[inner]
        verb = words.head[phrase.head]
        if words.pos[verb] == "ADP":
            verb = words.head[verb]
        subject = words.child(verb, "nsubj")
        if subject is not None and subject != phrase.head and subject in self.heads:
            return self.heads[subject]
        return self.issuers.get(phrase.noun)

    def _read_pronoun(self, index: int) -> None:
        found = self.pronoun(index)
        if not found:
            return
        weight, actor = found[0]
        margin = weight - found[1][0] if len(found) > 1 else SURE + 1
        self.heads[index] = actor
        self.memory.note(index, actor)
        if margin >= SURE:
            self.sure[index] = actor
        wanted = PRONOUNS[self.words.low[index]]
        if wanted in {"m", "f"}:
            alone = self.memory.alone(index, lambda who: self._may_be(who, wanted))
            if alone:
                self.gender_votes[alone[0]][wanted] += 1 / (1 + alone[1])

    def _may_be(self, actor: int, gender: str) -> bool:
        """Whether somebody may be a "he" or a "she", as far as the walks so far tell."""
        entry = self.entries[actor]
        if entry.kind != "person" or entry.plural or entry.gender not in {None, gender}:
            return False
        return self.leaning.get(actor, 0.0) * (1 if gender == "f" else -1) > -LEAN / 2

    def _read_relative(self, index: int) -> None:
        clause = self.words.head[index]
        for _ in range(3):
            head = self.words.head[clause]
            if self.words.dep[clause] == "relcl":
                if head in self.heads:
                    self.heads[index] = self.heads[head]
                return
            clause = head

    def _learn_gender(self) -> None:
        """The gender that the pronouns of the last walk speak for, where the text does not state it."""
        self.leaning = {}
        for actor, votes in self.gender_votes.items():
            if actor < self.names_end and self.entries[actor].gender is None:
                female, male = votes["f"], votes["m"]
                self.leaning[actor] = max(-LEAN, min(LEAN, LEAN_STEP * (female - male)))

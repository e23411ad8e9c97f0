"""Who is meant where no name stands: walks through the article resolve descriptions and pronouns in order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import partial

from newslab.actors.descriptions import Descriptions
from newslab.actors.forms import Group
from newslab.actors.memory import Memory
from newslab.actors.phrases import PRONOUNS, RELATIVES
from newslab.actors.words import Words

# A pronoun is sure where the best actor is this much heavier than the next.
SURE = 2.5
# Gender is learned from the pronouns that only one person fits, in so many rounds.
ROUNDS = 3
LEAN, LEAN_STEP, LEAN_SURE = 6.0, 2.0, 4.0
NAMED, GENDER, PLURAL = 1.5, 4.0, 2.0


class Reading(Descriptions):
    """What reading an article finds: actors with and without a name, and who is meant at which word."""

    def __init__(self, words: Words, groups: list[Group]) -> None:
        super().__init__(words, groups)
        self.leaning: dict[int, float] = {}
        self._learn_gender()
        self.walk()

    def walk(self) -> None:
        """Resolve every description and pronoun in the order of the text."""
        words = self.words
        self.begin()
        self.sure: dict[int, int] = {}
        for index in range(len(words)):
            if index in self.ends:
                self.memory.note(index, self.ends[index], True)
            elif index in self.phrases:
                self.read_phrase(self.phrases[index])
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
                known = GENDER if entry.gender == wanted else min(lean, GENDER)
                return known + NAMED * (entry.group is not None) + entry.prior
            if wanted == "plural":
                fits = entry.plural or entry.kind in {"organisation", "group"}
                return PLURAL * entry.plural if fits else None
            fits = entry.kind in {"organisation", "place"} and not entry.plural
            return PLURAL * (entry.kind == "organisation") if fits else None

        return self.memory.ranking(index, bonus, recent)

    def gender(self, actor: int) -> str | None:
        """The gender that the text states, or on which its pronouns agree."""
        lean = self.leaning.get(actor, 0.0)
        return self.entries[actor].gender or ("f" if lean >= LEAN_SURE else "m" if lean <= -LEAN_SURE else None)

    def _read_pronoun(self, index: int) -> None:
        found = self.pronoun(index)
        if not found:
            return
        weight, actor = found[0]
        margin = weight - found[1][0] if len(found) > 1 else SURE + 1
        self.heads[index] = actor
        self.memory.note(index, actor)
        wanted = PRONOUNS[self.words.low[index]]
        if margin >= SURE and (wanted in {"m", "f"} or self.words.dep[index] in {"nsubj", "nsubjpass", "poss"}):
            self.sure[index] = actor

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
        """Gender from the pronouns that only one person near by fits; what is learned narrows the next round."""
        memory = Memory(self.words, self.quoted, self.told, self.aside)
        pronouns = []
        for index, low in enumerate(self.words.low):
            if index in self.ends:
                memory.note(index, self.ends[index], True)
            elif index in self.phrases:
                phrase = self.phrases[index]
                if phrase.kind == "person" and not phrase.plural and index not in self.role_heads:
                    known = self.by_role(phrase) if phrase.definite else None
                    memory.note(index, known if known is not None else -1 - index, True)
            elif PRONOUNS.get(low) in {"m", "f"} and not self.quoted[index]:
                pronouns.append(index)
        for _ in range(ROUNDS):
            votes: dict[int, float] = defaultdict(float)
            for index in pronouns:
                wanted = PRONOUNS[self.words.low[index]]
                alone = memory.alone(index, partial(self._may_be, wanted))
                if alone:
                    votes[alone[0]] += (1 if wanted == "f" else -1) / (1 + alone[1])
            self.leaning = {
                actor: max(-LEAN, min(LEAN, LEAN_STEP * vote))
                for actor, vote in votes.items()
                if actor >= 0 and self.entries[actor].gender is None
            }

    def _may_be(self, gender: str, actor: int) -> bool:
        """Whether somebody may be a "he" or a "she", as far as is known."""
        if actor < 0:
            return self.phrases[-1 - actor].gender in {None, gender}
        entry = self.entries[actor]
        if entry.kind != "person" or entry.plural or entry.gender not in {None, gender}:
            return False
        return self.leaning.get(actor, 0.0) * (1 if gender == "f" else -1) > -LEAN / 2

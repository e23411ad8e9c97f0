"""Whom a description means: somebody's role, somebody described before, the company last spoken of, or somebody new."""

from __future__ import annotations

from bisect import bisect_left

from newslab.actors.entries import Entry, Story
from newslab.actors.lists import place_words, shown_kind, speech_verbs
from newslab.actors.memory import NEAR
from newslab.actors.phrases import Phrase
from newslab.actors.roles import head_noun

MOST_ROLES = 40
CLIMB = 4
# How many sentences later somebody may be named who was described first.
AHEAD, NEXT = 8.0, 2.6
BODY = 3.0


class Descriptions(Story):
    """The rules for descriptions; ``read_phrase`` tries them in order."""

    def read_phrase(self, phrase: Phrase) -> None:
        """Settle whom a description means; somebody new becomes an actor without a name."""
        if phrase.head in self.role_heads:
            return
        if phrase.kind == "document":
            issuer = self._issuer(phrase)
            if issuer is not None:
                self.issuers[phrase.noun] = self.heads[phrase.head] = issuer
                self.memory.note(phrase.head, issuer, True)
            return
        actor = self._described(phrase)
        if actor is None:
            actor = len(self.entries)
            self.entries.append(Entry(shown_kind(phrase.kind), None, phrase.gender, phrase.plural, first=phrase.first))
            self.nameless[phrase.noun].append(actor)
        entry = self.entries[actor]
        entry.phrases.append(phrase)
        self.heads[phrase.head] = actor
        self.memory.note(phrase.head, actor, True)

    def _described(self, phrase: Phrase) -> int | None:
        """The actor that a description means, if one mentioned before fits, or one whose role it is."""
        if phrase.kind == "person" and not phrase.plural:
            known = self._as_role(phrase)
            if known is None:
                known = self.by_role(phrase)
            if known is None and not phrase.definite:
                known = self._named_next(phrase)
            if known is not None:
                return known
        if phrase.kind in {"organisation", "institution"} and phrase.definite and not phrase.plural:
            return self._body(phrase)
        again = self._again(phrase)
        if again is not None or not phrase.definite or phrase.plural:
            return again
        return self._epithet(phrase) if phrase.kind == "person" and not phrase.possessed else None

    def _again(self, phrase: Phrase) -> int | None:
        """Somebody without a name described with the same noun before: "a justice official", then "the official"."""
        for actor in reversed(self.nameless[phrase.noun][-5:]):
            other = self.entries[actor].phrases
            if other[0].plural != phrase.plural:
                continue
            known = frozenset().union(*(each.words for each in other))
            if phrase.everything == other[0].everything and (phrase.plural or phrase.definite):
                return actor
            if phrase.definite and not phrase.possessed and phrase.words <= known:
                return actor
        return None

    def _as_role(self, phrase: Phrase) -> int | None:
        """The subject of a sentence that goes on with "as Canada's prime minister"; the role is remembered."""
        words = self.words
        verb = words.head[phrase.head]
        if words.low[verb] != "as":
            return None
        actor = None
        for _ in range(CLIMB):
            verb = words.head[verb]
            subject = words.child(verb, "nsubj")
            if subject is not None and subject < phrase.head and self._is_person(subject):
                actor = self.heads[subject]
        if actor is not None:
            self.by_noun[phrase.noun].append((actor, phrase.words | {phrase.noun}))
        return actor

    def _is_person(self, index: int) -> bool:
        return index in self.heads and self.entries[self.heads[index]].kind == "person"

    def by_role(self, phrase: Phrase) -> int | None:
        """Who has the role that the description names; "a" and a noun may announce somebody named soon after."""
        best: tuple[float, int] | None = None
        for actor, content in self.by_noun.get(phrase.noun, ())[:MOST_ROLES]:
            entry = self.entries[actor]
            ahead = entry.first > phrase.head
            if entry.kind != "person" or (phrase.gender and entry.gender and entry.gender != phrase.gender):
                continue
            if ahead and self.told[entry.first] - self.told[phrase.head] > AHEAD:
                continue
            if not phrase.definite and (not ahead or not phrase.words):
                continue
            missing = phrase.words - content
            if missing and not (missing <= place_words() and not content & place_words()):
                continue
            if phrase.possessed and not phrase.words:
                continue
            weight = len(phrase.words) - len(missing) - 3.0 * ahead + 0.01 * self._seen(actor, phrase.head)
            if best is None or weight > best[0]:
                best = (weight, actor)
        return best[1] if best else None

    def _seen(self, actor: int, index: int) -> float:
        """How lately an actor was meant: more is later."""
        entry = self.entries[actor]
        if entry.group is None:
            return 0.0
        at = bisect_left(entry.starts, index) - 1
        return -min(self.told[index] - self.told[entry.starts[at]], 99.0) if at >= 0 else -99.0

    def _named_next(self, phrase: Phrase) -> int | None:
        """The person whom the next sentence introduces: "A hockey coach says ...", then "Anders Holm said"."""
        if self.words.dep[phrase.head] not in {"nsubj", "nsubjpass"} or self.words.low[phrase.first] == "another":
            return None
        for start in self.introduced[bisect_left(self.introduced, phrase.head) :][:1]:
            actor = self.heads[start]
            entry = self.entries[actor]
            near = 0 < self.told[start] - self.told[phrase.head] <= NEXT
            agrees = not phrase.gender or entry.gender in {None, phrase.gender}
            nouns = {head_noun(self.words, role.head) for role in entry.roles}
            if near and agrees and (not nouns or phrase.noun in nouns):
                return actor
        return None

    def _body(self, phrase: Phrase) -> int | None:
        """The organisation meant by "the company", "the board": one whose name has the word, else the one in mind."""

        def bonus(actor: int) -> float | None:
            entry = self.entries[actor]
            if entry.group is None:
                same = (
                    entry.phrases[0].noun == phrase.noun and not entry.plural and phrase.words <= entry.phrases[0].words
                )
                return BODY if same else None
            if entry.kind != "organisation":
                return None
            return BODY * any(head_noun(self.words, role.head) == phrase.noun for role in entry.roles) + 2 * entry.prior

        wanted = phrase.words | {phrase.noun}
        named = [actor for actor, key in self.bodies.get(phrase.noun, ())[:MOST_ROLES] if wanted <= key]
        if named:
            return max(named, key=lambda actor: self._seen(actor, phrase.head))
        found = self.memory.ranking(phrase.head, bonus)
        if phrase.kind == "organisation" and not phrase.possessed and found:
            weight, actor = found[0]
            if not phrase.words or weight > NEAR + BODY:
                return actor
        return None

    def _epithet(self, phrase: Phrase) -> int | None:
        """The person in mind, for a new description full of colour ("the 26-year-old winger")."""
        if not phrase.coloured:
            return None

        def bonus(actor: int) -> float | None:
            entry = self.entries[actor]
            named = entry.kind == "person" and entry.group is not None
            return 0.0 if named and (not phrase.gender or entry.gender in {None, phrase.gender}) else None

        found = self.memory.ranking(phrase.head, bonus)
        return found[0][1] if found else None

    def _issuer(self, phrase: Phrase) -> int | None:
        """Whose a document is: "her statement", "the RCMP statement", "said in a statement", else the last such."""
        words = self.words
        verb, inside = words.head[phrase.head], False
        if words.pos[verb] == "ADP":
            inside, verb = words.low[verb] in {"in", "on"}, words.head[verb]
        subject = words.child(verb, "nsubj")
        writer = self.heads.get(subject) if subject is not None and subject != phrase.head else None
        if writer is not None and inside and words.lemma[verb] in speech_verbs():
            return writer
        for below in words.children[phrase.head]:
            if words.dep[below] in {"poss", "compound", "nmod"} and below in self.heads:
                return self.heads[below]
            if words.low[below] in {"by", "from", "of"}:
                inner = words.child(below, "pobj")
                if inner is not None and inner in self.heads:
                    return self.heads[inner]
        if writer is not None:
            return writer
        return self.issuers.get(phrase.noun)

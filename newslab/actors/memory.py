"""Who is in the reader's mind at a point of the text: actors mentioned before, weighed by place and role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from newslab.actors.lists import speech_verbs
from newslab.actors.words import Words

WINDOW = 80
SENTENCES_BACK = 10
SHORTLY = 1.6
LONGEST_PHRASE = 5
# Weights of salience, after Lappin and Leass (1994): a subject before other roles, what is near before what is far.
NEAR, SENTENCE, PARAGRAPH, SUBJECT, SPEAKER, INNER, QUOTED, OFTEN, RECENT, MAIN = (
    10.0,
    1.5,
    0.75,
    3.0,
    0.75,
    3.0,
    4.0,
    0.5,
    3.0,
    1.0,
)
ASIDE = 4.0
NEW, SAME = 2.0, 2.0
QUOTED_SENTENCE = 0.25
ENDINGS = frozenset(".!?\"'”’»…:;,")
OBJECTS = frozenset({"dobj", "dative", "pobj", "iobj", "obj"})


@dataclass(slots=True)
class Memory:
    """The mentions so far, in the order of the text: word, actor."""

    words: Words
    quoted: list[bool]
    told: list[float]
    aside: list[bool]
    places: list[int] = field(default_factory=list)
    actors: list[int] = field(default_factory=list)
    by_name: list[bool] = field(default_factory=list)
    first: dict[int, int] = field(default_factory=dict)

    def note(self, index: int, actor: int, by_name: bool = False) -> None:
        """Remember that an actor is meant at a word, and whether a name or a description says so."""
        self.places.append(index)
        self.by_name.append(by_name)
        self.actors.append(actor)
        self.first.setdefault(actor, index)

    def ranking(
        self, index: int, bonus: Callable[[int], float | None], recent: Sequence[int] = ()
    ) -> list[tuple[float, int]]:
        """The actors that may be meant at a word, with weights, the best first; ``bonus`` is ``None`` for others."""
        end = bisect_left(self.places, index)
        best: dict[int, float] = {}
        count: dict[int, int] = {}
        for at in range(end - 1, max(end - 1 - WINDOW, -1), -1):
            place, actor = self.places[at], self.actors[at]
            if self.told[index] - self.told[place] > SENTENCES_BACK:
                break
            extra = bonus(actor)
            if extra is None or self._same_clause(place, index):
                continue
            weight = self._weight(at, index) + extra
            count[actor] = count.get(actor, 0) + 1
            best[actor] = max(best.get(actor, -99.0), weight)
        for rank, actor in enumerate(recent[:2]):
            extra = bonus(actor)
            if extra is not None:
                best[actor] = best.get(actor, NEAR + extra - 5 * SENTENCE) + RECENT / (rank + 1)
        scored = [(weight + OFTEN * min(count.get(actor, 0), 4), actor) for actor, weight in best.items()]
        return sorted(scored, key=lambda pair: -pair[0])

    def alone(self, index: int, may: Callable[[int], bool]) -> tuple[int, float] | None:
        """The only one named shortly before a word who may be meant there, and how many sentences ago."""
        found: tuple[int, float] | None = None
        for at in range(bisect_left(self.places, index) - 1, -1, -1):
            place, actor = self.places[at], self.actors[at]
            distance = self.told[index] - self.told[place]
            if distance > SHORTLY:
                break
            if not self.by_name[at] or not may(actor) or (self.quoted[place] and not self.quoted[index]):
                continue
            if found is None:
                found = (actor, distance)
            elif found[0] != actor:
                return None
        return found

    def _weight(self, at: int, index: int) -> float:
        words, place = self.words, self.places[at]
        weight = NEAR - SENTENCE * (self.told[index] - self.told[place])
        weight -= PARAGRAPH * min(words.paragraph[index] - words.paragraph[place], 4)
        dep, verb = words.dep[place], words.head[place]
        if dep == "conj":
            dep, verb = words.dep[verb], words.head[verb]
        if self.first[self.actors[at]] == place and self.told[index] - self.told[place] < SHORTLY:
            weight += NEW
        if dep in {"nsubj", "nsubjpass"}:
            weight += SAME * (words.sent[place] == words.sent[index])
            weight += SUBJECT + MAIN * (words.dep[verb] == "ROOT")
            if words.lemma[verb] in speech_verbs():
                weight += SPEAKER * (1 + (words.lemma[words.head[index]] in speech_verbs()))
        elif dep in {"compound", "poss", "nmod", "amod"}:
            weight -= INNER if dep != "poss" else INNER / 2
        if self.quoted[place] and not self.quoted[index]:
            weight -= QUOTED
        if self.aside[words.paragraph[place]] and words.paragraph[place] != words.paragraph[index]:
            weight -= ASIDE
        return weight

    def _same_clause(self, place: int, index: int) -> bool:
        """Subject and object of one verb are two ("he told him"), and so is who speaks and a "he" in the quotation."""
        words = self.words
        if words.sent[place] != words.sent[index]:
            return False
        if words.low[index] in {"he", "she"} and self._is_theirs(place):
            return True
        if words.dep[index] in OBJECTS and words.dep[place] in {"nsubj", "nsubjpass"}:
            head = words.head[index]
            return words.head[head if words.pos[head] == "ADP" else index] == words.head[place]
        if self.quoted[index] and not self.quoted[place]:
            return words.dep[place] == "nsubj" and words.lemma[words.head[place]] in speech_verbs()
        return False

    def _is_theirs(self, place: int) -> bool:
        """Whether somebody is "his chairman" or "her brother": not he or she."""
        words = self.words
        before = range(max(place - LONGEST_PHRASE, 0), place)
        return any(words.head[i] == place and words.dep[i] == "poss" and words.low[i] in {"his", "her"} for i in before)


def quoted_words(words: Words) -> list[bool]:
    """For each word, whether it stands between quotation marks; a paragraph's end closes them."""
    inside, flags, paragraph = False, [], 0
    for index, form in enumerate(words.form):
        if words.paragraph[index] != paragraph:
            inside, paragraph = False, words.paragraph[index]
        if form in {"“", "``", "«"}:
            inside = True
        elif form in {"”", "''", "»"}:
            inside = False
        elif form == '"':
            inside = not inside
        flags.append(inside)
    return flags


def story_time(words: Words, quoted: list[bool]) -> list[float]:
    """For each word, how many sentences came before it; one that is all quotation counts little."""
    narrated = {words.sent[i] for i in range(len(words)) if not quoted[i] and words.form[i][0].isalpha()}
    time, now, before = [], 0.0, -1
    for sentence in words.sent:
        if sentence != before:
            now += 1.0 if sentence in narrated else QUOTED_SENTENCE
            before = sentence
        time.append(now)
    return time


def asides(words: Words) -> list[bool]:
    """For each paragraph, whether it is a heading, a caption or a credit: it does not end as a sentence does."""
    ends: dict[int, str] = {}
    for form, paragraph in zip(words.form, words.paragraph, strict=True):
        ends[paragraph] = form
    return [ends.get(number, ".")[-1] not in ENDINGS for number in range(max(ends, default=0) + 1)]

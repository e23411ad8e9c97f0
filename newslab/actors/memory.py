"""Who is in the reader's mind at a point of the text: actors mentioned before it, weighed by place and by what they did."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from newslab.actors.kinds import SAYING
from newslab.actors.words import Words

WINDOW = 60
SENTENCES_BACK = 8
# Weights of salience, after Lappin and Leass (1994): a subject before other roles, what is near before what is far.
NEAR, SENTENCE, PARAGRAPH, SUBJECT, SPEAKER, INNER, QUOTED, OFTEN, RECENT, NAMED = (
    10.0, 1.5, 0.75, 3.0, 1.5, 3.0, 4.0, 0.5, 3.0, 0.5,
)
OBJECTS = frozenset({"dobj", "dative", "pobj", "iobj", "obj"})


@dataclass(slots=True)
class Memory:
    """The mentions so far, in the order of the text: word, actor."""

    words: Words
    quoted: list[bool]
    places: list[int] = field(default_factory=list)
    actors: list[int] = field(default_factory=list)

    def note(self, index: int, actor: int) -> None:
        """Remember that an actor is meant at a word."""
        self.places.append(index)
        self.actors.append(actor)

    def ranking(
        self, index: int, fits: Callable[[int], bool], recent: Sequence[int] = ()
    ) -> list[tuple[float, int]]:
        """The actors that fit, with their weight at a word, the best first."""
        words = self.words
        end = bisect_left(self.places, index)
        best: dict[int, float] = {}
        count: dict[int, int] = {}
        for at in range(end - 1, max(end - 1 - WINDOW, -1), -1):
            place, actor = self.places[at], self.actors[at]
            if words.sent[index] - words.sent[place] > SENTENCES_BACK:
                break
            if not fits(actor) or self._same_clause(place, index):
                continue
            weight = self._weight(place, index)
            count[actor] = count.get(actor, 0) + 1
            best[actor] = max(best.get(actor, -99.0), weight)
        for rank, actor in enumerate(recent[:2]):
            if fits(actor):
                best[actor] = best.get(actor, NEAR - 5 * SENTENCE) + RECENT / (rank + 1)
        scored = [(weight + OFTEN * min(count.get(actor, 0), 4), actor) for actor, weight in best.items()]
        return sorted(scored, key=lambda pair: -pair[0])

    def _weight(self, place: int, index: int) -> float:
        words = self.words
        weight = NEAR - SENTENCE * (words.sent[index] - words.sent[place])
        weight -= PARAGRAPH * min(words.paragraph[index] - words.paragraph[place], 4)
        dep, verb = words.dep[place], words.head[place]
        if dep in {"nsubj", "nsubjpass"}:
            weight += SUBJECT
            if words.lemma[verb] in SAYING:
                weight += SPEAKER
        elif dep in {"compound", "poss", "nmod", "amod"}:
            weight -= INNER if dep != "poss" else INNER / 2
        if self.quoted[place] and not self.quoted[index]:
            weight -= QUOTED
        return weight

    def _same_clause(self, place: int, index: int) -> bool:
        """Subject and object of one verb are two ("he told him"), and so is who speaks and a "he" in the quotation."""
        words = self.words
        if words.sent[place] != words.sent[index]:
            return False
        if words.dep[index] in OBJECTS and words.dep[place] in {"nsubj", "nsubjpass"}:
            head = words.head[index]
            return words.head[head if words.pos[head] == "ADP" else index] == words.head[place]
        if self.quoted[index] and not self.quoted[place]:
            return words.dep[place] == "nsubj" and words.lemma[words.head[place]] in SAYING
        return False


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

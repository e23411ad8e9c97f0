"""What each article adds to a measure of its outlet: the two numbers whose sums make a share or a mean."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from newslab.tables import values_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
# Who is meant across articles, and the name to show.
Person = tuple[str, str]
People = int | Sequence[str]

NEEDED = {
    "articles": ("article_id", "outlet"),
    "actors": ("article_id", "actor", "quotes", "words_spoken", "words_reported"),
    "target_sentiment": ("article_id", "actor", "negative", "positive", "quote_id"),
    "readability": ("article_id", "grade"),
}


@dataclass(frozen=True, slots=True)
class Ratio:
    """One measure, of one person or of nobody in particular: ``above`` and ``below`` have a number for each article.

    An outlet's value is the sum of the numbers above, divided by the sum of those below.
    """

    measure: str
    person: Person | None
    above: Floats
    below: Floats


@dataclass(frozen=True, slots=True)
class Speech:
    """Who says how many words where: the article's number, the speaker's number and the words, an entry for each."""

    article: Ints
    speaker: Ints
    words: Floats
    speakers: int

    def within(self, chosen: Ints, articles: int) -> Speech:
        """The entries of some articles, numbered anew from 0, and of the speakers heard in them."""
        place = np.full(articles, -1)
        place[chosen] = np.arange(len(chosen))
        kept = place[self.article] >= 0
        heard, speaker = np.unique(self.speaker[kept], return_inverse=True)
        return Speech(place[self.article[kept]], speaker, self.words[kept], len(heard))


@dataclass(frozen=True, slots=True)
class Sums:
    """All that the measures of outlets rest on; ``outlets`` has the numbers of each outlet's articles."""

    outlets: dict[str, Ints]
    ratios: list[Ratio]
    speech: Speech
    articles: int


def sum_articles(
    verb: str,
    actors: pd.DataFrame,
    articles: pd.DataFrame,
    target_sentiment: pd.DataFrame | None,
    readability: pd.DataFrame | None,
    people: People,
) -> Sums:
    """The parts of every article that has an outlet in every measure.

    Raises ``ValueError`` where a table lacks a column, naming ``verb``, or where a person asked for is not in it.
    """
    given = {
        "articles": articles, "actors": actors, "target_sentiment": target_sentiment, "readability": readability,
    }  # fmt: skip
    for name, table in given.items():
        if table is not None and (missing := [column for column in NEEDED[name] if column not in table.columns]):
            has = ", ".join(map(str, table.columns)) or "no columns"
            raise ValueError(f"{verb} needs the column {missing[0]!r} of the table {name}; the table given has {has}")
    number: dict[str, int] = {}
    members: dict[str, list[int]] = defaultdict(list)
    for article_id, outlet in values_of(articles, "article_id", "outlet"):
        if outlet is not None and article_id not in number:
            members[outlet].append(number.setdefault(article_id, len(number)))
    persons = _persons(actors)
    said, quoted = _heard(actors, number, persons)
    shown = _shown(said, people, persons)
    ratios = [*_shares("words_share", said, shown, len(number)), *_shares("quotes_share", quoted, shown, len(number))]
    if target_sentiment is not None:
        ratios += _sentiments(target_sentiment, number, persons, shown)
    if readability is not None:
        ratios.append(_grades(readability, number))
    outlets = {name: np.array(members[name], dtype=np.int64) for name in sorted(members)}
    return Sums(outlets, ratios, _speech(said), len(number))


def _persons(actors: pd.DataFrame) -> dict[tuple[str, str], Person]:
    """Whom each actor of each article is, by ``person_id`` where the table has it, else by name."""
    linked = "person_id" in actors.columns
    columns = ("article_id", "actor", *(["person_id"] if linked else []))
    found: dict[tuple[str, str], str] = {}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for article_id, actor, *rest in values_of(actors, *columns):
        key = rest[0] if rest and rest[0] is not None else actor
        found[article_id, actor] = key
        names[key][actor] += 1
    # The fullest of a person's usual names: the most frequent, and of those as frequent the longest.
    shown = {key: max(counts, key=lambda name: (counts[name], len(name), name)) for key, counts in names.items()}
    return {place: (key, shown[key]) for place, key in found.items()}


Held = dict[tuple[Person, int], float]


def _heard(actors: pd.DataFrame, number: dict[str, int], persons: dict[tuple[str, str], Person]) -> tuple[Held, Held]:
    """Words and quotes of each person in each article."""
    said: Held = defaultdict(float)
    quoted: Held = defaultdict(float)
    columns = ("article_id", "actor", "quotes", "words_spoken", "words_reported")
    for article_id, actor, quotes, spoken, reported in values_of(actors, *columns):
        if article_id in number:
            key = persons[article_id, actor], number[article_id]
            if (words := (spoken or 0) + (reported or 0)) > 0:
                said[key] += words
            if quotes:
                quoted[key] += quotes
    return said, quoted


def _shown(said: Held, people: People, persons: dict[tuple[str, str], Person]) -> list[Person]:
    """The people to have rows: those asked for, or those with the most words in all outlets together."""
    if isinstance(people, int):
        total: dict[Person, float] = defaultdict(float)
        for (person, _), words in said.items():
            total[person] += words
        return sorted(total, key=lambda person: (-total[person], person))[: max(people, 0)]
    known = sorted(set(persons.values()))
    chosen = []
    for wanted in [people] if isinstance(people, str) else people:
        fits = [person for person in known if wanted == person[0]] or [p for p in known if wanted == p[1]]
        if len(fits) != 1:
            how = f"{len(fits)} people have that name; ask by person_id" if fits else "no actor has that name or id"
            raise ValueError(f"people has {wanted!r}, and {how}")
        chosen += fits
    return list(dict.fromkeys(chosen))


def _shares(measure: str, held: Held, shown: list[Person], articles: int) -> list[Ratio]:
    below = np.zeros(articles)
    above = {person: np.zeros(articles) for person in shown}
    for (person, article), value in held.items():
        below[article] += value
        if person in above:
            above[person][article] += value
    return [Ratio(measure, person, above[person], below) for person in shown]


def _sentiments(
    table: pd.DataFrame, number: dict[str, int], persons: dict[tuple[str, str], Person], shown: list[Person]
) -> list[Ratio]:
    """Positive minus negative toward each person, outside quotes."""
    above = {person: np.zeros(len(number)) for person in shown}
    below = {person: np.zeros(len(number)) for person in shown}
    columns = ("article_id", "actor", "negative", "positive", "quote_id")
    for article_id, actor, negative, positive, quote in values_of(table, *columns):
        person = persons.get((article_id, actor))
        if person in above and quote is None and article_id in number and positive is not None:
            above[person][number[article_id]] += positive - negative
            below[person][number[article_id]] += 1
    return [Ratio("sentiment_toward", person, above[person], below[person]) for person in shown]


def _grades(table: pd.DataFrame, number: dict[str, int]) -> Ratio:
    above, below = np.zeros(len(number)), np.zeros(len(number))
    for article_id, grade in values_of(table, "article_id", "grade"):
        if article_id in number and grade is not None:
            above[number[article_id]], below[number[article_id]] = grade, 1
    return Ratio("grade", None, above, below)


def _speech(said: Held) -> Speech:
    numbers: dict[Any, int] = {}
    speakers = [numbers.setdefault(person, len(numbers)) for person, _ in said]
    return Speech(
        np.array([article for _, article in said], dtype=np.int64),
        np.array(speakers, dtype=np.int64),
        np.array(list(said.values()), dtype=np.float64),
        len(numbers),
    )

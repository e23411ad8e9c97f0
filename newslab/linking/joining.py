"""Actors of all articles joined into people: equal names first, then close ones, then last names and acronyms alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newslab.linking.blocking import candidate_pairs
from newslab.linking.cast import Cast, Person, Record, made_acronyms, stated_acronyms
from newslab.linking.corrections import Corrections
from newslab.linking.evidence import MARGIN, Evidence, compare_names, weigh
from newslab.linking.names import Key, Likeness, is_acronym, person_name, sound

# One word says less than two: enough alone only where nobody else in all articles can be meant.
ONLY_ONE, ONE_OF_SEVERAL, FIRST_NAME_LESS = 2.3, 1.0, 1.2
# Several articles with one word that nobody's fuller name has: a last name, and an acronym or a body.
ONE_PERSON, ONE_BODY = 2.8, 4.0
MOST_COMPARED = 40
ONE_ARTICLE = Evidence(None, ("both in one article",))
BY_HAND = Evidence(None, ("kept apart by hand",))


@dataclass(frozen=True, slots=True)
class Tie:
    """What a record was joined with or kept apart from, and why."""

    other: int
    evidence: Evidence


class Joiner:
    """People in the making; ``ties`` has for every record but a person's first the one that it was joined with."""

    def __init__(self, cast: Cast, corrections: Corrections) -> None:
        self.cast = cast
        self.corrections = corrections
        self.ties: dict[int, Tie] = {}
        self.rivals: dict[int, list[Tie]] = defaultdict(list)
        self.distinct = _distinct_names(cast.records)
        self.common = _common_lasts(cast.records)
        self.people: dict[int, Person] = {}
        self.owner: dict[int, int] = {}
        self._join()

    def _join(self) -> None:
        groups: dict[tuple[str, Key], list[Person]] = defaultdict(list)
        for person in map(self.cast.person, self.cast.records):
            groups[person.kind, person.records[0].key].append(person)
        short: dict[tuple[str, Key], list[Person]] = {}
        for (kind, key), several in groups.items():
            named = [person for person in several if person.records[0].named]
            self.keep(person for person in several if not person.records[0].named)
            if kind in ("place", "group"):
                self.keep(self._join_all(named))
            elif is_short(kind, key, named):
                short[kind, key] = named
            else:
                self.keep(self._sort_out(named, Likeness(None, "")))
        self._join_close()
        self._join_short(short)

    def _join_all(self, several: list[Person]) -> list[Person]:
        """Places and peoples of one name are one, but for those kept apart by hand."""
        found: list[Person] = []
        for person in several:
            home = next((one for one in found if self._forbidden(one, person) is not BY_HAND), None)
            if home is None:
                found.append(person)
            else:
                self.merge(home, person, Evidence(2.0, ("name equal",)))
        return found

    def _sort_out(self, several: list[Person], like: Likeness) -> list[Person]:
        """People of one name, sorted out by role and company; ``like`` where the name agrees less than it seems to."""
        found: list[Person] = []
        # Whoever has a role is placed first, since others are placed by what is known of those.
        for person in sorted(several, key=lambda one: (not one.roles, -len(one.around), one.records[0].number)):
            near = sorted(found, key=lambda one: -len(one.records))[:MOST_COMPARED]
            weighed = [(self._weigh(one, person, like), one) for one in near]
            home = self._choose(person, weighed)
            if home is None:
                found.append(person)
        return found

    def _weigh(self, one: Person, other: Person, like: Likeness) -> Evidence:
        refused = self._forbidden(one, other)
        if refused:
            return refused
        alike = like if like.weight is not None else compare_names(one, other)
        return weigh(self.cast, one, other, alike, self._common(one))

    def _choose(self, person: Person, weighed: Sequence[tuple[Evidence, Person]]) -> Person | None:
        """Join a person with the one that fits best, if it fits enough and no other fits about as well."""
        ranked = sorted(weighed, key=lambda pair: -_score(pair[0]))
        for evidence, other in ranked[:2]:
            self._note_rival(person, other, evidence)
        if not ranked or not ranked[0][0].enough:
            return None
        best, home = ranked[0]
        if len(ranked) > 1 and ranked[1][0].enough and _score(best) - _score(ranked[1][0]) < MARGIN:
            reason = f"fits {home.name} and {ranked[1][1].name} about as well"
            self._note_rival(person, home, Evidence(0.0, (reason,)))
            return None
        self.merge(home, person, best)
        return home

    def _join_close(self) -> None:
        """Names that are not equal but close: the likeliest pairs first."""
        weighed = []
        near: dict[int, list[tuple[float, int]]] = defaultdict(list)
        full = {n: p for n, p in self.people.items() if p.kind in ("person", "organisation") and p.records[0].named}
        for a, b in candidate_pairs(full):
            evidence = self._weigh(full[a], full[b], Likeness(None, ""))
            if evidence.enough:
                weighed.append((_score(evidence), a, b))
                near[a].append((_score(evidence), b))
                near[b].append((_score(evidence), a))
            elif evidence.score is not None or evidence in (ONE_ARTICLE, BY_HAND):
                self._note_rival(full[a], full[b], evidence)
        for score, a, b in sorted(weighed, key=lambda row: (-row[0], row[1], row[2])):
            one, other = self.people.get(self._home(a)), self.people.get(self._home(b))
            if one is None or other is None or one is other:
                continue
            if self._unclear(near, a, b, score) or self._unclear(near, b, a, score):
                self._note_rival(one, other, Evidence(0.0, ("fits another about as well",)))
                continue
            evidence = self._weigh(one, other, Likeness(None, ""))
            if evidence.enough:
                large, small = (one, other) if len(one.records) >= len(other.records) else (other, one)
                self.drop(small)
                self.merge(large, small, evidence)
            else:
                self._note_rival(one, other, evidence)

    def _unclear(self, near: dict[int, list[tuple[float, int]]], a: int, b: int, score: float) -> bool:
        """Whether a third person, who cannot be the second, fits the first about as well."""
        second = self.people[self._home(b)]
        for other_score, c in near[a]:
            if c != b and other_score > score - MARGIN:
                third = self.people[self._home(c)]
                if third is not second and compare_names(second, third).weight is None:
                    return True
        return False

    def _join_short(self, short: dict[tuple[str, Key], list[Person]]) -> None:
        """A last name or an acronym alone joins the one person that it fits best."""
        index: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, person in self.people.items():
            if person.records[0].named:
                for word in _short_forms(person):
                    index[person.kind, word].append(number)
        for (kind, key), several in short.items():
            fitting = [self.people[number] for number in index.get((kind, key[0]), ())]
            left = []
            like = Likeness(ONLY_ONE if len(fitting) == 1 else ONE_OF_SEVERAL, "name contains")
            for person in sorted(several, key=lambda one: (not one.roles, -len(one.around), one.records[0].number)):
                near = fitting if len(fitting) <= MOST_COMPARED else _with_company(person, fitting)
                weighed = [(self._weigh(one, person, _as_short(like, key[0], one)), one) for one in near]
                if self._choose(person, weighed) is None:
                    left.append(person)
            alone = ONE_OF_SEVERAL if fitting else ONE_PERSON if kind == "person" else ONE_BODY
            self.keep(self._sort_out(left, Likeness(alone, "name equal")))

    def _forbidden(self, one: Person, other: Person) -> Evidence | None:
        """Why two cannot be one, whatever speaks for it."""
        if self.corrections.apart(one.records, other.records):
            return BY_HAND
        if not one.articles.isdisjoint(other.articles):
            return ONE_ARTICLE
        keys = one.records[0].key, other.records[0].key
        return ONE_ARTICLE if keys[0] != keys[1] and frozenset(keys) in self.distinct else None

    def _common(self, person: Person) -> int:
        """How many first names go with a last name in all articles."""
        return self.common.get(person_name(person.records[0].actor).last, 1)

    def merge(self, home: Person, person: Person, evidence: Evidence) -> None:
        """Let one person be another, for a reason."""
        self.ties[person.records[0].number] = Tie(home.records[0].number, evidence)
        home.records += person.records
        home.names.update(person.names)
        home.roles.update(person.roles)
        home.articles |= person.articles
        home.around.update(person.around)
        if home.records[0].number in self.people:
            for record in person.records:
                self.owner[record.number] = home.records[0].number

    def keep(self, people: Iterable[Person]) -> None:
        """Take people as they are."""
        for person in people:
            first = person.records[0].number
            self.people[first] = person
            for record in person.records:
                self.owner[record.number] = first

    def drop(self, person: Person) -> None:
        """Let a person go, whose records another takes."""
        del self.people[person.records[0].number]

    def _home(self, number: int) -> int:
        return self.owner[number]

    def _note_rival(self, one: Person, other: Person, evidence: Evidence) -> None:
        a, b = one.records[0].number, other.records[0].number
        for number, rival in ((a, b), (b, a)):
            ties = self.rivals[number]
            ties.append(Tie(rival, evidence))
            if len(ties) > 2 * MOST_COMPARED:
                self.rivals[number] = sorted(ties, key=lambda tie: -_score(tie.evidence))[:MOST_COMPARED]


def is_short(kind: str, key: Key, several: Sequence[Person]) -> bool:
    """Whether a name is one that stands for a fuller one: a last name alone, an acronym."""
    if kind == "person":
        return len(key) == 1
    return kind == "organisation" and any(is_acronym(person.records[0].actor) for person in several)


def _short_forms(person: Person) -> set[str]:
    if person.kind == "organisation":
        return stated_acronyms(person) | made_acronyms(person)
    if person.kind != "person":
        return set()
    names = [person_name(name).words for name in person.names]
    return {word for words in names if len(words) > 1 for word in (words[0], words[-1], *words[-2:-1])}


def _as_short(like: Likeness, word: str, full: Person) -> Likeness:
    """The same for a last name; less for a first name, since "Anne" may be anybody; an acronym by who says so."""
    if full.kind == "organisation":
        stated = word in stated_acronyms(full)
        only = ONE_BODY if like.weight == ONLY_ONE else ONE_OF_SEVERAL
        return Likeness(only if stated else ONE_OF_SEVERAL, "acronym" if stated else "initials")
    if any(word in person_name(name).words[1:] for name in full.names):
        return like
    return Likeness((like.weight or 0.0) - FIRST_NAME_LESS, "first name alone")


def _with_company(person: Person, fitting: list[Person]) -> list[Person]:
    """Those of many candidates who share most of their company with somebody."""
    shared = [(len(person.around.keys() & other.around.keys()), number) for number, other in enumerate(fitting)]
    return [fitting[number] for count, number in sorted(shared, reverse=True)[:MOST_COMPARED] if count]


def _distinct_names(records: Iterable[Record]) -> set[frozenset[Key]]:
    """Pairs of full names that one article has as two people: they are two in every article."""
    found: set[frozenset[Key]] = set()
    article, seen = -1, defaultdict[str, list[Key]](list)
    for record in sorted(records, key=lambda each: each.article):
        if record.article != article:
            article, seen = record.article, defaultdict(list)
        if record.kind == "person" and len(record.key) > 1 and record.named:
            near = seen[sound(person_name(record.actor).last)]
            found.update(frozenset((record.key, other)) for other in near if other != record.key)
            near.append(record.key)
    return found


def _common_lasts(records: Iterable[Record]) -> dict[str, int]:
    """For each last name how many first names go with it."""
    firsts: dict[str, set[str]] = defaultdict(set)
    for record in records:
        if record.kind == "person" and len(record.key) > 1:
            name = person_name(record.actor)
            firsts[name.last].add(name.given)
    return {last: len(several) for last, several in firsts.items()}


def _score(evidence: Evidence) -> float:
    return -9.0 if evidence.score is None else evidence.score

"""People joined as a person says, with all that was joined with each of them before."""

from __future__ import annotations

from newslab.linking.cast import Person, Record
from newslab.linking.corrections import Numbers
from newslab.linking.evidence import Evidence
from newslab.linking.joining import Joiner

CORRECTED = Evidence(None, ("joined by hand",))


def join_by_hand(joiner: Joiner) -> None:
    """Join two people as a line says, each with all whom it was one with already; nobody else changes.

    Where that would bring together whom another line keeps apart, only those whom the line names move.
    """
    for numbers in joiner.corrections.joined:
        first, *others = sorted(numbers)
        for number in others:
            home, person = (joiner.people[joiner.owner[each]] for each in (first, number))
            if home is person:
                continue
            if joiner.corrections.apart(home.records, person.records):
                moving = _split(joiner, person, numbers)
            else:
                joiner.drop(person)
                moving = [person]
            for each in moving:
                joiner.merge(home, each, CORRECTED)


def _split(joiner: Joiner, person: Person, numbers: Numbers) -> list[Person]:
    """Take the records with some numbers out of a person: they are given back, and the others stay one."""
    joiner.drop(person)
    moving: list[Record] = [record for record in person.records if record.number in numbers]
    first, *rest = (record for record in person.records if record.number not in numbers)
    left = joiner.cast.person(first)
    joiner.ties.pop(first.number, None)
    for record in rest:
        tie = joiner.ties.get(record.number)
        joiner.merge(left, joiner.cast.person(record), tie.evidence if tie else CORRECTED)
    joiner.keep([left])
    return [joiner.cast.person(record) for record in moving]

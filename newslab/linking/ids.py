"""An id for each person that can be read, and that goes to nobody else when articles are added."""

from __future__ import annotations

from collections import Counter
from itertools import count

from newslab.linking.cast import Person, Record
from newslab.linking.joining import Joiner
from newslab.linking.names import is_acronym


def make_ids(joiner: Joiner) -> dict[int, str]:
    """An id for each person, by the number that the joiner knows it under.

    It is the first full name in the order of the articles. Where several have that name, and for whoever has none, the
    first article's id follows: so an id may come to an end when articles are added, but is never somebody else's.
    ``LoadError`` where a person's file gives two people one id, or one person two.
    """
    found = _given(joiner)
    firsts = {number: _first(person) for number, person in sorted(joiner.people.items()) if number not in found}
    names = {number: _slug(record.actor) for number, record in firsts.items()}
    having = Counter([*names.values(), *found.values()])
    alone = {number: name for number, name in names.items() if having[name] == 1 and firsts[number].named}
    found |= alone
    taken = set(found.values())
    for number, name in names.items():
        if number not in alone:
            found[number] = _free(f"{name}-{_slug(firsts[number].article_id)}", taken)
            taken.add(found[number])
    return found


def _given(joiner: Joiner) -> dict[int, str]:
    """The ids that a person has given."""
    found: dict[int, str] = {}
    for decision, numbers in joiner.corrections.ids:
        people = sorted({joiner.owner[number] for number in numbers})
        if len(people) > 1:
            advice = "Fill in article_id, to say which of them, or join them"
            raise decision.error(f"gives one id to {len(people)} people called {decision.actor!r}", advice)
        before = found.setdefault(people[0], decision.other)
        if before != decision.other:
            raise decision.error(f"gives {decision.actor!r} a second id, beside {before!r}", "Take one of them out")
        if any(other == decision.other for number, other in found.items() if number != people[0]):
            raise decision.error(
                f"gives the id {decision.other!r} to a second person", "Join the two, or choose another"
            )
    return found


def _first(person: Person) -> Record:
    """The record that names a person: the first in the order of the articles that has a full name."""
    in_order = sorted(person.records, key=lambda record: record.number)
    return max(in_order, key=lambda one: (one.named, not is_acronym(one.actor), _is_full(one)))


def _is_full(record: Record) -> bool:
    return record.kind == "person" and " " in record.actor


def _slug(text: str) -> str:
    words = "".join(sign if sign.isalnum() else " " for sign in text.lower()).split()
    return "-".join(words) or "nobody"


def _free(wanted: str, taken: set[str]) -> str:
    """What was wanted, with a number where that is taken."""
    return (
        wanted
        if wanted not in taken
        else next(longer for number in count(2) if (longer := f"{wanted}-{number}") not in taken)
    )

"""Whether two roles, as two articles state them, may be one person's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from newslab.actors.lists import role_nouns, same_role, word_set
from newslab.linking.names import plain_words
from newslab.resources import read_rows

LINKS = frozenset({"of", "for", "at", "in", "with", "to", "on", "from"})
EMPTY = frozenset({"the", "a", "an", "s", "and", "his", "her", "their", "its", "this", "that", "former", "ex", "late"})
ANY = "any"
STEM = 5
AGREES, SAME_HEAD, SAME_FIELD, NOTHING, DIFFERS = 3.0, 1.5, 0.5, 0.0, -4.0


@dataclass(frozen=True, slots=True)
class Role:
    """A role in parts: its noun, what it is more closely, and the fields that it belongs to."""

    noun: str
    more: frozenset[str]
    fields: frozenset[str]


@lru_cache(maxsize=65536)
def read_role(text: str) -> Role:
    """A role as an article words it: "former coach of the Wolves" is a coach, of the Wolves, in sport."""
    words = [word for word in plain_words(text) if word not in EMPTY]
    cut = next((place for place, word in enumerate(words) if place and word in LINKS), len(words))
    front, back = words[:cut], [word for word in words[cut:] if word not in LINKS]
    for size in (3, 2, 1):
        noun = " ".join(front[-size:])
        if noun in role_fields() or (size == 1 and noun):
            plain = word_set("plain_adjectives.txt")
            more = frozenset(word for word in (*front[:-size], *back) if word not in plain)
            known = role_fields().get(noun) or role_fields().get(same_role().get(noun, noun))
            fields = known or (frozenset({ANY}) if noun in role_nouns() else frozenset())
            return Role(same_role().get(noun, noun), more, fields)
    return Role("", frozenset(), frozenset())


@cache
def role_fields() -> dict[str, frozenset[str]]:
    """The fields that a noun's role belongs to."""
    return {row["noun"]: frozenset(row["field"].split("; ")) for row in read_rows("role_fields.tsv")}


@lru_cache(maxsize=262144)
def compare_roles(one: str, other: str) -> float:
    """How well two roles agree: from 3, the same office, to -4, callings that one person does not have."""
    a, b = read_role(one), read_role(other)
    if a.noun == b.noun:
        if a.more & b.more or a.more == b.more:
            return AGREES
        return SAME_HEAD if not (a.more and b.more) else NOTHING
    stems = [
        {word[:STEM] for word in (role.noun.split()[-1:] + list(role.more)) if len(word) >= STEM} for role in (a, b)
    ]
    if stems[0] & stems[1]:
        return SAME_HEAD
    if not a.fields or not b.fields or ANY in a.fields | b.fields:
        return NOTHING
    return SAME_FIELD if a.fields & b.fields else DIFFERS

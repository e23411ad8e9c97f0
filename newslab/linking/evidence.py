"""How much speaks for two being one: names, roles and who is around them, as one sum with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log10

from newslab.linking.cast import GREATEST, Cast, Person, many_have
from newslab.linking.names import Likeness, compare_bodies, compare_people, person_name
from newslab.linking.roles import DIFFERS, SAME_FIELD, SAME_HEAD, compare_roles

# Two are one where more than this speaks for it: an equal name alone does, a close one needs a role or company.
ENOUGH = 2.0
MARGIN = 0.75
# Somebody in few articles and somebody in as few have nobody in common: that says something only with so many around.
FEWEST_AROUND = 2
NOBODY_SHARED = -1.0
MOST_ROLES, MOST_NAMES, MOST_SHOWN = 12, 6, 3
MOST_SHARED = 5
# Who stands in one sentence with somebody counts twice as much as who stands elsewhere in the article.
NEAR = 2.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """How much speaks for two being one, and why; ``score`` above 0 is enough, ``None`` where it cannot be."""

    score: float | None
    reasons: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether it is enough to take the two for one."""
        return self.score is not None and self.score > 0


def weigh(cast: Cast, one: Person, other: Person, like: Likeness, common: int = 1) -> Evidence:
    """The sum of what speaks for and against, less what is enough.

    As in Fellegi and Sunter 1969 (Journal of the American Statistical Association 64(328), pages 1183-1210), each
    comparison adds a weight, positive where it agrees and negative where it does not, and agreement on what many have
    in common weighs less: a last name that ``common`` first names go with, an actor that many articles have. The
    weights were set by hand on the labelled pairs, not estimated.
    """
    if like.weight is None:
        return Evidence(None, (like.reason,))
    rarity = min(1.5, 0.75 * log10(max(common, 1))) if one.kind == "person" else 0.0
    role, role_reason = _weigh_roles(one, other)
    company, company_reason = _weigh_company(cast, one, other)
    reasons = tuple(reason for reason in (like.reason, role_reason, company_reason) if reason)
    return Evidence(like.weight - rarity + role + company - ENOUGH, reasons)


def compare_names(one: Person, other: Person) -> Likeness:
    """How the names of two agree: the best of the pairs, and none where one pair speaks against it."""
    if one.kind != "person":
        return _best(compare_bodies(a, b) for a in _names(one) for b in _names(other))
    pairs = [compare_people(person_name(a), person_name(b)) for a in _names(one) for b in _names(other)]
    against = [like for like in pairs if like.weight is None]
    return against[0] if against else _best(pairs)


def _names(person: Person) -> list[str]:
    return [name for name, _ in person.names.most_common(MOST_NAMES)]


def _best(pairs: Iterable[Likeness]) -> Likeness:
    return max(pairs, key=lambda like: -9.0 if like.weight is None else like.weight)


def _weigh_roles(one: Person, other: Person) -> tuple[float, str]:
    pairs = [(compare_roles(a, b), a, b) for a in _roles(one) for b in _roles(other)]
    if not pairs:
        return 0.0, ""
    score, a, b = max(pairs)
    if score >= SAME_HEAD:
        return score, f"role agrees: {a}" if a == b else f"role agrees: {a} / {b}"
    if score <= DIFFERS:
        return score, f"role differs: {a} / {b}"
    return (score, f"role of the same field: {a} / {b}") if score == SAME_FIELD else (score, "")


def _roles(person: Person) -> list[str]:
    return [role for role, _ in person.roles.most_common(MOST_ROLES)]


def _weigh_company(cast: Cast, one: Person, other: Person) -> tuple[float, str]:
    """Who is around both, the rarer the heavier; whoever is seldom around somebody often met counts less."""
    small, large = sorted((one, other), key=lambda person: len(person.around))
    own = {record.context for person in (one, other) for record in person.records[:1]}
    found = []
    doubled = _near(cast, small) | _near(cast, large)
    for context, count in small.around.items():
        if context in large.around and context not in own:
            often = min(1.0, MOST_SHARED * large.around[context] / len(large.articles))
            often *= min(1.0, MOST_SHARED * count / len(small.articles))
            found.append((cast.weights[context] * often * (NEAR if context in doubled else 1.0), context))
    if found:
        found.sort(key=lambda pair: (-pair[0], pair[1]))
        shown = ", ".join(cast.name_of(context) for _, context in found[:MOST_SHOWN])
        return min(GREATEST, sum(weight for weight, _ in found)), f"co-mentioned: {shown}"
    enough = min(len(set(person.around) - own) for person in (one, other)) >= FEWEST_AROUND
    if not enough and not many_have(one):
        return 0.0, ""
    return NOBODY_SHARED, "no co-mentioned actor in common"


def _near(cast: Cast, person: Person) -> set[int]:
    """Who stands in one sentence with somebody, in the first of the articles."""
    return {context for record in person.records[:3] for context in cast.near.get(record.number, ())}

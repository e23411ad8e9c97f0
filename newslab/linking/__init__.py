"""The same person in many articles: who is one, who only shares a name, and why.

The way of an actor: ``cast`` (the records and who is around them), ``names`` and ``roles`` (how two agree),
``blocking`` (which are compared), ``evidence`` (what speaks for and against), ``joining`` (people), ``corrections``
and ``by_hand`` (what a person says of it), ``ids``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from newslab.linking.by_hand import join_by_hand
from newslab.linking.cast import NEEDED, Cast, Person
from newslab.linking.corrections import Decision, Given, follow, read_decisions, sort_decisions
from newslab.linking.ids import make_ids
from newslab.linking.joining import Joiner, Tie
from newslab.tables import LinkRow, make_table

__all__ = ["Decision", "Given", "link_actors", "link_decided", "read_decisions", "sort_decisions"]


def link_actors(
    actors: pd.DataFrame,
    mentions: pd.DataFrame | None = None,
    *,
    corrections: Given | None = None,
) -> pd.DataFrame:
    """Who is the same person in many articles, and who only shares a name: one row an actor of an article.

    Takes ``actors`` of several articles, and ``mentions``, which say who stands in one sentence with whom; columns as
    in ``LinkRow``, rows in the order of ``actors``. ``person_id`` and ``person`` are the same for all rows that are one
    person (or organisation, place, group); ``joined_with`` and ``why`` say what a row was joined with and for which
    reasons, ``apart_from`` and ``why_apart`` who else has a like name and why it is another.

    Two are one where enough speaks for it: the name (equal, contained, one of its first names short or an initial,
    the spelling close, an acronym), the role, and who else is in the articles, the rarer the more (Fellegi and Sunter
    1969; weights set by hand). Callings that do not go together, as goalkeeper and minister, speak against it, and so
    does company that has nobody in common. Two names that one article has as two people are two. A last name or an
    acronym alone joins only where one fits best. Places and peoples go by their name alone. Names are compared only
    with those they share a part with (blocking), so that 100,000 actors take seconds.

    ``person_id`` is the first full name, with an article's id where several people have that name or somebody has none;
    it is of these articles, and in others the same id may be another person. ``corrections`` is a CSV file, or a table,
    with the columns decision (``join``, ``keep apart`` or ``id``), actor, article_id, other, other_article_id; without
    an article_id all of that name are meant, and ``id`` gives the person the id in ``other``.
    :meth:`newslab.Analysis.with_links` counts by it. Raises ``ValueError`` where a column is missing, ``LoadError``
    where a line cannot be followed.
    """
    return link_decided(actors, mentions, read_decisions(corrections))


def link_decided(
    actors: pd.DataFrame, mentions: pd.DataFrame | None, decisions: Sequence[Decision]
) -> pd.DataFrame:  # fmt: skip
    """The same, with corrections that have been read."""
    _check(actors, NEEDED, "actors")
    if mentions is not None:
        _check(mentions, ("article_id", "sentence_id", "actor", "how"), "mentions")
    cast = Cast(actors, mentions)
    joiner = Joiner(cast, follow(decisions, cast.records))
    join_by_hand(joiner)
    return make_table(LinkRow, _rows(cast, joiner))


def _check(table: pd.DataFrame, needed: tuple[str, ...], name: str) -> None:
    missing = [column for column in needed if column not in table.columns]
    if missing:
        has = ", ".join(map(str, table.columns)) or "no columns"
        raise ValueError(f"link_actors needs the column {missing[0]!r} of the table {name}; the table given has {has}")


def _rows(cast: Cast, joiner: Joiner) -> Iterator[LinkRow]:
    ids = make_ids(joiner)
    names = {first: person.name for first, person in joiner.people.items()}
    rivals = {first: _rival(person, joiner) for first, person in joiner.people.items()}
    for record in cast.records:
        first = joiner.owner[record.number]
        tie, rival = joiner.ties.get(record.number), rivals[first]
        yield LinkRow(
            article_id=record.article_id,
            actor=record.actor,
            kind=record.kind,
            person_id=ids[first],
            person=names[first],
            role=record.role,
            joined_with=_place(cast, tie.other) if tie else None,
            why=list(tie.evidence.reasons) if tie else [],
            apart_from=_place(cast, rival.other) if rival else None,
            why_apart=list(rival.evidence.reasons) if rival else [],
            score=tie.evidence.score if tie else None,
        )


def _rival(person: Person, joiner: Joiner) -> Tie | None:
    """The likeliest of those that a person was kept apart from."""
    own = joiner.owner[person.records[0].number]
    ties = [tie for record in person.records for tie in joiner.rivals.get(record.number, ())]
    apart = [tie for tie in ties if joiner.owner[tie.other] != own]
    return max(apart, key=lambda tie: _tells(tie, joiner), default=None)


def _tells(tie: Tie, joiner: Joiner) -> tuple[bool, bool, float]:
    """How much a tie tells: most where it is with the other's first record, of which most is known."""
    score = tie.evidence.score
    return (joiner.owner[tie.other] == tie.other, score is not None, score or 0.0)


def _place(cast: Cast, number: int) -> str:
    record = cast.records[number]
    return f"{record.actor} ({record.article_id})"

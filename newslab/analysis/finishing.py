"""What the tables of several articles are given once they are joined, in memory and from a store alike."""

from __future__ import annotations

import pandas as pd

from newslab.analysis.computing import Tables
from newslab.errors import NewslabError
from newslab.linking import Decision, link_decided, sort_decisions
from newslab.tables import FailureRow

Links = tuple[Decision, ...]
STAGE = "links"
# Linking takes 3 kB and 0.2 ms an actor; of more than so many, a researcher links parts: by year, by topic.
MOST_LINKED = 1_000_000


def finish_tables(tables: Tables, articles: int, links: Links) -> Tables:
    """Tables as an analysis shows them: ``actors`` get ``person_id``, who is the same person in many articles.

    In one article alone, and where the actors are more than a million, it stays ``<NA>``. ``links`` is what a person
    says of it; ``LoadError`` where that cannot be followed, ``NewslabError`` where nobody can be linked at all.
    """
    if "actors" not in tables:
        return tables
    actors = tables["actors"]
    if links and articles < 2:
        advice = "Correct who is who in it with a worksheet"
        raise NewslabError(f"links say who is one person in several articles, and here is one article. {advice}.")
    if links and len(actors) > MOST_LINKED:
        raise NewslabError(f"{len(actors):,} actors are too many to link. Choose a year or a topic with only([...]).")
    if articles < 2 or not (links or 0 < len(actors) <= MOST_LINKED):
        return tables
    found = link_decided(actors, tables["mentions"], links)["person_id"]
    return tables | {"actors": actors.assign(person_id=found.set_axis(actors.index))}


def sort_links(links: Links, actors: pd.DataFrame) -> tuple[Links, list[FailureRow]]:
    """What a person says of those who are in a table, and a row of ``failures`` for each line about others."""
    kept, left = sort_decisions(links, actors)
    return kept, [FailureRow(None, decision.source, STAGE, reason) for decision, reason in left]


def links_within(links: Links, tables: Tables) -> Links:
    """What a person says of those who are in the tables of some of the articles; of one article, nothing."""
    if not links or tables["actors"]["article_id"].nunique() < 2:
        return ()
    return sort_links(links, tables["actors"])[0]

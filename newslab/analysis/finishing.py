"""What the tables of several articles are given once they are joined, in memory and from a store alike."""

from __future__ import annotations

import pandas as pd

# Linking takes 3 kB and 0.2 ms an actor; of more than so many, a researcher links parts: by year, by topic.
MOST_LINKED = 1_000_000


def finish_table(name: str, table: pd.DataFrame, *, several: bool) -> pd.DataFrame:
    """The table as an analysis shows it: here a table of many articles gets what only many articles can tell.

    ``actors`` gets ``person_id``, who is the same person in many articles; in one article alone, and where the actors
    are more than a million, it stays ``<NA>``.
    """
    if name != "actors" or not several or not 0 < len(table) <= MOST_LINKED:
        return table
    from newslab.linking import link_actors

    return table.assign(person_id=link_actors(table)["person_id"].set_axis(table.index))

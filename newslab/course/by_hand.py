"""What a person found in a lesson's story, and where the program says something else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

QUOTES = ("actor", "kind", "text", "start", "end")
ACTORS = ("actor", "kind", "role")
COMPARED_ACTORS = ("actor", "found by", "kind, by hand", "kind, program", "role, by hand", "role, program")
COMPARED = ("actor, by hand", "words, by hand", "actor, program", "words, program")


def quotes_by_hand(source: str | Path) -> pd.DataFrame:
    """The quotes that a person found in a story, to set beside the program's: ``actor``, ``kind``, ``text`` and place.

    They are read from the file beside the story that ends in ``.gold.json``. Empty where there is none, as for a story
    of one's own. ``start`` and ``end`` count the story's characters from 0.
    """
    return _read(source, "quotes", QUOTES)


def actors_by_hand(source: str | Path) -> pd.DataFrame:
    """The actors that a person found in a story: ``actor``, ``kind`` and ``role``; empty where there is no list."""
    return _read(source, "actors", ACTORS)


def compare_quotes(by_hand: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The quotes found by hand that the program missed, gave to another, or began or ended elsewhere, one row each.

    ``by_hand`` is what ``quotes_by_hand`` gives, ``found`` what ``find_quotes`` gives for the same story. Beside a
    person's actor and words stand those of all the program's quotes that share a character with them.
    """
    differ = []
    for row in by_hand.to_dict("records"):
        same = found[(found["start"] < row["end"]) & (found["end"] > row["start"])]
        if row["actor"] not in set(same["actor"].dropna()) or row["text"] not in set(same["text"]):
            differ.append((row["actor"], row["text"], "; ".join(same["actor"].fillna("?")), " / ".join(same["text"])))
    return pd.DataFrame(differ, columns=list(COMPARED))


def compare_actors(by_hand: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The actors that only a person or only the program found, or to whom the two give another kind or role.

    ``by_hand`` is what ``actors_by_hand`` gives, ``found`` is ``actors`` of the same story's analysis. One row an
    actor; ``found by`` is *both*, *only by hand* or *only newslab*. Empty where there is no list by hand.
    """
    names = {"kind": "kind, program", "role": "role, program"}
    by_program = found[list(ACTORS)].rename(columns=names).astype(object)
    both = by_hand.rename(columns={"kind": "kind, by hand", "role": "role, by hand"}).astype(object)
    both = both.merge(by_program, on="actor", how="outer", indicator="found by")
    who = {"both": "both", "left_only": "only by hand", "right_only": "only newslab"}
    both["found by"] = both["found by"].astype(str).map(who)
    both = both[list(COMPARED_ACTORS)].fillna("")
    same = (both["kind, by hand"] == both["kind, program"]) & (both["role, by hand"] == both["role, program"])
    return both[~same & bool(len(by_hand))].reset_index(drop=True)


def _read(source: str | Path, what: str, columns: Sequence[str]) -> pd.DataFrame:
    beside = Path(source).with_suffix(".gold.json")
    rows = json.loads(beside.read_text(encoding="utf-8"))[what] if beside.exists() else []
    return pd.DataFrame(rows, columns=list(columns))

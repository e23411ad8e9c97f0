"""What a person found in a lesson's story, and where the program says something else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

QUOTES = ("actor", "kind", "text", "start", "end")
ACTORS = ("actor", "kind", "role")
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


def _read(source: str | Path, what: str, columns: Sequence[str]) -> pd.DataFrame:
    beside = Path(source).with_suffix(".gold.json")
    rows = json.loads(beside.read_text(encoding="utf-8"))[what] if beside.exists() else []
    return pd.DataFrame(rows, columns=list(columns))

"""How right links are on the labelled pairs: for the test that holds a floor, and for the tool that prints figures."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

GOLD = Path(__file__).parent.parent / "data" / "gold" / "linking.json"


def b_cubed(labelled: Sequence[Any], found: Sequence[Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 of groups, averaged over their items (Bagga and Baldwin 1998, COLING-ACL, 79-85)."""
    gold, own = defaultdict(set), defaultdict(set)
    for place, (one, other) in enumerate(zip(labelled, found, strict=True)):
        gold[one].add(place)
        own[other].add(place)
    shared = [(len(gold[a] & own[b]), len(own[b]), len(gold[a])) for a, b in zip(labelled, found, strict=True)]
    precision = sum(both / mine for both, mine, _ in shared) / len(shared)
    recall = sum(both / right for both, _, right in shared) / len(shared)
    return precision, recall, 2 * precision * recall / (precision + recall)


def read_cases(which: str) -> tuple[pd.DataFrame, list[dict[str, Any]]]:
    """The actors of a set of labelled pairs as one table with who each is, and the pairs, by rows of the table."""
    rows, pairs = [], []
    for case in json.loads(GOLD.read_text(encoding="utf-8"))["sets"][which]:
        places = {}
        for article, actors in case["articles"].items():
            for actor in actors:
                places[f"{article}/{actor['who']}"] = len(rows)
                who = f"{case['case']}/{actor['who']}"
                rows.append({**actor, "article_id": f"{case['case']} {article}", "who": who})
        pairs += [{**pair, "rows": (places[pair["one"]], places[pair["other"]])} for pair in case["pairs"]]
    return pd.DataFrame(rows), pairs

"""Print the figures of quotes on the labelled news of the bench folder, by set, scope and kind.

Usage: python tools/bench_quotes.py [ggt] [polnear]   (both where none is named; NEWSLAB_BENCH names the folder)
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Literal

import pandas as pd

import newslab as nl

BENCH = Path(os.environ.get("NEWSLAB_BENCH") or Path(__file__).parents[2] / "shared" / "bench") / "quotes"
Labelled = tuple[list[nl.Article], pd.DataFrame]
Scope = Literal["speech", "attribution"]
SETS: dict[str, tuple[Scope, bool, list[set[str] | None], list[str]]] = {
    "ggt": ("speech", False, [None, {"direct"}], ["ov50", "e2e", "e2e_name", "e2e_full"]),
    "polnear": ("attribution", True, [None, {"direct", "mixed"}], ["ov50", "token", "e2e", "attok"]),
}


def find_all(articles: list[nl.Article], scope: Scope, join: bool) -> tuple[pd.DataFrame, int]:
    """The quotes of all articles, and on how many of them finding failed."""
    tables, failed = [], 0
    for article in articles:
        try:
            tables.append(nl.find_quotes(article, scope=scope, join=join))
        except Exception as error:  # the number of failures is one of the figures
            failed += 1
            print(f"failed on {article.article_id}: {error!r}")
    return pd.concat(tables, ignore_index=True), failed


def report(title: str, labelled: Labelled, found: pd.DataFrame, name: str) -> None:
    _, _, kinds, measures = SETS[name]
    for kind in kinds:
        scores = nl.evaluate_quotes(*labelled, found, kinds=kind).set_index("measure")
        figures = "  ".join(f"{measure} {100 * scores.loc[measure, 'f1']:5.1f}" for measure in measures)
        print(f"{title:22} {' and '.join(sorted(kind)) if kind else 'all':16} {figures}", flush=True)


def main(names: list[str]) -> None:
    for name in names or list(SETS):
        scope, join, _, _ = SETS[name]
        print(f"== {name}, scope={scope!r}, join={join}; F1, percent")
        whole: list[tuple[Labelled, pd.DataFrame]] = []
        for split in ("train", "dev"):
            labelled = nl.read_annotations(BENCH / f"{name}.{split}.jsonl")
            found, failed = find_all(labelled[0], scope, join)
            report(f"{name} {split}", labelled, found, name)
            print(f"{name} {split}: {len(labelled[0])} articles, failed on {failed}")
            whole.append((labelled, found))
        articles = [article for labelled, _ in whole for article in labelled[0]]
        gold = pd.concat([labelled[1] for labelled, _ in whole], ignore_index=True)
        report(f"{name} train and dev", (articles, gold), pd.concat([found for _, found in whole]), name)


if __name__ == "__main__":
    main(sys.argv[1:])

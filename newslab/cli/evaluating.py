"""The ``evaluate`` command: how well newslab does on labelled articles of your own."""

from __future__ import annotations

import argparse
from typing import Any

from newslab.errors import NewslabError

KINDS = ("direct", "mixed", "indirect")
MEASURES = ("exact", "ov80", "ov50", "token", "e2e", "attok", "e2e_name", "e2e_full")


def add_evaluate(commands: Any) -> None:
    """Add the command to the parser's commands."""
    evaluate = commands.add_parser("evaluate", help="how well quotes are found in labelled articles", description=(
        "Find the quotes of labelled articles and score them: precision, recall and F1 in percent. The file has one "
        "article a line, as docs/evaluation.md describes."
    ))  # fmt: skip
    evaluate.add_argument("what", choices=("quotes",), help="what to evaluate")
    evaluate.add_argument("gold", metavar="GOLD", help="the labelled articles, JSON lines")
    evaluate.add_argument("--scope", choices=("speech", "attribution"), default="speech", help="default: speech")
    evaluate.add_argument("--join", action="store_true", help="pieces of one quote are one row")
    evaluate.add_argument("--kinds", metavar="LIST", help="only these, apart by commas: direct,mixed,indirect")


def run_evaluate(options: argparse.Namespace) -> str:
    """The figures as lines of text, a row a measure."""
    import newslab  # here, since the parser is made before anything heavy is imported

    kinds = options.kinds.split(",") if options.kinds else None
    for kind in kinds or ():
        if kind not in KINDS:
            raise NewslabError(f"--kinds: {kind!r} is none of {', '.join(KINDS)}. Name some of these, apart by commas.")
    articles, gold = newslab.read_annotations(options.gold)
    tables = [newslab.find_quotes(article, scope=options.scope, join=options.join) for article in articles]
    if not tables:
        raise NewslabError(f"{options.gold}: it holds no article. Check that the right file was given.")
    import pandas as pd

    scores = newslab.evaluate_quotes(articles, gold, pd.concat(tables), kinds=kinds).set_index("measure")
    lines = [f"{len(articles)} articles, {scores['labelled'].iloc[0]} quotes labelled, {scores['found'].iloc[0]} found"]
    lines.append(f"{'measure':10}{'precision':>10}{'recall':>8}{'F1':>8}  what has to agree")
    for measure in MEASURES:
        row = scores.loc[measure]
        figures = f"{100 * row['precision']:>10.1f}{100 * row['recall']:>8.1f}{100 * row['f1']:>8.1f}"
        lines.append(f"{measure:10}{figures}  {row['what']}")
    return "\n".join([*lines, *_unlabelled(scores.loc["ov50"])]) + "\n"


def _unlabelled(row: Any) -> list[str]:
    """That precision takes every quote for labelled that is one, where some found ones have no label."""
    found = int(row["found"])
    number = found - round(float(row["precision"]) * found) if found else 0
    have = "found quote has" if number == 1 else "found quotes have"
    told = "precision counts it as wrong" if number == 1 else "precision counts them as wrong"
    return [f"{number:,} {have} no label: {told}. Every quote of an article has to be labelled."] if number else []

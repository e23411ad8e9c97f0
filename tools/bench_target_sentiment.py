"""Print the figures of newslab's target sentiment, each with the number of targets that it rests on.

usage: python tools/bench_target_sentiment.py [--no-cv] [--no-swaps]

Reads the labelled text in the folder that ``NEWSLAB_BENCH`` names (else ../shared/bench). Cross-validation trains the
model anew (see tools/train_target_sentiment.py for what it needs); the dev files are scored with the weights that come
with newslab. Intervals are bootstrap, 95%, articles drawn with replacement.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
from target_sentiment_measures import calibration_error, macro_f1
from train_target_sentiment import (
    TRAIN,
    cross_validate,
    find_names,
    fit_temperature,
    group_by_article,
    read_labels,
    read_rows,
)

from newslab.target_sentiment import score_target_sentiment
from newslab.target_sentiment.masking import trim_name
from newslab.target_sentiment.model import LABELS, probabilities

MT, RW = "newsmtsc_exp_mt_dev.jsonl", "newsmtsc_exp_rw_dev.jsonl"
DRAWS = 1_000
SENTENCES, SWAPS = 500, 4
NAMES_FILE = Path(__file__).parent.parent / "tests" / "names_of_many_origins.txt"
NAMES = NAMES_FILE.read_text(encoding="utf-8").splitlines()
OTHER_GENDER = {
    "he": "she", "she": "he", "him": "her", "his": "her", "her": "his", "hers": "his", "himself": "herself",
    "herself": "himself",
}  # fmt: skip
PRONOUN = re.compile(r"\b(?:" + "|".join(OTHER_GENDER) + r")\b", re.IGNORECASE)


def show(name: str, rows: list[dict[str, Any]], shares: Any) -> None:
    """One line: macro-F1 with its interval, F1 by label, accuracy, calibration error."""
    labels, predicted = read_labels(rows), shares.argmax(1)
    groups = np.array(group_by_article(rows))
    members = [np.flatnonzero(groups == group) for group in range(groups.max() + 1)]
    random = np.random.RandomState(0)
    draws = [np.concatenate([members[i] for i in random.randint(0, len(members), len(members))]) for _ in range(DRAWS)]
    low, high = np.percentile([macro_f1(labels[draw], predicted[draw]) for draw in draws], [2.5, 97.5])
    print(
        f"{name:22} targets {len(rows):5}  macro-F1 {macro_f1(labels, predicted):.1f} ({low:.1f} to {high:.1f})  "
        f"accuracy {100 * (labels == predicted).mean():.1f}  calibration error {calibration_error(shares, labels):.3f}"
    )


def score_rows(rows: list[dict[str, Any]]) -> Any:
    """Probabilities as a user gets them: the target given, other names found."""
    shares = []
    for row in rows:
        table = score_target_sentiment(row["text"], targets=[(row["target"]["start"], row["target"]["end"])])
        shares.append(table[list(LABELS)].to_numpy(dtype=float)[0])
    return np.array(shares)


def replace(text: str, span: tuple[int, int], name: str) -> tuple[str, tuple[int, int]]:
    """The text with another name at ``span``, and that name's place."""
    return text[: span[0]] + name + text[span[1] :], (span[0], span[0] + len(name))


def other_gender(text: str) -> str:
    """He for she and she for he."""

    def exchange(match: re.Match[str]) -> str:
        word = OTHER_GENDER[match.group().lower()]
        return word.capitalize() if match.group()[0].isupper() else word

    return PRONOUN.sub(exchange, text)


def label_of(text: str, target: tuple[int, int]) -> str:
    """The label of one target, other names found."""
    return str(score_target_sentiment(text, targets=[target])["label"].iloc[0])


def show_swaps(rows: list[dict[str, Any]]) -> None:
    """How many labels stay when the target gets another name, and names are found again."""
    kept = total = 0
    for number, row in enumerate(rows):
        span = trim_name(row["text"], (row["target"]["start"], row["target"]["end"]))
        before = label_of(row["text"], span)
        for turn in range(SWAPS):
            name = NAMES[(number * SWAPS + turn) % len(NAMES)]
            kept += label_of(*replace(row["text"], span, name)) == before
            total += 1
    print(f"name swapped, names found again: {100 * kept / total:.2f}% of {total} labels stay")


def show_genders(rows: list[dict[str, Any]]) -> None:
    """How many labels stay when he and she are exchanged in the whole text."""
    kept = total = 0
    for row in rows:
        start, end = row["target"]["start"], row["target"]["end"]
        if PRONOUN.search(row["text"]):
            pieces = (row["text"][:start], row["text"][start:end], row["text"][end:])
            before, inside, after = map(other_gender, pieces)
            target = (len(before), len(before) + len(inside))
            kept += label_of(before + inside + after, target) == label_of(row["text"], (start, end))
            total += 1
    print(f"he and she exchanged:            {100 * kept / total:.2f}% of {total} labels stay")


def main(arguments: list[str]) -> None:
    """Print every figure; cross-validation and swaps may be left out, they take minutes."""
    train = read_rows(TRAIN)
    if "--no-cv" not in arguments:
        scores = cross_validate(train, find_names(train))
        show("cross-validation", train, probabilities(scores / fit_temperature(scores, read_labels(train))))
    dev = {name: read_rows(name) for name in (RW, MT)}
    shares = {name: score_rows(rows) for name, rows in dev.items()}
    for name, rows in dev.items():
        show(name.removesuffix(".jsonl").removeprefix("newsmtsc_exp_"), rows, shares[name])
    show("dev, pooled", [*dev[RW], *dev[MT]], np.concatenate([shares[RW], shares[MT]]))
    if "--no-swaps" not in arguments:
        capital = [row for row in train if row["target"]["text"][0].isupper()]
        named = [row for row in capital if not PRONOUN.fullmatch(row["target"]["text"])]
        picked = named[:: len(named) // SENTENCES][:SENTENCES]
        show_swaps(picked)
        show_genders([row for row in train if PRONOUN.search(row["text"])][::8])


if __name__ == "__main__":
    main(sys.argv[1:])

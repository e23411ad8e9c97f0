"""How well sentences are found: mean error in their number on news prose, the hard passages, and the speed.

    python tools/bench_sentences.py [--show]

The labelled texts are read from the folder that NEWSLAB_BENCH names, else ``../shared/bench`` beside the project; the
measures whose texts are missing are left out. ``--show`` prints each text whose number is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from newslab.article import Article
from newslab.language import parse_many
from newslab.text import sentences

ROOT = Path(__file__).parent.parent
BENCH = Path(os.environ.get("NEWSLAB_BENCH", ROOT.parent / "shared" / "bench"))
GOLD = ROOT / "data/gold/sentences.json"
STORIES = 60


def read_lines(path: Path) -> list[dict[str, object]]:
    """The objects of a JSON lines file; none where there is no such file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.is_file() else []


def count_error(text: str, number: int) -> float:
    """How far the number of sentences found is off, as a share of the right number."""
    return abs(len(sentences(text)) - number) / number


def print_speed(stories: list[Article]) -> None:
    """Words a second, and the share of the parse's time, which holds the splitting of sentences too."""
    list(parse_many(stories[:1]))
    began = time.perf_counter()
    for story in stories:
        sentences(story.text)
    split = time.perf_counter() - began
    began = time.perf_counter()
    list(parse_many(stories))
    parsed = time.perf_counter() - began
    rate = sum(len(story.text.split()) for story in stories) / split
    print(f"speed on {len(stories)} stories: {rate:,.0f} words a second, {split / parsed:.2%} of the parse's time")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", action="store_true", help="print the sentences of each text whose number is wrong")
    show = parser.parse_args().show
    for name in ("wsj.dev.jsonl", "abbreviations.jsonl"):
        labelled = [(str(row["text"]), int(str(row["sentences"]))) for row in read_lines(BENCH / "sentences" / name)]
        if not labelled:
            continue
        errors = [count_error(text, number) for text, number in labelled]
        found, right = sum(len(sentences(text)) for text, _ in labelled), sum(number for _, number in labelled)
        print(f"{name}: mean error {sum(errors) / len(errors):.2%}, {errors.count(0)} of {len(errors)} texts exact,")
        print(f"    {found} sentences found, {right} labelled")
        for text, number in labelled:
            if show and len(sentences(text)) != number:
                print(f"\n=== {len(sentences(text))} found, {number} labelled")
                print("\n".join(f"  | {text[start:end]}" for start, end in sentences(text)))
    passages = json.loads(GOLD.read_text(encoding="utf-8"))["passages"]
    exact = sum([row["text"][a:b] for a, b in sentences(row["text"])] == row["sentences"] for row in passages)
    print(f"{GOLD.name}: {exact} of {len(passages)} passages with every boundary right")
    stories = [Article(str(row["text"])) for row in read_lines(BENCH / "corpus" / "bbc.jsonl")[:STORIES]]
    if stories:
        print_speed(stories)


if __name__ == "__main__":
    main()

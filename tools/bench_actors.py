"""How often the actors' room names a labelled speaker rightly, by what the speaker is called in the text.

Usage: python tools/bench_actors.py   (NEWSLAB_BENCH names the folder of labelled news; else ../shared/bench)

Each labelled mention beside a cue is given as it stands; who spoke before is known only as the room resolved it.
"right": the name agrees, a last name will do; "whole": the whole name is the labelled one.
Then the names labelled by hand: (a) in invented passages, (b) the people of ten articles of the folder.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import defaultdict
from pathlib import Path

from newslab.actors import resolve
from newslab.article import Article
from newslab.evaluation.names import same_full_name, same_speaker
from newslab.language import parse

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from actor_figures import measure as measure_names
from actor_figures import printed, read_articles, read_passages

BENCH = Path(os.environ.get("NEWSLAB_BENCH") or Path(__file__).parents[2] / "shared" / "bench") / "quotes"
PRONOUNS = {"he": "he or she", "she": "he or she", "her": "he or she", "it": "they or it", "they": "they or it"}


def kind_of(mention: str) -> str:
    """Whether a mention is a pronoun, a name or a description."""
    if mention.lower() in PRONOUNS:
        return PRONOUNS[mention.lower()]
    described = mention[0].islower() or mention.split()[0] in {"The", "A", "An", "One", "Some", "His", "Her", "Its"}
    capitals = any(word[0].isupper() for word in mention.split()[1:]) or len(mention.split()) == 1
    return "name" if capitals and not described else "description"


def measure(split: str) -> tuple[dict[str, list[int]], float, float]:
    """Mentions, right and whole by kind; seconds for parses and for actors."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    parsing = resolving = 0.0
    for line in (BENCH / f"ggt.{split}.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = Article(record["text"])
        start = time.process_time()
        parse(article)
        parsed = time.process_time()
        cast = resolve(article)
        parsing += parsed - start
        resolving += time.process_time() - parsed
        recent: list[int] = []
        for quote in sorted(record["quotes"], key=lambda quote: quote["start"]):
            speaker = quote["speaker"]
            if speaker is None or speaker["start"] is None:
                continue
            a, b = speaker["start"], speaker["end"]
            kind = kind_of(article.text[a:b])
            actor = cast.pronoun(a, recent) if "or" in kind.split() else cast.at(a, b)
            name = cast.name_of(actor) if actor is not None else cast.description(a, b) or ""
            if actor is not None:
                recent = [actor, *(other for other in recent if other != actor)]
            for row in (counts[kind], counts["all"]):
                row[0] += 1
                row[1] += same_speaker(name, speaker["name"])
                row[2] += same_full_name(name, speaker["name"])
    return counts, parsing, resolving


def main() -> None:
    """Print the figures of both splits, and of the names labelled by hand."""
    for split in ("train", "dev"):
        counts, parsing, resolving = measure(split)
        print(f"GGT {split}: actors take {100 * resolving / parsing:.1f}% of the parse's time")
        for kind, (total, right, whole) in sorted(counts.items()):
            print(
                f"  {kind:12} {total:4} mentions   right {100 * right / total:5.1f}   whole {100 * whole / total:5.1f}"
            )
    print("(a) invented passages", printed(measure_names(read_passages())), sep="\n")
    print("(b) people of ten articles", printed(measure_names(read_articles(BENCH))), sep="\n")


if __name__ == "__main__":
    main()

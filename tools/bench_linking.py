"""How long linking actors across articles takes and how much memory, and how right it is on the labelled pairs.

    python tools/bench_linking.py [--sizes 25000 50000 100000] [--pairs]

The actors are generated: invented people with made-up names, a few of them in very many articles, as in news; one in
five rows has a last name alone, one in fifty a misspelling, and one in twenty people shares a name with another.
``--pairs`` prints the labelled pairs that are decided wrongly, of the set that the rules were tuned on.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from newslab.linking import link_actors

sys.path.append(str(Path(__file__).parents[1] / "tests"))
from linking_figures import b_cubed, read_cases

SIZES = (25_000, 50_000, 100_000)
PER_ARTICLE = 10
STARTS = ("b", "br", "d", "dr", "f", "g", "h", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "z")
MIDDLES = ("a", "e", "i", "o", "u", "ai", "or", "en")
ENDS = ("l", "n", "r", "s", "t", "nd", "rk", "sen", "vic", "mann", "ov", "ez", "li", "no", "ra", "ta", "do", "ka")
ROLES = (
    "minister", "finance minister", "member of parliament", "mayor", "goalkeeper", "coach", "singer", "film director",
    "professor", "chief executive", "spokesman", "police officer", "lawyer", "farmer", "teacher", "surgeon", None, None,
)  # fmt: skip


def print_pairs(which: str, show: bool) -> None:
    """The figures of one set of labelled pairs, linked all at once."""
    actors, pairs = read_cases(which)
    links = link_actors(actors)
    precision, recall, f1 = b_cubed(list(actors["who"]), list(links["person_id"]))
    right: Counter[bool] = Counter()
    for pair in pairs:
        one, other = (links.loc[row] for row in pair["rows"])
        good = (one["person_id"] == other["person_id"]) == pair["same"]
        right[pair["trap"] is not None] += good
        if show and not good:
            print("  wrong:", one["article_id"], one["actor"], "/", other["article_id"], other["actor"], pair["trap"])
    traps = sum(pair["trap"] is not None for pair in pairs)
    print(
        f"{which}: B-cubed precision {precision:.1%}, recall {recall:.1%}, F1 {f1:.1%}; "
        f"pairs right {right.total()} of {len(pairs)}, traps {right[True]} of {traps}"
    )


def make_actors(number: int, seed: int = 0) -> tuple[pd.DataFrame, list[int]]:
    """Actors of generated articles, and the number of the person that each row is."""
    random_ = random.Random(seed)
    people = list(_people(random_, number // 4))
    # Groups of people who are in the news together.
    circles = [random_.sample(range(len(people)), 12) for _ in range(len(people) // 4)]
    weights = [1 / (rank + 5) for rank in range(len(circles))]
    rows, who = [], []
    for article in range(number // PER_ARTICLE):
        circle = random_.choices(circles, weights)[0]
        for person in random_.sample(circle, PER_ARTICLE):
            first, last, role = people[person]
            full = f"{first} {last}" if random_.random() > 0.02 else f"{first} {_misspelt(random_, last)}"
            name = last if random_.random() < 0.2 else full
            rows.append((f"a{article}", name, "person", role if random_.random() < 0.7 else None, [name]))
            who.append(person)
    return pd.DataFrame(rows, columns=["article_id", "actor", "kind", "role", "names"]), who


def _people(random_: random.Random, number: int) -> Iterable[tuple[str, str, str | None]]:
    firsts = [_word(random_, 2) for _ in range(2_000)]
    lasts = [_word(random_, 3) for _ in range(max(number // 3, 50))]
    before = [("Ana", "Bel")]
    for _ in range(number):
        first, last = (
            random_.choice(before) if random_.random() < 0.05 else (random_.choice(firsts), random_.choice(lasts))
        )
        before.append((first, last))
        yield first, last, random_.choice(ROLES)


def _word(random_: random.Random, syllables: int) -> str:
    parts = (random_.choice(STARTS) + random_.choice(MIDDLES) for _ in range(syllables - 1))
    return ("".join(parts) + random_.choice(ENDS)).capitalize()


def _misspelt(random_: random.Random, word: str) -> str:
    """A letter doubled, left out, or changed for another."""
    place = random_.randrange(1, len(word))
    return word[:place] + random_.choice((word[place] * 2, "", random_.choice("aeimnort"))) + word[place + 1 :]


def print_size(number: int) -> None:
    """Seconds and memory of linking so many actors; in a process of its own, since memory is that of the process."""
    import resource  # only where there is one: not on Windows

    actors, who = make_actors(number)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    links = link_actors(actors)
    seconds = time.process_time() - began
    more = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    precision, recall, f1 = b_cubed(who, list(links["person_id"]))
    print(
        f"{len(actors):>9,} actors of {len(actors) // PER_ARTICLE:,} articles: {seconds:5.1f} s of one core, "
        f"{seconds / len(actors) * 1e6:4.0f} µs an actor, {more:5.0f} MB more; {links['person_id'].nunique():,} people "
        f"for {len(set(who)):,}, B-cubed {precision:.1%} {recall:.1%} {f1:.1%}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="how many actors to link")
    parser.add_argument("--pairs", action="store_true", help="print the pairs decided wrongly in the tuning set")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print_size(options.one)
        return
    print_pairs("train", options.pairs)
    print_pairs("held_out", False)
    for size in options.sizes:
        subprocess.run([sys.executable, __file__, "--one", str(size)], check=True)


if __name__ == "__main__":
    main()

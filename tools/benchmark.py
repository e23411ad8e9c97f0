"""Print newslab's figures: how right it is on labelled news, how fast it is, and how long the lessons take.

    python tools/benchmark.py PART|all [options of that part]

The parts are quotes, sentences, syllables, actors, target-sentiment, linking, outlets, speed, scale, cluster and
course.

The labelled news is read from the folder that NEWSLAB_BENCH names, else ``../shared/bench`` beside the project. The
outlets and the course need none. What follows the name of a part goes to that part:
``python tools/benchmark.py speed --articles 50``.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parent
BENCH = Path(os.environ.get("NEWSLAB_BENCH") or TOOLS.parent.parent / "shared" / "bench")
PARTS = {
    "quotes": "bench_quotes.py",
    "sentences": "bench_sentences.py",
    "syllables": "bench_syllables.py",
    "actors": "bench_actors.py",
    "target-sentiment": "bench_target_sentiment.py",
    "linking": "bench_linking.py",
    "outlets": "bench_outlets.py",
    "speed": "bench_speed.py",
    "scale": "bench_scale.py",
    "cluster": "bench_cluster.py",
    "course": "bench_course.py",
}
NEEDS_NO_NEWS = ("outlets", "course")


def main(arguments: list[str]) -> int:
    """Run the parts asked for, each in a process of its own, and return 1 where one of them failed."""
    if not arguments or arguments[0] not in (*PARTS, "all"):
        print(__doc__)
        return 2
    names = list(PARTS) if arguments[0] == "all" else [arguments[0]]
    if not BENCH.is_dir() and not set(names) <= set(NEEDS_NO_NEWS):
        print(f"there is no folder {BENCH}: name the one with the labelled news in NEWSLAB_BENCH", file=sys.stderr)
        return 2
    options = [] if arguments[0] == "all" else arguments[1:]
    failed = []
    for name in names:
        print(f"=== {name}", flush=True)
        if subprocess.run([sys.executable, str(TOOLS / PARTS[name]), *options], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"could not be run to the end: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

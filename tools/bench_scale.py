"""How newslab does on many articles: words a second by workers, memory, time and store as the corpus grows, queries.

    python tools/bench_scale.py [--parts workers,whole,growth,queries] [--articles 300] [--rounds 3]
                                [--sizes 500,1000,2000,4000] [--whole 2225]

``workers``: the same articles by one process and by two, and the parse alone by spaCy's own ``nlp.pipe`` with one
process and two, and textacy where it is installed; within a round all run one after the other, each in a new
Python that has seen a few other articles, and a ratio is the median over the rounds. Time is the clock's, from the call
to the last table, the start of the processes included and also given alone, so the machine has to be quiet.
``whole``: the corpus of the bench into a store. ``growth``: the same articles again and again with other people's last
names. ``queries``: SQL on the largest store made.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path
from statistics import median

import psutil
from bench_workers import WORKERS, compare_workers

import newslab as nl
from newslab.language import model_name

BENCH = Path(os.environ.get("NEWSLAB_BENCH") or Path(__file__).parents[2] / "shared" / "bench")
PARTS = ("workers", "whole", "growth", "queries")
PERSON = re.compile(r"\b([A-Z][a-z]+) ([A-Z][a-z]{2,})\b")
FILE = 250
MEGABYTE = 1_000_000
MILLION = 1_000_000
QUERIES = {
    "who is heard most": "select actor, sum(words_spoken) as words from actors group by actor "
    "order by words desc limit 10",
    "quotes by kind": "select kind, count(*) as n from quotes group by kind",
    "sentiment by actor": "select actor, avg(positive - negative) as tone, count(*) as n from target_sentiment "
    "group by actor having n >= 20 order by tone limit 10",
    "quotes joined to articles": "select a.language, count(*) as n, avg(length(q.text)) as length from quotes q "
    "join articles a using (article_id) group by 1",
    "one word in all sentences": "select count(*) as n from sentences where text ilike '%minister%'",
}


class Used:
    """The most memory that this process and the largest of its children had, in bytes."""

    def __init__(self) -> None:
        self.own = self.child = self.together = 0


@contextmanager
def watched() -> Iterator[Used]:
    """Look at the memory ten times a second."""
    used, done, process = Used(), threading.Event(), psutil.Process()

    def look() -> None:
        while not done.wait(0.1):
            own, children = process.memory_info().rss, []
            for child in process.children(recursive=True):
                try:
                    children.append(child.memory_info().rss)
                except psutil.Error:
                    continue
            used.own, used.child = max(used.own, own), max(used.child, *children, 0)
            used.together = max(used.together, own + sum(children))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield used
    finally:
        done.set()
        watcher.join()


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def into_store(articles: list[nl.Article] | nl.Corpus, folder: Path, workers: int) -> nl.Analysis:
    return nl.analyze(articles, store=folder, workers=workers, progress=False)


def rename(text: str, names: list[str], turn: int) -> str:
    """The text with other last names, the same one for the same name throughout."""
    places = {name: number for number, name in enumerate(names)}

    def other(match: re.Match[str]) -> str:
        place = places.get(match[2])
        return match[0] if place is None else f"{match[1]} {names[(place + 37 * turn) % len(names)]}"

    return PERSON.sub(other, text) if turn else text


def repeated(texts: list[str], number: int) -> Iterator[str]:
    names = sorted({match[2] for text in texts for match in PERSON.finditer(text)})
    for place in range(number):
        yield rename(texts[place % len(texts)], names, place // len(texts))


def write_corpus(texts: Iterator[str], folder: Path) -> int:
    """A folder of files of some articles each; the number of words."""
    folder.mkdir()
    words = 0
    for number in count():
        some = list(islice(texts, FILE))
        if not some:
            return words
        words += sum(len(text.split()) for text in some)
        lines = (json.dumps({"text": text}) for text in some)
        (folder / f"{number:05}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return words


def run_corpus(texts: Iterator[str], number: int, folder: Path, workers: int) -> Path:
    """A corpus from files into a store, with what it cost."""
    words = write_corpus(texts, folder / f"corpus{number}")
    store = folder / f"store{number}"
    corpus = nl.Corpus.open(folder / f"corpus{number}", errors="collect")
    before = sum(os.times()[:4])
    with watched() as used:
        took = seconds(lambda: into_store(corpus, store, workers))
    busy = sum(os.times()[:4]) - before
    again = seconds(lambda: into_store(corpus, store, workers))
    found = nl.open_store(store)
    size = sum(path.stat().st_size for path in store.rglob("*.parquet"))
    raw = sum(path.stat().st_size for path in (folder / f"corpus{number}").iterdir())
    hours = busy / 3600 * MILLION / number
    print(
        f"{number:6,} articles {words:10,} words {took:8.1f} s {words / took:7,.0f} words/s; "
        f"processors {busy:.1f} s, {words / busy:,.0f} words a second of one; "
        f"memory {used.own / MEGABYTE:5,.0f} MB here, {used.child / MEGABYTE:5,.0f} MB a worker; "
        f"store {size / MEGABYTE:6.1f} MB of {raw / MEGABYTE:.1f} MB of text; "
        f"a run with nothing new {again:.1f} s; {len(found.article_list):,} kept, {len(found.failures):,} failures; "
        f"{hours:,.0f} core hours for a million",
        flush=True,
    )
    return store


def ask(store: Path) -> None:
    """What questions cost, the opening of the store included and apart."""
    print(f"opening {seconds(lambda: nl.open_store(store)):.2f} s")
    found = nl.open_store(store)
    for name, query in QUERIES.items():
        print(f"{name:30} {median(seconds(lambda query=query: found.sql(query)) for _ in range(3)):6.3f} s")
    print(f"{'all quotes as a DataFrame':30} {seconds(lambda: found.quotes):6.3f} s, {len(found.quotes):,} rows")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--parts", default=",".join(PARTS), help="which, apart by commas")
    parser.add_argument("--articles", type=int, default=300, help="how many articles workers are compared on")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", type=int, default=2_225, help="how many articles of the corpus end to end")
    parser.add_argument("--sizes", default="500,1000,2000,4000", help="of corpora, to see how cost grows")
    parser.add_argument("--workers", type=int, default=WORKERS)
    options = parser.parse_args()
    path = BENCH / "corpus" / "bbc.jsonl"
    if not path.is_file():
        raise SystemExit(f"there is no {path}: name the folder of labelled news in NEWSLAB_BENCH")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    parts, folder = options.parts.split(","), Path(tempfile.mkdtemp(prefix="newslab-scale-"))
    print(f"{model_name()}; {os.cpu_count()} cores; load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "")
    store: Path | None = None
    try:
        if "workers" in parts:
            step = max(len(texts) // options.articles, 1)
            compare_workers(texts[::step][: options.articles], options.rounds)
        if "whole" in parts:
            store = run_corpus(iter(texts[: options.whole]), min(options.whole, len(texts)), folder, options.workers)
        if "growth" in parts:
            (folder / "growth").mkdir()
            for size in map(int, options.sizes.split(",")):
                store = run_corpus(repeated(texts[:500], size), size, folder / "growth", options.workers)
        if "queries" in parts and store is not None:
            ask(store)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

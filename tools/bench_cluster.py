"""What a cluster costs: many articles through Dask's own scheduler and two worker processes on this machine.

    python tools/bench_cluster.py [--articles 300] [--workers 2]

Prints the articles and words, the clock's seconds from the call to the store, the processor seconds of scheduler,
workers and the command's own process while it worked (the start of the processes, which takes the same for any number
of articles, is left out and given beside), memory, and from the processor seconds the core hours for a million
articles. The articles are those of the labelled news that NEWSLAB_BENCH names.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import psutil

import newslab as nl

BENCH = Path(os.environ.get("NEWSLAB_BENCH") or Path(__file__).parents[2] / "shared" / "bench")
ARTICLES, WORKERS = 300, 2
MEGABYTE = MILLION = 1_000_000
PATIENCE = 120
# So many articles are read before, with which each worker loads the language model.
FIRST = 32


class Process:
    """A process of the cluster: what it has used, looked at ten times a second while it lives."""

    def __init__(self, process: psutil.Process) -> None:
        self.process = process
        self.memory = 0

    def look(self) -> None:
        """Note the memory, the most so far."""
        self.memory = max(self.memory, self.process.memory_info().rss)

    def busy(self) -> float:
        """Processor seconds since the process began."""
        used = self.process.cpu_times()
        return float(used.user + used.system)


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[tuple[str, psutil.Popen, list[psutil.Popen]]]:
    """Dask's scheduler and its workers, as its own commands start them, reachable from this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    own = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(folder)]
    scheduler = start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
    started = [start("worker", address, *own) for _ in range(workers)]
    try:
        yield address, scheduler, started
    finally:
        for process in (*started, scheduler):
            process.kill()
            process.wait()


def start(what: str, *words: str) -> psutil.Popen:
    """One process of the cluster."""
    code = f"from distributed.cli.dask_{what} import main; main()"
    return psutil.Popen([sys.executable, "-c", code, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@contextmanager
def watched(processes: list[Process]) -> Iterator[None]:
    """Look at the memory of all while something is done."""
    done = Event()

    def look() -> None:
        while not done.wait(0.1):
            for process in processes:
                process.look()

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def run(texts: list[str], others: list[str], workers: int, folder: Path) -> None:
    """Some articles through a cluster that has read others before, into a store, with what it cost."""
    import distributed

    articles = [nl.Article(text) for text in texts]
    words = sum(len(text.split()) for text in texts)
    with cluster(workers, folder / "own") as (address, scheduler, started):
        with distributed.Client(address, timeout=PATIENCE, set_as_default=False) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(workers, timeout=PATIENCE)
        # Each loads the language model once, however many articles follow.
        first = nl.analyze([nl.Article(text) for text in others], scheduler=address, progress=False)
        assert not first.quotes.empty
        each = {"scheduler": Process(scheduler), "this process": Process(psutil.Process())}
        each |= {f"worker {number}": Process(process) for number, process in enumerate(started, 1)}
        before = {name: process.busy() for name, process in each.items()}
        began = time.perf_counter()
        with watched(list(each.values())):
            found = nl.analyze(articles, scheduler=address, store=folder / "store", progress=False)
        took = time.perf_counter() - began
        busy = {name: process.busy() - before[name] for name, process in each.items()}
    print_run(len(found.article_list), words, took, busy, {name: process.memory for name, process in each.items()})
    print("before that: " + ", ".join(f"{name} {seconds:.1f} s" for name, seconds in before.items()))


def print_run(articles: int, words: int, took: float, busy: dict[str, float], memory: dict[str, int]) -> None:
    """The figures of one run."""
    whole = sum(busy.values())
    print(f"{articles:,} articles, {words:,} words, {took:.1f} s by the clock, {words / took:,.0f} words/s")
    for name, seconds in busy.items():
        print(f"  {name:14} {seconds:8.2f} processor seconds {memory[name] / MEGABYTE:7,.0f} MB")
    hours = whole / 3600 * MILLION / articles
    print(f"  {'together':14} {whole:8.2f} processor seconds, {words / whole:,.0f} words a second of one core")
    print(f"core hours for a million articles of this length: {hours:,.0f}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--articles", type=int, default=ARTICLES, help=f"default: {ARTICLES}")
    parser.add_argument("--workers", type=int, default=WORKERS, help=f"default: {WORKERS}")
    options = parser.parse_args()
    path = BENCH / "corpus" / "bbc.jsonl"
    if not path.is_file():
        raise SystemExit(f"there is no {path}: name the folder of labelled news in NEWSLAB_BENCH")
    texts = list(dict.fromkeys(json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()))
    texts, others = texts[:-FIRST], texts[-FIRST:]
    step = max(len(texts) // options.articles, 1)
    folder = Path(tempfile.mkdtemp(prefix="newslab-cluster-"))
    try:
        run(texts[::step][: options.articles], others, options.workers, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()

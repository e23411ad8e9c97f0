"""Work on many articles, in this process, in several, or on a cluster, in batches that bound the memory."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable
from time import monotonic
from typing import Any, TypeVar

from newslab.workers.batches import Batch, Lost, make_batches
from newslab.workers.limits import CutOff, Limits, run_limited

__all__ = [
    "Batch",
    "CutOff",
    "Limits",
    "Lost",
    "count_workers",
    "make_batches",
    "run_batches",
    "run_limited",
    "show_progress",
]

Result = TypeVar("Result")
# What is done sooner needs no bar.
BAR_AFTER = 1.0
LINE_EVERY = 30.0


class Lines:
    """How many articles are done, as a line of text every half minute and at the end."""

    def __init__(self, total: int | None) -> None:
        self.done, self.of = 0, "" if total is None else f" of {total:,}"
        self.began = self.last = monotonic()

    def update(self, number: int) -> None:
        """Count articles, and say how many there are by now if it is time."""
        self.done += number
        if monotonic() - self.last >= LINE_EVERY:
            self._say()

    def close(self) -> None:
        """Say how many there are in the end."""
        self._say()

    def _say(self) -> None:
        self.last = monotonic()
        articles = "article" if self.done == 1 and not self.of else "articles"
        seconds = f"{self.last - self.began:.0f}"
        print(f"newslab: {self.done:,}{self.of} {articles} after {seconds} s", file=sys.stderr)


def run_batches(
    batches: Iterable[Batch], work: Callable[[Batch], Result], *, workers: int = 1, scheduler: str | None = None
) -> Generator[tuple[Batch, Result | Lost], None, None]:
    """Each batch with what ``work`` makes of it, as they are done: here, in ``workers`` processes, or on a cluster."""
    if scheduler is not None:
        from newslab.workers.cluster import run_cluster

        yield from run_cluster(batches, work, scheduler)
    elif workers > 1:
        from newslab.workers.processes import run_processes

        yield from run_processes(batches, work, workers)
    else:
        yield from ((batch, work(batch)) for batch in batches)


def count_workers(workers: int) -> int:
    """The number of workers, where -1 is one for each core; ``ValueError`` where it is none."""
    if workers == -1:
        return os.cpu_count() or 1
    if workers < 1:
        raise ValueError(f"workers={workers}: give the number of processes, or -1 for one for each core")
    return workers


def show_progress(wanted: bool | None, total: int | None) -> Any:
    """A bar that counts articles, in a terminal and in a notebook; ``wanted`` says yes or no, whatever this is.

    Where it is wanted and nobody looks on, as in a log, it is a line now and then.
    """
    from tqdm import tqdm

    looked_at = sys.stderr.isatty() or "ipykernel" in sys.modules
    if wanted and not looked_at:
        return Lines(total)
    shown = looked_at if wanted is None else wanted
    delay = 0.0 if wanted else BAR_AFTER
    return tqdm(total=total, unit=" articles", disable=not shown, delay=delay, leave=bool(wanted), smoothing=0.1)

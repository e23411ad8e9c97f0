"""Work shared out over processes of this machine, by joblib's loky; a process that dies costs one article at most."""

from __future__ import annotations

import signal
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from joblib.externals.loky import ProcessPoolExecutor

from newslab.errors import LanguageWarning, NewslabError
from newslab.workers.batches import Batch, Lost

Result = TypeVar("Result")
# Batches that wait for a worker, so that none waits for a batch.
AHEAD = 2
# Each worker has one core; the libraries' own threads would only take turns on it.
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1")
# So many single articles at which a fresh process dies, with nothing ever done, are no matter of the articles.
FIRST_DEATHS = 3
DIED = "its process died: it took far too much time or memory, or a library failed"


def run_processes(
    batches: Iterable[Batch], work: Callable[[Batch], Result], workers: int
) -> Iterator[tuple[Batch, Result | Lost]]:
    """Each batch with what ``work`` makes of it, as they are done, in the order in which they are done.

    No more than a few batches are read ahead. A batch in which a process dies is done again in pieces, so that of the
    rest nothing is lost; the article is given as ``Lost``. However this ends, the processes end with it.
    """
    coming = iter(batches)
    pending: dict[Future[Result], Batch] = {}
    executor = _start(workers)
    done_any = False
    try:
        while True:
            while len(pending) < AHEAD * workers and (batch := next(coming, None)):
                pending[executor.submit(work, batch)] = batch
            if not pending:
                return
            finished, _ = wait(pending, return_when=FIRST_COMPLETED)
            broken = []
            for future in finished:
                batch = pending.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    broken.append(batch)
                else:
                    done_any = True
                    yield batch, future.result()
            if broken:
                broken += pending.values()
                pending.clear()
                _end(executor)
                yield from _run_alone(sorted(broken, key=lambda each: each.places), work, done_any)
                executor = _start(workers)
    finally:
        _end(executor)


def _run_alone(
    batches: list[Batch], work: Callable[[Batch], Result], done_any: bool
) -> Iterator[tuple[Batch, Result | Lost]]:
    """The same, one batch after the other in one process; where it dies, the batch in smaller pieces."""
    waiting = [part for batch in reversed(batches) for part in reversed(batch.split())]
    deaths = 0
    executor = _start(1)
    try:
        while waiting:
            batch = waiting.pop()
            try:
                result = executor.submit(work, batch).result()
            except BrokenProcessPool as error:
                _end(executor)
                executor = _start(1)
                if len(batch.articles) > 1:
                    waiting += reversed(batch.split())
                    continue
                deaths += 1
                if not done_any and deaths == FIRST_DEATHS:
                    line = str(error).splitlines()[0]
                    raise NewslabError(f"the worker processes die before anything is done ({line})") from error
                yield batch, Lost(DIED)
            else:
                done_any = True
                yield batch, result
    finally:
        _end(executor)


def _start(workers: int) -> Any:
    return ProcessPoolExecutor(max_workers=workers, initializer=prepare_worker, env=ONE_THREAD, timeout=None)


def _end(executor: Any) -> None:
    executor.shutdown(wait=True, kill_workers=True)


def prepare_worker() -> None:
    """Leave Ctrl-C to the process that the user started, and say once, not a thousand times, what is not English."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore", LanguageWarning)

"""Work shared out over the workers of a Dask cluster that is running already."""

from __future__ import annotations

import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from newslab.errors import LanguageWarning, NewslabError
from newslab.workers.batches import Batch, Lost

Result = TypeVar("Result")
AHEAD = 2
SECONDS_TO_CONNECT = 20
# Dask takes its time once for the line, and once for the greeting.
LONGER = 2
SECONDS_TO_LOOK = 30.0
DIED = "the workers that took it died: it took too much memory, or a library failed"
# The language model is not made for several threads at once, and a Dask worker may have several.
_alone = threading.Lock()


def run_cluster(
    batches: Iterable[Batch], work: Callable[[Batch], Result], scheduler: str
) -> Iterator[tuple[Batch, Result | Lost]]:
    """Each batch with what ``work`` makes of it on a cluster, in the order in which they are done.

    Dask gives the work of a worker that dies to another one. A batch at which several workers died is done again in
    pieces; the article at which they die is given as ``Lost``. ``NewslabError`` where there is no scheduler, or where
    a worker lacks something.
    """
    with _connect(scheduler) as (client, completed, killed), _watched(client, scheduler):
        with client.as_current():
            ready = completed()
        coming = iter(batches)
        again: list[Batch] = []
        pending: dict[str, Batch] = {}
        while True:
            room = AHEAD * max(sum(client.nthreads().values()), 1)
            while len(pending) < room and (batch := again.pop() if again else next(coming, None)):
                future = client.submit(work_alone, work, batch, pure=False, retries=0)
                pending[future.key] = batch
                ready.add(future)
            if not pending:
                return
            future = next(ready)
            batch = pending.pop(future.key)
            error = future.exception()
            if isinstance(error, NewslabError):
                raise NewslabError(f"on a worker of {scheduler}: {error}") from error
            if not isinstance(error, killed):
                yield batch, future.result()
            elif len(batch.articles) > 1:
                again += reversed(batch.split())
            else:
                yield batch, Lost(DIED)
            future.release()


def work_alone(work: Callable[[Batch], Result], batch: Batch) -> Result:
    """One batch at a time in a process, however many threads a worker has."""
    with _alone, warnings.catch_warnings():
        warnings.simplefilter("ignore", LanguageWarning)
        return work(batch)


@contextmanager
def _watched(client: Any, scheduler: str) -> Iterator[None]:
    """Say now and then that there is no worker, for which Dask would wait in silence."""
    ended = threading.Event()

    def look() -> None:
        with suppress(Exception):  # the scheduler is gone, which the work itself will tell
            while not ended.wait(SECONDS_TO_LOOK):
                if not client.nthreads() and not ended.is_set():
                    advice = f"Start one with: dask worker {scheduler}; the log of one that ended at once says why"
                    print(f"newslab: waiting, since the cluster has no worker. {advice}.", file=sys.stderr)

    threading.Thread(target=look, daemon=True).start()
    try:
        yield
    finally:
        ended.set()


def _in_time(make: Callable[[], Any]) -> Any:
    """What ``make`` gives, or ``TimeoutError``: Dask would wait for ever where a server answers nothing."""
    found: Future[Any] = Future()

    def run() -> None:
        try:
            found.set_result(make())
        except Exception as error:
            found.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    return found.result(LONGER * SECONDS_TO_CONNECT)


@contextmanager
def _connect(scheduler: str) -> Iterator[tuple[Any, Any, Any]]:
    try:
        from distributed import Client, as_completed
        from distributed.scheduler import KilledWorker
    except ImportError as error:
        raise NewslabError('a cluster needs Dask. Install it with: python -m pip install "newslab[dask]"') from error
    try:
        client = _in_time(lambda: Client(scheduler, timeout=SECONDS_TO_CONNECT, set_as_default=False))  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        advice = "Start one with: dask scheduler; docs/scale.md says more"
        raise NewslabError(f"{scheduler}: there is no Dask scheduler at this address. {advice}.") from error
    try:
        yield client, as_completed, KilledWorker
    finally:
        client.close()

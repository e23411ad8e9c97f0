"""How long an article may take, and how much memory: what takes more is cut off."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    import psutil

Result = TypeVar("Result")
LOOK_EVERY = 0.1
RAISE_EVERY = 1.0
MEGABYTE = 1_000_000
# A worker that does not obey is ended, some time after it should have.
PATIENCE = 2


class CutOff(BaseException):
    """Work that took too long or too much memory; no ``Exception``, so that no library takes it for its own."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and megabytes that an article may take; ``ends`` where a process that does not obey may be ended."""

    seconds: float = 120
    megabytes: float = 1_500
    ends: bool = False

    def __post_init__(self) -> None:
        """``ValueError`` where nothing could be done within the limits."""
        for name in ("seconds", "megabytes"):
            if not getattr(self, name) > 0:
                raise ValueError(f"article_{name}={getattr(self, name)}: give a number above 0")

    def exceeded(self, began: float, memory: int, process: psutil.Process) -> str:
        """Why the work is to be cut off, or nothing."""
        if time.monotonic() - began > self.seconds:
            return f"it took more than {self.seconds:g} seconds"
        if process.memory_info().rss - memory > self.megabytes * MEGABYTE:
            return f"it took more than {self.megabytes:,g} MB of memory"
        return ""


def run_limited(work: Callable[[], Result], limits: Limits) -> Result:
    """What ``work`` gives; ``CutOff`` with the reason where it takes more than the limits.

    A second thread looks at the clock and the memory and raises the exception in the first, which works on every
    system and in every thread, at the next step of Python. Python drops an exception that arrives while an object is
    being thrown away, so it is raised again until the work has ended. What never comes back to Python is ended with
    its process.
    """
    import psutil

    process, thread = psutil.Process(), threading.get_ident()
    began, memory = time.monotonic(), process.memory_info().rss
    finished, lock = threading.Event(), threading.Lock()
    reasons: list[str] = []

    def watch() -> None:
        while not finished.wait(RAISE_EVERY if reasons else LOOK_EVERY):
            if reason := reasons[0] if reasons else limits.exceeded(began, memory, process):
                with lock:
                    if not finished.is_set():
                        reasons.append(reason)
                        _raise_in(thread, CutOff)

    threading.Thread(target=watch, daemon=True).start()
    try:
        try:
            with _end_late(limits):
                return work()
        finally:
            with lock:
                finished.set()
            _raise_in(thread, None)  # one that is still under way is called back
    except CutOff:
        finished.set()  # the exception may have arrived in the lines above
        raise CutOff(reasons[0]) from None


def _raise_in(thread: int, exception: type[BaseException] | None) -> None:
    """Raise the exception in that thread at its next step; without one, call back the one that has not arrived."""
    given = ctypes.py_object(exception) if exception else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), given)


@contextmanager
def _end_late(limits: Limits) -> Iterator[None]:
    """End the process where an article takes far too long or too much, even in code that does not let Python run."""
    if not limits.ends:
        yield
        return
    with open(os.devnull, "w") as nowhere, _bounded_memory(limits):  # noqa: PTH123 - the handler wants a real file
        faulthandler.dump_traceback_later(PATIENCE * limits.seconds + 1, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


@contextmanager
def _bounded_memory(limits: Limits) -> Iterator[None]:
    """Where the system can (Linux), no memory is given beyond a bound, so that the machine is not brought down."""
    if not sys.platform.startswith("linux"):
        yield
        return
    import resource

    import psutil

    before = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = int(psutil.Process().memory_info().data + PATIENCE * limits.megabytes * MEGABYTE)
    highest = before[1] if before[1] != resource.RLIM_INFINITY else wanted
    resource.setrlimit(resource.RLIMIT_DATA, (min(wanted, highest), before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)

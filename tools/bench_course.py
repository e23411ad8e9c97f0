"""How long each lesson takes, run from top to bottom as `make report` runs it, beside what it may take.

    python tools/bench_course.py [LESSON ...] [--cells 3]

Every lesson runs alone, in a process of its own, on the story that its cell ``SOURCE`` names. Processor seconds take in
those of the lesson's process and of all that it starts; on a busy machine they are the ones to read. The first line is
a notebook that only starts and ends. ``--cells 3`` prints the three dearest cells of each lesson too. Ends with 1
where a lesson, or all of them, took more processor seconds than it may.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from newslab.report.execution import run_notebook
from newslab.report.pages import read_notebook

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
LESSON_SECONDS, COURSE_SECONDS = 20, 120


def processor_seconds() -> float:
    """What this process and its ended children have used so far."""
    return sum(os.times()[:4])


def timed(notebook: NotebookNode, name: str) -> tuple[float, float]:
    """Run a notebook; the seconds it took by the clock and of the processor."""
    wall, processor = time.monotonic(), processor_seconds()
    run_notebook(notebook, name=name, folder=NOTEBOOKS)
    return time.monotonic() - wall, processor_seconds() - processor


def cell_seconds(cell: NotebookNode) -> float:
    """The seconds by the clock between a cell's start and its end, as the notebook notes them."""
    noted = cell.metadata.execution
    begun, ended = (datetime.fromisoformat(noted[key]) for key in ("iopub.execute_input", "iopub.status.idle"))
    return (ended - begun).total_seconds()


def print_dearest(cells: list[NotebookNode], number: int) -> None:
    for cell in sorted(cells, key=cell_seconds, reverse=True)[:number]:
        print(f"{cell_seconds(cell):33.2f}  {cell.source.strip().splitlines()[-1][:70]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", nargs="*", help="their numbers, such as 03; all where none is given")
    parser.add_argument("--cells", type=int, default=0, metavar="N", help="print the N dearest cells of each lesson")
    asked = parser.parse_args()
    paths = [path for path in sorted(NOTEBOOKS.glob("*.ipynb")) if not asked.lessons or path.stem[:2] in asked.lessons]
    if not paths:
        parser.error(f"no lesson in {NOTEBOOKS} begins with {' or '.join(asked.lessons)}")
    print(f"{'lesson':26}{'cells':>7}{'wall s':>9}{'processor s':>13}")
    empty = nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []})  # type: ignore[no-untyped-call]
    bare = timed(empty, "empty")
    print(f"{'(start and end alone)':26}{'':7}{bare[0]:9.1f}{bare[1]:13.1f}", flush=True)
    walls, processors = [], []
    for path in paths:
        notebook = read_notebook(path)
        wall, processor = timed(notebook, path.name)
        print(f"{path.stem:26}{len(notebook.cells):7}{wall:9.1f}{processor:13.1f}", flush=True)
        print_dearest([cell for cell in notebook.cells if cell.cell_type == "code"], asked.cells)
        walls.append(wall)
        processors.append(processor)
    print(f"{'together, one by one':33}{sum(walls):9.1f}{sum(processors):13.1f}")
    print(f"the bars: {LESSON_SECONDS} seconds a lesson, {COURSE_SECONDS} the course, on two cores")
    over = max(processors) > LESSON_SECONDS or sum(processors) > COURSE_SECONDS
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())

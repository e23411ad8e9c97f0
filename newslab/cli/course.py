"""The ``course`` command: the lessons and their data, copied for a class."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path
from typing import Any


def add_course(commands: Any) -> None:
    """Add the command to the parser's commands."""
    course = commands.add_parser("course", help="copy the lessons for a class", description=(
        "Copy the lessons and their data into a folder: students' copies, without the solutions. Files that somebody "
        "has worked in are kept."
    ))  # fmt: skip
    course.add_argument("folder", metavar="FOLDER", help="where to copy to; it is made where it is missing")
    course.add_argument("--solutions", action="store_true", help="the teacher's copies, with the solutions")
    course.add_argument("--story", metavar="FILE", help="a story of your own, in the bundled one's place")
    course.add_argument("--overwrite", action="store_true", help="replace also the files that somebody has worked in")


def run_course(options: argparse.Namespace) -> str:
    """Copy, and say in a few lines what was written, what was kept, and how to begin."""
    from newslab.course import copy_course  # here, since the checks import what takes seconds

    whether = {"solutions": options.solutions, "overwrite": options.overwrite}
    done = copy_course(options.folder, story=options.story, **whether)
    whose = "with the solutions" if options.solutions else "without the solutions"
    lines = [f"Wrote {len(done.written)} files of the course to {done.folder}, {whose}"]
    lines += [f"  {name}" for name in done.written if name.endswith(".ipynb")]
    if done.replaced:
        why = "as --overwrite asks" if options.overwrite else "since nobody had worked in them"
        lines += [f"Replaced, {why}:", *(f"  {name}" for name in done.replaced)]
    if done.removed:
        lines += ["Taken out, since the lessons read your story:", *(f"  {name}" for name in done.removed)]
    if done.unchanged:
        lines.append(f"There already, and the same: {len(done.unchanged)} files")
    if done.kept:
        lines += ["Kept as they are, since somebody has worked in them:", *(f"  {name}" for name in done.kept)]
        lines.append("  To have one anew, give it another name first; --overwrite replaces them all.")
    return "\n".join([*lines, "Begin with:", f"  cd {_quoted(options.folder)}", f"  {_lab()}"]) + "\n"


def _lab() -> str:
    """The line that opens the first lesson with the Python that newslab is installed in."""
    from newslab.course.copies import LAB_ARGUMENTS

    found = shutil.which("jupyter")
    same = found and Path(found).parent == Path(sys.executable).parent
    return f"{'jupyter lab' if same else f'{_quoted(sys.executable)} -m jupyterlab'} {LAB_ARGUMENTS}"


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path

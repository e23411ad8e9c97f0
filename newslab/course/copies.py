"""Copies of the lessons, their data and the pages they link to, for a class, with the solutions or without."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from newslab.errors import NewslabError
from newslab.resources import share_path

# nbgrader's own marks, so that it can take the lessons as they are.
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
CODE_STUB, TEXT_STUB = "# your code here", "*Write your answer here.*"
LEFT_OUT = (".ipynb_checkpoints", "__pycache__")
FOR_TEACHERS = "teaching.md"  # it has the answers
# Without its first word JupyterLab opens notebooks/ alone, and a lesson's links to docs/ are dead in it.
LAB_ARGUMENTS = "--ServerApp.root_dir=. notebooks/00_start_here.ipynb"
READ_ME = f"""# newslab: lessons

Open the first lesson in JupyterLab, in this folder and with the Python in which newslab is installed:

    jupyter lab {LAB_ARGUMENTS}

No network is needed; where JupyterLab asks about news of its own, answer No. The lessons read the stories in `data/`;
`docs/glossary.md` explains the words. To use a story of your own, put its file in `data/` and its name in the cell of a
lesson that begins with `SOURCE`. Your work is kept: `newslab course` does not overwrite it.
"""


@dataclass
class Copied:
    """What was done with each file of the course; the paths are relative to the folder."""

    folder: Path
    written: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)


def copy_course(folder: str | Path, *, solutions: bool = False, overwrite: bool = False) -> Copied:
    """Copy the lessons, their data and the glossary into a folder for a class: without the solutions.

    ``solutions=True`` copies the lessons as they are, and the pages for teachers. A file that is there already and is
    not as it would be written (somebody has worked in it) is kept as it is, and listed in ``kept``; ``overwrite=True``
    replaces it. Raises ``NewslabError`` where the folder cannot be written, or is the one the lessons come from.
    """
    target = Path(folder)
    if any((target / name).exists() and (target / name).samefile(share_path(name)) for name in ("notebooks", "data")):
        raise NewslabError(f"{target} is where the lessons come from. Name a new folder, such as my-class.")
    copied = Copied(target)
    try:
        for name, content in _files(solutions).items():
            _write(copied, name, content, overwrite)
    except OSError as error:
        raise NewslabError(
            f"{target} cannot be written: {error.strerror or error}. Name a folder in a place of your own."
        ) from error
    return copied


def without_solutions(notebook: NotebookNode) -> NotebookNode:
    """A student's copy of a lesson: a place to write where the solutions stand, and none of nbgrader's notes."""
    student = deepcopy(notebook)
    for cell in student.cells:
        cell.source = _without_solution(cell.source, CODE_STUB if cell.cell_type == "code" else TEXT_STUB)
        cell.metadata.pop("nbgrader", None)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return student


def _without_solution(source: str, stub: str) -> str:
    lines: list[str] = []
    inside = False
    for line in source.split("\n"):
        if line.strip() == BEGIN:
            inside = True
            lines.append(line[: line.index(BEGIN)] + stub)
        elif line.strip() == END:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def _files(solutions: bool) -> dict[str, bytes]:
    """The course's files, by their path in the folder."""
    files = {"README.md": READ_ME.encode("utf-8")}
    for path in sorted(share_path("notebooks").glob("*.ipynb")):
        content = path.read_bytes()
        if not solutions:
            notebook = nbformat.reads(content.decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
            text = nbformat.writes(without_solutions(notebook))  # type: ignore[no-untyped-call]
            content = f"{text}\n".encode()
        files[f"notebooks/{path.name}"] = content
    left_out = LEFT_OUT if solutions else (*LEFT_OUT, FOR_TEACHERS)
    for folder in ("data", "docs"):
        for path in sorted(share_path(folder).rglob("*")):
            name = path.relative_to(share_path(folder))
            if path.is_file() and not set(name.parts) & set(left_out):
                files[f"{folder}/{name.as_posix()}"] = path.read_bytes()
    return files


def _write(copied: Copied, name: str, content: bytes, overwrite: bool) -> None:
    path = copied.folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        copied.written.append(name)
    elif path.read_bytes() == content:
        copied.unchanged.append(name)
        return
    elif overwrite:
        copied.replaced.append(name)
    else:
        copied.kept.append(name)
        return
    path.write_bytes(content)

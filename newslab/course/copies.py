"""Copies of the lessons, their data and the pages they link to, for a class, with the solutions or without."""

from __future__ import annotations

import json
import sys
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from newslab.errors import NewslabError
from newslab.loading import load
from newslab.resources import share_path

# nbgrader's own marks, so that it can take the lessons as they are.
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
CODE_STUB, TEXT_STUB = "# your code here", "*Write your answer here.*"
LEFT_OUT = (".ipynb_checkpoints", "__pycache__")
FOR_TEACHERS = "teaching.md"  # it has the answers
# Without its first word JupyterLab opens notebooks/ alone, and a lesson's links to docs/ are dead in it.
LAB_ARGUMENTS = "--ServerApp.root_dir=. notebooks/00_start_here.ipynb"
# Packages on a stick fit one version of Python, most likely the one that makes the copy.
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
READ_ME = f"""# newslab: lessons

## Once on each laptop

1. Install Python {PYTHON} from python.org. If your teacher names another version, take that one, here and below.
2. Put this folder and the folder `wheels`, which your teacher gives you, side by side: on the laptop, not on the stick.
3. Open a terminal in this folder and enter two lines; the second takes some minutes. On Windows:

       py -{PYTHON} -m venv ..\\newslab-env
       ..\\newslab-env\\Scripts\\python -m pip install --no-index --find-links ..\\wheels newslab

   On a Mac or Linux:

       python{PYTHON} -m venv ../newslab-env
       ../newslab-env/bin/python -m pip install --no-index --find-links ../wheels newslab

## Each time

In a terminal in this folder (not in `notebooks/`, or the links in the lessons lead nowhere), on Windows:

    ..\\newslab-env\\Scripts\\python -m jupyterlab

on a Mac or Linux:

    ../newslab-env/bin/python -m jupyterlab

A browser opens. On its left, open `notebooks` and then `00_start_here.ipynb`. The first start takes longest. Asked
about official Jupyter news, click *No*. No network is needed.

The lessons read the stories in `data/`; `docs/glossary.md` explains the words. To use a story of your own, put its file
in `data/` and its name in the cell of a lesson that begins with `SOURCE`. With a file `harbour.txt` the cell is

    SOURCE = "../data/harbour.txt"

Your work is kept: `newslab course` does not overwrite it.
"""
BUNDLED = "article.txt"  # the story that lessons 00 to 06 read, unless a teacher gives another
BUNDLED_FILES = (f"data/{BUNDLED}", "data/article.gold.json")


@dataclass
class Copied:
    """What was done with each file of the course; the paths are relative to the folder."""

    folder: Path
    written: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)


def copy_course(
    folder: str | Path, *, solutions: bool = False, overwrite: bool = False, story: str | Path | None = None
) -> Copied:
    """Copy the lessons, their data and the glossary into a folder for a class: without the solutions.

    ``solutions=True`` copies the lessons as they are, and the pages for teachers. A file that is there already and is
    not as it would be written (somebody has worked in it) is kept as it is, and listed in ``kept``; ``overwrite=True``
    replaces it. ``story``, a file, is copied into ``data/`` and read by lessons 00 to 06 in place of the bundled
    article, which is left out; in a folder made before, the lessons that nobody has worked in change to it, and where
    that is all of them the article is taken out. Raises ``NewslabError`` where the folder cannot be written, or is
    the one the lessons come from, and ``LoadError`` where the story cannot be read.
    """
    target = Path(folder)
    if any((target / name).exists() and (target / name).samefile(share_path(name)) for name in ("notebooks", "data")):
        raise NewslabError(f"{target} is where the lessons come from. Name a new folder, such as my-class.")
    bundled = _files(solutions)
    files = bundled if story is None else _with_story(Path(story), bundled)
    copied = Copied(target)
    try:
        for name, content in files.items():
            place = target / name
            fresh = story is not None and place.is_file() and _differs_in_story_alone(place.read_bytes(), bundled, name)
            _write(copied, name, content, overwrite or fresh)
        if story is not None:
            _take_out_article(copied, bundled)
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


def _with_story(story: Path, bundled: dict[str, bytes]) -> dict[str, bytes]:
    """The course with a story in the bundled one's place: its file in ``data/``, its name in the lessons."""
    if not story.is_file():
        raise NewslabError(f"{story} is no file. Save the story as a file, and give its path.")
    load(story)  # what cannot be read is said now, and not in class
    files = {name: content for name, content in bundled.items() if name not in BUNDLED_FILES}
    if (place := f"data/{story.name}") in files:
        raise NewslabError(f"{story.name} is a file of the course's own. Give the story another name.")
    files[place] = story.read_bytes()
    for name in (name for name in files if name.endswith(".ipynb")):
        notebook = nbformat.reads(files[name].decode("utf-8"), as_version=4)  # type: ignore[no-untyped-call]
        for cell in notebook.cells:
            if "parameters" in cell.metadata.get("tags", []):
                cell.source = cell.source.replace(f'"../data/{BUNDLED}"', json.dumps(f"../{place}", ensure_ascii=False))
        files[name] = f"{nbformat.writes(notebook)}\n".encode()  # type: ignore[no-untyped-call]
    return files


def _differs_in_story_alone(there: bytes, bundled: dict[str, bytes], name: str) -> bool:
    """Whether a lesson in a folder is as the course writes it but for the story: nobody has worked in it."""
    if not name.endswith(".ipynb"):
        return False
    try:
        found, own = (_without_parameters(content) for content in (there, bundled[name]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return False  # no notebook any more
    return found == own


def _without_parameters(content: bytes) -> object:
    """A notebook with nothing in the cell that names its story."""
    notebook = json.loads(content)
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            cell["source"] = ""
    return notebook


def _take_out_article(copied: Copied, bundled: dict[str, bytes]) -> None:
    """Remove the bundled article that an earlier copy left, unless a lesson that is kept may read it."""
    if any(name.endswith(".ipynb") for name in copied.kept):
        return
    for name in BUNDLED_FILES:
        path = copied.folder / name
        if path.is_file() and path.read_bytes() == bundled[name]:
            path.unlink()
            copied.removed.append(name)


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

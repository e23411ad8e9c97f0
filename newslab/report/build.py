"""Reports and pages as files: the packaged notebook run on an analysis, and a folder of notebooks with an index."""

from __future__ import annotations

import os
import pickle
import re
import tempfile
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from newslab.analysis import Analysis
from newslab.errors import ReportError
from newslab.report.cleaning import slug
from newslab.report.execution import SECONDS_A_CELL, run_notebook
from newslab.report.exporter import NewslabExporter
from newslab.report.pieces import full_title, source_name

REPORT_NOTEBOOK = Path(__file__).parent / "report.ipynb"
# What the notebook's first cell does instead of loading and analysing.
HANDED_OVER = """import pickle
from pathlib import Path

from newslab.report import pieces
import newslab as nl

analysis = pickle.loads(Path({path!r}).read_bytes())
article = analysis.article_list[0]"""
SUFFIXES = ("", ".html", ".htm", ".xhtml")
AT_ONCE = 2


def build_report(analysis: Analysis, path: str | os.PathLike[str]) -> Path:
    """Write the report of one article: who says what, about whom, and how, as one HTML page that opens offline.

    ``analysis`` comes from :func:`newslab.analyze` and holds one article. ``path`` is the file to write, or a folder
    that exists, in which the file is named after the headline. Returns the path of the file. The page is made by the
    notebook ``newslab/report/report.ipynb``, which a newsroom may copy and change. Raises ``ReportError`` where the
    file cannot be written or ``analysis`` holds no article, or several.
    """
    if len(analysis.article_list) != 1:
        found = f"the analysis holds {len(analysis.article_list)} articles and a report shows one"
        raise ReportError(f"{path}: {found}. Make a report of each: nl.analyze(article).")
    article = analysis.article_list[0]
    target = _target(Path(path), full_title(article))
    notebook = _read(REPORT_NOTEBOOK)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    # The page tells the name of the source and not where on this machine it lies.
    source = source_name(article) or "story.txt"
    shown = cell.source.replace('SOURCE = "story.txt"', f"SOURCE = {source!r}")
    with tempfile.TemporaryDirectory(prefix="newslab-", ignore_cleanup_errors=True) as private:
        handed = Path(private) / "analysis.pickle"
        handed.write_bytes(pickle.dumps(analysis))
        cell.source = HANDED_OVER.format(path=str(handed))
        run_notebook(notebook, name=target.name, folder=Path(private))
    cell.source, cell.outputs = shown, []
    notebook.metadata["title"] = f"{full_title(article)} – newslab report"
    _write(target, _export(notebook))
    return target


def build_pages(
    notebooks: str | os.PathLike[str], out: str | os.PathLike[str], *, seconds: int = SECONDS_A_CELL
) -> list[Path]:
    """Run every notebook of a folder and write a page of each, and an index; the index's path comes first.

    Notebooks run two at a time, each in the folder ``notebooks``, with ``seconds`` for a cell at most. The folder
    ``out`` is made where it is missing. Raises ``ReportError`` that names the notebook and the cell where one fails.
    """
    folder, target = Path(notebooks), Path(out)
    found = sorted(folder.glob("*.ipynb"))
    if not found:
        raise ReportError(
            f"{folder}: there is no notebook in this folder. Name the folder that holds the .ipynb files."
        )
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReportError(f"{target}: {error.strerror}. Choose a folder that can be written to.") from error

    def make(path: Path) -> NotebookNode:
        notebook = run_notebook(_read(path), name=path.name, folder=folder.resolve(), seconds=seconds)
        _write(target / f"{path.stem}.html", _export(notebook, name=path.stem))
        return notebook

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(make, found))
    index = target / "index.html"
    _write(index, _export(_index(dict(zip(found, done, strict=True)))))
    return [index, *(target / f"{path.stem}.html" for path in found)]


def _target(path: Path, title: str) -> Path:
    """The file to write, after a look at whether it can be written, before the work is done."""
    target = path / f"{slug(title)}.html" if path.is_dir() else path
    if target.suffix.lower() not in SUFFIXES:
        raise ReportError(f"{path}: a report is an HTML page. Choose a name that ends in .html.")
    if target.is_dir():
        raise ReportError(f"{target}: this is a folder. Choose another name for the report.")
    if not target.parent.is_dir():
        raise ReportError(f"{path}: the folder {str(target.parent)!r} does not exist. Make it, or choose another.")
    if not os.access(target.parent, os.W_OK):
        raise ReportError(f"{path}: the folder {str(target.parent)!r} cannot be written to. Choose another.")
    return target


def _read(path: Path) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, no-any-return]
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise ReportError(
            f"{path}: this is not a notebook that can be read ({error}). Open it in JupyterLab."
        ) from error


def _export(notebook: NotebookNode, *, name: str = "report") -> str:
    # A configuration of one's own for nbconvert is left out: the page is the same on every machine.
    exporter = NewslabExporter(config=Config())  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
    return page


def _write(path: Path, page: str) -> None:
    """Write the whole page or nothing: a reader never sees half a file."""
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=".newslab-", suffix=".tmp", delete=False
        ) as file:
            file.write(page)
        Path(file.name).chmod(0o666 & ~_umask())
        Path(file.name).replace(path)
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror or error}. Choose another place for it.") from error


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _index(pages: dict[Path, NotebookNode]) -> NotebookNode:
    """A notebook that lists the pages, each with its title and its first lines."""
    entries = []
    for path, notebook in pages.items():
        title, lines = _opening(notebook, path.stem)
        entries.append(f'<li><a href="{escape(path.stem)}.html">{escape(title)}</a><br>{escape(lines)}</li>')
    words = "# newslab: who says what, about whom, and how\n\nEach page is one file that opens without a network."
    listing = f'{words}\n\n<ol class="list-of-pages">{"".join(entries)}</ol>'
    cell = {"cell_type": "markdown", "id": "index", "metadata": {}, "source": listing}
    index = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"title": "newslab reports"}, "cells": [cell]}
    return nbformat.from_dict(index)  # type: ignore[no-untyped-call, no-any-return]


def _opening(notebook: NotebookNode, name: str) -> tuple[str, str]:
    """A notebook's first heading and the paragraph after it, without Markdown's signs."""
    texts = "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    blocks = [block.strip() for block in re.split(r"\n\s*\n|(?<=\w)\n(?=[#>|-])", texts) if block.strip()]
    heading = next((place for place, block in enumerate(blocks) if block.startswith("# ")), None)
    title = blocks[heading].lstrip("# ").splitlines()[0] if heading is not None else name
    after = blocks[(heading if heading is not None else -1) + 1 :]
    lines = next((block for block in after if not block.startswith(("#", ">", "|", "-", "<", "!"))), "")
    return _without_signs(title), _without_signs(lines)


def _without_signs(text: str) -> str:
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", linked).split())

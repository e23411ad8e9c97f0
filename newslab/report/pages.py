"""Notebooks as pages: a folder of them run and written, with an index, each page whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from urllib.parse import quote

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from newslab.errors import ReportError
from newslab.report.execution import SECONDS_A_CELL, run_notebook
from newslab.report.exporter import NewslabExporter

AT_ONCE = 2
# Where the text of a page begins and ends in the template.
OPENING, CLOSING = '<main id="content">', "</main>\n<footer>"


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
        notebook = run_notebook(read_notebook(path), name=path.name, folder=folder.resolve(), seconds=seconds)
        page = add_links(export_page(notebook, name=path.stem, folder=folder), path, found)
        write_page(page, target / f"{path.stem}.html")
        return notebook

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(make, found))
    index = target / "index.html"
    write_page(export_page(_index(dict(zip(found, done, strict=True)))), index)
    return [index, *(target / f"{path.stem}.html" for path in found)]


def add_links(page: str, notebook: Path, notebooks: list[Path]) -> str:
    """The page of a notebook with links to the one before, the index and the one after, at its head and its foot."""
    place = notebooks.index(notebook)
    before, after = notebooks[place - 1 : place], notebooks[place + 1 : place + 2]
    links = [
        *(f'<a rel="prev" href="{quote(path.stem)}.html">← {escape(_short(path))}</a>' for path in before),
        '<a href="index.html">All pages</a>',
        *(f'<a rel="next" href="{quote(path.stem)}.html">{escape(_short(path))} →</a>' for path in after),
    ]
    bars = [f'<nav class="lessons" aria-label="{where}">{"".join(links)}</nav>' for where in ("Pages", "More pages")]
    run = f"This is the page to read. To run it and change it, start make lab and open {escape(notebook.name)}."
    head = f'{bars[0]}<p class="read-or-run">{run}</p>'
    return page.replace(OPENING, f"{OPENING}{head}", 1).replace(CLOSING, f"{bars[1]}{CLOSING}", 1)


def _short(notebook: Path) -> str:
    """A notebook's name without its number, as a link has it."""
    return re.sub(r"^[\d_-]+(?=.)", "", notebook.stem).replace("_", " ").capitalize()


def read_notebook(path: Path) -> NotebookNode:
    """Read a notebook from its file; ``ReportError`` where the file is none."""
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call, no-any-return]
    except (OSError, ValueError, nbformat.ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise ReportError(
            f"{path}: this is not a notebook that can be read ({reason}). Open it in JupyterLab."
        ) from error


def export_page(notebook: NotebookNode, *, name: str = "report", folder: Path | None = None) -> str:
    """The page of a notebook that has been run, as text; ``folder`` holds the pictures that its Markdown names."""
    # A configuration of one's own for nbconvert is left out: the page is the same on every machine.
    exporter = NewslabExporter(config=Config())  # type: ignore[no-untyped-call]
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name, "path": str(folder or "")}})
    return page


def write_page(page: str, target: Path) -> None:
    """Write the whole page or nothing: a reader never sees half a file."""
    part = target.with_name(f".newslab-{secrets.token_hex(8)}.tmp")
    try:
        with part.open("x", encoding="utf-8", newline="\n") as file:
            file.write(page)
        part.replace(target)
    except OSError as error:
        raise ReportError(f"{target}: {error.strerror or error}. Choose another place for it.") from error
    finally:
        part.unlink(missing_ok=True)


def _index(pages: dict[Path, NotebookNode]) -> NotebookNode:
    """A notebook that lists the pages, each with its title and its first lines."""
    entries = []
    for path, notebook in pages.items():
        title, lines = _opening(notebook, path.stem)
        entries.append(f'<li><a href="{quote(path.stem)}.html">{escape(title)}</a><br>{escape(lines)}</li>')
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

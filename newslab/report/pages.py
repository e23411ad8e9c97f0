"""Notebooks as pages: a folder of them run and written, with an index, each page whole or not at all."""

from __future__ import annotations

import os
import re
import secrets
from concurrent.futures import ThreadPoolExecutor
from html import escape, unescape
from pathlib import Path
from urllib.parse import quote

import nbformat
from nbformat import NotebookNode
from traitlets.config import Config

from newslab.errors import ReportError
from newslab.report.beside import as_notebook, find_linked, lead_to_pages
from newslab.report.execution import SECONDS_A_CELL, run_notebook
from newslab.report.exporter import NewslabExporter

AT_ONCE = 2
NUMBER = re.compile(r"\d+(?=[_-])")
TIME = re.compile(r"^\|\s*\**Time\**\s*\|\s*([^|;\n]+?)\s*[|;]", re.MULTILINE)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
# Where the text of a page begins and ends in the template.
TO_INDEX = '<a href="index.html">All pages</a>'
OPENING, CLOSING = '<main id="content">', "</main>\n<footer>"


def build_pages(
    notebooks: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    seconds: int = SECONDS_A_CELL,
    report: str | os.PathLike[str] | None = None,
) -> list[Path]:
    """Run every notebook of a folder and write a page of each, and an index; the index's path comes first.

    Notebooks run two at a time, each in the folder ``notebooks``, with ``seconds`` for a cell at most. The folder
    ``out`` is made where it is missing. A Markdown file to which a notebook links becomes a page too, so that the link
    opens in a browser. ``report`` is a page of ``build_report`` in ``out``: the index lists it first. Raises
    ``ReportError`` that names the notebook and the cell where one fails.
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

    unrun = {path: read_notebook(path) for path in found}
    names = {"index.html", *(f"{path.stem}.html" for path in found), *([Path(report).name] if report else [])}
    linked = find_linked(map(_words, unrun.values()), folder, names)

    def make(path: Path) -> NotebookNode:
        notebook = run_notebook(unrun[path], name=path.name, folder=folder.resolve(), seconds=seconds)
        page = add_links(export_page(notebook, name=path.stem, folder=folder), path, found)
        write_page(lead_to_pages(page, folder, linked), target / f"{path.stem}.html")
        return notebook

    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = list(pool.map(make, found))
    for path, name in linked.items():
        page = _with_bars(export_page(as_notebook(path), name=path.stem, folder=path.parent), [TO_INDEX])
        write_page(lead_to_pages(page, path.parent, linked), target / name)
    index = target / "index.html"
    write_page(export_page(_index(dict(zip(found, done, strict=True)), Path(report) if report else None)), index)
    return [index, *(target / f"{path.stem}.html" for path in found), *(target / name for name in linked.values())]


def add_links(page: str, notebook: Path, notebooks: list[Path]) -> str:
    """The page of a notebook with links to the one before, the index and the one after, at its head and its foot."""
    place = notebooks.index(notebook)
    before, after = notebooks[place - 1 : place], notebooks[place + 1 : place + 2]
    links = [
        *(f'<a rel="prev" href="{quote(path.stem)}.html">← {escape(_short(path))}</a>' for path in before),
        TO_INDEX,
        *(f'<a rel="next" href="{quote(path.stem)}.html">{escape(_short(path))} →</a>' for path in after),
    ]
    run = f"This is the page to read. To run it and change it, start make lab and open {escape(notebook.name)}."
    return _with_bars(page, links, f'<p class="read-or-run">{run}</p>')


def _with_bars(page: str, links: list[str], line: str = "") -> str:
    """The page with a bar of links at its head, a line below it, and the same bar at its foot."""
    bars = [f'<nav class="lessons" aria-label="{where}">{"".join(links)}</nav>' for where in ("Pages", "More pages")]
    head = f"{bars[0]}{line}"
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


def _index(pages: dict[Path, NotebookNode], report: Path | None) -> NotebookNode:
    """A notebook that lists the pages, each with its number, title, time and first lines; the report comes first."""
    entries = []
    if report:
        found = TITLE.search(report.read_text(encoding="utf-8"))
        title = f"A report: {unescape(found[1]) if found else report.stem}".removesuffix(" – newslab report")
        entries.append(_entry(report.name, title, "One story on one page, as newslab report makes it."))
    for path, notebook in pages.items():
        title, lines = _opening(notebook, path.stem)
        number, time = NUMBER.match(path.stem), TIME.search(_words(notebook))
        title = f"{number[0] if number else ''} {title} {f'({_without_signs(time[1])})' if time else ''}"
        entries.append(_entry(f"{path.stem}.html", title.strip(), lines))
    words = "# newslab: who says what, about whom, and how\n\nEach page is one file that opens without a network."
    listing = f'{words}\n\n<ol class="list-of-pages">{"".join(entries)}</ol>'
    cell = {"cell_type": "markdown", "id": "index", "metadata": {}, "source": listing}
    index = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"title": "newslab reports"}, "cells": [cell]}
    return nbformat.from_dict(index)  # type: ignore[no-untyped-call, no-any-return]


def _entry(page: str, title: str, lines: str) -> str:
    return f'<li><a href="{quote(page)}">{escape(title)}</a><br>{escape(lines)}</li>'


def _words(notebook: NotebookNode) -> str:
    """The text of a notebook's Markdown cells."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def _opening(notebook: NotebookNode, name: str) -> tuple[str, str]:
    """A notebook's first heading and the paragraph after it, without Markdown's signs."""
    texts = _words(notebook)
    blocks = [block.strip() for block in re.split(r"\n\s*\n|(?<=\w)\n(?=[#>|-])", texts) if block.strip()]
    heading = next((place for place, block in enumerate(blocks) if block.startswith("# ")), None)
    title = blocks[heading].lstrip("# ").splitlines()[0] if heading is not None else name
    after = blocks[(heading if heading is not None else -1) + 1 :]
    lines = next((block for block in after if not block.startswith(("#", ">", "|", "-", "<", "!"))), "")
    return _without_signs(title), _without_signs(lines)


def _without_signs(text: str) -> str:
    linked = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    return " ".join(re.sub(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}", "", linked).split())

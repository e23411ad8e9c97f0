"""The Markdown files that notebooks link to, such as a glossary: each as a page beside theirs, for a browser."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from urllib.parse import quote, unquote

import nbformat
from nbformat import NotebookNode

WRITTEN = re.compile(r"\]\(([^():#\s]+\.md)(?=[#)])")
LINK = re.compile(r'href="([^":#]+\.md)(?=["#])')


def find_linked(texts: Iterable[str], folder: Path, taken: Iterable[str]) -> dict[Path, str]:
    """The Markdown files to which texts of a folder link, and those to which these do, with the names of their pages.

    A file whose page would have a name that is ``taken`` is left out.
    """
    pages: dict[Path, str] = {}
    waiting = [(folder, text) for text in texts]
    for place, text in waiting:  # it grows while it is gone through
        for target in WRITTEN.findall(text):
            path, name = _path(place, target), f"{Path(target).stem}.html"
            if path and path not in pages and name not in {*taken, *pages.values()}:
                pages[path] = name
                waiting.append((path.parent, path.read_text(encoding="utf-8", errors="replace")))
    return pages


def lead_to_pages(page: str, folder: Path, pages: dict[Path, str]) -> str:
    """A page whose links to Markdown files, as seen from a folder, lead to the pages of these."""

    def led(link: re.Match[str]) -> str:
        name = pages.get(_path(folder, unquote(unescape(link[1]))) or Path())
        return f'href="{quote(name)}' if name else link[0]

    return LINK.sub(led, page)


def as_notebook(path: Path) -> NotebookNode:
    """A Markdown file as a notebook of one cell."""
    text = path.read_text(encoding="utf-8", errors="replace")
    cell = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": text}
    return nbformat.from_dict({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]})  # type: ignore[no-untyped-call, no-any-return]


def _path(folder: Path, target: str) -> Path | None:
    """Where a link leads, if there is a file."""
    try:
        path = (folder / target).resolve()
        return path if path.is_file() else None
    except (OSError, ValueError):  # a name too long, or with a character that no name has
        return None

"""The report as a file: a packaged notebook, run on an analysis."""

from __future__ import annotations

import os
import pickle
import re
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from nbformat import NotebookNode

from newslab.article import Article
from newslab.corpus import Corpus
from newslab.errors import ReportError
from newslab.report.cleaning import slug
from newslab.report.comparing import MOST_ARTICLES, comparison_title, corpus_title
from newslab.report.execution import run_notebook
from newslab.report.figures import pack_plotly
from newslab.report.pages import export_page, read_notebook, write_page
from newslab.report.pieces import full_title, source_name
from newslab.report.printing import print_page, require_browser

if TYPE_CHECKING:  # it takes seconds to import, and the page is made by another process
    from newslab.analysis import Analysis

REPORT_NOTEBOOK = Path(__file__).parent / "report.ipynb"
COMPARE_NOTEBOOK = Path(__file__).parent / "compare.ipynb"
CORPUS_NOTEBOOK = Path(__file__).parent / "corpus.ipynb"
# What the notebook's first cell does instead of loading and analysing.
HANDED_OVER = """import pickle
import warnings
from pathlib import Path

from newslab.report.quick import import_jsonschema, import_nltk

import_jsonschema()
import_nltk()
import newslab as nl
from newslab.report import {rooms}

# The page itself says in its first lines that an article is in another language.
warnings.simplefilter("ignore", nl.LanguageWarning)
analysis = pickle.loads(Path({path!r}).read_bytes())
analysis = nl.analyze(analysis) if isinstance(analysis, nl.Corpus) else analysis
{last}"""


class Page(NamedTuple):
    """One of the packaged notebooks: what its cells use, what its first cell makes, and what its source is called."""

    notebook: Path
    rooms: str
    last: str


ONE = Page(REPORT_NOTEBOOK, "pieces", "article = analysis.article_list[0]")
FEW = Page(COMPARE_NOTEBOOK, "comparing, pieces", "")
MANY = Page(CORPUS_NOTEBOOK, "overview, pieces", "page = overview.Overview(analysis)")
SOURCE_LINE = re.compile("^SOURCE = .*$", re.MULTILINE)
# Many articles may take hours, and whoever waits can stop it.
NO_HURRY = 86_400
SUFFIXES = ("", ".html", ".htm", ".xhtml", ".pdf")


def build_report(analysis: Analysis | Corpus, path: str | os.PathLike[str]) -> Path:
    """Write the report of one article, or of several compared, as one HTML page that opens offline.

    Who says what, about whom, and how. ``analysis`` comes from :func:`newslab.analyze` or :func:`newslab.open_store`,
    or is a corpus to analyse; up to 12 articles are compared one by one, more are shown by outlet and over time.
    ``path`` is the file to write, or a folder that exists, in which the file is named after the headline; where it ends
    in ``.pdf``, Chromium, Chrome or Edge prints the page. Returns the path of the file.

    The page is made by the notebook ``report.ipynb``, ``compare.ipynb`` or ``corpus.ipynb`` in ``newslab/report``,
    which a newsroom may copy and change. Raises ``ReportError`` where the file cannot be written, ``analysis`` holds no
    article, or a PDF finds no browser.
    """
    articles = analysis if isinstance(analysis, Corpus) else analysis.article_list
    number = len(articles)
    if not number:
        raise ReportError(f"{path}: the analysis holds no article, and a report shows one or more. Load one first.")
    kind, title, source = _kind(articles)
    target = _target(Path(path), title)
    notebook = read_notebook(kind.notebook)
    notebook.metadata["title"] = f"{title} – newslab report"
    _run(notebook, kind, analysis, source=source, name=target.name)
    write = print_page if target.suffix.lower() == ".pdf" else write_page
    write(page=export_page(notebook), target=target)
    return target


def _kind(articles: Sequence[Article]) -> tuple[Page, str, str]:
    """Which page is made, its title, and what its source is called: the name, and not where on this machine it lies."""
    number = len(articles)
    if number > MOST_ARTICLES:
        return MANY, corpus_title(number), "stories"
    if number > 1:
        return FEW, comparison_title(number), "stories"
    return ONE, full_title(articles[0]), source_name(articles[0]) or "story.txt"


def _run(notebook: NotebookNode, kind: Page, analysis: Analysis | Corpus, *, source: str, name: str) -> None:
    """Run the notebook on the analysis, and leave its first cell as a reader would write it."""
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    shown = SOURCE_LINE.sub(lambda line: f"SOURCE = {source!r}", cell.source)
    private_folder = tempfile.TemporaryDirectory(prefix="newslab-", ignore_cleanup_errors=True)
    # plotly.js is packed while the notebook runs, which another process does.
    with private_folder as private, ThreadPoolExecutor(1) as pool:
        pool.submit(pack_plotly)
        handed = Path(private) / "analysis.pickle"
        handed.write_bytes(pickle.dumps(analysis))
        cell.source = HANDED_OVER.format(path=str(handed), rooms=kind.rooms, last=kind.last)
        run_notebook(notebook, name=name, folder=Path(private), seconds=NO_HURRY, private_to_newslab=True)
    cell.source, cell.outputs = shown, []


def _target(path: Path, title: str) -> Path:
    """The file to write, after a look at whether it can be written, before the work is done."""
    target = path / f"{slug(title)}.html" if path.is_dir() else path
    if target.suffix.lower() not in SUFFIXES:
        raise ReportError(f"{path}: a report is a page. Choose a name that ends in .html, or in .pdf.")
    if target.is_dir():
        raise ReportError(f"{target}: this is a folder. Choose another name for the report.")
    if not target.parent.is_dir():
        raise ReportError(f"{path}: the folder {str(target.parent)!r} does not exist. Make it, or choose another.")
    if not os.access(target.parent, os.W_OK):
        raise ReportError(f"{path}: the folder {str(target.parent)!r} cannot be written to. Choose another.")
    if target.suffix.lower() == ".pdf":
        require_browser(target)
    return target

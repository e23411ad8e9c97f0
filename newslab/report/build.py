"""The report as a file: the packaged notebook, run on an analysis."""

from __future__ import annotations

import os
import pickle
import tempfile
from pathlib import Path

from newslab.analysis import Analysis
from newslab.errors import ReportError
from newslab.report.cleaning import slug
from newslab.report.execution import run_notebook
from newslab.report.pages import export_page, read_notebook, write_page
from newslab.report.pieces import full_title, source_name
from newslab.report.printing import print_page, require_browser

REPORT_NOTEBOOK = Path(__file__).parent / "report.ipynb"
# What the notebook's first cell does instead of loading and analysing.
HANDED_OVER = """import pickle
import warnings
from pathlib import Path

from newslab.report import pieces
import newslab as nl

# The page itself says in its first lines that an article is in another language.
warnings.simplefilter("ignore", nl.LanguageWarning)
analysis = pickle.loads(Path({path!r}).read_bytes())
article = analysis.article_list[0]"""
SUFFIXES = ("", ".html", ".htm", ".xhtml", ".pdf")


def build_report(analysis: Analysis, path: str | os.PathLike[str]) -> Path:
    """Write the report of one article: who says what, about whom, and how, as one HTML page that opens offline.

    ``analysis`` comes from :func:`newslab.analyze` and holds one article. ``path`` is the file to write, or a folder
    that exists, in which the file is named after the headline; where it ends in ``.pdf``, Chromium, Chrome or Edge
    prints the page. Returns the path of the file. The page is made by the
    notebook ``newslab/report/report.ipynb``, which a newsroom may copy and change. Raises ``ReportError`` where the
    file cannot be written or ``analysis`` holds no article, or several.
    """
    if len(analysis.article_list) != 1:
        found = f"the analysis holds {len(analysis.article_list)} articles and a report shows one"
        raise ReportError(f"{path}: {found}. Make a report of each: nl.analyze(article).")
    article = analysis.article_list[0]
    target = _target(Path(path), full_title(article))
    notebook = read_notebook(REPORT_NOTEBOOK)
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
    write = print_page if target.suffix.lower() == ".pdf" else write_page
    write(page=export_page(notebook), target=target)
    return target


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

"""Reports on paper: every chart in the PDF, no button, and one clear line where no browser is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import plotly.graph_objects as go
import pytest
from browser import require_chromium
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

import newslab as nl
from newslab.report import build_report, print_pages
from newslab.report.figures import PLOTLY
from newslab.report.pages import export_page, write_page
from newslab.report.printing import BUNDLE, find_browser

TEXT = 'Mayor Ada Omu said the bridge would open in May. "We have waited long enough for this bridge," said Omu.'


def page_with_charts(target: Path, number: int) -> Path:
    """A page with charts, each of which has an axis with a name of its own."""
    cells = [new_markdown_cell("# The bridge"), new_code_cell("secret = 1")]
    for i in range(number):
        figure = go.Figure(go.Bar(x=["a", "b"], y=[1, 2])).update_xaxes(title_text=f"axis number {i}")
        output = new_output("display_data", {PLOTLY: figure.to_plotly_json()})
        cells.append(new_code_cell("draw()", outputs=[output]))
    notebook = new_notebook(cells=cells)
    notebook.metadata["newslab"] = {"code": "page"}
    write_page(export_page(notebook), target)
    return target


def words_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_every_chart_of_a_page_is_in_its_pdf_and_no_button(tmp_path):
    require_chromium()
    page = page_with_charts(tmp_path / "page.html", 12)
    # The browser is given plotly.js as plain script, and does not print before the charts are drawn.
    assert BUNDLE.search(page.read_text(encoding="utf-8"))
    made = list(print_pages([page]))
    assert made == [tmp_path / "page.pdf"]
    words = words_of(made[0])
    assert [i for i in range(12) if f"axis number {i}" not in words] == []
    assert "Show the code" not in words and "secret" not in words and "too old" not in words
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "page.pdf"]


@pytest.mark.slow
def test_a_report_is_printed_where_its_name_ends_in_pdf(tmp_path):
    require_chromium()
    made = build_report(nl.analyze(nl.Article(TEXT, title="The bridge opens")), tmp_path / "Story é.PDF")
    words = words_of(made)
    for part in ("The bridge opens", "Ada Omu", "Who speaks, and for how long", "Method and limits", "mentions"):
        assert part in words
    assert PdfReader(made).metadata.title == "The bridge opens – newslab report"
    assert [path.name for path in tmp_path.iterdir()] == ["Story é.PDF"]


def test_without_a_browser_one_line_says_what_to_install_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("NEWSLAB_BROWSER", raising=False)
    if find_browser():
        pytest.skip("a browser lies at a fixed place on this machine")
    with pytest.raises(nl.ReportError) as caught:
        build_report(nl.analyze(TEXT), tmp_path / "story.pdf")
    said = str(caught.value)
    assert "story.pdf" in said and "nstall" in said and ".html" in said and "\n" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for a browser is a shell script")
def test_a_browser_that_prints_nothing_is_named_with_what_it_said(tmp_path, monkeypatch):
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\necho 'no display' >&2\nexit 3\n", encoding="utf-8")
    browser.chmod(0o755)
    monkeypatch.setenv("NEWSLAB_BROWSER", str(browser))
    page = page_with_charts(tmp_path / "page.html", 1)
    (tmp_path / "page.pdf").write_bytes(b"old")
    with pytest.raises(nl.ReportError, match=r"printed nothing \(exit status 3: no display"):
        list(print_pages([page]))
    assert (tmp_path / "page.pdf").read_bytes() == b"old"
    monkeypatch.setenv("NEWSLAB_BROWSER", str(tmp_path / "gone"))
    with pytest.raises(nl.ReportError, match="NEWSLAB_BROWSER names"):
        list(print_pages([page]))


def test_the_command_for_pages_says_how_it_is_used_and_which_page_is_missing(tmp_path):
    command = [sys.executable, "-m", "newslab.report"]
    wrong = subprocess.run([*command, "--print"], capture_output=True, text=True)
    assert wrong.returncode == 2 and "--print PAGE" in wrong.stderr
    missing = subprocess.run([*command, "--print", str(tmp_path / "gone.html")], capture_output=True, text=True)
    assert missing.returncode == 2 and "gone.html" in missing.stderr and "Traceback" not in missing.stderr

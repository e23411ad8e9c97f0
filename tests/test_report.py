"""Reports as files: made from anywhere, whole or not at all, and with a clear error where they cannot be."""

from __future__ import annotations

import importlib.util
import os
import pickle
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import newslab as nl
from newslab.report import build_pages, build_report
from newslab.report.__main__ import main as make_pages
from newslab.report.build import REPORT_NOTEBOOK

HEADLINE = "Mayor: “The bridge opens in May” & more"
TEXT = 'Mayor Ada Omu said the bridge would open in May. "We have waited long enough for this bridge," said Omu.'


def write_notebook(path: Path, *cells: str) -> None:
    made = [new_markdown_cell(cell) if cell.startswith("#") else new_code_cell(cell) for cell in cells]
    nbformat.write(new_notebook(cells=made), path)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    return build_report(nl.analyze(nl.Article(TEXT, title=HEADLINE, source="/home/ada/draft.txt")), folder)


def test_in_a_folder_the_report_is_named_after_the_headline(report):
    assert report.name == "mayor-the-bridge-opens-in-may-more.html"
    assert [path.name for path in report.parent.iterdir()] == [report.name]


def test_the_report_tells_its_title_and_no_path_of_this_machine(report):
    page = report.read_text(encoding="utf-8")
    assert "<title>Mayor: “The bridge opens in May” &amp; more" in page
    assert "SOURCE" in page and "draft.txt" in page
    for private in ("/home/ada", tempfile.gettempdir() + "/newslab-", ".pickle"):
        assert private not in page


def test_the_report_shows_no_error_and_no_message_of_the_program(report):
    page = report.read_text(encoding="utf-8")
    assert 'class="output error"' not in page and "Messages from the program" not in page


def test_the_report_of_a_changed_copy_of_the_notebook_needs_only_the_source(tmp_path):
    cells = nbformat.read(REPORT_NOTEBOOK, as_version=4).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    (tmp_path / "mine.txt").write_text(TEXT, encoding="utf-8")
    source = tagged[0].source.replace('SOURCE = "story.txt"', f"SOURCE = {str(tmp_path / 'mine.txt')!r}")
    assert source != tagged[0].source
    values: dict[str, object] = {}
    exec(compile(source, "parameters", "exec"), values)
    assert values["article"].text.startswith("Mayor Ada Omu")


def test_the_packaged_notebook_is_short_cells_and_holds_no_output():
    cells = nbformat.read(REPORT_NOTEBOOK, as_version=4).cells
    code = [cell for cell in cells if cell.cell_type == "code"]
    assert all(len(cell.source.splitlines()) <= 8 for cell in code)
    assert not any(cell.outputs or cell.execution_count for cell in code)


def test_every_link_within_the_notebook_has_its_section():
    texts = [cell.source for cell in nbformat.read(REPORT_NOTEBOOK, as_version=4).cells if cell.cell_type == "markdown"]
    from newslab.report.cleaning import clean_html, slug

    links = re.findall(r'href="#([\w-]+)"', "".join(texts))
    headings = [slug(line.lstrip("# ")) for text in texts for line in text.splitlines() if line.startswith("## ")]
    assert links == headings
    assert 'id="the-cast"' in clean_html("<h2>The cast</h2>")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("missing/story.html", "does not exist"),
        ("story.docx", "ends in .html"),
        ("story.txt/report.html", "does not exist"),
    ],
)
def test_a_path_that_cannot_be_written_is_one_clear_error_before_the_work(tmp_path, path, says):
    (tmp_path / "story.txt").write_text("x", encoding="utf-8")
    analysis = nl.analyze(TEXT)
    with pytest.raises(nl.ReportError) as caught:
        build_report(analysis, tmp_path / path)
    assert says in str(caught.value) and Path(path).name.split("/")[0] in str(caught.value)
    assert "\n" not in str(caught.value)
    assert repr(analysis).endswith("computed: nothing yet)")


def test_a_users_process_imports_jsonschema_whole():
    code = (
        "import newslab.report; from newslab.report import build_report; import sys, jsonschema; "
        "print('rfc3987_syntax' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(importlib.util.find_spec("rfc3987_syntax") is not None)


def test_an_analysis_of_nothing_is_refused(tmp_path):
    with pytest.raises(nl.ReportError, match="no article"):
        build_report(nl.analyze([]), tmp_path / "story.html")


def test_an_older_report_stays_whole_where_the_new_one_fails(tmp_path, monkeypatch):
    old = tmp_path / "story.html"
    old.write_text("old", encoding="utf-8")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    with pytest.raises(nl.ReportError, match="Python"):
        build_report(nl.analyze(TEXT), old)
    assert old.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["story.html"]


@pytest.mark.slow
def test_the_report_is_made_from_any_folder_without_a_registered_kernel_or_the_users_settings(tmp_path):
    for name in ("random.py", "pandas.py", "newslab.py"):
        (tmp_path / name).write_text("raise SystemExit('the wrong module')", encoding="utf-8")
    profile = tmp_path / "ipython" / "profile_default" / "startup"
    profile.mkdir(parents=True)
    (profile / "00.py").write_text("import sys; sys.exit(1)", encoding="utf-8")
    config = tmp_path / "jupyter"
    config.mkdir()
    (config / "jupyter_nbconvert_config.py").write_text("raise RuntimeError('read')", encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_PATH": str(tmp_path),
        "PLOTLY_RENDERER": "browser",
        "TMPDIR": str(tmp_path / "t"),
    }
    (tmp_path / "t").mkdir()
    handed = tmp_path / "analysis.pickle"
    handed.write_bytes(pickle.dumps(nl.analyze(TEXT)))
    code = (
        "import sys; sys.path = [p for p in sys.path if p]\n"
        "import pickle, newslab\n"
        f"newslab.build_report(pickle.loads(open({str(handed)!r}, 'rb').read()), 'story.html')"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    page = (tmp_path / "story.html").read_text(encoding="utf-8")
    assert page.count("<figure class=") >= 4
    assert list((tmp_path / "t").iterdir()) == []


def test_the_pages_of_a_folder_and_their_index(tmp_path):
    folder = tmp_path / "lessons"
    folder.mkdir()
    (folder / "beside.txt").write_text("beside the notebooks", encoding="utf-8")
    write_notebook(
        folder / "00_first.ipynb",
        "# Who speaks *most*?\n\nIt takes [five](x) minutes.\n\nMore.",
        "print(open('beside.txt').read())",
    )
    write_notebook(folder / "01_second.ipynb", "no heading = 1".replace("no heading", "b"), "# Later\n\nSecond words.")
    made = build_pages(folder, tmp_path / "out" / "deep")
    assert [path.name for path in made] == ["index.html", "00_first.html", "01_second.html"]
    assert "beside the notebooks" in made[1].read_text(encoding="utf-8")
    index = made[0].read_text(encoding="utf-8")
    assert '<a href="00_first.html"' in index and "Who speaks most?" in index and "It takes five minutes." in index
    assert "Later" in index and "Second words." in index
    first, second = (page.read_text(encoding="utf-8") for page in made[1:])
    assert first.count('<a href="index.html">') == 2 and '<a rel="next" href="01_second.html">Second →</a>' in first
    assert '<a rel="prev" href="00_first.html">← First</a>' in second and 'rel="next"' not in second
    assert "This is the page to read. To run it and change it, start make lab and open 01_second.ipynb." in second
    assert len(index) < 60_000


def test_a_markdown_file_that_a_notebook_links_to_is_a_page_beside_it(tmp_path):
    folder, docs = tmp_path / "lessons", tmp_path / "docs"
    folder.mkdir()
    docs.mkdir()
    words = "[cue](../docs/words.md#the-cue), [none](../docs/none.md), [other](https://news.example/words.md#a)"
    write_notebook(folder / "00_first.ipynb", f"# One\n\n{words}, [long]({'a' * 300}.md)")
    write_notebook(folder / "words_too.ipynb", "# Two\n\n[cue](../docs/words.md), [first](00_first.ipynb)")
    (docs / "words.md").write_text("# Words\n\n## The cue\n\n*said*. [More](more.md) and [index](index.md)", "utf-8")
    (docs / "more.md").write_text("# More\n\nBack to [the words](words.md).", "utf-8")
    (docs / "index.md").write_text("# A name that is taken", "utf-8")
    made = build_pages(folder, tmp_path / "out")
    assert [path.name for path in made[3:]] == ["words.html", "more.html"]
    index, first, second, words, more = (path.read_text(encoding="utf-8") for path in made)
    assert '<a href="words.html#the-cue"' in first and '<a href="words.html"' in second
    assert 'href="../docs/none.md"' in first and 'href="https://news.example/words.md#a"' in first
    assert 'id="the-cue"' in words and "<title>Words</title>" in words and '<a href="index.html">All pages' in words
    assert '<a href="more.html"' in words and '<a href="words.html"' in more and 'href="index.md"' in words
    assert "A name that is taken" not in index


def test_the_index_has_numbers_and_times_and_the_report_of_an_article_first(tmp_path, capsys):
    folder = tmp_path / "lessons"
    folder.mkdir()
    write_notebook(
        folder / "03_quotes.ipynb",
        "# Who says what?\n\nA question.\n\n| | |\n|---|---|\n| **Time** | 45 minutes; more if you have time |",
    )
    write_notebook(folder / "more.ipynb", "# Without either\n\nWords.")
    (tmp_path / "story.txt").write_text('"It is safe," said Mayor Ana Torvel.', encoding="utf-8")
    assert make_pages([str(folder), str(tmp_path / "out"), str(tmp_path / "story.txt")]) == 0
    index = Path(capsys.readouterr().out.strip())
    listed = re.findall(r"<a href=\"(\S+)\"[^>]*>([^<]+)</a>", index.read_text(encoding="utf-8"))
    assert listed[0][0] == "report.html" and listed[0][1].startswith("A report: ") and "newslab" not in listed[0][1]
    assert listed[1:] == [("03_quotes.html", "03 Who says what? (45 minutes)"), ("more.html", "Without either")]
    assert "Ana Torvel" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert make_pages([str(folder), str(tmp_path / "out"), str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


def test_a_notebook_that_fails_is_named_with_its_cell(tmp_path):
    write_notebook(tmp_path / "broken.ipynb", "# Title", "x = 1", "raise ValueError('the table is empty')")
    with pytest.raises(nl.ReportError) as caught:
        build_pages(tmp_path, tmp_path / "out")
    for part in ("broken.ipynb", "cell 3", "ValueError: the table is empty"):
        assert part in str(caught.value)


def test_a_cell_that_never_ends_is_named(tmp_path):
    write_notebook(tmp_path / "endless.ipynb", "import time\ntime.sleep(600)")
    with pytest.raises(nl.ReportError, match=r"endless\.ipynb: cell 1 \(import time\) took longer than 2 seconds"):
        build_pages(tmp_path, tmp_path / "out", seconds=2)


def test_a_folder_without_notebooks_and_a_file_that_is_none_are_clear_errors(tmp_path):
    with pytest.raises(nl.ReportError, match="no notebook"):
        build_pages(tmp_path, tmp_path / "out")
    (tmp_path / "bad.ipynb").write_text("{", encoding="utf-8")
    with pytest.raises(nl.ReportError, match=r"bad\.ipynb: this is not a notebook"):
        build_pages(tmp_path, tmp_path / "out")

"""The exporter: what comes out of a notebook, one page at a time, without a browser."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

from newslab.report.cleaning import clean_html, clean_text, slug
from newslab.report.exporter import NewslabExporter
from newslab.report.figures import figure_html, pack_json, pack_plotly

PAGE_LIMIT = 500_000


def chart(**meta: Any) -> go.Figure:
    figure = go.Figure(go.Bar(x=[3, 1], y=["Ada Omu", "Bo Ruiz"], orientation="h"))
    return figure.update_layout(title="Who speaks", meta=meta or None)


def output_of(value: Any) -> nbformat.NotebookNode:
    if isinstance(value, go.Figure):
        return new_output("display_data", {"application/vnd.plotly.v1+json": json.loads(value.to_json())})
    if isinstance(value, pd.DataFrame):
        return new_output("display_data", {"text/html": value.to_html(), "text/plain": str(value)})
    return new_output("display_data", {"text/html": value})


def export(*cells: Any, **metadata: Any) -> str:
    made = [cell if isinstance(cell, dict) else new_code_cell("show()", outputs=[output_of(cell)]) for cell in cells]
    exporter = NewslabExporter(config=Config())
    return exporter.from_notebook_node(new_notebook(cells=made, metadata=metadata), {"metadata": {"name": "nb"}})[0]


def without_plotly(page: str) -> str:
    return page.replace(pack_plotly(), "")


class Tags(HTMLParser):
    """Every tag with its attributes, as a browser's parser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_a_chart_becomes_a_figure_with_its_words_and_a_table():
    page = export(
        chart(caption="Ada Omu speaks most.", columns=["actor", "words"], rows=[["Ada Omu", 3], ["Bo Ruiz", None]])
    )
    figure = re.search(r"<figure.*?</figure>", page, re.DOTALL)[0]
    assert "<figcaption" in figure and "Who speaks" in figure and "Ada Omu speaks most." in figure
    assert '<td dir="auto" class="number">3</td>' in figure or re.search(r"<td[^>]*>3</td>", figure)
    assert figure.count("<tr>") == 3


def test_a_chart_without_meta_is_captioned_with_its_title():
    figure = figure_html(json.loads(chart().to_json()))
    assert "<strong>Who speaks</strong>" in figure
    assert "<table" not in figure


def test_a_chart_of_nothing_is_a_sentence():
    empty = go.Figure().update_layout(meta={"caption": "Nothing to show: nobody speaks.", "columns": ["a"], "rows": []})
    assert figure_html(json.loads(empty.to_json())) == '<p class="output note">Nothing to show: nobody speaks.</p>'


def test_plotly_goes_once_into_a_page_with_charts_and_not_into_one_without():
    assert export(chart(), chart(), chart()).count(pack_plotly()) == 1
    assert pack_plotly() not in export(new_markdown_cell("# Words"))
    assert len(export(new_markdown_cell("# Words"))) < 60_000


def test_a_page_is_small_beside_plotly():
    page = export(*[chart(caption="words " * 40) for _ in range(12)], pd.DataFrame({"a": range(60)}))
    assert len(without_plotly(page).encode()) < PAGE_LIMIT


def test_nothing_in_the_page_points_elsewhere():
    page = without_plotly(
        export(new_markdown_cell("# One\n\n[a link](https://news.example/a)"), chart(), pd.DataFrame({"a": [1]}))
    )
    for tag, attributes in Tags(page).found:
        assert "src" not in attributes or attributes["src"].startswith("data:"), tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")
    assert not re.search(r"require\.js|mathjax|mermaid|cdn", page, re.IGNORECASE)


def test_only_the_exporters_own_script_carries_the_nonce_and_it_is_new_in_each_file():
    pages = [without_plotly(export(chart())) for _ in range(2)]
    nonces = [re.search(r"script-src 'nonce-([\w-]+)'", page)[1] for page in pages]
    assert nonces[0] != nonces[1]
    scripts = [attributes for tag, attributes in Tags(pages[0]).found if tag == "script"]
    running = [attributes for attributes in scripts if "type" not in attributes]
    assert running
    assert {attributes["nonce"] for attributes in running} == {nonces[0]}
    assert all("nonce" not in attributes for attributes in scripts if "type" in attributes)


def test_the_policy_allows_nothing_by_default():
    policy = dict(Tags(export(chart())).found)
    contents = [a.get("content", "") for t, a in Tags(export(chart())).found if a.get("http-equiv")]
    assert policy and contents and contents[0].startswith("default-src 'none'")
    assert "unsafe-eval" not in contents[0] and "script-src 'unsafe-inline'" not in contents[0]


def test_json_of_a_chart_cannot_leave_its_script():
    hostile = "</script><script>alert(1)</script>&\u2028\u2029<!--"
    packed = pack_json({"text": hostile, "number": float("nan")})
    assert not set("<>&\u2028\u2029") & set(packed)
    assert json.loads(packed) == {"text": hostile, "number": None}


@pytest.mark.parametrize(
    "fragment",
    [
        "<script>alert(1)</script>",
        '<img src="https://evil.example/x.png" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<a href="JaVa&#10;ScRiPt:alert(1)">x</a>',
        '<a href="data:text/html,<script>alert(1)</script>">x</a>',
        '<p onclick="alert(1)" onmouseover="alert(1)">x</p>',
        "<svg onload=alert(1)><script>alert(1)</script></svg>",
        "<iframe src='https://evil.example'></iframe><object data='x'></object><embed src='x'>",
        '<meta http-equiv="refresh" content="0;url=https://evil.example"><base href="https://evil.example/">',
        '<form action="https://evil.example"><input name="a"><button>go</button></form>',
        '<div style="position:fixed;inset:0;z-index:9;background:url(https://evil.example/x)">x</div>',
        "<link rel=stylesheet href=https://evil.example/x.css><style>body{display:none}</style>",
        "<table><tr><td><script>alert(1)</script></td></tr></table><h2 onclick=alert(1)>x</h2>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    ],
)
def test_html_from_a_cell_cannot_run_load_or_cover(fragment):
    for tag, attributes in Tags(clean_html(fragment)).found:
        assert tag not in (
            "script",
            "style",
            "iframe",
            "object",
            "embed",
            "svg",
            "meta",
            "base",
            "form",
            "input",
            "link",
        )
        assert not any(name.startswith("on") for name in attributes)
        assert "src" not in attributes and "evil" not in str(attributes)
        assert not (attributes.get("href") or "").lower().lstrip().startswith(("javascript", "data"))
        assert "position" not in (attributes.get("style") or "")


def test_html_of_newslab_and_pandas_survives(story):
    import newslab as nl

    marked = str(nl.mark(story, nl.find_quotes(story)))
    cleaned = clean_html(marked)
    assert cleaned.count("<mark") == marked.count("<mark") and 'id="s3"' in cleaned
    assert "rgba(" in cleaned and "title=" in cleaned
    assert "max-width" in clean_html(story._repr_html_())
    table = clean_html(pd.DataFrame({"name": ["Ada"], "words": [1200]}).to_html())
    assert '<div class="table">' in table and "Ada" in table


def test_numbers_stand_at_the_right_and_unknown_ones_are_quiet():
    frame = pd.DataFrame({"name": ["Ada", "Bo"], "words": pd.array([12, None], dtype="Int64")})
    cleaned = clean_html(frame.to_html())
    assert '<td class="number">12</td>' in cleaned
    assert re.search(r'<td class="number unknown">&lt;NA&gt;</td>', cleaned)
    assert "<td>Ada</td>" in cleaned
    assert '<th class="number">words</th>' in cleaned
    table = "<table><thead><tr><th>grade</th><th>outlet</th></tr></thead><tbody>{}</tbody></table>"
    cleaned = clean_html(table.format("<tr><td>7.8</td><td>–</td></tr><tr><td>–</td><td>–</td></tr>"))
    dates = clean_html(table.format("<tr><td>2026-03-04</td><td>The Vel Post</td></tr><tr><td>–</td><td>–</td></tr>"))
    assert dates.count('<td class="date">') == 2, "a date stays on one line"
    assert cleaned.count('<td class="number">') == 2 and '<th class="number">grade</th><th>outlet</th>' in cleaned


def test_words_that_are_no_text_and_reading_directions_do_not_reach_the_page():
    assert clean_text("a\u202eb\ud800c\x00d\u2067e") == "ab\ufffdc\ufffdde"
    page = export(new_markdown_cell("# x \u202e y"), "<p>\ud800 \u202e</p>")
    page.encode("utf-8")
    assert "\u202e" not in page


def test_a_link_to_another_notebook_leads_to_its_page():
    page = export(new_markdown_cell("[next](01_load.ipynb#quotes) [web](https://news.example/a.ipynb)"))
    assert 'href="01_load.html#quotes"' in page and 'href="https://news.example/a.ipynb"' in page


def test_code_warnings_and_tracebacks_are_there_and_escaped():
    outputs = [
        new_output("stream", name="stderr", text="UserWarning: <b>careful</b>"),
        new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m <i>"),
        new_output(
            "error", ename="ValueError", evalue="no", traceback=["\x1b[0;31mValueError\x1b[0m: <script>no</script>"]
        ),
    ]
    page = export(new_code_cell("print('<tag>')", outputs=outputs))
    assert '<details class="code"><summary>Code</summary>' in page and "&lt;tag&gt;" in page
    assert "<summary>Messages from the program</summary>" in page and "&lt;b&gt;careful" in page
    assert "ansi-red-fg" in page and "\x1b" not in page
    assert "ValueError" in page and "<script>no" not in page


def test_tagged_cells_are_left_out():
    hidden = new_code_cell("secret = 1", metadata={"tags": ["remove-cell"]})
    silent = new_code_cell("unseen = 1", metadata={"tags": ["remove-input"]}, outputs=[output_of("<p>shown</p>")])
    page = export(hidden, silent)
    assert "secret" not in page
    assert "unseen" not in page
    assert "shown" in page


def test_the_page_names_its_title_and_language():
    assert "<title>Who &lt;speaks&gt;</title>" in export(new_markdown_cell("# Who <speaks>"))
    assert "<title>Mine</title>" in export(new_markdown_cell("# Other"), title="Mine")
    assert re.search(r'<html[^>]* lang="en"', export(new_markdown_cell("x")))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Who speaks? A day in Vel", "who-speaks-a-day-in-vel"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON:\x00<b>|?*", "con-b"),
        ("   ", "untitled"),
        ("Überraschung: 50 % mehr", "überraschung-50-mehr"),
        ("a" * 200, "a" * 60),
    ],
)
def test_a_title_becomes_a_slug(title, name):
    assert slug(title) == name

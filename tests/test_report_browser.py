"""Reports in a real browser: charts drawn, nothing asked of the network, nothing run that is not ours."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import plotly.graph_objects as go
import pytest
from browser import Visit, browser, visit
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from traitlets.config import Config

import newslab as nl
from newslab.report import build_pages
from newslab.report.build import REPORT_NOTEBOOK, build_report
from newslab.report.elements import make_grid
from newslab.report.exporter import NewslabExporter

PAYLOADS = [
    "<script>alert(1)</script>",
    "</script><script>alert(2)</script>",
    "<img src=x onerror=alert(3)>",
    '<img src="https://evil.example/pixel.png">',
    "<svg/onload=alert(4)>",
    "<svg><animate onbegin=alert(5) attributeName=x dur=1s>",
    "<iframe src=javascript:alert(6)></iframe>",
    '<iframe srcdoc="<script>parent.alert(7)</script>"></iframe>',
    '<a href="javascript:alert(8)">a link</a>',
    "<body onload=alert(9)>",
    "<input autofocus onfocus=alert(10)>",
    "<details open ontoggle=alert(11)>",
    "<video><source onerror=alert(12)></video>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(13)>",
    '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
    "<base href=https://evil.example/>",
    "<style>*{display:none!important}</style>",
    '<div style="position:fixed;inset:0;background:red;z-index:99999">over all</div>',
    "<form action=https://evil.example><button autofocus>go</button></form>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "\u202egnp.exe\u202c and \u2067turned",
    "{{ 7*7 }} ${alert(14)} %{customdata}",
    '"><script>alert(15)</script>',
    "' onmouseover='alert(16)",
    "]]>--><!--<script>alert(17)</script>",
    '=HYPERLINK("https://evil.example")',
]
COVERING = """() => [...document.querySelectorAll("main *")].filter((element) => {
    const style = getComputedStyle(element);
    const raised = style.position !== "static" && Number(style.zIndex) > 9 && !element.closest(".drawing");
    return style.position === "fixed" || raised;
}).length"""
# Gives everything that can be used a number, and says how many there are.
NUMBER_STOPS = """() => {
    const all = [...document.querySelectorAll("a[href], button, input, summary, [tabindex='0']")];
    const seen = all.filter((element) => element.checkVisibility({visibilityProperty: true}));
    seen.forEach((element, place) => { element.dataset.stop = place; });
    return seen.length;
}"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def report(chromium: Any, tmp_path_factory: pytest.TempPathFactory, story: nl.Article) -> Path:
    return build_report(nl.analyze(story), tmp_path_factory.mktemp("report") / "story.html")


def page_of(path: Path, *outputs: Any, words: str = "# A page") -> Path:
    """A page of a notebook whose outputs are given: figures, or HTML."""
    cells = [new_markdown_cell(words)]
    for output in outputs:
        figure = isinstance(output, go.Figure)
        mime = "application/vnd.plotly.v1+json" if figure else "text/html"
        value = json.loads(output.to_json()) if figure else output
        cells.append(new_code_cell("show()", outputs=[new_output("display_data", {mime: value})]))
    exporter = NewslabExporter(config=Config())
    page, _ = exporter.from_notebook_node(new_notebook(cells=cells), {"metadata": {"name": "page"}})
    path.write_text(page, encoding="utf-8")
    return path


def charts_in_report() -> int:
    cells = nbformat.read(REPORT_NOTEBOOK, as_version=4).cells
    return sum("nl.charts.plot_" in cell.source for cell in cells)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (800, "light"), (1400, "dark")])
def test_the_report_draws_its_charts_and_keeps_quiet(chromium, report, width, scheme):
    with visit(chromium, report, width=width, scheme=scheme) as seen:
        assert seen.charts == charts_in_report() >= 6
        assert seen.overflow <= 0
        seen.assert_quiet()


def test_several_kinds_of_chart_are_drawn(chromium, tmp_path):
    figures = [
        go.Figure(go.Bar(x=["a", "b"], y=[1, 2])),
        go.Figure(go.Scatter(x=[1, 2], y=[3, 1], mode="lines+markers")),
        go.Figure(go.Heatmap(z=[[1, 2], [3, 4]])),
        go.Figure(go.Box(y=[1, 2, 3, 9])),
        go.Figure(go.Pie(labels=["a", "b"], values=[1, 2])),
        go.Figure(go.Histogram(x=[1, 1, 2])),
    ]
    with visit(chromium, page_of(tmp_path / "page.html", *figures)) as seen:
        assert seen.charts == len(figures)
        seen.assert_quiet()


def test_a_chart_takes_the_pages_colours(chromium, tmp_path):
    path = page_of(tmp_path / "page.html", go.Figure(go.Bar(x=["a"], y=[1])))
    colours = {}
    for scheme in ("light", "dark"):
        with visit(chromium, path, scheme=scheme) as seen:
            label = seen.page.locator(".xtick text").first
            colours[scheme] = label.evaluate("node => getComputedStyle(node).fill")
            if scheme == "light":
                seen.page.emulate_media(color_scheme="dark")
                fill = "getComputedStyle(document.querySelector('.xtick text')).fill"
                seen.page.wait_for_function(f"before => {fill} !== before", arg=colours["light"])
                colours["changed"] = seen.page.evaluate(fill)
    assert colours["light"] != colours["dark"] == colours["changed"]


def test_a_chart_fits_the_window_again_when_its_width_changes(chromium, tmp_path):
    with visit(chromium, page_of(tmp_path / "page.html", go.Figure(go.Bar(x=["a"], y=[1])))) as seen:
        wide = seen.page.locator(".main-svg").first.bounding_box()["width"]
        seen.page.set_viewport_size({"width": 360, "height": 800})
        seen.page.wait_for_function("() => document.querySelector('.main-svg').getBoundingClientRect().width < 360")
        assert wide > 360
        assert seen.overflow <= 0


def test_on_paper_there_are_no_buttons_and_no_chart_is_cut(chromium, report):
    with visit(chromium, report, width=1400, scheme="dark") as seen:
        seen.page.emulate_media(media="print", color_scheme="dark")
        seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        seen.page.wait_for_timeout(500)
        for hidden in (".code-button", ".tools", ".modebar-container", "details.code"):
            for element in seen.page.locator(hidden).all():
                assert not element.is_visible(), hidden
        widths = seen.page.eval_on_selector_all(".main-svg", "all => all.map(svg => svg.getBoundingClientRect().width)")
        assert widths and max(widths) <= 640
        assert seen.page.evaluate("getComputedStyle(document.querySelector('.xtick text')).fill") == "rgb(0, 0, 0)"
        seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
        seen.page.emulate_media(media="screen")
        assert len(seen.page.pdf(format="A4")) > 50_000


def test_the_quotes_are_sorted_and_filtered_and_lead_to_the_text(chromium, report, story):
    quotes = nl.find_quotes(story)
    with visit(chromium, report) as seen:
        table = seen.page.locator("table.sortable").nth(1)
        assert table.locator("tbody tr").count() == len(quotes)
        table.get_by_role("button", name="Who").click()
        names = table.locator("tbody tr td:first-child bdi").all_inner_texts()
        assert names == sorted(names, key=str.lower)
        table.get_by_role("button", name="Who").click()
        assert table.locator("th").first.get_attribute("aria-sort") == "descending"
        field = seen.page.get_by_role("searchbox").nth(1)
        field.fill("sovereignty")
        shown = [row for row in table.locator("tbody tr").all() if row.is_visible()]
        assert len(shown) == 1 and "Respect for sovereignty" in shown[0].inner_text()
        shown[0].get_by_role("link").click()
        target = seen.page.evaluate("document.querySelector(':target').textContent")
        assert "Respect for sovereignty" in target
        seen.assert_quiet()


def test_on_a_phone_a_row_is_a_paragraph_and_stays_a_row_for_screen_readers(chromium, report, story):
    with visit(chromium, report, width=360) as seen:
        table = seen.page.locator("table.sortable").nth(1)
        assert table.bounding_box()["width"] <= 360
        row = table.locator("tbody tr").first
        heights = [cell.bounding_box()["y"] for cell in row.locator("td").all()]
        assert heights[1] > heights[0] and heights[2] > heights[1]
        assert seen.page.get_by_role("row").count() > len(nl.find_quotes(story))
        table.get_by_role("button", name="Who").press("Enter")
        assert table.get_by_role("columnheader").first.get_attribute("aria-sort") == "ascending"
        seen.assert_quiet()


def test_the_front_of_the_report_says_what_a_person_has_checked(chromium, report):
    with visit(chromium, report) as seen:
        line = seen.page.locator(".checked")
        assert "not yet checked by a person" in line.inner_text()
        line.get_by_role("link").press("Enter")
        assert "Method and limits" in seen.page.locator(":target").inner_text()


def test_a_click_on_a_point_leads_to_its_sentence(chromium, report):
    with visit(chromium, report) as seen:
        chart = seen.page.locator("figure.chart", has_text="Where each actor appears")
        chart.scroll_into_view_if_needed()
        point = chart.locator(".scatterlayer .point").first
        seen.page.wait_for_timeout(300)
        box = point.bounding_box()
        seen.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        chart.locator(".hoverlayer .hovertext").first.wait_for()
        seen.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        seen.page.wait_for_function("() => location.hash === '#s0'")
        assert "said on Sunday that it will" in seen.page.locator(":target").inner_text()
        seen.assert_quiet()


def test_code_is_folded_away_behind_one_button(chromium, report):
    with visit(chromium, report) as seen:
        code = seen.page.get_by_text("analysis = nl.analyze(nl.load(SOURCE))")
        assert not code.is_visible()
        seen.page.get_by_role("button", name="Show the code").press("Enter")
        assert code.is_visible()
        seen.page.get_by_role("button", name="Hide the code").click()
        assert not code.is_visible()


def test_an_older_browser_and_one_without_scripts_show_the_numbers(chromium, tmp_path):
    meta = {"caption": "Ada speaks.", "columns": ["actor", "words"], "rows": [["Ada Omu", 3]]}
    path = page_of(tmp_path / "page.html", go.Figure(go.Bar(x=["a"], y=[1])).update_layout(meta=meta))
    context = chromium.new_context()
    context.add_init_script("delete window.DecompressionStream")
    page = context.new_page()
    page.goto(path.as_uri())
    assert page.get_by_text("too old to draw the charts").is_visible()
    assert page.get_by_role("cell", name="Ada Omu").is_visible()
    context.close()
    with visit(chromium, path, script=False) as seen:
        assert seen.page.get_by_text("scripts are switched off").is_visible()
        seen.page.get_by_text("The numbers behind the chart").click()
        assert seen.page.get_by_role("cell", name="Ada Omu").is_visible()


def test_hostile_outputs_of_cells_run_nothing(chromium, tmp_path):
    hostile = " ".join(PAYLOADS)
    labels = PAYLOADS[:8]
    figure = go.Figure(go.Bar(x=labels, y=list(range(8)), hovertext=labels, text=labels, customdata=labels))
    figure.update_layout(title=hostile, meta={"caption": hostile, "columns": labels, "rows": [labels]})
    path = page_of(tmp_path / "page.html", hostile, figure, words=f"# A page\n\n{hostile}")
    with visit(chromium, path, width=360) as seen:
        seen.page.locator(".drawing .point").first.hover(force=True)
        seen.page.wait_for_timeout(500)
        assert seen.charts == 1
        assert seen.page.get_by_role("heading", name="A page").is_visible()
        assert seen.page.evaluate(COVERING) == 0
        assert seen.overflow <= 0
        seen.assert_quiet()


def test_the_keyboard_alone_reaches_everything(chromium, report):
    with visit(chromium, report, width=360) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        wanted = seen.page.evaluate(NUMBER_STOPS)
        reached = set()
        for _ in range(wanted + 5):
            seen.page.keyboard.press("Tab")
            reached.add(seen.page.evaluate("document.activeElement.dataset.stop"))
        assert wanted > 50
        assert {str(stop) for stop in range(wanted)} - reached == set()


@pytest.mark.slow
def test_a_hostile_article_runs_nothing_from_a_saved_page_to_the_report(chromium, tmp_path):
    first = escape(PAYLOADS[1])
    said = "".join(
        f"<p>“We have seen {text} in the valley this week,” said Ada {text} Omu of Vel on Monday.</p>"
        for text in map(escape, PAYLOADS)
    )
    saved = tmp_path / "a<img src=x onerror=alert(18)>.html"
    saved.write_text(
        f"<html lang='en'><head><meta charset='utf-8'><title>{first} {escape(PAYLOADS[2])} in Vel</title>"
        f'<meta name="author" content="{escape(PAYLOADS[4])}"></head>'
        f"<body><article><h1>{first} {escape(PAYLOADS[2])} in Vel</h1>{said}</article></body></html>",
        encoding="utf-8",
    )
    article = nl.load(saved)
    assert "<script>alert(1)</script>" in article.text
    everywhere = replace(
        article,
        article_id="other",
        title=" ".join(PAYLOADS),
        authors=tuple(PAYLOADS),
        outlet=PAYLOADS[2],
        url="javascript:alert(20)",
        warnings=(PAYLOADS[0],),
    )
    one = build_report(nl.analyze(article), tmp_path / "report.html")
    two = build_report(nl.analyze([article, everywhere]), tmp_path / "compare.html")
    for path, width, fewest in ((one, 360, 4), (one, 1200, 4), (two, 360, 2), (two, 1200, 2)):
        assert "\u202e" not in path.read_text(encoding="utf-8")
        with visit(chromium, path, width=width) as seen:
            assert seen.charts >= fewest
            assert seen.page.locator("main a[href^='javascript:']").count() == 0
            assert seen.page.locator("h1").is_visible()
            assert seen.page.evaluate(COVERING) == 0
            assert seen.overflow <= 0
            for point in seen.page.locator(".drawing .point").all()[:10]:
                point.hover(force=True)
            seen.page.wait_for_timeout(500)
            seen.assert_quiet()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "language", "says"),
    [
        ("", None, "no words"),
        ("Fire", None, "Nobody is quoted"),
        ("The road was closed on Monday. Snow fell all night.", None, "Nobody is quoted"),
        ("Der Minister sagte am Montag: „Wir haben lange genug gewartet.“", "de", "newslab reads English"),
    ],
)
def test_an_article_with_little_to_say_is_a_good_page(chromium, tmp_path, text, language, says):
    path = build_report(nl.analyze(nl.Article(text, language=language)), tmp_path / "report.html")
    with visit(chromium, path, width=360) as seen:
        assert says in seen.page.inner_text("main")
        assert seen.page.locator(".output.error").count() == 0
        assert seen.charts == seen.page.locator("figure.chart").count()
        assert seen.overflow <= 0
        assert axe_findings(seen) == []
        seen.assert_quiet()


@pytest.mark.parametrize(
    ("width", "scheme"),
    [
        (1200, "light"),
        pytest.param(1200, "dark", marks=pytest.mark.slow),
        pytest.param(360, "light", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_nothing_at_wcag_2_2_aa(chromium, report, width, scheme):
    with visit(chromium, report, width=width, scheme=scheme) as seen:
        assert axe_findings(seen) == []


def test_on_a_phone_a_sentence_in_a_table_is_not_squeezed(chromium, tmp_path):
    table = pd.DataFrame({"actor": ["Ana Torvel"] * 2, "share_spoken": [0.25, 0.5], "kind": "indirect", "rule": "cue"})
    table["text"] = "the old bridge over the Aske is safe, and that every bolt in it was checked twice this year"
    html = new_output("display_data", {"text/html": table.to_html(), "text/plain": ""})
    notebook = new_notebook(cells=[new_code_cell("table", outputs=[html])], metadata={"title": "T"})
    page = tmp_path / "page.html"
    page.write_text(NewslabExporter(config=Config()).from_notebook_node(notebook)[0], encoding="utf-8")
    with visit(chromium, page, width=360) as seen:
        assert seen.page.locator("td", has_text="the old bridge").first.bounding_box()["width"] > 200
        assert seen.overflow <= 0


def test_on_a_phone_a_long_name_of_an_outlet_is_broken(chromium, tmp_path):
    row = ["share", "Ana Torvel", "Morning Post of the Northern Provinces and Isles", "The Harbour Herald"]
    grid = make_grid(["Measure", "Person", "Outlet", "Other"], [row], "", ' class="sortable articles"')
    html = new_output("display_data", {"text/html": grid, "text/plain": ""})
    notebook = new_notebook(cells=[new_code_cell("table", outputs=[html])], metadata={"title": "T"})
    page = tmp_path / "page.html"
    page.write_text(NewslabExporter(config=Config()).from_notebook_node(notebook)[0], encoding="utf-8")
    with visit(chromium, page, width=360) as seen:
        assert "Morning Post" in seen.page.locator("table.articles td").nth(2).text_content()
        assert seen.overflow <= 0


def test_a_phone_has_room_for_what_each_formula_says(chromium, report):
    with visit(chromium, report, width=360) as seen:
        box = "each => [each.parentElement.scrollWidth, each.parentElement.clientWidth]"
        needed, there = seen.page.locator("table.formulas").evaluate(box)
        assert needed <= there


@pytest.mark.slow
def test_the_lessons_pages_and_their_index_are_quiet_and_axe_finds_nothing(chromium, tmp_path):
    pages = build_pages(Path(__file__).parent.parent / "notebooks", tmp_path)
    assert pages[0].name == "index.html" and len(pages) > 5
    for page in pages:
        for width, scheme in ((360, "dark"), (1200, "light")):
            with visit(chromium, page, width=width, scheme=scheme) as seen:
                assert seen.charts == seen.page.locator("figure.chart").count(), page.name
                assert seen.overflow <= 0, page.name
                assert axe_findings(seen) == [], page.name
                seen.assert_quiet()


def axe_findings(seen: Visit) -> list[str]:
    """What axe-core has against a page with everything unfolded."""
    if importlib.util.find_spec("axe_playwright_python") is None:
        pytest.skip("axe-playwright-python is not installed")
    from axe_playwright_python.sync_playwright import Axe

    seen.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(seen.page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found.response["violations"]]

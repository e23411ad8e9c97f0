"""The lessons as slides: each slide fits a screen of 1280 by 800, and JupyterLab shows every cell and chart of them."""

from __future__ import annotations

import math
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
import pytest
import test_jupyterlab
from nbformat import NotebookNode
from test_notebooks import CHARTS, FOLDER, read

from newslab.report.execution import run_notebook

course, folder, server, chromium = (
    test_jupyterlab.course,
    test_jupyterlab.folder,
    test_jupyterlab.server,
    test_jupyterlab.chromium,
)

LINE = 160  # characters of prose in a line of a slide
PICTURES = ("nl.charts.plot_", "nl.mark(story")
WIDTH, HEIGHT = 1280, 800
FIRST_SLIDE = ".reveal .slides section.present .jp-Cell"
# The slide that is shown: which cells it has and which of them are seen, its charts, how far down it goes, whether
# what is below can be scrolled to, and what is wider than its place.
SHOWN = """() => {
    const present = [...document.querySelectorAll(".slides section.present")];
    const slide = present.find((section) => !section.querySelector("section"));
    const cells = [...slide.querySelectorAll(".jp-Cell")];
    const seen = (cell) => cell.getBoundingClientRect().height > 20 && !cell.closest(".fragment:not(.visible)");
    const wide = (part) => part.scrollWidth > part.clientWidth + 2;
    return {
        place: location.hash,
        cells: cells.length,
        seen: cells.filter(seen).length,
        charts: slide.querySelectorAll(".js-plotly-plot .main-svg .cartesianlayer").length,
        bottom: Math.max(...cells.map((cell) => cell.getBoundingClientRect().bottom)),
        scrolls: getComputedStyle(slide).overflowY === "scroll",
        wide: [...slide.querySelectorAll(".cm-scroller, .jp-OutputArea-output")].filter(wide).map((p) => p.innerText),
    };
}"""


def kind(cell: NotebookNode) -> str:
    return str(cell.metadata.slideshow.slide_type)


def slides(name: str) -> list[list[NotebookNode]]:
    """The cells of each slide of a lesson, those below another too."""
    found: list[list[NotebookNode]] = []
    for cell in read(name).cells:
        if kind(cell) in ("slide", "subslide"):
            found.append([])
        found[-1].append(cell)
    return found


def prose_lines(cells: list[NotebookNode]) -> int:
    lines = [line for cell in cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    return sum(math.ceil(len(line) / LINE) for line in lines)


@pytest.mark.parametrize("name", CHARTS)
def test_every_cell_is_shown_and_a_heading_begins_a_slide(name: str) -> None:
    cells = read(name).cells
    assert {kind(cell) for cell in cells} <= {"slide", "subslide", "fragment", "-"}
    for cell in cells:
        assert (kind(cell) == "slide") == (cell.cell_type == "markdown" and cell.source.startswith(("# ", "## ")))
        if cell.metadata.get("nbgrader", {}).get("solution"):
            assert kind(cell) == "fragment", "a class sees the exercise before its answer"


@pytest.mark.parametrize("name", CHARTS)
def test_a_slide_has_no_more_than_a_screen_has_room_for(name: str) -> None:
    for cells in slides(name):
        code = [cell.source for cell in cells if cell.cell_type == "code"]
        lines = prose_lines(cells)
        assert lines > 1 or code, f"a heading alone: {cells[0].source}"
        assert lines <= 24 and lines + sum(len(source.splitlines()) for source in code) <= 26, cells[0].source
        assert len(code) <= 3, cells[0].source
        assert sum(source.splitlines()[-1].startswith(PICTURES) for source in code) <= 1, cells[0].source
        assert all(len(line) <= 130 for source in code for line in source.splitlines())


@pytest.mark.parametrize("name", CHARTS)
def test_the_theme_fetches_no_fonts_and_what_is_long_scrolls(name: str) -> None:
    rise = read(name).metadata.rise
    assert rise.theme == "serif"  # most of the others ask a server for their letters
    assert rise.scroll is True


@pytest.mark.slow
@pytest.mark.skipif(find_spec("jupyterlab_rise") is None, reason="slides need jupyterlab-rise: newslab[slides]")
@pytest.mark.parametrize("name", ["00_start_here"])
def test_jupyterlab_shows_a_lesson_as_slides(name: str, server: str, folder: Path, chromium: Any) -> None:
    path = folder / "notebooks" / f"{name}.ipynb"
    nbformat.write(run_notebook(read(name), name=name, folder=FOLDER), path)
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    page = context.new_page()
    page.set_default_timeout(test_jupyterlab.MILLISECONDS)
    abroad: list[str] = []
    home = test_jupyterlab.is_home
    page.on("request", lambda request: None if home(request.url, server) else abroad.append(request.url))
    page.goto(f"{server}/rise/notebooks/{name}.ipynb")
    page.wait_for_selector(FIRST_SLIDE)
    seen = step_through(page)
    context.close()
    assert len(seen) == len(slides(name))
    assert [slide["cells"] for slide in seen] == [slide["seen"] for slide in seen] == [len(s) for s in slides(name)]
    assert sum(slide["charts"] for slide in seen) == CHARTS[name]
    assert [slide for slide in seen if slide["bottom"] > HEIGHT and not slide["scrolls"]] == []
    assert [part for slide in seen for part in slide["wide"]] == []
    assert not abroad


def step_through(page: Any) -> list[dict[str, Any]]:
    """Every slide as it is when all its fragments are there, from the first to the last."""
    found: dict[str, dict[str, Any]] = {}
    before = None
    while True:
        page.wait_for_timeout(1000)  # a slide is laid out, and its charts are drawn, when it is shown
        now = page.evaluate(SHOWN)
        if now == before:
            return list(found.values())
        found["/".join(now["place"].split("/")[:2])] = before = now
        page.keyboard.press("Space")

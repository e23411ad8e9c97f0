"""JupyterLab itself: every lesson is opened in a browser and run from the menu, with no network but this machine."""

from __future__ import annotations

import os
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from browser import browser
from test_notebooks import CHARTS, PLOTLY, ROOT
from test_project import load_tasks

pytestmark = pytest.mark.slow

MILLISECONDS = 300_000
IDLE = "#jp-bottom-panel >> text=/\\| Idle/"  # the status bar: the kernel is there, and has nothing to do
CELLS = """() => [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell")].every(
    (cell) => /\\[\\d+\\]/.test(cell.querySelector(".jp-InputPrompt")?.textContent ?? ""))"""
DRAWN = """() => [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) .js-plotly-plot")].filter(
    (plot) => plot.querySelector(".main-svg .cartesianlayer, .main-svg .layer-above")).length"""
# The sentences in tables that are not set at the left.
AT_RIGHT = """() => [...document.querySelectorAll(".jp-NotebookPanel:not(.lm-mod-hidden) table.dataframe td")]
    .filter((cell) => / \\w+ /.test(cell.textContent) && getComputedStyle(cell).textAlign !== "left")
    .map((cell) => cell.textContent)"""
ERRORS = ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The course as a teacher gets it, and the words of the line with which the command says to open it."""
    folder = tmp_path_factory.mktemp("course")
    command = [sys.executable, "-m", "newslab", "course", str(folder), "--solutions"]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    return folder, shlex.split(said.splitlines()[-1])


@pytest.fixture(scope="module")
def folder(course: tuple[Path, list[str]]) -> Path:
    """The teacher's copy, so that what the browser saves is not the project's own."""
    return course[0]


@pytest.fixture(scope="module")
def server(course: tuple[Path, list[str]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on this machine's own address, started in the folder with the line; gives its URL."""
    folder, line = course
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    private = tmp_path_factory.mktemp("jupyter")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "JUPYTERLAB_SETTINGS_DIR")
    # make test keeps a user's settings out with JUPYTER_NO_CONFIG, which would keep these out too.
    environment = os.environ | {name: str(private / name.lower()) for name in names} | {"JUPYTER_NO_CONFIG": ""}
    load_tasks().ask_for_no_news(private / "jupyter_config_dir")
    flags = ("--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token=")
    command = [*line, *flags, *load_tasks().LAB_STAYS_HOME]
    with (private / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield wait_for(f"http://127.0.0.1:{port}", process, private / "log")
        finally:
            process.terminate()
            process.wait(timeout=60)


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(240):
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{url}/api/status", timeout=5):
                return url
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as one:
        yield one


@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_runs_from_the_menu(name: str, server: str, folder: Path, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(MILLISECONDS)
    abroad: list[str] = []
    page.on("request", lambda request: abroad.append(request.url) if not is_home(request.url, server) else None)
    page.on("websocket", lambda socket: abroad.append(socket.url) if not is_home(socket.url, server) else None)
    page.goto(f"{server}/lab/workspaces/{name}/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_selector(IDLE)
    page.click("#jp-MainMenu .lm-MenuBar-item:has-text('Run')")
    page.click(".lm-Menu-item[data-command='runmenu:run-all']")
    page.wait_for_function(CELLS)
    page.wait_for_selector(IDLE)
    for cell in page.locator(".jp-CodeCell").all():
        cell.scroll_into_view_if_needed()  # a chart is drawn when it comes into sight
        page.wait_for_timeout(100)
    page.wait_for_function(f"() => ({DRAWN})() >= {CHARTS[name]}")
    assert page.evaluate(DRAWN) == CHARTS[name]
    assert page.locator(ERRORS).count() == 0
    assert page.evaluate(AT_RIGHT) == []
    with page.expect_response(lambda response: response.request.method == "PUT" and "/api/contents/" in response.url):
        page.keyboard.press("Control+s")
    context.close()
    assert_saved(folder / "notebooks" / f"{name}.ipynb", CHARTS[name])
    assert not abroad


def test_a_word_to_look_up_opens_the_glossary_and_nothing_asks_for_news(server: str, chromium: Any) -> None:
    context = chromium.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(MILLISECONDS)
    page.goto(f"{server}/lab/workspaces/glossary/tree/notebooks/00_start_here.ipynb?reset")
    page.wait_for_selector(IDLE)
    page.locator(".jp-MarkdownOutput a:text-is('language model')").click()
    heading = page.locator(".jp-MarkdownViewer h2:has-text('Language model')")
    heading.wait_for()
    page.click(".jp-BreadCrumbs-home")
    page.locator(".jp-DirListing-itemText:has-text('data')").wait_for()
    assert page.locator("text=official Jupyter news").count() == 0
    context.close()


def is_home(url: str, server: str) -> bool:
    return url.startswith((server, server.replace("http:", "ws:"), "data:", "blob:"))


def assert_saved(path: Path, charts: int) -> None:
    """What the saved notebook says: no cell failed, and each chart is there."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    assert all(cell.execution_count for cell in cells)
    assert not [output for output in outputs if output.output_type == "error" or output.get("name") == "stderr"]
    assert sum(PLOTLY in output.get("data", {}) for output in outputs) == charts


def test_the_lessons_of_the_project_were_left_alone() -> None:
    for name in CHARTS:
        cells = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
        assert not any(cell.get("outputs") for cell in cells)

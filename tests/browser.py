"""A page opened in Chromium, with what it should not do written down: requests, errors, dialogs, sideways scroll."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DRAWN = """() => [...document.querySelectorAll("figure.chart .drawing")].every(
    (drawing) => drawing.querySelector(".main-svg .cartesianlayer, .main-svg .layer-above"))"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
MILLISECONDS = 60_000


def find_chromium() -> str | None:
    """Where Chromium is on this machine, if it is."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def require_chromium() -> str:
    """Chromium's path; the test is skipped without it, and fails where NEWSLAB_REQUIRE_CHROMIUM=1 says so."""
    path = find_chromium()
    if path is None:
        message = "no Chromium on this machine; install Debian's package chromium, or Chrome"
        if os.environ.get("NEWSLAB_REQUIRE_CHROMIUM") == "1":
            pytest.fail(message)
        pytest.skip(message)
    return path


@dataclass
class Visit:
    """One page in the browser, and what it did."""

    page: Any
    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    @property
    def charts(self) -> int:
        """How many charts are drawn and can be seen."""
        shown = (
            "nodes => nodes.filter(n => n.querySelector('.main-svg') && n.getBoundingClientRect().height > 50).length"
        )
        return int(self.page.eval_on_selector_all(".js-plotly-plot", shown))

    @property
    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(self.page.evaluate(OVERFLOW))

    def assert_quiet(self) -> None:
        """Fail where the page called out, failed, or asked something."""
        assert self.requests == []
        assert self.errors == []
        assert self.dialogs == []


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium without a window; it has no network, so that a request is seen and goes nowhere."""
    executable = require_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@contextmanager
def visit(
    chromium: Any, path: Path, *, width: int = 1200, scheme: str = "light", script: bool = True
) -> Iterator[Visit]:
    """Open a page and wait until its charts are drawn."""
    options: dict[str, Any] = {"color_scheme": scheme, "java_script_enabled": script}
    context = chromium.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
    page = context.new_page()
    seen = Visit(page)
    own = path.resolve().as_uri()
    page.on("request", lambda request: None if _is_own(request.url, own) else seen.requests.append(request.url))
    page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    context.on("page", lambda other: seen.requests.append(f"a new page: {other.url}"))
    page.goto(own)
    if script:
        page.wait_for_function(DRAWN, timeout=MILLISECONDS)
    yield seen
    context.close()


def _is_own(url: str, own: str) -> bool:
    return url.split("#")[0] == own or url.startswith(("data:", "blob:"))

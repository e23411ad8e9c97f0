"""Pages on paper: a page's PDF as the browser on this machine prints it, with nothing asked of the network."""

from __future__ import annotations

import base64
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from newslab.errors import ReportError

NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
NAMES += ["microsoft-edge", "microsoft-edge-stable", "msedge", "brave-browser"]
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
    "Chromium/Application/chrome.exe",
)
INSTALL = {
    "linux": "Install one, such as Debian's and Ubuntu's package chromium",
    "darwin": "Install Chrome, or with Homebrew: brew install --cask chromium",
    "win32": "Install Chrome, or repair Edge",
}
FLAGS = ["--headless", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions"]
FLAGS += ["--disable-sync", "--disable-component-update", "--disable-background-networking"]
# No name of a computer is looked up: neither the page nor the browser itself calls anybody.
FLAGS += ["--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer", "--virtual-time-budget=30000"]
SECONDS = 180
BUNDLE = re.compile(r'<script(?=[^>]*\bid="plotly")[^>]*>([^<]*)</script>')
NONCE = re.compile(r"script-src 'nonce-([\w-]+)'")


def find_browser() -> str | None:
    """Where a browser that prints without a window is on this machine: Chromium, Chrome, Edge or Brave.

    ``NEWSLAB_BROWSER``, the path of one, comes first.
    """
    given = os.environ.get("NEWSLAB_BROWSER")
    if given:
        return shutil.which(given)
    return next((found for place in _places() if (found := shutil.which(place))), None)


def require_browser(path: Path) -> str:
    """The browser to print with; ``ReportError`` that says what to install where there is none."""
    found = find_browser()
    if found:
        return found
    given = os.environ.get("NEWSLAB_BROWSER")
    if given:
        raise ReportError(f"{path}: NEWSLAB_BROWSER names {given!r}, which is no program on this machine. Correct it.")
    install = INSTALL.get(sys.platform, "Install one")
    raise ReportError(
        f"{path}: a PDF is printed by Chromium, Chrome or Edge, and none is on this machine. {install}; "
        "or make the report as .html, open it in any browser and print it there."
    )


def print_page(page: str, target: Path) -> None:
    """Print a page that newslab made to the PDF ``target``, whole or not at all.

    Raises ``ReportError`` where there is no browser, where it prints nothing within three minutes, and where the file
    cannot be written.
    """
    browser = require_browser(target)
    try:
        # Beside the target, since a browser that was installed as a snap sees no temporary folder of the system.
        with tempfile.TemporaryDirectory(dir=target.parent, prefix="newslab-", ignore_cleanup_errors=True) as private:
            source, printed = Path(private) / "page.html", Path(private) / "page.pdf"
            source.write_text(_unpacked(page), encoding="utf-8", newline="\n")
            said = _run(browser, source, printed, target)
            if not printed.exists() or not printed.stat().st_size:
                raise ReportError(
                    f"{target}: {browser} printed nothing ({said}). Print the report's .html from a browser instead."
                )
            printed.replace(target)
    except OSError as error:
        raise ReportError(f"{target}: {error.strerror or error}. Choose another place for it.") from error


def print_pages(pages: list[Path]) -> Iterator[Path]:
    """Print pages that newslab made, each to a PDF beside it, and give the PDFs as they are made."""
    for page in pages:
        target = page.with_suffix(".pdf")
        try:
            text = page.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ReportError(f"{page}: this page cannot be read ({error}). Make it again: make report") from error
        print_page(text, target)
        yield target


def _places() -> Iterator[str]:
    yield from NAMES
    if sys.platform == "darwin":
        for folder in ("/Applications", str(Path.home() / "Applications")):
            yield from (f"{folder}/{app}.app/Contents/MacOS/{app}" for app in MAC_APPS)
    if sys.platform == "win32":
        folders = [os.environ[name] for name in WINDOWS_FOLDERS if name in os.environ]
        yield from (str(Path(folder) / program) for program in WINDOWS_PROGRAMS for folder in folders)


def _unpacked(page: str) -> str:
    """The page with plotly.js as plain script, so that the charts are drawn before the page counts as loaded."""
    packed, nonce = BUNDLE.search(page), NONCE.search(page)
    if not packed or not nonce:
        return page
    plotly = gzip.decompress(base64.b64decode(packed[1])).decode("utf-8").replace("</script", "<\\/script")
    return f'{page[: packed.start()]}<script nonce="{nonce[1]}">{plotly}</script>{page[packed.start() :]}'


def _run(browser: str, source: Path, printed: Path, target: Path) -> str:
    """Let the browser print, and give the last line that it wrote, for where there is no file then."""
    command = [browser, *FLAGS, f"--user-data-dir={printed.with_name('profile')}", f"--print-to-pdf={printed}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--no-sandbox")  # the administrator of a container: Chromium has no sandbox there
    try:
        done = subprocess.run(
            [*command, source.resolve().as_uri()],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise ReportError(
            f"{target}: {browser} took longer than {SECONDS} seconds. Print the report's .html from a browser instead."
        ) from error
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return f"exit status {done.returncode}{': ' * bool(lines)}{lines[-1] if lines else ''}"

"""What each make target does, for machines with and without make: ``python tools/tasks.py NAME``.

Standard library only. Everything runs in ``.venv`` beside this file's parent, which is made and filled when it is
missing or when pyproject.toml has changed; a conda environment or a Jupyter configuration of the user's own is left
alone and not looked at.
"""

from __future__ import annotations

import hashlib
import json
import locale
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "newslab-installed"
NOTEBOOKS = ROOT / "notebooks"
REPORTS = ROOT / "reports"
ARTICLE = ROOT / "data" / "article.txt"

OLDEST = (3, 11)
# Tried in this order where the Python that runs this file is too old.
OTHER_PYTHONS = ("python3.12", "python3.13", "python3.11", "python3.14", "python3")
# What people read; the words that a spelling checker does not know stand in pyproject.toml.
SPELLED = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md", "data/coverage", "docs", "notebooks")
# JupyterLab would ask the package index for its own news.
LAB_STAYS_HOME = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)
# It would ask every user, in the middle of the page, whether it may.
NO_NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
# What a user's own set-up says with these would reach into the environment made here.
LEFT_OUT = ("PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH")


class TaskError(Exception):
    """A task cannot go on; the message says why and what to do."""


def install(arguments: list[str]) -> int:
    """Make .venv and install newslab in it; does nothing where that is done already."""
    state = _state()
    if _stamp() == state and _can("import newslab"):
        return 0
    # One that was moved has scripts that point to the old place; one whose Python was upgraded finds no packages.
    if not _can("import pip") or (_stamp() and not _stamp().endswith(f"\n{ROOT}\n")):
        _make_venv()
    print("Installing newslab and what it needs into .venv (about 1 GB; some minutes the first time)", flush=True)
    quiet = [] if sys.stdout.isatty() else ["--quiet"]
    if _run("-m", "pip", "install", *quiet, "--editable", f"{ROOT}[dev]"):
        raise TaskError("the installation failed; the lines above say why. It needs a network connection once.")
    ask_for_no_news(VENV / "etc" / "jupyter")
    STAMP.write_text(state, encoding="utf-8")
    return 0


def ask_for_no_news(settings: Path) -> None:
    """Tell the JupyterLab that reads these settings not to ask whether it may show news of its own."""
    page = settings / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(json.dumps(NO_NEWS), encoding="utf-8")


def report(arguments: list[str]) -> int:
    """Run every notebook; write reports/index.html, one page a notebook, and the report of the bundled article."""
    install([])
    notebooks = sorted(NOTEBOOKS.glob("*.ipynb"))
    print(f"Making a report and running {len(notebooks)} notebooks, about ten seconds each", flush=True)
    # A page of a run before must not pass for one of this run.
    for page in REPORTS.glob("*.html"):
        page.unlink()
    if _run("-m", "newslab.report", str(NOTEBOOKS), str(REPORTS), str(ARTICLE)):
        raise TaskError("a notebook failed, and the line above says which; make lab opens it")
    for name in (*(notebook.stem for notebook in notebooks), "report"):
        print(f"  {REPORTS / name}.html")
    index = REPORTS / "index.html"
    print(f"Open {index}\n  or {index.as_uri()}")
    return 0


def pdf(arguments: list[str]) -> int:
    """Print the pages in reports/ to PDF, each beside its page, with Chromium, Chrome or Edge."""
    if not (REPORTS / "index.html").exists():
        report([])
    install([])
    pages = [str(page) for page in sorted(REPORTS.glob("*.html"))]
    print(f"Printing {len(pages)} pages, some seconds each", flush=True)
    if _run("-m", "newslab.report", "--print", *pages):
        raise TaskError("a page could not be printed, and the line above says why")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests, the notebooks included, without those marked slow."""
    install([])
    return _run("-m", "pytest", "-m", "not slow", *arguments)


def test_all(arguments: list[str]) -> int:
    """Run all tests, the slow ones too."""
    install([])
    return _run("-m", "pytest", *arguments)


def lint(arguments: list[str]) -> int:
    """Check style, types and spelling: ruff, mypy --strict, and typos."""
    install([])
    checks = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy", "--strict", "newslab", __file__))
    spelling = subprocess.call([str(PYTHON.with_name("typos")), *SPELLED], cwd=str(ROOT), env=_environment())
    return max(spelling, *(_run("-m", *check) for check in checks))


def lab(arguments: list[str]) -> int:
    """Open JupyterLab on the notebooks."""
    install([])
    first = next(iter(sorted(NOTEBOOKS.glob("*.ipynb"))), NOTEBOOKS)
    start = f"--LabApp.default_url=/lab/tree/{first.relative_to(ROOT).as_posix()}"
    root = f"--ServerApp.root_dir={ROOT}"
    # In a container one is often root, and JupyterLab then wants to be told that this is meant.
    as_root = ("--allow-root",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()
    return _run("-m", "jupyterlab", root, start, *as_root, *LAB_STAYS_HOME, *arguments, JUPYTER_NO_CONFIG="")


def clean(arguments: list[str]) -> int:
    """Remove .venv, the reports and what the tools keep for themselves."""
    for name in (".venv", "reports", "build", "dist", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".hypothesis"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
    return 0


def show_help(arguments: list[str]) -> int:
    """List the targets."""
    print("make NAME, or without make: python tools/tasks.py NAME\n")
    for name, task in TASKS.items():
        print(f"  {name:<10} {(task.__doc__ or '').strip()}")
    return 0


TASKS = {
    "report": report,
    "pdf": pdf,
    "test": test,
    "test-all": test_all,
    "install": install,
    "lab": lab,
    "lint": lint,
    "clean": clean,
    "help": show_help,
}


def main(arguments: list[str]) -> int:
    """Run one task by its name; what follows the name goes to the task's own program."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.version_info < OLDEST:
        return _run_newer(arguments)
    name = arguments[0] if arguments else "help"
    if name not in TASKS:
        print(f"There is no target {name!r}; these there are: {', '.join(TASKS)}", file=sys.stderr)
        return 2
    try:
        return TASKS[name](arguments[1:])
    except TaskError as error:
        print(f"{name}: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _state() -> str:
    """What an installation rests on: the project's metadata, and where it lies."""
    return f"{hashlib.sha256((ROOT / 'pyproject.toml').read_bytes()).hexdigest()}\n{ROOT}\n"


def _stamp() -> str:
    """What the last complete installation rested on; empty where there was none."""
    return STAMP.read_text(encoding="utf-8") if STAMP.exists() else ""


def _can(statement: str) -> bool:
    """Whether the environment is there and its Python runs a statement."""
    if not PYTHON.exists():
        return False
    return subprocess.call([str(PYTHON), "-c", statement], env=_environment(), stderr=subprocess.DEVNULL) == 0


def _make_venv() -> None:
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        raise TaskError(
            f"{sys.executable} cannot make virtual environments, since its module venv or ensurepip is missing. "
            f"On Debian and Ubuntu install it with: sudo apt-get install python3-venv (or python{version}-venv)"
        )
    print(f"Making {VENV}", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)], env=_environment()):
        raise TaskError(f"{sys.executable} could not make a virtual environment in {VENV}; the lines above say why")


def _environment() -> dict[str, str]:
    """The variables that the children see: UTF-8 everywhere, and nothing of the user's own Python and Jupyter."""
    kept = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    if os.name == "posix" and locale.getencoding().lower() != "utf-8":
        kept["LC_ALL"] = "C.UTF-8"  # Python reads the path of an editable install in the locale's encoding
    return kept | {
        "PATH": str(PYTHON.parent) + os.pathsep + kept.get("PATH", ""),
        "VIRTUAL_ENV": str(VENV),
        "PYTHONUTF8": "1",
        "PYTHONNOUSERSITE": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "PIP_USER": "0",
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "JUPYTER_NO_CONFIG": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTER_CONFIG_DIR": str(VENV / "etc" / "jupyter"),
        "JUPYTER_DATA_DIR": str(VENV / "share" / "jupyter"),
        "IPYTHONDIR": str(VENV / "ipython"),
    }


def _run(*arguments: str, **variables: str) -> int:
    return subprocess.call([str(PYTHON), *arguments], cwd=str(ROOT), env=_environment() | variables)


def _run_newer(arguments: list[str]) -> int:
    wanted = ".".join(map(str, OLDEST))
    for name in OTHER_PYTHONS:
        found = shutil.which(name)
        check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
        if found and subprocess.call([found, "-c", check], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([found, __file__, *arguments])
    print(f"newslab needs Python {wanted} or newer; {sys.executable} is {sys.version.split()[0]}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

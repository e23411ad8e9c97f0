"""newslab as others get it: a wheel, in an environment that has never seen this folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


def run(*words: str | Path, cwd: Path) -> str:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "JUPYTER", "VIRTUAL"))}
    done = subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, text=True, env=kept)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(folder: Path) -> Path:
    """The wheel of what git knows, so that nothing that lies about gets in."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is no clone")
    names = run("git", "-C", ROOT, "ls-files", "-z", "--cached", cwd=ROOT).split("\0")
    for name in filter(None, names):
        (folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / "source" / name)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", folder, folder / "source", cwd=folder)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("wheel"))


def test_the_wheel_carries_lessons_data_and_notices_and_nothing_of_the_workshop(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    carried = set(names)
    lessons = {f"newslab/share/notebooks/{path.name}" for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert lessons and lessons <= carried
    assert {"newslab/share/data/article.txt", "newslab/share/data/README.md", "newslab/py.typed"} <= carried
    assert {"newslab/share/docs/glossary.md", "newslab/share/docs/teaching.md"} <= carried
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert len(tops) == 2 and "newslab" in tops
    inside = {part for name in names for part in Path(name).parts}
    assert not {"tests", "tools", "bench", "badinputs", "__pycache__", ".ipynb_checkpoints"} & inside


def test_the_same_sources_give_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    assert build(tmp_path).read_bytes() == wheel.read_bytes()


def test_a_report_is_made_from_the_wheel_alone(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    scripts = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(scripts / "python", "-m", "pip", "install", "--quiet", wheel, cwd=tmp_path)
    elsewhere = tmp_path / "newsroom"
    elsewhere.mkdir()
    shutil.copy(ROOT / "data" / "article.txt", elsewhere / "story.txt")
    run(scripts / "newslab", "report", "story.txt", "-o", "story.html", cwd=elsewhere)
    page = (elsewhere / "story.html").read_text(encoding="utf-8")
    assert "Asif Ghafoor" in page and "Plotly.newPlot" in page
    where = "from newslab.resources import share_path; print(share_path('notebooks'))"
    lessons = Path(run(scripts / "python", "-c", where, cwd=elsewhere).strip())
    assert tmp_path in lessons.parents and list(lessons.glob("*.ipynb"))
    run(scripts / "newslab", "course", "class", cwd=elsewhere)
    assert len(list((elsewhere / "class" / "notebooks").glob("*.ipynb"))) == len(list(lessons.glob("*.ipynb")))
    assert "newslab 0." in run(scripts / "newslab", "--version", cwd=elsewhere)


def test_the_teachers_lines_for_a_stick_put_newslab_itself_on_it(wheel: Path, tmp_path: Path) -> None:
    """The lines as docs/teaching.md has them, but for the 250 MB of other packages, which take pip some minutes."""
    page = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    assert set(re.findall(r"newslab-[\d.]+-[\w-]+\.whl", page)) == {wheel.name}
    (block,) = re.findall(r"```\n(.* pip download -d wheels .*\n(?:.*\n)*?) *```", page)
    lines = block.replace("<the newslab folder>", str(wheel.parent / "source")).splitlines()
    download, build_it, make, install = (line.strip() for line in lines)
    assert download.split()[-4:] == ["download", "-d", "wheels", build_it.split()[-1]]
    tools = os.environ | {"PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}
    for line in (build_it, make, f"{install} --no-deps"):
        line = line.replace("bin/", "Scripts/") if os.name == "nt" else line
        subprocess.run(line.split(), cwd=tmp_path, check=True, env=tools)
    assert list((tmp_path / "wheels").glob("newslab-*.whl"))
    assert list((tmp_path / "newslab-env").rglob("newslab/share/notebooks/00_start_here.ipynb"))

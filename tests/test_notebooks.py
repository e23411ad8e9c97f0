"""The lessons: each runs from top to bottom, quietly and quickly, on the bundled article and on any other."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from newslab.report.execution import run_notebook

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
CHARTS = {
    "00_start_here": 2,
    "01_load_and_read": 0,
    "02_readability": 1,
    "03_quotes": 1,
    "04_actors": 2,
    "05_sentiment": 2,
    "06_actors_and_sentiment": 5,
}
PLOTLY = "application/vnd.plotly.v1+json"
SECONDS = 20
# Processor time, since a test may share its machine; the last figure that the kernel prints.
STOPWATCH = "import time\nprint('seconds:', time.process_time())"

NO_QUOTES = "A ferry sank off Norvik on Monday. Nobody was hurt. The harbour was closed for two days."
FRENCH = (
    "Le maire de Norvik a fermé le pont lundi. « Nous avons vérifié chaque boulon », a dit Ana Torvel.\n\n"
    "Le conseil du port a démenti. Personne n'a été blessé."
)
MANY = "\n\n".join(
    f'Councillor Ana{i} Torvel{i} said the "old" bridge is a disgrace. "We checked bolt {i}," she told Tom Brask. '
    f"Brask praised the {i} firefighters, who saved a child, and condemned the Harbour Board."
    for i in range(30)
)
STORIES = {"no quotes": NO_QUOTES, "another language": FRENCH, "many actors": MANY, "one word": "Torvel."}


def read(name: str) -> NotebookNode:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def run(name: str, source: Path | None = None) -> NotebookNode:
    notebook = read(name)
    for cell in notebook.cells:
        if source is not None and "parameters" in cell.metadata.get("tags", []):
            cell.source = f"SOURCE = {str(source)!r}"
    notebook.cells.append(nbformat.v4.new_code_cell(STOPWATCH))
    return run_notebook(notebook, name=name, folder=FOLDER)


@cache
def done(name: str) -> NotebookNode:
    return run(name)


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def stderr(notebook: NotebookNode) -> str:
    return "".join(output.text for output in outputs(notebook) if output.get("name") == "stderr")


def stdout(notebook: NotebookNode) -> str:
    return "".join(output.text for output in outputs(notebook) if output.get("name") == "stdout")


def charts(notebook: NotebookNode) -> list[NotebookNode]:
    return [output.data[PLOTLY] for output in outputs(notebook) if PLOTLY in output.get("data", {})]


def test_these_are_the_lessons() -> None:
    assert set(CHARTS) <= {path.stem for path in FOLDER.glob("*.ipynb")}


@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_is_a_clean_notebook(name: str) -> None:
    notebook = read(name)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info.name == "python"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert sum("parameters" in cell.metadata.get("tags", []) for cell in code) == 1
    assert all(cell.metadata.slideshow.slide_type for cell in notebook.cells)


@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_has_its_parts(name: str) -> None:
    cells = read(name).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    assert re.match(r"# .*\?\n\n\w", cells[0].source) or re.match(r'# .*\?\n\n"', cells[0].source)
    for part in ("**You will learn**", "**Time**", "**You need**", "## In short", "## Exercise 1", "## Exercise 2"):
        assert part in text
    assert re.search(r"^## What (these numbers|you) cannot", text, re.MULTILINE)
    assert "**Predict" in text or "**Before you" in text
    lengths = [len(cell.source.splitlines()) for cell in cells if cell.cell_type == "code"]
    assert sum(length > 8 for length in lengths) <= 3
    assert max(lengths) <= 12


@pytest.mark.parametrize("name", CHARTS)
def test_links_between_lessons_lead_somewhere(name: str) -> None:
    text = "\n".join(cell.source for cell in read(name).cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        assert (FOLDER / target).exists(), target
    for path in re.findall(r"`((?:newslab|data)/[\w./]+)`", text):
        assert (ROOT / path).exists(), path


@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_runs_quietly_and_draws_its_charts(name: str) -> None:
    notebook = done(name)
    assert not stderr(notebook)
    drawn = charts(notebook)
    assert len(drawn) == CHARTS[name]
    assert all(chart["layout"]["meta"]["rows"] for chart in drawn)


@pytest.mark.parametrize("name", CHARTS)
def test_unsolved_exercises_say_so(name: str) -> None:
    assert stdout(done(name)).count("not answered yet") == 2


@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_takes_less_than_twenty_seconds(name: str) -> None:
    assert float(stdout(done(name)).rsplit("seconds:", 1)[1]) < SECONDS


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_runs_on_another_story(name: str, story: str, tmp_path: Path) -> None:
    source = tmp_path / "story.txt"
    source.write_text(STORIES[story], encoding="utf-8")
    notebook = run(name, source)
    assert not stderr(notebook) or (story == "another language" and "newslab reads English" in stderr(notebook))
    assert len(charts(notebook)) == CHARTS[name]


SOLUTIONS = {
    "00_start_here": {
        "paragraphs = None": 'paragraphs = len(story.text.strip().split("\\n\\n"))',
        "my_quote = None": 'my_quote = story.text[a.quotes["start"].iloc[0] : a.quotes["end"].iloc[0]]',
    },
    "01_load_and_read": {
        "longest = None": 'longest = int(a.sentences["words"].astype(int).idxmax())',
        "my_count = None": "my_count = 2",
        "my_text = None": 'my_text = "He works for Brask Inc. Torvel does not."',
    },
    "02_readability": {
        "rewritten = None": 'rewritten = "Pakistan will not take part. It said so on Sunday."',
        "hardest = None": 'hardest = (by_paragraph["polysyllables"] / by_paragraph["words"]).astype(float).idxmax()',
    },
    "03_quotes": {
        "most_words = None": 'most_words = a.actors.sort_values("words_spoken")["actor"].iloc[-1]',
        "my_sentence = None": "my_sentence = '\"The bridge is safe,\" insisted Ana Torvel.'",
    },
    "04_actors": {
        "my_actor = None": 'my_actor = unsure["actor"].value_counts().index[0]',
        "my_story = None": 'my_story = "Ana Torvel met her brother Jon Torvel. Jon Torvel was late. Ana Torvel left."',
    },
    "05_sentiment": {
        "widest = None": 'widest = (scored["compound"] - scored["compound"].mean()).abs().astype(float).idxmax()',
        "unkind_sentence = None": 'unkind_sentence = "Ana Torvel is a terrible leader."',
        "kind_sentence = None": 'kind_sentence = "Ana Torvel is a brilliant leader."',
    },
    "06_actors_and_sentiment": {
        "share = None": 'share = round(float(a.actors["share_spoken"].max()), 2)',
        "memo = None": 'memo = f"{a.actors.actor[0]} is named, {a.actors.actor[1]} too, in 16 sentences."',
    },
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_a_solved_exercise_is_accepted(name: str) -> None:
    notebook = read(name)
    for blank, solution in SOLUTIONS[name].items():
        line = re.compile(rf"^{re.escape(blank)}.*$", re.MULTILINE)
        (cell,) = (cell for cell in notebook.cells if line.search(cell.source))
        cell.source = line.sub(solution.replace("\\", r"\\"), cell.source)
    assert "not answered yet" not in stdout(run_notebook(notebook, name=name, folder=FOLDER))


WRONG = {
    "00_start_here": ("paragraphs = None", "paragraphs = 999", "Not 999"),
    "01_load_and_read": ("longest = None", "longest = -1", "Sentence -1 has 0 words"),
    "02_readability": ("rewritten = None", 'rewritten = "One sentence."', "still one sentence"),
    "03_quotes": ("most_words = None", 'most_words = "Nobody"', "No actor is called 'Nobody'"),
    "04_actors": ("my_actor = None", 'my_actor = "Nobody"', "No actor is called 'Nobody'"),
    "05_sentiment": ("widest = None", "widest = 999", "There is no sentence 999"),
    "06_actors_and_sentiment": ("memo = None", 'memo = "It is biased."', "Only 0 of the actors"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_a_wrong_answer_is_told_why(name: str) -> None:
    from newslab import ReportError

    blank, wrong, message = WRONG[name]
    notebook = read(name)
    for cell in notebook.cells:
        cell.source = cell.source.replace(blank, wrong)
    with pytest.raises(ReportError, match=f"AssertionError: .*{message}"):
        run_notebook(notebook, name=name, folder=FOLDER)

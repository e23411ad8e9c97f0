"""The lessons: each runs from top to bottom, quietly and quickly, on the bundled article and on any other."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

import newslab as nl
from newslab.course.copies import without_solutions
from newslab.readability.syllables import count_syllables
from newslab.report.execution import run_notebook

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "notebooks"
CHARTS = {
    "00_start_here": 2,
    "01_load_and_read": 0,
    "02_readability": 1,
    "03_quotes": 1,
    "04_actors": 2,
    "05_sentiment": 4,
    "06_actors_and_sentiment": 2,
    "07_many_articles": 4,
    "08_how_far_to_trust_it": 0,
}
PLOTLY = "application/vnd.plotly.v1+json"

NO_QUOTES = "A ferry sank off Norvik on Monday. Nobody was hurt. The harbour was closed for two days."
FRENCH = (
    "Le maire de Norvik a fermé le pont lundi. « Nous avons vérifié chaque boulon », a dit Ana Torvel.\n\n"
    "Le conseil du port a démenti. Personne n'a été blessé."
)
MANY = "\n\n".join(
    f'Councillor Ana{i} Torvel{i} said the "old" bridge is a disgrace. "We checked bolt {i}," she told Tom Brask. '
    f"Brask praised the {i} firefighters, who saved a child, and condemned the Harbour Board."
    for i in range(12)
)
STORIES = {"no quotes": NO_QUOTES, "another language": FRENCH, "many actors": MANY, "one word": "Torvel."}


def read(name: str) -> NotebookNode:
    return nbformat.read(FOLDER / f"{name}.ipynb", as_version=4)


def run(name: str, source: Path | None = None, *, solved: bool = True) -> NotebookNode:
    notebook = read(name) if solved else without_solutions(read(name))
    for cell in notebook.cells:
        if source is not None and "parameters" in cell.metadata.get("tags", []):
            cell.source = f"SOURCE = {str(source)!r}"
    return run_notebook(notebook, name=name, folder=FOLDER)


@cache
def done(name: str) -> NotebookNode:
    return run(name)


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]


def stderr(notebook: NotebookNode) -> str:
    return "".join(output.text for output in outputs(notebook) if output.get("name") == "stderr")


def verdicts(notebook: NotebookNode) -> list[str]:
    """What the checks of a run lesson say, in order."""
    cells = [cell for cell in notebook.cells if cell.source.startswith("nl.course.check_")]
    return [cell.outputs[0].data["text/html"] for cell in cells]


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
    for part in ("**You will learn**", "**You need to know**", "**Time**", "## In short", "glossary.md#"):
        assert part in text
    for part in ("## What it gets wrong", "## What these numbers cannot tell", "## Exercise 3"):
        assert part in text
    assert "**Predict" in text or "**Before you" in text
    first = next(index for index, cell in enumerate(cells) if cell.cell_type == "code" and "nl." in cell.source)
    assert first <= 4, "a first result comes within two minutes"
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
def test_each_worked_solution_is_right(name: str) -> None:
    said = verdicts(done(name))
    assert 3 <= len(said) <= 5
    assert all(re.search("<strong>(Right|It can be checked)[.]</strong>", one) for one in said), said


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("name", CHARTS)
def test_a_lesson_runs_on_another_story(name: str, story: str, tmp_path: Path) -> None:
    source = tmp_path / "story.txt"
    source.write_text(STORIES[story], encoding="utf-8")
    notebook = run(name, source)
    assert not stderr(notebook) or (story == "another language" and "newslab reads English" in stderr(notebook))
    assert len(charts(notebook)) == CHARTS[name]


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_a_students_copy_runs_before_anything_is_solved(name: str) -> None:
    notebook = run(name, solved=False)
    assert not stderr(notebook)
    assert len(charts(notebook)) == CHARTS[name]
    assert all("Not answered yet." in one for one in verdicts(notebook))


@pytest.mark.slow
def test_a_command_prints_how_long_a_lesson_takes_and_no_lesson_takes_too_long() -> None:
    command = [sys.executable, ROOT / "tools" / "benchmark.py", "course", "07", "--cells", "1"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    (row,) = re.findall(r"^07_many_articles +(\d+) +([\d.]+) +([\d.]+)$", ran.stdout, re.MULTILINE)
    assert int(row[0]) == len(read("07_many_articles").cells)
    assert 1 < float(row[2]) < 20 and "the bars: 20 seconds a lesson, 120 the course" in ran.stdout


def test_what_the_lessons_say_of_the_bundled_story_is_so() -> None:
    story = nl.load(ROOT / "data" / "article.txt")
    a = nl.analyze(story)
    # 00 and 03: a remark of the agency's, given to Pakistan; 01: sentences, and a quote that never closes
    assert "amidst raging tensions" in a.quotes.loc[a.quotes["actor"] == "Pakistan", "text"].iloc[0]
    assert len(a.sentences) == len([piece for piece in story.text.split(".") if piece.strip()])
    assert a.quotes["end"].iloc[-1] == len(story.text.rstrip()) and story.warnings
    # 00: the second difference, and two sums of words
    urged = a.quotes["text"].isin(["to exercise restraint"])
    assert a.quotes.loc[urged, "actor"].tolist() == ["Foreign Office"]
    words = a.actors.set_index("actor")[["words_spoken", "words_reported"]].sum(axis="columns")
    assert words[["Foreign Office", "Iran"]].tolist() == [75, 8]
    # 01: a stop with two jobs
    hard = ("Brask Inc. Torvel does not.", "She stayed at No. 4. He went home.", "At 9 p.m. Torvel missed it.")
    assert [len(nl.text.sentences(text)) for text in hard] == [1, 2, 2]
    # 02: names whose syllables are guessed wrong
    assert [count_syllables(name) for name in ("Javed", "Hashed", "Trump")] == [1, 1, 1]
    # 05: bad news stands near the name
    shown = a.target_sentiment[a.target_sentiment["quote_id"].isna() & (a.target_sentiment["label"] == "negative")]
    assert shown.sort_values("negative")["actor"].iloc[-1] == "US"
    assert {"Asif Ghafoor", "Iran"} <= set(shown["actor"])


def test_the_lesson_on_many_articles_joins_the_mayor_in_every_outlet_that_hears_her() -> None:
    cells = {cell.id: cell for cell in done("07_many_articles").cells}
    assert len(cells["07-21"].outputs) == 1, "a name is listed that no story has, so it joins nothing"
    text = {name: cells[name].outputs[0].data["text/plain"] for name in ("07-22", "07-29", "07-37", "07-42")}
    assert re.search(r"Hedda Varnholt +7 ", text["07-22"])
    assert "That is the city's fault, and I am the city." in text["07-29"]
    assert not re.search(r"Kettle Quay Weekly +Hedda Varnholt +0[.]0 ", text["07-37"])
    # What the text says of the outlet with the most mistakes: three of residents, three of the mayor.
    assert len(re.findall(r"Hedda Varnholt +the mayor", text["07-42"])) == 3
    # The tabloid has no dot for her, and no two lines of a panel lie apart.
    rows = charts(done("07_many_articles"))[-1]["layout"]["meta"]["rows"]
    assert not any("Holler" in row[0] and row[1] == "Hedda Varnholt" for row in rows)
    for actor in {row[1] for row in rows}:
        lines = [row[3:5] for row in rows if row[1] == actor]
        assert max(low for low, _ in lines) <= min(high for _, high in lines)


def test_what_the_whole_picture_says_of_the_bundled_story_is_so() -> None:
    notebook = done("06_actors_and_sentiment")
    talk, toward = charts(notebook)
    widest = [row for row in talk["layout"]["meta"]["rows"] if row[3] == 37]
    assert {row[0] for row in widest} == {"Pakistan"} and {row[2] for row in widest} == {1}
    assert ["Pakistan", "Pakistan", 1, 37, "negative"] in [row[:5] for row in widest]
    a = nl.analyze(nl.load(ROOT / "data" / "article.txt"))
    lines = a.actors[a.actors["sentiment_toward"].notna()].set_index("actor")
    crosses = (lines["sentiment_low"] < 0) & (lines["sentiment_high"] > 0)
    assert len(lines) == 4 and list(lines.index[crosses]) == ["Asif Ghafoor"]
    assert -0.005 < lines.loc["US", "sentiment_high"] < 0
    named = a.target_sentiment.query("actor == 'Pakistan' and sentence_id == 0")
    assert list(named["label"]) == ["neutral"]
    said = {cell.id: cell for cell in notebook.cells}["06-24"].outputs[0].data["text/plain"]
    assert said.count("that it will not allow its soil") == 1
    assert toward["layout"]["meta"]["rows"]

"""The course: its checks answer every kind of answer with a line, and its copies are what a class needs."""

from __future__ import annotations

import ast
import inspect
import json
import re
import shlex
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

import newslab as nl
from newslab.cli import main
from newslab.course.copies import without_solutions

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CHECKED_IN = sorted((ROOT / "newslab" / "course").glob("lesson_*.py"))
CHECKS = {name: getattr(nl.course, name) for name in nl.course.__all__ if name.startswith("check_")}
PLAIN = "A ferry sank off Norvik on Monday. Nobody was hurt. The harbour was closed for two days."
TALKING = (
    'Mayor Ana Torvel said the bridge is safe. "We checked every bolt in it," she told Tom Brask. '
    'Brask praised the firefighters, who saved a child. "I doubt it," said Brask, a critic of Torvel.'
)
STRANGE = (
    None, ..., "", " ", "x", "\ud800", "[" * 5000, "50%", "nan", "inf", "-1", 0, -1, 1.5, 10**400, float("nan"), True,
    pd.NA, pd.NaT, b"x", [], {}, set(), (), [1, 2], ["x"], [["x"]], {"a": "b"}, {1: 2}, {"a": None}, 3j, object(),
    print, date(2020, 1, 5), np.array(3),
    np.array([]), np.int64(3), np.array([[1, 2]]), pd.Series(["x"]), pd.Series([1, 2]),
    pd.DataFrame(), pd.DataFrame({"a": [1]}), pd.DataFrame({"a": [1, 2]}), pd.Index([3]), Exception, range(3),
)  # fmt: skip


@cache
def analysis(text: str) -> nl.Analysis:
    return nl.analyze(nl.Article(text))


def article() -> nl.Analysis:
    return analysis(nl.load(ROOT / "data" / "article.txt").text)


def solution_of(lesson: str, number: str) -> str:
    (cell,) = (cell for cell in nbformat.read(_path(lesson), as_version=4).cells if _is_answer(cell, lesson, number))
    return str(cell.source)


def _path(lesson: str) -> Path:
    return next(path for path in LESSONS if path.name.startswith(lesson))


def _is_answer(cell: nbformat.NotebookNode, lesson: str, number: str) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade_id") == f"answer-{lesson}-{number}")


def call(check: object, answer: object, a: object) -> nl.course.Verdict:
    names = list(inspect.signature(check).parameters)  # type: ignore[arg-type]
    return check(*(a if name == "a" else answer for name in names))  # type: ignore[operator,no-any-return]


@pytest.mark.parametrize("name", CHECKS)
def test_no_answer_of_any_kind_is_a_traceback(name: str) -> None:
    for text in (PLAIN, TALKING):
        for answer in STRANGE:
            verdict = call(CHECKS[name], answer, analysis(text))
            assert isinstance(verdict.right, bool) and len(verdict.line) > 10
            if answer is None or answer is ...:
                assert "Not answered yet" in verdict.line
    assert not call(CHECKS[name], "x", None) or "a" not in inspect.signature(CHECKS[name]).parameters


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_begins_with_its_question(name: str) -> None:
    first = (inspect.getdoc(CHECKS[name]) or "").split("\n")[0]
    assert len(first) > 30


def test_a_line_is_shown_and_counts_for_nbgrader() -> None:
    right = nl.course.check_01_3("He works for Brask Inc. Torvel does not.", 2)
    wrong = nl.course.check_01_3("Dr. Torvel came.", 1)
    assert right and not wrong
    assert right._repr_mimebundle_()["text/plain"] == "1.0" and wrong._repr_mimebundle_()["text/plain"] == "0.0"
    assert right._repr_mimebundle_()["text/html"].startswith(
        "<p><strong>It can be checked.</strong> You count 2, newslab 1"
    )
    assert repr(wrong).startswith("Not yet. newslab counts 1 as well")


def test_what_an_answer_says_runs_nothing_in_a_page() -> None:
    verdict = nl.course.check_03_1("<script>alert(1)</script>", article())
    assert "<script" not in verdict._repr_mimebundle_()["text/html"]


def test_answers_come_in_many_forms() -> None:
    a = article()
    assert nl.course.check_03_1("Foreign Office", a)
    assert nl.course.check_03_1(" foreign office", a)
    assert nl.course.check_03_1("FO", a)
    assert nl.course.check_03_1(a.actors.nlargest(1, "words_spoken")["actor"], a)
    assert "has 12 words in quotation marks, and somebody has more" in nl.course.check_03_1("Asif Ghafoor", a).line
    share = a.actors["share_spoken"].max()
    for answer in (share, round(share, 2), f"{share:.0%}", str(share), pd.Series([share])):
        assert nl.course.check_06_1(answer, a)
    assert "too low" in nl.course.check_06_1(0.01, a).line
    assert "whole table" in nl.course.check_06_1(a.actors, a).line
    assert "22 values: add .idxmax()" in nl.course.check_06_1(a.actors["share_spoken"], a).line


def test_several_values_are_told_what_to_do_with_their_kind() -> None:
    a = article()
    assert nl.course.check_00_2((235, 290), a).line == (
        "Not yet. Those are 2 values with a comma between them. "
        "This exercise asks for the words of a quote, cut out of story.text."
    )
    assert "That is a list of 2. This exercise asks for your sentences" in nl.course.check_02_3(["a", "b"], a).line
    assert "add [0] to take the first" in nl.course.check_06_1(np.array([0.1, 0.2]), a).line
    means = a.sentences.groupby("paragraph")["words"].mean()
    assert "7 values: add .idxmax() for the row of the largest" in nl.course.check_01_2(means, a).line
    for answer in ((1, 2), ["a", "b"], {"a", "b"}, np.array([1, 2])):
        assert ".iloc" not in nl.course.check_03_1(answer, a).line


def test_a_share_over_one_is_asked_whether_it_is_a_percentage() -> None:
    a = article()
    assert 'Then write 0.44 or "44%".' in nl.course.check_03_2(44, a).line and nl.course.check_03_2("44%", a)
    assert "percentage" in nl.course.check_08_1(67).line and "percentage" not in nl.course.check_08_3(67).line


def test_a_number_may_be_a_word_and_what_it_counts_is_not_called_right() -> None:
    a = article()
    for sentence in (
        "Asif Ghafoor is quoted 99 times.",
        "Ghafoor is quoted three times.",
        "Asif Ghafoor speaks twice.",
    ):
        verdict = nl.course.check_00_3(sentence, a)
        assert verdict and verdict.line.startswith("It can be checked. It has a name and a number.")
        assert "I have not checked" in verdict.line
    assert "such as 3 or three" in nl.course.check_00_3("Asif Ghafoor is one of them.", a).line
    assert nl.course.check_06_4("The Foreign Office has sixty-two words and Pakistan thirty-seven.", a)


def test_a_sentence_count_that_cannot_be_is_not_taken() -> None:
    check = nl.course.check_01_3
    assert "Put an abbreviation" in check("I like it. You too.", 3).line
    assert "has 1 to 2 sentences" in check("We climbed Mt. Brask won.", 5).line
    assert "has 1 to 2 sentences" in check("We climbed Mt. Brask won.", 1.5).line
    assert "Inc., St. or Mt." in check("She stayed at No. 4. He went home.", 2).line
    for text in ("We climbed Mt. Brask won.", "She lives on Queen St. Torvel moved", "Brask Inc. Torvel does not."):
        assert "Would your neighbour count 2 too?" in check(text, 2).line


def test_a_hint_names_no_column_that_no_table_has() -> None:
    a = article()
    columns = {*a.actors.columns, *a.talk.columns}
    lines = [nl.course.check_06_3("Iran", a).line, nl.course.check_03_1("Iran", a).line]
    stories = nl.analyze(nl.Corpus.load(ROOT / "data" / "coverage"))
    once = stories.actors.query("quotes == 1")["actor"].iloc[-1]
    lines.append(nl.course.check_07_2(once, stories).line)
    assert all("somebody has more" in line for line in lines), lines
    for line in lines:
        assert set(re.findall(r"Sort the table by (\w+)", line)) <= columns
    assert "count the different actor of each about" in lines[0]


def test_who_is_kept_in_a_rewritten_sentence_are_people_places_and_organisations() -> None:
    a = analysis('Mayor Ana Torvel told the Iranian ferry captain on Monday that Norvik is safe for "American" guests.')
    assert nl.course.check_02_3("Ana Torvel spoke on Monday. Norvik is safe, she said.", a)
    assert "Somebody got lost: Norvik." in nl.course.check_02_3("Ana Torvel spoke. It is safe.", a).line


def test_a_rewritten_sentence_that_names_nobody_has_to_say_what_the_story_says() -> None:
    a = analysis("On a market day I take over two hundred across, most of them on foot, and a few goats.")
    other = nl.course.check_02_3("Pakistan said so on Sunday. Tensions between the two are high.", a)
    assert not other and "That says something else" in other.line
    assert nl.course.check_02_3("On market days I take over two hundred people. A few have goats.", a)


def test_a_name_inside_another_word_names_nobody() -> None:
    a = analysis("Q: Is it safe?\n\nA: It is. I checked every bolt.\n\nQ: And now?\n\nA: Now I go home.")
    assert "names nobody" in nl.course.check_00_3("Quite safe, says Ana, 5 times.", a).line
    assert nl.course.check_00_3("Q: 5 words.", a)
    assert "It names 0 of the actors" in nl.course.check_06_4("Quite safe, says Ana: 5 words.", a).line
    assert "It names 1 of the actors" in nl.course.check_06_4("Pakistani words: 5. Afghanistan: 2.", article()).line


def test_a_single_letter_is_not_nearly_a_quote() -> None:
    a = analysis('"It is safe today," said Mayor Ana Torvel.')
    assert "No quote has exactly these words" in nl.course.check_00_2("s", a).line
    assert "Nearly" in nl.course.check_00_2("It is safe today", a).line
    assert "Nearly" in nl.course.check_00_2('"It is safe today," said', a).line


def test_where_nothing_is_indirect_the_check_speaks_of_no_words_of_the_reporter() -> None:
    a = analysis("Q: Is it safe?\n\nA: It is. I checked every bolt.\n\nQ: And now?\n\nA: Now I go home.")
    assert set(a.quotes["kind"]) == {"direct"} and a.actors["words_spoken"].sum() == 0
    verdict = nl.course.check_03_2(0, a)
    assert verdict and "None is in other words" in verdict.line and "For these words" not in verdict.line


def test_one_of_a_thing_is_not_called_many() -> None:
    a = article()
    assert "Mike Pompeo has 2 mentions and no quote" in nl.course.check_06_2("Mike Pompeo", a).line
    assert (
        "Baghdad International Airport has 1 mention and no quote"
        in nl.course.check_06_2("Baghdad International Airport", a).line
    )
    assert "Afghanistan has 1 other speaking of them, and" in nl.course.check_06_3("Afghanistan", a).line
    stories = nl.analyze([nl.Article(TALKING), nl.Article(PLAIN)])
    assert "Ana Torvel has 1 story with a quote." in nl.course.check_07_2("Ana Torvel", stories).line


def test_hints_help() -> None:
    a = article()
    assert "percent long words; another has" in nl.course.check_02_1(0, a).line
    assert "the numbers go from 0 to 6" in nl.course.check_02_1(7, a).line
    assert "the chart counts from 1, the tables from 0" in nl.course.check_05_1(3, a).line
    assert "another has" in nl.course.check_05_1(5, a).line
    as_it_is = nl.score_readability(a.article_list[0])["flesch_kincaid_grade"].iloc[0]
    assert "the grade of the story as it is" in nl.course.check_02_2(as_it_is, a).line
    quote = a.quotes["text"].iloc[3]
    assert nl.course.check_00_2(quote, a) and "Nearly" in nl.course.check_00_2(quote[1:], a).line
    assert "claims more than a count" in nl.course.check_06_4("Pakistan and Iran: 5 words are biased.", a).line
    assert "quotation marks: write the whole" in nl.course.check_03_4("Ana Torvel insisted that it was safe.").line
    assert "leave the a in its brackets" in nl.course.check_00_1(7, "a").line


def test_the_answers_on_the_page_for_teachers_are_right() -> None:
    page = " ".join((ROOT / "docs" / "teaching.md").read_text(encoding="utf-8").split())
    answers = {
        "00_1": ("**1** 7 paragraphs", 7),
        "01_1": ("**1** Sentence 0, 41 words", 0),
        "01_2": ("**2** Paragraph 0 or 2", 2),
        "02_1": ("**1** Paragraph 6, 24 percent", 6),
        "02_2": ("**2** 10.3", 10.3),
        "03_1": ("**1** Foreign Office, 62 words", "Foreign Office"),
        "03_2": ("**2** 0.44, 7 of 16", 0.44),
        "03_3": ("**3** Asif Ghafoor, 43 words", "Asif Ghafoor"),
        "04_1": ("**1** Pakistan, Asif Ghafoor, Qasem Soleimani or Foreign Office", "Asif Ghafoor"),
        "04_2": ("**2** 2: Imran Khan and Ashraf Ghani", 2),
        "05_1": ("**1** Sentence 2, the third of the chart", 2),
        "05_2": ("**2** 22 rows", 22),
        "06_1": ("**1** 0.53", 0.53),
        "06_2": ("**2** US, 7 mentions", "US"),
        "06_3": ("**3** Pakistan or Qasem Soleimani, of each 4 others", "Qasem Soleimani"),
    }
    for number, (words, answer) in answers.items():
        assert words in page
        assert CHECKS[f"check_{number}"](answer, article()), number
    assert "takes 130 to 146" in page
    for number, answer in (("08_1", 0.67), ("08_2", 0.69), *(("08_3", each) for each in (130, 138, 139, 146))):
        assert CHECKS[f"check_{number}"](answer), number
    assert not nl.course.check_08_3(129) and not nl.course.check_08_3(147)


def test_the_page_for_teachers_tells_students_what_their_readme_tells_them(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    nl.course.copy_course(tmp_path)
    theirs = (tmp_path / "README.md").read_text(encoding="utf-8")
    lines = [line.strip() for line in theirs.splitlines() if line.startswith("    ")]
    assert len(lines) == 7
    for line in lines:
        assert re.sub(r"3\.\d+", "3.12", line) in page, line


def test_a_line_counts_what_a_class_has_solved(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
    (line,) = re.findall(r"^python (-c .*handed-in.*)$", page, re.MULTILINE)
    outputs = [
        nbformat.v4.new_output("display_data", data=call(CHECKS["check_08_1"], answer, None)._repr_mimebundle_())
        for answer in (0.67, 0.5, None, 2 / 3)
    ]
    path = tmp_path / "handed-in" / "Ana Torvel" / "08.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=outputs)]), path)
    command = [sys.executable, *shlex.split(line)]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.strip() == f"{path.relative_to(tmp_path)} 2"
    (full,) = re.findall(r"A full score is (.*?)\.\s", page, re.DOTALL)
    scores = {
        lesson: int(each[0])
        for each in re.findall(r"(\d) in[^\d]*((?:\d\d\D*)+)", full)
        for lesson in re.findall(r"\d\d", each[1])
    }
    sources = {path.stem[-2:]: path.read_text(encoding="utf-8") for path in CHECKED_IN}
    assert scores == {lesson: source.count("\n@exercise\n") for lesson, source in sources.items()}


def test_the_second_place_hangs_on_what_is_counted_and_the_check_says_whether_it_does() -> None:
    assert "In marks alone the second is Qamar Javed Bajwa." in nl.course.check_03_3("Asif Ghafoor", article()).line
    first = nl.course.check_03_3("Foreign Office", article())
    assert not first and "has 75 words in all and comes first" in first.line
    assert "has 20 words in all and 6 have more. Add words_spoken" in nl.course.check_03_3("Imran Khan", article()).line
    same = analysis('"Not here, not in this town," said Ana Torvel. "No," said Tom Brask.')
    assert "Tom Brask is second too" in nl.course.check_03_3("Tom Brask", same).line
    alone = analysis('"Not here," said Ana Torvel. Tom Brask left.')
    assert "nobody comes second" in nl.course.check_03_3("Ana Torvel", alone).line


def test_where_a_story_has_nothing_to_find_the_check_says_so() -> None:
    a = analysis(PLAIN)
    for check in (nl.course.check_03_1, nl.course.check_03_2, nl.course.check_06_1, nl.course.check_00_2):
        assert "another story" in check("x", a).line


def test_the_answers_follow_the_story() -> None:
    a = analysis(TALKING)
    assert nl.course.check_03_1("Ana Torvel", a) and not nl.course.check_03_1("Tom Brask", a)
    assert nl.course.check_00_1(1, a) and not nl.course.check_00_1(7, a)
    assert nl.course.check_00_1(7, article())


def test_copies_for_a_class_have_no_solutions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", str(tmp_path / "class")]) == 0
    said = capsys.readouterr().out
    assert "without the solutions" in said and "jupyter" in said and "00_start_here.ipynb" in said
    for path in LESSONS:
        copy = (tmp_path / "class" / "notebooks" / path.name).read_text(encoding="utf-8")
        assert not re.search("SOLUTION|nbgrader", copy)
        assert nbformat.reads(copy, as_version=4).cells
    assert (tmp_path / "class/data/article.txt").read_bytes() == (ROOT / "data/article.txt").read_bytes()
    assert (tmp_path / "class/docs/glossary.md").exists() and not (tmp_path / "class/docs/teaching.md").exists()


def test_copies_for_the_teacher_are_the_lessons_as_they_are(tmp_path: Path) -> None:
    done = nl.course.copy_course(tmp_path / "teacher", solutions=True)
    assert (tmp_path / "teacher" / "docs" / "teaching.md").exists()
    assert not done.kept and {f"notebooks/{path.name}" for path in LESSONS} <= set(done.written)
    for path in LESSONS:
        assert (tmp_path / "teacher" / "notebooks" / path.name).read_bytes() == path.read_bytes()


def test_a_students_work_is_kept_until_it_is_said_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nl.course.copy_course(tmp_path)
    mine = tmp_path / "notebooks" / LESSONS[0].name
    mine.write_text("my work", encoding="utf-8")
    assert main(["course", str(tmp_path)]) == 0
    said = capsys.readouterr().out
    assert mine.read_text(encoding="utf-8") == "my work"
    assert re.search(rf"Kept as they are.*\n  notebooks/{LESSONS[0].name}", said) and "Wrote 0 files" in said
    assert main(["course", str(tmp_path), "--overwrite"]) == 0
    assert re.search(rf"Replaced.*\n  notebooks/{LESSONS[0].name}", capsys.readouterr().out)
    assert mine.read_text(encoding="utf-8") != "my work"


def test_a_folder_that_cannot_be_is_told_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for folder in (tmp_path / "file", ROOT):
        assert main(["course", str(folder)]) == 2
        said = capsys.readouterr().err
        assert said.startswith("newslab: ") and "Name a" in said and len(said.splitlines()) == 1


def test_the_copy_says_how_to_install_it_without_naming_a_place_on_the_teachers_machine(tmp_path: Path) -> None:
    nl.course.copy_course(tmp_path / "class")
    page = (tmp_path / "class" / "README.md").read_text(encoding="utf-8")
    assert sys.prefix not in page and str(tmp_path) not in page
    for line in (
        "..\\newslab-env\\Scripts\\python -m pip install --no-index --find-links ..\\wheels newslab",
        "../newslab-env/bin/python -m pip install --no-index --find-links ../wheels newslab",
        "..\\newslab-env\\Scripts\\python -m jupyterlab",
        "../newslab-env/bin/python -m jupyterlab",
        f"py -3.{sys.version_info.minor} -m venv ..\\newslab-env",
        'SOURCE = "../data/harbour.txt"',
    ):
        assert f"    {line}\n" in page, line


def test_a_teachers_own_story_takes_the_place_of_the_bundled_one(tmp_path: Path) -> None:
    mine = tmp_path / "it's a bridge \u2013 1.txt"
    mine.write_text(TALKING, encoding="utf-8")
    assert main(["course", str(tmp_path / "class"), "--story", str(mine)]) == 0
    here = tmp_path / "class" / "notebooks"
    for path in sorted(here.glob("*.ipynb")):
        (source,) = (cell.source for cell in nbformat.read(path, as_version=4).cells if "tags" in cell.metadata)
        named = (here / ast.literal_eval(source.partition("=")[2].partition("  #")[0].strip())).resolve()
        expected = "coverage" if path.name[:2] in ("07", "08") else mine.name
        assert named == (tmp_path / "class" / "data" / expected).resolve() and named.exists()
        assert path.name[:2] in ("07", "08") or nl.load(named).text == TALKING
        assert "SOLUTION" not in path.read_text(encoding="utf-8")
    assert not list((tmp_path / "class" / "data").glob("article*")), "a class gets no text that it may not have"


def test_a_story_given_later_changes_the_lessons_of_a_folder_that_nobody_has_worked_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, mine, other = tmp_path / "class", tmp_path / "harbour.txt", tmp_path / "bridge.txt"
    for path in (mine, other):
        path.write_text(TALKING, encoding="utf-8")
    assert main(["course", str(folder)]) == 0 and (folder / "data" / "article.txt").exists()
    for story in (mine, other):
        assert main(["course", str(folder), "--story", str(story)]) == 0
        said = capsys.readouterr().out
        assert "Replaced, since nobody had worked in them:" in said and "Kept as they are" not in said
        lessons = [path.read_text("utf-8") for path in sorted((folder / "notebooks").glob("0[0-6]*.ipynb"))]
        assert len(lessons) == 7 and all(f"../data/{story.name}" in lesson for lesson in lessons)
        assert not list((folder / "data").glob("article*"))


def test_a_lesson_that_somebody_has_worked_in_keeps_its_story(tmp_path: Path) -> None:
    folder, mine = tmp_path / "class", tmp_path / "harbour.txt"
    mine.write_text(TALKING, encoding="utf-8")
    nl.course.copy_course(folder)
    worked, broken = folder / "notebooks" / "03_quotes.ipynb", folder / "notebooks" / "04_actors.ipynb"
    worked.write_text(worked.read_text("utf-8").replace("# your code here", "unmarked = 0.44"), "utf-8")
    broken.write_text("[]", "utf-8")
    before = worked.read_bytes()
    done = nl.course.copy_course(folder, story=mine)
    assert done.kept == ["notebooks/03_quotes.ipynb", "notebooks/04_actors.ipynb"] and not done.removed
    assert worked.read_bytes() == before and broken.read_bytes() == b"[]"
    assert (folder / "data" / "article.txt").exists(), "the lesson that is kept reads it"


@pytest.mark.parametrize("story", ["nowhere.txt", "README.md", "empty.txt"])
def test_a_story_that_cannot_be_used_is_told_before_anything_is_copied(
    story: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "README.md").write_text(TALKING, encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    assert main(["course", str(tmp_path / "class"), "--story", str(tmp_path / story)]) == 2
    said = capsys.readouterr().err
    assert said.startswith("newslab: ") and story in said and len(said.splitlines()) == 1
    assert not (tmp_path / "class").exists()


def test_a_students_copy_has_a_place_to_write() -> None:
    source = "if True:\n    x = None\n    ### BEGIN SOLUTION\n    x = 1\n    ### END SOLUTION\nx"
    cells = [nbformat.v4.new_code_cell(source), nbformat.v4.new_markdown_cell("a\n### BEGIN SOLUTION\nb")]
    notebook = without_solutions(nbformat.v4.new_notebook(cells=cells))
    assert notebook.cells[0].source == "if True:\n    x = None\n    # your code here\nx"
    assert notebook.cells[1].source == "a\n*Write your answer here.*"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_each_exercise_has_a_place_a_solution_and_a_check(path: Path) -> None:
    lesson = path.stem[:2]
    notes = [cell["metadata"]["nbgrader"] for cell in json.loads(path.read_text("utf-8"))["cells"] if _noted(cell)]
    numbers = [name[-1] for name in CHECKS if name.startswith(f"check_{lesson}_")]
    assert 3 <= len(numbers) <= 5
    ids = [note["grade_id"] for note in notes]
    assert ids == [f"{part}-{lesson}-{number}" for number in numbers for part in ("answer", "check")]
    for note in notes:
        is_check = note["grade_id"].startswith("check")
        assert note["grade"] == note["locked"] == is_check and note["solution"] == (not is_check)
        assert note["schema_version"] == 3 and note["task"] is False and (note.get("points") == 1) == is_check
    for number in numbers:
        lines = solution_of(lesson, number).split("\n")
        begin, end = lines.index("### BEGIN SOLUTION"), lines.index("### END SOLUTION")
        assert any(line.partition("#")[0].strip().endswith("= None") for line in lines[:begin]) and end > begin + 1


def _noted(cell: dict[str, dict[str, object]]) -> bool:
    return "nbgrader" in cell["metadata"]

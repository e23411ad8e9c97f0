"""The tables of a lesson: whole sentences, with words at the left and numbers at the right."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd

from newslab.course.tables import words_at_left
from newslab.report.execution import run_notebook

LEFT = "text-align: left"
CODE = """import pandas as pd
import newslab as nl
nl.course.set_up_tables()
pd.DataFrame({"words": ["a sentence of its own, " * 10], "number": [3]})"""


def at_left(table: pd.DataFrame) -> list[str]:
    page = words_at_left(table.to_html())
    assert re.sub(f' style="{LEFT}"', "", page) == table.to_html()
    return re.findall(rf'<t[dh][^>]*style="{LEFT}"[^>]*>(.*?)</t', page)


def test_words_are_at_the_left_with_their_heads_and_numbers_are_not() -> None:
    table = pd.DataFrame({"actor": ["Ana Torvel", None], "share": ["40%", "3%"], "mean": [-0.25, float("nan")]})
    table["words"] = pd.array([1200, None], dtype="Int64")
    assert at_left(table) == ["actor", "Ana Torvel", "NaN"]


def test_names_of_rows_are_words_too() -> None:
    table = pd.DataFrame({"kind": ["a", "a"], "name": ["x", "y"], "words": [1, 2]}).set_index(["kind", "name"])
    assert at_left(table) == ["", "", "kind", "name", "a", "x", "y"]
    assert at_left(pd.DataFrame({"words": [1, 2]}, index=["x", "y"])) == ["", "x", "y"]


def test_any_table_is_shown() -> None:
    for table in (
        pd.DataFrame(),
        pd.DataFrame({"a": []}),
        pd.DataFrame({"a": ["</td><b>\\1"]}),
        pd.DataFrame([[1]]),
    ):
        assert words_at_left(table.to_html()).count("<td") == table.size
    wide = pd.DataFrame({f"column {number}": ["x"] for number in range(40)})
    with pd.option_context("display.max_columns", 20):
        shown = words_at_left(wide._repr_html_())  # type: ignore[operator]
    assert shown.count(LEFT) == 2 * 20
    assert words_at_left("no table") == "no table"


def test_a_notebook_that_asks_for_it_shows_whole_sentences_at_the_left(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CODE)])
    (output,) = run_notebook(notebook, name="tables", folder=tmp_path).cells[0].outputs
    shown = output.data["text/html"]
    assert f'<td style="{LEFT}">{("a sentence of its own, " * 10).strip()}</td>' in shown and "<td>3</td>" in shown

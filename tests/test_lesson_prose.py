"""The words of the lessons: what is said of the bundled story is not said of a student's own."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

import newslab as nl

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "notebooks").glob("0[0-6]*.ipynb"))
BUNDLED = ROOT / "data" / "article.txt"


def paragraphs(path: Path) -> list[str]:
    cells = nbformat.read(path, as_version=4).cells
    return [part for cell in cells if cell.cell_type == "markdown" for part in re.split(r"\n\n|\n(?=- )", cell.source)]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_what_is_said_of_somebody_in_the_bundled_story_names_the_story(path: Path) -> None:
    actors = nl.course.actors_by_hand(BUNDLED)
    people = actors.loc[actors["kind"].isin(["person", "organisation"]), "actor"]
    names = {*people, *(name.split()[-1] for name in people), "Pakistan"} - {"Army", "News", "Office"}
    assert len(names) > 12
    for text in paragraphs(path):
        named = [name for name in sorted(names) if re.search(rf"\b{name}\b", text)]
        assert not named or "bundled" in text, f"{named} in: {text}"


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_no_lesson_states_what_this_story_has(path: Path) -> None:
    for text in paragraphs(path):
        assert not re.search(r"\b(In|On) this story\b", text), text
        assert "It is short" not in text, text


def test_the_tone_of_a_quote_of_several_sentences_is_not_the_reporters() -> None:
    cells = nbformat.read(ROOT / "notebooks" / "06_actors_and_sentiment.ipynb", as_version=4).cells
    (cell,) = (cell.source for cell in cells if "words of a speaker" in cell.source)
    a = nl.analyze('"It burned all night. We ran. Nobody came," said Ana Torvel. The road is open.')
    names: dict[str, pd.DataFrame] = {"a": a}
    exec(cell, names)
    assert names["mean"]["count"].to_dict() == {False: 1, True: 3}


def test_the_lesson_on_sentiment_shows_sentences_that_have_an_actor() -> None:
    cells = nbformat.read(ROOT / "notebooks" / "05_sentiment.ipynb", as_version=4).cells
    (cell,) = (cell.source for cell in cells if "nsmallest(3" in cell.source)
    names = {"a": nl.analyze("It rained. It hailed. It froze. Mayor Ana Torvel opened the bridge on Friday.")}
    exec(cell.split("\na.target_sentiment")[0], names)
    assert list(names["short"]["sentence_id"]) == [3]

"""The words of the lessons: what is said of the bundled story is not said of a student's own."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
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

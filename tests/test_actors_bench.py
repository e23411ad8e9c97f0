"""People of ten real news articles, labelled by hand; `pytest -s` prints the figures."""

from pathlib import Path

import pytest
from actor_figures import measure, printed, read_articles


@pytest.fixture(scope="module")
def figures(bench: Path) -> dict[str, float]:
    result = measure(read_articles(bench / "quotes"))
    print("\n" + printed(result))
    return result


def test_people_are_found_whole_and_nothing_else_is_a_person(figures: dict[str, float]) -> None:
    assert figures["people F1, all"] >= 90


def test_names_of_one_person_are_joined_and_of_two_kept_apart(figures: dict[str, float]) -> None:
    assert figures["B-cubed F1"] >= 86
    assert figures["people who are one actor"] >= 87


def test_people_are_taken_for_people(figures: dict[str, float]) -> None:
    assert figures["kind right"] >= 93

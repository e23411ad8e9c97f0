"""Names in invented passages from six parts of the world, labelled by hand; `pytest -s` prints the figures."""

import pytest
from actor_figures import measure, printed, read_passages


@pytest.fixture(scope="module")
def figures() -> dict[str, float]:
    result = measure(read_passages())
    print("\n" + printed(result))
    return result


def test_names_are_found_whole(figures: dict[str, float]) -> None:
    assert figures["mentions F1"] >= 93


def test_names_of_one_actor_are_joined_and_of_two_kept_apart(figures: dict[str, float]) -> None:
    assert figures["B-cubed F1"] >= 92
    assert figures["people who are one actor"] >= 87


def test_people_bodies_and_places_are_told_apart(figures: dict[str, float]) -> None:
    assert figures["kind right"] >= 93
    assert figures["people F1, all"] >= 90


def test_names_of_every_origin_are_found_about_equally_well(figures: dict[str, float]) -> None:
    origins = [value for name, value in figures.items() if name.startswith("people F1, ") and not name.endswith("all")]
    assert max(origins) - min(origins) <= 8

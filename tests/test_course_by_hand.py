"""What a person found in a lesson's story, set beside what the program found."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

import newslab as nl

ROOT = Path(__file__).parent.parent
STORY = ROOT / "data" / "article.txt"


def test_the_quotes_and_actors_that_a_person_found_stand_in_the_story() -> None:
    story = nl.load(STORY)
    by_hand = nl.course.quotes_by_hand(STORY)
    assert len(by_hand) == 16
    assert all(story.text[row.start : row.end] == row.text for row in by_hand.itertuples())
    assert set(by_hand["actor"]) <= set(nl.course.actors_by_hand(STORY)["actor"])


def test_a_story_of_ones_own_has_no_list_and_nothing_to_compare(tmp_path: Path) -> None:
    own = tmp_path / "story.txt"
    own.write_text('"It is safe," said Ana Torvel.', encoding="utf-8")
    for source in (own, str(own), "https://news.invalid/story.html"):
        assert list(nl.course.quotes_by_hand(source)["actor"]) == []
        assert list(nl.course.actors_by_hand(source)["kind"]) == []
    nothing = nl.course.compare_quotes(nl.course.quotes_by_hand(own), nl.find_quotes(nl.load(own)))
    assert list(nothing.columns) == ["actor, by hand", "words, by hand", "actor, program", "words, program"]
    assert nothing.empty


def test_a_miss_another_speaker_and_another_end_are_listed_and_what_agrees_is_not() -> None:
    text = 'Torvel said the pier is safe. "No," said Brask. "We will see," she said. Olund left.'
    words = {"Torvel": ["the pier is safe", '"We will see,"'], "Brask": ['"No,"'], "Olund": ["left"]}
    rows = [(who, one, text.index(one), text.index(one) + len(one)) for who in words for one in words[who]]
    by_hand = pd.DataFrame(rows, columns=["actor", "text", "start", "end"])
    found = by_hand.iloc[:3].copy()
    found.loc[0, ["text", "end"]] = ["the pier", text.index(" is safe")]
    found.loc[1, "actor"] = pd.NA
    differ = nl.course.compare_quotes(by_hand, found)
    assert differ.values.tolist() == [
        ["Torvel", "the pier is safe", "Torvel", "the pier"],
        ["Torvel", '"We will see,"', "?", '"We will see,"'],
        ["Olund", "left", "", ""],
    ]


def test_actors_that_only_one_found_and_those_with_another_kind_or_role_are_listed() -> None:
    by_hand = pd.DataFrame(
        [("Ana Torvel", "person", "Mayor"), ("Olund", "person", None), ("Norvik", "place", None)],
        columns=["actor", "kind", "role"],
    )
    rows = [("Ana Torvel", "person", "Mayor"), ("Harbour Board", "organisation", pd.NA), ("Norvik", "place", pd.NA)]
    found = pd.DataFrame(rows, columns=["actor", "kind", "role"]).assign(mentions=1)
    differ = nl.course.compare_actors(by_hand, found)
    assert list(differ.columns) == [
        "actor", "found by", "kind, by hand", "kind, program", "role, by hand", "role, program",
    ]  # fmt: skip
    assert differ.values.tolist() == [
        ["Harbour Board", "only newslab", "", "organisation", "", ""],
        ["Olund", "only by hand", "person", "", "", ""],
    ]
    other = nl.course.compare_actors(by_hand.iloc[:1].assign(role="Captain"), found.query("actor == 'Ana Torvel'"))
    assert other[["found by", "role, by hand", "role, program"]].values.tolist() == [["both", "Captain", "Mayor"]]


def test_without_a_list_by_hand_no_actor_is_called_a_mistake(tmp_path: Path) -> None:
    nothing = nl.course.actors_by_hand(tmp_path / "story.txt")
    assert nl.course.compare_actors(nothing, nl.find_actors("Ana Torvel left.")).empty

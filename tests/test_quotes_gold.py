"""Quotes against short labelled passages, one and more for every rule: floors that fail when accuracy drops."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

import newslab as nl
from newslab.quotes import describe_rules
from newslab.resources import share_path

PASSAGES = json.loads((share_path("data") / "gold" / "quotes.json").read_text(encoding="utf-8"))["passages"]
FLOORS = {"quote": 0.96, "kind": 0.96, "cue": 0.96, "speaker": 0.95, "actor": 0.95, "via": 0.98, "asserted": 0.98}


def rows(passage: dict[str, Any]) -> list[dict[str, Any]]:
    table = nl.find_quotes(
        passage["text"], scope=passage["scope"], join=passage["join"], scare=passage["scare"]
    ).astype(object)
    return table.where(table.notna(), None).to_dict("records")  # type: ignore[return-value]


@pytest.fixture(scope="module")
def found() -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    return [(passage, rows(passage)) for passage in PASSAGES]


def pairs(found: list[Any]) -> list[tuple[dict[str, Any], dict[str, Any] | None]]:
    """Each labelled quote with the row of the same words."""
    return [
        (gold, next((row for row in table if row["text"] == gold["quote"]), None))
        for passage, table in found
        for gold in passage["quotes"]
    ]


def test_there_are_enough_passages() -> None:
    assert len(PASSAGES) >= 60
    for passage in PASSAGES:
        for quote in passage["quotes"]:
            for part in (quote["quote"], quote["cue"], quote["speaker"]):
                assert part is None or part in passage["text"]


@pytest.mark.parametrize("column", sorted(FLOORS))
def test_accuracy_holds(found: list[Any], column: str) -> None:
    matched = pairs(found)
    right = [row is not None and (column == "quote" or row[column] == gold[column]) for gold, row in matched]
    wrong = [gold["quote"] for (gold, _), good in zip(matched, right, strict=True) if not good]
    assert sum(right) / len(right) >= FLOORS[column], wrong


def test_almost_nothing_is_found_that_is_no_quote(found: list[Any]) -> None:
    extra = [
        row["text"]
        for passage, table in found
        for row in table
        if row["text"] not in {quote["quote"] for quote in passage["quotes"]}
    ]
    assert len(extra) <= 2, extra


def test_pieces_of_a_joined_quote_are_the_speakers_words(found: list[Any]) -> None:
    for passage, table in found:
        for quote in passage["quotes"]:
            if "pieces" in quote:
                row = next(row for row in table if row["text"] == quote["quote"])
                assert [passage["text"][start:end] for start, end in row["spans"]] == quote["pieces"]


def test_every_rule_has_a_passage_that_it_finds(found: list[Any]) -> None:
    fired = {row["rule"] for gold, row in pairs(found) if row is not None and row["rule"] == gold["rule"]}
    assert fired == set(describe_rules()["rule"])


def test_every_rule_is_described_with_an_example() -> None:
    rules = describe_rules()
    assert rules["rule"].is_unique
    assert (rules["finds"].str.len() > 20).all() and (rules["example"].str.len() > 20).all()


def test_examples_of_rules_hold_a_quote() -> None:
    in_an_article = {"pull-quote", "transcript"}  # the name has to come back in the text
    for rule in describe_rules().to_dict("records"):
        if rule["rule"] in in_an_article:
            continue
        wide = rule["family"] == "attribution"
        table = nl.find_quotes(str(rule["example"]), scope="attribution" if wide else "speech", scare=True)
        assert len(table) > 0, rule["rule"]
        assert pd.notna(table["rule"]).all()

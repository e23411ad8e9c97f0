"""newslab against the hand-made annotation of the bundled article: what a careful reader finds, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

import newslab as nl
from newslab.resources import share_path
from newslab.text import words

GOLD = json.loads((share_path("data") / "article.gold.json").read_text(encoding="utf-8"))
MARKED = [quote for quote in GOLD["quotes"] if quote["kind"] != "indirect"]
INDIRECT = [quote for quote in GOLD["quotes"] if quote["kind"] == "indirect"]


@pytest.fixture(scope="module")
def analysis() -> nl.Analysis:
    return nl.analyze(nl.load(share_path("data") / "article.txt"))


def same(name: object, other: object) -> bool:
    def plain(value: object) -> str:
        return "" if value is None or value is pd.NA else str(value).removeprefix("the ").removeprefix("The ")

    return plain(name) == plain(other)


def found(quotes: pd.DataFrame, gold: dict[str, Any], text: str) -> pd.Series | None:
    """The found quote that holds most of the labelled words, if it holds at least half of them."""

    def covered(start: int, end: int) -> int:
        return len(words(text[max(start, gold["start"]) : min(end, gold["end"])])) if start < gold["end"] else 0

    counts = [covered(start, end) for start, end in zip(quotes["start"], quotes["end"], strict=True)]
    best = max(range(len(counts)), key=counts.__getitem__)
    return quotes.iloc[best] if counts[best] * 2 >= len(words(gold["text"])) else None


def test_the_annotation_fits_the_article(story: nl.Article) -> None:
    assert story.date == "2020-01-05"
    assert story.title is None
    assert story.text.startswith("Pakistan said on Sunday")
    for quote in GOLD["quotes"] + GOLD["scare_quotes"]:
        assert story.text[quote["start"] : quote["end"]] == quote["text"]


@pytest.mark.parametrize("gold", MARKED, ids=lambda quote: quote["text"][:30])
def test_every_marked_quotation_has_its_speaker(analysis: nl.Analysis, story: nl.Article, gold: dict[str, Any]) -> None:
    quote = found(analysis.quotes, gold, story.text)
    assert quote is not None
    assert same(quote["actor"], gold["actor"])
    assert same(quote["via"], gold["via"])


@pytest.mark.parametrize("gold", INDIRECT, ids=lambda quote: quote["text"][:30])
def test_every_indirect_quotation_has_its_speaker(
    analysis: nl.Analysis, story: nl.Article, gold: dict[str, Any]
) -> None:
    quote = found(analysis.quotes, gold, story.text)
    assert quote is not None
    assert same(quote["actor"], gold["actor"])


def test_nothing_is_found_that_is_no_quote(analysis: nl.Analysis) -> None:
    for quote in analysis.quotes.itertuples():
        overlaps = [gold for gold in GOLD["quotes"] if quote.start < gold["end"] and gold["start"] < quote.end]
        assert overlaps, f"not a quote: {quote.text!r} ({quote.rule})"


def test_a_scare_quote_is_found_only_when_asked_for(story: nl.Article) -> None:
    scare = GOLD["scare_quotes"][0]
    at = (scare["start"], scare["end"])
    plain, asked = nl.find_quotes(story), nl.find_quotes(story, scare=True)
    assert at not in set(zip(plain["start"], plain["end"], strict=True))
    assert at in set(zip(asked["start"], asked["end"], strict=True))


@pytest.mark.parametrize("gold", GOLD["actors"], ids=lambda actor: actor["actor"])
def test_every_actor_is_one_row_with_kind_and_names(analysis: nl.Analysis, gold: dict[str, Any]) -> None:
    rows = analysis.actors[[same(name, gold["actor"]) for name in analysis.actors["actor"]]]
    assert len(rows) == 1, f"{gold['actor']} is {len(rows)} rows of {sorted(analysis.actors['actor'])}"
    assert rows["kind"].item() == gold["kind"]
    stray = [
        name
        for actor, names in zip(analysis.actors["actor"], analysis.actors["names"], strict=True)
        for name in names
        if name in gold["names"] and not same(actor, gold["actor"])
    ]
    assert not stray

"""No verb raises on any string; offsets give back the text; an empty table has the schema of a full one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import newslab as nl

VERBS = {
    "mentions": nl.find_mentions,
    "actors": nl.find_actors,
    "quotes": nl.find_quotes,
    "readability": nl.score_readability,
    "sentiment": nl.score_sentiment,
    "target_sentiment": nl.score_target_sentiment,
}
STORY = (
    'Mayor Ana Torvel said the bridge is safe. "We checked every bolt," she said. The Harbour Board denied it. '
    "According to engineer Tom Brask, nobody looked.\n\nTorvel called the report \u201cnonsense\u201d."
)
# Pieces that make arbitrary text look like news, so that the rules are reached and not only the first check.
PIECES = st.sampled_from(
    [
        '"',
        "\u201c",
        "\u201d",
        "'",
        "``",
        "''",
        "\u00ab",
        " said ",
        "Mr. ",
        "Ana Torvel",
        " he ",
        ": ",
        "\n",
        "\n\n",
        ". ",
        " that ",
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=40).map("".join)
SCHEMAS = {name: verb(STORY).dtypes for name, verb in VERBS.items()}


@pytest.mark.parametrize("name", VERBS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_string_gives_a_table(name: str, text: str) -> None:
    table = VERBS[name](text)
    assert table.dtypes.equals(SCHEMAS[name])
    if {"start", "end", "text"} <= set(table.columns):
        for start, end, own in zip(table["start"], table["end"], table["text"], strict=True):
            assert text[start:end] == own
            assert own


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=TEXTS)
def test_any_string_can_be_analysed_and_marked(text: str) -> None:
    analysis = nl.analyze(nl.Article(text))
    quotes = analysis.quotes
    speakers = set(quotes["actor"].dropna()) | set(quotes["via"].dropna())
    assert speakers <= set(analysis.actors["actor"])
    for pieces, start, end in zip(quotes["spans"], quotes["start"], quotes["end"], strict=True):
        assert all(start <= first < last <= end for first, last in pieces)
    assert analysis.talk["quote_id"].isin(quotes["quote_id"]).all()
    assert str(nl.mark(nl.Article(text), quotes))


@pytest.mark.parametrize(
    "text", ["", "   \n", '"', '"' * 3_000, "(" * 3_000, "\x00\ud800", "\u202eRLO", "\U0001f469\u200d\U0001f680 said."]
)
def test_strange_text_gives_every_table_of_an_analysis(text: str) -> None:
    full, strange = nl.analyze(STORY), nl.analyze(text)
    for name in (*VERBS, "articles", "sentences", "talk", "failures"):
        table = getattr(strange, name)
        assert isinstance(table, pd.DataFrame)
        assert table.dtypes.equals(getattr(full, name).dtypes), name


def test_no_article_at_all_gives_empty_tables() -> None:
    nothing = nl.analyze([])
    assert nothing.quotes.dtypes.equals(nl.analyze(STORY).quotes.dtypes)
    assert len(nothing.articles) == len(nothing.quotes) == len(nothing.readability) == 0

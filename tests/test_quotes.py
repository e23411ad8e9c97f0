"""Quotes: marks, scopes, rows that fit the text, and texts that try to break them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import newslab as nl
from newslab.quotes.marks import find_marks
from newslab.tables import QuoteRow, make_table, records

SIGNS = "\"'“”‘’«»``’’()[] \n.,:-—abcdeSaid he said"


def marked(text: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in find_marks(text)]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ('"One," he said. "Two."', ['"One,"', '"Two."']),
        ("“One “inner” two,” he said.", ["“One “inner” two,”"]),
        ("``One,'' he said. ''Two.''", ["``One,''", "''Two.''"]),
        ("«One,» he said.", ["«One,»"]),
        ('“One," he said.', ['“One,"']),
        ("“One,’’ he said.", ["“One,’’"]),
        ("'The workers' rights,' she said, 'aren't yours.'", ["'The workers' rights,'", "'aren't yours.'"]),
        ("It's the '90s and 'tis Bob's.", []),
        ("He is 6' 2\" tall and she 5' 8\".", []),
        ("“One.\n\n“Two.\n\n“Three.” Four.", ["“One.", "“Two.", "“Three.”"]),
        ('He said: "One.\nTwo.', ['"One.']),
        ("", []),
    ],
)
def test_marks(text: str, stretches: list[str]) -> None:
    assert marked(text) == stretches


def test_thought_is_left_to_the_wider_scope() -> None:
    text = "Ida Holm hopes the ferry will come back. Arno Beck said it would not."
    assert list(nl.find_quotes(text)["cue"]) == ["said"]
    assert list(nl.find_quotes(text, scope="attribution")["cue"]) == ["hopes", "said"]


def test_an_unknown_scope_is_named() -> None:
    with pytest.raises(ValueError, match=r"speech.*attribution"):
        nl.find_quotes("One.", scope="everything")  # type: ignore[arg-type]


def test_a_joined_quote_is_one_row_of_several_pieces() -> None:
    text = '"The piles are deep," Mona Field said. "They will hold."'
    apart, joined = nl.find_quotes(text), nl.find_quotes(text, join=True)
    assert len(apart) == 2 and len(joined) == 1
    assert joined.loc[0, "spans"] == [row for spans in apart["spans"] for row in spans]
    assert joined.loc[0, "text"] == text


def test_what_a_quote_within_a_quote_says_is_not_counted_twice() -> None:
    text = "Mona Field said she believed that the builders had warned that the wood was rotten."
    assert len(nl.find_quotes(text, scope="attribution")) == 1


def test_an_empty_table_has_the_columns_of_a_full_one() -> None:
    empty, full = nl.find_quotes(""), nl.find_quotes('"Yes, we can," said Mona Field.')
    assert len(full) == 1
    assert list(empty.dtypes) == list(full.dtypes) == list(make_table(QuoteRow, []).dtypes)
    assert list(empty.columns) == list(full.columns)


def check(text: str, table: pd.DataFrame) -> None:
    for row in table.itertuples():
        assert text[row.start : row.end] == row.text
        assert row.spans[0][0] == row.start and row.spans[-1][1] == row.end
        for span in ((row.cue_start, row.cue_end, row.cue), (row.speaker_start, row.speaker_end, row.speaker)):
            assert pd.isna(span[2]) or text[span[0] : span[1]] == span[2]
        assert row.kind in {"direct", "mixed", "indirect"}


@settings(max_examples=60, deadline=None)
@given(text=st.one_of(st.text(max_size=200), st.text(alphabet=SIGNS, max_size=300)), wide=st.booleans())
def test_any_text_gives_rows_that_fit_it(text: str, wide: bool) -> None:
    check(text, nl.find_quotes(text, scope="attribution" if wide else "speech", join=wide, scare=True))


@pytest.mark.parametrize(
    "text",
    [
        '\ud800" he said.',
        "“" * 3000,
        "”" * 3000,
        "'" * 3000,
        "(" * 20_000 + '"',
        "He said " * 2000,
        '\x00"\x01" said \x02.',
    ],
    ids=["surrogate", "opening", "closing", "single", "brackets", "cues", "control"],
)
def test_strange_text_gives_a_table(text: str) -> None:
    check(text, nl.find_quotes(text, scare=True))


def test_a_tag_may_follow_without_a_comma() -> None:
    quotes = nl.find_quotes('"We did it at last" said Mona Field.')
    assert list(quotes["actor"]) == ["Mona Field"]


def test_nobody_and_everyone_are_no_actors() -> None:
    quotes = nl.find_quotes('Nobody said that the bridge was safe. "It is over," somebody said.')
    assert len(quotes) == 2
    assert quotes["actor"].isna().all()


SPEAKERS = [
    # Nobody calls himself by his name, and nobody is his own chairman.
    (
        "Robert Jarrow, a Liberal, has left for the other side. Anton Brell, the prime minister, welcomed him.\n\n"
        'In a letter to his chairman he wrote: "It is best that Anton Brell forms the next government."',
        "Robert Jarrow",
        '"It is best that Anton Brell forms the next government."',
    ),
    ("The Liberal co-chairman said the tour was long.", "The Liberal co-chairman", "the tour was long"),
    (
        "According to Dr. Ilse Brandvik, who runs the library, visits have fallen by half.",
        "Ilse Brandvik",
        "visits have fallen by half",
    ),
    ("According to Jon Prell, the head of the library, nobody reads.", "Jon Prell", "nobody reads"),
    (
        'Mr Foxe responded by accusing the mayor of "hiding away from the press".',
        "Foxe",
        '"hiding away from the press"',
    ),
    ("Frank Fell MP said that the plan was dead. Frank Fell left.", "Frank Fell", "that the plan was dead"),
    ("This week has said that it rains.", None, "that it rains"),
    ('Lena Ost rejected the charge as "cheap".', "Lena Ost", '"cheap"'),
]


@pytest.mark.parametrize(("text", "actor", "words"), SPEAKERS)
def test_who_speaks_and_what(text: str, actor: str, words: str) -> None:
    (quote,) = records(nl.find_quotes(text))
    assert (quote["actor"], quote["text"]) == (actor, words)

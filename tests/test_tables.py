"""The tables' columns: an empty table is like a full one."""

from __future__ import annotations

import pandas as pd

from newslab.tables import FailureRow, QuoteRow, SentenceRow, describe_columns, make_table


def test_an_empty_table_has_the_columns_and_dtypes_of_a_full_one() -> None:
    full = make_table(SentenceRow, [SentenceRow("a", 0, 0, 0, 5, "Done.", 1)])
    empty = make_table(SentenceRow, [])
    assert list(empty.columns) == list(full.columns)
    assert empty.dtypes.equals(full.dtypes)
    assert len(empty) == 0


def test_what_is_not_known_is_na() -> None:
    table = make_table(FailureRow, [FailureRow(None, "story.txt", "load", "it is empty")])
    assert table["article_id"].isna().all()
    assert table["article_id"].dtype == pd.StringDtype()


def test_every_column_is_described() -> None:
    described = describe_columns(QuoteRow)
    assert list(described) == list(make_table(QuoteRow, []).columns)
    assert all(described.values())

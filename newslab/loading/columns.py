"""Which column of a table, or header line of a text, holds which part of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache

from newslab.errors import LoadError
from newslab.resources import read_rows

MOST_COLUMNS = 1_000
KEEP_APART = "Keep what newslab writes in another folder than the articles"
# The headings that every sheet of a worksheet has.
WORKSHEET = {"article_id", "right?", "note"}
FIELDS = ("text", "title", "date", "authors", "outlet", "url", "article_id")


def field_of(name: str) -> str | None:
    """The part of an article that a column of this name holds: ``Headline`` the title; ``None`` where unknown."""
    return _names().get(_letters(name))


def choose_columns(columns: Sequence[str], source: str, given: Mapping[str, str] | None) -> dict[str, str]:
    """Which column to take for each part; ``given`` goes before the names that newslab knows.

    Raises ``LoadError``, which lists the columns, where it is not clear which column holds the text.
    """
    if len(columns) > MOST_COLUMNS:
        raise LoadError(source, f"more than {MOST_COLUMNS:,} columns", "Keep the columns that describe the articles")
    given = given or {}
    listed = "the columns are " + ", ".join(columns[:30])
    if wrong := [name for name in given.values() if name not in columns]:
        raise LoadError(source, f"there is no column {wrong[0]!r}; {listed}", "Check the names in columns={...}")
    if unknown := [field for field in given if field not in FIELDS]:
        raise LoadError(source, f"an article has no {unknown[0]!r}", f"The parts are {', '.join(FIELDS)}")
    chosen = dict(given)
    for column in columns:
        field = field_of(column)
        if field and field != "text" and column not in given.values():
            chosen.setdefault(field, column)
    if "text" not in chosen:
        refuse_own(columns, source)
        found = [column for column in columns if field_of(column) == "text"] or (columns if len(columns) == 1 else [])
        if len(found) != 1:
            advice = f'Say which, for instance columns={{"text": {(found or columns or ["..."])[0]!r}}}'
            raise LoadError(source, f"it is not clear which column holds the text; {listed}", advice)
        chosen["text"] = found[0]
    return chosen


def refuse_own(columns: Sequence[str], source: str) -> None:
    """Raises ``LoadError`` where newslab itself has written the table, so that its rows are no articles."""
    held = set(columns)
    if name := next((name for name, own in _own_tables().items() if own <= held), None):
        raise LoadError(source, f"written by newslab: it is {name}, not a table of articles", KEEP_APART)


@cache
def _own_tables() -> dict[str, set[str]]:
    from newslab import tables

    records = {
        "a table of quotes": tables.QuoteRow,
        "a table of sentences": tables.SentenceRow,
        "a table of mentions": tables.MentionRow,
        "a table of actors": tables.ActorRow,
        "a table of who speaks about whom": tables.TalkRow,
        "a table of sentiment": tables.SentimentRow,
        "a table of sentiment toward actors": tables.TargetSentimentRow,
        "a table of readability": tables.ReadabilityRow,
        "a table of failures": tables.FailureRow,
    }
    own = {name: {field.name for field in fields(record)} for name, record in records.items()}
    return {"a worksheet": WORKSHEET, **own}


@cache
def _names() -> dict[str, str]:
    return {row["name"]: row["field"] for row in read_rows("column_names.tsv")}


def _letters(name: str) -> str:
    return "".join(char for char in name.lower() if char.isalnum())

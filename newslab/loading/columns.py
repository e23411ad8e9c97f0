"""Which column of a table, or header line of a text, holds which part of an article."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache

from newslab.errors import LoadError
from newslab.resources import read_rows

MOST_COLUMNS = 1_000
MOST_LISTED = 10
# Between the names that a column may have.
BAR = "|"
KEEP_APART = "Keep what newslab writes in another folder than the articles"
# The headings that every sheet of a worksheet has.
WORKSHEET = {"article_id", "right?", "note"}
FIELDS = ("text", "title", "date", "authors", "outlet", "url", "article_id")


def field_of(name: str) -> str | None:
    """The part of an article that a column of this name holds: ``Headline`` the title; ``None`` where unknown."""
    return _names().get(_letters(name))


def choose_columns(columns: Sequence[str], source: str, given: Mapping[str, str] | None) -> dict[str, str]:
    """Which column to take for each part; ``given`` goes before the names that newslab knows.

    A given name may be several with bars between them, for tables that differ (``paper|Publication``): the first that
    is there is taken. Raises ``LoadError``, which lists the columns, where it is not clear which column holds the text.
    """
    if len(columns) > MOST_COLUMNS:
        raise LoadError(source, f"more than {MOST_COLUMNS:,} columns", "Keep the columns that describe the articles")
    listed = "the columns are " + ", ".join(columns[:30])
    chosen = _find_given(columns, source, given or {})
    taken = set(chosen.values())
    for column in columns:
        field = field_of(column)
        if field and field != "text" and column not in taken:
            chosen.setdefault(field, column)
    if "text" not in chosen:
        refuse_own(columns, source)
        found = [column for column in columns if field_of(column) == "text"] or (columns if len(columns) == 1 else [])
        if len(found) != 1:
            advice = f'Say which, for instance columns={{"text": {(found or columns or ["..."])[0]!r}}}'
            raise LoadError(source, f"it is not clear which column holds the text; {listed}", advice)
        chosen["text"] = found[0]
    return chosen


def describe_unused(columns: Sequence[str], chosen: Mapping[str, str], given: Mapping[str, str] | None) -> list[str]:
    """What a reader should know of a table's columns: which are not used, and which that were named are not there."""
    taken = set(chosen.values())
    unused = [column for column in columns if column not in taken]
    more = f" and {len(unused) - MOST_LISTED} more" if len(unused) > MOST_LISTED else ""
    notes = [f"columns of the table that are not used: {', '.join(unused[:MOST_LISTED])}{more}"] if unused else []
    missing = [(field, names) for field, names in (given or {}).items() if not taken.intersection(_choices(names))]
    return notes + [f"the table has no column {names.replace(BAR, ' or ')} for the {field}" for field, names in missing]


def refuse_own(columns: Sequence[str], source: str) -> None:
    """Raises ``LoadError`` where newslab itself has written the table, so that its rows are no articles."""
    held = set(columns)
    if name := next((name for name, own in _own_tables().items() if own <= held), None):
        raise LoadError(source, f"written by newslab: it is {name}, not a table of articles", KEEP_APART)


def _find_given(columns: Sequence[str], source: str, given: Mapping[str, str]) -> dict[str, str]:
    """The columns that the user has named, as far as this table has them."""
    if unknown := [field for field in given if field not in FIELDS]:
        raise LoadError(source, f"an article has no {unknown[0]!r}", f"The parts are {', '.join(FIELDS)}")
    found = {}
    for field, names in given.items():
        there = [name for name in _choices(names) if name in columns]
        if there:
            found[field] = there[0]
        elif field == "text" or BAR not in names:
            reason = f"there is no column {names!r}; the columns are {', '.join(columns[:30])}"
            other = next((column for column in columns if column not in given.values()), "...")
            advice = (
                f"Check the names in columns={{...}}; where tables differ, name several: {field}={names}{BAR}{other}"
            )
            raise LoadError(source, reason, advice)
    return found


def _choices(names: str) -> list[str]:
    return [names, *names.split(BAR)]


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

"""What a person says of the links: who is one, who is not, and under which id, from a CSV file or a table."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from typing import Any

import pandas as pd

from newslab.errors import LoadError
from newslab.linking.cast import Record
from newslab.loading.decoding import decode
from newslab.tables import values_of

COLUMNS = ("decision", "actor", "article_id", "other", "other_article_id")
NEEDED = ("decision", "actor", "other")
JOIN, APART, ID = "join", "keep apart", "id"
DELIMITERS = (",", ";", "\t")
SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".ods")
TABLE = "the table of links"
# The line of a file that a table's first row would be, below the names of the columns.
FIRST_LINE = 2

# A CSV file, or a table with its columns.
Given = str | os.PathLike[str] | pd.DataFrame
Numbers = frozenset[int]


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a file: what to do, of whom, and with whom."""

    source: str
    line: int
    what: str
    actor: str
    article_id: str
    other: str
    other_article_id: str

    def error(self, reason: str, advice: str) -> LoadError:
        """The error that names the line."""
        return LoadError(self.source, f"line {self.line} {reason}", advice)

    def ends(self) -> Iterator[tuple[str, str]]:
        """Whom the line names, and where, if it says where."""
        yield self.actor, self.article_id
        if self.what != ID:
            yield self.other or self.actor, self.other_article_id


@dataclass(frozen=True, slots=True)
class Corrections:
    """Which records are one person's, which groups of records are two's, and which person has which id."""

    joined: tuple[Numbers, ...] = ()
    groups: tuple[tuple[Numbers, Numbers], ...] = ()
    ids: tuple[tuple[Decision, Numbers], ...] = field(default=())

    def apart(self, one: Iterable[Record], other: Iterable[Record]) -> bool:
        """Whether two were kept apart by hand."""
        if not self.groups:
            return False
        a, b = {record.number for record in one}, {record.number for record in other}
        return any((a & x and b & y) or (a & y and b & x) for x, y in self.groups)


def read_decisions(given: Given | None) -> tuple[Decision, ...]:
    """The lines of a file, or the rows of a table, whose columns are those of ``COLUMNS``.

    Raises ``LoadError`` where there is no such file or column, or a line has another decision.
    """
    if given is None:
        return ()
    if not isinstance(given, str | os.PathLike | pd.DataFrame):
        raise TypeError(f"links are the path of a CSV file, or a table, not {type(given).__name__}")
    source = TABLE if isinstance(given, pd.DataFrame) else os.fspath(given)
    rows = _of_table(given) if isinstance(given, pd.DataFrame) else _of_file(source)
    found = []
    for number, cells in rows:
        what = cells["decision"].lower().replace("_", " ")
        what = APART if what == "apart" else what
        others = (cells[name] for name in COLUMNS[1:])
        decision = Decision(source, number, what, *others)
        if what not in (JOIN, APART, ID):
            advice = f"Write {JOIN!r}, {APART!r} or {ID!r} into the column decision"
            raise decision.error(f"has the decision {cells['decision']!r}", advice)
        found.append(decision)
    return tuple(found)


def sort_decisions(
    decisions: Iterable[Decision], actors: pd.DataFrame
) -> tuple[tuple[Decision, ...], list[tuple[Decision, str]]]:
    """Those decisions that name actors of a table, and those that do not, with the reason."""
    places = _places(values_of(actors, "article_id", "actor"))
    kept, left = [], []
    for decision in decisions:
        try:
            for actor, article_id in decision.ends():
                _find(decision, places, actor, article_id)
            kept.append(decision)
        except LoadError as error:
            left.append((decision, error.reason))
    return tuple(kept), left


def follow(decisions: Iterable[Decision], records: Sequence[Record]) -> Corrections:
    """What the decisions say of some records; ``LoadError`` naming the line where one cannot be followed."""
    places = _places((record.article_id, record.actor) for record in records)
    joined: list[Numbers] = []
    joins: list[tuple[Decision, Numbers]] = []
    kept_apart, ids = [], []
    for decision in decisions:
        one, *rest = (_find(decision, places, *end) for end in decision.ends())
        if decision.what == ID:
            if not decision.other:
                raise decision.error(f"gives {decision.actor!r} no id", "Write the id into the column other")
            ids.append((decision, one))
        elif decision.what == JOIN:
            whole = one.union(*rest)
            joins.append((decision, whole))
            touching = [group for group in joined if group & whole]
            joined = [group for group in joined if not group & whole] + [whole.union(*touching)]
        else:
            kept_apart.append((decision, one, rest[0]))
    groups = []
    for decision, one, other in kept_apart:
        if one & other:
            advice = "Fill in article_id and other_article_id, to say who of that name is who"
            raise decision.error(f"keeps {decision.actor!r} apart from itself", advice)
        # Whoever is one with somebody is apart from those whom that one is apart from.
        one, other = (side.union(*(group for group in joined if group & side)) for side in (one, other))
        if one & other:
            others = ", ".join(str(each.line) for each, whole in joins if whole & one)
            what = f"keeps {decision.actor!r} apart from {decision.other or decision.actor!r}"
            raise decision.error(f"{what}, and the lines that join them are: {others}", "Take one of the lines out")
        groups.append((one, other))
    return Corrections(tuple(joined), tuple(groups), tuple(ids))


def _of_table(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    _check(TABLE, list(map(str, table.columns)))
    empty = pd.Series("", index=table.index)
    columns = [table[name] if name in table.columns else empty for name in COLUMNS]
    named = pd.concat(columns, axis=1, keys=COLUMNS)
    for number, cells in enumerate(values_of(named, *COLUMNS)):
        texts = [_as_text(cell) for cell in cells]
        yield number + FIRST_LINE, dict(zip(COLUMNS, texts, strict=True))


def _as_text(cell: Any) -> str:
    """A cell as a file has it; pandas makes of a column of whole numbers with gaps one of 17.0."""
    whole = isinstance(cell, float) and cell.is_integer()
    return "" if cell is None else str(int(cell) if whole else cell).strip()


def _of_file(path: str) -> Iterator[tuple[int, dict[str, str]]]:
    if path.lower().endswith(SPREADSHEETS):
        raise LoadError(path, "links are read from a CSV file, not from a spreadsheet", "Save it as CSV (UTF-8)")
    try:
        text, _ = decode(Path(path).read_bytes(), path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(
            path, f"the corrections cannot be read: {reason}", "Check the file's name and folder"
        ) from error
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(rows, [])]
        _check(path, header)
        for row in rows:
            cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
            if any(cells.values()):
                yield rows.line_num, {name: cells.get(name, "") for name in COLUMNS}
    except csv.Error as error:
        advice = "Look for a quotation mark that is not closed"
        raise LoadError(path, f"line {rows.line_num} cannot be read as CSV: {error}", advice) from error


def _check(source: str, header: list[str]) -> None:
    missing = [name for name in NEEDED if name not in header]
    if missing:
        has = ", ".join(filter(None, header)) or "nothing"
        raise LoadError(source, f"it has no column {missing[0]!r}, but {has}", f"Name the columns {', '.join(COLUMNS)}")
    if twice := [name for name in COLUMNS if header.count(name) > 1]:
        raise LoadError(source, f"it has the column {twice[0]!r} more than once", "Take one of them out")


def _places(rows: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """For each actor the articles that have it, and where in the table it stands."""
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for number, (article_id, actor) in enumerate(rows):
        places[actor][article_id] = number
    return places


def _find(decision: Decision, places: dict[str, dict[str, int]], actor: str, article_id: str) -> Numbers:
    """The records that a line means: one, or where it names no article all of that name."""
    if not actor:
        raise decision.error("names nobody", "Fill in the column actor with a name of the table actors")
    if actor not in places:
        raise decision.error(f"names {actor!r}, and no article has that actor", "Copy the name from the table actors")
    if not article_id:
        return frozenset(places[actor].values())
    if article_id not in places[actor]:
        have = ", ".join(list(places[actor])[:3])
        reason = f"names {actor!r} in the article {article_id!r}, which does not have that actor"
        raise decision.error(reason, f"Articles that do: {have}")
    return frozenset({places[actor][article_id]})

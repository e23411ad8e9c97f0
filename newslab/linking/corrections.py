"""What a person says of the links: who is one and who is not, from a CSV file."""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from newslab.errors import LoadError
from newslab.linking.cast import Record
from newslab.loading.decoding import decode

COLUMNS = ("decision", "actor", "article_id", "other", "other_article_id")
JOIN, APART = "join", "keep apart"
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Corrections:
    """Which records are one person's, and which groups of records are two's."""

    firsts: dict[int, int] = field(default_factory=dict)
    groups: tuple[tuple[frozenset[int], frozenset[int]], ...] = ()

    def first_of(self, number: int) -> int:
        """The first of those that a record was joined with by hand."""
        while number in self.firsts:
            number = self.firsts[number]
        return number

    def apart(self, one: Iterable[Record], other: Iterable[Record]) -> bool:
        """Whether two were kept apart by hand."""
        if not self.groups:
            return False
        a, b = {record.number for record in one}, {record.number for record in other}
        return any((a & x and b & y) or (a & y and b & x) for x, y in self.groups)


def read_corrections(path: str | os.PathLike[str] | None, records: Sequence[Record]) -> Corrections:
    """The corrections of a CSV file with the columns decision, actor, article_id, other, other_article_id.

    Raises ``LoadError`` naming the line where a line cannot be followed.
    """
    if path is None:
        return Corrections()
    places: dict[str, dict[str, int]] = defaultdict(dict)
    for record in records:
        places[record.actor][record.article_id] = record.number
    firsts: dict[int, int] = {}
    found = Corrections(firsts)
    groups = []
    for number, row in _read(path):
        one = _find(path, number, places, row["actor"], row["article_id"])
        other = _find(path, number, places, row["other"] or row["actor"], row["other_article_id"])
        decision = row["decision"].lower().replace("_", " ")
        if decision == JOIN:
            roots = sorted({found.first_of(each) for each in one | other})
            firsts.update(dict.fromkeys(roots[1:], roots[0]))
        elif decision in (APART, "apart"):
            if one & other:
                reason = f"line {number} keeps {row['actor']!r} apart from itself"
                raise LoadError(path, reason, "Fill in article_id and other_article_id, to say who of that name is who")
            groups.append((number, one, other))
        else:
            reason = f"line {number} has the decision {row['decision']!r}"
            raise LoadError(path, reason, f"Write {JOIN!r} or {APART!r} into the column decision")
    for number, one, other in groups:
        if {found.first_of(each) for each in one} & {found.first_of(each) for each in other}:
            raise LoadError(path, f"line {number} keeps apart whom other lines join", "Take one of the lines out")
    return Corrections(firsts, tuple((one, other) for _, one, other in groups))


def _read(path: str | os.PathLike[str]) -> Iterable[tuple[int, dict[str, str]]]:
    try:
        text, _ = decode(Path(path).read_bytes(), str(path))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LoadError(
            path, f"the corrections cannot be read: {reason}", "Check the file's name and folder"
        ) from error
    delimiter = max(DELIMITERS, key=text.split("\n", 1)[0].count)
    rows = csv.reader(StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter)
    header = [cell.strip().lower() for cell in next(rows, [])]
    missing = [name for name in ("decision", "actor", "other") if name not in header]
    if missing:
        has = ", ".join(filter(None, header)) or "nothing"
        raise LoadError(path, f"it has no column {missing[0]!r}, but {has}", f"Name the columns {', '.join(COLUMNS)}")
    for row in rows:
        cells = dict(zip(header, (cell.strip() for cell in row), strict=False))
        if any(cells.values()):
            yield rows.line_num, {name: cells.get(name, "") for name in COLUMNS}


def _find(
    path: str | os.PathLike[str], number: int, places: dict[str, dict[str, int]], actor: str, article_id: str
) -> frozenset[int]:
    """The records that a line means: one, or where it names no article all of that name."""
    if actor not in places:
        raise LoadError(
            path, f"line {number} names {actor!r}, and no article has that actor", "Copy the name from the table"
        )
    if not article_id:
        return frozenset(places[actor].values())
    if article_id not in places[actor]:
        have = ", ".join(list(places[actor])[:3])
        reason = f"line {number} names {actor!r} in the article {article_id!r}, which does not have that actor"
        raise LoadError(path, reason, f"Articles that do: {have}")
    return frozenset({places[actor][article_id]})

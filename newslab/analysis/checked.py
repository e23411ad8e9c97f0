"""How much of the tables a person has checked, and how much of it was right, with the interval that this implies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt

import pandas as pd

from newslab.tables import CheckedRow, make_table

# The five things a person judges, in the order of the table, and how many rows of which table each has.
JUDGED = {"quotes": "quotes", "speakers": "quotes", "kinds": "quotes", "actors": "actors", "labels": "target_sentiment"}
# A verdict is on one row: what is judged, the article, and what tells its row from others.
Judged = tuple[str, str, str]
NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Checks:
    """What a person judged right or wrong, how many quotes were missed, and how many rows there were to judge."""

    rows: Mapping[str, int] = field(default_factory=dict)
    verdicts: Mapping[Judged, bool] = field(default_factory=dict)
    missed: int = 0

    def with_more(self, rows: Mapping[str, int], verdicts: Mapping[Judged, bool], missed: int) -> Checks:
        """These with those of a further worksheet; a row judged twice counts once, as it was judged first.

        What newslab found is what is judged, so the rows that count are those before the first correction.
        """
        return Checks(self.rows or rows, {**verdicts, **self.verdicts}, self.missed + missed)

    def table(self) -> pd.DataFrame:
        """One row for each of the five things judged; no row before a worksheet was given."""
        checked = Counter(what for what, _, _ in self.verdicts)
        right = Counter(what for (what, _, _), verdict in self.verdicts.items() if verdict)
        rows = []
        for what, table in JUDGED.items() if self.rows else ():
            missed = self.missed if what == "quotes" else None
            share = right[what] / checked[what] if checked[what] else None
            bounds = wilson(right[what], checked[what])
            rows.append(CheckedRow(what, self.rows[table], checked[what], right[what], missed, share, *bounds))
        return make_table(CheckedRow, rows)


def wilson(right: int, checked: int) -> tuple[float | None, float | None]:
    """The 95% interval of a share, also where it is 0 or 1 or rests on few; nothing where nothing was checked.

    Source: Wilson 1927, Journal of the American Statistical Association 22(158), pages 209-212.
    """
    if not checked:
        return None, None
    share, z2 = right / checked, NORMAL_95**2
    middle = share + z2 / (2 * checked)
    half = NORMAL_95 * sqrt(share * (1 - share) / checked + z2 / (4 * checked**2))
    whole = 1 + z2 / checked
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)

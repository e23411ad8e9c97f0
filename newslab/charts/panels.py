"""Small multiples: the same chart side by side, one panel a person or measure, with one name a row for all."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from textwrap import wrap as wrap_lines
from typing import Any

import plotly.graph_objects as go

from newslab.charts.style import INK, Record, known, name, rows_axis

GAP = 0.04
LABEL_LENGTH, PANEL_LENGTH, PANEL_HEIGHT = 19, 16, 76


def round_down(number: int) -> int:
    """A number of one digit and noughts, for the one mark that a narrow axis has room for."""
    power = int(10 ** (len(str(number)) - 1))
    return number // power * power


def axis_name(letter: str, place: int) -> str:
    """What plotly calls the axis of a panel, the panels counted from 0."""
    return f"{letter}{place + 1}" if place else letter


def lay_out(figure: go.Figure, titles: Sequence[Any], rows: Iterable[str], axis: Record, *, lines: int = 1) -> None:
    """Panels side by side, each under its title and with the look of ``axis``; the names of the rows at the left.

    A name that is longer than a line goes on in a second one where ``lines`` is 2, and is cut after the last.
    """
    look = {"anchor": "free", "position": 0, "tickfont": {"size": 11}}
    rows_axis(figure, [_row_name(label, lines) for label in rows], **look)
    figure.update_yaxes(showgrid=True)
    room = (1 + GAP) / len(titles)
    # Every panel takes the look of the first axis, which the frame has set.
    common = figure.layout.xaxis.to_plotly_json()
    for place, title in enumerate(titles):
        domain = [place * room, place * room + room - GAP]
        axes = {
            **common,
            "tickfont": {"size": 11},
            "showline": True,
            "fixedrange": True,
            **axis,
            "domain": domain,
            "anchor": "y",
        }
        figure.update_layout({f"xaxis{place + 1 if place else ''}": axes})
        _add_title(figure, title, domain[0], aslant=len(titles) > 1)
    figure.update_layout(margin={"t": 72 + (PANEL_HEIGHT if len(titles) > 1 else 22), "r": 36})


def _add_title(figure: go.Figure, title: Any, left: float, *, aslant: bool) -> None:
    """The title over a panel; aslant where there are several, since a panel on a phone is narrower than a name."""
    figure.add_annotation(
        text=name(title, PANEL_LENGTH),
        textangle=-45 if aslant else 0,
        x=left,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"size": 12, "color": INK},
    )


def _row_name(label: str, lines: int) -> str:
    """The name of a row, broken into lines at its blanks."""
    found = wrap_lines(" ".join(label.split()), LABEL_LENGTH) if lines > 1 else [label]
    return "<br>".join(name(line, LABEL_LENGTH) for line in [*found[: lines - 1], " ".join(found[lines - 1 :])] if line)


def name_people(rows: list[Record]) -> list[tuple[str, str]]:
    """Whom each row is about, by ``person_id`` where the table has it and else by name, and the person's usual name."""
    keys = [str(row["person_id"]) if known(row.get("person_id")) else str(row["actor"]) for row in rows]
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for key, row in zip(keys, rows, strict=True):
        names[key][str(row["actor"])] += 1
    shown = {key: max(found, key=lambda each: (found[each], len(each), each)) for key, found in names.items()}
    return [(key, shown[key]) for key in keys]

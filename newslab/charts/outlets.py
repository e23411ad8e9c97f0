"""Charts of outlets: each with its interval, one panel a person or measure."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.panels import axis_name, lay_out, round_down
from newslab.charts.style import (
    BLUE,
    HOVER,
    Record,
    count,
    finish,
    frame,
    known,
    listing,
    nothing,
    paragraph,
    records,
    signed,
    whole_numbers,
)

PANELS, ROWS = 3, 30
DIVERSITY = ("same_speaker", "top_ten_share", "gini")
# A measure's title, its unit, and whether it has a panel a person.
MEASURES = {
    "words_share": ("Whom each outlet quotes", "share of all words quoted, %", True),
    "quotes_share": ("Whom each outlet quotes", "share of all quotes, %", True),
    "sentiment_toward": ("Tone toward people, by outlet", "outside quotes, −1 to 1", True),
    "diversity": ("How many sources each outlet has", "0: everybody as much, 100: one alone", False),
    "grade": ("How hard each outlet is to read", "US school grade", False),
}
PANEL_NAMES = {
    "same_speaker": "same speaker",
    "top_ten_share": "top ten's share",
    "gini": "Gini",
    "grade": "grade",
}
MEANINGS = {
    "same_speaker": "Same speaker: of 100 pairs of words, each quoted in another article, so many are one speaker's.",
    "top_ten_share": "Top ten's share: how many of 100 words quoted are the ten most quoted speakers'.",
    "gini": "Gini: how unequal the speakers' words are.",
}
# Of 100. What lies between 0 and this in every outlet is no more than a column of marks on the axis.
SEEN = 5


def plot_outlets(outlets: pd.DataFrame, measure: str = "words_share", *, panels: int = PANELS) -> go.Figure:
    """One measure of each outlet with its 95% interval: one row an outlet, one panel a person or number.

    Takes the table of :func:`newslab.measure_outlets`. ``measure`` is ``"words_share"`` or ``"quotes_share"`` (whom an
    outlet quotes), ``"sentiment_toward"``, ``"diversity"`` (how its words are spread over speakers) or ``"grade"``.
    The people are those in most outlets, then those with the most words or sentences; the outlets with the most
    articles come first. Raises ``ValueError`` where a column is missing or the measure is another.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure={measure!r} is none of {', '.join(map(repr, MEASURES))}")
    title, unit, by_person = MEASURES[measure]
    columns = ["outlet", "about", "value", "low", "high", "articles"]
    names = ("measure", "outlet", "person_id", "actor", "value", "low", "high", "articles", "articles_with", "rests_on")
    wanted = DIVERSITY if measure == "diversity" else (measure,)
    rows = [row for row in records(outlets, "plot_outlets", *names) if row["measure"] in wanted and known(row["value"])]
    if not rows:
        return nothing(title, "no outlet has enough for it", columns)
    people = _people(rows) if by_person else []
    keys = people[:panels] if by_person else _seen(rows, wanted)
    column = "person_id" if by_person else "measure"
    cells = {(row[column], row["outlet"]): row for row in rows if row[column] in keys}
    shown = _largest(list(cells.values()))
    labels = {key: _title(next(row for (at, _), row in cells.items() if at == key), by_person) for key in keys}
    figure = frame(title, unit, height=240 + 26 * len(shown))
    times = 100 if "%" in unit or measure == "diversity" else 1
    for place, key in enumerate(keys):
        _draw(figure, place, [(i, cells[key, one]) for i, one in enumerate(shown) if (key, one) in cells], times)
    lay_out(figure, list(labels.values()), shown, _axis(list(cells.values()), measure, times))
    numbers = [
        [one, labels[key], *(_times(row[part], times) for part in ("value", "low", "high")), row["articles"]]
        for key in keys
        for one in shown
        if (row := cells.get((key, one)))
    ]
    caption = _caption(cells, shown, labels, measure, times)
    caption += _meanings(rows, keys) if measure == "diversity" else ""
    caption += _rule(len(keys), measure) if len(people) > len(keys) else ""
    return finish(figure, caption, columns, numbers)


def _rule(shown: int, measure: str) -> str:
    """Which people have a panel, for a reader who misses one."""
    size = "sentences" if measure == "sentiment_toward" else "words or quotes"
    return (
        f" The chart shows {count(shown, 'person', 'people')}: first those of whom most outlets have something, then "
        f"those with the most {size}. Who is heard much, but in few outlets or in articles that name no outlet, may be "
        "missing."
    )


def _seen(rows: list[Record], wanted: tuple[str, ...]) -> list[str]:
    """The measures that rows have; of several those of which a panel from 0 to 100 would show something."""
    found = [key for key in wanted if any(row["measure"] == key for row in rows)]
    return [key for key in found if _top(rows, key) > SEEN] or found[:1] if len(found) > 1 else found


def _top(rows: list[Record], key: str) -> float:
    """The highest that a measure of several reaches, the intervals too, of 100."""
    parts = ("value", "high")
    return 100 * max(float(row[part]) for row in rows if row["measure"] == key for part in parts if known(row[part]))


def _meanings(rows: list[Record], keys: list[str]) -> str:
    """What the panels mean, and what is not drawn since it is too small."""
    small = [key for key in MEANINGS if key not in keys and any(row["measure"] == key for row in rows)]
    lines = [MEANINGS[key] for key in keys]
    lines += [f"{MEANINGS[key]} Not drawn: {_top(rows, key):.0f} at most in every outlet." for key in small]
    return "".join(f" {line}" for line in lines)


def _people(rows: list[Record]) -> list[Any]:
    """The people of the rows: those of whom most outlets say something, then those with most words or sentences."""
    found: dict[Any, tuple[int, float]] = {}
    for row in rows:
        outlets, size = found.get(row["person_id"], (0, 0.0))
        part = row["value"] if row["measure"].endswith("_share") else 1
        found[row["person_id"]] = (outlets + bool(row["articles_with"]), size + part * row["rests_on"])
    return sorted(found, key=lambda key: found[key], reverse=True)


def _largest(rows: list[Record]) -> list[str]:
    """The outlets with the most articles."""
    articles: dict[str, int] = {}
    for row in rows:
        articles[row["outlet"]] = max(articles.get(row["outlet"], 0), row["articles"])
    return sorted(articles, key=lambda one: (-articles[one], one))[:ROWS]


def _title(row: Record, by_person: bool) -> str:
    return str(row["actor"]) if by_person else PANEL_NAMES[row["measure"]]


def _times(value: Any, times: int) -> float | None:
    return float(value) * times if known(value) else None


def _draw(figure: go.Figure, place: int, at: list[tuple[int, Record]], times: int) -> None:
    mean = [float(row["value"]) * times for _, row in at]
    low = [_times(row["low"], times) for _, row in at]
    high = [_times(row["high"], times) for _, row in at]
    figure.add_scatter(
        x=mean,
        y=[i for i, _ in at],
        xaxis=axis_name("x", place),
        mode="markers",
        name="the outlet, 95% interval",
        showlegend=place == 0,
        marker={
            "size": 9,
            "color": BLUE,
            "symbol": ["circle" if known(row["low"]) else "circle-open" for _, row in at],
            "line": {"width": 2, "color": BLUE},
        },
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [(top - value) if top is not None else 0 for top, value in zip(high, mean, strict=True)],
            "arrayminus": [(value - foot) if foot is not None else 0 for foot, value in zip(low, mean, strict=True)],
            "color": BLUE,
            "thickness": 1.5,
            "width": 3,
        },
        hovertext=[_hover(row, times) for _, row in at],
        hovertemplate=HOVER,
    )


def _axis(rows: list[Record], measure: str, times: int) -> Record:
    if measure == "sentiment_toward":
        return {"range": [-1.3, 1.3], "tickvals": [-1, 0, 1], "zeroline": True}
    ends = [float(row[part]) * times for row in rows for part in ("value", "low", "high") if known(row[part])]
    if measure == "grade":
        return {"range": [min(ends) - 1, max(ends) + 1], "nticks": 6, **whole_numbers(max(ends) - min(ends))}
    highest = 100 if measure == "diversity" else max(*ends, 1)
    last = 100 if highest == 100 else round_down(int(highest)) or 1
    return {"range": [-0.08 * highest, 1.2 * highest], "tickvals": [0, last], "tickformat": "d"}


def _written(value: Any, row: Record, times: int) -> str:
    if row["measure"] == "sentiment_toward":
        return signed(float(value))
    return f"{float(value) * times:.{0 if times > 1 else 1}f}"


def _hover(row: Record, times: int) -> str:
    about = row["actor"] if known(row["actor"]) else PANEL_NAMES.get(row["measure"], row["measure"])
    head = f"<b>{paragraph(row['outlet'], 2)}</b><br>{paragraph(about, 2)}: {_written(row['value'], row, times)}"
    if known(row["low"]) and known(row["high"]):
        head += f" ({_written(row['low'], row, times)} to {_written(row['high'], row, times)})"
    else:
        head += " (too few articles for an interval)"
    return f"{head}<br>rests on {count(int(row['articles']), 'article')}"


def _caption(
    cells: dict[tuple[Any, str], Record], shown: list[str], labels: dict[Any, str], measure: str, times: int
) -> str:
    """For the panel in which the outlets differ most, from where to where; and what an interval says."""
    found = [[row for (at, _), row in cells.items() if at == key and row["outlet"] in shown] for key in labels]
    rows = max(found, key=lambda rows: max(row["value"] for row in rows) - min(row["value"] for row in rows))
    low, high = min(rows, key=lambda row: row["value"]), max(rows, key=lambda row: row["value"])
    about = _title(low, measure in ("words_share", "quotes_share", "sentiment_toward"))
    outlets = len({row["outlet"] for row in cells.values()})
    caption = f"{count(outlets, 'outlet')}."
    if low["outlet"] != high["outlet"]:
        ends = [f"{_written(row['value'], row, times)} ({row['outlet']})" for row in (low, high)]
        caption += f" They lie furthest apart in {about}: from {ends[0]} to {ends[1]}."
    without = sum(not known(row["low"]) for row in cells.values())
    if without:
        caption += f" {count(without, 'open mark')}: too few articles for an interval."
    if without < len(cells):
        caption += " An interval says how far the number may move with other articles of the same outlet."
    if outlets > len(shown):
        caption += f" The chart shows the {len(shown)} outlets with the most articles."
    return caption.replace("in grade:", "in their grade:") if listing(list(labels.values())) == "grade" else caption

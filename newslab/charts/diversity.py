"""The chart of how the words quoted are spread over speakers."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.panels import name_people
from newslab.charts.style import (
    BLUE,
    GREY,
    HOVER,
    ORANGE,
    count,
    finish,
    frame,
    known,
    nothing,
    paragraph,
    records,
)

TOP = 10
# A curve of more points than these looks the same.
POINTS = 200
SHOWN = 50
COLUMNS = ("rank", "speaker", "words", "share of all words, %", "share with all before, %")


def plot_diversity(actors: pd.DataFrame) -> go.Figure:
    """How the words quoted are spread over speakers: what share the few most quoted have.

    Takes ``actors`` of :func:`newslab.analyze`; words in quotation marks and reported without them count alike. The
    line adds up the speakers' words, the most quoted first; the broken line is where all speakers have as many. The
    caption has the ten most quoted speakers' share and Gini's coefficient (0: all the same; 1: one has all; Gini 1912,
    Variabilità e mutabilità), and says what they mean. A person is the same by ``person_id`` where ``actors`` has it,
    else by name. Raises ``ValueError`` where a column is missing.
    """
    title = "How the words are spread over speakers"
    rows = records(actors, "plot_diversity", "actor", "words_spoken", "words_reported")
    rows = [row for row in rows if known(row["actor"])]
    words: Counter[str] = Counter()
    names: dict[str, str] = {}
    for row, (key, called) in zip(rows, name_people(rows), strict=True):
        words[key] += int(row["words_spoken"]) + int(row["words_reported"])
        names[key] = called
    ranked = [(key, number) for key, number in words.most_common() if number > 0]
    if not ranked:
        return nothing(title, "nobody is quoted", COLUMNS)
    total, sums = sum(number for _, number in ranked), [0]
    for _, number in ranked:
        sums.append(sums[-1] + number)
    shares = [100 * each / total for each in sums]
    figure = frame(title, "the most quoted first", height=380)
    _draw(figure, ranked, names, shares)
    numbers = [
        [place + 1, names[key], number, 100 * number / total, shares[place + 1]]
        for place, (key, number) in enumerate(ranked[:SHOWN])
    ]
    return finish(figure, _caption(ranked, names, shares), COLUMNS, numbers)


def gini(words: list[int]) -> float:
    """How unequal some numbers are: 0 all the same, near 1 where one has all."""
    ranked, number = sorted(words), len(words)
    weighted = sum(rank * each for rank, each in enumerate(ranked, 1))
    return 2 * weighted / (number * sum(ranked)) - (number + 1) / number


def _draw(figure: go.Figure, ranked: list[tuple[str, int]], names: dict[str, str], shares: list[float]) -> None:
    number = len(ranked)
    step = max(1, number // POINTS)
    at = sorted({*range(0, number + 1, step), *range(min(TOP, number) + 1), number})
    hover = ["no speaker: 0%"]
    hover += [
        f"<b>{paragraph(names[ranked[place - 1][0]], 2)}</b>, number {place}: {count(ranked[place - 1][1], 'word')}"
        f"<br>with all before: {shares[place]:.0f}%"
        for place in at[1:]
    ]
    equal = {"color": GREY, "dash": "6px,4px", "width": 2}
    figure.add_scatter(x=[0, number], y=[0, 100], mode="lines", name="all as many", line=equal, hoverinfo="skip")
    figure.add_scatter(
        x=at,
        y=[shares[place] for place in at],
        mode="lines+markers" if number <= 40 else "lines",
        name="the speakers' words",
        line={"color": BLUE, "width": 3},
        hovertext=hover,
        hovertemplate=HOVER,
    )
    if number > TOP:
        figure.add_scatter(
            x=[TOP],
            y=[shares[TOP]],
            mode="markers",
            name=f"the ten most quoted: {shares[TOP]:.0f}%",
            marker={"symbol": "diamond", "size": 13, "color": ORANGE},
            hoverinfo="skip",
        )
    figure.update_xaxes(title_text="speakers", range=[0, number * 1.02], zeroline=False, tickformat=",d")
    figure.update_yaxes(title_text="share of the words, %", range=[0, 104], zeroline=False)


def _caption(ranked: list[tuple[str, int]], names: dict[str, str], shares: list[float]) -> str:
    number = len(ranked)
    if number == 1:
        return f"{names[ranked[0][0]]} is the only one who is quoted by name."
    half = next(place for place, share in enumerate(shares) if share >= 50)
    unequal = gini([words for _, words in ranked])
    caption = f"{count(number, 'speaker')}."
    if number > TOP:
        caption += f" The ten most quoted have {shares[TOP]:.0f}% of the words"
        caption += f"; if all had as many, they would have {100 * TOP / number:.0f}%."
    caption += f" Half of the words are those of {count(half, 'speaker')}."
    scale = "where 0 is all as many and 1 is one alone"
    return f"{caption} Gini's coefficient is {unequal:.2f}, {scale}: {_meaning(unequal)}."


def _meaning(unequal: float) -> str:
    if unequal < 0.3:
        return "the words are spread evenly"
    return "some have far more than others" if unequal < 0.6 else "few have most of them"

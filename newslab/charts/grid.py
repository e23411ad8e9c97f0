"""Who talks about whom as rows and columns, for more pairs than lines could show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import plotly.graph_objects as go

from newslab.charts.style import BLUE, GREY, HOVER, RED, SKY, Record, frame, name, rows_axis

COLUMNS = 10
LARGEST, SMALLEST = 15, 6
ROW_NAME, COLUMN_NAME = 19, 18
# The shape repeats what the colour says, for readers who cannot tell the colours apart.
MARKS = {
    "positive": (BLUE, "circle"),
    "neutral": (GREY, "circle-open"),
    "negative": (RED, "diamond"),
    "no label": (SKY, "square"),
}


@dataclass
class Edge:
    """All that one speaker says about one other."""

    actor: Any
    about: Any
    words: int = 0
    labels: list[str] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    quotes: list[tuple[Any, Any]] = field(default_factory=list)

    @property
    def tone(self) -> str:
        """The label that most of the quotes have; neutral where two are equally common."""
        common = Counter(self.labels).most_common(2)
        if not common:
            return "no label"
        return "neutral" if len(common) > 1 and common[0][1] == common[1][1] else common[0][0]

    @property
    def mean(self) -> float | None:
        """The mean of positive minus negative, -1 to 1."""
        return sum(self.values) / len(self.values) if self.values else None


def most_heard(edges: list[Edge]) -> list[Edge]:
    """The edges of the speakers with the most words, as many of them as there is room for columns."""
    spoken: Counter[Any] = Counter()
    for edge in edges:
        spoken[edge.actor] += edge.words
    heard = {actor for actor, _ in spoken.most_common(COLUMNS)}
    return [edge for edge in edges if edge.actor in heard]


def draw_grid(title: str, edges: list[Edge], hovers: Sequence[str], links: Sequence[str]) -> go.Figure:
    """A column a speaker and a row for each spoken of, those with the most words first; a mark where one speaks."""
    columns, rows = _ordered(edges, "actor"), _ordered(edges, "about")
    figure = frame(title, "a column a speaker, a row for each spoken of", height=260 + 24 * len(rows))
    widest = max(edge.words for edge in edges) or 1
    for tone in MARKS:
        at = [place for place, edge in enumerate(edges) if edge.tone == tone]
        if not at:
            continue
        figure.add_scatter(
            x=[columns[edges[place].actor] for place in at],
            y=[rows[edges[place].about] for place in at],
            mode="markers",
            name=tone,
            marker=_marker(tone, [edges[place].words / widest for place in at]),
            customdata=[links[place] for place in at],
            hovertext=[hovers[place] for place in at],
            hovertemplate=HOVER,
            cliponaxis=False,
        )
    rows_axis(figure, [name(actor, ROW_NAME) for actor in rows])
    figure.update_yaxes(showgrid=True)
    names = {"tickvals": list(columns.values()), "ticktext": [name(actor, COLUMN_NAME) for actor in columns]}
    span = [-0.6, len(columns) - 0.4]
    # Upright, since a column on a phone is no wider than a letter is high.
    figure.update_xaxes(
        **names,
        range=span,
        side="top",
        ticklabelstandoff=4,
        tickangle=-90,
        tickfont={"size": 11},
        zeroline=False,
        showgrid=True,
    )
    figure.update_layout(legend={"itemsizing": "constant"})
    return figure


def _marker(tone: str, shares: list[float]) -> Record:
    """How the marks of one tone look; their area grows with the share of the most words that any of them has."""
    colour, symbol = MARKS[tone]
    sizes = [SMALLEST + (LARGEST - SMALLEST) * sqrt(share) for share in shares]
    return {
        "symbol": symbol,
        "size": sizes,
        "color": colour,
        "opacity": 0.9,
        "line": {"width": 1.5, "color": colour},
    }


def _ordered(edges: list[Edge], side: str) -> dict[Any, int]:
    """The names of one side, those with the most words first, each with its place."""
    words: Counter[Any] = Counter()
    for edge in edges:
        words[getattr(edge, side)] += edge.words
    return {actor: place for place, (actor, _) in enumerate(words.most_common())}

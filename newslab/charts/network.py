"""The chart of who talks about whom: a directed network, drawn from the speakers on the left to the others."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.grid import Edge, draw_grid, most_heard
from newslab.charts.style import (
    BLUE,
    GREY,
    INK,
    RED,
    SKY,
    Record,
    count,
    finish,
    frame,
    known,
    name,
    nothing,
    paragraph,
    records,
    sentence_links,
    signed,
)

STEPS = 18
WIDEST, NARROWEST = 7.0, 1.0
# More lines than these cannot be followed with the eye, and the same is shown as rows and columns.
MOST_LINES = 30
SIDE_NAME = 19
# The dash repeats what the colour says, for readers who cannot tell the colours apart.
TONES = {
    "positive": (BLUE, "solid"),
    "neutral": (GREY, "1px,3px"),
    "negative": (RED, "6px,3px"),
    "no label": (SKY, "solid"),
}


# The quotes by article and number: their text, and the sentence in which they begin.
Texts = dict[tuple[Any, Any], Record]


def plot_talk(talk: pd.DataFrame, quotes: pd.DataFrame | None = None, *, top: int = 30) -> go.Figure:
    """Who talks about whom in the quotes: a line from each speaker to each actor spoken of.

    Takes ``talk`` of :func:`newslab.analyze`. A line is as wide as the words of its quotes; its colour and dash are
    the tone of most of them. With ``quotes``, the hover shows the first. Speakers stand on the left and those spoken
    of on the right, so an actor may stand on both sides. More than 30 lines would be a tangle, and are drawn as a grid
    (Ghoniem, Fekete and Castagliola 2004): a column a speaker, a row for each spoken of. With more than ``top``
    actors, the lines with the most words are drawn. Raises ``ValueError`` where a column is missing.
    """
    title = "Who talks about whom"
    columns = ["actor", "about", "quotes", "words", "tone", "positive minus negative"]
    rows = records(talk, "plot_talk", "quote_id", "actor", "about", "words")
    edges = _edges(rows)
    if not edges:
        return nothing(title, "no quote speaks of an actor", columns)
    shown = _strongest(edges, top)
    texts = _texts(quotes)
    if len(shown) > MOST_LINES:
        shown = most_heard(shown)
        links = sentence_links(_first_quote(edge, texts).get("sentence_id") for edge in shown)
        figure = draw_grid(title, shown, [_hover(edge, texts) for edge in shown], links)
    else:
        figure = _draw_lines(title, shown, texts)
    numbers = [[e.actor, e.about, len(e.quotes), e.words, e.tone, e.mean] for e in shown]
    return finish(figure, _caption(edges, shown, rows), columns, numbers)


def _draw_lines(title: str, shown: list[Edge], texts: Texts) -> go.Figure:
    left, right = _sides(shown)
    height = 150 + 30 * max(len(left), len(right))
    figure = frame(title, "speakers left, spoken of right; wider: more words", height=height)
    widest = max(edge.words for edge in shown) or 1
    for tone, (colour, dash) in TONES.items():
        for i, edge in enumerate(edge for edge in shown if edge.tone == tone):
            width = NARROWEST + (WIDEST - NARROWEST) * edge.words / widest
            _draw(figure, edge, left[edge.actor], right[edge.about], (colour, dash, width), texts, first=i == 0)
    _name_sides(figure, left, right)
    return figure


def _edges(rows: list[Record]) -> list[Edge]:
    """One edge a speaker and actor spoken of, the one with the most words first."""
    found: dict[tuple[Any, Any], Edge] = {}
    for row in rows:
        if not known(row["actor"]) or not known(row["about"]):
            continue
        edge = found.setdefault((row["actor"], row["about"]), Edge(row["actor"], row["about"]))
        edge.words += int(row["words"]) if known(row["words"]) else 0
        edge.quotes.append((row.get("article_id"), row["quote_id"]))
        if known(row.get("label")):
            edge.labels.append(row["label"])
        if known(row.get("positive")) and known(row.get("negative")):
            edge.values.append(float(row["positive"]) - float(row["negative"]))
    return sorted(found.values(), key=lambda edge: (-edge.words, -len(edge.quotes)))


def _strongest(edges: list[Edge], top: int) -> list[Edge]:
    """The edges with the most words, as long as no more than ``top`` actors are in them."""
    people: set[Any] = set()
    shown = []
    for edge in edges:
        if len(people | {edge.actor, edge.about}) <= max(top, 2):
            people |= {edge.actor, edge.about}
            shown.append(edge)
    return shown


def _sides(edges: list[Edge]) -> tuple[dict[Any, float], dict[Any, float]]:
    """The height of each name, 0 at the top: speakers by words, the others near those who speak of them."""
    spoken: Counter[Any] = Counter()
    for edge in edges:
        spoken[edge.actor] += edge.words
    speakers = [actor for actor, _ in spoken.most_common()]
    pulls: dict[Any, list[int]] = {}
    for edge in edges:
        pulls.setdefault(edge.about, []).append(speakers.index(edge.actor))
    others = sorted(pulls, key=lambda about: sum(pulls[about]) / len(pulls[about]))
    longest = max(len(speakers), len(others))
    sides = []
    for names in (speakers, others):
        step = longest / len(names)
        sides.append({actor: (i + 0.5) * step for i, actor in enumerate(names)})
    return sides[0], sides[1]


def _draw(
    figure: go.Figure,
    edge: Edge,
    start: float,
    end: float,
    style: tuple[str, str, float],
    texts: Texts,
    *,
    first: bool,
) -> None:
    colour, dash, width = style
    along = [i / STEPS for i in range(STEPS + 1)]
    figure.add_scatter(
        x=along,
        y=[start + (end - start) * t * t * (3 - 2 * t) for t in along],
        mode="lines+markers",
        line={"color": colour, "dash": dash, "width": width},
        marker={
            "symbol": "triangle-right",
            "color": colour,
            "size": [0] * STEPS + [9 + width],
            "opacity": 1,
            "line": {"width": 0},
        },
        opacity=0.8,
        name=edge.tone,
        legendgroup=edge.tone,
        showlegend=first,
        customdata=sentence_links([_first_quote(edge, texts).get("sentence_id")] * (STEPS + 1)),
        hovertext=_hover(edge, texts),
        hoverinfo="text",
        cliponaxis=False,
    )


def _hover(edge: Edge, texts: Texts) -> str:
    mean = f" ({signed(edge.mean)})" if edge.mean is not None else ""
    head = f"<b>{paragraph(edge.actor, 2)}</b> about <b>{paragraph(edge.about, 2)}</b>"
    numbers = f"{count(len(edge.quotes), 'quote')}, {count(edge.words, 'word')}, {edge.tone}{mean}"
    quote = _first_quote(edge, texts)
    return f"{head}<br>{numbers}" + (f"<br>{paragraph(quote['text'])}" if quote else "")


def _first_quote(edge: Edge, texts: Texts) -> Record:
    return next((texts[key] for key in edge.quotes if key in texts), {})


def _name_sides(figure: go.Figure, left: dict[Any, float], right: dict[Any, float]) -> None:
    """The names as the ticks of two axes, so that plotly gives them the room that they need."""
    span = [max([*left.values(), *right.values()]) + 0.7, -0.2]
    ticks = {
        "showgrid": False,
        "zeroline": False,
        "showline": False,
        "range": span,
        "ticks": "",
        "tickfont": {"size": 12, "color": INK},
        "ticklabelstandoff": 6,
    }
    figure.add_scatter(x=[None], y=[None], yaxis="y2", showlegend=False, hoverinfo="skip")
    figure.update_layout(
        yaxis={
            **ticks,
            "tickvals": list(left.values()),
            "ticktext": [name(actor, SIDE_NAME) for actor in left],
            "automargin": True,
        },
        yaxis2={
            **ticks,
            "tickvals": list(right.values()),
            "ticktext": [name(actor, SIDE_NAME) for actor in right],
            "overlaying": "y",
            "side": "right",
            "automargin": True,
        },
        xaxis={"visible": False, "range": [0, 1.01]},
    )


def _texts(quotes: pd.DataFrame | None) -> Texts:
    if quotes is None:
        return {}
    rows = records(quotes, "plot_talk(quotes=...)", "quote_id", "text")
    return {(row.get("article_id"), row["quote_id"]): row for row in rows}


def _caption(edges: list[Edge], shown: list[Edge], rows: list[Record]) -> str:
    first = edges[0]
    speakers, others = {edge.actor for edge in edges}, {edge.about for edge in edges}
    caption = (
        f"{count(len(speakers), 'speaker')} {'talks' if len(speakers) == 1 else 'talk'} about "
        f"{count(len(others), 'actor')}. Most words: {first.actor} about {first.about}, "
        f"{count(first.words, 'word')} in {count(len(first.quotes), 'quote')}, tone {first.tone}."
    )
    unknown = {(row.get("article_id"), row["quote_id"]) for row in rows if not known(row["actor"])}
    if unknown:
        caption += f" {count(len(unknown), 'quote')} without a known speaker left out."
    if len(shown) < len(edges):
        caption += f" The chart shows {len(shown)} of {len(edges)} pairs, those with the most words."
    return caption

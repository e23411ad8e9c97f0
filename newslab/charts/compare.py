"""Charts that set articles side by side: one row an article, one panel an actor."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.panels import axis_name, lay_out, round_down
from newslab.charts.style import (
    BLUE,
    HOVER,
    ORANGE,
    Record,
    count,
    finish,
    frame,
    hatched,
    known,
    listing,
    nothing,
    paragraph,
    records,
    signed,
)

PANELS = 4
OTHERS = "all others"

# What is known of one actor in one article, by the actor and the article's id.
Cells = dict[tuple[Any, Any], Record]


def label_articles(articles: pd.DataFrame) -> dict[str, str]:
    """A short name for each article of the table ``articles``, by its id: its number, and its outlet or headline."""
    rows = records(articles, "label_articles", "article_id", "title", "outlet", "source")
    labels = {}
    for number, row in enumerate(rows, 1):
        called = next((row[column] for column in ("outlet", "title", "source") if known(row[column])), "article")
        if called is row["source"]:
            called = called.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]  # where it lies is nobody's business
        labels[str(row["article_id"])] = f"{number}. {' '.join(str(called).split())}"
    return labels


def plot_speakers_by_article(actors: pd.DataFrame, articles: pd.DataFrame, *, panels: int = PANELS) -> go.Figure:
    """Who is heard in each of several articles: one row an article, one panel a speaker, and one for all others.

    Takes ``actors`` and ``articles`` of :func:`newslab.analyze`. The speakers with a panel are those with the most
    words in all articles together; an actor is the same in two articles where the name is the same. Raises
    ``ValueError`` where a column is missing.
    """
    title, columns = "Who is heard in each article", ["article", "actor", "words_spoken", "words_reported"]
    rows = records(actors, "plot_speakers_by_article", "article_id", "actor", "words_spoken", "words_reported")
    labels = label_articles(articles)
    heard = [row for row in rows if known(row["actor"]) and row["words_spoken"] + row["words_reported"] > 0]
    if not heard:
        return nothing(title, "nobody is quoted in these articles", columns)
    total: Counter[Any] = Counter()
    for row in heard:
        total[row["actor"]] += row["words_spoken"] + row["words_reported"]
    # A panel for all others is worth its room where it stands for more than one.
    most = [actor for actor, _ in total.most_common(panels if len(total) <= panels else panels - 1)]
    shown = [*most, OTHERS] if len(most) < len(total) else most
    cells: Cells = defaultdict(lambda: {"words_spoken": 0, "words_reported": 0})
    for row in heard:
        cell = cells[row["actor"] if row["actor"] in most else OTHERS, str(row["article_id"])]
        for column in ("words_spoken", "words_reported"):
            cell[column] += int(row[column])
    figure = frame(title, "words of each speaker, by article", height=220 + 24 * len(labels))
    widest = max(cell["words_spoken"] + cell["words_reported"] for cell in cells.values())
    for place, actor in enumerate(shown):
        _draw_words(figure, place, actor, cells, labels)
    lay_out(
        figure,
        shown,
        labels.values(),
        {"range": [0, widest * 1.1], "tickvals": [0, round_down(widest)], "tickformat": ",d"},
    )
    figure.update_layout(barmode="stack")
    numbers = [[labels[str(r["article_id"])], *(r[column] for column in columns[1:])] for r in heard]
    return finish(figure, _speakers_caption(heard, labels), columns, numbers)


def plot_tone_by_article(actors: pd.DataFrame, articles: pd.DataFrame, *, panels: int = PANELS) -> go.Figure:
    """How each of several articles speaks of the same actors, outside quotes, with the 95% interval.

    Takes ``actors`` and ``articles`` of :func:`newslab.analyze`. An actor has a panel where two articles or more say
    enough of it (three sentences each); those in the most articles come first. Raises ``ValueError`` where a column is
    missing.
    """
    title, columns = "Tone toward the same actors", ["article", "actor", "toward", "low", "high", "sentences"]
    names = ("sentiment_toward", "sentiment_low", "sentiment_high", "sentiment_sentences")
    rows = records(actors, "plot_tone_by_article", "article_id", "actor", *names)
    labels = label_articles(articles)
    rows = [row for row in rows if known(row["actor"]) and known(row["sentiment_toward"])]
    times = Counter(row["actor"] for row in rows)
    shared = [actor for actor, number in times.most_common() if number > 1]
    if not shared:
        return nothing(title, "no actor stands in three sentences or more of two articles", columns)
    shown = shared[:panels]
    cells = {(row["actor"], str(row["article_id"])): row for row in rows if row["actor"] in shown}
    figure = frame(title, "outside quotes, −1 to 1, by article", height=220 + 24 * len(labels))
    for place, actor in enumerate(shown):
        _draw_tone(figure, place, actor, cells, labels)
    lay_out(figure, shown, labels.values(), {"range": [-1.3, 1.3], "tickvals": [-1, 0, 1], "zeroline": True})
    note = f" The chart shows {len(shown)} of {len(shared)} such actors." if len(shown) < len(shared) else ""
    caption = _tone_caption(cells, labels) + note
    numbers = [
        [labels[article], actor, *(cells[actor, article][column] for column in names)]
        for actor in shown
        for article in labels
        if (actor, article) in cells
    ]
    return finish(figure, caption, columns, numbers)


def _draw_words(figure: go.Figure, place: int, actor: Any, cells: Cells, labels: dict[str, str]) -> None:
    at = [(row, article) for row, article in enumerate(labels) if (actor, article) in cells]
    for column, label, marker in (
        ("words_spoken", "in quotation marks", {"color": BLUE}),
        ("words_reported", "reported, without marks", hatched(ORANGE)),
    ):
        figure.add_bar(
            orientation="h",
            x=[cells[actor, article][column] for _, article in at],
            y=[row for row, _ in at],
            xaxis=axis_name("x", place),
            name=label,
            legendgroup=column,
            showlegend=place == 0,
            marker=marker,
            hovertext=[
                f"<b>{paragraph(actor, 2)}</b><br>{paragraph(labels[article], 2)}"
                f"<br>{count(cells[actor, article][column], 'word')} {label}"
                for _, article in at
            ],
            hovertemplate=HOVER,
        )


def _draw_tone(figure: go.Figure, place: int, actor: Any, cells: Cells, labels: dict[str, str]) -> None:
    at = [(row, article) for row, article in enumerate(labels) if (actor, article) in cells]
    found = [cells[actor, article] for _, article in at]
    mean = [float(row["sentiment_toward"]) for row in found]
    high = [row["sentiment_high"] if known(row["sentiment_high"]) else row["sentiment_toward"] for row in found]
    low = [row["sentiment_low"] if known(row["sentiment_low"]) else row["sentiment_toward"] for row in found]
    figure.add_scatter(
        x=mean,
        y=[row for row, _ in at],
        xaxis=axis_name("x", place),
        mode="markers",
        name="mean of the article, 95% interval",
        showlegend=place == 0,
        marker={"size": 9, "color": BLUE},
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [top - value for top, value in zip(high, mean, strict=True)],
            "arrayminus": [value - bottom for bottom, value in zip(low, mean, strict=True)],
            "color": BLUE,
            "thickness": 1.5,
            "width": 3,
        },
        hovertext=[
            f"<b>{paragraph(actor, 2)}</b>: {signed(row['sentiment_toward'])}<br>{paragraph(labels[article], 2)}"
            f"<br>in {count(int(row['sentiment_sentences']), 'sentence')}"
            for (_, article), row in zip(at, found, strict=True)
        ],
        hovertemplate=HOVER,
    )


def _speakers_caption(heard: list[Record], labels: dict[str, str]) -> str:
    by_actor: dict[Any, set[str]] = defaultdict(set)
    for row in heard:
        by_actor[row["actor"]].add(str(row["article_id"]))
    several = sorted((actor for actor in by_actor if len(by_actor[actor]) > 1), key=lambda one: -len(by_actor[one]))
    silent = len(labels) - len({str(row["article_id"]) for row in heard})
    caption = f"{count(len(by_actor), 'speaker')} in {count(len(labels), 'article')}"
    if several:
        parts = [f"{actor} (in {len(by_actor[actor])})" for actor in several[:3]]
        caption += f", {len(several)} of them in more than one; in the most: {listing(parts)}."
    else:
        caption += ", none of them in more than one."
    return caption + (f" In {count(silent, 'article')} nobody is heard by name." if silent else "")


def _tone_caption(cells: Cells, labels: dict[str, str]) -> str:
    """The actor of whom the articles speak most differently."""
    by_actor: dict[Any, list[tuple[float, str]]] = defaultdict(list)
    for (actor, article), row in cells.items():
        by_actor[actor].append((float(row["sentiment_toward"]), labels[article]))
    actor, values = max(by_actor.items(), key=lambda item: max(item[1])[0] - min(item[1])[0])
    (low, lowest), (high, highest) = min(values), max(values)
    return (
        f"The articles differ most about {actor}: from {signed(low)} ({lowest}) to {signed(high)} ({highest}). "
        "Where two intervals overlap, no difference can be shown."
    )

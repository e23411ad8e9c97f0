"""Charts along the story, from its first sentence to its last: where each actor appears, and how it sounds."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.style import (
    BAND,
    BLUE,
    GREY,
    HOVER,
    INK,
    ORANGE,
    RED,
    Record,
    count,
    finish,
    frame,
    known,
    listing,
    name,
    nothing,
    one_article,
    paragraph,
    records,
    rows_axis,
    sentence_links,
    signed,
    texts_by_sentence,
    top_note,
    whole_numbers,
)

# VADER's authors call a compound of .05 or more positive and of -.05 or less negative (Hutto and Gilbert 2014).
THRESHOLD = 0.05
WINDOW = 5

Texts = dict[tuple[Any, Any], Record]
# What is said of one actor in one sentence, by the actor and the sentence.
Cells = dict[tuple[Any, int], list[Record]]


def plot_mentions(mentions: pd.DataFrame, sentences: pd.DataFrame | None = None, *, top: int = 20) -> go.Figure:
    """Where in the story each actor appears: one row an actor, one mark a sentence.

    Takes the table of :func:`newslab.find_mentions`. A filled mark is a name, an open one only a pronoun or a
    description; its size grows with the mentions in that sentence. With ``sentences``, the hover shows the sentence
    and the paragraphs are shaded in turn. Raises ``ValueError`` for several articles or a missing column.
    """
    title, columns = "Where each actor appears", ["actor", "sentence", "mentions"]
    rows = _known_rows(mentions, "plot_mentions", "actor", "sentence_id")
    if not rows:
        return nothing(title, "no mention was found", columns)
    texts = texts_by_sentence(sentences, "plot_mentions", rows[0].get("article_id"))
    total = Counter(row["actor"] for row in rows)
    most = {actor for actor, _ in total.most_common(top)}
    cells: Cells = defaultdict(list)
    for row in sorted(rows, key=lambda row: row["sentence_id"]):
        if row["actor"] in most:
            cells[row["actor"], row["sentence_id"]].append(row)
    shown = list(dict.fromkeys(actor for actor, _ in cells))
    note = top_note(len(shown), len(total), "actors, in order of appearance")
    figure = frame(title, note, height=150 + 24 * len(shown))
    _shade_paragraphs(figure, texts)
    _draw_cells(figure, cells, {actor: i for i, actor in enumerate(shown)}, texts)
    rows_axis(figure, [name(actor) for actor in shown])
    last = 1 + max([row["sentence_id"] for row in [*rows, *texts.values()]])
    figure.update_xaxes(title_text="sentence", range=[0.3, last + 0.7], **whole_numbers(last), zeroline=False)
    caption = _mentions_caption(cells, last)
    if len(shown) < len(total):
        caption += f" The chart shows the {len(shown)} of {len(total)} actors mentioned most."
    return finish(figure, caption, columns, [[actor, i + 1, len(cell)] for (actor, i), cell in cells.items()])


def plot_sentiment(sentiment: pd.DataFrame, sentences: pd.DataFrame | None = None) -> go.Figure:
    """How the story sounds from its first sentence to its last: one bar a sentence, and a line for the mean.

    Takes the table of :func:`newslab.score_sentiment` (``compound``, -1 to 1). With ``sentences`` the line is the mean
    of each paragraph and the hover shows the sentence; without, it is the mean of five sentences around each. Raises
    ``ValueError`` for several articles or a missing column.
    """
    title, columns = "How the story sounds", ["sentence", "compound", "mean"]
    rows = sorted(
        _known_rows(sentiment, "plot_sentiment", "sentence_id", "compound"), key=lambda row: int(row["sentence_id"])
    )
    if not rows:
        return nothing(title, "the story has no sentence", columns)
    texts = texts_by_sentence(sentences, "plot_sentiment", rows[0].get("article_id"))
    for row in rows:
        row["sentence"] = texts.get((row.get("article_id"), row["sentence_id"]), {})
    means, note = _means(rows)
    figure = frame(title, f"each sentence, and the {note}", height=400)
    _draw_tones(figure, rows)
    at = [row["sentence_id"] + 1 for row in rows]
    line = {"color": INK, "width": 2.5, "shape": "hvh" if texts else "spline"}
    figure.add_scatter(x=at, y=means, mode="lines", name=note, line=line, hoverinfo="skip")
    span = [at[0] - 0.6, at[-1] + 0.6]
    figure.update_xaxes(title_text="sentence", range=span, **whole_numbers(at[-1]), showgrid=False, zeroline=False)
    figure.update_yaxes(title_text="tone, −1 to 1", range=[-1.05, 1.05], zerolinewidth=2, dtick=0.5)
    numbers = [[place, row["compound"], mean] for place, row, mean in zip(at, rows, means, strict=True)]
    return finish(figure, _sentiment_caption(rows), columns, numbers)


def _known_rows(table: pd.DataFrame, chart: str, *columns: str) -> list[Record]:
    rows = [row for row in records(table, chart, *columns) if all(known(row[column]) for column in columns)]
    one_article(rows, chart)
    return rows


def _draw_cells(figure: go.Figure, cells: Cells, place: dict[Any, int], texts: Texts) -> None:
    for label, symbol, colour, named in (
        ("a name", "circle", BLUE, True),
        ("a pronoun or description", "circle-open", ORANGE, False),
    ):
        at = [key for key, cell in cells.items() if any(_is_name(row) for row in cell) == named]
        size = [7 + 3 * min(len(cells[key]), 4) for key in at]
        figure.add_scatter(
            mode="markers",
            x=[sentence + 1 for _, sentence in at],
            y=[place[actor] for actor, _ in at],
            name=label,
            showlegend=True,
            marker={"symbol": symbol, "size": size, "color": colour, "line": {"width": 2, "color": colour}},
            cliponaxis=False,
            customdata=sentence_links(sentence for _, sentence in at),
            hovertext=[_mention_hover(cells[key], texts) for key in at],
            hovertemplate=HOVER,
        )


def _draw_tones(figure: go.Figure, rows: list[Record]) -> None:
    """A bar a sentence; a neutral one has next to no height, so it is a mark."""
    for label, colour in (("negative", RED), ("neutral", GREY), ("positive", BLUE)):
        at = [row for row in rows if _tone(row["compound"]) == label]
        common: dict[str, Any] = {
            "x": [row["sentence_id"] + 1 for row in at],
            "y": [row["compound"] for row in at],
            "name": label,
            "customdata": sentence_links(row["sentence_id"] for row in at),
            "hovertext": [_sentence_hover(row) for row in at],
            "hovertemplate": HOVER,
            "visible": bool(at),
        }
        if label == "neutral":
            figure.add_scatter(mode="markers", marker={"color": colour, "symbol": "diamond", "size": 8}, **common)
        else:
            figure.add_bar(width=0.8, marker={"color": colour}, **common)


def _is_name(row: Record) -> bool:
    return row.get("how", "name") in ("name", "alias")


def _mention_hover(cell: list[Record], texts: Texts) -> str:
    said = ", ".join(str(row["text"]) for row in cell if known(row.get("text")))
    parts = [f"<b>{paragraph(cell[0]['actor'], 2)}</b>, sentence {cell[0]['sentence_id'] + 1}"]
    if said:
        parts.append(paragraph(f"as: {said}", 2))
    sentence = texts.get((cell[0].get("article_id"), cell[0]["sentence_id"]))
    if sentence:
        parts.append(paragraph(sentence["text"]))
    return "<br>".join(parts)


def _shade_paragraphs(figure: go.Figure, texts: Texts) -> None:
    """A light band behind every second paragraph."""
    spans: dict[Any, list[int]] = defaultdict(list)
    for row in texts.values():
        if known(row.get("paragraph")):
            spans[row["paragraph"]].append(row["sentence_id"])
    for places in list(spans.values())[::2]:
        figure.add_vrect(x0=min(places) + 0.5, x1=max(places) + 1.5, fillcolor=BAND, line_width=0, layer="below")


def _mentions_caption(cells: Cells, last: int) -> str:
    sentences = Counter(actor for actor, _ in cells)
    (widest, number), *_ = sentences.most_common(1)
    caption = f"{widest} appears in the most sentences, {number} of {last}."
    early = [actor for actor, sentence in cells if sentence == 0]
    if early:
        caption += f" In the first sentence: {listing(early)}."
    return caption


def _tone(compound: float) -> str:
    return "positive" if compound >= THRESHOLD else "negative" if compound <= -THRESHOLD else "neutral"


def _means(rows: list[Record]) -> tuple[list[float], str]:
    """The mean beside each sentence: of its paragraph where that is known, else of the sentences around it."""
    values = [float(row["compound"]) for row in rows]
    groups = [row["sentence"].get("paragraph") for row in rows]
    if any(known(group) for group in groups):
        by_group: dict[Any, list[float]] = defaultdict(list)
        for group, value in zip(groups, values, strict=True):
            by_group[group].append(value)
        return [sum(by_group[group]) / len(by_group[group]) for group in groups], "mean of the paragraph"
    half = WINDOW // 2
    around = [values[max(0, i - half) : i + half + 1] for i in range(len(values))]
    return [sum(near) / len(near) for near in around], f"mean of {WINDOW} sentences"


def _sentence_hover(row: Record) -> str:
    head = f"sentence {row['sentence_id'] + 1}: {signed(row['compound'])}"
    return head + (f"<br>{paragraph(row['sentence']['text'])}" if row["sentence"] else "")


def _sentiment_caption(rows: list[Record]) -> str:
    tones = [_tone(row["compound"]) for row in rows]
    mean = sum(row["compound"] for row in rows) / len(rows)
    lowest = min(rows, key=lambda row: row["compound"])
    highest = max(rows, key=lambda row: row["compound"])
    shares = [f"{tones.count(tone)} {tone}" for tone in ("negative", "neutral", "positive") if tone in tones]
    caption = f"{count(len(rows), 'sentence')}, by the words used: {listing(shares)}. The mean is {signed(mean)}."
    if len(rows) == 1:
        return caption
    return (
        f"{caption} Lowest: sentence {lowest['sentence_id'] + 1} ({signed(lowest['compound'])}); "
        f"highest: sentence {highest['sentence_id'] + 1} ({signed(highest['compound'])})."
    )

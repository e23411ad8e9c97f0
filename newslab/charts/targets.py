"""The chart of tone toward each actor, in the story and in its quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.style import (
    BLUE,
    HOVER,
    ORANGE,
    Record,
    count,
    finish,
    frame,
    known,
    listing,
    name,
    nothing,
    paragraph,
    records,
    rows_axis,
    sentence_links,
    signed,
    texts_by_sentence,
)

# Under this many sentences an average says more about the sentence than about the story.
FEWEST = 3


def plot_target_sentiment(
    table: pd.DataFrame,
    sentences: pd.DataFrame | None = None,
    *,
    target_sentiment: pd.DataFrame | None = None,
    top: int = 20,
) -> go.Figure:
    """How the story speaks of each actor, with the number of sentences it rests on; story and quotes apart.

    ``table`` is ``actors`` of :func:`newslab.analyze` (means with their 95% interval) or ``target_sentiment`` (the
    means are then taken here, without an interval). Give ``target_sentiment`` beside ``actors`` to see every sentence
    as a small mark, and ``sentences`` to read it on hover. A mean is drawn for 3 sentences or more outside quotes.
    Raises ``ValueError`` where columns are missing.
    """
    title, columns = "Tone toward each actor", ["actor", "toward", "low", "high", "sentences", "quoted"]
    if "sentiment_toward" in table.columns:
        names = ("actor", "sentiment_toward", "sentiment_low", "sentiment_high", "sentiment_sentences")
        inside = _sentences_in_quotes(target_sentiment)
        found = [_from_actors(row, inside) for row in records(table, "plot_target_sentiment", *names)]
    else:
        target_sentiment = table
        found = _from_sentences(records(table, "plot_target_sentiment", "actor", "sentence_id", "positive", "negative"))
    drawn = [row for row in found if known(row["toward"]) or known(row["quoted"])]
    drawn.sort(key=lambda row: (-known(row["toward"]), -row["sentences"]))
    if not drawn:
        return nothing(title, f"no actor stands in {FEWEST} sentences or more", columns)
    shown = sorted(drawn[:top], key=lambda row: -(row["toward"] if known(row["toward"]) else -9))
    figure = frame(title, "from −1 to 1 (sentences it rests on, ◆ in quotes)", height=190 + 28 * len(shown))
    place = {row["actor"]: i for i, row in enumerate(shown)}
    _draw_sentences(figure, target_sentiment, place, texts_by_sentence(sentences, "plot_target_sentiment"))
    _draw_means(figure, shown)
    rows_axis(figure, [f"{name(row['actor'], 22)} {_rests_on(row)}" for row in shown])
    span = {"range": [-1.08, 1.08], "dtick": 0.5, "zeroline": True, "zerolinewidth": 2}
    figure.update_xaxes(title_text="← negative | positive →", **span)
    caption = _target_caption(shown, found, len(drawn))
    return finish(figure, caption, columns, [[row[column] for column in columns] for row in shown])


def _from_actors(row: Record, inside: Mapping[Any, int]) -> Record:
    return {
        "actor": row["actor"],
        "toward": row["sentiment_toward"],
        "low": row["sentiment_low"],
        "high": row["sentiment_high"],
        "sentences": int(row["sentiment_sentences"]) if known(row["sentiment_sentences"]) else 0,
        "quoted": row.get("sentiment_quoted"),
        "inside": inside.get(row["actor"], 0),
    }


def _sentences_in_quotes(table: pd.DataFrame | None) -> Mapping[Any, int]:
    """In how many sentences an actor is spoken of inside quotes; nobody where that is not known."""
    rows = [] if table is None else records(table, "plot_target_sentiment", "actor", "sentence_id")
    places = {
        (row["actor"], row.get("article_id"), row["sentence_id"])
        for row in rows
        if known(row.get("quote_id")) and known(row.get("positive"))
    }
    return Counter(actor for actor, _, _ in places)


def _rests_on(row: Record) -> str:
    """The number of sentences behind each mark of a row, the story's first."""
    inside = f", ◆ {row['inside']}" if row["inside"] and known(row["quoted"]) else ""
    return f"({row['sentences']}{inside})"


def _from_sentences(rows: list[Record]) -> list[Record]:
    """One record an actor from a row a sentence; the same actor twice in a sentence counts as one sentence."""
    values: dict[Any, dict[bool, dict[Any, float]]] = defaultdict(lambda: {True: {}, False: {}})
    for row in rows:
        if known(row["actor"]) and known(row["positive"]) and known(row["negative"]):
            quoted = known(row.get("quote_id"))
            place = (row.get("article_id"), row["sentence_id"])
            values[row["actor"]][quoted][place] = row["positive"] - row["negative"]
    found = []
    for actor, by_place in values.items():
        story, inside = list(by_place[False].values()), list(by_place[True].values())
        found.append(
            {
                "actor": actor,
                "toward": sum(story) / len(story) if len(story) >= FEWEST else None,
                "low": None,
                "high": None,
                "sentences": len(story),
                "quoted": sum(inside) / len(inside) if inside else None,
                "inside": len(inside),
            }
        )
    return found


def _draw_sentences(
    figure: go.Figure, table: pd.DataFrame | None, place: dict[Any, int], texts: dict[tuple[Any, Any], Record]
) -> None:
    """Every sentence as a small mark beneath its actor's row."""
    if table is None:
        return
    rows = [row for row in records(table, "plot_target_sentiment", "actor", "sentence_id") if row["actor"] in place]
    for label, quoted, symbol, colour in (
        ("a sentence of the story", False, "circle-open", BLUE),
        ("a sentence inside quotes", True, "diamond-open", ORANGE),
    ):
        at = [row for row in rows if known(row.get("quote_id")) == quoted and known(row["positive"])]
        if at:
            figure.add_scatter(
                x=[row["positive"] - row["negative"] for row in at],
                y=[place[row["actor"]] + 0.28 for row in at],
                mode="markers",
                name=label,
                marker={"symbol": symbol, "size": 6, "color": colour, "opacity": 0.8},
                customdata=sentence_links(row["sentence_id"] for row in at),
                hovertext=[_target_hover(row, texts) for row in at],
                hovertemplate=HOVER,
            )


def _draw_means(figure: go.Figure, shown: list[Record]) -> None:
    story = [i for i, row in enumerate(shown) if known(row["toward"])]
    quoted = [i for i, row in enumerate(shown) if known(row["quoted"])]
    for at, key, label, symbol, colour in (
        (story, "toward", "mean of the story", "circle", BLUE),
        (quoted, "quoted", "mean inside quotes", "diamond", ORANGE),
    ):
        if not at:
            continue
        interval = key == "toward" and any(known(shown[i]["low"]) and known(shown[i]["high"]) for i in at)
        figure.add_scatter(
            x=[shown[i][key] for i in at],
            y=[i - 0.08 for i in at],
            mode="markers",
            name=label + (", 95% interval" if interval else ""),
            marker={"symbol": symbol, "size": 12, "color": colour},
            error_x=_interval([shown[i] for i in at]) if interval else None,
            hovertext=[_mean_hover(shown[i], key) for i in at],
            hovertemplate=HOVER,
        )


def _interval(rows: list[Record]) -> dict[str, Any]:
    up = [row["high"] - row["toward"] if known(row["high"]) else 0 for row in rows]
    down = [row["toward"] - row["low"] if known(row["low"]) else 0 for row in rows]
    return {"type": "data", "symmetric": False, "array": up, "arrayminus": down, "color": BLUE, "thickness": 2}


def _mean_hover(row: Record, key: str) -> str:
    head = f"<b>{paragraph(row['actor'], 2)}</b><br>"
    if key == "quoted":
        rests = f"<br>rests on {count(row['inside'], 'sentence')}" if row["inside"] else ""
        return f"{head}inside quotes: {signed(row['quoted'])}<br>what the speakers say, not the story{rests}"
    interval = f", {signed(row['low'])} to {signed(row['high'])}" if known(row["low"]) and known(row["high"]) else ""
    return f"{head}outside quotes: {signed(row['toward'])}{interval}<br>rests on {count(row['sentences'], 'sentence')}"


def _target_hover(row: Record, texts: dict[tuple[Any, Any], Record]) -> str:
    value = row["positive"] - row["negative"]
    head = f"<b>{paragraph(row['actor'], 2)}</b>, sentence {row['sentence_id'] + 1}: {signed(value)}"
    sentence = texts.get((row.get("article_id"), row["sentence_id"]))
    return head + (f"<br>{paragraph(sentence['text'])}" if sentence else "")


def _target_caption(shown: list[Record], found: list[Record], drawn: int) -> str:
    story = [row for row in shown if known(row["toward"])]
    parts = [f"{row['actor']} {signed(row['toward'])} ({count(row['sentences'], 'sentence')})" for row in story]
    several = [*parts[:2], *parts[-2:]] if len(parts) > 4 else parts
    caption = f"From the most positive to the most negative: {listing(several)}." if several else ""
    if len(parts) > 4:
        which = f" of the {len(shown)} shown" if len(shown) < drawn else ""
        caption = f"Most positive{which}: {listing(parts[:2])}; most negative: {listing(parts[-2:])}."
    means = sum(known(row["toward"]) for row in found)
    stand, have = ("stands", "has") if means == 1 else ("stand", "have")
    caption += f" Of {count(len(found), 'actor')}, {means} {stand} in {FEWEST} sentences or more outside quotes"
    caption += f" and {have} a mean; what speakers say inside quotes is drawn apart."
    if len(shown) < drawn:
        caption += f" The chart shows {len(shown)} of the {drawn} with a number."
    return caption.strip()

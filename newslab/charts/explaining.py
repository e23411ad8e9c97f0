"""Charts that take target sentiment apart: the words behind a label, and how far to trust its probability."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.style import (
    BLUE,
    GREEN,
    GREY,
    HOVER,
    PURPLE,
    Record,
    count,
    finish,
    frame,
    hatched,
    known,
    listing,
    name,
    nothing,
    records,
    rows_axis,
    signed,
    top_note,
    words,
)

# Blue and red are positive and negative elsewhere; what speaks for *negative* must not look positive.
SIDES = (("for the label", {"color": PURPLE}, 1), ("against it", hatched(GREEN), -1))


def plot_explanation(explanation: pd.DataFrame, *, top: int = 12) -> go.Figure:
    """Which words moved a label, and by how much: one bar a word, to the right where it speaks for the label.

    Takes the table of :func:`newslab.explain_target_sentiment`. Bars are in units of the score (log-odds): what the
    word adds to the label beyond the mean of the three labels; the ``top`` heaviest are drawn, the rest are added up
    in one bar, so that all bars make the score. Raises ``ValueError`` where a column is missing.
    """
    title, columns = "Which words moved the label", ["kind", "words", "weight"]
    rows = records(explanation, "plot_explanation", "kind", "text", "weight")
    if not rows:
        return nothing(title, "the table holds no word", columns)
    score = sum(row["weight"] for row in rows)
    rows.sort(key=lambda row: -abs(row["weight"]))
    shown = [{"label": _words_of(row), "kind": row["kind"], "weight": row["weight"]} for row in rows[:top]]
    rest = rows[top:]
    if rest:
        left = sum(row["weight"] for row in rest)
        shown.append({"label": f"{count(len(rest), 'more part')}", "kind": "all together", "weight": left})
    figure = frame(title, top_note(min(top, len(rows)), len(rows), "parts by weight"), height=150 + 26 * len(shown))
    for side, marker, sign in SIDES:
        at = [place for place, row in enumerate(shown) if row["weight"] * sign > 0]
        figure.add_bar(
            orientation="h",
            x=[shown[place]["weight"] for place in at],
            y=at,
            name=side,
            marker=marker,
            hovertext=[_hover(shown[place]) for place in at],
            hovertemplate=HOVER,
            visible=bool(at),
        )
    rows_axis(figure, [name(row["label"], 30) for row in shown])
    figure.update_xaxes(title_text="← against it | for it →", zeroline=True, zerolinewidth=2)
    heaviest = listing([f"{row['label']} ({signed(row['weight'])})" for row in shown[:3]])
    caption = f"All parts add up to a score of {signed(score)}. Heaviest: {heaviest}."
    return finish(figure, caption, columns, [[row["kind"], row["label"], row["weight"]] for row in shown])


def plot_reliability(table: pd.DataFrame) -> go.Figure:
    """How far a probability can be trusted: how sure the model was, and how often it was right.

    A reliability diagram (DeGroot and Fienberg 1983, The Statistician 32, pages 12-22). ``table`` has one row a group
    of labels that the model was about equally sure of: ``probability`` (their mean, 0 to 1), ``right`` (the share that
    agrees with the readers) and ``targets`` (how many). Points on the line are sure as often as they are right; under
    it the model is too sure. Raises ``ValueError`` where a column is missing.
    """
    title, columns = "How far to trust a probability", ["probability", "right", "targets"]
    rows = [row for row in records(table, "plot_reliability", *columns) if row["targets"]]
    if not rows:
        return nothing(title, "the table holds no label", columns)
    figure = frame(title, "each point: labels of about the same probability", height=420)
    figure.add_scatter(
        x=[0.3, 1], y=[0.3, 1], mode="lines", name="as sure as right", line={"color": GREY, "dash": "dash"},
        hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=[row["probability"] for row in rows],
        y=[row["right"] for row in rows],
        mode="lines+markers",
        name="the model",
        line={"color": BLUE},
        marker={"color": BLUE, "size": 11},
        hovertext=[
            f"{count(int(row['targets']), 'label')}<br>mean probability {row['probability']:.0%}<br>"
            f"{row['right']:.0%} right"
            for row in rows
        ],
        hovertemplate=HOVER,
    )
    figure.update_xaxes(title_text="probability of the label", tickformat=".0%", range=[0.3, 1.02])
    figure.update_yaxes(title_text="share of labels that are right", tickformat=".0%", range=[0.3, 1.02])
    labels = sum(row["targets"] for row in rows)
    gap = sum(abs(row["probability"] - row["right"]) * row["targets"] for row in rows) / labels
    caption = (
        f"Of {labels:,.0f} labels, those given a mean probability of {rows[-1]['probability']:.0%} were right in "
        f"{rows[-1]['right']:.0%}, those of {rows[0]['probability']:.0%} in {rows[0]['right']:.0%}. On average a "
        f"probability is {100 * gap:.1f} points from how often it is right."
    )
    return finish(figure, caption, columns, [[row[column] for column in columns] for row in rows])


def _words_of(row: Record) -> str:
    """The words as the story has them; a word of the loaded list stands beside the same word without its load."""
    if not known(row["text"]):
        return str(row["kind"])
    return f"{row['text']} (loaded word)" if row["kind"] == "loaded word" else str(row["text"])


def _hover(row: Record) -> str:
    return f"<b>{words(row['label'])}</b><br>{words(row['kind'])}<br>{signed(row['weight'])}"

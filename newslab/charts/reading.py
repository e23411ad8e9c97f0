"""The chart of how hard each paragraph is to read."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.style import (
    BLUE,
    GREEN,
    GRID,
    HOVER,
    ORANGE,
    Record,
    count,
    finish,
    frame,
    hatched,
    known,
    listing,
    name,
    nothing,
    paragraph,
    records,
    rows_axis,
    whole_numbers,
)

LEFT, RIGHT = [0.0, 0.56], [0.64, 1.0]


def plot_readability(readability: pd.DataFrame, *, top: int = 40) -> go.Figure:
    """Which paragraphs are hard to read, and why: words a sentence, the longest sentence, and long words.

    Takes the table of :func:`newslab.score_readability` with ``unit="paragraph"`` (or with any other unit, such as
    ``spans=quotes, unit="actor"``). It draws what every formula is made of, because a formula says nothing about
    fewer than 100 words; the grade is on hover where there is one, beside the longest sentence and the hardest words.
    With more than ``top`` rows, those with the longest sentences on average. Raises ``ValueError`` where a column is
    missing.
    """
    title = "How hard it is to read"
    columns = ["unit", "words", "words a sentence", "longest sentence", "long words in 100"]
    rows = [
        row
        for row in records(readability, "plot_readability", "unit", "words", "sentences", "polysyllables")
        if known(row["words"]) and known(row["sentences"]) and row["words"] and row["sentences"]
    ]
    if not rows:
        return nothing(title, "there are no words", columns)
    for row in rows:
        row["a_sentence"] = row["words"] / row["sentences"]
        row["long"] = 100 * row["polysyllables"] / row["words"] if known(row["polysyllables"]) else 0.0
        row["longest"] = _words_in(row.get("longest_sentence"))
    hardest = sorted(range(len(rows)), key=lambda i: -rows[i]["a_sentence"])[:top]
    shown = [rows[i] for i in sorted(hardest)]
    by = "by paragraph; " if all(_label(row).startswith("paragraph ") for row in shown) else ""
    figure = frame(title, f"{by}the longer a bar, the harder", height=200 + 26 * len(shown))
    _draw(figure, shown)
    rows_axis(figure, [name(_label(row), 15) for row in shown])
    numbers = [[_label(row), row["words"], row["a_sentence"], row["longest"], row["long"]] for row in shown]
    return finish(figure, _caption(rows, shown), columns, numbers)


def _draw(figure: go.Figure, shown: list[Record]) -> None:
    hover = [_hover(row) for row in shown]
    links = [f"#p{number}" if (number := _paragraph_number(row)) is not None else "" for row in shown]
    common: dict[str, Any] = {"hovertext": hover, "hovertemplate": HOVER, "customdata": links}
    places = list(range(len(shown)))
    bars = {"orientation": "h", "y": places, **common}
    figure.add_bar(x=[r["a_sentence"] for r in shown], name="words a sentence", marker={"color": BLUE}, **bars)
    figure.add_bar(x=[r["long"] for r in shown], xaxis="x2", name="long words", marker=hatched(GREEN), **bars)
    if any(known(row["longest"]) for row in shown):
        figure.add_scatter(
            x=[row["longest"] for row in shown],
            y=places,
            mode="markers",
            name="longest sentence",
            marker={"symbol": "line-ns", "size": 14, "line": {"width": 3, "color": ORANGE}},
            **common,
        )
    axis = {"rangemode": "tozero", "automargin": True, "nticks": 5}
    longest = max(max(row["a_sentence"], row["longest"] if known(row["longest"]) else 0) for row in shown)
    figure.update_xaxes(**axis, **whole_numbers(longest))
    # On two lines, since beside long names a phone leaves each no room for one.
    figure.update_layout(
        xaxis={"domain": LEFT, "title": {"text": "words<br>a sentence"}},
        xaxis2={
            **axis,
            **whole_numbers(max(row["long"] for row in shown)),
            "domain": RIGHT,
            "title": {"text": "long<br>words, %", "font": {"size": 13}, "standoff": 8},
            "gridcolor": GRID,
            "linecolor": GRID,
            "zerolinecolor": GRID,
        },
    )


def _words_in(sentence: Any) -> int | None:
    """The number of words of the longest sentence, where the table gives its text or its length."""
    if not known(sentence):
        return None
    return len(sentence.split()) if isinstance(sentence, str) else int(sentence)


def _label(row: Record) -> str:
    """The unit's name; paragraphs are counted from 1 for people, from 0 in the tables."""
    number = _paragraph_number(row)
    if number is not None:
        return f"paragraph {number + 1}"
    return str(row["unit"]) if known(row["unit"]) else "without a name"


def _paragraph_number(row: Record) -> int | None:
    word, _, number = str(row["unit"]).partition(" ")
    return int(number) if word == "paragraph" and number.isdecimal() else None


def _hover(row: Record) -> str:
    counts = f"{count(row['words'], 'word')}, {count(row['sentences'], 'sentence')}"
    parts = [f"<b>{paragraph(_label(row), 2)}</b>: {counts}"]
    parts.append(f"{row['a_sentence']:.1f} words a sentence; {row['long']:.0f} long words in 100")
    if known(row.get("grade")):
        parts.append(f"school grade {row['grade']:.1f}")
    if isinstance(row.get("longest_sentence"), str):
        parts.append(f"<i>Longest:</i> {paragraph(row['longest_sentence'])}")
    hardest = row.get("hardest_words")
    if isinstance(hardest, list | tuple) and hardest:
        parts.append(f"<i>Hardest words:</i> {paragraph(', '.join(map(str, hardest)), 2)}")
    elif isinstance(hardest, str) and hardest:
        parts.append(f"<i>Hardest words:</i> {paragraph(hardest, 2)}")
    return "<br>".join(parts)


def _caption(rows: list[Record], shown: list[Record]) -> str:
    words, sentences = sum(row["words"] for row in rows), sum(row["sentences"] for row in rows)
    hardest = sorted(rows, key=lambda row: -row["a_sentence"])[:2]
    named = [f"{_label(row)} ({row['a_sentence']:.0f})" for row in hardest]
    most = f"; the most in {listing(named)}" if len(rows) > 1 else ""
    caption = f"{words / sentences:.0f} words a sentence on average{most}. Most long words: "
    longest = max(rows, key=lambda row: row["long"])
    caption += f"{_label(longest)}, {longest['long']:.0f} in 100. A long word has three syllables or more."
    if len(shown) < len(rows):
        caption += f" The chart shows the {len(shown)} hardest of {len(rows)}."
    return caption

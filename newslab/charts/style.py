"""What all charts share: colours, wrapped and escaped words, the frame of a figure, its caption and its numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import escape
from textwrap import wrap as wrap_lines
from typing import Any

import pandas as pd
import plotly.graph_objects as go

# Okabe and Ito's palette ("Color Universal Design", 2008) keeps its colours apart for colour-blind readers. The ink
# has a contrast of 4.5 on white and on black, because a notebook may be either and a figure cannot ask.
BLUE, SKY, GREEN, ORANGE, RED, PURPLE = "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00", "#CC79A7"
GREY, INK, GRID, BAND = "#8C8C8C", "#767676", "rgba(128,128,128,.25)", "rgba(128,128,128,.10)"
KINDS = {"person": BLUE, "organisation": ORANGE, "place": GREEN, "group": PURPLE}
TONES = {"negative": RED, "neutral": GREY, "positive": BLUE}
HOVER = "%{hovertext}<extra></extra>"
# Up to this many, plotly would mark an axis at halves.
FEW = 5
NAME_LENGTH, LINE_LENGTH, LINES = 26, 52, 7
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")

Record = dict[str, Any]


def records(table: pd.DataFrame, chart: str, *columns: str) -> list[Record]:
    """The rows of a table as dicts; a ``ValueError`` names the columns that ``chart`` needs and the table lacks."""
    missing = [column for column in columns if column not in table.columns]
    if missing:
        has = ", ".join(map(str, table.columns)) or "no columns"
        raise ValueError(f"{chart} needs the column {' and '.join(map(repr, missing))}; the table has {has}")
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]


def one_article(rows: Iterable[Record], chart: str) -> None:
    """Refuse a table of several articles where a chart runs along one."""
    found = {row["article_id"] for row in rows if known(row.get("article_id"))}
    if len(found) > 1:
        raise ValueError(
            f"{chart} shows one article and the table holds {len(found)}; "
            "choose one with table[table.article_id == ...]"
        )


def known(value: object) -> bool:
    """Whether a cell holds something: not ``<NA>``, ``NaN`` or ``None``."""
    return value is not None and value is not pd.NA and value == value


def plain(value: Any) -> Any:
    """A value that JSON can hold: ``<NA>`` as ``None``, numbers rounded to three places."""
    if not known(value):
        return None
    if isinstance(value, bool | str):
        return UNPRINTABLE.sub("\ufffd", value) if isinstance(value, str) else value
    number = float(value)
    return int(number) if number.is_integer() else round(number, 3)


def words(text: Any) -> str:
    """Words from an article made safe for plotly, which reads html in labels; right-to-left words are isolated."""
    clean = escape(UNPRINTABLE.sub("\ufffd", " ".join(str(text).split())), quote=False)
    rightward = any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in clean)
    return f"\u2068{clean}\u2069" if rightward else clean


def name(text: Any, limit: int = NAME_LENGTH) -> str:
    """A name short enough for an axis."""
    full = " ".join(str(text).split())
    return words(full if len(full) <= limit else full[: limit - 1].rstrip() + "…")


def row_name(text: Any) -> str:
    """A name for a row of an axis, in two lines where one is too short for it."""
    lines = wrap_lines(" ".join(str(text).split()), NAME_LENGTH)
    return "<br>".join(name(line) for line in [*lines[:1], " ".join(lines[1:])] if line)


def hatched(colour: str) -> Record:
    """A bar's colour with white strokes over it, to tell it apart without the colour."""
    return {"color": colour, "pattern": {"shape": "/", "fillmode": "overlay", "fgcolor": "#fff", "size": 7}}


def paragraph(text: Any, lines: int = LINES) -> str:
    """A sentence broken into lines for a hover label, at most ``lines`` of them."""
    found = wrap_lines(" ".join(str(text).split()), LINE_LENGTH) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], found[lines - 1] + " …"]
    return "<br>".join(words(line) for line in found)


def count(number: Any, noun: str, plural: str | None = None) -> str:
    """A number with its noun: 1 quote, 2 quotes."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def signed(number: float) -> str:
    """A score with its sign and two places: +0.25, −0.10, 0.00."""
    rounded = round(number, 2)
    return f"{rounded:+.2f}".replace("-", "−") if rounded else "0.00"


def listing(parts: Sequence[str]) -> str:
    """Parts as a sentence has them: a, b and c."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def top_note(shown: int, found: int, what: str) -> str:
    """What a chart shows, and of how many where it does not show all."""
    return f"the first {shown} of {found} {what}" if shown < found else what


def texts_by_sentence(
    sentences: pd.DataFrame | None, chart: str, article_id: Any = None
) -> dict[tuple[Any, Any], Record]:
    """The rows of a sentences table by article and sentence (of one article, where given); empty without a table."""
    if sentences is None:
        return {}
    rows = records(sentences, f"{chart}(sentences=...)", "sentence_id", "text")
    places = {(row.get("article_id"), row["sentence_id"]): row for row in rows}
    return {place: row for place, row in places.items() if article_id in (None, place[0])}


def frame(title: str, subtitle: str, *, height: int) -> go.Figure:
    """An empty figure in the house style: transparent, so that it stands on a light and on a dark page."""
    figure = go.Figure()
    figure.update_layout(
        template="none",
        title=_heading(title, subtitle),
        height=height,
        margin={"l": 8, "r": 16, "t": 72, "b": 60},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": INK, "size": 13, "family": "system-ui, sans-serif"},
        hoverlabel={"bgcolor": "#222", "bordercolor": "#222", "font": {"color": "#fff", "size": 12}, "align": "left"},
        hovermode="closest",
        legend={
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
        },
        bargap=0.3,
    )
    lines = {"gridcolor": GRID, "zerolinecolor": GRID, "linecolor": GRID, "automargin": True}
    figure.update_xaxes(**lines, tickangle=0, title={"standoff": 8, "font": {"size": 13}})
    figure.update_yaxes(**lines, title={"standoff": 8, "font": {"size": 13}})
    return figure


def _heading(title: str, subtitle: str) -> Record:
    """A figure's title and what stands beneath it, at the left edge."""
    return {
        "text": f"<b>{title}</b>",
        "subtitle": {"text": subtitle, "font": {"size": 13, "color": INK}},
        "font": {"size": 16, "color": INK},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "pad": {"l": 8, "t": 12},
        "y": 1,
        "yref": "container",
        "yanchor": "top",
    }


def sentence_links(sentence_ids: Iterable[Any]) -> list[str]:
    """The places of sentences in a page that shows the marked article, as the ``customdata`` of points to click."""
    return [f"#s{int(number)}" if known(number) else "" for number in sentence_ids]


def whole_numbers(largest: float) -> Record:
    """How an axis of counts is marked: never between two whole numbers."""
    return {"tickformat": ",d", **({"dtick": 1} if largest <= FEW else {})}


def rows_axis(figure: go.Figure, labels: Sequence[str], **more: Any) -> None:
    """One row a label, the first at the top; numbers beneath, so that two equal labels stay two rows."""
    axis = {"tickvals": list(range(len(labels))), "ticktext": [*labels], "range": [len(labels) - 0.4, -0.6]}
    figure.update_yaxes(**axis, showgrid=False, zeroline=False, ticklabelstandoff=4, **more)


def finish(figure: go.Figure, caption: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> go.Figure:
    """Put the caption and the numbers that were drawn into the figure, for the report and for whoever cannot see it."""
    numbers = [[plain(value) for value in row] for row in rows]
    figure.update_layout(meta={"caption": plain(caption), "columns": list(columns), "rows": numbers})
    return figure


def nothing(title: str, reason: str, columns: Sequence[str]) -> go.Figure:
    """A figure that says there is nothing to show, and why."""
    figure = frame(title, "", height=180)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        text="<br>".join(wrap_lines(f"Nothing to show: {reason}.", 44)),
        x=0.5,
        y=0.5,
        xref="paper",
        yref="paper",
        showarrow=False,
        font={"size": 14, "color": INK},
    )
    return finish(figure, f"Nothing to show: {reason}.", columns, [])

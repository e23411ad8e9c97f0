"""Charts that set articles side by side: one row an article, one panel an actor."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.panels import axis_name, lay_out, name_people, round_down
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
# Room for two lines, since an outlet's name is often longer than one.
ROW_HEIGHT, ROW_LINES = 30, 2
# Of a row. Left to plotly, the bars of a speaker who is in the first and the last article alone would fill all between.
BAR_WIDTH = 0.7
OTHERS = "all others"

# What is known of one actor in one article, by who that is across the articles and the article's id.
Cells = dict[tuple[str, str], Record]


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
    words in all articles together; a speaker is the same in two articles by ``person_id`` where ``actors`` has it, else
    by name. Raises ``ValueError`` where a column is missing.
    """
    title, columns = "Who is heard in each article", ["article", "actor", "words_spoken", "words_reported"]
    rows = records(actors, "plot_speakers_by_article", "article_id", "actor", "words_spoken", "words_reported")
    labels = label_articles(articles)
    heard = [row for row in rows if known(row["actor"]) and row["words_spoken"] + row["words_reported"] > 0]
    if not heard:
        return nothing(title, "nobody is quoted in these articles", columns)
    people = name_people(heard)
    names = {**dict(people), OTHERS: OTHERS}
    total: Counter[str] = Counter()
    for (key, _), row in zip(people, heard, strict=True):
        total[key] += row["words_spoken"] + row["words_reported"]
    # A panel for all others is worth its room where it stands for more than one.
    most = [key for key, _ in total.most_common(panels if len(total) <= panels else panels - 1)]
    shown = [*most, OTHERS] if len(most) < len(total) else most
    cells: Cells = defaultdict(lambda: {"words_spoken": 0, "words_reported": 0})
    for (key, _), row in zip(people, heard, strict=True):
        cell = cells[key if key in most else OTHERS, str(row["article_id"])]
        for column in ("words_spoken", "words_reported"):
            cell[column] += int(row[column])
    figure = frame(title, "words of each speaker, by article", height=220 + ROW_HEIGHT * len(labels))
    widest = max(cell["words_spoken"] + cell["words_reported"] for cell in cells.values())
    for place, key in enumerate(shown):
        _draw_words(figure, place, (key, names[key]), cells, labels)
    lay_out(
        figure,
        [names[key] for key in shown],
        labels.values(),
        # A mark at the end would run into the next panel's nought on a phone.
        {"range": [0, widest * 1.1], "tickvals": [0, round_down(max(widest // 2, 1))], "tickformat": ",d"},
        lines=ROW_LINES,
    )
    figure.update_layout(barmode="stack")
    numbers = [[labels[str(r["article_id"])], *(r[column] for column in columns[1:])] for r in heard]
    return finish(figure, _speakers_caption(people, heard, labels), columns, numbers)


def plot_tone_by_article(actors: pd.DataFrame, articles: pd.DataFrame, *, panels: int = PANELS) -> go.Figure:
    """How each of several articles speaks of the same actors, outside quotes, with the 95% interval.

    Takes ``actors`` and ``articles`` of :func:`newslab.analyze`. An actor has a panel where two articles or more say
    enough of it (three sentences each); those in the most articles come first. Who is the same is known by
    ``person_id`` where ``actors`` has it, else by name. Raises ``ValueError`` where a column is
    missing.
    """
    title, columns = "Tone toward the same actors", ["article", "actor", "toward", "low", "high", "sentences"]
    names = ("sentiment_toward", "sentiment_low", "sentiment_high", "sentiment_sentences")
    rows = records(actors, "plot_tone_by_article", "article_id", "actor", *names)
    labels = label_articles(articles)
    rows = [row for row in rows if known(row["actor"]) and known(row["sentiment_toward"])]
    people = name_people(rows)
    called = dict(people)
    cells = _tone_cells(people, rows)
    times = Counter(key for key, _ in cells)
    shared = [key for key, number in times.most_common() if number > 1]
    if not shared:
        return nothing(title, "no actor stands in three sentences or more of two articles", columns)
    shown = shared[:panels]
    cells = {place: row for place, row in cells.items() if place[0] in shown}
    figure = frame(title, "outside quotes, −1 to 1, by article", height=220 + ROW_HEIGHT * len(labels))
    for number, key in enumerate(shown):
        _draw_tone(figure, number, (key, called[key]), cells, labels)
    lay_out(
        figure,
        [called[key] for key in shown],
        labels.values(),
        {"range": [-1.3, 1.3], "tickvals": [-1, 0, 1], "zeroline": True},
        lines=ROW_LINES,
    )
    note = f" The chart shows {len(shown)} of {len(shared)} such actors." if len(shown) < len(shared) else ""
    caption = _tone_caption(cells, called, labels) + note
    numbers = [
        [labels[article], called[key], *(cells[key, article][column] for column in names)]
        for key in shown
        for article in labels
        if (key, article) in cells
    ]
    return finish(figure, caption, columns, numbers)


def _tone_cells(people: list[tuple[str, str]], rows: list[Record]) -> Cells:
    """Of two names that one article has for one person, the one in more sentences stands for both."""
    cells: Cells = {}
    for (key, _), row in zip(people, rows, strict=True):
        place = key, str(row["article_id"])
        if place not in cells or row["sentiment_sentences"] > cells[place]["sentiment_sentences"]:
            cells[place] = row
    return cells


def _draw_words(figure: go.Figure, place: int, who: tuple[str, str], cells: Cells, labels: dict[str, str]) -> None:
    key, actor = who
    at = [(row, article) for row, article in enumerate(labels) if (key, article) in cells]
    for column, label, marker in (
        ("words_spoken", "in quotation marks", {"color": BLUE}),
        ("words_reported", "reported, without marks", hatched(ORANGE)),
    ):
        figure.add_bar(
            orientation="h",
            x=[cells[key, article][column] for _, article in at],
            y=[row for row, _ in at],
            xaxis=axis_name("x", place),
            name=label,
            legendgroup=column,
            showlegend=place == 0,
            width=BAR_WIDTH,
            marker=marker,
            hovertext=[
                f"<b>{paragraph(actor, 2)}</b><br>{paragraph(labels[article], 2)}"
                f"<br>{count(cells[key, article][column], 'word')} {label}"
                for _, article in at
            ],
            hovertemplate=HOVER,
        )


def _draw_tone(figure: go.Figure, place: int, who: tuple[str, str], cells: Cells, labels: dict[str, str]) -> None:
    key, actor = who
    at = [(row, article) for row, article in enumerate(labels) if (key, article) in cells]
    found = [cells[key, article] for _, article in at]
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


def _speakers_caption(people: list[tuple[str, str]], heard: list[Record], labels: dict[str, str]) -> str:
    by_actor: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person, row in zip(people, heard, strict=True):
        by_actor[person].add(str(row["article_id"]))
    several = sorted((one for one in by_actor if len(by_actor[one]) > 1), key=lambda one: -len(by_actor[one]))
    silent = len(labels) - len({str(row["article_id"]) for row in heard})
    caption = f"{count(len(by_actor), 'speaker')} in {count(len(labels), 'article')}"
    if several:
        parts = [f"{person[1]} (in {len(by_actor[person])})" for person in several[:3]]
        caption += f", {len(several)} of them in more than one; in the most: {listing(parts)}."
    else:
        caption += ", none of them in more than one."
    return caption + (f" In {count(silent, 'article')} nobody is heard by name." if silent else "")


def _tone_caption(cells: Cells, called: dict[str, str], labels: dict[str, str]) -> str:
    """The actor of whom the articles speak most differently."""
    by_actor: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for (key, article), row in cells.items():
        by_actor[key].append((float(row["sentiment_toward"]), labels[article]))
    key, values = max(by_actor.items(), key=lambda item: max(item[1])[0] - min(item[1])[0])
    (low, lowest), (high, highest) = min(values), max(values)
    return (
        f"The articles differ most about {called[key]}: from {signed(low)} ({lowest}) to {signed(high)} ({highest}). "
        "Where two intervals overlap, no difference can be shown."
    )

"""The chart of who is heard over time: one panel a person, one bar a day, week, month, quarter or year."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any, NamedTuple

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.panels import axis_name, name_people
from newslab.charts.style import (
    BLUE,
    GREY,
    HOVER,
    INK,
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
    whole_numbers,
)

PANEL, ROOM, TICKS, WIDTH = 78, 0.42, 5, 0.85
# A period, the longest span in days for which it is short enough, and how a date in it is written.
PERIODS = (
    ("D", "day", 45, "%-d %b"),
    ("W", "week", 300, "%-d %b"),
    ("M", "month", 1_500, "%b %Y"),
    ("Q", "quarter", 5_500, "%b %Y"),
    ("Y", "year", 10**7, "%Y"),
)
COLUMNS = ("period", "actor", "words in marks", "words reported", "articles")


class Dates(NamedTuple):
    """When each article appeared, as the number of a period; what the periods are called, and of which kind."""

    place: dict[str, int]
    labels: list[str]
    kind: str
    first: str
    last: str


def plot_timeline(actors: pd.DataFrame, articles: pd.DataFrame, *, top: int = 6) -> go.Figure:
    """Who is heard over time, for how many words: one panel for each of those heard most, and one for all articles.

    Takes ``actors`` and ``articles`` of :func:`newslab.analyze`. The bars are days, weeks, months, quarters or years,
    by the time that the articles cover. A person is the same in two articles by ``person_id`` where ``actors`` has it,
    else by name. Articles without a date are left out, and the caption says how many. Raises ``ValueError`` where a
    column is missing.
    """
    title = "Who is heard over time"
    rows = records(actors, "plot_timeline", "article_id", "actor", "words_spoken", "words_reported")
    dates = _read_dates(records(articles, "plot_timeline", "article_id", "date"))
    if dates is None:
        return nothing(title, "no article has a date", COLUMNS)
    cells, people = _add_up([row for row in rows if known(row["actor"])], dates)
    if not people:
        return nothing(title, "nobody is quoted in the articles that have a date", COLUMNS)
    shown = [key for key, _ in sorted(people.items(), key=lambda item: -item[1].words)][:top]
    figure = frame(title, f"words a {dates.kind}; the last panel: articles", height=120 + PANEL * (len(shown) + 1))
    _draw_people(figure, shown, people, cells, dates)
    _draw_articles(figure, len(shown), dates)
    figure.update_layout(barmode="stack")
    numbers = [
        [dates.labels[at], people[key].name, *cells[key, at]]
        for key in shown
        for at in range(len(dates.labels))
        if (key, at) in cells
    ]
    return finish(figure, _caption(shown, people, cells, dates, len(articles)), COLUMNS, numbers)


class _Person(NamedTuple):
    name: str
    words: int


def _read_dates(rows: list[Record]) -> Dates | None:
    days = {row["article_id"]: day for row in rows if known(row["date"]) and (day := _day(str(row["date"])))}
    if not days:
        return None
    first, last = min(days.values()), max(days.values())
    code, kind, _, written = next(period for period in PERIODS if (last - first).days <= period[2])
    start = pd.Period(first, code).ordinal
    place = {key: pd.Period(day, code).ordinal - start for key, day in days.items()}
    every = [pd.Period(ordinal=start + i, freq=code).start_time for i in range(max(place.values()) + 1)]
    labels = [day.strftime(written.replace("%-d", str(day.day))) for day in every]
    return Dates(place, labels, kind, f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}")


def _day(written: str) -> date | None:
    """The day of an ISO date; the first of the month or the year where no more is known."""
    try:
        return date.fromisoformat(f"{written}-01-01"[:10])
    except ValueError:
        return None


def _add_up(rows: list[Record], dates: Dates) -> tuple[dict[tuple[str, int], tuple[int, int, int]], dict[str, _Person]]:
    """Words in marks, words reported and articles of each person in each period; and the people, with all words."""
    found: dict[tuple[str, int], list[Any]] = defaultdict(lambda: [0, 0, set()])
    totals: Counter[str] = Counter()
    names = {}
    for row, (key, called) in zip(rows, name_people(rows), strict=True):
        words = int(row["words_spoken"]) + int(row["words_reported"])
        if not words or row["article_id"] not in dates.place:
            continue
        cell = found[key, dates.place[row["article_id"]]]
        cell[0] += int(row["words_spoken"])
        cell[1] += int(row["words_reported"])
        cell[2].add(row["article_id"])
        totals[key] += words
        names[key] = called
    cells = {place: (cell[0], cell[1], len(cell[2])) for place, cell in found.items()}
    return cells, {key: _Person(names[key], words) for key, words in totals.items()}


def _draw_people(
    figure: go.Figure,
    shown: list[str],
    people: dict[str, _Person],
    cells: dict[tuple[str, int], tuple[int, int, int]],
    dates: Dates,
) -> None:
    highest = max(spoken + reported for (key, _), (spoken, reported, _) in cells.items() if key in shown)
    for place, key in enumerate(shown):
        at = sorted(period for person, period in cells if person == key)
        for part, label, marker in (
            (0, "in quotation marks", {"color": BLUE}),
            (1, "reported, without marks", hatched(ORANGE)),
        ):
            figure.add_bar(
                x=at,
                y=[cells[key, period][part] for period in at],
                yaxis=axis_name("y", place),
                xaxis=axis_name("x", place),
                name=label,
                legendgroup=label,
                showlegend=place == 0,
                width=WIDTH,
                marker=marker,
                hovertext=[_hover(people[key], period, cells[key, period], dates) for period in at],
                hovertemplate=HOVER,
            )
        _lay_out(figure, place, len(shown) + 1, people[key].name, dates, [0, highest * 1.08])


def _draw_articles(figure: go.Figure, place: int, dates: Dates) -> None:
    numbers = Counter(dates.place.values())
    at = sorted(numbers)
    figure.add_bar(
        x=at,
        y=[numbers[period] for period in at],
        yaxis=axis_name("y", place),
        xaxis=axis_name("x", place),
        showlegend=False,
        width=WIDTH,
        marker={"color": GREY},
        hovertext=[f"{dates.labels[period]}: {count(numbers[period], 'article')}" for period in at],
        hovertemplate=HOVER,
    )
    most = max(numbers.values())
    _lay_out(figure, place, place + 1, "all articles", dates, [0, most * 1.15], last=True)
    figure.update_layout({f"yaxis{place + 1}": whole_numbers(most)})


def _lay_out(
    figure: go.Figure, place: int, panels: int, title: str, dates: Dates, span: list[float], *, last: bool = False
) -> None:
    """One panel beneath the other, its title at the left above it; the periods are named beneath the last."""
    bottom = 1 - (place + 1) / panels
    number = str(place + 1) if place else ""
    top = bottom + (1 - ROOM) / panels
    step = max(1, -(-len(dates.labels) // TICKS))
    ticks = list(range(0, len(dates.labels), step))
    common_x, common_y = figure.layout.xaxis.to_plotly_json(), figure.layout.yaxis.to_plotly_json()
    across = {
        "domain": [0, 1],
        "anchor": f"y{number}",
        "range": [-0.6, len(dates.labels) - 0.4],
        "showgrid": False,
        "zeroline": False,
        "tickvals": ticks,
        "ticktext": [dates.labels[at] for at in ticks],
        "showticklabels": last,
        "showline": True,
    }
    up = {
        "domain": [bottom, top],
        "anchor": f"x{number}",
        "range": span,
        "nticks": 3,
        "tickfont": {"size": 11},
        "zeroline": False,
    }
    figure.update_layout({f"xaxis{number}": {**common_x, **across}, f"yaxis{number}": {**common_y, **up}})
    where = {"x": 0, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    figure.add_annotation(text=f"<b>{name(title)}</b>", showarrow=False, font={"size": 12, "color": INK}, **where)


def _hover(person: _Person, period: int, cell: tuple[int, int, int], dates: Dates) -> str:
    spoken, reported, articles = cell
    when = f"{dates.kind} of {dates.labels[period]}" if dates.kind == "week" else dates.labels[period]
    words = f"{count(spoken, 'word')} in marks, {reported:,} reported, in {count(articles, 'article')}"
    return f"<b>{paragraph(person.name, 2)}</b>, {when}<br>{words}"


def _caption(
    shown: list[str],
    people: dict[str, _Person],
    cells: dict[tuple[str, int], tuple[int, int, int]],
    dates: Dates,
    articles: int,
) -> str:
    times = Counter(key for key, _ in cells)
    of = count(len(dates.labels), dates.kind)
    most = [f"{people[key].name} ({count(people[key].words, 'word')} in {times[key]} of {of})" for key in shown[:3]]
    span = dates.first if dates.first == dates.last else f"{dates.first} to {dates.last}"
    caption = f"{count(len(dates.place), 'article')}, {span}, by {dates.kind}; heard most: {listing(most)}."
    if len(shown) < len(people):
        caption += f" The chart shows {len(shown)} of {len(people)} speakers."
    undated = articles - len(dates.place)
    if undated:
        caption += f" {count(undated, 'article')} without a date {'is' if undated == 1 else 'are'} left out."
    return caption

"""Charts of who is in a story, who speaks in it, and where each actor appears."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from newslab.charts.panels import name_people
from newslab.charts.style import (
    BLUE,
    GREY,
    HOVER,
    KINDS,
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
    row_name,
    rows_axis,
    sentence_links,
    texts_by_sentence,
    top_note,
    whole_numbers,
)


def plot_actors(actors: pd.DataFrame, sentences: pd.DataFrame | None = None, *, top: int = 20) -> go.Figure:
    """Who is in the story: one bar an actor, as long as the number of its mentions.

    Takes ``actors`` of :func:`newslab.analyze` or the table of :func:`newslab.find_actors`; with ``sentences``, the
    hover shows the first sentence with the actor. Draws the ``top`` actors mentioned most and says how many there are.
    Several articles are added up. Raises ``ValueError`` where a column is missing.
    """
    columns = ["actor", "kind", "mentions"]
    rows = records(actors, "plot_actors", *columns)
    story = "the stories" if len({row.get("article_id") for row in rows}) > 1 else "the story"
    title = f"Who is in {story}"
    found = _add_up(rows, "mentions")
    if not found:
        return nothing(title, "no actor was found", columns)
    shown, texts = found[:top], texts_by_sentence(sentences, "plot_actors")
    figure = frame(title, top_note(len(shown), len(found), "actors by mentions"), height=130 + 26 * len(shown))
    for kind, colour in {**KINDS, "other": GREY}.items():
        at = [i for i, row in enumerate(shown) if _kind(row) == kind]
        figure.add_bar(
            orientation="h",
            x=[shown[i]["mentions"] for i in at],
            y=at,
            name=kind,
            marker={"color": colour},
            customdata=sentence_links(shown[i].get("first_sentence") for i in at),
            hovertext=[_actor_hover(shown[i], texts) for i in at],
            hovertemplate=HOVER,
            visible=bool(at),
        )
    rows_axis(figure, [name(row["actor"]) for row in shown])
    figure.update_xaxes(title_text="mentions", rangemode="tozero", **whole_numbers(shown[0]["mentions"]))
    most = [f"{row['actor']} ({row['mentions']})" for row in shown[:3]]
    caption = f"{count(len(found), 'actor')} in {story}; mentioned most: {listing(most)}."
    if len(shown) < len(found):
        caption += f" The chart shows the {len(shown)} mentioned most."
    return finish(figure, caption, columns, [[row["actor"], _kind(row), row["mentions"]] for row in shown])


def plot_speakers(actors: pd.DataFrame, quotes: pd.DataFrame | None = None, *, top: int = 15) -> go.Figure:
    """Who speaks in the story and for how many words, in quotation marks and reported without them.

    Takes ``actors`` of :func:`newslab.analyze` (columns actor, words_spoken, words_reported); with ``quotes``, the
    hover shows the longest quote. Actors without a word are left out. Several articles are added up. Raises
    ``ValueError`` where a column is missing.
    """
    title, columns = "Who speaks, and for how long", ["actor", "words_spoken", "words_reported"]
    found = [
        row
        for row in _add_up(records(actors, "plot_speakers", *columns), "words_spoken", "words_reported")
        if row["words_spoken"] + row["words_reported"]
    ]
    if not found:
        return nothing(title, "nobody is quoted", columns)
    shown, longest = found[:top], _longest_quotes(quotes)
    labels = [row_name(row["actor"]) for row in shown]
    room = 36 if any("<br>" in label for label in labels) else 26
    figure = frame(title, top_note(len(shown), len(found), "speakers by words"), height=150 + room * len(shown))
    bars = {
        "words_spoken": ("in quotation marks", {"color": BLUE}),
        "words_reported": ("reported, without marks", hatched(ORANGE)),
    }
    for column, (label, marker) in bars.items():
        figure.add_bar(
            orientation="h",
            x=[row[column] for row in shown],
            y=list(range(len(shown))),
            name=label,
            marker=marker,
            customdata=sentence_links(longest.get(row["actor"], {}).get("sentence_id") for row in shown),
            hovertext=[_speaker_hover(row, label, column, longest) for row in shown],
            hovertemplate=HOVER,
        )
    figure.update_layout(barmode="stack")
    most = shown[0]["words_spoken"] + shown[0]["words_reported"]
    rows_axis(figure, labels)
    figure.update_xaxes(title_text="words", rangemode="tozero", **whole_numbers(most))
    caption = _speakers_caption(found, len(shown))
    return finish(figure, caption, columns, [[row[column] for column in columns] for row in shown])


def _speakers_caption(found: list[Record], shown: int) -> str:
    """What the chart of speakers says in words: how many speak, how much, who most, and how many are drawn."""
    spoken = sum(row["words_spoken"] for row in found)
    reported = sum(row["words_reported"] for row in found)
    first = found[0]
    caption = (
        f"{count(len(found), 'speaker')}, {count(spoken, 'word')} in quotation marks and {reported:,} reported without "
        f"them. {first['actor']} has the most: {first['words_spoken']} in marks and {first['words_reported']} reported."
    )
    if shown < len(found):
        caption += f" The chart shows the {shown} who speak most."
    return caption


def _add_up(rows: list[Record], *columns: str) -> list[Record]:
    """One record a person (or place, or organisation), the largest first; unknown numbers count as 0."""
    named = [row for row in rows if known(row["actor"])]
    found: dict[str, Record] = {}
    for row, (key, called) in zip(named, name_people(named), strict=True):
        kept = found.setdefault(key, {**row, "actor": called, **dict.fromkeys(columns, 0)})
        for column in columns:
            kept[column] += int(row[column]) if known(row[column]) else 0
    return sorted(found.values(), key=lambda row: -sum(row[column] for column in columns))


def _kind(row: Record) -> str:
    return row["kind"] if row.get("kind") in KINDS else "other"


def _actor_hover(row: Record, texts: dict[tuple[Any, Any], Record]) -> str:
    parts = [f"<b>{paragraph(row['actor'], 2)}</b>"]
    if known(row.get("role")):
        parts.append(paragraph(row["role"], 2))
    sentences = f" in {count(int(row['sentences']), 'sentence')}" if known(row.get("sentences")) else ""
    parts.append(f"{_kind(row)}, {count(row['mentions'], 'mention')}{sentences}")
    names = row.get("names")
    if isinstance(names, list) and len(names) > 1:
        parts.append(paragraph("also: " + ", ".join(str(other) for other in names if other != row["actor"]), 2))
    first = texts.get((row.get("article_id"), row.get("first_sentence")))
    if first:
        parts.append(f"<i>First:</i> {paragraph(first['text'])}")
    return "<br>".join(parts)


def _longest_quotes(quotes: pd.DataFrame | None) -> dict[Any, Record]:
    longest: dict[Any, Record] = {}
    if quotes is not None:
        for row in records(quotes, "plot_speakers(quotes=...)", "actor", "text"):
            if known(row["actor"]) and len(row["text"]) > len(longest.get(row["actor"], {"text": ""})["text"]):
                longest[row["actor"]] = row
    return longest


def _speaker_hover(row: Record, label: str, column: str, longest: dict[Any, Record]) -> str:
    parts = [f"<b>{paragraph(row['actor'], 2)}</b>", f"{count(row[column], 'word')} {label}"]
    if row["actor"] in longest:
        parts.append(paragraph(longest[row["actor"]]["text"]))
    return "<br>".join(parts)

"""The story with the rows of a table marked in it: what the program saw, where it saw it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from newslab.article import Article, as_article
from newslab.text import Span, paragraphs, sentences

# Okabe and Ito's colours, pale enough that the letters keep the page's own colour, on a light and on a dark page.
HUES = ("0,114,178", "230,159,0", "0,158,115", "204,121,167", "86,180,233", "213,94,0")
LINES = ("solid", "dashed", "dotted", "double")
GREY = "140,140,140"
# VADER's authors call a compound of .05 or more positive and of -.05 or less negative (Hutto and Gilbert 2014).
THRESHOLD = 0.05
# What lies deeper than this within other marks, or further down the legend, is not drawn: a page stays small.
DEEPEST, LEGEND_LENGTH = 4, 40
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
UNKNOWN, PLAIN = "speaker not found", "marked"
BOX = "max-width:44em;line-height:1.75;overflow-wrap:anywhere"


@dataclass(frozen=True)
class MarkedText:
    """A marked story: shows itself in a notebook; ``str()`` gives the html."""

    html: str

    def __str__(self) -> str:
        return self.html

    def _repr_html_(self) -> str:
        return self.html


@dataclass(frozen=True)
class Look:
    """How one actor or label is drawn: colour, kind of line, and a sign that says the same without colour."""

    hue: str
    line: str
    sign: str


TONES = {
    "positive": Look(HUES[0], "solid", "+"),
    "neutral": Look(GREY, "dotted", "0"),
    "negative": Look(HUES[5], "dashed", "−"),
}


# A word that adds less than this to a label is not drawn.
LEAST_WEIGHT = 0.05
FOR, AGAINST = "speaks for the label", "speaks against it"


@dataclass(frozen=True)
class Mark:
    """A stretch of the text to draw: ``key`` decides the look, ``part`` the manner, ``note`` is on hover."""

    start: int
    end: int
    key: str
    part: str
    note: str

    @property
    def place(self) -> tuple[int, int, str, str]:
        """What two marks share that would look like one."""
        return self.start, self.end, self.key, self.part


def mark(article: Article | str, table: pd.DataFrame | None = None) -> MarkedText:
    """The whole story with the rows of a table highlighted in it; without a table, the story as it is, to be read.

    Quotes are drawn with quote, speaker and cue in the colour of the actor; mentions in one colour an actor; target
    sentiment by label; ``sentiment`` as whole sentences; any other table with ``start`` and ``end`` in one colour.
    Numbers and signs repeat what the colours say, and the reason is on hover. Each sentence has the id ``s`` and its
    ``sentence_id``, each paragraph the id ``p`` and its number from 0. Rows of other articles are left out.

    Raises ``ValueError`` where the table lacks ``start`` and ``end``, where they lie outside the text, and where all
    rows belong to other articles.
    """
    article = as_article(article)
    spans = sentences(article.text)
    rows = [] if table is None else _rows(article, table)
    rows = list(_weighed(rows)) if rows and "weight" in rows[0] else rows
    # Two quotes may share a speaker, who is drawn once.
    marks = list({found.place: found for row in rows for found in _row_marks(row, spans)}.values())
    for found in marks:
        if not 0 <= found.start <= found.end <= len(article.text):
            where = f"{found.start} to {found.end}"
            raise ValueError(f"the table marks {where}, and the article's text has {len(article.text)} characters")
    looks = _looks(marks)
    body = "".join(_body(article.text, spans, marks, looks))
    legend = "" if table is None else _legend(marks, looks)
    return MarkedText(f'<div class="newslab-marked" style="{BOX}">{legend}{body}</div>')


def _rows(article: Article, table: pd.DataFrame) -> list[dict[str, Any]]:
    """The table's rows that belong to the article, checked for what ``mark`` needs."""
    missing = [column for column in ("start", "end") if column not in table.columns]
    if missing and not {"sentence_id", "compound"} <= set(table.columns):
        has = ", ".join(map(str, table.columns)) or "no columns"
        raise ValueError(f"mark needs the column {' and '.join(map(repr, missing))}; the table has {has}")
    rows = [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
    own = [row for row in rows if row.get("article_id", article.article_id) == article.article_id]
    if rows and not own:
        other = rows[0]["article_id"]
        raise ValueError(f"the table's rows belong to the article {other!r}, and this is {article.article_id!r}")
    return own


def _row_marks(row: dict[str, Any], spans: list[Span]) -> Iterator[Mark]:
    """The stretches that one row marks."""
    if "start" not in row:
        yield from _sentence_marks(row, spans)
    elif not _known(row["start"]) or not _known(row["end"]):
        return
    elif "cue_start" in row:
        yield from _quote_marks(row)
    else:
        facts = [row.get("actor"), row.get("kind"), row.get("label"), row.get("how"), row.get("rule")]
        key = row["label"] if "label" in row else row.get("actor", PLAIN)
        yield Mark(int(row["start"]), int(row["end"]), _text(key), "plain", _note(facts))


def _weighed(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """One row a stretch of words in an explanation, with all that it adds to the label; little weights are left out."""
    sums: Counter[Span] = Counter()
    for row in rows:
        if _known(row["start"]) and _known(row["end"]) and _known(row["weight"]):
            sums[int(row["start"]), int(row["end"])] += row["weight"]
    for (start, end), weight in sums.items():
        if abs(weight) >= LEAST_WEIGHT:
            side = FOR if weight > 0 else AGAINST
            yield {"start": start, "end": end, "label": side, "rule": f"{weight:+.2f}".replace("-", "−")}


def _sentence_marks(row: dict[str, Any], spans: list[Span]) -> Iterator[Mark]:
    compound, number = row["compound"], row["sentence_id"]
    if _known(compound) and _known(number) and 0 <= number < len(spans):
        label = "positive" if compound >= THRESHOLD else "negative" if compound <= -THRESHOLD else "neutral"
        start, end = spans[number]
        yield Mark(start, end, label, "plain", f"sentence {number + 1}: {compound:+.2f}")


def _quote_marks(row: dict[str, Any]) -> Iterator[Mark]:
    """The speaker's words, then the cue and the words that name the speaker."""
    key = _text(row.get("actor")) if _known(row.get("actor")) else UNKNOWN
    via = f"via {row['via']}" if _known(row.get("via")) else None
    rule = f"rule: {row['rule']}" if _known(row.get("rule")) else None
    note = _note([row.get("kind"), key, via, rule])
    pieces = row.get("spans")
    for start, end in pieces if isinstance(pieces, list) and pieces else [(row["start"], row["end"])]:
        yield Mark(int(start), int(end), key, "quote", note)
    for part in ("speaker", "cue"):
        start, end = row.get(f"{part}_start"), row.get(f"{part}_end")
        if start is not None and end is not None and _known(start) and _known(end):
            yield Mark(int(start), int(end), key, part, _note([part, key, rule]))


def _looks(marks: list[Mark]) -> dict[str, Look]:
    """One look a key, the keys with the most marks first; a tone has its own."""
    counted = Counter(found.key for found in marks if found.part not in ("speaker", "cue"))
    looks = {}
    for i, (key, _) in enumerate(counted.most_common()):
        plain = Look(HUES[i % len(HUES)], LINES[i // len(HUES) % len(LINES)], str(i + 1))
        looks[key] = TONES.get(key, plain)
    fixed = {UNKNOWN: Look(GREY, "dotted", "?"), PLAIN: Look(HUES[1], "solid", "")}
    fixed |= {FOR: Look(HUES[3], "solid", "↑"), AGAINST: Look(HUES[2], "dashed", "↓")}
    return looks | {key: look for key, look in fixed.items() if key in looks}


def _body(text: str, spans: list[Span], marks: list[Mark], looks: dict[str, Look]) -> Iterator[str]:
    """The paragraphs as html, their sentences in them, cut wherever a mark begins or ends."""
    cutter = _Cutter(marks)
    sentence = 0
    for number, (start, end) in enumerate(paragraphs(text)):
        yield f'<p id="p{number}" dir="auto">'
        place = start
        while place < end:
            while sentence < len(spans) and spans[sentence][1] <= place:
                sentence += 1
            first, last = spans[sentence] if sentence < len(spans) else (end, end)
            inside = first <= place
            until = min(last if inside else first, end)
            words = "".join(_segment(text[a:b], b, active, looks) for a, b, active in cutter.cut(place, until))
            yield f'<span id="s{sentence}">{words}</span>' if inside else words
            place = until
        yield "</p>"


class _Cutter:
    """Cuts the text, from its beginning on, into stretches within which no mark begins or ends."""

    def __init__(self, marks: list[Mark]) -> None:
        self.edges = sorted({place for found in marks for place in (found.start, found.end)})
        self.coming = deque(sorted(marks, key=lambda found: found.start))
        self.active: list[Mark] = []

    def cut(self, start: int, end: int) -> Iterator[tuple[int, int, list[Mark]]]:
        """The stretches between two places, each with the marks that cover it."""
        while start < end:
            following = bisect_right(self.edges, start)
            stop = min(self.edges[following], end) if following < len(self.edges) else end
            while self.coming and self.coming[0].start <= start:
                self.active.append(self.coming.popleft())
            self.active = [found for found in self.active if found.end > start]
            yield start, stop, self.active
            start = stop


def _segment(words: str, stop: int, active: list[Mark], looks: dict[str, Look]) -> str:
    """A stretch within which nothing begins or ends: the longest mark outermost, its sign after its last letter."""
    html = escape(UNPRINTABLE.sub("\ufffd", words))
    for found in sorted(active, key=lambda found: found.end - found.start)[:DEEPEST]:
        look = looks[found.key]
        html = (
            f'<mark class="{found.part}" style="{_style(found.part, look)}" title="{escape(found.note)}">{html}</mark>'
        )
        if found.end == stop and found.part != "cue" and not any(_outer(found, other) for other in active):
            html += _sign(look, "," if html.endswith("</sup></mark>") else "")
    return html


def _outer(found: Mark, other: Mark) -> bool:
    """Whether a longer mark of the same actor ends at the same place and bears the sign for both."""
    same = (other.key, other.end) == (found.key, found.end) and other.part != "cue"
    return same and (other.start, other.part) < (found.start, found.part)


def _style(part: str, look: Look) -> str:
    line = f"2px {look.line} rgb({look.hue})" if look.line != "double" else f"4px double rgb({look.hue})"
    manner = {
        "speaker": f"background:none;border:{line};border-radius:4px;padding:0 2px",
        "cue": f"background:none;font-style:italic;border-bottom:{line}",
    }
    return f"color:inherit;{manner.get(part, f'background:rgba({look.hue},.22);border-bottom:{line}')}"


def _sign(look: Look, before: str = "") -> str:
    return f'<sup style="user-select:none">{before}<bdi>{look.sign}</bdi></sup>' if look.sign else ""


def _legend(marks: list[Mark], looks: dict[str, Look]) -> str:
    """What each colour and sign stands for, with the number of marks."""
    counted = Counter(found.key for found in marks if found.part not in ("speaker", "cue"))
    if not counted:
        return '<p class="newslab-legend">Nothing is marked in this text.</p>'
    entries = []
    for key, number in counted.most_common(LEGEND_LENGTH):
        look = looks[key]
        words = f"<bdi>{escape(UNPRINTABLE.sub(chr(0xFFFD), key))}</bdi>"
        entries.append(f'<span><mark style="{_style("plain", look)}">{words}</mark>{_sign(look)}&nbsp;{number}</span>')
    if len(counted) > LEGEND_LENGTH:
        entries.append(f"and {len(counted) - LEGEND_LENGTH} more")
    if any(found.part in ("speaker", "cue") for found in marks):
        look = Look(GREY, "solid", "")
        samples = {"quote": "words of the speaker", "speaker": "who speaks", "cue": "reporting word"}
        entries += [f'<mark style="{_style(part, look)}">{words}</mark>' for part, words in samples.items()]
    return f'<p class="newslab-legend">{"&ensp; ".join(entries)}</p>'


def _note(facts: list[Any]) -> str:
    return UNPRINTABLE.sub("\ufffd", " · ".join(str(fact) for fact in facts if _known(fact)))


def _text(value: Any) -> str:
    return str(value) if _known(value) else "not known"


def _known(value: Any) -> bool:
    return value is not None and value is not pd.NA and value == value

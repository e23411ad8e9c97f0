"""From the tables to the cells of a worksheet, as text that a spreadsheet shows whole and cannot run."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from newslab.article import Article
from newslab.tables import FORMULA_STARTS, records
from newslab.text import Span, sentences
from newslab.worksheet.layout import BY_NAME

Tables = Mapping[str, pd.DataFrame]
Cells = dict[str, str | int | None]

# What XML has no place for, and what turns the reading direction of a cell, and with it what a person believes to read.
UNSHOWN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Excel holds 32,767 characters a cell.
LONGEST_CELL = 30_000
LONGEST_CONTEXT = 900
LONGEST_TITLE = 60
UNNAMED = "a speaker not named"


def cell_text(value: object) -> str:
    """A value as its cell has it: on one line, nothing that is not shown, an apostrophe before what would be a formula.

    Doing it twice changes nothing, so a cell and a table's value are the same where their cell texts are.
    """
    text = "" if value is None or value is pd.NA else str(value)
    shown = " ".join(UNSHOWN.sub("\ufffd", text).split())
    shown = f"'{shown}" if shown.startswith(FORMULA_STARTS) else shown
    return shown if len(shown) <= LONGEST_CELL else shown[: LONGEST_CELL - 1].rstrip() + "…"


def plain_text(cell: str) -> str:
    """What a person meant by a cell: without the apostrophe that kept it from being a formula."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell


def fill_sheets(articles: Iterable[Article], tables: Tables) -> dict[str, list[Cells]]:
    """The rows of each sheet, in the order of the articles; ``tables`` has quotes, actors and target_sentiment."""
    fill = {"quotes": _quotes, "actors": _actors, "labels": _labels}
    sheets: dict[str, list[Cells]] = {name: [] for name in BY_NAME}
    rows = {name: _by_article(table) for name, table in tables.items()}
    seen: set[str] = set()
    for article in articles:
        if article.article_id in seen:
            continue
        seen.add(article.article_id)
        own = {name: grouped.get(article.article_id, []) for name, grouped in rows.items()}
        same = {"article_id": article.article_id, "article": _title(article)}
        spans = sentences(article.text)
        for name, make in fill.items():
            sheets[name] += [_as_cells(same | cells) for cells in make(article, own, spans)]
    return sheets


def _as_cells(values: dict[str, Any]) -> Cells:
    return {name: value if isinstance(value, int) else cell_text(value) for name, value in values.items()}


def _quotes(article: Article, tables: dict[str, list[dict[str, Any]]], spans: list[Span]) -> Iterable[dict[str, Any]]:
    starts = [start for start, _ in spans]
    for row in tables["quotes"]:
        first = max(bisect_right(starts, row["start"]) - 1, 0)
        last = max(bisect_left(starts, row["end"]) - 1, first)
        sentence = _context(article.text[spans[first][0] : spans[last][1]]) if spans else ""
        shown = ("quote_id", "actor", "kind", "cue", "via")
        yield {"sentence": sentence, "quote": row["text"], **{name: row[name] for name in shown}}


def _actors(article: Article, tables: dict[str, list[dict[str, Any]]], spans: list[Span]) -> Iterable[dict[str, Any]]:
    for row in tables["actors"]:
        first = row["first_sentence"]
        sentence = _context(article.text[slice(*spans[first])]) if first is not None else ""
        shown = ("actor", "kind", "role", "mentions")
        yield {"sentence": sentence, "names": "; ".join(row["names"]), **{name: row[name] for name in shown}}


def _labels(article: Article, tables: dict[str, list[dict[str, Any]]], spans: list[Span]) -> Iterable[dict[str, Any]]:
    speakers = {row["quote_id"]: row["actor"] or UNNAMED for row in tables["quotes"]}
    for row in tables["target_sentiment"]:
        yield {
            "sentence": _context(article.text[slice(*spans[row["sentence_id"]])]),
            "mention": article.text[row["start"] : row["end"]],
            "said by": speakers.get(row["quote_id"]),
            **{name: row[name] for name in ("actor", "label", "start", "end")},
        }


def _by_article(table: pd.DataFrame) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for row in records(table):
        found.setdefault(row["article_id"], []).append(row)
    return found


def _context(text: str) -> str:
    return text if len(text) <= LONGEST_CONTEXT else text[: LONGEST_CONTEXT - 1].rstrip() + "…"


def _title(article: Article) -> str:
    title = " ".join((article.title or article.text[: 2 * LONGEST_TITLE]).split())
    return title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1].rstrip() + "…"

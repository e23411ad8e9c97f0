"""Annotation files: one article a line as JSON, with its text and its labelled quotes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from newslab.article import Article
from newslab.errors import LoadError
from newslab.evaluation.words import kind_of, marked_places
from newslab.tables import QuoteRow, make_table, records

FORMAT = 'Each line is one article: {"id": ..., "text": ..., "quotes": [{"start": 0, "end": 9, "speaker": {...}}]}'


def read_annotations(path: str | PathLike[str]) -> tuple[list[Article], pd.DataFrame]:
    """Read a file of labelled articles: the articles, and one table of all their quotes.

    The file is JSON lines in UTF-8: ``{"id", "text", "quotes": [{"start", "end", "spans", "speaker": {"start", "end",
    "text", "name"}, "cue": {"start", "end", "text"}}]}``; offsets count characters in ``text``; ``speaker`` and ``cue``
    may be null, ``name`` is the speaker's full name. The table has the columns of ``quotes``, with ``rule`` "labelled".
    Raises ``LoadError`` where the file cannot be read or a line is not of this form, naming the line.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise LoadError(path, f"the annotations cannot be read: {reason}", "Give a file of JSON lines") from error
    articles, rows = [], []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            article = Article(
                record["text"], article_id=str(record["id"]), date=record.get("date"), outlet=record.get("publisher")
            )
            labelled = record.get("quotes", [])
            rows += [_row(article, count, quote) for count, quote in enumerate(labelled)]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise LoadError(path, f"line {number} is not an annotated article ({error})", FORMAT) from error
        articles.append(article)
    return articles, make_table(QuoteRow, rows)


def write_annotations(articles: Iterable[Article], quotes: pd.DataFrame) -> str:
    """Articles and their quotes as lines of an annotation file, the form that ``read_annotations`` reads."""
    of_article = dict(iter(quotes.groupby("article_id", sort=False)))
    lines = []
    for article in articles:
        own = of_article.get(article.article_id, quotes.iloc[:0])
        record = {
            "id": article.article_id,
            "text": article.text,
            "quotes": [_record(quote) for quote in records(own)],
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    return "\n".join(lines) + "\n" if lines else ""


def _row(article: Article, number: int, quote: dict[str, Any]) -> QuoteRow:
    start, end = int(quote["start"]), int(quote["end"])
    if not 0 <= start < end <= len(article.text):
        raise ValueError(f"a quote from {start} to {end} in a text of {len(article.text)} characters")
    spans = [[int(first), int(last)] for first, last in quote.get("spans") or [[start, end]]]
    speaker, cue = quote.get("speaker") or {}, quote.get("cue") or {}
    return QuoteRow(
        article_id=article.article_id,
        quote_id=number,
        start=start,
        end=end,
        text=article.text[start:end],
        spans=spans,
        kind=kind_of(article.text, spans, marked_places(article.text)),
        cue=cue.get("text") or None,
        cue_start=cue.get("start"),
        cue_end=cue.get("end"),
        speaker=speaker.get("text") or None,
        speaker_start=speaker.get("start"),
        speaker_end=speaker.get("end"),
        actor=speaker.get("name") or None,
        via=None,
        rule="labelled",
        asserted=True,
        paragraph=0,
        sentence_id=0,
    )


def _record(quote: dict[str, Any]) -> dict[str, Any]:
    speaker = _mention(quote, "speaker")
    if quote["actor"] is not None:
        speaker = {**(speaker or {"start": None, "end": None, "text": ""}), "name": quote["actor"]}
    return {
        "start": quote["start"],
        "end": quote["end"],
        "text": quote["text"],
        "spans": [list(map(int, span)) for span in quote["spans"]],
        "type": quote["kind"],
        "speaker": speaker,
        "cue": _mention(quote, "cue"),
    }


def _mention(quote: dict[str, Any], name: str) -> dict[str, Any] | None:
    if quote[f"{name}_start"] is None:
        return None
    return {"start": quote[f"{name}_start"], "end": quote[f"{name}_end"], "text": quote[name]}

"""How hard a text is to read: what can be counted, and what the published formulas make of it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

import pandas as pd

from newslab.article import Article, as_english
from newslab.readability.comparison import textstat_figures
from newslab.readability.counting import CountedText, Counts, hardest_words
from newslab.readability.formulas import FORMULAS, list_formulas
from newslab.readability.syllables import count_syllables
from newslab.tables import ReadabilityComparisonRow, ReadabilityRow, make_table
from newslab.text import Span, paragraphs

__all__ = ["Counts", "count_syllables", "list_formulas", "readability_row", "score_readability"]

FEWEST_WORDS = 100
WHOLE = "article"
REST = "rest of the article"

Units = Iterator[tuple[str | None, list[Span]]]


def score_readability(
    article: Article | str, *, unit: str = "article", spans: pd.DataFrame | None = None, compare: str | None = None
) -> pd.DataFrame:
    """How hard an article is to read, by ten published formulas and the counts that they rest on.

    One row for the article, or with ``unit="paragraph"`` one for each paragraph. With ``spans``, a table with the
    columns ``start`` and ``end`` such as ``find_quotes`` gives, the words of its rows are pooled by the column that
    ``unit`` names (``unit="actor"``: one row a speaker), and a last row holds the rest of the article: do officials
    speak more plainly than the reporter writes? A piece of a sentence counts as that share of one, so a speaker's words
    a sentence are those of the sentences they stand in; ``sentences`` is rounded there.

    Columns: ``unit``; the counts ``words``, ``sentences``, ``syllables``, ``letters``, ``polysyllables`` (words of
    three or more syllables); ``longest_sentence`` (its text) and ``hardest_words``; one column a formula; ``grade``,
    the median of the formulas that give a US school grade, and ``grade_low`` and ``grade_high``, their range. Scores
    are ``<NA>`` under 100 words, and SMOG also under 30 sentences, because they were made on samples no shorter.
    ``compare="textstat"`` adds what textstat gives for the same words, in columns that begin with ``textstat_``.

    What is counted, and where each formula was published, is in ``docs/methods.md`` and in ``list_formulas()``. Raises
    ValueError for a ``unit`` or ``compare`` that is not there.
    """
    if compare not in (None, "textstat"):
        raise ValueError(f"compare={compare!r}: use 'textstat' or None")
    article = as_english(article)
    counted = CountedText(article.text)
    record = ReadabilityComparisonRow if compare else ReadabilityRow
    units = _units(article.text, unit) if spans is None else _span_units(article, unit, spans)
    rows = []
    for name, pieces in units:
        values = _values(counted, pieces)
        if compare:
            values |= textstat_figures("\n".join(article.text[start:end] for start, end in pieces))
        rows.append(record(article_id=article.article_id, unit=name, **values))
    return make_table(record, rows)


def readability_row(article: Article | str) -> ReadabilityRow:
    """The one row of ``score_readability`` for an article, for the rooms that build on it."""
    article = as_english(article)
    values = _values(CountedText(article.text), [(0, len(article.text))])
    return ReadabilityRow(article_id=article.article_id, unit=WHOLE, **values)


def _units(text: str, unit: str) -> Units:
    if unit == WHOLE:
        yield WHOLE, [(0, len(text))]
    elif unit == "paragraph":
        for number, span in enumerate(paragraphs(text)):
            yield f"paragraph {number}", [span]
    else:
        raise ValueError(f"unit={unit!r}: use 'article' or 'paragraph', or give a table of spans with such a column")


def _span_units(article: Article, unit: str, table: pd.DataFrame) -> Units:
    """The pieces of each unit of a table of spans, then the rest of the article."""
    needed = ["start", "end", *([] if unit == "article" else [unit])]
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise ValueError(
            f"the table of spans has no column {missing[0]!r}; it has {', '.join(map(str, table.columns))}"
        )
    if "article_id" in table.columns:
        table = table[table["article_id"] == article.article_id]
    pooled: dict[str | None, list[Span]] = {}
    for row in table.to_dict("records"):
        value = "spans" if unit == "article" else row[unit]
        name = None if pd.isna(value) else str(value)
        pooled.setdefault(name, []).extend(_pieces(row))
    yield from pooled.items()
    yield REST, _rest(len(article.text), sorted(span for spans in pooled.values() for span in spans))


def _pieces(row: dict[Any, Any]) -> list[Span]:
    """The pieces of one row: those in ``spans`` where the table has them, as a quote with words between does."""
    pieces = row.get("spans")
    if isinstance(pieces, list) and pieces:
        return [(int(start), int(end)) for start, end in pieces]
    return [(int(row["start"]), int(row["end"]))]


def _rest(length: int, taken: list[Span]) -> list[Span]:
    found, done = [], 0
    for start, end in taken:
        if start > done:
            found.append((done, start))
        done = max(done, end)
    return [*found, (done, length)] if done < length else found


def _values(counted: CountedText, pieces: list[Span]) -> dict[str, Any]:
    """Every column of a row that is counted or computed."""
    chosen = counted.words_in(pieces)
    counts = counted.count(chosen)
    enough = counts.words >= FEWEST_WORDS
    scores = {formula.name: formula.compute(counts) if enough else None for formula in FORMULAS}
    grades = [score for formula in FORMULAS if formula.is_grade and (score := scores[formula.name]) is not None]
    return {
        "words": counts.words,
        "sentences": max(round(counts.sentences), min(counts.words, 1)),
        "syllables": counts.syllables,
        "letters": counts.letters,
        "polysyllables": counts.polysyllables,
        "longest_sentence": counted.longest_sentence(chosen),
        "hardest_words": hardest_words(chosen),
        **scores,
        "grade": median(grades) if grades else None,
        "grade_low": min(grades, default=None),
        "grade_high": max(grades, default=None),
    }

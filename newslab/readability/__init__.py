"""How hard a text is to read: what can be counted, and what the published formulas make of it."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

import pandas as pd

from newslab.article import Article, as_article
from newslab.readability.counting import CountedText, Counts
from newslab.readability.formulas import FORMULAS
from newslab.tables import ReadabilityRow, make_table
from newslab.text import Span, paragraphs

FEWEST_WORDS = 100


def score_readability(article: Article | str, *, unit: str = "article") -> pd.DataFrame:
    """How hard an article is to read, by ten published formulas and the counts that they rest on."""
    article = as_article(article)
    counted = CountedText(article.text)
    rows = [_row(article, name, counted.count(spans)) for name, spans in _units(article.text, unit)]
    return make_table(ReadabilityRow, rows)


def _units(text: str, unit: str) -> Iterator[tuple[str, list[Span]]]:
    if unit == "article":
        yield "article", [(0, len(text))]
    elif unit == "paragraph":
        for number, span in enumerate(paragraphs(text)):
            yield f"paragraph {number}", [span]
    else:
        raise ValueError(f"unit={unit!r}: use 'article' or 'paragraph'")


def _row(article: Article, unit: str, counts: Counts) -> ReadabilityRow:
    enough = counts.words >= FEWEST_WORDS
    scores = {formula.name: formula.compute(counts) if enough else None for formula in FORMULAS}
    grades = [score for formula in FORMULAS if formula.is_grade and (score := scores[formula.name]) is not None]
    return ReadabilityRow(
        article_id=article.article_id,
        unit=unit,
        words=counts.words,
        sentences=counts.sentences,
        syllables=counts.syllables,
        letters=counts.letters,
        polysyllables=counts.polysyllables,
        longest_sentence=counts.longest_sentence,
        hardest_words=counts.hardest_words,
        grade=median(grades) if grades else None,
        grade_low=min(grades, default=None),
        grade_high=max(grades, default=None),
        **scores,
    )

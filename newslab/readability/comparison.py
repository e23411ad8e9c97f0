"""What textstat counts and computes for the same words, so that two tools can be compared on one text."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from newslab.resources import add_nltk_data
from newslab.tables import ReadabilityComparisonRow

PREFIX = "textstat_"
# newslab's column: textstat's function
FUNCTIONS = {
    "words": "lexicon_count",
    "sentences": "sentence_count",
    "syllables": "syllable_count",
    "letters": "letter_count",
    "polysyllables": "polysyllabcount",
    "flesch_reading_ease": "flesch_reading_ease",
    "flesch_kincaid_grade": "flesch_kincaid_grade",
    "gunning_fog": "gunning_fog",
    "smog": "smog_index",
    "automated_readability": "automated_readability_index",
    "coleman_liau": "coleman_liau_index",
    "dale_chall": "dale_chall_readability_score",
    "linsear_write": "linsear_write_formula",
    "lix": "lix",
    "rix": "rix",
}


def textstat_figures(text: str) -> dict[str, Any]:
    """What textstat gives for a text, by the names of the columns; None for all where it finds no word.

    textstat (MIT) reads newslab's copy of CMUdict, so nothing is downloaded. Its scores are given for any length of
    text, as it gives them itself.
    """
    add_nltk_data()
    from textstat import textstat

    columns = [field.name for field in fields(ReadabilityComparisonRow) if field.name.startswith(PREFIX)]
    if not textstat.lexicon_count(text):
        return dict.fromkeys(columns)
    return {column: getattr(textstat, FUNCTIONS[column.removeprefix(PREFIX)])(text) for column in columns}

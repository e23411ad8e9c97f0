"""The published formulas of readability, as one table: what each computes, what it was made for, where it stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import pandas as pd

from newslab.readability.counting import Counts

FEWEST_SENTENCES_FOR_SMOG = 30


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: its column, the function, whether it gives a US school grade, what it was made for, its source."""

    name: str
    compute: Callable[[Counts], float | None]
    is_grade: bool
    made_for: str
    source: str


def flesch_reading_ease(c: Counts) -> float:
    """From about 100, very easy, down to 0, very hard, by words a sentence and syllables a word."""
    return 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words


def flesch_kincaid_grade(c: Counts) -> float:
    """A US school grade from words a sentence and syllables a word."""
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def gunning_fog(c: Counts) -> float:
    """A US school grade from words a sentence and the share of complex words."""
    return 0.4 * (c.words / c.sentences + 100 * c.complex_words / c.words)


def smog(c: Counts) -> float | None:
    """A US school grade from the words of three or more syllables in 30 sentences; None under 30 sentences."""
    if c.sentences < FEWEST_SENTENCES_FOR_SMOG:
        return None
    return 3.1291 + 1.0430 * sqrt(30 * c.polysyllables / c.sentences)


def automated_readability(c: Counts) -> float:
    """A US school grade from letters a word and words a sentence."""
    return 4.71 * c.letters / c.words + 0.5 * c.words / c.sentences - 21.43


def coleman_liau(c: Counts) -> float:
    """A US school grade from the letters and the sentences in a hundred words."""
    return 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8


def dale_chall(c: Counts) -> float:
    """A score from the share of unfamiliar words and words a sentence: 4.9 and less is grade 4, 10 and more college."""
    return 0.1579 * 100 * c.unfamiliar_words / c.words + 0.0496 * c.words / c.sentences + 3.6365


def linsear_write(c: Counts) -> float:
    """A US school grade from words a sentence, in which a word of three or more syllables counts three times."""
    score = (c.words + 2 * c.polysyllables) / c.sentences
    return score / 2 if score > 20 else (score - 2) / 2


def lix(c: Counts) -> float:
    """Words a sentence, plus the percentage of words of more than six letters."""
    return c.words / c.sentences + 100 * c.long_words / c.words


def rix(c: Counts) -> float:
    """Words of more than six letters a sentence."""
    return c.long_words / c.sentences


FORMULAS = (
    Formula(
        "flesch_reading_ease",
        flesch_reading_ease,
        False,
        "magazines and newspapers for adults, measured against school reading tests",
        "Rudolf Flesch: A New Readability Yardstick. Journal of Applied Psychology 32(3), 1948, pages 221-233",
    ),
    Formula(
        "flesch_kincaid_grade",
        flesch_kincaid_grade,
        True,
        "training manuals of the US Navy, measured on 531 enlisted people",
        "J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of New Readability Formulas for Navy "
        "Enlisted Personnel. Research Branch Report 8-75, Naval Technical Training, Millington 1975",
    ),
    Formula(
        "gunning_fog",
        gunning_fog,
        True,
        "a rule of thumb for business writers and newspapers",
        "Robert Gunning: The Technique of Clear Writing. McGraw-Hill, New York 1952, pages 36-40",
    ),
    Formula(
        "smog",
        smog,
        True,
        "full understanding of a text, from 30 sentences of it",
        "G. Harry McLaughlin: SMOG Grading, a New Readability Formula. Journal of Reading 12(8), 1969, pages 639-646",
    ),
    Formula(
        "automated_readability",
        automated_readability,
        True,
        "technical manuals of the US Air Force, counted by an electric typewriter",
        "E. A. Smith, R. J. Senter: Automated Readability Index. AMRL-TR-66-220, Wright-Patterson Air Force Base 1967, "
        "pages 1-14",
    ),
    Formula(
        "coleman_liau",
        coleman_liau,
        True,
        "schoolbooks, read by a machine that cannot count syllables",
        "Meri Coleman, T. L. Liau: A Computer Readability Formula Designed for Machine Scoring. Journal of Applied "
        "Psychology 60(2), 1975, pages 283-284",
    ),
    Formula(
        "dale_chall",
        dale_chall,
        False,
        "children and adults above the fourth grade, by the words that fourth-graders know",
        "Edgar Dale, Jeanne S. Chall: A Formula for Predicting Readability. Educational Research Bulletin 27, 1948, "
        "pages 11-20, and the instructions, pages 37-54",
    ),
    Formula(
        "linsear_write",
        linsear_write,
        True,
        "said to be technical manuals of the US Air Force; nobody has published how it was made",
        "no first publication is known; handed down in guides to writing. Its count is the Fog Count that Kincaid and "
        "others, 1975, put on another scale",
    ),
    Formula(
        "lix",
        lix,
        False,
        "Swedish books and newspapers; without syllables, so that languages can be compared",
        "Carl-Hugo Björnsson: Läsbarhet. Liber, Stockholm 1968; in English: Readability of Newspapers in 11 Languages. "
        "Reading Research Quarterly 18(4), 1983, pages 480-497",
    ),
    Formula(
        "rix",
        rix,
        False,
        "English and other schoolbooks, as a simpler LIX",
        "Jonathan Anderson: Lix and Rix, Variations on a Little-known Readability Index. Journal of Reading 26(6), "
        "1983, pages 490-496",
    ),
)


def list_formulas() -> pd.DataFrame:
    """The formulas of newslab's readability table: what each gives, what it was made for and where it was published.

    Columns: ``formula`` (the column of ``score_readability``), ``gives`` (what its number says), ``school_grade``
    (whether it is part of ``grade``), ``made_for``, ``source``.
    """
    return pd.DataFrame(
        {
            "formula": pd.Series([formula.name for formula in FORMULAS], dtype="string"),
            "gives": pd.Series([formula.compute.__doc__ for formula in FORMULAS], dtype="string"),
            "school_grade": pd.Series([formula.is_grade for formula in FORMULAS], dtype="boolean"),
            "made_for": pd.Series([formula.made_for for formula in FORMULAS], dtype="string"),
            "source": pd.Series([formula.source for formula in FORMULAS], dtype="string"),
        }
    )

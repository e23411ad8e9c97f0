"""The published formulas of readability, as one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

from newslab.readability.counting import Counts


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula: its column, how it is computed, whether it gives a US school grade, and where it was published."""

    name: str
    compute: Callable[[Counts], float | None]
    is_grade: bool
    source: str


def flesch_reading_ease(c: Counts) -> float:
    """100 is very easy, 0 is very hard."""
    return 206.835 - 1.015 * c.words / c.sentences - 84.6 * c.syllables / c.words


def flesch_kincaid_grade(c: Counts) -> float:
    """A US school grade from sentence length and syllables a word."""
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def gunning_fog(c: Counts) -> float:
    """A US school grade from sentence length and the share of complex words."""
    return 0.4 * (c.words / c.sentences + 100 * c.complex_words / c.words)


def smog(c: Counts) -> float | None:
    """A US school grade from words of three and more syllables; only where there are 30 sentences, as it was made."""
    return 3.1291 + 1.0430 * sqrt(30 * c.polysyllables / c.sentences) if c.sentences >= 30 else None


def automated_readability(c: Counts) -> float:
    """A US school grade from letters a word and words a sentence."""
    return 4.71 * c.letters / c.words + 0.5 * c.words / c.sentences - 21.43


def coleman_liau(c: Counts) -> float:
    """A US school grade from letters and sentences in a hundred words."""
    return 0.0588 * 100 * c.letters / c.words - 0.296 * 100 * c.sentences / c.words - 15.8


def linsear_write(c: Counts) -> float:
    """A US school grade in which a word of three or more syllables counts three times."""
    score = (c.words + 2 * c.polysyllables) / c.sentences
    return score / 2 if score > 20 else (score - 2) / 2


def lix(c: Counts) -> float:
    """Words a sentence plus the share of words of more than six letters."""
    return c.words / c.sentences + 100 * c.long_words / c.words


def rix(c: Counts) -> float:
    """Words of more than six letters a sentence."""
    return c.long_words / c.sentences


FORMULAS = (
    Formula("flesch_reading_ease", flesch_reading_ease, False, "Flesch 1948"),
    Formula("flesch_kincaid_grade", flesch_kincaid_grade, True, "Kincaid, Fishburne, Rogers and Chissom 1975"),
    Formula("gunning_fog", gunning_fog, True, "Gunning 1952"),
    Formula("smog", smog, True, "McLaughlin 1969"),
    Formula("automated_readability", automated_readability, True, "Smith and Senter 1967"),
    Formula("coleman_liau", coleman_liau, True, "Coleman and Liau 1975"),
    Formula("dale_chall", lambda c: None, False, "Dale and Chall 1948"),
    Formula("linsear_write", linsear_write, True, "Klare 1974"),
    Formula("lix", lix, False, "Björnsson 1968"),
    Formula("rix", rix, False, "Anderson 1983"),
)

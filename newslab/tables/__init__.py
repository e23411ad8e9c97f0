"""The tables' columns: one record type a table, and a typed DataFrame made from records.

A column that may be unknown has ``| None`` in its type and holds ``<NA>`` there. An empty table has the same columns
and dtypes as a full one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from newslab.tables.making import (
    FORMULA_STARTS,
    arrow_schema,
    as_record,
    describe_columns,
    escape_formulas,
    make_table,
    records,
    values_of,
)
from newslab.tables.many import LinkRow, OutletDifferenceRow, OutletRow

__all__ = [
    "FORMULA_STARTS",
    "RECORDS",
    "ActorRow",
    "ActorSummaryRow",
    "ArticleRow",
    "CheckedRow",
    "FailureRow",
    "LinkRow",
    "MentionRow",
    "OutletDifferenceRow",
    "OutletRow",
    "QuoteRow",
    "QuotedTargetSentimentRow",
    "ReadabilityComparisonRow",
    "ReadabilityRow",
    "SentenceRow",
    "SentimentRow",
    "Spans",
    "TalkRow",
    "TargetSentimentRow",
    "arrow_schema",
    "as_record",
    "describe_columns",
    "escape_formulas",
    "make_table",
    "records",
    "values_of",
]

Spans = list[list[int]]
ArticleId = Annotated[str, "the article, by a hash of its text where it has no other id"]
SentenceId = Annotated[int, "the sentence, counted from 0 within the article"]
Start = Annotated[int, "where the text begins, in characters from 0"]
End = Annotated[int, "where it ends: `article.text[start:end]`"]


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One row an article: what is known of it."""

    article_id: ArticleId
    title: Annotated[str | None, "the headline"]
    date: Annotated[str | None, "the date of publication, ISO form"]
    date_source: Annotated[str | None, "where the date was found: text, meta, json-ld, filename, guessed"]
    authors: Annotated[list[str], "the authors' names"]
    source: Annotated[str | None, "what `load` was given"]
    outlet: Annotated[str | None, "the publisher"]
    url: Annotated[str | None, "the article's address"]
    language: Annotated[str | None, "the language's code, `en`"]
    paragraphs: Annotated[int, "how many paragraphs"]
    sentences: Annotated[int, "how many sentences"]
    words: Annotated[int, "how many words"]
    warnings: Annotated[list[str], "what a reader should know of how it was read"]


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """One row a sentence."""

    article_id: ArticleId
    sentence_id: SentenceId
    paragraph: Annotated[int, "the paragraph, counted from 0"]
    start: Start
    end: End
    text: Annotated[str, "the sentence"]
    words: Annotated[int, "how many words"]


@dataclass(frozen=True, slots=True)
class MentionRow:
    """One row for each place where an actor is mentioned."""

    article_id: ArticleId
    sentence_id: SentenceId
    start: Start
    end: End
    text: Annotated[str, "the mention, as the article has it"]
    actor: Annotated[str, "the full name of who is meant"]
    kind: Annotated[str, "person, organisation, place or group"]
    how: Annotated[str, "name, alias, pronoun or description"]


@dataclass(frozen=True, slots=True)
class ActorRow:
    """One row an actor: everybody and everything that acts, speaks or is spoken of."""

    article_id: ArticleId
    actor: Annotated[str, "the full name, or the fullest description where the article gives no name"]
    kind: Annotated[str, "person, organisation, place or group"]
    role: Annotated[str | None, "the role as the article states it: `Army spokesman`"]
    names: Annotated[list[str], "every name the article uses"]
    mentions: Annotated[int, "how often mentioned, pronouns and descriptions included"]
    sentences: Annotated[int, "in how many sentences"]
    first_sentence: Annotated[int | None, "the first of them"]


@dataclass(frozen=True, slots=True)
class ActorSummaryRow(ActorRow):
    """One row an actor, with what the other tables say of it."""

    quotes: Annotated[int, "how many quotes are the actor's own words"]
    words_spoken: Annotated[int, "words inside quotation marks"]
    words_reported: Annotated[int, "words reported without marks"]
    share_spoken: Annotated[float | None, "share of all words spoken in the article, 0 to 1"]
    sentiment_toward: Annotated[float | None, "mean of positive minus negative outside quotes, -1 to 1"]
    sentiment_quoted: Annotated[float | None, "the same inside quotes"]
    sentiment_low: Annotated[float | None, "lower end of the 95% interval of `sentiment_toward`"]
    sentiment_high: Annotated[float | None, "upper end"]
    sentiment_sentences: Annotated[int, "how many sentences outside quotes it rests on"]
    person_id: Annotated[str | None, "the same for the same person in all articles, `<NA>` where there is one article"]


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """One row a quote: who says what, with which word, found by which rule."""

    article_id: ArticleId
    quote_id: Annotated[int, "the quote, counted from 0 within the article"]
    start: Start
    end: End
    text: Annotated[str, "the quote with its marks: `article.text[start:end]`"]
    spans: Annotated[Spans, "`[start, end]` of each piece that is the speaker's words"]
    kind: Annotated[str, "direct, mixed or indirect"]
    cue: Annotated[str | None, "the word that reports: said, according to"]
    cue_start: Annotated[int | None, "where the cue begins"]
    cue_end: Annotated[int | None, "where it ends"]
    speaker: Annotated[str | None, "who speaks, in the words beside the cue: he, Ghafoor"]
    speaker_start: Annotated[int | None, "where they begin"]
    speaker_end: Annotated[int | None, "where they end"]
    actor: Annotated[str | None, "the full name of whose words they are"]
    via: Annotated[str | None, "the actor who passed them on"]
    rule: Annotated[str, "the rule that found it"]
    asserted: Annotated[bool, "false where it was not said: did not say whether, would say"]
    paragraph: Annotated[int, "the paragraph it begins in"]
    sentence_id: SentenceId


@dataclass(frozen=True, slots=True)
class TalkRow:
    """One row for each actor spoken of in a quote."""

    article_id: ArticleId
    quote_id: Annotated[int, "the quote"]
    actor: Annotated[str | None, "who speaks"]
    about: Annotated[str, "who is spoken of"]
    words: Annotated[int, "how many words the quote has"]
    label: Annotated[str | None, "attitude toward `about`: negative, neutral, positive"]
    positive: Annotated[float | None, "probability of positive, 0 to 1"]
    negative: Annotated[float | None, "probability of negative, 0 to 1"]


@dataclass(frozen=True, slots=True)
class ReadabilityRow:
    """One row an article, paragraph or speaker: what was counted, and what the published formulas make of it."""

    article_id: ArticleId
    unit: Annotated[str | None, "whose words: `article`, `paragraph 0`, or a value of the column asked for"]
    words: Annotated[int, "how many words"]
    sentences: Annotated[int, "how many sentences; pieces of one are added up and rounded"]
    syllables: Annotated[int, "how many syllables, as read aloud"]
    letters: Annotated[int, "how many letters and digits"]
    polysyllables: Annotated[int, "how many words of three or more syllables"]
    longest_sentence: Annotated[str | None, "the sentence with the most words"]
    hardest_words: Annotated[list[str], "the words of most syllables, names left out"]
    flesch_reading_ease: Annotated[float | None, "Flesch 1948: 100 very easy, 0 very hard"]
    flesch_kincaid_grade: Annotated[float | None, "Kincaid and others 1975: US school grade"]
    gunning_fog: Annotated[float | None, "Gunning 1952: US school grade"]
    smog: Annotated[float | None, "McLaughlin 1969: US school grade; only from 30 sentences on"]
    automated_readability: Annotated[float | None, "Smith and Senter 1967: US school grade"]
    coleman_liau: Annotated[float | None, "Coleman and Liau 1975: US school grade"]
    dale_chall: Annotated[float | None, "Dale and Chall 1948: 4.9 and less is grade 4, 10 and more college"]
    linsear_write: Annotated[float | None, "Linsear Write: US school grade"]
    lix: Annotated[float | None, "Björnsson 1968: below 30 very easy, above 60 very hard"]
    rix: Annotated[float | None, "Anderson 1983: long words a sentence, below 0.2 very easy, above 7.2 college"]
    grade: Annotated[float | None, "the median of the formulas that give a school grade"]
    grade_low: Annotated[float | None, "the lowest of them"]
    grade_high: Annotated[float | None, "the highest"]


@dataclass(frozen=True, slots=True)
class ReadabilityComparisonRow(ReadabilityRow):
    """The same, with what textstat makes of the same words; it gives scores however short the text is."""

    textstat_words: Annotated[int | None, "words as textstat counts them"]
    textstat_sentences: Annotated[int | None, "sentences as textstat counts them"]
    textstat_syllables: Annotated[int | None, "syllables as textstat counts them"]
    textstat_letters: Annotated[int | None, "letters as textstat counts them"]
    textstat_polysyllables: Annotated[int | None, "words of three or more syllables as textstat counts them"]
    textstat_flesch_reading_ease: Annotated[float | None, "the same score by textstat"]
    textstat_flesch_kincaid_grade: Annotated[float | None, "the same score by textstat"]
    textstat_gunning_fog: Annotated[float | None, "the same score by textstat"]
    textstat_smog: Annotated[float | None, "the same score by textstat"]
    textstat_automated_readability: Annotated[float | None, "the same score by textstat"]
    textstat_coleman_liau: Annotated[float | None, "the same score by textstat"]
    textstat_dale_chall: Annotated[float | None, "the same score by textstat"]
    textstat_linsear_write: Annotated[float | None, "the same score by textstat"]
    textstat_lix: Annotated[float | None, "the same score by textstat"]
    textstat_rix: Annotated[float | None, "the same score by textstat"]


@dataclass(frozen=True, slots=True)
class SentimentRow:
    """One row a sentence: how its words sound, whoever they are about."""

    article_id: ArticleId
    sentence_id: SentenceId
    negative: Annotated[float, "share of negative words, weighted, 0 to 1"]
    neutral: Annotated[float, "share of neutral words, 0 to 1"]
    positive: Annotated[float, "share of positive words, 0 to 1"]
    compound: Annotated[float, "VADER's sum of both, -1 to 1"]


@dataclass(frozen=True, slots=True)
class TargetSentimentRow:
    """One row for each actor in a sentence: the sentence's attitude toward that actor."""

    article_id: ArticleId
    sentence_id: SentenceId
    actor: Annotated[str, "toward whom"]
    start: Start
    end: End
    label: Annotated[str, "negative, neutral or positive"]
    negative: Annotated[float, "probability, 0 to 1"]
    neutral: Annotated[float, "probability, 0 to 1"]
    positive: Annotated[float, "probability, 0 to 1"]


@dataclass(frozen=True, slots=True)
class QuotedTargetSentimentRow(TargetSentimentRow):
    """The same, with the quote that the mention stands in."""

    quote_id: Annotated[int | None, "the quote the mention stands in, `<NA>` outside quotes"]


@dataclass(frozen=True, slots=True)
class FailureRow:
    """One row for each source or article that could not be read or analysed."""

    article_id: Annotated[str | None, "the article, where it could be read"]
    source: Annotated[str | None, "what was given"]
    stage: Annotated[str, "what failed: load, analyze, duplicate, correction, links"]
    reason: Annotated[str, "why"]


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """One row for each thing that a person judged in a worksheet: how much of it newslab had right."""

    what: Annotated[str, "quotes (are they one), speakers, kinds, actors or labels"]
    rows: Annotated[int, "how many rows newslab had found"]
    checked: Annotated[int, "how many of them a person judged"]
    right: Annotated[int, "how many of those were right"]
    missed: Annotated[int | None, "quotes that the person added"]
    share: Annotated[float | None, "right of checked, 0 to 1"]
    low: Annotated[float | None, "lower end of its 95% interval"]
    high: Annotated[float | None, "upper end"]


# The record of each table that an analysis has.
RECORDS: dict[str, type[Any]] = {
    "articles": ArticleRow,
    "sentences": SentenceRow,
    "mentions": MentionRow,
    "actors": ActorSummaryRow,
    "quotes": QuoteRow,
    "talk": TalkRow,
    "readability": ReadabilityRow,
    "sentiment": SentimentRow,
    "target_sentiment": QuotedTargetSentimentRow,
    "failures": FailureRow,
}

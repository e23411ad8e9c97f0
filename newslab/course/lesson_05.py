"""The checks of lesson 05, "Does the story sound negative, and toward whom?"."""

from __future__ import annotations

from newslab.course.answers import Hint, as_analysis, as_number, as_text, check_count, check_place, exercise
from newslab.target_sentiment import score_target_sentiment

NEGATIVE = -0.05  # VADER's own border between neutral and negative


@exercise
def check_05_1(answer: object, a: object) -> str:
    """Which sentence's compound is furthest from the mean of all sentences? Its ``sentence_id``."""
    compound = as_analysis(a).sentiment.set_index("sentence_id")["compound"].dropna()
    gap = (compound - compound.mean()).abs().round(6)
    place = as_number(answer, "the number of a sentence")
    if gap.get(place, 0) < gap.max() and gap.get(place - 1, 0) == gap.max():
        raise Hint("Sentence 3 of the chart is sentence_id 2: the chart counts from 1, the tables from 0.")
    line = check_place(answer, gap, "sentence", "distance from the mean")
    return f"{line} Does it say something bad, or something against somebody?"


@exercise
def check_05_2(answer: object, a: object) -> str:
    """How many rows are not negative toward their actor, though VADER calls the sentence negative?"""
    tables = as_analysis(a)
    both = tables.target_sentiment.merge(tables.sentiment[["article_id", "sentence_id", "compound"]])
    differ = (both["compound"] <= NEGATIVE) & both["label"].notna() & (both["label"] != "negative")
    how = "Merge the two tables on article_id and sentence_id; keep compound <= -0.05 and a label other than negative."
    return f"{check_count(answer, int(differ.sum()), how)} Bad news is not an attitude."


@exercise
def check_05_3(kind: object, unkind: object) -> str:
    """Two sentences that differ in one word; the first is positive toward the actor, the second negative."""
    texts = [as_text(text, "a sentence in quotation marks") for text in (kind, unkind)]
    first, second = (text.split() for text in texts)
    if len(first) != len(second) or sum(one != other for one, other in zip(first, second, strict=False)) != 1:
        raise Hint("Change exactly one word: the two sentences are the same otherwise.")
    labels = [next(iter(score_target_sentiment(text)["label"].dropna()), "no actor") for text in texts]
    if labels != ["positive", "negative"]:
        raise Hint(f"The program says {labels[0]} and {labels[1]}. explain_target_sentiment shows the heavy words.")
    return "One word decides. Is that how a reader judges?"

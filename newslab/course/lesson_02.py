"""The checks of lesson 02, "Is this story too hard for our readers?"."""

from __future__ import annotations

import pandas as pd

from newslab.analysis import Analysis
from newslab.course.answers import Hint, as_analysis, as_article, as_number, as_text, check_place, exercise
from newslab.readability import score_readability
from newslab.text import sentences, words

LONGEST = 25  # words a sentence in the rewritten lead
# Words of so many letters carry what is said; their first ones are compared, so that "kills" may become "killing".
TELLING = 5
KEPT = 0.25  # the share of them that a rewritten sentence keeps


@exercise
def check_02_1(answer: object, a: object) -> str:
    """In which paragraph is the share of words with three syllables or more highest? Paragraphs count from 0."""
    scores = score_readability(as_article(a), unit="paragraph")
    share = (100 * scores["polysyllables"] / scores["words"].replace(0, pd.NA)).astype("Float64").round(6)
    return check_place(answer, share.reset_index(drop=True), "paragraph", "percent long words")


@exercise
def check_02_2(answer: object, a: object) -> str:
    """Which grade would the formula give if the story had twice as many sentences, with the same words?"""
    counts = score_readability(as_article(a)).iloc[0]
    if not counts["words"]:
        raise Hint("This story has no words. Try the exercise on another story.")
    syllables = 11.8 * counts["syllables"] / counts["words"]
    right = 0.39 * counts["words"] / (2 * counts["sentences"]) + syllables - 15.59
    value = as_number(answer, "a grade, as a number")
    if abs(value - right) > 0.1:
        as_it_is = right + 0.39 * counts["words"] / (2 * counts["sentences"])
        again = " That is the grade of the story as it is." if abs(value - as_it_is) <= 0.1 else ""
        raise Hint(f"Not {value:.1f}.{again} Only words / sentences changes in the formula: the rest stays.")
    return f"Grade {right:.1f}, without making one word easier."


@exercise
def check_02_3(answer: object, a: object) -> str:
    """Rewrite the longest sentence as two or more of at most 25 words, and keep everybody whom it names."""
    mine = as_text(answer, "your sentences, in quotation marks")
    lengths = [len(list(words(mine[start:end]))) for start, end in sentences(mine)]
    if len(lengths) < 2:
        raise Hint("That is still one sentence.")
    if max(lengths) > LONGEST:
        raise Hint(f"Your longest sentence has {max(lengths)} words; at most {LONGEST} are wanted.")
    lost = [name for name in _named_in_longest(as_analysis(a)) if name not in mine]
    if lost:
        raise Hint(f"Somebody got lost: {', '.join(lost)}.")
    told, kept = _telling(_longest(as_analysis(a))), _telling(mine)
    if len(told & kept) < KEPT * len(told):
        raise Hint("That says something else: hardly a word of the story's longest sentence is in it.")
    return "Now read both aloud: is it only shorter, or also better?"


def _longest(a: Analysis) -> str:
    """The story's longest sentence."""
    longest = a.sentences.nlargest(1, "words")["text"]
    return str(longest.iloc[0]) if len(longest) else ""


def _telling(text: str) -> set[str]:
    """How the longer words of a text begin."""
    found = (text[start:end].casefold() for start, end in words(text))
    return {word[:TELLING] for word in found if len(word) >= TELLING}


def _named_in_longest(a: Analysis) -> list[str]:
    """The names in the story's longest sentence, as it spells them."""
    if a.sentences.empty:
        return []
    longest = a.sentences.set_index("sentence_id")["words"].idxmax()
    there = a.mentions[(a.mentions["sentence_id"] == longest) & (a.mentions["how"] == "name")]
    there = there[there["kind"].isin(["person", "organisation", "place"])]  # and not "Iranian", which is a group
    return list(dict.fromkeys(there["text"]))

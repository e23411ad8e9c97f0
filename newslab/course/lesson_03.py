"""The checks of lesson 03, "Who says what?"."""

from __future__ import annotations

import pandas as pd

from newslab.course.answers import Hint, as_actor, as_analysis, as_text, check_count, check_first, exercise
from newslab.quotes import find_quotes

MAYOR = "Ana Torvel"


@exercise
def check_03_1(answer: object, a: object) -> str:
    """Who fills the most space between quotation marks? The highest ``words_spoken`` in ``a.actors``."""
    line = check_first(answer, as_analysis(a).actors, "words_spoken", "words in quotation marks")
    return f"{line} Is that whom the letter means?"


@exercise
def check_03_2(answer: object, a: object) -> str:
    """What share of the quotes is indirect speech (``kind`` is indirect)? From 0 to 1, or as "40%"."""
    quotes = as_analysis(a).quotes
    if quotes.empty:
        raise Hint("This story has no quotes, so there is no share. Try the exercise on another story.")
    right = float((quotes["kind"] == "indirect").mean())
    how = "Count the rows whose kind is indirect, and divide by the number of all rows."
    line = check_count(answer, right, how, within=0.006)
    return f"{line} {'For these words the reporter answers, not the speaker.' if right else 'None is in other words.'}"


@exercise
def check_03_3(answer: object, a: object) -> str:
    """Who would come second if words without marks counted too (``words_spoken`` plus ``words_reported``)?"""
    actors = as_analysis(a).actors
    words = actors.set_index("actor")["words_spoken"].fillna(0)
    in_all = words + actors.set_index("actor")["words_reported"].fillna(0)
    if not _seconds(in_all):
        raise Hint("Fewer than two speak in this story, so nobody comes second. Try the exercise on another story.")
    name = as_actor(answer, actors)
    if name not in _seconds(in_all):
        more = int((in_all > in_all[name]).sum())
        place = f"{more} have more" if more else "comes first"
        how = "Add words_spoken and words_reported, sort by the sum, and take the second row."
        raise Hint(f"{name} has {in_all[name]} words in all and {place}. {how}")
    line = f"{name} has {in_all[name]} words in all."
    if name in _seconds(words):
        return f"{line} In marks alone {name} is second too; in another story it may be somebody else."
    marked = " or ".join(_seconds(words)) or "nobody"
    return (
        f"{line} In marks alone the second is {marked}. The ranking hangs on what you count, so print what you counted."
    )


def _seconds(words: pd.Series) -> list[str]:
    """Who has as many words as the second place has; nobody where fewer than two have any."""
    counts = words[words > 0].sort_values(ascending=False)
    return list(counts.index[counts == counts.iloc[1]]) if len(counts) > 1 else []


@exercise
def check_03_4(answer: object) -> str:
    """A sentence that quotes Ana Torvel in marks, with a reporting word other than *said*, and is credited to her."""
    sentence = as_text(answer, "a sentence in quotation marks")
    found = find_quotes(sentence)
    if found.empty:
        raise Hint("The program sees no quote here. If a reader sees one, you have found a mistake: note it.")
    if found["cue"].isin(["said", "say", "says"]).any():
        raise Hint("Use another word than said.")
    if not (found["actor"] == MAYOR).any():
        heard = ", ".join(found["actor"].dropna()) or "nobody"
        raise Hint(f"The words went to {heard}. Name {MAYOR} beside the reporting word.")
    row = found[found["actor"] == MAYOR].iloc[0]
    if row["kind"] == "indirect":
        raise Hint("That is indirect speech. Put her words in quotation marks: write the whole in single ones, '...'.")
    return f"Found by the rule {row['rule']}. Now look for a word with which it fails."

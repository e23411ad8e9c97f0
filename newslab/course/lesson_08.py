"""The checks of lesson 08, "How far can you trust it?"."""

from __future__ import annotations

import pandas as pd

from newslab.course.answers import Hint, as_number, as_text, check_count, exercise
from newslab.evaluation.names import same_full_name
from newslab.quotes import find_quotes

RIGHT, FOUND, LABELLED = 30, 40, 50
SAM, KIM = "+++0000---", "++00000--+"
QUOTES_TO_CHECK = 138


@exercise
def check_08_1(answer: object) -> str:
    """50 quotes are in the story, 40 were found, 30 of them are right: what is F1, from 0 to 1?"""
    value = as_number(answer)
    for share, called in ((RIGHT / FOUND, "the precision"), (RIGHT / LABELLED, "the recall")):
        if abs(value - share) < 0.001:
            raise Hint(f"That is {called}. F1 is twice the product of precision and recall, divided by their sum.")
    if abs(value - (RIGHT / FOUND + RIGHT / LABELLED) / 2) < 0.004:
        raise Hint("That is half of the sum. F1 is a little lower: twice the product, divided by the sum.")
    right = 2 * RIGHT / (FOUND + LABELLED)
    return (
        f"{check_count(answer, right, 'Precision is 30 of 40, recall 30 of 50.', within=0.006)} Nearer the worse one."
    )


@exercise
def check_08_2(answer: object) -> str:
    """What is Cohen's kappa for Sam, + + + 0 0 0 0 - - -, and Kim, + + 0 0 0 0 0 - - +?"""
    value = as_number(answer)
    same = sum(sam == kim for sam, kim in zip(SAM, KIM, strict=True)) / len(SAM)
    chance = sum(SAM.count(label) * KIM.count(label) for label in "+0-") / len(SAM) ** 2
    for share, called in ((same, "how often they agree"), (chance, "how often dice would agree")):
        if abs(value - share) < 0.001:
            raise Hint(f"That is {called}. Kappa is (agreement - chance) / (1 - chance).")
    how = f"They agree on {same:.0%}, and dice would on {chance:.0%}."
    return (
        f"{check_count(answer, (same - chance) / (1 - chance), how, within=0.006)} The plain {same:.0%} sounded better."
    )


@exercise
def check_08_3(answer: object) -> str:
    """About how many quotes must be checked for 90 percent, give or take 5?"""
    how = "Solve 0.05 = 1.96 times the root of 0.9 * 0.1 / n for n."
    line = check_count(answer, QUOTES_TO_CHECK, how, within=8)
    return f"{line} Half the width needs four times as many."


@exercise
def check_08_4(text: object, speaker: object) -> str:
    """A text in which newslab gives somebody's words to the wrong person or to nobody, and who really speaks."""
    story = as_text(text, "a sentence or two in quotation marks")
    name = as_text(speaker, "the speaker's full name in quotation marks").strip()
    if name not in story:
        raise Hint(f"{name[:40]!r} does not stand in your text. A reader must be able to tell who speaks.")
    if name == story.strip():
        raise Hint("That is a name alone. Write a sentence in which somebody says something.")
    found = find_quotes(story)
    if found.empty:
        return "It sees no quote at all. Note the sentence, and what a reader sees in it."
    heard = [actor for actor in found["actor"] if pd.notna(actor)]
    if any(same_full_name(name, actor) for actor in heard):
        raise Hint(f"It hears {name} too. Try two people and one pronoun.")
    return f"It hears {', '.join(heard) or 'nobody'}, and you hear {name}. Note it."

"""The checks of lesson 06, "The whole picture: who talks about whom, and how?"."""

from __future__ import annotations

import re

import pandas as pd

from newslab.course.answers import Hint, as_analysis, as_text, check_count, check_first, exercise


@exercise
def check_06_1(answer: object, a: object) -> str:
    """What share of all words in marks has the actor who speaks most? From 0 to 1, or as "40%"."""
    largest = as_analysis(a).actors["share_spoken"].max()
    if pd.isna(largest):
        raise Hint("Nobody speaks in marks in this story, so there is no share. Try the exercise on another story.")
    return check_count(answer, float(largest), "Sort a.actors by share_spoken.", within=0.006)


@exercise
def check_06_2(answer: object, a: object) -> str:
    """Who is mentioned most without a single quote?"""
    actors = as_analysis(a).actors
    line = check_first(answer, actors[actors["quotes"] == 0], "mentions", "mentions and no quote")
    return f"{line} Should the story have asked?"


@exercise
def check_06_3(answer: object, a: object) -> str:
    """Of whom do the most different people speak? Count the different ``actor`` for each ``about`` in ``a.talk``."""
    tables = as_analysis(a)
    speakers = tables.talk[tables.talk["actor"].ne(tables.talk["about"]).fillna(False)]
    counts = speakers.groupby("about")["actor"].nunique()
    actors = tables.actors.assign(speakers=tables.actors["actor"].map(counts))
    return check_first(answer, actors, "speakers", "others who speak of them")


@exercise
def check_06_4(answer: object, a: object) -> str:
    """A paragraph for the editor: two actors by name, a number, and what the number rests on."""
    memo = as_text(answer, "a paragraph in quotation marks")
    named = [name for name in as_analysis(a).actors["actor"] if name in memo]
    if len(named) < 2:
        raise Hint(f"It names {len(named)} of the actors. Name two at least, as a.actors has them.")
    if not re.search(r"\d", memo):
        raise Hint("Give at least one number, in figures.")
    if not re.search(r"\b(sentences?|words?|mentions?|quotes?)\b", memo):
        raise Hint("Say what the number counts: words, sentences, mentions or quotes.")
    if re.search(r"\b(bias(ed)?|hostile|propaganda|proves?|proven)\b", memo, re.IGNORECASE):
        raise Hint("One word in it claims more than a count can show: bias, hostile, propaganda or proof.")
    return "Now have somebody check it against the story, without the charts."

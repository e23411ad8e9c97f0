"""The checks of lesson 06, "The whole picture: who talks about whom, and how?"."""

from __future__ import annotations

import pandas as pd

from newslab.course.answers import (
    Hint,
    as_actor,
    as_analysis,
    as_text,
    check_claim,
    check_count,
    check_first,
    exercise,
    free_exercise,
    named_in,
)


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
    unheard = actors[actors["quotes"] == 0]
    name = as_actor(answer, actors)
    if len(unheard) and name not in set(unheard["actor"]):
        quotes = int(actors.set_index("actor")["quotes"].to_dict()[name])
        raise Hint(f"{name} has {quotes} {'quote' if quotes == 1 else 'quotes'}. Look at those with none.")
    line = check_first(name, unheard, "mentions", "mentions and no quote")
    return f"{line} Should the story have asked?"


@exercise
def check_06_3(answer: object, a: object) -> str:
    """Of whom do the most different people speak? Count the different ``actor`` for each ``about`` in ``a.talk``."""
    tables = as_analysis(a)
    speakers = tables.talk[tables.talk["actor"].ne(tables.talk["about"]).fillna(False)]
    counts = speakers.groupby("about")["actor"].nunique()
    actors = tables.actors.assign(speakers=tables.actors["actor"].map(counts))
    how = "In a.talk, count the different actor of each about, and leave out those who speak of themselves."
    return check_first(answer, actors, "speakers", "others speaking of them", how)


@free_exercise
def check_06_4(answer: object, a: object) -> str:
    """A paragraph for the editor: two actors by name, a number, what it counts, and no claim beyond this story."""
    memo = as_text(answer, "a paragraph in quotation marks")
    named = named_in(memo, as_analysis(a).actors["actor"])
    if len(named) < 2:
        raise Hint(f"It names {len(named)} of the actors. Name two at least, as a.actors has them.")
    check_claim(memo, "sentences?|words?|mentions?|quotes?", "words, sentences, mentions or quotes")
    return f"It names {len(named)} actors and has a number. Whether the number is true I have not checked. Do."

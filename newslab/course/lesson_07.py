"""The checks of lesson 07, "One fire, eight papers: who is heard, and in what tone?"."""

from __future__ import annotations

import pandas as pd

from newslab.analysis import Analysis
from newslab.course.answers import (
    Hint,
    as_analysis,
    as_text,
    check_claim,
    check_count,
    check_first,
    exercise,
    free_exercise,
    shown,
)

# What the lesson calls the articles that name no outlet, as one group.
NO_OUTLET = "no outlet"
COUNTED = "words?|quotes?|speakers?|voices?|sentences?|stories|articles"


@exercise
def check_07_1(answer: object, a: object) -> str:
    """Which outlet gives the smallest share of its quoted words in quotation marks?"""
    tables = as_analysis(a)
    names = _names(tables)
    heard = _heard(tables)
    outlets = heard["article_id"].map({article: called[0] for article, called in names.items()})
    by_outlet = heard.groupby(outlets)[["words_spoken", "words"]].sum()
    shares = (by_outlet["words_spoken"] / by_outlet["words"]).astype(float)
    name = as_text(answer, "the name of an outlet").strip()
    fits = [called[0] for called in names.values() if name.casefold() in {each.casefold() for each in called}]
    if not fits:
        raise Hint(f"No story is from {shown(name)}. Copy the name from the column outlet.")
    known = [outlet for outlet in fits if outlet in shares.index]
    if not known:
        raise Hint("Nobody is quoted there, so there is no share.")
    share = float(shares[known].min())
    if share > float(shares.min()) + 0.005:
        raise Hint(f"There the share is {share:.0%}, and one outlet has less. Divide words_spoken by all words.")
    return f"There {share:.0%} of the quoted words stand in marks."


@exercise
def check_07_2(answer: object, a: object) -> str:
    """Who is heard (has at least one quote) in the most stories?"""
    heard = _heard(as_analysis(a))
    stories = heard.groupby("person_id")["article_id"].nunique()
    people = heard.drop_duplicates("actor")
    counted = people.assign(stories=people["person_id"].map(stories))
    how = "Count the different article_id of each person_id, among the actors with a quote."
    line = check_first(answer, counted, "stories", "stories with a quote", how)
    return f"{line} That is before your joins; with them it may be more."


@exercise
def check_07_3(answer: object, a: object) -> str:
    """What share of all quoted words is said by people who are heard in one story only? From 0 to 1."""
    heard = _heard(as_analysis(a))
    if heard.empty:
        raise Hint("Nobody is quoted in these stories, so there is no share. Try the exercise on other stories.")
    stories = heard.groupby("person_id")["article_id"].transform("nunique")
    right = float(heard.loc[stories == 1, "words"].sum() / heard["words"].sum())
    how = "Add the words of those whose person_id is in one story, and divide by the words of all."
    return (
        f"{check_count(answer, right, how, within=0.006)} A name that was not joined counts as heard once. Look again."
    )


@free_exercise
def check_07_4(answer: object, a: object) -> str:
    """A letter to the reader: two outlets by name, a number, what it counts, and no claim beyond these articles."""
    letter = as_text(answer, "a letter in quotation marks")
    names = list(_names(as_analysis(a)).values())
    named = [called[0] for called in names if any(each in letter for each in called)]
    if len(set(named)) < min(2, len({called[0] for called in names})):
        raise Hint(f"It names {len(set(named))} of the outlets. Name two at least, as the column outlet has them.")
    check_claim(letter, COUNTED, "words, quotes, speakers")
    outlets = "1 outlet" if len(set(named)) == 1 else f"{len(set(named))} outlets"
    return f"It names {outlets} and has a number. Whether the number is true I have not checked. Do."


def _heard(tables: Analysis) -> pd.DataFrame:
    """Everybody who is quoted, with the number of words."""
    actors = tables.actors
    heard = actors[actors["quotes"] > 0]
    return heard.assign(words=heard["words_spoken"] + heard["words_reported"])


def _names(tables: Analysis) -> dict[str, list[str]]:
    """What each article may be called by: its outlet (or that it has none), headline or id, the first the usual one."""
    articles = tables.articles
    columns = zip(articles["article_id"], articles["outlet"], articles["title"], strict=True)
    return {
        key: [str(each) for each in (outlet if pd.notna(outlet) else NO_OUTLET, title, key) if pd.notna(each)]
        for key, outlet, title in columns
    }

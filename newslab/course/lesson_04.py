"""The checks of lesson 04, "Who is in the story, and under how many names?"."""

from __future__ import annotations

from newslab.actors import find_actors
from newslab.course.answers import Hint, as_actor, as_analysis, as_article, as_text, check_count, exercise

SHARED_NAME = "Torvel"


@exercise
def check_04_1(answer: object, a: object) -> str:
    """Who has the most mentions that are not names (``how`` is pronoun or description in ``a.mentions``)?"""
    tables = as_analysis(a)
    unsure = tables.mentions[tables.mentions["how"].isin(["pronoun", "description"])]
    counts = unsure["actor"].value_counts()
    if counts.empty:
        raise Hint("This story has only names. Try the exercise on another story.")
    name = as_actor(answer, tables.actors)
    has = int(counts.get(name, 0))
    if has < counts.max():
        raise Hint(f"{name} has {has} of them, and somebody has more. Count the actors of the table unsure.")
    return f"{name} has {has} of them. Are they all correct?"


@exercise
def check_04_2(answer: object, a: object) -> str:
    """How many people (``kind`` is person) does the story mention exactly once?"""
    actors = as_analysis(a).actors
    once = actors[(actors["kind"] == "person") & (actors["mentions"] == 1)]
    how = "Two conditions, each in brackets, with & between them: kind is person, mentions is 1."
    return f"{check_count(answer, len(once), how)} A name that comes once is easily joined wrongly, or overlooked."


@exercise
def check_04_3(answer: object, a: object) -> str:
    """Aliases that make one actor out of two or more of the story: a dictionary, name in the text to name you want."""
    if not isinstance(answer, dict):
        raise Hint('Write a dictionary: {"name in the text": "name you want", "another name": "name you want"}.')
    if not all(isinstance(word, str) and word.strip() for pair in answer.items() for word in pair):
        raise Hint("Both sides of each pair are names in quotation marks.")
    before = as_analysis(a).actors
    after = find_actors(as_article(a), aliases=answer)
    for wanted in dict.fromkeys(answer.values()):
        names = {name for row in after.loc[after["actor"] == wanted, "names"] for name in row}
        joined = [old for old, known in zip(before["actor"], before["names"], strict=True) if names & set(known)]
        if len(joined) > 1:
            return f"{wanted} is now one for {' and '.join(joined)}. Could you defend that to both?"
    raise Hint("No two actors became one. Give two names as the column names has them, both with the same new name.")


@exercise
def check_04_4(answer: object) -> str:
    """A text about two people called Torvel whom the program keeps apart."""
    people = find_actors(as_text(answer, "three sentences in quotation marks"))
    people = people[people["kind"] == "person"]
    kept = [name for name in people["actor"] if name.split()[-1:] == [SHARED_NAME] and len(name.split()) > 1]
    if len(kept) < 2:
        found = ", ".join(people["actor"]) or "no person"
        raise Hint(f"It found {found}. Give both Torvels a first name.")
    return f"Kept apart: {', '.join(kept)}. Now add a sentence with Torvel alone: who gets it?"
